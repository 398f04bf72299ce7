"""Compiled kernels: squared distances to the nearest sample, and the agreement of distributions.

Compiled code must be declared where it stands; it takes arrays only. All indices are valid by construction.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit, prange

_FAST = {"reassoc", "contract", "nsz"}  # sums may be reordered; infinities keep their meaning
_LANES = 32  # points whose distances are computed side by side; more would not fit into the cache
_CHUNK_POINTS = 512  # work of one thread at a time; sums do not depend on the number of threads


@njit(parallel=True, fastmath=_FAST, cache=True)
def nearest_sums(
    points: Any, used: Any, members: Any, starts: Any, weights: Any, kernel_weights: Any, kernel_factor: float
) -> Any:  # pragma: no cover - compiled
    """Sum over all points the squared distance to the nearest sample, for many sample sets at once.

    The distances of a few points to every object that any set uses are computed once and stay in the processor's
    cache while all sets take their minimum from them.

    Args:
        points: ``(n_points, n_components)``.
        used: ``(n_used,)`` points that at least one set holds.
        members: the members of all sets, one set after another, as positions in ``used``.
        starts: ``(n_sets + 1,)`` where each set begins in ``members``.
        weights: ``(n_points,)`` for the sum of squared distances.
        kernel_weights: ``(n_points,)`` for the sum of ``exp(squared * kernel_factor)``.
        kernel_factor: negative; 0 leaves that sum out.

    Returns:
        ``(n_sets, 2)``: both sums.
    """
    n_points, n_components = points.shape
    n_sets = starts.shape[0] - 1
    n_chunks = (n_points + _CHUNK_POINTS - 1) // _CHUNK_POINTS
    partial = np.zeros((n_chunks, n_sets, 2))
    for chunk in prange(n_chunks):
        lanes = np.zeros((n_components, _LANES), dtype=np.float32)
        squared = np.empty((used.shape[0], _LANES), dtype=np.float32)
        nearest = np.empty(_LANES, dtype=np.float32)
        for first in range(chunk * _CHUNK_POINTS, min(n_points, (chunk + 1) * _CHUNK_POINTS), _LANES):
            n_lanes = min(_LANES, n_points - first)
            for lane in range(n_lanes):
                lanes[:, lane] = points[first + lane]
            for row in range(used.shape[0]):
                _squared_to(lanes, points[used[row]], squared[row])
            for number in range(n_sets):
                _nearest_of(squared, members[starts[number] : starts[number + 1]], nearest)
                for lane in range(n_lanes):
                    partial[chunk, number, 0] += weights[first + lane] * nearest[lane]
                    if kernel_factor != 0.0:
                        gain = np.exp(nearest[lane] * kernel_factor)
                        partial[chunk, number, 1] += kernel_weights[first + lane] * gain
    sums = np.zeros((n_sets, 2))
    for chunk in range(n_chunks):
        sums += partial[chunk]
    return sums


@njit(fastmath=_FAST, cache=True)
def _squared_to(lanes: Any, target: Any, totals: Any) -> None:  # pragma: no cover - compiled
    n_lanes = totals.shape[0]
    totals[:] = np.float32(0.0)
    for component in range(target.shape[0]):
        value, row = target[component], lanes[component]
        for lane in range(n_lanes):
            difference = row[lane] - value
            totals[lane] += difference * difference


@njit(fastmath=_FAST | {"nnan"}, cache=True)
def _nearest_of(squared: Any, rows: Any, nearest: Any) -> None:  # pragma: no cover - compiled
    """Write the minimum over some rows; four rows a time keep the vector units busy."""
    n_lanes, n_rows = nearest.shape[0], rows.shape[0]
    nearest[:] = squared[rows[0]]
    for member in range(0, n_rows - 3, 4):
        one, two = squared[rows[member]], squared[rows[member + 1]]
        three, four = squared[rows[member + 2]], squared[rows[member + 3]]
        for lane in range(n_lanes):
            nearest[lane] = min(one[lane], two[lane], three[lane], four[lane], nearest[lane])
    for member in range(n_rows - n_rows % 4, n_rows):
        one = squared[rows[member]]
        for lane in range(n_lanes):
            nearest[lane] = min(one[lane], nearest[lane])


@njit(parallel=True, fastmath=_FAST, cache=True)
def nearest_squared(
    points: npt.NDArray[np.float32], samples: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:  # pragma: no cover - compiled
    """Return ``(n_points,)`` squared distance to the nearest of ``samples (n_samples, n_components)``."""
    result = np.empty(points.shape[0], dtype=np.float32)
    for point in prange(points.shape[0]):
        nearest = np.float32(np.inf)
        for sample in range(samples.shape[0]):
            total = np.float32(0.0)
            for component in range(points.shape[1]):
                difference = points[point, component] - samples[sample, component]
                total += difference * difference
            nearest = min(nearest, total)
        result[point] = nearest
    return result


@njit(parallel=True, fastmath=_FAST, cache=True)
def two_nearest(
    points: npt.NDArray[np.float32], samples: npt.NDArray[np.float32]
) -> tuple[Any, Any, Any, Any]:  # pragma: no cover - compiled
    """Return the squared distances to, and the positions of, the nearest and second nearest sample of each point."""
    n_points = points.shape[0]
    first = np.full(n_points, np.float32(np.inf), dtype=np.float32)
    second = np.full(n_points, np.float32(np.inf), dtype=np.float32)
    first_at = np.full(n_points, -1, dtype=np.int32)
    second_at = np.full(n_points, -1, dtype=np.int32)
    for point in prange(n_points):
        _two_nearest_of(point, points, samples, first, second, first_at, second_at)
    return first, second, first_at, second_at


@njit(fastmath=_FAST, cache=True, inline="always")
def _two_nearest_of(
    point: int, points: Any, samples: Any, first: Any, second: Any, first_at: Any, second_at: Any
) -> None:  # pragma: no cover - compiled
    nearest, runner_up = np.float32(np.inf), np.float32(np.inf)
    nearest_at, runner_up_at = -1, -1
    for sample in range(samples.shape[0]):
        total = np.float32(0.0)
        for component in range(points.shape[1]):
            difference = points[point, component] - samples[sample, component]
            total += difference * difference
        if total < nearest:
            runner_up, runner_up_at = nearest, nearest_at
            nearest, nearest_at = total, sample
        elif total < runner_up:
            runner_up, runner_up_at = total, sample
    first[point], second[point] = nearest, runner_up
    first_at[point], second_at[point] = nearest_at, runner_up_at


@njit(fastmath=_FAST, cache=True)
def refresh_two_nearest(
    points: Any, samples: Any, changed: int, row: Any, state: Any
) -> None:  # pragma: no cover - compiled
    """Bring the two nearest up to date after ``samples[changed]`` was replaced.

    Args:
        points: ``(n_points, n_components)``.
        samples: ``(n_samples, n_components)`` with the replacement in place.
        changed: position of the replaced sample.
        row: ``(n_points,)`` squared distance of each point to the new sample.
        state: the four arrays of `two_nearest`, changed in place.
    """
    first, second, first_at, second_at = state
    for point in range(points.shape[0]):
        if first_at[point] == changed or second_at[point] == changed:
            _two_nearest_of(point, points, samples, first, second, first_at, second_at)
        elif row[point] < first[point]:
            second[point], second_at[point] = first[point], first_at[point]
            first[point], first_at[point] = row[point], changed
        elif row[point] < second[point]:
            second[point], second_at[point] = row[point], changed


@njit(fastmath=_FAST, cache=True)
def squared_to_all(points_by_component: Any, target: Any, row: Any) -> None:  # pragma: no cover - compiled
    """Write into ``row (n_points,)`` the squared distance of all points to one target.

    Args:
        points_by_component: ``(n_components, n_points)``.
        target: ``(n_components,)``.
        row: output.
    """
    n_components, n_points = points_by_component.shape
    for start in range(0, n_points, 1024):
        end = min(n_points, start + 1024)
        row[start:end] = np.float32(0.0)
        for component in range(n_components):
            value = target[component]
            for point in range(start, end):
                difference = points_by_component[component, point] - value
                row[point] += difference * difference


@njit(cache=True)
def largest_gap(upper: Any, lower: Any) -> float:  # pragma: no cover - compiled
    """Return the Kolmogorov-Smirnov distance of a sample to the population on one component.

    Args:
        upper: ``(n_samples,)`` sorted population share at or below each sample's value.
        lower: ``(n_samples,)`` population share strictly below, in the same order.
    """
    n_samples = upper.shape[0]
    gap = 0.0
    for position in range(n_samples):
        if position == 0 or upper[position] != upper[position - 1]:
            gap = max(gap, abs(lower[position] - position / n_samples))
        if position == n_samples - 1 or upper[position] != upper[position + 1]:
            gap = max(gap, abs(upper[position] - (position + 1) / n_samples))
    return gap


@njit(cache=True)
def largest_gap_after_swap(
    upper: Any, lower: Any, removed: float, added_upper: float, added_lower: float
) -> float:  # pragma: no cover - compiled
    """Return `largest_gap` as it would be with one sample exchanged for another, in one pass without sorting.

    Args:
        upper: as in `largest_gap`, with the sample to remove still in it.
        lower: the same.
        removed: upper share of the sample that leaves; it is among ``upper``.
        added_upper: upper share of the sample that comes.
        added_lower: lower share of the sample that comes.
    """
    n_samples = upper.shape[0]
    gap, before, source = 0.0, -1.0, 0
    pending, skipped = True, False
    previous_upper = -1.0
    for position in range(n_samples):
        if not skipped and source < n_samples and upper[source] == removed:
            source, skipped = source + 1, True
        if pending and (source >= n_samples or added_upper <= upper[source]):
            value, below, pending = added_upper, added_lower, False
        else:
            value, below = upper[source], lower[source]
            source += 1
        if value != previous_upper:
            if position > 0:
                gap = max(gap, abs(before - position / n_samples))
            gap = max(gap, abs(below - position / n_samples))
        before, previous_upper = value, value
    return max(gap, abs(before - 1.0))
