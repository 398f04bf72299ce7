"""Turn polygons into sample points at pixel centres of a dated stack."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.dropped_samples import DropList
from cropsample_plugin.engine.timeseries.pixel_choice import PixelRule
from cropsample_plugin.engine.timeseries.sample_pixels import place_samples
from cropsample_plugin.engine.timeseries.sample_series import (
    dropped_table,
    output_table,
    require_some,
    stack_grid_of,
    without_duplicates,
)
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``polygonstosamples``.

    Attributes:
        samples: vector layer of polygons; points are taken as they are.
        stack: dated stack whose pixels are meant.
        output: GeoPackage to write.
        dropped: GeoPackage table of the polygons that were left out; "" for none.
        mode: ``central`` for one pixel each, ``random`` for several.
        pixels_per_polygon: how many random pixels.
        inner_buffer_m: metres to keep from a polygon's edge.
        seed: seed of the random choice.
    """

    samples: str
    stack: str
    output: str
    dropped: str = ""
    mode: str = "central"
    pixels_per_polygon: int = 10
    inner_buffer_m: float = 0.0
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Choose pixels, write them as points and list what was left out."""
    inputs = [parameters.samples, parameters.stack]
    target = check_output(parameters.output, inputs, suffixes=(".gpkg",))
    listed = check_output(parameters.dropped, [*inputs, parameters.output], (".gpkg",)) if parameters.dropped else None
    rule = PixelRule(parameters.mode, parameters.pixels_per_polygon, parameters.inner_buffer_m, parameters.seed)
    table = SampleTable.read(parameters.samples)
    stack = DatedStack.open(parameters.stack)
    dropped = DropList()
    progress = StepProgress(context.progress, 0.0, 0.8)
    pixels = place_samples(table, stack_grid_of(stack), rule, dropped, progress)
    pixels = without_duplicates(table, pixels, None, dropped)
    if listed is not None:
        write_table(dropped_table(table, dropped), listed, "dropped")
    require_some(table, len(pixels), dropped)
    if dropped.items:
        context.progress.log(f"Left out: {dropped.summary()}.", "warning")
    write_table(output_table(table, pixels, None, stack), target, "samples")
    outputs = {
        "output": str(target),
        "dropped": parameters.dropped,
        "n_samples": len(np.unique(pixels.sample)),
        "n_dropped": len(dropped.rows),
        "n_rows": len(pixels),
    }
    return JobResult(outputs=outputs, files=[str(target), *([str(listed)] if listed else [])], inputs=inputs)
