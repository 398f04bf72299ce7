"""Refine a map: neighbours, objects, rules, smallest unit, in that order; in strips, in bounded memory.

Class and probabilities stay consistent: the steps of a pixel add up to one and the class is the most probable one.
Where the smallest unit changes a class, the probabilities of old and new class change places; where a rule decides,
the class becomes certain.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.mapping.map_files import (
    MapProduct,
    class_product,
    probability_product,
    write_rasters,
)
from cropsample_plugin.engine.mapping.map_values import NODATA_UINT16, class_dtype, class_nodata
from cropsample_plugin.engine.mapping.output_paths import check_outputs
from cropsample_plugin.engine.mapping.refinement.best_neighbours import smooth_best
from cropsample_plugin.engine.mapping.refinement.map_input import MapInput, OutsideRules
from cropsample_plugin.engine.mapping.refinement.object_vote import ObjectVote
from cropsample_plugin.engine.mapping.refinement.pixel_area import UNITS_PER_HA, pixel_areas
from cropsample_plugin.engine.mapping.refinement.reference_effect import ReferencePoints, read_reference
from cropsample_plugin.engine.mapping.refinement.rules import Rule, RuleReader, read_rules
from cropsample_plugin.engine.mapping.refinement.smallest_unit import (
    FIXED,
    STRIP_ROWS,
    CodeImage,
    merge_small_patches,
)
from cropsample_plugin.engine.mapping.refinement.smoothing_kernels import (
    STEPS,
    log_odds_table,
    smooth_rows,
)
from cropsample_plugin.engine.mapping.refinement.strip_file import StripFile
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.progress import Progress, StepProgress, raise_if_canceled

_CACHE_BYTES = 128 * 1024 * 1024
_CORNERS = 8
_LARGEST_WINDOW = 101


@dataclass(frozen=True)
class RefineRequest:
    """What is asked for.

    Attributes:
        map_classes, map_probabilities: the map; "" for the one that there is not.
        classes, probabilities: outputs, "" for the one not wanted.
        window: side of the neighbourhood in pixels, odd; 0 leaves the probabilities as they are.
        smoothness: variance of the noise in log-odds; larger smooths more.
        neighbour_share: share of the neighbours, those most in favour of a class, that speak for it.
        objects: polygons whose pixels get one class, "" for none.
        rules, rule_layers: see `read_rules`; layers as pairs of name and path.
        min_mapping_unit_ha: smallest patch; 0 for any.
        connectivity: 4, or 8 where corners connect.
        outside: what pixels without a class are.
        reference, class_field: labeled points to measure the effect with, "" for none.
    """

    map_classes: str = ""
    map_probabilities: str = ""
    classes: str = ""
    probabilities: str = ""
    window: int = 0
    smoothness: float = 20.0
    neighbour_share: float = 0.5
    objects: str = ""
    rules: str = ""
    rule_layers: tuple[tuple[str, str], ...] = ()
    min_mapping_unit_ha: float = 0.0
    connectivity: int = 4
    outside: OutsideRules = field(default_factory=OutsideRules)
    reference: str = ""
    class_field: str = ""


@dataclass(frozen=True)
class RefineSummary:
    """What came out: the legend, pixels of the map, how many changed, and the effect on accuracy where known."""

    classes: tuple[ClassInfo, ...]
    n_pixels: int
    n_changed: int
    accuracy: dict[str, Any]


def refine_map(request: RefineRequest, threads: int, progress: Progress) -> RefineSummary:
    """Refine a map.

    Raises:
        InputError: what is wrong with map, options, objects, rules or reference.
        OutputError: an output cannot be written.
        CanceledError: the user cancelled.
    """
    _check(request)
    inputs = [request.map_classes, request.map_probabilities, request.objects, request.reference]
    outputs = [Path(path) for path in (request.classes, request.probabilities) if path]
    check_outputs(outputs, [Path(path) for path in (*inputs, *(path for _, path in request.rule_layers)) if path])
    source = MapInput(request.map_classes, request.map_probabilities, request.outside)
    try:
        with (
            tempfile.TemporaryDirectory(prefix=".refine-", dir=outputs[0].parent) as folder,
            rasterio.Env(GDAL_CACHEMAX=_CACHE_BYTES, GDAL_NUM_THREADS=threads),
        ):
            return _Refinement(request, source, Path(folder), threads, progress).run()
    finally:
        source.close()


def _check(request: RefineRequest) -> None:
    if request.window and (request.window % 2 == 0 or not 3 <= request.window <= _LARGEST_WINDOW):  # noqa: PLR2004
        raise InputError(f"The window of {request.window} pixels is not odd and 3 to {_LARGEST_WINDOW}.")
    if (request.window or request.probabilities) and not request.map_probabilities:
        raise InputError("Smoothing needs the probabilities of the map.", "Give them, or set the window to 0.")
    if request.smoothness <= 0 or not 0 < request.neighbour_share <= 1:
        raise InputError("Smoothness must be above 0, and the share of neighbours above 0 and at most 1.")
    if request.connectivity not in (4, _CORNERS):
        raise InputError(f"Pixels connect in 4 or 8 directions, not {request.connectivity}.")
    if request.min_mapping_unit_ha < 0:
        raise InputError("The minimum mapping unit cannot be negative.")
    if request.reference and not request.class_field:
        raise InputError("The field of the reference that holds the class is not given.")


class _Refinement:
    """One run, from the first strip to the maps."""

    def __init__(
        self, request: RefineRequest, source: MapInput, folder: Path, threads: int, progress: Progress
    ) -> None:
        self._request, self._source, self._folder, self._progress = request, source, folder, progress
        self._threads = max(1, threads)
        self._n_classes = len(source.classes)
        self._rules: tuple[Rule, ...] = read_rules(request.rules, dict(request.rule_layers), source.classes)
        self._vote = ObjectVote(request.objects, source, self._n_classes) if request.objects else None
        self._points: ReferencePoints | None = None
        if request.reference:
            self._points = read_reference(request.reference, request.class_field, source, source.classes)
        self._before = StripFile(folder / "before.bin", 1, source.width, "int32")
        self._after = StripFile(folder / "after.bin", 1, source.width, "int32")
        self._fixed = StripFile(folder / "fixed.bin", 1, source.width, "bool")
        self._steps = StripFile(folder / "steps.bin", self._n_classes, source.width, "uint16")
        self._object_steps: npt.NDArray[np.uint16] | None = None

    def run(self) -> RefineSummary:
        try:
            self._look_at_neighbours(StepProgress(self._progress, 0.0, 0.4))
            self._decide()
            if self._request.min_mapping_unit_ha > 0:
                self._enforce_unit(StepProgress(self._progress, 0.4, 0.6))
            n_pixels, n_changed = self._compare()
            self._write(StepProgress(self._progress, 0.6, 1.0))
        finally:
            for file in (self._before, self._after, self._fixed, self._steps):
                file.close()
        accuracy = {} if self._points is None else self._points.summary(self._source.classes)
        return RefineSummary(self._source.classes, n_pixels, n_changed, accuracy)

    def _strips(self) -> list[tuple[int, int]]:
        height = self._source.height
        return [(row, min(STRIP_ROWS, height - row)) for row in range(0, height, STRIP_ROWS)]

    def _look_at_neighbours(self, progress: Progress) -> None:
        """Read the map once; keep classes before, classes and probabilities after smoothing; count votes."""
        if not self._source.has_probabilities:
            for row, height in self._strips():
                raise_if_canceled(progress)
                self._take(row, self._source.read_positions(row, height), None, None)
                progress.report(row / self._source.height, "Reading")
            return
        radius = self._request.window // 2
        table = log_odds_table()
        with ThreadPoolExecutor(self._threads, "smooth") as pool:
            strips = self._strips()
            held: dict[int, npt.NDArray[np.uint16]] = {}
            for place, (row, height) in enumerate(strips):
                raise_if_canceled(progress)
                # Each row is decoded once: a strip waits until the one below it has been read.
                first, last = max(0, row - radius), min(self._source.height, row + height + radius)
                wanted = [strip for strip in strips if strip[0] < last and strip[0] + strip[1] > first]
                for above in [key for key in held if key < wanted[0][0]]:
                    del held[above]
                for start, rows in wanted:
                    if start not in held:
                        held[start] = self._source.read_steps(start, rows)
                original = held[row]
                smoothed = original
                if radius:
                    block = np.concatenate([held[start] for start, _ in wanted], axis=1)
                    top = first - wanted[0][0]
                    block = block[:, top : top + last - first]
                    smoothed = self._smooth(block, (row - first, row - first + height, radius), table, pool)
                before = self._positions_of(original)
                if self._source.has_classes:
                    mapped = self._source.read_positions(row, height)
                    before = np.where((mapped < 0) | (before < 0), np.minimum(mapped, -1), mapped)
                self._take(row, before, smoothed, radius)
                progress.report(place / len(strips), "Smoothing")

    def _smooth(
        self,
        block: npt.NDArray[np.uint16],
        rows: tuple[int, int, int],
        table: npt.NDArray[np.int32],
        pool: ThreadPoolExecutor,
    ) -> npt.NDArray[np.uint16]:
        first, last, radius = rows
        share = self._request.neighbour_share
        beyond = radius if share < 1.0 else 0
        given = np.zeros((*block.shape[:2], block.shape[2] + 2 * beyond), np.uint16)
        valid = np.zeros(given.shape[1:], np.bool_)
        inside = np.s_[..., beyond : beyond + block.shape[2]]
        valid[inside] = block[0] != NODATA_UINT16
        given[inside] = np.where(valid[inside], block, 0)
        odds = table[given]
        odds[:, ~valid] = 0
        edges = np.linspace(first, last, self._threads + 1).astype(int)
        result = np.empty((len(block), last - first, block.shape[2]), np.uint16)
        noise = np.full(len(block), self._request.smoothness)

        def smooth(part: int) -> None:
            start, end = int(edges[part]), int(edges[part + 1])
            out = np.empty((len(block), end - start, block.shape[2]), np.uint16)
            if share < 1.0:
                smooth_best((given, odds, valid), (start, end, radius), noise, share, table, out)
            else:
                smooth_rows(odds, valid, (start, end, radius), noise, out)
            result[:, start - first : end - first] = out

        list(pool.map(smooth, range(self._threads)))
        return result

    @staticmethod
    def _positions_of(steps: npt.NDArray[np.uint16]) -> npt.NDArray[np.int32]:
        """Return the most probable class of each pixel, -1 where there is none."""
        return np.where(steps[0] == NODATA_UINT16, -1, steps.argmax(axis=0)).astype(np.int32)

    def _take(
        self,
        row: int,
        before: npt.NDArray[np.int32],
        steps: npt.NDArray[np.uint16] | None,
        radius: int | None,
    ) -> None:
        self._before.write(row, before[None])
        after = before
        if steps is not None:
            if radius:
                after = np.where(before >= 0, self._positions_of(steps), before).astype(np.int32)
            self._steps.write(row, steps)
        self._after.write(row, after[None])
        if self._vote is not None:
            self._vote.count(row, after.astype(np.int16), steps)
        if self._points is not None:
            self._points.look(row, before, 0)

    def _decide(self) -> None:
        """Apply objects, then rules."""
        if self._vote is None and not self._rules:
            return
        winners = None
        if self._vote is not None:
            self._object_steps = self._vote.steps() if self._source.has_probabilities else None
            winners = self._vote.winners()
            if self._object_steps is not None:
                winners = np.where(winners >= 0, self._object_steps.argmax(axis=1), -1).astype(np.int16)
        reader = RuleReader(self._rules, self._source)
        try:
            for row, height in self._strips():
                raise_if_canceled(self._progress)
                after = self._after.read(row, height)[0].copy()
                if winners is not None and self._vote is not None:
                    voted = winners[self._vote.burn(row, after.shape)]
                    after = np.where((after >= 0) & (voted >= 0), voted, after)
                decided, fixed = reader.decide(row, np.maximum(after, -1).astype(np.int16))
                self._after.write(row, np.where(after >= 0, decided, after)[None])
                self._fixed.write(row, fixed[None])
        finally:
            reader.close()

    def _enforce_unit(self, progress: Progress) -> None:
        source = self._source
        codes = StripFile(self._folder / "codes.bin", 1, source.width, "uint16")
        for row, height in self._strips():
            strip = np.maximum(self._after.read(row, height)[0] + 1, 0).astype(np.uint16)
            if self._rules:
                strip[self._fixed.read(row, height)[0]] |= np.uint16(FIXED)
            codes.write(row, strip[None])
        image = CodeImage(codes, source.height, source.width, pixel_areas(source))
        smallest = round(self._request.min_mapping_unit_ha * UNITS_PER_HA)
        has_corners = self._request.connectivity == _CORNERS
        labels, merged = merge_small_patches(image, smallest, self._folder, progress, has_corners=has_corners)
        for row, height in self._strips():
            after = self._after.read(row, height)[0]
            found = merged[labels.read(row, height)[0]].astype(np.int32) - 1
            self._after.write(row, np.where(found >= 0, found, after)[None])
        codes.close()
        labels.close()

    def _compare(self) -> tuple[int, int]:
        n_pixels = n_changed = 0
        for row, height in self._strips():
            before, after = self._before.read(row, height)[0], self._after.read(row, height)[0]
            n_pixels += int((before >= 0).sum())
            n_changed += int(((before != after) & (before >= 0)).sum())
            if self._points is not None:
                self._points.look(row, after, 1)
        return n_pixels, n_changed

    def _write(self, progress: Progress) -> None:
        classes = self._source.classes
        values = [info.class_id for info in classes]
        dtype = class_dtype(np.array([*values, *self._source.kept_values]))
        products = []
        if self._request.classes:
            products.append(class_product(Path(self._request.classes), dtype))
        if self._request.probabilities:
            products.append(probability_product(Path(self._request.probabilities), [info.name for info in classes]))
        ids = np.array(values, dtype=np.int32)

        def read_rows(product: MapProduct, window: Window) -> npt.NDArray[Any]:
            row, height = int(window.row_off), int(window.height)
            after = self._after.read(row, height)[0]
            if product.kind == "probabilities":
                return self._final_steps(row, after)
            found = np.where(after >= 0, ids[np.maximum(after, 0)], -2 - after)
            return np.where(after == -1, class_nodata(dtype), found).astype(dtype)[None]

        write_rasters(products, classes, self._source, read_rows, progress)

    def _final_steps(self, row: int, after: npt.NDArray[np.int32]) -> npt.NDArray[np.uint16]:
        """Return probabilities that agree with the classes."""
        steps = np.ascontiguousarray(self._steps.read(row, len(after)))
        if self._object_steps is not None and self._vote is not None:
            objects = self._vote.burn(row, after.shape)
            voted = (objects > 0) & (after >= 0)
            steps[:, voted] = self._object_steps[objects[voted]].T
        steps[:, after < 0] = NODATA_UINT16
        inside = after >= 0
        best = steps.argmax(axis=0)
        differing = inside & (best != after)
        rows, columns = np.nonzero(differing)
        new, old = after[rows, columns], best[rows, columns]
        high, low = steps[old, rows, columns].copy(), steps[new, rows, columns].copy()
        steps[new, rows, columns], steps[old, rows, columns] = high, low
        # Two classes may be equally probable: one step tells them apart.
        tied = (steps[:, rows, columns] == high).sum(axis=0) > 1
        steps[new[tied], rows[tied], columns[tied]] += 1
        others = steps[:, rows[tied], columns[tied]].copy()
        others[new[tied], np.arange(tied.sum())] = 0
        donor = others.argmax(axis=0)
        steps[donor, rows[tied], columns[tied]] -= 1
        if self._rules:
            rows, columns = np.nonzero(self._fixed.read(row, len(after))[0] & inside)
            steps[:, rows, columns] = 0
            steps[after[rows, columns], rows, columns] = STEPS
        return steps
