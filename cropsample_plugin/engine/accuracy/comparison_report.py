"""The report on a comparison of maps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np

from cropsample_plugin.engine.accuracy.accuracy_figures import scores_svg
from cropsample_plugin.engine.accuracy.accuracy_tables import hectares, share
from cropsample_plugin.engine.accuracy.map_answers import CROP_NAME, MapSet
from cropsample_plugin.engine.accuracy.map_comparison import PixelComparison
from cropsample_plugin.engine.labels.html_report import write_html

TEMPLATE = "comparison.html.j2"
_MOST_CHANGES = 40


@dataclass(frozen=True)
class ComparisonReport:
    """What the report tells of.

    Attributes:
        maps: the maps.
        counted: areas by pair of maps.
        scores: rows of the table of scores; empty without a reference.
        pairs: rows of the table of pairs.
        changes: rows of the table of changes.
        design: design of the reference, and how its errors were found; "" without.
        warning: why the reference proves nothing; "" when nothing speaks against it.
        confidence: level of the intervals.
        notes, settings: for the end of the page.
    """

    maps: MapSet
    counted: PixelComparison
    scores: Sequence[dict[str, Any]]
    pairs: Sequence[dict[str, Any]]
    changes: Sequence[dict[str, Any]]
    design: str
    warning: str
    confidence: float
    notes: tuple[str, ...]
    settings: Mapping[str, Any]


def write_comparison_report(told: ComparisonReport, path: str | Path) -> None:
    """Write the report as HTML.

    Raises:
        OutputError: the folder may not be written to.
    """
    # Crop before no crop; classes by name as they come.
    order = slice(None, None, -1) if told.maps.is_binary else slice(None)
    classes = list(told.maps.classes[order])
    pictures = _pictures(told) if told.scores else {}
    context = {
        "n_maps": len(told.maps.paths),
        "common": hectares(told.counted.common_ha),
        "agreed": share(told.counted.agreed_ha / told.counted.common_ha) if told.counted.common_ha else "n/a",
        "how": told.counted.how,
        "level": f"{100 * told.confidence:g} %",
        "design": told.design,
        "warning": told.warning,
        "classes": classes,
        "is_binary": told.maps.is_binary,
        "scores": [_score_cells(row, classes if told.maps.is_binary else []) for row in told.scores],
        "class_scores": [] if told.maps.is_binary else _class_cells(told.scores, classes),
        "n_samples": told.scores[0]["n_samples"] if told.scores else 0,
        "pictures": pictures,
        "pairs": [_pair_cells(row) for row in told.pairs],
        "has_differences": any("accuracy" in row for row in told.pairs),
        "mapped": [
            (name, [hectares(value) for value in told.counted.mapped_ha[number][order]])
            for number, name in enumerate(told.maps.names)
        ],
        "first": told.maps.names[0],
        "second": told.maps.names[1],
        "changes": [_change_cells(row) for row in _largest(told.changes)],
        "has_estimates": any("area_ha" in row for row in told.changes),
        "notes": told.notes,
        "settings": told.settings,
    }
    write_html(TEMPLATE, context, path)


def _pictures(told: ComparisonReport) -> dict[str, str]:
    names = [row["map"] for row in told.scores]
    wanted = {"Overall accuracy": "accuracy"}
    if told.maps.is_binary:
        wanted[f"F1 of {CROP_NAME}"] = f"{CROP_NAME}_f1"
    pictures = {}
    for title, key in wanted.items():
        columns = [
            np.array([np.nan if row[name] is None else row[name] for row in told.scores], dtype=np.float64)
            for name in (key, f"{key}_low", f"{key}_high")
        ]
        pictures[title] = scores_svg(names, *columns)
    return pictures


def _score_cells(row: dict[str, Any], classes: list[str]) -> list[str]:
    cells = [row["map"], _with_error(row, "accuracy")]
    for name in classes:
        cells += [_with_error(row, f"{name}_{key}") for key in ("f1", "ua", "pa")]
    if not classes:
        cells.append("n/a" if row["macro_f1"] is None else f"{row['macro_f1']:.3f}")
    return cells


def _class_cells(scores: Sequence[dict[str, Any]], classes: list[str]) -> list[list[str]]:
    """Return a row per class and map: many classes side by side would be too wide to print."""
    return [
        [name, row["map"], *(_with_error(row, f"{name}_{key}") for key in ("f1", "ua", "pa"))]
        for name in classes
        for row in scores
    ]


def _with_error(row: dict[str, Any], key: str) -> str:
    value, error = row[key], row[f"{key}_se"]
    if value is None:
        return "n/a"
    # A share of 0 or 1 has no standard error that means anything; its interval does.
    return f"{value:.3f} ± {error:.3f}" if error else f"{value:.3f}"


def _pair_cells(row: dict[str, Any]) -> list[str]:
    cells = [row["first"], row["second"]]
    cells += [share(np.nan if row["agreement"] is None else row["agreement"])]
    cells += ["n/a" if row["kappa"] is None else f"{row['kappa']:.3f}"]
    if "accuracy" in row:
        for key in ("accuracy", "f1"):
            low, high = row[f"{key}_low"], row[f"{key}_high"]
            cells.append("n/a" if row[key] is None else f"{row[key]:+.3f} ({low:+.3f} to {high:+.3f})")
        cells += [f"{row['only_first']:.0f} / {row['only_second']:.0f}", f"{row['mcnemar_p']:.3g}"]
    return cells


def _largest(changes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    shown = [row for row in changes if row["mapped_ha"] > 0 or (row.get("area_ha") or 0) > 0]
    return sorted(shown, key=lambda row: (-row["is_change"], -row["mapped_ha"]))[:_MOST_CHANGES]


def _change_cells(row: dict[str, Any]) -> list[str]:
    cells = [row["from_class"], row["to_class"], hectares(row["mapped_ha"]), share(row["mapped_share"])]
    if "area_ha" in row:
        cells += [hectares(row["area_ha"]), f"{hectares(row['area_low_ha'])} to {hectares(row['area_high_ha'])}"]
    return cells
