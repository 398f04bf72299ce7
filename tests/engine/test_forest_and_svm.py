"""The scikit-learn models against scikit-learn itself."""

from __future__ import annotations

import dataclasses
import threading
import time
from itertools import combinations

import numpy as np
import pytest
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import log_loss
from sklearn.svm import SVC
from training_factories import Recorder, make_training_set, quick_fit

from cropsample_plugin.engine.errors import CanceledError, InputError
from cropsample_plugin.engine.models import svm
from cropsample_plugin.engine.models.cancelable import call_cancelable
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.hyperparameter_values import read_settings
from cropsample_plugin.engine.models.network_settings import LstmSettings
from cropsample_plugin.engine.models.registry import MODELS, model_spec
from cropsample_plugin.engine.models.settings import ForestSettings, SvmSettings
from cropsample_plugin.engine.models.training_set import flat_features
from cropsample_plugin.engine.progress import SilentProgress


def features_of(samples):
    return flat_features(samples.values, samples.static_values)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_forest_grown_in_chunks_equals_one_grown_at_once(threads):
    samples = make_training_set(n=80, n_static=1)
    settings = ForestSettings(n_trees=37, max_features=3, max_depth=6, min_samples_leaf=2)
    fitted = MODELS["random_forest"].fit(samples, settings, FitContext(SilentProgress(), seed=5, threads=threads))
    whole = RandomForestClassifier(37, max_features=3, max_depth=6, min_samples_leaf=2, random_state=5)
    whole.fit(features_of(samples), samples.class_indices)
    probabilities = fitted.predictor.predict_probabilities(samples.values, samples.static_values)
    assert np.array_equal(probabilities, whole.predict_proba(features_of(samples)).astype(np.float32))


def test_the_forest_does_not_depend_on_threads():
    samples = make_training_set(n=60)
    fits = [
        MODELS["random_forest"].fit(samples, ForestSettings(n_trees=10), FitContext(SilentProgress(), threads=threads))
        for threads in (1, 3)
    ]
    assert fits[0].dump() == fits[1].dump()


def test_forest_weights_act_as_in_scikit_learn():
    samples = make_training_set(n=60)
    weights = np.where(samples.class_indices == 0, 5.0, 0.5)
    fitted, _ = quick_fit("random_forest", dataclasses.replace(samples, weights=weights), n_trees=9)
    whole = RandomForestClassifier(9, random_state=3).fit(features_of(samples), samples.class_indices, weights)
    expected = whole.predict_proba(features_of(samples)).astype(np.float32)
    assert np.array_equal(fitted.predictor.predict_probabilities(samples.values, samples.static_values), expected)


def test_a_class_missing_from_a_fold_has_probability_zero():
    samples = make_training_set(n=60, n_classes=3)
    training = samples.subset(samples.class_indices != 1)
    for model in ("random_forest", "svm"):
        fitted, _ = quick_fit(model, training)
        probabilities = fitted.predictor.predict_probabilities(samples.values, samples.static_values)
        assert probabilities.shape == (60, 3)
        assert np.all(probabilities[:, 1] == 0)
        assert probabilities.sum(axis=1) == pytest.approx(1.0)


def test_the_curve_of_a_fold_ends_at_the_score_of_the_whole_forest():
    samples = make_training_set(n=120, noise=1.5)
    training, monitor = samples.subset(slice(0, 80)), samples.subset(slice(80, 120))
    progress = Recorder()
    context = FitContext(progress, seed=1, metric_prefix="fold 1: ", monitor=monitor)
    fitted = MODELS["random_forest"].fit(training, ForestSettings(n_trees=30), context)
    predicted = fitted.predictor.predict_probabilities(monitor.values, monitor.static_values).argmax(axis=1)
    assert fitted.curve[-1]["trees"] == 30
    assert fitted.curve[-1]["validation_accuracy"] == np.mean(predicted == monitor.class_indices)
    assert progress.metrics[0][0] == "fold 1: validation_accuracy"


