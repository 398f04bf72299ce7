"""Runs inside QGIS: a day of photointerpretation with real keys and a real mouse, from first sample to reopening."""

import os
import subprocess
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDialogButtonBox, QDockWidget, QToolButton
from qgis.utils import iface
from window_script import FACTS, FOLDER, PATIENCE_S, Script, fill_screen, picture, plugin

from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore
from cropsample_plugin.bridge.labeling.label_events import LabelEvent
from cropsample_plugin.gui.labeling.polygon_states import Mode

N_POINTS = 20


def xdotool(*words):
    subprocess.run(["xdotool", *[str(word) for word in words]], check=True, timeout=PATIENCE_S)


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


def opened_dialog():
    """Give the open dialog the keyboard, which without a window manager nobody else does."""
    window = dialog()
    window.activateWindow()
    return window


def make_session(script):
    """Make a session of the samples' layer in the dialog."""
    click(dock().form.new_button)
    yield dialog_is_open
    yield 700
    window = opened_dialog()
    form = window.form
    form.objects_combo.setLayer(QgsProject.instance().mapLayersByName("Fields")[0])
    yield 300
    click(form.labeler_edit)
    yield form.labeler_edit.hasFocus
    press("ctrl+a")
    xdotool("type", "Ana")
    yield lambda: form.labeler_edit.text() == "Ana"
    form.file_widget.setFilePath("/home/ana/crops/june.cropsession")
    yield 400
    picture("new_session.png")
    form.file_widget.setFilePath(str(FOLDER / "june.cropsession"))
    for number in (1, 2, 3):
        form.setCurrentIndex(number)
        if number == 2:
            form.import_menu.actions()[1].trigger()
            form.class_table.item(0, 3).setText("20")
        yield 400
        picture(f"new_session_{number}.png")
    script.answer["classes"] = [(item.name, item.key) for item in form.class_table.classes()]
    click(window.buttons.button(QDialogButtonBox.StandardButton.Ok))
    yield dialog_is_closed
    yield lambda: controller().session is not None
    yield 2500


def key_by_class():
    return {item.name: item.key for item in controller().session.settings.classes}


def label_points(script):
    """Label twenty points with one key each."""
    session = controller().session
    keys = key_by_class()
    picture("session.png")
    iface.mainWindow().activateWindow()
    dock().form.setFocus()
    yield 300
    script.reset_beat()
    for number in range(N_POINTS):
        press(keys[session.current.given_label])
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
    opened_dialog()
    yield 300
    press("Escape")
    yield dialog_is_closed


def tool(mode):
    """Return the button of a polygon tool in the panel."""
    return button_of(plugin()._panels.labeling.tools._buttons.by_mode[mode])


def button_of(action):
    """Return the button of an action in the panel's row of tools."""
    buttons = dock().form.tools_row.findChildren(QToolButton)
    return next(button for button in buttons if button.defaultAction() is action)


def draw_polygons(script):
    """Draw three polygons and label them, undo the last one, and pick an object."""
    session, canvas = controller().session, iface.mapCanvas()
    names = list(key_by_class())
    n_before = len(session.samples)
    middle = canvas.rect().center()
    click(tool(Mode.DRAW))
    yield 300
    for number in range(3):
        left = middle + QPoint(-260 + 190 * number, -160 + 60 * number)
        for corner in (QPoint(0, 0), QPoint(120, 10), QPoint(110, 100), QPoint(10, 90)):
            click(canvas, left + corner)
            yield 120
        if number == 2:
            picture("drawing.png")
        click(canvas, left + QPoint(10, 90), button=3)
        yield lambda wanted=n_before + number + 1: len(session.samples) == wanted
        drawn = session.current.sample_id
        press(key_by_class()[names[number]])
        yield lambda wanted=(drawn, names[number]): session.tally.standing(wanted[0]).own_class == wanted[1]
        yield 500
    picture("drawn.png")
    press("ctrl+z")
    yield lambda: not session.tally.standing(drawn).own_class
    press("ctrl+z")
    yield lambda: session.tally.standing(drawn).is_removed
    yield 700
    picture("undone.png")
    n_standing = len(session.samples) - session.tally.n_removed
    click(tool(Mode.PICK))
    yield 300
    click(canvas, middle + QPoint(90, 60))
    yield lambda: len(session.samples) - session.tally.n_removed == n_standing + 1
    yield 700
    picture("picked.png")
    press(key_by_class()[names[0]])
    yield lambda: session.tally.n_labeled == N_POINTS + 3
    click(tool(Mode.PICK))
    script.answer["n_drawn"] = len(session.samples) - session.tally.n_removed - n_before


