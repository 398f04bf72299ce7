"""What the operations on time series have in common: a stack or a series layer in, one of the same kind out."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.parameters import (
    GEOTIFF_EXTENSIONS,
    STACK,
    RasterFileDestination,
    choice_parameter,
    real_parameter,
    scheduler_parameter,
    stack_parameter,
)

MASK_KINDS = ("auto", "scl", "qa60", "s2cloudless", "qa_pixel", "rule")
SENSORS = ("auto", "sentinel-2", "landsat-8-9", "landsat-4-7", "modis")
ENCODINGS = ("like_input", "int16", "float32")
_EMPTY = (None, "", [])


class StackOrSeriesAlgorithm(EngineAlgorithm):
    """An operation on a dated stack, or equally on the rows of a series layer.

    Attributes:
        RASTER_OUTPUTS: outputs that only a stack gives.
    """

    GROUP_ID = "timeseries"
    GUIDE = "time_series"
    JOB_NAMES: ClassVar[dict[str, str]] = {"INPUT": "samples"}
    RASTER_OUTPUTS: ClassVar[tuple[str, ...]] = ("OUTPUT",)

    STACK = STACK
    INPUT = "INPUT"
    CLOUD_MASK = "CLOUD_MASK"
    MASK_BAND = "MASK_BAND"
    MASK_KIND = "MASK_KIND"
    MASK_RULE = "MASK_RULE"
    MAX_PROBABILITY = "MAX_PROBABILITY"
    SENSOR = "SENSOR"
    BAND_ROLES = "BAND_ROLES"
    RESUME = "RESUME"
    OUTPUT = "OUTPUT"
    OUTPUT_SERIES = "OUTPUT_SERIES"

    def declare_inputs(self) -> None:
        """Add the stack and the series layer, one of which is given."""
        self.declare(
            stack_parameter(self.tr("Dated stack"), optional=True),
            self.tr("A raster made by 'Build time series'. Give this or a series layer."),
        )
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.INPUT, self.tr("Series layer"), [QgsProcessing.SourceType.TypeVector], optional=True
            ),
            self.tr(
                "A layer with one field per date and band, as 'Extract time series' writes it. Give this or a stack."
            ),
        )

    def declare_mask(self) -> None:
        """Add where clouds are."""
        self.declare(
            QgsProcessingParameterRasterLayer(self.CLOUD_MASK, self.tr("Cloud mask"), None, optional=True),
            self.tr(
                "A dated stack on the same grid with every date of the input. Empty: the mask band is in the input."
            ),
        )
        self.declare(
            QgsProcessingParameterString(self.MASK_BAND, self.tr("Mask band"), optional=True),
            self.tr("Name of the band that says where clouds are, such as SCL. Empty: the only one, or no mask."),
        )
        self.declare(
            choice_parameter(self.MASK_KIND, self.tr("Kind of mask"), MASK_KINDS, MASK_KINDS[0]),
            self.tr(
                "What the mask's values mean. auto: told by the band's name; scl: Sentinel-2 scene classification; "
                "qa60: Sentinel-2 cloud bits; s2cloudless: cloud probability in percent; qa_pixel: Landsat Collection "
                "2; rule: your own."
            ),
        )
        self.declare(
            QgsProcessingParameterString(self.MASK_RULE, self.tr("Mask rule"), optional=True),
            self.tr("When an observation is clear, such as: value < 20, or (value == 4) | (value == 5)."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.MAX_PROBABILITY, self.tr("Largest cloud probability [percent]"), 40.0, 0.0, 100.0),
            self.tr(
                "Observations with a larger probability are cloudy. 100: always take the least cloudy observation."
            ),
            advanced=True,
        )

    def declare_roles(self) -> None:
        """Add what bands are."""
        self.declare(
            choice_parameter(self.SENSOR, self.tr("Sensor"), SENSORS, SENSORS[0]),
            self.tr("Says which band is red, near infrared and so on. auto: told by the names of the bands."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterString(self.BAND_ROLES, self.tr("Band roles"), optional=True),
            self.tr("For bands whose names do not tell: role=band, separated by commas, such as N=nir_mean, R=red."),
            advanced=True,
        )

    def declare_resume(self) -> None:
        """Add whether to continue an interrupted run, and where to run."""
        self.declare(
            QgsProcessingParameterBoolean(self.RESUME, self.tr("Continue an interrupted run"), defaultValue=True),
            self.tr("Keep the blocks that an interrupted run with the same input and parameters has finished."),
            advanced=True,
        )
        self.declare(
            scheduler_parameter(self.tr("Dask scheduler")),
            self.tr(
                "For a stack: a Dask cluster that shares the work, as tcp://host:8786 or a scheduler file; local:2 for "
                "two processes of this machine. Empty: this machine alone."
            ),
            advanced=True,
        )

    def declare_outputs(self, raster: str, raster_help: str, series_help: str) -> None:
        """Add the raster and the series layer, one of which is written."""
        self.declare(
            RasterFileDestination(self.OUTPUT, raster, GEOTIFF_EXTENSIONS, optional=True),
            raster_help,
        )
        self.declare(self._series_sink(), series_help)

    def _series_sink(self) -> QgsProcessingParameterFeatureSink:
        kind = QgsProcessing.SourceType.TypeVector
        description = self.tr("Series layer")
        return QgsProcessingParameterFeatureSink(
            self.OUTPUT_SERIES, description, kind, optional=True, createByDefault=False
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:  # noqa: ARG002
        """Return why input and output do not go together, or ""."""
        has_stack = parameters.get(self.STACK) not in _EMPTY
        if has_stack == (parameters.get(self.INPUT) not in _EMPTY):
            return self.tr("Give either a dated stack or a series layer: leave one of the two empty.")
        output = self.OUTPUT if has_stack else self.OUTPUT_SERIES
        if parameters.get(output) in _EMPTY:
            return self.tr("Say where to write the result: '{}' is empty.").format(
                self.parameterDefinition(output).description()
            )
        return ""

    def run_in_engine(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Leave out the outputs of the other kind, then run."""
        has_stack = parameters.get(self.STACK) not in _EMPTY
        unused = (self.OUTPUT_SERIES,) if has_stack else self.RASTER_OUTPUTS
        return super().run_in_engine(
            {name: None if name in unused else value for name, value in parameters.items()}, context, feedback
        )
