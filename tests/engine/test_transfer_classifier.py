"""The job transferclassifier: package, report and scores, and every way in which its input can be bad."""

from __future__ import annotations

import dataclasses
import json
import re
import zipfile

import numpy as np
import pyogrio
import pyogrio.raw
import pytest
import shapely
from training_factories import QUICK, Recorder, make_series, series_columns, write_samples

from cropsample_plugin.engine.errors import (
    CanceledError,
    InputError,
    MismatchError,
    ModelPackageError,
    OutputError,
    SamplesError,
)
from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.models.transfer import trial
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import train_classifier, transfer_classifier
from cropsample_plugin.jobs.registry import JOBS, JobContext, read_parameters


def context(progress=None):
    return JobContext(progress or SilentProgress(), 1, 500, "cpu")


def layer(path, *, n=90, n_classes=3, labels=None, seed=0, extra=None, scale=1.0, shift=0.0, columns=None):
    values, classes = make_series(n, n_classes, seed=seed)
    names = np.array([f"crop {index}" for index in classes], dtype=object) if labels is None else labels
    found = series_columns(values * scale + shift)
    return write_samples(path, {"crop": names, **(extra or {}), **(columns(found) if columns else found)})


def train(folder, samples, model="cnn_1d", name="source.zip", **hyperparameters):
    values = {
        "samples": samples, "class_field": "crop", "model": model, "model_package": str(folder / name),
        "validation": "none", "hyperparameters": {**QUICK[model], **hyperparameters}, "seed": 1,
    }  # fmt: skip
    train_classifier.run(read_parameters(train_classifier, values), context())
    return str(folder / name)


@pytest.fixture
def source(tmp_path):
    return layer(tmp_path / "source.gpkg", seed=1)


@pytest.fixture
def package(tmp_path, source):
    return train(tmp_path, source)


def run(folder, package, samples, progress=None, **values):
    given = {
        "model_package": package, "samples": samples, "output": str(folder / "target.zip"), "class_field": "crop",
        "report": str(folder / "report.html"), "table": str(folder / "scores.gpkg"),
        "dropped": str(folder / "dropped.gpkg"), "n_repeats": 2, **values,
    }  # fmt: skip
    return transfer_classifier.run(read_parameters(transfer_classifier, given), context(progress)).outputs


def test_the_job_is_registered():
    assert JOBS["transferclassifier"] == "cropsample_plugin.jobs.transfer_classifier"


def test_three_models_stand_side_by_side(tmp_path, package):
    target = layer(tmp_path / "target.gpkg", n=120, seed=7, shift=0.3)
    outputs = run(tmp_path, package, target, strategy="fine_tune", treatment="R1", learning_rate=0.01)
    names = ("naive", "transfer", "scratch")
    assert all(0.0 <= outputs[f"{name}_macro_f1"] <= 1.0 for name in names)
    best = max(names, key=lambda name: outputs[f"{name}_macro_f1"])
    assert outputs[f"{outputs['recommended']}_macro_f1"] == outputs[f"{best}_macro_f1"]
    assert outputs["n_labeled"] == 120
    report = (tmp_path / "report.html").read_text(encoding="utf-8")
    for words in ("Naive: the source model as it is", "Transfer", "From scratch", "untouched parcels", "<svg"):
        assert words in report
    assert outputs["verdict"].split(".")[0] in re.sub(r"\s+", " ", report)
    rows = pyogrio.read_dataframe(tmp_path / "scores.gpkg", read_geometry=False)
    assert sorted(rows.candidate.value_counts().to_dict().items()) == [("naive", 2), ("scratch", 2), ("transfer", 2)]


def test_the_package_tells_how_it_came_about(tmp_path, package):
    target = layer(tmp_path / "target.gpkg", seed=7)
    run(tmp_path, package, target, strategy="fine_tune", treatment="R4", pack="transfer")
    told = load_package(tmp_path / "target.zip").provenance["transfer"]
    assert (told["strategy"], told["treatment"], told["packed"]) == ("fine_tune", "R4", "transfer")
    assert set(told["scores"]) == {"naive", "transfer", "scratch"}


class Stubborn:
    """A model that takes everything for its first class."""

    n_classes = 3

    def predict_probabilities(self, values, static_values):  # noqa: ARG002 - every model has this form
        return np.tile(np.array([[1.0, 0.0, 0.0]], dtype=np.float32), (len(values), 1))


