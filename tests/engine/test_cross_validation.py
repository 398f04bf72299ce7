"""Designs that hold out places, years and regions; comparison, learning curve, variogram, calibration; the job."""

from __future__ import annotations

import math

import numpy as np
import pyogrio
import pyogrio.raw
import pytest
import shapely
from sklearn.metrics import f1_score
from test_train_classifier import train
from training_factories import make_series, make_training_set, series_columns, write_series_layer

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.models.calibration import fit_calibration, tempered
from cropsample_plugin.engine.models.cross_validation.comparison import corrected_interval, mcnemar_p
from cropsample_plugin.engine.models.cross_validation.designs import Design, NamedFold, Places, design_folds
from cropsample_plugin.engine.models.cross_validation.learning_curve import curve_sizes, find_plateau, smaller_fold
from cropsample_plugin.engine.models.cross_validation.runs import ComparisonOptions, compare_models
from cropsample_plugin.engine.models.cross_validation.variogram import measure_variogram, spherical
from cropsample_plugin.engine.models.evaluation import Evaluation, FoldScores
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.models.settings import ForestSettings
from cropsample_plugin.engine.models.validation import Fold
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import cross_validate
from cropsample_plugin.jobs.registry import JOBS, JobContext, read_parameters

KM = 1000.0


def spread_samples(n=300, n_classes=3, per_parcel=3, extent_m=60 * KM, seed=0):
    rng = np.random.default_rng(seed)
    parcels = np.arange(n) // per_parcel
    corners = rng.random((parcels.max() + 1, 2)) * extent_m
    xy_m = corners[parcels] + rng.normal(0, 40, (n, 2))
    samples = make_training_set(n=n, n_classes=n_classes, groups=parcels)
    samples.class_indices[:] = (parcels % n_classes).astype(np.int64)
    return samples, Places(xy_m, np.array([2016 + i % 3 for i in parcels]), np.array([f"r{i % 4}" for i in parcels]))


@pytest.mark.parametrize("name", ["parcel_groups", "spatial_blocks", "leave_one_year_out", "leave_one_region_out"])
def test_no_parcel_is_on_both_sides_and_every_sample_is_tested_once(name):
    samples, places = spread_samples()
    folds = design_folds(samples, places, Design(name, block_size_m=8 * KM))
    tested = np.concatenate([item.fold.test_rows for item in folds])
    np.testing.assert_array_equal(np.sort(tested), np.arange(300))
    for item in folds:
        assert not set(samples.groups[item.fold.train_rows]) & set(samples.groups[item.fold.test_rows])


def test_random_folds_tear_parcels_apart():
    samples, places = spread_samples()
    folds = design_folds(samples, places, Design("k_fold"))
    torn = [set(samples.groups[i.fold.train_rows]) & set(samples.groups[i.fold.test_rows]) for i in folds]
    assert all(torn)


def test_blocks_are_never_torn_apart_and_a_gap_keeps_its_distance():
    samples, places = spread_samples()
    size = 10 * KM
    cells = {}
    for item in design_folds(samples, places, Design("spatial_blocks", block_size_m=size, gap_m=3 * KM)):
        test, train = places.xy_m[item.fold.test_rows], places.xy_m[item.fold.train_rows]
        away = np.hypot(*(test[:, None] - train[None]).transpose(2, 0, 1))
        assert away.min() >= 3 * KM
        centres = {samples.groups[row] for row in item.fold.test_rows}
        for group in centres:
            centre = places.xy_m[samples.groups == group].mean(axis=0)
            all_centres = np.array([places.xy_m[samples.groups == g].mean(axis=0) for g in np.unique(samples.groups)])
            cell = tuple(np.floor((centre - all_centres.min(axis=0)) / size).astype(int))
            assert cells.setdefault(cell, item.name) == item.name


def test_years_and_regions_are_named_and_held_out_whole():
    samples, places = spread_samples()
    folds = design_folds(samples, places, Design("leave_one_year_out"))
    assert [item.name for item in folds] == ["2016", "2017", "2018"]
    for item in folds:
        assert set(places.years[item.fold.test_rows]) == {int(item.name)}
        assert int(item.name) not in places.years[item.fold.train_rows]


