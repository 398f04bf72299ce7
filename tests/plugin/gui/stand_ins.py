"""Stand-ins and factories of the panels' suite."""

from __future__ import annotations

import threading
import time

import numpy as np
from osgeo import gdal, osr
from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QMainWindow

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.live_jobs import live_job
from cropsample_plugin.jobs.protocol import (
    ErrorEvent,
    LogEvent,
    MetricEvent,
    ProgressEvent,
    ResultEvent,
    encode_event,
)

gdal.UseExceptions()
WAIT_S = 10.0


class Iface:
    """As much of QgisInterface as the plugin uses, over real widgets."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.bar = QgsMessageBar(self.window)
        self.menu_actions = []
        self.factories = []
        self.docks = []
        self.options_pages = []
        self.layer_actions = []
        self.layer = None

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas

    def messageBar(self):
        return self.bar

    def addToolBar(self, name):
        return self.window.addToolBar(name)

    def addPluginToMenu(self, _menu, action):
        self.menu_actions.append(action)

    def removePluginMenu(self, _menu, action):
        self.menu_actions.remove(action)

    def activeLayer(self):
        return self.layer

    def addCustomActionForLayerType(self, action, _menu, _kind, _all_layers):
        self.layer_actions.append(action)

    def removeCustomActionForLayerType(self, action):
        if action in self.layer_actions:
            self.layer_actions.remove(action)

    def registerOptionsWidgetFactory(self, factory):
        self.factories.append(factory)

    def unregisterOptionsWidgetFactory(self, factory):
        self.factories.remove(factory)

    def addDockWidget(self, area, dock):
        self.docks.append(dock)
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        self.docks.remove(dock)
        self.window.removeDockWidget(dock)

    def showOptionsDialog(self, _parent, page):
        self.options_pages.append(page)


class FakeEngine:
    """Plays the engine: writes into the job folder what a supervised engine would, as fast as told."""

    def __init__(self) -> None:
        self.jobs = []
        self.outputs = {}
        self.errors = {}
        self.gate = threading.Event()
        self.gate.set()

    def run(self, job, _python, folder, on_event, is_canceled, **_options):
        self.jobs.append(job)
        with live_job(folder.path) as is_stopped:
            self._tell(folder, on_event, LogEvent(f"{job.name} starts"))
            for epoch in range(1, 4):
                self._tell(folder, on_event, ProgressEvent(epoch / 4, f"part {epoch}"))
                if job.name == "trainclassifier":
                    self._tell(folder, on_event, MetricEvent("train_loss", epoch, 1.0 / epoch))
            while not self.gate.is_set() and not is_canceled() and not is_stopped():
                time.sleep(0.01)
            error = self.errors.get(job.name)
            if is_canceled() or is_stopped():
                error = EngineError("canceled", "Canceled.")
        if error is not None:
            last = ErrorEvent(error.kind, error.message, error.remedy)
        else:
            last = ResultEvent(self.outputs.get(job.name, {}))
        folder.result.write_text(encode_event(last), encoding="utf-8")
        if error is not None:
            raise error
        return last

    @staticmethod
    def _tell(folder, on_event, event):
        with folder.events.open("a", encoding="utf-8") as stream:
            stream.write(encode_event(event) + "\n")
        on_event(event)


def wait_for(condition, seconds=WAIT_S):
    """Let Qt work until a condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("waited too long")
        QCoreApplication.processEvents()
        time.sleep(0.005)


def delete_now():
    """Let Qt delete what was handed to deleteLater."""
    for _ in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_raster(path, descriptions, value=1, size=8):
    """Write a small raster whose bands carry these descriptions."""
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), size, size, max(len(descriptions), 1), gdal.GDT_Byte)
    dataset.SetGeoTransform((500_000, 10, 0, 5_000_000, 0, -10))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32631)
    dataset.SetProjection(reference.ExportToWkt())
    for number, description in enumerate(descriptions, start=1):
        band = dataset.GetRasterBand(number)
        band.SetDescription(description)
        band.WriteArray(np.full((size, size), value, dtype=np.uint8))
    dataset = None
    return str(path)


def make_samples(labels, fields="field=crop:string&field=parcel:integer&field=weight:double", x_m=500_005):
    """Return a memory layer of points on the stack with a label, a parcel and a weight each."""
    layer = QgsVectorLayer(f"Point?crs=EPSG:32631&{fields}", "My samples", "memory")
    features = []
    for number, label in enumerate(labels):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([label, number // 2, 1.0][: len(layer.fields())])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x_m + number % 8 * 10, 4_999_995)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer
