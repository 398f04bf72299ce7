"""RESSOS: choose the fields to visit that represent all fields best."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.sampling.cri_curve import CriCurve, CriDistributions, cri_curve, distributions
from cropsample_plugin.engine.sampling.field_files import write_gpx
from cropsample_plugin.engine.sampling.object_files import write_layer
from cropsample_plugin.engine.sampling.plan_report import (
    STRATA_CAPTION,
    STRATA_TITLE,
    comparison_pictures,
    map_pictures,
    strata_swatches,
    strata_table,
)
from cropsample_plugin.engine.sampling.representation_gaps import Gaps, find_gaps, visiting_order
from cropsample_plugin.engine.sampling.representativeness import CriVariant, variant_named
from cropsample_plugin.engine.sampling.sample_design import DESIGN_TEXT, design_metadata, representative_outputs
from cropsample_plugin.engine.sampling.sample_plan import Plan, PlanInputs, make_plan, sample_points
from cropsample_plugin.engine.sampling.sampling_report import (
    NOT_A_PROBABILITY_SAMPLE,
    SamplingReport,
    write_sampling_report,
)
from cropsample_plugin.engine.sampling.selection import Selection, SelectionOptions, select_representative
from cropsample_plugin.jobs.registry import JobContext, JobResult

DESIGN_FIELD = "design"
_REPORT_SETS = 100
_CURVE_SETS = 60


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``representativesamples``.

    Attributes:
        objects: object layer.
        output: GeoPackage of points to write.
        n_samples: number of samples, existing ones included.
        stratum_field: field with the strata; strata are made when the layer has none.
        allocation: ``proportional``, ``equal`` or ``neyman``.
        n_candidate_sets: number of sets drawn.
        optimise: True improves the best set by exchange.
        existing: layer of samples that exist already; "" for none.
        no_go: layer of areas not to enter; "" for none.
        roads: layer from which distance costs; "" for none.
        cost: raster of costs; "" for none.
        cost_weight: how much of log CRI the cost of a median object is worth.
        min_distance: metres between samples at least.
        cri_version: ``current`` or ``first``.
        gpx: GPX file to write; "" for none.
        report: HTML file to write; "" for none.
        seed: seed of every random step.
    """

    objects: str
    output: str
    n_samples: int = 100
    stratum_field: str = "stratum"
    allocation: str = "proportional"
    n_candidate_sets: int = 1000
    optimise: bool = True
    existing: str = ""
    no_go: str = ""
    roads: str = ""
    cost: str = ""
    cost_weight: float = 0.05
    min_distance: float = 0.0
    cri_version: str = "current"
    gpx: str = ""
    report: str = ""
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Choose the set, order it, write points, waypoints and report."""
    layers = (parameters.objects, parameters.existing, parameters.no_go, parameters.roads, parameters.cost)
    inputs = [path for path in layers if path]
    target = check_output(parameters.output, inputs, (".gpkg",))
    gpx = check_output(parameters.gpx, inputs, (".gpx",)) if parameters.gpx else None
    report = check_output(parameters.report, inputs, (".html",)) if parameters.report else None
    variant = variant_named(parameters.cri_version)
    plan = make_plan(plan_inputs(parameters), variant)
    for note in plan.notes:
        context.progress.log(note, "warning")
    options = SelectionOptions(
        parameters.n_samples,
        parameters.allocation,
        parameters.n_candidate_sets,
        parameters.optimise,
        parameters.seed,
        variant,
    )
    progress = StepProgress(context.progress, 0.1, 0.7)
    selection = select_representative(plan.population, options, plan.constraints, progress)
    ordered = visiting_order(plan.population, selection.sample, plan.constraints.existing)
    gaps = find_gaps(plan.population, ordered)
    _write_points(plan, ordered, gaps, target, gpx)
    found = distributions(plan.population, parameters.n_samples, _REPORT_SETS, variant, parameters.seed)
    curve = None
    if report is not None:
        sweeping = StepProgress(context.progress, 0.7, 0.95)
        curve = cri_curve(plan.population, variant, _CURVE_SETS, parameters.seed, sweeping)
        _write_report(report, plan, (selection, ordered, gaps), (found, curve), (parameters, variant))
    outputs = _outputs(parameters, selection, found, curve) | {"notes": list(plan.notes)}
    files = [str(path) for path in (target, gpx, report) if path is not None]
    return JobResult(outputs, files, inputs)


def plan_inputs(parameters: Parameters) -> PlanInputs:
    """Return the part of the parameters that describes objects and constraints."""
    return PlanInputs(
        objects=parameters.objects,
        stratum_field=parameters.stratum_field,
        existing=parameters.existing,
        no_go=parameters.no_go,
        roads=parameters.roads,
        cost=parameters.cost,
        cost_weight=parameters.cost_weight,
        min_distance_m=parameters.min_distance,
        seed=parameters.seed,
    )


def point_fields(plan: Plan, ordered: npt.NDArray[np.int64], points: npt.NDArray[Any]) -> dict[str, npt.NDArray[Any]]:
    """Return the fields of sample points in visiting order; text fields to be filled in the field are empty."""
    rows = plan.usable_rows(ordered)
    degrees = plan.layer.projection.degrees_of(points)
    labels = plan.population.strata.labels[ordered]
    names = [plan.population.stratum_names[label] for label in labels]
    whole = all(isinstance(name, int) for name in names)
    existing = np.isin(ordered, plan.constraints.existing)
    n_samples = len(ordered)
    empty = np.full(n_samples, "", dtype=object)
    return {
        "sample_id": np.arange(1, n_samples + 1),
        "object_id": plan.layer.objects.ids[rows],
        "stratum": np.array(names, dtype=np.int64 if whole else object),
        "priority": np.arange(1, n_samples + 1),
        "exists": existing.astype(np.int32),
        "longitude": degrees[:, 0],
        "latitude": degrees[:, 1],
        DESIGN_FIELD: np.full(n_samples, DESIGN_TEXT, dtype=object),
        "label": empty,
        "remark": empty.copy(),
    }


def _write_points(plan: Plan, ordered: npt.NDArray[np.int64], gaps: Gaps, target: Path, gpx: Path | None) -> None:
    points = sample_points(plan, ordered)
    fields = point_fields(plan, ordered, points)
    fields["n_represented"] = np.bincount(gaps.nearest_sample, minlength=len(ordered)).astype(np.int64)
    projection = plan.layer.projection
    said = design_metadata(representative_outputs())
    write_layer(target, "samples", fields, projection.to_layer(points), plan.layer.table.crs, said)
    if gpx is not None:
        names = [f"S{number}" for number in fields["sample_id"]]
        notes = [
            f"object {item}, stratum {stratum}, priority {priority}"
            for item, stratum, priority in zip(fields["object_id"], fields["stratum"], fields["priority"])
        ]
        degrees = np.stack([fields["longitude"], fields["latitude"]], axis=1)
        write_gpx(gpx, degrees, names, notes)


def _write_report(
    target: Path,
    plan: Plan,
    chosen: tuple[Selection, npt.NDArray[np.int64], Gaps],
    compared: tuple[CriDistributions, CriCurve],
    asked: tuple[Parameters, CriVariant],
) -> None:
    selection, ordered, gaps = chosen
    parameters, variant = asked
    n_samples, cri = parameters.n_samples, selection.score.cri
    pictures = comparison_pictures(*compared, n_samples, cri) + map_pictures(plan, ordered, gaps)
    settings = {name: value for name, value in asdict(parameters).items() if value not in ("", 0.0)}
    write_sampling_report(
        SamplingReport(
            title="Representative samples",
            lead=f"{n_samples} of {plan.layer.objects.n_objects} fields, chosen so that together they resemble all of "
            "them. Visit them by priority: the first ones, however many are reached, represent the area best.",
            cards={
                "CRI": f"{cri:.3f}",
                "Best set drawn": f"{selection.drawn_score.cri:.3f}",
                "Median random set": f"{np.median(compared[0].random):.3f}",
                "Strata reached": f"{selection.score.components['ric']:.0%}",
                "Fields hardly represented": f"{gaps.is_badly_represented.mean():.1%}",
            },
            warning=NOT_A_PROBABILITY_SAMPLE,
            score=selection.score,
            variant=variant,
            pictures=pictures,
            tables={STRATA_TITLE: strata_table(gaps)},
            captions={STRATA_TITLE: STRATA_CAPTION},
            swatches={STRATA_TITLE: strata_swatches(gaps)},
            notes=plan.notes,
            settings=settings,
        ),
        target,
    )


def _outputs(
    parameters: Parameters, selection: Selection, found: CriDistributions, curve: CriCurve | None
) -> dict[str, Any]:
    exchange = selection.exchange
    return {
        "output": parameters.output,
        "gpx": parameters.gpx,
        "report": parameters.report,
        "n_samples": len(selection.sample),
        "cri": selection.score.cri,
        **{f"cri_{name}": value for name, value in selection.score.components.items()},
        "cri_drawn": selection.drawn_score.cri,
        "cri_random": float(np.median(found.random)),
        "cri_stratified": float(np.median(found.stratified)),
        "n_swaps": exchange.n_swaps if exchange else 0,
        "knee": curve.knee if curve else 0,
        "leveled": curve.leveled if curve else 0,
        **representative_outputs(),
    }
