"""The outline of the sample under review on the map, and the map moved to it at a set scale."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsWkbTypes,
)
from qgis.gui import QgsMapCanvas, QgsRubberBand
from qgis.PyQt.QtGui import QColor

DEFAULT_SCALE = 5000.0
# A dark line under a bright one is seen on any imagery.
_BELOW, _ABOVE = QColor(0, 0, 0, 190), QColor(255, 235, 59)
_WIDTH_PX = 3
_CIRCLE_PX = 13
_CIRCLE_SEGMENTS = 24
_LARGEST_SHARE = 0.8


class ReviewMarker:
    """Shows where a sample is."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._bands = []
        for color, width in ((_BELOW, _WIDTH_PX + 3), (_ABOVE, _WIDTH_PX)):
            band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.LineGeometry)
            band.setColor(color)
            band.setWidth(width)
            self._bands.append(band)
        self._geometry: Optional[QgsGeometry] = None
        canvas.scaleChanged.connect(self._draw)

    def show(self, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, scale: float) -> bool:
        """Outline a geometry and centre the map on it; False, and the map stays, where it cannot be placed."""
        if not self.place(geometry, crs):
            return False
        canvas, box = self._canvas, self._geometry.boundingBox()
        if canvas.extent().isEmpty():
            # A map that has shown nothing yet has no scale to change.
            canvas.setExtent(box.buffered(1.0))
        canvas.zoomScale(scale)
        canvas.setCenter(box.center())
        shown = canvas.extent()
        if box.width() > _LARGEST_SHARE * shown.width() or box.height() > _LARGEST_SHARE * shown.height():
            larger = QgsRectangle(box)
            larger.scale(1.0 / _LARGEST_SHARE)
            canvas.setExtent(larger)
        canvas.refresh()
        return True

    def place(self, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> bool:
        """Outline a geometry and leave the map where it is; False where it cannot be placed."""
        placed = self.on_map(geometry, crs)
        if placed is None:
            self.hide()
            return False
        self._geometry = placed
        self._draw()
        return True

    def hide(self) -> None:
        """Take the outline away."""
        self._geometry = None
        for band in self._bands:
            band.reset(QgsWkbTypes.GeometryType.LineGeometry)

    def remove(self) -> None:
        """Take the outline off the canvas for good."""
        self._canvas.scaleChanged.disconnect(self._draw)
        for band in self._bands:
            self._canvas.scene().removeItem(band)
        self._bands.clear()

    @property
    def outline(self) -> Optional[QgsGeometry]:
        """What is outlined, in the map's coordinates."""
        return self._geometry

    def on_map(self, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> Optional[QgsGeometry]:
        """Return a geometry in the coordinates of the map, None where it cannot be placed."""
        if geometry.isNull() or geometry.isEmpty():
            return None
        placed = QgsGeometry(geometry)
        target = self._canvas.mapSettings().destinationCrs()
        if crs.isValid() and target.isValid() and crs != target:
            try:
                placed.transform(QgsCoordinateTransform(crs, target, QgsProject.instance()))
            except QgsCsException:
                return None
        return placed if placed.boundingBox().isFinite() else None

    def _draw(self, *_scale: Any) -> None:  # noqa: ANN401 - the signal's value
        if self._geometry is None:
            return
        for band in self._bands:
            band.setToGeometry(self._outline(), None)

    def _outline(self) -> QgsGeometry:
        """Return the border of a polygon, or a circle of constant size on the screen around a point."""
        geometry = self._geometry or QgsGeometry()
        if geometry.type() == QgsWkbTypes.GeometryType.PointGeometry:
            radius = _CIRCLE_PX * self._canvas.mapUnitsPerPixel()
            geometry = QgsGeometry(geometry.centroid().buffer(radius, _CIRCLE_SEGMENTS))
        if geometry.type() == QgsWkbTypes.GeometryType.PolygonGeometry:
            return geometry.coerceToType(QgsWkbTypes.Type.MultiLineString)[0]
        return geometry
