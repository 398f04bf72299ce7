from __future__ import annotations

import numpy as np
import pytest
import sklearn.metrics as reference

from cropsample_plugin.engine.models.metrics import (
    class_scores,
    error_matrix,
    kappa,
    macro_f1,
    overall_accuracy,
    roc_auc,
)

PUBLISHED = [
    # methods.md 2.4: WorldCereal CIMMYT Mexico, raw and cleaned samples
    ([[172, 5], [18, 80]], 91.64, (93.73, 87.43)),
    ([[185, 2], [5, 83]], 97.45, (98.14, 95.95)),
]


@pytest.mark.parametrize(("matrix", "accuracy", "f1"), PUBLISHED)
def test_published_matrices_give_the_published_scores(matrix, accuracy, f1):
    matrix = np.array(matrix)
    assert round(100 * overall_accuracy(matrix), 2) == accuracy
    assert tuple(np.round(100 * class_scores(matrix).f1, 2)) == f1


@pytest.fixture(params=range(5))
def predictions(request):
    rng = np.random.default_rng(request.param)
    n_classes = 2 + request.param
    truth = rng.integers(0, n_classes, 200)
    mapped = np.where(rng.random(200) < 0.6, truth, rng.integers(0, n_classes, 200))
    return mapped, truth, n_classes


def test_scores_equal_scikit_learn(predictions):
    mapped, truth, n_classes = predictions
    matrix = error_matrix(mapped, truth, n_classes)
    scores = class_scores(matrix)
    precision, recall, f1, support = reference.precision_recall_fscore_support(truth, mapped)
    assert np.array_equal(matrix, reference.confusion_matrix(truth, mapped).T)
    assert overall_accuracy(matrix) == pytest.approx(reference.accuracy_score(truth, mapped))
    assert scores.precision == pytest.approx(precision)
    assert scores.recall == pytest.approx(recall)
    assert scores.f1 == pytest.approx(f1)
    assert np.array_equal(scores.n_reference, support)
    assert macro_f1(matrix) == pytest.approx(reference.f1_score(truth, mapped, average="macro"))
    assert kappa(matrix) == pytest.approx(reference.cohen_kappa_score(truth, mapped))


def test_rows_are_the_map_and_columns_the_reference():
    matrix = error_matrix(np.array([0, 0, 0]), np.array([0, 1, 1]), 2)
    assert matrix.tolist() == [[1, 2], [0, 0]]
    assert class_scores(matrix).precision[0] == pytest.approx(1 / 3)
    assert class_scores(matrix).recall[0] == 1.0


@pytest.mark.parametrize("decimals", [12, 1])
def test_auc_equals_scikit_learn_with_and_without_ties(decimals):
    rng = np.random.default_rng(0)
    truth = rng.random(300) < 0.3
    scores = np.round(rng.random(300) + 0.3 * truth, decimals)
    assert roc_auc(scores, truth) == pytest.approx(reference.roc_auc_score(truth, scores))


def test_scores_without_a_denominator_are_nan_and_left_out():
    matrix = np.array([[3, 0, 0], [1, 4, 0], [0, 0, 0]])
    assert np.isnan(class_scores(matrix).f1[2])
    assert macro_f1(matrix) == pytest.approx(class_scores(matrix).f1[:2].mean())
    assert np.isnan(kappa(np.array([[5, 0], [0, 0]])))
    assert np.isnan(overall_accuracy(np.zeros((2, 2), dtype=int)))
    assert np.isnan(macro_f1(np.zeros((2, 2), dtype=int)))
    assert np.isnan(kappa(np.zeros((2, 2), dtype=int)))
    assert np.isnan(roc_auc(np.array([0.1, 0.2]), np.array([True, True])))


def test_a_map_unrelated_to_the_reference_has_kappa_zero():
    assert kappa(np.array([[20, 30], [20, 30]])) == pytest.approx(0.0)
