"""Train weakly supervised: from a stack and the agreement of land-cover products to a model package."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.hyperparameters import (
    HYPERPARAMETERS,
    descriptions,
    helps,
    make_parameter,
    names_of_model,
)
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    integer_parameter,
    real_parameter,
    seed_parameter,
    stack_parameter,
)

WEAK_MODELS = (
    "temp_cnn",
    "lstm",
    "lstm_all_dates",
    "gru",
    "rnn",
    "bi_lstm",
    "bi_gru",
    "bi_rnn",
    "attention_bi_lstm",
    "attention_bi_gru",
    "attention_bi_rnn",
    "transformer",
    "cnn_1d",
    "ltae",
)
CLASS_WEIGHTS = ("balanced", "none")
MISSING_VALUES = ("linear", "refuse")
_WITH_DEFAULTS_HERE = ("LEARNING_RATE", "MAX_EPOCHS", "PATIENCE_EPOCHS", "BATCH_SIZE")
_PUBLISHED = tuple(
    item for item in HYPERPARAMETERS if {*item.models} & {*WEAK_MODELS} and item.name not in _WITH_DEFAULTS_HERE
)


class TrainWeaklySupervisedAlgorithm(EngineAlgorithm):
    """Train a network on land-cover products alone."""

    ID = "trainweaklysupervised"
    GROUP_ID = "training"
    GUIDE = "weak_supervision"
    TAGS = ("weak supervision", "weak labels", "cropland", "land cover", "consensus", "products", "regulariser")
    JOB_NAMES: ClassVar[dict[str, str]] = {
        "LAMBDA": "strength",
        "RADIUS": "radius_px",
        "SPATIAL_SIGMA": "spatial_sigma_px",
        "PATCH_SIZE": "patch_size_px",
        "PATCHES_PER_STEP": "",
        "LEARNING_RATE": "",
        "MAX_EPOCHS": "",
        "PATIENCE_EPOCHS": "",
        **{item.name: "" for item in _PUBLISHED},
    }

    STACK = "STACK"
    CONSENSUS = "CONSENSUS"
    AGREEMENT = "AGREEMENT"
    CLASSES = "CLASSES"
    MODEL = "MODEL"
    LAMBDA = "LAMBDA"
    SIMILARITY = "SIMILARITY"
    AGGREGATION = "AGGREGATION"
    RAMP_EPOCHS = "RAMP_EPOCHS"
    RADIUS = "RADIUS"
    SPATIAL_SIGMA = "SPATIAL_SIGMA"
    VISUAL_SIGMA = "VISUAL_SIGMA"
    PATCH_SIZE = "PATCH_SIZE"
    N_PATCHES = "N_PATCHES"
    PATCHES_PER_STEP = "PATCHES_PER_STEP"
    REFERENCE = "REFERENCE"
    CLASS_FIELD = "CLASS_FIELD"
    ABLATION = "ABLATION"
    MODEL_PACKAGE = "MODEL_PACKAGE"
    REPORT = "REPORT"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Train weakly supervised")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Trains a network where land-cover products agree, without a label of your own.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Learns crop and non-crop from the pixels on which land-cover products agree, as 'Product consensus' finds "
            "them. On all other pixels, and on these too, neighbours that look alike over the season are held "
            "together: where the products dispute, the images decide.\n\n"
            "The network sees single pixels, so 'Predict map' uses the model like any other. Products that err "
            "together teach their common error, and agreement with them is no accuracy: give reference samples to "
            "learn whether the network beats the majority vote of the products."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_labels()
        self._declare_regulariser()
        self._declare_reference()
        self._declare_patches()
        self._declare_hyperparameters()
        self._declare_outputs()

    def _declare_labels(self) -> None:
        self.declare(
            stack_parameter(self.tr("Dated stack")),
            self.tr("Images of the season to map, of about the year of the products."),
        )
        self.declare(
            QgsProcessingParameterRasterLayer(self.CONSENSUS, self.tr("Consensus")),
            self.tr(
                "Raster of class values, such as the consensus of 'Product consensus' or one product, on any grid; "
                "pixels of no class have no label."
            ),
        )
        self.declare(
            QgsProcessingParameterRasterLayer(self.AGREEMENT, self.tr("Agreement"), None, optional=True),
            self.tr(
                "Votes of the products, as 'Product consensus' writes them: labels count by the share of the products "
                "behind them, and the report compares the network with their majority."
            ),
        )
        self.declare(
            QgsProcessingParameterString(self.CLASSES, self.tr("Classes"), "0: non-crop; 1: crop"),
            self.tr("What the values of the consensus mean, with semicolons between them; other values are no label."),
        )
        self.declare(
            choice_parameter(self.MODEL, self.tr("Model"), WEAK_MODELS, WEAK_MODELS[0]),
            self.tr("temp_cnn: convolutions in time; lstm and the others: the networks of 'Train classifier'."),
        )

    def _declare_regulariser(self) -> None:
        self.declare(
            real_parameter(self.LAMBDA, self.tr("Lambda"), 0.1, 0.0, 1000.0),
            self.tr("Weight of the term that holds neighbours together. 0: learn from the labels alone."),
        )
        self.declare(
            real_parameter(self.SIMILARITY, self.tr("Weight of visual similarity"), 0.9, 0.0, 1000.0),
            self.tr("How much neighbours with similar series are held together. 0 switches it off."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.AGGREGATION, self.tr("Weight of spatial aggregation"), 0.1, 0.0, 1000.0),
            self.tr("How much neighbours are held together whatever their series. 0 switches it off."),
            advanced=True,
        )
        self.declare(
            integer_parameter(self.RAMP_EPOCHS, self.tr("Epochs of the ramp"), 5, 0, 1_000_000),
            self.tr("Lambda grows from 0 to its value in so many epochs, so that the labels have their say first."),
            advanced=True,
        )
        self.declare(
            integer_parameter(self.RADIUS, self.tr("Radius [pixels]"), 3, 1, 15),
            self.tr("How far neighbours reach to each side. Smaller where fields are small."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.SPATIAL_SIGMA, self.tr("Spatial sigma [pixels]"), 3.0, 0.1, 1000.0),
            self.tr("How fast the weight of a neighbour falls with its distance."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.VISUAL_SIGMA, self.tr("Visual sigma"), 0.0, 0.0, 1e6),
            self.tr(
                "How fast the weight falls with the difference of two series, in the main components of the scaled "
                "series. 0: the median difference within one window."
            ),
            advanced=True,
        )

    def _declare_reference(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.REFERENCE, self.tr("Reference samples"), [QgsProcessing.SourceType.TypeVector], optional=True
            ),
            self.tr("Samples of known class, never learned from: network and majority vote are scored on them."),
        )
        self.declare(
            QgsProcessingParameterField(self.CLASS_FIELD, self.tr("Class field"), None, self.REFERENCE, optional=True),
            self.tr("Field with the class of each reference sample: the name or the value of one of the classes."),
        )
        self.declare(
            QgsProcessingParameterBoolean(self.ABLATION, self.tr("Ablation"), defaultValue=False),
            self.tr("Also trains without each term, for the report. Takes up to four times as long."),
        )

    def _declare_patches(self) -> None:
        self.declare(
            integer_parameter(self.PATCH_SIZE, self.tr("Patch size [pixels]"), 16, 4, 256),
            self.tr("Side of the squares that are drawn from the stack to learn from."),
            advanced=True,
        )
        self.declare(
            integer_parameter(self.N_PATCHES, self.tr("Number of patches"), 160, 3, 1_000_000),
            self.tr("Patches to draw, those held out included; more of them take longer and see more of the region."),
        )
        self.declare(
            real_parameter("HELD_OUT_SHARE", self.tr("Share of patches held out"), 0.2, 0.01, 0.9),
            self.tr("These patches are never learned from; the report tells the agreement with their labels."),
            advanced=True,
        )
        self.declare(
            choice_parameter("CLASS_WEIGHTS", self.tr("Class weights"), CLASS_WEIGHTS, CLASS_WEIGHTS[0]),
            self.tr("balanced: every class counts the same; none: every label counts the same."),
            advanced=True,
        )
        self.declare(
            choice_parameter("MISSING_VALUES", self.tr("Missing values"), MISSING_VALUES, MISSING_VALUES[0]),
            self.tr("linear: gaps are interpolated in time; refuse: pixels with gaps are left out. Maps follow suit."),
            advanced=True,
        )
        self.declare(
            real_parameter("MAX_MISSING_SHARE", self.tr("Largest share of missing values"), 0.7, 0.0, 1.0),
            self.tr("Pixels of whose values more are missing are left out; dates missing everywhere do not count."),
            advanced=True,
        )

    def _declare_hyperparameters(self) -> None:
        self.declare(
            integer_parameter(self.PATCHES_PER_STEP, self.tr("Patches per step"), 8, 2, 4096),
            self.tr("Number of patches that each step of training looks at."),
            advanced=True,
        )
        self.declare(
            real_parameter("LEARNING_RATE", self.tr("Learning rate"), 0.001, 1e-9, 10.0),
            self.tr("Step of the Adam optimiser."),
            advanced=True,
        )
        self.declare(
            integer_parameter("MAX_EPOCHS", self.tr("Largest number of epochs"), 50, 1, 1_000_000),
            self.tr("Training stops here at the latest."),
            advanced=True,
        )
        self.declare(
            integer_parameter("PATIENCE_EPOCHS", self.tr("Epochs without improvement"), 10, 1, 1_000_000),
            self.tr("Training stops after so many epochs without improvement and returns to the best weights."),
            advanced=True,
        )
        labels, help_texts = descriptions(self.tr), helps(self.tr)
        for item in _PUBLISHED:
            self.declare(make_parameter(item, labels[item.name]), help_texts[item.name], advanced=True)
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed gives the same model."), advanced=True
        )
        self.declare(
            QgsProcessingParameterString("LICENCE", self.tr("Licence of the model"), optional=True),
            self.tr("Written into the model package for whoever gets it, such as CC-BY-4.0."),
            advanced=True,
        )

    def _declare_outputs(self) -> None:
        self.declare(
            QgsProcessingParameterFileDestination(
                self.MODEL_PACKAGE, self.tr("Model package"), self.tr("Model packages (*.zip)")
            ),
            self.tr("The trained model with all it takes to use it in 'Predict map'."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.REPORT, self.tr("Report"), self.tr("HTML files (*.html)"), optional=True
            ),
            self.tr("What went in, network against vote, what each term is worth, as a page to read."),
        )
        self.declare_numbers(
            {
                "LABEL_AGREEMENT": self.tr("share of the labels held out that the network repeats; no accuracy"),
                "LABEL_MACRO_F1": self.tr("mean F1 score of the classes against the labels held out"),
                "REFERENCE_MACRO_F1": self.tr("mean F1 score of the classes on the reference samples"),
                "VOTE_MACRO_F1": self.tr("the same of the majority vote of the products"),
                "N_PATCHES": self.tr("number of patches learned from"),
                "N_LABELS": self.tr("number of labeled pixels learned from"),
                "N_PIXELS": self.tr("number of pixels learned from, with and without a label"),
            }
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the parameters taken together, or ""."""
        if parameters.get(self.REFERENCE) and not parameters.get(self.CLASS_FIELD):
            return self.tr("Choose the class field of the reference samples.")
        weights = [self.parameterAsDouble(parameters, name, context) for name in (self.SIMILARITY, self.AGGREGATION)]
        if self.parameterAsDouble(parameters, self.LAMBDA, context) > 0.0 and not any(weights):
            return self.tr("Lambda is above 0, but similarity and aggregation both have the weight 0.")
        return ""

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:
        """Add the hyperparameters of the chosen model, as far as they are given."""
        wanted = [item.name for item in _PUBLISHED if item.name in names_of_model(values["model"])]
        wanted += [name for name in _WITH_DEFAULTS_HERE if name != "BATCH_SIZE"]
        given = {name.lower(): reader.value(name) for name in wanted}
        given["batch_size"] = reader.value(self.PATCHES_PER_STEP)
        return {**values, "hyperparameters": {name: value for name, value in given.items() if value not in (None, "")}}
