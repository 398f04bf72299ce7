"""Composite the series of a layer's rows."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.composite_stack import (
    NO_MASK_WARNING,
    CompositeSettings,
    CompositeSummary,
    first_day,
    greenness_rows,
)
from cropsample_plugin.engine.timeseries.compositing.composites import LEAST_CLOUDY, MAX_NDVI, composite
from cropsample_plugin.engine.timeseries.compositing.mask_source import NO_MASK, MaskRequest, split_mask_band
from cropsample_plugin.engine.timeseries.compositing.periods import make_periods
from cropsample_plugin.engine.timeseries.processing_history import with_step
from cropsample_plugin.engine.timeseries.series_layer import SeriesLayer, row_blocks, series_columns, write_series_layer


def composite_layer(
    samples: str, target: Path, settings: CompositeSettings, mask: MaskRequest, progress: Progress
) -> CompositeSummary:
    """Composite each row's series; two fields per period say how many clear observations and gaps it had.

    Raises:
        CropSampleError: what is wrong with the layer, mask or settings.
        CanceledError: the user cancelled; nothing is written.
    """
    layer = SeriesLayer.read(samples)
    positions = layer.positions_days()
    if settings.method == LEAST_CLOUDY and mask == NO_MASK:
        progress.log(NO_MASK_WARNING, "warning")
    cube, bands, clear, scores = split_mask_band(layer.cube, layer.series.bands, mask)
    periods = make_periods(positions, first_day(settings), settings.period_days, settings.n_periods, progress)
    if settings.method == MAX_NDVI:
        near_infrared, red = greenness_rows(bands, settings)
        with np.errstate(all="ignore"):
            ndvi = (cube[:, near_infrared] - cube[:, red]) / (cube[:, near_infrared] + cube[:, red])
        scores = np.where(np.isfinite(ndvi), -ndvi, np.inf).astype(np.float32)
    usable = clear & np.isfinite(cube).all(axis=1)
    parts = [
        composite(
            np.ascontiguousarray(cube[..., rows]),
            np.ascontiguousarray(usable[:, rows]),
            periods,
            settings.method,
            None if scores is None else np.ascontiguousarray(scores[:, rows]),
            float("nan"),
        )
        for rows in row_blocks(layer.table.n_rows, progress)
    ]
    result, counts = (
        np.concatenate([part[0] for part in parts], axis=2),
        np.concatenate([part[1] for part in parts], axis=1),
    )
    if not counts.any():
        progress.log("No row has a single clear observation: the composites are empty.", "warning")
    axis = layer.axis_of(periods.starts_days)
    columns = series_columns(result, axis, bands)
    gaps = periods.gaps(counts)
    for number in range(periods.n_periods):
        # Not spelled like bands, so that the counts are no part of the series.
        columns[f"n_clear_{number + 1:03d}"] = counts[number].astype(np.int32)
        columns[f"n_gaps_{number + 1:03d}"] = gaps[number].astype(np.int32)
    history = with_step(layer.history, settings.signature)
    write_series_layer(layer, columns, target, history)
    return CompositeSummary(
        dates=axis.labels,
        bands=tuple(bands),
        gap_shares=tuple(np.mean(counts == 0, axis=1).tolist()),
        mean_observations=tuple(np.mean(counts, axis=1).tolist()),
        history=history,
    )
