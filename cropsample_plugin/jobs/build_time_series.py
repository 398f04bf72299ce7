"""Build a dated stack: rasters in, one virtual raster with dated bands out."""

from __future__ import annotations

from dataclasses import dataclass

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.timeseries.build_stack import StackOptions, build_stack, rasters_in_folder
from cropsample_plugin.engine.timeseries.date_texts import date_from_text
from cropsample_plugin.engine.timeseries.layouts.recognition import LayoutHints
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``buildtimeseries``; inputs and folder add up.

    Attributes:
        inputs: rasters that GDAL opens.
        folder: folder whose rasters are taken, with subfolders; "" for none.
        output: the ``.vrt`` to write.
        date_pattern: how dates are spelled, `strptime` directives or a regular expression; "" recognises them.
        bands: names of the bands to take, or names for bands without one; empty for all.
        start_date: date of the first step of undated input, YYYY-MM-DD; "" for none.
        period_days: days between the steps of undated input; 0 for not given.
        scale, offset, nodata: replace what the files say of dated bands; None keeps it.
        grid_rule: ``refuse`` or ``warp`` rasters on another grid.
        resampling: ``nearest``, ``bilinear``, ``cubic``, ``average`` or ``mode``.
    """

    output: str
    inputs: tuple[str, ...] = ()
    folder: str = ""
    date_pattern: str = ""
    bands: tuple[str, ...] = ()
    start_date: str = ""
    period_days: int = 0
    scale: float | None = None
    offset: float | None = None
    nodata: float | None = None
    grid_rule: str = "refuse"
    resampling: str = "nearest"


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Build the stack and say what is in it and what was left out."""
    target = check_output(parameters.output, parameters.inputs, suffixes=(".vrt",))
    paths = parameters.inputs
    skipped: list[tuple[str, str]] = []
    if parameters.folder:
        in_folder, skipped = rasters_in_folder(parameters.folder, parameters.output)
        paths = (*paths, *in_folder)
    built = build_stack(paths, target, _options(parameters), context.progress)
    skipped = [*skipped, *built.skipped]
    stack = built.stack
    outputs = {
        "output": str(target),
        "n_dates": stack.n_timesteps,
        "n_bands": stack.n_bands,
        "bands": list(stack.bands),
        "static_bands": list(stack.static_bands),
        "dates": [str(date) for date in stack.dates],
        "skipped": [{"file": path, "reason": reason} for path, reason in skipped],
    }
    return JobResult(outputs=outputs, files=[str(target)], inputs=list(dict.fromkeys(paths)))


def _options(parameters: Parameters) -> StackOptions:
    if parameters.scale == 0:
        raise InputError(
            "SCALE is 0: every value would be the same.", "Give a scale such as 0.0001, or leave it empty."
        )
    hints = LayoutHints(
        date_pattern=parameters.date_pattern,
        start_date=date_from_text(parameters.start_date, "start date") if parameters.start_date else None,
        period_days=parameters.period_days,
        band_names=parameters.bands,
    )
    return StackOptions(
        hints=hints,
        scale=parameters.scale,
        offset=parameters.offset,
        nodata=parameters.nodata,
        grid_rule=parameters.grid_rule,
        resampling=parameters.resampling,
    )