def test_a_transfer_that_loses_is_neither_recommended_nor_packed(tmp_path, package, monkeypatch):
    target = layer(tmp_path / "target.gpkg", n=60, seed=8)
    original = trial.adapt

    def spoilt(source, part, options, run_context):
        return dataclasses.replace(original(source, part, options, run_context), predictor=Stubborn())

    monkeypatch.setattr(trial, "adapt", spoilt)
    outputs = run(tmp_path, package, target, strategy="fine_tune", treatment="R1")
    assert outputs["transfer_macro_f1"] < outputs["naive_macro_f1"]
    assert outputs["recommended"] != "transfer"
    assert "does not beat the source model" in outputs["verdict"]
    packed = load_package(tmp_path / "target.zip")
    is_naive = packed.weights == load_package(package).weights
    assert is_naive == (outputs["recommended"] == "naive")
    run(tmp_path, package, target, strategy="fine_tune", treatment="R1", pack="transfer")
    assert load_package(tmp_path / "target.zip").weights not in (packed.weights, load_package(package).weights)


def test_the_same_seed_gives_the_same_bytes(tmp_path, package, source):
    target = layer(tmp_path / "target.gpkg", seed=7)
    content = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        run(tmp_path / name, package, target, strategy="dann", source_samples=source, pack="transfer", seed=5)
        content.append((tmp_path / name / "target.zip").read_bytes())
    assert content[0] == content[1]


def test_without_labels_there_is_a_package_but_no_proof(tmp_path, package, source):
    target = layer(tmp_path / "target.gpkg", seed=7, scale=2.0, shift=1.0)
    outputs = run(tmp_path, package, target, class_field="", strategy="zero_label", source_samples=source,
                  source_class_field="crop")  # fmt: skip
    assert (outputs["n_labeled"], outputs["n_unlabeled"]) == (0, 90)
    assert outputs["naive_macro_f1"] is None
    assert "Not proven" in outputs["verdict"]
    assert load_package(tmp_path / "target.zip").class_factors
    assert "Not proven" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_samples_without_a_class_are_the_pool_and_those_of_labeled_parcels_are_dropped(tmp_path, package, source):
    labels = np.array([f"crop {i % 3}" for i in range(90)], dtype=object)
    labels[45:] = None
    parcels = np.arange(90)
    parcels[45:55] = np.arange(10)
    target = layer(tmp_path / "target.gpkg", labels=labels, seed=7, extra={"parcel": parcels})
    outputs = run(tmp_path, package, target, strategy="dann", source_samples=source, group_field="parcel")
    assert (outputs["n_labeled"], outputs["n_unlabeled"], outputs["n_dropped"]) == (45, 35, 10)
    dropped = pyogrio.read_dataframe(tmp_path / "dropped.gpkg", read_geometry=False)
    assert set(dropped.reason) == {"it has no class, and other samples of its parcel have one"}
    assert "other samples of its parcel" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_copy_of_a_labeled_sample_is_no_unlabeled_one(tmp_path, package, source):
    """Without a group field, the same series twice is the same parcel: a pool with it would know the test."""
    values, classes = make_series(60, 3, seed=7)
    values = np.concatenate([values, values[:8]])
    labels = np.array([f"crop {i}" for i in classes] + [None] * 8, dtype=object)
    target = write_samples(tmp_path / "target.gpkg", {"crop": labels, **series_columns(values)})
    outputs = run(tmp_path, package, target, strategy="dann", source_samples=source)
    assert (outputs["n_labeled"], outputs["n_unlabeled"], outputs["n_dropped"]) == (60, 0, 8)


def test_a_class_that_the_source_lacks_is_learned_and_told(tmp_path):
    source = layer(tmp_path / "two.gpkg", n_classes=2, seed=1)
    package = train(tmp_path, source)
    target = layer(tmp_path / "target.gpkg", n=120, seed=7)
    outputs = run(tmp_path, package, target, strategy="fine_tune", treatment="R1", learning_rate=0.01, pack="transfer")
    assert [item.name for item in load_package(tmp_path / "target.zip").classes] == ["crop 0", "crop 1", "crop 2"]
    assert outputs["transfer_macro_f1"] > outputs["naive_macro_f1"]
    assert "does not know: crop 2" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_class_that_the_target_lacks_is_told(tmp_path, package):
    labels = np.array([f"crop {i % 2}" for i in range(90)], dtype=object)
    target = layer(tmp_path / "target.gpkg", labels=labels, seed=7)
    run(tmp_path, package, target, strategy="direct")
    assert "not tested: crop 2" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_labels_of_one_class_cannot_teach(tmp_path, package):
    target = layer(tmp_path / "target.gpkg", labels=np.full(90, "crop 1", dtype=object), seed=7)
    with pytest.raises(SamplesError, match="two classes or more"):
        run(tmp_path, package, target, strategy="fine_tune")


