"""The Label review panel, driven by keys: decisions, map, plot, filters, and what is said when something is amiss."""

from __future__ import annotations

import sqlite3

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QToolButton
from review_layers import ROWS, judged_layer, saved
from stand_ins import delete_now, make_samples

from cropsample_plugin.bridge.review_decisions import DecisionFile
from cropsample_plugin.gui.label_review_dock import LabelReviewDock
from cropsample_plugin.gui.label_review_texts import SELECTED


@pytest.fixture
def dock(iface, project):
    iface.window.resize(900, 900)
    iface.canvas.resize(400, 400)
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32631"))
    iface.window.show()
    panel = LabelReviewDock(iface.canvas, iface.window)
    iface.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
    panel.show()
    yield panel
    panel.take_down()
    panel.deleteLater()
    delete_now()


@pytest.fixture
def layer(project, tmp_path):
    made = saved(judged_layer(), tmp_path / "judged.gpkg")
    project.addMapLayer(made)
    return made


@pytest.fixture
def review(dock, layer):
    dock.form.layer_combo.setLayer(layer)
    return dock


def type_keys(dock, text):
    for letter in text:
        QTest.keyClick(dock.form, letter)


def decided(dock):
    return [(row.sample_id, row.decision, row.new_class) for row in dock.session.decisions.rows()]


def current(dock):
    return dock.session.current.sample_id


def message(dock):
    return "" if dock.form.message_label.isHidden() else dock.form.message_label.text()


def test_the_judged_layer_of_the_project_is_found(iface, project, layer):
    panel = LabelReviewDock(iface.canvas, iface.window)
    iface.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
    iface.window.show()
    panel.hide()
    panel.show()
    assert panel.session is not None
    panel.take_down()


def test_one_key_is_one_decision_on_disk(review, tmp_path):
    assert current(review) == "105"
    type_keys(review, "k")
    assert current(review) == "104"
    type_keys(review, "s")
    assert current(review) == "103"
    type_keys(review, "1")
    rows = sqlite3.connect(tmp_path / "judged_review.gpkg").execute(
        "SELECT sample_id, decision, new_class FROM judged_review ORDER BY fid"
    )
    assert rows.fetchall() == [("105", "keep", ""), ("104", "relabel", "wheat"), ("103", "relabel", "maize")]
    type_keys(review, "u")
    assert decided(review)[-1] == ("103", "undo", "")
    assert "taken back" in review.form.history_label.text()


def test_walking_and_jumping(review):
    type_keys(review, "nn")
    assert current(review) == "103"
    type_keys(review, "n")
    assert current(review) == "103", "the last one stays"
    type_keys(review, "p")
    assert current(review) == "104"
    QTest.keyClick(review.form, Qt.Key.Key_Left)
    assert current(review) == "105"
    type_keys(review, "g")
    spin = review.form.position_spin
    QTest.keyClicks(spin, "3")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert current(review) == "103"
    assert decided(review) == []


def test_a_comment_goes_with_one_decision(review):
    type_keys(review, "c")
    assert review.form.comment_edit.hasFocus()
    QTest.keyClicks(review.form.comment_edit, "kernel of doubt, rust")
    assert current(review) == "105", "letters of a comment are no commands"
    QTest.keyClick(review.form.comment_edit, Qt.Key.Key_Return)
    type_keys(review, "r")
    assert review.form.comment_edit.text() == ""
    type_keys(review, "k")
    assert [row.comment for row in review.session.decisions.rows()] == ["kernel of doubt, rust", ""]


def test_keys_are_claimed_before_shortcuts_of_qgis(review):
    for key, text, is_claimed in ((Qt.Key.Key_K, "k", True), (Qt.Key.Key_1, "1", True), (Qt.Key.Key_F5, "", False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier, text)
        event.ignore()
        QApplication.sendEvent(review.form, event)
        assert event.isAccepted() == is_claimed
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier, "s")
    event.ignore()
    QApplication.sendEvent(review.form, event)
    assert not event.isAccepted(), "Ctrl+S still saves the project"


def test_keys_elsewhere_are_left_alone(review, iface):
    QTest.keyClick(iface.canvas, "k")
    assert decided(review) == []


