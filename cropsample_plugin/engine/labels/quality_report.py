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
_FEWEST_SUPPORTED = 10
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
        "reasons": _reasons(outcome),
        "index_rows": _index_rows(samples, outcome),
        "classes": _class_rows(samples, outcome),
        "maps": [
            {"title": item.title, "svg": map_svg(item, samples.classes, samples.codes, outcome.result.category)}
            for item in outcome.result.maps
        ],
        "examples": _examples(samples, outcome),
        "notes": samples.notes,
        "settings": {key: value for key, value in asdict(settings).items() if value != ""},
    }
    write_html(TEMPLATE, told, path)


def _class_rows(samples: QualitySamples, outcome: QualityOutcome) -> list[dict[str, Any]]:
    """Return how many samples of each class fell into each category, and their shares."""
    rows = []
    for code in [*range(len(samples.classes)), NO_LABEL]:
        counts = Counter(outcome.result.category[samples.codes == code].tolist())
        total = sum(counts.values())
        if total:
            name = str(samples.classes[code]) if code != NO_LABEL else "no label"
            shares = [(category, counts[category], 100.0 * counts[category] / total) for category in CATEGORIES]
            rows.append({"class": name, "total": total, "shares": shares})
    return rows


def _reasons(outcome: QualityOutcome) -> list[tuple[str, str, int]]:
    """Return the reasons of each category without their numbers, most frequent first."""
    pairs = zip(outcome.result.category, outcome.result.reason)
    counts = Counter((str(category), _NUMBER.sub("n", str(reason))) for category, reason in pairs)
    return [(category, reason, count) for (category, reason), count in counts.most_common(_SHOWN_REASONS)]


def _index_rows(samples: QualitySamples, outcome: QualityOutcome) -> list[dict[str, Any]]:
    return [
        {
            "class": str(samples.classes[item.code]),
            "season": item.season,
            "n_own": item.n_own,
            "n_rest": item.n_rest,
            "chosen": item.chosen,
            "scores": sorted(item.scores.items(), key=lambda pair: -pair[1]),
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
            own, rival = int(samples.codes[row]), int(result.suggested[row])
            shown = [own, rival] if rival != NO_LABEL else [own]
            profiles = [(str(samples.classes[code]), _profile(outcome, samples.codes == code)) for code in shown]
            start, end = outcome.seasons.starts[row], outcome.seasons.ends[row]
            season = (float(start), float(end)) if np.isfinite(start) and np.isfinite(end) else None
            svg = series_svg(curves.grid, curves.green[:, row].astype(np.float64), profiles, season)
            title = f"{category}: row {row + 1}, '{samples.classes[samples.codes[row]]}'"
            examples.append({"category": category, "title": title, "svg": svg, "reason": result.reason[row]})
    return examples


def _profile(outcome: QualityOutcome, rows: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> FloatArray:
    """Return quartiles of the supported samples, or, where they are few, of all that are not contradicted."""
    kept = rows & (outcome.result.category == KEEP)
    likely = rows & (outcome.result.category != REMOVE)
    chosen = kept if kept.sum() >= _FEWEST_SUPPORTED else likely if likely.any() else rows
    with np.errstate(all="ignore"):
        quartiles: FloatArray = np.nanpercentile(outcome.curves.green[:, chosen], [25, 50, 75], axis=1)
    return quartiles
