"""What the training report says of a model: importance of dates and bands, certainty, confused pairs."""

from __future__ import annotations

import numpy as np
import pytest
from test_train_classifier import Page, train
from training_factories import make_training_set, write_series_layer

from cropsample_plugin.engine.models.evaluation import Evaluation
from cropsample_plugin.engine.models.explanation import certainties, confused_pairs, permutation_importance
from cropsample_plugin.engine.models.metrics import error_matrix


class OneStep:
    """Looks at one band of one date, or at one static band, and nothing else."""

    n_classes = 2

    def __init__(self, step=None, band=0, static=None):
        self.step, self.band, self.static = step, band, static

    def predict_probabilities(self, values, static_values):
        seen = static_values[:, self.static] if self.static is not None else values[:, self.step, self.band]
        second = (seen > 0).astype(np.float32)
        return np.stack([1 - second, second], axis=1)


def labeled_by(predictor, n=600, n_static=1, seed=0):
    """Samples whose class is what the predictor says."""
    rng = np.random.default_rng(seed)
    samples = make_training_set(n=n, n_classes=2)
    values = rng.normal(size=(n, 6, 3)).astype(np.float32)
    static = rng.normal(size=(n, n_static)).astype(np.float32)
    classes = predictor.predict_probabilities(values, static).argmax(axis=1).astype(np.int64)
    return samples.__class__(**{**vars(samples), "values": values, "static_values": static, "class_indices": classes})


def test_only_the_date_and_band_that_are_looked_at_matter():
    predictor = OneStep(step=4, band=1)
    found = permutation_importance(predictor, labeled_by(predictor), np.arange(600), seed=3)
    assert found.macro_f1 == 1.0
    # Shuffled, an even split is right by half.
    assert found.steps[4, 0] == pytest.approx(0.5, abs=0.05)
    assert found.bands[1, 0] == pytest.approx(0.5, abs=0.05)
    assert np.all(np.delete(found.steps, 4, axis=0) == 0.0)
    assert np.all(np.delete(found.bands, 1, axis=0) == 0.0)


def test_a_static_band_is_a_band_after_the_others():
    predictor = OneStep(static=1)
    found = permutation_importance(predictor, labeled_by(predictor, n_static=2), np.arange(600), seed=3)
    assert found.bands.shape == (5, 2)
    assert np.flatnonzero(found.bands[:, 0] > 0.3).tolist() == [4]


def test_many_samples_are_drawn_from_and_the_seed_decides():
    predictor = OneStep(step=0)
    samples = labeled_by(predictor, n=5000)
    first, again = (permutation_importance(predictor, samples, np.arange(5000), seed=1) for _ in range(2))
    assert first.n_samples == 2000
    np.testing.assert_array_equal(first.steps, again.steps)


def evaluated(reference, probabilities):
    rows = np.arange(len(reference)) + 2
    samples = make_training_set(n=len(reference) + 2, n_classes=3)
    samples.class_indices[rows] = reference
    probabilities = np.array(probabilities, dtype=np.float32)
    matrix = error_matrix(probabilities.argmax(axis=1), np.array(reference), 3)
    return Evaluation(matrix, float("nan"), (), (), rows, probabilities), samples


def test_confused_pairs_name_the_surest_mistakes_first():
    sure, surer, right = [0.3, 0.7, 0.0], [0.1, 0.9, 0.0], [0.8, 0.1, 0.1]
    evaluation, samples = evaluated([0, 0, 0, 0, 2], [sure, surer, right, right, [0.9, 0.0, 0.1]])
    first, second = confused_pairs(evaluation, samples)
    assert (first.reference, first.mapped, first.n_samples, first.share) == (0, 1, 2, 0.5)
    assert first.examples.tolist() == [3, 2]
    assert (second.reference, second.mapped, second.share) == (2, 0, 1.0)


def test_no_mistake_is_no_pair():
    evaluation, samples = evaluated([0, 1, 2], np.eye(3))
    assert confused_pairs(evaluation, samples) == []


def test_certainty_tells_sure_from_unsure():
    evaluation, samples = evaluated([0, 0, 1], [[0.5, 0.45, 0.05], [0.9, 0.1, 0.0], [0.6, 0.4, 0.0]])
    zero, one = certainties(evaluation, samples)
    assert (zero.class_index, zero.unsure, zero.accuracy_sure, zero.accuracy_unsure) == (0, 0.5, 1.0, 1.0)
    assert zero.probability == pytest.approx(0.7)
    assert one.accuracy_sure == 0.0 or np.isnan(one.accuracy_sure)


@pytest.mark.parametrize("model", ["random_forest", "svm"])
def test_the_training_report_explains_the_model(tmp_path, model):
    layer = write_series_layer(tmp_path / "series.gpkg", n=120, noise=1.5)
    train(tmp_path, layer, model=model, validation="k_fold", n_folds=3)
    text = Page(tmp_path / "report.html").text
    assert "What the model looks at" in text
    assert "Where it is unsure" in text
    assert "What it confuses most" in text


def test_a_model_without_validation_is_not_explained(tmp_path):
    train(tmp_path, write_series_layer(tmp_path / "series.gpkg"), validation="none")
    assert "What the model looks at" not in Page(tmp_path / "report.html").text
