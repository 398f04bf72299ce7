"""Runs inside QGIS: maps with the toolbox, looks at the map so far, pauses, continues, and refines the map."""

import dataclasses
import os
import sys
from pathlib import Path

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis import processing
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtWidgets import QApplication
from qgis.utils import iface
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin

from cropsample_plugin.bridge.settings import load_settings, save_settings

SMALL_BLOCKS_MB = 1
_kept = []


def start(name, parameters):
    algorithm = QgsApplication.processingRegistry().algorithmById(f"cropsample:{name}")
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    _kept.extend([algorithm, context, feedback])
    QgsApplication.taskManager().addTask(task)


def steps(script):
    fill_screen()
    save_settings(dataclasses.replace(load_settings(), memory_mb=SMALL_BLOCKS_MB, threads=1))
    panels, project = plugin()._panels, QgsProject.instance()
    stack = project.addMapLayer(QgsRasterLayer(FACTS["stack"], "Stack"))
    iface.mapCanvas().setExtent(stack.extent())
    panels.jobs_dock.setUserVisible(True)
    yield 1000
    classes, probabilities = str(FOLDER / "classes.tif"), str(FOLDER / "probabilities.tif")
    start(
        "predictmap",
        {"MODEL_PACKAGE": FACTS["model"], "STACK": FACTS["stack"], "CLASSES": classes, "PROBABILITIES": probabilities},
    )
    yield lambda: panels.preview.layers() or (panels.board.runs() and not panels.board.runs()[0].is_running)
    (layer,) = panels.preview.layers()
    script.answer["preview"] = layer.name()
    yield lambda: panels.board.runs()[0].fraction > 0.3
    panels.jobs_dock.pause_button.click()
    yield 3000
    fraction = panels.board.runs()[0].fraction
    script.answer["button"] = panels.jobs_dock.pause_button.text()
    picture("preview_paused.png")
    yield 2000
    script.answer["went_on_while_paused"] = panels.board.runs()[0].fraction - fraction
    script.answer["so_far"] = sorted(path.name[:8] for path in Path(classes + ".parts").glob("preview-*.vrt"))[-1:]
    panels.jobs_dock.pause_button.click()
    yield lambda: panels.board.runs()[0].fraction > 0.7
    picture("preview.png")
    yield lambda: not panels.board.runs()[0].is_running
    yield 800
    script.answer["state"] = panels.board.runs()[0].state.value
    script.answer["layers_after"] = sorted(item.name() for item in project.mapLayers().values())
    project.addMapLayer(QgsRasterLayer(classes, "Classes"))
    project.addMapLayer(QgsRasterLayer(probabilities, "Probabilities"))
    refined = str(FOLDER / "refined.tif")
    dialog = processing.createAlgorithmDialog(
        "cropsample:refinemap",
        {
            "CLASSES": classes,
            "PROBABILITIES": probabilities,
            "SMOOTHING": 5,
            "MIN_MAPPING_UNIT": 0.1,
            "OUTPUT": refined,
        },
    )
    dialog.resize(900, 780)
    dialog.show()
    yield 1500
    picture("refine_dialog.png")
    script.answer["dialog"] = dialog.windowTitle()
    dialog.runButton().click()
    yield lambda: Path(refined).is_file() and not panels.board.runs()[0].is_running
    yield 1500
    dialog.close()
    QApplication.processEvents()
    yield 1000
    picture("refined.png")
    script.answer["refined"] = panels.board.runs()[0].state.value


Script(steps).start()
