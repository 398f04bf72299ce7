"""Labels in a GeoPackage: what is written is read again, shown on maps, never changed, and refused where it must be."""

from __future__ import annotations

import sqlite3
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from memory_store import point_sample
from osgeo import ogr
from osgeo_utils.samples import validate_gpkg
from qgis.core import QgsVectorLayer

from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore, create_geopackage_store
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession, QueueFilter

CRS = "EPSG:32641"


def wkb(text: str) -> bytes:
    return bytes(ogr.CreateGeometryFromWkt(text).ExportToIsoWkb())


def polygon_sample(name: str, text: str = "POLYGON ((0 0, 10 0, 10 10, 0 0))", **values) -> NewSample:
    return NewSample(LabelingSample(name, 5.0, 3.0, **values), wkb(text))


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "labels of Zoë.gpkg")


@pytest.fixture
def store(path):
    samples = [point_sample(number, stratum="AB"[number % 2]) for number in range(6)]
    opened = create_geopackage_store(path, CRS, samples)
    yield opened
    opened.close()


def sql(path, statement):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_samples_come_back_as_they_were(path):
    given = LabelingSample("a/1", 5.0, 3.0, "wet", "least sure", 2.5, "Wheat", ("Ana", "Bén; Co"))
    new = [NewSample(given, wkb("POLYGON ((0 0, 10 0, 10 10, 0 0))")), point_sample(1)]
    store = create_geopackage_store(path, CRS, new)
    assert store.read_samples() == [item.sample for item in new]
    assert [store.geometry(item.sample.sample_id) for item in new] == [item.geometry for item in new]
    assert store.geometry("nowhere") is None
    assert GeoPackageStore(path).crs == CRS
    store.assign([("s1", ("Ana",)), ("a/1", ())])
    assert [sample.assigned_to for sample in store.read_samples()] == [(), ("Ana",)]


def test_events_come_back_as_they_were_and_are_read_on_from_a_place(store, path):
    shape = wkb("POLYGON ((0 0, 10 0, 10 10, 0 0))")
    first = LabelEvent("s0", "Ana", "label", "Wheat", 80, "grün", "Sentinel-2", "2024-04-01", 2.5)
    second = LabelEvent("s0", "Ana", "shape", geometry=shape)
    store.append([first, second])
    events, place = store.read_events()
    assert events == [first, second]
    other = GeoPackageStore(path)
    third = LabelEvent("s1", "Ben", "flag")
    other.append([third, first])
    assert store.read_events(place)[0] == [third]
    assert store.read_events()[0] == [first, second, third]


def test_a_change_by_another_program_is_noticed_and_an_own_one_is_not(store, path):
    store.read_events()
    assert not store.has_changed()
    store.append([LabelEvent("s0", "Ana", "flag")])
    assert not store.has_changed()
    other = GeoPackageStore(path)
    other.append([LabelEvent("s1", "Ben", "flag")])
    assert store.has_changed()
    store.read_events()
    assert not store.has_changed()


def test_what_is_appended_twice_is_there_once(store):
    new = polygon_sample("drawn-1")
    events = [LabelEvent("drawn-1", "Ana", "add", geometry=new.geometry), LabelEvent("drawn-1", "Ana", "label", "Rice")]
    store.append(events, [new])
    store.append(events, [new])
    assert store.read_events()[0] == events
    assert [sample.sample_id for sample in store.read_samples()].count("drawn-1") == 1


def test_a_sample_is_not_replaced_by_another_of_its_id_and_nothing_of_the_step_is_kept(store):
    with pytest.raises(LabelingError, match="has a sample 's0' already, with another geometry"):
        store.append([LabelEvent("s1", "Ana", "label", "Rice")], [polygon_sample("s0")])
    assert store.read_events()[0] == []
    assert store.geometry("s0") == point_sample(0).geometry


def test_the_layer_of_labels_holds_what_stands_with_its_present_shape(store, path, settings):
    session = LabelingSession(settings, store, "Ana")
    session.label("Wheat")
    session.label("Cotton")
    session.undo()
    store.append([LabelEvent("s0", "Ben", "label", "Rice")])
    drawn = session.draw(wkb("POLYGON ((0 0, 10 0, 10 10, 0 0))"), (5, 5), "Rice")
    session.reshape(drawn, wkb("POLYGON ((0 0, 20 0, 20 20, 0 0))"))
    layer = QgsVectorLayer(f"{path}|layername=labels", "labels")
    found = {(f["sample_id"], f["labeler"]): f for f in layer.getFeatures()}
    assert {key: feature["class_name"] for key, feature in found.items()} == {
        ("s0", "Ana"): "Wheat",
        ("s0", "Ben"): "Rice",
        (drawn, "Ana"): "Rice",
    }
    assert found[drawn, "Ana"].geometry().area() == 200.0
    session.remove(drawn)
    assert sql(path, "SELECT count(*) FROM labels") == [(2,)]
    session.undo()
    assert sql(path, "SELECT count(*) FROM labels") == [(3,)]


