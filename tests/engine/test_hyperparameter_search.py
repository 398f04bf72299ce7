"""Spaces, trials, choice by score and by knee, the fold kept apart, the job, and the file that training reads."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pyogrio
import pytest
from test_train_classifier import train
from training_factories import Recorder, make_training_set, write_series_layer

from cropsample_plugin.engine.errors import CanceledError, CropSampleError, InputError, SamplesError
from cropsample_plugin.engine.knee import knee_position
from cropsample_plugin.engine.models.cross_validation.designs import Design, Places, design_folds
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.hyperparameter_search import search
from cropsample_plugin.engine.models.hyperparameter_search.choice import Trial, choose_trial, pareto_front
from cropsample_plugin.engine.models.hyperparameter_search.report import read_hyperparameters
from cropsample_plugin.engine.models.hyperparameter_search.spaces import SPACES, Choices, search_space
from cropsample_plugin.engine.models.hyperparameter_values import read_settings
from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import search_hyperparameters
from cropsample_plugin.jobs.registry import JobContext, read_parameters


class Listener(Recorder):
    def __init__(self, cancel_after=None):
        super().__init__(cancel_after)
        self.rows = []

    def row(self, table, values):
        self.rows.append((table, values))


def folds_of(samples, n_folds=4):
    return design_folds(samples, Places(), Design("parcel_groups", n_folds))


def parcels(n=120):
    return make_training_set(n=n, n_classes=3, groups=np.arange(n) // 4)


def run_search(monkeypatch, score, options, samples=None, progress=None, seed=1):
    """Search with a made-up score in place of training."""
    samples = samples or parcels()
    monkeypatch.setattr(search._Search, "score", lambda self, fold, values, _progress: score(self, fold, values))
    context = FitContext(progress or SilentProgress(), seed, 1, "cpu")
    return search.search_hyperparameters(samples, folds_of(samples), options, context)


@pytest.mark.parametrize("model", sorted(MODELS))
def test_every_value_of_every_space_is_one_the_model_takes(model):
    space = search_space(model, 100)
    settings = MODELS[model].settings_type
    for name, item in space.items():
        for value in item.values if isinstance(item, Choices) else (item.low, item.high):
            read_settings(settings, {name: value})
    assert {item.name for item in dataclasses.fields(settings)} >= set(space)
    assert set(SPACES) == set(MODELS)


def test_filters_of_the_published_network_fit_the_series():
    assert search_space("cnn_1d", 6)["kernel_size"].values == (2,)
    assert search_space("cnn_1d", 100)["kernel_size"].values == (2, 3, 4, 8, 16, 32)
    assert search_space("cnn_1d", 2)["kernel_size"].values == (2,)
    with pytest.raises(InputError, match="no model 'forest'"):
        search_space("forest", 6)


def test_the_default_is_tried_first_and_a_good_region_is_found(monkeypatch):
    def score(_search, _fold, values):
        return 1.0 - 0.1 * abs(np.log10(values.get("penalty", 1.0)) - 2.0)

    outcome = run_search(monkeypatch, score, search.SearchOptions("svm", 40))
    assert outcome.trials[0].values == {"penalty": 1.0, "gamma": "scale"}
    assert outcome.trials[0].macro_f1 == pytest.approx(0.8)
    assert 30.0 < outcome.chosen.values["penalty"] < 300.0
    assert outcome.check.chosen == pytest.approx(outcome.chosen.macro_f1)
    assert outcome.check.default == pytest.approx(0.8)


def test_the_same_seed_tries_the_same_settings(monkeypatch):
    def score(_search, _fold, values):
        return 1.0 / (1.0 + values.get("min_samples_leaf", 1))

    tried = [
        [trial.values for trial in run_search(monkeypatch, score, search.SearchOptions("random_forest", 12)).trials]
        for _ in range(2)
    ]
    assert tried[0] == tried[1]


def test_the_fold_kept_apart_neither_trains_nor_tests_a_trial(monkeypatch):
    samples = parcels()
    outer = folds_of(samples)[-1].fold.test_rows
    seen = []

    def score(_search, fold, values):
        seen.append((values, set(fold.train_rows.tolist()), set(fold.test_rows.tolist())))
        return 0.5

    run_search(monkeypatch, score, search.SearchOptions("random_forest", 3), samples)
    trials, checks = seen[:-2], seen[-2:]
    for _, train_rows, test_rows in trials:
        assert not (train_rows | test_rows) & set(outer.tolist())
        assert not set(samples.groups[list(train_rows)]) & set(samples.groups[outer])
    assert all(test_rows == set(outer.tolist()) for _, _, test_rows in checks)


def test_bad_trials_are_stopped_after_some_folds_and_never_chosen(monkeypatch):
    def score(_search, _fold, values):
        return 0.9 if values.get("penalty", 1.0) >= 1.0 else 0.1

    outcome = run_search(monkeypatch, score, search.SearchOptions("svm", 40))
    stopped = [trial for trial in outcome.trials if trial.state == "stopped"]
    assert stopped
    assert all(len(trial.scores) < 3 and trial.macro_f1 == pytest.approx(0.1) for trial in stopped)
    assert outcome.chosen.state == "done"
    assert outcome.chosen.number == 1, "of equals the default"


def test_a_setting_that_cannot_be_trained_is_told_and_the_search_goes_on(monkeypatch):
    def score(_search, _fold, values):
        if values.get("n_trees", 500) == 1000:
            raise SamplesError("Too many trees.", "Plant fewer.")
        return 0.5

    progress = Listener()
    outcome = run_search(monkeypatch, score, search.SearchOptions("random_forest", 20), progress=progress)
    failed = [trial for trial in outcome.trials if trial.state == "failed"]
    assert failed
    assert all("Too many trees" in trial.reason for trial in failed)
    assert [text for level, text in progress.logs if level == "warning"]
    assert [row["trial"] for table, row in progress.rows if table == "trials"] == list(range(1, 21))
    best = [value for name, _, value in progress.metrics if name == "best_macro_f1"]
    assert best == sorted(best)


def test_nothing_that_can_be_trained_says_why(monkeypatch):
    def score(_search, _fold, _values):
        raise SamplesError("The series are too short.", "Add dates.")

    with pytest.raises(SamplesError, match="The series are too short"):
        run_search(monkeypatch, score, search.SearchOptions("cnn_1d", 3))


def test_cancelling_ends_the_search(monkeypatch):
    with pytest.raises(CanceledError):
        run_search(monkeypatch, lambda *_: 0.5, search.SearchOptions("svm", 50), progress=Listener(cancel_after=5))


def test_no_trial_begins_after_the_time_given(monkeypatch):
    clock = iter(range(0, 100_000, 30))
    monkeypatch.setattr(search.time, "monotonic", lambda: float(next(clock)))
    outcome = run_search(monkeypatch, lambda *_: 0.5, search.SearchOptions("svm", 50, max_minutes=2.0))
    assert outcome.is_cut_short
    assert 1 < len(outcome.trials) < 50


def test_too_few_folds_leave_none_to_check_on(monkeypatch):
    samples = parcels()
    monkeypatch.setattr(search._Search, "score", lambda *_: 0.5)
    context = FitContext(SilentProgress(), 1, 1, "cpu")
    outcome = search.search_hyperparameters(samples, folds_of(samples, 2), search.SearchOptions("svm", 2), context)
    assert outcome.check is None


def finished(number, seconds, score):
    return Trial(number, {}, (score,), seconds)


def test_the_knee_takes_the_setting_beyond_which_time_brings_little():
    trials = [finished(1, 1.0, 0.5), finished(2, 2.0, 0.8), finished(3, 4.0, 0.82), finished(4, 10.0, 0.84)]
    trials += [finished(5, 3.0, 0.6), Trial(6, {}, (0.99,), 0.1, "stopped"), Trial(7, {}, (), 0.1, "failed")]
    assert [trial.number for trial in pareto_front(trials)] == [1, 2, 3, 4]
    assert choose_trial(trials, "knee").number == 2
    assert choose_trial(trials, "score").number == 4
    with pytest.raises(InputError, match="no choice 'luck'"):
        choose_trial(trials, "luck")


def test_a_front_that_does_not_bend_gives_the_best_score():
    assert choose_trial([finished(1, 1.0, 0.5), finished(2, 2.0, 0.8)], "knee").number == 2
    assert choose_trial([finished(1, 1.0, 0.5)], "knee").number == 1


def test_the_knee_of_a_known_curve():
    # Satopaa et al. 2011, figure 2: y = -1 / x + 5 bends at about x = 0.22 of its range.
    x = np.linspace(0.1, 1.0, 10)
    assert x[knee_position(x, -1.0 / x + 5.0)] == pytest.approx(0.3, abs=0.11)
    assert knee_position(x, x) is None
    assert knee_position(x, np.ones(10)) is None


def series_layer(folder, n=90):
    return write_series_layer(folder / "series.gpkg", n, extra={"parcel": np.arange(n) // 3})


def run_job(folder, **parameters):
    values = {
        "samples": series_layer(folder),
        "class_field": "crop",
        "group_field": "parcel",
        "protocol": "parcel_groups",
        "n_folds": 3,
        "n_trials": 4,
        "hyperparameters": str(folder / "found.json"),
        **parameters,
    }
    context = JobContext(SilentProgress(), 1, 500, "cpu")
    return search_hyperparameters.run(read_parameters(search_hyperparameters, values), context)


def test_the_job_writes_what_training_reads(tmp_path):
    outputs = {name: str(tmp_path / file) for name, file in (("table", "trials.gpkg"), ("report", "search.html"))}
    result = run_job(tmp_path, model="svm", **outputs)
    assert result.outputs["n_trials"] == 4
    assert result.outputs["macro_f1"] >= result.outputs["default_macro_f1"]
    table = pyogrio.read_dataframe(tmp_path / "trials.gpkg")
    assert table["trial"].tolist() == [1, 2, 3, 4]
    assert table["chosen"].sum() == 1
    page = (tmp_path / "search.html").read_text(encoding="utf-8")
    assert "unseen fold" in page
    found = read_hyperparameters(tmp_path / "found.json", "svm")
    given = {"hyperparameters": {"penalty": 7.0}, "hyperparameter_file": str(tmp_path / "found.json")}
    train(tmp_path, tmp_path / "series.gpkg", model="svm", **given)
    trained_with = dataclasses.asdict(load_package(tmp_path / "model.zip").settings)
    assert {name: trained_with[name] for name in found} == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "cannot be read"),
        ("[]", "holds no hyperparameters"),
        (json.dumps({"format": "cropsample-hyperparameters", "version": 9, "model": "svm"}), "newer CropSample"),
        (json.dumps({"format": "cropsample-hyperparameters", "version": 1, "model": "lstm"}), "of 'lstm'"),
    ],
)
def test_a_file_that_is_not_for_this_model_is_refused(tmp_path, text, said):
    path = tmp_path / "found.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_hyperparameters(path, "svm")
    with pytest.raises(InputError, match="cannot be read"):
        read_hyperparameters(tmp_path / "nothing.json", "svm")


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"choice": "luck"}, "no choice 'luck'"),
        ({"n_trials": 0}, "0 trials"),
        ({"model": "forest"}, "no model 'forest'"),
        ({"class_weights": "some"}, "no class weights 'some'"),
        ({"hyperparameters": "found.txt"}, "json"),
        ({"protocol": "leave_one_year_out"}, "year"),
    ],
)
def test_bad_parameters_are_refused(tmp_path, parameters, said):
    if "hyperparameters" in parameters:
        parameters = {"hyperparameters": str(tmp_path / parameters["hyperparameters"])}
    with pytest.raises(CropSampleError, match=said):
        run_job(tmp_path, **parameters)