def test_distance_trains_near_the_start_and_tests_beyond():
    samples, places = spread_samples()
    start = (30 * KM, 30 * KM)
    (item,) = design_folds(samples, places, Design("distance", start_xy_m=start, radius_m=20 * KM))
    away = np.hypot(*(places.xy_m - start).T)
    assert away[item.fold.train_rows].max() <= 20 * KM
    assert away[item.fold.test_rows].min() > 20 * KM
    assert item.name == "beyond 20 km"


@pytest.mark.parametrize(
    ("design", "places", "message"),
    [
        (Design("spatial_blocks", block_size_m=KM), Places(), "no place"),
        (Design("spatial_blocks", block_size_m=100 * KM), None, "in 1 blocks of 100 km"),
        (Design("spatial_blocks"), None, "0 km wide"),
        (Design("leave_one_year_out"), Places(), "year of the samples is not known"),
        (Design("leave_one_year_out"), Places(years=np.full(300, 2020)), "All samples are of one year, 2020"),
        (Design("leave_one_region_out"), Places(), "region of the samples is not known"),
        (Design("distance"), None, "no starting point"),
        (Design("distance", start_xy_m=(9e6, 0), radius_m=KM), None, "No sample lies within 1 km"),
        (Design("distance", start_xy_m=(3e4, 3e4), radius_m=1e6), None, "No sample lies beyond 1000 km"),
    ],
)
def test_designs_that_the_samples_do_not_allow(design, places, message):
    samples, known = spread_samples()
    with pytest.raises(InputError, match=message):
        design_folds(samples, places or known, design)


def test_samples_without_parcels_cannot_be_held_out_by_parcel():
    with pytest.raises(InputError, match="no parcels to keep together"):
        design_folds(make_training_set(), Places(), Design("parcel_groups"))


def test_parcels_fewer_than_folds_are_said():
    samples, places = spread_samples(n=12)
    with pytest.raises(InputError, match="of 4 parcels, and 5 folds") as caught:
        design_folds(samples, places, Design("parcel_groups"))
    assert "fewer folds" in caught.value.remedy
    assert len(design_folds(samples, places, Design("parcel_groups", n_folds=4))) == 4


def test_a_gap_that_leaves_nothing_to_train_on_is_said():
    samples, places = spread_samples()
    with pytest.raises(SamplesError, match="No fold has samples to test and two classes to train on"):
        design_folds(samples, places, Design("spatial_blocks", block_size_m=8 * KM, gap_m=500 * KM))


def test_there_is_no_such_design():
    with pytest.raises(InputError, match="spatial_blocks"):
        Design("by moonlight")


def test_the_variogram_finds_a_planted_range():
    """A moving average over a disc has an exactly spherical-like covariance that ends at the disc's diameter."""
    rng = np.random.default_rng(1)
    size, radius = 220, 15
    yy, xx = np.mgrid[-radius : radius + 1, -radius : radius + 1]
    disc = np.hypot(xx, yy) <= radius
    noise = np.fft.rfft2(rng.normal(size=(size, size)))
    kernel = np.zeros((size, size))
    kernel[: 2 * radius + 1, : 2 * radius + 1] = disc
    field = np.fft.irfft2(noise * np.fft.rfft2(kernel), (size, size))
    places = rng.integers(0, size, (1500, 2))
    found = measure_variogram(field[places[:, 1], places[:, 0]][:, None], places * 100.0, seed=3)
    assert found.range_m == pytest.approx(2 * radius * 100.0, rel=0.35)
    assert found.nugget < 0.25
    shuffled = rng.permutation(field[places[:, 1], places[:, 0]])[:, None]
    assert measure_variogram(shuffled, places * 100.0, seed=3).range_m == 0.0


def test_the_spherical_model_by_hand():
    np.testing.assert_allclose(spherical(np.array([0.0, 5.0, 10.0, 20.0]), 0.1, 0.8, 10.0), [0.1, 0.65, 0.9, 0.9])


