"""Training on the real data sets, against the accuracies that BASELINES.csv states."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from training_factories import write_samples

from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters


def baseline(shared_data, name, split="random stratified 5-fold"):
    with (shared_data / "BASELINES.csv").open(encoding="utf-8") as stream:
        row = next(row for row in csv.DictReader(stream) if row["dataset"].startswith(name) and row["cv"] == split)
    return float(row["accuracy"]), float(row["macro_f1"])


def run(name, **values):
    module = job_module(name)
    return module.run(read_parameters(module, values), JobContext(SilentProgress(), 2, 1500, "auto")).outputs


def train(folder, samples, class_field, model="random_forest", **values):
    values = {"seed": 0, "model_package": str(folder / "model.zip"), "report": str(folder / "report.html"), **values}
    return run("trainclassifier", samples=str(samples), class_field=class_field, model=model, **values)


@pytest.fixture
def sinop(shared_data):
    return shared_data / "mato_grosso_sits" / "samples_modis_ndvi.gpkg"


@pytest.fixture
def central_asia(shared_data, tmp_path):
    """The fields of the classes with at least 80 fields, with a parcel block of about 5 km as group."""
    table = SampleTable.read(shared_data / "central_asia_uz_south" / "central_asia_uz_south.gpkg")
    labels, counts = np.unique(table.column("label_1").astype(str), return_counts=True)
    table = table.subset(np.isin(table.column("label_1").astype(str), labels[counts >= 80]))
    series = {name: values for name, values in table.fields.items() if name.startswith("ndvi_d")}
    columns = {"label_1": table.column("label_1"), "sample_id": table.column("sample_id")}
    return write_samples(tmp_path / "fields.gpkg", {**columns, **series})


@pytest.mark.slow
def test_sinop_five_fold_accuracy_is_the_baseline(tmp_path, shared_data, sinop):
    accuracy, macro_f1 = baseline(shared_data, "mato_grosso_sits")
    outputs = train(tmp_path, sinop, "label")
    assert outputs["n_samples"] == 1218
    assert outputs["overall_accuracy"] == pytest.approx(accuracy, abs=0.01)
    assert outputs["macro_f1"] == pytest.approx(macro_f1, abs=0.01)
    package = load_package(tmp_path / "model.zip")
    assert package.expects.bands == ("NDVI",)
    assert len(package.expects.axis) == 12
    assert -0.3 < package.expects.value_ranges[0].percentile_1 < package.expects.value_ranges[0].percentile_99 <= 1.0


@pytest.mark.slow
@pytest.mark.parametrize("model", ["svm", "lstm", "multi_head_lstm"])
def test_the_other_models_are_close_on_sinop(tmp_path, sinop, model):
    outputs = train(tmp_path, sinop, "label", model, validation="holdout")
    assert outputs["overall_accuracy"] > 0.8


@pytest.mark.slow
def test_central_asia_table_of_polygons_with_gaps(tmp_path, shared_data, central_asia):
    accuracy, macro_f1 = baseline(shared_data, "central_asia_uz_south")
    settings = {"n_trees": 100}
    outputs = train(tmp_path, central_asia, "label_1", hyperparameters=settings, max_missing_share=1.0)
    assert (outputs["n_samples"], outputs["n_dropped"]) == (4702, 0)
    assert outputs["overall_accuracy"] == pytest.approx(accuracy, abs=0.01)
    assert outputs["macro_f1"] == pytest.approx(macro_f1, abs=0.02)


@pytest.mark.slow
def test_central_asia_parcels_stay_whole(tmp_path, shared_data):
    source = shared_data / "central_asia_uz_south" / "central_asia_uz_south.gpkg"
    outputs = train(
        tmp_path, source, "label_1", group_field="sample_id", validation="holdout", hyperparameters={"n_trees": 50}
    )
    assert outputs["overall_accuracy"] > 0.88
    assert outputs["n_samples"] + outputs["n_dropped"] == 4813
    if outputs["n_dropped"]:
        assert SampleTable.read(outputs["dropped"]).n_rows == outputs["n_dropped"]


@pytest.mark.slow
def test_dtwsat_samples_with_their_own_seasons_out_of_a_six_year_stack(tmp_path, shared_data):
    folder = shared_data / "dtwsat_mato_grosso"
    stack = tmp_path / "stack.vrt"
    inputs = [str(folder / f"MOD13Q1_{band}.tif") for band in ("ndvi", "evi", "red", "nir", "mir", "blue")]
    run("buildtimeseries", inputs=inputs, output=str(stack))
    outputs = train(
        tmp_path,
        folder / "samples.gpkg",
        "label",
        stack=str(stack),
        start_field="start_date",
        end_field="end_date",
        hyperparameters={"n_trees": 100},
    )
    accuracy, _ = baseline(shared_data, "dtwsat_mato_grosso 6 bands")
    assert outputs["n_samples"] == 603
    assert outputs["overall_accuracy"] == pytest.approx(accuracy, abs=0.01)
    package = load_package(tmp_path / "model.zip")
    assert package.expects.axis.kind.value == "step"
    assert len(DatedStack.open(stack).dates) == 137
