"""The report on a map's accuracy and areas, with a table that can be printed as it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping

import numpy as np

from cropsample_plugin.engine.accuracy.accuracy_figures import accuracies_svg, areas_svg
from cropsample_plugin.engine.accuracy.accuracy_tables import hectares, publication_rows, sample_count, share
from cropsample_plugin.engine.accuracy.assessment import MapAssessment, RegionResult
from cropsample_plugin.engine.accuracy.designs import CLUSTER, VARIANCE_TEXT
from cropsample_plugin.engine.accuracy.intervals import quantile
from cropsample_plugin.engine.accuracy.more_samples import AREA, MoreSamples
from cropsample_plugin.engine.accuracy.reference import reasons_text
from cropsample_plugin.engine.labels.html_report import write_html

TEMPLATE = "accuracy.html.j2"
_MOST_CLASSES = 40
_MOST_PLACES = 12


@dataclass(frozen=True)
class AccuracyReport:
    """What the report tells of.

    Attributes:
        found: the assessment.
        confidence: level of the intervals.
        area_text: how pixels became hectares.
        names_text: where class names come from.
        warning: why the sample proves nothing; "" when nothing speaks against it.
        notes: what the user must know.
        settings: what was asked for.
    """

    found: MapAssessment
    confidence: float
    area_text: str
    names_text: str
    warning: str
    notes: tuple[str, ...]
    settings: Mapping[str, Any]


def write_accuracy_report(told: AccuracyReport, path: str | Path) -> None:
    """Write the report as HTML.

    Raises:
        OutputError: the folder may not be written to.
    """
    write_html(TEMPLATE, _context(told), path)


def _context(told: AccuracyReport) -> dict[str, Any]:
    found = told.found
    whole = found.results[0]
    names = found.survey.scheme.names
    header, rows = publication_rows(found, told.confidence)
    reach = quantile(told.confidence, found.survey.design.degrees_of_freedom)
    shown = names[:_MOST_CLASSES]
    return {
        "warning": told.warning,
        "level": f"{100 * told.confidence:g} %",
        "overall": share(whole.found.overall.values[0]),
        "overall_margin": share(reach * whole.found.overall.errors[0]),
        "overall_interval": _between(whole),
        "n_samples": whole.found.n_samples,
        "n_classes": len(names),
        "area": hectares(whole.found.area),
        "design": found.survey.design.kind.replace("_", " "),
        "variance": VARIANCE_TEXT[found.survey.design.kind],
        "strata": found.survey.strata_text,
        "n_clusters": len(np.unique(found.survey.design.units)) if found.survey.design.kind == CLUSTER else 0,
        "area_text": told.area_text,
        "names_text": told.names_text,
        "header": header,
        "regions": _by_region(rows),
        "areas_svg": areas_svg(shown, whole.found, whole.mapped.areas_ha) if len(names) == len(shown) else "",
        "accuracies_svg": accuracies_svg(shown, whole.found) if len(names) == len(shown) else "",
        "names": names,
        "matrix": _matrix(whole, names),
        "matrix_totals": [sample_count(value) for value in whole.found.counts.sum(axis=0)],
        "share_totals": [share(value) for value in whole.found.proportions.sum(axis=0)],
        "more": [_more(item) for item in found.more],
        "with_labels": _label_rows(whole, names, reach),
        "dropped": reasons_text(found.survey.samples.dropped),
        "n_dropped": len(found.survey.samples.dropped),
        "notes": told.notes,
        "settings": told.settings,
    }


def _between(result: RegionResult) -> str:
    return f"{share(result.found.overall.low[0])} to {share(result.found.overall.high[0])}"


def _by_region(rows: list[list[str]]) -> list[tuple[str, list[list[str]]]]:
    grouped: dict[str, list[list[str]]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(row[1:])
    return list(grouped.items())


def _matrix(result: RegionResult, names: tuple[str, ...]) -> list[dict[str, Any]]:
    counts, proportions = result.found.counts, result.found.proportions
    return [
        {
            "name": name,
            "counts": [sample_count(value) for value in counts[number]],
            "n": sample_count(counts[number].sum()),
            "shares": [share(value) for value in proportions[number]],
            "share": share(proportions[number].sum()),
            "number": number,
        }
        for number, name in enumerate(names)
    ]


def _more(item: MoreSamples) -> dict[str, Any]:
    width = f"± {hectares(item.half_width)} ha" if item.quantity == AREA else f"± {share(item.half_width)}"
    places = list(item.places)
    shown = sorted(places, key=lambda place: -place[1])[:_MOST_PLACES]
    return {
        "what": f"{item.quantity} of {item.class_name}",
        "width": width,
        "n_more": item.n_more,
        "places": [(name, f"{count:,}") for name, count in shown],
        "n_hidden": len(places) - len(shown),
        "can_halve": item.can_halve,
    }


def _label_rows(result: RegionResult, names: tuple[str, ...], reach: float) -> list[tuple[str, str, str]]:
    """Return for each class ± of its area from sampling alone, and with the labels' uncertainty."""
    if result.sampling_only is None:
        return []
    alone, both = result.sampling_only.areas().errors, result.found.areas().errors
    return [(name, hectares(reach * alone[n]), hectares(reach * both[n])) for n, name in enumerate(names)]
