"""Cross-validation on real fields: the published baselines of the reference random forest."""

from __future__ import annotations

import csv

import pyogrio
import pytest

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import cross_validate
from cropsample_plugin.jobs.registry import JobContext, read_parameters


def baseline(shared_data, dataset, validation):
    with (shared_data / "BASELINES.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if row["dataset"].startswith(dataset) and row["cv"].startswith(validation):
                return float(row["accuracy"]), float(row["macro_f1"])
    raise AssertionError(f"no baseline for {dataset}, {validation}")


def run(folder, samples, class_field, **values):
    values = {
        "samples": str(samples), "class_field": class_field, "table": str(folder / "scores.gpkg"),
        "report": str(folder / "report.html"), "learning_curve": False, "max_missing_share": 1.0, "seed": 0, **values,
    }  # fmt: skip
    context = JobContext(SilentProgress(), 2, 2000, "cpu")
    return cross_validate.run(read_parameters(cross_validate, values), context).outputs


@pytest.fixture
def fields(shared_data, tmp_path):
    """The fields of Central Asia of the classes with at least 80 fields."""
    frame = pyogrio.read_dataframe(shared_data / "central_asia_uz_south" / "central_asia_uz_south.gpkg")
    frame = frame[frame.groupby("label_1")["label_1"].transform("size") >= 80]
    pyogrio.write_dataframe(frame, tmp_path / "fields.gpkg")
    return tmp_path / "fields.gpkg"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("protocol", "published", "values"),
    [
        ("leave_one_year_out", "leave-one-year-out", {"year_field": "year"}),
        ("leave_one_region_out", "leave-one-region-out", {"region_field": "region"}),
        ("spatial_blocks", "spatial blocks 5 km", {"block_size_km": 5.0}),
    ],
)
def test_central_asia_is_as_hard_as_published(tmp_path, shared_data, fields, protocol, published, values):
    accuracy, macro_f1 = baseline(shared_data, "central_asia_uz_south", published)
    outputs = run(tmp_path, fields, "label_1", protocol=protocol, **values)
    assert outputs["n_samples"] == 4702
    assert outputs["overall_accuracy"] == pytest.approx(accuracy, abs=0.01)
    assert outputs["macro_f1"] == pytest.approx(macro_f1, abs=0.015)
    assert outputs["random_macro_f1"] == pytest.approx(0.763, abs=0.02)


@pytest.mark.slow
def test_mato_grosso_flatters_when_neighbours_are_torn_apart(tmp_path, shared_data):
    samples = shared_data / "mato_grosso_sits" / "samples_modis_ndvi.gpkg"
    accuracy, macro_f1 = baseline(shared_data, "mato_grosso_sits", "spatial blocks")
    # As in the baseline's half degree, all forest lies in one block: held out, it is unknown to the model.
    outputs = run(tmp_path, samples, "label", protocol="spatial_blocks", block_size_km=60.0)
    assert outputs["random_macro_f1"] == pytest.approx(0.9148, abs=0.015)
    assert outputs["overall_accuracy"] == pytest.approx(accuracy, abs=0.02)
    assert outputs["macro_f1"] == pytest.approx(macro_f1, abs=0.02)


SEASONS_OUT = {"protocol": "leave_one_year_out", "year_field": "season"}


def only(samples, path, classes, seasons):
    """Write the samples of some classes and seasons; nearly every season must have every class."""
    frame = pyogrio.read_dataframe(samples)
    frame = frame[frame.label.isin(classes) & frame.season.isin(seasons)]
    n_lacking = frame.groupby("season").label.nunique().lt(len(classes)).sum()
    assert n_lacking <= (1 if len(seasons) > 3 else 0)
    pyogrio.write_dataframe(frame, path)
    return path


@pytest.mark.slow
def test_mato_grosso_without_one_season_is_as_hard_as_published(tmp_path, shared_data):
    """Cerrado and pasture are the classes that the seasons have in common, 2015 (cerrado alone) apart."""
    samples = shared_data / "mato_grosso_sits" / "samples_modis_ndvi.gpkg"
    both = only(samples, tmp_path / "both.gpkg", ["Cerrado", "Pasture"], range(2000, 2016))
    published = baseline(shared_data, "mato_grosso_sits Cerrado+Pasture", "leave-one-season-out")
    outputs = run(tmp_path, both, "label", **SEASONS_OUT)
    assert (outputs["n_samples"], outputs["n_folds"]) == (723, 16)
    assert (outputs["overall_accuracy"], outputs["macro_f1"]) == pytest.approx(published, abs=0.01)
    assert outputs["random_macro_f1"] > outputs["macro_f1"]


@pytest.mark.slow
def test_all_classes_of_mato_grosso_without_one_season_are_as_hard_as_published(tmp_path, shared_data):
    """Here classes and seasons are confounded: what is missing in a season costs nothing in it."""
    samples = shared_data / "mato_grosso_sits" / "samples_modis_ndvi.gpkg"
    published = baseline(shared_data, "mato_grosso_sits", "leave-one-season-out (all 4")
    outputs = run(tmp_path, samples, "label", **SEASONS_OUT)
    assert (outputs["n_samples"], outputs["n_folds"]) == (1218, 16)
    assert (outputs["overall_accuracy"], outputs["macro_f1"]) == pytest.approx(published, abs=0.01)


@pytest.mark.slow
def test_dtwsat_without_one_season_is_as_easy_as_published(tmp_path, shared_data, run_job):
    """Forest and soybean-millet, with the series of their own seasons out of a stack of six years."""
    folder = shared_data / "dtwsat_mato_grosso"
    stack = str(tmp_path / "dtwsat.vrt")
    bands = [str(folder / f"MOD13Q1_{band}.tif") for band in ("ndvi", "evi", "red", "nir", "mir", "blue")]
    run_job("buildtimeseries", inputs=bands, output=stack)
    classes, seasons = ["Forest", "Soybean-millet"], (2010, 2011, 2012)
    samples = only(folder / "samples.gpkg", tmp_path / "both.gpkg", classes, seasons)
    published = baseline(shared_data, "dtwsat Forest+Soybean-millet", "leave-one-season-out")
    outputs = run(
        tmp_path, samples, "label", stack=stack, start_field="start_date", end_field="end_date", **SEASONS_OUT
    )
    assert (outputs["n_samples"], outputs["n_folds"]) == (253, 3)
    assert (outputs["overall_accuracy"], outputs["macro_f1"]) == pytest.approx(published, abs=0.01)
