"""Probability samples: the sample that alone can prove a map."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from cropsample_plugin.algorithms.designed_samples import DesignedSamplesAlgorithm
from cropsample_plugin.algorithms.map_frame_parameters import CLASS_MAP, accuracies_parameter, declare_class_map
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    integer_parameter,
    real_parameter,
    seed_parameter,
)
from cropsample_plugin.algorithms.sampling_parameters import ALLOCATIONS, MOST_SAMPLES

DESIGNS = ("stratified", "simple_random", "systematic", "cluster", "balanced")


class ProbabilitySamplesAlgorithm(DesignedSamplesAlgorithm):
    """Draw a sample with known inclusion probabilities."""

    ID = "probabilitysamples"
    GROUP_ID = "sampling"
    GUIDE = "sampling"
    TAGS = ("stratified", "systematic", "random", "cluster", "spatially balanced", "local pivotal", "area estimation")

    AREA = "AREA"
    OUTPUT = "OUTPUT"
    N_SAMPLES = "N_SAMPLES"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Probability samples")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Draws samples with known inclusion probabilities, for accuracy and areas of a map.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Draws pixels of a class map, or cells of a grid over an area, so that each has a known chance. Every "
            "point carries its inclusion probability and design weight; only such a sample can prove a map and "
            "estimate areas.\n\nsimple_random: every pixel alike; stratified: a number per class; systematic: a "
            "lattice with a random start; cluster: squares first, pixels in them second; balanced: spread over the "
            "map (local pivotal method)."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        declare_class_map(self)
        self._declare_area()
        self._declare_design()
        self._declare_rare()
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Samples"), QgsProcessing.SourceType.TypeVectorPoint
            ),
            self.tr("Points with stratum, inclusion_probability and design_weight, and empty fields to fill in."),
        )
        self.declare_numbers({"N_PIXELS": self.tr("number of pixels that could be drawn")})

    def _declare_area(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.AREA, self.tr("Area"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            self.tr("Polygons to sample when there is no map."),
        )
        self.declare(
            real_parameter("CELL_SIZE", self.tr("Cell size [metres]"), 10.0, 0.01, 1e6),
            self.tr("Side of the cells that are drawn from an area."),
        )

    def _declare_design(self) -> None:
        self.declare(
            choice_parameter("DESIGN", self.tr("Design"), DESIGNS, "stratified"),
            self.tr("How samples are drawn; see the description."),
        )
        self.declare(
            choice_parameter("ALLOCATION", self.tr("Allocation"), ALLOCATIONS, ALLOCATIONS[0]),
            self.tr("Stratified design: samples by share of area, the same for all, or by expected error (neyman)."),
        )
        self.declare(
            integer_parameter(self.N_SAMPLES, self.tr("Number of samples"), 300, 1, MOST_SAMPLES),
            self.tr("How many samples; the lattice gives about as many."),
        )

    def _declare_rare(self) -> None:
        self.declare(
            integer_parameter("MINIMUM_PER_STRATUM", self.tr("Minimum per class"), 30, 0, 100_000),
            self.tr("Stratified design: samples that even a rare class gets."),
        )
        accuracies_parameter(self)
        self.declare(
            integer_parameter("CLUSTER_SIZE", self.tr("Side of squares [pixels]"), 50, 1, 100_000),
            self.tr("Cluster design: side of the squares."),
            advanced=True,
        )
        self.declare(
            integer_parameter("SAMPLES_PER_CLUSTER", self.tr("Samples per square"), 5, 1, 100_000),
            self.tr("Cluster design: pixels drawn in each square."),
            advanced=True,
        )
        self.declare(
            real_parameter("MIN_DISTANCE", self.tr("Minimum distance [metres]"), 0.0, 0.0),
            self.tr("Samples nearer to another one are left out; a warning says when this changes the probabilities."),
            advanced=True,
        )
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed draws the same samples."), advanced=True
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:  # noqa: ARG002 - base
        """Return what is wrong with the inputs taken together, or ""."""
        if bool(parameters.get(CLASS_MAP)) == bool(parameters.get(self.AREA)):
            return self.tr("Give either a class map or an area.")
        return ""
