"""Whittaker smoothing of many series at once.

Minimises ``sum w (y - z)^2 + smoothness * sum (second difference of z)^2`` (Eilers 2003, Analytical Chemistry 75,
3631-3636): a symmetric system of five diagonals per series, solved by ``L D L'`` for 64 series together. Second
differences are divided differences, so that unevenly spaced steps are treated as what they are; on even steps they
are the usual ones.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_lazily
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


def _solve_chunks(  # noqa: C901, PLR0912, PLR0915 - one compiled pass
    columns: FloatArray,
    weights: FloatArray,
    has_weights: bool,  # noqa: FBT001 - numba takes no keywords
    diagonals: DoubleArray,
    smooth: FloatArray,
) -> None:
    n_steps, n_series = columns.shape
    factor1 = np.zeros((n_steps, _CHUNK))
    factor2 = np.zeros((n_steps, _CHUNK))
    pivot = np.zeros((n_steps, _CHUNK))
    solution = np.zeros((n_steps, _CHUNK))
    first = np.zeros(_CHUNK, dtype=np.int64)
    last = np.zeros(_CHUNK, dtype=np.int64)
    count = np.zeros(_CHUNK, dtype=np.int64)
    for start in range(0, n_series, _CHUNK):
        size = min(_CHUNK, n_series - start)
        first[:] = n_steps
        last[:] = -1
        count[:] = 0
        for step in range(n_steps):
            for i in range(size):
                value = columns[step, start + i]
                weight = 1.0
                if has_weights:
                    weight = np.float64(weights[step, start + i])
                known = np.isfinite(value) and weight > 0.0
                if known:
                    count[i] += 1
                    last[i] = step
                    first[i] = min(first[i], step)
                else:
                    weight = 0.0
                    value = np.float32(0.0)
                d = weight + diagonals[0, step] + _TINY
                off = diagonals[1, step]
                right = weight * value
                if step > 0:
                    f = factor1[step - 1, i]
                    d -= pivot[step - 1, i] * f * f
                    off -= pivot[step - 1, i] * f * factor2[step - 1, i]
                    right -= f * solution[step - 1, i]
                if step > 1:
                    f = factor2[step - 2, i]
                    d -= pivot[step - 2, i] * f * f
                    right -= f * solution[step - 2, i]
                inverse = 1.0 / d
                pivot[step, i] = d
                factor1[step, i] = off * inverse
                factor2[step, i] = diagonals[2, step] * inverse
                solution[step, i] = right
        for step in range(n_steps - 1, -1, -1):
            for i in range(size):
                value = solution[step, i] / pivot[step, i]
                if step < n_steps - 1:
                    value -= factor1[step, i] * solution[step + 1, i]
                if step < n_steps - 2:
                    value -= factor2[step, i] * solution[step + 2, i]
                solution[step, i] = value
                if count[i] <= _LEAST_VALID:
                    smooth[step, start + i] = columns[step, start + i]
                elif first[i] <= step <= last[i]:
                    smooth[step, start + i] = value
                else:
                    smooth[step, start + i] = np.nan


_solve = compiled_lazily(_solve_chunks)
