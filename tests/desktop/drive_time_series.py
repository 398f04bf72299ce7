"""Runs inside QGIS: clicks the map, looks at the series, animates the dates, and takes the guide's picture."""

import os
import sys
import time

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsCollapsibleGroupBox, QgsVertexMarker
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialogButtonBox, QDockWidget
from qgis.utils import iface
from window_script import FACTS, Script, fill_screen, picture, plugin


def open_layers():
    project = QgsProject.instance()
    stack = project.addMapLayer(QgsRasterLayer(FACTS["stack"], "Sentinel-2 2023"))
    samples = project.addMapLayer(QgsVectorLayer(FACTS["series"], "Samples", "ogr"))
    root = project.layerTreeRoot()
    root.findLayer(stack.id()).setExpanded(False)
    root.findLayer(samples.id()).setItemVisibilityChecked(False)
    return stack, samples


def click(point, key=Qt.KeyboardModifier.NoModifier):
    """Click on the map where a point of it is."""
    canvas = iface.mapCanvas()
    place = canvas.getCoordinateTransform().transform(point)
    at = QPoint(round(place.x()), round(place.y()))
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, key, at)


def marks():
    """Return the marks that can be seen; QGIS keeps some of its own, hidden."""
    items = iface.mapCanvas().scene().items()
    return [item for item in items if isinstance(item, QgsVertexMarker) and item.isVisible()]


def pixel_center(stack, x_share, y_share):
    """Return the middle of the pixel at a share of the stack's width and height."""
    extent = stack.extent()
    column, row = int(x_share * stack.width()), int(y_share * stack.height())
    return QgsPointXY(
        extent.xMinimum() + (column + 0.5) * stack.rasterUnitsPerPixelX(),
        extent.yMaximum() - (row + 0.5) * stack.rasterUnitsPerPixelY(),
    )


def look_at_points(script, dock, stack):
    iface.mapCanvas().setExtent(stack.extent())
    iface.mapCanvas().refresh()
    yield 1000
    dock.form.pick_button.click()
    script.answer["hint"] = dock.form.plot.message
    started = time.monotonic()
    click(pixel_center(stack, 0.3, 0.5))
    yield lambda: bool(dock.form.plot.charts)
    script.answer["first_s"] = time.monotonic() - started
    click(pixel_center(stack, 0.62, 0.6), Qt.KeyboardModifier.ControlModifier)
    yield lambda: dock.form.plot.charts and len(dock.form.plot.charts[0].series) == 2
    (chart,) = dock.form.plot.charts
    script.answer["measure"] = chart.value_label
    script.answer["series"] = [[series.color, list(series.values)] for series in chart.series]
    script.answer["marks"] = sorted(mark.fillColor().name() for mark in marks())
    script.answer["points"] = [[point.point.x(), point.point.y()] for point in dock.session.points]


def show_dates(script, dock):
    panels = plugin()._panels

    def accept():
        box = QApplication.activeModalWidget()
        box.composition_combo.setCurrentIndex(1)
        box.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()

    QTimer.singleShot(600, accept)
    script.reset_beat()
    dock.form.layers_button.click()
    # The dialog had an event loop of its own.
    script.reset_beat()
    yield lambda: not panels.date_layers.is_busy
    yield 1500
    script.answer["longest_block_s"] = script.longest_block_s
    group = next(node for node in QgsProject.instance().layerTreeRoot().children() if "false colour" in node.name())
    script.answer["dates"] = [node.name() for node in group.findLayers()]
    controller = iface.mapCanvas().temporalController()
    frames = []
    for frame in (0, 6):
        controller.setCurrentFrameNumber(frame)
        yield 1200
        frames.append(iface.mapCanvas().grab().toImage())
    script.answer["frames_differ"] = frames[0] != frames[1]
    script.answer["frames"] = controller.totalFrameCount()


def steps(script):
    fill_screen()
    window = iface.mainWindow()
    window.findChild(QDockWidget, "Browser").hide()
    stack, samples = open_layers()
    yield 800
    window.findChild(QAction, "cropsample_time_series_action").trigger()
    yield 500
    dock = plugin()._panels.series_dock
    window.resizeDocks([dock], [400], Qt.Orientation.Vertical)
    yield 300
    script.answer["stack"] = dock.form.stack_combo.currentText()
    yield from look_at_points(script, dock, stack)
    dock.form.findChild(QgsCollapsibleGroupBox, "samples_group").setCollapsed(False)
    dock.form.samples_combo.setLayer(samples)
    yield lambda: not dock.profiles.is_busy
    dock.form.classes_combo.deselectAllOptions()
    dock.form.classes_combo.setCheckedItems(["maize", "wheat"])
    yield 500
    script.answer["classes"] = [profile.name for profile in dock.form.plot.charts[0].profiles]
    yield from show_dates(script, dock)
    iface.messageBar().clearWidgets()
    extent, canvas = stack.extent(), iface.mapCanvas()
    middle = QgsPointXY(extent.center().x(), extent.yMaximum() - 0.55 * extent.height())
    canvas.setExtent(QgsRectangle.fromCenterAndSize(middle, extent.width(), 0.2 * extent.height()))
    canvas.refresh()
    yield 1500
    plot = dock.form.plot
    QTest.mouseMove(plot, QPoint(round(0.55 * plot.width()), plot.height() // 3))
    yield 800
    script.answer["readout"] = plot.readout()
    picture("time_series.png")
    QgsProject.instance().removeMapLayer(stack.id())
    yield 500
    script.answer["after_removal"] = plot.message
    dock.close()
    yield 300
    script.answer["marks_after_closing"] = len(marks())


Script(steps).start()
