"""The batch: samples one after the other, each worth much, standing for others, and unlike and apart from the rest.

What a candidate adds is a facility-location gain weighted by worth: how much better the candidates that are worth
labeling would be represented with it than without (Wei, Iyer, Bilmes 2015, Submodularity in data subset selection and
active learning). Samples chosen before lower the gain of everything like them, so that ten neighbours of one field
never come together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.active.likeness import Likeness
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class BatchRules:
    """How worth, variety and distance are weighed.

    Attributes:
        n_samples: number of samples.
        diversity: weight of variety against worth, in [0, 1]; 0 takes the most worthy, 1 looks at variety alone.
        range_m: distance within which a sample makes its surroundings less interesting; 0 for none.
        min_distance_m: samples are at least this far from each other and from known ones.
    """

    n_samples: int
    diversity: float
    range_m: float
    min_distance_m: float


@dataclass(frozen=True)
class Pick:
    """One chosen candidate and how it stood when it was chosen.

    Attributes:
        position: in the pool.
        score: its score, in [0, 1].
        worth: its worth.
        share: share of the pool's worth that it represents and no sample before did.
        likeness: to the sample, known or chosen before, that is most like it.
        distance_m: to the nearest such sample; infinite when there is none.
    """

    position: int
    score: float
    worth: float
    share: float
    likeness: float
    distance_m: float


@dataclass(frozen=True)
class Pool:
    """Candidates to choose from.

    Attributes:
        xy_m: ``(p, 2)``.
        likeness: in the features.
        distance_m: ``(p,)`` to the nearest known sample, infinite where there is none.
        ease: ``(p,)`` factor in (0, 1] that costs leave of a score.
        weights: ``(p,)`` worth that counts in what a sample stands for.
        worth_now: positions chosen so far to ``(p,)`` worth: it falls in strata that get samples.
    """

    xy_m: FloatArray
    likeness: Likeness
    distance_m: FloatArray
    ease: SingleArray
    weights: SingleArray
    worth_now: Callable[[list[int]], SingleArray]


def choose_batch(pool: Pool, rules: BatchRules, progress: Progress) -> list[Pick]:
    """Choose samples greedily; fewer than asked for when the minimum distance leaves no more.

    Ties go to the first in the pool, so that the same pool gives the same batch.
    """
    among, cover = pool.likeness.among, pool.likeness.to_known.copy()
    distance_m = pool.distance_m.copy()
    free = distance_m >= rules.min_distance_m
    gains = (np.maximum(among - cover[None, :], 0) @ pool.weights).astype(np.float64)
    largest = max(float(gains.max(initial=0.0)), 1e-12)
    total = max(float(pool.weights.sum()), 1e-12)
    chosen: list[int] = []
    picks: list[Pick] = []
    while len(picks) < rules.n_samples and free.any():
        raise_if_canceled(progress)
        worth = pool.worth_now(chosen)
        variety = np.clip(gains / largest, 0, 1) * _apartness(distance_m, rules.range_m)
        scores = worth.astype(np.float64) ** (1 - rules.diversity) * variety**rules.diversity * pool.ease
        position = int(np.argmax(np.where(free, scores, -1.0)))
        picks.append(
            Pick(
                position,
                float(scores[position]),
                float(worth[position]),
                max(0.0, float(gains[position])) / total,
                float(cover[position]),
                float(distance_m[position]),
            )
        )
        chosen.append(position)
        _cover_by(position, among, cover, gains, pool.weights)
        np.minimum(distance_m, np.hypot(*(pool.xy_m - pool.xy_m[position]).T), out=distance_m)
        free &= distance_m >= rules.min_distance_m
        free[position] = False
        progress.report(len(picks) / rules.n_samples, "Choosing samples")
    return picks


def _apartness(distance_m: FloatArray, range_m: float) -> FloatArray:
    if range_m <= 0:
        return np.ones(len(distance_m))
    return np.asarray(1 - np.exp(-((distance_m / range_m) ** 2)))


def _cover_by(position: int, among: SingleArray, cover: SingleArray, gains: FloatArray, weights: SingleArray) -> None:
    """Take a sample in: what it represents is represented, and others gain less by representing it; in place."""
    better = np.flatnonzero(among[position] > cover)
    if not len(better):
        return
    columns = among[:, better]
    before, after = cover[better], among[position, better]
    lost = np.maximum(columns - before, 0) - np.maximum(columns - after, 0)
    gains -= lost @ weights[better]
    cover[better] = after
