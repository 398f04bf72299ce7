"""The CRI: properties, an independent reference, and the selection that maximises it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree
from scipy.stats import ks_2samp

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.sampling.allocation import allocate
from cropsample_plugin.engine.sampling.exchange import Constraints, improve_by_exchange
from cropsample_plugin.engine.sampling.objects import Objects, usable_objects
from cropsample_plugin.engine.sampling.population import PopulationOptions, build_population
from cropsample_plugin.engine.sampling.representativeness import (
    COMPONENTS,
    CRI_VARIANTS,
    score_set,
    score_sets,
    variant_named,
)
from cropsample_plugin.engine.sampling.selection import (
    SelectionOptions,
    draw_random_sets,
    draw_stratified_sets,
    select_representative,
)
from cropsample_plugin.engine.sampling.strata import cluster_strata

CURRENT = CRI_VARIANTS["current"]
OPTIONS = PopulationOptions(n_strata=8)


def farming_region(n_objects=600, n_features=12, seed=1):
    """Objects of six kinds, two of them rare, with phenology-like features."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(6, n_objects, p=[0.36, 0.26, 0.16, 0.12, 0.06, 0.04])
    time = np.linspace(0, 1, n_features)
    peaks = np.array([0.25, 0.7, 0.62, 0.3, 0.5, 0.45])[kinds]
    widths = np.array([0.1, 0.12, 0.15, 0.13, 0.2, 0.07])[kinds]
    shift = rng.normal(0, 0.03, n_objects)
    curves = np.exp(-(((time - (peaks + shift)[:, None]) / widths[:, None]) ** 2))
    features = curves * rng.uniform(0.75, 1.2, (n_objects, 1)) + rng.normal(0, 0.05, curves.shape)
    xy_m = rng.uniform(0, 10_000, (n_objects, 2))
    return Objects(np.arange(n_objects), features, rng.lognormal(0, 0.6, n_objects), xy_m)


@pytest.fixture(scope="module")
def region():
    return farming_region()


@pytest.fixture(scope="module")
def population(region):
    return build_population(region, OPTIONS)


def reference_components(population, sample):
    """The definitions, written again with scipy and without any of the compiled code."""
    scores, weights = population.scores.astype(float), population.weights
    counts = np.bincount(population.strata.labels[sample], minlength=population.strata.n_strata)
    squared = cKDTree(scores[sample]).query(scores)[0] ** 2
    gaps = [ks_2samp(column, column[sample], method="asymp").statistic for column in scores.T]
    on_map = cKDTree(population.xy_m[sample]).query(population.xy_m)[0] ** 2
    spatial = 5 / (18 * np.sqrt(3)) * population.region_area_m2 / len(sample) / (weights @ on_map)
    return {
        "str": 1 - 0.5 * np.abs(population.stratum_shares - counts / len(sample)).sum(),
        "ric": (counts > 0).mean(),
        "dist": 1 - population.component_shares @ gaps,
        "cov": weights @ np.exp(-squared / (2 * population.kernel_radius**2)),
        "typ": np.exp(-mean_over_kinds(population, squared) / spread_over_kinds(population)),
        "spa": min(1.0, spatial),
    }


def mean_over_kinds(population, values):
    """Mean of the kinds' means, and of that over four divisions into kinds."""
    scores = population.scores.astype(float)
    means = []
    for number in (4, 8, 16, 32):
        kinds = cluster_strata(scores, population.weights, number, OPTIONS.seed).labels
        means.append(np.mean([values[kinds == kind].mean(axis=0) for kind in range(number)], axis=0))
    return np.mean(means, axis=0)


def spread_over_kinds(population):
    scores = population.scores.astype(float)
    return mean_over_kinds(population, ((scores - mean_over_kinds(population, scores)) ** 2).sum(axis=1))


@pytest.mark.parametrize("n_samples", [2, 9, 40])
def test_components_agree_with_an_independent_implementation(population, n_samples):
    sample = np.random.default_rng(n_samples).choice(population.n_objects, n_samples, replace=False)
    score = score_set(population, sample, CURRENT)
    expected = reference_components(population, sample)
    assert score.components == pytest.approx(expected, abs=2e-5)
    weights = dict(zip(COMPONENTS, CURRENT.weights))
    assert score.cri == pytest.approx(np.prod([expected[name] ** weights[name] for name in COMPONENTS]), abs=2e-5)


