"""Predict map: from a model package and a dated stack to styled class, probability and uncertainty maps."""

from __future__ import annotations

import dataclasses
from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsRasterLayer,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.loading import style_on_loading
from cropsample_plugin.algorithms.parameters import (
    MAP_EXTENSIONS,
    RasterFileDestination,
    choice_parameter,
    real_parameter,
    scheduler_parameter,
    stack_parameter,
)
from cropsample_plugin.bridge.settings import Settings
from cropsample_plugin.bridge.styles import (
    save_style_beside,
    style_class_map,
    style_probabilities,
    style_uncertainty,
)

DEVICES = ("options", "auto", "cpu", "cuda", "mps")


class PredictMapAlgorithm(EngineAlgorithm):
    """Map a region with a trained model."""

    ID = "predictmap"
    GROUP_ID = "mapping"
    TAGS = ("classify", "classification", "inference", "crop map", "probabilities", "uncertainty", "entropy")
    JOB_NAMES: ClassVar[dict[str, str]] = {"DEVICE": ""}

    MODEL_PACKAGE = "MODEL_PACKAGE"
    STACK = "STACK"
    AREA = "AREA"
    DEVICE = "DEVICE"
    RESUME = "RESUME"
    SEASON_START = "SEASON_START"
    MAX_MISSING_SHARE = "MAX_MISSING_SHARE"
    CLOUD_OPTIMISED = "CLOUD_OPTIMISED"
    CLASSES = "CLASSES"
    PROBABILITIES = "PROBABILITIES"
    UNCERTAINTY = "UNCERTAINTY"
    N_PIXELS = "N_PIXELS"
    N_PREDICTED = "N_PREDICTED"
    N_NODATA = "N_NODATA"
    PIXELS_PER_SECOND = "PIXELS_PER_SECOND"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Predict map")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Maps classes, their probabilities and the uncertainty with a trained model.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Maps the classes of a model package over a dated stack, block by block and in bounded memory, and on "
            "request the probability of each class and the uncertainty (normalised entropy, 0 to 1).\n\n"
            "Bands, dates and value ranges of the stack are checked against the model first. Pixels without the values "
            "that the model needs become nodata. Started again after an interruption, it continues where it was."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_input()
        self._declare_running()
        self._declare_maps()
        self.declare_numbers(
            {
                self.N_PIXELS: self.tr("number of pixels of the map"),
                self.N_PREDICTED: self.tr("number of pixels with a class"),
                self.N_NODATA: self.tr("number of pixels inside the area for which values are missing"),
                self.PIXELS_PER_SECOND: self.tr("pixels per second, reading and writing included"),
            }
        )

    def _declare_input(self) -> None:
        self.declare(
            QgsProcessingParameterFile(
                self.MODEL_PACKAGE, self.tr("Model package"), fileFilter=self.tr("Model packages (*.zip)")
            ),
            self.tr("A file written by 'Train classifier'."),
        )
        self.declare(
            stack_parameter(self.tr("Dated stack")),
            self.tr("The stack to map, with the bands and dates of the season that the model was trained for."),
        )
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.AREA, self.tr("Area"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            self.tr("Polygons in any CRS that bound the map. Empty: the whole stack."),
        )

    def _declare_running(self) -> None:
        self.declare(
            QgsProcessingParameterDateTime(
                self.SEASON_START,
                self.tr("Start of the season"),
                QgsProcessingParameterDateTime.Type.Date,
                optional=True,
            ),
            self.tr("First date to take of a stack that is longer than the season of the model. Empty: all dates."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.MAX_MISSING_SHARE, self.tr("Largest share of missing values"), None, 0.0, 1.0),
            self.tr(
                "Pixels of whose values more are missing become nodata; dates missing everywhere do not count. Empty: "
                "as the model was trained."
            ),
            advanced=True,
        )
        self.declare(
            choice_parameter(self.DEVICE, self.tr("Device"), DEVICES, DEVICES[0]),
            self.tr(
                "What networks compute on; options: as set in CropSample's options; auto: a GPU where there is one."
            ),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterBoolean(self.RESUME, self.tr("Continue an interrupted map"), defaultValue=True),
            self.tr("Keep the blocks that an interrupted run of the same model and stack has finished."),
            advanced=True,
        )
        self.declare(
            scheduler_parameter(self.tr("Dask scheduler")),
            self.tr(
                "A Dask cluster that shares the work, as tcp://host:8786 or the path of a scheduler file; local:2 for "
                "two processes of this machine. Empty: this machine alone. The bytes of the map are the same, and a "
                "run may go on elsewhere than it began."
            ),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterBoolean(self.CLOUD_OPTIMISED, self.tr("Cloud-optimised GeoTIFF"), defaultValue=False),
            self.tr("Lay out each GeoTIFF so that it is read well from a web server or object store."),
            advanced=True,
        )

    def _declare_maps(self) -> None:
        self.declare(
            RasterFileDestination(self.CLASSES, self.tr("Class map"), MAP_EXTENSIONS),
            self.tr(
                "Class of each pixel, with class names and colours; a GeoTIFF, or a VRT over tiles for a large map."
            ),
        )
        self.declare(
            RasterFileDestination(
                self.PROBABILITIES, self.tr("Probabilities"), MAP_EXTENSIONS, optional=True, by_default=False
            ),
            self.tr("One band per class with its probability, 0 to 1; a GeoTIFF."),
        )
        self.declare(
            RasterFileDestination(
                self.UNCERTAINTY, self.tr("Uncertainty"), MAP_EXTENSIONS, optional=True, by_default=False
            ),
            self.tr("Normalised entropy of the probabilities, 0: certain, 1: all classes as likely; a GeoTIFF."),
        )

    def settings(self, reader: InputReader) -> Settings:
        """Return the user's settings, with the device where one is chosen."""
        device = reader.value(self.DEVICE)
        settings = super().settings(reader)
        return settings if device == DEVICES[0] else dataclasses.replace(settings, device=device)

    def before_loading(self, files: OutputFiles, outputs: dict[str, Any], context: QgsProcessingContext) -> None:
        """Write the style beside each map and let it be applied on loading."""
        stylers = {
            self.CLASSES: lambda layer: style_class_map(layer, outputs["legend"]),
            self.PROBABILITIES: style_probabilities,
            self.UNCERTAINTY: style_uncertainty,
        }
        for name, style in stylers.items():
            path = files.path_by_name[name]
            if not path:
                continue
            layer = QgsRasterLayer(path, name)
            style(layer)
            save_style_beside(layer)
            style_on_loading(path, self.tr("Crop map"), context)
