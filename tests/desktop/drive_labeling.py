"""Runs inside QGIS: a day of photointerpretation with real keys and a real mouse, from a new session to its reopening."""

import os
import subprocess
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDialogButtonBox, QDockWidget
from qgis.utils import iface
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin

N_POINTS = 20


def xdotool(*words):
    subprocess.run(["xdotool", *[str(word) for word in words]], check=True, timeout=30)


def press(*keys):
    """Press real keys: the X server sends them to whatever has the focus."""
    xdotool("key", "--delay", "40", *keys)


def click(widget, place=None, button=1):
    """Click in the middle of a widget, or at a place in it, with the real mouse."""
    place = widget.mapToGlobal(place or widget.rect().center())
    xdotool("mousemove", place.x(), place.y(), "click", button)


def dialog(kind=QDialog):
    found = QApplication.activeModalWidget()
    return found if isinstance(found, kind) else None


def dialog_is_open():
    return dialog() is not None


def dialog_is_closed():
    return dialog() is None


def dock():
    return plugin()._panels.labeling.dock


def controller():
    return plugin()._panels.labeling.controller


def add_layers():
    project = QgsProject.instance()
    stack = QgsRasterLayer(FACTS["stack"], "Images 2021")
    fields = QgsVectorLayer(FACTS["fields"], "Fields", "ogr")
    samples = QgsVectorLayer(FACTS["samples"], "Samples of June", "ogr")
    for layer in (stack, fields, samples):
        project.addMapLayer(layer)
    project.layerTreeRoot().findLayer(fields.id()).setItemVisibilityChecked(False)
    project.layerTreeRoot().findLayer(samples.id()).setItemVisibilityChecked(False)
    iface.setActiveLayer(samples)
    iface.mapCanvas().setDestinationCrs(stack.crs())
    iface.zoomFull()


def make_session(script):
    """Make a session of the samples' layer in the dialog."""
    click(dock().form.new_button)
    yield dialog_is_open
    yield 700
    window = dialog()
    form = window.form
    picture("new_session.png")
    form.file_widget.setFilePath(str(FOLDER / "june.cropsession"))
    click(form.labeler_edit)
    press("ctrl+a")
    xdotool("type", "Ana")
    for number in (1, 2, 3):
        form.setCurrentIndex(number)
        if number == 2:
            form.import_menu.actions()[1].trigger()
        yield 400
        picture(f"new_session_{number}.png")
    script.answer["classes"] = [(item.name, item.key) for item in form.class_table.classes()]
    click(window.buttons.button(QDialogButtonBox.StandardButton.Ok))
    yield dialog_is_closed
    yield lambda: controller().session is not None
    yield 2500


def label_points(script):
    """Label twenty points with one key each."""
    session = controller().session
    keys = [item.key for item in session.settings.classes]
    picture("session.png")
    dock().form.setFocus()
    script.reset_beat()
    for number in range(N_POINTS):
        press(keys[number % len(keys)])
        yield lambda wanted=number + 1: session.tally.n_labeled == wanted
    script.answer["longest_block_s"] = script.longest_block_s
    script.answer["n_labeled"] = session.tally.n_labeled
    yield 1500
    picture("labeled.png")
    press("ctrl+z")
    yield lambda: session.tally.n_labeled == N_POINTS - 1
    press("ctrl+y")
    yield lambda: session.tally.n_labeled == N_POINTS
    press("question")
    yield dialog_is_open
    yield 500
    picture("keys.png")
    press("Escape")
    yield dialog_is_closed


def reopen(script):
    """Close the session and open it again from the list of recent ones."""
    dock().menu.close()
    yield 500
    picture("closed.png")
    recent = dock().form.recent_layout.itemAt(0).widget()
    click(recent)
    yield dialog_is_open
    yield 400
    picture("who.png")
    press("Return")
    yield lambda: controller().session is not None
    yield 2000
    session = controller().session
    script.answer["reopened"] = (session.labeler, session.tally.n_labeled, session.position)
    picture("reopened.png")


def steps(script):
    fill_screen()
    iface.mainWindow().findChild(QDockWidget, "Browser").hide()
    add_layers()
    window = iface.mainWindow()
    window.findChild(QAction, "cropsample_labeling_action").trigger()
    window.resizeDocks([dock()], [round(window.width() * 0.26)], Qt.Orientation.Horizontal)
    yield 2000
    picture("start.png")
    for part in (make_session, label_points, reopen):
        yield from part(script)


Script(steps).start()
