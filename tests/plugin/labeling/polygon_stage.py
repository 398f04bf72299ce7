"""A map, a session with fields on it, and a hand that draws with real mouse events."""

from __future__ import annotations

import numpy as np
from osgeo import gdal, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample

LEFT, TOP, PIXEL_M, N_PIXELS = 500_000.0, 4_400_000.0, 10.0, 100
NO_KEY = Qt.KeyboardModifier.NoModifier
# Fields of 10 x 10 pixels: two neighbours, and one apart.
FIELDS = {"a": (10, 10), "b": (20, 10), "c": (60, 60)}


def box(column, row, n_columns=10, n_rows=10):
    """Return the corners of pixels: left, bottom, right, top."""
    left, top = LEFT + column * PIXEL_M, TOP - row * PIXEL_M
    return left, top - n_rows * PIXEL_M, left + n_columns * PIXEL_M, top


def field(name):
    return QgsGeometry.fromRect(QgsRectangle(*box(*FIELDS[name])))


def field_samples():
    return [
        NewSample(LabelingSample(name, *(field(name).centroid().asPoint()), stratum="S"), bytes(field(name).asWkb()))
        for name in FIELDS
    ]


def make_stack(path):
    """Write a small dated stack under the fields."""
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), N_PIXELS, N_PIXELS, 1, gdal.GDT_Byte)
    dataset.SetGeoTransform((LEFT, PIXEL_M, 0, TOP, 0, -PIXEL_M))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32641)
    dataset.SetProjection(reference.ExportToWkt())
    dataset.GetRasterBand(1).SetDescription("2023-05-01 ndvi")
    dataset.GetRasterBand(1).WriteArray(np.arange(N_PIXELS**2, dtype=np.uint8).reshape(N_PIXELS, N_PIXELS))
    dataset = None
    return str(path)


def make_objects(texts, crs="EPSG:32641", kind="MultiPolygon"):
    """Return a memory layer of polygons."""
    from qgis.core import QgsFeature

    layer = QgsVectorLayer(f"{kind}?crs={crs}", "Segments", "memory")
    features = []
    for text in texts:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(text))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def make_canvas(size=600):
    """Return a map of the stack's place, one metre to a dot or so."""
    canvas = QgsMapCanvas()
    canvas.resize(size, size)
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32641"))
    canvas.show()
    QCoreApplication.processEvents()
    canvas.setExtent(QgsRectangle(*box(0, 0, 100, 100)))
    QCoreApplication.processEvents()
    return canvas


class Hand:
    """Moves, clicks and drags on a canvas, at places given in columns and rows of the stack."""

    def __init__(self, canvas) -> None:
        self.canvas = canvas
        self.offset = (0.0, 0.0)

    def dot(self, place):
        x = LEFT + place[0] * PIXEL_M + self.offset[0]
        y = TOP - place[1] * PIXEL_M + self.offset[1]
        on_map = self.to_map(x, y)
        point = self.canvas.getCoordinateTransform().transform(*on_map)
        return QPoint(round(point.x()), round(point.y()))

    def to_map(self, x, y):
        from qgis.core import QgsCoordinateTransform, QgsPointXY, QgsProject

        session_crs = QgsCoordinateReferenceSystem("EPSG:32641")
        crs = self.canvas.mapSettings().destinationCrs()
        return tuple(QgsCoordinateTransform(session_crs, crs, QgsProject.instance()).transform(QgsPointXY(x, y)))

    def move(self, place, button=Qt.MouseButton.NoButton):
        self._send(QEvent.Type.MouseMove, self.dot(place), Qt.MouseButton.NoButton, button)

    def click(self, *places, button=Qt.MouseButton.LeftButton, modifier=NO_KEY):
        for place in places:
            self.move(place)
            QTest.mouseClick(self.canvas.viewport(), button, modifier, self.dot(place))

    def right_click(self, place=(1, 1)):
        self.click(place, button=Qt.MouseButton.RightButton)

    def double_click(self, place):
        """A double click as Qt sends it: press, release, double click, release."""
        self.click(place)
        QTest.mouseDClick(self.canvas.viewport(), Qt.MouseButton.LeftButton, NO_KEY, self.dot(place))
        self._send(QEvent.Type.MouseButtonRelease, self.dot(place), Qt.MouseButton.LeftButton)

    def drag(self, start, *ways, is_released=True):
        self.move(start)
        QTest.mousePress(self.canvas.viewport(), Qt.MouseButton.LeftButton, NO_KEY, self.dot(start))
        for place in ways:
            self.move(place, Qt.MouseButton.LeftButton)
        if is_released:
            QTest.mouseRelease(self.canvas.viewport(), Qt.MouseButton.LeftButton, NO_KEY, self.dot(ways[-1]))

    def key(self, key):
        QTest.keyClick(self.canvas, key)

    def _send(self, kind, dot, button, buttons=Qt.MouseButton.NoButton):
        viewport = self.canvas.viewport()
        place = QPointF(dot)
        event = QMouseEvent(kind, place, QPointF(viewport.mapToGlobal(dot)), button, buttons, NO_KEY)
        QApplication.sendEvent(viewport, event)
