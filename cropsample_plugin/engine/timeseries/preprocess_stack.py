"""Preprocess a whole stack: gap filling and smoothing of every pixel, block by block."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Sequence

import numpy as np

from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.compositing.mask_source import NO_MASK, MaskRequest, StackMask, open_mask
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.processing_history import stack_tags
from cropsample_plugin.engine.timeseries.smoothing.methods import (
    SmoothingSettings,
    preprocess,
    signature,
    target_days,
)
from cropsample_plugin.engine.timeseries.smoothing.peak_band import peak_row, settings_with_peak
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions, check_raster_outputs, run_blocks
from cropsample_plugin.engine.timeseries.stacks.stack_bands import StackBands, StoredArray
from cropsample_plugin.engine.timeseries.stacks.static_bands import has_room_for_static, with_static_bands
from cropsample_plugin.engine.timeseries.stacks.stored_values import FLOAT32, LIKE_INPUT, Encoding, encoding_for
from cropsample_plugin.engine.timeseries.stacks.tile_store import Layers, RasterOutput

EXTRAPOLATION_WARNING = "Values before the first and after the last clear observation repeat the nearest one."


@dataclass(frozen=True)
class PreprocessRequest:
    """What is asked for: input and output raster, mask, method, and how values are stored (`ENCODINGS`)."""

    stack: str
    output: str
    settings: SmoothingSettings
    mask: MaskRequest = NO_MASK
    encoding: str = "like_input"


@dataclass(frozen=True)
class PreprocessSummary:
    """What came out.

    Attributes:
        dates: of the result.
        bands: of the result.
        gap_share: share of values of the result that are missing.
        n_empty_pixels: pixels without a single clear observation.
        history: what was done, as it stands in the metadata.
    """

    dates: tuple[str, ...]
    bands: tuple[str, ...]
    gap_share: float
    n_empty_pixels: int
    history: str


class PreprocessOperation:
    """The blocks of a preprocessing."""

    def __init__(self, stack: DatedStack, request: PreprocessRequest, mask: StackMask | None) -> None:
        names = [band for band in stack.bands if mask is None or request.mask.path or band != mask.bands.bands[0]]
        self._bands = StackBands.of(stack, names)
        self._mask = mask
        self._settings = settings_with_peak(request.settings, self._bands.bands)
        self._peak_row = peak_row(self._settings, self._bands.bands)
        encoding: Encoding = encoding_for(request.encoding, self._bands)
        is_free = request.encoding == LIKE_INPUT and not has_room_for_static(stack, encoding.dtype)
        self._encoding = FLOAT32 if is_free else encoding
        self._targets = target_days(self._bands.positions_days, self._settings)
        # Fails here, not in a thread, where the settings are impossible.
        preprocess(
            np.zeros((stack.n_timesteps, len(names), 1), np.float32),
            self._bands.positions_days,
            self._settings,
            self._peak_row,
        )
        self.sources = (self._bands,) if mask is None else (self._bands, mask.bands)
        self.outputs = (self._output(stack, request.output),)
        n_out = len(self._targets) * len(self._bands.bands)
        self.working_values = 2 * self._bands.n_rows + 3 * n_out
        self.parameters: dict[str, Any] = {
            "settings": asdict(self._settings),
            "encoding": asdict(self._encoding) | {"nodata": str(self._encoding.nodata)},
            "mask": None if mask is None else asdict(mask.rule),
        }

    @property
    def bands(self) -> tuple[str, ...]:
        """Names of the bands of the result."""
        return self._bands.bands

    @property
    def dates(self) -> tuple[str, ...]:
        """ISO dates of the result."""
        days = np.rint(self._targets).astype(np.int64).astype("datetime64[D]")
        return tuple(str(day) for day in days)

    def compute(self, stored: Sequence[StoredArray]) -> tuple[list[Layers], dict[str, Any]]:
        """Return the preprocessed block and how many values and pixels it lacks."""
        cube = self._bands.to_cube(stored[0])
        if self._mask is not None:
            clear, _ = self._mask.read(stored[1])
            cube = np.where(clear[:, None], cube, np.float32(np.nan))
        n_empty = int(np.isnan(cube).all(axis=(0, 1)).sum())
        smooth = preprocess(cube, self._bands.positions_days, self._settings, self._peak_row)
        missing = np.isnan(smooth)
        counts = {"n_values": int(smooth.size), "n_gaps": int(missing.sum()), "n_empty": n_empty}
        layers = self._encoding.encode(smooth).reshape(-1, *stored[0].shape[1:])
        return [layers], counts

    def _output(self, stack: DatedStack, path: str) -> RasterOutput:
        names = tuple(f"{date} {band}" for date in self.dates for band in self._bands.bands)
        step = "" if self._settings.method == "raw" and self._mask is None else signature(self._settings)
        encoding = self._encoding
        return RasterOutput(
            path=Path(path),
            descriptions=names,
            dtype=encoding.dtype,
            nodata=encoding.nodata,
            scales=(encoding.scale,) * len(names),
            offsets=(encoding.offset,) * len(names),
            tags=stack_tags(stack.tags, step),
        )


def preprocess_stack(request: PreprocessRequest, options: RunOptions, progress: Progress) -> PreprocessSummary:
    """Preprocess a stack into a new one.

    Raises:
        CropSampleError: what is wrong with stack, mask, settings or output; finished blocks are kept.
        CanceledError: the user cancelled; likewise.
    """
    check_raster_outputs([request.output], [request.stack, *([request.mask.path] if request.mask.path else [])])
    stack = DatedStack.open(request.stack)
    operation = PreprocessOperation(stack, request, open_mask(stack, request.mask))
    if request.settings.extrapolate:
        progress.log(EXTRAPOLATION_WARNING, "warning")
    counts = run_blocks(with_static_bands(operation, stack, progress), stack, options, progress)
    n_values = sum(count["n_values"] for count in counts)
    n_empty = sum(count["n_empty"] for count in counts)
    if n_empty == stack.width * stack.height:
        progress.log("No pixel has a single clear observation: the result is empty.", "warning")
    return PreprocessSummary(
        dates=operation.dates,
        bands=operation.bands,
        gap_share=sum(count["n_gaps"] for count in counts) / max(1, n_values),
        n_empty_pixels=n_empty,
        history=operation.outputs[0].tags["CROPSAMPLE_PREPROCESSING"],
    )
