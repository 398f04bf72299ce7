"""Where samples lie: found by place, and known again after every step of any labeler."""

from __future__ import annotations

import random

import pytest
from memory_store import MemoryStore
from polygon_stage import box, field, field_samples
from qgis.core import QgsGeometry, QgsPointXY, QgsRectangle

from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.polygon_index import SampleIndex


def point(name, column, row):
    left, _, _, top = box(column, row)
    return NewSample(LabelingSample(name, left, top), bytes(QgsGeometry.fromPointXY(QgsPointXY(left, top)).asWkb()))


@pytest.fixture
def session(qgis_app, settings):
    return LabelingSession(settings, MemoryStore([*field_samples(), point("p", 15, 15), point("q", 90, 90)]), "Ana")


@pytest.fixture
def index(session):
    made = SampleIndex(session)
    assert made.fill(60.0)
    return made


def area(*corners):
    return QgsGeometry.fromRect(QgsRectangle(*box(*corners)))


def test_samples_are_found_by_point_line_and_box(index):
    inside = QgsPointXY(field("a").centroid().asPoint())
    assert index.at(inside) == ["a"]
    assert index.at(QgsPointXY(inside.x(), inside.y() + 55)) == []
    assert index.at(QgsPointXY(inside.x(), inside.y() + 55), 10.0) == ["a"]
    line = QgsGeometry.fromPolylineXY([QgsPointXY(*box(column, 5)[:2]) for column in (5, 45)])
    assert sorted(index.crossed(line)) == ["a", "b"]
    assert sorted(index.within(area(10, 10, 30, 30).boundingBox(), 10)) == ["a", "b", "p"]
    assert len(index.within(area(10, 10, 30, 30).boundingBox(), 2)) == 2


def test_overlaps_are_named_with_their_share_and_touching_is_none(index):
    found = index.overlaps(area(15.5, 15, 10, 10))
    assert {item.sample_id: round(item.share, 3) for item in found} == {"a": 0.225, "b": 0.275}
    assert index.overlaps(area(30, 10)) == []
    assert [item.sample_id for item in index.overlaps(field("a"), ("a",))] == ["p"]
    assert index.overlaps(area(88, 88, 5, 5))[0].share == 1.0


def test_every_kind_of_step_is_followed(index, session):
    name = session.draw(bytes(area(40, 40).asWkb()), (0.0, 0.0))
    assert [item.sample_id for item in index.overlaps(area(42, 42, 2, 2))] == [name]
    session.reshape(name, bytes(area(70, 20).asWkb()))
    assert index.overlaps(area(42, 42, 2, 2)) == []
    assert [item.sample_id for item in index.overlaps(area(72, 22, 2, 2))] == [name]
    session.undo()
    assert [item.sample_id for item in index.overlaps(area(42, 42, 2, 2))] == [name]
    session.remove(name)
    assert index.overlaps(area(42, 42, 2, 2)) == []
    session.undo()
    assert [item.sample_id for item in index.overlaps(area(42, 42, 2, 2))] == [name]


def test_steps_of_others_are_followed(index, session):
    new = NewSample(LabelingSample("x", 0.0, 0.0), bytes(area(40, 40).asWkb()))
    session.store.append([LabelEvent("x", "Ben", "add", geometry=new.geometry)], [new])
    session.refresh()
    assert [item.sample_id for item in index.overlaps(area(42, 42, 2, 2))] == ["x"]


def test_a_step_during_the_reading_is_known_once(session):
    index = SampleIndex(session)
    name = session.draw(bytes(area(40, 40).asWkb()), (0.0, 0.0))
    assert index.fill(60.0)
    assert index.within(area(42, 42, 2, 2).boundingBox(), 10) == [name]


def test_reading_goes_on_in_slices(qgis_app, settings):
    samples = [point(f"s{number}", number % 100, number // 100) for number in range(2000)]
    index = SampleIndex(LabelingSession(settings, MemoryStore(samples), "Ana"))
    assert not index.fill(0.0)
    assert 0.0 < index.share_read < 1.0
    while not index.fill(0.0):
        pass
    assert index.is_complete
    assert len(index.within(area(0, 0, 100, 100).boundingBox(), 5000)) == 2000


def test_many_random_steps_agree_with_looking_at_every_sample(index, session):
    draw = random.Random(4)  # noqa: S311 - steps, not secrets
    for _ in range(120):
        kind = draw.choice(["draw", "draw", "reshape", "remove", "undo", "redo"])
        standing = [item.sample_id for item in session.samples if not session.state(item.sample_id).is_removed]
        shape = bytes(area(draw.uniform(0, 90), draw.uniform(0, 90), 8, 8).asWkb())
        if kind == "draw":
            session.draw(shape, (0.0, 0.0))
        elif kind in ("undo", "redo"):
            getattr(session, kind)()
        elif standing and kind == "reshape":
            session.reshape(draw.choice(standing), shape)
        elif standing:
            session.remove(draw.choice(standing))
        probe = area(20, 20, 40, 40)
    expected = set()
    for item in session.samples:
        geometry = QgsGeometry()
        geometry.fromWkb(session.geometry(item.sample_id))
        if not session.state(item.sample_id).is_removed and geometry.boundingBoxIntersects(probe):
            expected.add(item.sample_id)
    assert set(index.within(probe.boundingBox(), 10_000)) == expected


def test_a_store_that_cannot_be_read_for_a_while(session, monkeypatch):
    def gone(_sample_id):
        raise LabelingError("The network share is gone.", "Retry.")

    index = SampleIndex(session)
    with monkeypatch.context() as patch:
        patch.setattr(session.store, "geometry", gone)
        assert not index.fill(60.0)
        assert "share is gone" in index.problem
        assert index.geometry("a") is None
        assert index.overlaps(area(12, 12, 2, 2)) == []
    assert index.fill(60.0)
    assert index.problem == ""
    assert [item.sample_id for item in index.overlaps(area(12, 12, 2, 2))] == ["a"]
