"""Probability designs: inclusion frequencies, unbiased estimates, spatial balance, frames, bad input."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin
from scipy.spatial import cKDTree

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.sampling.design_estimates import estimate_share
from cropsample_plugin.engine.sampling.designs import DESIGNS, DesignOptions, draw_sample
from cropsample_plugin.engine.sampling.local_pivotal import balanced_coordinates, local_pivotal_sample
from cropsample_plugin.engine.sampling.map_frame import FrameRules, frame_of_map
from cropsample_plugin.engine.sampling.sample_size import cochran_size, olofsson_size, power_size

TRANSFORM = from_origin(0, 0, 30, 30)


def small_map(height=24, width=20, seed=0):
    """Three classes in patches, one of them rare, a nodata corner."""
    rng = np.random.default_rng(seed)
    classes = np.kron(rng.choice([1, 2, 2, 2, 1, 5], (height // 4, width // 4)), np.ones((4, 4), dtype=int))
    classes[:4, :4] = 255
    classes[8:10, 8:12] = 7
    return classes.astype(np.uint8)


@pytest.fixture(scope="module")
def frame():
    return frame_of_map(small_map(), TRANSFORM, FrameRules(nodata_value=255), 900.0)


@pytest.mark.parametrize("design", DESIGNS)
def test_inclusion_frequencies_match_probabilities(frame, design):
    n_draws = 1_500
    counts, expected = np.zeros(frame.codes.size), np.zeros(frame.codes.size)
    for seed in range(n_draws):
        options = DesignOptions(design, 40, seed=seed, cluster_pixels=6, samples_per_cluster=4, minimum_per_stratum=3)
        sample = draw_sample(frame, options)
        assert len(np.unique(sample.units)) == len(sample.units)
        counts[sample.units] += 1
        expected[sample.units] = sample.inclusion_probabilities
    inside = frame.codes.ravel() >= 0
    assert counts[~inside].sum() == 0
    assert np.all(expected[inside] > 0), "every pixel of the frame was drawn at least once"
    deviation = np.sqrt(expected[inside] * (1 - expected[inside]) / n_draws)
    z_scores = (counts[inside] / n_draws - expected[inside]) / np.maximum(deviation, 1e-12)
    assert np.abs(z_scores).max() < 5.0
    assert abs(z_scores.mean()) < 0.3


@pytest.mark.parametrize("design", DESIGNS)
def test_shares_are_estimated_without_bias(frame, design):
    observed = (frame.codes.ravel() == 1).astype(float)
    rows = np.arange(observed.size) // frame.codes.shape[1]
    observed[(rows > 15) & (frame.codes.ravel() >= 0)] = 1.0
    truth = observed[frame.codes.ravel() >= 0].mean()
    estimates = []
    for seed in range(400):
        options = DesignOptions(design, 40, seed=seed, cluster_pixels=6, samples_per_cluster=4)
        sample = draw_sample(frame, options)
        estimates.append(estimate_share(frame, sample, observed[sample.units], design))
    shares = np.array([item.share for item in estimates])
    assert abs(shares.mean() - truth) < 4 * shares.std() / np.sqrt(len(shares)) + 0.002
    covered = np.abs(shares - truth) <= 1.96 * np.array([item.standard_error for item in estimates])
    assert covered.mean() > 0.88


def test_spatial_balance_beats_simple_random(frame):
    gradient = (np.arange(frame.codes.size) // frame.codes.shape[1]).astype(float)
    variances = {}
    for design in ("simple_random", "balanced"):
        samples = [draw_sample(frame, DesignOptions(design, 30, seed=seed)) for seed in range(200)]
        variances[design] = np.var([gradient[sample.units].mean() for sample in samples])
    assert variances["balanced"] < 0.4 * variances["simple_random"]


def test_local_pivotal_method_keeps_unequal_probabilities():
    rng = np.random.default_rng(1)
    coordinates = rng.normal(size=(60, 4))
    probabilities = rng.uniform(0.05, 0.6, 60)
    probabilities *= 15 / probabilities.sum()
    counts = np.zeros(60)
    for seed in range(3_000):
        sample = local_pivotal_sample(coordinates, probabilities, seed)
        assert len(sample) == 15
        counts[sample] += 1
    deviation = np.sqrt(probabilities * (1 - probabilities) / 3_000)
    assert np.abs((counts / 3_000 - probabilities) / deviation).max() < 4.5


def test_local_pivotal_method_takes_the_true_nearest_neighbour():
    from cropsample_plugin.engine.sampling.pivotal_kernels import build_tree, nearest_left

    points = np.random.default_rng(2).normal(size=(500, 6)).astype(np.float32)
    tree = build_tree(points, np.arange(500))
    expected = cKDTree(points).query(points, 2)[1][:, 1]
    assert [nearest_left(tree, unit) for unit in range(500)] == expected.tolist()


def test_balanced_coordinates_weigh_map_and_features_alike():
    rng = np.random.default_rng(3)
    coordinates = balanced_coordinates(rng.uniform(0, 5_000, (300, 2)), rng.normal(5, [1, 100, 0.01], (300, 3)))
    spread = coordinates.var(axis=0)
    assert spread[:2].sum() == pytest.approx(1.0)
    assert spread[2:].sum() == pytest.approx(1.0)


def test_minimum_for_rare_classes_and_neyman(frame):
    sample = draw_sample(frame, DesignOptions("stratified", 60, minimum_per_stratum=8))
    rare = frame.strata.index(7)
    assert np.count_nonzero(sample.strata == rare) == 8
    assert frame.sizes[rare] == 8
    accuracies = {"1": 0.99, "2": 0.5}
    options = DesignOptions("stratified", 60, "neyman", expected_accuracies=accuracies)
    counts = np.bincount(draw_sample(frame, options).strata)
    assert counts[1] / frame.sizes[1] > 3 * counts[0] / frame.sizes[0]


def test_same_seed_same_draw(frame):
    for design in DESIGNS:
        one, two, other = (
            draw_sample(frame, DesignOptions(design, 30, seed=seed, cluster_pixels=6)) for seed in (1, 1, 2)
        )
        assert np.array_equal(one.units, two.units)
        assert not np.array_equal(one.units, other.units)


def test_minimum_distance_warns_when_it_costs_samples(frame):
    kept = draw_sample(frame, DesignOptions("simple_random", 40, min_distance_m=90.0))
    xy = frame.xy_of(kept.units)
    assert cKDTree(xy).query(xy, 2)[0][:, 1].min() >= 90.0
    assert "only" in kept.warnings[0]
    assert "approximate" in kept.warnings[0]
    easy = draw_sample(frame, DesignOptions("systematic", 10, min_distance_m=30.0))
    assert "exact" in easy.warnings[0]


def test_zero_nodata_and_unclassified_are_what_the_user_says():
    classes = small_map()
    classes[20:, :] = 0
    classes[:, 19] = 99
    with pytest.raises(InputError, match="of value 0"):
        frame_of_map(classes, TRANSFORM, FrameRules(nodata_value=255), 900.0)
    as_class = frame_of_map(classes, TRANSFORM, FrameRules("class", (99,), "outside", 255), 900.0)
    assert 0 in as_class.strata
    assert 99 not in as_class.strata
    outside = frame_of_map(classes, TRANSFORM, FrameRules("outside", (99,), "class", 255), 900.0)
    assert 0 not in outside.strata
    assert 99 in outside.strata
    with pytest.raises(InputError, match="unclassified"):
        frame_of_map(classes, TRANSFORM, FrameRules("class", (99,), "ask", 255), 900.0)
    with pytest.raises(InputError, match="No pixel"):
        frame_of_map(np.full((4, 4), 255, np.uint8), TRANSFORM, FrameRules(nodata_value=255), 900.0)


def test_impossible_draws_are_errors(frame):
    with pytest.raises(InputError, match="cannot be drawn"):
        draw_sample(frame, DesignOptions("simple_random", 10_000))
    with pytest.raises(InputError, match="no design"):
        draw_sample(frame, DesignOptions("guess", 10))
    with pytest.raises(InputError, match="class rice is not on the map"):
        draw_sample(frame, DesignOptions("stratified", 10, "neyman", expected_accuracies={"rice": 0.5}))
    with pytest.raises(InputError, match="squares are needed"):
        draw_sample(frame, DesignOptions("cluster", 100, cluster_pixels=12, samples_per_cluster=1))


def test_kansas_strata_are_estimated_from_the_real_map(shared_data):
    with rasterio.open(shared_data / "kansas_cdl_2021_west" / "2021_30m_cdls.tif") as dataset:
        classes, transform = dataset.read(1), dataset.transform
    frame = frame_of_map(classes, transform, FrameRules(), 900.0)
    assert dict(zip(frame.strata, frame.sizes.tolist()))[1] == 64_639
    sample = draw_sample(frame, DesignOptions("stratified", 1_000, minimum_per_stratum=5))
    corn = (classes.ravel()[sample.units] == 1).astype(float)
    estimate = estimate_share(frame, sample, corn, "stratified")
    assert estimate.share == pytest.approx(64_639 / classes.size, abs=1e-12)
    assert estimate.standard_error == 0.0


def test_olofsson_size_is_the_published_example():
    # Olofsson et al. 2014, section 5.1.2: four strata, n = 641 for a standard error of 0.01.
    shares = np.array([0.02, 0.015, 0.320, 0.645])
    assert olofsson_size(shares, np.array([0.70, 0.60, 0.90, 0.95]), 0.01) == 641


def test_olofsson_size_uses_each_class_s_own_accuracy():
    even = np.array([0.5, 0.5])
    assert olofsson_size(even, np.array([0.9, 0.9]), 0.02) == 225
    one, other = (olofsson_size(even, np.array(pair), 0.02) for pair in ((0.9, 0.6), (0.6, 0.9)))
    assert one == other == 390


def test_cochran_size():
    assert cochran_size(0.5, 0.05) == 385
    assert cochran_size(0.5, 0.05, population=1_000) == 278


def test_power_size_is_enough_and_no_more():
    size = power_size(0.85, 0.75)
    rng = np.random.default_rng(4)
    hits = rng.binomial(size, 0.85, 20_000)
    limit = np.quantile(rng.binomial(size, 0.75, 400_000), 0.95)
    assert np.mean(hits > limit) > 0.79
    assert 90 < size < 130
    with pytest.raises(InputError, match="above the one to be shown"):
        power_size(0.7, 0.8)
