"""Runs inside QGIS: judges labels by an algorithm or a model, then reviews them with the keyboard alone."""

import os
import sqlite3
import subprocess
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis import processing
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QDockWidget
from qgis.utils import iface
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin

DECISIONS = FOLDER / "judged_review.gpkg"


def press(*keys):
    """Press real keys: the X server sends them to whatever has the focus."""
    subprocess.run(["xdotool", "key", "--delay", "40", *keys], check=True, timeout=30)


def decisions():
    if not DECISIONS.is_file():
        return []
    with sqlite3.connect(DECISIONS) as connection:
        return connection.execute("SELECT decision, new_class, comment FROM judged_review ORDER BY fid").fetchall()


def judged_layer(script):
    """Judge the labels as the toolbox does, and return the layer that it loads."""
    fill_screen()
    iface.mainWindow().findChild(QDockWidget, "Browser").hide()
    if FACTS.get("imagery"):
        QgsProject.instance().addMapLayer(QgsRasterLayer(FACTS["imagery"], "Imagery"))
    output = {FACTS.get("output", "OUTPUT"): str(FOLDER / "judged.gpkg")}
    processing.runAndLoadResults(FACTS.get("algorithm", "cropsample:samplequality"), {**FACTS["parameters"], **output})
    layers = [item for item in QgsProject.instance().mapLayers().values() if isinstance(item, QgsVectorLayer)]
    (layer,) = [item for item in layers if "judged.gpkg" in item.source()]
    script.answer["categories"] = sorted(item.value() for item in layer.renderer().categories())
    return layer


def steps(script):
    layer = judged_layer(script)
    yield 1500
    iface.setActiveLayer(layer)
    iface.zoomToActiveLayer()
    yield 2000
    picture("styled.png")
    window = iface.mainWindow()
    window.findChild(QAction, "cropsample_label_review_action").trigger()
    dock = plugin()._panels.review_dock
    window.resizeDocks([dock], [520], Qt.Orientation.Horizontal)
    yield 500
    dock.form.layer_combo.setLayer(layer)
    if FACTS.get("scale"):
        dock.form.scale_widget.setScale(FACTS["scale"])
    yield 2000
    script.answer["message"] = dock.form.message_label.text() if dock.form.message_label.isVisible() else ""
    script.answer["listed"] = dock.session.progress().n_listed
    first = dock.session.current.sample_id
    picture("review.png")
    window.activateWindow()
    dock.form.setFocus()
    yield 300
    press("k")
    yield lambda: len(decisions()) == 1
    script.answer["moved_on"] = dock.session.current.sample_id != first
    press("1")
    yield lambda: len(decisions()) == 2
    press("c")
    yield dock.form.comment_edit.hasFocus
    press("r", "u", "s", "t", "Return", "r")
    yield lambda: len(decisions()) == 3
    press("n", "n", "p", "u")
    yield lambda: len(decisions()) == 4
    press("question")
    yield 1500
    script.answer["decisions"] = decisions()
    picture("decided.png")
    press("question")
    script.reset_beat()
    for _ in range(10):
        press("n")
        yield 150
    script.answer["longest_block_s"] = script.longest_block_s
    reviewed = dock.apply_to(str(FOLDER / "reviewed.gpkg"))
    yield 1500
    script.answer["n_judged"], script.answer["n_reviewed"] = layer.featureCount(), reviewed.featureCount()
    script.answer["applied"] = dock.form.message_label.text()
    picture("applied.png")
    QgsProject.instance().removeMapLayer(layer.id())
    yield 500
    script.answer["after_removal"] = dock.form.message_label.text()


Script(steps).start()