def test_too_few_or_crowded_samples_have_no_variogram():
    assert measure_variogram(np.random.default_rng(0).normal(size=(5, 3)), np.zeros((5, 2)), 0) is None


def test_the_corrected_interval_by_hand():
    folds = tuple(FoldScores(80, 20, 0.0, 0.0, 0.0) for _ in range(5))
    evaluation = Evaluation(np.zeros((2, 2), dtype=np.int64), math.nan, folds)
    differences = np.array([0.02, 0.05, 0.01, 0.04, 0.03])
    low, high, p_value = corrected_interval(differences, evaluation)
    error = math.sqrt((1 / 5 + 20 / 80) * differences.var(ddof=1))
    assert (low, high) == pytest.approx((0.03 - 2.776445 * error, 0.03 + 2.776445 * error), rel=1e-5)
    assert p_value == pytest.approx(0.0474, abs=2e-4)


def test_mcnemar_is_the_exact_binomial_test():
    assert mcnemar_p(0, 0) == 1.0
    assert mcnemar_p(10, 0) == pytest.approx(2 * 0.5**10)
    assert mcnemar_p(7, 7) == pytest.approx(1.0)


def test_smaller_folds_have_every_class_and_whole_parcels():
    samples, _ = spread_samples()
    samples.class_indices[samples.groups > 0] = 0
    samples.class_indices[samples.groups == 7] = 1
    fold = NamedFold("1", Fold(np.arange(240), np.arange(240, 300)))
    for size in (25, 60, 200):
        small = smaller_fold(samples, fold, size, seed=1).fold
        rows = small.train_rows
        assert size <= len(rows) <= size + 6
        assert set(samples.class_indices[:240]) == set(samples.class_indices[rows])
        for group in np.unique(samples.groups[rows]):
            assert (samples.groups[rows] == group).sum() == 3
        np.testing.assert_array_equal(small.test_rows, fold.fold.test_rows)


def test_curve_sizes_rise_to_below_all_samples():
    assert curve_sizes(40, 3) == []
    sizes = curve_sizes(1000, 4)
    assert sizes == sorted(sizes)
    assert (sizes[0], len(sizes)) == (25, 6)
    assert sizes[-1] < 1000


def test_the_plateau_is_within_one_standard_error_of_the_best():
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 0.01, 5)
    curve = find_plateau([25, 50, 100, 200], np.array([0.5, 0.7, 0.8, 0.801])[:, None] + noise)
    assert curve.plateau == 100
    rising = find_plateau([25, 50, 100, 200], np.array([0.5, 0.6, 0.7, 0.8])[:, None] + noise)
    assert rising.plateau == 0


def test_a_known_temperature_is_found_and_classes_stay():
    rng = np.random.default_rng(2)
    logits = rng.normal(0, 1.5, (20000, 4))
    true = tempered(np.exp(logits), 1.0)
    true = true / true.sum(axis=1, keepdims=True)
    reference = (rng.random((20000, 1)) < true.cumsum(axis=1)).argmax(axis=1)
    overconfident = tempered(true, 1 / 2.5)
    found = fit_calibration(overconfident, reference)
    assert found.temperature == pytest.approx(2.5, rel=0.05)
    assert found.error_after < 0.02 < found.error_before
    again = tempered(overconfident, found.temperature)
    np.testing.assert_array_equal(again.argmax(axis=1), overconfident.argmax(axis=1))
    np.testing.assert_allclose(again.sum(axis=1), 1.0, atol=1e-6)
    np.testing.assert_array_equal(tempered(np.array([[0.0, 1.0]]), 3.0), [[0.0, 1.0]])


