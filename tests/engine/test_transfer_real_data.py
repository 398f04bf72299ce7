"""Transfer between real regions and years: zero labels from Samarkand 2016 to Kashkadarya 2018 and back."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pyogrio
import pytest

from cropsample_plugin.engine.models.metrics import macro_f1, overall_accuracy
from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.models.samples import SampleFields
from cropsample_plugin.engine.models.transfer.preparation import combine, prepare_domain
from cropsample_plugin.engine.models.transfer.strategies import naive
from cropsample_plugin.engine.models.transfer.trial import score
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.jobs import train_classifier, transfer_classifier
from cropsample_plugin.jobs.registry import JobContext, read_parameters

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import transfer_central_asia


def run(module, **values):
    return module.run(read_parameters(module, values), JobContext(SilentProgress(), 1, 2000, "cpu")).outputs


@pytest.fixture
def years(shared_data, tmp_path):
    """The fields of each year, of the classes with at least 80 fields; and the same without their classes."""
    frame = pyogrio.read_dataframe(shared_data / "central_asia_uz_south" / "central_asia_uz_south.gpkg")
    frame = frame[frame.groupby("label_1")["label_1"].transform("size") >= 80]
    for year in (2016, 2018):
        own = frame[frame.year == year]
        pyogrio.write_dataframe(own, tmp_path / f"{year}.gpkg")
        pyogrio.write_dataframe(own.drop(columns=["label_1", "label_2"]), tmp_path / f"{year}_unlabeled.gpkg")
    return tmp_path


def transfer(folder, source, target):
    """Train on a year, transfer without labels, and score the packages on the labels that were hidden."""
    options = {"hyperparameters": {"n_trees": 100}, "max_missing_share": 1.0}
    run(train_classifier, samples=str(folder / f"{source}.gpkg"), class_field="label_1", model="random_forest",
        model_package=str(folder / "source.zip"), validation="none", **options)  # fmt: skip
    run(transfer_classifier, model_package=str(folder / "source.zip"), samples=str(folder / f"{target}_unlabeled.gpkg"),
        source_samples=str(folder / f"{source}.gpkg"), source_class_field="label_1", strategy="zero_label",
        output=str(folder / "target.zip"))  # fmt: skip
    table = SampleTable.read(folder / f"{target}.gpkg")
    scores = []
    for name in ("source.zip", "target.zip"):
        package = load_package(folder / name)
        labels = [item.label for item in package.classes]
        kept = table if name == "source.zip" else only(table, package.expects.axis.labels)
        prepared = prepare_domain(kept, SampleFields("label_1"), package, 0.0)
        found, domain = combine(package, prepared)
        matrix = score(naive(found), domain.labeled)
        assert [item.label for item in found.classes[: len(labels)]] == labels
        scores.append((overall_accuracy(matrix), macro_f1(matrix)))
    return scores


def only(table, days):
    """Return the table with some of its dates."""
    kept = {f"ndvi_d{int(day):03d}" for day in days}
    fields = {name: values for name, values in table.fields.items() if not name.startswith("ndvi_d") or name in kept}
    return SampleTable(fields, table.geometry, table.crs, table.fids, table.dtypes, table.geometry_type, table.source)


@pytest.mark.slow
def test_zero_labels_beat_the_source_model_between_regions_and_years(years):
    scores = np.array([transfer(years, 2016, 2018), transfer(years, 2018, 2016)])
    before, after = scores[:, 0].mean(axis=0), scores[:, 1].mean(axis=0)
    assert before == pytest.approx([0.766, 0.355], abs=0.02)
    assert after[0] > 0.80
    assert after[1] > 0.45


@pytest.mark.slow
def test_source_samples_in_place_of_missing_labels_beat_the_labels_alone(shared_data):
    """25 labels, four splits, both directions pooled; the benchmark's ten splits gain 0.048."""
    cases = [
        transfer_central_asia.load_case(shared_data, "random_forest", years)
        for years in transfer_central_asia.DIRECTIONS
    ]
    names = tuple([item.name for item in case.source.classes] for case in cases)
    means = {}
    for strategy in ("fill_in", "scratch"):
        matrices = [
            [transfer_central_asia.run_row(case, strategy, 25, repeat)["matrix"] for case in cases]
            for repeat in range(4)
        ]
        means[strategy] = np.mean([macro_f1(transfer_central_asia.pooled(both, names)) for both in matrices])
    assert means["fill_in"] > means["scratch"] + 0.02
