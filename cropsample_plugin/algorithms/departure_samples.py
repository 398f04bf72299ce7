"""Departure samples: what labels near the start cost in representativeness."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterPoint,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.designed_samples import DesignedSamplesAlgorithm
from cropsample_plugin.algorithms.parameters import choice_parameter, integer_parameter, seed_parameter
from cropsample_plugin.algorithms.sampling_parameters import (
    CRI_VERSION,
    CRI_VERSIONS,
    MOST_SAMPLES,
    objects_source,
    report_destination,
    stratum_field,
)


class DepartureSamplesAlgorithm(DesignedSamplesAlgorithm):
    """Compare sample sets near a starting point with sets spread out."""

    ID = "departuresamples"
    GROUP_ID = "sampling"
    STYLE_FIELDS = ("radius",)
    GUIDE = "sampling"
    TAGS = ("CRI", "fieldwork", "distance", "radius", "travel", "survey")

    START_POINT = "START_POINT"
    RADII = "RADII"
    N_SAMPLES = "N_SAMPLES"
    OUTPUT = "OUTPUT"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Departure samples")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Shows what staying near a starting point costs in representativeness.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Chooses the best samples within each radius around a starting point and the same number anywhere, and "
            "compares them: the index, the strata missed, and the share of fields that are hardly represented."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare(
            objects_source(self.tr("Objects")),
            self.tr("Fields made by 'Object stratification', or any layer with series or numbers in its fields."),
        )
        self.declare(
            QgsProcessingParameterPoint(self.START_POINT, self.tr("Starting point")),
            self.tr("Where the survey starts from: click on the map, or write 'x,y [EPSG:4326]'."),
        )
        self.declare(
            QgsProcessingParameterString(self.RADII, self.tr("Radii [kilometres]"), "20,25,30"),
            self.tr("Distances from the start, separated by commas."),
        )
        self.declare(
            integer_parameter(self.N_SAMPLES, self.tr("Number of samples"), 100, 1, MOST_SAMPLES),
            self.tr("Size of every set."),
        )
        self.declare(
            stratum_field(self.tr("Stratum field")),
            self.tr("Field with the kind of each object; without it strata are made."),
            advanced=True,
        )
        self.declare(
            choice_parameter(CRI_VERSION, self.tr("Version of the index"), CRI_VERSIONS, CRI_VERSIONS[0]),
            self.tr("current: the one that the evidence supports; first: the earlier one, for comparison."),
            advanced=True,
        )
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed gives the same sets."), advanced=True
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Samples"), QgsProcessing.SourceType.TypeVectorPoint
            ),
            self.tr("The samples of every set, with the radius they belong to."),
        )
        self.declare(
            report_destination(self.tr("Report"), self.tr("HTML files (*.html)")),
            self.tr("The sets side by side, as a page to read."),
        )
        self.declare_numbers({"CRI_EVERYWHERE": self.tr("index of the set that may lie anywhere")})
