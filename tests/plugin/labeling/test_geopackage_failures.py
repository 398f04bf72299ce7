"""Whatever happens to the file of labels: nothing is overwritten, the label stays pending, and retry saves it."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from memory_store import point_sample
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer

from cropsample_plugin.bridge.labeling import geopackage_store
from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore, create_geopackage_store
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

CRS = "EPSG:32641"
NOBODY = 65534


@pytest.fixture
def folder():
    """Return a folder that other users may enter, unlike those of pytest."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o777)
    yield path
    path.chmod(0o777)
    shutil.rmtree(path)


@pytest.fixture
def path(folder):
    path = folder / "labels.gpkg"
    create_geopackage_store(str(path), CRS, [point_sample(number) for number in range(6)]).close()
    path.chmod(0o666)
    return path


@pytest.fixture
def labeling(settings, path):
    session = LabelingSession(settings, GeoPackageStore(str(path)), "Ana")
    session.label("Wheat")
    yield session
    session.store.close()


@contextmanager
def ordinary_user():
    """Be somebody whom permissions concern, where the tests run as root."""
    if os.getuid() != 0:
        yield
        return
    os.setresgid(NOBODY, NOBODY, 0)
    os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)


def fails(labeling, told):
    """Assert that a label is refused with these words and kept; return what the file holds."""
    with pytest.raises(LabelingError, match=told):
        labeling.label("Cotton", comment="kept")
    assert labeling.current.sample_id == "s1"
    assert [event.comment for step in labeling.pending for event in step.events] == ["kept"]


def saves(labeling, path):
    """Assert that retrying saves the label once, next to those before it."""
    labeling.retry()
    assert not labeling.pending
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    events, _ = GeoPackageStore(str(path)).read_events()
    assert [(event.sample_id, event.class_name) for event in events] == [("s0", "Wheat"), ("s1", "Cotton")]


@contextmanager
def small_disk(folder, size):
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "small", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(path):
    with path.open("wb", buffering=0) as stream:
        for size in (65536, 4096):
            with suppress(OSError):
                while True:
                    stream.write(b"x" * size)


def test_a_full_disk(settings, folder):
    with small_disk(folder, "1m"):
        path = folder / "labels.gpkg"
        create_geopackage_store(str(path), CRS, [point_sample(number) for number in range(6)]).close()
        labeling = LabelingSession(settings, GeoPackageStore(str(path)), "Ana")
        labeling.label("Wheat")
        fill(folder / "filling")
        fails(labeling, r"The disk of .* is full. What you did is kept in memory. Free some space")
        with pytest.raises(LabelingError, match=r"The disk of .* is full"):
            labeling.retry()
        (folder / "filling").unlink()
        saves(labeling, path)
        labeling.store.close()


@pytest.mark.parametrize(("size", "count"), [("100k", 6), ("1m", 20000)])
def test_no_room_for_a_new_session(folder, size, count):
    with small_disk(folder, size):
        with pytest.raises(LabelingError, match="cannot be made"):
            create_geopackage_store(str(folder / "a.gpkg"), CRS, [point_sample(number) for number in range(count)])
        assert list(folder.iterdir()) == []


def test_a_file_that_may_not_grow(labeling, path):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        fails(labeling, "cannot be written")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    saves(labeling, path)


def test_a_read_only_file(settings, path):
    GeoPackageStore(str(path)).append([LabelEvent("s0", "Ana", "label", "Wheat")])
    path.chmod(0o444)
    with ordinary_user():
        labeling = LabelingSession(settings, GeoPackageStore(str(path)), "Ana")
        labeling.go_to("s1")
        fails(
            labeling, "You may not write to '.*labels.gpkg'. What you did is kept in memory. Allow writing to the file"
        )
    path.chmod(0o666)
    with ordinary_user():
        saves(labeling, path)
        labeling.store.close()


def test_a_read_only_folder(settings, path):
    GeoPackageStore(str(path)).append([LabelEvent("s0", "Ana", "label", "Wheat")])
    path.parent.chmod(0o555)
    with ordinary_user():
        labeling = LabelingSession(settings, GeoPackageStore(str(path)), "Ana")
        labeling.go_to("s1")
        fails(labeling, "You may not write to the folder of '.*labels.gpkg', where its journal has to be")
        with pytest.raises(LabelingError, match="cannot be made"):
            create_geopackage_store(str(path.parent / "b.gpkg"), CRS, [point_sample(1)])
    path.parent.chmod(0o777)
    with ordinary_user():
        saves(labeling, path)
        labeling.store.close()


def test_a_removed_file_is_not_made_anew(labeling, path):
    away = path.with_name("away.gpkg")
    path.rename(away)
    before = away.read_bytes()
    fails(labeling, "The file '.*labels.gpkg' is not there any more. What you did is kept in memory. Put it back")
    assert not path.exists()
    assert away.read_bytes() == before
    away.rename(path)
    saves(labeling, path)