def write_field_samples(path, n=240, seed=0, **columns):
    """Parcels of four pixels each; a class of a parcel, a shift of its own, places over 40 km."""
    rng = np.random.default_rng(seed)
    parcels = np.arange(n) // 4
    values, _ = make_series(n, 3, seed=seed, noise=0.1)
    classes = rng.integers(0, 3, parcels.max() + 1)[parcels]
    time = np.linspace(0, 1, values.shape[1])
    shape = np.exp(-(((time[None] - (classes[:, None] + 1) / 4) / 0.2) ** 2))
    own = rng.normal(0, 0.6, (parcels.max() + 1, *values.shape[1:]))[parcels]
    values = shape[:, :, None] + own + rng.normal(0, 0.05, values.shape)
    corners = rng.random((parcels.max() + 1, 2)) * 0.4
    xy = np.array([15.0, 45.0]) + corners[parcels] + rng.normal(0, 2e-4, (n, 2))
    fields = {
        "crop": np.array([f"crop {index}" for index in classes], dtype=object),
        "parcel": parcels,
        "year": 2018 + parcels % 3,
        "region": np.array([f"r{index % 2}" for index in parcels], dtype=object),
        **columns,
        **series_columns(values),
    }
    pyogrio.raw.write(
        str(path), shapely.to_wkb(shapely.points(xy)), [np.asarray(column) for column in fields.values()], list(fields),
        layer="samples", driver="GPKG", geometry_type="Point", crs="EPSG:4326",
    )  # fmt: skip
    return str(path)


def run(tmp_path, samples, progress=None, **parameters):
    values = {
        "samples": samples, "class_field": "crop", "group_field": "parcel", "table": str(tmp_path / "scores.gpkg"),
        "report": str(tmp_path / "report.html"), "models": ["random_forest"], **parameters,
    }  # fmt: skip
    context = JobContext(progress or SilentProgress(), 1, 1000, "cpu")
    return cross_validate.run(read_parameters(cross_validate, values), context)


def test_the_honest_score_is_below_the_leaky_one_and_both_are_in_the_table(tmp_path):
    samples = write_field_samples(tmp_path / "s.gpkg")
    outputs = run(tmp_path, samples, models=["random_forest", "svm"], protocol="parcel_groups").outputs
    assert outputs["macro_f1"] < outputs["random_macro_f1"] - 0.05
    table = pyogrio.read_dataframe(outputs["table"])
    whole = table[(table["fold"] == "all") & table["class"].isna()]
    assert set(whole["model"]) == {"random_forest", "svm"}
    assert set(whole["validation"]) == {"parcel_groups", "k_fold"}
    best = whole[(whole["model"] == outputs["best_model"]) & (whole["validation"] == "parcel_groups")].iloc[0]
    assert best["macro_f1"] == pytest.approx(outputs["macro_f1"])
    assert len(table[table["class"].notna()]) == 2 * 3
    page = (tmp_path / "report.html").read_text()
    for text in ("Models side by side", "better by more than chance", "enough", "variogram", "km are alike"):
        assert text in page or text == "variogram"


@pytest.mark.parametrize(
    ("protocol", "more"),
    [
        ("spatial_blocks", {}),
        ("spatial_blocks", {"block_size_km": 6.0, "gap_km": 0.5}),
        ("leave_one_year_out", {"year_field": "year"}),
        ("leave_one_region_out", {"region_field": "region"}),
        ("distance", {"start_point": "15.2,45.2", "distance_km": 15.0}),
        ("k_fold", {}),
    ],
)
def test_every_protocol_runs_from_a_layer(tmp_path, protocol, more):
    samples = write_field_samples(tmp_path / "s.gpkg")
    result = run(tmp_path, samples, protocol=protocol, n_folds=3, **more)
    assert 0.3 < result.outputs["overall_accuracy"] <= 1.0
    assert result.files == [result.outputs["table"], result.outputs["report"]]
    if protocol == "spatial_blocks":
        assert result.outputs["block_size_km"] == pytest.approx(more.get("block_size_km", 0.0)) or not more


def test_pooled_scores_equal_scikit_learns():
    samples, places = spread_samples()
    options = ComparisonOptions({"random_forest": ForestSettings(n_trees=20)}, Design("leave_one_region_out"))
    found = compare_models(samples, places, options, FitContext(SilentProgress(), seed=1)).results[0]
    reference = samples.class_indices[found.honest.test_rows]
    mapped = found.honest.probabilities.argmax(axis=1)
    assert found.honest.macro_f1 == pytest.approx(f1_score(reference, mapped, average="macro"))


