"""Extract time series: the series of a dated stack at points and in polygons."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.parameters import (
    dropped_sink,
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


class ExtractTimeSeriesAlgorithm(EngineAlgorithm):
    """Sample a dated stack at labeled points or polygons."""

    ID = "extracttimeseries"
    GROUP_ID = "timeseries"
    TAGS = ("sample raster values", "extract", "points", "polygons", "series", "season", "training data")
    JOB_NAMES: ClassVar[dict[str, str]] = {"INPUT": "samples", "INNER_BUFFER": "inner_buffer_m"}

    INPUT = "INPUT"
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
        self.declare_all(pixel_parameters(self.tr))
        self.declare_all(season_parameters(self.tr, self.INPUT), advanced=True)

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:  # noqa: ARG002 - QGIS's signature
        """Return what is wrong with the season fields taken together, or ""."""
        return season_problem(parameters.get(START_FIELD) or "", parameters.get(END_FIELD) or "", self.tr)