def test_weights_that_are_all_zero_are_refused(tmp_path, package):
    target = layer(tmp_path / "target.gpkg", seed=7, extra={"w": np.zeros(90)})
    with pytest.raises(SamplesError, match="No sample of the target can be used: 90 because its weight is zero"):
        run(tmp_path, package, target, weight_field="w")
    assert not (tmp_path / "target.zip").exists()


def test_other_bands_are_refused(tmp_path, package):
    def renamed(columns):
        return {name.replace("B02", "B12"): column for name, column in columns.items()}

    target = layer(tmp_path / "target.gpkg", seed=7, columns=renamed)
    with pytest.raises(MismatchError, match="target samples lack bands that the model needs: B02"):
        run(tmp_path, package, target)


def test_other_dates_are_refused(tmp_path, package):
    def fewer(columns):
        return {name: column for name, column in columns.items() if not name.endswith("t06")}

    target = layer(tmp_path / "target.gpkg", seed=7, columns=fewer)
    with pytest.raises(MismatchError, match="6 positions of the kind 'step', the target has 5"):
        run(tmp_path, package, target)


def test_other_units_are_refused(tmp_path, package):
    target = layer(tmp_path / "target.gpkg", seed=7, scale=10_000.0)
    with pytest.raises(MismatchError, match=r"(?s)target's band 'B0\d' are about .* times larger.*units"):
        run(tmp_path, package, target)


def dated_layer(path, first, seed=1):
    values, classes = make_series(90, 3, seed=seed)
    dates = [str(np.datetime64(first) + 30 * step).replace("-", "") for step in range(values.shape[1])]
    columns = {f"ndvi_{date}": values[:, step, 0].astype(float) for step, date in enumerate(dates)}
    return write_samples(path, {"crop": np.array([f"crop {i}" for i in classes], dtype=object), **columns})


def test_seasons_that_do_not_overlap_are_refused_until_the_shift_is_given(tmp_path):
    package = train(tmp_path, dated_layer(tmp_path / "north.gpkg", "2019-03-01"), kernel_size=2)
    south = dated_layer(tmp_path / "south.gpkg", "2019-09-01", seed=4)
    with pytest.raises(MismatchError, match="seasons do not overlap"):
        run(tmp_path, package, south)
    run(tmp_path, package, south, season_shift_days=182.0)
    assert load_package(tmp_path / "target.zip").expects.axis.labels[0] == "2019-09-01"


def test_the_departure_point_experiment_is_in_table_and_report(tmp_path, package):
    values, classes = make_series(150, 3, seed=7)
    columns = {"crop": np.array([f"crop {i}" for i in classes], dtype=object), **series_columns(values)}
    rng = np.random.default_rng(0)
    points = shapely.points(66.0 + rng.uniform(0, 0.9, 150), 39.0 + rng.uniform(0, 0.3, 150))
    arrays = [np.asarray(column) for column in columns.values()]
    pyogrio.raw.write(str(tmp_path / "t.gpkg"), shapely.to_wkb(points), arrays, list(columns), driver="GPKG",
                      geometry_type="Point", crs="EPSG:4326", layer="t")  # fmt: skip
    values = {"strategy": "fine_tune", "treatment": "R1", "start_point": "66.0,39.15", "radii": "20, 25;30"}
    run(tmp_path, package, str(tmp_path / "t.gpkg"), **values)
    rows = pyogrio.read_dataframe(tmp_path / "scores.gpkg", read_geometry=False)
    rows = rows[rows.experiment == "departure"]
    assert sorted(rows.radius_km.unique()) == [20.0, 25.0, 30.0]
    assert set(rows.placement) == {"near the start", "spread out"}
    assert len(rows) == 3 * 2 * 2 * 3
    assert "as many spread out" in (tmp_path / "report.html").read_text(encoding="utf-8")
    for place in ("66.0", "here", "39.15,166.0", "66.0,39.15,1", "nan,3"):
        with pytest.raises(InputError, match="is no place"):
            run(tmp_path, package, str(tmp_path / "t.gpkg"), start_point=place)
    for radii in ("", "twenty", "-5", "0"):
        with pytest.raises(InputError, match="radii"):
            run(tmp_path, package, str(tmp_path / "t.gpkg"), start_point="66.0,39.15", radii=radii)


