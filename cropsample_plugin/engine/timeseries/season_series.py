"""Seasons of the series of a layer's rows, as fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.season_stack import SeasonSummary, count_seasons, summarise
from cropsample_plugin.engine.timeseries.seasons.detection import detect_seasons
from cropsample_plugin.engine.timeseries.seasons.season_curves import (
    CurveSettings,
    is_smoothed,
    plan_curve,
    season_curve,
    unscaled_warning,
)
from cropsample_plugin.engine.timeseries.seasons.season_data import REASON_TEXTS, Reason, Seasons, SeasonSettings
from cropsample_plugin.engine.timeseries.seasons.season_table import SeasonTable, SeasonTally, make_season_table
from cropsample_plugin.engine.timeseries.series import AxisKind
from cropsample_plugin.engine.timeseries.series_layer import SeriesLayer, row_blocks, write_series_layer
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table

Column = npt.NDArray[Any]


def detect_in_layer(
    samples: str, target: Path, curve: CurveSettings, settings: SeasonSettings, progress: Progress
) -> SeasonSummary:
    """Find the seasons of each row; its series fields stay, the seasons are added.

    Raises:
        CropSampleError: what is wrong with the layer, index or settings.
        CanceledError: the user cancelled; nothing is written.
    """
    layer = SeriesLayer.read(samples)
    cube, bands = layer.cube, layer.series.bands
    sample = {band: cube[:, row] for row, band in enumerate(bands)}
    plan = plan_curve(bands, curve, {}, sample)
    warning = unscaled_warning(plan, sample)
    if warning:
        progress.log(warning, "warning")
    read = cube[:, [bands.index(band) for band in plan.read]]
    smooth, positions = is_smoothed(curve, layer.history), layer.positions_days()
    parts = []
    for rows in row_blocks(layer.table.n_rows, progress):
        index = plan.compute(np.ascontiguousarray(read[..., rows]))[:, 0]
        curves, days = season_curve(index, positions, curve, smooth=smooth)
        parts.append(detect_seasons(curves, days, settings))
    seasons = Seasons.joined(parts)
    counts = count_seasons(seasons)
    table = make_season_table(SeasonTally.from_rows(counts["seasons"]))
    is_dated = layer.series.axis.kind is AxisKind.DATE
    kept = {name: layer.table.fields[name] for name in layer.columns}
    write_series_layer(layer, kept | season_fields(seasons, table, is_dated=is_dated), target, layer.history)
    return summarise(table, [counts], len(seasons.starts), progress)


def season_fields(seasons: Seasons, table: SeasonTable, *, is_dated: bool) -> dict[str, Column]:
    """Return the fields of each row: dates where the axis has dates, otherwise days of the year."""
    ids = table.ids(seasons.starts, seasons.ends)
    fields: dict[str, Column] = {
        "n_seasons": seasons.counts,
        "season_reason": np.array([REASON_TEXTS[Reason(code)] for code in seasons.reasons], dtype=object),
    }
    for number in range(len(seasons.starts)):
        name = f"season_{number + 1}"
        moments = {"start": seasons.starts, "peak": seasons.peaks, "end": seasons.ends}
        fields |= {f"{name}_{part}": _moment(days[number], is_dated=is_dated) for part, days in moments.items()}
        fields[f"{name}_length"] = seasons.lengths[number]
        fields[f"{name}_amplitude"] = seasons.amplitudes[number]
        fields[f"{name}_id"] = np.where(ids[number] > 0, ids[number].astype(np.float64), np.nan)
    return fields


def write_season_table(table: SeasonTable, target: Path) -> None:
    """Write the table of seasons as a GeoPackage table.

    Raises:
        OutputError: the file cannot be written.
    """
    names = ("season_id", "kind", "year", "n", "start", "peak", "end", "start_day", "end_day", "length_days",
             "amplitude")  # fmt: skip
    texts = {"start", "peak", "end"}
    kinds = {"season_id": np.int32, "kind": np.int32, "year": np.int32, "n": np.int64, "start_day": np.int32,
             "end_day": np.int32}  # fmt: skip
    fields: dict[str, Column] = {}
    for name in names:
        values = [row[name] for row in table.rows]
        fields[name] = np.array(values, dtype=object if name in texts else kinds.get(name, np.float64))
    write_table(OutputTable(fields), target, "seasons")


def _moment(days: npt.NDArray[np.float64], *, is_dated: bool) -> Column:
    if not is_dated:
        return days
    known = np.isfinite(days)
    dates = np.full(len(days), np.datetime64("NaT"), dtype="datetime64[D]")
    dates[known] = np.rint(days[known]).astype(np.int64).astype("datetime64[D]")
    return dates.astype("datetime64[ms]")
