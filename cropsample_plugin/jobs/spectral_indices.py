"""Spectral indices of a time series, and radar bands in another unit."""

from __future__ import annotations

from dataclasses import dataclass

from cropsample_plugin.engine.timeseries.index_series import index_layer
from cropsample_plugin.engine.timeseries.index_stack import IndexSettings, index_stack
from cropsample_plugin.jobs.registry import JobContext, JobResult
from cropsample_plugin.jobs.stack_or_series import require_one, run_options, series_target


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``spectralindices``: a stack or a series layer, and the output of that kind.

    Attributes:
        stack, output: dated stack in, GeoTIFF out.
        samples, output_series: series layer in, GeoPackage out.
        indices, keep_bands, sensor, band_roles, radar_unit, radar_output: see `IndexSettings`.
        encoding: how values are stored; see `encoding_for`.
        resume: continue what an interrupted run left.
        scheduler: a Dask cluster for a stack; see `read_scheduler`.
    """

    stack: str = ""
    samples: str = ""
    output: str = ""
    output_series: str = ""
    indices: str = "NDVI"
    keep_bands: bool = False
    sensor: str = "auto"
    band_roles: str = ""
    radar_unit: str = "auto"
    radar_output: str = "as_is"
    encoding: str = "float32"
    resume: bool = True
    scheduler: str = ""


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Compute and say which bands came out."""
    is_stack = require_one(parameters.stack, parameters.samples, parameters.output, parameters.output_series)
    settings = IndexSettings(
        parameters.indices,
        parameters.keep_bands,
        parameters.sensor,
        parameters.band_roles,
        parameters.radar_unit,
        parameters.radar_output,
    )
    if is_stack:
        paths = (parameters.stack, parameters.output)
        options = run_options(context, resume=parameters.resume, scheduler=parameters.scheduler)
        summary = index_stack(paths, settings, parameters.encoding, options, context.progress)
    else:
        target = series_target(parameters.output_series, parameters.samples)
        summary = index_layer(parameters.samples, target, settings, context.progress)
    outputs = {
        "output": parameters.output if is_stack else "",
        "output_series": "" if is_stack else parameters.output_series,
        "bands": list(summary.bands),
        "n_bands": len(summary.bands),
        "gap_share": summary.gap_share,
        "radar_unit": summary.radar_unit,
    }
    inputs = [path for path in (parameters.stack, parameters.samples) if path]
    return JobResult(outputs, [parameters.output if is_stack else parameters.output_series], inputs)
