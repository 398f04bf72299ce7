"""Preprocess a time series: fill gaps, put it on a regular grid, smooth it."""

from __future__ import annotations

from dataclasses import dataclass

from cropsample_plugin.engine.timeseries.compositing.mask_source import MaskRequest
from cropsample_plugin.engine.timeseries.preprocess_series import preprocess_layer
from cropsample_plugin.engine.timeseries.preprocess_stack import PreprocessRequest, preprocess_stack
from cropsample_plugin.engine.timeseries.smoothing.methods import SmoothingSettings
from cropsample_plugin.jobs.registry import JobContext, JobResult
from cropsample_plugin.jobs.stack_or_series import no_mask_stack, require_one, run_options, series_target


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``preprocesstimeseries``: a stack or a series layer, and the output of that kind.

    Attributes:
        stack, output: dated stack in, GeoTIFF out.
        samples, output_series: series layer in, GeoPackage out.
        cloud_mask, mask_band, mask_kind, mask_rule, max_probability: see `MaskRequest`.
        method, period_days, start_date, end_date, smoothness, window_steps, degree, n_harmonics, extrapolate,
            peak_band, peak_date, max_shift_days: see `SmoothingSettings`.
        encoding: how values are stored; see `encoding_for`.
        resume: continue what an interrupted run left.
        scheduler: a Dask cluster for a stack; see `read_scheduler`.
    """

    stack: str = ""
    samples: str = ""
    output: str = ""
    output_series: str = ""
    cloud_mask: str = ""
    mask_band: str = ""
    mask_kind: str = "auto"
    mask_rule: str = ""
    max_probability: float = 40.0
    method: str = "7_day_linear"
    period_days: int = 0
    start_date: str = ""
    end_date: str = ""
    smoothness: float = 10.0
    window_steps: int = 7
    degree: int = 2
    n_harmonics: int = 2
    extrapolate: bool = False
    peak_band: str = ""
    peak_date: str = ""
    max_shift_days: int = 90
    encoding: str = "like_input"
    resume: bool = True
    scheduler: str = ""


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Preprocess and say what the result holds."""
    is_stack = require_one(parameters.stack, parameters.samples, parameters.output, parameters.output_series)
    names = SmoothingSettings.__dataclass_fields__
    settings = SmoothingSettings(**{name: getattr(parameters, name) for name in names})
    mask = MaskRequest(
        parameters.cloud_mask,
        parameters.mask_band,
        parameters.mask_kind,
        parameters.mask_rule,
        parameters.max_probability,
    )
    if is_stack:
        request = PreprocessRequest(parameters.stack, parameters.output, settings, mask, parameters.encoding)
        options = run_options(context, resume=parameters.resume, scheduler=parameters.scheduler)
        summary = preprocess_stack(request, options, context.progress)
    else:
        no_mask_stack(mask)
        target = series_target(parameters.output_series, parameters.samples)
        summary = preprocess_layer(parameters.samples, target, settings, mask, context.progress)
    outputs = {
        "output": parameters.output if is_stack else "",
        "output_series": "" if is_stack else parameters.output_series,
        "n_dates": len(summary.dates),
        "dates": list(summary.dates),
        "bands": list(summary.bands),
        "gap_share": summary.gap_share,
        "n_empty": summary.n_empty_pixels,
        "preprocessing": summary.history,
    }
    inputs = [path for path in (parameters.stack, parameters.samples, parameters.cloud_mask) if path]
    return JobResult(outputs, [parameters.output if is_stack else parameters.output_series], inputs)
