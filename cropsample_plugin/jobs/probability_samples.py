"""Draw a probability sample, which alone can prove a map."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.sampling.class_values import named_numbers, whole_numbers
from cropsample_plugin.engine.sampling.designs import DesignOptions, ProbabilitySample, draw_sample
from cropsample_plugin.engine.sampling.frame_files import read_area_frame, read_map_frame
from cropsample_plugin.engine.sampling.map_frame import FrameRules, MapFrame
from cropsample_plugin.engine.sampling.object_files import write_layer
from cropsample_plugin.engine.sampling.sample_design import design_metadata, probability_outputs
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``probabilitysamples``.

    Attributes:
        output: GeoPackage of points to write.
        class_map: class map to sample; "" when an area is given.
        area: polygons to sample; "" when a map is given.
        cell_size: metres, side of the cells laid over an area.
        design: a name of `designs.DESIGNS`.
        allocation: ``proportional``, ``equal`` or ``neyman``, for the stratified design.
        n_samples: number of samples.
        minimum_per_stratum: samples every stratum gets at least.
        expected_accuracies: for Neyman: ``class=accuracy`` separated by commas.
        zero: what pixels of value 0 are: ``ask``, ``class`` or ``outside``.
        unclassified_values: values that mean unclassified, separated by commas.
        unclassified: what those are: ``outside``, ``class`` or ``ask``.
        nodata_value: value that means nodata where the map does not say.
        cluster_size: pixels, side of the squares of the cluster design.
        samples_per_cluster: pixels drawn in each square.
        min_distance: metres between samples at least.
        seed: seed of the draw.
    """

    output: str
    class_map: str = ""
    area: str = ""
    cell_size: float = 10.0
    design: str = "stratified"
    allocation: str = "proportional"
    n_samples: int = 300
    minimum_per_stratum: int = 30
    expected_accuracies: str = ""
    zero: str = "ask"
    unclassified_values: str = ""
    unclassified: str = "outside"
    nodata_value: float | None = None
    cluster_size: int = 50
    samples_per_cluster: int = 5
    min_distance: float = 0.0
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Read the frame, draw, and write points with inclusion probabilities and weights."""
    if bool(parameters.class_map) == bool(parameters.area):
        raise InputError("Give either a class map or an area.", "A map for strata, an area for none.")
    inputs = [parameters.class_map or parameters.area]
    target = check_output(parameters.output, inputs, (".gpkg",))
    frame, crs = _frame(parameters)
    sample = draw_sample(frame, _options(parameters))
    for warning in sample.warnings:
        context.progress.log(warning, "warning" if "approximate" in warning else "info")
    xy = frame.xy_of(sample.units)
    said = probability_outputs(parameters.design, sample.warnings)
    fields = _fields(frame, sample, parameters.design)
    write_layer(target, "samples", fields, shapely.points(xy), crs, design_metadata(said))
    counts = np.bincount(sample.strata, minlength=len(frame.strata))
    strata = [
        {"stratum": name, "n_pixels": int(size), "n_samples": int(count)}
        for name, size, count in zip(frame.strata, frame.sizes, counts)
    ]
    outputs = {
        "output": str(target),
        "n_samples": len(sample.units),
        "n_pixels": frame.n_units,
        "pixel_area_m2": None if math.isnan(frame.pixel_area_m2) else frame.pixel_area_m2,
        "strata": strata,
        "warnings": list(sample.warnings),
        **said,
    }
    return JobResult(outputs, [str(target)], inputs)


def _frame(parameters: Parameters) -> tuple[MapFrame, str]:
    if parameters.area:
        return read_area_frame(parameters.area, parameters.cell_size)
    rules = FrameRules(
        parameters.zero,
        whole_numbers(parameters.unclassified_values),
        parameters.unclassified,
        parameters.nodata_value,
    )
    return read_map_frame(parameters.class_map, rules)


def _options(parameters: Parameters) -> DesignOptions:
    return DesignOptions(
        design=parameters.design,
        n_samples=parameters.n_samples,
        allocation=parameters.allocation,
        minimum_per_stratum=parameters.minimum_per_stratum,
        expected_accuracies=named_numbers(parameters.expected_accuracies),
        cluster_pixels=parameters.cluster_size,
        samples_per_cluster=parameters.samples_per_cluster,
        min_distance_m=parameters.min_distance,
        seed=parameters.seed,
    )


def _fields(frame: MapFrame, sample: ProbabilitySample, design: str) -> dict[str, npt.NDArray[Any]]:
    names = [frame.strata[stratum] for stratum in sample.strata]
    whole = all(isinstance(name, int) for name in names)
    rows, columns = np.divmod(sample.units, frame.codes.shape[1])
    n_samples = len(sample.units)
    return {
        "sample_id": np.arange(1, n_samples + 1),
        "stratum": np.array(names, dtype=np.int64 if whole else object),
        "inclusion_probability": sample.inclusion_probabilities,
        "design_weight": sample.design_weights,
        "stratum_pixels": frame.sizes[sample.strata],
        "cluster": sample.clusters,
        "design": np.full(n_samples, design, dtype=object),
        "row": rows,
        "col": columns,
        "label": np.full(n_samples, "", dtype=object),
        "remark": np.full(n_samples, "", dtype=object),
    }
