"""Polygons to samples: one central pixel or random pixels of each polygon, as points."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import QgsProcessing, QgsProcessingParameterFeatureSink, QgsProcessingParameterFeatureSource

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.extract_time_series import MOST_PIXELS
from cropsample_plugin.algorithms.parameters import (
    choice_parameter,
    dropped_sink,
    inner_buffer_parameter,
    integer_parameter,
    seed_parameter,
    stack_parameter,
)

MODES = ("central", "random")


class PolygonsToSamplesAlgorithm(EngineAlgorithm):
    """Turn parcels into sample points at pixel centres."""

    ID = "polygonstosamples"
    GROUP_ID = "labeling"
    TAGS = ("parcels", "fields", "points", "pixels", "random points", "representative point")
    JOB_NAMES: ClassVar[dict[str, str]] = {"INPUT": "samples", "INNER_BUFFER": "inner_buffer_m"}

    INPUT = "INPUT"
    MODE = "MODE"
    PIXELS_PER_POLYGON = "PIXELS_PER_POLYGON"
    OUTPUT = "OUTPUT"
    N_SAMPLES = "N_SAMPLES"
    N_DROPPED = "N_DROPPED"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Polygons to samples")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Picks the central pixel or random pixels of each polygon as sample points.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Picks pixels of each polygon on the grid of a dated stack and writes their centres as points, with the "
            "fields of the polygon and its id, so that samples of one parcel stay together when they are split.\n\n"
            "The central pixel lies inside the polygon, whatever its shape. Polygons too small for a pixel are "
            "counted and listed with the reason."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_input()
        self._declare_choice_of_pixels()
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Sample points"), QgsProcessing.SourceType.TypeVectorPoint
            ),
            self.tr("One point per pixel, with the fields of its polygon."),
        )
        self.declare(
            dropped_sink(self.tr("Dropped polygons")),
            self.tr("Table of the polygons that were left out, each with the reason."),
        )
        self.declare_numbers(
            {
                self.N_SAMPLES: self.tr("number of sample points"),
                self.N_DROPPED: self.tr("number of polygons left out"),
            }
        )

    def _declare_input(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.INPUT, self.tr("Polygons"), [QgsProcessing.SourceType.TypeVectorPolygon]
            ),
            self.tr("Parcels or other polygons in any CRS."),
        )
        self.declare(
            stack_parameter(self.tr("Dated stack")),
            self.tr("The raster whose pixels are picked; only its grid is used."),
        )

    def _declare_choice_of_pixels(self) -> None:
        self.declare(
            choice_parameter(self.MODE, self.tr("Pixels"), MODES, MODES[0]),
            self.tr("central: the pixel farthest from the edge; random: random pixels."),
        )
        self.declare(
            integer_parameter(self.PIXELS_PER_POLYGON, self.tr("Random pixels per polygon"), 10, 1, MOST_PIXELS),
            self.tr("How many random pixels to pick; all of them where a polygon has fewer."),
        )
        self.declare(
            inner_buffer_parameter(self.tr("Inner buffer [metres]")),
            self.tr("Distance that pixels keep from the polygon's edge, to avoid mixed pixels."),
        )
        self.declare(
            seed_parameter(self.tr("Random seed")),
            self.tr("The same seed picks the same pixels."),
            advanced=True,
        )
