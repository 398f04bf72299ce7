"""Cross-validate: models side by side, scored on parcels, places or years that they have not seen."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterPoint,
)

from cropsample_plugin.algorithms.hyperparameters import MODELS
from cropsample_plugin.algorithms.labeled_series import LabeledSeriesAlgorithm
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    dropped_sink,
    integer_parameter,
    real_parameter,
    seed_parameter,
)

PROTOCOLS = (
    "spatial_blocks",
    "parcel_groups",
    "leave_one_year_out",
    "leave_one_region_out",
    "distance",
    "k_fold",
)
_WIDEST_KM = 5000.0


class CrossValidateAlgorithm(LabeledSeriesAlgorithm):
    """Compare models by what they do on samples of places, parcels or years that they have not seen."""

    ID = "crossvalidate"
    GROUP_ID = "training"
    GUIDE = "models"
    TAGS = ("validation", "spatial cross-validation", "leave one out", "learning curve", "compare", "accuracy")

    JOB_NAMES: ClassVar[dict[str, str]] = {
        "INNER_BUFFER": "inner_buffer_m",
        "BLOCK_SIZE": "block_size_km",
        "GAP": "gap_km",
        "DISTANCE": "distance_km",
    }

    MODELS = "MODELS"
    PROTOCOL = "PROTOCOL"
    N_FOLDS = "N_FOLDS"
    BLOCK_SIZE = "BLOCK_SIZE"
    GAP = "GAP"
    YEAR_FIELD = "YEAR_FIELD"
    REGION_FIELD = "REGION_FIELD"
    START_POINT = "START_POINT"
    DISTANCE = "DISTANCE"
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
        self._declare_design()
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
        self.declare(
            choice_parameter(self.PROTOCOL, self.tr("What is held out"), PROTOCOLS, PROTOCOLS[0]),
            self.tr(
                "spatial_blocks: blocks of land; parcel_groups: whole parcels; leave_one_year_out and "
                "leave_one_region_out: each in turn; distance: all beyond a distance from the starting point; k_fold: "
                "random samples, which flatters."
            ),
        )
        self.declare(
            integer_parameter(self.N_FOLDS, self.tr("Number of folds"), 5, 2, 50),
            self.tr("Folds of spatial blocks, parcel groups and random samples."),
        )
        self.declare(
            QgsProcessingParameterBoolean(
                self.LEARNING_CURVE, self.tr("How many labels are enough"), defaultValue=True
            ),
            self.tr("Also trains with fewer samples, and marks where more of them no longer help."),
        )

    def _declare_design(self) -> None:
        self.declare(
            real_parameter(self.BLOCK_SIZE, self.tr("Width of blocks [kilometres]"), 0.0, 0.0, _WIDEST_KM),
            self.tr("0: the distance up to which series are alike, from their variogram."),
        )
        self.declare(
            real_parameter(self.GAP, self.tr("Gap [kilometres]"), 0.0, 0.0, _WIDEST_KM),
            self.tr("Training samples nearer than this to a test sample are left out."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterField(self.YEAR_FIELD, self.tr("Year field"), None, self.SAMPLES, optional=True),
            self.tr("Field with the year or date of each sample, for leave_one_year_out."),
        )
        self.declare(
            QgsProcessingParameterField(self.REGION_FIELD, self.tr("Region field"), None, self.SAMPLES, optional=True),
            self.tr("Field with the region of each sample, for leave_one_region_out."),
        )
        self.declare(
            QgsProcessingParameterPoint(self.START_POINT, self.tr("Starting point"), optional=True),
            self.tr("Where a survey starts from, for 'distance': click on the map, or write 'x,y [EPSG:4326]'."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.DISTANCE, self.tr("Distance [kilometres]"), 30.0, 0.0, _WIDEST_KM),
            self.tr("'distance' trains on samples within it and tests on all others."),
            advanced=True,
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

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the parameters taken together, or ""."""
        protocol = self.parameterAsEnumString(parameters, self.PROTOCOL, context)
        needed = {
            "leave_one_year_out": self.YEAR_FIELD,
            "leave_one_region_out": self.REGION_FIELD,
            "distance": self.START_POINT,
        }.get(protocol, "")
        if needed and not parameters.get(needed):
            label = self.parameterDefinition(needed).description()
            return self.tr("{}: '{}' needs it. Fill it in, or hold out something else.").format(label, protocol)
        return super().parameter_problem(parameters, context)
