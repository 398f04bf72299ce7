"""Compiled kernels: squared distances to the nearest sample, and the agreement of distributions.

Compiled code must be declared where it stands; it takes arrays only. All indices are valid by construction.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit, prange

_HEAD_COMPONENTS = 8
_FAST = {"reassoc", "contract", "nsz"}  # sums may be reordered; infinities keep their meaning
_BLOCK_OBJECTS = 256


@njit(parallel=True, fastmath=_FAST, cache=True)
def nearest_squared(
    points: npt.NDArray[np.float32], samples: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:  # pragma: no cover - compiled
    """Return ``(n_points,)`` squared distance to the nearest of ``samples (n_samples, n_components)``.

    The first components, which hold most of the variance, rule most samples out before the rest is looked at.
    """
    n_points, n_components = points.shape
    n_samples = samples.shape[0]
    head = min(n_components, _HEAD_COMPONENTS)
    heads = np.ascontiguousarray(samples[:, :head].T)
    result = np.empty(n_points, dtype=np.float32)
    for block in prange((n_points + _BLOCK_OBJECTS - 1) // _BLOCK_OBJECTS):
        partial = np.empty(n_samples, dtype=np.float32)
        for point in range(block * _BLOCK_OBJECTS, min(n_points, (block + 1) * _BLOCK_OBJECTS)):
            partial[:] = np.float32(0.0)
            for component in range(head):
                value = points[point, component]
                for sample in range(n_samples):
                    difference = value - heads[component, sample]
                    partial[sample] += difference * difference
            first = np.argmin(partial)
            best = partial[first]
            for component in range(head, n_components):
                difference = points[point, component] - samples[first, component]
                best += difference * difference
            for sample in range(n_samples):
                if partial[sample] < best and head < n_components:
                    total = partial[sample]
                    for component in range(head, n_components):
                        difference = points[point, component] - samples[sample, component]
                        total += difference * difference
                    best = min(best, total)
            result[point] = best
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
