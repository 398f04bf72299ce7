"""What the algorithms that learn from labeled series ask for: samples, stack, fields, weights, gaps."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.parameters import choice_parameter, real_parameter, stack_parameter
from cropsample_plugin.algorithms.sample_parameters import (
    END_FIELD,
    START_FIELD,
    pixel_parameters,
    season_parameters,
    season_problem,
)

CLASS_WEIGHTS = ("none", "balanced")
MISSING_VALUES = ("linear", "refuse")


class LabeledSeriesAlgorithm(EngineAlgorithm):
    """An algorithm that learns from a series layer, or from samples and a stack."""

    SAMPLES = "SAMPLES"
    STACK = "STACK"
    CLASS_FIELD = "CLASS_FIELD"
    WEIGHT_FIELD = "WEIGHT_FIELD"
    GROUP_FIELD = "GROUP_FIELD"
    DOMAIN_FIELD = "DOMAIN_FIELD"
    CLASS_WEIGHTS = "CLASS_WEIGHTS"
    MISSING_VALUES = "MISSING_VALUES"
    MAX_MISSING_SHARE = "MAX_MISSING_SHARE"

    def declare_samples(self) -> None:
        """Declare the samples and the stack to read their series from."""
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

    def declare_fields(self) -> None:
        """Declare the fields of the samples."""
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

    def declare_weights_and_gaps(self) -> None:
        """Declare class weights and the rule for missing values."""
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

    def declare_reading(self) -> None:
        """Declare which pixels and dates of a sample are read."""
        self.declare_all(pixel_parameters(self.tr), advanced=True)
        self.declare_all(season_parameters(self.tr, self.SAMPLES), advanced=True)

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the fields taken together, or ""."""
        class_field = self.parameterAsString(parameters, self.CLASS_FIELD, context)
        for name in (self.WEIGHT_FIELD, self.GROUP_FIELD, self.DOMAIN_FIELD):
            if parameters.get(name) and parameters[name] == class_field:
                label = self.parameterDefinition(name).description()
                return self.tr("{}: '{}' is the class field. Choose another field.").format(label, class_field)
        return season_problem(parameters.get(START_FIELD) or "", parameters.get(END_FIELD) or "", self.tr)
