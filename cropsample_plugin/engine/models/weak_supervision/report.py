"""The report on a weakly supervised model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cropsample_plugin.engine.labels.html_report import write_html
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.report_figures import curve_svg
from cropsample_plugin.engine.models.weak_supervision.label_raster import LabelClass
from cropsample_plugin.engine.models.weak_supervision.scoring import Scores
from cropsample_plugin.engine.models.weak_supervision.survey import labeled_share
from cropsample_plugin.engine.models.weak_supervision.training import Variant, WeakOutcome

TEMPLATE = "weak_supervision.html.j2"


@dataclass(frozen=True)
class WeakReport:
    """What a report tells of.

    Attributes:
        outcome: the model, its scores and the ablation.
        classes: the classes, in order.
        settings: parameter to value.
        n_reference_dropped: reference samples left out.
    """

    outcome: WeakOutcome
    classes: tuple[LabelClass, ...]
    settings: dict[str, Any]
    n_reference_dropped: int = 0


def write_weak_report(told: WeakReport, path: str | Path) -> None:
    """Write the page.

    Raises:
        OutputError: the folder may not be written to.
    """
    write_html(TEMPLATE, _context(told), path)


def _context(told: WeakReport) -> dict[str, Any]:
    outcome = told.outcome
    survey, main = outcome.survey, outcome.variants[0]
    reference = main.reference
    return {
        "title": MODELS[outcome.package.model].title,
        "labels": main.held_out.labels,
        "classes": [
            {"name": item.name, "value": item.value, "n_labels": int(count), "weight": float(weight)}
            for item, count, weight in zip(told.classes, survey.n_labels, survey.class_weights)
        ],
        "names": [item.name for item in told.classes],
        "n_fit": len(survey.split.fit),
        "n_stopping": len(survey.split.stopping),
        "n_check": len(survey.split.check),
        "n_pixels": survey.n_pixels,
        "labeled_share": labeled_share(survey),
        "typical_distance": survey.typical_distance,
        "n_disputed": main.held_out.n_disputed,
        "disputed_vote_share": main.held_out.disputed_vote_share,
        "reference": _score_row("The network", reference.model) if reference else None,
        "compared": _compared(main),
        "n_reference_dropped": told.n_reference_dropped,
        "variants": [_variant_row(item) for item in outcome.variants] if len(outcome.variants) > 1 else [],
        "curves": [
            {"title": item.name, "svg": curve_svg(item.fitted.curve)} for item in outcome.variants if item.fitted.curve
        ],
        "notes": outcome.notes,
        "settings": told.settings,
    }


def _score_row(name: str, scores: Scores) -> dict[str, Any]:
    return {
        "name": name,
        "n": scores.n,
        "overall_accuracy": scores.overall_accuracy,
        "macro_f1": scores.macro_f1,
        "f1": [float(value) for value in scores.f1],
    }


def _compared(main: Variant) -> list[dict[str, Any]]:
    """Return network and vote on the same samples, the better one by macro F1 first; nothing without votes."""
    scores = main.reference
    if scores is None or scores.vote is None or scores.model_where_voted is None:
        return []
    rows = [
        _score_row("The network", scores.model_where_voted),
        _score_row("Majority vote of the products", scores.vote),
    ]
    return sorted(rows, key=lambda row: -row["macro_f1"])


def _variant_row(variant: Variant) -> dict[str, Any]:
    reference = variant.reference
    return {
        "name": variant.name,
        "strength": variant.regulariser.strength,
        "similarity": variant.regulariser.similarity,
        "aggregation": variant.regulariser.aggregation,
        "labels_macro_f1": variant.held_out.labels.macro_f1,
        "vote_share": variant.held_out.disputed_vote_share,
        "reference_macro_f1": reference.model.macro_f1 if reference else math.nan,
        "n_epochs": len(variant.fitted.curve),
    }
