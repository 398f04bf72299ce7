from __future__ import annotations

import numpy as np
import pytest
import rasterio
import shapely
from sklearn.datasets import make_blobs

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.labels.confident_learning import is_confident_issue
from cropsample_plugin.engine.labels.neurons import balanced_priors, margins, posterior, ring
from cropsample_plugin.engine.labels.quality_result import CATEGORIES
from cropsample_plugin.engine.labels.sits_rule import SitsSettings, judge_by_sits, sits_categories, train_kohonen
from cropsample_plugin.engine.labels.som import BatchSom
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table
from cropsample_plugin.jobs import sample_quality
from cropsample_plugin.jobs.registry import JobContext

CONTEXT = JobContext(SilentProgress(), 1, 1000, "cpu")
SILENT = SilentProgress()


@pytest.mark.parametrize(
    ("prior", "largest", "around", "expected"),
    [
        (0.8, 0.8, [1, 0.5, 0, 0.9], 0.7016394),
        (0.2, 0.8, [0, 0.5, 1, 0.1], 0.2983606),
        (1.0, 1.0, [0.1, 0.2, 0.1, 0.2], 0.9999745),
    ],
)
def test_posterior_of_sits(prior, largest, around, expected):
    found = posterior(np.array([prior]), largest, np.array(around, dtype=float)[:, None])
    assert found[0] == pytest.approx(expected, abs=5e-8)


def test_rule_of_sits_and_its_ring():
    settings = SitsSettings()
    found = sits_categories(np.array([0.59, 0.6, 0.9]), np.array([0.9, 0.6, 0.5]), settings)
    assert found.tolist() == ["Remove", "Keep", "Suspect"]
    assert ring(10, 10)[55].sum() == 16
    assert ring(10, 10)[0].sum() == 5


def test_balanced_priors_and_margins_by_hand():
    counts = np.array([[1.0, 9.0], [1.0, 0.0], [0.0, 0.0]])
    np.testing.assert_allclose(balanced_priors(counts)[:, 0], [(1 / 2) / (1 / 2 + 1), 1.0, 0.0])
    distances = np.array([[1.0, 3.0], [3.0, 1.0], [0.0, 0.0]])
    own, other = np.array([True, False]), np.array([False, True])
    np.testing.assert_allclose(margins(distances, own, other), [0.5, -0.5, 0.0])
    assert np.isnan(margins(distances, own, ~own & ~other)).all()


def curves_of(n, peak_day, rng, noise=0.03, days=None):
    days = np.arange(0, 360, 10) if days is None else days
    peaks = peak_day + rng.normal(0, 6, n)
    return 0.2 + 0.5 * np.exp(-((days - peaks[:, None]) ** 2) / (2 * 30.0**2)) + rng.normal(0, noise, (n, len(days)))


def test_batch_training_is_no_worse_than_minisom():
    from minisom import MiniSom

    rng = np.random.default_rng(0)
    data = np.concatenate([curves_of(500, day, rng) for day in (120, 180, 230)])
    theirs = MiniSom(8, 8, data.shape[1], sigma=1.0, learning_rate=0.5, random_seed=1)
    theirs.random_weights_init(data)
    theirs.train(data, 10 * len(data), random_order=True)
    ours = BatchSom(8, 8, data.shape[1], random_seed=1)
    ours.random_weights_init(data)
    ours.train(data)
    assert ours.quantization_error(data) <= theirs.quantization_error(data) * 1.005
    assert ours.topographic_error(data) <= theirs.topographic_error(data)
    assert ours.winner(data[7]) == divmod(int(ours.winners(data[7:8])[0]), 8)


def test_same_seed_same_map_and_fixed_points():
    data, _ = make_blobs(300, 5, random_state=0)
    maps = []
    for _ in range(2):
        som = BatchSom(5, 5, 5, random_seed=3)
        som.random_weights_init(data)
        som.train(data, 6, fixed_points={0: (4, 4)})
        maps.append(som.get_weights())
    np.testing.assert_array_equal(maps[0], maps[1])


