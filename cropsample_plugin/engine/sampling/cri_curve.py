"""How the index grows with the number of samples, and from which number on more samples help little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.knee import knee_position
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.sampling.exchange import Constraints
from cropsample_plugin.engine.sampling.population import Population
from cropsample_plugin.engine.sampling.representativeness import CriVariant, score_sets
from cropsample_plugin.engine.sampling.selection import (
    SelectionOptions,
    draw_candidate_sets,
    draw_random_sets,
    draw_stratified_sets,
)

FloatArray = npt.NDArray[np.float64]

CURVE_SIZES = (25, 49, 100, 169, 225, 400)
SMALL_GAIN = 0.03


@dataclass(frozen=True)
class CriCurve:
    """The index against the number of samples.

    Attributes:
        sizes: ``(n,)`` numbers of samples, increasing.
        best: ``(n,)`` index of the best of the candidate sets.
        stratified: ``(n,)`` median of plain stratified sets.
        random: ``(n,)`` median of simple random sets.
        knee: number where the curve of the best bends most (Kneedle); 0 when it does not bend.
        leveled: smallest number at which the best is less than 0.03 above the median random set; 0 when none.
    """

    sizes: tuple[int, ...]
    best: FloatArray
    stratified: FloatArray
    random: FloatArray
    knee: int
    leveled: int


@dataclass(frozen=True)
class CriDistributions:
    """Index of many sets of one size: what a set is compared with."""

    candidates: FloatArray
    stratified: FloatArray
    random: FloatArray


def distributions(
    population: Population, n_samples: int, n_sets: int, variant: CriVariant, seed: int
) -> CriDistributions:
    """Return the index of candidate, plain stratified and simple random sets of one size."""
    free = Constraints.none(population.n_objects)
    options = SelectionOptions(n_samples, n_candidate_sets=n_sets, seed=seed, variant=variant)
    rng = np.random.default_rng(seed)
    candidates = draw_candidate_sets(population, options, free)
    stratified = draw_stratified_sets(population, options, free)
    randoms = draw_random_sets(population.n_objects, n_samples, n_sets, rng)
    scores = score_sets(population, [*candidates, *stratified, *randoms], variant)
    return CriDistributions(scores[:n_sets], scores[n_sets : 2 * n_sets], scores[2 * n_sets :])


def cri_curve(population: Population, variant: CriVariant, n_sets: int, seed: int, progress: Progress) -> CriCurve:
    """Sweep the number of samples over `CURVE_SIZES`, as far as there are objects."""
    sizes = [size for size in CURVE_SIZES if size <= population.n_objects] or [population.n_objects]
    found = []
    for number, size in enumerate(sizes):
        raise_if_canceled(progress)
        progress.report(number / len(sizes), f"CRI of {size} samples")
        found.append(distributions(population, size, n_sets, variant, seed))
    best = np.array([item.candidates.max() for item in found])
    random = np.array([np.median(item.random) for item in found])
    stratified = np.array([np.median(item.stratified) for item in found])
    close = np.flatnonzero(best - random < SMALL_GAIN)
    leveled = sizes[int(close[0])] if len(close) else 0
    knee = knee_position(np.log(sizes), best)
    return CriCurve(tuple(sizes), best, stratified, random, 0 if knee is None else sizes[knee], leveled)
