from __future__ import annotations

import csv

import numpy as np
import pytest
from accuracy_cases import WALD, assess_matrix, from_matrix
from hypothesis import given, settings
from hypothesis import strategies as st

from cropsample_plugin.engine.accuracy.bootstrap import LabelSheet, replicate, spread
from cropsample_plugin.engine.accuracy.designs import (
    DESIGNS,
    WITH_STRATA,
    DesignInput,
    Strata,
    check_weights,
    make_design,
)
from cropsample_plugin.engine.accuracy.estimates import IntervalRule, Labels, Region, assess
from cropsample_plugin.engine.accuracy.intervals import INTERVALS, quantile
from cropsample_plugin.engine.accuracy.more_samples import AREA, added_by_stratum, widest_intervals
from cropsample_plugin.engine.errors import InputError, SamplesError

# Olofsson et al. 2014, table 8: rows map, columns reference; pixels of 30 m.
OLOFSSON = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]])
OLOFSSON_PIXELS = np.array([200_000, 150_000, 3_200_000, 6_450_000])


def test_olofsson_2014_to_the_printed_digit():
    found = assess_matrix(OLOFSSON, OLOFSSON_PIXELS * 0.09)
    assert found.users.values.round(4).tolist() == [0.88, 0.7333, 0.9273, 0.9631]
    assert found.producers.values.round(4).tolist() == [0.7487, 0.8472, 0.9345, 0.9616]
    assert (1.96 * found.producers.errors).round(4).tolist() == [0.2133, 0.2544, 0.0343, 0.0184]
    assert (1.96 * found.users.errors).round(2).tolist() == [0.07, 0.10, 0.04, 0.02]
    assert found.overall.values[0].round(4) == 0.9465
    assert (1.96 * found.overall.errors[0]).round(4) == 0.0185
    assert found.areas().values.round().tolist() == [21_158, 11_686, 285_770, 581_386]
    assert (1.96 * found.areas().errors).round().tolist() == [6_158, 3_756, 15_510, 16_282]


def test_second_golden_case():
    found = assess_matrix([[248, 26], [15, 179]], [556_725_045, 909_501_053])
    assert found.users.values.round(2).tolist() == [0.91, 0.92]
    assert found.producers.values.round(2).tolist() == [0.88, 0.94]


def test_strata_belong_to_their_names_in_whatever_order():
    names = ("small", "large")
    for order in ([0, 1], [1, 0]):
        sizes = {"large": 9e6, "small": 1e6}
        counts = {"large": [44, 6], "small": [50, 250]}
        chosen = [names[number] for number in order]
        found = assess_matrix([counts[name] for name in chosen], [sizes[name] for name in chosen])
        share_errors = found.area_shares.errors.round(4)
        assert share_errors.tolist() == [0.0418, 0.0418]
        is_small = chosen.index("small")
        right = {"large": 0, "small": 1}
        # The stratum 'small' holds 300 samples: an error of 0.0216, and not that of 50 samples, 0.0528.
        design, labels = from_matrix([counts[name] for name in chosen], [sizes[name] for name in chosen])
        both = (labels.map_codes == is_small) & (labels.memberships[:, right["small"]] == 1)
        assert both.sum() == 250
        reached = np.sqrt(design.variance_parts(_users(labels, is_small, right["small"]))[is_small, 0]) / 1e6
        assert round(float(reached), 4) == 0.0216


def _users(labels, map_class, reference_class):
    mapped = (labels.map_codes == map_class).astype(float)
    hit = mapped * labels.memberships[:, reference_class]
    return (hit - hit.sum() / mapped.sum() * mapped)[:, None]