def test_kohonen_map_separates_classes():
    rng = np.random.default_rng(1)
    values = np.concatenate([curves_of(150, day, rng) for day in (120, 200)]).astype(np.float32)[:, :, None]
    codes = np.repeat([0, 1], 150)
    settings = SitsSettings(side=5, n_rounds=20)
    trained = train_kohonen(values, settings, SILENT)
    found = judge_by_sits(trained.neurons, codes, ("a", "b"), settings)
    assert np.mean(found.category == "Keep") > 0.95
    with pytest.raises(InputError, match="too few"):
        train_kohonen(values[:10], settings, SILENT)


def test_confident_joint_is_that_of_cleanlab():
    cleanlab = pytest.importorskip("cleanlab.filter")
    rng = np.random.default_rng(0)
    probabilities = rng.dirichlet(np.ones(4) * 0.6, 400)
    codes = np.array([rng.choice(4, p=row) for row in probabilities])
    expected = cleanlab.find_label_issues(codes, probabilities, filter_by="confident_learning")
    np.testing.assert_array_equal(is_confident_issue(probabilities, codes), expected)


def write_series(path, curves, labels, days=None, **fields):
    days = np.arange(0, 360, 10) if days is None else days
    names = [f"NDVI_{str(np.datetime64('2021-01-01') + int(day)).replace('-', '')}" for day in days]
    points = shapely.to_wkb(shapely.points(np.arange(len(curves)) * 1.0, np.zeros(len(curves))))
    columns = {"crop": np.array(labels, dtype=object), **fields}
    columns |= {name: curves[:, step].astype(np.float32) for step, name in enumerate(names)}
    write_table(OutputTable(columns, {}, np.array(points, dtype=object), "EPSG:32630", "Point"), path, "samples")
    return str(path)


def run(path, folder, **parameters):
    values = {"date_field": "", "n_seeds": 3, **parameters}
    names = ("output", "seasons", "indices", "ledger")
    outputs = {name: str(folder / f"{name}.gpkg") for name in names}
    outputs["report"] = str(folder / "report.html")
    done = sample_quality.run(sample_quality.Parameters(path, "crop", **{**outputs, **values}), CONTEXT)
    return done.outputs, SampleTable.read(outputs["output"])


def planted(seed=0, n=150):
    rng = np.random.default_rng(seed)
    curves = np.concatenate([curves_of(n, 130, rng), curves_of(n, 210, rng)])
    labels = np.array(["wheat"] * n + ["maize"] * n, dtype=object)
    wrong = rng.random(2 * n) < 0.15
    noisy = np.where(wrong, np.where(labels == "wheat", "maize", "wheat"), labels)
    return curves, noisy, wrong, labels


@pytest.mark.parametrize("method", ["tisqe", "combined", "sits_som", "confident_learning"])
def test_planted_errors_are_found(tmp_path, method):
    curves, noisy, wrong, truth = planted()
    outputs, judged = run(
        write_series(tmp_path / "in.gpkg", curves, noisy), tmp_path, method=method, map_side=5 * (method == "sits_som")
    )
    category = judged.fields["quality"]
    flagged = np.isin(category, ["Remove", "Suspect"])
    assert flagged[wrong].mean() >= 0.8
    assert wrong[category == "Remove"].mean() >= (0.8 if method != "sits_som" else 0.3)
    removed = (category == "Remove") & wrong
    assert np.mean(judged.fields["suggested_label"][removed] == truth[removed]) > 0.95
    assert sum(outputs[f"n_{name}"] for name in ("keep", "suspect", "remove", "data_gap", "not_judged")) == len(noisy)
    ledger = SampleTable.read(tmp_path / "ledger.gpkg")
    assert sum(np.nansum(ledger.fields[name]) for name in CATEGORIES) == len(noisy)
    assert all(judged.fields["reason"])
    weights = judged.fields["tisqe_weight"]
    assert np.all((weights[category == "Keep"] >= 1.0) & (weights[category == "Keep"] <= 3.0))
    for label in ("wheat", "maize"):
        assert weights[noisy == label].sum() == pytest.approx((noisy == label).sum())
    assert np.all((weights[category == "Remove"] > 0.0) & (weights[category == "Remove"] <= 0.15))
    assert "Remove" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("method", ["tisqe", "combined", "sits_som", "confident_learning"])
