"""Who labels what: everyone gets a fair share, also of each stratum, and the same again for the same seed."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cropsample_plugin.bridge.labeling.assignment import assign, assign_in
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample
from cropsample_plugin.bridge.labeling.session_file import Assignment


@st.composite
def tasks(draw):
    n_labelers = draw(st.integers(1, 7))
    overlap = draw(st.integers(1, n_labelers))
    strata = draw(st.lists(st.sampled_from("ABC"), max_size=60))
    names = tuple(f"L{number}" for number in range(n_labelers))
    return Assignment("overlap", overlap, names, draw(st.integers(0, 1000))), strata


@settings(deadline=None, max_examples=150)
@given(tasks())
def test_everyone_gets_a_fair_share(task):
    assignment, strata = task
    ids = [f"s{number}" for number in range(len(strata))]
    assigned = assign(ids, assignment, strata)
    assert [sample_id for sample_id, _labelers in assigned] == ids
    assert all(len(set(labelers)) == assignment.overlap for _sample_id, labelers in assigned)
    share = assignment.overlap / len(assignment.labelers)
    counts = Counter(name for _sample_id, labelers in assigned for name in labelers)
    assert all(abs(counts[name] - len(ids) * share) < 1 for name in assignment.labelers)
    for stratum in set(strata):
        inside = [labelers for (_sample_id, labelers), own in zip(assigned, strata, strict=True) if own == stratum]
        counts = Counter(name for labelers in inside for name in labelers)
        assert all(abs(counts[name] - len(inside) * share) < 2 for name in assignment.labelers)
    assert assigned == assign(ids, assignment, strata)


def test_a_split_gives_each_sample_to_one():
    assigned = assign([str(number) for number in range(10)], Assignment("split", 3, ("Ana", "Ben", "Cyd")))
    assert sorted(Counter(labelers for _sample_id, labelers in assigned).values()) == [3, 3, 4]


def test_labelers_meet_in_every_combination():
    assigned = assign([str(number) for number in range(300)], Assignment("overlap", 2, ("A", "B", "C", "D")))
    met = Counter(labelers for _sample_id, labelers in assigned)
    assert set(met) == set(combinations("ABCD", 2))
    assert min(met.values()) > 20


def test_another_seed_gives_another_split():
    ids = [str(number) for number in range(30)]
    first, second = (assign(ids, Assignment("split", 1, ("A", "B"), seed)) for seed in (1, 2))
    assert first != second


@pytest.mark.parametrize("mode", ["all", "claim"])
def test_nobody_is_named_where_everyone_may(mode):
    assert assign(["s1"], Assignment(mode, 2, ("A", "B"))) == [("s1", ())]


@pytest.mark.parametrize(
    ("overlap", "labelers"), [(1, ()), (3, ("A", "B")), (0, ("A",)), (1, ("A", "A")), (1, ("A", " "))]
)
def test_what_cannot_be_shared_out_is_said(overlap, labelers):
    with pytest.raises(LabelingError):
        assign(["s1"], Assignment("overlap", overlap, labelers))


def test_only_samples_that_nobody_is_named_for_are_written():
    class Store:
        written = None

        def read_samples(self):
            taken = LabelingSample("s0", 0, 0, assigned_to=("Ana",))
            return [taken, *(LabelingSample(f"s{number}", 0, 0, "AB"[number % 2]) for number in range(1, 9))]

        def assign(self, assigned):
            self.written = assigned

    store = Store()
    written = assign_in(store, Assignment("split", 1, ("Ana", "Ben")))
    assert store.written == written
    assert [sample_id for sample_id, _labelers in written] == [f"s{number}" for number in range(1, 9)]
