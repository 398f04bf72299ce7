"""Parameters that say which pixels and which dates of a sample are read; each with its help."""

from __future__ import annotations

from typing import Callable

from qgis.core import QgsProcessingParameterDefinition, QgsProcessingParameterField

from cropsample_plugin.algorithms.parameters import inner_buffer_parameter, integer_parameter

MOST_PIXELS = 100_000
PIXELS_PER_POLYGON = "PIXELS_PER_POLYGON"
START_FIELD = "START_FIELD"
END_FIELD = "END_FIELD"

Translate = Callable[[str], str]


def pixel_parameters(tr: Translate) -> list[tuple[QgsProcessingParameterDefinition, str]]:
    """Return how many pixels of a polygon are read, and how far from its edge."""
    return [
        (
            integer_parameter(PIXELS_PER_POLYGON, tr("Pixels per polygon"), 1, 1, MOST_PIXELS),
            tr("1: the most central pixel of each polygon; more: that many random pixels, or all there are."),
        ),
        (
            inner_buffer_parameter(tr("Inner buffer [metres]")),
            tr("Distance that pixels keep from the polygon's edge, to avoid mixed pixels."),
        ),
    ]


def season_parameters(tr: Translate, samples: str) -> list[tuple[QgsProcessingParameterDefinition, str]]:
    """Return the fields with each sample's own season; samples is the parameter that holds the layer."""
    return [
        (
            QgsProcessingParameterField(START_FIELD, tr("Season start field"), None, samples, optional=True),
            tr("Field with the date at which each sample's own season starts. Empty: the whole time axis."),
        ),
        (
            QgsProcessingParameterField(END_FIELD, tr("Season end field"), None, samples, optional=True),
            tr("Field with the date at which each sample's own season ends. Empty: the whole time axis."),
        ),
    ]


def season_problem(start: str, end: str, tr: Translate) -> str:
    """Return what is wrong with the two season fields taken together, or ""."""
    if bool(start) != bool(end):
        return tr("A sample's season needs both its start and its end field. Give both, or neither.")
    if start and start == end:
        return tr("Season start and end are the same field '{}'. Choose two fields.").format(start)
    return ""
