"""Parameters that say which pixels of a class map can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsProcessingParameterNumber, QgsProcessingParameterRasterLayer

from cropsample_plugin.algorithms.parameters import choice_parameter, real_parameter
from cropsample_plugin.algorithms.sampling_parameters import (
    UNCLASSIFIED_TREATMENTS,
    ZERO_TREATMENTS,
    optional_text,
)

if TYPE_CHECKING:
    from cropsample_plugin.algorithms.base import EngineAlgorithm

CLASS_MAP = "CLASS_MAP"
LARGEST_VALUE = 2**31 - 1


def declare_class_map(algorithm: EngineAlgorithm) -> None:
    """Declare the class map and what 0, unclassified and nodata mean in it."""
    tr = algorithm.tr
    algorithm.declare(
        QgsProcessingParameterRasterLayer(CLASS_MAP, tr("Class map"), None, optional=True),
        tr("Raster of classes or strata."),
    )
    declare_pixel_rules(algorithm)


def declare_pixel_rules(algorithm: EngineAlgorithm) -> None:
    """Declare what 0, unclassified and nodata mean in a class map."""
    tr = algorithm.tr
    algorithm.declare(
        choice_parameter("ZERO", tr("Pixels of value 0"), ZERO_TREATMENTS, ZERO_TREATMENTS[0]),
        tr("class: a class like any other; outside: not part of the area; ask: stop when there are any."),
    )
    algorithm.declare(
        optional_text("UNCLASSIFIED_VALUES", tr("Unclassified values")),
        tr("Values that mean 'not classified', separated by commas."),
        advanced=True,
    )
    algorithm.declare(
        choice_parameter("UNCLASSIFIED", tr("Unclassified pixels"), UNCLASSIFIED_TREATMENTS, "outside"),
        tr("outside: not part of the area; class: a stratum of their own; ask: stop when there are any."),
        advanced=True,
    )
    algorithm.declare(
        real_parameter("NODATA_VALUE", tr("Nodata value"), None, -LARGEST_VALUE, LARGEST_VALUE),
        tr("Value that means nodata. Empty: as the map says."),
        advanced=True,
    )


def accuracies_parameter(algorithm: EngineAlgorithm) -> None:
    """Declare the expected user's accuracy of classes."""
    algorithm.declare(
        optional_text("EXPECTED_ACCURACIES", algorithm.tr("Expected user's accuracies")),
        algorithm.tr("class=accuracy, separated by commas, such as 1=0.9, 5=0.7; 0.7 for classes that are not named."),
    )


def share_parameter(name: str, description: str, default: float) -> QgsProcessingParameterNumber:
    """Return a share between 0 and 1, both excluded."""
    return real_parameter(name, description, default, 0.0001, 0.9999)
