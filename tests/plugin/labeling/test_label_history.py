"""What stands of many events: undone and redone many times, taken in in any order, and a lot of them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from cropsample_plugin.bridge.labeling import label_events
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelHistory, now_text


def chain_of_undos(length):
    events = [LabelEvent("s0", "Ana", "label", "Wheat")]
    for _ in range(length):
        events.append(LabelEvent("s0", "Ana", "undo", undoes=events[-1].event_id))
    return events


@pytest.mark.parametrize("length", [0, 1, 2, 3, 5000, 5001])
def test_undo_and_redo_stand_in_for_each_other_however_often(length):
    history = LabelHistory(chain_of_undos(length))
    assert (history.state("s0").classes == ("Wheat",)) == (length % 2 == 0)


def test_an_event_undone_twice_is_back_only_when_both_undos_are_undone():
    label = LabelEvent("s0", "Ana", "label", "Wheat")
    undos = [LabelEvent("s0", name, "undo", undoes=label.event_id) for name in ("Ana", "Ben")]
    redos = [LabelEvent("s0", undo.labeler, "undo", undoes=undo.event_id) for undo in undos]
    assert not LabelHistory([label, *undos, redos[0]]).is_standing(label.event_id)
    assert LabelHistory([label, *undos, *redos]).is_standing(label.event_id)


def test_events_that_undo_each_other_in_a_damaged_file_end():
    first = LabelEvent("s0", "Ana", "undo", undoes="b", event_id="a")
    history = LabelHistory([first, replace(first, undoes="a", event_id="b")])
    history.is_standing("a")


def test_the_order_in_which_files_are_taken_in_does_not_matter():
    rng = random.Random(3)  # noqa: S311
    events = []
    for number in range(400):
        sample_id, labeler = f"s{rng.randrange(8)}", rng.choice("ABC")
        own = [event for event in events if (event.sample_id, event.labeler) == (sample_id, labeler)]
        if own and rng.random() < 0.3:
            events.append(LabelEvent(sample_id, labeler, "undo", undoes=rng.choice(own).event_id))
        else:
            kind = rng.choice(["label", "label", "skip", "flag", "unflag", "shape", "remove", "settle", "add"])
            events.append(LabelEvent(sample_id, labeler, kind, rng.choice("XYZ"), geometry=b"%d" % number))
    wanted = LabelHistory(events)
    for _ in range(5):
        shuffled = rng.sample(events, len(events))
        history = LabelHistory()
        for start in range(0, len(shuffled), 37):
            history.add(shuffled[start : start + 37])
        for number in range(8):
            assert history.state(f"s{number}") == wanted.state(f"s{number}")
            assert history.events(f"s{number}") == wanted.events(f"s{number}")


def test_times_rise_even_when_the_clock_is_set_back(monkeypatch):
    class StoppedClock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2001, 1, 1, tzinfo=tz or timezone.utc)

    first = now_text()
    monkeypatch.setattr(label_events, "datetime", StoppedClock)
    assert first < now_text() < now_text()
