"""Whittaker smoothing of many series at once.

Minimises ``sum w (y - z)^2 + smoothness * sum (second difference of z)^2`` (Eilers 2003, Analytical Chemistry 75,
3631-3636): a symmetric system of five diagonals per series, solved by ``L D L'`` for 64 series together. Second
differences are divided differences, so that unevenly spaced steps are treated as what they are; on even steps they
are the usual ones.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_if_possible, compiled_lazily
from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

_CHUNK = 64
_LEAST_STEPS = 3
_LEAST_VALID = 2
# Far below any weight in use; keeps the system solvable where a series has fewer than two values.
_TINY = 1e-12


def whittaker(
    columns: FloatArray, positions_days: DoubleArray, smoothness: float, weights: FloatArray | None = None
) -> FloatArray:
    """Smooth series; missing values between the first and the last valid one are filled.

    Args:
        columns: ``(n_timesteps, n_series)``, NaN where missing.
        positions_days: ``(n_timesteps,)`` increasing positions.
        smoothness: the penalty's weight, above 0; 10 follows the data closely.
        weights: ``(n_timesteps, n_series)``, 0 or more; None weighs every valid value 1.

    Returns:
        ``(n_timesteps, n_series)``; NaN before the first and after the last valid value. Series of one or two
        valid values stay as they are.

    Raises:
        InputError: smoothness is not above 0, or positions do not increase.
    """
    if not smoothness > 0:
        raise InputError(f"The smoothness is {smoothness}; it must be above 0.", "Use 10 to follow the data closely.")
    if len(columns) < _LEAST_STEPS:
        return columns.copy()
    diagonals = penalty_diagonals(positions_days, smoothness)
    smooth = np.empty_like(columns)
    unit = np.ones((1, 1), dtype=np.float32)
    _solve(columns, unit if weights is None else weights, weights is not None, diagonals, smooth)
    return smooth


def penalty_diagonals(positions_days: DoubleArray, smoothness: float) -> DoubleArray:
    """Return ``(3, n_timesteps)``: main, first and second diagonal of ``smoothness * D'D``.

    Raises:
        InputError: positions do not increase.
    """
    steps = np.diff(positions_days)
    if not np.all(steps > 0):
        raise InputError("The time steps are not in increasing order, or two of them are on the same day.")
    steps = steps / steps.mean()
    n = len(positions_days)
    mean = (steps[:-1] + steps[1:]) / 2.0
    rows = np.stack([1.0 / (mean * steps[:-1]), -(1.0 / steps[:-1] + 1.0 / steps[1:]) / mean, 1.0 / (mean * steps[1:])])
    diagonals = np.zeros((3, n))
    for first in range(3):
        for second in range(first, 3):
            diagonals[second - first, first : first + n - 2] += smoothness * rows[first] * rows[second]
    return diagonals


def _weigh(
    columns: FloatArray,
    weights: FloatArray,
    has_weights: bool,  # noqa: FBT001 - numba takes no keywords
    place: tuple[int, int],
    buffers: tuple[DoubleArray, DoubleArray],
    ranges: npt.NDArray[np.int64],
) -> None:
    """Write weights and weighted values of some series, and their first, last and number of valid steps."""
    start, size = place
    weight, right = buffers
    first, last, count = ranges[0], ranges[1], ranges[2]
    n_steps = len(columns)
    first[:] = n_steps
    last[:] = -1
    count[:] = 0
    for step in range(n_steps):
        for i in range(size):
            value = np.float64(columns[step, start + i])
            own = np.float64(weights[step, start + i]) if has_weights else 1.0
            known = np.isfinite(value) and own > 0.0
            weight[step, i] = own if known else 0.0
            right[step, i] = own * value if known else 0.0
            count[i] += known
            last[i] = step if known else last[i]
            first[i] = step if known and first[i] == n_steps else first[i]


def _solve_chunks(
    columns: FloatArray,
    weights: FloatArray,
    has_weights: bool,  # noqa: FBT001 - numba takes no keywords
    diagonals: DoubleArray,
    smooth: FloatArray,
) -> None:
    n_steps, n_series = columns.shape
    weight = np.zeros((n_steps, _CHUNK))
    right = np.zeros((n_steps, _CHUNK))
    # Two rows of zeros before and after, so that no step is a special case and the loops over series run side by side.
    factor1 = np.zeros((n_steps + 2, _CHUNK))
    factor2 = np.zeros((n_steps + 2, _CHUNK))
    pivot = np.zeros((n_steps + 2, _CHUNK))
    solution = np.zeros((n_steps + 4, _CHUNK))
    ranges = np.zeros((3, _CHUNK), dtype=np.int64)
    for start in range(0, n_series, _CHUNK):
        size = min(_CHUNK, n_series - start)
        _weigh_chunk(columns, weights, has_weights, (start, size), (weight, right), ranges)
        solution[n_steps + 2 :] = 0.0
        for step in range(n_steps):
            row = step + 2
            for i in range(_CHUNK):
                one, two = factor1[row - 1, i], factor2[row - 2, i]
                scaled = pivot[row - 1, i] * one
                d = weight[step, i] + (diagonals[0, step] + _TINY) - scaled * one - pivot[row - 2, i] * two * two
                off = diagonals[1, step] - scaled * factor2[row - 1, i]
                solution[row, i] = right[step, i] - one * solution[row - 1, i] - two * solution[row - 2, i]
                inverse = 1.0 / d
                pivot[row, i] = d
                factor1[row, i] = off * inverse
                factor2[row, i] = diagonals[2, step] * inverse
                # Divided here already: the way back needs no division.
                right[step, i] = solution[row, i] * inverse
        for step in range(n_steps - 1, -1, -1):
            row = step + 2
            for i in range(_CHUNK):
                solution[row, i] = (
                    right[step, i] - factor1[row, i] * solution[row + 1, i] - factor2[row, i] * solution[row + 2, i]
                )
        for step in range(n_steps):
            for i in range(size):
                inside = ranges[0, i] <= step <= ranges[1, i]
                value = np.float32(solution[step + 2, i]) if inside else np.float32(np.nan)
                smooth[step, start + i] = value if ranges[2, i] > _LEAST_VALID else columns[step, start + i]


_weigh_chunk = compiled_if_possible(_weigh)
_solve = compiled_lazily(_solve_chunks)
