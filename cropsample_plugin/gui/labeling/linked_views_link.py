"""Canvases that show the same place at the same scale, whichever of them is moved."""

from __future__ import annotations

from functools import partial
from typing import Callable, Dict, List, Optional, Tuple

from qgis.core import QgsMapSettings, QgsPointXY, QgsRectangle
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QSize

_LARGEST_SHARE = 0.8
_FIRST_WIDTH_PX = 100


class CanvasLink(QObject):
    """Makes canvases pan and zoom together; all must have the same coordinate system."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._canvases: List[QgsMapCanvas] = []
        self._slots: Dict[int, Callable[[], None]] = {}
        self._sizes: Dict[int, QSize] = {}
        self._place: Optional[Tuple[QgsPointXY, float]] = None
        self._is_moving = False

    @property
    def canvases(self) -> List[QgsMapCanvas]:
        """The canvases that are linked."""
        return list(self._canvases)

    def add(self, canvas: QgsMapCanvas) -> None:
        """Link a canvas; it goes where the others are, or they go where it is when nothing has been shown yet."""
        if canvas in self._canvases:
            return
        self._canvases.append(canvas)
        self._slots[id(canvas)] = partial(self._on_moved, canvas)
        self._sizes[id(canvas)] = canvas.mapSettings().outputSize()
        canvas.extentsChanged.connect(self._slots[id(canvas)])
        if self._place is not None:
            self._move(canvas)
        elif not canvas.extent().isEmpty() and len(self._canvases) == 1:
            self._remember(canvas)

    def remove(self, canvas: QgsMapCanvas) -> None:
        """Let a canvas go its own way."""
        if canvas not in self._canvases:
            return
        self._canvases.remove(canvas)
        slot = self._slots.pop(id(canvas))
        self._sizes.pop(id(canvas))
        if not sip.isdeleted(canvas):
            canvas.extentsChanged.disconnect(slot)

    def clear(self) -> None:
        """Let all go."""
        for canvas in self.canvases:
            self.remove(canvas)
        self._place = None

    def look_at(self, box: QgsRectangle, scale: float) -> None:
        """Centre all canvases on a box, at a scale, or at a smaller one where the box would not fit."""
        if not self._canvases:
            return
        canvas = self._canvases[0]
        units = _units_per_pixel(canvas.mapSettings(), box.center(), scale)
        for each in self._canvases:
            size = each.mapSettings().outputSize()
            if size.width() > 1 and size.height() > 1:
                needed = max(box.width() / size.width(), box.height() / size.height()) / _LARGEST_SHARE
                units = max(units, needed)
        self.go_to(box.center(), units)

    def go_to(self, center: QgsPointXY, units_per_pixel: float) -> None:
        """Show a place in all canvases."""
        self._place = (QgsPointXY(center), units_per_pixel)
        for canvas in self._canvases:
            self._move(canvas)

    def extent_at(self, canvas: QgsMapCanvas, center: QgsPointXY) -> QgsRectangle:
        """Return what a canvas would show of another place at the present scale."""
        size = canvas.mapSettings().outputSize()
        units = self._place[1] if self._place else canvas.mapUnitsPerPixel()
        return QgsRectangle.fromCenterAndSize(center, units * size.width(), units * size.height())

    def _move(self, canvas: QgsMapCanvas) -> None:
        size = canvas.mapSettings().outputSize()
        self._sizes[id(canvas)] = size
        if self._place is None or size.width() < 1 or size.height() < 1:
            return
        was_moving, self._is_moving = self._is_moving, True
        canvas.setExtent(self.extent_at(canvas, self._place[0]))
        canvas.refresh()
        self._is_moving = was_moving

    def _on_moved(self, canvas: QgsMapCanvas) -> None:
        if self._is_moving or canvas.extent().isEmpty():
            return
        if self._place is not None and self._sizes[id(canvas)] != canvas.mapSettings().outputSize():
            # Another size is not another place: QGIS would keep the extent and change the scale.
            self._move(canvas)
            return
        self._remember(canvas)
        for other in self._canvases:
            if other is not canvas:
                self._move(other)

    def _remember(self, canvas: QgsMapCanvas) -> None:
        self._place = (canvas.extent().center(), canvas.mapUnitsPerPixel())


def _units_per_pixel(settings: QgsMapSettings, center: QgsPointXY, scale: float) -> float:
    """Return the map units of a pixel at a place and scale; in degrees that depends on the latitude."""
    tried = QgsMapSettings(settings)
    present = settings.mapUnitsPerPixel()
    units = present if present > 0.0 else 1.0
    size = settings.outputSize()
    width, height = max(size.width(), _FIRST_WIDTH_PX), max(size.height(), _FIRST_WIDTH_PX)
    tried.setOutputSize(QSize(width, height))
    for _ in range(2):
        tried.setExtent(QgsRectangle.fromCenterAndSize(center, units * width, units * height))
        units = tried.mapUnitsPerPixel() * scale / tried.scale()
    return units