@pytest.mark.parametrize("n_classes", [2, 3, 5])
def test_pairwise_decisions_equal_libsvm(n_classes):
    samples = make_training_set(n=100, n_classes=n_classes, noise=1.0)
    features = features_of(samples).astype(np.float64)
    machine = SVC(decision_function_shape="ovo").fit(features, samples.class_indices)
    expected = machine.decision_function(features).reshape(100, -1)
    found = svm._decisions(machine, features)
    assert found.shape[1] == len(list(combinations(range(n_classes), 2)))
    assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("n_classes", [2, 4])
def test_svm_probabilities_are_as_good_as_scikit_learns_calibration(n_classes):
    samples = make_training_set(n=300, n_classes=n_classes, noise=1.0)
    unseen = make_training_set(n=300, n_classes=n_classes, noise=1.0, seed=8)
    fitted, _ = quick_fit("svm", samples)
    found = fitted.predictor.predict_probabilities(unseen.values, unseen.static_values)
    scaled = flat_features(fitted.scaling.apply(samples.values), samples.static_values)
    other = CalibratedClassifierCV(SVC(), ensemble=False, cv=5).fit(scaled, samples.class_indices)
    theirs = other.predict_proba(flat_features(fitted.scaling.apply(unseen.values), unseen.static_values))
    labels = list(range(n_classes))
    ours, reference = (log_loss(unseen.class_indices, item, labels=labels) for item in (found, theirs))
    assert ours < 1.1 * reference
    accuracy = np.mean(found.argmax(axis=1) == unseen.class_indices)
    assert accuracy >= np.mean(theirs.argmax(axis=1) == unseen.class_indices) - 0.05


def test_svm_takes_a_class_with_a_single_sample():
    samples = make_training_set(n=61, n_classes=3, noise=0.1)
    classes = np.array([0, 1] * 30 + [2])
    fitted, _ = quick_fit("svm", dataclasses.replace(samples, class_indices=classes))
    assert fitted.predictor.predict_probabilities(samples.values, samples.static_values).shape == (61, 3)


def test_many_samples_warn_the_user_of_the_svm(monkeypatch):
    monkeypatch.setattr(svm, "_SLOW_SAMPLES", 10)
    progress = Recorder()
    quick_fit("svm", make_training_set(n=30), progress=progress)
    assert progress.logs[0][0] == "warning"


@pytest.mark.parametrize("model", ["random_forest", "svm"])
def test_cancel_stops_the_fit(model):
    with pytest.raises(CanceledError):
        quick_fit(model, make_training_set(n=60), progress=Recorder(cancel_after=1))


def test_a_call_that_cannot_be_interrupted_is_left_behind_within_a_second():
    release = threading.Event()
    started = time.monotonic()
    with pytest.raises(CanceledError):
        call_cancelable(lambda: release.wait(20), Recorder(cancel_after=3))
    assert time.monotonic() - started < 1.0
    release.set()
    assert call_cancelable(lambda: 5, SilentProgress()) == 5
    with pytest.raises(ZeroDivisionError):
        call_cancelable(lambda: 1 / 0, SilentProgress())


@pytest.mark.parametrize(
    ("settings_type", "values", "words"),
    [
        (ForestSettings, {"trees": 5}, "Known: n_trees"),
        (ForestSettings, {"n_trees": 0}, r"1\.\.10000"),
        (ForestSettings, {"n_trees": 2.5}, "whole number"),
        (ForestSettings, {"n_trees": True}, "must be"),
        (ForestSettings, {"max_features": "most"}, "sqrt"),
        (SvmSettings, {"penalty": -1}, "penalty"),
        (SvmSettings, {"penalty": float("inf")}, "finite"),
        (SvmSettings, {"gamma": "wide"}, "scale"),
        (LstmSettings, {"dropout": "much"}, "number"),
        (LstmSettings, {"hidden_size": None}, "must be"),
    ],
)
def test_impossible_hyperparameters_are_refused(settings_type, values, words):
    with pytest.raises(InputError, match=words):
        read_settings(settings_type, values)


def test_hyperparameters_may_come_as_text():
    assert read_settings(ForestSettings, {"n_trees": "50", "max_features": " sqrt "}) == ForestSettings(50, "sqrt")
    assert read_settings(SvmSettings, {"gamma": "0.5", "penalty": 2}).gamma == 0.5


def test_an_unknown_model_is_refused_by_name():
    with pytest.raises(InputError, match="random_forest, svm, lstm, multi_head_lstm"):
        model_spec("oracle")
