"""Score against number of training samples: how many labels are enough."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.cross_validation.designs import NamedFold
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.models.validation import Fold

_SMALLEST = 25
_MOST_SIZES = 6


@dataclass(frozen=True)
class LearningCurve:
    """Macro F1 of a model on the same test samples, by number of training samples.

    Attributes:
        sizes: numbers of training samples, rising; the last is all there are (the mean over the folds).
        means, deviations: over the folds.
        plateau: smallest size within one standard error of the best mean; 0 where the score still rises at the end.
    """

    sizes: tuple[int, ...]
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    plateau: int


def curve_sizes(n_train: int, n_classes: int) -> list[int]:
    """Return the sizes below all samples, each about twice the one before."""
    smallest = max(_SMALLEST, 3 * n_classes)
    if n_train < 2 * smallest:
        return []
    n_sizes = min(_MOST_SIZES, int(math.log2(n_train / smallest)) + 1)
    sizes = np.geomspace(smallest, n_train, n_sizes + 1)[:-1]
    return sorted({round(size) for size in sizes})


def smaller_fold(samples: TrainingSet, item: NamedFold, size: int, seed: int) -> NamedFold:
    """Return a fold with about so many training samples, whole groups at a time, every class at least once."""
    rng = np.random.default_rng([seed, size])
    rows = item.fold.train_rows
    groups = samples.groups[rows]
    order = rng.permutation(np.unique(groups))
    first_of_class = _first_groups(samples, rows, order)
    ranked = [*first_of_class, *(group for group in order.tolist() if group not in first_of_class)]
    counts = dict(zip(*np.unique(groups, return_counts=True)))
    taken, total = [], 0
    for group in ranked:
        if total >= size and group not in first_of_class:
            break
        taken.append(group)
        total += int(counts[group])
    return NamedFold(item.name, Fold(rows[np.isin(groups, taken)], item.fold.test_rows))


def _first_groups(samples: TrainingSet, rows: npt.NDArray[np.int64], order: npt.NDArray[np.int64]) -> set[int]:
    """Return, for each class, the first group in the order that holds it."""
    rank = np.empty(int(order.max()) + 1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    found = set()
    for class_index in np.unique(samples.class_indices[rows]):
        held = samples.groups[rows[samples.class_indices[rows] == class_index]]
        found.add(int(held[rank[held].argmin()]))
    return found


def find_plateau(sizes: list[int], scores: npt.NDArray[np.float64]) -> LearningCurve:
    """Judge ``(n_sizes, n_folds)`` scores by the one-standard-error rule."""
    means = np.nanmean(scores, axis=1)
    n_folds = scores.shape[1]
    deviations = np.nanstd(scores, axis=1, ddof=1) if n_folds > 1 else np.zeros(len(sizes))
    best = int(means.argmax())
    near = means >= means[best] - deviations[best] / math.sqrt(n_folds)
    first = int(np.flatnonzero(near)[0])
    plateau = sizes[first] if first < len(sizes) - 1 else 0
    return LearningCurve(tuple(sizes), tuple(means.tolist()), tuple(deviations.tolist()), plateau)
