"""Exports: what stands, who is named, and that other tools read it."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest
from memory_store import MemoryStore
from qgis.core import QgsGeometry, QgsProject, QgsVectorLayer

from cropsample_plugin.bridge.labeling.export_labels import write_labels
from cropsample_plugin.bridge.labeling.imports.files import read_file
from cropsample_plugin.bridge.labeling.imports.import_plan import ImportMapping, plan_import
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.standing_labels import ExportOptions, shown_names
from cropsample_plugin.gui.labeling.export_dialog import ExportDialog, exported_rows
from cropsample_plugin.gui.labeling.import_target import carry_out, target_of
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

pytestmark = pytest.mark.usefixtures("qgis_app")

SQUARE = "Polygon ((500000 4400000, 500100 4400000, 500100 4400100, 500000 4400000))"
PER_LABEL = ExportOptions(is_row_per_label=True)
COLORS = {"Wheat": "#c8a020", "Cotton": "#4060c0"}


@pytest.fixture
def team(settings, store):
    """s0: two agree of three; s1: a tie; s2: a tie, settled; s3: one label and a flag; s4: removed; s5: nothing."""
    given = {
        "s0": {"Ana": "Wheat", "Ben": "Wheat", "Cem": "Cotton"},
        "s1": {"Ana": "Wheat", "Ben": "Rice"},
        "s2": {"Ana": "Wheat", "Ben": "Rice"},
        "s3": {"Ben": "Rice"},
        "s4": {"Ana": "Wheat"},
    }
    for sample, labels in given.items():
        for number, (name, class_name) in enumerate(labels.items()):
            event = LabelEvent(sample, name, "label", class_name, 60 + 20 * number, comment=f"Ask {name}")
            store.append([event])
    store.append([LabelEvent("s2", "Ana", "settle", "Rice"), LabelEvent("s3", "Ben", "flag")])
    store.append([LabelEvent("s4", "Ana", "remove")])
    return LabelingSession(settings, store, "Ana")


def test_a_row_per_sample_holds_class_agreement_and_dispute(team):
    rows = {row.sample_id: row for row in exported_rows(team, ExportOptions())}
    assert [(key, row.class_name, row.agreement, row.confidence) for key, row in rows.items()] == [
        ("s0", "Wheat", 67, 70),
        ("s1", "", 50, None),
        ("s2", "Rice", 50, 80),
        ("s3", "Rice", 100, 60),
    ]
    assert [key for key, row in rows.items() if row.is_disputed] == ["s0", "s1"]
    assert [key for key, row in rows.items() if row.is_settled] == ["s2"]
    assert [key for key, row in rows.items() if row.is_flagged] == ["s3"]
    assert not any(row.labeler or row.comment for row in rows.values())
    everything = exported_rows(team, ExportOptions(has_unlabeled=True))
    assert [row.sample_id for row in everything] == ["s0", "s1", "s2", "s3", "s5"]


def test_names_and_comments_are_left_out_unless_asked(team):
    text = repr([replace(row, geometry=b"") for row in exported_rows(team, PER_LABEL)])
    assert not any(name in text for name in ("Ana", "Ben", "Cem"))
    letters = exported_rows(team, replace(PER_LABEL, names="letters"))
    assert {row.labeler for row in letters} == {"A", "B", "C"}
    assert "Ana" not in repr(letters)
    shown = exported_rows(team, replace(PER_LABEL, names="shown", has_comments=True))
    assert [(row.sample_id, row.labeler, row.comment) for row in shown][:2] == [
        ("s0", "Ana", "Ask Ana"),
        ("s0", "Ben", "Ask Ben"),
    ]


def test_letters_follow_no_order_of_names():
    names = [f"labeler {number:03d}" for number in range(60)]
    letters = shown_names(names, "letters", "a session")
    assert len(set(letters.values())) == 60
    assert [letters[name] for name in names] != sorted(letters.values())
    assert letters == shown_names(reversed(names), "letters", "a session")
    assert letters != shown_names(names, "letters", "another session")


def test_a_blind_labeler_exports_own_labels_alone(settings, team):
    blind = LabelingSession(replace(settings, is_blind=True), team.store, "Ben")
    rows = exported_rows(blind, replace(PER_LABEL, names="shown"))
    assert {row.labeler for row in rows} == {"Ben"}
    assert [row.class_name for row in exported_rows(blind, ExportOptions())] == ["Wheat", "Rice", "Rice", "Rice"]
    assert {row.n_labels for row in exported_rows(blind, ExportOptions())} == {1}


def test_a_geopackage_holds_points_and_polygons(team, tmp_path):
    team.draw(bytes(QgsGeometry.fromWkt(SQUARE).asWkb()), (500060.0, 4400030.0), "Cotton")
    path = str(tmp_path / "labels.gpkg")
    sources = write_labels(exported_rows(team, ExportOptions()), path, team.settings.crs, COLORS)
    layers = [QgsVectorLayer(source, "", "ogr") for source in sources]
    assert [(layer.featureCount(), layer.crs().authid()) for layer in layers] == [(4, "EPSG:32641"), (1, "EPSG:32641")]
    names = [field.name() for field in layers[0].fields()]
    assert "labeler" not in names
    assert "comment" not in names
    feature = next(layers[0].getFeatures())
    assert (feature["sample_id"], feature["class"], feature["disputed"]) == ("s0", "Wheat", 1)
    assert next(layers[1].getFeatures()).geometry().area() == pytest.approx(5000)
    assert [path.name for path in tmp_path.iterdir()] == ["labels.gpkg"]


def test_csv_and_kml_come_back_by_import(team, settings, tmp_path):
    team.draw(bytes(QgsGeometry.fromWkt(SQUARE).asWkb()), (500060.0, 4400030.0), "Cotton")
    rows = [row for row in exported_rows(team, ExportOptions()) if row.class_name]
    for name in ("labels.csv", "labels.kml"):
        path = str(tmp_path / name)
        write_labels(rows, path, team.settings.crs, COLORS)
        table = read_file(path)
        other = LabelingSession(settings, MemoryStore(), "Dora")
        classes = {item.name: item.name for item in settings.classes}
        carry_out(other, plan_import(table, ImportMapping(table.roles, classes, "Dora"), target_of(other)))
        assert sorted(other.state(sample.sample_id).classes[0] for sample in other.samples) == sorted(
            row.class_name for row in rows
        )
        drawn = next(sample for sample in other.samples if other.state(sample.sample_id).classes == ("Cotton",))
        shape = QgsGeometry()
        shape.fromWkb(other.geometry(drawn.sample_id))
        assert shape.area() == pytest.approx(5000, rel=1e-5)
    assert table.colors == {"Wheat": "#c8a020", "Cotton": "#4060c0", "Rice": "#888888"}


def test_a_row_per_label_as_text(team, tmp_path):
    path = tmp_path / "labels.csv"
    write_labels(exported_rows(team, replace(PER_LABEL, names="letters")), str(path), team.settings.crs, COLORS)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 8
    assert {row["labeler"] for row in rows} == {"A", "B", "C"}
    assert rows[0]["WKT"].startswith("POINT (63.0")


def test_what_cannot_be_written_is_told_and_the_old_file_stays(team, tmp_path):
    path = tmp_path / "labels.gpkg"
    path.write_text("mine")
    with pytest.raises(LabelingError, match="no labels to export"):
        write_labels([], str(path), team.settings.crs, COLORS)
    assert path.read_text() == "mine"
    with pytest.raises(LabelingError, match="cannot be written"):
        write_labels(exported_rows(team, PER_LABEL), str(tmp_path / "no" / "l.gpkg"), team.settings.crs, COLORS)
    with pytest.raises(LabelingError, match=r"as '\.shp'"):
        write_labels(exported_rows(team, PER_LABEL), str(tmp_path / "l.shp"), team.settings.crs, COLORS)


def test_the_dialog_writes_and_loads(team, tmp_path):
    controller = LabelingController()
    controller.open(team)
    dialog = ExportDialog(controller, None)
    dialog.file_widget.setFilePath(str(tmp_path / "no" / "labels"))
    dialog.accept()
    assert "cannot be written" in dialog.hint.text()
    dialog.file_widget.setFilePath(str(tmp_path / "labels"))
    dialog.accept()
    layer = QgsProject.instance().mapLayersByName("labels")[0]
    assert layer.featureCount() == 4
    QgsProject.instance().clear()
    controller.close()