def test_a_file_put_in_the_place_of_the_opened_one_is_not_written(labeling, path):
    away = path.with_name("away.gpkg")
    path.rename(away)
    create_geopackage_store(str(path), CRS, [point_sample(number) for number in range(6)]).close()
    before = path.read_bytes()
    fails(labeling, "replaced by another file while the session was open. Put back the file with your labels")
    assert path.read_bytes() == before
    away.replace(path)
    saves(labeling, path)


def test_an_older_state_put_in_the_place_of_the_opened_file_is_not_taken_for_it(settings, path):
    copy = path.with_name("backup.gpkg")
    shutil.copy(path, copy)
    labeling = LabelingSession(settings, GeoPackageStore(str(path)), "Ana")
    labeling.label("Wheat")
    away = path.with_name("away.gpkg")
    path.rename(away)
    copy.rename(path)
    fails(labeling, "replaced by another file")
    assert GeoPackageStore(str(path)).read_events()[0] == []
    away.replace(path)
    saves(labeling, path)


def test_a_copy_put_in_the_place_of_the_opened_file_is_gone_on_with(labeling, path):
    copy = path.with_name("copy.gpkg")
    shutil.copy(path, copy)
    copy.replace(path)
    labeling.label("Cotton")
    saves(labeling, path)


def test_a_network_share_that_is_gone_for_a_while(labeling, path):
    away = path.parent.with_name(path.parent.name + "-away")
    path.parent.rename(away)
    try:
        fails(
            labeling, "The folder '.*' cannot be reached. What you did is kept in memory. Connect the drive or network"
        )
        with pytest.raises(LabelingError, match="cannot be reached"):
            labeling.refresh()
        assert not path.parent.exists()
    finally:
        away.rename(path.parent)
    saves(labeling, path)


def test_a_file_that_another_program_keeps_locked(labeling, path, monkeypatch):
    monkeypatch.setattr(geopackage_store, "_WAIT_S", 0.2)
    labeling.store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        fails(labeling, "is being written by another program. What you did is kept in memory")
        other.execute("ROLLBACK")
    saves(labeling, path)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_a_file_that_is_no_geopackage(tmp_path, content):
    path = tmp_path / "a.gpkg"
    path.write_bytes(content)
    with pytest.raises(LabelingError, match=r"is not a GeoPackage|holds no labels"):
        GeoPackageStore(str(path))
    assert path.read_bytes() == content


def test_a_geopackage_of_another_kind(tmp_path):
    path = tmp_path / "fields.gpkg"
    layer = '{"type": "FeatureCollection", "features": []}'
    subprocess.run(["ogr2ogr", path, "/vsistdin/", "-nln", "fields"], input=layer, text=True, check=True)
    before = path.read_bytes()
    with pytest.raises(LabelingError, match=r"holds no labels of a session\. Choose the GeoPackage that"):
        GeoPackageStore(str(path))
    assert path.read_bytes() == before


def test_no_file_at_all(tmp_path):
    with pytest.raises(LabelingError, match="is not there"):
        GeoPackageStore(str(tmp_path / "a.gpkg"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_of_a_newer_cropsample(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE cropsample_labels SET value = '2' WHERE key = 'format'")
    with pytest.raises(LabelingError, match=r"newer CropSample .format of labels 2, this one reads up to 1"):
        GeoPackageStore(str(path))


def test_layers_of_the_session_in_the_project_do_not_matter_to_it(labeling, path):
    project = QgsProject.instance()
    layers = [QgsVectorLayer(f"{path}|layername={name}", name) for name in ("samples", "labels", "label_history")]
    project.addMapLayers(layers)
    project.setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    layers[0].setCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    reading = layers[0].getFeatures()
    next(reading)
    assert layers[1].startEditing()
    labeling.label("Cotton")
    project.removeAllMapLayers()
    labeling.label("Rice")
    events, _ = GeoPackageStore(str(path)).read_events()
    assert [event.class_name for event in events] == ["Wheat", "Cotton", "Rice"]
    # QGIS keeps its connection, and the log beside the file, for a while; the file itself holds every label already.
    copy = shutil.copy(path, path.with_name("copy.gpkg"))
    assert [event.class_name for event in GeoPackageStore(str(copy)).read_events()[0]] == ["Wheat", "Cotton", "Rice"]


def test_a_log_that_another_program_switched_on_is_folded_in_at_the_end(labeling, path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    labeling.label("Cotton")
    assert path.with_name("labels.gpkg-wal").exists()
    labeling.store.close()
    assert [item.name for item in path.parent.iterdir()] == [path.name]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
