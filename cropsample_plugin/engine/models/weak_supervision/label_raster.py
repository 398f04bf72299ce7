"""Rasters of labels and votes read on the grid of a stack, whatever grid and reference system they are in."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.enums import MaskFlags, Resampling
from rasterio.errors import RasterioError
from rasterio.transform import array_bounds
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError, error_chain
from cropsample_plugin.engine.models.classes import HIGHEST_CLASS_ID
from cropsample_plugin.engine.models.weak_supervision.settings import NO_LABEL
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack

_SAME_PX = 0.01
_FINER = 0.75
_CLASS = re.compile(r"^(?P<value>\d+)\s*[:=]\s*(?P<name>\S.*)$")
_FEWEST_CLASSES = 2
_MOST_TOLD = 8


@dataclass(frozen=True)
class LabelClass:
    """A class: its value in the raster of labels, and what it is called."""

    value: int
    name: str


def read_label_classes(text: str) -> tuple[LabelClass, ...]:
    """Read ``0: non-crop; 1: crop`` into classes in the order of their values.

    Raises:
        InputError: an entry is not a value and a name, a value or name stands twice, or there are fewer than two.
    """
    found = []
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        match = _CLASS.match(entry)
        if match is None or int(match["value"]) > HIGHEST_CLASS_ID:
            raise InputError(f"The class '{entry}' cannot be read.", "Write classes as in '0: non-crop; 1: crop'.")
        found.append(LabelClass(int(match["value"]), match["name"].strip()))
    if len({item.value for item in found}) < len(found) or len({item.name for item in found}) < len(found):
        raise InputError(f"The classes '{text}' repeat a value or a name.", "Name each class once.")
    if len(found) < _FEWEST_CLASSES:
        raise InputError("A model tells classes apart, so it takes two or more.", "Name them: '0: non-crop; 1: crop'.")
    return tuple(sorted(found, key=lambda item: item.value))


class AlignedRaster:
    """A raster read on the grid of a stack: as it is on the same grid, else the nearest or most frequent value.

    Attributes:
        path: of the raster.
        n_bands: number of its bands.
        is_resampled: True when it lies on another grid.
    """

    def __init__(self, path: str, stack: DatedStack, what: str) -> None:
        self.path = path
        self._what = what
        self._exits = ExitStack()
        try:
            self._source = self._exits.enter_context(rasterio.open(path))
        except RasterioError as error:
            raise InputError(
                f"{what} {path} cannot be read: {error_chain(error)}", "Check that it opens in QGIS."
            ) from error
        self.n_bands = int(self._source.count)
        self.is_resampled = not self._has_grid_of(stack)
        self._reader: Any = self._on_grid(stack) if self.is_resampled else self._source

    def __enter__(self) -> Self:
        """Return the reader."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._exits.close()

    def read(self, window: Window, band: int = 1) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        """Return ``(height, width)`` values of a window of the stack, and where they are valid.

        Raises:
            InputError: the file is damaged there.
        """
        try:
            values = self._reader.read(band, window=window)
            is_valid = self._reader.read_masks(band, window=window) > 0
        except RasterioError as error:
            raise InputError(
                f"{self._what} {self.path} cannot be read: {error_chain(error)}", "The file is damaged; write it again."
            ) from error
        nodata = self._source.nodata
        return values, is_valid & np.isfinite(values) & (True if nodata is None else values != nodata)

    def _has_grid_of(self, stack: DatedStack) -> bool:
        source = self._source
        if source.crs is None and stack.crs is None:
            same = source.transform.almost_equals(stack.transform, _SAME_PX * abs(stack.transform.a))
            if same and source.shape == (stack.height, stack.width):
                return True
        for crs, name in ((source.crs, f"{self._what} {self.path}"), (stack.crs, f"The stack {stack.path}")):
            if crs is None:
                raise InputError(f"{name} has no reference system.", "Assign one in QGIS first.")
        same = source.crs == stack.crs and source.transform.almost_equals(
            stack.transform, _SAME_PX * abs(stack.transform.a)
        )
        return bool(same and source.shape == (stack.height, stack.width))

    def _on_grid(self, stack: DatedStack) -> Any:  # noqa: ANN401 - rasterio is untyped
        source = self._source
        west, south, east, north = array_bounds(stack.height, stack.width, stack.transform)
        left, bottom, right, top = transform_bounds(source.crs, stack.crs, *source.bounds)
        if left >= east or right <= west or bottom >= north or top <= south:
            raise InputError(
                f"{self._what} {self.path} does not overlap with the stack {stack.path}.",
                "Choose a raster of the same area.",
            )
        size = (right - left) * (top - bottom) / (source.width * source.height)
        is_finer = size < _FINER * abs(stack.transform.determinant)
        return self._exits.enter_context(
            WarpedVRT(
                source,
                crs=stack.crs,
                transform=stack.transform,
                width=stack.width,
                height=stack.height,
                resampling=Resampling.mode if is_finer else Resampling.nearest,
                # Nodata counts as a value: a pixel is without a label where most of it is.
                src_nodata=None,
                add_alpha=MaskFlags.alpha not in source.mask_flag_enums[0],
                warp_mem_limit=64,
            )
        )