def test_planted_gaps_are_data_gaps_and_never_removed(tmp_path, method):
    curves, noisy, _, _ = planted(seed=3)
    rng = np.random.default_rng(5)
    gap = rng.random(len(curves)) < 0.1
    peaks = np.where(np.arange(len(curves)) < 150, 13, 21)
    for row in np.flatnonzero(gap):
        curves[row, peaks[row] - 3 : peaks[row] + 4] = np.nan
    curves[0] = np.nan
    gap[0] = True
    _, judged = run(
        write_series(tmp_path / "in.gpkg", curves, noisy), tmp_path, method=method, map_side=5 * (method == "sits_som")
    )
    found = judged.fields["quality"] == "DataGap"
    assert found[gap].all()
    assert gap[found].mean() >= 0.95


def test_gaps_planted_in_published_series(shared_data, tmp_path):
    """Fields of Central Asia, 16-day NDVI of 2018: a tenth loses five dates around the peak of its season."""
    table = SampleTable.read(shared_data / "central_asia_uz_south/central_asia_uz_south.gpkg")
    is_chosen = np.isin(table.fields["label_1"], ["cotton", "wheat"]) & (table.fields["year"].astype(int) == 2018)
    table = table.subset(np.flatnonzero(is_chosen))
    names = sorted(name for name in table.fields if name.startswith("ndvi_d"))
    steps = np.array([int(name[-3:]) for name in names])
    curves, labels = np.stack([table.fields[name] for name in names], axis=1), table.fields["label_1"]
    days = steps - 1
    before = run(write_series(tmp_path / "before.gpkg", curves, labels, days), tmp_path, n_seeds=1)[1]
    peaks = before.fields["season_peak"]
    complete = np.flatnonzero([peak is not None for peak in peaks] & (before.fields["quality"] != "DataGap"))
    curves = curves[complete].copy()
    gap = np.random.default_rng(0).random(len(complete)) < 0.1
    for row in np.flatnonzero(gap):
        peak_day = (np.datetime64(peaks[complete[row]], "D") - np.datetime64("2021-01-01", "D")).astype(int)
        nearest = int(np.abs(days - peak_day).argmin())
        curves[row, max(0, nearest - 2) : nearest + 3] = np.nan
    after = run(write_series(tmp_path / "after.gpkg", curves, labels[complete], days), tmp_path, n_seeds=1)[1].fields
    found = after["quality"] == "DataGap"
    assert gap.sum() > 100
    # With the peak of its season gone, a field may be judged in another season that it has: autumn in place of spring.
    missed = np.flatnonzero(gap & ~found)
    assert len(missed) <= 2
    for row in missed:
        planted, judged_at = (np.datetime64(item, "D") for item in (peaks[complete[row]], after["season_peak"][row]))
        assert abs((judged_at - planted).astype(int)) > 90
    assert gap[found].mean() >= 0.95


@pytest.mark.parametrize("scope", ["season", "kind", "year"])
def test_scopes_and_the_season_of_a_date(tmp_path, scope):
    curves, noisy, wrong, _ = planted(seed=1)
    dates = np.full(len(curves), "2021-07-20", dtype=object)
    dates[:150] = "2021-05-10"
    dates[0], dates[1], dates[2] = None, "1999-05-01", "2021"
    path = write_series(tmp_path / "in.gpkg", curves, noisy, seen=dates)
    _, judged = run(path, tmp_path, date_field="seen", scope=scope)
    category, reason = judged.fields["quality"], judged.fields["reason"]
    assert (category[0], category[1]) == ("NA", "NA")
    assert "no date" in reason[0]
    assert "outside the series" in reason[1]
    assert category[2] != "NA"
    seasons = SampleTable.read(tmp_path / "seasons.gpkg")
    assert seasons.fields["n_samples"].max() > 100
    flagged = np.isin(category, ["Remove", "Suspect"])
    assert flagged[wrong].mean() > 0.7


