"""Static bands, such as elevation, travel from a stack into the stacks made from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Sequence

import numpy as np
import rasterio

from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.stacks.block_run import BlockOperation
from cropsample_plugin.engine.timeseries.stacks.stack_bands import StackBands, StoredArray
from cropsample_plugin.engine.timeseries.stacks.tile_store import Layers, RasterOutput


def static_bands(stack: DatedStack) -> StackBands | None:
    """Return the static bands of a stack as the bands of one date, None when it has none."""
    if not stack.static_bands:
        return None
    rows = stack.static_band_numbers - 1
    with rasterio.open(stack.path) as dataset:
        dtype = np.result_type(*(np.dtype(dataset.dtypes[row]) for row in rows))
    return StackBands(
        stack.path, stack.dates[:1], stack.static_bands, stack.static_band_numbers[None], stack.scales[rows],
        stack.offsets[rows], stack.nodata[rows], str(dtype),
    )  # fmt: skip


def has_room_for_static(stack: DatedStack, dtype: str) -> bool:
    """Return whether rasters of a type can hold the static bands of a stack without loss."""
    bands = static_bands(stack)
    return bands is None or np.dtype(dtype).kind == "f" or np.can_cast(np.dtype(bands.dtype), np.dtype(dtype))


def with_static_bands(operation: BlockOperation, stack: DatedStack, progress: Progress) -> BlockOperation:
    """Return an operation whose first output ends with the static bands of the stack.

    Where the output's type cannot hold them they are left out, and the user is told.
    """
    bands = static_bands(stack)
    if bands is None:
        return operation
    dtype = operation.outputs[0].dtype
    if not has_room_for_static(stack, dtype):
        progress.log(
            f"The static bands {', '.join(bands.bands)} are left out: {dtype} cannot hold their {bands.dtype} values. "
            "Store the result as float32 to keep them.",
            "warning",
        )
        return operation
    return _WithStaticBands(operation, bands)


class _WithStaticBands:
    """The blocks of an operation, and beside its first output the static bands as they are."""

    def __init__(self, operation: BlockOperation, bands: StackBands) -> None:
        self._operation = operation
        self._bands = bands
        first, *others = operation.outputs
        self._is_float = np.dtype(first.dtype).kind == "f"
        n_static = bands.n_rows
        scales = (1.0,) * n_static if self._is_float else tuple(bands.scales.tolist())
        offsets = (0.0,) * n_static if self._is_float else tuple(bands.offsets.tolist())
        joined = replace(
            first,
            descriptions=(*first.descriptions, *bands.bands),
            scales=(*first.scales, *scales),
            offsets=(*first.offsets, *offsets),
        )
        self.sources: tuple[StackBands, ...] = (*operation.sources, bands)
        self.outputs: tuple[RasterOutput, ...] = (joined, *others)
        self.working_values = operation.working_values + n_static
        self.parameters: dict[str, Any] = operation.parameters | {"static": list(bands.bands)}

    def compute(self, stored: Sequence[StoredArray]) -> tuple[list[Layers], dict[str, Any]]:
        """Return what the operation returns, its first layers followed by the static ones."""
        layers, counts = self._operation.compute(stored[:-1])
        first = np.concatenate([layers[0], self._encoded(stored[-1])])
        return [first, *layers[1:]], counts

    def _encoded(self, stored: StoredArray) -> Layers:
        output = self.outputs[0]
        if self._is_float:
            return self._bands.to_cube(stored).reshape(stored.shape).astype(output.dtype)
        kept = stored.astype(output.dtype)
        for row in range(self._bands.n_rows):
            missing = self._bands.missing(stored[row], row)
            if missing is not None:
                kept[row][missing] = output.nodata
        return kept
