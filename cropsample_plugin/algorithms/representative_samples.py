"""Representative samples (RESSOS): the fields to visit that represent all fields best."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
)

from cropsample_plugin.algorithms.designed_samples import DesignedSamplesAlgorithm
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    integer_parameter,
    real_parameter,
    seed_parameter,
)
from cropsample_plugin.algorithms.sampling_parameters import (
    ALLOCATIONS,
    CRI_VERSION,
    CRI_VERSIONS,
    MOST_SAMPLES,
    component_numbers,
    objects_source,
    report_destination,
    stratum_field,
)


class RepresentativeSamplesAlgorithm(DesignedSamplesAlgorithm):
    """Choose the sample set with the best representativeness."""

    ID = "representativesamples"
    GROUP_ID = "sampling"
    GUIDE = "sampling"
    TAGS = ("RESSOS", "CRI", "fieldwork", "survey", "training samples", "GPX", "QField", "optimise")

    N_SAMPLES = "N_SAMPLES"
    ALLOCATION = "ALLOCATION"
    N_CANDIDATE_SETS = "N_CANDIDATE_SETS"
    OPTIMISE = "OPTIMISE"
    EXISTING = "EXISTING"
    NO_GO = "NO_GO"
    ROADS = "ROADS"
    COST = "COST"
    COST_WEIGHT = "COST_WEIGHT"
    MIN_DISTANCE = "MIN_DISTANCE"
    OUTPUT = "OUTPUT"
    GPX = "GPX"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Representative samples")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Chooses the fields to visit that together resemble all fields best.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Draws many sample sets from the strata, keeps the one with the best representativeness index (CRI), and "
            "improves it by exchanging samples until the index levels off. Samples lie well inside their fields, in "
            "the order in which they are worth visiting.\n\n"
            "The report compares the set with random and stratified sets, shows how many samples are worth it, and "
            "what stays under-represented. This is not a probability sample: train with it, but do not estimate "
            "areas or the accuracy of a map from it."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_objects()
        self._declare_choice()
        self._declare_fieldwork()
        self._declare_outputs()

    def _declare_objects(self) -> None:
        self.declare(
            objects_source(self.tr("Objects")),
            self.tr("Fields made by 'Object stratification', or any layer with series or numbers in its fields."),
        )
        self.declare(
            stratum_field(self.tr("Stratum field")),
            self.tr("Field with the kind of each object, text or numbers; without it strata are made."),
            advanced=True,
        )

    def _declare_choice(self) -> None:
        self.declare(
            integer_parameter(self.N_SAMPLES, self.tr("Number of samples"), 100, 1, MOST_SAMPLES),
            self.tr("How many samples there are to be, existing ones included."),
        )
        self.declare(
            choice_parameter(self.ALLOCATION, self.tr("Allocation"), ALLOCATIONS, ALLOCATIONS[0]),
            self.tr(
                "proportional: strata get samples by their share; equal: every stratum the same; neyman: more where a "
                "stratum is varied. Every stratum gets one at least when possible."
            ),
        )
        self.declare(
            QgsProcessingParameterBoolean(self.OPTIMISE, self.tr("Optimise by exchange"), defaultValue=True),
            self.tr("Improve the best set by exchanging samples until the index levels off."),
        )
        self.declare(
            integer_parameter(self.N_CANDIDATE_SETS, self.tr("Number of candidate sets"), 1000, 1, 1_000_000),
            self.tr("How many sets are drawn, of which the best is kept."),
            advanced=True,
        )
        self.declare(
            choice_parameter(CRI_VERSION, self.tr("Version of the index"), CRI_VERSIONS, CRI_VERSIONS[0]),
            self.tr("current: the one that the evidence supports; first: the earlier one, for comparison."),
            advanced=True,
        )
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed gives the same set."), advanced=True
        )

    def _declare_fieldwork(self) -> None:
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        anything = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
        self.declare(
            QgsProcessingParameterFeatureSource(self.EXISTING, self.tr("Existing samples"), anything, optional=True),
            self.tr("Samples that exist already; they are kept and completed, not repeated."),
        )
        self.declare(
            QgsProcessingParameterFeatureSource(self.NO_GO, self.tr("No-go areas"), polygons, optional=True),
            self.tr("Areas that cannot be entered; their fields count, but hold no sample."),
        )
        self.declare(
            QgsProcessingParameterFeatureSource(self.ROADS, self.tr("Roads"), anything, optional=True),
            self.tr("The nearer to one of these features, the cheaper a sample."),
        )
        self.declare(
            QgsProcessingParameterRasterLayer(self.COST, self.tr("Cost raster"), None, optional=True),
            self.tr("Cost of a visit at each place, such as travel time."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.COST_WEIGHT, self.tr("Weight of cost"), 0.05, 0.0, 10.0),
            self.tr("How much of the index may be given up for cost: 0.05 gives up about 5 % for the median cost."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.MIN_DISTANCE, self.tr("Minimum distance [metres]"), 0.0, 0.0),
            self.tr("Samples are at least this far apart."),
            advanced=True,
        )

    def _declare_outputs(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Samples"), QgsProcessing.SourceType.TypeVectorPoint
            ),
            self.tr("Points with id, object, stratum, priority, coordinates, and empty fields to fill in."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.GPX, self.tr("Waypoints"), self.tr("GPX files (*.gpx)"), optional=True, createByDefault=False
            ),
            self.tr("The same points for a GPS device."),
        )
        self.declare(
            report_destination(self.tr("Report"), self.tr("HTML files (*.html)")),
            self.tr("The index and its components, compared with other sets, curves and maps, as a page to read."),
        )
        self.declare_numbers(
            {
                **component_numbers(self.tr),
                "CRI_RANDOM": self.tr("median index of random sets of this size"),
                "CRI_STRATIFIED": self.tr("median index of stratified sets of this size"),
            }
        )