def test_a_class_that_training_lacks_is_told(tmp_path):
    parcels = np.arange(240) // 4
    crops = np.where((parcels % 3 == 2) & (parcels > 30), "rice", np.where(parcels % 2, "wheat", "maize"))
    samples = write_field_samples(tmp_path / "s.gpkg", crop=crops.astype(object))
    run(tmp_path, samples, protocol="leave_one_year_out", year_field="year", learning_curve=False)
    page = (tmp_path / "report.html").read_text()
    assert "no training sample is of rice" in page


def test_a_year_without_which_one_class_is_left_is_not_held_out_and_told(tmp_path):
    parcels = np.arange(240) // 4
    crops = np.where(parcels % 3 == 0, np.where(parcels % 2, "wheat", "maize"), "maize").astype(object)
    samples = write_field_samples(tmp_path / "s.gpkg", crop=crops)
    outputs = run(tmp_path, samples, protocol="leave_one_year_out", year_field="year", learning_curve=False).outputs
    assert outputs["n_folds"] == 2
    assert "Not held out: 2018." in (tmp_path / "report.html").read_text()


def test_dates_serve_as_years(tmp_path):
    dates = np.array([f"{2018 + index // 4 % 3}-06-0{1 + index % 9}" for index in range(240)], dtype="datetime64[D]")
    samples = write_field_samples(tmp_path / "s.gpkg", when=dates.astype("datetime64[ms]"))
    outputs = run(tmp_path, samples, protocol="leave_one_year_out", year_field="when", learning_curve=False).outputs
    assert outputs["n_folds"] == 3


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"models": []}, "No model is chosen"),
        ({"models": ["oracle"]}, "There is no model 'oracle'"),
        ({"protocol": "leave_one_year_out", "year_field": "gaps"}, "empty in 1 of the samples"),
        ({"protocol": "leave_one_year_out"}, "Name the year field"),
        ({"protocol": "leave_one_year_out", "year_field": "same"}, "All samples are of one year, 2020"),
        ({"protocol": "parcel_groups", "n_folds": 61}, "of 60 parcels, and 61 folds"),
        ({"weight_field": "none"}, "240 because its weight is zero"),
        ({"class_weights": "heavy"}, "no class weights"),
        ({"protocol": "tea leaves"}, "There is no validation"),
    ],
)
def test_bad_input_says_what_is_wrong(tmp_path, more, message):
    gaps = np.array([""] + ["2019"] * 100 + ["2020"] * 139, dtype=object)
    samples = write_field_samples(tmp_path / "s.gpkg", gaps=gaps, same=np.full(240, 2020), none=np.zeros(240))
    with pytest.raises((InputError, SamplesError), match=message):
        run(tmp_path, samples, **more)
    assert {item.name for item in tmp_path.iterdir()} == {"s.gpkg"}


def test_the_job_is_registered():
    assert JOBS["crossvalidate"] == "cropsample_plugin.jobs.cross_validate"


def test_a_calibrated_package_maps_calibrated_probabilities(tmp_path):
    samples = write_series_layer(tmp_path / "s.gpkg", n=240, noise=1.5)
    plain = load_package(train(tmp_path, samples).outputs["model_package"])
    assert plain.temperature == 1.0
    assert plain.provenance["calibration"]["temperature"] > 0
    scaled = load_package(train(tmp_path, samples, calibration="temperature").outputs["model_package"])
    assert scaled.temperature == scaled.provenance["calibration"]["temperature"]
    values, _ = make_series(50, 3)
    none = np.zeros((50, 0), np.float32)
    before = plain.predictor().predict_probabilities(values, none)
    after = scaled.predictor().predict_probabilities(values, none)
    np.testing.assert_allclose(after, tempered(before, scaled.temperature), atol=1e-6)
    with pytest.raises(InputError, match="there is no validation"):
        train(tmp_path, samples, calibration="temperature", validation="none")