def test_buttons_do_the_same_and_leave_the_focus(review):
    review.form.setFocus()
    for name in ("review_keep", "review_suggested", "review_class_wheat"):
        QTest.mouseClick(review.form.findChild(QToolButton, name), Qt.MouseButton.LeftButton)
    assert [row[1] for row in decided(review)] == ["keep", "relabel", "keep"]
    assert review.form.hasFocus()


def test_the_map_goes_to_the_sample_at_the_scale(review, iface):
    point = review._layer.getFeature(review.session.current.feature_id).geometry().asPoint()
    assert iface.canvas.center().distance(point) < 0.5
    assert iface.canvas.scale() == pytest.approx(5000, rel=0.01)
    assert review.view.marker.outline.asPoint() == point
    review.form.scale_widget.setScale(2000)
    assert iface.canvas.scale() == pytest.approx(2000, rel=0.01)
    review.hide()
    assert review.view.marker.outline is None


def test_the_map_of_another_reference_system(dock, project, iface):
    layer = judged_layer(geometry="Polygon")
    project.addMapLayer(layer)
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    dock.form.layer_combo.setLayer(layer)
    center = iface.canvas.center()
    assert (round(center.x()), round(center.y())) == (3, 45)
    assert dock.view.marker.outline.boundingBox().contains(center)


def test_a_polygon_larger_than_the_scale_is_shown_whole(dock, project, iface):
    layer = judged_layer(geometry="Polygon")
    for feature in layer.getFeatures():
        box = feature.geometry().boundingBox().buffered(5000)
        layer.dataProvider().changeGeometryValues({feature.id(): QgsGeometry.fromRect(box)})
    project.addMapLayer(layer)
    dock.form.layer_combo.setLayer(layer)
    assert iface.canvas.extent().contains(dock.view.marker.outline.boundingBox())


def test_words_and_plot(review):
    form = review.form
    assert "maize" in form.title_label.text()
    assert "wheat" in form.title_label.text()
    assert form.reason_label.text() == "Reason 5."
    assert "margin -0.60" in form.evidence_label.text()
    (chart,) = form.plot.charts
    assert [profile.name for profile in chart.profiles] == [
        "maize, few supported",
        "wheat, few supported",
    ]
    assert [profile.n_samples for profile in chart.profiles] == [2, 3]
    assert len(chart.seasons) == 1


def test_profiles_are_of_supported_samples_where_there_are_enough(dock, project):
    layer = judged_layer([("wheat", "Keep", None, 0.5)] * 12 + list(ROWS))
    project.addMapLayer(layer)
    dock.form.layer_combo.setLayer(layer)
    (chart,) = dock.form.plot.charts
    wheat = chart.profiles[1]
    assert (wheat.name, wheat.n_samples) == ("wheat", 14)
    assert chart.series[0].values == pytest.approx(wheat.mean), "it is like the suggested class"


def test_filters(review):
    form = review.form
    form.category_combo.setCurrentIndex(form.category_combo.findText("Suspect"))
    assert current(review) == "103"
    form.category_combo.setCurrentIndex(form.category_combo.findText("All categories"))
    form.class_combo.setCurrentIndex(form.class_combo.findData("maize"))
    assert form.count_label.text() == "of 4"
    type_keys(review, "k")
    form.undecided_check.setChecked(True)
    assert form.count_label.text() == "of 3"
    form.category_combo.setCurrentIndex(form.category_combo.findText("Suspect"))
    assert message(review) == "No sample passes the filter."
    assert form.sample_box.isHidden()
    type_keys(review, "k")
    assert len(decided(review)) == 1


def test_what_is_selected_in_the_table_is_shown(review):
    review._layer.selectByIds([7])
    assert current(review) == "106"
    assert review.form.position_spin.value() == 0
    categories = [review.form.category_combo.itemData(row) for row in range(review.form.category_combo.count())]
    review.form.category_combo.setCurrentIndex([tuple(item) for item in categories].index((SELECTED,)))
    review._layer.selectByIds([1, 2, 7])
    assert review.form.count_label.text() == "of 3"


def test_keys_are_listed(review):
    assert review.form.keys_label.isHidden()
    type_keys(review, "?")
    text = review.form.keys_label.text()
    assert not review.form.keys_label.isHidden()
    for word in ("K keep", "R reject", "1 maize", "2 wheat"):
        assert word in text


