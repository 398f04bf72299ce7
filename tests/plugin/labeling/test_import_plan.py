"""From rows to samples and events: classes, ids, coordinate systems, repeats, undo, and every reason to refuse."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from memory_store import MemoryStore
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsGeometry, QgsProject

from cropsample_plugin.bridge.labeling.imports.candidates import CandidateRow, CandidateTable, FieldRoles
from cropsample_plugin.bridge.labeling.imports.files import read_file
from cropsample_plugin.bridge.labeling.imports.import_plan import ImportMapping, plan_import
from cropsample_plugin.bridge.labeling.imports.value_texts import confidence_reader, date_reader, read_seconds
from cropsample_plugin.bridge.labeling.label_events import FLAG, LABEL, LabelingError
from cropsample_plugin.bridge.labeling.standing_labels import class_of
from cropsample_plugin.gui.labeling.import_target import carry_out, nearness_of, target_of
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.usefixtures("qgis_app")

SHARED_DATA = ROOT.parent / "shared" / "data"
CLASSES = {"wheat": "Wheat", "cotton": "Cotton"}
ROLES = FieldRoles("crop", "id", "who", "when", "sure", "note", flag_field="flag")
SQUARE = "Polygon ((66 39, 66.01 39, 66.01 39.01, 66 39.01, 66 39))"


def table_of(*rows, crs="EPSG:4326"):
    made = []
    for number, (wkt, values) in enumerate(rows, start=2):
        geometry = QgsGeometry.fromWkt(wkt) if wkt else None
        made.append(CandidateRow(number, geometry, values))
    return CandidateTable("t", QgsCoordinateReferenceSystem(crs), ("crop",), tuple(made))


def plan_of(session, table, roles=ROLES, labeler="Ben", **options):
    return plan_import(table, ImportMapping(roles, CLASSES, labeler, **options), target_of(session))


def reasons(plan):
    return [(remark.row, remark.reason, remark.is_taken) for remark in plan.remarks]


@pytest.fixture
def shared_data():
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets are not beside this checkout")
    return SHARED_DATA


@pytest.fixture
def empty(settings):
    return LabelingSession(settings, MemoryStore(), "Ana")


def test_rows_become_samples_with_labels_of_their_labelers(empty):
    table = table_of(
        ("Point (66 39)", {"id": "7", "crop": "wheat", "who": "Cem", "when": "2023-05-01 10:30", "sure": "80 %"}),
        (SQUARE, {"id": "8", "crop": "cotton", "note": "two fields", "flag": "true"}),
        ("Point (66.5 39)", {"id": "9"}),
    )
    plan = plan_of(empty, table)
    assert (len(plan.new_samples), plan.n_labels, plan.n_left_out, plan.remarks) == (3, 2, 0, [])
    carry_out(empty, plan)
    first, second, third = (sample.sample_id for sample in empty.samples)
    assert [first[:2], second[:2], third[:2]] == ["7-", "8-", "9-"]
    label = empty.state(first).labels["Cem"]
    assert (label.class_name, label.confidence, label.created_at) == ("Wheat", 80, "2023-05-01T10:30:00.000000Z")
    assert empty.state(second).labels["Ben"].comment == "two fields"
    assert empty.state(second).flagged_by == {"Ben"}
    assert not empty.state(third).labels
    assert list(empty.queue) == [first, second, third]
    shape = QgsGeometry()
    shape.fromWkb(empty.geometry(second))
    assert shape.area() == pytest.approx(866.0 * 1110.0, rel=0.01)


def test_a_second_import_brings_nothing_new(empty):
    table = table_of(("Point (66 39)", {"id": "7", "crop": "wheat"}), ("Point (66.1 39)", {"crop": "cotton"}))
    carry_out(empty, plan_of(empty, table))
    again = plan_of(empty, table)
    assert (again.events, again.new_samples, again.n_repeated, again.n_labels) == ([], [], 2, 0)


def test_an_import_is_undone_as_one_and_can_be_repeated(empty, settings):
    table = table_of(("Point (66 39)", {"id": "7", "crop": "wheat"}), ("Point (66.1 39)", {"crop": "cotton"}))
    carry_out(empty, plan_of(empty, table))
    empty.undo()
    assert all(empty.state(sample.sample_id).is_removed for sample in empty.samples)
    carry_out(empty, plan_of(empty, table))
    assert len(empty.samples) == 2
    assert [empty.state(sample.sample_id).classes for sample in empty.samples] == [("Wheat",), ("Cotton",)]
    assert not any(empty.state(sample.sample_id).is_removed for sample in empty.samples)
    assert plan_of(empty, table).events == []


def test_labels_of_several_people_meet_on_the_same_samples(empty):
    """As the four labelers of Togo: one file in another coordinate system, others in degrees."""
    utm = table_of(("Point (500000 4316000)", {"id": "1", "crop": "wheat", "who": "hrk"}), crs="EPSG:32641")
    carry_out(empty, plan_of(empty, utm))
    sample = empty.samples[0]
    degrees = table_of(("Point (63 38.99)", {"id": "1", "crop": "cotton", "who": "cn"}))
    assert len(plan_of(empty, degrees).new_samples) == 1
    near = replace(degrees, rows=(replace(degrees.rows[0], geometry=_to_degrees(500000, 4316000)),))
    plan = plan_of(empty, near)
    assert (plan.new_samples, plan.n_known_samples) == ([], 1)
    carry_out(empty, plan)
    assert empty.state(sample.sample_id).classes == ("Cotton", "Wheat")


def _to_degrees(x, y):
    geometry = QgsGeometry.fromWkt(f"Point ({x} {y})")
    systems = (QgsCoordinateReferenceSystem(name) for name in ("EPSG:32641", "EPSG:4326"))
    geometry.transform(QgsCoordinateTransform(*systems, QgsProject.instance()))
    return geometry


def test_labels_go_to_samples_that_the_session_came_with(session):
    table = table_of(("Point (500200 4400000)", {"id": "s2", "crop": "wheat"}), crs="EPSG:32641")
    plan = plan_of(session, table)
    assert (plan.new_samples, [event.kind for event in plan.events], plan.n_known_samples) == ([], [LABEL], 1)
    carry_out(session, plan)
    assert session.state("s2").classes == ("Wheat",)
    without_name = table_of(("Point (500300.2 4400000)", {"crop": "wheat"}), crs="EPSG:32641")
    assert plan_of(session, without_name).events[0].sample_id == "s3"
    other_name = table_of(("Point (500300 4400000)", {"id": "x", "crop": "wheat"}), crs="EPSG:32641")
    assert len(plan_of(session, other_name).new_samples) == 1


def test_every_row_that_is_not_taken_has_a_reason(empty):
    table = table_of(
        ("Point (66 39)", {"crop": "rye"}),
        ("", {"crop": "wheat"}),
        ("LineString (66 39, 67 39)", {"crop": "wheat"}),
        ("Polygon ((66 39, 67 39, 66 39))", {"crop": "wheat"}),
        ("Point (66 39)", {"crop": "wheat"}),
        ("Point (66 39)", {"crop": "cotton"}),
        ("Polygon ((66 39, 66.01 39.01, 66.01 39, 66 39.01, 66 39))", {"crop": "wheat"}),
        ("Point (66.7 39)", {"crop": "wheat", "sure": "very", "when": "last week"}),
        ("GeometryCollection (Point (66 39), LineString (66 39, 67 39))", {"crop": "wheat"}),
        ("MultiPoint ((61 39), (62 39))", {"crop": "wheat", "id": "m"}),
    )
    plan = plan_of(empty, table)
    assert reasons(plan) == [
        (2, "its class is not one of the session", False),
        (3, "it has no geometry", False),
        (4, "it is a line, no point and no polygon", False),
        (5, "its outline encloses nothing", False),
        (7, "Ben has labeled this sample in row 6", False),
        (8, "its outline crossed itself and was repaired", True),
        (9, "its date cannot be read; the label has the date of the import", True),
        (9, "its confidence is no percentage; the label has none", True),
        (10, "it is no point and no polygon", False),
    ]
    assert plan.remarks[0].value == "rye"
    assert (plan.n_left_out, plan.n_labels, len(plan.new_samples)) == (6, 5, 5)


def test_what_a_session_asks_for_is_asked_of_imports_too(settings):
    strict = LabelingSession(replace(settings, needs_confidence=True, needs_comment=True), MemoryStore(), "Ana")
    rows = [("Point (66 39)", {"crop": "wheat", "note": "seen"}), ("Point (66.1 39)", {"crop": "wheat", "sure": "50"})]
    assert [remark.reason for remark in plan_of(strict, table_of(*rows)).remarks] == [
        "the session asks for a confidence, and it has none",
        "the session asks for a comment, and it has none",
    ]


def test_rows_without_a_class_are_left_out_on_request(empty):
    rows = [("Point (66 39)", {"id": "1"}), ("Point (66.1 39)", {"id": "2", "flag": "yes"})]
    plan = plan_of(empty, table_of(*rows), takes_unlabeled=False)
    assert reasons(plan) == [(2, "it has no class", False)]
    assert plan.events[-1].kind == FLAG


def test_a_name_and_a_coordinate_system_are_needed(empty):
    table = table_of(("Point (1 1)", {"crop": "wheat"}))
    with pytest.raises(LabelingError, match="name of their labeler"):
        plan_of(empty, table, roles=FieldRoles("crop"), labeler=" ")
    assert reasons(plan_of(empty, table, labeler=""))[0][1] == "it has no labeler"
    unknown = replace(table, crs=QgsCoordinateReferenceSystem())
    with pytest.raises(LabelingError, match="coordinate system of the places"):
        plan_of(empty, unknown)
    chosen = plan_of(empty, unknown, crs=QgsCoordinateReferenceSystem("EPSG:4326"))
    assert len(chosen.new_samples) == 1


def test_places_outside_the_coordinate_system_are_refused(empty):
    table = table_of(("Point (1e30 1e30)", {"crop": "wheat"}), ("Point (7e6 4e6)", {"crop": "wheat"}), crs="EPSG:3857")
    assert reasons(plan_of(empty, table)) == [(2, "it lies outside the session's coordinate system", False)]


def test_curves_and_heights_become_flat_polygons(empty):
    circle = "CurvePolygonZ (CircularStringZ (66 39 1, 66.01 39.01 1, 66.02 39 1, 66.01 38.99 1, 66 39 1))"
    carry_out(empty, plan_of(empty, table_of((circle, {"crop": "wheat"}))))
    shape = QgsGeometry()
    shape.fromWkb(empty.geometry(empty.samples[0].sample_id))
    assert shape.asWkt().startswith("Polygon ((")


def test_a_failed_import_is_kept_and_retried(empty):
    empty.store.is_broken = True
    plan = plan_of(empty, table_of(("Point (66 39)", {"crop": "wheat"})))
    with pytest.raises(LabelingError, match="disk is full"):
        carry_out(empty, plan)
    empty.store.is_broken = False
    empty.retry()
    assert empty.state(empty.samples[0].sample_id).classes == ("Wheat",)


def test_real_exports_of_sudan(shared_data, settings):
    """1197 rows of two labelings of the same 1196 plots: 1035 agree, as the publication counts."""
    classes = {"Crop": "Wheat", "Non-crop": "Cotton"}
    session = LabelingSession(settings, MemoryStore(), "Ana")
    for number, name in ((1, "ceo-Sudan-2022-Set-1.csv"), (2, "ceo-Sudan-2022-Set-2.csv")):
        table = read_file(str(shared_data / "sudan_ceo" / name))
        roles = replace(table.roles, labeler_field="", id_field="plotid")
        plan = plan_import(table, ImportMapping(roles, classes, f"set {number}"), target_of(session))
        taken = plan.n_labels + plan.n_left_out + sum(not row.values[roles.class_field] for row in table.rows)
        assert taken == len(table.rows)
        carry_out(session, plan)
    assert len(session.samples) == 1196
    states = [session.state(sample.sample_id) for sample in session.samples]
    agreed = [state for state in states if len(state.labels) == 2 and len(state.classes) == 1]
    assert len(agreed) == 1035


def test_the_four_labelers_of_togo_give_the_published_consensus(shared_data, settings):
    """Kerner et al. 2020: 106 crop, 200 non-crop, 45 ties, 181 unanimous; pairs agree 229 to 278 times."""
    table = read_file(str(shared_data / "togo_labels" / "togo_test_4labelers.csv"))
    session = LabelingSession(settings, MemoryStore(), "Ana")
    for name in ("hrk", "cn", "bb", "bm"):
        mapping = ImportMapping(FieldRoles(name, "id"), {"1": "Wheat", "0": "Cotton"}, name)
        plan = plan_import(table, mapping, target_of(session))
        assert (plan.n_labels, plan.remarks) == (351, [])
        carry_out(session, plan)
    states = [session.state(sample.sample_id) for sample in session.samples]
    assert Counter(map(class_of, states)) == {"Wheat": 106, "Cotton": 200, "": 45}
    assert sum(len(state.classes) == 1 for state in states) == 181
    agreed = [
        sum(state.labels[one].class_name == state.labels[other].class_name for state in states)
        for one, other in combinations(("hrk", "cn", "bb", "bm"), 2)
    ]
    assert agreed == [229, 248, 249, 274, 273, 278]


@pytest.mark.parametrize(
    ("column", "text", "read"),
    [
        (["2023-12-18 19:48"], "2023-12-18 19:48", "2023-12-18T19:48:00.000000Z"),
        (["x"], "2023-12-18T19:48:05.25+05:00", "2023-12-18T14:48:05.250000Z"),
        (["13/4/2023", "3/4/2023"], "3/4/2023", "2023-04-03T00:00:00.000000Z"),
        (["4/13/2023", "3/4/2023"], "3/4/2023 7:30", "2023-03-04T07:30:00.000000Z"),
        (["3/4/2023"], "3/4/2023", None),
        (["3.4.2023"], "3.4.2023", "2023-04-03T00:00:00.000000Z"),
        (["x"], "2023-02-30", None),
    ],
)
def test_dates_are_read_only_when_they_are_clear(column, text, read):
    reader, note = date_reader(column)
    assert reader(text) == read
    assert ("cannot be told" in note) == (column == ["3/4/2023"])


@pytest.mark.parametrize(
    ("column", "text", "percent"),
    [
        (["0.5", "1"], "0.5", 50),
        (["1", "0"], "1", 1),
        (["0,75"], "0,75", 75),
        (["80 %"], "80 %", 80),
        (["5"], "120", None),
        (["high"], "high", None),
    ],
)
def test_confidences_are_percent_or_shares(column, text, percent):
    assert confidence_reader(column)[0](text) == percent


def test_durations_are_never_negative():
    assert [read_seconds(text) for text in ("61.6 secs", "-75.8 secs", "")] == [61.6, 0.0, 0.0]


def test_nearness_is_from_the_samples(session):
    nearness = nearness_of(session)
    assert nearness(63.0, 39.75) < 0.1
    assert nearness(39.75, 63.0) > 10
    assert nearness_of(LabelingSession(session.settings, MemoryStore(), "Ana")) is None
