"""Transfer classifier: bring a trained model to another place, year or hemisphere, and say whether that pays."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterPoint,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.labeled_series import LabeledSeriesAlgorithm
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    dropped_sink,
    integer_parameter,
    real_parameter,
    seed_parameter,
)

STRATEGIES = ("direct", "zero_label", "joint", "fine_tune", "dann", "fill_in")
NEED_SOURCE = ("zero_label", "joint", "fill_in", "dann")
NEED_LABELS = ("joint", "fill_in", "fine_tune")
TREATMENTS = ("R1", "R2", "R3", "R4")
SCALINGS = ("target", "source")
PACK = ("recommended", "transfer")
_LONGEST_SHIFT_DAYS = 366.0


class TransferClassifierAlgorithm(LabeledSeriesAlgorithm):
    """Adapt a model to target samples, and compare it with the model as it is and with one from scratch."""

    ID = "transferclassifier"
    GROUP_ID = "training"
    GUIDE = "models_transfer"
    TAGS = ("transfer learning", "domain adaptation", "fine-tuning", "DANN", "new season", "few labels", "no labels")

    JOB_NAMES: ClassVar[dict[str, str]] = {"INNER_BUFFER": "inner_buffer_m", "SEASON_SHIFT": "season_shift_days"}

    MODEL_PACKAGE = "MODEL_PACKAGE"
    STRATEGY = "STRATEGY"
    TREATMENT = "TREATMENT"
    SCALING = "SCALING"
    SOURCE_SAMPLES = "SOURCE_SAMPLES"
    SOURCE_CLASS_FIELD = "SOURCE_CLASS_FIELD"
    SEASON_SHIFT = "SEASON_SHIFT"
    LEARNING_RATE = "LEARNING_RATE"
    N_REPEATS = "N_REPEATS"
    TEST_SHARE = "TEST_SHARE"
    PACK = "PACK"
    START_POINT = "START_POINT"
    RADII = "RADII"
    OUTPUT = "OUTPUT"
    REPORT = "REPORT"
    TABLE = "TABLE"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Transfer classifier")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Brings a model to another place or year, and says whether that beats using it as it is.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Adapts a trained model to samples of another place, year or hemisphere. Target samples without a class "
            "are the pool that strategies without labels learn from.\n\n"
            "Where there are labels, the model as it is (naive), the transfer and a model from scratch are compared on "
            "parcels that none of them has seen, and the report says in words which to use: the transfer only if it "
            "beats the model as it is. With a starting point it also shows what labels near the start of a survey are "
            "worth against as many spread out. The package maps with 'Predict map'."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare(
            QgsProcessingParameterFile(
                self.MODEL_PACKAGE, self.tr("Source model"), fileFilter=self.tr("Model packages (*.zip)")
            ),
            self.tr("A file written by 'Train classifier', for the place and year that has labels."),
        )
        self.declare_samples()
        self._declare_target_fields()
        self._declare_strategy()
        self._declare_source()
        self._declare_comparison()
        self._declare_departure()
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed gives the same package."), advanced=True
        )
        self.declare_reading()
        self._declare_outputs()

    def _declare_target_fields(self) -> None:
        self.declare(
            QgsProcessingParameterField(self.CLASS_FIELD, self.tr("Class field"), None, self.SAMPLES, optional=True),
            self.tr("Class of each target sample; samples without one are the pool. Empty: none has a label."),
        )
        self.declare(
            QgsProcessingParameterField(self.GROUP_FIELD, self.tr("Group field"), None, self.SAMPLES, optional=True),
            self.tr("Field with the parcel of each sample; a parcel never adapts and tests at once."),
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

    def _declare_strategy(self) -> None:
        self.declare(
            choice_parameter(self.STRATEGY, self.tr("Strategy"), STRATEGIES, STRATEGIES[0]),
            self.tr(
                "direct: the model as it is; zero_label: source samples brought to the scale, dates and class shares "
                "of the target, without its labels; joint: these and the target's labels; fine_tune: the network "
                "trained on with the target's labels; dann: trained on so that it cannot tell source and target apart, "
                "without labels of the target; fill_in: random forests, the target's labels with source samples in "
                "place of the labels that a class lacks."
            ),
        )
        self.declare(
            choice_parameter(self.TREATMENT, self.tr("Treatment of fine-tuning"), TREATMENTS, TREATMENTS[0]),
            self.tr(
                "R1: all layers, samples as they are; R2: all layers, classes drawn alike often and weighted; R3: the "
                "last layer on a balanced subset; R4: the last layer, balanced, then weighted."
            ),
        )
        self.declare(
            choice_parameter(self.SCALING, self.tr("Scaling"), SCALINGS, SCALINGS[0]),
            self.tr(
                "target: the target is read by its own mean and spread, as in a greener or drier year; source: by "
                "those of the source. Trees do not look at the size of their inputs."
            ),
        )
        self.declare(
            real_parameter(self.LEARNING_RATE, self.tr("Learning rate"), 5.0e-4, 1.0e-9, 1.0),
            self.tr("Of fine-tuning."),
            advanced=True,
        )

    def _declare_source(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.SOURCE_SAMPLES,
                self.tr("Source samples"),
                [QgsProcessing.SourceType.TypeVector],
                optional=True,
            ),
            self.tr("Labeled series that the model was trained on; zero_label, joint and dann learn from them."),
        )
        self.declare(
            QgsProcessingParameterField(
                self.SOURCE_CLASS_FIELD, self.tr("Class field of the source"), None, self.SOURCE_SAMPLES, optional=True
            ),
            self.tr("Class of each source sample. Empty: the field of the same name as the target's."),
        )
        self.declare(
            real_parameter(
                self.SEASON_SHIFT, self.tr("Season shift [days]"), 0.0, -_LONGEST_SHIFT_DAYS, _LONGEST_SHIFT_DAYS
            ),
            self.tr(
                "Days by which the season of the target is later in the year: 182 from the northern to the southern "
                "hemisphere. Whole years never count."
            ),
        )

    def _declare_comparison(self) -> None:
        self.declare(
            integer_parameter(self.N_REPEATS, self.tr("Number of repeats"), 5, 1, 100),
            self.tr("The comparison is repeated with other parcels that test."),
        )
        self.declare(
            real_parameter(self.TEST_SHARE, self.tr("Share of parcels that test"), 0.5, 0.05, 0.9),
            self.tr("The others adapt. The package learns from all of them in the end."),
            advanced=True,
        )
        self.declare(
            choice_parameter(self.PACK, self.tr("What is packed"), PACK, PACK[0]),
            self.tr(
                "recommended: the best of the model as it is, the transfer and a model from scratch; transfer: it, "
                "whatever the scores."
            ),
            advanced=True,
        )

    def _declare_departure(self) -> None:
        self.declare(
            QgsProcessingParameterPoint(self.START_POINT, self.tr("Starting point"), optional=True),
            self.tr(
                "Where a survey starts from: click on the map, or write 'x,y [EPSG:4326]'. Labels within each radius "
                "are compared with as many spread out. Empty: not compared."
            ),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterString(self.RADII, self.tr("Radii [kilometres]"), "20,25,30"),
            self.tr("Around the starting point; all is tested beyond the largest."),
            advanced=True,
        )

    def _declare_outputs(self) -> None:
        self.declare(
            QgsProcessingParameterFileDestination(
                self.OUTPUT, self.tr("Model package for the target"), self.tr("Model packages (*.zip)")
            ),
            self.tr("The model for the target, for 'Predict map'."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.REPORT, self.tr("Report"), self.tr("HTML files (*.html)"), optional=True
            ),
            self.tr("Naive, transfer and from scratch side by side, and which to use, as a page to read."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.TABLE,
                self.tr("Scores"),
                QgsProcessing.SourceType.TypeVector,
                optional=True,
                createByDefault=False,
            ),
            self.tr("Scores of each model and repeat, and of each radius."),
        )
        self.declare(
            dropped_sink(self.tr("Dropped samples")),
            self.tr("Table of the target samples that were left out, each with the reason."),
        )
        self.addOutput(QgsProcessingOutputString("RECOMMENDED", self.tr("naive, transfer or scratch")))
        self.addOutput(QgsProcessingOutputString("VERDICT", self.tr("which model to use, and why")))
        self.declare_numbers(
            {
                "NAIVE_MACRO_F1": self.tr("mean F1 score of the classes, source model as it is"),
                "TRANSFER_MACRO_F1": self.tr("the same of the transfer"),
                "SCRATCH_MACRO_F1": self.tr("the same of a model from scratch"),
                "NAIVE_ACCURACY": self.tr("share of test samples classified right, source model as it is"),
                "TRANSFER_ACCURACY": self.tr("the same of the transfer"),
                "SCRATCH_ACCURACY": self.tr("the same of a model from scratch"),
                "N_LABELED": self.tr("number of labeled target samples used"),
                "N_UNLABELED": self.tr("number of unlabeled target samples used"),
                "N_DROPPED": self.tr("number of target samples left out"),
            }
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the parameters taken together, or ""."""
        strategy = self.parameterAsEnumString(parameters, self.STRATEGY, context)
        needed = [(self.SOURCE_SAMPLES, NEED_SOURCE), (self.CLASS_FIELD, NEED_LABELS)]
        for name, strategies in needed:
            if strategy in strategies and not parameters.get(name):
                label = self.parameterDefinition(name).description()
                return self.tr("{}: '{}' needs it. Fill it in, or choose another strategy.").format(label, strategy)
        return super().parameter_problem(parameters, context) if parameters.get(self.CLASS_FIELD) else ""