def test_published_regions_of_sudan_within_one_hectare(shared_data):
    with (shared_data / "area_estimation" / "sudan_area_published_2022.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 5
    for row in rows:
        unknown = int(row["n_mapnoncrop"]) < 0  # a stratum without errors: its sample size does not matter
        noncrop = [40, 0] if unknown else [int(row["n_mapnoncrop_refnoncrop"]), int(row["n_mapnoncrop_refcrop"])]
        matrix = [noncrop, [int(row["n_mapcrop_refnoncrop"]), int(row["n_mapcrop_refcrop"])]]
        pixels = np.array([int(row["map_noncrop_px"]), int(row["map_crop_px"])])
        found = assess_matrix(matrix, pixels * float(row["pixel_area_m2"]) / 10_000)
        areas = found.areas()
        assert abs(areas.values[1] - float(row["area_crop_ha"])) < 1
        assert abs(areas.values[0] - float(row["area_noncrop_ha"])) < 1
        assert abs(1.96 * areas.errors[1] - float(row["area_ci95_ha"])) < 1
        assert found.users.values[1] == pytest.approx(float(row["ua_crop"]), abs=1e-6)
        assert 1.96 * found.users.errors[1] == pytest.approx(float(row["ua_crop_ci95"]), abs=1e-6)
        assert found.producers.values[1] == pytest.approx(float(row["pa_crop"]), abs=1e-6)
        assert 1.96 * found.producers.errors[1] == pytest.approx(float(row["pa_crop_ci95"]), abs=1e-6)
        assert 1.96 * found.producers.errors[0] == pytest.approx(float(row["pa_noncrop_ci95"]), abs=1e-6)


def draw(rng, n=240, n_classes=3, n_strata=4):
    strata = rng.integers(n_strata, size=n)
    strata[:n_strata] = np.arange(n_strata)
    strata[n_strata : 2 * n_strata] = np.arange(n_strata)
    reference = rng.integers(n_classes, size=n)
    mapped = np.where(rng.random(n) < 0.7, reference, rng.integers(n_classes, size=n))
    return strata, mapped, reference


def stehman(strata, sizes, above, below):
    """Stehman 2014, eqs. 22 to 28, written sample by sample: ratio estimate and its standard error."""
    y_total = x_total = variance = 0.0
    for stratum, size in enumerate(sizes):
        here = [number for number, code in enumerate(strata) if code == stratum]
        y_total += size * sum(above[i] for i in here) / len(here)
        x_total += size * sum(below[i] for i in here) / len(here)
    ratio = y_total / x_total
    for stratum, size in enumerate(sizes):
        here = [number for number, code in enumerate(strata) if code == stratum]
        y_mean = sum(above[i] for i in here) / len(here)
        x_mean = sum(below[i] for i in here) / len(here)
        s_yy = sum((above[i] - y_mean) ** 2 for i in here) / (len(here) - 1)
        s_xx = sum((below[i] - x_mean) ** 2 for i in here) / (len(here) - 1)
        s_xy = sum((above[i] - y_mean) * (below[i] - x_mean) for i in here) / (len(here) - 1)
        variance += size**2 * (s_yy + ratio**2 * s_xx - 2 * ratio * s_xy) / len(here)
    return ratio, (variance / x_total**2) ** 0.5


def test_strata_other_than_classes_equal_stehman_2014_sample_by_sample():
    rng = np.random.default_rng(3)
    strata, mapped, reference = draw(rng)
    sizes = [5e5, 1e5, 3e5, 2e4]
    given_strata = Strata(strata, ("a", "b", "c", "d"), np.array(sizes), np.full(4, np.nan))
    design = make_design(DesignInput("stratified", sum(sizes), np.ones(len(strata)), strata=given_strata))
    found = assess(design, Labels(("x", "y", "z"), mapped, np.eye(3)[reference]), WALD)
    one = np.ones(len(strata))
    assert stehman(strata, sizes, mapped == reference, one) == pytest.approx(
        (found.overall.values[0], found.overall.errors[0])
    )
    for code in range(3):
        on_map, there = (mapped == code).astype(float), (reference == code).astype(float)
        for estimate, above, below in (
            (found.users, on_map * there, on_map),
            (found.producers, on_map * there, there),
            (found.f1, 2 * on_map * there, on_map + there),
            (found.area_shares, there, one),
        ):
            assert stehman(strata, sizes, above, below) == pytest.approx((estimate.values[code], estimate.errors[code]))


def test_clusters_equal_the_ratio_estimator_between_clusters():
    rng = np.random.default_rng(5)
    _, mapped, reference = draw(rng)
    clusters, weights = rng.integers(30, size=len(mapped)) + 100, rng.uniform(5, 20, len(mapped))
    given_design = DesignInput("cluster", 1000.0, np.ones(len(mapped)), design_weights=weights, clusters=clusters)
    found = assess(make_design(given_design), Labels(("x", "y", "z"), mapped, np.eye(3)[reference]), WALD)
    for code in range(3):
        share = sum(w for w, r in zip(weights, reference) if r == code) / sum(weights)
        totals = [
            sum(weights[i] * ((reference[i] == code) - share) for i in np.flatnonzero(clusters == name))
            for name in sorted(set(clusters.tolist()))
        ]
        n = len(totals)
        variance = n / (n - 1) * sum(total**2 for total in totals) / sum(weights) ** 2
        assert found.area_shares.values[code] == pytest.approx(share)
        assert found.area_shares.errors[code] == pytest.approx(variance**0.5)
    assert found.overall.high[0] - found.overall.values[0] == pytest.approx(
        quantile(0.95, n - 1) * found.overall.errors[0]
    )


def test_simple_random_equals_the_binomial_formula():
    rng = np.random.default_rng(9)
    _, mapped, reference = draw(rng)
    found = assess(
        make_design(DesignInput("simple_random", 50.0, np.ones(len(mapped)), 1e9)),
        Labels(("x", "y", "z"), mapped, np.eye(3)[reference]),
        WALD,
    )
    shares = np.bincount(reference) / len(reference)
    assert found.area_shares.values == pytest.approx(shares)
    assert found.area_shares.errors == pytest.approx(np.sqrt(shares * (1 - shares) / (len(reference) - 1)))


def test_a_census_has_no_sampling_error():
    mapped, reference = np.array([0, 0, 1, 1, 1, 0]), np.array([0, 1, 1, 1, 0, 0])
    strata = Strata(mapped, ("x", "y"), np.array([3.0, 3.0]), np.array([3.0, 3.0]))
    design = make_design(DesignInput("stratified", 6.0, np.ones(6), 6, strata))
    found = assess(design, Labels(("x", "y"), mapped, np.eye(2)[reference]), WALD)
    assert found.areas().values.tolist() == [3.0, 3.0]
    assert found.areas().errors.tolist() == [0.0, 0.0]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), kind=st.sampled_from(DESIGNS))