@pytest.mark.parametrize("variant", CRI_VARIANTS.values(), ids=lambda variant: variant.name)
def test_all_objects_selected_gives_one(region, variant):
    alike = replace(region, areas_ha=np.ones(region.n_objects))
    population = build_population(alike, replace(variant.options, n_strata=8))
    score = score_set(population, np.arange(population.n_objects), variant)
    assert score.cri == pytest.approx(1.0, abs=1e-9)
    assert list(score.components.values()) == pytest.approx([1.0] * 6, abs=1e-9)


def test_all_objects_selected_gives_one_whatever_their_areas(population):
    assert score_set(population, np.arange(population.n_objects), CURRENT).cri == pytest.approx(1.0, abs=1e-9)


def test_one_object_represents_little(population):
    scores = [score_set(population, [position], CURRENT) for position in range(0, population.n_objects, 20)]
    assert all(score.components["ric"] == pytest.approx(1 / 8) for score in scores)
    assert 0.03 < np.median([score.cri for score in scores]) < 0.25


def test_a_rare_kind_counts_as_much_as_a_common_one():
    """One object in thirty is of another kind: a set without it misses a fourth or so, not a thirtieth."""
    rng = np.random.default_rng(8)
    features = rng.normal(0, 0.05, (300, 6)) + np.where(np.arange(300) < 10, 4.0, 0.0)[:, None]
    objects = Objects(np.arange(300), features, np.ones(300), rng.uniform(0, 1e4, (300, 2)))
    population = build_population(objects, OPTIONS)
    alike = population.counting_objects_alike()
    without = population.positions_of(np.arange(20, 40))
    lost = [1 - score_set(p, without, CURRENT).components["typ"] for p in (population, alike)]
    assert population.kind_weights[population.positions_of(np.arange(10))].sum() > 0.1
    assert alike.kind_weights[population.positions_of(np.arange(10))].sum() == pytest.approx(10 / 300)
    assert lost[0] > 0.3


def test_values_stay_in_zero_to_one(population):
    rng = np.random.default_rng(3)
    for n_samples in (1, 2, 5, 30, 300):
        score = score_set(population, rng.choice(population.n_objects, n_samples, replace=False), CURRENT)
        assert all(0 <= value <= 1 for value in (score.cri, *score.components.values()))


def test_grows_with_the_number_of_samples_on_average(population):
    rng = np.random.default_rng(4)
    medians = [
        np.median(score_sets(population, draw_random_sets(population.n_objects, n, 40, rng), CURRENT))
        for n in (10, 25, 49, 100, 225, 400)
    ]
    assert np.all(np.diff(medians) > 0)


@pytest.mark.parametrize("n_samples", [25, 49, 100])
def test_best_is_above_stratified_is_above_random(population, n_samples):
    options = SelectionOptions(n_samples, n_candidate_sets=60)
    selection = select_representative(population, options)
    stratified = draw_stratified_sets(population, options, Constraints.none(population.n_objects))
    stratified_median = np.median(score_sets(population, stratified, CURRENT))
    randoms = draw_random_sets(population.n_objects, n_samples, 60, np.random.default_rng(5))
    assert selection.score.cri > selection.drawn_score.cri >= stratified_median
    assert stratified_median > np.median(score_sets(population, randoms, CURRENT))


def chosen_ids(objects, seed=7):
    population = build_population(objects, OPTIONS)
    selection = select_representative(population, SelectionOptions(30, n_candidate_sets=20, seed=seed))
    return selection.score.cri, set(objects.ids[population.rows[selection.sample]].tolist())


def test_same_seed_same_set_other_seed_other_set(region):
    assert chosen_ids(region) == chosen_ids(region)
    assert chosen_ids(region)[1] != chosen_ids(region, seed=8)[1]


def test_order_of_the_objects_does_not_matter(region):
    shuffled = region.subset(np.random.default_rng(6).permutation(region.n_objects))
    assert chosen_ids(shuffled) == chosen_ids(region)


