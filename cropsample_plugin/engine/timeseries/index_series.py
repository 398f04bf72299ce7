"""Spectral indices of the series of a layer's rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.index_stack import (
    IndexSettings,
    IndexSummary,
    plan_indices,
    unscaled_warning,
)
from cropsample_plugin.engine.timeseries.processing_history import with_step
from cropsample_plugin.engine.timeseries.series_layer import SeriesLayer, row_blocks, series_columns, write_series_layer
from cropsample_plugin.engine.timeseries.spectral.band_roles import band_roles


def index_layer(samples: str, target: Path, settings: IndexSettings, progress: Progress) -> IndexSummary:
    """Compute indices of each row's series, at the same dates.

    Raises:
        CropSampleError: what is wrong with the layer, indices or roles.
        CanceledError: the user cancelled; nothing is written.
    """
    layer = SeriesLayer.read(samples)
    bands = layer.series.bands
    cube = layer.cube
    sample = {band: cube[:, row] for row, band in enumerate(bands)}
    plan = plan_indices(bands, settings, {}, sample)
    warning = unscaled_warning(band_roles(bands, settings.sensor, settings.roles), sample)
    if warning and any(not index.is_radar for index in plan.indices):
        progress.log(warning, "warning")
    read = cube[:, [bands.index(band) for band in plan.read]]
    parts = [plan.compute(np.ascontiguousarray(read[..., rows])) for rows in row_blocks(layer.table.n_rows, progress)]
    found = np.concatenate(parts, axis=2)
    history = with_step(layer.history, plan.steps()) if plan.steps() else layer.history
    write_series_layer(layer, series_columns(found, layer.series.axis, plan.written), target, history)
    return IndexSummary(plan.written, float(np.isnan(found).mean()), plan.radar_output)
