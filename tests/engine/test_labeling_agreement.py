"""Agreement of labelers in QGIS against the engine's own, which is another implementation, and golden numbers."""

from __future__ import annotations

import csv
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cropsample_plugin.bridge.labeling.agreement import LabelTable, majority, vote_weights, weighted_majority
from cropsample_plugin.engine.labels import agreement as independent
from cropsample_plugin.engine.labels.votes import LabelVotes

TOGO = Path(__file__).resolve().parents[3] / "shared" / "data" / "togo_labels" / "togo_test_4labelers.csv"
LABELERS = ("hrk", "cn", "bb", "bm")

# Table 1 of Fleiss 1971 as it is usually given: 14 raters, 10 subjects, 5 categories.
FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


def table_of(codes):
    table = LabelTable()
    for row, labels in enumerate(codes):
        table.set(f"s{row}", {f"L{column}": f"C{code}" for column, code in enumerate(labels) if code >= 0})
    return table


@settings(deadline=None, max_examples=60)
@given(st.integers(2, 5), st.integers(1, 4), st.integers(0, 30), st.integers(0, 2**31))
def test_the_engine_says_the_same(n_labelers, n_classes, n_samples, seed):
    rng = np.random.default_rng(seed)
    codes = rng.integers(-1, n_classes, (n_samples, n_labelers))
    found = table_of(codes).agreement()
    classes = tuple(f"C{code}" for code in range(n_classes))
    names = tuple(f"L{column}" for column in range(n_labelers))
    votes = LabelVotes(np.arange(n_samples), names, classes, codes, np.ones(codes.shape))
    assert found.fleiss_kappa == pytest.approx(independent.fleiss_kappa(votes), nan_ok=True)
    theirs = {(pair.first, pair.second): pair for pair in independent.pair_agreements(votes) if pair.n_common}
    assert {(pair.first, pair.second) for pair in found.pairs} == set(theirs)
    for pair in found.pairs:
        other = theirs[pair.first, pair.second]
        assert (pair.n_common, pair.n_agreed) == (other.n_common, other.n_agreed)
        assert pair.kappa == pytest.approx(other.kappa, nan_ok=True)


def test_the_example_of_fleiss_gives_its_number():
    codes = [[code for code, count in enumerate(row) for _ in range(count)] for row in FLEISS]
    assert table_of(codes).agreement().fleiss_kappa == pytest.approx(0.210, abs=0.0005)


def test_a_textbook_pair_gives_its_kappa():
    codes = [[0, 0]] * 20 + [[0, 1]] * 5 + [[1, 0]] * 10 + [[1, 1]] * 15
    (pair,) = table_of(codes).agreement().pairs
    assert (pair.n_common, pair.n_agreed) == (50, 35)
    assert pair.kappa == pytest.approx(0.4)


def test_reliability_leaves_the_labeler_out():
    found = table_of([[0, 0, 0], [0, 1, 1], [0, 1, -1], [1, 0, 2], [0, -1, -1]]).agreement()
    # By sample: agreed; not; judged by L1 alone; a tie of the others; nobody else.
    assert [(item.n_labels, item.n_judged, item.n_agreed) for item in found.reliabilities] == [
        (5, 3, 1),
        (4, 2, 1),
        (3, 1, 1),
    ]
    assert (found.n_labeled, found.n_several, found.n_unanimous) == (5, 4, 1)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6), st.integers(-1, 3)), max_size=80))
def test_step_by_step_gives_what_all_at_once_gives(changes):
    table, standing = LabelTable(), {}
    for sample, labeler, code in changes:
        labels = standing.setdefault(f"s{sample}", {})
        labels.pop(f"L{labeler}", None)
        if code >= 0:
            labels[f"L{labeler}"] = f"C{code}"
        table.set(f"s{sample}", labels)
    whole = LabelTable()
    for sample_id, labels in standing.items():
        whole.set(sample_id, labels)
    grown, fresh = table.agreement(), whole.agreement()
    assert grown.fleiss_kappa == pytest.approx(fresh.fleiss_kappa, nan_ok=True)
    labeled = {item.labeler for item in fresh.reliabilities if item.n_labels}
    assert [item for item in grown.reliabilities if item.n_labels] == [
        item for item in fresh.reliabilities if item.labeler in labeled and item.n_labels
    ]
    assert (grown.n_labeled, grown.n_several, grown.n_unanimous) == (
        fresh.n_labeled,
        fresh.n_several,
        fresh.n_unanimous,
    )


def test_votes_of_reliable_labelers_outweigh_and_ties_are_none():
    assert majority(["a", "b", "a"]) == "a"
    assert majority(["a", "b"]) is None
    assert majority([]) is None
    codes = [[0, 0, 0, 1 - row % 2] for row in range(40)]
    agreement = table_of(codes).agreement()
    weights = vote_weights(agreement, 2)
    assert weights["L0"] > weights["L3"] >= 0
    assert weighted_majority([("a", weights["L0"]), ("b", weights["L3"])]) == "a"
    assert weighted_majority([("a", 0.0), ("b", 0.0)]) is None
    ordered = sorted(weights.values())
    assert all(low <= high and math.isfinite(high) for low, high in pairwise(ordered))


@pytest.mark.skipif(not TOGO.exists(), reason="Togo's labels are not here")
def test_togos_four_labelers_give_the_published_numbers():
    with TOGO.open(newline="") as file:
        rows = list(csv.DictReader(file))
    table = LabelTable()
    for row in rows:
        table.set(row["id"], {name: row[name] for name in LABELERS})
    found = table.agreement()
    agreed = {frozenset((pair.first, pair.second)): pair.n_agreed for pair in found.pairs}
    pairs = ("hrk cn", "hrk bb", "hrk bm", "cn bb", "cn bm", "bb bm")
    assert [agreed[frozenset(pair.split())] for pair in pairs] == [229, 248, 249, 274, 273, 278]
    assert (found.n_several, found.n_unanimous) == (351, 181)
    assert found.fleiss_kappa == pytest.approx(0.438, abs=0.0005)
    decided = [majority(row[name] for name in LABELERS) for row in rows]
    assert (decided.count("1"), decided.count("0"), decided.count(None)) == (106, 200, 45)