def test_shares_add_up_and_intervals_hold_their_estimates(seed, kind):
    rng = np.random.default_rng(seed)
    strata, mapped, reference = draw(rng, n=60)
    n = len(mapped)
    given_design = DesignInput(
        kind,
        123.0,
        rng.uniform(0.9, 1.1, n),
        1e6,
        Strata(strata, ("a", "b", "c", "d"), rng.uniform(10, 50, 4), np.full(4, 1e5)) if kind in WITH_STRATA else None,
        rng.uniform(1, 9, n),
        rng.integers(12, size=n),
        rng.random((n, 2)),
    )
    design = make_design(given_design)
    found = assess(design, Labels(("x", "y", "z"), mapped, np.eye(3)[reference]), IntervalRule())
    assert found.area_shares.values.sum() == pytest.approx(1.0)
    assert found.proportions.sum() == pytest.approx(1.0)
    assert np.diag(found.proportions).sum() == pytest.approx(found.overall.values[0])
    assert found.proportions.sum(axis=0) == pytest.approx(found.area_shares.values)
    for estimate in (found.overall, found.users, found.producers, found.f1, found.area_shares):
        known = np.isfinite(estimate.values)
        assert np.all(estimate.errors[known] >= 0)
        assert np.all(estimate.low[known] <= estimate.values[known] + 1e-12)
        assert np.all(estimate.high[known] >= estimate.values[known] - 1e-12)
        assert np.all((estimate.low[known] >= 0) & (estimate.high[known] <= 1))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_neither_order_of_samples_nor_of_classes_matters(seed):
    rng = np.random.default_rng(seed)
    strata, mapped, reference = draw(rng, n=50)
    areas = rng.uniform(10, 50, 4)

    def found(order, classes):
        position = np.argsort(classes)
        names = tuple("xyz"[number] for number in classes)
        sizes = Strata(strata[order], ("a", "b", "c", "d"), areas, np.full(4, np.nan))
        design = make_design(DesignInput("stratified", areas.sum(), np.ones(50), strata=sizes))
        return assess(
            design, Labels(names, position[mapped[order]], np.eye(3)[position[reference[order]]]), WALD
        ), position

    (one, _), (other, position) = found(np.arange(50), [0, 1, 2]), found(rng.permutation(50), [2, 0, 1])
    np.testing.assert_allclose(one.producers.errors, other.producers.errors[position], atol=1e-12)
    np.testing.assert_allclose(one.area_shares.values, other.area_shares.values[position], atol=1e-12)


