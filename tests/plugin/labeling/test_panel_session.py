"""The session behind the panel: order of the walk, steps that wait, claims, who may see and settle, long queues."""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory_store import MemoryStore, point_sample

from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.session_file import ASSIGN_CLAIM, Assignment
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession, QueueFilter


class HandingOutStore(MemoryStore):
    """Hands out samples in order; one that a labeler holds is given again until it is labeled or skipped."""

    def __init__(self, samples):
        super().__init__(samples)
        self.held = {}
        self.released = []

    def claim_next(self, labeler, overlap, timeout_s):
        if self.is_broken:
            raise LabelingError("The database does not answer.")
        done = {event.sample_id for event in self.events if event.kind in {"label", "skip"}}
        if self.held.get(labeler) in done:
            del self.held[labeler]
        taken = done | {held for name, held in self.held.items() if name != labeler}
        free = [name for name in self.samples if name not in taken]
        if labeler not in self.held and free:
            self.held[labeler] = free[0]
        return self.held.get(labeler)

    def release(self, labeler):
        self.released.append(labeler)
        self.held.pop(labeler, None)


@pytest.fixture
def claiming(settings):
    return replace(settings, assignment=Assignment(ASSIGN_CLAIM))


@pytest.fixture
def handing_out():
    return HandingOutStore([point_sample(number) for number in range(4)])


def current(session):
    return session.current.sample_id if session.current else None


# Order.


def test_samples_come_by_priority_and_removed_ones_are_walked_past(settings):
    samples = [point_sample(0, priority=2.0), point_sample(1, priority=1.0), point_sample(2), point_sample(3)]
    session = LabelingSession(settings, MemoryStore(samples), "Ana")
    assert list(session.queue) == ["s2", "s3", "s1", "s0"]
    session.remove("s3")
    session.go_to("s2")
    assert session.step(1)
    assert current(session) == "s1"
    assert session.step(-1)
    assert current(session) == "s2"
    assert not session.step(-1)


def test_a_sample_assigned_to_others_is_not_listed(settings):
    samples = [point_sample(0, assigned_to=("Ben",)), point_sample(1, assigned_to=("Ana", "Ben")), point_sample(2)]
    assert list(LabelingSession(settings, MemoryStore(samples), "Ana").queue) == ["s1", "s2"]


def test_skipped_samples_come_again_only_when_there_are_no_others(session):
    session.skip()
    for _ in range(5):
        session.label("Wheat")
    assert current(session) == "s5"
    assert session.next_unlabeled()
    assert current(session) == "s0"
    session.label("Wheat")
    assert not session.next_unlabeled()


def test_labels_in_a_list_of_labeled_samples_lead_through_the_list(session):
    for _ in range(4):
        session.label("Wheat")
    session.set_filter(QueueFilter(class_name="Wheat"))
    session.go_to("s0")
    session.label("Cotton")
    assert current(session) == "s1"
    assert list(session.queue) == ["s0", "s1", "s2", "s3"], "a label given does not shorten the list"


def test_a_new_sample_is_listed_behind_the_others_and_undone_it_is_left(session):
    session.go_to("s1")
    drawn = session.draw(b"wkb", (1.0, 2.0))
    assert session.queue[-1] == drawn
    assert session.is_just_drawn
    session.undo()
    assert current(session) == "s5"
    assert not session.is_just_drawn


def test_what_others_draw_arrives(session, store):
    new = point_sample(9)
    store.append([LabelEvent("s9", "Ben", "add", geometry=new.geometry)], [new])
    assert session.refresh() == ["s9"]
    assert session.queue[-1] == "s9"


# Steps that wait.


def test_undo_that_cannot_be_saved_waits_and_is_done_once(session, store):
    session.label("Wheat")
    store.is_broken = True
    for _ in range(2):
        with pytest.raises(LabelingError):
            session.undo()
    assert session.state("s0").classes == ("Wheat",)
    store.is_broken = False
    session.retry()
    assert session.state("s0").classes == ()
    assert session.redo() == "s0"
    assert session.state("s0").classes == ("Wheat",)
    assert session.redo() is None


