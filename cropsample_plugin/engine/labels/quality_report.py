"""The report on label quality."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from cropsample_plugin.engine.labels.html_report import write_html
from cropsample_plugin.engine.labels.quality import QualityOutcome, QualitySettings
from cropsample_plugin.engine.labels.quality_figures import map_svg, series_svg
from cropsample_plugin.engine.labels.quality_input import QualitySamples
from cropsample_plugin.engine.labels.quality_result import CATEGORIES, DATA_GAP, KEEP, REMOVE, SUSPECT
from cropsample_plugin.engine.labels.quality_tables import ledger_rows
from cropsample_plugin.engine.labels.votes import NO_LABEL, FloatArray

TEMPLATE = "label_quality.html.j2"
_EXAMPLES_PER_CATEGORY = 3
_SHOWN_REASONS = 20
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def write_quality_report(
    samples: QualitySamples, outcome: QualityOutcome, settings: QualitySettings, path: str | Path
) -> None:
    """Write the report as HTML.

    Raises:
        OutputError: the folder may not be written to.
    """
    counts = Counter(outcome.result.category.tolist())
    told = {
        "n_samples": samples.n_samples,
        "totals": [(name, counts[name]) for name in CATEGORIES],
        "categories": CATEGORIES,
        "ledger": ledger_rows(samples, outcome),
        "class_totals": _class_totals(ledger_rows(samples, outcome)),
        "reasons": _reasons(outcome),
        "index_rows": _index_rows(samples, outcome),
        "maps": [{"title": item.title, "svg": map_svg(item, samples.classes)} for item in outcome.result.maps],
        "examples": _examples(samples, outcome),
        "notes": samples.notes,
        "settings": {key: value for key, value in asdict(settings).items() if value != ""},
    }
    write_html(TEMPLATE, told, path)


def _class_totals(ledger: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the categories of each class over all seasons."""
    totals: dict[str, dict[str, Any]] = {}
    for row in ledger:
        total = totals.setdefault(row["class"], {"class": row["class"], **dict.fromkeys(CATEGORIES, 0)})
        for name in CATEGORIES:
            total[name] += row[name]
    return list(totals.values())


def _reasons(outcome: QualityOutcome) -> list[tuple[str, str, int]]:
    """Return the reasons of each category without their numbers, most frequent first."""
    pairs = zip(outcome.result.category, outcome.result.reason)
    counts = Counter((str(category), _NUMBER.sub("n", str(reason))) for category, reason in pairs)
    return [(category, reason, count) for (category, reason), count in counts.most_common(_SHOWN_REASONS)]


def _index_rows(samples: QualitySamples, outcome: QualityOutcome) -> list[dict[str, str]]:
    return [
        {
            "class": str(samples.classes[item.code]),
            "season": item.season,
            "chosen": ", ".join(item.chosen),
            "scores": ", ".join(f"{name} {score:.2f}" for name, score in item.scores.items()),
        }
        for item in outcome.result.index_rows
    ]


def _examples(samples: QualitySamples, outcome: QualityOutcome) -> list[dict[str, Any]]:
    """Return the clearest samples of each category with their curves."""
    result, curves = outcome.result, outcome.curves
    examples = []
    for category, sign in ((REMOVE, 1.0), (SUSPECT, 1.0), (KEEP, -1.0), (DATA_GAP, 1.0)):
        rows = np.flatnonzero((result.category == category) & (samples.codes != NO_LABEL))
        rows = rows[np.argsort(sign * np.nan_to_num(result.margin[rows]), kind="stable")][:_EXAMPLES_PER_CATEGORY]
        for row in rows:
            rival = result.suggested[row]
            svg = series_svg(
                curves.grid,
                curves.green[:, row].astype(np.float64),
                _profile(outcome, samples.codes == samples.codes[row]),
                _profile(outcome, samples.codes == rival) if rival != NO_LABEL else None,
            )
            title = f"{category}: row {row + 1}, '{samples.classes[samples.codes[row]]}'"
            examples.append({"title": title, "svg": svg, "reason": result.reason[row]})
    return examples


def _profile(outcome: QualityOutcome, rows: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> FloatArray:
    kept = rows & (outcome.result.category == KEEP)
    chosen = kept if kept.any() else rows
    with np.errstate(all="ignore"):
        quartiles: FloatArray = np.nanpercentile(outcome.curves.green[:, chosen], [25, 50, 75], axis=1)
    return quartiles
