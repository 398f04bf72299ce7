"""Make objects and strata out of a stack, parcels, or both."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.sampling.object_strata import (
    StratificationOptions,
    stratify_parcels,
    stratify_raster,
)
from cropsample_plugin.engine.sampling.population import PopulationOptions
from cropsample_plugin.engine.sampling.segment_tiles import SegmentOptions
from cropsample_plugin.engine.sampling.zonal import stratum_color
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``objectstratification``.

    Attributes:
        objects: GeoPackage of objects to write.
        stack: dated stack or feature raster; "" when the parcels bring their features.
        parcels: polygons that are the objects; "" to segment the stack.
        strata: GeoTIFF twin to write; "" for none.
        object_size: about how many pixels a segment has.
        min_object_size: smallest segment in pixels.
        compactness: how much compact shape counts in segments.
        n_strata: number of strata; 0 chooses.
        criterion: how to choose: ``silhouette`` or ``calinski_harabasz``.
        max_missing_share: pixels with more of their values missing are nodata.
        seed: seed of every random step.
        scheduler: a Dask cluster that segments, "" for this process.
    """

    objects: str
    stack: str = ""
    parcels: str = ""
    strata: str = ""
    object_size: int = 100
    min_object_size: int = 9
    compactness: float = 0.1
    n_strata: int = 0
    criterion: str = "silhouette"
    max_missing_share: float = 0.5
    seed: int = 42
    scheduler: str = ""


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Segment or burn parcels, average features, cluster, write polygons and raster."""
    inputs = [path for path in (parameters.stack, parameters.parcels) if path]
    if not inputs:
        raise InputError("Neither a stack nor parcels are given.", "Give one of them, or both.")
    objects = check_output(parameters.objects, inputs, suffixes=(".gpkg",))
    taken = [*inputs, parameters.objects]
    strata = check_output(parameters.strata, taken, (".tif", ".tiff")) if parameters.strata else None
    options = _options(parameters)
    if parameters.stack:
        made = stratify_raster(parameters.stack, parameters.parcels, objects, strata, options, context.progress)
    else:
        made = stratify_parcels(parameters.parcels, objects, options)
        strata = None
    for note in made.notes:
        context.progress.log(note, "warning")
    legend = [
        {"class_id": row["stratum"], "name": f"stratum {row['stratum']}", "color": stratum_color(row["stratum"] - 1)}
        for row in made.rows
    ]
    outputs = {
        "objects": str(objects),
        "strata": str(strata or ""),
        "n_objects": made.n_objects,
        "n_strata": made.n_strata,
        "criterion": made.criterion,
        "strata_table": made.rows,
        "legend": legend,
        "notes": made.notes,
    }
    return JobResult(outputs, [str(objects), *([str(strata)] if strata else [])], inputs)


def _options(parameters: Parameters) -> StratificationOptions:
    segments = SegmentOptions(
        object_pixels=parameters.object_size,
        min_object_pixels=parameters.min_object_size,
        compactness=parameters.compactness,
        seed=parameters.seed,
    )
    population = replace(
        PopulationOptions(), n_strata=parameters.n_strata, criterion=parameters.criterion, seed=parameters.seed
    )
    return StratificationOptions(segments, population, parameters.max_missing_share, parameters.scheduler)
