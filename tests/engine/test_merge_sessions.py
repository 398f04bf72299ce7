"""Merging labels of several people, whatever they did: idempotent, the same in any order, nothing lost or twice."""

from __future__ import annotations

import struct
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugin" / "labeling"))

from memory_store import MemoryStore

from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelHistory, LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.merge_sessions import merge_stores
from cropsample_plugin.bridge.labeling.merge_settings import merge_settings
from cropsample_plugin.bridge.labeling.session_file import LabelClass, SessionSettings, check_settings

KINDS = st.sampled_from(["label", "label", "label", "skip", "flag", "unflag", "shape", "remove", "settle", "undo"])


def sample(name, x, y=0.0):
    return NewSample(LabelingSample(name, x, y), struct.pack("<BIdd", 1, 1, x, y))


@st.composite
def sessions(draw):
    """Return stores of one to four people who went on from copies of one session, and drew samples of their own.

    Ids of drawn samples are few, so that two people use the same one for different places.
    """
    shared = [sample(f"s{number}", float(number)) for number in range(draw(st.integers(0, 4)))]
    early = draw(events_of("Ana", shared, 0))
    stores = []
    for person in range(draw(st.integers(1, 4))):
        drawn = [
            sample(f"d{number}", 10.0 * number, draw(st.integers(1, 2))) for number in range(draw(st.integers(0, 2)))
        ]
        store = MemoryStore([*shared, *drawn])
        store.append(early)
        store.append(draw(events_of(f"P{person}", [*shared, *drawn], 1 + person)))
        stores.append(store)
    return stores


@st.composite
def events_of(draw, labeler, samples, second):
    events = []
    for number in range(draw(st.integers(0, 6)) if samples else 0):
        kind = draw(KINDS)
        about = draw(st.sampled_from(samples)).sample.sample_id
        own = [event for event in events if event.sample_id == about]
        if kind == "undo" and not own:
            continue
        event = LabelEvent(
            about,
            labeler,
            kind,
            draw(st.sampled_from(["Wheat", "Rice"])) if kind in ("label", "settle") else "",
            geometry=struct.pack("<BIdd", 1, 1, number, 5.0) if kind == "shape" else None,
            undoes=draw(st.sampled_from(own)).event_id if kind == "undo" else "",
            event_id=f"{labeler}-{second}-{number}",
            created_at=f"2024-05-01T00:00:{second:02}.{draw(st.integers(0, 9))}{number:05}Z",
        )
        events.append(event)
    return events


def content(store):
    """Return places of samples and of events, which do not depend on who got an id first."""
    place = {name: new.geometry for name, new in store.samples.items()}
    return sorted(place.values()), sorted((event.event_id, place[event.sample_id]) for event in store.events)


def states(store):
    """Return what stands at each place."""
    history = LabelHistory(store.events)
    return {
        new.geometry: (
            {name: event.event_id for name, event in history.state(name_of).labels.items()},
            history.state(name_of).is_disputed,
            history.state(name_of).flagged_by,
            history.state(name_of).geometry,
            history.state(name_of).is_removed,
        )
        for name_of, new in store.samples.items()
    }


def merged(stores):
    target = MemoryStore()
    return target, merge_stores(target, {str(number): store for number, store in enumerate(stores)})


@settings(deadline=None, max_examples=60)
@given(sessions(), st.randoms(use_true_random=False))
def test_nothing_is_lost_or_twice_in_any_order(stores, rng):
    target, counts = merged(stores)
    place = {}
    for store in stores:
        place.update({event.event_id: store.samples[event.sample_id].geometry for event in store.events})
    assert content(target)[1] == sorted(place.items())
    assert content(target)[0] == sorted({new.geometry for store in stores for new in store.samples.values()})
    assert sum(count.n_events_taken for count in counts) == len(place)
    for count, store in zip(counts, stores):
        assert count.n_events_taken + count.n_events_known == len(store.events)
        assert count.n_samples_taken + count.n_samples_known == len(store.samples)
    others = rng.sample(stores, len(stores))
    assert content(merged(others)[0]) == content(target)
    assert states(merged(others)[0]) == states(target)


