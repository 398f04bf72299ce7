"""Runs inside QGIS: looks at series of real stacks, raw and processed, with clouds and seasons, and at their dates."""

import os
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialogButtonBox, QDockWidget
from qgis.utils import iface
from window_script import FACTS, Script, fill_screen, picture, plugin


def open_layers():
    project, layers = QgsProject.instance(), {}
    for role in ("stack", "processed", "seasons"):
        layers[role] = project.addMapLayer(QgsRasterLayer(FACTS[role], FACTS["names"][role]))
        node = project.layerTreeRoot().findLayer(layers[role].id())
        node.setExpanded(False)
        node.setItemVisibilityChecked(role == "stack")
    if FACTS["samples"]:
        layers["samples"] = project.addMapLayer(QgsVectorLayer(FACTS["samples"], "Samples", "ogr"))
        project.layerTreeRoot().findLayer(layers["samples"].id()).setItemVisibilityChecked(False)
    return layers


def click(layer, share, key=Qt.KeyboardModifier.NoModifier):
    """Click on the map at a share of a layer's width and height."""
    extent, canvas = layer.extent(), iface.mapCanvas()
    x = extent.xMinimum() + share[0] * extent.width()
    y = extent.yMinimum() + share[1] * extent.height()
    place = canvas.getCoordinateTransform().transform(x, y)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, key, QPoint(round(place.x()), round(place.y())))


def look_at_points(script, dock, layers):
    form = dock.form
    form.processed_combo.setLayer(layers["processed"])
    form.seasons_combo.setLayer(layers["seasons"])
    form.findChild(QgsCollapsibleGroupBox, "samples_group").setCollapsed(False)
    if FACTS["mask_band"]:
        form.mask_band_combo.setCurrentIndex(form.mask_band_combo.findData(FACTS["mask_band"]))
        form.rule_edit.setText(FACTS["rule"])
    form.measure_combo.setCheckedItems(FACTS["measures"])
    form.pick_button.click()
    click(layers["stack"], FACTS["points"][0])
    click(layers["stack"], FACTS["points"][1], Qt.KeyboardModifier.ControlModifier)
    yield lambda: len(dock.session.points) == 2 and form.plot.charts and not dock.reading.is_busy
    yield 800
    if "samples" in layers:
        form.samples_combo.setLayer(layers["samples"])
        form.class_combo.setField("crop")
        yield lambda: not dock.profiles.is_busy
        yield 400
    charts = form.plot.charts
    script.answer["notes"] = form.notes_label.text()
    script.answer["hint"] = form.stack_hint.text()
    script.answer["measures"] = [chart.value_label for chart in charts]
    script.answer["points"] = [[point.point.x(), point.point.y()] for point in dock.session.points]
    script.answer["series"] = [list(series.values) for series in charts[0].series if series.name in FACTS["raw_names"]]
    script.answer["clear"] = [list(series.clear) for series in charts[0].series if series.name in FACTS["raw_names"]]
    script.answer["names"] = [series.name for series in charts[0].series]
    script.answer["seasons"] = [[str(span.start), str(span.end)] for span in charts[0].seasons]
    script.answer["classes"] = [profile.name for profile in charts[0].profiles]
    picture("one_plot.png")
    form.arrangement_combo.setCurrentIndex(1)
    yield 600
    script.answer["n_side_by_side"] = len(form.plot.charts)
    picture("side_by_side.png")
    form.arrangement_combo.setCurrentIndex(0)


def show_dates(script, dock):
    panels = plugin()._panels

    def accept():
        box = QApplication.activeModalWidget()
        script.answer["offered"] = [box.composition_combo.itemText(k) for k in range(box.composition_combo.count())]
        box.composition_combo.setCurrentIndex(FACTS["composition"])
        picture("dialog.png")
        box.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()

    QTimer.singleShot(600, accept)
    dock.form.layers_button.click()
    yield lambda: not panels.date_layers.is_busy
    yield 1200
    iface.messageBar().clearWidgets()
    (group,) = QgsProject.instance().layerTreeRoot().findGroups()
    script.answer["dates"] = [node.name() for node in group.findLayers()]
    temporal = [node.layer().temporalProperties() for node in group.findLayers()]
    script.answer["active"] = all(properties.isActive() for properties in temporal)
    begins = [properties.fixedTemporalRange().begin().date() for properties in temporal]
    script.answer["begins"] = [day.toString(Qt.DateFormat.ISODate) for day in begins]
    controller = iface.mapCanvas().temporalController()
    frames = []
    for frame in FACTS["frames"]:
        controller.setCurrentFrameNumber(frame)
        yield 1500
        frames.append(iface.mapCanvas().grab().toImage())
    script.answer["frames_differ"] = frames[0] != frames[1]
    script.answer["n_frames"] = controller.totalFrameCount()
    picture("dates.png")


def steps(script):
    fill_screen()
    window = iface.mainWindow()
    window.findChild(QDockWidget, "Browser").hide()
    layers = open_layers()
    yield 800
    window.findChild(QAction, "cropsample_time_series_action").trigger()
    yield 500
    dock = plugin()._panels.series_dock
    window.resizeDocks([dock], [460], Qt.Orientation.Vertical)
    yield 300
    iface.mapCanvas().setExtent(layers["stack"].extent())
    iface.mapCanvas().refresh()
    yield 1000
    dock.choose_stack(layers["stack"])
    yield from look_at_points(script, dock, layers)
    yield from show_dates(script, dock)


Script(steps).start()
