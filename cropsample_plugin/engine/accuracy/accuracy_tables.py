"""The assessment as tables: one row per class and region, the error matrix, samples left out, and a table to print."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any, Sequence

import numpy as np

from cropsample_plugin.engine.accuracy.assessment import MapAssessment, RegionResult
from cropsample_plugin.engine.accuracy.estimates import Estimate
from cropsample_plugin.engine.accuracy.intervals import quantile
from cropsample_plugin.engine.accuracy.reference import PlacedSamples
from cropsample_plugin.engine.labels.quality_tables import table_of
from cropsample_plugin.engine.output_files import replaced_when_done
from cropsample_plugin.engine.timeseries.table_output import OutputTable

ALL_CLASSES = "all classes"
LAYOUT = "rows: map, columns: reference"
_MEASURES = ("users_accuracy", "producers_accuracy", "f1")
_DASH = "n/a"
_WHOLE = 1e-6


def class_rows(found: MapAssessment, confidence: float, warning: str) -> list[dict[str, Any]]:
    """Return a row per region and class, before them one of all classes; shares in [0, 1], areas in hectares."""
    reach = quantile(confidence, found.survey.design.degrees_of_freedom)
    rows = []
    for result in found.results:
        common = {"region": result.name}
        last = {"design": found.survey.design.kind, "confidence": confidence, "warning": warning}
        rows.append({**common, **_overall(result, reach), **last})
        rows += [
            {**common, **_one_class(result, found.survey.scheme.names, number, reach), **last}
            for number in range(len(found.survey.scheme.names))
        ]
    return rows


def accuracy_table(rows: Sequence[dict[str, Any]]) -> OutputTable:
    """Return the rows as a table; numbers that a row has no use for are NULL."""
    # Columns of classes first: the row of all classes has few of them.
    names = dict.fromkeys(name for row in sorted(rows, key=len, reverse=True) for name in row)
    last = ("note", "design", "confidence", "warning")
    ordered = [name for name in names if name not in last] + list(last)
    return table_of([{name: row.get(name) for name in ordered} for row in rows], ordered)


def _overall(result: RegionResult, reach: float) -> dict[str, Any]:
    found = result.found
    return {
        "class": ALL_CLASSES,
        "n_map": found.n_samples,
        "n_reference": found.n_samples,
        "mapped_ha": result.mapped.total_ha,
        "area_ha": found.area,
        "overall_accuracy": _number(found.overall.values[0]),
        "overall_se": _number(found.overall.errors[0]),
        "overall_margin": _number(reach * found.overall.errors[0]),
        "overall_low": _number(found.overall.low[0]),
        "overall_high": _number(found.overall.high[0]),
        "note": result.note,
    }


def _one_class(result: RegionResult, names: Sequence[str], number: int, reach: float) -> dict[str, Any]:
    found = result.found
    areas = found.areas()
    row: dict[str, Any] = {
        "class": names[number],
        "n_map": float(found.counts[number].sum()),
        "n_reference": float(found.counts[:, number].sum()),
        "mapped_ha": float(result.mapped.areas_ha[number]),
        "area_ha": _number(areas.values[number]),
        "area_se_ha": _number(areas.errors[number]),
        "area_margin_ha": _number(reach * areas.errors[number]),
        "area_low_ha": _number(areas.low[number]),
        "area_high_ha": _number(areas.high[number]),
    }
    for name, estimate in zip(_MEASURES, (found.users, found.producers, found.f1)):
        row |= {
            name: _number(estimate.values[number]),
            f"{name}_se": _number(estimate.errors[number]),
            f"{name}_margin": _number(reach * estimate.errors[number]),
            f"{name}_low": _number(estimate.low[number]),
            f"{name}_high": _number(estimate.high[number]),
        }
    if result.sampling_only is not None:
        row["area_se_sampling_ha"] = _number(result.sampling_only.areas().errors[number])
    return {**row, "note": result.note}


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def matrix_table(found: MapAssessment, warning: str) -> OutputTable:
    """Return the error matrix of the whole map: counts, then shares of the area; rows map, columns reference."""
    names = found.survey.scheme.names
    result = found.results[0].found
    rows = []
    for number, name in enumerate(names):
        rows.append(
            {
                "map_class": name,
                **{f"reference {other}": float(result.counts[number, k]) for k, other in enumerate(names)},
                "samples": float(result.counts[number].sum()),
                **{f"share {other}": float(result.proportions[number, k]) for k, other in enumerate(names)},
                "share_of_area": float(result.proportions[number].sum()),
                "layout": LAYOUT,
                "warning": warning,
            }
        )
    totals = {
        "map_class": "total",
        **{f"reference {other}": float(result.counts[:, k].sum()) for k, other in enumerate(names)},
        "samples": float(result.counts.sum()),
        **{f"share {other}": float(result.proportions[:, k].sum()) for k, other in enumerate(names)},
        "share_of_area": float(result.proportions.sum()),
        "layout": LAYOUT,
        "warning": warning,
    }
    return table_of([*rows, totals], list(totals))


def dropped_samples_table(samples: PlacedSamples) -> OutputTable:
    """Return the samples that were left out, each with its row, id and reason."""
    ids = samples.table.fields.get("sample_id")
    rows = [
        {
            "row": row + 1,
            "sample_id": None if ids is None or ids[row] is None else str(ids[row]),
            "reason": reason,
        }
        for row, reason in sorted(samples.dropped.items())
    ]
    return table_of(rows, ("row", "sample_id", "reason"))


def publication_rows(found: MapAssessment, confidence: float) -> tuple[list[str], list[list[str]]]:
    """Return header and rows of a table to print: areas and accuracies with ± and intervals, as text."""
    reach = quantile(confidence, found.survey.design.degrees_of_freedom)
    level = f"{100 * confidence:g} %"
    header = [
        "Region",
        "Class",
        "Mapped area [ha]",
        "Estimated area [ha]",
        f"± {level} [ha]",
        f"{level} interval [ha]",
        "User's accuracy",
        f"{level} interval",
        "Producer's accuracy",
        f"{level} interval",
        "F1",
        f"{level} interval",
        "Samples (map / reference)",
    ]
    rows = []
    for result in found.results:
        areas = result.found.areas()
        counts = result.found.counts
        for number, name in enumerate(found.survey.scheme.names):
            rows.append(
                [
                    result.name,
                    name,
                    hectares(result.mapped.areas_ha[number]),
                    hectares(areas.values[number]),
                    hectares(reach * areas.errors[number]),
                    _interval(areas, number, hectares),
                    share(result.found.users.values[number]),
                    _interval(result.found.users, number, share),
                    share(result.found.producers.values[number]),
                    _interval(result.found.producers, number, share),
                    share(result.found.f1.values[number]),
                    _interval(result.found.f1, number, share),
                    f"{sample_count(counts[number].sum())} / {sample_count(counts[:, number].sum())}",
                ]
            )
        overall = result.found.overall
        total = [result.name, "All classes", hectares(result.mapped.total_ha), hectares(result.found.area), "", ""]
        text = f"Overall accuracy {share(overall.values[0])}"
        rows.append([*total, text, _interval(overall, 0, share), *[""] * 4, sample_count(result.found.n_samples)])
    return header, rows


def write_publication(found: MapAssessment, confidence: float, remarks: Sequence[str], target: Path) -> None:
    """Write the table to print as CSV (UTF-8 with a byte order mark, so that spreadsheets read it)."""
    header, rows = publication_rows(found, confidence)
    with replaced_when_done(target) as partial, partial.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(rows)
        for remark in remarks:
            writer.writerow([remark])


def hectares(value: float) -> str:
    """Return an area with as many decimals as it takes to tell small ones apart; n/a where unknown."""
    if not np.isfinite(value):
        return _DASH
    decimals = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2  # noqa: PLR2004 - three digits or more
    return f"{value:,.{decimals}f}"


def sample_count(value: float) -> str:
    """Return a number of samples; with a decimal where labelers disagree and a sample counts in parts."""
    return f"{value:,.0f}" if abs(value - round(value)) < _WHOLE else f"{value:,.1f}"


def share(value: float) -> str:
    """Return a share as a percentage with one decimal; n/a where unknown."""
    return f"{100 * value:.1f} %" if np.isfinite(value) else _DASH


def _interval(estimate: Estimate, number: int, text: Any) -> str:  # noqa: ANN401 - hectares or share
    low, high = estimate.low[number], estimate.high[number]
    return f"{text(low)} to {text(high)}" if np.isfinite(low) and np.isfinite(high) else _DASH