class LabelReader:
    """Labels of the pixels of a stack out of a raster of class values.

    Attributes:
        raster: the raster.
        classes: the classes, in order of their index.
        other_values: values met that are no class, at most some.
    """

    def __init__(self, raster: AlignedRaster, classes: tuple[LabelClass, ...]) -> None:
        self.raster = raster
        self.classes = classes
        self.other_values: set[float] = set()

    def read(self, window: Window) -> npt.NDArray[np.int64]:
        """Return ``(height, width)`` class indices, -1 where there is no label."""
        values, is_valid = self.raster.read(window)
        labels = np.full(values.shape, NO_LABEL, dtype=np.int64)
        for index, item in enumerate(self.classes):
            labels[is_valid & (values == item.value)] = index
        others = values[is_valid & (labels == NO_LABEL)]
        if len(others) and len(self.other_values) < _MOST_TOLD:
            self.other_values |= {float(value) for value in np.unique(others)[:_MOST_TOLD]}
        return labels


class VoteReader:
    """Votes of the products, from the agreement raster that ``productconsensus`` writes.

    Raises:
        InputError: it has not two bands, or the classes are not 0 and 1.
    """

    def __init__(self, raster: AlignedRaster, classes: tuple[LabelClass, ...]) -> None:
        if raster.n_bands != 2:  # noqa: PLR2004 - votes and products with data
            raise InputError(
                f"The agreement {raster.path} has {raster.n_bands} bands, not votes and products with data.",
                "Choose the agreement raster that 'Product consensus' wrote.",
            )
        if [item.value for item in classes] != [0, 1]:
            raise InputError(
                "An agreement raster counts votes for class 1 against 0, but the classes are "
                f"{', '.join(str(item.value) for item in classes)}.",
                "Leave the agreement out, or use the consensus that was written with it.",
            )
        self.raster = raster

    def read(self, window: Window) -> npt.NDArray[np.float32]:
        """Return ``(height, width)`` share of the products with data that vote for class 1; NaN without any."""
        votes, has_votes = self.raster.read(window, 1)
        n_products, has_products = self.raster.read(window, 2)
        known = has_votes & has_products & (n_products > 0)
        shares = np.full(votes.shape, np.nan, dtype=np.float32)
        shares[known] = votes[known] / n_products[known]
        return shares


def majority_vote(shares: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """Return the class that at least half of the products give, 1 on a tie; -1 where no product has data."""
    voted = (np.nan_to_num(shares, nan=0.0) >= 0.5).astype(np.int64)  # noqa: PLR2004 - half of them
    return np.where(np.isfinite(shares), voted, NO_LABEL)