@settings(deadline=None, max_examples=60)
@given(sessions())
def test_merging_again_changes_nothing_and_says_so(stores):
    target, first = merged(stores)
    before = (list(target.events), dict(target.samples))
    again = merge_stores(target, {str(number): store for number, store in enumerate(stores)})
    assert (target.events, target.samples) == before
    assert [(count.n_samples_taken, count.n_events_taken) for count in again] == [(0, 0)] * len(stores)
    assert [count.renamed for count in again] == [count.renamed for count in first]


@settings(deadline=None, max_examples=60)
@given(sessions())
def test_two_by_two_gives_the_same_as_all_at_once(stores):
    target = MemoryStore()
    for number, store in enumerate(stores):
        step = MemoryStore()
        merge_stores(step, {"before": target, str(number): store})
        target = step
    assert content(target) == content(merged(stores)[0])


def test_an_id_used_at_two_places_is_kept_apart_and_told():
    ana, ben = MemoryStore([sample("1", 1.0)]), MemoryStore([sample("1", 2.0)])
    ana.append([LabelEvent("1", "Ana", "label", "Wheat")])
    ben.append([LabelEvent("1", "Ben", "label", "Rice")])
    target = MemoryStore()
    _, count = merge_stores(target, {"ana.gpkg": ana, "ben.gpkg": ben})
    (new_id,) = count.renamed.values()
    assert set(target.samples) == {"1", new_id}
    assert LabelHistory(target.events).state("1").classes == ("Wheat",)
    assert LabelHistory(target.events).state(new_id).classes == ("Rice",)
    assert str(count) == (
        "ben.gpkg: 1 samples and 1 label events taken, 0 samples and 0 label events there already; "
        f"1 samples have an id that is used at another place: 1 as {new_id}."
    )


ANA = SessionSettings(
    "Ana's", "a.gpkg", "EPSG:4326", (LabelClass("Wheat", "#c8a020", "1"), LabelClass("Rice", "#0000ff", "r"))
)


def test_class_lists_are_united_and_keys_kept_apart():
    ben = replace(
        ANA,
        name="Ben's",
        classes=(LabelClass("Rice", "#00ffff", "r"), LabelClass("Rye", "#884400", "R"), LabelClass("Oats", key="4")),
        is_blind=True,
    )
    both, notes = merge_settings([ANA, ben])
    check_settings(both)
    assert [(item.name, item.color, item.key) for item in both.classes] == [
        ("Wheat", "#c8a020", "1"),
        ("Rice", "#0000ff", "r"),
        ("Rye", "#884400", "y"),
        ("Oats", "#888888", "4"),
    ]
    assert both.is_blind
    assert notes == [
        "Class 'Rice' looks different in Ben's; it was kept as in the first.",
        "The key 'R' of class 'Rye' (Ben's) is taken; it is 'y' now.",
        "Class 'Rye' was added from Ben's.",
        "Class 'Oats' was added from Ben's.",
        "Not all sessions are blind; the merged one is.",
    ]
    assert merge_settings([both, ben])[0].classes == both.classes


def test_equal_settings_merge_without_a_word():
    both, notes = merge_settings([ANA, ANA])
    assert (both.classes, notes) == (ANA.classes, [])


def test_nothing_to_merge_is_refused():
    with pytest.raises(LabelingError, match="no sessions to merge"):
        merge_settings([])


@given(
    st.lists(
        st.lists(st.tuples(st.text("abc", min_size=1, max_size=3), st.sampled_from(["", "a", "A", "1"])), max_size=4)
    )
)
def test_united_classes_never_share_a_key(lists):
    def usable(pairs):
        names, keys = dict(pairs), set()
        classes = []
        for name, key in names.items():
            classes.append(LabelClass(name, key="" if key.casefold() in keys else key))
            keys.add(key.casefold())
        return (*classes, LabelClass("always"))

    both, _ = merge_settings([replace(ANA, classes=usable(pairs)) for pairs in [*lists, []]])
    check_settings(both)
    assert {item.name for item in both.classes} == {name for pairs in lists for name, _ in pairs} | {"always"}
