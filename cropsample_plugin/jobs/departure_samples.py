"""What labels near a starting point cost: samples within some radii against the same number spread out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.sampling.object_files import write_layer
from cropsample_plugin.engine.sampling.object_geometry import GroundProjection
from cropsample_plugin.engine.sampling.representation_gaps import find_gaps, visiting_order
from cropsample_plugin.engine.sampling.representativeness import variant_named
from cropsample_plugin.engine.sampling.sample_design import design_metadata, representative_outputs
from cropsample_plugin.engine.sampling.sample_plan import Plan, PlanInputs, make_plan, sample_points
from cropsample_plugin.engine.sampling.sampling_report import (
    NOT_A_PROBABILITY_SAMPLE,
    SamplingReport,
    write_sampling_report,
)
from cropsample_plugin.engine.sampling.selection import Selection, SelectionOptions, select_representative
from cropsample_plugin.jobs.registry import JobContext, JobResult
from cropsample_plugin.jobs.representative_samples import point_fields

_M_PER_KM = 1000.0
EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``departuresamples``.

    Attributes:
        objects: object layer.
        start_point: longitude and latitude in degrees (WGS 84), as text: ``66.95,39.65``.
        output: GeoPackage of points to write, one set per radius.
        radii: kilometres, as text: ``20,25,30``.
        n_samples: size of every set.
        stratum_field: field with the strata.
        cri_version: ``current`` or ``first``.
        report: HTML file to write; "" for none.
        seed: seed of every random step.
    """

    objects: str
    start_point: str
    output: str
    radii: str = "20,25,30"
    n_samples: int = 100
    stratum_field: str = "stratum"
    cri_version: str = "current"
    report: str = ""
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Choose the best set within every radius and everywhere, and compare them."""
    inputs = [parameters.objects]
    target = check_output(parameters.output, inputs, (".gpkg",))
    report = check_output(parameters.report, inputs, (".html",)) if parameters.report else None
    radii_km = _radii(parameters.radii)
    variant = variant_named(parameters.cri_version)
    options = SelectionOptions(parameters.n_samples, seed=parameters.seed, variant=variant)
    plan = make_plan(
        PlanInputs(parameters.objects, stratum_field=parameters.stratum_field, seed=parameters.seed), variant
    )
    start = _start_on_the_ground(parameters.start_point, plan.layer.projection)
    xy_m = plan.layer.objects.xy_m[plan.rows[plan.population.rows]]
    distances_km = np.hypot(xy_m[:, 0] - shapely.get_x(start), xy_m[:, 1] - shapely.get_y(start)) / _M_PER_KM
    if distances_km.min() > max(radii_km):
        raise InputError(
            f"The start lies {distances_km.min():.1f} km from the nearest object, farther than every radius.",
            "Check the starting point, or give larger radii.",
        )
    sets: dict[str, Selection] = {}
    for number, radius in enumerate([*radii_km, np.inf]):
        name = EVERYWHERE if np.isinf(radius) else f"{radius:g} km"
        within = replace(plan.constraints, selectable=plan.constraints.selectable & (distances_km <= radius))
        if within.selectable.sum() < parameters.n_samples:
            context.progress.log(f"Within {name} only {int(within.selectable.sum())} samples fit.", "warning")
            continue
        part = StepProgress(context.progress, number / (len(radii_km) + 1), (number + 1) / (len(radii_km) + 1))
        sets[name] = select_representative(plan.population, options, within, part)
    if EVERYWHERE not in sets:
        raise InputError(
            f"{parameters.n_samples} samples were asked for, there are {plan.population.n_objects} objects.",
            "Ask for fewer samples.",
        )
    _write_sets(plan, sets, target)
    rows = [_row(plan, name, chosen, sets[EVERYWHERE]) for name, chosen in sets.items()]
    if report is not None:
        _write_report(report, rows, parameters, plan)
    outputs = {
        "output": str(target),
        "report": parameters.report,
        "radii": rows,
        "cri_everywhere": sets[EVERYWHERE].score.cri,
        "n_sets": len(sets),
        "notes": list(plan.notes),
        **representative_outputs(),
    }
    return JobResult(outputs, [str(path) for path in (target, report) if path], inputs)


def _start_on_the_ground(text: str, projection: GroundProjection) -> shapely.Point:
    try:
        longitude, latitude = (float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(
            f"'{text}' is no starting point.", "Write longitude and latitude in degrees, such as 66.95,39.65."
        ) from error
    to_ground = Transformer.from_crs(CRS.from_epsg(4326), projection.projected, always_xy=True)
    x_m, y_m = to_ground.transform(longitude, latitude)
    if not np.isfinite(x_m + y_m):
        raise InputError(f"The starting point {text} is no place on Earth.", "Give longitude first, then latitude.")
    return shapely.Point(x_m, y_m)


def _radii(text: str) -> list[float]:
    try:
        radii = sorted({float(part) for part in text.replace(";", ",").split(",") if part.strip()})
    except ValueError as error:
        raise InputError(
            f"'{text}' are no radii.", "Write kilometres separated by commas, such as 20,25,30."
        ) from error
    if not radii or radii[0] <= 0:
        raise InputError("Radii must be positive numbers of kilometres.", "Write them as in 20,25,30.")
    return radii


def _write_sets(plan: Plan, sets: dict[str, Selection], target: Path) -> None:
    none = np.empty(0, dtype=np.int64)
    fields: dict[str, list[npt.NDArray[Any]]] = {}
    points = []
    for name, chosen in sets.items():
        ordered = visiting_order(plan.population, chosen.sample, none)
        places = sample_points(plan, ordered)
        one = {"radius": np.full(len(ordered), name, dtype=object), **point_fields(plan, ordered, places)}
        for field, values in one.items():
            fields.setdefault(field, []).append(values)
        points.append(places)
    joined = {field: np.concatenate(parts) for field, parts in fields.items()}
    shapes = plan.layer.projection.to_layer(np.concatenate(points))
    write_layer(target, "samples", joined, shapes, plan.layer.table.crs, design_metadata(representative_outputs()))


def _row(plan: Plan, name: str, chosen: Selection, everywhere: Selection) -> dict[str, Any]:
    gaps = find_gaps(plan.population, chosen.sample)
    missed = [row["stratum"] for row in gaps.strata if row["n_samples"] == 0]
    return {
        "radius": name,
        "cri": chosen.score.cri,
        "cost_in_cri": everywhere.score.cri - chosen.score.cri,
        "strata_missed": missed,
        "share_hardly_represented": float(gaps.is_badly_represented.mean()),
        **{f"cri_{component}": value for component, value in chosen.score.components.items()},
    }


def _write_report(target: Path, rows: list[dict[str, Any]], parameters: Parameters, plan: Plan) -> None:
    header = ["Samples within", "CRI", "Lost against everywhere", "Strata missed", "Fields hardly represented"]
    cells = [
        [
            row["radius"],
            f"{row['cri']:.3f}",
            f"{row['cost_in_cri']:.3f}",
            ", ".join(str(name) for name in row["strata_missed"]) or "none",
            f"{row['share_hardly_represented']:.1%}",
        ]
        for row in rows
    ]
    write_sampling_report(
        SamplingReport(
            title="What staying near the start costs",
            lead=f"The best {parameters.n_samples} samples within each radius, against the best anywhere.",
            cards={row["radius"]: f"{row['cri']:.3f}" for row in rows},
            warning=NOT_A_PROBABILITY_SAMPLE,
            tables={"By radius": (header, cells)},
            notes=plan.notes,
        ),
        target,
    )
