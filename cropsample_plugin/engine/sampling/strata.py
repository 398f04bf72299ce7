"""Strata: kinds of objects, found by k-means in feature space, their number chosen by a stated criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np
import numpy.typing as npt
from sklearn.cluster import KMeans
from sklearn.metrics import calinski_harabasz_score, silhouette_score

from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

CHOOSE = 0
_SMALLEST_CHOICE = 6
_LARGEST_CHOICE = 20
_FIT_OBJECTS = 20_000
_JUDGE_OBJECTS = 2_000


@dataclass(frozen=True)
class Strata:
    """A stratum for every object.

    Attributes:
        labels: ``(n_objects,)`` stratum of each object, 0 .. n_strata - 1, largest stratum first.
        n_strata: number of strata, none of them empty.
        criterion: how the number was chosen, in words.
        criterion_values: number of strata to criterion value, for the report; empty when the number was given.
    """

    labels: IntArray
    n_strata: int
    criterion: str
    criterion_values: dict[int, float]


def _silhouette(scores: FloatArray, labels: IntArray) -> float:
    return float(silhouette_score(scores, labels))


def _calinski_harabasz(scores: FloatArray, labels: IntArray) -> float:
    return float(calinski_harabasz_score(scores, labels))


CRITERIA: dict[str, Callable[[FloatArray, IntArray], float]] = {
    "silhouette": _silhouette,
    "calinski_harabasz": _calinski_harabasz,
}


def cluster_strata(
    scores: FloatArray, weights: FloatArray, n_strata: int, seed: int, criterion: str = "silhouette"
) -> Strata:
    """Group objects into strata by weighted k-means.

    Args:
        scores: ``(n_objects, n_components)`` of a feature space.
        weights: ``(n_objects,)`` positive.
        n_strata: number of strata; 0 chooses the number in 6 .. 20 with the best criterion.
        seed: same seed, same strata.
        criterion: a name of `CRITERIA`.

    Returns:
        Strata; fewer than asked for when there are fewer distinct objects.
    """
    if n_strata < 0 or criterion not in CRITERIA:
        raise InputError(f"Impossible strata: number {n_strata}, criterion '{criterion}'.")
    rng = np.random.default_rng(seed)
    fitted = _some_rows(len(scores), _FIT_OBJECTS, rng)
    n_distinct = len(np.unique(scores[fitted], axis=0))
    values: dict[int, float] = {}
    if n_strata != CHOOSE:
        chosen = min(n_strata, n_distinct)
    else:
        chosen, values = _best_number(scores[fitted], weights[fitted], n_distinct, seed, criterion)
    labels = _cluster(scores, weights, fitted, chosen, seed)
    described = f"best {criterion} of {_SMALLEST_CHOICE} to {_LARGEST_CHOICE} strata" if values else "given"
    return _largest_first(labels, weights, described, values)


def _some_rows(n_rows: int, n_wanted: int, rng: np.random.Generator) -> IntArray:
    if n_rows <= n_wanted:
        return np.arange(n_rows, dtype=np.int64)
    return np.sort(rng.choice(n_rows, n_wanted, replace=False)).astype(np.int64)


def _best_number(
    scores: FloatArray, weights: FloatArray, n_distinct: int, seed: int, criterion: str
) -> tuple[int, dict[int, float]]:
    judged = _some_rows(len(scores), _JUDGE_OBJECTS, np.random.default_rng(seed))
    values: dict[int, float] = {}
    for number in range(_SMALLEST_CHOICE, min(_LARGEST_CHOICE, n_distinct - 1) + 1):
        labels = _kmeans(scores, weights, number, seed, n_starts=1).labels_[judged]
        if 1 < len(np.unique(labels)) < len(judged):
            values[number] = CRITERIA[criterion](scores[judged], labels.astype(np.int64))
    if not values:
        return max(1, min(_SMALLEST_CHOICE, n_distinct)), {}
    return max(values, key=lambda number: values[number]), values


def _cluster(scores: FloatArray, weights: FloatArray, fitted: IntArray, number: int, seed: int) -> IntArray:
    if number <= 1:
        return np.zeros(len(scores), dtype=np.int64)
    model = _kmeans(scores[fitted], weights[fitted], number, seed, n_starts=3)
    labels: IntArray = model.predict(np.ascontiguousarray(scores)).astype(np.int64)
    return labels


def _kmeans(scores: FloatArray, weights: FloatArray, number: int, seed: int, n_starts: int) -> KMeans:
    model = KMeans(number, n_init=n_starts, random_state=seed)
    return model.fit(np.ascontiguousarray(scores), sample_weight=weights)


def _largest_first(labels: IntArray, weights: FloatArray, criterion: str, values: dict[int, float]) -> Strata:
    present, compact = np.unique(labels, return_inverse=True)
    sizes = np.bincount(compact, weights=weights, minlength=len(present))
    rank = np.empty(len(present), dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(present))
    return Strata(rank[compact], len(present), criterion, values)
