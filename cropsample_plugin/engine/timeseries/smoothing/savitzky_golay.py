"""Savitzky-Golay filter for many series at once: a polynomial fitted in a moving window of even steps."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_lazily
from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]


def savitzky_golay(columns: FloatArray, window_steps: int, degree: int) -> FloatArray:
    """Filter the stretch between the first and the last value of each series, as `scipy.signal.savgol_filter` does.

    At the ends the polynomial of the first or last full window is used (``mode="interp"``). A stretch shorter than
    the window takes the widest odd window that fits; one too short for the degree stays as it is.

    Args:
        columns: ``(n_timesteps, n_series)`` at even steps, NaN only before the first and after the last value.
        window_steps: odd number of steps, more than the degree.
        degree: of the polynomial.

    Raises:
        InputError: window or degree are impossible.
    """
    if window_steps % 2 == 0 or not 0 <= degree < window_steps:
        raise InputError(
            f"A window of {window_steps} steps does not go with degree {degree}.",
            "The window is an odd number of steps and larger than the degree.",
        )
    tables = np.zeros((window_steps // 2 + 1, window_steps, window_steps))
    for half in range(window_steps // 2 + 1):
        size = 2 * half + 1
        if size > degree:
            tables[half, :size, :size] = projection(size, degree)
    filtered = columns.copy()
    _filter(columns, tables, degree, filtered)
    return filtered


def projection(size: int, degree: int) -> DoubleArray:
    """Return ``(size, size)``: row i gives the fitted polynomial at step i from all values of the window."""
    steps = np.arange(size, dtype=np.float64) - size // 2
    basis, _ = np.linalg.qr(np.vander(steps, degree + 1))
    matrix: DoubleArray = basis @ basis.T
    return matrix


def _filter_series(columns: FloatArray, tables: DoubleArray, degree: int, filtered: FloatArray) -> None:
    n_steps, n_series = columns.shape
    for i in range(n_series):
        first = 0
        while first < n_steps and not np.isfinite(columns[first, i]):
            first += 1
        last = n_steps - 1
        while last > first and not np.isfinite(columns[last, i]):
            last -= 1
        length = last - first + 1
        half = min(tables.shape[1], length) - 1
        half //= 2
        if length < 1 or 2 * half + 1 <= degree:
            continue
        for step in range(first, last + 1):
            centre = min(max(step, first + half), last - half)
            row = step - centre + half
            total = 0.0
            for k in range(2 * half + 1):
                total += tables[half, row, k] * columns[centre - half + k, i]
            filtered[step, i] = total


_filter = compiled_lazily(_filter_series)
