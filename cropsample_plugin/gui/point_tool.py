"""The map tool that picks points to look at, and their marks on the map."""

from __future__ import annotations

from typing import List, Optional, Sequence

from qgis.core import QgsCoordinateTransform, QgsCsException, QgsPointXY, QgsProject
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool, QgsVertexMarker
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFontMetricsF

from cropsample_plugin.gui.picked_point import PickedPoint
from cropsample_plugin.gui.series_chart import Marker

_SIZE_EM = 0.9
_PEN_EM = 0.14
_ICONS = {
    Marker.CIRCLE: QgsVertexMarker.IconType.ICON_CIRCLE,
    Marker.SQUARE: QgsVertexMarker.IconType.ICON_BOX,
    Marker.TRIANGLE: QgsVertexMarker.IconType.ICON_TRIANGLE,
    Marker.DIAMOND: QgsVertexMarker.IconType.ICON_RHOMBUS,
}


class PointTool(QgsMapTool):
    """Tells where the map is clicked.

    Attributes:
        picked: the point, in the map's coordinate system, and whether it is one more (Ctrl or Shift was held).
    """

    picked = pyqtSignal(object, bool)

    def __init__(self, canvas: QgsMapCanvas) -> None:
        super().__init__(canvas)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Tell the point; QGIS calls it."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        self.picked.emit(QgsPointXY(event.mapPoint()), bool(held))


class PointMarks:
    """Marks of points on the map, in the colours and shapes of the plot."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._marks: List[QgsVertexMarker] = []
        self._points: Sequence[PickedPoint] = ()
        canvas.destinationCrsChanged.connect(self._place_again)

    def show(self, points: Sequence[PickedPoint]) -> None:
        """Mark these points and no others."""
        self._points = tuple(points)
        self._remove()
        em = QFontMetricsF(self._canvas.font()).height()
        for point in self._points:
            place = self._place(point)
            if place is None:
                continue
            mark = QgsVertexMarker(self._canvas)
            mark.setCenter(place)
            mark.setIconType(_ICONS[point.marker])
            mark.setIconSize(round(em * _SIZE_EM))
            mark.setPenWidth(max(2, round(em * _PEN_EM)))
            mark.setColor(QColor("#ffffff"))
            mark.setFillColor(QColor(point.color))
            self._marks.append(mark)

    def set_visible(self, *, is_visible: bool) -> None:
        """Show or hide all marks."""
        for mark in self._marks:
            mark.setVisible(is_visible)

    def close(self) -> None:
        """Remove everything."""
        self._canvas.destinationCrsChanged.disconnect(self._place_again)
        self._points = ()
        self._remove()

    def _place_again(self) -> None:
        self.show(self._points)

    def _remove(self) -> None:
        for mark in self._marks:
            if not sip.isdeleted(mark):
                self._canvas.scene().removeItem(mark)
        self._marks.clear()

    def _place(self, point: PickedPoint) -> Optional[QgsPointXY]:
        crs = self._canvas.mapSettings().destinationCrs()
        if not crs.isValid() or not point.crs.isValid() or crs == point.crs:
            return point.point
        try:
            return QgsCoordinateTransform(point.crs, crs, QgsProject.instance()).transform(point.point)
        except QgsCsException:
            return None
