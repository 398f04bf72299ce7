"""What judged labels hand on to training: facts in the package, and weights of the dates in season."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace

import mapping_cases
import numpy as np
import pytest
from mapping_cases import World, make_cube, physical_series
from test_label_quality import planted, write_series
from training_factories import make_training_set, quick_fit

from cropsample_plugin.engine.errors import InputError, ModelPackageError
from cropsample_plugin.engine.labels.quality_facts import read_quality_facts
from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.models.scaling import fit_scaling
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import sample_quality, train_classifier
from cropsample_plugin.jobs.registry import JobContext

CONTEXT = JobContext(SilentProgress(), 1, 1000, "cpu")
SMALL = {
    "random_forest": {"n_trees": 10},
    "svm": {},
    "lstm": {"hidden_size": 8, "max_epochs": 4},
    "multi_head_lstm": {"hidden_size": 8, "max_epochs": 4},
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A judged layer of two crops, and its quality facts."""
    folder = tmp_path_factory.mktemp("judged")
    curves, noisy, _, _ = planted(n=60)
    path = write_series(folder / "in.gpkg", curves, noisy)
    names = {"output": str(folder / "out.gpkg"), "quality_facts": str(folder / "facts.json")}
    sample_quality.run(sample_quality.Parameters(path, "crop", n_seeds=2, **names), CONTEXT)
    return folder


def train(folder, judged, model, facts="facts.json", **more):
    parameters = train_classifier.Parameters(
        str(judged / "out.gpkg"),
        "crop",
        model,
        str(folder / f"{model}.zip"),
        weight_field="tisqe_weight",
        quality_facts=str(judged / facts) if facts else "",
        validation="none",
        hyperparameters=SMALL[model],
        **more,
    )
    train_classifier.run(parameters, CONTEXT)
    return load_package(folder / f"{model}.zip")


def document_of(path):
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read("model.json"))


def test_seasons_and_counts_of_planted_crops(judged):
    """Crops that peak on days 130 and 210: 20 % of the amplitude is 54 days away, smoothing moves it by up to 15."""
    facts = read_quality_facts(judged / "facts.json")
    document = facts.document
    assert sum(document["categories"].values()) == document["samples"]["n_samples"] == 120
    for row in document["per_class"]:
        assert sum(row[name] for name in document["categories"]) > 40
    assert document["thresholds"]["tisqe"]["remove_margin"] == -0.2
    by_label = {row["label"]: row for row in document["season_weights"]["seasons"]}
    for label, peak in (("wheat", 130), ("maize", 210)):
        assert by_label[label]["first_day"] == pytest.approx(peak - 54, abs=20)
        assert by_label[label]["last_day"] == pytest.approx(peak + 54, abs=20)
    days = np.arange(0, 360, 10)
    inside = (days >= by_label["wheat"]["first_day"]) & (days <= by_label["maize"]["last_day"])
    np.testing.assert_array_equal(facts.step_weights, np.where(inside, 1.0, 0.3))


def test_step_weights_scale_dated_bands_alone():
    samples = make_training_set(n_static=2)
    weights = np.array([1.0, 0.5, 0.0, 1.0, 1.0, 0.3])
    plain = fit_scaling(samples.values, samples.static_values)
    weighted = fit_scaling(samples.values, samples.static_values, weights)
    np.testing.assert_allclose(
        weighted.apply(samples.values), plain.apply(samples.values) * weights[:, None], rtol=1e-6
    )
    np.testing.assert_array_equal(
        weighted.apply_static(samples.static_values), plain.apply_static(samples.static_values)
    )


@pytest.mark.parametrize("model", ["svm", "lstm", "multi_head_lstm"])
def test_a_step_of_weight_zero_says_nothing(model):
    """Whatever stands at such a step, probabilities stay; at any other step they move."""
    samples = make_training_set(n=60)
    weights = np.array([1.0, 1.0, 0.0, 1.0, 1.0, 1.0])
    fitted, _ = quick_fit(model, replace(samples, step_weights=weights))
    before = fitted.predictor.predict_probabilities(samples.values, samples.static_values)
    for step, is_same in ((2, True), (3, False)):
        changed = samples.values.copy()
        changed[:, step] += 5.0
        after = fitted.predictor.predict_probabilities(changed, samples.static_values)
        assert np.allclose(before, after, atol=1e-7) == is_same


@pytest.mark.parametrize("model", ["svm", "lstm"])
def test_package_keeps_facts_and_weights(tmp_path, judged, model):
    package = train(tmp_path, judged, model)
    facts = read_quality_facts(judged / "facts.json")
    np.testing.assert_array_equal(package.expects.scaling.step_weights, facts.step_weights)
    document = document_of(tmp_path / f"{model}.zip")
    assert document["format_version"] == 2
    kept = document["provenance"]["label_quality"]
    assert kept["categories"] == facts.document["categories"]
    assert kept["samples"]["sha256"] == facts.sha256
    assert kept["same_labels_and_series"] is True
    assert kept["weight_field"] == "tisqe_weight"
    assert "scaled inputs" in kept["season_weights_in_training"]
    weights = package.weights
    assert weights != train(tmp_path, judged, model, facts="").weights
    assert document_of(tmp_path / f"{model}.zip")["format_version"] == 1


