"""Judged labels as layers and tables: samples, seasons, indices, and the ledger of every step."""

from __future__ import annotations

from collections import Counter
from typing import Any, Sequence

import numpy as np

from cropsample_plugin.engine.labels.quality import QualityOutcome
from cropsample_plugin.engine.labels.quality_input import QualitySamples
from cropsample_plugin.engine.labels.quality_result import CATEGORIES, CategoryWeights
from cropsample_plugin.engine.labels.sample_seasons import NO_SEASON
from cropsample_plugin.engine.labels.votes import NO_LABEL, Column, FloatArray, IntArray
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import OutputTable

NO_SEASON_NAME = "no season"
WEIGHT = "tisqe_weight"


def sample_fields(
    samples: QualitySamples, outcome: QualityOutcome, weights: CategoryWeights, duplicates: IntArray
) -> tuple[dict[str, Column], dict[str, str]]:
    """Return the fields added to each sample, and the types of those that may be NULL."""
    result, seasons = outcome.result, outcome.seasons
    start, peak, end = (_dates(days, samples) for days in (seasons.starts, seasons.peaks, seasons.ends))
    fields: dict[str, Column] = {
        "quality": result.category,
        WEIGHT: weights.of(result.category, samples.codes),
        "prior": result.prior,
        "posterior": result.posterior,
        "margin": result.margin,
        "suggested_label": _suggested(samples, result.suggested),
        "season": seasons.names,
        "season_start": start,
        "season_peak": peak,
        "season_end": end,
        "indices_used": _or_null(result.indices),
        "compared_with": _or_null(result.scope),
        "duplicate_group": np.where(duplicates == 0, np.nan, duplicates.astype(np.float64)),
        "reason": result.reason,
    }
    return fields, {"duplicate_group": "int64", "suggested_label": "int64"}


def judged_layer(
    table: SampleTable,
    fields: dict[str, Column],
    dtypes: dict[str, str],
    rename: bool = True,  # noqa: FBT001, FBT002
) -> OutputTable:
    """Return the user's layer with the fields added; a field of the user with the same name keeps its name."""
    taken = {name.casefold() for name in table.fields}
    added, types = {}, dict(table.dtypes)
    for name, column in fields.items():
        free = name
        while rename and free.casefold() in taken:
            free += "_2"
        added[free] = column
        taken.add(free.casefold())
        if name in dtypes:
            types[free] = dtypes[name]
    geometry = table.geometry if table.geometry_type else None
    return OutputTable({**table.fields, **added}, types, geometry, table.crs, table.geometry_type or "Point")


def season_table(samples: QualitySamples, outcome: QualityOutcome) -> OutputTable:
    """Return one row per season found: when, how many samples, of which classes."""
    seasons = outcome.seasons
    rows: list[dict[str, Any]] = []
    found = seasons.kinds != NO_SEASON
    keys = np.stack([seasons.years, seasons.kinds], axis=1)
    for year, kind in np.unique(keys[found], axis=0):
        here = found & (seasons.years == year) & (seasons.kinds == kind)
        starts, ends = seasons.starts[here] + samples.origins[here], seasons.ends[here] + samples.origins[here]
        counts = Counter(str(samples.classes[code]) for code in samples.codes[here] if code != NO_LABEL)
        rows.append(
            {
                "season": f"{year} season {kind + 1}",
                "year": int(year),
                "kind": int(kind) + 1,
                "n_samples": int(here.sum()),
                "mean_start": _date(float(starts.mean())),
                "mean_end": _date(float(ends.mean())),
                "length_days": float((ends - starts).mean()),
                "classes": ", ".join(f"{name} {count}" for name, count in counts.most_common()),
            }
        )
    without = int((~found).sum())
    reasons = Counter(str(text) for text in seasons.why_none if text)
    if without or not rows:
        blank = dict.fromkeys(("year", "kind", "mean_start", "mean_end", "length_days"))
        told = ", ".join(f"{name} {count}" for name, count in reasons.most_common())
        rows.append({"season": NO_SEASON_NAME, **blank, "n_samples": without, "classes": told})
    return table_of(rows, ("season", "year", "kind", "n_samples", "mean_start", "mean_end", "length_days", "classes"))


def index_table(samples: QualitySamples, outcome: QualityOutcome) -> OutputTable:
    """Return the separability of every index for each class and season, and which were chosen."""
    rows = [
        {
            "class": str(samples.classes[item.code]),
            "season": item.season,
            "index": name,
            "separability": score,
            "chosen": int(name in item.chosen),
            "n_own": item.n_own,
            "n_rest": item.n_rest,
        }
        for item in outcome.result.index_rows
        for name, score in item.scores.items()
    ]
    return table_of(rows, ("class", "season", "index", "separability", "chosen", "n_own", "n_rest"))


def ledger_rows(samples: QualitySamples, outcome: QualityOutcome) -> list[dict[str, Any]]:
    """Return how many samples of each class and season fell into each category; every sample is in one row."""
    names = np.array([name or NO_SEASON_NAME for name in outcome.seasons.names], dtype=object)
    labels = [str(samples.classes[code]) if code != NO_LABEL else "" for code in samples.codes]
    counts = Counter(zip(labels, names.tolist(), outcome.result.category.tolist()))
    keys = sorted({(label, season) for label, season, _ in counts})
    return [
        {"class": label, "season": season, **{name: counts[label, season, name] for name in CATEGORIES}}
        for label, season in keys
    ]


def table_of(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> OutputTable:
    """Return rows as a table; a table without rows gets one of NULL, since a layer needs a row."""
    rows = rows or [dict.fromkeys(names)]
    fields: dict[str, Column] = {}
    for name in names:
        values = [row[name] for row in rows]
        if all(value is None or isinstance(value, (int, float, np.number)) for value in values):
            numbers = np.array([np.nan if value is None else value for value in values])
            fields[name] = numbers
        else:
            texts = np.full(len(values), None, dtype=object)
            texts[:] = values
            fields[name] = texts
    return OutputTable(fields)


def _suggested(samples: QualitySamples, suggested: IntArray) -> Column:
    if all(isinstance(label, int) for label in samples.classes):
        return np.array([*samples.classes, np.nan], dtype=np.float64)[suggested]
    return np.array([*samples.classes, None], dtype=object)[suggested]


def _or_null(texts: Column) -> Column:
    result = texts.copy()
    result[texts == ""] = None
    return result


def _dates(days: FloatArray, samples: QualitySamples) -> Column:
    absolute = days + samples.origins
    result = np.full(len(days), None, dtype=object)
    for row in np.flatnonzero(np.isfinite(absolute)):
        result[row] = _date(float(absolute[row]))
    return result


def _date(day: float) -> str:
    return str(np.datetime64(round(day), "D"))