def test_pixels_of_unequal_area_weigh_by_their_area():
    areas = np.array([1.0, 1.0, 3.0, 3.0])
    design = make_design(DesignInput("simple_random", 80.0, areas))
    found = assess(design, Labels(("x", "y"), np.array([0, 0, 1, 1]), np.eye(2)[[0, 0, 1, 1]]), WALD)
    assert found.areas().values.tolist() == [20.0, 60.0]


def test_a_region_uses_its_own_area_and_samples():
    design, labels = from_matrix(OLOFSSON, OLOFSSON_PIXELS)
    everywhere = assess(design, labels, WALD, Region(np.ones(640, dtype=bool), design.total_area))
    whole = assess(design, labels, WALD)
    np.testing.assert_allclose(everywhere.areas().errors, whole.areas().errors)
    inside = np.arange(640) % 2 == 0
    half = assess(design, labels, WALD, Region(inside, 1000.0))
    assert half.areas().values.sum() == pytest.approx(1000.0)
    assert half.n_samples == 320
    assert half.counts.sum() == 320


def test_regions_cover_their_true_share():
    rng = np.random.default_rng(8)
    in_region, is_crop = rng.random(20_000) < 0.3, rng.random(20_000) < 0.4
    truth, hits = is_crop[in_region].mean(), 0
    for _ in range(300):
        units = rng.choice(20_000, 300, replace=False)
        design = make_design(DesignInput("simple_random", 20_000.0, np.ones(300), 20_000))
        labels = Labels(("x", "y"), np.zeros(300, dtype=int), np.eye(2)[is_crop[units].astype(int)])
        found = assess(design, labels, IntervalRule(), Region(in_region[units], in_region.sum())).area_shares
        hits += found.low[1] <= truth <= found.high[1]
    assert 0.91 < hits / 300 < 0.99


def test_one_sample_in_a_stratum_is_conservative_and_told():
    matrix = [[40, 10], [0, 1]]
    lonely, labels = from_matrix(matrix, [90.0, 10.0])
    assert lonely.lonely == (1,)
    found = assess(lonely, labels, WALD)
    share = 0.9 * 0.2 + 0.1
    assert found.area_shares.values[1] == pytest.approx(share)
    by_hand = np.sqrt(0.9**2 * 0.2 * 0.8 / 49 + 0.1**2 * (1 - share) ** 2)
    assert found.area_shares.errors[1] == pytest.approx(by_hand)


def test_a_class_without_samples_on_the_map_is_unknown_not_zero():
    design = make_design(DesignInput("simple_random", 10.0, np.ones(4)))
    found = assess(design, Labels(("x", "y", "z"), np.array([0, 0, 1, 1]), np.eye(3)[[0, 0, 1, 0]]), WALD)
    assert np.isnan(found.users.values[2])
    assert np.isnan(found.producers.values[2])
    assert found.areas().values[2] == 0.0


