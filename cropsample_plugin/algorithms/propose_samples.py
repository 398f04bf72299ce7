"""Propose samples: what to label next, where the map is unsure and the samples so far say least."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterRasterLayer,
)

from cropsample_plugin.algorithms.designed_samples import DesignedSamplesAlgorithm
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    integer_parameter,
    real_parameter,
    seed_parameter,
    stack_parameter,
)
from cropsample_plugin.algorithms.sampling_parameters import OBJECTS, objects_source, stratum_field

UNCERTAINTIES = ("margin", "least_confidence", "entropy")
_MOST_PROPOSED = 10_000


class ProposeSamplesAlgorithm(DesignedSamplesAlgorithm):
    """Propose what to label next."""

    ID = "proposesamples"
    GROUP_ID = "labeling"
    GUIDE = "next_samples"
    TAGS = ("active learning", "uncertainty", "margin", "entropy", "query", "next samples", "label", "diversity")
    STYLE_FIELDS = ("predicted",)

    PROBABILITIES = "PROBABILITIES"
    MODEL_PACKAGE = "MODEL_PACKAGE"
    STACK = "STACK"
    EXISTING = "EXISTING"
    CLASS_FIELD = "CLASS_FIELD"
    N_SAMPLES = "N_SAMPLES"
    UNCERTAINTY = "UNCERTAINTY"
    DIVERSITY = "DIVERSITY"
    RARITY = "RARITY"
    STRATA_WEIGHT = "STRATA_WEIGHT"
    MIN_DISTANCE = "MIN_DISTANCE"
    ROADS = "ROADS"
    COST = "COST"
    COST_WEIGHT = "COST_WEIGHT"
    OUTPUT = "OUTPUT"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Propose samples")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Says which samples to label next so that the model learns most, each with the reason.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Chooses samples where the model is unsure, where rare classes may be and where strata lack samples; "
            "unlike each other and the samples that exist, in their values and on the map. Each comes with its rank, "
            "its scores and the reason in words. Label them, train again, propose again.\n\n"
            "Give the probabilities of 'Predict map', or a model package with a stack, or with objects whose fields "
            "hold series. These are no probability sample: train with them, but do not estimate areas or the accuracy "
            "of a map from them."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_map()
        self._declare_objects()
        self._declare_choice()
        self._declare_costs()
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Proposed samples"), QgsProcessing.SourceType.TypeVectorPoint
            ),
            self.tr("Points, the most useful first, with rank, reason and scores, and empty fields to fill in."),
        )
        self.declare_numbers(
            {
                "N_PROPOSED": self.tr("number of samples proposed"),
                "N_CANDIDATES": self.tr("number of pixels or objects they were chosen from"),
                "MEAN_UNCERTAINTY": self.tr("mean uncertainty of the proposed samples, 0 to 1"),
            }
        )

    def _declare_map(self) -> None:
        self.declare(
            QgsProcessingParameterRasterLayer(self.PROBABILITIES, self.tr("Probabilities"), None, optional=True),
            self.tr("A band per class, as 'Predict map' writes them. Give this or a model package."),
        )
        self.declare(
            QgsProcessingParameterFile(
                self.MODEL_PACKAGE,
                self.tr("Model package"),
                optional=True,
                fileFilter=self.tr("Model packages (*.zip)"),
            ),
            self.tr("A file written by 'Train classifier', with the stack that it is to map, or with objects."),
        )
        self.declare(
            stack_parameter(self.tr("Dated stack"), optional=True),
            self.tr(
                "What the model maps. With probabilities: the values that tell candidates apart; without a stack the "
                "probabilities do."
            ),
        )

    def _declare_objects(self) -> None:
        self.declare(
            objects_source(self.tr("Objects"), optional=True),
            self.tr("Fields to choose from. Empty: pixels. With a model and no stack their fields must hold series."),
        )
        self.declare(
            stratum_field(self.tr("Stratum field")),
            self.tr("Field of the objects with their strata; strata short of samples come first."),
            advanced=True,
        )
        anything = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
        self.declare(
            QgsProcessingParameterFeatureSource(self.EXISTING, self.tr("Existing samples"), anything, optional=True),
            self.tr("Samples that are labeled already; nothing like them or beside them is proposed first."),
        )
        self.declare(
            QgsProcessingParameterField(self.CLASS_FIELD, self.tr("Class field"), None, self.EXISTING, optional=True),
            self.tr("Class of the existing samples, which says what is rare. Empty: the map says it."),
        )

    def _declare_choice(self) -> None:
        self.declare(
            integer_parameter(self.N_SAMPLES, self.tr("Number of samples"), 25, 1, _MOST_PROPOSED),
            self.tr("How many samples to propose; 10 to 50 between two trainings are usual."),
        )
        self.declare(
            choice_parameter(self.UNCERTAINTY, self.tr("Uncertainty"), UNCERTAINTIES, UNCERTAINTIES[0]),
            self.tr(
                "margin: the two best classes are close; least_confidence: the best class is improbable; entropy: all "
                "classes are as likely."
            ),
        )
        self.declare(
            real_parameter(self.DIVERSITY, self.tr("Diversity"), 0.1, 0.0, 1.0),
            self.tr("0: the most uncertain ones, alike or not; 1: the most varied ones, uncertain or not."),
        )
        self.declare(
            real_parameter(self.RARITY, self.tr("Weight of rare classes"), 0.0, 0.0, 100.0),
            self.tr("How much it counts that a sample may be of a class with few labels; uncertainty counts 1."),
        )
        self.declare(
            real_parameter(self.STRATA_WEIGHT, self.tr("Weight of strata"), 0.5, 0.0, 100.0),
            self.tr("How much it counts that a stratum has fewer samples than its share; uncertainty counts 1."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.MIN_DISTANCE, self.tr("Minimum distance [metres]"), 0.0, 0.0),
            self.tr("Samples are at least this far from each other and from existing ones."),
        )
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed proposes the same samples."), advanced=True
        )

    def _declare_costs(self) -> None:
        anything = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
        self.declare(
            QgsProcessingParameterFeatureSource(self.ROADS, self.tr("Roads"), anything, optional=True),
            self.tr("The nearer to one of these features, the cheaper a sample; for samples to be visited."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterRasterLayer(self.COST, self.tr("Cost raster"), None, optional=True),
            self.tr("Cost of a visit at each place, such as travel time."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.COST_WEIGHT, self.tr("Weight of cost"), 0.25, 0.0, 100.0),
            self.tr("A cost of the median divides the score by 1 plus this weight; used with roads or a cost raster."),
            advanced=True,
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:  # noqa: ARG002 - base
        """Return what is wrong with the inputs taken together, or ""."""
        has_model = bool(parameters.get(self.MODEL_PACKAGE))
        if bool(parameters.get(self.PROBABILITIES)) == has_model:
            return self.tr("Give either probabilities or a model package.")
        if has_model and not parameters.get(self.STACK) and not parameters.get(OBJECTS):
            return self.tr("The model needs a stack, or objects with series in their fields.")
        if parameters.get(self.CLASS_FIELD) and not parameters.get(self.EXISTING):
            return self.tr("A class field is given, but no existing samples.")
        return ""
