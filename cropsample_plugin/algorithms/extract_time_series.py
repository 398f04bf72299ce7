"""Extract time series: the series of a dated stack at points and in polygons."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.parameters import (
    dropped_sink,
    inner_buffer_parameter,
    integer_parameter,
    seed_parameter,
    stack_parameter,
)

MOST_PIXELS = 100_000


class ExtractTimeSeriesAlgorithm(EngineAlgorithm):
    """Sample a dated stack at labeled points or polygons."""

    ID = "extracttimeseries"
    GROUP_ID = "timeseries"
    TAGS = ("sample raster values", "extract", "points", "polygons", "series", "season", "training data")
    JOB_NAMES: ClassVar[dict[str, str]] = {"INPUT": "samples", "INNER_BUFFER": "inner_buffer_m"}

    INPUT = "INPUT"
    PIXELS_PER_POLYGON = "PIXELS_PER_POLYGON"
    START_FIELD = "START_FIELD"
    END_FIELD = "END_FIELD"
    OUTPUT = "OUTPUT"
    N_SAMPLES = "N_SAMPLES"
    N_DROPPED = "N_DROPPED"
    N_ROWS = "N_ROWS"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Extract time series")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Reads the series of a dated stack at points and in polygons.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Reads the series of a dated stack at points or in polygons of any CRS and writes one row per sample or "
            "pixel, with one field per date and band beside the fields of the input.\n\n"
            "Of a polygon its central pixel is read, or random pixels at a distance from its edge. Samples outside the "
            "stack, on nodata or twice in the same pixel are counted and listed with the reason, never silently gone."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_input()
        self._declare_season()
        self.declare(
            seed_parameter(self.tr("Random seed")),
            self.tr("The same seed picks the same pixels."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterFeatureSink(self.OUTPUT, self.tr("Series at samples")),
            self.tr("One row per sample or pixel: the fields of the input, then one field per date and band."),
        )
        self.declare(
            dropped_sink(self.tr("Dropped samples")),
            self.tr("Table of the samples that were left out, each with the reason."),
        )
        self.declare_numbers(
            {
                self.N_SAMPLES: self.tr("number of samples with a series"),
                self.N_DROPPED: self.tr("number of samples left out"),
                self.N_ROWS: self.tr("number of rows written"),
            }
        )

    def _declare_input(self) -> None:
        kinds = [QgsProcessing.SourceType.TypeVectorPoint, QgsProcessing.SourceType.TypeVectorPolygon]
        self.declare(
            QgsProcessingParameterFeatureSource(self.INPUT, self.tr("Samples"), kinds),
            self.tr("Points or polygons in any CRS."),
        )
        self.declare(stack_parameter(self.tr("Dated stack")), self.tr("A raster made by 'Build time series'."))
        self.declare(
            integer_parameter(self.PIXELS_PER_POLYGON, self.tr("Pixels per polygon"), 1, 1, MOST_PIXELS),
            self.tr("1: the most central pixel of each polygon; more: that many random pixels, or all there are."),
        )
        self.declare(
            inner_buffer_parameter(self.tr("Inner buffer [metres]")),
            self.tr("Distance that pixels keep from the polygon's edge, to avoid mixed pixels."),
        )

    def _declare_season(self) -> None:
        self.declare(
            QgsProcessingParameterField(
                self.START_FIELD, self.tr("Season start field"), None, self.INPUT, optional=True
            ),
            self.tr("Field with the date at which each sample's own season starts. Empty: the whole time axis."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterField(self.END_FIELD, self.tr("Season end field"), None, self.INPUT, optional=True),
            self.tr("Field with the date at which each sample's own season ends. Empty: the whole time axis."),
            advanced=True,
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:  # noqa: ARG002 - QGIS's signature
        """Return what is wrong with the season fields taken together, or ""."""
        start, end = parameters.get(self.START_FIELD) or "", parameters.get(self.END_FIELD) or ""
        if bool(start) != bool(end):
            return self.tr("A sample's season needs both its start and its end field. Give both, or neither.")
        if start and start == end:
            return self.tr("Season start and end are the same field '{}'. Choose two fields.").format(start)
        return ""
