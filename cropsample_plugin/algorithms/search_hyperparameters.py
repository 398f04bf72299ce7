"""Search hyperparameters: which settings of a model suit the samples, scored on places that it has not seen."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFileDestination,
)

from cropsample_plugin.algorithms.hyperparameters import MODELS
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    dropped_sink,
    integer_parameter,
    real_parameter,
    seed_parameter,
)
from cropsample_plugin.algorithms.validated_series import DESIGN_JOB_NAMES, ValidatedSeriesAlgorithm

CHOICES = ("score", "knee")
_LONGEST_MINUTES = 100_000.0


class SearchHyperparametersAlgorithm(ValidatedSeriesAlgorithm):
    """Try settings of a model on held-out samples and choose one."""

    ID = "searchhyperparameters"
    GROUP_ID = "training"
    GUIDE = "models"
    TAGS = ("tuning", "optimization", "hyperparameter", "optuna", "grid search", "random search")

    JOB_NAMES: ClassVar[dict[str, str]] = {"INNER_BUFFER": "inner_buffer_m", **DESIGN_JOB_NAMES}

    MODEL = "MODEL"
    N_TRIALS = "N_TRIALS"
    CHOICE = "CHOICE"
    MAX_MINUTES = "MAX_MINUTES"
    HYPERPARAMETERS = "HYPERPARAMETERS"
    TABLE = "TABLE"
    REPORT = "REPORT"
    CHOSEN = "CHOSEN"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Search hyperparameters")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Finds the settings of a model that suit the samples.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Tries settings of a model, each on places, parcels or years that it was not trained on, and learns from "
            "every trial where to look next. The settings found go into a file for 'Train classifier'.\n\n"
            "One fold takes no part in the search: on it the chosen setting is compared with the model's default, for "
            "the best of many trials always looks better than it is. The trials appear in the Jobs panel as they are "
            "made."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare_samples()
        self.declare_fields()
        self._declare_search()
        self.declare_held_out()
        self.declare_design()
        self.declare_weights_and_gaps()
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed tries the same settings."), advanced=True
        )
        self.declare_reading()
        self._declare_outputs()

    def _declare_search(self) -> None:
        self.declare(
            choice_parameter(self.MODEL, self.tr("Model"), MODELS, MODELS[0]),
            self.tr("The model to find settings for."),
        )
        self.declare(
            integer_parameter(self.N_TRIALS, self.tr("Number of trials"), 30, 1, 10_000),
            self.tr("Settings to try; the first is the model's default."),
        )
        self.declare(
            choice_parameter(self.CHOICE, self.tr("Choose by"), CHOICES, CHOICES[0]),
            self.tr("score: the best mean F1 score; knee: where more training time no longer brings much."),
        )
        self.declare(
            real_parameter(self.MAX_MINUTES, self.tr("Longest time [minutes]"), 0.0, 0.0, _LONGEST_MINUTES),
            self.tr("No trial begins after it; the best until then is chosen. 0: no limit."),
        )

    def _declare_outputs(self) -> None:
        self.declare(
            QgsProcessingParameterFileDestination(
                self.HYPERPARAMETERS, self.tr("Hyperparameters"), self.tr("JSON files (*.json)")
            ),
            self.tr("The settings found, a file for 'Train classifier'."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.TABLE, self.tr("Trials"), QgsProcessing.SourceType.TypeVector, optional=True
            ),
            self.tr("Every setting tried, with its score and time."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.REPORT, self.tr("Report"), self.tr("HTML files (*.html)"), optional=True
            ),
            self.tr("The trials, score against time, and the check on the unseen fold, as a page to read."),
        )
        self.declare(
            dropped_sink(self.tr("Dropped samples")),
            self.tr("Table of the samples that were left out, each with the reason."),
        )
        self.addOutput(QgsProcessingOutputString(self.CHOSEN, self.tr("settings chosen")))
        self.declare_numbers(
            {
                "MACRO_F1": self.tr("mean F1 score of the chosen setting on the folds of the search"),
                "DEFAULT_MACRO_F1": self.tr("the same of the model's default"),
                "UNSEEN_MACRO_F1": self.tr("mean F1 score of the chosen setting on the unseen fold"),
                "UNSEEN_DEFAULT_MACRO_F1": self.tr("the same of the model's default"),
                "N_TRIALS": self.tr("number of settings tried"),
                "N_SAMPLES": self.tr("number of samples used"),
                "N_DROPPED": self.tr("number of samples left out"),
            }
        )
