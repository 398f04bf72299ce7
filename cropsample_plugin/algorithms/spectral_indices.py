"""Spectral indices: any index of Awesome Spectral Indices, a formula, and radar units."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterBoolean, QgsProcessingParameterString

from cropsample_plugin.algorithms.parameters import choice_parameter
from cropsample_plugin.algorithms.stack_or_series import StackOrSeriesAlgorithm

RADAR_UNITS = ("auto", "linear", "db", "digital_number")
RADAR_OUTPUTS = ("as_is", "linear", "db", "digital_number")
INDEX_ENCODINGS = ("float32", "int16", "like_input")


class SpectralIndicesAlgorithm(StackOrSeriesAlgorithm):
    """Compute indices of a stack, or of the rows of a series layer."""

    ID = "spectralindices"
    TAGS = ("NDVI", "EVI", "vegetation index", "band math", "formula", "Sentinel-1", "decibel", "ratio", "spyndex")

    INDICES = "INDICES"
    KEEP_BANDS = "KEEP_BANDS"
    RADAR_UNIT = "RADAR_UNIT"
    RADAR_OUTPUT = "RADAR_OUTPUT"
    ENCODING = "ENCODING"
    N_BANDS = "N_BANDS"
    GAP_SHARE = "GAP_SHARE"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Spectral indices")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Computes vegetation and other indices of every date, by name or formula.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Computes indices of every date: any of the Awesome Spectral Indices by name, such as NDVI, EVI2 or LSWI, "
            "or formulas over the bands, such as mine = (B08 - B04) / (B08 + B04).\n\n"
            "Which band is red or near infrared is recognised for Sentinel-2, Landsat and MODIS and can be set. Radar "
            "indices, such as VHVVR, are computed in linear units; radar bands are converted between linear units and "
            "decibel on request, and the result says which it holds."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare_inputs()
        self.declare(
            QgsProcessingParameterString(self.INDICES, self.tr("Indices"), "NDVI", optional=True),
            self.tr(
                "Names and formulas, separated by commas. Formulas take band names, + - * / **, comparisons, and "
                "functions such as sqrt, log10 and where."
            ),
        )
        self.declare(
            QgsProcessingParameterBoolean(self.KEEP_BANDS, self.tr("Keep the bands"), defaultValue=False),
            self.tr("Write the bands of the input beside the indices."),
        )
        self.declare_roles()
        self._declare_radar()
        self.declare(
            choice_parameter(self.ENCODING, self.tr("Store values as"), INDEX_ENCODINGS, INDEX_ENCODINGS[0]),
            self.tr("float32: decimal numbers; int16: steps of 0.0001 from -3.2767 to 3.2767, half the size."),
            advanced=True,
        )
        self.declare_resume()
        self.declare_outputs(
            self.tr("Indices"),
            self.tr("A dated stack with one band per index and date."),
            self.tr("The rows of the series layer with one field per index and date."),
        )
        self.declare_numbers(
            {
                self.N_BANDS: self.tr("number of bands per date"),
                self.GAP_SHARE: self.tr("share of values that are missing"),
            }
        )

    def _declare_radar(self) -> None:
        self.declare(
            choice_parameter(self.RADAR_UNIT, self.tr("Unit of radar bands"), RADAR_UNITS, RADAR_UNITS[0]),
            self.tr("Unit of VV, VH, HH and HV in the input. auto: as the metadata say or the values look."),
            advanced=True,
        )
        self.declare(
            choice_parameter(self.RADAR_OUTPUT, self.tr("Write radar bands in"), RADAR_OUTPUTS, RADAR_OUTPUTS[0]),
            self.tr("Converts the radar bands and writes them; as_is leaves them."),
            advanced=True,
        )
