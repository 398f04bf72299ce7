"""Cross-validation on real fields: the published baselines of the reference random forest."""

from __future__ import annotations

import csv

import pyogrio
import pytest

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import cross_validate
from cropsample_plugin.jobs.registry import JobContext, read_parameters


def baseline(shared_data, dataset, validation):
    with (shared_data / "BASELINES.csv").open() as stream:
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
