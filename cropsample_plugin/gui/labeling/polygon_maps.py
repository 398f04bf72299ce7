"""The maps that the polygon tools work on: each has a map tool and an overlay; all show and do the same."""

from __future__ import annotations

from typing import Callable, Dict, Iterator, List, Optional, Sequence, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointLocator, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapTool
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.polygon_shapes import transformed
from cropsample_plugin.gui.labeling.polygon_map_tool import PolygonMapTool
from cropsample_plugin.gui.labeling.polygon_overlay import PolygonOverlay
from cropsample_plugin.gui.labeling.polygon_states import Kind

_VIEW_DELAY_MS = 120


class PolygonMaps(QObject):
    """Canvases with a map tool each, that is in use on all of them or on none.

    Args:
        handle: told what is done on a map: kind of event, place in the map's coordinates, canvas.

    Attributes:
        left: another tool was chosen on one of the maps.
        moved: one of the maps shows another place, or another coordinate system.
    """

    left = pyqtSignal()
    moved = pyqtSignal()

    def __init__(
        self, handle: Callable[[Kind, Optional[QgsPointXY], QgsMapCanvas], bool], parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._handle = handle
        self._maps: Dict[QgsMapCanvas, Tuple[PolygonMapTool, PolygonOverlay]] = {}
        self._before: Dict[QgsMapCanvas, Optional[QgsMapTool]] = {}
        self._is_in_use = False
        self._timer = QTimer(self)
        self._timer.setInterval(_VIEW_DELAY_MS)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.moved)

    def add(self, canvas: QgsMapCanvas) -> None:
        """Work on another map too."""
        if canvas in self._maps:
            return
        tool = PolygonMapTool(canvas, self._handle)
        tool.deactivated.connect(self._tell_left)
        self._maps[canvas] = (tool, PolygonOverlay(canvas))
        canvas.extentsChanged.connect(self._timer.start)
        canvas.destinationCrsChanged.connect(self.moved)
        if self._is_in_use:
            self._take(canvas)

    def remove(self, canvas: QgsMapCanvas) -> None:
        """Leave a map alone from now on."""
        if canvas not in self._maps:
            return
        tool, overlay = self._maps[canvas]
        if sip.isdeleted(canvas):
            del self._maps[canvas]
            return
        tool.deactivated.disconnect(self._tell_left)
        self._give_back(canvas)
        del self._maps[canvas]
        canvas.extentsChanged.disconnect(self._timer.start)
        canvas.destinationCrsChanged.disconnect(self.moved)
        overlay.remove()
        tool.deleteLater()

    def take_down(self) -> None:
        """Leave all maps alone."""
        self._is_in_use = False
        self._timer.stop()
        for canvas in list(self._maps):
            self.remove(canvas)

    def set_in_use(self, *, is_in_use: bool) -> None:
        """Take the mouse on all maps, or give it back to what had it."""
        self._is_in_use = is_in_use
        for canvas in self.canvases():
            if is_in_use:
                self._take(canvas)
            else:
                self._give_back(canvas)

    def canvases(self) -> List[QgsMapCanvas]:
        """Return the maps that are still there, the first one first."""
        for canvas in [canvas for canvas in self._maps if sip.isdeleted(canvas)]:
            del self._maps[canvas]
            self._before.pop(canvas, None)
        return list(self._maps)

    def show_gesture(
        self, points: Sequence[QgsPointXY], results: Sequence[QgsGeometry], crs: QgsCoordinateReferenceSystem
    ) -> None:
        """Show the points placed, and the polygons that they would make."""
        line = QgsGeometry.fromPolylineXY(list(points)) if len(points) > 1 else QgsGeometry()
        for overlay in self._overlays():
            overlay.show_gesture(line, crs)
            overlay.show_results(results, crs)

    def show_pixels(self, outline: QgsGeometry, central: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Show the pixels of the current sample."""
        for overlay in self._overlays():
            overlay.show_pixels(outline, central, crs)

    def show_samples(
        self, find: Callable[[QgsRectangle], Sequence[QgsGeometry]], crs: QgsCoordinateReferenceSystem
    ) -> None:
        """Show on each map the samples that are found in its view."""
        for canvas in self.canvases():
            box = QgsGeometry.fromRect(canvas.extent())
            try:
                view = transformed(box, canvas.mapSettings().destinationCrs(), crs).boundingBox()
            except LabelingError:
                view = QgsRectangle()
            self._maps[canvas][1].show_samples(find(view) if not view.isEmpty() else (), crs)

    def show_snap(self, canvas: QgsMapCanvas, match: Optional[QgsPointLocator.Match]) -> None:
        """Show what the pointer snapped to."""
        self._maps[canvas][1].show_snap(match)

    def say(self, text: str, *, is_refusal: bool = False) -> None:
        """Show words on every map."""
        for overlay in self._overlays():
            overlay.say(text, is_refusal=is_refusal)

    def clear_gesture(self) -> None:
        """Take the gesture away."""
        for overlay in self._overlays():
            overlay.clear()

    def clear(self) -> None:
        """Take everything away."""
        for overlay in self._overlays():
            overlay.clear_all()

    def _overlays(self) -> Iterator[PolygonOverlay]:
        return (self._maps[canvas][1] for canvas in self.canvases())

    def _take(self, canvas: QgsMapCanvas) -> None:
        tool = self._maps[canvas][0]
        if canvas.mapTool() is not tool:
            self._before[canvas] = canvas.mapTool()
            canvas.setMapTool(tool)

    def _give_back(self, canvas: QgsMapCanvas) -> None:
        tool = self._maps[canvas][0]
        before = self._before.pop(canvas, None)
        if canvas.mapTool() is not tool:
            return
        if before is not None and not sip.isdeleted(before):
            canvas.setMapTool(before)
        else:
            canvas.unsetMapTool(tool)

    def _tell_left(self) -> None:
        n_maps = len(self._maps)
        # A map that is closed lets go of its tool too.
        if self._is_in_use and len(self.canvases()) == n_maps:
            self.left.emit()
