"""One block from stored values to maps: gaps, prediction in batches by several threads, encoding."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.mapping.batches import BatchSize, predict_halving
from cropsample_plugin.engine.mapping.input_bands import InputBands
from cropsample_plugin.engine.mapping.map_values import (
    NODATA_UINT16,
    class_nodata,
    most_probable,
    normalised_entropy,
    to_steps,
)
from cropsample_plugin.engine.mapping.part_store import Part, PartLayout
from cropsample_plugin.engine.mapping.pixel_predictors import PixelPredictor
from cropsample_plugin.engine.models.missing_values import USABLE, MissingRule, apply_missing_rule

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
StoredArray = npt.NDArray[Any]


@dataclass(frozen=True)
class GapHandling:
    """What happens to missing values.

    Attributes:
        rule: the model's rule.
        ignored_timesteps: ``(n_timesteps,)`` True for dates without any value in the whole stack.
    """

    rule: MissingRule
    ignored_timesteps: BoolArray


class _Maps:
    """The layers of a block while its batches are predicted, pixels in a row."""

    def __init__(self, layout: PartLayout, class_ids: npt.NDArray[np.int64], n_pixels: int) -> None:
        self._class_ids = class_ids.astype(layout.class_dtype or np.uint16)
        self.classes: npt.NDArray[Any] | None = None
        self.probabilities: npt.NDArray[np.uint16] | None = None
        self.uncertainty: npt.NDArray[np.uint16] | None = None
        if layout.class_dtype:
            self.classes = np.full(n_pixels, class_nodata(layout.class_dtype), dtype=layout.class_dtype)
        if layout.n_probabilities:
            self.probabilities = np.full((layout.n_probabilities, n_pixels), NODATA_UINT16, dtype=np.uint16)
        if layout.has_uncertainty:
            self.uncertainty = np.full(n_pixels, NODATA_UINT16, dtype=np.uint16)

    def put(self, pixels: slice | npt.NDArray[np.intp], probabilities: FloatArray) -> None:
        if self.classes is not None:
            self.classes[pixels] = self._class_ids[most_probable(probabilities)]
        if self.probabilities is not None:
            self.probabilities[:, pixels] = to_steps(probabilities)
        if self.uncertainty is not None:
            self.uncertainty[pixels] = to_steps(normalised_entropy(probabilities))


class BlockMapper:
    """Turns blocks into parts.

    Args:
        predictor: the model.
        bands: the inputs on the stack.
        gaps: what happens to missing values.
        layout: the layers wanted.
        class_ids: ``(n_classes,)`` value of each class in the map.
        batch: the batch size, halved when memory runs out.
    """

    def __init__(
        self,
        predictor: PixelPredictor,
        bands: InputBands,
        gaps: GapHandling,
        layout: PartLayout,
        class_ids: npt.NDArray[np.int64],
        batch: BatchSize,
    ) -> None:
        self._predictor = predictor
        self._bands = bands
        self._gaps = gaps
        self._layout = layout
        self._class_ids = class_ids
        self._batch = batch

    def map_block(self, block: Block, stored: StoredArray, inside: BoolArray | None, pool: Executor | None) -> Part:
        """Predict a block.

        Args:
            block: the block.
            stored: ``(present rows, n_pixels)`` as stored.
            inside: ``(height, width)``, True inside the area; None when every pixel is.
            pool: where batches run, when the model allows several at once; None for this thread.
        """
        pixels = None if inside is None or inside.all() else np.flatnonzero(inside)
        n_inside = block.n_pixels if pixels is None else len(pixels)
        maps = _Maps(self._layout, self._class_ids, block.n_pixels)
        step = self._batch.n_pixels

        def predict_batch(start: int) -> int:
            stop = min(start + step, n_inside)
            columns = slice(start, stop) if pixels is None else pixels[start:stop]
            return self._predict_batch(stored[:, columns], columns, maps)

        run = pool.map if pool is not None and self._predictor.is_parallel else map
        n_predicted = sum(run(predict_batch, range(0, n_inside, step)))
        shape = (block.height, block.width)
        return Part(
            n_inside,
            n_predicted,
            None if maps.classes is None else maps.classes.reshape(shape),
            None if maps.probabilities is None else maps.probabilities.reshape(-1, *shape),
            None if maps.uncertainty is None else maps.uncertainty.reshape(shape),
        )

    def _predict_batch(self, stored: StoredArray, columns: slice | npt.NDArray[np.intp], maps: _Maps) -> int:
        missing = self._bands.missing(stored)
        if missing is None and self._bands.present.all():
            is_stored = self._predictor.takes_stored
            values = stored if is_stored else self._bands.to_physical(stored)
            maps.put(columns, predict_halving(self._predictor, values, self._batch, is_stored=is_stored))
            return int(stored.shape[1])
        physical = self._bands.to_physical(stored, missing)
        usable = self._fill_gaps(physical)
        if not usable.all():
            columns = np.flatnonzero(usable) + columns.start if isinstance(columns, slice) else columns[usable]
            physical = np.ascontiguousarray(physical[:, usable])
        if physical.shape[1] > 0:
            maps.put(columns, predict_halving(self._predictor, physical, self._batch, is_stored=False))
        return int(physical.shape[1])

    def _fill_gaps(self, physical: FloatArray) -> BoolArray:
        """Fill ``(n_rows, n)`` values in place and return which pixels can be predicted."""
        usable = np.ones(physical.shape[1], dtype=bool)
        with_gaps = np.flatnonzero(np.isnan(physical).any(axis=0))
        values, static_values = self._bands.split(physical[:, with_gaps])
        filled, reasons = apply_missing_rule(
            values, static_values, self._bands.positions_days, self._gaps.rule, self._gaps.ignored_timesteps
        )
        n_dated = self._bands.n_timesteps * self._bands.n_bands
        physical[:n_dated, with_gaps] = filled.reshape(len(with_gaps), n_dated).T
        usable[with_gaps] = reasons == USABLE
        return usable