def test_an_area_without_any_error_is_bounded_by_what_each_stratum_could_hide():
    found = assess_matrix([[38, 0, 0], [0, 90, 10], [0, 5, 95]], [40.0, 360.0, 600.0], rule=IntervalRule())
    areas = found.areas()
    square = quantile(0.95) ** 2
    assert areas.errors[0] == pytest.approx(0.0, abs=1e-9)
    # By hand: 38 of 38 samples, and 0 of 100 in the two other strata.
    assert areas.low[0] == pytest.approx(40 * 38 / (38 + square))
    hidden = square / (100 + square)
    assert areas.high[0] == pytest.approx(40 + np.hypot(360 * hidden, 600 * hidden))
    assert areas.low[1] < areas.values[1] < areas.high[1]


def test_intervals_of_shares_of_all_and_nothing_end_there():
    found = assess_matrix([[600, 0], [0, 7]], [40.0, 360.0], rule=IntervalRule())
    assert found.overall.high[0] == 1.0
    assert found.users.high.tolist() == [1.0, 1.0]
    assert found.users.low[1] < found.users.low[0] < 1.0


def test_areas_of_rare_errors_are_covered():
    """Where most draws show no error at all, the interval of such draws is all there is."""
    rng, sizes, hidden = np.random.default_rng(3), np.array([40.0, 960.0]), 0.004
    truth, hits, sure = 40.0 + 960.0 * hidden, 0, 0
    for _ in range(1000):
        missed = rng.binomial(100, hidden)
        found = assess_matrix([[50, 0], [missed, 100 - missed]], sizes, rule=IntervalRule()).areas()
        sure += missed == 0
        hits += found.low[0] <= truth <= found.high[0]
    assert sure > 600
    assert hits / 1000 > 0.93


def test_strata_without_samples_are_refused_by_name():
    strata = Strata(np.array([0, 0]), ("maize", "rice"), np.array([9.0, 1.0]), np.array([900.0, 100.0]))
    with pytest.raises(SamplesError, match=r"rice \(10.00%"):
        make_design(DesignInput("stratified", 10.0, np.ones(2), strata=strata))


@pytest.mark.parametrize(
    ("weights", "said"), [([1, -2, 3], "1 negative"), ([0, 0, 3], "2 zero"), ([np.nan, 2, 3], "1 missing")]
)
def test_wrong_weights_are_refused(weights, said):
    with pytest.raises(SamplesError, match=said):
        check_weights(np.array(weights, dtype=float))


def test_impossible_input_is_refused():
    with pytest.raises(InputError, match="no design 'guess'"):
        make_design(DesignInput("guess", 1.0, np.ones(3)))
    with pytest.raises(SamplesError, match="too few"):
        make_design(DesignInput("simple_random", 1.0, np.ones(1)))
    with pytest.raises(SamplesError, match="primary unit"):
        make_design(DesignInput("cluster", 1.0, np.ones(3), design_weights=np.ones(3), clusters=np.zeros(3, dtype=int)))
    with pytest.raises(InputError, match=r"between 0\.5 and 1"):
        quantile(95)


def test_wilson_keeps_its_level_where_wald_loses_it():
    rng = np.random.default_rng(1)
    share, n = 0.95, 40
    drawn = rng.binomial(n, share, 20_000) / n
    errors = np.sqrt(drawn * (1 - drawn) / (n - 1))
    covered = {}
    for name, rule in INTERVALS.items():
        low, high = rule(drawn, errors, np.full(len(drawn), float(n)), quantile(0.95))
        covered[name] = np.mean((low <= share) & (share <= high))
    assert covered["wald"] < 0.90
    assert 0.93 < covered["wilson"] < 0.985