def test_qgis_shows_every_layer_on_the_map(store, path):
    store.append([LabelEvent("s1", "Ana", "label", "Rice"), LabelEvent("s1", "Ana", "flag")])
    for name, count in (("samples", 6), ("labels", 1), ("label_history", 2)):
        layer = QgsVectorLayer(f"{path}|layername={name}", name)
        assert layer.isValid(), name
        assert (layer.crs().authid(), layer.featureCount()) == (CRS, count)
        assert layer.extent().contains(layer.getFeature(1).geometry().boundingBox()), name
    assert QgsVectorLayer(f"{path}|layername=label_events", "events").featureCount() == 2


def test_the_file_is_a_valid_geopackage(store, path):
    store.append([LabelEvent("s1", "Ana", "label", "Rice")], [polygon_sample("drawn-1")])
    store.close()
    validate_gpkg.check(path)
    told = subprocess.run(["ogrinfo", "-al", "-q", path], capture_output=True, text=True, check=True)
    assert "ERROR" not in told.stderr
    assert sorted(item.name for item in Path(path).parent.iterdir()) == [Path(path).name]


def test_events_cannot_be_changed_or_deleted_by_any_program(store, path):
    store.append([LabelEvent("s1", "Ana", "label", "Rice")])
    for statement in ("DELETE FROM label_events", "UPDATE label_events SET class_name = 'Wheat'"):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            sql(path, statement)


@pytest.mark.parametrize(
    ("samples", "told"),
    [
        ([], "There are no samples"),
        ([point_sample(1), replace(point_sample(2), geometry=b"")], "1 of 2 samples have no geometry: s2"),
        ([point_sample(1), NewSample(LabelingSample("e", 0, 0), wkb("POLYGON EMPTY"))], "samples have no geometry: e"),
        ([point_sample(1), NewSample(LabelingSample("e", 0, 0), b"junk")], "samples have no geometry: e"),
        (
            [point_sample(1), NewSample(LabelingSample("e", 0, 0), struct.pack("<BIdd", 1, 1, float("nan"), 1.0))],
            "no geometry: e",
        ),
        ([point_sample(1), point_sample(2), point_sample(1)], "1 ids belong to more than one of 3 samples: s1"),
    ],
)
def test_samples_that_cannot_be_labeled_are_counted_and_named(path, samples, told):
    with pytest.raises(LabelingError, match=told):
        create_geopackage_store(path, CRS, samples)
    assert list(Path(path).parent.iterdir()) == []


def test_a_session_in_which_everything_is_drawn_starts_empty(path, settings):
    session = LabelingSession(settings, create_geopackage_store(path, CRS, [], may_be_empty=True), "Ana")
    drawn = session.draw(wkb("POINT (1 2)"), (1, 2), "Rice")
    assert [sample.sample_id for sample in GeoPackageStore(path).read_samples()] == [drawn]


def test_a_file_that_is_there_is_not_overwritten(store, path):
    before = Path(path).read_bytes()
    with pytest.raises(LabelingError, match="is there already"):
        create_geopackage_store(path, CRS, [point_sample(1)])
    assert Path(path).read_bytes() == before


def test_what_a_killed_attempt_left_behind_does_no_harm(path):
    folder = Path(path).parent
    for suffix in ("", "-journal"):
        (folder / f".labels of Zoë.part.gpkg{suffix}").write_bytes(b"left behind")
    create_geopackage_store(path, CRS, [point_sample(1)]).close()
    assert [item.name for item in folder.iterdir()] == ["labels of Zoë.gpkg"]
    validate_gpkg.check(path)


def test_a_coordinate_system_that_is_none_is_refused(path):
    with pytest.raises(LabelingError, match="'EPSG:0' is not a coordinate system"):
        create_geopackage_store(path, "EPSG:0", [point_sample(1)])
    assert list(Path(path).parent.iterdir()) == []


def test_a_coordinate_system_without_a_number_is_kept(path):
    from qgis.core import QgsCoordinateReferenceSystem

    custom = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=48 +lon_0=61 +ellps=WGS84 +units=m")
    create_geopackage_store(path, custom.toWkt(), [point_sample(1)])
    assert GeoPackageStore(path).crs == custom.toWkt()
    layer = QgsVectorLayer(f"{path}|layername=samples", "samples")
    assert "laea" in layer.crs().toProj()
    validate_gpkg.check(path)


def test_a_session_works_on_it_and_another_one_sees_it(store, path, settings):
    session = LabelingSession(settings, store, "Ana")
    session.label("Wheat", 80)
    session.toggle_flag()
    session.skip()
    assert session.undo() == "s1"
    reopened = LabelingSession(settings, GeoPackageStore(path), "Ana", filter=QueueFilter(is_unlabeled=True))
    assert list(reopened.queue) == ["s1", "s2", "s3", "s4", "s5"]
    assert reopened.state("s1").flagged_by == {"Ana"}
    assert not reopened.state("s1").skipped_by
