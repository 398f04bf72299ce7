"""Parameters that the sampling algorithms share, and the style of strata."""

from __future__ import annotations

from typing import Callable

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

OBJECTS = "OBJECTS"
STRATUM_FIELD = "STRATUM_FIELD"
REPORT = "REPORT"
CRI_VERSION = "CRI_VERSION"
CRI_VERSIONS = ("current", "first")
ALLOCATIONS = ("proportional", "equal", "neyman")
CRI_COMPONENTS = ("str", "ric", "dist", "cov", "typ", "spa")
ZERO_TREATMENTS = ("ask", "class", "outside")
UNCLASSIFIED_TREATMENTS = ("outside", "class", "ask")
MOST_SAMPLES = 1_000_000

Translate = Callable[[str], str]


def objects_source(description: str, *, optional: bool = False) -> QgsProcessingParameterFeatureSource:
    """Return the object layer parameter."""
    kinds = [QgsProcessing.SourceType.TypeVectorPolygon, QgsProcessing.SourceType.TypeVectorPoint]
    return QgsProcessingParameterFeatureSource(OBJECTS, description, kinds, optional=optional)


def stratum_field(description: str) -> QgsProcessingParameterField:
    """Return the field with the strata."""
    return QgsProcessingParameterField(STRATUM_FIELD, description, "stratum", OBJECTS, optional=True)


def report_destination(description: str, file_filter: str) -> QgsProcessingParameterFileDestination:
    """Return the optional HTML report."""
    return QgsProcessingParameterFileDestination(REPORT, description, file_filter, optional=True)


def optional_text(name: str, description: str, default: str = "") -> QgsProcessingParameterDefinition:
    """Return a line of text that may stay empty."""
    return QgsProcessingParameterString(name, description, default, optional=True)


def component_numbers(tr: Translate) -> dict[str, str]:
    """Return the outputs of the index and its components with their descriptions."""
    return {
        "CRI": tr("representativeness of the set, 0 to 1"),
        "CRI_STR": tr("strata have their share of the samples"),
        "CRI_RIC": tr("share of strata with a sample"),
        "CRI_DIST": tr("samples are distributed like the objects"),
        "CRI_COV": tr("objects have a sample close to them in the features"),
        "CRI_TYP": tr("objects are like the sample that stands for them"),
        "CRI_SPA": tr("samples are spread over the map"),
    }
