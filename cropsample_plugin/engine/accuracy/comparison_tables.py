"""A comparison of maps as tables: scores of each map, differences of each pair, and what changed."""

from __future__ import annotations

import math
from typing import Any, Sequence

import numpy as np

from cropsample_plugin.engine.accuracy.estimates import Assessment
from cropsample_plugin.engine.accuracy.intercomparison import MapScore, PairedDifference
from cropsample_plugin.engine.accuracy.map_answers import MapSet
from cropsample_plugin.engine.accuracy.map_comparison import PixelComparison
from cropsample_plugin.engine.labels.agreement import cohen_kappa
from cropsample_plugin.engine.labels.quality_tables import table_of
from cropsample_plugin.engine.timeseries.table_output import OutputTable

ENSEMBLE = "ensemble (majority)"


def score_rows(scores: Sequence[MapScore], maps: MapSet, warning: str) -> list[dict[str, Any]]:
    """Return a row per map: accuracy, then F1, user's and producer's accuracy of each class, with errors and counts."""
    rows = []
    for score in scores:
        found = score.found
        row: dict[str, Any] = {
            "map": score.name,
            "n_samples": found.n_samples,
            "accuracy": _number(found.overall.values[0]),
            "accuracy_se": _number(found.overall.errors[0]),
            "accuracy_low": _number(found.overall.low[0]),
            "accuracy_high": _number(found.overall.high[0]),
            "macro_f1": _number(float(np.nanmean(found.f1.values))) if np.isfinite(found.f1.values).any() else None,
        }
        for code in reversed(range(len(maps.classes))):
            row |= _class_scores(score, maps.classes[code], code)
        if maps.is_binary:
            (row["tn"], row["fn"]), (row["fp"], row["tp"]) = found.counts[0].tolist(), found.counts[1].tolist()
        rows.append({**row, "warning": warning})
    return rows


def _class_scores(score: MapScore, name: str, code: int) -> dict[str, Any]:
    found = score.found
    estimates = {"f1": found.f1, "ua": found.users, "pa": found.producers}
    row: dict[str, Any] = {}
    for key, estimate in estimates.items():
        row |= {
            f"{name}_{key}": _number(estimate.values[code]),
            f"{name}_{key}_se": _number(estimate.errors[code]),
            f"{name}_{key}_low": _number(estimate.low[code]),
            f"{name}_{key}_high": _number(estimate.high[code]),
        }
    row[f"{name}_f1_bound"] = _number(score.f1_bounds[code])
    row[f"{name}_support"] = float(found.counts[:, code].sum())
    return row


def pair_rows(
    maps: MapSet, counted: PixelComparison | None, differences: Sequence[PairedDifference], warning: str
) -> list[dict[str, Any]]:
    """Return a row per pair of maps: agreement of pixels, and difference of accuracy and F1 on the same samples."""
    names = [*maps.names, ENSEMBLE]
    by_pair = {(item.first, item.second): item for item in differences}
    rows = []
    for first, one in enumerate(names):
        for second in range(first + 1, len(names)):
            other = names[second]
            row: dict[str, Any] = {"first": one, "second": other}
            table = None if counted is None else counted.areas_ha.get((first, second))
            total = float(table.sum()) if table is not None else 0.0
            row["common_ha"] = total if table is not None else None
            row["agreement"] = float(np.trace(table)) / total if table is not None and total else None
            row["kappa"] = _number(cohen_kappa(table)) if table is not None and total else None
            found = by_pair.get((one, other))
            if found is not None:
                row |= {name: _number(value) for name, value in vars(found).items() if name not in ("first", "second")}
            if found is not None or table is not None:
                rows.append({**row, "warning": warning})
    return rows


def change_rows(
    maps: MapSet, counted: PixelComparison, estimated: Assessment | None, reach: float, warning: str
) -> list[dict[str, Any]]:
    """Return a row per pair of classes of the first two maps: mapped area, and estimated area with its interval.

    Args:
        maps: the maps.
        counted: their areas.
        estimated: assessment whose classes are pairs of classes, earlier times number of classes plus later; None
            without a reference of both times.
        reach: standard errors that an interval reaches.
        warning: for every row.
    """
    table, n_classes = counted.areas_ha[0, 1], len(maps.classes)
    areas = None if estimated is None else estimated.areas()
    rows = []
    for first, earlier in enumerate(maps.classes):
        for second, later in enumerate(maps.classes):
            code = first * n_classes + second
            row: dict[str, Any] = {
                "first_map": maps.names[0],
                "second_map": maps.names[1],
                "from_class": earlier,
                "to_class": later,
                "is_change": int(first != second),
                "mapped_ha": float(table[first, second]),
                "mapped_share": float(table[first, second] / table.sum()) if table.sum() else None,
            }
            if areas is not None:
                row |= {
                    "area_ha": _number(areas.values[code]),
                    "area_se_ha": _number(areas.errors[code]),
                    "area_margin_ha": _number(reach * areas.errors[code]),
                    "area_low_ha": _number(areas.low[code]),
                    "area_high_ha": _number(areas.high[code]),
                }
            rows.append({**row, "warning": warning})
    return rows


def table_of_all(rows: Sequence[dict[str, Any]]) -> OutputTable:
    """Return rows as a table with every column that one of them has."""
    names = dict.fromkeys(name for row in rows for name in row if name != "warning")
    ordered = [*names, "warning"]
    return table_of([{name: row.get(name) for name in ordered} for row in rows], ordered)


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
