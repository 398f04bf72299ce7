"""Preprocess the series of a layer's rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.compositing.mask_source import MaskRequest, split_mask_band
from cropsample_plugin.engine.timeseries.preprocess_stack import EXTRAPOLATION_WARNING, PreprocessSummary
from cropsample_plugin.engine.timeseries.processing_history import with_step
from cropsample_plugin.engine.timeseries.series import AxisKind
from cropsample_plugin.engine.timeseries.series_layer import SeriesLayer, row_blocks, series_columns, write_series_layer
from cropsample_plugin.engine.timeseries.smoothing.methods import (
    SmoothingSettings,
    preprocess,
    signature,
    target_days,
)
from cropsample_plugin.engine.timeseries.smoothing.peak_band import peak_row, settings_with_peak


def preprocess_layer(
    samples: str, target: Path, settings: SmoothingSettings, mask: MaskRequest, progress: Progress
) -> PreprocessSummary:
    """Preprocess each row's series, and say how many rows have hardly any value.

    Raises:
        CropSampleError: what is wrong with the layer, mask or settings.
        CanceledError: the user cancelled; nothing is written.
    """
    layer = SeriesLayer.read(samples)
    positions = layer.positions_days()
    if layer.series.axis.kind is not AxisKind.DATE and (settings.start_date or settings.end_date):
        raise InputError("The series layer has days of the year, not dates.", "Leave the start and the end date empty.")
    cube, bands, clear, _ = split_mask_band(layer.cube, layer.series.bands, mask)
    cube = np.where(clear[:, None], cube, np.float32(np.nan))
    if settings.extrapolate:
        progress.log(EXTRAPOLATION_WARNING, "warning")
    chosen = settings_with_peak(settings, bands)
    row = peak_row(chosen, bands)
    parts = [
        preprocess(np.ascontiguousarray(cube[..., rows]), positions, chosen, row)
        for rows in row_blocks(layer.table.n_rows, progress)
    ]
    smooth = np.concatenate(parts, axis=2)
    if layer.n_sparse:
        progress.log(f"{layer.n_sparse} of {layer.table.n_rows} rows have fewer than two values.", "warning")
    axis = layer.axis_of(target_days(positions, chosen))
    history = with_step(layer.history, "" if chosen.method == "raw" else signature(chosen))
    write_series_layer(layer, series_columns(smooth, axis, bands), target, history)
    missing = np.isnan(smooth)
    return PreprocessSummary(
        axis.labels, tuple(bands), float(missing.mean()), int(np.isnan(cube).all(axis=(0, 1)).sum()), history
    )
