"""Linear interpolation between clear observations, at the original dates or on a regular grid."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_lazily
from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

_MOST_STEPS = 10_000
_CHUNK = 64


def regular_grid(start_day: float, end_day: float, period_days: int) -> DoubleArray:
    """Return positions from the start to the last one not after the end.

    Raises:
        InputError: the period is longer than the series, not positive, or gives more than 10,000 steps.
    """
    if period_days < 1:
        raise InputError(f"The period is {period_days} days; it must be 1 or more.")
    span = end_day - start_day
    if span < period_days:
        raise InputError(
            f"A period of {period_days} days is longer than the series, which spans {span:.0f} days.",
            "Choose a shorter period or a longer series.",
        )
    if span / period_days > _MOST_STEPS:
        raise InputError(f"A period of {period_days} days gives more than {_MOST_STEPS} steps.", "Choose a longer one.")
    return start_day + period_days * np.arange(int(span // period_days) + 1, dtype=np.float64)


def check_increasing(positions_days: DoubleArray) -> None:
    """Raise `InputError` when positions do not increase."""
    if not np.all(np.diff(positions_days) > 0):
        raise InputError("The time steps are not in increasing order, or two of them are on the same day.")


def interpolate(
    columns: FloatArray,
    positions_days: DoubleArray,
    targets_days: DoubleArray,
    *,
    extrapolate: bool = False,
    shifts_days: FloatArray | None = None,
) -> FloatArray:
    """Interpolate series linearly between the nearest valid values.

    Args:
        columns: ``(n_timesteps, n_series)``, NaN where missing.
        positions_days: ``(n_timesteps,)`` increasing positions.
        targets_days: ``(n_targets,)`` increasing positions to interpolate at.
        extrapolate: repeat the first and last valid value outside them; otherwise NaN.
        shifts_days: ``(n_series,)`` added to the targets of each series.

    Returns:
        ``(n_targets, n_series)``; equal to the input where a target is a valid observation.

    Raises:
        InputError: positions do not increase.
    """
    check_increasing(positions_days)
    found = np.empty((len(targets_days), columns.shape[1]), dtype=np.float32)
    # Positions count from the first, so that float32 would not lose hours; the loop computes in double precision.
    origin = positions_days[0]
    if shifts_days is None:
        _fill_together(
            columns,
            (positions_days - origin).astype(np.float32),
            (targets_days - origin).astype(np.float32),
            np.searchsorted(positions_days, targets_days, side="right"),
            extrapolate,
            found,
        )
        return found
    _fill(columns, positions_days - origin, targets_days - origin, shifts_days, extrapolate, found)
    return found


def _fill_series(
    columns: FloatArray,
    positions: DoubleArray,
    targets: DoubleArray,
    shifts: FloatArray,
    extrapolate: bool,  # noqa: FBT001 - numba takes no keywords
    found: FloatArray,
) -> None:
    n_steps, n_series = columns.shape
    for i in range(n_series):
        before = -1
        after = 0
        while after < n_steps and not np.isfinite(columns[after, i]):
            after += 1
        shift = np.float64(shifts[i])
        for k in range(len(targets)):
            target = targets[k] + shift
            while after < n_steps and positions[after] <= target:
                before = after
                after += 1
                while after < n_steps and not np.isfinite(columns[after, i]):
                    after += 1
            value = np.float32(np.nan)
            if before >= 0 and positions[before] == target:
                value = columns[before, i]
            elif before >= 0 and after < n_steps:
                share = (target - positions[before]) / (positions[after] - positions[before])
                low = np.float64(columns[before, i])
                value = np.float32(low + share * (np.float64(columns[after, i]) - low))
            elif extrapolate and before >= 0:
                value = columns[before, i]
            elif extrapolate and after < n_steps:
                value = columns[after, i]
            found[k, i] = value


def _fill_chunks(
    columns: FloatArray,
    positions: FloatArray,
    targets: FloatArray,
    n_before: npt.NDArray[np.int64],
    extrapolate: bool,  # noqa: FBT001 - numba takes no keywords
    found: FloatArray,
) -> None:
    """Interpolate 64 series together: nearest valid value up to each step, from each step on, then between."""
    n_steps, n_series = columns.shape
    missing = np.float32(np.nan)
    before = np.empty((n_steps + 1, _CHUNK), dtype=np.float32)
    before_day = np.empty((n_steps + 1, _CHUNK), dtype=np.float32)
    after = np.empty((n_steps + 1, _CHUNK), dtype=np.float32)
    after_day = np.empty((n_steps + 1, _CHUNK), dtype=np.float32)
    for start in range(0, n_series, _CHUNK):
        size = min(_CHUNK, n_series - start)
        before[0], before_day[0] = missing, missing
        after[n_steps], after_day[n_steps] = missing, missing
        for step in range(n_steps):
            for i in range(size):
                value = columns[step, start + i]
                known = np.isfinite(value)
                before[step + 1, i] = value if known else before[step, i]
                before_day[step + 1, i] = positions[step] if known else before_day[step, i]
        for step in range(n_steps - 1, -1, -1):
            for i in range(size):
                value = columns[step, start + i]
                known = np.isfinite(value)
                after[step, i] = value if known else after[step + 1, i]
                after_day[step, i] = positions[step] if known else after_day[step + 1, i]
        for k in range(len(targets)):
            row = n_before[k]
            target = targets[k]
            for i in range(size):
                low, day = before[row, i], before_day[row, i]
                high = after[row, i]
                # NaN where one side has no value.
                value = low + (target - day) / (after_day[row, i] - day) * (high - low)
                value = low if day == target else value
                if extrapolate:
                    value = (low if np.isnan(high) else high) if np.isnan(value) else value
                found[k, start + i] = value


_fill = compiled_lazily(_fill_series)
_fill_together = compiled_lazily(_fill_chunks)
