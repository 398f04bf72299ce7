"""Sample size: how many samples a statement about a map, or a training set, needs."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessing, QgsProcessingContext, QgsProcessingParameterFeatureSink

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.map_frame_parameters import (
    CLASS_MAP,
    accuracies_parameter,
    declare_class_map,
    share_parameter,
)
from cropsample_plugin.algorithms.parameters import integer_parameter, seed_parameter
from cropsample_plugin.algorithms.sampling_parameters import OBJECTS, objects_source, report_destination


class SampleSizeAlgorithm(EngineAlgorithm):
    """Compute sample sizes for accuracy, areas, single classes and training."""

    ID = "samplesize"
    GROUP_ID = "sampling"
    GUIDE = "sampling"
    TAGS = ("Olofsson", "Cochran", "power", "accuracy", "standard error", "CRI")

    TABLE = "TABLE"
    N_SAMPLES = "N_SAMPLES"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Sample size")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Says how many samples are needed to prove a map, or to train a classifier.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "For a class map: the size of a stratified sample for a standard error of overall accuracy (Olofsson "
            "et al. 2014, eq. 13), of a simple random sample for the interval of a share (Cochran), and the number "
            "each class needs to show that its user's accuracy is not 0.1 below what is expected (power 80 %).\n\n"
            "For objects: the number of samples at which the representativeness index levels off, for training."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        declare_class_map(self)
        accuracies_parameter(self)
        self.declare(
            share_parameter("DEFAULT_ACCURACY", self.tr("Expected accuracy of other classes"), 0.7),
            self.tr("User's accuracy expected of classes that are not named."),
            advanced=True,
        )
        self.declare(
            share_parameter("STANDARD_ERROR", self.tr("Target standard error"), 0.02),
            self.tr("Standard error of overall accuracy; 0.01 to 0.02 is usual."),
        )
        self.declare(
            share_parameter("HALF_WIDTH", self.tr("Half width of the interval"), 0.05),
            self.tr("Half the width of the 95 % interval of a share, for a simple random sample."),
            advanced=True,
        )
        self.declare(
            integer_parameter("MINIMUM_PER_CLASS", self.tr("Minimum per class"), 30, 0, 100_000),
            self.tr("Samples that even a rare class gets."),
        )
        self.declare(
            objects_source(self.tr("Objects"), optional=True),
            self.tr("Fields for which to find the number of samples at which the index levels off."),
        )
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed gives the same curve."), advanced=True
        )
        self.declare(
            QgsProcessingParameterFeatureSink(self.TABLE, self.tr("Sizes"), QgsProcessing.SourceType.TypeVector),
            self.tr("Table with one row per class and one column per allocation."),
        )
        self.declare(
            report_destination(self.tr("Report"), self.tr("HTML files (*.html)")),
            self.tr("The sizes and what each is for, as a page to read."),
        )
        self.declare_numbers(
            {
                self.N_SAMPLES: self.tr("number of samples for the target standard error, or for training"),
                "N_OLOFSSON": self.tr("size by Olofsson eq. 13"),
                "N_COCHRAN": self.tr("size by Cochran"),
                "N_CRI_KNEE": self.tr("number at which the index bends most, 0 for none"),
                "N_CRI_LEVELED": self.tr("smallest number at which choosing well gains less than 0.03, 0 for none"),
            }
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:  # noqa: ARG002 - base
        """Return what is wrong with the inputs taken together, or ""."""
        if not parameters.get(CLASS_MAP) and not parameters.get(OBJECTS):
            return self.tr("Give a class map, objects, or both.")
        return ""
