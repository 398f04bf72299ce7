"""Detect seasons: start, peak, end, length and amplitude of each growing season."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSink, QgsProcessingParameterString

from cropsample_plugin.algorithms.parameters import (
    GEOTIFF_EXTENSIONS,
    RasterFileDestination,
    choice_parameter,
    integer_parameter,
    real_parameter,
)
from cropsample_plugin.algorithms.stack_or_series import StackOrSeriesAlgorithm

SMOOTHINGS = ("auto", "whittaker", "none")
MOST_SEASONS = 60


class DetectSeasonsAlgorithm(StackOrSeriesAlgorithm):
    """Find the growing seasons of each pixel of a stack, or of each row of a series layer."""

    ID = "detectseasons"
    TAGS = ("phenology", "start of season", "peak", "end of season", "double cropping", "TIMESAT", "sowing", "harvest")
    RASTER_OUTPUTS: ClassVar[tuple[str, ...]] = ("OUTPUT", "SEASON_IDS")

    INDEX = "INDEX"
    SMOOTHING = "SMOOTHING"
    STEP_DAYS = "STEP_DAYS"
    SMOOTHNESS = "SMOOTHNESS"
    MIN_PROMINENCE = "MIN_PROMINENCE"
    MIN_PROMINENCE_SHARE = "MIN_PROMINENCE_SHARE"
    MIN_DISTANCE_DAYS = "MIN_DISTANCE_DAYS"
    AMPLITUDE_SHARE = "AMPLITUDE_SHARE"
    MIN_LENGTH_DAYS = "MIN_LENGTH_DAYS"
    MAX_LENGTH_DAYS = "MAX_LENGTH_DAYS"
    BARE_BELOW = "BARE_BELOW"
    PERENNIAL_ABOVE = "PERENNIAL_ABOVE"
    MAX_SEASONS = "MAX_SEASONS"
    SEASON_IDS = "SEASON_IDS"
    SEASON_TABLE = "SEASON_TABLE"
    N_SEASONS = "N_SEASONS"
    N_WITH_SEASON = "N_WITH_SEASON"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Detect seasons")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Finds start, peak, end, length and amplitude of each growing season.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Finds the growing seasons of each pixel or row: none, one, two or more a year, across the end of the year "
            "and in either hemisphere. A season is a prominent peak of the index; it starts and ends where the curve "
            "crosses 20 % of its amplitude.\n\n"
            "Seasons that start and end at about the same time get the same id, and a table lists the seasons found. "
            "Bare and perennial land has no season, and the result says why. Dates in rasters are days since "
            "1970-01-01."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare_inputs()
        self.declare(
            QgsProcessingParameterString(self.INDEX, self.tr("Index"), "NDVI"),
            self.tr("Band, index or formula that grows with greenness, such as NDVI, EVI2 or LAI."),
        )
        self.declare_roles()
        self._declare_curve()
        self._declare_thresholds()
        self.declare_resume()
        self.declare_outputs(
            self.tr("Seasons"),
            self.tr(
                "Start, peak, end, length and amplitude of each season, number of seasons, and the reason where there "
                "is none (1: too few data, 2: bare, 3: perennial, 4: no clear peak, 5: too short or too long)."
            ),
            self.tr("The rows of the series layer with the parts of each season as fields."),
        )
        self.declare(
            RasterFileDestination(
                self.SEASON_IDS, self.tr("Season ids"), GEOTIFF_EXTENSIONS, optional=True, by_default=False
            ),
            self.tr("Id of each season as in the table of seasons; 0 is no season."),
        )
        kind = QgsProcessing.SourceType.TypeVector
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.SEASON_TABLE, self.tr("Table of seasons"), kind, optional=True, createByDefault=True
            ),
            self.tr("One row per season found: id, year, number, mean start, peak and end, length and amplitude."),
        )
        self.declare_numbers(
            {
                self.N_SEASONS: self.tr("number of different seasons"),
                self.N_WITH_SEASON: self.tr("number of pixels or rows with a season"),
            }
        )

    def _declare_curve(self) -> None:
        self.declare(
            choice_parameter(self.SMOOTHING, self.tr("Smoothing"), SMOOTHINGS, SMOOTHINGS[0]),
            self.tr("auto: Whittaker unless the series is smooth already; none: only gaps are filled."),
            advanced=True,
        )
        self.declare(
            integer_parameter(self.STEP_DAYS, self.tr("Step [days]"), 10, 1, 60),
            self.tr("Step of the regular grid on which the curve is smoothed."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.SMOOTHNESS, self.tr("Whittaker smoothness"), 1.0, 1e-6, 1e9),
            self.tr("The larger the smoother."),
            advanced=True,
        )

    def _declare_thresholds(self) -> None:
        reals = [
            (self.MIN_PROMINENCE, self.tr("Least prominence"), 0.10, 1e6,
             self.tr("How far a peak stands above its valleys, in units of the index.")),
            (self.MIN_PROMINENCE_SHARE, self.tr("Least prominence [share of range]"), 0.2, 1.0,
             self.tr("The same as share of the range of the series; the larger of both counts.")),
            (self.MIN_DISTANCE_DAYS, self.tr("Least distance of peaks [days]"), 60.0, 366.0,
             self.tr("Of two nearer peaks the higher one counts.")),
            (self.AMPLITUDE_SHARE, self.tr("Share of amplitude at start and end"), 0.2, 0.99,
             self.tr("A season starts and ends where the curve crosses this share of its amplitude.")),
            (self.MIN_LENGTH_DAYS, self.tr("Shortest season [days]"), 60.0, 366.0,
             self.tr("Shorter ones do not count.")),
            (self.MAX_LENGTH_DAYS, self.tr("Longest season [days]"), 300.0, 732.0,
             self.tr("Longer ones do not count.")),
            (self.BARE_BELOW, self.tr("Bare below"), 0.3, 1e6,
             self.tr("A series without a peak that never exceeds this is bare.")),
            (self.PERENNIAL_ABOVE, self.tr("Perennial above"), 0.4, 1e6,
             self.tr("A series without a peak that hardly falls below this is perennial.")),
        ]  # fmt: skip
        for name, description, default, largest, help_text in reals:
            smallest = 0.01 if name == self.AMPLITUDE_SHARE else 0.0
            self.declare(real_parameter(name, description, default, smallest, largest), help_text, advanced=True)
        self.declare(
            integer_parameter(self.MAX_SEASONS, self.tr("Most seasons"), 0, 0, MOST_SEASONS),
            self.tr("How many seasons of a series are written, the most prominent; 0: three for each year it lasts."),
            advanced=True,
        )
