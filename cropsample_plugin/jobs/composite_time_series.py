"""Composite a time series: one clear observation per pixel, or row, and period."""

from __future__ import annotations

from dataclasses import dataclass

from cropsample_plugin.engine.timeseries.composite_series import composite_layer
from cropsample_plugin.engine.timeseries.composite_stack import CompositeRequest, CompositeSettings, composite_stack
from cropsample_plugin.engine.timeseries.compositing.mask_source import MaskRequest
from cropsample_plugin.jobs.registry import JobContext, JobResult
from cropsample_plugin.jobs.stack_or_series import no_mask_stack, require_one, run_options, series_target


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``compositetimeseries``: a stack or a series layer, and the output of that kind.

    Attributes:
        stack, output: dated stack in, GeoTIFF out.
        samples, output_series: series layer in, GeoPackage out.
        observations: GeoTIFF of the numbers of clear observations; "" for none.
        cloud_mask: dated stack with the mask; "" when it is a band of the input.
        mask_band, mask_kind, mask_rule, max_probability: see `MaskRequest`.
        method, start_date, period_days, n_periods, sensor, band_roles: see `CompositeSettings`.
        resume: continue what an interrupted run left.
        scheduler: a Dask cluster for a stack; see `read_scheduler`.
    """

    stack: str = ""
    samples: str = ""
    output: str = ""
    output_series: str = ""
    observations: str = ""
    cloud_mask: str = ""
    mask_band: str = ""
    mask_kind: str = "auto"
    mask_rule: str = ""
    max_probability: float = 40.0
    method: str = "least_cloudy"
    start_date: str = ""
    period_days: int = 30
    n_periods: int = 12
    sensor: str = "auto"
    band_roles: str = ""
    resume: bool = True
    scheduler: str = ""


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Composite and say how many gaps each period has."""
    is_stack = require_one(parameters.stack, parameters.samples, parameters.output, parameters.output_series)
    settings = CompositeSettings(
        parameters.method,
        parameters.start_date,
        parameters.period_days,
        parameters.n_periods,
        parameters.sensor,
        parameters.band_roles,
    )
    mask = MaskRequest(
        parameters.cloud_mask,
        parameters.mask_band,
        parameters.mask_kind,
        parameters.mask_rule,
        parameters.max_probability,
    )
    if is_stack:
        request = CompositeRequest(parameters.stack, parameters.output, parameters.observations, settings, mask)
        options = run_options(context, resume=parameters.resume, scheduler=parameters.scheduler)
        summary = composite_stack(request, options, context.progress)
        files = [parameters.output, *([parameters.observations] if parameters.observations else [])]
    else:
        no_mask_stack(mask)
        target = series_target(parameters.output_series, parameters.samples)
        summary = composite_layer(parameters.samples, target, settings, mask, context.progress)
        files = [parameters.output_series]
    shares = list(summary.gap_shares)
    outputs = {
        "output": parameters.output if is_stack else "",
        "output_series": "" if is_stack else parameters.output_series,
        "observations": parameters.observations if is_stack else "",
        "dates": list(summary.dates),
        "bands": list(summary.bands),
        "gap_shares": shares,
        "mean_observations": list(summary.mean_observations),
        "gap_share": sum(shares) / len(shares),
        "n_periods": len(shares),
        "preprocessing": summary.history,
    }
    inputs = [path for path in (parameters.stack, parameters.samples, parameters.cloud_mask) if path]
    return JobResult(outputs, files, inputs)