@pytest.mark.parametrize("kind", ["simple_random", "stratified", "cluster", "unequal"])
def test_bootstrap_agrees_with_the_formulas(kind):
    rng = np.random.default_rng(12)
    strata, mapped, reference = draw(rng, n=400)
    given_design = DesignInput(
        kind,
        1000.0,
        np.ones(400),
        strata=Strata(strata, ("a", "b", "c", "d"), np.array([400.0, 300, 200, 100]), np.full(4, np.nan))
        if kind in WITH_STRATA
        else None,
        design_weights=rng.uniform(1, 5, 400),
        clusters=rng.integers(60, size=400),
    )
    design = make_design(given_design)
    found = assess(design, Labels(("x", "y", "z"), mapped, np.eye(3)[reference]), WALD)
    drawn = replicate(design, LabelSheet(mapped, reference[:, None], 3), 4000, 1)
    for name in ("users", "producers", "f1", "area_shares"):
        np.testing.assert_allclose(spread(getattr(drawn, name)), getattr(found, name).errors, rtol=0.12)
    assert spread(drawn.overall) == pytest.approx(found.overall.errors[0], rel=0.06)


def test_labelers_who_disagree_widen_the_error_and_those_who_agree_do_not():
    rng = np.random.default_rng(4)
    _, mapped, reference = draw(rng, n=400)
    design = make_design(DesignInput("simple_random", 1.0, np.ones(400)))
    agreeing = LabelSheet(mapped, np.stack([reference, reference, reference], axis=1), 3)
    other = np.where(rng.random(400) < 0.5, (reference + 1) % 3, reference)
    arguing = LabelSheet(mapped, np.stack([reference, other], axis=1), 3)

    def ratio(sheet):
        alone = assess(design, Labels(("x", "y", "z"), mapped, sheet.memberships()), WALD)
        return spread(replicate(design, sheet, 2000, 1).area_shares) / alone.area_shares.errors

    np.testing.assert_allclose(ratio(agreeing), 1.0, atol=0.06)
    assert ratio(arguing).min() > 1.1


def test_missing_labels_of_a_labeler_are_not_drawn():
    sheet = LabelSheet(np.zeros(4, dtype=int), np.array([[-1, 1], [1, -1], [1, 1], [-1, 1]]), 2)
    assert sheet.memberships()[:, 1].tolist() == [1.0] * 4
    design = make_design(DesignInput("simple_random", 1.0, np.ones(4)))
    assert np.all(replicate(design, sheet, 50, 3).area_shares[:, 1] == 1.0)


def test_same_seed_same_errors():
    design, labels = from_matrix(OLOFSSON, OLOFSSON_PIXELS)
    sheet = LabelSheet(labels.map_codes, labels.memberships.argmax(axis=1)[:, None], 4)
    one, two, other = (replicate(design, sheet, 100, seed).users for seed in (5, 5, 6))
    assert np.array_equal(one, two, equal_nan=True)
    assert not np.array_equal(one, other, equal_nan=True)


def test_added_samples_halve_the_error_at_the_least_cost():
    design, labels = from_matrix(OLOFSSON, OLOFSSON_PIXELS)
    found = assess(design, labels, WALD)
    strata = Strata(labels.map_codes, labels.classes, OLOFSSON_PIXELS.astype(float), OLOFSSON_PIXELS.astype(float))
    area = widest_intervals(design, labels, found, strata)[0]
    assert area.quantity == AREA
    assert area.class_name == "3"
    parts = design.variance_parts(labels.memberships[:, [3]] - found.area_shares.values[3])[:, 0]
    counts = strata.counts
    more, enough = added_by_stratum(parts, counts, strata.pixels)
    assert enough
    assert more.sum() == area.n_more
    after = (parts * counts / (counts + more)).sum()
    assert after <= parts.sum() / 4 * 1.001
    # Moving one sample from one stratum to another never helps by more than rounding does.
    for source in np.flatnonzero(more > 5):
        for target in range(4):
            trial = more.copy()
            trial[source] -= 5
            trial[target] += 5
            assert (parts * counts / (counts + trial)).sum() >= after * 0.995


def test_strata_too_small_to_halve_an_error_are_told():
    more, enough = added_by_stratum(np.array([1.0, 1e-9]), np.array([10, 10]), np.array([12.0, 1e6]))
    assert enough
    assert more[0] <= 2
