"""Runs inside QGIS: projects, panels and the plugin itself come and go while jobs run; QGIS is closed during one."""

import os
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtWidgets import QPushButton
from qgis.utils import iface, reloadPlugin
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin


def open_panel(model):
    project = QgsProject.instance()
    project.addMapLayer(QgsRasterLayer(FACTS["stack"], "Stack"))
    project.addMapLayer(QgsVectorLayer(FACTS["samples"], "Samples", "ogr"))
    panels = plugin()._panels
    panels.train_dock.setUserVisible(True)
    form = panels.train_dock.form
    form.folder_widget.setFilePath(str(FOLDER / "results"))
    form.model_combo.setCurrentIndex(form.model_combo.findData(model))
    return panels


def docks():
    return [
        dock for dock in iface.mainWindow().findChildren(QgsDockWidget) if dock.objectName().startswith("cropsample")
    ]


def steps(script):
    fill_screen()
    panels = open_panel("random_forest")
    yield 800
    panels.train_dock.form.run_button.click()
    yield lambda: any(run.jobs for run in panels.board.runs())
    panels.train_dock.close()
    panels.jobs_dock.close()
    iface.newProject(False)  # noqa: FBT003 - QGIS takes it by position
    yield lambda: not panels.runner.run_id
    script.answer["state_after_new_project"] = panels.board.runs()[0].state.value
    script.answer["layers_after_new_project"] = len(QgsProject.instance().mapLayers())
    yield 300
    iface.messageBar().currentItem().findChild(QPushButton).click()
    script.answer["layers_on_request"] = sorted(layer.name() for layer in QgsProject.instance().mapLayers().values())

    algorithm = QgsApplication.processingRegistry().algorithmById("cropsample:buildtimeseries")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    parameters = {"FOLDER": FACTS["images"], "OUTPUT": str(FOLDER / "stack.vrt")}
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    n_runs = len(panels.board.runs())
    QgsApplication.taskManager().addTask(task)
    panels.jobs_dock.setUserVisible(True)
    yield lambda: len(panels.board.runs()) > n_runs
    yield lambda: not panels.board.runs()[0].is_running
    script.answer["toolbox_job"] = (panels.board.runs()[0].jobs[0].name, panels.board.runs()[0].state.value)

    script.answer["docks_before"] = len(docks())
    for _ in range(3):
        reloadPlugin("cropsample_plugin")
        yield 300
    script.answer["docks_after"] = len(docks())
    panels = plugin()._panels
    panels.board.refresh()
    script.answer["runs_after_reload"] = len(panels.board.runs())

    panels = open_panel("lstm")
    yield 800
    panels.train_dock.form.run_button.click()
    yield lambda: any(run.job("trainclassifier") for run in panels.board.runs() if run.is_running)
    yield 1500
    picture("before_closing.png")


Script(steps).start()
