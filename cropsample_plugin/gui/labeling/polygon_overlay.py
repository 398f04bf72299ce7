"""What the polygon tools draw on one canvas: the gesture, what it would make, the stack's pixels, other samples."""

from __future__ import annotations

from typing import List, Optional, Sequence

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointLocator, QgsWkbTypes
from qgis.gui import QgsMapCanvas, QgsRubberBand, QgsSnapIndicator
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QLabel

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.polygon_shapes import polygon_parts, transformed

_GESTURE, _RESULT = QColor(255, 82, 82), QColor(64, 224, 255)
_PIXELS, _CENTRAL, _SAMPLES = QColor(255, 255, 255), QColor(255, 140, 0), QColor(255, 235, 59, 170)
# A bright line is seen on any imagery with a dark one around it.
_HALO = QColor(0, 0, 0, 110)
_REFUSED, _ON_REFUSED = QColor(150, 20, 20), QColor(255, 255, 255)
_MARGIN_EM = 0.5


class PolygonOverlay:
    """Rubber bands and words over one canvas."""

    def __init__(self, canvas: QgsMapCanvas) -> None:
        self._canvas = canvas
        self._samples = _band(canvas, _SAMPLES, 2)
        self._pixels = _band(canvas, _PIXELS, 2, Qt.PenStyle.DashLine)
        self._central = _band(canvas, _CENTRAL, 3)
        self._result = _band(canvas, _RESULT, 3)
        self._gesture = _band(canvas, _GESTURE, 3, Qt.PenStyle.DashLine)
        self._snap = QgsSnapIndicator(canvas)
        self.readout = _readout(canvas)

    @property
    def _bands(self) -> List[QgsRubberBand]:
        return [self._samples, self._pixels, self._central, self._result, self._gesture]

    def show_gesture(self, points: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Show the points placed so far, as a line or a point."""
        self._show(self._gesture, points, crs)

    def show_results(self, results: Sequence[QgsGeometry], crs: QgsCoordinateReferenceSystem) -> None:
        """Show the polygons that the gesture would make."""
        self._show(self._result, _outlines(results), crs)

    def show_pixels(self, outline: QgsGeometry, central: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
        """Show the outline of the pixels held, and the central one."""
        self._show(self._pixels, outline, crs)
        self._show(self._central, _outlines([central]), crs)

    def show_samples(self, geometries: Sequence[QgsGeometry], crs: QgsCoordinateReferenceSystem) -> None:
        """Show where the samples in view lie."""
        self._show(self._samples, _outlines(geometries), crs)

    def show_snap(self, match: Optional[QgsPointLocator.Match]) -> None:
        """Show what the pointer snapped to, None for nothing."""
        self._snap.setMatch(QgsPointLocator.Match() if match is None else match)

    def say(self, text: str, *, is_refusal: bool = False) -> None:
        """Show words in the corner of the map; "" for none."""
        label, palette = self.readout, self._canvas.palette()
        ground, ink = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
        if is_refusal:
            ground, ink = _REFUSED, _ON_REFUSED
        # Themes made of style sheets do not look at the palette.
        label.setStyleSheet(f"background-color: {ground.name()}; color: {ink.name()};")
        label.setText(text)
        label.setVisible(bool(text))
        if text:
            em = label.fontMetrics().height()
            margin = round(_MARGIN_EM * em)
            longest = max(label.fontMetrics().horizontalAdvance(line) for line in text.splitlines())
            width = min(longest + 2 * label.margin() + margin, max(em, self._canvas.width() - 2 * margin))
            label.setGeometry(margin, margin, width, label.heightForWidth(width))

    def clear(self) -> None:
        """Take everything away but the samples and the pixels of the current one."""
        self.show_results((), QgsCoordinateReferenceSystem())
        self._gesture.reset(QgsWkbTypes.GeometryType.LineGeometry)
        self.show_snap(None)

    def clear_all(self) -> None:
        """Take everything away."""
        self.clear()
        for band in self._bands:
            band.reset(QgsWkbTypes.GeometryType.LineGeometry)
        self.say("")

    def remove(self) -> None:
        """Take it off the canvas for good."""
        if sip.isdeleted(self._canvas):
            return
        self.show_snap(None)
        for band in self._bands:
            self._canvas.scene().removeItem(band)
        self.readout.hide()
        self.readout.deleteLater()

    def _show(self, band: QgsRubberBand, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> None:
        placed = self._on_map(geometry, crs)
        band.reset(QgsWkbTypes.GeometryType.LineGeometry)
        if placed is not None:
            band.setToGeometry(placed, None)

    def _on_map(self, geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> Optional[QgsGeometry]:
        if geometry.isNull() or geometry.isEmpty():
            return None
        try:
            return transformed(geometry, crs, self._canvas.mapSettings().destinationCrs())
        except LabelingError:
            return None


def _outlines(geometries: Sequence[QgsGeometry]) -> QgsGeometry:
    """Return the borders of polygons; points have marks of their own in the views."""
    parts = [part for geometry in geometries for part in polygon_parts(geometry)]
    lines = [line for part in parts for line in part.coerceToType(QgsWkbTypes.Type.MultiLineString)]
    return QgsGeometry.collectGeometry(lines) if lines else QgsGeometry()


def _band(canvas: QgsMapCanvas, color: QColor, width: int, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QgsRubberBand:
    band = QgsRubberBand(canvas, QgsWkbTypes.GeometryType.LineGeometry)
    band.setStrokeColor(color)
    band.setSecondaryStrokeColor(_HALO)
    band.setWidth(width)
    band.setLineStyle(style)
    return band


def _readout(canvas: QgsMapCanvas) -> QLabel:
    label = QLabel(canvas)
    label.setObjectName("cropsample_polygon_readout")
    label.setWordWrap(True)
    label.setMargin(round(_MARGIN_EM * label.fontMetrics().height() / 2))
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    label.hide()
    return label
