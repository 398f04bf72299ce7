"""Which samples are proposed: closed forms, and properties of every batch."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.spatial.distance import cdist, pdist

from cropsample_plugin.engine.active.candidates import Candidates, KnownSamples
from cropsample_plugin.engine.active.comparison_pool import POOL_SIZE, draw_pool
from cropsample_plugin.engine.active.proposals import ProposalOptions, propose
from cropsample_plugin.engine.active.reasons import reasons_of
from cropsample_plugin.engine.active.uncertainty import UNCERTAINTIES
from cropsample_plugin.engine.active.worth import WorthWeights, stratum_deficits
from cropsample_plugin.engine.errors import CanceledError, InputError
from cropsample_plugin.engine.progress import SilentProgress

NAMES = ("wheat", "maize", "rice")
PLAIN = WorthWeights(rarity=0, strata=0)


def candidates_of(probabilities, features=None, xy_m=None, names=NAMES, **more):
    probabilities = np.asarray(probabilities, dtype=np.float32)
    n = len(probabilities)
    xy_m = np.random.default_rng(5).uniform(0, 1e4, (n, 2)) if xy_m is None else np.asarray(xy_m, dtype=float)
    values = probabilities if features is None else np.asarray(features, dtype=np.float32)
    return Candidates(xy_m, probabilities, names, lambda rows: values[rows], **more)


def rows_of(candidates, known=None, **options):
    found = propose(candidates, known or KnownSamples(), ProposalOptions(**options), SilentProgress())
    return [sample.row for sample in found.samples]


def random_candidates(n=600, seed=0, **more):
    rng = np.random.default_rng(seed)
    return candidates_of(rng.dirichlet((1, 1, 1), n), rng.normal(size=(n, 5)), rng.uniform(0, 2e4, (n, 2)), **more)


@pytest.mark.parametrize(
    ("name", "probabilities", "expected"),
    [
        ("least_confidence", [0.5, 0.3, 0.2], 0.75),
        ("margin", [0.5, 0.3, 0.2], 0.8),
        ("entropy", [0.5, 0.5, 0.0], math.log(2) / math.log(3)),
        ("least_confidence", [0.9, 0.1], 0.2),
        ("margin", [0.9, 0.1], 0.2),
        ("entropy", [0.25, 0.75], -(0.25 * math.log2(0.25) + 0.75 * math.log2(0.75))),
    ],
)
def test_uncertainty_has_its_closed_form(name, probabilities, expected):
    found = UNCERTAINTIES[name](np.array([probabilities], dtype=np.float32))
    assert found[0] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("name", UNCERTAINTIES)
@pytest.mark.parametrize("n_classes", [2, 3, 11])
def test_uncertainty_is_0_when_certain_and_1_when_all_classes_are_as_likely(name, n_classes):
    rows = np.stack([np.eye(n_classes)[n_classes - 1], np.full(n_classes, 1 / n_classes)]).astype(np.float32)
    assert UNCERTAINTIES[name](rows) == pytest.approx([0, 1], abs=1e-5)


def test_without_diversity_the_most_uncertain_come_in_order():
    candidates = random_candidates()
    expected = np.argsort(-UNCERTAINTIES["entropy"](candidates.probabilities), kind="stable")[:20]
    found = rows_of(candidates, n_samples=20, uncertainty="entropy", diversity=0.0, weights=PLAIN)
    assert found == expected.tolist()


def crowded():
    """Ten fields of thirty alike pixels each; those of one field are a little more uncertain than all others."""
    rng = np.random.default_rng(2)
    centres_m, kinds = rng.uniform(0, 2e4, (10, 2)), rng.normal(0, 4, (10, 6))
    field = np.repeat(np.arange(10), 30)
    margin = np.where(field == 3, 0.0, 0.1) + rng.uniform(0, 0.02, 300)
    probabilities = np.stack([(1 + margin) / 2, (1 - margin) / 2, np.zeros(300)], axis=1)
    features = kinds[field] + rng.normal(0, 0.05, (300, 6))
    return field, candidates_of(probabilities, features, centres_m[field] + rng.normal(0, 30, (300, 2)))


def test_a_batch_does_not_come_out_of_one_field():
    field, candidates = crowded()
    top = rows_of(candidates, n_samples=10, diversity=0.0, weights=PLAIN)
    varied = rows_of(candidates, n_samples=10, weights=PLAIN)
    assert set(field[top]) == {3}
    assert sorted(field[varied]) == list(range(10))


def test_what_is_like_an_existing_sample_is_not_proposed_first():
    field, candidates = crowded()
    rows = np.arange(300)
    is_known = (field != 3) & (rows % 30 == 0)
    known = KnownSamples(
        np.full((is_known.sum(), 2), 1e6), candidates.features_of(np.flatnonzero(is_known)), strata=np.full(9, -1)
    )
    assert field[rows_of(candidates, known, n_samples=1, diversity=1.0, weights=PLAIN)[0]] == 3


@pytest.mark.parametrize("distance_m", [500.0, 2000.0])
def test_the_minimum_distance_is_kept_across_rounds_and_to_known_samples(distance_m):
    candidates = random_candidates(3000)
    known_m = np.random.default_rng(9).uniform(0, 2e4, (4, 2))
    known = KnownSamples(known_m, strata=np.full(4, -1))
    found = candidates.xy_m[rows_of(candidates, known, n_samples=250, min_distance_m=distance_m)]
    assert pdist(found).min() >= distance_m
    assert cdist(found, known_m).min() >= distance_m
    far = candidates.xy_m[cdist(candidates.xy_m, known_m).min(axis=1) >= distance_m]
    if len(found) < 250:
        assert cdist(far, found).min(axis=1).max() < distance_m, "there was room for more"


def test_large_requests_take_rounds_and_propose_nothing_twice():
    candidates = random_candidates(5000)
    found = rows_of(candidates, n_samples=450)
    assert len(set(found)) == 450


def test_everything_can_be_proposed():
    assert sorted(rows_of(random_candidates(40), n_samples=40)) == list(range(40))


def test_the_same_seed_proposes_the_same():
    candidates = random_candidates(6000)
    assert rows_of(candidates, n_samples=30) == rows_of(candidates, n_samples=30)
    assert rows_of(candidates, n_samples=30) != rows_of(candidates, n_samples=30, seed=1)


def test_rare_classes_come_first_when_they_weigh():
    rng = np.random.default_rng(1)
    probabilities = np.full((400, 3), [0.55, 0.45, 0.0])
    probabilities[200:] = [0.55, 0.0, 0.45]
    candidates = candidates_of(probabilities, rng.normal(size=(400, 4)))
    known = KnownSamples(class_counts=np.array([50, 49, 1]))
    weighed = rows_of(candidates, known, n_samples=10, weights=WorthWeights(rarity=2, strata=0), diversity=0.2)
    assert min(weighed) >= 200
    plain = rows_of(candidates, known, n_samples=10, weights=PLAIN, diversity=0.2)
    assert min(plain) < 200


def test_strata_get_their_share_when_they_weigh():
    strata = np.repeat([0, 1], [300, 300])
    candidates = random_candidates(600, strata=strata, stratum_names=("hill", "plain"))
    known = KnownSamples(np.full((12, 2), 1e6), strata=np.zeros(12, dtype=np.int64))
    weighed = rows_of(candidates, known, n_samples=12, weights=WorthWeights(0, 5))
    assert (strata[weighed] == 1).sum() >= 10
    assert (strata[rows_of(candidates, known, n_samples=12, weights=PLAIN)] == 1).sum() < 10


def test_deficits_have_their_closed_form():
    found = stratum_deficits(np.array([0.5, 0.3, 0.2]), np.array([10, 3, 0]), 20)
    assert found == pytest.approx([0.0, 0.5, 1.0])


def test_costs_move_proposals_to_what_is_cheap():
    costs = np.where(np.arange(600) < 300, 0.1, 3.0)
    candidates = random_candidates(600, costs_of=lambda rows: costs[rows])
    cheap = np.mean(np.array(rows_of(candidates, n_samples=30, cost_weight=2.0)) < 300)
    free = np.mean(np.array(rows_of(candidates, n_samples=30, cost_weight=0.0)) < 300)
    assert cheap > 0.9 > free


def test_reasons_say_what_the_numbers_say():
    probabilities = [[0.5, 0.05, 0.45], [0.96, 0.04, 0.0], [0.4, 0.6, 0.0]]
    candidates = candidates_of(
        probabilities,
        [[0.0], [9.0], [1.0]],
        [[0, 0], [0, 1500], [0, 300]],
        strata=np.array([0, 1, 1]),
        stratum_names=("hill", "plain"),
        costs_of=lambda rows: np.array([0.2, 1.0, 5.0])[rows],
    )
    known = KnownSamples(
        np.array([[0.0, 400.0]]), np.array([[1.0]], dtype=np.float32), np.array([30, 28, 2]), np.array([1])
    )
    found = propose(candidates, known, ProposalOptions(n_samples=3), SilentProgress())
    by_row = dict(zip((sample.row for sample in found.samples), reasons_of(found, candidates, known)))
    assert "unsure: wheat (0.50) or rice (0.45)" in by_row[0]
    assert "it may be rice, which has 2 of 60 labels" in by_row[0]
    assert "stratum hill lacks 100% of its share of samples" in by_row[0]
    assert "cheap to reach" in by_row[0]
    assert by_row[1].startswith("the model says wheat (0.96)")
    assert "rice" not in by_row[1]
    assert "dear to reach" in by_row[2]
    assert "100 m from the nearest sample" in by_row[2] or "300 m from the nearest sample" in by_row[2]


def test_the_pool_holds_the_most_worthy_of_every_class():
    rng = np.random.default_rng(4)
    worth, predicted = rng.uniform(0, 1, 50_000).astype(np.float32), (rng.uniform(size=50_000) < 0.001).astype(int)
    pool = draw_pool(worth, predicted, 2, POOL_SIZE, 1)
    assert len(pool) == POOL_SIZE == len(np.unique(pool))
    assert set(np.flatnonzero(predicted == 1)) <= set(pool.tolist())
    best = np.argsort(-np.where(predicted == 0, worth, 0))[: POOL_SIZE // 4]
    assert set(best.tolist()) <= set(pool.tolist())
    assert worth[pool].mean() > worth.mean()


@pytest.mark.parametrize(
    ("probabilities", "names", "message"),
    [
        (np.ones((5, 1)), ("wheat",), "one class alone"),
        (np.full((5, 3), 700.0), NAMES, "no probabilities"),
        (np.full((5, 3), 0.9), NAMES, "sum to"),
        (np.full((5, 3), np.nan), NAMES, "no probabilities"),
        (np.empty((0, 3)), NAMES, "no candidate"),
    ],
)
def test_what_is_no_probability_is_refused(probabilities, names, message):
    with pytest.raises(InputError, match=message):
        rows_of(candidates_of(probabilities, names=names), n_samples=2)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_samples": 601}, "601 samples were asked for, there are 600"),
        ({"n_samples": 0}, "At least one"),
        ({"diversity": 1.5}, "diversity is 1.5"),
        ({"min_distance_m": -1.0}, "minimum distance is -1"),
        ({"uncertainty": "doubt"}, "no uncertainty 'doubt'"),
    ],
)
def test_impossible_requests_are_refused(options, message):
    with pytest.raises(InputError, match=message):
        rows_of(random_candidates(), **{"n_samples": 5, **options})


def test_alike_candidates_without_extent_are_proposed_all_the_same():
    candidates = candidates_of(np.tile([0.6, 0.4, 0.0], (30, 1)), xy_m=np.zeros((30, 2)))
    assert len(rows_of(candidates, n_samples=5)) == 5


def test_it_can_be_canceled():
    class Canceled(SilentProgress):
        def is_canceled(self):
            return True

    with pytest.raises(CanceledError):
        propose(random_candidates(), KnownSamples(), ProposalOptions(), Canceled())
