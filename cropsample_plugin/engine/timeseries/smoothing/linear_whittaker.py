"""Linear interpolation to a regular grid and Whittaker smoothing there, in one pass over the series.

After interpolation a series has no gaps inside, so that all series of one length share one matrix: its factors are
made once (``L D L'`` of five diagonals, Eilers 2003) and each series costs two short recurrences. The factors of a
longer series differ from those of a shorter one in its last two rows only; series are moved to a common first step.
The result is that of `interpolate` followed by `whittaker`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_if_possible, compiled_lazily
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.smoothing.linear_grid import check_increasing

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_CHUNK = 64
_STRETCH = 512
_LEAST_STEPS = 3
_ORDER = 2
_LAST = 1
_INNER = 2


def interpolate_and_smooth(
    columns: FloatArray, positions_days: DoubleArray, grid_days: DoubleArray, smoothness: float
) -> FloatArray:
    """Interpolate series to a regular grid and smooth them there.

    Args:
        columns: ``(n_timesteps, n_series)``, NaN where missing.
        positions_days: ``(n_timesteps,)`` increasing positions.
        grid_days: ``(n_targets,)`` evenly spaced positions.
        smoothness: weight of the penalty on second differences, above 0.

    Returns:
        ``(n_targets, n_series)``; NaN before the first and after the last valid value. Series with fewer than three
        values on the grid are only interpolated.

    Raises:
        InputError: smoothness is not above 0, or positions do not increase.
    """
    if not smoothness > 0:
        raise InputError(f"The smoothness is {smoothness}; it must be above 0.", "Use 10 to follow the data closely.")
    check_increasing(positions_days)
    smooth = np.empty((len(grid_days), columns.shape[1]), dtype=np.float32)
    origin = positions_days[0]
    _smooth(
        columns,
        (
            (positions_days - origin).astype(np.float32),
            (grid_days - origin).astype(np.float32),
            np.searchsorted(positions_days, grid_days, side="right"),
        ),
        shared_factors(len(grid_days), smoothness),
        smooth,
    )
    return smooth


def shared_factors(n_steps: int, smoothness: float) -> DoubleArray:
    """Return ``(3, 3, n_steps)``: inverse pivot, first and second subdiagonal of L for each row.

    The first axis: a row inside a series, its last row (`_LAST`), its last row but one (`_INNER`); a row's
    subdiagonals are those of its column of L. Rows that no series of three or more steps can end in are 0.
    """
    pivot, one, two = np.zeros(n_steps + 2), np.zeros(n_steps + 2), np.zeros(n_steps + 2)
    for row in range(n_steps):
        p = row + 2
        pivot[p] = 1.0 + smoothness * min(6.0, 1.0 + 4.0 * row)
        pivot[p] -= one[p - 1] ** 2 * pivot[p - 1] + two[p - 2] ** 2 * pivot[p - 2]
        one[p] = (-smoothness * min(4.0, 2.0 + 2.0 * row) - one[p - 1] * two[p - 1] * pivot[p - 1]) / pivot[p]
        two[p] = smoothness / pivot[p]
    factors = np.zeros((3, 3, n_steps))
    factors[0] = 1.0 / pivot[2:], one[2:], two[2:]
    inner, last = slice(1, None), slice(2, None)
    before = (one**2 * pivot)[1:-1]
    earlier = (two**2 * pivot)[:-2]
    # The penalty's diagonal ends in 5, 1; in a series of three steps it is 1, 4, 1.
    diagonal = np.where(np.arange(n_steps) == 1, 4.0, 5.0)
    inner_pivot = 1.0 + smoothness * diagonal - before - earlier
    inner_one = (-2.0 * smoothness - (one * two * pivot)[1:-1]) / inner_pivot
    factors[_INNER, :_ORDER, inner] = 1.0 / inner_pivot[inner], inner_one[inner]
    last_pivot = 1.0 + smoothness - (inner_one**2 * inner_pivot)[inner][:-1] - earlier[last]
    factors[_LAST, 0, last] = 1.0 / last_pivot
    return factors


def _interpolate_chunk(
    columns: FloatArray,
    start: int,
    days: tuple[FloatArray, FloatArray, IntArray],
    buffers: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    found: FloatArray,
) -> None:
    """Write the values of 64 series at all targets: from the nearest valid value before and after each.

    Leaves the day of the first and of the last valid value of each series in the buffers, NaN where there is none.
    """
    positions, targets, n_before = days
    following, following_day, low, low_day = buffers
    n_steps = len(positions)
    missing = np.float32(np.nan)
    following[n_steps], following_day[n_steps], low[:], low_day[:] = missing, missing, missing, missing
    # Rows are named first: only then are the loops over series compiled to run side by side.
    for step in range(n_steps - 1, -1, -1):
        given, position = columns[step, start : start + _CHUNK], positions[step]
        own, own_day, later, later_day = (
            following[step],
            following_day[step],
            following[step + 1],
            following_day[step + 1],
        )
        for i in range(_CHUNK):
            value = given[i]
            known = np.isfinite(value)
            own[i] = value if known else later[i]
            own_day[i] = position if known else later_day[i]
    step = 0
    for k in range(len(targets) + 1):
        row = n_before[k] if k < len(targets) else n_steps
        while step < row:
            own, own_day, position = following[step], following_day[step], positions[step]
            for i in range(_CHUNK):
                known = own_day[i] == position
                low[i] = own[i] if known else low[i]
                low_day[i] = position if known else low_day[i]
            step += 1
        if k == len(targets):
            return
        high, high_day, target, made = following[row], following_day[row], targets[k], found[k]
        for i in range(_CHUNK):
            between = low[i] + (target - low_day[i]) / (high_day[i] - low_day[i]) * (high[i] - low[i])
            made[i] = low[i] if low_day[i] == target else between


def _find_ranges(
    targets: FloatArray, first_day: FloatArray, last_day: FloatArray, firsts: IntArray, lengths: IntArray
) -> None:
    """Write the first target of each of 64 series within its valid values, and the number of such targets."""
    for i in range(_CHUNK):
        first, end = 0, len(targets)
        while first < end and not targets[first] >= first_day[i]:
            first += 1
        while end > first and targets[end - 1] > last_day[i]:
            end -= 1
        firsts[i], lengths[i] = first, end - first


def _align(found: FloatArray, firsts: IntArray, lengths: IntArray, aligned: DoubleArray) -> None:
    """Move the values of 64 series to row 0 of ``(n_targets + 2, 64)``; 0 after their end."""
    for k in range(len(found)):
        given, own = found[k], aligned[k]
        for i in range(_CHUNK):
            own[i] = given[i] if np.isfinite(given[i]) else 0.0
    for i in range(_CHUNK):
        if firsts[i] == 0:
            continue
        for k in range(lengths[i]):
            aligned[k, i] = found[firsts[i] + k, i]
        for k in range(lengths[i], len(found)):
            aligned[k, i] = 0.0


def _place(aligned: DoubleArray, firsts: IntArray, lengths: IntArray, found: FloatArray) -> None:
    """Write the smooth values of 64 series over the interpolated ones, where there are enough of them."""
    for i in range(_CHUNK):
        if lengths[i] < _LEAST_STEPS:
            for k in range(lengths[i]):
                aligned[firsts[i] + k, i] = found[firsts[i] + k, i]
        elif firsts[i] > 0:
            for k in range(lengths[i] - 1, -1, -1):
                aligned[firsts[i] + k, i] = aligned[k, i]
    for k in range(len(found)):
        given, own = aligned[k], found[k]
        for i in range(_CHUNK):
            own[i] = np.float32(given[i]) if np.isfinite(own[i]) else own[i]


def _solve_aligned(aligned: DoubleArray, lengths: IntArray, factors: DoubleArray) -> None:
    """Solve 64 series in place; ``(n_targets + 2, 64)``, each begins at row 0.

    Both recurrences treat every series as if it went on; its last two rows are set right in between.
    """
    n = len(aligned) - _ORDER
    for row in range(1, n):
        one, two = factors[0, 1, row - 1], factors[0, 2, row - 2] if row > 1 else 0.0
        own, before, earlier = aligned[row], aligned[row - 1], aligned[max(row - 2, 0)]
        for i in range(_CHUNK):
            own[i] = own[i] - one * before[i] - two * earlier[i]
    for i in range(_CHUNK):
        length = lengths[i]
        for row in range(length, n):
            aligned[row, i] = 0.0
        if length < _LEAST_STEPS:
            continue
        last, inner = length - 1, length - 2
        off = factors[_INNER, 1, inner]
        last_value = (aligned[last, i] + (factors[0, 1, inner] - off) * aligned[inner, i]) * factors[_LAST, 0, last]
        inner_value = aligned[inner, i] * factors[_INNER, 0, inner] - off * last_value
        # What the recurrence below turns into these two values.
        aligned[last, i] = last_value / factors[0, 0, last]
        aligned[inner, i] = (inner_value + factors[0, 1, inner] * last_value) / factors[0, 0, inner]
    for row in range(n - 1, -1, -1):
        inverse, one, two = factors[0, 0, row], factors[0, 1, row], factors[0, 2, row]
        own, after, later = aligned[row], aligned[row + 1], aligned[row + 2]
        for i in range(_CHUNK):
            own[i] = own[i] * inverse - one * after[i] - two * later[i]


def _smooth_stretches(
    columns: FloatArray, days: tuple[FloatArray, FloatArray, IntArray], factors: DoubleArray, smooth: FloatArray
) -> None:
    n_targets, n_series = smooth.shape
    n_steps = len(columns)
    shape = (n_steps + 1, _CHUNK)
    buffers = (
        np.empty(shape, dtype=np.float32), np.empty(shape, dtype=np.float32),
        np.empty(_CHUNK, dtype=np.float32), np.empty(_CHUNK, dtype=np.float32),
    )  # fmt: skip
    given = np.full((n_steps, _STRETCH), np.float32(np.nan))
    made = np.empty((n_targets, _STRETCH), dtype=np.float32)
    found = np.empty((n_targets, _CHUNK), dtype=np.float32)
    aligned = np.zeros((n_targets + _ORDER, _CHUNK))
    firsts, lengths = np.zeros(_CHUNK, dtype=np.int64), np.zeros(_CHUNK, dtype=np.int64)
    for begin in range(0, n_series, _STRETCH):
        # Rows lie far apart in memory: long stretches of them are moved at once.
        end = min(begin + _STRETCH, n_series)
        for step in range(n_steps):
            given[step, : end - begin] = columns[step, begin:end]
        for start in range(0, end - begin, _CHUNK):
            _interpolated(given, start, days, buffers, found)
            _ranged(days[1], buffers[1][0], buffers[3], firsts, lengths)
            _aligned(found, firsts, lengths, aligned)
            _solved(aligned, lengths, factors)
            _placed(aligned, firsts, lengths, found)
            for k in range(n_targets):
                made[k, start : start + _CHUNK] = found[k]
        for k in range(n_targets):
            smooth[k, begin:end] = made[k, : end - begin]


_interpolated = compiled_if_possible(_interpolate_chunk)
_ranged = compiled_if_possible(_find_ranges)
_aligned = compiled_if_possible(_align)
_solved = compiled_if_possible(_solve_aligned)
_placed = compiled_if_possible(_place)
_smooth = compiled_lazily(_smooth_stretches)
