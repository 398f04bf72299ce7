"""Cross-validate: models side by side, scored on parcels, places or years that they have not seen."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
)

from cropsample_plugin.algorithms.hyperparameters import MODELS
from cropsample_plugin.algorithms.parameters import (
    dropped_sink,
    seed_parameter,
)
from cropsample_plugin.algorithms.validated_series import DESIGN_JOB_NAMES, ValidatedSeriesAlgorithm


class CrossValidateAlgorithm(ValidatedSeriesAlgorithm):
    """Compare models by what they do on samples of places, parcels or years that they have not seen."""

    ID = "crossvalidate"
    GROUP_ID = "training"
    GUIDE = "models"
    TAGS = ("validation", "spatial cross-validation", "leave one out", "learning curve", "compare", "accuracy")

    JOB_NAMES: ClassVar[dict[str, str]] = {"INNER_BUFFER": "inner_buffer_m", **DESIGN_JOB_NAMES}

    MODELS = "MODELS"
    LEARNING_CURVE = "LEARNING_CURVE"
    TABLE = "TABLE"
    REPORT = "REPORT"
    BEST_MODEL = "BEST_MODEL"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Cross-validate")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Compares models honestly: on places, parcels or years that they have not seen.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Trains models again and again, each time without a part of the samples, and scores them on that part: "
            "blocks of land, whole parcels, a year, a region, or all that lies far from a starting point. The score of "
            "random folds, which tear neighbours apart and flatter, stands beside it.\n\n"
            "The report shows the models side by side with the spread over the folds, whether the best is better by "
            "more than chance, each class, how many labels are enough, and whether the probabilities mean what they "
            "say."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare_samples()
        self.declare_fields()
        self._declare_comparison()
        self.declare_design()
        self.declare_weights_and_gaps()
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed gives the same scores."), advanced=True
        )
        self.declare_reading()
        self._declare_outputs()

    def _declare_comparison(self) -> None:
        self.declare(
            QgsProcessingParameterEnum(
                self.MODELS,
                self.tr("Models"),
                options=list(MODELS),
                allowMultiple=True,
                defaultValue=[MODELS[0]],
                optional=False,
                usesStaticStrings=True,
            ),
            self.tr("The models to compare, each with its default hyperparameters."),
        )
        self.declare_held_out()
        self.declare(
            QgsProcessingParameterBoolean(
                self.LEARNING_CURVE, self.tr("How many labels are enough"), defaultValue=True
            ),
            self.tr("Also trains with fewer samples, and marks where more of them no longer help."),
        )

    def _declare_outputs(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSink(self.TABLE, self.tr("Scores"), QgsProcessing.SourceType.TypeVector),
            self.tr("Scores of each model, fold and class."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.REPORT, self.tr("Report"), self.tr("HTML files (*.html)"), optional=True
            ),
            self.tr("The models side by side, as a page to read."),
        )
        self.declare(
            dropped_sink(self.tr("Dropped samples")),
            self.tr("Table of the samples that were left out, each with the reason."),
        )
        self.addOutput(QgsProcessingOutputString(self.BEST_MODEL, self.tr("model with the best macro F1")))
        self.declare_numbers(
            {
                "MACRO_F1": self.tr("mean F1 score of the classes, best model"),
                "OVERALL_ACCURACY": self.tr("share of held-out samples classified right, best model"),
                "RANDOM_MACRO_F1": self.tr("the same model on random folds, which flatters"),
                "BLOCK_SIZE_KM": self.tr("width of the blocks in kilometres"),
                "ENOUGH_SAMPLES": self.tr("training samples beyond which the score levels off, 0 while it rises"),
                "N_SAMPLES": self.tr("number of samples used"),
                "N_DROPPED": self.tr("number of samples left out"),
            }
        )
