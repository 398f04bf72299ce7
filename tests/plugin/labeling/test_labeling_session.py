"""The session: labels, undo and redo, failures that lose nothing, blindness."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelHistory, LabelingError
from cropsample_plugin.bridge.labeling.session_file import (
    LabelClass,
    check_settings,
    read_session_file,
    write_session_file,
)
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession, QueueFilter


def test_a_label_is_stored_before_the_next_sample_is_shown(session, store):
    session.label("Wheat", 80, "green in April")
    event = store.events[-1]
    assert (event.sample_id, event.class_name, event.confidence, event.comment) == ("s0", "Wheat", 80, "green in April")
    assert session.current.sample_id == "s1"


def test_undo_and_redo_go_back_and_forth_and_only_add(session, store):
    session.label("Wheat")
    session.label("Cotton")
    assert session.undo() == "s1"
    assert session.state("s1").classes == ()
    assert session.undo() == "s0"
    assert session.undo() is None
    assert session.redo() == "s0"
    assert session.redo() == "s1"
    assert session.redo() is None
    assert (session.state("s0").classes, session.state("s1").classes) == (("Wheat",), ("Cotton",))
    assert session.undo() == "s1"
    assert session.state("s1").classes == ()
    assert len(store.events) == 7
    assert LabelHistory(store.events).state("s0").classes == ("Wheat",)


def test_drawing_is_one_step(session, store):
    drawn = session.draw(b"wkb", (1.0, 2.0), "Rice")
    assert session.current.sample_id == drawn
    assert session.state(drawn).classes == ("Rice",)
    session.undo()
    assert session.state(drawn).is_removed
    session.redo()
    assert not session.state(drawn).is_removed
    session.reshape(drawn, b"other")
    assert session.geometry(drawn) == b"other"
    session.undo()
    assert session.geometry(drawn) == b"wkb"


def test_a_label_that_cannot_be_saved_is_kept_and_retried(session, store):
    store.is_broken = True
    with pytest.raises(LabelingError, match="disk is full"):
        session.label("Wheat")
    assert session.current.sample_id == "s0"
    assert len(session.pending) == 1
    with pytest.raises(LabelingError, match="disk is full"):
        session.label("Cotton")
    store.is_broken = False
    session.retry()
    assert session.state("s0").classes == ("Wheat",)
    assert not session.pending


def test_a_blind_labeler_knows_nothing_of_others(settings, store):
    store.append([LabelEvent("s0", "Ben", "label", "Rice"), LabelEvent("s0", "Ben", "flag")])
    blind = LabelingSession(replace(settings, is_blind=True), store, "Ana")
    blind.label("Wheat")
    assert blind.state("s0").labels.keys() == {"Ana"}
    assert not blind.state("s0").flagged_by
    blind.set_filter(QueueFilter(is_disputed=True))
    assert list(blind.queue) == []
    seeing = LabelingSession(settings, store, "Ana", filter=QueueFilter(is_disputed=True))
    assert list(seeing.queue) == ["s0"]


def test_session_files_come_back_as_they_were(settings, tmp_path):
    path = str(tmp_path / "a.cropsession")
    write_session_file(path, settings)
    assert read_session_file(path) == settings


def test_classes_with_the_same_key_are_refused(settings):
    with pytest.raises(LabelingError, match="Two classes have the key 'r'"):
        check_settings(replace(settings, classes=(*settings.classes, LabelClass("Rye", key="R"))))


def test_a_newer_session_file_is_refused(settings, tmp_path):
    path = tmp_path / "a.cropsession"
    write_session_file(str(path), settings)
    path.write_text(path.read_text().replace('"cropsample_session": 1', '"cropsample_session": 2'))
    with pytest.raises(LabelingError, match="newer CropSample"):
        read_session_file(str(path))
