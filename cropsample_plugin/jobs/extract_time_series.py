"""Take the series of a dated stack at samples: points or polygons in, one row per sample or pixel out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.pixel_choice import PixelRule
from cropsample_plugin.engine.timeseries.sample_series import (
    ExtractionOptions,
    dropped_table,
    extract_series,
    output_table,
    require_some,
)
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``extracttimeseries``.

    Attributes:
        samples: vector layer of points or polygons.
        stack: dated stack.
        output: GeoPackage to write.
        dropped: GeoPackage table of the samples that were left out; "" for none.
        pixels_per_polygon: 1 for the central pixel, more for that many random ones.
        inner_buffer_m: metres to keep from a polygon's edge.
        start_field, end_field: fields with each sample's own season; both or none.
        seed: seed of the random choice.
    """

    samples: str
    stack: str
    output: str
    dropped: str = ""
    pixels_per_polygon: int = 1
    inner_buffer_m: float = 0.0
    start_field: str = ""
    end_field: str = ""
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Extract, write the series and the list of what was left out."""
    inputs = [parameters.samples, parameters.stack]
    target = check_output(parameters.output, inputs, suffixes=(".gpkg",))
    listed = check_output(parameters.dropped, [*inputs, parameters.output], (".gpkg",)) if parameters.dropped else None
    table = SampleTable.read(parameters.samples)
    stack = DatedStack.open(parameters.stack)
    found = extract_series(table, stack, _options(parameters, context.threads), context.progress)
    if listed is not None:
        write_table(dropped_table(table, found.dropped), listed, "dropped")
    require_some(table, len(found.pixels), found.dropped)
    if found.dropped.items:
        context.progress.log(f"Left out: {found.dropped.summary()}.", "warning")
    context.progress.report(0.8, "Writing")
    write_table(output_table(table, found.pixels, found.series, stack), target, "samples")
    outputs = {
        "output": str(target),
        "dropped": parameters.dropped,
        "n_samples": len(np.unique(found.pixels.sample)),
        "n_dropped": len(found.dropped.rows),
        "n_rows": len(found.pixels),
    }
    files = [str(target), *([str(listed)] if listed else [])]
    return JobResult(outputs=outputs, files=files, inputs=inputs)


def _options(parameters: Parameters, threads: int) -> ExtractionOptions:
    if bool(parameters.start_field) != bool(parameters.end_field):
        raise InputError("Only one of START_FIELD and END_FIELD is given.", "Give both fields or none.")
    mode = "central" if parameters.pixels_per_polygon == 1 else "random"
    rule = PixelRule(mode, parameters.pixels_per_polygon, parameters.inner_buffer_m, parameters.seed)
    season_fields = (parameters.start_field, parameters.end_field) if parameters.start_field else None
    return ExtractionOptions(rule, season_fields, threads)
