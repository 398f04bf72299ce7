"""Samples to label next, out of any number of candidates: worth, variety, distance, and the reason of each."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from cropsample_plugin.engine.active.batch_choice import BatchRules, Pick, Pool, choose_batch
from cropsample_plugin.engine.active.candidates import Candidates, KnownSamples, check_probabilities
from cropsample_plugin.engine.active.comparison_pool import POOL_SIZE, draw_pool
from cropsample_plugin.engine.active.likeness import likeness
from cropsample_plugin.engine.active.worth import Worth, WorthWeights, stratum_deficits, worth_of
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress, StepProgress

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

_LARGEST_ROUND = 200
_SAME_PLACE_M = 0.01


@dataclass(frozen=True)
class ProposalOptions:
    """What is asked for.

    Attributes:
        n_samples: number of samples to propose.
        uncertainty: a name of `UNCERTAINTIES`.
        diversity: weight of variety in features and space against worth, in [0, 1].
        weights: how much rarity and strata count beside uncertainty.
        cost_weight: how much costs count; a cost of the median divides the score by ``1 + cost_weight``.
        min_distance_m: metres between samples, known ones included, at least.
        seed: seed of the draw of what is compared.
    """

    n_samples: int = 25
    uncertainty: str = "margin"
    diversity: float = 0.1
    weights: WorthWeights = field(default_factory=WorthWeights)
    cost_weight: float = 0.0
    min_distance_m: float = 0.0
    seed: int = 42


@dataclass(frozen=True)
class Proposal:
    """One proposed sample.

    Attributes:
        row: the candidate.
        pick: how it stood when it was chosen.
        uncertainty, rarity, deficit: components of its worth, in [0, 1].
        cost: in units of the median; NaN where nothing costs.
    """

    row: int
    pick: Pick
    uncertainty: float
    rarity: float
    deficit: float
    cost: float


@dataclass(frozen=True)
class Proposals:
    """The proposed samples, the most useful first.

    Attributes:
        samples: in order.
        worth: components of worth of all candidates.
        n_free: candidates far enough from the known samples.
    """

    samples: tuple[Proposal, ...]
    worth: Worth
    n_free: int


def propose(candidates: Candidates, known: KnownSamples, options: ProposalOptions, progress: Progress) -> Proposals:
    """Propose samples to label next.

    Large requests are met in rounds of 200, each with a fresh pool of 4000 candidates to compare, so that memory does
    not grow with the number of candidates or samples. When the minimum distance leaves no room, there are fewer
    samples than asked for.

    Raises:
        InputError: the numbers are no probabilities of two or more classes, an option is out of its bounds, or there
            are fewer candidates than samples asked for.
        CanceledError: the user cancelled.
    """
    _check(candidates, known, options)
    worth = worth_of(candidates, known, options.uncertainty)
    predicted = candidates.probabilities.argmax(axis=1)
    free = np.ones(candidates.n_candidates, dtype=bool)
    if known.n_samples:
        nearest_m = cKDTree(known.xy_m).query(candidates.xy_m)[0]
        free = nearest_m >= max(options.min_distance_m, _SAME_PLACE_M)
        del nearest_m
    n_free = int(free.sum())
    made: list[Proposal] = []
    while len(made) < options.n_samples:
        rows = np.flatnonzero(free)
        if not len(rows):
            break
        done = len(made) / options.n_samples
        batch = _Round(candidates, known, options, worth, made, rows)
        found = batch.propose(predicted, StepProgress(progress, done, 1.0))
        if not found:
            break
        made += found
        _bar_surroundings(free, candidates.xy_m, found, options.min_distance_m)
    return Proposals(tuple(made), worth, n_free)


class _Round:
    """One pool and the samples chosen from it."""

    def __init__(
        self,
        candidates: Candidates,
        known: KnownSamples,
        options: ProposalOptions,
        worth: Worth,
        made: list[Proposal],
        rows: IntArray,
    ) -> None:
        self._candidates, self._known, self._options, self._worth = candidates, known, options, worth
        self._made = np.array([proposal.row for proposal in made], dtype=np.int64)
        self._rows = rows
        self._n_total = known.n_samples + options.n_samples
        self._counts = self._stratum_counts()
        self.pool: IntArray = np.empty(0, dtype=np.int64)

    def propose(self, predicted: npt.NDArray[np.intp], progress: Progress) -> list[Proposal]:
        """Draw the pool, choose from it, and say how each stands."""
        candidates, options = self._candidates, self._options
        total = self._worth.total(self._rows, self._deficits(self._rows, self._counts), options.weights)
        n_classes = len(candidates.class_names)
        seed = options.seed + len(self._made)
        self.pool = self._rows[draw_pool(total, predicted[self._rows], n_classes, POOL_SIZE, seed)]
        costs = candidates.costs_of(self.pool) if candidates.costs_of else np.full(len(self.pool), np.nan)
        n_wanted = min(_LARGEST_ROUND, options.n_samples - len(self._made))
        pool = self._compared(np.nan_to_num(costs), n_wanted)
        rules = BatchRules(n_wanted, options.diversity, self._range_m(), options.min_distance_m)
        proposals: list[Proposal] = []
        chosen: list[int] = []
        for pick in choose_batch(pool, rules, progress):
            row = int(self.pool[pick.position])
            deficit = self._deficits(self.pool[[pick.position]], self._counts_with(chosen))
            chosen.append(pick.position)
            worth = self._worth
            parts = float(worth.uncertainty[row]), float(worth.rarity[row]), float(deficit[0])
            proposals.append(Proposal(row, pick, *parts, float(costs[pick.position])))
        return proposals

    def _compared(self, costs: FloatArray, n_wanted: int) -> Pool:
        candidates, options = self._candidates, self._options
        taken_xy_m = np.concatenate([self._known.xy_m, candidates.xy_m[self._made]])
        xy_m = candidates.xy_m[self.pool]
        distance_m = cKDTree(taken_xy_m).query(xy_m)[0] if len(taken_xy_m) else np.full(len(xy_m), np.inf)
        known = self._known.features
        if len(self._made):
            made = candidates.features_of(self._made)
            known = made if known is None else np.concatenate([known, made])
        alike = likeness(candidates.features_of(self.pool), known, n_wanted + len(taken_xy_m))
        start = self._deficits(self.pool, self._counts)
        return Pool(
            xy_m,
            alike,
            distance_m,
            (1 / (1 + options.cost_weight * costs)).astype(np.float32),
            self._worth.total(self.pool, start, options.weights),
            self._worth_with,
        )

    def _worth_with(self, chosen: list[int]) -> SingleArray:
        deficits = self._deficits(self.pool, self._counts_with(chosen))
        return self._worth.total(self.pool, deficits, self._options.weights)

    def _deficits(self, rows: IntArray, counts: IntArray) -> SingleArray:
        strata = self._candidates.strata
        if strata is None or not len(self._worth.shares):
            return np.zeros(len(rows), dtype=np.float32)
        lacking = stratum_deficits(self._worth.shares, counts, self._n_total)
        return np.where(strata[rows] >= 0, lacking[strata[rows]], np.float32(0)).astype(np.float32)

    def _stratum_counts(self) -> IntArray:
        n_strata = len(self._worth.shares)
        strata = self._candidates.strata
        if strata is None or n_strata == 0:
            return np.zeros(0, dtype=np.int64)
        taken = np.concatenate([self._known.strata, strata[self._made]])
        return np.bincount(taken[taken >= 0], minlength=n_strata).astype(np.int64)

    def _counts_with(self, chosen: list[int]) -> IntArray:
        strata = self._candidates.strata
        if strata is None or not len(self._counts) or not chosen:
            return self._counts
        more = strata[self.pool[chosen]]
        return self._counts + np.bincount(more[more >= 0], minlength=len(self._counts))

    def _range_m(self) -> float:
        """Return half the spacing that all samples would have, were they spread evenly over the candidates."""
        extent_m = np.ptp(self._candidates.xy_m, axis=0)
        return math.sqrt(float(extent_m[0] * extent_m[1]) / max(1, self._n_total)) / 2


def _bar_surroundings(
    free: npt.NDArray[np.bool_], xy_m: FloatArray, found: list[Proposal], min_distance_m: float
) -> None:
    """Take the samples found, and what is too near to them, out of what is free; in place."""
    rows = [proposal.row for proposal in found]
    free[rows] = False
    if min_distance_m > 0 and rows:
        open_rows = np.flatnonzero(free)
        distance_m = cKDTree(xy_m[rows]).query(xy_m[open_rows], distance_upper_bound=min_distance_m)[0]
        free[open_rows[distance_m < min_distance_m]] = False


def _check(candidates: Candidates, known: KnownSamples, options: ProposalOptions) -> None:
    check_probabilities(candidates.probabilities, "The map")
    if options.n_samples < 1:
        raise InputError("At least one sample must be asked for.", "Set the number of samples.")
    bounds: dict[str, Any] = {
        "diversity": (options.diversity, 1.0),
        "weight of rarity": (options.weights.rarity, math.inf),
        "weight of strata": (options.weights.strata, math.inf),
        "weight of cost": (options.cost_weight, math.inf),
        "minimum distance": (options.min_distance_m, math.inf),
    }
    for name, (value, largest) in bounds.items():
        if not 0 <= value <= largest:
            raise InputError(f"The {name} is {value}.", f"It must be in 0 to {largest:g}.")
    if not np.isfinite(candidates.xy_m).all() or not np.isfinite(known.xy_m).all():
        raise InputError("Some places have no coordinates.", "Check the reference systems of the layers.")
    if candidates.n_candidates < options.n_samples:
        raise InputError(
            f"{options.n_samples} samples were asked for, there are {candidates.n_candidates} candidates.",
            "Ask for fewer samples, or give a larger map.",
        )
