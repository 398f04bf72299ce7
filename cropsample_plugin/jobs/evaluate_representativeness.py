"""How representative an existing sample set is, what it misses, and what to add."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.sampling.cri_curve import cri_curve, distributions
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
from cropsample_plugin.engine.sampling.representativeness import CriScore, CriVariant, score_set, variant_named
from cropsample_plugin.engine.sampling.sample_design import design_metadata, representative_outputs
from cropsample_plugin.engine.sampling.sample_plan import Plan, PlanInputs, make_plan, sample_points
from cropsample_plugin.engine.sampling.sampling_report import SamplingReport, write_sampling_report
from cropsample_plugin.engine.sampling.selection import SelectionOptions, select_representative
from cropsample_plugin.jobs.registry import JobContext, JobResult
from cropsample_plugin.jobs.representative_samples import point_fields

_SETS = 100
_CURVE_SETS = 40


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``evaluaterepresentativeness``.

    Attributes:
        samples: layer of the samples.
        objects: object layer.
        underrepresented: GeoPackage of objects to write, with how well each is represented.
        additional: GeoPackage of the best additional objects as points; "" for none.
        n_additional: how many of them.
        stratum_field: field with the strata.
        cri_version: ``current`` or ``first``.
        report: HTML file to write; "" for none.
        seed: seed of every random step.
    """

    samples: str
    objects: str
    underrepresented: str
    additional: str = ""
    n_additional: int = 10
    stratum_field: str = "stratum"
    cri_version: str = "current"
    report: str = ""
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Score the samples, mark what they miss, choose what to add."""
    inputs = [parameters.samples, parameters.objects]
    target = check_output(parameters.underrepresented, inputs, (".gpkg",))
    additional = check_output(parameters.additional, inputs, (".gpkg",)) if parameters.additional else None
    report = check_output(parameters.report, inputs, (".html",)) if parameters.report else None
    variant = variant_named(parameters.cri_version)
    asked = PlanInputs(parameters.objects, parameters.stratum_field, existing=parameters.samples, seed=parameters.seed)
    plan = make_plan(asked, variant)
    sample = plan.constraints.existing
    if len(sample) == 0:
        raise SamplesError("No sample lies in any object.", "Check the coordinate systems of both layers.")
    score = score_set(plan.population, sample, variant)
    gaps = find_gaps(plan.population, sample)
    _write_gaps(plan, sample, gaps, target)
    n_additional = min(parameters.n_additional, plan.population.n_objects - len(sample))
    outputs = {
        "underrepresented": str(target),
        "additional": parameters.additional,
        "report": parameters.report,
        "n_samples": len(sample),
        "cri": score.cri,
        **{f"cri_{name}": value for name, value in score.components.items()},
        "n_underrepresented": int(gaps.is_badly_represented.sum()),
        "strata": gaps.strata,
        "notes": list(plan.notes),
        **representative_outputs(),
    }
    if additional is not None and n_additional > 0:
        progress = StepProgress(context.progress, 0.3, 0.6)
        options = SelectionOptions(len(sample) + n_additional, seed=parameters.seed, variant=variant)
        chosen = select_representative(plan.population, options, plan.constraints, progress)
        ordered = visiting_order(plan.population, chosen.sample, sample)[len(sample) :]
        _write_additional(plan, ordered, additional)
        outputs["cri_with_additional"] = chosen.score.cri
    if report is not None:
        _write_report(report, (plan, sample, gaps, score), (parameters, variant), context)
    files = [str(path) for path in (target, additional, report) if path is not None]
    return JobResult(outputs, files, inputs)


def _write_gaps(plan: Plan, sample: npt.NDArray[np.int64], gaps: Gaps, target: Path) -> None:
    rows = plan.rows[plan.population.rows]
    order = np.argsort(rows)
    ids = plan.layer.objects.ids
    names = np.array([plan.population.stratum_names[label] for label in plan.population.strata.labels], dtype=object)
    whole = all(isinstance(name, int) for name in names.tolist())
    fields = {
        "object_id": ids[rows],
        "stratum": names.astype(np.int64) if whole else names,
        "stratum_status": gaps.stratum_status,
        "unlikeness": gaps.unlikeness,
        "underrepresented": gaps.is_badly_represented.astype(np.int32),
        "represented_by": ids[plan.usable_rows(sample)][gaps.nearest_sample],
    }
    shapes = shapely.from_wkb(plan.layer.table.geometry[plan.layer.usable.rows[rows[order]]])
    write_layer(target, "representation", {k: v[order] for k, v in fields.items()}, shapes, plan.layer.table.crs)


def _write_additional(plan: Plan, ordered: npt.NDArray[np.int64], target: Path) -> None:
    bare = replace(plan, constraints=replace(plan.constraints, existing=np.empty(0, dtype=np.int64)))
    points = sample_points(bare, ordered)
    fields = point_fields(bare, ordered, points)
    said = design_metadata(representative_outputs())
    write_layer(target, "additional", fields, plan.layer.projection.to_layer(points), plan.layer.table.crs, said)


def _write_report(
    target: Path,
    evaluated: tuple[Plan, npt.NDArray[np.int64], Gaps, CriScore],
    asked: tuple[Parameters, CriVariant],
    context: JobContext,
) -> None:
    plan, sample, gaps, score = evaluated
    parameters, variant = asked
    found = distributions(plan.population, len(sample), _SETS, variant, parameters.seed)
    sweeping = StepProgress(context.progress, 0.6, 0.95)
    curve = cri_curve(plan.population, variant, _CURVE_SETS, parameters.seed, sweeping)
    missed = sum(row["n_samples"] == 0 for row in gaps.strata)
    write_sampling_report(
        SamplingReport(
            title="Representativeness of the samples",
            lead=f"{len(sample)} of {plan.layer.objects.n_objects} fields have a sample.",
            cards={
                "CRI": f"{score.cri:.3f}",
                "Median random set": f"{np.median(found.random):.3f}",
                "Strata missed": str(missed),
                "Fields hardly represented": f"{gaps.is_badly_represented.mean():.1%}",
            },
            score=score,
            variant=variant,
            pictures=comparison_pictures(found, curve, len(sample), score.cri) + map_pictures(plan, sample, gaps),
            tables={STRATA_TITLE: strata_table(gaps)},
            captions={STRATA_TITLE: STRATA_CAPTION},
            swatches={STRATA_TITLE: strata_swatches(gaps)},
            notes=plan.notes,
        ),
        target,
    )
