"""Preprocess time series: gaps filled, put on a regular grid, smoothed."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.parameters import choice_parameter, integer_parameter, real_parameter
from cropsample_plugin.algorithms.stack_or_series import ENCODINGS, StackOrSeriesAlgorithm

METHODS = (
    "7_day_linear",
    "7_day_linear_whittaker",
    "7_day_linear_peak_alignment",
    "coarse_linear",
    "raw",
    "raw_whittaker",
    "savitzky_golay",
    "harmonic",
)
LONGEST_PERIOD_DAYS = 366


class PreprocessTimeSeriesAlgorithm(StackOrSeriesAlgorithm):
    """Fill gaps of and smooth a stack, or the rows of a series layer."""

    ID = "preprocesstimeseries"
    TAGS = ("gap filling", "smoothing", "Whittaker", "Savitzky-Golay", "harmonic", "interpolation", "regular grid")

    METHOD = "METHOD"
    PERIOD_DAYS = "PERIOD_DAYS"
    START_DATE = "START_DATE"
    END_DATE = "END_DATE"
    SMOOTHNESS = "SMOOTHNESS"
    WINDOW_STEPS = "WINDOW_STEPS"
    DEGREE = "DEGREE"
    N_HARMONICS = "N_HARMONICS"
    EXTRAPOLATE = "EXTRAPOLATE"
    PEAK_BAND = "PEAK_BAND"
    PEAK_DATE = "PEAK_DATE"
    MAX_SHIFT_DAYS = "MAX_SHIFT_DAYS"
    ENCODING = "ENCODING"
    N_DATES = "N_DATES"
    GAP_SHARE = "GAP_SHARE"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Preprocess time series")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Fills gaps, puts series on a regular grid and smooths them.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Turns irregular series with gaps into regular, smooth ones: the six methods of the best-practices study "
            "(raw, raw + Whittaker, coarse linear, 7-day linear, 7-day linear + Whittaker, 7-day linear + "
            "phenology-peak alignment), Savitzky-Golay and harmonic regression.\n\n"
            "Nothing is made up before the first and after the last clear observation unless you ask for it. Method "
            "and settings are written into the result: a model trained on one refuses another. The user guide says "
            "which method to use when, from measured errors."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare_inputs()
        self.declare(
            choice_parameter(self.METHOD, self.tr("Method"), METHODS, METHODS[0]),
            self.tr("How gaps are filled and noise is removed."),
        )
        self._declare_grid()
        self.declare_mask()
        self._declare_methods()
        self.declare(
            choice_parameter(self.ENCODING, self.tr("Store values as"), ENCODINGS, ENCODINGS[0]),
            self.tr("like_input: the input's type and scale; int16: steps of 0.0001; float32: decimal numbers."),
            advanced=True,
        )
        self.declare_resume()
        self.declare_outputs(
            self.tr("Preprocessed stack"),
            self.tr("A dated stack with the bands of the input at the dates of the method."),
            self.tr("The rows of the series layer with one field per new date and band."),
        )
        self.declare_numbers(
            {
                self.N_DATES: self.tr("number of dates"),
                self.GAP_SHARE: self.tr("share of values that are still missing"),
            }
        )

    def _declare_grid(self) -> None:
        self.declare(
            integer_parameter(self.PERIOD_DAYS, self.tr("Step [days]"), 0, 0, LONGEST_PERIOD_DAYS),
            self.tr("Days from one date to the next; 0: the method's own, 7 days, or 30 for coarse linear."),
        )
        texts = {
            self.START_DATE: (
                self.tr("Start date"),
                self.tr("First date of the grid; keep it equal between regions and years. Empty: that of the series."),
            ),
            self.END_DATE: (self.tr("End date"), self.tr("End of the grid. Empty: the last date of the series.")),
        }
        for name, (description, help_text) in texts.items():
            kind = QgsProcessingParameterDateTime.Type.Date
            self.declare(QgsProcessingParameterDateTime(name, description, kind, optional=True), help_text)

    def _declare_methods(self) -> None:
        self.declare_all(
            [
                (
                    real_parameter(self.SMOOTHNESS, self.tr("Whittaker smoothness"), 10.0, 1e-6, 1e9),
                    self.tr("The larger the smoother; 10 follows the data closely."),
                ),
                (
                    integer_parameter(self.WINDOW_STEPS, self.tr("Savitzky-Golay window [steps]"), 7, 3, 999),
                    self.tr("Odd number of steps of the moving window."),
                ),
                (
                    integer_parameter(self.DEGREE, self.tr("Savitzky-Golay degree"), 2, 0, 6),
                    self.tr("Degree of the polynomial, less than the window."),
                ),
                (
                    integer_parameter(self.N_HARMONICS, self.tr("Waves per year"), 2, 1, 6),
                    self.tr("Of the harmonic regression: 1 for one season a year, 2 for two."),
                ),
                (
                    QgsProcessingParameterBoolean(self.EXTRAPOLATE, self.tr("Extrapolate"), defaultValue=False),
                    self.tr("Continue before the first and after the last clear observation; the result says so."),
                ),
                (
                    QgsProcessingParameterString(self.PEAK_BAND, self.tr("Peak band"), optional=True),
                    self.tr("Band whose peak is aligned. Empty: NDVI, EVI or the like, or the only band."),
                ),
                (
                    QgsProcessingParameterDateTime(
                        self.PEAK_DATE,
                        self.tr("Peak date"),
                        QgsProcessingParameterDateTime.Type.Date,
                        optional=True,
                    ),
                    self.tr("Date to which peaks are moved. Empty: the middle of the series."),
                ),
                (
                    integer_parameter(self.MAX_SHIFT_DAYS, self.tr("Largest shift [days]"), 90, 1, 366),
                    self.tr("Series whose peak lies further away stay where they are."),
                ),
            ],
            advanced=True,
        )
