"""Map project: layers into a QGIS project, grouped and styled, and a picture of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsProject,
)

from cropsample_plugin.algorithms.base import CropSampleAlgorithm
from cropsample_plugin.algorithms.layer_arrangement import (
    GroupNames,
    arrange_layers,
    has_style,
    is_temporary,
    own_copy,
)
from cropsample_plugin.algorithms.layer_dressing import dress_layers
from cropsample_plugin.algorithms.map_page import MapPage, add_page, export_page
from cropsample_plugin.algorithms.parameters import integer_parameter


class MapProjectAlgorithm(CropSampleAlgorithm):
    """Write a QGIS project that holds layers grouped and styled, and a picture of the map; needs no engine."""

    ID = "mapproject"
    GROUP_ID = "mapping"
    TAGS = ("project", "qgz", "picture", "png", "layout", "legend", "export", "print")

    LAYERS = "LAYERS"
    TITLE = "TITLE"
    CLASS_FIELD = "CLASS_FIELD"
    RESOLUTION = "RESOLUTION"
    PROJECT = "PROJECT"
    PICTURE = "PICTURE"
    N_LAYERS = "N_LAYERS"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Map project")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Writes a QGIS project with layers grouped and styled, and a picture of the map.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Writes a QGIS project that holds the given layers in groups, each with the style saved beside its file, "
            "and a page with map, legend and title, exported as a picture on request.\n\n"
            "The project refers to the files by relative paths: keep them in the same folder to move it."
        )

    def flags(self) -> QgsProcessingAlgorithm.Flag:
        """Keep to the main thread: projects and layouts belong to it."""
        return super().flags() | QgsProcessingAlgorithm.Flag.FlagNoThreading

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare(
            QgsProcessingParameterMultipleLayers(self.LAYERS, self.tr("Layers"), QgsProcessing.SourceType.TypeMapLayer),
            self.tr("Raster and vector layers; the first one lies on top of its group."),
        )
        self.declare(
            QgsProcessingParameterString(self.TITLE, self.tr("Title"), self.tr("Crop map")),
            self.tr("Title of the project and of the page."),
        )
        self.declare(
            QgsProcessingParameterString(self.CLASS_FIELD, self.tr("Class field of samples"), optional=True),
            self.tr("Field to colour samples by, in the colours of the class map. Empty: one colour."),
            advanced=True,
        )
        self.declare(
            integer_parameter(self.RESOLUTION, self.tr("Resolution of the picture [dots per inch]"), 150, 50, 600),
            self.tr("The page is 297 x 210 mm; 150 dots per inch make 1754 x 1240 pixels."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.PROJECT, self.tr("Project"), self.tr("QGIS projects (*.qgz *.qgs)")
            ),
            self.tr("The QGIS project file; one that exists is replaced."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.PICTURE, self.tr("Picture"), self.tr("PNG files (*.png)"), optional=True
            ),
            self.tr("The page with map, legend and title as a picture."),
        )
        self.declare_numbers({self.N_LAYERS: self.tr("number of layers in the project")})

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Copy the layers into a project of their own, arrange them, write project and picture."""
        layers = self._read_layers(parameters, context, feedback)
        title = self.parameterAsString(parameters, self.TITLE, context)
        project_path = self.parameterAsFileOutput(parameters, self.PROJECT, context)
        picture_path = self.parameterAsFileOutput(parameters, self.PICTURE, context)

        project = QgsProject()
        project.setTitle(title)
        extent = arrange_layers(project, layers, self._group_names())
        page = add_page(project, MapPage(title, extent))

        if picture_path and not feedback.isCanceled():
            resolution_dpi = self.parameterAsInt(parameters, self.RESOLUTION, context)
            if not export_page(page, picture_path, resolution_dpi):
                raise QgsProcessingException(self._not_written(picture_path))

        if feedback.isCanceled():
            return {}
        Path(project_path).parent.mkdir(parents=True, exist_ok=True)
        if not project.write(project_path):
            raise QgsProcessingException(self._not_written(project_path) + " " + project.error())
        results = {self.PROJECT: project_path, self.N_LAYERS: len(layers)}
        return {**results, self.PICTURE: picture_path} if picture_path else results

    def _group_names(self) -> GroupNames:
        return GroupNames(samples=self.tr("Samples"), maps=self.tr("Maps"), images=self.tr("Images"))

    def _read_layers(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> list[QgsMapLayer]:
        """Return copies of the layers that a project file can refer to."""
        copies, plain = [], []
        for layer in self.parameterAsLayerList(parameters, self.LAYERS, context):
            if is_temporary(layer):
                feedback.pushWarning(
                    self.tr("The layer '{}' is in memory only and was left out. Save it to a file first.").format(
                        layer.name()
                    )
                )
                continue
            copy = own_copy(layer, context.project())
            copies.append(copy)
            if not has_style(layer, context.project()):
                plain.append(copy)
        if not copies:
            raise QgsProcessingException(self.tr("None of the layers can be read. Check that the files exist."))
        dress_layers(plain, copies, self.parameterAsString(parameters, self.CLASS_FIELD, context))
        return copies

    def _not_written(self, path: str) -> str:
        return self.tr("'{}' cannot be written. Choose a folder that you may write to.").format(path)
