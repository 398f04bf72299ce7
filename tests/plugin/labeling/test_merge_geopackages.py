"""GeoPackages of several people merged into one: every label once, in any order, however often; or a clear refusal."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from memory_store import point_sample
from osgeo_utils.samples import validate_gpkg

from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore, create_geopackage_store
from cropsample_plugin.bridge.labeling.label_events import LabelHistory, LabelingError
from cropsample_plugin.bridge.labeling.layer_references import source_of
from cropsample_plugin.bridge.labeling.merge_sessions import merge_geopackages, merge_session_files
from cropsample_plugin.bridge.labeling.session_file import (
    LabelClass,
    LayerReference,
    ViewSettings,
    read_session_file,
    write_session_file,
)
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

CRS = "EPSG:32641"
POINT = point_sample(77).geometry


@pytest.fixture
def sources(settings, tmp_path):
    """Return session files of Ana, Ben and Cem, who went on from copies of one GeoPackage and drew a sample each."""
    shared = tmp_path / "shared.gpkg"
    create_geopackage_store(str(shared), CRS, [point_sample(number) for number in range(6)]).close()
    files = []
    for place, name in enumerate(("Ana", "Ben", "Cem")):
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(shared, folder / "labels.gpkg")
        session = LabelingSession(settings, GeoPackageStore(str(folder / "labels.gpkg")), name)
        for _ in range(4):
            session.label(settings.classes[place].name)
        session.undo()
        session.draw(POINT, (1.0, 2.0), "Rice")
        other_place = replace(point_sample(90), geometry=point_sample(90 + place).geometry)
        session.do([session.event_for("s90", "add", geometry=other_place.geometry)], [other_place])
        session.store.close()
        files.append(str(folder / "a.cropsession"))
        write_session_file(files[-1], settings)
    return files


def stores(sources):
    return [str(Path(path).with_name("labels.gpkg")) for path in sources]


def rows(path):
    with closing(sqlite3.connect(path)) as connection:
        tables = ("samples", "label_events", "labels")
        return {
            name: sorted(row[1:] for row in connection.execute(f"SELECT * FROM {name}"))  # noqa: S608
            for name in tables
        }


def test_each_label_is_there_once_and_merging_again_adds_nothing(sources, tmp_path):
    target = str(tmp_path / "all.gpkg")
    counts = merge_geopackages(target, stores(sources))
    assert sum(count.n_samples_taken for count in counts) == 6 + 2 * 3
    assert [count.n_events_taken for count in counts] == [8, 8, 8]
    events, _ = GeoPackageStore(target).read_events()
    history = LabelHistory(events)
    assert [history.state("s0").labels[name].class_name for name in ("Ana", "Ben", "Cem")] == [
        "Wheat",
        "Cotton",
        "Rice",
    ]
    assert [len(history.state(f"s{number}").labels) for number in range(6)] == [3, 3, 3, 0, 0, 0]
    before = rows(target)
    again = merge_geopackages(target, stores(sources))
    assert [(count.n_samples_taken, count.n_events_taken, count.n_events_known) for count in again] == [(0, 0, 8)] * 3
    assert rows(target) == before
    validate_gpkg.check(target)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["Ana", "Ben", "Cem", "all.gpkg", "shared.gpkg"]


def test_the_order_of_the_files_does_not_matter(sources, tmp_path):
    one, other = str(tmp_path / "one.gpkg"), str(tmp_path / "other.gpkg")
    counts = merge_geopackages(one, stores(sources))
    reversed_counts = merge_geopackages(other, stores(sources)[::-1])
    assert rows(one) == rows(other)
    assert [count.source for count in counts] == [count.source for count in reversed_counts[::-1]]


def test_the_work_of_others_is_merged_into_an_own_file(sources):
    own, *others = stores(sources)
    merge_geopackages(own, others)
    history = LabelHistory(GeoPackageStore(own).read_events()[0])
    assert history.state("s0").labels.keys() == {"Ana", "Ben", "Cem"}


def test_sources_are_not_changed(sources, tmp_path):
    before = [Path(path).read_bytes() for path in stores(sources)]
    merge_geopackages(str(tmp_path / "all.gpkg"), stores(sources))
    assert [Path(path).read_bytes() for path in stores(sources)] == before


def test_sessions_of_different_samples_with_the_same_ids_are_kept_apart(sources, tmp_path):
    foreign = str(tmp_path / "foreign.gpkg")
    moved = [replace(point_sample(number), geometry=point_sample(number + 50).geometry) for number in range(3)]
    create_geopackage_store(foreign, CRS, moved).close()
    counts = merge_geopackages(stores(sources)[0], [foreign])
    assert counts[0].n_samples_taken == 3
    assert counts[0].renamed.keys() == {"s0", "s1", "s2"}
    assert merge_geopackages(stores(sources)[0], [foreign])[0].n_samples_taken == 0


def test_different_coordinate_systems_are_refused_before_anything_is_written(sources, tmp_path):
    other = str(tmp_path / "degrees.gpkg")
    create_geopackage_store(other, "EPSG:4326", [point_sample(1)]).close()
    target = tmp_path / "all.gpkg"
    with pytest.raises(LabelingError, match=r"is in EPSG:\d+, .* in EPSG:\d+"):
        merge_geopackages(str(target), [stores(sources)[0], other])
    assert not target.exists()


def test_a_source_that_is_missing_is_told_before_anything_is_written(sources, tmp_path):
    with pytest.raises(LabelingError, match=r"away\.gpkg' is not there"):
        merge_geopackages(str(tmp_path / "all.gpkg"), [*stores(sources), str(tmp_path / "away.gpkg")])
    assert not (tmp_path / "all.gpkg").exists()
    assert not (tmp_path / "away.gpkg").exists()


def test_session_files_with_different_classes_become_one_session(sources, settings, tmp_path):
    more = (settings.classes[1], LabelClass("Rye", "#884400", "1"))
    write_session_file(sources[1], replace(settings, name="Ben's", classes=more))
    target = str(tmp_path / "all.cropsession")
    counts, notes = merge_session_files(target, sources)
    merged = read_session_file(target)
    assert [(item.name, item.key) for item in merged.classes] == [
        ("Wheat", "1"),
        ("Cotton", "2"),
        ("Rice", "r"),
        ("Rye", "y"),
    ]
    assert "The key '1' of class 'Rye' (Ben's) is taken; it is 'y' now." in notes
    assert merged.store == "all.gpkg"
    assert len(counts) == 3
    session = LabelingSession(merged, GeoPackageStore(str(tmp_path / "all.gpkg")), "Eva")
    assert len(session.samples) == 12
    with pytest.raises(LabelingError, match="is there already"):
        merge_session_files(target, sources)


def test_layers_of_the_first_session_are_found_from_the_merged_one(sources, settings, tmp_path):
    stack = LayerReference("Images", "gdal", "./images/stack.vrt")
    view = ViewSettings("Images", (stack,))
    write_session_file(sources[0], replace(settings, stack=(stack,), views=(view,)))
    target = str(tmp_path / "all.cropsession")
    merge_session_files(target, sources)
    merged = read_session_file(target)
    assert source_of(merged.stack[0], target) == str(tmp_path / "Ana" / "images" / "stack.vrt")
    assert merged.views[0].layers[0].source == "./Ana/images/stack.vrt"


def test_a_session_in_postgresql_is_refused(sources, settings, tmp_path):
    write_session_file(sources[1], replace(settings, store="postgres:dbname=team"))
    with pytest.raises(LabelingError, match="kept in PostgreSQL"):
        merge_session_files(str(tmp_path / "all.cropsession"), sources)
