"""A stage for the linked views: a dated stack, a photo, samples on them, and the panel over stand-ins."""

from __future__ import annotations

import struct

import numpy as np
from known_stacks import NORTH, PIXEL_M, WEST, days, season_values, write_stack
from memory_store import MemoryStore
from osgeo import gdal, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle
from qgis.PyQt.QtCore import Qt
from stand_ins import wait_for

from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.session_file import LabelClass, LayerReference, SessionSettings, ViewSettings
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.linked_views import LinkedViews

BANDS = ("B03", "B04", "B08", "SCL")
N_DATES, SIZE_PX = 12, 64
CRS = "EPSG:32631"
CLASSES = (LabelClass("Wheat", key="1"), LabelClass("Cotton", key="2"))
FALSE_COLOR = ("B08", "B04", "B03")


def make_stack(folder):
    return write_stack(folder / "stack.tif", BANDS, days(N_DATES), season_values(N_DATES, SIZE_PX))


def make_photo(path, value=120):
    """Write a photo of three bands over the stack's area."""
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), SIZE_PX, SIZE_PX, 3, gdal.GDT_Byte)
    dataset.SetGeoTransform((WEST, PIXEL_M, 0, NORTH, 0, -PIXEL_M))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32631)
    dataset.SetProjection(reference.ExportToWkt())
    for number in (1, 2, 3):
        dataset.GetRasterBand(number).WriteArray(np.full((SIZE_PX, SIZE_PX), value, dtype=np.uint8))
    dataset = None
    return str(path)


def reference(path, name="Stack", provider="gdal"):
    return LayerReference(name, provider, str(path))


def date_view(path, day, bands=FALSE_COLOR, title="False colour"):
    return ViewSettings(title, (reference(path),), str(day), bands)


def point(number, x, y):
    return NewSample(LabelingSample(f"s{number}", x, y), struct.pack("<BIdd", 1, 1, x, y))


def square(number, x, y, half_m):
    geometry = QgsGeometry.fromRect(QgsRectangle(x - half_m, y - half_m, x + half_m, y + half_m))
    return NewSample(LabelingSample(f"s{number}", x, y), bytes(geometry.asWkb()))


def samples_on_stack(n_samples=6):
    step = PIXEL_M * SIZE_PX / (n_samples + 1)
    return [point(number, WEST + step * (number + 1), NORTH - step * (number + 1)) for number in range(n_samples)]


class Stage:
    """The panel in a window, a controller, and ways to open sessions."""

    def __init__(self, iface):
        self.iface = iface
        iface.window.setCentralWidget(iface.canvas)
        iface.window.resize(1100, 700)
        iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem(CRS))
        self.controller = LabelingController()
        self.said = []
        self.controller.failed.connect(self.said.append)
        self.views = LinkedViews(self.controller, iface, iface.window)
        iface.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.views)
        self.shown = []
        self.views.shown.connect(lambda: self.shown.append(self.session.current.sample_id))
        self.views.show()
        iface.window.show()
        iface.window.resizeDocks([self.views], [700], Qt.Orientation.Horizontal)
        wait_for(lambda: self.views.is_shown)

    @property
    def session(self):
        return self.controller.session

    @property
    def frames(self):
        return self.views.frames

    def open(self, views, samples=None, path="", **changes):
        values = {"scale": 2000.0, "views": tuple(views), **changes}
        settings = SessionSettings("Test", "labels.gpkg", values.pop("crs", CRS), CLASSES, **values)
        store = MemoryStore(samples if samples is not None else samples_on_stack())
        self.controller.open(LabelingSession(settings, store, "Ana"), path)

    def wait_until_shown(self):
        wait_for(lambda: self.shown and self.shown[-1] == self.session.current.sample_id)

    def wait_for_imagery(self):
        wait_for(lambda: all(frame.imagery.layers for frame in self.frames))

    def label(self):
        self.controller.act(lambda session: session.label("Wheat"))

    def take_down(self):
        self.views.take_down()
        self.controller.close()
        self.views.deleteLater()
