"""Runs inside QGIS: models are compared, one is judged on another region, and a network learns from products."""

import os
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QTabWidget
from qgis.utils import iface
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin


def open_dialog():
    """Return the Processing dialog that is open, or None."""
    shown = [item for item in QApplication.topLevelWidgets() if item.isVisible() and hasattr(item, "setParameters")]
    return shown[0] if shown else None


def run(dialog, name, values):
    """Fill the dialog in, run it, and wait for its results; pictures before and after."""
    dialog.setParameters(values)
    yield 800
    picture(f"{name}.png")
    dialog.runButton().click()
    yield lambda: bool(dialog.results())
    yield 800
    dialog.findChild(QTabWidget).setCurrentIndex(1)
    yield 400
    picture(f"{name}_done.png")


def steps(script):
    fill_screen()
    window = iface.mainWindow()
    window.findChild(QDockWidget, "Browser").hide()
    panels = plugin()._panels
    project = QgsProject.instance()
    project.addMapLayer(QgsRasterLayer(FACTS["stack"], "Sentinel-2 2023"))
    project.addMapLayer(QgsVectorLayer(FACTS["samples"], "Samples", "ogr"))
    yield 800
    window.findChild(QAction, "cropsample_train_and_map_action").trigger()
    yield 800
    actions = {action.data(): action for action in panels.train_dock.form.compare_button.menu().actions()}
    actions["cropsample:crossvalidate"].trigger()
    yield lambda: open_dialog() is not None
    comparison = open_dialog()
    script.reset_beat()
    values = {"SAMPLES": FACTS["samples"], "STACK": FACTS["stack"], "CLASS_FIELD": "class_name"}
    values["MODELS"] = ["random_forest", "svm"]
    values.update(TABLE=str(FOLDER / "compared.gpkg"), REPORT=str(FOLDER / "compared.html"))
    yield from run(comparison, "compare", values)
    script.answer["comparison"] = {"MACRO_F1": comparison.results()["MACRO_F1"]}
    comparison.close()

    actions["cropsample:transferclassifier"].trigger()
    yield lambda: open_dialog() not in {None, comparison}
    dialog = open_dialog()
    values = {"MODEL_PACKAGE": FACTS["source"], "STRATEGY": 0, "N_REPEATS": 2}
    values.update(OUTPUT=str(FOLDER / "moved.zip"), REPORT=str(FOLDER / "moved.html"))
    yield from run(dialog, "transfer", values)
    script.answer["transfer"] = {key: dialog.results()[key] for key in ("NAIVE_MACRO_F1", "SCRATCH_MACRO_F1")}
    dialog.close()

    panels.show_dialog("cropsample:trainweaklysupervised", {"STACK": FACTS["stack"], "CONSENSUS": FACTS["consensus"]})
    yield lambda: open_dialog() not in {None, dialog}
    weak = open_dialog()
    values = {"MAX_EPOCHS": 3, "N_PATCHES": 40}
    values.update(MODEL_PACKAGE=str(FOLDER / "weak.zip"), REPORT=str(FOLDER / "weak.html"))
    yield from run(weak, "weak", values)
    script.answer["weak"] = {key: weak.results()[key] for key in ("LABEL_AGREEMENT", "N_PATCHES")}
    weak.close()
    script.answer["longest_block_s"] = script.longest_block_s


Script(steps).start()
