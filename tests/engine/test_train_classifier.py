"""The training job from file to file: outputs, report, bad input, cancel, the same bytes again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin
from training_factories import (
    QUICK,
    Recorder,
    make_series,
    series_columns,
    write_samples,
    write_series_layer,
)

from cropsample_plugin.engine.errors import CanceledError, CropSampleError, OutputError, SamplesError
from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.jobs.protocol import Job
from cropsample_plugin.jobs.registry import JOBS, JobContext, job_module, read_parameters

ROOT = Path(__file__).resolve().parents[2]
MODELS = list(QUICK)


def train(folder, samples, progress=None, model="random_forest", threads=1, **parameters):
    values = {
        "samples": str(samples),
        "class_field": "crop",
        "model": model,
        "hyperparameters": QUICK[model],
        "model_package": str(folder / "model.zip"),
        "report": str(folder / "report.html"),
        **parameters,
    }
    module = job_module("trainclassifier")
    context = JobContext(progress or SilentProgress(), threads=threads, memory_mb=1000, device="auto")
    return module.run(read_parameters(module, values), context)


class Page(HTMLParser):
    """Collects what a page would fetch, and its text."""

    def __init__(self, path):
        super().__init__()
        self.links, self.tags, self.text = [], [], ""
        self.feed(Path(path).read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in {"href", "src", "xlink:href"} and value[:1] != "#"]

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("model", MODELS)
def test_every_model_trains_and_its_package_predicts(tmp_path, model):
    result = train(tmp_path, write_series_layer(tmp_path / "samples.gpkg", noise=0.1), model=model)
    outputs = result.outputs
    package = load_package(outputs["model_package"])
    values, classes = make_series(90, 3, noise=0.1)
    probabilities = package.predictor().predict_probabilities(values, np.zeros((90, 0), np.float32))
    assert probabilities.shape == (90, 3)
    if "lstm" not in model:
        assert outputs["overall_accuracy"] > 0.9
        assert np.mean(probabilities.argmax(axis=1) == classes) > 0.95
    assert package.provenance["scores"]["overall_accuracy"] == outputs["overall_accuracy"]
    assert outputs["auc"] is None
    assert (outputs["n_samples"], outputs["n_dropped"], outputs["dropped"]) == (90, 0, "")
    assert [row["label"] for row in outputs["per_class"]] == ["crop 0", "crop 1", "crop 2"]
    assert result.files == [outputs["model_package"], outputs["report"]]
    json.dumps(outputs, allow_nan=False)


def test_two_classes_have_an_auc_and_the_report_names_its_class(tmp_path):
    labels = np.array(["other" if row % 2 else "crop" for row in range(90)], dtype=object)
    outputs = train(tmp_path, write_series_layer(tmp_path / "s.gpkg", n_classes=2, labels=labels, noise=1.0)).outputs
    assert 0.5 < outputs["auc"] <= 1.0
    assert "ROC AUC of “other”" in Page(outputs["report"]).text


@pytest.mark.parametrize("validation", ["holdout", "k_fold", "none"])
def test_protocols(tmp_path, validation):
    samples = write_series_layer(tmp_path / "s.gpkg")
    outputs = train(tmp_path, samples, validation=validation, n_folds=3, validation_share=0.3).outputs
    page = Page(outputs["report"])
    if validation == "none":
        assert outputs["overall_accuracy"] is None
        assert outputs["per_class"] == []
        assert "The model was not validated." in page.text
    else:
        matrix = load_package(outputs["model_package"]).provenance["scores"]["error_matrix"]
        assert np.sum(matrix["counts"]) == (90 if validation == "k_fold" else 27)
        assert (matrix["rows"], matrix["columns"]) == ("map", "reference")
    assert ("Folds" in page.text) == (validation == "k_fold")


def test_the_report_stands_alone_says_what_was_asked_and_escapes_what_users_write(tmp_path):
    name = "maïs <script>alert(1)</script> d'été"
    labels = np.array([name if row % 3 == 0 else f"crop {row % 3}" for row in range(90)], dtype=object)
    labels[:4] = None
    weights = np.ones(90)
    weights[50] = 0
    samples = write_series_layer(tmp_path / "s.gpkg", labels=labels, extra={"w": weights})
    outputs = train(tmp_path, samples, model="multi_head_lstm", weight_field="w", n_folds=3).outputs
    page = Page(outputs["report"])
    assert page.links == []
    assert "script" not in page.tags
    assert name in page.text
    curves = Path(outputs["report"]).read_text(encoding="utf-8").split("<h2>Learning curves</h2>")[1].split("<h2>")[0]
    assert curves.count("<svg") == 4, "a learning curve of each fold and of the model"
    assert "Rows = map (what the model says), columns = reference" in page.text
    for words in (
        "it has no class",
        "its weight is zero",
        "Macro F1",
        "Kappa",
        "Precision",
        "Recall",
        "3-fold",
        "torch",
    ):
        assert words in page.text
    assert "standard deviation of the folds" in page.text
    assert "http" not in Path(outputs["report"]).read_text(encoding="utf-8").replace("http://www.w3.org", "")


def test_dropped_samples_are_listed_with_their_ids_and_reasons(tmp_path):
    labels = np.array([f"crop {row % 3}" for row in range(90)], dtype=object)
    labels[7] = None
    values = make_series(90, 3)[0]
    values[11] = np.nan
    columns = {
        "crop": labels,
        "source_fid": np.arange(90) + 1000,
        "sample_id": np.array([f"s{i}" for i in range(90)], object),
    }
    samples = write_samples(tmp_path / "s.gpkg", {**columns, **series_columns(values)})
    outputs = train(tmp_path, samples).outputs
    assert outputs["n_dropped"] == 2
    assert outputs["n_samples"] == 88
    table = SampleTable.read(outputs["dropped"])
    assert table.fields["source_fid"].tolist() == [1007, 1011]
    assert table.fields["sample_id"].tolist() == ["s7", "s11"]
    assert table.fields["class"].tolist() == [None, "crop 2"]
    assert table.fields["reason"].tolist() == ["it has no class", "a band has no valid value at any date"]
    chosen = train(tmp_path, samples, dropped=str(tmp_path / "lost.gpkg")).outputs["dropped"]
    assert chosen == str(tmp_path / "lost.gpkg")


def write_stack(path, values):
    """A dated stack of 1 x n pixels that holds the series."""
    n, n_timesteps, n_bands = values.shape
    names = [
        f"2020-{month:02d}-01 B{band:02d}" for month in range(1, n_timesteps + 1) for band in range(1, n_bands + 1)
    ]
    with rasterio.open(
        path, "w", driver="GTiff", width=n, height=2, count=len(names), dtype="float32", nodata=-99.0,
        crs="EPSG:32631", transform=from_origin(500000, 20, 10, 10),
    ) as dataset:  # fmt: skip
        dataset.write(np.repeat(values.reshape(n, -1).T[:, None, :], 2, axis=1))
        dataset.descriptions = names
    return str(path)


def test_samples_and_a_stack_do_as_well_as_a_series_layer(tmp_path):
    values, classes = make_series(60, 3, noise=0.1)
    stack = write_stack(tmp_path / "stack.tif", values)
    xy = np.stack([500005 + 10.0 * np.arange(62), np.full(62, 15.0)], axis=1)
    labels = np.array([f"crop {row % 3}" for row in range(62)], dtype=object)
    pyogrio.raw.write(
        str(tmp_path / "points.gpkg"), shapely.to_wkb(shapely.points(xy)),
        [labels, np.arange(62)], ["crop", "source_fid"],
        layer="points", driver="GPKG", geometry_type="Point", crs="EPSG:32631",
    )  # fmt: skip
    result = train(tmp_path, tmp_path / "points.gpkg", stack=stack)
    outputs = result.outputs
    assert (outputs["n_samples"], outputs["n_dropped"]) == (60, 2)
    assert outputs["overall_accuracy"] > 0.9
    assert SampleTable.read(outputs["dropped"]).fields["source_fid"].tolist() == [60, 61]
    assert load_package(outputs["model_package"]).expects.axis.labels[0] == "2020-01-01"
    assert result.inputs == [str(tmp_path / "points.gpkg"), stack]
    predicted = (
        load_package(outputs["model_package"]).predictor().predict_probabilities(values, np.zeros((60, 0), np.float32))
    )
    assert np.mean(predicted.argmax(axis=1) == classes) > 0.95


def run_python(program, **environment):
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_in_two_processes(tmp_path):
    samples = write_series_layer(tmp_path / "s.gpkg")
    program = """
