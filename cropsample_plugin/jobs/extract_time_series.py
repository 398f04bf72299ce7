"""Take the series of a dated stack at samples: points or polygons in, one row per sample or pixel out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.pixel_choice import PixelRule
from cropsample_plugin.engine.timeseries.processing_history import PREPROCESSING_FIELD, field_values, history_of
from cropsample_plugin.engine.timeseries.sample_rows import dropped_table, output_table, require_some
from cropsample_plugin.engine.timeseries.sample_series import (
    ExtractionOptions,
    ExtractionPlan,
    drop_without_data,
    memory_parts,
    plan_extraction,
    read_series,
    stack_grid_of,
)
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import table_writer, write_table
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
    plan = plan_extraction(table, stack, _options(parameters), StepProgress(context.progress, 0.0, 0.2))
    has_data = _write_series(plan, table, stack, target, listed, context)
    kept = plan.pixels.subset(has_data)
    outputs = {
        "output": str(target),
        "dropped": parameters.dropped,
        "n_samples": len(np.unique(kept.sample)),
        "n_dropped": len(plan.dropped.rows),
        "n_rows": len(kept),
    }
    return JobResult(outputs=outputs, files=[str(target), *([str(listed)] if listed else [])], inputs=inputs)


def _write_series(
    plan: ExtractionPlan, table: SampleTable, stack: DatedStack, target: Path, listed: Path | None, context: JobContext
) -> npt.NDArray[np.bool_]:
    """Read and write part by part; return which pixels have data. Nothing replaces the target before all is well."""
    has_data = np.zeros(len(plan.pixels), dtype=bool)
    parts = memory_parts(plan, stack, context.memory_mb)
    with table_writer(target, "samples") as write:
        for position, part in enumerate(parts):
            start, end = (0.2 + 0.8 * place / len(parts) for place in (position, position + 1))
            progress = StepProgress(context.progress, start, start + 0.8 * (end - start))
            columns, has_data[part] = read_series(plan, part, stack, context.threads, progress)
            pixels = plan.pixels.subset(part)
            if not has_data[part].all():
                pixels = pixels.subset(has_data[part])
                columns = {name: values[has_data[part]] for name, values in columns.items()}
            progress.report(1.0, "Writing")
            columns[PREPROCESSING_FIELD] = field_values(history_of(stack.tags), len(pixels))
            write(output_table(table, pixels, columns, stack_grid_of(stack)))
        drop_without_data(plan, has_data)
        if listed is not None:
            write_table(dropped_table(table, plan.dropped), listed, "dropped")
        require_some(table, int(has_data.sum()), plan.dropped)
        if plan.dropped.items:
            context.progress.log(f"Left out: {plan.dropped.summary()}.", "warning")
    return has_data


def _options(parameters: Parameters) -> ExtractionOptions:
    if bool(parameters.start_field) != bool(parameters.end_field):
        raise InputError("Only one of START_FIELD and END_FIELD is given.", "Give both fields or none.")
    mode = "central" if parameters.pixels_per_polygon == 1 else "random"
    rule = PixelRule(mode, parameters.pixels_per_polygon, parameters.inner_buffer_m, parameters.seed)
    season_fields = (parameters.start_field, parameters.end_field) if parameters.start_field else None
    return ExtractionOptions(rule, season_fields)
