"""The comparison as an HTML page and as a table."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cropsample_plugin.engine.labels.html_report import write_html
from cropsample_plugin.engine.models.cross_validation.figures import (
    learning_svg,
    scores_svg,
    variogram_svg,
)
from cropsample_plugin.engine.models.cross_validation.runs import Comparison, ModelResult
from cropsample_plugin.engine.models.cross_validation.variogram import Variogram
from cropsample_plugin.engine.models.evaluation import Evaluation
from cropsample_plugin.engine.models.metrics import class_scores
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.report_figures import calibration_svg
from cropsample_plugin.engine.models.samples import PreparedSamples
from cropsample_plugin.engine.timeseries.table_output import OutputTable

TEMPLATE = "cross_validation.html.j2"
ALL_FOLDS = "all"


@dataclass(frozen=True)
class ComparisonReport:
    """What a report tells of.

    Attributes:
        samples: the samples used and dropped.
        comparison: the models and their scores.
        design: the design in words.
        variogram: of the series; None where there is none.
        settings: parameter to value.
        notes: sentences to add.
        lost_reasons: reasons for which extraction dropped samples before.
    """

    samples: PreparedSamples
    comparison: Comparison
    design: str
    variogram: Variogram | None
    settings: dict[str, Any]
    notes: tuple[str, ...] = ()
    lost_reasons: tuple[str, ...] = ()


def write_comparison_report(told: ComparisonReport, path: str | Path) -> None:
    """Write the page.

    Raises:
        OutputError: the folder may not be written to.
    """
    write_html(TEMPLATE, _context(told), path)


def _context(told: ComparisonReport) -> dict[str, Any]:
    samples, results = told.samples, told.comparison.results
    titles = [MODELS[result.model].title for result in results]
    classes = samples.classes
    curves = [result for result in results if result.curve is not None]
    unseen = {
        fold: ", ".join(classes[index].name for index in indices) for fold, indices in told.comparison.unseen.items()
    }
    return {
        "design": told.design,
        "rows": [_model_row(result, title) for result, title in zip(results, titles)],
        "classes": [_class_row(index, item.name, results) for index, item in enumerate(classes)],
        "titles": titles,
        "pairs": [
            {**vars(pair), "first": MODELS[pair.first].title, "second": MODELS[pair.second].title}
            for pair in told.comparison.pairs
        ],
        "folds": _fold_rows(told.comparison),
        "unseen": unseen,
        "skipped": told.comparison.skipped,
        "n_used": samples.training_set.n_samples,
        "n_groups": samples.n_groups if samples.is_grouped else 0,
        "dropped": (Counter(samples.dropped_by_reason) + Counter(told.lost_reasons)).most_common(),
        "scores_svg": scores_svg(results, titles),
        "learning_svg": learning_svg(results, titles) if curves else "",
        "plateaus": [
            {"title": MODELS[item.model].title, "plateau": item.curve.plateau, "most": item.curve.sizes[-1]}
            for item in curves
            if item.curve is not None
        ],
        "calibrations": [
            {"title": title, "svg": calibration_svg(result.calibration), **vars(result.calibration)}
            for result, title in zip(results, titles)
        ],
        "variogram": told.variogram,
        "variogram_svg": variogram_svg(told.variogram) if told.variogram is not None else "",
        "notes": [*samples.notes, *told.notes],
        "settings": told.settings,
    }


def _model_row(result: ModelResult, title: str) -> dict[str, Any]:
    scores = [fold.macro_f1 for fold in result.honest.folds]
    return {
        "title": title,
        "honest": result.honest,
        "leaky": result.leaky,
        "spread": float(np.nanstd(scores, ddof=1)) if len(scores) > 1 else math.nan,
        "optimism": result.leaky.macro_f1 - result.honest.macro_f1,
    }


def _class_row(index: int, name: str, results: tuple[ModelResult, ...]) -> dict[str, Any]:
    scores = [class_scores(result.honest.matrix) for result in results]
    return {
        "name": name,
        "n_reference": int(scores[0].n_reference[index]),
        "f1": [float(item.f1[index]) for item in scores],
    }


def _fold_rows(comparison: Comparison) -> list[dict[str, Any]]:
    rows = []
    for position, name in enumerate(comparison.fold_names):
        folds = [result.honest.folds[position] for result in comparison.results]
        rows.append(
            {
                "name": name,
                "n_train": folds[0].n_train,
                "n_test": folds[0].n_test,
                "macro_f1": [fold.macro_f1 for fold in folds],
                "overall_accuracy": [fold.overall_accuracy for fold in folds],
            }
        )
    return rows


def comparison_table(samples: PreparedSamples, comparison: Comparison, design: str) -> OutputTable:
    """Return one row for each model, validation and fold, and for each class over all folds.

    Columns: ``model``, ``validation``, ``fold``, ``class``, ``n_train``, ``n_test``, ``overall_accuracy``,
    ``macro_f1``, ``kappa``, ``f1``, ``precision``, ``recall``, ``temperature``, ``plateau``.
    """
    rows: list[dict[str, Any]] = []
    for result in comparison.results:
        facts = {"temperature": result.calibration.temperature, "plateau": result.curve.plateau if result.curve else 0}
        rows += _evaluation_rows(result.model, design, result.honest, comparison.fold_names, facts)
        rows += _class_rows(result, samples, design)
        if result.leaky is not result.honest:
            numbers = [str(number) for number in range(1, len(result.leaky.folds) + 1)]
            rows += _evaluation_rows(result.model, "k_fold", result.leaky, tuple(numbers), {})
    return OutputTable({name: _column(rows, name) for name in _COLUMNS}, dict.fromkeys(_WHOLE, "int64"))


_TEXTS = ("model", "validation", "fold", "class")
_WHOLE = ("n_train", "n_test", "plateau")
_COLUMNS = (
    *_TEXTS,
    "n_train",
    "n_test",
    "overall_accuracy",
    "macro_f1",
    "kappa",
    "f1",
    "precision",
    "recall",
    "temperature",
    "plateau",
)


def _column(rows: list[dict[str, Any]], name: str) -> np.typing.NDArray[Any]:
    if name in _TEXTS:
        return np.array([row.get(name) for row in rows], dtype=object)
    return np.array([row.get(name, math.nan) for row in rows], dtype=np.float64)


def _evaluation_rows(
    model: str, design: str, evaluation: Evaluation, names: tuple[str, ...], facts: dict[str, Any]
) -> list[dict[str, Any]]:
    start = {"model": model, "validation": design}
    scores = {name: getattr(evaluation, name) for name in ("overall_accuracy", "macro_f1", "kappa")}
    whole = {**start, "fold": ALL_FOLDS, "n_test": int(evaluation.matrix.sum()), **scores, **facts}
    return [whole, *({**start, "fold": name, **vars(fold)} for name, fold in zip(names, evaluation.folds))]


def _class_rows(result: ModelResult, samples: PreparedSamples, design: str) -> list[dict[str, Any]]:
    scores = class_scores(result.honest.matrix)
    return [
        {
            "model": result.model,
            "validation": design,
            "fold": ALL_FOLDS,
            "class": item.name,
            "n_test": int(scores.n_reference[index]),
            "f1": float(scores.f1[index]),
            "precision": float(scores.precision[index]),
            "recall": float(scores.recall[index]),
        }
        for index, item in enumerate(samples.classes)
    ]
