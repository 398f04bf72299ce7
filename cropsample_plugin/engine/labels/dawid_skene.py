"""Dawid and Skene's model: every labeler has habits of error, and the true classes follow from all labels together.

Source: Dawid and Skene 1979, Applied Statistics 28:20. The habits have a weak prior (`PSEUDO_COUNT` labels a row,
one extra on the diagonal), so that a labeler with a handful of labels is not believed to be perfect or useless.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cropsample_plugin.engine.labels.votes import FloatArray, LabelVotes, count_votes
from cropsample_plugin.engine.progress import Progress, SilentProgress, raise_if_canceled

PSEUDO_COUNT = 0.05
DIAGONAL_COUNT = 0.5
MAX_STEPS = 1000
TOLERANCE = 1e-9


@dataclass(frozen=True)
class DawidSkene:
    """What the model found.

    Attributes:
        probabilities: ``(n_samples, n_classes)`` of the true class of each sample.
        class_shares: ``(n_classes,)`` of the true classes.
        confusion: ``(n_labelers, n_classes, n_classes)``: probability that a labeler says the last axis when the
            truth is the middle axis.
        log_likelihoods: objective after each step, never falling.
        has_converged: the last step changed the objective by less than `TOLERANCE` of its size.
    """

    probabilities: FloatArray
    class_shares: FloatArray
    confusion: FloatArray
    log_likelihoods: tuple[float, ...]
    has_converged: bool


def fit_dawid_skene(votes: LabelVotes, progress: Progress | None = None) -> DawidSkene:
    """Fit by expectation and maximisation in log space, from the shares of votes.

    Args:
        votes: the labels; confidences weigh each label's evidence.
        progress: asked about cancelling.
    """
    progress = progress or SilentProgress()
    indicators = _indicators(votes)
    counts = count_votes(votes, weighted=True)
    totals = counts.sum(axis=1, keepdims=True)
    probabilities = np.where(totals > 0, counts / np.maximum(totals, 1e-300), 1.0 / len(votes.classes))
    history: list[float] = []
    has_converged = False
    for _ in range(MAX_STEPS):
        raise_if_canceled(progress)
        shares, confusion = _maximise(probabilities, indicators)
        probabilities, objective = _expect(shares, confusion, indicators)
        has_converged = bool(history) and abs(objective - history[-1]) <= TOLERANCE * abs(objective)
        history.append(objective)
        if has_converged:
            break
    return DawidSkene(probabilities, shares, confusion, tuple(history), has_converged)


def _indicators(votes: LabelVotes) -> FloatArray:
    """``(n_labelers, n_samples, n_classes)``: the confidence where the labeler gave the class, else 0."""
    n_classes = len(votes.classes)
    result = np.zeros((len(votes.labelers), votes.n_samples, n_classes))
    samples, labelers = np.nonzero(votes.is_given)
    result[labelers, samples, votes.codes[samples, labelers]] = votes.confidences[samples, labelers]
    return result


def _maximise(probabilities: FloatArray, indicators: FloatArray) -> tuple[FloatArray, FloatArray]:
    n_classes = probabilities.shape[1]
    shares = probabilities.sum(axis=0) + PSEUDO_COUNT
    confusion = np.einsum("ik,lic->lkc", probabilities, indicators, optimize=True)
    confusion += _prior(n_classes)
    return shares / shares.sum(), confusion / confusion.sum(axis=2, keepdims=True)


def _prior(n_classes: int) -> FloatArray:
    return PSEUDO_COUNT + DIAGONAL_COUNT * np.eye(n_classes)


def _expect(shares: FloatArray, confusion: FloatArray, indicators: FloatArray) -> tuple[FloatArray, float]:
    log_confusion = np.log(confusion)
    logs = np.log(shares) + np.einsum("lic,lkc->ik", indicators, log_confusion, optimize=True)
    highest = logs.max(axis=1, keepdims=True)
    unscaled = np.exp(logs - highest)
    sums = unscaled.sum(axis=1, keepdims=True)
    prior = float((_prior(len(shares)) * log_confusion).sum() + PSEUDO_COUNT * np.log(shares).sum())
    return unscaled / sums, float((highest + np.log(sums)).sum()) + prior
