"""OPTIMISE: improve a sample set by exchanging samples for other objects until its CRI levels off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.progress import Progress, SilentProgress, raise_if_canceled
from cropsample_plugin.engine.sampling.exchange_kernels import (
    ExchangeProblem,
    ExchangeState,
    search_candidates,
    start_totals,
)
from cropsample_plugin.engine.sampling.nearest_kernels import two_nearest
from cropsample_plugin.engine.sampling.population import Population
from cropsample_plugin.engine.sampling.representativeness import HEXAGON_MSSD, CriVariant

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

_CHUNK_CANDIDATES = 250
_FEWEST_TO_EXCHANGE = 2


@dataclass(frozen=True)
class Constraints:
    """What the fieldwork allows.

    Attributes:
        selectable: ``(n_objects,)`` in population order, False where no sample can be put.
        existing: positions of objects that have a sample already; they are kept and count.
        costs: ``(n_objects,)`` cost of visiting, in units of the median object; empty for none.
        cost_weight: how much of log CRI one unit of mean cost is worth.
        min_distance_m: samples are at least this far apart on the map.
    """

    selectable: BoolArray
    existing: IntArray
    costs: FloatArray
    cost_weight: float = 0.0
    min_distance_m: float = 0.0

    @classmethod
    def none(cls, n_objects: int) -> Constraints:
        """Return constraints that constrain nothing."""
        return cls(np.ones(n_objects, dtype=bool), np.empty(0, dtype=np.int64), np.zeros(n_objects))


@dataclass(frozen=True)
class ExchangeResult:
    """What the search did.

    Attributes:
        sample: the improved set, sorted, as positions in the population.
        n_trials: number of trial swaps evaluated.
        n_swaps: number of swaps made.
        n_passes: number of passes over the candidates; the last one improved nothing unless the limit was hit.
        leveled_off: True when the last pass found no improvement above the tolerance.
    """

    sample: IntArray
    n_trials: int
    n_swaps: int
    n_passes: int
    leveled_off: bool


@dataclass(frozen=True)
class ExchangeOptions:
    """When to stop.

    Attributes:
        max_passes: passes over all candidates at most.
        tolerance: a pass that improves log CRI by less than this ends the search.
        seed: order of the candidates.
    """

    max_passes: int = 10
    tolerance: float = 1e-4
    seed: int = 42


def improve_by_exchange(
    population: Population,
    sample: IntArray,
    variant: CriVariant,
    constraints: Constraints,
    options: ExchangeOptions | None = None,
    progress: Progress | None = None,
) -> ExchangeResult:
    """Exchange samples for objects as long as the index grows.

    Args:
        population: the objects.
        sample: positions of the starting set; it includes the existing samples and keeps the minimum distance.
        variant: version of the index.
        constraints: what may be chosen.
        options: when to stop.
        progress: asked about cancelling between chunks of candidates.

    Returns:
        The improved set; its index is never below that of the start.
    """
    options, progress = options or ExchangeOptions(), progress or SilentProgress()
    if len(sample) < _FEWEST_TO_EXCHANGE:
        return ExchangeResult(np.sort(sample), 0, 0, 0, leveled_off=True)
    problem = _problem(population, variant, constraints)
    state = _state(problem, sample, constraints)
    objective = start_totals(problem, state)
    candidates = np.flatnonzero(constraints.selectable)
    rng = np.random.default_rng(options.seed)
    n_trials, n_swaps, leveled_off, n_passes = 0, 0, False, 0
    while n_passes < options.max_passes and not leveled_off:
        order = rng.permutation(candidates)
        for start in range(0, len(order), _CHUNK_CANDIDATES):
            raise_if_canceled(progress)
            trials, swaps = search_candidates(problem, state, order[start : start + _CHUNK_CANDIDATES])
            n_trials, n_swaps = n_trials + int(trials), n_swaps + int(swaps)
            progress.report((n_passes + start / len(order)) / options.max_passes, "Exchanging samples")
        leveled_off = state.totals[4] - objective < options.tolerance
        objective = float(state.totals[4])
        n_passes += 1
    return ExchangeResult(np.sort(state.sample), n_trials, n_swaps, n_passes, leveled_off)


def _problem(population: Population, variant: CriVariant, constraints: Constraints) -> ExchangeProblem:
    return ExchangeProblem(
        scores=population.scores,
        scores_t=np.ascontiguousarray(population.scores.T),
        xy=population.xy_m,
        xy_t=np.ascontiguousarray(population.xy_m.T),
        weights=population.weights,
        kind_weights=population.kind_weights,
        strata=population.strata.labels,
        stratum_shares=population.stratum_shares,
        upper=population.upper_shares,
        lower=population.lower_shares,
        component_shares=population.component_shares,
        spread=float(population.spread),
        kernel_factor=-0.5 / population.kernel_radius**2,
        spatial_scale=HEXAGON_MSSD * population.region_area_m2,
        cri_weights=np.array(variant.weights),
        costs=constraints.costs if len(constraints.costs) else np.zeros(population.n_objects),
        cost_weight=float(constraints.cost_weight),
        squared_distance_m2=float(constraints.min_distance_m) ** 2,
    )


def _state(problem: ExchangeProblem, sample: IntArray, constraints: Constraints) -> ExchangeState:
    sample = np.array(sample, dtype=np.int64)
    is_sample = np.zeros(len(problem.scores), dtype=bool)
    is_sample[sample] = True
    sample_scores, sample_xy = problem.scores[sample].copy(), problem.xy[sample].copy()
    return ExchangeState(
        sample=sample,
        locked=np.isin(sample, constraints.existing),
        is_sample=is_sample,
        sample_scores=sample_scores,
        sample_xy=sample_xy,
        feature_state=two_nearest(problem.scores, sample_scores),
        map_state=two_nearest(problem.xy, sample_xy),
        counts=np.bincount(problem.strata[sample], minlength=len(problem.stratum_shares)).astype(np.int64),
        sample_upper=np.sort(problem.upper[:, sample], axis=1),
        sample_lower=np.sort(problem.lower[:, sample], axis=1),
        totals=np.zeros(5),
    )