def adjudicate(script):
    """Let another labeler differ on two samples, from elsewhere, and settle both."""
    session, panel = controller().session, plugin()._panels.labeling.adjudication
    others = GeoPackageStore(session.store.path)
    disputed = [sample.sample_id for sample in session.samples[:2]]
    for sample_id in disputed:
        others.append([LabelEvent(sample_id, "Ben", "label", "sunflower", comment="flowers in July")])
    others.close()
    controller().look_for_others()
    yield lambda: session.tally.n_disputed == 2
    panel.setUserVisible(True)
    yield 1500
    controller().act(lambda session: session.go_to(disputed[0]))
    iface.mainWindow().activateWindow()
    panel.form.setFocus()
    yield 1500
    picture("disputed.png")
    for number in (1, 2):
        press("7")
        yield lambda wanted=2 - number: session.tally.n_disputed == wanted
        yield 500
    yield 700
    picture("settled.png")
    script.answer["settled"] = [session.state(sample_id).settled.class_name for sample_id in disputed]
    panel.setUserVisible(False)
    dock().setUserVisible(True)
    yield 1000


def propose(script):
    """Train with the labels, and propose ten samples, while labeling goes on."""
    session, proposals = controller().session, plugin()._panels.labeling.proposals
    n_before = len(session.samples)
    click(button_of(proposals.retrain_action))
    yield dialog_is_open
    yield 400
    window = opened_dialog()
    window.number_spin.setValue(10)
    picture("propose.png")
    click(window.buttons.button(QDialogButtonBox.StandardButton.Ok))
    yield dialog_is_closed
    yield lambda: proposals.is_running
    yield 1000
    dock().form.setFocus()
    press(key_by_class()[session.current.given_label or "wheat"])
    yield 500
    picture("proposing.png")
    yield lambda: not proposals.is_running
    yield 1500
    script.answer["n_proposed"] = len(session.samples) - n_before
    script.answer["reason"] = session.current.reason
    picture("proposed.png")


def look_at_views(_script):
    """Open the linked views and the series, and label one more with the map out of the way."""
    session = controller().session
    panels = plugin()._panels
    panels.labeling.views.setUserVisible(True)
    panels.series_dock.setUserVisible(True)
    yield 4000
    picture("views.png")
    n_labeled = session.tally.n_labeled
    canvas = panels.labeling.views.frames[0].canvas
    click(canvas)
    yield 300
    press(key_by_class()["wheat"])
    yield lambda: session.tally.n_labeled == n_labeled + 1
    yield 2500
    picture("views_next.png")


def reopen(script):
    """Close the session and open it again from the list of recent ones."""
    session = controller().session
    script.answer["n_labeled_at_last"] = session.tally.n_labeled
    ordered = sorted(session.samples, key=lambda sample: sample.priority)
    standings = ((sample.sample_id, session.tally.standing(sample.sample_id)) for sample in ordered)
    script.answer["first_unlabeled"] = next(name for name, it in standings if not (it.own_class or it.is_removed))
    dock().menu.close()
    yield 500
    picture("closed.png")
    recent = dock().form.recent_layout.itemAt(0).widget()
    click(recent)
    yield dialog_is_open
    yield 400
    picture("who.png")
    opened_dialog()
    yield 300
    press("Return")
    yield lambda: controller().session is not None
    yield 2000
    session = controller().session
    script.answer["reopened"] = (session.labeler, session.tally.n_labeled, session.current.sample_id)
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
    for part in (make_session, label_points, draw_polygons, adjudicate, propose, look_at_views, reopen):
        yield from part(script)


Script(steps, patience_s=FACTS.get("patience_s", 90.0)).start()
