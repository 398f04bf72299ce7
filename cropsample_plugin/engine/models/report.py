"""The training report: one HTML file with everything inside, readable without a network."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cropsample_plugin.about import installation_path
from cropsample_plugin.engine.models.evaluation import Evaluation
from cropsample_plugin.engine.models.explanation_report import explanation_context
from cropsample_plugin.engine.models.metrics import class_scores
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.report_figures import calibration_svg, curve_svg
from cropsample_plugin.engine.models.samples import PreparedSamples
from cropsample_plugin.engine.models.training import TrainingOptions, TrainingOutcome
from cropsample_plugin.engine.output_files import replaced_when_done
from cropsample_plugin.engine.timeseries.series import AxisKind, TimeAxis

TEMPLATES = "resources/reports"
TEMPLATE = "training.html.j2"
_NOT_DEFINED = "n/a"


@dataclass(frozen=True)
class ReportInput:
    """What a report tells of.

    Attributes:
        samples: the samples used and dropped.
        options: how the model was trained.
        outcome: the model and its scores.
        lost_reasons: reasons for which extraction dropped samples before training saw them.
    """

    samples: PreparedSamples
    options: TrainingOptions
    outcome: TrainingOutcome
    lost_reasons: tuple[str, ...] = ()


def write_report(told: ReportInput, path: str | Path) -> None:
    """Write the report.

    Raises:
        OutputError: the folder may not be written to.
    """
    document = render_report(told)
    with replaced_when_done(Path(path)) as partial:
        partial.write_text(document, encoding="utf-8")


def render_report(told: ReportInput) -> str:
    """Return the report as HTML; every text of the user's is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(installation_path(TEMPLATES)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["share"] = format_share
    environment.filters["number"] = format_number
    return environment.get_template(TEMPLATE).render(_context(told))


def format_share(value: float) -> str:
    """Return a share as a percentage with two decimals."""
    return f"{100.0 * value:.2f} %" if math.isfinite(value) else _NOT_DEFINED


def format_number(value: float) -> str:
    """Return a number with four decimals."""
    return f"{value:.4f}" if math.isfinite(value) else _NOT_DEFINED


def _context(told: ReportInput) -> dict[str, Any]:
    samples, options, outcome = told.samples, told.options, told.outcome
    package = outcome.package
    return {
        "title": MODELS[options.model].title,
        "classes": _class_rows(samples, outcome.evaluation),
        "n_used": samples.training_set.n_samples,
        "n_local": int(samples.training_set.is_local.sum()),
        "n_groups": samples.n_groups if samples.is_grouped else 0,
        "dropped": Counter({**samples.dropped_by_reason}) + Counter(told.lost_reasons),
        "notes": [*samples.notes, *outcome.fitted.notes],
        "expects": package.expects,
        "axis": _describe_axis(package.expects.axis),
        "protocol": options.protocol.describe(is_grouped=samples.is_grouped),
        "scores": outcome.evaluation,
        "fold_spread": _fold_spread(outcome.evaluation),
        "has_auc": outcome.evaluation is not None and math.isfinite(outcome.evaluation.auc),
        "explained": explanation_context(samples, package.expects, outcome.evaluation, options.seed),
        "curves": _curves(outcome),
        "calibration": outcome.calibration,
        "calibration_svg": calibration_svg(outcome.calibration) if outcome.calibration is not None else "",
        "is_calibrated": package.temperature != 1.0,
        "settings": {
            **{name: value for name, value in asdict(options.fields).items() if value},
            **asdict(options.settings),
            "class weights": options.class_weights,
            "missing values": options.missing_rule.name,
            "largest share of missing values": options.missing_rule.max_missing_share,
            "seed": options.seed,
        },
        "versions": package.provenance["versions"],
        "sha256": samples.sha256,
        "licence": package.provenance["licence"],
    }


def _describe_axis(axis: TimeAxis) -> str:
    words = {
        AxisKind.DATE: "dates",
        AxisKind.DAY_OF_YEAR: "days of the year",
        AxisKind.STEP: "steps of each sample's own season",
    }
    return f"{len(axis)} {words[axis.kind]}, {axis.labels[0]} to {axis.labels[-1]}"


def _class_rows(samples: PreparedSamples, evaluation: Evaluation | None) -> list[dict[str, Any]]:
    counts = Counter(samples.labels)
    scores = class_scores(evaluation.matrix) if evaluation is not None else None
    rows = []
    for position, item in enumerate(samples.classes):
        row = {**asdict(item), "n_samples": counts[item.label]}
        if scores is not None and evaluation is not None:
            row |= {
                "precision": float(scores.precision[position]),
                "recall": float(scores.recall[position]),
                "f1": float(scores.f1[position]),
                "mapped": [int(count) for count in evaluation.matrix[position]],
                "n_mapped": int(scores.n_mapped[position]),
                "n_reference": int(scores.n_reference[position]),
            }
        rows.append(row)
    return rows


def _fold_spread(evaluation: Evaluation | None) -> list[dict[str, Any]]:
    """Return mean and standard deviation over the folds of each score."""
    if evaluation is None or len(evaluation.folds) < 2:  # noqa: PLR2004 - one fold has no spread
        return []
    rows = []
    for name, title in (("overall_accuracy", "Overall accuracy"), ("macro_f1", "Macro F1"), ("kappa", "Kappa")):
        values = np.array([getattr(fold, name) for fold in evaluation.folds])
        values = values[np.isfinite(values)]
        if len(values) > 1:
            rows.append({"title": title, "mean": float(values.mean()), "deviation": float(values.std(ddof=1))})
    return rows


def _curves(outcome: TrainingOutcome) -> list[dict[str, str]]:
    curves = []
    evaluation = outcome.evaluation
    if evaluation is not None:
        many = len(evaluation.folds) > 1
        for position, curve in enumerate(evaluation.curves):
            if curve:
                curves.append({"title": f"Fold {position + 1}" if many else "Held out", "svg": curve_svg(curve)})
    if outcome.fitted.curve:
        curves.insert(0, {"title": "The model in the package", "svg": curve_svg(outcome.fitted.curve)})
    return curves
