"""The layers that the polygon tools need: the stack whose pixels count, and the objects to pick from."""

from __future__ import annotations

from typing import Callable, List, Optional, Sequence

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtCore import QObject

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.layer_references import find_in_project, open_reference
from cropsample_plugin.bridge.labeling.pixel_grid import PixelGrid, pixel_grid
from cropsample_plugin.bridge.labeling.session_file import LayerReference, SessionSettings


class PolygonLayers(QObject):
    """Finds the session's stack and objects in the project, else opens them, and notices when they leave.

    Args:
        changed: called when the objects were removed from the project.
    """

    def __init__(self, changed: Callable[[], None], parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._changed = changed
        self._references: Sequence[LayerReference] = ()
        self._path = ""
        self._objects_id = ""
        self._own_objects: Optional[QgsVectorLayer] = None
        self.grid: Optional[PixelGrid] = None
        self.problem = ""
        QgsProject.instance().layersWillBeRemoved.connect(self._forget_removed)

    def open(self, settings: SessionSettings, session_path: str) -> None:
        """Find the layers of a session."""
        self.close()
        self._references, self._path = settings.objects, session_path
        if settings.stack:
            stack = self._layer(settings.stack[0])
            self.grid = pixel_grid(stack) if isinstance(stack, QgsRasterLayer) else None
        self._find_objects()

    def close(self) -> None:
        """Forget the session's layers."""
        self.grid, self._own_objects, self._objects_id, self.problem = None, None, "", ""
        self._references = ()

    def take_down(self) -> None:
        """Listen no more."""
        self.close()
        QgsProject.instance().layersWillBeRemoved.disconnect(self._forget_removed)

    @property
    def objects(self) -> Optional[QgsVectorLayer]:
        """The polygons to pick from, None for none."""
        if self._objects_id:
            return QgsProject.instance().mapLayer(self._objects_id)
        return self._own_objects

    def choose_objects(self, layer: QgsVectorLayer) -> None:
        """Pick from a layer of the project from now on."""
        self._objects_id = layer.id()

    def choices(self) -> List[QgsVectorLayer]:
        """Return the project's polygon layers, by name."""
        found = [
            layer
            for layer in QgsProject.instance().mapLayers().values()
            if isinstance(layer, QgsVectorLayer)
            and layer.isValid()
            and layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry
        ]
        return sorted(found, key=lambda layer: layer.name())

    def _find_objects(self, leaving: Sequence[str] = ()) -> None:
        self._objects_id, self._own_objects = "", None
        if not self._references:
            return
        layer = self._layer(self._references[0], leaving)
        if not isinstance(layer, QgsVectorLayer):
            return
        if QgsProject.instance().mapLayer(layer.id()) is not None:
            self._objects_id = layer.id()
        else:
            self._own_objects = layer

    def _layer(self, reference: LayerReference, leaving: Sequence[str] = ()) -> Optional[QgsMapLayer]:
        try:
            return find_in_project(reference, self._path, leaving) or open_reference(reference, self._path)
        except LabelingError as error:
            self.problem = str(error)
            return None

    def _forget_removed(self, layer_ids: Sequence[str]) -> None:
        if self._objects_id in layer_ids:
            self._find_objects(layer_ids)
            self._changed()
