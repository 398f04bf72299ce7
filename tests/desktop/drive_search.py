"""Runs inside QGIS: from the Train and map panel to the dialog that searches hyperparameters, and its live table."""

import os
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget
from qgis.utils import iface
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin

N_TRIALS = 5


def open_dialog():
    """Return the Processing dialog that is open, or None."""
    shown = [item for item in QApplication.topLevelWidgets() if item.isVisible() and hasattr(item, "setParameters")]
    return shown[0] if shown else None


def steps(script):
    fill_screen()
    window = iface.mainWindow()
    window.findChild(QDockWidget, "Browser").hide()
    panels = plugin()._panels
    project = QgsProject.instance()
    stack = project.addMapLayer(QgsRasterLayer(FACTS["stack"], "Sentinel-2 2023"))
    samples = project.addMapLayer(QgsVectorLayer(FACTS["samples"], "Samples", "ogr"))
    yield 800
    for dock in ("cropsample_train_and_map", "cropsample_jobs"):
        window.findChild(QAction, f"{dock}_action").trigger()
    yield 800
    form = panels.train_dock.form
    actions = {action.data(): action for action in form.compare_button.menu().actions()}
    form.compare_button.menu().popup(form.compare_button.mapToGlobal(form.compare_button.rect().bottomLeft()))
    yield 500
    picture("menu.png")
    form.compare_button.menu().hide()
    actions["cropsample:searchhyperparameters"].trigger()
    yield lambda: open_dialog() is not None
    dialog = open_dialog()
    yield 800
    picture("dialog.png")
    given = dialog.createProcessingParameters()
    script.answer["filled"] = {
        "samples": given["SAMPLES"] == samples.id(),
        "stack": given["STACK"] == stack.id(),
        "fields": [given["CLASS_FIELD"], given["GROUP_FIELD"]],
        "protocol": given["PROTOCOL"],
    }
    found = {"HYPERPARAMETERS": str(FOLDER / "found.json"), "REPORT": str(FOLDER / "search.html")}
    dialog.setParameters({**given, **found, "N_TRIALS": N_TRIALS})
    script.reset_beat()
    dialog.runButton().click()
    dialog.hide()
    yield lambda: panels.jobs_dock.trials.rowCount() >= 2
    picture("trials.png")
    yield lambda: bool(panels.board.runs()) and not panels.board.runs()[0].is_running
    yield 1500
    (run,) = panels.board.runs()
    script.answer["longest_block_s"] = script.longest_block_s
    script.answer["state"] = run.state.value
    script.answer["n_rows"] = panels.jobs_dock.trials.rowCount()
    script.answer["tab"] = panels.jobs_dock.tabs.tabText(0).replace("&", "")
    picture("done.png")


Script(steps).start()
