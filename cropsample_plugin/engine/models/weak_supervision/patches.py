"""Patches of a stack with their labels: which there are, which are drawn, and how they are read in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.models.missing_values import USABLE, MissingRule, apply_missing_rule
from cropsample_plugin.engine.models.weak_supervision.label_raster import LabelReader, VoteReader
from cropsample_plugin.engine.models.weak_supervision.settings import NO_LABEL
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, read_stored, to_series

IntArray = npt.NDArray[np.int64]
_FEWEST_PATCHES = 3


@dataclass(frozen=True)
class PatchGrid:
    """Square patches side by side, in the middle of a stack; what is left at its edges belongs to none.

    Attributes:
        height, width: of a patch in pixels.
        row, column: where the first one starts.
        n_rows, n_columns: number of patches.
    """

    height: int
    width: int
    row: int
    column: int
    n_rows: int
    n_columns: int

    @classmethod
    def over(cls, stack: DatedStack, size_px: int) -> PatchGrid:
        """Return the grid over a stack; a stack narrower than a patch makes patches as narrow as itself."""
        height, width = min(size_px, stack.height), min(size_px, stack.width)
        n_rows, n_columns = stack.height // height, stack.width // width
        row, column = (stack.height - n_rows * height) // 2, (stack.width - n_columns * width) // 2
        return cls(height, width, row, column, n_rows, n_columns)

    def __len__(self) -> int:
        """Return the number of patches."""
        return self.n_rows * self.n_columns

    def window(self, index: int) -> Window:
        """Return where a patch lies."""
        row, column = divmod(index, self.n_columns)
        return Window(self.column + column * self.width, self.row + row * self.height, self.width, self.height)


def count_labels(grid: PatchGrid, labels: LabelReader, progress: Progress) -> IntArray:
    """Return ``(n_patches, n_classes + 1)`` pixels of each class, then those without a label, row of patches by row.

    Raises:
        SamplesError: no pixel, or pixels of one class alone, have a label.
    """
    n_classes = len(labels.classes)
    counts = np.zeros((grid.n_rows, grid.n_columns, n_classes + 1), dtype=np.int64)
    for row in range(grid.n_rows):
        raise_if_canceled(progress)
        progress.report(row / grid.n_rows, "Counting labels")
        strip = Window(grid.column, grid.row + row * grid.height, grid.n_columns * grid.width, grid.height)
        found = labels.read(strip).reshape(grid.height, grid.n_columns, grid.width)
        for index in range(n_classes):
            counts[row, :, index] = (found == index).sum(axis=(0, 2))
        counts[row, :, n_classes] = (found == NO_LABEL).sum(axis=(0, 2))
    flat = counts.reshape(-1, n_classes + 1)
    check_classes(flat[:, :n_classes].sum(axis=0), labels)
    return flat


def check_classes(n_labels: IntArray, labels: LabelReader) -> None:
    """Raise `SamplesError` unless there are labels of every class; the message tells what there is instead."""
    missing = [item for item, count in zip(labels.classes, n_labels) if count == 0]
    if not missing:
        return
    others = ", ".join(f"{value:g}" for value in sorted(labels.other_values))
    told = f" Values that are no class: {others}." if others else ""
    named = ", ".join(f"{item.value} ({item.name})" for item in missing)
    path = labels.raster.path
    if len(missing) == len(labels.classes):
        raise SamplesError(
            f"No pixel of the consensus {path} has a label: the classes {named} do not occur on the stack.{told}",
            "Ask for fewer products to agree, a smaller purity window, or name the values that mean a class.",
        )
    raise SamplesError(
        f"The consensus {path} has labels of some classes only: {named} does not occur on the stack.{told}",
        "Ask for fewer products to agree, leave out the product that disagrees most, or name other classes.",
    )


def draw_patches(counts: IntArray, n_patches: int, rng: np.random.Generator) -> IntArray:
    """Draw patches without replacement, by turns for each class and for the pixels without a label.

    On each turn a patch is drawn with a probability proportional to its pixels of that kind, so that a rare class is
    learned from as well, and pixels that no label reaches as well.

    Args:
        counts: ``(n_patches, n_kinds)`` pixels.
        n_patches: most to draw.
        rng: the randomness.

    Returns:
        Increasing indices.

    Raises:
        InputError: there are fewer than three patches in all.
    """
    if len(counts) < _FEWEST_PATCHES:
        raise InputError(
            f"The stack has room for {len(counts)} patches, and learning, stopping and checking take three.",
            "Choose a smaller patch size.",
        )
    if n_patches >= len(counts):
        return np.arange(len(counts))
    left = counts.astype(np.float64)
    drawn: list[int] = []
    kind = 0
    while len(drawn) < n_patches:
        sums = left.sum(axis=0)
        if sums.sum() == 0.0:
            break
        if sums[kind % counts.shape[1]] > 0.0:
            chosen = int(rng.choice(len(counts), p=left[:, kind % counts.shape[1]] / sums[kind % counts.shape[1]]))
            drawn.append(chosen)
            left[chosen] = 0.0
        kind += 1
    return np.sort(np.array(drawn, dtype=np.int64))


@dataclass(frozen=True)
class Patch:
    """One patch in physical units.

    Attributes:
        values: ``(n_pixels, n_timesteps, n_bands)`` without gaps where usable.
        static_values: ``(n_pixels, n_static)``.
        is_usable: ``(height, width)``, False where values are missing that cannot be filled.
        labels: ``(height, width)`` class index, -1 without a label.
        weights: ``(height, width)`` how much each label counts, in [0, 1].
        votes: ``(height, width)`` share of the products for class 1, NaN where that is not known.
    """

    values: npt.NDArray[np.float32]
    static_values: npt.NDArray[np.float32]
    is_usable: npt.NDArray[np.bool_]
    labels: IntArray
    weights: npt.NDArray[np.float32]
    votes: npt.NDArray[np.float32]

    @property
    def n_bytes(self) -> int:
        """Memory that the patch takes."""
        arrays = (self.values, self.static_values, self.is_usable, self.labels, self.weights, self.votes)
        return sum(array.nbytes for array in arrays)


class PatchReader:
    """Reads patches of a stack; as many as fit the memory budget are kept, the others are read anew each time.

    Attributes:
        stack: the stack.
        grid: where patches lie.
        rule: the rule for missing values.
        ignored_timesteps: ``(n_timesteps,)`` dates missing everywhere, which do not count as gaps; None before
            `find_missing_timesteps`.
    """

    def __init__(
        self,
        stack: DatedStack,
        grid: PatchGrid,
        labels: LabelReader,
        votes: VoteReader | None,
        rule: MissingRule,
        budget_bytes: int,
    ) -> None:
        self.stack = stack
        self.grid = grid
        self.rule = rule
        self.ignored_timesteps: npt.NDArray[np.bool_] | None = None
        self._labels = labels
        self._votes = votes
        self._dataset = rasterio.open(stack.path)
        self._days = (stack.dates - stack.dates[0]).astype(np.float64)
        self._kept: dict[int, Patch] = {}
        self._left_bytes = budget_bytes

    def close(self) -> None:
        """Close the stack."""
        self._dataset.close()

    def find_missing_timesteps(self, patches: IntArray, progress: Progress) -> None:
        """Find the dates without a value in all these patches; reading ends as soon as every date has one."""
        missing = np.ones(self.stack.n_timesteps, dtype=np.bool_)
        for index in patches:
            raise_if_canceled(progress)
            missing &= ~np.isfinite(self._series(int(index))[0]).any(axis=(0, 2))
            if not missing.any():
                break
        self.ignored_timesteps = missing

    def read(self, index: int) -> Patch:
        """Return a patch.

        Raises:
            StackError: the stack is damaged there.
        """
        if index in self._kept:
            return self._kept[index]
        patch = self._read(index)
        if patch.n_bytes <= self._left_bytes:
            self._kept[index] = patch
            self._left_bytes -= patch.n_bytes
        return patch

    def _series(self, index: int) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        stored = read_stored(self._dataset, self.grid.window(index))
        values, _, static = to_series(self.stack, stored.reshape(len(stored), -1))
        return values, static

    def _read(self, index: int) -> Patch:
        window = self.grid.window(index)
        values, static = self._series(index)
        filled, reasons = apply_missing_rule(values, static, self._days, self.rule, self.ignored_timesteps)
        is_usable = (reasons == USABLE).reshape(self.grid.height, self.grid.width)
        labels = self._labels.read(window)
        votes = np.full(labels.shape, np.nan, dtype=np.float32)
        weights = np.ones(labels.shape, dtype=np.float32)
        if self._votes is not None:
            votes = self._votes.read(window)
            weights = np.nan_to_num(np.where(labels == 1, votes, 1.0 - votes), nan=0.0).astype(np.float32)
        labels = np.where(is_usable, labels, NO_LABEL)
        return Patch(filled, static, is_usable, labels, np.where(labels == NO_LABEL, 0.0, weights), votes)
