"""Runs inside QGIS: trains and maps through the panel, as a user would, and takes the README's picture."""

import os
import sys
from pathlib import Path

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget
from qgis.utils import iface
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin


def open_layers():
    project = QgsProject.instance()
    stack = project.addMapLayer(QgsRasterLayer(FACTS["stack"], "Sentinel-2 2023"))
    renderer = stack.renderer().clone()
    # July: near infrared, red, green.
    renderer.setRedBand(80)
    renderer.setGreenBand(76)
    renderer.setBlueBand(75)
    stack.setRenderer(renderer)
    stack.setDefaultContrastEnhancement()
    samples = project.addMapLayer(QgsVectorLayer(FACTS["samples"], "Samples", "ogr"))
    symbol = samples.renderer().symbol()
    symbol.setSize(1.4)
    for layer in (stack, samples):
        node = project.layerTreeRoot().findLayer(layer.id())
        node.setExpanded(False)
    return stack


def middle_of(stack):
    """Return the part of the stack that fills the map window from side to side."""
    extent, canvas = stack.extent(), iface.mapCanvas()
    extent.setYMinimum(extent.yMinimum() + 0.35 * extent.height())
    extent.setYMaximum(extent.yMinimum() + 0.98 * extent.width() * canvas.height() / canvas.width())
    return extent


def steps(script):
    fill_screen()
    window = iface.mainWindow()
    for name in ("Browser",):
        window.findChild(QDockWidget, name).hide()
    panels = plugin()._panels
    stack = open_layers()
    yield 800
    for dock in ("cropsample_train_and_map", "cropsample_jobs"):
        window.findChild(QAction, f"{dock}_action").trigger()
    yield 800
    iface.mapCanvas().setExtent(stack.extent())
    iface.mapCanvas().refresh()
    form = panels.train_dock.form
    script.answer["guessed"] = {"class": form.class_combo.currentField(), "group": form.group_combo.currentField()}
    form.folder_widget.setFilePath(str(FOLDER / "results"))
    form.name_edit.setText("Crops 2023")
    form.model_combo.setCurrentIndex(form.model_combo.findData("lstm"))
    yield 500
    script.answer["problems"] = panels.train_dock.problem_list.texts()
    script.answer["can_run"] = form.run_button.isEnabled()
    script.reset_beat()
    form.run_button.click()
    yield lambda: panels.jobs_dock.curve._canvas is not None or not panels.train_dock._is_running
    yield 2500
    longest_block_s = script.longest_block_s
    picture("training.png")
    script.reset_beat()
    yield lambda: not panels.train_dock._is_running
    script.answer["longest_block_s"] = max(longest_block_s, script.longest_block_s)
    yield 1500
    (run,) = panels.board.runs()
    script.answer["state"] = run.state.value
    script.answer["error"] = run.error_text
    script.answer["accuracy"] = run.outputs.get("overall_accuracy")
    script.answer["has_report"] = Path(run.report or "-").is_file()
    script.answer["curves"] = sorted(run.metrics)
    group = QgsProject.instance().layerTreeRoot().findGroup("Crops 2023")
    layers = [node.layer() for node in group.findLayers()] if group else []
    script.answer["layers"] = {layer.name(): layer.renderer().type() for layer in layers}
    script.answer["classes"] = [entry.label for entry in layers[0].renderer().classes()] if layers else []
    picture("finished.png")
    iface.messageBar().clearWidgets()
    samples = QgsProject.instance().mapLayersByName("Samples")[0]
    QgsProject.instance().layerTreeRoot().findLayer(samples.id()).setItemVisibilityChecked(False)
    panels.train_dock.form.folder_widget.setFilePath(str(Path.home() / "CropSample"))
    window.resizeDocks([panels.jobs_dock], [330], Qt.Orientation.Vertical)
    yield 300
    iface.mapCanvas().setExtent(middle_of(stack))
    yield 2500
    picture("cropsample.png")


Script(steps).start()
