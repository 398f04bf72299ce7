"""Linear interpolation between clear observations, at the original dates or on a regular grid."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_lazily
from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

_MOST_STEPS = 10_000


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
    if not np.all(np.diff(positions_days) > 0):
        raise InputError("The time steps are not in increasing order, or two of them are on the same day.")
    found = np.empty((len(targets_days), columns.shape[1]), dtype=np.float32)
    shifts = np.zeros(1, dtype=np.float32) if shifts_days is None else shifts_days
    # Positions count from the first, so that float32 would not lose hours; the loop computes in double precision.
    origin = positions_days[0]
    _fill(
        columns, positions_days - origin, targets_days - origin, shifts, (shifts_days is not None, extrapolate), found
    )
    return found


def _fill_series(
    columns: FloatArray,
    positions: DoubleArray,
    targets: DoubleArray,
    shifts: FloatArray,
    switches: tuple[bool, bool],
    found: FloatArray,
) -> None:
    n_steps, n_series = columns.shape
    has_shifts, extrapolate = switches
    for i in range(n_series):
        before = -1
        after = 0
        while after < n_steps and not np.isfinite(columns[after, i]):
            after += 1
        shift = np.float64(shifts[i]) if has_shifts else 0.0
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


_fill = compiled_lazily(_fill_series)
