"""Composite time series: cloudy acquisitions become one clear observation per period."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import QgsProcessingParameterDateTime

from cropsample_plugin.algorithms.parameters import (
    GEOTIFF_EXTENSIONS,
    RasterFileDestination,
    choice_parameter,
    integer_parameter,
)
from cropsample_plugin.algorithms.stack_or_series import StackOrSeriesAlgorithm

METHODS = ("least_cloudy", "median", "medoid", "max_ndvi")
LONGEST_PERIOD_DAYS = 3660
MOST_PERIODS = 5000


class CompositeTimeSeriesAlgorithm(StackOrSeriesAlgorithm):
    """Composite a stack, or the rows of a series layer, by period."""

    ID = "compositetimeseries"
    TAGS = ("mosaic", "cloud mask", "monthly", "median", "medoid", "maximum value composite", "SCL", "QA60", "qa_pixel")
    RASTER_OUTPUTS: ClassVar[tuple[str, ...]] = ("OUTPUT", "OBSERVATIONS")

    METHOD = "METHOD"
    START_DATE = "START_DATE"
    PERIOD_DAYS = "PERIOD_DAYS"
    N_PERIODS = "N_PERIODS"
    OBSERVATIONS = "OBSERVATIONS"
    GAP_SHARE = "GAP_SHARE"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Composite time series")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Makes one clear observation per period out of many cloudy ones.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Makes one clear observation per pixel and period out of many acquisitions, some of them cloudy: the least "
            "cloudy one (of equal ones the nearest to the middle of the period), the median of each band, the medoid, "
            "or the one of largest NDVI. Twelve periods of 30 days are the recipe of the Togo crop map.\n\n"
            "Clouds come from a mask: Sentinel-2 SCL or QA60, s2cloudless probability, Landsat QA_PIXEL, or any band "
            "with a rule. Periods without a clear observation stay empty; on request a layer says how many there were."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare_inputs()
        self.declare(
            choice_parameter(self.METHOD, self.tr("Method"), METHODS, METHODS[0]),
            self.tr("Which observation of a period is taken; median takes each band by itself."),
        )
        self._declare_periods()
        self.declare_mask()
        self.declare_roles()
        self.declare_resume()
        self.declare_outputs(
            self.tr("Composites"),
            self.tr("A dated stack with one date per period, its first day; values as in the input."),
            self.tr("The rows of the series layer with one field per period and band."),
        )
        self.declare(
            RasterFileDestination(
                self.OBSERVATIONS,
                self.tr("Observations and gaps"),
                GEOTIFF_EXTENSIONS,
                optional=True,
                by_default=False,
            ),
            self.tr("Numbers of clear observations and of gaps (cloudy or without data) of each pixel and period."),
        )
        self.declare_numbers({self.GAP_SHARE: self.tr("share of pixels and periods without a clear observation")})

    def _declare_periods(self) -> None:
        self.declare(
            QgsProcessingParameterDateTime(
                self.START_DATE,
                self.tr("Start date"),
                QgsProcessingParameterDateTime.Type.Date,
                optional=True,
            ),
            self.tr("First day of the first period. Empty: the first date of the series."),
        )
        self.declare(
            integer_parameter(self.PERIOD_DAYS, self.tr("Period [days]"), 30, 1, LONGEST_PERIOD_DAYS),
            self.tr("Length of a period."),
        )
        self.declare(
            integer_parameter(self.N_PERIODS, self.tr("Number of periods"), 12, 0, MOST_PERIODS),
            self.tr("How many periods; 0: as many as the series has."),
        )
