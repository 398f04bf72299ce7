"""Harmonic regression: a mean and yearly waves fitted to the clear observations by weighted least squares."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_lazily
from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

YEAR_DAYS = 365.25
MOST_HARMONICS = 6
# Penalty on the waves, not on the mean, in units of one observation: long gaps would let them swing without bound.
_RIDGE = 0.01


def harmonic(
    columns: FloatArray, positions_days: DoubleArray, targets_days: DoubleArray, n_harmonics: int, *, extrapolate: bool
) -> FloatArray:
    """Fit each series and evaluate the fit.

    A series with fewer observations than twice its unknowns gets fewer waves, down to the mean alone.

    Args:
        columns: ``(n_timesteps, n_series)``, NaN where missing.
        positions_days: ``(n_timesteps,)`` days since 1970-01-01.
        targets_days: ``(n_targets,)`` days to evaluate at.
        n_harmonics: waves per year: 1 for one season, 2 for two.
        extrapolate: evaluate before the first and after the last observation too.

    Raises:
        InputError: the number of waves is impossible.
    """
    if not 1 <= n_harmonics <= MOST_HARMONICS:
        raise InputError(f"{n_harmonics} harmonics; give 1 to {MOST_HARMONICS}.")
    fitted = np.full((len(targets_days), columns.shape[1]), np.nan, dtype=np.float32)
    basis = _basis(positions_days, n_harmonics)
    _fit(columns, basis, _basis(targets_days, n_harmonics), (positions_days, targets_days, extrapolate), fitted)
    return fitted


def _basis(days: DoubleArray, n_harmonics: int) -> DoubleArray:
    """Return ``(n, 1 + 2 * n_harmonics)``: 1, cosine and sine of each wave."""
    angles = 2.0 * np.pi * days / YEAR_DAYS
    columns = [np.ones(len(days))]
    for number in range(1, n_harmonics + 1):
        columns += [np.cos(number * angles), np.sin(number * angles)]
    return np.stack(columns, axis=1)


def _fit_series(  # noqa: C901, PLR0912 - one compiled pass
    columns: FloatArray,
    basis: DoubleArray,
    target_basis: DoubleArray,
    times: tuple[DoubleArray, DoubleArray, bool],
    fitted: FloatArray,
) -> None:
    positions, targets, extrapolate = times
    n_steps, n_series = columns.shape
    most = basis.shape[1]
    normal = np.zeros((most, most))
    right = np.zeros(most)
    for i in range(n_series):
        n_known = 0
        first = -1
        last = -1
        normal[:] = 0.0
        right[:] = 0.0
        for step in range(n_steps):
            value = np.float64(columns[step, i])
            if not np.isfinite(value):
                continue
            n_known += 1
            last = step
            if first < 0:
                first = step
            for a in range(most):
                right[a] += basis[step, a] * value
                for b in range(a + 1):
                    normal[a, b] += basis[step, a] * basis[step, b]
        if n_known == 0:
            continue
        size = most
        while size > 1 and n_known < 2 * size:
            size -= 2
        # The mean is taken out of the penalty, so that a constant series stays constant.
        for a in range(1, size):
            normal[a, a] += _RIDGE
        # Cholesky factor in the lower half, then forward and backward substitution.
        for a in range(size):
            for b in range(a + 1):
                total = normal[a, b]
                for c in range(b):
                    total -= normal[a, c] * normal[b, c]
                normal[a, b] = np.sqrt(max(total, 1e-12)) if a == b else total / normal[b, b]
        for a in range(size):
            total = right[a]
            for c in range(a):
                total -= normal[a, c] * right[c]
            right[a] = total / normal[a, a]
        for a in range(size - 1, -1, -1):
            total = right[a]
            for c in range(a + 1, size):
                total -= normal[c, a] * right[c]
            right[a] = total / normal[a, a]
        for k in range(len(targets)):
            if not extrapolate and (targets[k] < positions[first] or targets[k] > positions[last]):
                continue
            total = 0.0
            for a in range(size):
                total += target_basis[k, a] * right[a]
            fitted[k, i] = total


_fit = compiled_lazily(_fit_series)