import hashlib, sys
sys.path.insert(0, "tests/engine")
from pathlib import Path
from test_train_classifier import MODELS, train
for model in MODELS:
    outputs = train(Path({folder!r}), {samples!r}, model=model, validation="holdout", threads={threads}).outputs
    print(model, hashlib.sha256(Path(outputs["model_package"]).read_bytes()).hexdigest())
    print(hashlib.sha256(Path(outputs["report"]).read_bytes()).hexdigest())
"""
    printed = []
    for number, threads in enumerate((1, 2)):
        folder = tmp_path / f"run{number}"
        folder.mkdir()
        chosen = {"folder": str(folder), "samples": samples, "threads": threads}
        printed.append(run_python(program.format(**chosen), PYTHONHASHSEED=str(number)))
    assert printed[0] == printed[1]
    assert printed[0].count("\n") == 2 * len(MODELS)


def test_the_job_runs_from_a_job_file(tmp_path):
    samples = write_series_layer(tmp_path / "s.gpkg")
    parameters = {
        "samples": samples,
        "class_field": "crop",
        "model": "random_forest",
        "hyperparameters": {"n_trees": 5},
        "model_package": str(tmp_path / "model.zip"),
    }
    (tmp_path / "job.json").write_text(Job("trainclassifier", parameters).to_json())
    command = [sys.executable, "-m", "cropsample_plugin.jobs", "run", str(tmp_path / "job.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["n_samples"] == 90
    assert (tmp_path / "model.zip.cropsample.json").exists()


def test_a_forest_trains_without_torch(tmp_path):
    samples = write_series_layer(tmp_path / "s.gpkg")
    printed = run_python(f"""
