"""Trusted samples: pixels of a crop layer that pass strict rules."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.label_loading import style_labels_on_loading
from cropsample_plugin.algorithms.parameters import (
    LARGEST_BUFFER_M,
    integer_parameter,
    real_parameter,
    seed_parameter,
)
from cropsample_plugin.algorithms.text_lists import comma_separated, separated


class TrustedSamplesAlgorithm(EngineAlgorithm):
    """Draw samples from a crop layer where it can be trusted."""

    ID = "trustedsamples"
    GROUP_ID = "labelquality"
    TAGS = ("cdl", "cropland data layer", "confidence", "rotation", "training data", "homogeneous")
    GUIDE = "label_quality"
    JOB_NAMES: ClassVar[dict[str, str]] = {"INNER_BUFFER": "inner_buffer_m"}

    CROP_LAYER = "CROP_LAYER"
    CONFIDENCE = "CONFIDENCE"
    EARLIER = "EARLIER"
    EARLIER_MEANING = "EARLIER_MEANING"
    CLASSES = "CLASSES"
    MIN_CONFIDENCE = "MIN_CONFIDENCE"
    HOMOGENEITY_WINDOW = "HOMOGENEITY_WINDOW"
    INNER_BUFFER = "INNER_BUFFER"
    ROTATION_YEARS = "ROTATION_YEARS"
    N_PER_CLASS = "N_PER_CLASS"
    OUTPUT = "OUTPUT"
    COUNTS = "COUNTS"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Trusted samples")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Draws samples from a crop layer where it is confident, homogeneous and in line with its past.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Draws samples from a crop layer, such as the Cropland Data Layer, where it can be trusted: the layer is "
            "confident, the neighbourhood is of one class, the pixel lies inside its field, and the class was grown "
            "there before. A table says how many pixels of each class every rule left.\n\n"
            "The crop layer is a map itself: trusted samples may train a model, they are no reference for accuracy."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_layers()
        self._declare_rules()
        kind = QgsProcessing.SourceType.TypeVector
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Trusted samples"), QgsProcessing.SourceType.TypeVectorPoint
            ),
            self.tr("Points at pixel centres with the class of the crop layer."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.COUNTS, self.tr("Counts after each rule"), kind, optional=True, createByDefault=False
            ),
            self.tr("Table of the pixels of each class that every rule left."),
        )
        self.declare_numbers(
            {
                "N_SAMPLES": self.tr("number of samples drawn"),
                "N_TRUSTED": self.tr("number of pixels that pass every rule"),
                "N_CLASSES": self.tr("number of classes with samples"),
            }
        )

    def _declare_layers(self) -> None:
        self.declare(
            QgsProcessingParameterRasterLayer(self.CROP_LAYER, self.tr("Crop layer")),
            self.tr("Raster of classes, such as the Cropland Data Layer of the year."),
        )
        self.declare(
            QgsProcessingParameterRasterLayer(self.CONFIDENCE, self.tr("Confidence"), None, True),  # noqa: FBT003
            self.tr("Raster of the crop layer's confidence. Empty: that rule is left out."),
        )
        self.declare(
            QgsProcessingParameterMultipleLayers(
                self.EARLIER, self.tr("Earlier years"), QgsProcessing.SourceType.TypeRaster, optional=True
            ),
            self.tr("Crop layers of earlier years, or layers of how often a class was grown. Empty: no such rule."),
        )
        self.declare(
            QgsProcessingParameterString(self.EARLIER_MEANING, self.tr("Meaning of the earlier layers"), optional=True),
            self.tr(
                "For each earlier layer, with semicolons between them: classes, or for instance 1 >= 2 for a layer of "
                "how many years class 1 was grown, at least two. Empty: all hold classes."
            ),
            advanced=True,
        )

    def _declare_rules(self) -> None:
        self.declare(
            QgsProcessingParameterString(self.CLASSES, self.tr("Classes"), optional=True),
            self.tr("Values of the classes wanted, with commas between them. Empty: all."),
        )
        self.declare(
            real_parameter(self.MIN_CONFIDENCE, self.tr("Smallest confidence"), 90.0, 0.0, 65535.0),
            self.tr("Confidence a pixel needs, in the units of that layer."),
        )
        self.declare(
            integer_parameter(self.HOMOGENEITY_WINDOW, self.tr("Homogeneity window [pixels]"), 3, 1, 101),
            self.tr("Odd side of the square around a pixel that must be of its class."),
        )
        self.declare(
            real_parameter(self.INNER_BUFFER, self.tr("Inner buffer [metres]"), 30.0, 0.0, LARGEST_BUFFER_M),
            self.tr("Distance that samples keep from pixels of other classes."),
        )
        self.declare(
            integer_parameter(self.ROTATION_YEARS, self.tr("Years grown before"), 1, 0, 100),
            self.tr("Earlier layers of classes in which the pixel must have the same class."),
        )
        self.declare(
            integer_parameter(self.N_PER_CLASS, self.tr("Samples per class"), 200, 1, 1_000_000),
            self.tr("Samples to draw at random of each class."),
        )
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed draws the same samples."), advanced=True
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the classes or the window, or ""."""
        wrong = [item for item in self._classes(parameters, context) if not item.lstrip("-").isdigit()]
        if wrong:
            return self.tr("'{}' is no class value. Write whole numbers with commas between them.").format(wrong[0])
        if self.parameterAsInt(parameters, self.HOMOGENEITY_WINDOW, context) % 2 == 0:
            return self.tr("The homogeneity window must be an odd number of pixels.")
        return ""

    def _classes(self, parameters: dict[str, Any], context: QgsProcessingContext) -> list[str]:
        return comma_separated(self.parameterAsString(parameters, self.CLASSES, context))

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:  # noqa: ARG002 - base class's signature
        """Split what is written as text."""
        return {
            **values,
            "classes": [int(item) for item in comma_separated(values["classes"])],
            "earlier_meaning": separated(values["earlier_meaning"], ";"),
        }

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: Any) -> dict[str, Any]:  # noqa: ANN401, ARG002 - QGIS
        """Let the samples be shown by category when they are loaded."""
        style_labels_on_loading(context)
        return {}