def test_units_of_the_features_do_not_matter(region):
    scale = 2.0 ** np.arange(-6, region.features.shape[1] - 6)
    rescaled = replace(region, features=region.features * scale + 8.0)
    assert chosen_ids(rescaled)[0] == pytest.approx(chosen_ids(region)[0], abs=1e-3)
    sample = np.arange(0, 600, 13)
    scores = [score_set(p, p.positions_of(sample), CURRENT).cri for p in map(build_population, (region, rescaled))]
    assert scores[0] == pytest.approx(scores[1], abs=1e-6)


def test_a_feature_given_twice_does_not_count_twice(region):
    doubled = replace(region, features=np.hstack([region.features, 3.0 * region.features[:, :5] - 1.0]))
    assert chosen_ids(doubled) == chosen_ids(region)


def test_a_constant_feature_adds_nothing(region):
    padded = replace(region, features=np.hstack([region.features, np.full((region.n_objects, 2), 5.0)]))
    assert chosen_ids(padded) == chosen_ids(region)


def test_exchange_state_agrees_with_a_fresh_evaluation(population):
    for variant in CRI_VARIANTS.values():
        start = np.arange(0, 600, 20)
        result = improve_by_exchange(population, start, variant, Constraints.none(population.n_objects))
        before, after = score_sets(population, [start, result.sample], variant)
        assert result.leveled_off
        assert after > before
        assert len(np.unique(result.sample)) == len(start)


def test_exchange_ends_where_no_single_swap_helps(population):
    result = improve_by_exchange(population, np.arange(6) * 7, CURRENT, Constraints.none(population.n_objects))
    best = score_set(population, result.sample, CURRENT).cri
    others = np.setdiff1d(np.arange(population.n_objects), result.sample)
    for place in range(len(result.sample)):
        trials = [np.concatenate([np.delete(result.sample, place), [other]]) for other in others[::7]]
        assert score_sets(population, trials, CURRENT).max() <= best * (1 + 2e-4)


def test_existing_samples_are_kept_and_completed(population):
    existing = np.array([3, 50, 200])
    constraints = replace(Constraints.none(population.n_objects), existing=existing)
    selection = select_representative(population, SelectionOptions(20, n_candidate_sets=10), constraints)
    assert set(existing) <= set(selection.sample)
    assert len(selection.sample) == 20


def test_no_go_objects_and_minimum_distance_are_respected(population):
    selectable = np.arange(population.n_objects) % 3 != 0
    constraints = replace(Constraints.none(population.n_objects), selectable=selectable, min_distance_m=700.0)
    selection = select_representative(population, SelectionOptions(40, n_candidate_sets=10), constraints)
    assert selectable[selection.sample].all()
    gaps = cKDTree(population.xy_m[selection.sample]).query(population.xy_m[selection.sample], 2)[0][:, 1]
    assert gaps.min() >= 700.0


def test_impossible_distance_says_how_many_fit(population):
    constraints = replace(Constraints.none(population.n_objects), min_distance_m=4_000.0)
    with pytest.raises(InputError, match=r"only \d+ fit"):
        select_representative(population, SelectionOptions(40, n_candidate_sets=3), constraints)


def test_costs_draw_samples_to_the_road(population):
    costs = np.abs(population.xy_m[:, 0]).astype(float)
    costs /= np.median(costs)
    near = replace(Constraints.none(population.n_objects), costs=costs, cost_weight=0.3)
    options = SelectionOptions(30, n_candidate_sets=10)
    with_costs, without = select_representative(population, options, near), select_representative(population, options)
    assert costs[with_costs.sample].mean() < 0.5 * costs[without.sample].mean()
    assert with_costs.score.cri < without.score.cri


def test_fewer_samples_than_strata(population):
    selection = select_representative(population, SelectionOptions(5, n_candidate_sets=10))
    assert len(selection.sample) == 5
    assert selection.score.components["ric"] <= 5 / 8


def test_more_samples_than_objects_is_an_error(population):
    with pytest.raises(InputError, match="601 samples were asked for, but only 600"):
        select_representative(population, SelectionOptions(601))


