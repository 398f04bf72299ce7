"""The New labeling session dialog: what is guessed, what is wrong is said beside its field, what is made opens."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from panel_layers import CLASSES, point_layer, session_on_disk
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor
from stand_ins import delete_now

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.open_store import open_store
from cropsample_plugin.bridge.labeling.session_file import LabelClass, read_session_file, write_session_file
from cropsample_plugin.gui.labeling.class_import import classes_of_csv, classes_of_style
from cropsample_plugin.gui.labeling.labeling_files import open_session, recent_sessions, usual_labeler
from cropsample_plugin.gui.labeling.new_session_dialog import NewSessionDialog
from cropsample_plugin.gui.labeling.session_samples import (
    SampleFields,
    dropped_text,
    guess_sample_fields,
    samples_of_layer,
)


@pytest.fixture(autouse=True)
def no_memory(qgis_app):
    for group in ("cropsample/labeling_recent", "cropsample/labeling_labeler", "cropsample/labeling_labeler_of"):
        QgsSettings().remove(group)


@pytest.fixture
def make(iface, project):
    made = []

    def open_dialog(layer=None):
        if layer is not None:
            project.addMapLayer(layer)
            iface.layer = layer
        made.append(NewSessionDialog(iface))
        return made[-1]

    yield open_dialog
    for dialog in made:
        dialog.deleteLater()
    delete_now()


def filled(dialog, folder):
    dialog.form.labeler_edit.setText("Ana")
    dialog.form.file_widget.setFilePath(str(folder / "day.cropsession"))
    dialog.form.class_table.set_classes(CLASSES)
    return dialog


def test_a_layer_is_turned_into_a_session_with_what_was_guessed(make, tmp_path):
    dialog = filled(make(point_layer()), tmp_path)
    form = dialog.form
    assert (form.id_combo.currentField(), form.stratum_combo.currentField()) == ("plot", "stratum")
    assert form.label_combo.currentField() == "crop"
    dialog.accept()
    session, path = dialog.made
    assert path == str(tmp_path / "day.cropsession")
    assert read_session_file(path) == session.settings
    assert session.settings.store == "day.gpkg"
    assert session.settings.crs == "EPSG:32641"
    assert session.current.sample_id == "p0"
    assert (session.current.stratum, session.current.given_label) == ("A", "Wheat")
    session.close()


def test_classes_are_guessed_until_the_user_makes_some(make, project):
    dialog = make(point_layer())
    assert [item.name for item in dialog.form.class_table.classes()] == ["Cotton", "Wheat"]
    other = point_layer(fields="field=plot:string")
    project.addMapLayer(other)
    dialog.form.layer_combo.setLayer(other)
    assert dialog.form.class_table.classes() == []
    dialog.form.class_table.set_classes(CLASSES)
    dialog.form.layer_combo.setLayer(next(layer for layer in project.mapLayers().values() if layer is not other))
    assert [item.name for item in dialog.form.class_table.classes()] == [item.name for item in CLASSES]


def test_only_selected_features_are_taken_when_some_are_selected(make, tmp_path):
    layer = point_layer()
    layer.selectByExpression("plot IN ('p4', 'p2')")
    dialog = filled(make(layer), tmp_path)
    assert dialog.form.selected_check.isChecked()
    dialog.accept()
    assert [sample.sample_id for sample in dialog.made[0].samples] == ["p2", "p4"]


def test_drawing_starts_without_samples_in_the_crs_of_the_project(make, project, tmp_path):
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:32631"))
    dialog = filled(make(), tmp_path)
    assert dialog.form.draw_radio.isChecked()
    dialog.accept()
    session = dialog.made[0]
    assert session.samples == []
    assert session.settings.crs == "EPSG:32631"


def test_everything_missing_is_said_beside_its_field(make, tmp_path):
    dialog = make(point_layer(fields="field=plot:string"))
    form = dialog.form
    form.labeler_edit.clear()
    form.name_edit.clear()
    form.file_widget.setFilePath("")
    dialog.accept()
    assert dialog.made is None
    assert "Give the session a name" in form.problem("name")
    assert "labels carry it" in form.problem("labeler")
    assert "Choose where" in form.problem("file")
    assert "at least one class" in form.problem("classes")
    assert form.problem("layer") == ""
    assert form.currentIndex() == 0
    form.labeler_edit.setText("Ana")
    delete_now()
    assert form.problem("labeler") == "", "what is mended is no longer complained about"


@pytest.mark.parametrize(
    ("classes", "said"),
    [
        ((LabelClass("Wheat", key="1"), LabelClass("Rye", key="1")), "The key 1 stands for: Wheat, Rye"),
        ((LabelClass("Wheat", key="s"),), "The key S stands for: Skip, Wheat"),
        ((LabelClass("Wheat"), LabelClass("Wheat")), "Two classes are called 'Wheat'"),
        ((LabelClass("Wheat", key="12"),), "not one digit or letter"),
        ((LabelClass("", key="1"),), "has no name"),
    ],
)
def test_bad_classes_are_refused(make, tmp_path, classes, said):
    dialog = filled(make(point_layer()), tmp_path)
    dialog.form.class_table.set_classes(classes)
    dialog.accept()
    assert said in dialog.form.problem("classes")
    assert dialog.form.currentIndex() == 2


def test_a_target_that_is_no_number_is_refused(make, tmp_path):
    dialog = filled(make(point_layer()), tmp_path)
    dialog.form.class_table.item(0, 3).setText("many")
    dialog.accept()
    assert "'many' is no whole number" in dialog.form.problem("classes")


def test_teams_need_names_and_claiming_needs_a_database(make, tmp_path):
    dialog = filled(make(point_layer()), tmp_path)
    combo = dialog.form.assignment_combo
    combo.setCurrentIndex(combo.findData("split"))
    dialog.accept()
    assert "at least two labelers" in dialog.form.problem("labelers")
    dialog.form.labelers_edit.setPlainText("Ben\nCleo")
    dialog.accept()
    assert "nothing to label" in dialog.form.problem("labelers")
    combo.setCurrentIndex(combo.findData("overlap"))
    dialog.form.overlap_spin.setValue(3)
    dialog.accept()
    assert "fewer labelers" in dialog.form.problem("overlap")
    combo.setCurrentIndex(combo.findData("claim"))
    dialog.accept()
    assert "by a database only" in dialog.form.problem("database")


def test_a_session_that_is_there_is_not_overwritten(make, tmp_path):
    session_on_disk(tmp_path, read_settings(), point_layer())
    dialog = filled(make(point_layer()), tmp_path)
    dialog.accept()
    assert "exists already" in dialog.form.problem("file")
    (tmp_path / "day.cropsession").unlink()
    dialog.accept()
    assert "day.gpkg exists already" in dialog.form.problem("file"), "nor are labels without their session file"


def read_settings():
    from cropsample_plugin.bridge.labeling.session_file import SessionSettings

    return SessionSettings("Test", "", "EPSG:32641", CLASSES)


# Bad layers.


def test_an_empty_layer_is_refused(make, tmp_path):
    dialog = filled(make(point_layer(0)), tmp_path)
    dialog.accept()
    assert "has no features" in dialog.form.problem("layer")
    assert list(tmp_path.iterdir()) == []


def test_features_without_geometry_are_left_out_and_named():
    layer = point_layer(3)
    bare = QgsFeature(layer.fields())
    bare.setAttributes(["bare", "A", "Rice"])
    empty = QgsFeature(layer.fields())
    empty.setAttributes(["empty", "A", "Rice"])
    empty.setGeometry(QgsGeometry())
    layer.dataProvider().addFeatures([bare, empty])
    taken = samples_of_layer(layer, guess_sample_fields(layer))
    assert len(taken.samples) == 3
    assert "2 features have no geometry and are left out: bare, empty" in dropped_text(taken)


def test_a_layer_without_any_geometry_is_refused():
    layer = QgsVectorLayer("Point?crs=EPSG:32641&field=plot:string", "Bare", "memory")
    layer.dataProvider().addFeatures([QgsFeature(layer.fields())])
    with pytest.raises(LabelingError, match="None of the features"):
        samples_of_layer(layer, SampleFields())


def test_duplicate_and_missing_ids_are_refused():
    layer = point_layer(4)
    with pytest.raises(LabelingError, match="2 ids of 'stratum' occur more than once: A, B"):
        samples_of_layer(layer, SampleFields(sample_id="stratum"))
    layer.dataProvider().changeAttributeValues({layer.allFeatureIds()[0]: {0: None}})
    with pytest.raises(LabelingError, match="1 features have no value in 'plot'"):
        samples_of_layer(layer, SampleFields(sample_id="plot"))
    assert guess_sample_fields(layer).sample_id == ""
    assert len(samples_of_layer(layer, SampleFields()).samples) == 4


def test_a_layer_without_crs_is_refused():
    layer = point_layer()
    layer.setCrs(QgsCoordinateReferenceSystem())
    with pytest.raises(LabelingError, match="no coordinate system"):
        samples_of_layer(layer, SampleFields())


def test_polygons_are_taken_with_a_point_inside_and_reasons_with_their_order():
    fields = "field=reason:string&field=rank:integer"
    layer = QgsVectorLayer(f"MultiPolygon?crs=EPSG:32641&{fields}", "Proposed", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["rare class", 3])
    # A ring open to the east, whose centroid lies outside.
    ring = "MULTIPOLYGON(((0 0, 10 0, 10 1, 1 1, 1 9, 10 9, 10 10, 0 10, 0 0)))"
    feature.setGeometry(QgsGeometry.fromWkt(ring))
    layer.dataProvider().addFeatures([feature])
    (new,) = samples_of_layer(layer, guess_sample_fields(layer)).samples
    geometry = QgsGeometry()
    geometry.fromWkb(new.geometry)
    assert geometry.contains(QgsGeometry.fromWkt(f"POINT({new.sample.x} {new.sample.y})"))
    assert (new.sample.reason, new.sample.priority) == ("rare class", 3.0)


# Classes from elsewhere.


def test_classes_come_from_the_style_of_a_layer(make, tmp_path):
    layer = point_layer()
    categories = [
        QgsRendererCategory(name, QgsMarkerSymbol.createSimple({"color": color}), name)
        for name, color in (("Wheat", "#112233"), ("Cotton", "#445566"), ("", "#000000"))
    ]
    with pytest.raises(LabelingError, match="not shown by category"):
        classes_of_style(layer)
    layer.setRenderer(QgsCategorizedSymbolRenderer("crop", categories))
    assert classes_of_style(layer) == [LabelClass("Wheat", "#112233"), LabelClass("Cotton", "#445566")]
    dialog = make(layer)
    assert [(item.name, item.key) for item in dialog.form.class_table.classes()] == [("Wheat", "1"), ("Cotton", "2")]
    dialog.form.class_table.set_classes([])
    dialog.form.import_menu.actions()[0].trigger()
    assert [(item.name, item.key) for item in dialog.form.class_table.classes()] == [("Wheat", "1"), ("Cotton", "2")]
    dialog.form.import_menu.actions()[1].trigger()
    assert len(dialog.form.class_table.classes()) == 2, "the same classes are not added twice"


def test_classes_come_from_a_table(tmp_path):
    table = tmp_path / "classes.csv"
    table.write_text("\ufeffName;Color;Key;Target;Description\nWheat;#aa0000;w;40;yellow in May\nRye;;;;\n", "utf-8")
    wheat, rye = classes_of_csv(str(table))
    assert wheat == LabelClass("Wheat", "#aa0000", "w", "yellow in May", 40)
    assert rye.name == "Rye"
    assert QColor(rye.color).isValid()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("crop_code,color\n1,red\n", "no column 'name'"),
        ("name,color\nWheat,redish\n", "Row 2: 'redish' is no colour"),
        ("name,target\nWheat,many\n", "Row 2: the target 'many'"),
        ("name,key\nWheat,12\n", "more than one character"),
        ("name\n", "no column 'name'"),
    ],
)
def test_bad_tables_of_classes_are_refused(tmp_path, text, said):
    table = tmp_path / "classes.csv"
    table.write_text(text, "utf-8")
    with pytest.raises(LabelingError, match=said):
        classes_of_csv(str(table))


# Sessions that move.


def test_a_moved_session_opens_at_the_first_unlabeled_sample(tmp_path):
    home, away = tmp_path / "home", tmp_path / "away"
    home.mkdir()
    session, path = session_on_disk(home, read_settings(), point_layer())
    session.label("Wheat")
    session.label("Cotton")
    session.close()
    shutil.move(home, away)
    assert recent_sessions() == []
    moved = str(away / Path(path).name)
    again = open_session(moved, "Ana")
    assert again.current.sample_id == "p2"
    assert again.state("p0").classes == ("Wheat",)
    assert recent_sessions() == [moved]
    assert usual_labeler(again.settings.session_id) == "Ana"
    again.close()


def test_the_labels_are_found_beside_the_file_when_the_path_is_of_another_machine(tmp_path):
    session, path = session_on_disk(tmp_path, read_settings(), point_layer())
    session.close()
    for store in ("C:\\Users\\Ana\\day.gpkg", "/home/ana/day.gpkg", "../elsewhere/day.gpkg"):
        write_session_file(path, replace(session.settings, store=store))
        assert len(open_store(read_session_file(path), path).read_samples()) == 6
    (tmp_path / "day.gpkg").unlink()
    with pytest.raises(LabelingError, match="Put the GeoPackage beside"):
        open_session(path, "Ana")
