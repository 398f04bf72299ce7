"""RESSOS: draw many sample sets from the strata, keep the one with the best CRI, and improve it by exchange."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress, SilentProgress, StepProgress, raise_if_canceled
from cropsample_plugin.engine.sampling.allocation import allocate
from cropsample_plugin.engine.sampling.exchange import (
    Constraints,
    ExchangeOptions,
    ExchangeResult,
    improve_by_exchange,
)
from cropsample_plugin.engine.sampling.population import Population
from cropsample_plugin.engine.sampling.representativeness import (
    CRI_VARIANTS,
    CriScore,
    CriVariant,
    score_set,
    score_sets,
)
from cropsample_plugin.engine.sampling.strata import cluster_strata

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

_SCORING_SHARE = 0.4


@dataclass(frozen=True)
class SelectionOptions:
    """How a representative sample set is chosen.

    Attributes:
        n_samples: size of the set, existing samples included.
        allocation: a name of `allocation.ALLOCATIONS`.
        n_candidate_sets: number of sets drawn.
        optimise: True improves the best set by exchange, in which every object counts alike.
        seed: same seed, same set.
        variant: version of the index.
        exchange: when the exchange search stops.
    """

    n_samples: int
    allocation: str = "proportional"
    n_candidate_sets: int = 1000
    optimise: bool = True
    seed: int = 42
    variant: CriVariant = CRI_VARIANTS["current"]
    exchange: ExchangeOptions = field(default_factory=ExchangeOptions)


@dataclass(frozen=True)
class Selection:
    """A representative sample set.

    Attributes:
        sample: positions in the population, sorted; existing samples are among them.
        score: its index and components.
        drawn_score: index and components of the best set drawn, before any exchange.
        candidate_scores: ``(n_candidate_sets,)`` index of every set drawn.
        exchange: what the exchange search did; None when it was not asked for.
    """

    sample: IntArray
    score: CriScore
    drawn_score: CriScore
    candidate_scores: FloatArray
    exchange: ExchangeResult | None


def select_representative(
    population: Population,
    options: SelectionOptions,
    constraints: Constraints | None = None,
    progress: Progress | None = None,
) -> Selection:
    """Choose the sample set that represents the objects best.

    Args:
        population: the objects.
        options: how.
        constraints: what may be chosen; none by default.
        progress: reports and cancelling.

    Raises:
        InputError: more samples than objects, fewer than the existing ones, or a minimum distance that cannot be kept.
    """
    constraints = constraints or Constraints.none(population.n_objects)
    progress = progress or SilentProgress()
    _check(population, options, constraints)
    drawing = StepProgress(progress, 0.0, _SCORING_SHARE if options.optimise else 1.0)
    sets = draw_candidate_sets(population, options, constraints, drawing)
    scores = score_sets(population, sets, options.variant)
    penalties = np.array([_mean_cost(constraints, candidate) for candidate in sets])
    best = sets[int(np.argmax(np.log(scores) - constraints.cost_weight * penalties))]
    drawn = score_set(population, best, options.variant)
    if not options.optimise:
        return Selection(np.sort(best), drawn, drawn, scores, None)
    searching = StepProgress(progress, _SCORING_SHARE, 1.0)
    # Exchange by kinds ends in sets of oddities: docs/sampling.md, "Does it help?".
    alike = population.counting_objects_alike()
    result = improve_by_exchange(alike, best, options.variant, constraints, options.exchange, searching)
    improved = score_set(population, result.sample, options.variant)
    return Selection(result.sample, improved, drawn, scores, result)


def draw_random_sets(n_objects: int, n_samples: int, n_sets: int, rng: np.random.Generator) -> list[IntArray]:
    """Draw simple random sets of objects, without strata or constraints: what a set is compared with."""
    return [rng.choice(n_objects, n_samples, replace=False).astype(np.int64) for _ in range(n_sets)]


def draw_stratified_sets(
    population: Population, options: SelectionOptions, constraints: Constraints, progress: Progress | None = None
) -> list[IntArray]:
    """Draw plain stratified sets: existing samples, completed by random objects of each stratum by the allocation."""
    counts = wanted_per_stratum(population, options, constraints)
    return _draw_sets(population, (_pools(population, constraints), counts), options, constraints, progress)


def draw_candidate_sets(
    population: Population, options: SelectionOptions, constraints: Constraints, progress: Progress | None = None
) -> list[IntArray]:
    """Draw candidate sets: each stratum is divided into as many parts as it gets samples, one object from each part.

    The parts are clusters of the stratum's objects, so that a set covers the kinds within a stratum too.
    """
    counts = wanted_per_stratum(population, options, constraints)
    parts: list[IntArray] = []
    for pool, count in zip(_pools(population, constraints), counts):
        parts += _divide(population, pool, int(count), options.seed)
    ones = np.ones(len(parts), dtype=np.int64)
    return _draw_sets(population, (parts, ones), options, constraints, progress)


def _divide(population: Population, pool: IntArray, n_parts: int, seed: int) -> list[IntArray]:
    """Divide objects into clusters; where there are fewer kinds than parts, the largest clusters are split evenly."""
    if n_parts == 0:
        return []
    labels = cluster_strata(population.scores[pool].astype(np.float64), population.weights[pool], n_parts, seed).labels
    parts = [pool[labels == label] for label in range(int(labels.max()) + 1)]
    while len(parts) < n_parts:
        largest = parts.pop(int(np.argmax([len(part) for part in parts])))
        parts += [largest[::2], largest[1::2]]
    return parts


def _draw_sets(
    population: Population,
    pools_and_counts: tuple[list[IntArray], IntArray],
    options: SelectionOptions,
    constraints: Constraints,
    progress: Progress | None,
) -> list[IntArray]:
    progress = progress or SilentProgress()
    rng = np.random.default_rng(options.seed)
    pools, counts = pools_and_counts
    if constraints.min_distance_m <= 0 and np.all(counts == 1):
        return _draw_one_from_each(pools, constraints.existing, options.n_candidate_sets, rng)
    sets = []
    for number in range(options.n_candidate_sets):
        raise_if_canceled(progress)
        sets.append(_draw_set(population, counts, pools, constraints, rng))
        progress.report(number / options.n_candidate_sets, "Drawing sample sets")
    return sets


def wanted_per_stratum(population: Population, options: SelectionOptions, constraints: Constraints) -> IntArray:
    """Return ``(n_strata,)`` numbers of new samples: the allocation of all samples less what exists already."""
    n_strata = population.strata.n_strata
    labels = population.strata.labels
    existing = np.bincount(labels[constraints.existing], minlength=n_strata)
    pools = [len(pool) for pool in _pools(population, constraints)]
    capacities = np.array(pools) + existing
    spreads = _spreads(population)
    shares = population.stratum_shares
    total = allocate(options.n_samples, shares, capacities, options.allocation, spreads)
    missing: IntArray = np.maximum(total - existing, 0)
    surplus = int(missing.sum()) - (options.n_samples - len(constraints.existing))
    while surplus > 0:
        stratum = int(np.argmax(missing / np.maximum(total, 1)))
        missing[stratum] -= 1
        surplus -= 1
    return missing


def _check(population: Population, options: SelectionOptions, constraints: Constraints) -> None:
    n_free = int(constraints.selectable.sum()) - int(constraints.selectable[constraints.existing].sum())
    n_possible = n_free + len(constraints.existing)
    if options.n_samples < 1 or options.n_candidate_sets < 1:
        raise InputError("At least one sample and one candidate set are needed.")
    if options.n_samples > n_possible:
        raise InputError(
            f"{options.n_samples} samples were asked for, but only {n_possible} of the {population.n_objects} objects "
            "can hold one.",
            "Ask for fewer samples, or relax the no-go areas.",
        )
    if options.n_samples < len(constraints.existing):
        raise InputError(
            f"There are {len(constraints.existing)} existing samples already, {options.n_samples} were asked for.",
            "The number of samples counts the existing ones: ask for more.",
        )


def _pools(population: Population, constraints: Constraints) -> list[IntArray]:
    free = constraints.selectable.copy()
    free[constraints.existing] = False
    return [
        np.flatnonzero(free & (population.strata.labels == stratum)) for stratum in range(population.strata.n_strata)
    ]


def _draw_one_from_each(
    pools: list[IntArray], existing: IntArray, n_sets: int, rng: np.random.Generator
) -> list[IntArray]:
    sizes = np.array([len(pool) for pool in pools], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    drawn = starts + np.floor(rng.random((n_sets, len(pools))) * sizes).astype(np.int64)
    members = np.concatenate([*pools, np.empty(0, dtype=np.int64)]).astype(np.int64)
    return [np.concatenate([existing, members[row]]) for row in drawn]


def _draw_set(
    population: Population,
    counts: IntArray,
    pools: list[IntArray],
    constraints: Constraints,
    rng: np.random.Generator,
) -> IntArray:
    if constraints.min_distance_m <= 0:
        drawn = [rng.choice(pool, count, replace=False) for pool, count in zip(pools, counts) if count]
        return np.concatenate([constraints.existing, *drawn]).astype(np.int64)
    return _draw_apart(population, counts, pools, constraints, rng)


def _draw_apart(
    population: Population,
    counts: IntArray,
    pools: list[IntArray],
    constraints: Constraints,
    rng: np.random.Generator,
) -> IntArray:
    """Draw stratum by stratum, smallest pool first; an object too near to one drawn already is passed over."""
    chosen = [int(position) for position in constraints.existing]
    n_wanted = len(chosen) + int(counts.sum())
    squared = constraints.min_distance_m**2
    passed_over: list[int] = []
    for stratum in sorted(range(len(pools)), key=lambda number: len(pools[number])):
        missing = int(counts[stratum])
        for position in rng.permutation(pools[stratum]):
            if missing > 0 and _far_enough(population, int(position), chosen, squared):
                chosen.append(int(position))
                missing -= 1
            elif missing == 0:
                passed_over.append(int(position))
    for position in rng.permutation(np.array(passed_over, dtype=np.int64)):
        if len(chosen) < n_wanted and _far_enough(population, int(position), chosen, squared):
            chosen.append(int(position))
    if len(chosen) < n_wanted:
        raise InputError(
            f"Samples {constraints.min_distance_m:g} m apart: only {len(chosen)} fit, {n_wanted} were asked for.",
            "Lower the minimum distance or the number of samples.",
        )
    return np.array(chosen, dtype=np.int64)


def _far_enough(population: Population, position: int, chosen: list[int], squared_distance_m2: float) -> bool:
    if not chosen:
        return True
    gaps = ((population.xy_m[chosen] - population.xy_m[position]) ** 2).sum(axis=1)
    return bool(gaps.min() >= squared_distance_m2)


def _spreads(population: Population) -> FloatArray:
    """Return ``(n_strata,)`` the root mean squared distance of a stratum's objects to their mean."""
    spreads = np.zeros(population.strata.n_strata)
    for stratum in range(len(spreads)):
        scores = population.scores[population.strata.labels == stratum].astype(np.float64)
        spreads[stratum] = np.sqrt(((scores - scores.mean(axis=0)) ** 2).sum(axis=1).mean())
    return spreads


def _mean_cost(constraints: Constraints, sample: IntArray) -> float:
    return float(constraints.costs[sample].mean()) if len(constraints.costs) else 0.0
