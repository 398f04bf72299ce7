"""The import dialog: what it recognises, what it counts, what it imports, what it refuses."""

from __future__ import annotations

import csv

import pytest
from memory_store import MemoryStore
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QDialogButtonBox

from cropsample_plugin.gui.labeling.import_dialog import ImportDialog
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_files import open_session
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

TEXT = "id,lon,lat,crop,email\n1,66.0,39.0,wheat,ana@x\n2,66.1,39.0,COTTON,\n3,66.2,39.0,barley,\n4,x,39.0,rice,\n"


@pytest.fixture
def controller(qgis_app, settings):
    controller = LabelingController()
    controller.open(LabelingSession(settings, MemoryStore(), "Ana"))
    return controller


@pytest.fixture
def dialog(controller):
    dialog = ImportDialog(controller, None)
    yield dialog
    dialog.take_down()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "labels.csv"
    path.write_text(TEXT)
    return str(path)


def import_button(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def remarks(dialog):
    table = dialog.remarks_table
    return [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]


def test_classes_are_matched_by_name_and_the_rest_is_listed(dialog, controller, file):
    dialog.load_file(file)
    form = dialog.form
    assert form.class_table.class_by_value() == {"wheat": "Wheat", "COTTON": "Cotton", "rice": "Rice"}
    assert "No class yet for 1 of 4" in form.class_hint.text()
    assert dialog.summary.text().startswith("4 rows: 2 new samples, 2 new labels, 2 rows not taken.")
    assert remarks(dialog) == [
        ["4", "not taken: its class is not one of the session", "barley"],
        ["5", "not taken: its coordinates are no numbers", "x 39.0"],
    ]
    form.class_table.choose("barley", "Wheat")
    dialog.replan()
    assert dialog.plan.n_labels == 3
    told = []
    controller.labels_changed.connect(lambda: told.append(True))
    dialog.accept()
    session = controller.session
    assert told == [True]
    assert [session.state(sample.sample_id).classes[0] for sample in session.samples] == ["Wheat", "Cotton", "Wheat"]
    assert [list(session.state(sample.sample_id).labels) for sample in session.samples] == [["ana@x"], ["Ana"], ["Ana"]]
    again = ImportDialog(controller, None)
    again.load_file(file)
    again.form.class_table.choose("barley", "Wheat")
    again.replan()
    assert "3 rows have been imported before" in again.summary.text()
    assert not import_button(again).isEnabled()
    again.take_down()


def test_the_list_of_remarks_is_saved_whole(dialog, file, tmp_path):
    dialog.load_file(file)
    dialog.save_remarks(str(tmp_path / "remarks.csv"))
    with (tmp_path / "remarks.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == ["row", "remark", "value", "taken"]
    assert rows[1:] == [
        ["4", "its class is not one of the session", "barley", "no"],
        ["5", "its coordinates are no numbers", "x 39.0", "no"],
    ]
    dialog.save_remarks(str(tmp_path / "none" / "remarks.csv"))
    assert "cannot be written" in dialog.summary.text()


def test_projected_tables_ask_for_the_coordinate_system(dialog, tmp_path):
    path = tmp_path / "utm.csv"
    path.write_text("x;y;crop\n500000,5;4400000,5;wheat\n")
    dialog.load_file(str(path))
    assert not dialog.form.crs_widget.isHidden()
    assert "coordinate system of the places" in dialog.summary.text()
    assert not import_button(dialog).isEnabled()
    dialog.form.crs_widget.setCrs(QgsCoordinateReferenceSystem("EPSG:32641"))
    dialog.replan()
    assert import_button(dialog).isEnabled()


def test_a_bad_file_is_told_and_nothing_can_be_imported(dialog, tmp_path):
    path = tmp_path / "broken.kmz"
    path.write_bytes(b"PK\x03\x04")
    dialog.load_file(str(path))
    assert "damaged" in dialog.notes.text()
    assert dialog.form.isHidden()
    assert not import_button(dialog).isEnabled()
    dialog.accept()


def test_tracks_are_closed_on_request(dialog, tmp_path):
    path = tmp_path / "walk.gpx"
    points = "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in ((66, 39), (66.01, 39), (66.01, 39.01)))
    path.write_text(
        '<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><type>wheat</type><trkseg>{points}</trkseg></trk></gpx>"
    )
    dialog.load_file(str(path))
    assert dialog.plan.n_left_out == 1
    dialog.tracks_check.setChecked(True)
    assert dialog.plan.n_labels == 1


def test_a_layer_of_the_project(dialog, controller):
    layer = QgsVectorLayer("Point?crs=EPSG:32641&field=label:string", "theirs", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["rice"])
    feature.setGeometry(QgsGeometry.fromWkt("Point (500000 4400000)"))
    layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    dialog.layer_combo.setLayer(layer)
    assert dialog.plan.n_labels == 1
    QgsProject.instance().removeMapLayer(layer)
    assert dialog.plan.n_labels == 1
    dialog.accept()
    assert controller.session.state(controller.session.samples[0].sample_id).classes == ("Rice",)


@pytest.fixture
def no_session(qgis_app):
    dialog = ImportDialog(LabelingController(), None)
    yield dialog
    dialog.take_down()


def test_without_a_session_the_import_makes_one(no_session, file, tmp_path):
    dialog = no_session
    dialog.load_file(file)
    assert dialog.form.class_table.class_by_value().keys() == {"wheat", "COTTON", "barley", "rice"}
    dialog.form.class_table.choose("barley", "wheat")
    dialog.form.class_table.choose("rice", "")
    dialog.form.labeler_edit.setText("Dora")
    path = tmp_path / "sessions" / "new.cropsession"
    dialog.new_session.file_widget.setFilePath(str(path))
    dialog.replan()
    assert dialog.summary.text().startswith("4 rows: 3 new samples, 3 new labels, 1 rows not taken.")
    dialog.accept()
    session = dialog._controller.session
    assert [item.name for item in session.settings.classes] == ["wheat", "COTTON"]
    assert all(item.key for item in session.settings.classes)
    assert (session.settings.crs, session.labeler, session.settings.name) == ("EPSG:4326", "Dora", "labels")
    assert path.is_file()
    dialog._controller.close()
    again = open_session(str(path), "Dora")
    assert [again.state(sample.sample_id).classes for sample in again.samples] == [("wheat",), ("COTTON",), ("wheat",)]
    again.close()


def test_a_new_session_beside_the_open_one(dialog, controller, file, tmp_path):
    dialog.load_file(file)
    first = controller.session
    dialog.target_combo.setCurrentIndex(1)
    assert dialog.plan.n_labels == 3
    dialog.new_session.name_edit.setText("")
    dialog.replan()
    assert not import_button(dialog).isEnabled()
    assert "Give the session a name." in dialog.summary.text()
    dialog.new_session.name_edit.setText("second")
    dialog.new_session.file_widget.setFilePath(str(tmp_path / "second"))
    dialog.accept()
    assert controller.session is not first
    assert controller.session_path.endswith("second.cropsession")
    assert len(controller.session.samples) == 3
    controller.close()


def test_unsaved_labels_keep_the_open_session(dialog, controller, file, tmp_path):
    dialog.load_file(file)
    first = controller.session
    first.store.is_broken = True
    controller.act(lambda session: session.draw(b"", (0.0, 0.0)))
    dialog.target_combo.setCurrentIndex(1)
    dialog.new_session.file_widget.setFilePath(str(tmp_path / "second"))
    dialog.accept()
    assert controller.session is first
    assert "not saved yet" in dialog.summary.text()
    first.store.is_broken = False


def test_a_failure_to_save_is_told_and_kept(dialog, controller, file):
    failures = []
    controller.failed.connect(failures.append)
    controller.session.store.is_broken = True
    dialog.load_file(file)
    dialog.accept()
    assert "disk is full" in failures[0]
    controller.session.store.is_broken = False
    controller.act(lambda session: session.retry())
    assert len(controller.session.samples) == 2


def test_the_dialog_closes_with_the_session(dialog, controller, file):
    dialog.load_file(file)
    dialog.show()
    controller.close()
    assert not dialog.isVisible()
