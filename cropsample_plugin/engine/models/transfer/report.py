"""Naive, transfer and from scratch side by side, with a verdict in words: an HTML page and a table."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cropsample_plugin.engine.labels.html_report import write_html
from cropsample_plugin.engine.models.metrics import class_scores
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.report_figures import curve_svg
from cropsample_plugin.engine.models.transfer.departure import DepartureRow
from cropsample_plugin.engine.models.transfer.domains import Source, Target
from cropsample_plugin.engine.models.transfer.figures import departure_svg, trial_svg
from cropsample_plugin.engine.models.transfer.preparation import PreparedDomain
from cropsample_plugin.engine.models.transfer.strategies import AdaptedModel
from cropsample_plugin.engine.models.transfer.trial import CANDIDATES, Trial
from cropsample_plugin.engine.models.transfer.verdict import Verdict
from cropsample_plugin.engine.timeseries.table_output import OutputTable

TEMPLATE = "transfer.html.j2"
WORDS = {"naive": "Naive: the source model as it is", "transfer": "Transfer", "scratch": "From scratch"}


@dataclass(frozen=True)
class TransferReport:
    """What a report tells of.

    Attributes:
        source: the model that travelled.
        target: what adaptation was given.
        trial: scores; None without labels in the target.
        verdict: what to use.
        adapted: the model that was packed.
        departure: scores of the departure-point experiment, if it was run.
        dropped: reasons for which samples were left out.
        settings: parameter to value.
        notes: sentences to add.
    """

    source: Source
    target: Target
    trial: Trial | None
    verdict: Verdict
    adapted: AdaptedModel
    departure: list[DepartureRow]
    dropped: tuple[str, ...]
    settings: dict[str, Any]
    notes: tuple[str, ...] = ()


def write_transfer_report(told: TransferReport, path: str | Path) -> None:
    """Write the page.

    Raises:
        OutputError: the folder may not be written to.
    """
    write_html(TEMPLATE, _context(told), path)


def _context(told: TransferReport) -> dict[str, Any]:
    trial = told.trial
    return {
        "verdict": told.verdict,
        "rows": [_candidate_row(name, trial) for name in CANDIDATES if trial and name in trial.candidates],
        "trial": trial,
        "pairs": [
            {**vars(item), "first": WORDS[item.first], "second": WORDS[item.second]}
            for item in (trial.differences if trial else ())
        ],
        "classes": _class_rows(told) if trial else [],
        "titles": [WORDS[name] for name in CANDIDATES if trial and name in trial.candidates],
        "trial_svg": trial_svg(trial) if trial else "",
        "n_labeled": len(told.target.labeled),
        "n_pool": len(told.target.pool),
        "departure": departure_means(told.departure),
        "departure_svg": departure_svg(told.departure) if told.departure else "",
        "missing": _missing_rows(told),
        "curve_svg": curve_svg(told.adapted.curve) if told.adapted.curve else "",
        "dropped": Counter(told.dropped).most_common(),
        "notes": [*class_notes(told.source, told.target), *told.adapted.notes, *told.notes],
        "settings": told.settings,
    }


def class_notes(source: Source, target: Target) -> list[str]:
    """Say which classes only one domain has."""
    notes = []
    new = [item.name for item in source.classes[source.n_known :]]
    if new:
        notes.append(
            f"Classes that the source model does not know: {', '.join(new)}. It maps none of them, and each counts in "
            "its score; only strategies that learn from labels of the target can."
        )
    present = set(target.labeled.samples.class_indices.tolist())
    absent = [item.name for index, item in enumerate(source.classes[: source.n_known]) if index not in present]
    if absent and present:
        notes.append(f"Classes of the source without a labeled target sample, not tested: {', '.join(absent)}.")
    return notes


def date_notes(prepared: PreparedDomain, package: ModelPackage) -> tuple[str, ...]:
    """Say which dates a stack must have to be mapped with the package, where they are not those of the samples."""
    labels = package.expects.axis.labels
    span = f"{len(labels)} dates, {labels[0]} to {labels[-1]}"
    if prepared.aligned.is_interpolated:
        return (
            f"The target's series were interpolated to the model's dates. Bring a stack to these to map it: {span}.",
        )
    if len(labels) < len(prepared.aligned.series.axis):
        return (f"The package reads {span}. To map a longer stack, give the first of them as the start of the season.",)
    return ()


def _candidate_row(name: str, trial: Trial) -> dict[str, Any]:
    item = trial.candidates[name]
    return {
        "title": WORDS[name],
        "overall_accuracy": item.mean("overall_accuracy"),
        "macro_f1": item.mean("macro_f1"),
        "spread": item.spread("macro_f1"),
        "kappa": item.mean("kappa"),
    }


def _class_rows(told: TransferReport) -> list[dict[str, Any]]:
    if told.trial is None:
        return []
    scores = [class_scores(told.trial.candidates[name].matrix) for name in CANDIDATES if name in told.trial.candidates]
    return [
        {
            "name": item.name,
            "n_reference": int(scores[0].n_reference[index]),
            "f1": [float(found.f1[index]) for found in scores],
        }
        for index, item in enumerate(told.source.classes)
    ]


def departure_means(rows: list[DepartureRow]) -> list[dict[str, Any]]:
    """Return one row for each radius, placement and candidate: mean and spread over the repeats."""
    keys = list(dict.fromkeys((row.radius_km, row.placement, row.candidate) for row in rows))
    found = []
    for radius_km, placement, candidate in keys:
        own = [r for r in rows if (r.radius_km, r.placement, r.candidate) == (radius_km, placement, candidate)]
        f1 = [row.macro_f1 for row in own]
        found.append(
            {
                "radius_km": radius_km,
                "placement": placement,
                "candidate": candidate,
                "title": WORDS[candidate],
                "n_parcels": own[0].n_parcels,
                "n_test": own[0].n_test,
                "macro_f1": float(np.nanmean(f1)),
                "spread": float(np.nanstd(f1, ddof=1)) if len(f1) > 1 else math.nan,
                "overall_accuracy": float(np.nanmean([row.overall_accuracy for row in own])),
            }
        )
    return found


def _missing_rows(told: TransferReport) -> list[dict[str, Any]]:
    """Return the radii within which classes are missing that the test holds."""
    missing = {(row.radius_km, row.placement): row.missing for row in told.departure if row.missing}
    return [
        {"radius_km": radius, "placement": where, "names": ", ".join(told.source.classes[i].name for i in indices)}
        for (radius, where), indices in missing.items()
    ]


def scores_table(trial: Trial | None, departure: list[DepartureRow]) -> OutputTable:
    """Return one row for each candidate and repeat of the trial, then of the departure-point experiment.

    Columns: ``experiment``, ``candidate``, ``placement``, ``radius_km``, ``repeat``, ``n_train``, ``n_test``,
    ``overall_accuracy``, ``macro_f1``, ``kappa``.
    """
    rows: list[dict[str, Any]] = []
    for item in trial.candidates.values() if trial else ():
        for repeat, scores in enumerate(item.repeats, start=1):
            rows.append({"experiment": "trial", "candidate": item.name, "repeat": repeat, **vars(scores)})
    rows += [{"experiment": "departure", **vars(row)} for row in departure]
    return OutputTable({name: _column(rows, name) for name in _COLUMNS}, dict.fromkeys(_WHOLE, "int64"))


_TEXTS = ("experiment", "candidate", "placement")
_WHOLE = ("repeat", "n_train", "n_test")
_COLUMNS = (*_TEXTS, "radius_km", *_WHOLE, "overall_accuracy", "macro_f1", "kappa")


def _column(rows: list[dict[str, Any]], name: str) -> np.typing.NDArray[Any]:
    if name in _TEXTS:
        return np.array([row.get(name) for row in rows], dtype=object)
    return np.array([row.get(name, math.nan) for row in rows], dtype=np.float64)
