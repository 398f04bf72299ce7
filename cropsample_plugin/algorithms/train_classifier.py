"""Train classifier: from labeled series to a model package and a report."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.hyperparameters import (
    HYPERPARAMETERS,
    MODELS,
    descriptions,
    helps,
    make_parameter,
    names_of_model,
)
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.labeled_series import LabeledSeriesAlgorithm
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    dropped_sink,
    integer_parameter,
    real_parameter,
    seed_parameter,
)

VALIDATIONS = ("holdout", "k_fold", "none")
CALIBRATIONS = ("none", "temperature")


class TrainClassifierAlgorithm(LabeledSeriesAlgorithm):
    """Train trees, a support vector machine or a network on labeled series."""

    ID = "trainclassifier"
    GROUP_ID = "training"
    TAGS = (
        "machine learning",
        "random forest",
        "svm",
        "lstm",
        "transformer",
        "cnn",
        "gradient boosting",
        "neural network",
        "deep learning",
        "classification",
    )

    JOB_NAMES: ClassVar[dict[str, str]] = {
        "INNER_BUFFER": "inner_buffer_m",
        **{item.name: "" for item in HYPERPARAMETERS},
    }

    QUALITY_FACTS = "QUALITY_FACTS"
    MODEL = "MODEL"
    VALIDATION = "VALIDATION"
    N_FOLDS = "N_FOLDS"
    VALIDATION_SHARE = "VALIDATION_SHARE"
    CALIBRATION = "CALIBRATION"
    HYPERPARAMETER_FILE = "HYPERPARAMETER_FILE"
    LICENCE = "LICENCE"
    MODEL_PACKAGE = "MODEL_PACKAGE"
    REPORT = "REPORT"
    OVERALL_ACCURACY = "OVERALL_ACCURACY"
    MACRO_F1 = "MACRO_F1"
    KAPPA = "KAPPA"
    AUC = "AUC"
    N_SAMPLES = "N_SAMPLES"
    N_DROPPED = "N_DROPPED"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Train classifier")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Trains a model on labeled series and says how good it is.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Trains a random forest, boosted trees, a support vector machine or a neural network (recurrent, "
            "convolutional or attentive) on labeled series, checks it on samples that it has not seen, and writes a "
            "model package and a report.\n\n"
            "Samples are a layer made by 'Extract time series', or any labeled points or polygons together with the "
            "stack. Give the group field when several samples come from one parcel: a parcel is then never split "
            "between training and validation. The scores of a model that is not validated are left empty."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare_samples()
        self.declare_fields()
        self._declare_quality()
        self._declare_training()
        self._declare_hyperparameters()
        self.declare_reading()
        self._declare_outputs()

    def _declare_quality(self) -> None:
        self.declare(
            QgsProcessingParameterFile(
                self.QUALITY_FACTS,
                self.tr("Quality facts"),
                optional=True,
                fileFilter=self.tr("JSON files (*.json)"),
            ),
            self.tr(
                "File that 'Sample quality' wrote: dates out of season count less in the SVM and the networks (trees "
                "do not look at the size of their inputs), and the model package keeps the facts."
            ),
            advanced=True,
        )

    def _declare_training(self) -> None:
        self.declare(
            choice_parameter(self.MODEL, self.tr("Model"), MODELS, MODELS[0]),
            self.tr(
                "random_forest: fast and robust; svm: support vector machine with radial basis functions; "
                "gradient_boosting: boosted trees; lstm: recurrent network; multi_head_lstm: the same with a head each "
                "for local and global samples; rnn to attention_bi_gru: the recurrent networks of the best-practices "
                "study; transformer; cnn_1d and temp_cnn: convolutions in time; ltae: lightweight attention."
            ),
        )
        self.declare(
            choice_parameter(self.VALIDATION, self.tr("Validation"), VALIDATIONS, VALIDATIONS[0]),
            self.tr(
                "holdout: a share of the samples checks the model; k_fold: every sample checks once; none: no check."
            ),
        )
        self.declare(
            integer_parameter(self.N_FOLDS, self.tr("Number of folds"), 5, 2, 50),
            self.tr("Folds of the k-fold validation."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.VALIDATION_SHARE, self.tr("Share held out"), 0.2, 0.01, 0.9),
            self.tr("Share of the samples that holdout validation keeps out of training."),
            advanced=True,
        )
        self.declare(
            choice_parameter(self.CALIBRATION, self.tr("Calibration"), CALIBRATIONS, CALIBRATIONS[0]),
            self.tr(
                "temperature: probabilities are brought to mean what they say on the validation samples; the classes "
                "stay. none: as the model gives them."
            ),
            advanced=True,
        )
        self.declare_weights_and_gaps()

    def _declare_hyperparameters(self) -> None:
        self.declare(
            QgsProcessingParameterFile(
                self.HYPERPARAMETER_FILE,
                self.tr("Hyperparameters found"),
                optional=True,
                fileFilter=self.tr("JSON files (*.json)"),
            ),
            self.tr("File that 'Search hyperparameters' wrote for this model; its values win over those below."),
            advanced=True,
        )
        labels, help_texts = descriptions(self.tr), helps(self.tr)
        for item in HYPERPARAMETERS:
            self.declare(make_parameter(item, labels[item.name]), help_texts[item.name], advanced=True)
        self.declare(
            seed_parameter(self.tr("Random seed")),
            self.tr("The same seed gives the same model."),
            advanced=True,
        )

    def _declare_outputs(self) -> None:
        self.declare(
            QgsProcessingParameterString(self.LICENCE, self.tr("Licence of the model"), optional=True),
            self.tr("Written into the model package for whoever gets it, such as CC-BY-4.0."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.MODEL_PACKAGE, self.tr("Model package"), self.tr("Model packages (*.zip)")
            ),
            self.tr("The trained model with all it takes to use it: bands, dates, scaling, classes, scores."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.REPORT, self.tr("Report"), self.tr("HTML files (*.html)"), optional=True
            ),
            self.tr("What went in, the learning curve, the error matrix and the scores, as a page to read."),
        )
        self.declare(
            dropped_sink(self.tr("Dropped samples")),
            self.tr("Table of the samples that were left out, each with the reason."),
        )
        self.declare_numbers(
            {
                self.OVERALL_ACCURACY: self.tr("share of validation samples classified right"),
                self.MACRO_F1: self.tr("mean F1 score of the classes"),
                self.KAPPA: self.tr("Cohen's kappa"),
                self.AUC: self.tr("area under the ROC curve, for two classes"),
                self.N_SAMPLES: self.tr("number of samples used"),
                self.N_DROPPED: self.tr("number of samples left out"),
            }
        )

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:
        """Add the hyperparameters of the chosen model, as far as they are given."""
        given = {name.lower(): reader.value(name) for name in names_of_model(values["model"])}
        return {**values, "hyperparameters": {name: value for name, value in given.items() if value not in (None, "")}}