import importlib.abc, sys
class Blocker(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "torch":
            raise ImportError("blocked: " + name)
sys.meta_path.insert(0, Blocker())
sys.path.insert(0, "tests/engine")
from pathlib import Path
from test_train_classifier import train
for model in ("random_forest", "svm"):
    print(train(Path({str(tmp_path)!r}), {samples!r}, model=model).outputs["n_samples"])
""")
    assert printed.split() == ["90", "90"]


def test_class_weights_help_the_rare_class(tmp_path):
    rare = np.array(["rare" if row % 12 == 0 else "common" for row in range(240)], dtype=object)
    values = np.random.default_rng(0).normal(size=(240, 6, 2)).astype(np.float32)
    values[rare == "rare"] += 0.5
    samples = write_samples(tmp_path / "s.gpkg", {"crop": rare, **series_columns(values)})
    recalls = {}
    for name in ("none", "balanced"):
        outputs = train(tmp_path, samples, class_weights=name, model="svm").outputs
        recalls[name] = next(row["recall"] for row in outputs["per_class"] if row["label"] == "rare")
    assert recalls["balanced"] > recalls["none"] + 0.2


def test_a_class_with_a_single_sample_is_kept_and_the_report_says_it_was_not_validated(tmp_path):
    labels = np.array([f"crop {row % 2}" for row in range(60)], dtype=object)
    labels[0] = "quinoa"
    samples = write_series_layer(tmp_path / "s.gpkg", n=60, n_classes=2, labels=labels)
    progress = Recorder()
    outputs = train(tmp_path, samples, progress).outputs
    row = next(row for row in outputs["per_class"] if row["label"] == "quinoa")
    assert (row["n_reference"], row["recall"]) == (0, None)
    assert "Classes with a single sample: quinoa" in Page(outputs["report"]).text
    assert any("quinoa" in message for _, message in progress.logs)


def test_field_names_with_spaces_and_accents(tmp_path):
    labels = np.array([f"crop {row % 3}" for row in range(90)], dtype=object)
    columns = {"culture d'été 2020": labels, "n° îlot": np.arange(90) // 3}
    samples = write_samples(
        tmp_path / "données été.gpkg", {**columns, **series_columns(make_series(90, 3)[0], ["bande é", "B 2"])}
    )
    outputs = train(tmp_path, samples, class_field="culture d'été 2020", group_field="n° îlot").outputs
    assert load_package(outputs["model_package"]).expects.bands == ("bande é", "B 2")
    assert "groups; samples of one group" in Page(outputs["report"]).text


def test_the_domain_field_reaches_the_heads(tmp_path):
    domain = np.array(["local" if row % 2 else "global" for row in range(90)], dtype=object)
    samples = write_series_layer(tmp_path / "s.gpkg", extra={"where": domain})
    outputs = train(tmp_path, samples, model="multi_head_lstm", domain_field="where", n_folds=3).outputs
    package = load_package(outputs["model_package"])
    assert package.n_global_classes == 3
    assert np.sum(package.provenance["scores"]["error_matrix"]["counts"]) == 45, "local samples alone are tested"
    assert "45 local and 45 global samples" in Page(outputs["report"]).text


BAD = [
    ({"class_field": "nothing"}, SamplesError, "no field 'nothing'"),
    ({"model": "oracle"}, CropSampleError, "no model 'oracle'"),
    ({"validation": "guess"}, CropSampleError, "no validation 'guess'"),
    ({"n_folds": 80}, CropSampleError, "80 folds"),
    ({"group_field": "trio"}, CropSampleError, "5 folds are asked for, but there are only 3 groups"),
    ({"weight_field": "nothing_counts"}, SamplesError, "90 because its weight is zero"),
    ({"class_weights": "heavy"}, CropSampleError, "class weights 'heavy'"),
    ({"missing_values": "guess"}, CropSampleError, "rule 'guess'"),
    ({"hyperparameters": {"n_trees": -1}}, CropSampleError, "n_trees"),
    ({"hyperparameters": {"leaves": 3}}, CropSampleError, "leaves"),
    ({"samples": "nowhere.gpkg"}, SamplesError, "nowhere.gpkg"),
    ({"model_package": "model.pkl"}, OutputError, "zip"),
    ({"surprise": 1}, CropSampleError, "surprise"),
]


@pytest.mark.parametrize(("changes", "kind", "words"), BAD)
def test_bad_input_is_a_clear_error_and_writes_nothing(tmp_path, changes, kind, words):
    values = {
        "samples": write_series_layer(
            tmp_path / "s.gpkg", extra={"trio": np.arange(90) // 3 % 3, "nothing_counts": np.zeros(90)}
        ),
        "class_field": "crop",
        "model": "random_forest",
        "model_package": str(tmp_path / "model.zip"),
        **changes,
    }
    module = job_module("trainclassifier")
    with pytest.raises(kind, match=words):
        module.run(read_parameters(module, values), JobContext(SilentProgress(), 1, 1000, "cpu"))
    assert [item.name for item in tmp_path.iterdir()] == ["s.gpkg"]


def test_layers_that_cannot_be_trained_on(tmp_path):
    one = np.full(30, "wheat", dtype=object)
    cases = {
        "one class, 'wheat'": write_series_layer(tmp_path / "one.gpkg", n=30, labels=one),
        "no series fields": write_samples(tmp_path / "plain.gpkg", {"crop": one}),
    }
    for words, samples in cases.items():
        with pytest.raises(SamplesError, match=words):
            train(tmp_path, samples)
    empty = write_samples(tmp_path / "empty.gpkg", {"crop": one[:0], "B01_t01": np.zeros(0)})
    with pytest.raises(SamplesError, match="no features"):
        train(tmp_path, empty)
    damaged = tmp_path / "damaged.gpkg"
    damaged.write_bytes(Path(cases["no series fields"]).read_bytes()[:2000])
    with pytest.raises(SamplesError, match=r"damaged\.gpkg"):
        train(tmp_path, damaged)


def test_outputs_equal_to_inputs_or_in_missing_folders_are_refused_before_the_work(tmp_path):
    samples = write_series_layer(tmp_path / "s.gpkg")
    before = Path(samples).read_bytes()
    for changes in (
        {"dropped": samples},
        {"model_package": str(tmp_path / "missing" / "model.zip")},
        {"report": str(tmp_path / "missing" / "report.html")},
    ):
        progress = Recorder()
        with pytest.raises(OutputError):
            train(tmp_path, samples, progress, **changes)
        assert progress.fractions == []
    assert Path(samples).read_bytes() == before


class CanceledAfter(SilentProgress):
    """Cancels some seconds after the fit reports its first progress."""

    def __init__(self, delay_s):
        self.delay_s, self.canceled_at = delay_s, None
        self._canceled = threading.Event()

    def report(self, fraction, message=""):  # noqa: ARG002 - every progress has this signature
        if fraction > 0 and self.canceled_at is None:
            self.canceled_at = time.monotonic() + self.delay_s
            threading.Timer(self.delay_s, self._canceled.set).start()

    def is_canceled(self):
        return self._canceled.is_set()


@pytest.mark.parametrize("model", MODELS)
def test_cancel_stops_training_within_a_second_and_leaves_no_output(tmp_path, model):
    samples = write_series_layer(tmp_path / "s.gpkg", n=1500, noise=3.0)
    long = {
        "random_forest": {"n_trees": 9000},
        "svm": {"n_calibration_folds": 50},
        "gradient_boosting": {"n_rounds": 9000},
        "cnn_1d": {"kernel_size": 2, "max_epochs": 9000},
    }
    settings = long.get(model, {"patience_epochs": 1000})
    progress = CanceledAfter(0.2)
    with pytest.raises(CanceledError):
        train(tmp_path, samples, progress, model=model, hyperparameters=settings, n_folds=50)
    assert time.monotonic() - progress.canceled_at < 1.0
    state_to_go_on_from = "model.training"
    assert {item.name for item in tmp_path.iterdir()} - {state_to_go_on_from} == {"s.gpkg"}


def test_an_interrupted_job_goes_on_and_leaves_no_state_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("cropsample_plugin.engine.models.checkpoints._INTERVAL_S", -1.0)
    samples = write_series_layer(tmp_path / "s.gpkg", noise=1.0)
    whole = Path(train(tmp_path, samples, model="transformer").outputs["model_package"])
    expected = whole.read_bytes()
    states = whole.with_suffix(".training")
    assert not states.exists()
    whole.unlink()
    with pytest.raises(CanceledError):
        train(tmp_path, samples, Recorder(cancel_after=150), model="transformer")
    assert list(states.iterdir())
    progress = Recorder()
    train(tmp_path, samples, progress, model="transformer")
    assert any("goes on after epoch" in text for _, text in progress.logs)
    assert whole.read_bytes() == expected
    assert not states.exists()


def test_progress_rises_from_zero_to_one(tmp_path):
    for model in MODELS:
        progress = Recorder()
        train(tmp_path, write_series_layer(tmp_path / "s.gpkg"), progress, model=model, n_folds=2)
        fractions = [fraction for fraction, _ in progress.fractions]
        assert fractions == sorted(fractions)
        assert fractions[0] >= 0
        assert fractions[-1] <= 1


def test_the_job_is_registered():
    assert JOBS["trainclassifier"] == "cropsample_plugin.jobs.train_classifier"
