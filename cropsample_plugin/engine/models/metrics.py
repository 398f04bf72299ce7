"""Scores of a classification. In every error matrix rows are the map and columns the reference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.integer]
Matrix = npt.NDArray[np.int64]


@dataclass(frozen=True)
class ClassScores:
    """Scores of each class, ``(n_classes,)``; NaN where a score has no denominator.

    Attributes:
        precision: share of the samples mapped as the class that are of it (user's accuracy of the sample).
        recall: share of the samples of the class that are mapped as it (producer's accuracy of the sample).
        f1: harmonic mean of the two.
        n_reference: samples of the class.
        n_mapped: samples mapped as the class.
    """

    precision: npt.NDArray[np.float64]
    recall: npt.NDArray[np.float64]
    f1: npt.NDArray[np.float64]
    n_reference: Matrix
    n_mapped: Matrix


def error_matrix(mapped: IntArray, reference: IntArray, n_classes: int) -> Matrix:
    """Count samples, ``(n_classes, n_classes)``: row = class in the map, column = class in the reference."""
    cells = mapped.astype(np.int64) * n_classes + reference
    return np.bincount(cells, minlength=n_classes * n_classes).reshape(n_classes, n_classes).astype(np.int64)


def overall_accuracy(matrix: Matrix) -> float:
    """Return the share of samples on the diagonal; NaN for an empty matrix."""
    total = matrix.sum()
    return float(np.trace(matrix) / total) if total else float("nan")


def class_scores(matrix: Matrix) -> ClassScores:
    """Return precision, recall and F1 of each class."""
    hits = np.diag(matrix).astype(np.float64)
    n_mapped, n_reference = matrix.sum(axis=1), matrix.sum(axis=0)
    return ClassScores(
        precision=_ratio(hits, n_mapped),
        recall=_ratio(hits, n_reference),
        f1=_ratio(2.0 * hits, n_mapped + n_reference),
        n_reference=n_reference,
        n_mapped=n_mapped,
    )


def macro_f1(matrix: Matrix) -> float:
    """Return the mean F1 of the classes that the reference or the map holds; each class counts the same."""
    f1 = class_scores(matrix).f1
    known = f1[np.isfinite(f1)]
    return float(known.mean()) if len(known) else float("nan")


def kappa(matrix: Matrix) -> float:
    """Return Cohen's kappa, ``(p_o - p_e) / (1 - p_e)``; NaN when chance agreement is 1.

    Source: Cohen 1960, Educational and Psychological Measurement 20:37-46.
    """
    total = float(matrix.sum())
    if total == 0.0:
        return float("nan")
    expected = float((matrix.sum(axis=0) * matrix.sum(axis=1)).sum()) / total**2
    return (overall_accuracy(matrix) - expected) / (1.0 - expected) if expected < 1.0 else float("nan")


def roc_auc(scores: npt.NDArray[np.floating], is_positive: npt.NDArray[np.bool_]) -> float:
    """Return the area under the ROC curve: the chance that a positive outranks a negative, ties counting half.

    Args:
        scores: ``(n_samples,)`` probability of the positive class.
        is_positive: ``(n_samples,)`` reference.

    Returns:
        A value in [0, 1], or NaN when one of the two classes is absent.
    """
    n_positive = int(is_positive.sum())
    n_negative = len(scores) - n_positive
    if n_positive == 0 or n_negative == 0:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    mean_ranks = np.cumsum(counts) - (counts - 1) / 2.0
    rank_sum = float(mean_ranks[inverse][is_positive].sum())
    return (rank_sum - n_positive * (n_positive + 1) / 2.0) / (n_positive * n_negative)


def _ratio(numerator: npt.NDArray[np.float64], denominator: Matrix) -> npt.NDArray[np.float64]:
    ratio = np.full(len(numerator), np.nan)
    np.divide(numerator, denominator, out=ratio, where=denominator > 0)
    return ratio
