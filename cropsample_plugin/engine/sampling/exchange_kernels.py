"""Compiled kernel of the exchange search: what the index becomes when one sample is exchanged for one object.

One pass over the objects tells, for one candidate, the losses for every sample it could replace (as FasterPAM does:
Schubert & Rousseeuw 2021, Information Systems 101:101804); the other components are updated, never recomputed.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from cropsample_plugin.engine.sampling.nearest_kernels import (
    largest_gap,
    largest_gap_after_swap,
    refresh_two_nearest,
    squared_to_all,
)

_SMALLEST = 1e-6
_SMALLEST_GAIN = 1e-7


class ExchangeProblem(NamedTuple):
    """What no exchange changes; arrays as in `population.Population`, ``_t`` = components first."""

    scores: Any
    scores_t: Any
    xy: Any
    xy_t: Any
    weights: Any
    kind_weights: Any
    strata: Any
    stratum_shares: Any
    upper: Any
    lower: Any
    component_shares: Any
    spread: float
    kernel_factor: float
    spatial_scale: float
    cri_weights: Any
    costs: Any
    cost_weight: float
    squared_distance_m2: float


class ExchangeState(NamedTuple):
    """What an exchange changes, in place.

    ``feature_*`` and ``map_*`` are the squared distances to, and positions of, the two nearest samples;
    ``totals`` holds the current typ loss, cov gain, spa loss, cost and objective.
    """

    sample: Any
    locked: Any
    is_sample: Any
    sample_scores: Any
    sample_xy: Any
    feature_state: Any
    map_state: Any
    counts: Any
    sample_upper: Any
    sample_lower: Any
    totals: Any


@njit(cache=True)
def search_candidates(problem: Any, state: Any, candidates: Any) -> Any:  # pragma: no cover - compiled
    """Offer each candidate the place of its best sample and take every improvement.

    Returns:
        Number of trial swaps evaluated and number of swaps made.
    """
    n_samples, n_objects = state.sample.shape[0], problem.scores.shape[0]
    row, map_row = np.empty(n_objects, dtype=np.float32), np.empty(n_objects, dtype=np.float32)
    removal = np.empty((3, n_samples))
    _removal_losses(problem, state, removal)
    trials, swaps = 0, 0
    for candidate in candidates:
        if state.is_sample[candidate]:
            continue
        squared_to_all(problem.scores_t, problem.scores[candidate], row)
        squared_to_all(problem.xy_t, problem.xy[candidate], map_row)
        losses = removal.copy()
        _add_candidate(problem, state, row, map_row, losses)
        place, objective, tried = _best_place(problem, state, candidate, losses)
        trials += tried
        if place >= 0:
            _exchange(problem, state, (candidate, place), row, map_row)
            _update_totals(problem, state)
            state.totals[4] = objective
            _removal_losses(problem, state, removal)
            swaps += 1
    return trials, swaps


@njit(cache=True)
def _kernel(problem: Any, squared: float) -> float:  # pragma: no cover - compiled
    return np.exp(squared * problem.kernel_factor)


@njit(cache=True)
def _removal_losses(problem: Any, state: Any, removal: Any) -> None:  # pragma: no cover - compiled
    """Write what removing each sample adds to the typ loss, the cov gain and the spa loss."""
    removal[:] = 0.0
    first, second, first_at, _ = state.feature_state
    map_first, map_second, map_at, _ = state.map_state
    use_cov, use_typ, use_spa = problem.cri_weights[3] > 0, problem.cri_weights[4] > 0, problem.cri_weights[5] > 0
    for point in range(first.shape[0]):
        place = first_at[point]
        if use_typ:
            removal[0, place] += problem.kind_weights[point] * (second[point] - first[point])
        if use_cov:
            gain = _kernel(problem, second[point]) - _kernel(problem, first[point])
            removal[1, place] += problem.weights[point] * gain
        if use_spa:
            gap = map_second[point] - map_first[point]
            removal[2, map_at[point]] += problem.weights[point] * gap


@njit(cache=True)
def _add_candidate(problem: Any, state: Any, row: Any, map_row: Any, losses: Any) -> None:  # pragma: no cover
    """Add to the removal losses what the candidate gives back, for every place it could take."""
    first, second, first_at, _ = state.feature_state
    use_cov = problem.cri_weights[3] > 0
    shared_typ, shared_cov = 0.0, 0.0
    for point in range(row.shape[0]):
        value = row[point]
        if value >= second[point]:
            continue
        place = first_at[point]
        weight = problem.kind_weights[point]
        nearest = min(value, first[point])
        shared_typ += weight * (nearest - first[point])
        losses[0, place] += weight * (value - second[point] - nearest + first[point])
        if use_cov:
            new, one, two = _kernel(problem, value), _kernel(problem, first[point]), _kernel(problem, second[point])
            best = max(new, one)
            shared_cov += problem.weights[point] * (best - one)
            losses[1, place] += problem.weights[point] * (new - two - best + one)
    losses[0] += shared_typ
    losses[1] += shared_cov
    if problem.cri_weights[5] > 0:
        map_first, map_second, map_at, _ = state.map_state
        shared_spa = 0.0
        for point in range(map_row.shape[0]):
            value = map_row[point]
            if value < map_second[point]:
                nearest = min(value, map_first[point])
                shared_spa += problem.weights[point] * (nearest - map_first[point])
                change = value - map_second[point] - nearest + map_first[point]
                losses[2, map_at[point]] += problem.weights[point] * change
        losses[2] += shared_spa


@njit(cache=True)
def _best_place(problem: Any, state: Any, candidate: int, losses: Any) -> Any:  # pragma: no cover - compiled
    """Return the place with the best objective, -1 if none improves, that objective, and the number of trials."""
    n_samples = state.sample.shape[0]
    best_place, best, tried = -1, state.totals[4] + _SMALLEST_GAIN, 0
    only = _place_in_the_way(problem, state, candidate)
    if only == -2:  # noqa: PLR2004 - two samples are too near, no exchange can help
        return best_place, best, tried
    distance_now = _distribution(problem, state)
    for place in range(n_samples):
        if state.locked[place] or (only >= 0 and place != only):
            continue
        tried += 1
        known = _known_terms(problem, state, candidate, place, losses)
        weight = problem.cri_weights[2]
        if known + weight * np.log(min(1.0, distance_now + 1.0 / n_samples)) <= best:
            continue
        objective = known
        if weight > 0:
            objective += weight * np.log(max(_distribution_after(problem, state, candidate, place), _SMALLEST))
        if objective > best:
            best_place, best = place, objective
    return best_place, best, tried


@njit(cache=True)
def _place_in_the_way(problem: Any, state: Any, candidate: int) -> int:  # pragma: no cover - compiled
    """Return the only sample nearer than the minimum distance, -1 if there is none, -2 if there are more."""
    found = -1
    if problem.squared_distance_m2 <= 0:
        return found
    for place in range(state.sample.shape[0]):
        dx = state.sample_xy[place, 0] - problem.xy[candidate, 0]
        dy = state.sample_xy[place, 1] - problem.xy[candidate, 1]
        if dx * dx + dy * dy < problem.squared_distance_m2:
            if found >= 0:
                return -2
            found = place
    return found


@njit(cache=True)
def _known_terms(problem: Any, state: Any, candidate: int, place: int, losses: Any) -> float:  # pragma: no cover
    """Return the objective after the swap without the distribution component."""
    n_samples, n_strata = state.sample.shape[0], state.counts.shape[0]
    out, into = problem.strata[state.sample[place]], problem.strata[candidate]
    distance, present = 0.0, 0
    for stratum in range(n_strata):
        count = state.counts[stratum] - (stratum == out) + (stratum == into)
        distance += abs(problem.stratum_shares[stratum] - count / n_samples)
        present += count > 0
    weights = problem.cri_weights
    total = weights[0] * np.log(max(1.0 - 0.5 * distance, _SMALLEST))
    total += weights[1] * np.log(max(present / n_strata, _SMALLEST))
    if weights[3] > 0:
        total += weights[3] * np.log(max(min(state.totals[1] + losses[1, place], 1.0), _SMALLEST))
    if weights[4] > 0 and problem.spread > 0:
        total -= weights[4] * min((state.totals[0] + losses[0, place]) / problem.spread, -np.log(_SMALLEST))
    if weights[5] > 0:
        total += weights[5] * _log_spatial(problem, state.totals[2] + losses[2, place], n_samples)
    change = problem.costs[candidate] - problem.costs[state.sample[place]]
    return total - problem.cost_weight * (state.totals[3] + change) / n_samples


@njit(cache=True)
def _log_spatial(problem: Any, loss: float, n_samples: int) -> float:  # pragma: no cover - compiled
    if loss <= 0:
        return 0.0
    return np.log(max(min(1.0, problem.spatial_scale / n_samples / loss), _SMALLEST))


@njit(cache=True)
def _distribution(problem: Any, state: Any) -> float:  # pragma: no cover - compiled
    if problem.cri_weights[2] <= 0:
        return 1.0
    total = 0.0
    for component in range(problem.upper.shape[0]):
        gap = largest_gap(state.sample_upper[component], state.sample_lower[component])
        total += problem.component_shares[component] * gap
    return 1.0 - total


@njit(cache=True)
def _distribution_after(problem: Any, state: Any, candidate: int, place: int) -> float:  # pragma: no cover
    leaving, total = state.sample[place], 0.0
    for component in range(problem.upper.shape[0]):
        gap = largest_gap_after_swap(
            state.sample_upper[component],
            state.sample_lower[component],
            problem.upper[component, leaving],
            problem.upper[component, candidate],
            problem.lower[component, candidate],
        )
        total += problem.component_shares[component] * gap
    return 1.0 - total


@njit(cache=True)
def _exchange(problem: Any, state: Any, swap: Any, row: Any, map_row: Any) -> None:  # pragma: no cover
    candidate, place = swap
    leaving = state.sample[place]
    state.counts[problem.strata[leaving]] -= 1
    state.counts[problem.strata[candidate]] += 1
    state.is_sample[leaving], state.is_sample[candidate] = False, True
    state.sample[place] = candidate
    state.sample_scores[place] = problem.scores[candidate]
    state.sample_xy[place] = problem.xy[candidate]
    state.totals[3] += problem.costs[candidate] - problem.costs[leaving]
    refresh_two_nearest(problem.scores, state.sample_scores, place, row, state.feature_state)
    refresh_two_nearest(problem.xy, state.sample_xy, place, map_row, state.map_state)
    for component in range(problem.upper.shape[0]):
        state.sample_upper[component] = np.sort(problem.upper[component][state.sample])
        state.sample_lower[component] = np.sort(problem.lower[component][state.sample])


@njit(cache=True)
def _update_totals(problem: Any, state: Any) -> None:  # pragma: no cover - compiled
    """Sum the losses anew, so that rounding does not add up over thousands of swaps."""
    typ, cov, spa = 0.0, 0.0, 0.0
    first, map_first = state.feature_state[0], state.map_state[0]
    use_cov = problem.cri_weights[3] > 0
    for point in range(first.shape[0]):
        typ += problem.kind_weights[point] * first[point]
        spa += problem.weights[point] * map_first[point]
        if use_cov:
            cov += problem.weights[point] * _kernel(problem, first[point])
    state.totals[0], state.totals[1], state.totals[2] = typ, cov, spa


@njit(cache=True)
def start_totals(problem: Any, state: Any) -> float:  # pragma: no cover - compiled
    """Fill the totals of a fresh state and return its objective: log CRI minus the cost term."""
    _update_totals(problem, state)
    n_samples, n_strata = state.sample.shape[0], state.counts.shape[0]
    distance, present, cost = 0.0, 0, 0.0
    for stratum in range(n_strata):
        distance += abs(problem.stratum_shares[stratum] - state.counts[stratum] / n_samples)
        present += state.counts[stratum] > 0
    for place in range(n_samples):
        cost += problem.costs[state.sample[place]]
    state.totals[3] = cost
    weights = problem.cri_weights
    total = weights[0] * np.log(max(1.0 - 0.5 * distance, _SMALLEST))
    total += weights[1] * np.log(max(present / n_strata, _SMALLEST))
    total += weights[2] * np.log(max(_distribution(problem, state), _SMALLEST))
    total += weights[3] * np.log(max(min(state.totals[1], 1.0), _SMALLEST))
    if problem.spread > 0:
        total -= weights[4] * min(state.totals[0] / problem.spread, -np.log(_SMALLEST))
    total += weights[5] * _log_spatial(problem, state.totals[2], n_samples)
    state.totals[4] = total - problem.cost_weight * cost / n_samples
    return state.totals[4]