def test_training_that_diverges_is_said_and_packs_sound_weights(tmp_path, package):
    target = layer(tmp_path / "target.gpkg", seed=7)
    frame = pyogrio.read_dataframe(target)
    frame.loc[:1, "B01_t03"] = 3e38
    pyogrio.write_dataframe(frame, tmp_path / "huge.gpkg")
    progress = Recorder()
    with np.errstate(all="ignore"):
        run(tmp_path, package, str(tmp_path / "huge.gpkg"), progress, strategy="fine_tune", treatment="R1",
            scaling="source", pack="transfer")  # fmt: skip
    assert any("diverged" in text for _, text in progress.logs)
    load_package(tmp_path / "target.zip").predictor()


def newer(package, path):
    with zipfile.ZipFile(package) as archive, zipfile.ZipFile(path, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "model.json":
                content = json.dumps({**json.loads(content), "format_version": 99}).encode()
            copy.writestr(name, content)
    return str(path)


def test_a_package_of_a_newer_version_is_refused(tmp_path, package):
    target = layer(tmp_path / "target.gpkg", seed=7)
    with pytest.raises(ModelPackageError, match=r"format 99.*Update CropSample"):
        run(tmp_path, newer(package, tmp_path / "newer.zip"), target)


@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ({"strategy": "zero_label"}, InputError, "samples of the source"),
        ({"strategy": "magic"}, InputError, "direct, zero_label"),
        ({"strategy": "fine_tune", "treatment": "R9"}, InputError, "R1, R2, R3, R4"),
        ({"scaling": "both"}, InputError, "'source' or 'target'"),
        ({"pack": "all"}, InputError, "recommended, transfer"),
        ({"class_field": "nothing"}, SamplesError, "no field 'nothing'"),
        ({"output": "target.txt"}, OutputError, "zip"),
    ],
)
def test_wrong_choices_are_refused(tmp_path, package, values, error, words):
    target = layer(tmp_path / "target.gpkg", seed=7)
    if "output" in values:
        values = {"output": str(tmp_path / values["output"])}
    with pytest.raises(error, match=words):
        run(tmp_path, package, target, **values)
    assert not (tmp_path / "target.zip").exists()


def test_a_forest_is_not_fine_tuned(tmp_path, source):
    package = train(tmp_path, source, "random_forest", "forest.zip")
    target = layer(tmp_path / "target.gpkg", seed=7)
    with pytest.raises(InputError, match="layers of a network"):
        run(tmp_path, package, target, strategy="fine_tune")


def test_few_labels_filled_up_make_one_forest_that_reads_all_dates(tmp_path, source):
    package = train(tmp_path, source, "random_forest", "forest.zip", n_trees=20)
    labels = np.array([f"crop {i % 3}" if i < 12 else None for i in range(90)], dtype=object)
    target = layer(tmp_path / "target.gpkg", labels=labels, seed=7, shift=0.3)
    outputs = run(tmp_path, package, target, strategy="fill_in", source_samples=source, pack="transfer")
    assert (outputs["n_labeled"], outputs["n_unlabeled"]) == (12, 78)
    packed = load_package(tmp_path / "target.zip")
    assert len(packed.expects.axis) == len(load_package(package).expects.axis)
    assert len(packed.predictor().estimator.estimators_) == 20
    assert packed.provenance["transfer"]["strategy"] == "fill_in"
    assert "Classes filled up to 6 labels: crop 0, crop 1, crop 2" in (tmp_path / "report.html").read_text()


def test_source_samples_of_other_classes_are_refused(tmp_path, package):
    other = layer(tmp_path / "other.gpkg", labels=np.array(["a", "b"] * 45, dtype=object))
    target = layer(tmp_path / "target.gpkg", seed=7)
    with pytest.raises(SamplesError, match="two classes of the model"):
        run(tmp_path, package, target, strategy="dann", source_samples=other)


def test_cancelling_leaves_nothing_behind(tmp_path, package):
    target = layer(tmp_path / "target.gpkg", seed=7)
    with pytest.raises(CanceledError):
        run(tmp_path, package, target, Recorder(cancel_after=5), strategy="fine_tune", treatment="R1")
    assert not (tmp_path / "target.zip").exists()