def test_a_decision_that_is_not_saved_stays_to_be_made(review, tmp_path):
    blocker = tmp_path / "blocker"
    blocker.write_text("")
    review.session.decisions = DecisionFile(str(blocker / "x.gpkg"), "x")
    review.form.comment_edit.setText("do not lose this")
    type_keys(review, "r")
    assert "could not be saved" in message(review)
    assert current(review) == "105"
    assert review.form.comment_edit.text() == "do not lose this"


def test_no_suggestion_no_decision(review):
    review.session.go_to_id("106")
    type_keys(review, "s")
    assert "No class is suggested" in message(review)
    assert decided(review) == []


def test_another_file_of_decisions(review, tmp_path):
    type_keys(review, "k")
    review.form.file_widget.setFilePath(str(tmp_path / "mine.gpkg"))
    assert review.session.standing("105") is None
    type_keys(review, "r")
    assert [row.decision for row in DecisionFile(str(tmp_path / "mine.gpkg"), "judged_review").rows()] == ["reject"]


def test_the_layer_is_removed_during_the_review(review, project, layer, tmp_path):
    type_keys(review, "k")
    project.removeMapLayer(layer.id())
    assert "Nothing is lost" in message(review)
    assert "judged_review.gpkg" in message(review)
    type_keys(review, "k")
    assert len(DecisionFile(str(tmp_path / "judged_review.gpkg"), "judged_review").rows()) == 1
    assert review.view.marker.outline is None


def test_the_project_is_closed_during_the_review(review, project):
    type_keys(review, "k")
    project.clear()
    assert review.session is None
    type_keys(review, "kn")


def test_a_sample_deleted_during_the_review(review, layer):
    layer.dataProvider().deleteFeatures([review.session.current.feature_id])
    type_keys(review, "z")
    assert "no longer in the layer" in message(review)
    type_keys(review, "n")
    assert message(review) == ""


def test_samples_without_a_place(dock, project, iface):
    layer = judged_layer(geometry="None")
    project.addMapLayer(layer)
    before = iface.canvas.extent()
    dock.form.layer_combo.setLayer(layer)
    assert "no place" in message(dock)
    assert iface.canvas.extent() == before
    assert dock.form.plot.charts, "the series is shown all the same"


def test_a_layer_that_was_not_judged(dock, project, samples):
    dock.form.layer_combo.setLayer(samples)
    assert "no field 'quality'" in message(dock)
    assert not dock.form.apply_button.isEnabled()


def test_ids_that_repeat(dock, project):
    layer = judged_layer()
    place = layer.fields().lookupField("duplicate_group")
    layer.dataProvider().changeAttributeValues({feature.id(): {place: 1} for feature in layer.getFeatures()})
    project.addMapLayer(layer)
    dock.form.layer_combo.setLayer(layer)
    dock.form.id_combo.setField("duplicate_group")
    assert "more than once" in message(dock)
    dock.form.id_combo.setField("")
    assert dock.session is not None


def test_decisions_are_applied_to_a_new_layer(review, tmp_path):
    type_keys(review, "rsk")
    made = review.apply_to(str(tmp_path / "reviewed.gpkg"))
    assert made.featureCount() == len(ROWS)
    assert made.id() in QgsProject.instance().mapLayers()
    assert "7 samples: 1 kept, 1 relabelled, 1 rejected (weight 0), 4 as computed." in message(review)
    assert "weight_final" in message(review)
    assert review._layer.fields().lookupField("label_final") < 0
    assert review.apply_to(str(tmp_path / "judged.gpkg")) is None
    assert "stays as it is" in message(review)


def test_the_review_goes_on_where_it_was_left(review, layer):
    type_keys(review, "k")
    review.choose_layer(None)
    review.choose_layer(layer)
    assert review.session.standing("105").decision == "keep"
    assert "1 of 3 listed are decided" in review.form.progress_label.text()


def test_a_series_layer_beside(review, project):
    other = QgsVectorLayer(
        "None?field=sample_id:integer&field=evi_t1:double&field=evi_t2:double&field=evi_t3:double", "series", "memory"
    )
    project.addMapLayer(other)
    review.form.series_combo.setLayer(other)
    assert review.form.plot.message == "There is no series of this sample."
    assert review.form.band_combo.currentText() == "evi"


def test_unload_leaves_no_filter_behind(iface, project):
    panel = LabelReviewDock(iface.canvas, iface.window)
    panel.take_down()
    panel.deleteLater()
    delete_now()
    project.addMapLayer(make_samples(["a"]))
    project.clear()
    QTest.keyClick(iface.window, "k")
