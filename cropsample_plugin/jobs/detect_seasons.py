"""Detect seasons: start, peak, end, length and amplitude of each growing season, and the table of seasons."""

from __future__ import annotations

from dataclasses import dataclass

from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.timeseries.season_series import detect_in_layer, write_season_table
from cropsample_plugin.engine.timeseries.season_stack import SeasonRequest, detect_in_stack
from cropsample_plugin.engine.timeseries.seasons.season_curves import CurveSettings
from cropsample_plugin.engine.timeseries.seasons.season_data import SeasonSettings
from cropsample_plugin.jobs.registry import JobContext, JobResult
from cropsample_plugin.jobs.stack_or_series import require_one, run_options, series_target


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``detectseasons``: a stack or a series layer, and the output of that kind.

    Attributes:
        stack, output, season_ids: dated stack in; GeoTIFFs of seasons and of season ids ("" for none) out.
        samples, output_series: series layer in, GeoPackage out.
        season_table: GeoPackage table of the seasons found; "" for none.
        index, sensor, band_roles, smoothing, step_days, smoothness: see `CurveSettings`.
        min_prominence and what follows: see `SeasonSettings`.
        resume: continue what an interrupted run left.
        scheduler: a Dask cluster for a stack; see `read_scheduler`.
    """

    stack: str = ""
    samples: str = ""
    output: str = ""
    output_series: str = ""
    season_ids: str = ""
    season_table: str = ""
    index: str = "NDVI"
    sensor: str = "auto"
    band_roles: str = ""
    smoothing: str = "auto"
    step_days: int = 10
    smoothness: float = 1.0
    min_prominence: float = 0.10
    min_prominence_share: float = 0.2
    min_distance_days: float = 60.0
    amplitude_share: float = 0.2
    min_length_days: float = 60.0
    max_length_days: float = 300.0
    bare_below: float = 0.3
    perennial_above: float = 0.4
    max_seasons: int = 0
    resume: bool = True
    scheduler: str = ""


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Detect and say how many seasons there are, and why there are none where there are none."""
    is_stack = require_one(parameters.stack, parameters.samples, parameters.output, parameters.output_series)
    inputs = [path for path in (parameters.stack, parameters.samples) if path]
    listed = check_output(parameters.season_table, inputs, (".gpkg",)) if parameters.season_table else None
    settings = SeasonSettings(**{name: getattr(parameters, name) for name in SeasonSettings.__dataclass_fields__})
    curve = CurveSettings(
        parameters.index,
        parameters.sensor,
        parameters.band_roles,
        parameters.smoothing,
        parameters.step_days,
        parameters.smoothness,
    )
    if is_stack:
        request = SeasonRequest(parameters.stack, parameters.output, parameters.season_ids, curve, settings)
        options = run_options(context, resume=parameters.resume, scheduler=parameters.scheduler)
        summary = detect_in_stack(request, options, context.progress)
        files = [parameters.output, *([parameters.season_ids] if parameters.season_ids else [])]
    else:
        target = series_target(parameters.output_series, parameters.samples)
        summary = detect_in_layer(parameters.samples, target, curve, settings, context.progress)
        files = [parameters.output_series]
    if listed is not None:
        write_season_table(summary.table, listed)
        files.append(str(listed))
    outputs = {
        "output": parameters.output if is_stack else "",
        "output_series": "" if is_stack else parameters.output_series,
        "season_ids": parameters.season_ids if is_stack else "",
        "season_table": parameters.season_table,
        "n_seasons": len(summary.table.rows),
        "n_with_season": summary.n_with_season,
        "seasons": summary.table.rows,
        "reasons": summary.reasons,
        "season_counts": {str(number): total for number, total in summary.season_counts.items()},
    }
    return JobResult(outputs, files, inputs)
