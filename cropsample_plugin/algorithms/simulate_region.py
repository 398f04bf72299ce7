"""Simulate region: a synthetic farming region to try everything on."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputFolder,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterFolderDestination,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.parameters import (
    integer_parameter,
    real_parameter,
    seed_parameter,
)

SMALLEST_REGION_PX = 100
LARGEST_REGION_PX = 5000


class SimulateRegionAlgorithm(EngineAlgorithm):
    """Write a synthetic farming region: images, fields, samples and the true map."""

    ID = "simulateregion"
    GROUP_ID = "timeseries"
    TAGS = ("demo", "synthetic", "example data", "test data", "simulation", "tutorial")
    JOB_NAMES: ClassVar[dict[str, str]] = {"FOLDER": "output_folder", "SIZE": "size_px"}

    FOLDER = "FOLDER"
    SIZE = "SIZE"
    CLOUD_SHARE = "CLOUD_SHARE"
    MISLABELED_SHARE = "MISLABELED_SHARE"
    IMAGES = "IMAGES"
    REFERENCE = "REFERENCE"
    FIELDS = "FIELDS"
    LOCAL_SAMPLES = "LOCAL_SAMPLES"
    GLOBAL_SAMPLES = "GLOBAL_SAMPLES"
    CHECK_SAMPLES = "CHECK_SAMPLES"
    N_FIELDS = "N_FIELDS"
    N_DATES = "N_DATES"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Simulate region")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Writes a synthetic farming region: images, fields, samples and the true map.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Writes a synthetic farming region to try CropSample on: one image a month with 12 Sentinel-2 bands and "
            "clouds, fields with five crops, the true map, labeled samples of the region and of another one.\n\n"
            "The same size and seed give the same region."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare(
            QgsProcessingParameterFolderDestination(self.FOLDER, self.tr("Folder")),
            self.tr("Folder that receives everything; made when it does not exist."),
        )
        self.declare(
            integer_parameter(self.SIZE, self.tr("Size [pixels]"), 600, SMALLEST_REGION_PX, LARGEST_REGION_PX),
            self.tr("Side of the square region, in pixels of 10 metres."),
        )
        self.declare(
            real_parameter(self.CLOUD_SHARE, self.tr("Share of clouds"), 0.1, 0.0, 0.5),
            self.tr("Mean share of the images that clouds hide."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.MISLABELED_SHARE, self.tr("Share of wrong labels"), 0.0, 0.0, 0.5),
            self.tr("Share of the local samples that are given a wrong class on purpose."),
            advanced=True,
        )
        self.declare(
            seed_parameter(self.tr("Random seed")),
            self.tr("The same seed gives the same region."),
        )
        self._declare_outputs()

    def _declare_outputs(self) -> None:
        self.addOutput(QgsProcessingOutputFolder(self.IMAGES, self.tr("Folder with one image per date")))
        self.addOutput(QgsProcessingOutputRasterLayer(self.REFERENCE, self.tr("True map")))
        self.addOutput(QgsProcessingOutputVectorLayer(self.FIELDS, self.tr("Fields")))
        self.addOutput(QgsProcessingOutputVectorLayer(self.LOCAL_SAMPLES, self.tr("Samples of the region")))
        self.addOutput(QgsProcessingOutputFile(self.GLOBAL_SAMPLES, self.tr("Labeled series of another region")))
        self.addOutput(QgsProcessingOutputVectorLayer(self.CHECK_SAMPLES, self.tr("Samples to check a map with")))
        self.declare_numbers({self.N_FIELDS: self.tr("number of fields"), self.N_DATES: self.tr("number of dates")})

    def hand_over(self, files: OutputFiles, outputs: dict[str, Any], feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Return the folder and everything in it."""
        names = (
            self.IMAGES,
            self.REFERENCE,
            self.FIELDS,
            self.LOCAL_SAMPLES,
            self.GLOBAL_SAMPLES,
            self.CHECK_SAMPLES,
        )
        return {**super().hand_over(files, outputs, feedback), **{name: outputs[name.lower()] for name in names}}