def test_small_classes_null_labels_and_similar_names(tmp_path):
    curves, _, _, truth = planted(seed=2)
    labels = truth.copy()
    labels[:5] = "rare"
    labels[5] = None
    labels[6] = "Wheat "
    path = write_series(tmp_path / "in.gpkg", curves, labels)
    _, judged = run(path, tmp_path)
    assert set(judged.fields["quality"][:7]) == {"NA"}
    assert "fewer than 20" in judged.fields["reason"][0]
    assert judged.fields["reason"][5] == "it has no label"
    _, merged = run(path, tmp_path, merge_names=True)
    assert merged.fields["quality"][6] == "Keep"


def test_duplicates_are_samples_at_one_place_in_one_year(tmp_path):
    curves, _, _, truth = planted(n=60)
    path = write_series(tmp_path / "one.gpkg", curves, truth)
    table = SampleTable.read(path)
    points = table.geometry.copy()
    points[1] = points[0]
    points[[11, 12]] = points[10]
    years = np.full(len(truth), "2021", dtype=object)
    years[12] = "2022"
    columns = {"crop": truth, "seen": years, **{name: table.fields[name] for name in table.fields if "NDVI" in name}}
    write_table(OutputTable(columns, {}, points, "EPSG:32630", "Point"), tmp_path / "in.gpkg", "samples")
    outputs, judged = run(str(tmp_path / "in.gpkg"), tmp_path, date_field="seen")
    groups = judged.fields["duplicate_group"].astype(float)
    assert outputs["n_duplicates"] == 4
    assert groups[[0, 1, 10, 11]].tolist() == [1.0, 1.0, 2.0, 2.0]
    assert np.isnan(groups[2:10]).all()
    assert np.isnan(groups[12:]).all()
    assert judged.n_rows == len(truth), "nothing is dropped"


def test_similar_names_are_warned_of_and_merging_is_offered(tmp_path):
    curves, _, _, truth = planted(n=60)
    labels = truth.copy()
    labels[:8] = "WHEAT"
    heard = []
    progress = SilentProgress()
    progress.log = lambda message, level="info": heard.append((level, message))
    path = write_series(tmp_path / "in.gpkg", curves, labels)
    parameters = sample_quality.Parameters(path, "crop", str(tmp_path / "out.gpkg"), n_seeds=1)
    sample_quality.run(parameters, JobContext(progress, 1, 1000, "cpu"))
    assert [level for level, message in heard if "'wheat', 'WHEAT'; ask to merge" in message] == ["warning"]


def test_all_samples_data_gap_one_class_and_perennials(tmp_path):
    curves, noisy, _, _ = planted(seed=4)
    empty = curves.copy()
    empty[:, 5:] = np.nan
    outputs, _ = run(write_series(tmp_path / "gaps.gpkg", empty, noisy), tmp_path)
    assert outputs["n_data_gap"] == len(noisy)
    with pytest.raises(SamplesError, match="All labels"):
        run(write_series(tmp_path / "one.gpkg", curves, ["wheat"] * len(noisy)), tmp_path)
    rng = np.random.default_rng(0)
    forest = 0.8 + rng.normal(0, 0.02, (60, curves.shape[1]))
    both = np.concatenate([curves, forest])
    _, judged = run(write_series(tmp_path / "forest.gpkg", both, [*noisy, *["forest"] * 60]), tmp_path)
    assert np.mean(judged.fields["quality"][-60:] == "Keep") > 0.9
    assert all(season is None for season in judged.fields["season"][-60:])


def test_fields_of_the_user_are_kept(tmp_path):
    curves, noisy, _, _ = planted(n=40)
    path = write_series(tmp_path / "in.gpkg", curves, noisy, quality=np.full(80, "mine", dtype=object))
    _, judged = run(path, tmp_path)
    assert set(judged.fields["quality"]) == {"mine"}
    assert set(judged.fields["quality_2"]) <= set(CATEGORIES)