def test_a_label_given_while_another_waits_saves_both_in_order(session, store):
    store.is_broken = True
    with pytest.raises(LabelingError):
        session.label("Wheat")
    store.is_broken = False
    session.label("Cotton")
    assert [event.class_name for event in store.events] == ["Wheat", "Cotton"]
    assert session.state("s0").classes == ("Cotton",)
    assert current(session) == "s1", "one step, not two"


def test_something_new_leaves_nothing_to_redo(session):
    session.label("Wheat")
    session.undo()
    session.label("Cotton")
    assert session.redo() is None
    session.undo()
    session.undo()
    assert session.undo() is None


def test_undo_costs_the_same_after_many_steps(session, store):
    """It looks at the step alone: the history is not asked for all it holds."""
    for number in range(50):
        session.go_to(f"s{number % 6}")
        session.label("Wheat")
    session.history.all_events = None
    assert session.undo() == "s1"
    assert session.redo() == "s1"


# Claims.


def test_samples_are_handed_out_one_by_one(claiming, handing_out):
    ana = LabelingSession(claiming, handing_out, "Ana")
    ben = LabelingSession(claiming, handing_out, "Ben")
    assert (current(ana), current(ben)) == ("s0", "s1")
    ana.label("Wheat")
    ben.skip()
    assert (current(ana), current(ben)) == ("s2", "s3")
    assert list(ana.queue) == ["s0", "s2"]
    assert ana.step(-1)
    assert current(ana) == "s0"
    assert ana.next_unlabeled()
    assert current(ana) == "s2"
    ana.label("Wheat")
    assert not ana.step(1), "none is left"
    assert current(ana) == "s2"


def test_what_is_held_is_given_back_on_closing(claiming, handing_out):
    session = LabelingSession(claiming, handing_out, "Ana")
    session.close()
    assert handing_out.released == ["Ana"]
    assert handing_out.is_closed


def test_own_labels_are_listed_again_on_reopening(claiming, handing_out):
    session = LabelingSession(claiming, handing_out, "Ana")
    session.label("Wheat")
    session.close()
    again = LabelingSession(claiming, handing_out, "Ana")
    assert list(again.queue) == ["s0", "s1"]
    assert current(again) == "s1"


def test_a_store_that_cannot_hand_out_is_refused(claiming, store):
    with pytest.raises(LabelingError, match="hands out samples, and its store cannot"):
        LabelingSession(claiming, store, "Ana")


# Who may see and settle.


@pytest.mark.parametrize(
    ("is_blind", "adjudicators", "labeler", "roles"),
    [
        (False, (), "Ana", (True, True)),
        (False, ("Eve",), "Ana", (True, False)),
        (False, ("Eve",), "Eve", (True, True)),
        (True, (), "Ana", (False, False)),
        (True, ("Eve",), "Ana", (False, False)),
        (True, ("Eve",), "Eve", (True, True)),
    ],
)
def test_who_sees_all_and_who_settles(settings, store, is_blind, adjudicators, labeler, roles):
    session = LabelingSession(replace(settings, is_blind=is_blind, adjudicators=adjudicators), store, labeler)
    assert (session.sees_all, session.may_adjudicate) == roles
    if roles[1]:
        session.settle("Wheat")
        assert session.tally.by_class["Wheat"] == 1
    else:
        with pytest.raises(LabelingError, match="settled by its adjudicators"):
            session.settle("Wheat")


def test_counts_of_a_blind_labeler_are_own_counts(settings, store):
    store.append([LabelEvent("s0", "Ben", "label", "Rice"), LabelEvent("s1", "Eve", "settle", "Rice")])
    session = LabelingSession(replace(settings, is_blind=True), store, "Ana")
    session.label("Wheat")
    assert dict(session.tally.by_class) == {"Wheat": 1}
    assert (session.tally.n_disputed, session.tally.n_flagged) == (0, 0)


# Long queues.


def test_a_label_among_many_samples_looks_at_few(settings):
    session = LabelingSession(settings, MemoryStore([point_sample(number) for number in range(100_000)]), "Ana")
    looked = []
    standing = session.tally.standing
    session.tally.standing = lambda sample_id: looked.append(sample_id) or standing(sample_id)
    for _ in range(100):
        session.next_unlabeled()
        session.label("Wheat")
        session.undo()
        session.redo()
    assert session.tally.n_labeled == 100
    assert len(looked) < 100 * 30
