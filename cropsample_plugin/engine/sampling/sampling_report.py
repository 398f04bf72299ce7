"""Sampling reports: one HTML page with everything inside, for the person who plans the survey."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cropsample_plugin.about import installation_path, plugin_version
from cropsample_plugin.engine.output_files import replaced_when_done
from cropsample_plugin.engine.sampling.representativeness import COMPONENTS, CriScore, CriVariant

_TEMPLATE = "sampling.html.j2"
NOT_A_PROBABILITY_SAMPLE = (
    "This is not a probability sample: it may train a classifier, it must not be used to estimate areas or the "
    "accuracy of a map. Draw a probability sample for that."
)
NAMES = {
    "str": "Shares of strata",
    "ric": "Strata reached",
    "dist": "Distribution",
    "cov": "Coverage",
    "typ": "Likeness",
    "spa": "Spread on the map",
}
MEANINGS = {
    "str": "Each kind of field (stratum) has its share of the samples.",
    "ric": "Share of kinds of field that have a sample at all.",
    "dist": "Samples are spread over the values of the features as the fields are.",
    "cov": "Fields have a sample close to them in the features (of the first version of the index).",
    "typ": "How alike fields are to the sample that stands for them, rare kinds of field counting as much as common "
    "ones; 0.37 = no better than one average field.",
    "spa": "Samples are spread over the map; 1 = as evenly as possible.",
}


@dataclass(frozen=True)
class Picture:
    """A picture with its title and what it shows."""

    title: str
    svg: str
    caption: str = ""


@dataclass(frozen=True)
class SamplingReport:
    """What a report tells of.

    Attributes:
        title: heading.
        lead: what was done, in a sentence or two.
        cards: short facts, name to text.
        warning: what must not be overlooked; "" for nothing.
        score: index and components; None to leave them out.
        variant: version of the index.
        pictures: in order.
        tables: title to (column names, rows of texts).
        captions: title of a table to what it shows.
        swatches: title of a table to the colour of each of its rows, as on the map.
        notes: what was dropped, filled, repaired.
        settings: parameter to value.
    """

    title: str
    lead: str
    cards: dict[str, str]
    warning: str = ""
    score: CriScore | None = None
    variant: CriVariant | None = None
    pictures: list[Picture] = field(default_factory=list)
    tables: dict[str, tuple[list[str], list[list[str]]]] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)
    swatches: dict[str, list[str]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)


def write_sampling_report(report: SamplingReport, target: Path) -> None:
    """Write the report; every text of the user's is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(installation_path("resources/reports")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    components = []
    if report.score is not None and report.variant is not None:
        components = [
            {
                "name": name,
                "title": NAMES[name],
                "value": report.score.components[name],
                "weight": weight,
                "meaning": MEANINGS[name],
            }
            for name, weight in zip(COMPONENTS, report.variant.weights)
        ]
    document = environment.get_template(_TEMPLATE).render(
        report=report, components=components, version=plugin_version()
    )
    with replaced_when_done(target) as partial:
        partial.write_text(document, encoding="utf-8")
