"""Train classifier: from labeled series to a model package and a report."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.hyperparameters import (
    HYPERPARAMETERS,
    MODELS,
    descriptions,
    helps,
    make_parameter,
    names_of_model,
)
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    dropped_sink,
    integer_parameter,
    real_parameter,
    seed_parameter,
    stack_parameter,
)
from cropsample_plugin.algorithms.sample_parameters import (
    END_FIELD,
    START_FIELD,
    pixel_parameters,
    season_parameters,
    season_problem,
)

VALIDATIONS = ("holdout", "k_fold", "none")
CLASS_WEIGHTS = ("none", "balanced")
MISSING_VALUES = ("linear", "refuse")


class TrainClassifierAlgorithm(EngineAlgorithm):
    """Train a random forest, a support vector machine or a recurrent network on labeled series."""

    ID = "trainclassifier"
    GROUP_ID = "training"
    TAGS = ("machine learning", "random forest", "svm", "lstm", "neural network", "deep learning", "classification")

    JOB_NAMES: ClassVar[dict[str, str]] = {
        "INNER_BUFFER": "inner_buffer_m",
        **{item.name: "" for item in HYPERPARAMETERS},
    }

    SAMPLES = "SAMPLES"
    STACK = "STACK"
    CLASS_FIELD = "CLASS_FIELD"
    WEIGHT_FIELD = "WEIGHT_FIELD"
    GROUP_FIELD = "GROUP_FIELD"
    DOMAIN_FIELD = "DOMAIN_FIELD"
    QUALITY_FACTS = "QUALITY_FACTS"
    MODEL = "MODEL"
    VALIDATION = "VALIDATION"
    N_FOLDS = "N_FOLDS"
    VALIDATION_SHARE = "VALIDATION_SHARE"
    CLASS_WEIGHTS = "CLASS_WEIGHTS"
    MISSING_VALUES = "MISSING_VALUES"
    MAX_MISSING_SHARE = "MAX_MISSING_SHARE"
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
            "Trains a random forest, a support vector machine, or a recurrent network with one or two heads on labeled "
            "series, checks it on samples that it has not seen, and writes a model package and a report.\n\n"
            "Samples are a layer made by 'Extract time series', or any labeled points or polygons together with the "
            "stack. Give the group field when several samples come from one parcel: a parcel is then never split "
            "between training and validation. The scores of a model that is not validated are left empty."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_samples()
        self._declare_fields()
        self._declare_training()
        self._declare_hyperparameters()
        self._declare_reading()
        self._declare_outputs()

    def _declare_samples(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.SAMPLES, self.tr("Samples"), [QgsProcessing.SourceType.TypeVector]
            ),
            self.tr(
                "Labeled series made by 'Extract time series', or labeled points or polygons when a stack is given."
            ),
        )
        self.declare(
            stack_parameter(self.tr("Dated stack"), optional=True),
            self.tr("The stack to read series from, for samples that have none of their own."),
        )

    def _declare_reading(self) -> None:
        self.declare_all(pixel_parameters(self.tr), advanced=True)
        self.declare_all(season_parameters(self.tr, self.SAMPLES), advanced=True)

    def _declare_fields(self) -> None:
        self.declare(
            QgsProcessingParameterField(self.CLASS_FIELD, self.tr("Class field"), None, self.SAMPLES),
            self.tr("Field with the class of each sample, text or whole numbers; samples without one are left out."),
        )
        self.declare(
            QgsProcessingParameterField(self.GROUP_FIELD, self.tr("Group field"), None, self.SAMPLES, optional=True),
            self.tr("Field with the parcel of each sample; a parcel is never split between training and validation."),
        )
        self.declare(
            QgsProcessingParameterField(
                self.WEIGHT_FIELD,
                self.tr("Weight field"),
                None,
                self.SAMPLES,
                QgsProcessingParameterField.DataType.Numeric,
                optional=True,
            ),
            self.tr("Field with how much each sample counts, 0 or more. Empty: all count the same."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterField(self.DOMAIN_FIELD, self.tr("Domain field"), None, self.SAMPLES, optional=True),
            self.tr(
                "Field that says 'local' for samples of the region to map and 'global' for others; the two-headed LSTM "
                "learns from both and maps with the local head."
            ),
            advanced=True,
        )

        self.declare(
            QgsProcessingParameterFile(
                self.QUALITY_FACTS,
                self.tr("Quality facts"),
                optional=True,
                fileFilter=self.tr("JSON files (*.json)"),
            ),
            self.tr(
                "File that 'Sample quality' wrote: dates out of season count less in the SVM and the LSTMs (a forest "
                "does not look at the size of its inputs), and the model package keeps the facts."
            ),
            advanced=True,
        )

    def _declare_training(self) -> None:
        self.declare(
            choice_parameter(self.MODEL, self.tr("Model"), MODELS, MODELS[0]),
            self.tr(
                "random_forest: fast and robust; svm: support vector machine with radial basis functions; lstm: "
                "recurrent network; multi_head_lstm: the same with a head each for local and global samples."
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
            choice_parameter(self.CLASS_WEIGHTS, self.tr("Class weights"), CLASS_WEIGHTS, CLASS_WEIGHTS[0]),
            self.tr("none: every sample counts the same; balanced: every class counts the same."),
            advanced=True,
        )
        self.declare(
            choice_parameter(self.MISSING_VALUES, self.tr("Missing values"), MISSING_VALUES, MISSING_VALUES[0]),
            self.tr("linear: gaps are interpolated in time; refuse: samples with gaps are left out. Maps follow suit."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.MAX_MISSING_SHARE, self.tr("Largest share of missing values"), 0.7, 0.0, 1.0),
            self.tr("Samples of whose values more are missing are left out; dates missing everywhere do not count."),
            advanced=True,
        )

    def _declare_hyperparameters(self) -> None:
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

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the fields taken together, or ""."""
        class_field = self.parameterAsString(parameters, self.CLASS_FIELD, context)
        for name in (self.WEIGHT_FIELD, self.GROUP_FIELD, self.DOMAIN_FIELD):
            if parameters.get(name) and parameters[name] == class_field:
                label = self.parameterDefinition(name).description()
                return self.tr("{}: '{}' is the class field. Choose another field.").format(label, class_field)
        return season_problem(parameters.get(START_FIELD) or "", parameters.get(END_FIELD) or "", self.tr)