def test_a_forest_is_the_same_with_and_without_and_says_so(tmp_path, judged):
    package = train(tmp_path, judged, "random_forest")
    kept = document_of(tmp_path / "random_forest.zip")["provenance"]["label_quality"]
    assert kept["season_weights_in_training"].startswith("not applied: trees")
    assert package.expects.scaling.step_weights is None
    assert package.weights == train(tmp_path, judged, "random_forest", facts="").weights


@pytest.mark.parametrize("model", ["svm", "lstm", "multi_head_lstm"])
def test_maps_follow_the_weights(tmp_path, model, monkeypatch):
    """Mapping folds weights into one matrix a step; pixel by pixel it must say what the package says."""
    weights = np.array([1.0, 0.3, 0.0, 2.0])
    plain = mapping_cases.training_set

    def weighted(*values):
        return replace(plain(*values), step_weights=weights)

    monkeypatch.setattr(mapping_cases, "training_set", weighted)
    world = World(tmp_path, *make_cube())
    package = world.train(model)
    np.testing.assert_array_equal(package.expects.scaling.step_weights, weights)
    world.predict()
    expected = package.predictor().predict_probabilities(physical_series(world.cube), np.zeros((2000, 0), np.float32))
    found = world.read("probabilities").reshape(3, -1).T * 0.0001
    assert np.abs(found - expected).max() <= 0.00011


def test_facts_of_other_series_and_damaged_files_are_refused(tmp_path, judged):
    good = json.loads((judged / "facts.json").read_text(encoding="utf-8"))

    def refused(match, **changes):
        (judged / "bad.json").write_text(json.dumps({**good, **changes}), encoding="utf-8")
        with pytest.raises(InputError, match=match):
            train(tmp_path, judged, "svm", facts="bad.json")
        assert not (tmp_path / "svm.zip").exists()

    fewer = {"kind": "date", "labels": good["axis"]["labels"][:-1]}
    short = {**good["season_weights"], "steps": good["season_weights"]["steps"][:-1]}
    refused("with 35 steps", axis=fewer, season_weights=short)
    refused("impossible weights", season_weights=short)
    refused("impossible weights", season_weights={**short, "steps": [-1.0] * 36})
    refused("newer version", format_version=99)
    refused("holds no quality facts", format="something else")
    refused("readable", axis=None)
    (judged / "bad.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="readable"):
        train(tmp_path, judged, "svm", facts="bad.json")
    with pytest.raises(InputError, match="cannot be read"):
        train(tmp_path, judged, "svm", facts="missing.json")


def test_weights_out_of_season_that_cannot_be(tmp_path):
    curves, noisy, _, _ = planted(n=30)
    path = write_series(tmp_path / "in.gpkg", curves, noisy)
    for weight in (-0.1, 1.5):
        parameters = sample_quality.Parameters(path, "crop", str(tmp_path / "o.gpkg"), weight_out_of_season=weight)
        with pytest.raises(InputError, match="out of season"):
            sample_quality.run(parameters, CONTEXT)


def test_changed_labels_are_noticed_and_perennials_weigh_all_alike(tmp_path, judged):
    rng = np.random.default_rng(0)
    flat = np.concatenate([rng.normal(level, 0.02, (40, 36)) for level in (0.2, 0.8)])
    path = write_series(tmp_path / "in.gpkg", flat, ["bare"] * 40 + ["forest"] * 40)
    names = {"output": str(tmp_path / "out.gpkg"), "quality_facts": str(tmp_path / "facts.json")}
    sample_quality.run(sample_quality.Parameters(path, "crop", n_seeds=2, **names), CONTEXT)
    package = train(tmp_path, tmp_path, "svm")
    assert package.expects.scaling.step_weights is None
    assert "all steps" in document_of(tmp_path / "svm.zip")["provenance"]["label_quality"]["season_weights_in_training"]
    (tmp_path / "other.json").write_bytes((judged / "facts.json").read_bytes())
    train(tmp_path, tmp_path, "svm", facts="other.json")
    assert document_of(tmp_path / "svm.zip")["provenance"]["label_quality"]["same_labels_and_series"] is False


def test_a_package_with_impossible_weights_is_refused(tmp_path, judged):
    train(tmp_path, judged, "svm")
    path = tmp_path / "svm.zip"
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    document = json.loads(members["model.json"])
    for weights in ([1.0], [-1.0] * 36):
        document["expects"]["scaling"]["step_weights"] = weights
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in {**members, "model.json": json.dumps(document).encode()}.items():
                archive.writestr(name, content)
        with pytest.raises(ModelPackageError):
            load_package(path)