def test_every_object_can_be_asked_for(population):
    selection = select_representative(population, SelectionOptions(600, n_candidate_sets=1))
    assert selection.score.cri == pytest.approx(1.0, abs=1e-9)


def test_one_stratum_and_text_strata(region):
    one = build_population(replace(region, stratum_names=np.full(region.n_objects, "maize", dtype=object)))
    assert select_representative(one, SelectionOptions(10, n_candidate_sets=5)).score.components[
        "str"
    ] == pytest.approx(1.0)
    names = np.where(region.xy_m[:, 0] > 5_000, "east", "west").astype(object)
    two = build_population(replace(region, stratum_names=names))
    assert two.stratum_names == ("east", "west")
    sample = select_representative(two, SelectionOptions(10, n_candidate_sets=5)).sample
    assert set(names[two.rows[sample]]) == {"east", "west"}


def test_numbered_strata_stay_in_the_order_of_their_numbers(region):
    names = np.empty(region.n_objects, dtype=object)
    names[:] = [number % 12 + 1 for number in range(region.n_objects)]
    assert build_population(replace(region, stratum_names=names), OPTIONS).stratum_names == tuple(range(1, 13))


def test_identical_features(region):
    same = build_population(replace(region, features=np.ones_like(region.features)))
    assert same.strata.n_strata == 1
    score = select_representative(same, SelectionOptions(10, n_candidate_sets=5)).score
    assert score.components["typ"] == 1.0
    assert 0 < score.cri <= 1


def test_one_huge_object_counts_by_area_only_when_asked(region):
    areas = region.areas_ha.copy()
    areas[0] = 1e6
    huge = replace(region, areas_ha=areas)
    assert build_population(huge, OPTIONS).weights.max() == pytest.approx(1 / 600)
    assert build_population(huge, replace(OPTIONS, weigh_by_area=True)).weights.max() > 0.99


def test_missing_values_are_filled_and_empty_objects_dropped(region):
    features, areas = region.features.copy(), region.areas_ha.copy()
    features[0] = np.nan
    features[1, 2:5] = np.nan
    areas[2] = 0.0
    usable = usable_objects(replace(region, features=features, areas_ha=areas))
    assert usable.dropped_rows.tolist() == [0, 2]
    assert usable.n_filled == 3
    assert np.isfinite(usable.objects.features).all()
    with pytest.raises(SamplesError, match="No object has features"):
        usable_objects(replace(region, features=np.full_like(features, np.nan)))


def test_impossible_sets_and_versions_are_errors(population):
    with pytest.raises(SamplesError, match="empty"):
        score_set(population, [], CURRENT)
    with pytest.raises(SamplesError, match="twice"):
        score_set(population, [1, 1], CURRENT)
    with pytest.raises(SamplesError, match="outside"):
        score_set(population, [600], CURRENT)
    with pytest.raises(InputError, match="current, first"):
        variant_named("last")


@pytest.mark.parametrize("rule", ["equal", "proportional", "neyman"])
def test_allocation_sums_up_and_respects_capacities(rule):
    rng = np.random.default_rng(9)
    for _ in range(50):
        capacities = rng.integers(1, 30, 7)
        shares = rng.dirichlet(np.ones(7))
        n_samples = int(rng.integers(0, capacities.sum() + 1))
        counts = allocate(n_samples, shares, capacities, rule, rng.uniform(0, 1, 7))
        assert counts.sum() == n_samples
        assert np.all((counts >= 0) & (counts <= capacities))
        assert n_samples < 7 or counts.min() >= 1


def test_allocation_by_hand():
    capacities = np.full(3, 100)
    shares = np.array([0.6, 0.3, 0.1])
    assert allocate(13, shares, capacities).tolist() == [7, 4, 2]
    assert allocate(12, shares, capacities, "equal").tolist() == [4, 4, 4]
    assert allocate(10, shares, capacities, "neyman", np.array([1.0, 2.0, 0.0]), minimum=0).tolist() == [5, 5, 0]
    assert allocate(2, shares, capacities).tolist() == [1, 1, 0]
