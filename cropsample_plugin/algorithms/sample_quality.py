"""Sample quality: for each label whether its series supports it, why, and how much it should weigh."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.label_loading import style_labels_on_loading
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    dropped_sink,
    integer_parameter,
    real_parameter,
    seed_parameter,
    stack_parameter,
)
from cropsample_plugin.algorithms.sample_parameters import pixel_parameters

METHODS = ("tisqe", "combined", "sits_som", "confident_learning")
SCOPES = ("year", "kind", "season")
Declared = list[tuple[Any, str]]


class SampleQualityAlgorithm(EngineAlgorithm):
    """Judge labels by their series."""

    ID = "samplequality"
    GROUP_ID = "labelquality"
    TAGS = (
        "label noise",
        "outliers",
        "som",
        "tisqe",
        "sits",
        "confident learning",
        "cleanlab",
        "mislabeled",
        "weights",
    )
    GUIDE = "label_quality"
    JOB_NAMES: ClassVar[dict[str, str]] = {"INNER_BUFFER": "inner_buffer_m"}

    INPUT = "INPUT"
    CALENDAR = "CALENDAR"
    OUTPUT = "OUTPUT"
    SEASONS = "SEASONS"
    INDICES = "INDICES"
    LEDGER = "LEDGER"
    REPORT = "REPORT"
    QUALITY_FACTS = "QUALITY_FACTS"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Sample quality")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Says for each label whether its time series supports it, why, and how much it should weigh.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Judges every label by its series: Keep (the series is like those of its class), Suspect (it does not "
            "decide), Remove (it is like those of another class), DataGap (too few clear observations in its season to "
            "tell) or NA (no date, or a class with too few samples). Nothing is deleted: category, evidence, reason, "
            "a suggested label and a weight are written beside the label.\n\n"
            "Give the field 'tisqe_weight' to 'Train classifier' as weight field, and use judged samples for training "
            "only: the test samples must stay as they are.\n\n"
            "Methods: tisqe compares each class with all others on self-organizing maps, averaged over several seeds; "
            "confident_learning asks models that did not see the sample; combined asks both and goes by the mean; "
            "sits_som is the rule published with the R package sits."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_samples()
        self.declare(
            choice_parameter("METHOD", self.tr("Method"), METHODS, METHODS[0]),
            self.tr("How labels are judged; see above."),
        )
        self.declare_all(self._tisqe_parameters(), advanced=True)
        self.declare_all(self._other_methods(), advanced=True)
        self.declare_all(self._season_parameters(), advanced=True)
        self.declare_all(self._calendar_parameters(), advanced=True)
        self.declare_all(self._weight_parameters(), advanced=True)
        self.declare(
            QgsProcessingParameterBoolean("KEEP_CLASS_SHARES", self.tr("Keep class shares"), True),  # noqa: FBT003
            self.tr("Scale weights, at most threefold, so that each class counts in all as much as it has samples."),
            advanced=True,
        )
        self.declare_all(pixel_parameters(self.tr), advanced=True)
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed gives the same result."), advanced=True
        )
        self._declare_outputs()

    def _field(self, name: str, description: str, *, optional: bool = True) -> QgsProcessingParameterField:
        return QgsProcessingParameterField(name, description, None, self.INPUT, optional=optional)

    def _declare_samples(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSource(self.INPUT, self.tr("Samples"), [QgsProcessing.SourceType.TypeVector]),
            self.tr("Labeled series made by 'Extract time series', or labeled samples when a stack is given."),
        )
        self.declare(
            self._field("CLASS_FIELD", self.tr("Class field"), optional=False),
            self.tr("Field with the label of each sample, text or whole numbers."),
        )
        self.declare(
            self._field("DATE_FIELD", self.tr("Date field")),
            self.tr("When the label was observed: a date, or a year alone. Empty: each sample gets its main season."),
        )
        self.declare(
            stack_parameter(self.tr("Dated stack"), optional=True),
            self.tr("The stack to read series from, for samples that have none of their own."),
        )
        self.declare_all(
            [
                (
                    self._field("START_FIELD", self.tr("Series start field")),
                    self.tr("First day of each sample's own series, where its steps carry no dates (NDVI_t01)."),
                ),
                (
                    self._field("END_FIELD", self.tr("Series end field")),
                    self.tr("Last day of each sample's own series."),
                ),
                (
                    QgsProcessingParameterString("BAND_ROLES", self.tr("Band roles"), optional=True),
                    self.tr("Which band is what where names do not tell, such as N=nir_mean, R=red_mean."),
                ),
                (
                    QgsProcessingParameterString("GREENNESS", self.tr("Index of greenness"), optional=True),
                    self.tr("Index or band that seasons are found in. Empty: EVI2, else NDVI."),
                ),
                (
                    QgsProcessingParameterBoolean("MERGE_NAMES", self.tr("Merge similar class names"), False),  # noqa: FBT003
                    self.tr("Take names that differ in capitals, spaces or hyphens alone for one class."),
                ),
            ],
            advanced=True,
        )

    def _tisqe_parameters(self) -> Declared:
        return [
            (
                choice_parameter("SCOPE", self.tr("Compared with"), SCOPES, SCOPES[0]),
                self.tr(
                    "year: all samples, over the whole year; kind: samples whose season lies at the same time of any "
                    "year; season: those of the same season. Where a class has too few there, the wider one is taken."
                ),
            ),
            (
                integer_parameter("MIN_SAMPLES", self.tr("Fewest samples"), 20, 2, 100_000),
                self.tr("Samples that a class, and all others, need to be compared; smaller classes are NA."),
            ),
            (
                real_parameter("KEEP_PROBABILITY", self.tr("Probability of Keep"), 0.6, 0.0, 1.0),
                self.tr("Prior and posterior that Keep needs."),
            ),
            (
                real_parameter("KEEP_MARGIN", self.tr("Margin of Keep"), 0.05, -1.0, 1.0),
                self.tr("Margin that Keep needs; above 0 the nearest neuron is of its own class."),
            ),
            (
                real_parameter("REMOVE_MARGIN", self.tr("Margin of Remove"), -0.2, -1.0, 1.0),
                self.tr("Margin at or below which the series contradicts the label."),
            ),
            (
                real_parameter("MIN_SEPARABILITY", self.tr("Smallest separability"), 0.0, 0.0, 2.0),
                self.tr("Separability an index needs to tell a class from the others; classes without one are NA."),
            ),
            (
                integer_parameter("N_SEEDS", self.tr("Maps to average"), 10, 1, 100),
                self.tr("Self-organizing maps, each with another seed, whose evidence is averaged."),
            ),
            (
                integer_parameter("MAP_SIDE", self.tr("Map side"), 0, 0, 100),
                self.tr("Neurons along a side; 0: by the number of samples (tisqe), 10 (sits_som)."),
            ),
        ]

    def _other_methods(self) -> Declared:
        return [
            (
                real_parameter("PRIOR_THRESHOLD", self.tr("Prior threshold of sits"), 0.6, 0.0, 1.0),
                self.tr("sits_som: labels with a smaller share in their neuron are Remove."),
            ),
            (
                real_parameter("POSTERIOR_THRESHOLD", self.tr("Posterior threshold of sits"), 0.6, 0.0, 1.0),
                self.tr("sits_som: the others with a smaller smoothed share are Suspect."),
            ),
            (
                integer_parameter("SITS_ROUNDS", self.tr("Rounds of sits"), 100, 1, 10_000),
                self.tr("sits_som: how often each sample is shown to the map."),
            ),
            (
                integer_parameter("N_FOLDS", self.tr("Number of folds"), 5, 2, 50),
                self.tr("confident_learning, combined: parts that are held out in turn."),
            ),
        ]

    def _season_parameters(self) -> Declared:
        return [
            (
                integer_parameter("MIN_OBSERVATIONS", self.tr("Fewest observations"), 6, 0, 1000),
                self.tr("Clear observations that the season needs, as far as the series has so many dates."),
            ),
            (
                real_parameter("MAX_GAP_DAYS", self.tr("Longest gap [days]"), 45.0, 0.0, 10_000.0),
                self.tr("Longest time in the season without a clear observation; never below two dates apart."),
            ),
            (
                real_parameter("PEAK_DAYS", self.tr("Nearness to the peak [days]"), 20.0, 0.0, 10_000.0),
                self.tr("A clear observation is needed this near to the peak of the season."),
            ),
            (
                real_parameter("MATCH_DAYS", self.tr("Nearness to the date [days]"), 30.0, 0.0, 10_000.0),
                self.tr("A season this far from the sample's date is still its season."),
            ),
            (
                real_parameter("MIN_PROMINENCE", self.tr("Smallest prominence"), 0.1, 0.0, 10.0),
                self.tr("How far a peak must stand above its valleys, in units of the index."),
            ),
            (
                real_parameter("MIN_SEASON_DAYS", self.tr("Shortest season [days]"), 60.0, 0.0, 1000.0),
                self.tr("Shorter seasons are not counted."),
            ),
            (
                real_parameter("MAX_SEASON_DAYS", self.tr("Longest season [days]"), 300.0, 1.0, 1000.0),
                self.tr("Longer seasons are not counted."),
            ),
        ]

    def _calendar_parameters(self) -> Declared:
        kind = QgsProcessing.SourceType.TypeVectorPolygon
        return [
            (
                QgsProcessingParameterFeatureSource(self.CALENDAR, self.tr("Crop calendar"), [kind], optional=True),
                self.tr(
                    "Polygons with the days of the year at which crops start and end, as of GEOGLAM: seasons are then "
                    "those of the sample's crop. An end before the start lies in the next year."
                ),
            ),
            (
                QgsProcessingParameterRasterLayer(
                    "CALENDAR_RASTER", self.tr("Crop calendar as a raster"), optional=True
                ),
                self.tr("The same as a raster with start and end in pairs of bands, as of WorldCereal; 0 is no data."),
            ),
            (
                self._calendar_field("CALENDAR_CROP_FIELD", self.tr("Crop field of the calendar")),
                self.tr("Field with the crop of each polygon. Empty: each polygon counts for all classes."),
            ),
            (
                self._calendar_field("CALENDAR_START_FIELD", self.tr("Start field of the calendar")),
                self.tr("Field with the first day of the year of the season, 1 to 366."),
            ),
            (
                self._calendar_field("CALENDAR_END_FIELD", self.tr("End field of the calendar")),
                self.tr("Field with the last day of the year of the season, 1 to 366."),
            ),
            (
                QgsProcessingParameterString("CALENDAR_CLASSES", self.tr("Classes and their calendars"), optional=True),
                self.tr(
                    "Which crop of the calendar a class is, such as 'Soy_Corn = soybean; Soy_Corn = maize', or which "
                    "pair of fields or bands, such as 'maize = m1sos:m1eos' or 'wheat = 1:2'; * is every other class. "
                    "Empty: the crop named like the class."
                ),
            ),
        ]

    def _calendar_field(self, name: str, description: str) -> QgsProcessingParameterField:
        return QgsProcessingParameterField(name, description, None, self.CALENDAR, optional=True)

    def _weight_parameters(self) -> Declared:
        texts = {
            "WEIGHT_KEEP": (self.tr("Weight of Keep"), 1.0),
            "WEIGHT_SUSPECT": (self.tr("Weight of Suspect"), 0.5),
            "WEIGHT_REMOVE": (self.tr("Weight of Remove"), 0.05),
            "WEIGHT_DATA_GAP": (self.tr("Weight of DataGap"), 0.3),
            "WEIGHT_NOT_JUDGED": (self.tr("Weight of NA"), 0.5),
        }
        help_text = self.tr("How much such samples count in training; 0 leaves them out.")
        weights = [
            (real_parameter(name, title, value, 0.0, 100.0), help_text) for name, (title, value) in texts.items()
        ]
        outside = real_parameter("WEIGHT_OUT_OF_SEASON", self.tr("Weight of dates out of season"), 0.3, 0.0, 1.0)
        return [
            *weights,
            (outside, self.tr("How much dates outside of every growing season count, in the quality facts.")),
        ]

    def _declare_outputs(self) -> None:
        kind = QgsProcessing.SourceType.TypeVector
        self.declare(
            QgsProcessingParameterFeatureSink(self.OUTPUT, self.tr("Judged samples"), kind),
            self.tr("The samples with category, weight, evidence, season, suggested label and the reason in words."),
        )
        tables = {
            self.SEASONS: (self.tr("Seasons"), self.tr("Table of the seasons found, with the samples of each class.")),
            self.INDICES: (
                self.tr("Indices"),
                self.tr("Table of how well each index tells each class, and the choice."),
            ),
            self.LEDGER: (
                self.tr("Ledger"),
                self.tr("Table of the categories by class and season; counts every sample."),
            ),
        }
        for name, (title, help_text) in tables.items():
            self.declare(
                QgsProcessingParameterFeatureSink(name, title, kind, optional=True, createByDefault=False), help_text
            )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.REPORT, self.tr("Report"), self.tr("HTML files (*.html)"), optional=True
            ),
            self.tr("Counts, seasons, indices, maps of neurons and examples of each category, as a page to read."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.QUALITY_FACTS, self.tr("Quality facts"), self.tr("JSON files (*.json)"), optional=True
            ),
            self.tr("Counts, thresholds and weights of the dates in season, for 'Train classifier' to use and keep."),
        )
        self.declare(
            dropped_sink(self.tr("Dropped samples")),
            self.tr("Table of samples that no series could be read for, each with the reason."),
        )
        self.declare_numbers(
            {
                "N_KEEP": self.tr("number of Keep"),
                "N_SUSPECT": self.tr("number of Suspect"),
                "N_REMOVE": self.tr("number of Remove"),
                "N_DATA_GAP": self.tr("number of DataGap"),
                "N_NOT_JUDGED": self.tr("number of NA"),
                "N_SAMPLES": self.tr("number of samples"),
                "N_SEASONS": self.tr("number of seasons found"),
                "N_DUPLICATES": self.tr("number of samples that share place and year with another"),
            }
        )

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: Any) -> dict[str, Any]:  # noqa: ANN401, ARG002 - QGIS
        """Let the samples be shown by category when they are loaded."""
        style_labels_on_loading(context)
        return {}
