"""Label consensus: several labelers' labels merged into one per sample, with how far they agree."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.label_loading import style_labels_on_loading
from cropsample_plugin.algorithms.parameters import choice_parameter, dropped_sink, integer_parameter, real_parameter
from cropsample_plugin.algorithms.text_lists import comma_separated

METHODS = ("majority", "dawid_skene")
TIES = ("drop", "keep", "third_opinion")


class LabelConsensusAlgorithm(EngineAlgorithm):
    """Merge the labels of several labelers."""

    ID = "labelconsensus"
    GROUP_ID = "labelquality"
    TAGS = (
        "labelers",
        "majority",
        "votes",
        "kappa",
        "agreement",
        "fleiss",
        "krippendorff",
        "dawid skene",
        "collect earth online",
        "ceo",
    )
    GUIDE = "label_quality"

    INPUT = "INPUT"
    MORE_SETS = "MORE_SETS"
    SAMPLE_ID_FIELD = "SAMPLE_ID_FIELD"
    LABELER_FIELD = "LABELER_FIELD"
    CLASS_FIELD = "CLASS_FIELD"
    LABEL_FIELDS = "LABEL_FIELDS"
    METHOD = "METHOD"
    TIES = "TIES"
    ARBITER = "ARBITER"
    MIN_LABELS = "MIN_LABELS"
    MIN_SHARE = "MIN_SHARE"
    ORDERED_CLASSES = "ORDERED_CLASSES"
    CONFIDENCE_FIELD = "CONFIDENCE_FIELD"
    CLASS_FIELDS_OF_SETS = "CLASS_FIELDS_OF_SETS"
    MERGE_NAMES = "MERGE_NAMES"
    SAMPLES = "SAMPLES"
    SAMPLES_ID_FIELD = "SAMPLES_ID_FIELD"
    OUTPUT = "OUTPUT"
    LABELERS = "LABELERS"
    PAIRS = "PAIRS"
    REPORT = "REPORT"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Label consensus")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Merges the labels of several labelers into one per sample and says how far they agree.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Gives every sample the class that most of its labelers gave it, or the likeliest one given how each "
            "labeler errs, and says how far labelers agree: by pair with Cohen's kappa, all together with Fleiss' "
            "kappa and Krippendorff's alpha. Samples whose labels differ are ranked by how much another look "
            "would help.\n\n"
            "Labels come with a row per label (sample id, labeler, class), with a column per labeler, or as several "
            "layers, one per labeler or set. Exports of Collect Earth Online are read as they are: leave all fields "
            "empty. Blank and repeated labels are not counted; each is listed with the reason.\n\n"
            "Labelers who agree may still be wrong together: agreement is no accuracy."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_labels()
        self._declare_fields()
        self._declare_decision()
        self._declare_rare()
        self._declare_outputs()

    def _declare_labels(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSource(self.INPUT, self.tr("Labels"), [QgsProcessing.SourceType.TypeVector]),
            self.tr("Layer or table with the labels; an export of Collect Earth Online as it is."),
        )
        self.declare(
            QgsProcessingParameterMultipleLayers(
                self.MORE_SETS, self.tr("More label sets"), QgsProcessing.SourceType.TypeVector, optional=True
            ),
            self.tr(
                "Further layers with labels of the same samples. Without a labeler field each layer counts as one "
                "labeler, under its name."
            ),
        )

    def _field(self, name: str, description: str, *, multiple: bool = False, parent: str = "") -> Any:  # noqa: ANN401
        return QgsProcessingParameterField(
            name, description, None, parent or self.INPUT, allowMultiple=multiple, optional=True
        )

    def _declare_fields(self) -> None:
        self.declare(
            self._field(self.SAMPLE_ID_FIELD, self.tr("Sample id field")),
            self.tr(
                "Field that says which sample a row is about. Empty: 'plotid' in exports of Collect Earth Online, the "
                "row itself where there is a column per labeler."
            ),
        )
        self.declare(
            self._field(self.CLASS_FIELD, self.tr("Class field")),
            self.tr(
                "Field with the label of a row, text or whole numbers. Empty: the question in exports of Collect Earth "
                "Online."
            ),
        )
        self.declare(
            self._field(self.LABELER_FIELD, self.tr("Labeler field")),
            self.tr("Field that says who gave the label of a row. Empty: each layer is one labeler."),
        )
        self.declare(
            self._field(self.LABEL_FIELDS, self.tr("Label fields"), multiple=True),
            self.tr("One field per labeler, where a row holds all labels of a sample; class and labeler fields empty."),
        )

    def _declare_decision(self) -> None:
        self.declare(
            choice_parameter(self.METHOD, self.tr("Method"), METHODS, METHODS[0]),
            self.tr(
                "majority: the class most labels say; dawid_skene: the likeliest class by a model of each labeler's "
                "errors, which takes many samples to learn."
            ),
        )
        self.declare(
            choice_parameter(self.TIES, self.tr("Ties"), TIES, TIES[0]),
            self.tr(
                "drop: samples without a decision are left out and listed; keep: they stay, without a class; "
                "third_opinion: the arbiter decides them, and the others stay without a class."
            ),
        )
        self.declare(
            QgsProcessingParameterString(self.ARBITER, self.tr("Arbiter"), optional=True),
            self.tr("Name of the labeler (or field, or layer) whose labels count only where the others are undecided."),
        )
        self.declare(
            integer_parameter(self.MIN_LABELS, self.tr("Fewest labels"), 2, 1, 1000),
            self.tr("Labels that a sample needs to get a class."),
        )
        self.declare(
            real_parameter(self.MIN_SHARE, self.tr("Smallest share"), 0.0, 0.0, 1.0),
            self.tr("Share of the votes, or probability, that the class needs; 0: just more than any other."),
        )

    def _declare_rare(self) -> None:
        self.declare_all(
            [
                (
                    QgsProcessingParameterString(self.ORDERED_CLASSES, self.tr("Ordered classes"), optional=True),
                    self.tr(
                        "All classes from low to high with commas between them, where they are ordered: far confusions "
                        "then weigh more in kappa and alpha."
                    ),
                ),
                (
                    self._field(self.CONFIDENCE_FIELD, self.tr("Confidence field")),
                    self.tr("Field with how sure the labeler was, a positive number; labels count that much."),
                ),
                (
                    QgsProcessingParameterString(
                        self.CLASS_FIELDS_OF_SETS, self.tr("Class fields of the further sets"), optional=True
                    ),
                    self.tr("Class field of each further layer with commas between them, where it has another name."),
                ),
                (
                    QgsProcessingParameterBoolean(self.MERGE_NAMES, self.tr("Merge similar class names"), False),  # noqa: FBT003
                    self.tr("Take names that differ in capitals, spaces or hyphens alone for one class."),
                ),
                (
                    QgsProcessingParameterFeatureSource(
                        self.SAMPLES, self.tr("Sample places"), [QgsProcessing.SourceType.TypeVector], optional=True
                    ),
                    self.tr(
                        "Layer with the place of each sample; labels of ids that it does not hold are not counted."
                    ),
                ),
                (
                    self._field(self.SAMPLES_ID_FIELD, self.tr("Id field of the sample places"), parent=self.SAMPLES),
                    self.tr("Field with the sample id in that layer. Empty: called as the sample id field."),
                ),
            ],
            advanced=True,
        )

    def _declare_outputs(self) -> None:
        kind = QgsProcessing.SourceType.TypeVector
        self.declare(
            QgsProcessingParameterFeatureSink(self.OUTPUT, self.tr("Consensus"), QgsProcessing.SourceType.TypeVector),
            self.tr(
                "One row per sample: class, outcome, share of votes, the label of each labeler, rank to look again."
            ),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.LABELERS, self.tr("Labelers"), kind, optional=True, createByDefault=False
            ),
            self.tr("Table of how reliable each labeler is, over all classes and for each."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.PAIRS, self.tr("Pairs of labelers"), kind, optional=True, createByDefault=False
            ),
            self.tr("Table of the agreement of every two labelers."),
        )
        self.declare(
            dropped_sink(self.tr("Labels not counted")),
            self.tr("Table of labels that were not counted and samples without a decision, each with the reason."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.REPORT, self.tr("Report"), self.tr("HTML files (*.html)"), optional=True
            ),
            self.tr("Agreement, reliability and the samples to look at again, as a page to read."),
        )
        self.declare_numbers(
            {
                "N_CONSENSUS": self.tr("number of samples with a class"),
                "N_TIES": self.tr("number of ties"),
                "N_UNANIMOUS": self.tr("number of samples whose labels, two or more, all agree"),
                "FLEISS_KAPPA": self.tr("Fleiss' kappa of all labelers"),
                "KRIPPENDORFF_ALPHA": self.tr("Krippendorff's alpha of all labelers"),
                "N_SAMPLES": self.tr("number of samples"),
                "N_LABELERS": self.tr("number of labelers"),
                "N_LOST": self.tr("number of labels not counted"),
            }
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the parameters taken together, or ""."""
        fields = self.parameterAsFields(parameters, self.LABEL_FIELDS, context)
        if fields and (parameters.get(self.CLASS_FIELD) or parameters.get(self.MORE_SETS)):
            return self.tr("Give either label fields, or a class field and label sets, not both.")
        arbiter = self.parameterAsString(parameters, self.ARBITER, context).strip()
        if self.parameterAsEnumString(parameters, self.TIES, context) == "third_opinion" and not arbiter:
            return self.tr("A third opinion needs the name of the arbiter.")
        return ""

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:
        """Name the layers, and split what is written with commas."""
        return {
            **values,
            "set_names": [*reader.layer_names(self.INPUT), *reader.layer_names(self.MORE_SETS)],
            "ordered_classes": comma_separated(values["ordered_classes"]),
            "class_fields_of_sets": comma_separated(values["class_fields_of_sets"]),
        }

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: Any) -> dict[str, Any]:  # noqa: ANN401, ARG002 - QGIS
        """Let the samples be shown by category when they are loaded."""
        style_labels_on_loading(context)
        return {}
