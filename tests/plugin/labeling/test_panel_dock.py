"""The Labeling panel, driven by keys: labels, walking, filters, undo, and what is said when something is amiss."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace

import pytest
from memory_store import MemoryStore, point_sample
from panel_layers import CLASSES, point_layer, session_on_disk
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsProject
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication
from stand_ins import delete_now

from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore
from cropsample_plugin.bridge.labeling.label_events import LabelEvent
from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_dock import LabelingDock
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.labeling_texts import DISPUTED, FLAGGED, UNLABELED


@pytest.fixture
def controller(qgis_app):
    return LabelingController()


@pytest.fixture
def dock(iface, project, controller):
    iface.window.resize(900, 900)
    iface.canvas.resize(400, 400)
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32641"))
    iface.window.show()
    panel = LabelingDock(controller, iface, iface.window)
    iface.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
    panel.show()
    QTest.qWaitForWindowActive(iface.window)
    yield panel
    panel.take_down()
    panel.deleteLater()
    delete_now()


@pytest.fixture
def settings(settings):
    return replace(settings, classes=CLASSES)


@pytest.fixture
def labeling(dock, controller, settings, tmp_path):
    controller.open(*session_on_disk(tmp_path, settings, point_layer()))
    return dock


def type_keys(dock, text):
    for letter in text:
        QTest.keyClick(dock.form, letter)


def current(controller):
    return controller.session.current.sample_id


def message(dock):
    return "" if dock.form.message_box.isHidden() else dock.form.message_label.text()


def labels(controller):
    session = controller.session
    return {
        sample.sample_id: session.state(sample.sample_id).labels[session.labeler].class_name
        for sample in session.samples
        if session.labeler in session.state(sample.sample_id).labels
    }


def test_one_key_is_one_label_on_disk_and_the_next_sample(labeling, controller, tmp_path):
    type_keys(labeling, "121")
    assert current(controller) == "p3"
    path = tmp_path / "day.gpkg"
    rows = sqlite3.connect(path).execute("SELECT sample_id, class_name, labeler FROM labels ORDER BY fid").fetchall()
    assert rows == [("p0", "Wheat", "Ana"), ("p1", "Cotton", "Ana"), ("p2", "Wheat", "Ana")]
    assert "3 of 6 labeled by you" in labeling.form.progress_label.text()
    assert labeling.form.bars.texts() == ["Wheat 2 / 4", "Cotton 1", "Rice 0"]


def test_walking_jumping_skipping_and_flagging(labeling, controller):
    QTest.keyClick(labeling.form, Qt.Key.Key_Right)
    assert current(controller) == "p1"
    QTest.keyClick(labeling.form, Qt.Key.Key_Left)
    assert current(controller) == "p0"
    QTest.keyClick(labeling.form, Qt.Key.Key_Left)
    assert current(controller) == "p0", "the first one stays"
    type_keys(labeling, "g")
    QTest.keyClicks(labeling.form.position_spin, "5")
    QTest.keyClick(labeling.form.position_spin, Qt.Key.Key_Return)
    assert current(controller) == "p4"
    assert labeling.form.hasFocus()
    type_keys(labeling, "sf")
    assert current(controller) == "p5"
    assert labeling.form.flag_button.isChecked()
    assert controller.session.state("p4").skipped_by == {"Ana"}
    type_keys(labeling, "f")
    assert not labeling.form.flag_button.isChecked()
    QTest.keyClick(labeling.form, Qt.Key.Key_Space)
    assert current(controller) == "p0", "the next unlabeled one, from the start after the end"


def test_after_a_correction_the_walk_goes_on_one_by_one_and_then_to_the_unlabeled(labeling, controller):
    type_keys(labeling, "111")
    for _ in range(3):
        QTest.keyClick(labeling.form, Qt.Key.Key_Left)
    type_keys(labeling, "2")
    assert current(controller) == "p1", "a correction leads to the next one"
    labeling.form.position_spin.setValue(5)
    type_keys(labeling, "1")
    QTest.keyClick(labeling.form, Qt.Key.Key_Left)
    QTest.keyClick(labeling.form, Qt.Key.Key_Left)
    assert current(controller) == "p3"
    type_keys(labeling, "2")
    assert current(controller) == "p5", "a first label leads past what is labeled"


def test_undo_and_redo_by_keys_lead_to_the_sample(labeling, controller):
    type_keys(labeling, "12")
    QTest.keyClick(labeling.form, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert current(controller) == "p1"
    assert labels(controller) == {"p0": "Wheat"}
    QTest.keyClick(labeling.form, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert labels(controller) == {"p0": "Wheat", "p1": "Cotton"}
    assert not labeling.form.redo_button.isEnabled()


def test_a_comment_goes_with_one_label(labeling, controller):
    type_keys(labeling, "c")
    assert labeling.form.comment_edit.hasFocus()
    QTest.keyClicks(labeling.form.comment_edit, "green in 1 April")
    assert current(controller) == "p0", "letters of a comment are no commands"
    QTest.keyClick(labeling.form.comment_edit, Qt.Key.Key_Return)
    type_keys(labeling, "q1")
    own = controller.session.state("p0").labels["Ana"]
    assert (own.comment, own.confidence) == ("green in 1 April", 100)
    type_keys(labeling, "1")
    own = controller.session.state("p1").labels["Ana"]
    assert (own.comment, own.confidence) == ("", None)


def test_a_required_confidence_is_asked_for_and_then_the_label_is_given(dock, controller, settings, tmp_path):
    wanted = replace(settings, needs_confidence=True, needs_comment=True)
    controller.open(*session_on_disk(tmp_path, wanted, point_layer()))
    type_keys(dock, "1")
    assert "how sure are you" in message(dock)
    assert labels(controller) == {}
    type_keys(dock, "e")
    assert "say what you saw" in message(dock)
    assert dock.form.comment_edit.hasFocus()
    QTest.keyClicks(dock.form.comment_edit, "rows")
    QTest.keyClick(dock.form.comment_edit, Qt.Key.Key_Return)
    own = controller.session.state("p0").labels["Ana"]
    assert (own.class_name, own.confidence, own.comment) == ("Wheat", 50, "rows")
    assert current(controller) == "p1"
    assert message(dock) == ""


def test_filters_list_what_is_asked_for(labeling, controller):
    form = labeling.form
    type_keys(labeling, "12f")
    form.filter_combo.setCurrentIndex(form.filter_combo.findData(UNLABELED))
    assert list(controller.session.queue) == ["p2", "p3", "p4", "p5"]
    form.stratum_combo.setCurrentIndex(form.stratum_combo.findData("B"))
    assert list(controller.session.queue) == ["p3", "p5"]
    form.stratum_combo.setCurrentIndex(0)
    form.filter_combo.setCurrentIndex(form.filter_combo.findData(FLAGGED))
    assert list(controller.session.queue) == ["p2"]
    form.filter_combo.setCurrentIndex(0)
    form.class_combo.setCurrentIndex(form.class_combo.findData("Cotton"))
    assert list(controller.session.queue) == ["p1"]
    form.filter_combo.setCurrentIndex(form.filter_combo.findData(FLAGGED))
    assert "No sample passes" in form.sample_label.text()
    assert not form.classes_row.isEnabled()


def test_others_labels_and_disputes_are_seen_in_an_open_session_only(dock, controller, settings, tmp_path):
    session, path = session_on_disk(tmp_path, settings, point_layer())
    controller.open(session, path)
    others = GeoPackageStore(str(tmp_path / "day.gpkg"))
    others.append([LabelEvent("p0", "Ben", "label", "Rice", comment="flooded"), LabelEvent("p0", "Ben", "flag")])
    controller.look_for_others()
    assert "Ben: Rice, “flooded”" in dock.form.sample_label.text()
    type_keys(dock, "1")
    assert "1 disputed" in dock.form.progress_label.text()
    dock.form.filter_combo.setCurrentIndex(dock.form.filter_combo.findData(DISPUTED))
    assert list(controller.session.queue) == ["p0"]

    blind = LabelingSession(replace(settings, is_blind=True), session.store, "Ana")
    controller.session = None
    controller.open(blind, path)
    blind.go_to("p0")
    dock.view.show_session()
    shown = [dock.form.sample_label.text(), dock.form.progress_label.text(), *dock.form.bars.texts()]
    assert not any("Ben" in text or "flooded" in text or "disputed" in text or "flagged" in text for text in shown)
    assert dock.form.bars.texts()[2] == "Rice 0"
    assert dock.form.filter_combo.findData(DISPUTED) < 0


def test_a_label_that_cannot_be_saved_is_said_so_kept_and_retried(dock, controller, settings, store):
    controller.open(LabelingSession(settings, store, "Ana"))
    store.is_broken = True
    type_keys(dock, "q1")
    assert "NOT SAVED YET" in message(dock)
    assert "The disk is full." in message(dock)
    assert dock.form.retry_button.isVisible()
    assert current(controller) == "s0"
    dock.form.retry_button.click()
    assert "The disk is full." in message(dock)
    store.is_broken = False
    QTest.keyClick(dock.form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert message(dock) == ""
    assert labels(controller) == {"s0": "Wheat"}
    assert current(controller) == "s1", "it goes on as if it had been saved at once"
    assert len(store.events) == 1


def test_digits_work_while_the_map_has_the_focus_and_arrows_stay_its_own(labeling, controller, iface):
    iface.canvas.setFocus()
    QTest.keyClick(iface.canvas, Qt.Key.Key_2)
    assert labels(controller) == {"p0": "Cotton"}
    QTest.keyClick(iface.canvas, Qt.Key.Key_Right)
    assert current(controller) == "p1"
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "\x1a")
    override.ignore()
    QApplication.sendEvent(iface.canvas, override)
    assert override.isAccepted()
    labeling.hide()
    QTest.keyClick(iface.canvas, Qt.Key.Key_2)
    assert labels(controller) == {"p0": "Cotton"}, "a panel that is not seen takes no keys"


def test_the_sample_is_outlined_at_the_scale_of_the_session_in_any_crs(labeling, controller, iface):
    marker = labeling.view.marker
    assert marker.outline.asPoint().x() == pytest.approx(500_000)
    assert iface.canvas.scale() == pytest.approx(5000, rel=0.01)
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert marker.outline.asPoint().x() == pytest.approx(63.0, abs=0.01)
    type_keys(labeling, "1")
    assert iface.canvas.center().x() == pytest.approx(63.0, abs=0.01)
    labeling.shows_place = lambda: False
    type_keys(labeling, "1")
    assert marker.outline is None, "linked views show it"


def test_the_layer_that_the_samples_came_from_can_go(dock, controller, settings, tmp_path, project):
    layer = point_layer()
    project.addMapLayer(layer)
    controller.open(*session_on_disk(tmp_path, settings, layer))
    QgsProject.instance().removeMapLayer(layer.id())
    type_keys(dock, "12")
    assert labels(controller) == {"p0": "Wheat", "p1": "Cotton"}
    assert dock.view.marker.outline is not None


def test_drawing_needs_no_samples(dock, controller, settings, tmp_path):
    controller.open(*session_on_disk(tmp_path, settings))
    assert "No samples yet" in dock.form.sample_label.text()
    type_keys(dock, "1")
    assert labels(controller) == {}


def test_what_others_add_is_looked_for_and_a_store_that_is_away_is_told_of_once(dock, controller, settings, store):
    controller.open(LabelingSession(settings, store, "Ana"))
    store.append([LabelEvent("s1", "Ben", "label", "Rice")])
    controller.look_for_others()
    assert dock.form.bars.texts()[2] == "Rice 1"
    told = []
    controller.failed.connect(told.append)
    store.has_changed = lambda: store.append([]) or True
    store.is_broken = True
    controller.look_for_others()
    controller.look_for_others()
    assert len(told) == 1


def test_classes_beyond_the_list_are_counted_in_a_row_of_their_own(dock, controller, settings, store):
    store.append([LabelEvent("s0", "Ben", "label", "Rye")])
    controller.open(LabelingSession(settings, store, "Ana"))
    assert dock.form.bars.texts()[-1] == "Rye 1"


def test_a_key_is_as_quick_among_many_samples(dock, controller, settings, iface):
    """A step is not allowed to walk through the samples: counted in calls, not in seconds."""
    many = MemoryStore([point_sample(number) for number in range(20_000)])
    controller.open(LabelingSession(replace(settings, classes=(LabelClass("Wheat", key="1"),)), many, "Ana"))
    session, looked = controller.session, []
    standing = session.tally.standing
    session.tally.standing = lambda sample_id: looked.append(sample_id) or standing(sample_id)
    start = time.perf_counter()
    type_keys(dock, "1" * 50)
    seconds = time.perf_counter() - start
    assert labels_count(session) == 50
    assert len(looked) < 50 * 12, f"{seconds / 50 * 1000:.1f} ms a key"


def labels_count(session):
    return session.tally.n_labeled


def test_a_drawn_sample_leaves_the_map_where_it_is_and_walking_back_to_it_does_not(labeling, controller, iface):
    extent = iface.canvas.extent()
    square = QgsGeometry.fromWkt("POLYGON((500050 4400010, 500070 4400010, 500070 4400030, 500050 4400010))")
    controller.act(lambda session: session.draw(bytes(square.asWkb()), (500060.0, 4400015.0)))
    assert labeling.view.marker.outline.type() == square.type()
    assert iface.canvas.extent() == extent
    wider = QgsGeometry(square).buffer(5.0, 2)
    drawn = current(controller)
    controller.act(lambda session: session.reshape(drawn, bytes(wider.asWkb())))
    assert iface.canvas.extent() == extent, "nor does a border that is changed"
    labeling.form.position_spin.setValue(1)
    labeling.form.position_spin.setValue(7)
    assert iface.canvas.extent() != extent