def test_published_samples_of_mato_grosso(shared_data, tmp_path):
    parameters = sample_quality.Parameters(
        str(shared_data / "mato_grosso_sits/samples_modis_ndvi.gpkg"),
        "label",
        str(tmp_path / "out.gpkg"),
        start_field="start_date",
        end_field="end_date",
        seasons=str(tmp_path / "seasons.gpkg"),
        n_seeds=3,
    )
    outputs = sample_quality.run(parameters, CONTEXT).outputs
    assert outputs["n_samples"] == 1218
    assert outputs["n_keep"] > 900
    years = SampleTable.read(tmp_path / "seasons.gpkg").fields["year"]
    assert {2000.0, 2007.0, 2015.0} <= set(years[np.isfinite(years)])


def test_published_scores_of_tisqe():
    """Error matrices of 275 test samples before and after cleaning, as published."""
    from cropsample_plugin.engine.models.metrics import class_scores

    for matrix, accuracy, scores in (
        ([[172, 5], [18, 80]], 91.64, (93.73, 87.43)),
        ([[185, 2], [5, 83]], 97.45, (98.14, 95.95)),
    ):
        counts = np.array(matrix)
        assert 100 * np.trace(counts) / counts.sum() == pytest.approx(accuracy, abs=5e-3)
        np.testing.assert_allclose(100 * class_scores(counts).f1, scores, atol=5e-3)


def test_the_start_of_the_series_is_no_date_of_observation(tmp_path):
    """Otherwise seasons that begin a month after the series does would match no date."""
    days = np.arange(0, 360, 10)
    rng = np.random.default_rng(0)
    curves = np.concatenate([curves_of(40, 160, rng), curves_of(40, 200, rng)])
    starts = np.full(80, "2021-09-01", dtype=object)
    fields = {"crop": np.array(["soy"] * 40 + ["maize"] * 40, dtype=object), "from": starts}
    fields |= {f"NDVI_t{step + 1:02d}": curves[:, step].astype(np.float32) for step in range(len(days))}
    points = np.array(shapely.to_wkb(shapely.points(np.arange(80.0), np.zeros(80))), dtype=object)
    write_table(OutputTable(fields, {}, points, "EPSG:32630", "Point"), tmp_path / "in.gpkg", "samples")
    _, judged = run(str(tmp_path / "in.gpkg"), tmp_path, date_field="from", start_field="from")
    assert all(season is not None for season in judged.fields["season"])
    assert "says when the series start" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_samples_outside_the_stack_are_listed_and_the_others_judged(tmp_path):
    from dated_stacks import dates_every, write_stack

    rng = np.random.default_rng(0)
    peaks = np.where(np.arange(400) % 2 == 0, 130, 210)
    days = np.arange(0, 360, 10)
    curves = 0.2 + 0.5 * np.exp(-((days[:, None] - peaks) ** 2) / 1800.0) + rng.normal(0, 0.02, (36, 400))
    stored = np.clip(curves * 10_000, 0, 10_000).astype(np.uint16).reshape(36, 1, 20, 20)
    stack = write_stack(tmp_path / "stack.tif", stored, dates_every(36, 10, "2021-01-01"), ["NDVI"])
    with rasterio.open(stack) as dataset:
        x, y = rasterio.transform.xy(dataset.transform, *np.divmod(np.arange(400), 20))
        crs = dataset.crs.to_wkt()
    x = np.asarray(x, dtype=float)
    x[:3] -= 1e6
    points = np.array(shapely.to_wkb(shapely.points(x, np.asarray(y, dtype=float))), dtype=object)
    labels = np.where(peaks == 130, "wheat", "maize").astype(object)
    samples = tmp_path / "samples.gpkg"
    write_table(OutputTable({"crop": labels}, {}, points, crs, "Point"), samples, "samples")
    outputs, judged = run(str(samples), tmp_path, stack=stack, dropped=str(tmp_path / "dropped.gpkg"))
    dropped = SampleTable.read(tmp_path / "dropped.gpkg")
    assert set(dropped.fields["reason"]) == {"outside the raster"}
    assert (dropped.n_rows, judged.n_rows, outputs["n_samples"]) == (3, 397, 397)
    assert outputs["n_keep"] > 390
