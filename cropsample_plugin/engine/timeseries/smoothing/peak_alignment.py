"""How far each series is moved in time so that its peak falls on one date.

Sowing differs from farm to farm and region to region; aligned at the peak of greenness, equal crops look equal. A
series without a single clear peak cannot be aligned: it stays where it is.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.smoothing.linear_whittaker import interpolate_and_smooth

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

_SMOOTHNESS = 10.0
_LEAST_STEPS = 3


def peak_shifts(
    greenness: FloatArray,
    positions_days: DoubleArray,
    targets_days: DoubleArray,
    peak_date: str,
    max_shift_days: int,
) -> FloatArray:
    """Return ``(n_series,)`` days to add to the target positions of each series; 0 where there is no peak inside.

    Args:
        greenness: ``(n_timesteps, n_series)`` of the band or index whose peak counts.
        positions_days: ``(n_timesteps,)``.
        targets_days: ``(n_targets,)`` the regular grid.
        peak_date: ISO date of the common peak; "" for the middle of the grid.
        max_shift_days: larger shifts are not made.

    Raises:
        InputError: the peak date is no date, or lies outside the grid.
    """
    common = _common_peak(targets_days, peak_date)
    if len(targets_days) < _LEAST_STEPS:
        return np.zeros(greenness.shape[1], dtype=np.float32)
    smooth = interpolate_and_smooth(greenness, positions_days, targets_days, _SMOOTHNESS)
    filled = np.where(np.isnan(smooth), -np.inf, smooth)
    best = np.argmax(filled, axis=0)
    inside = (best > 0) & (best < len(targets_days) - 1)
    place = np.clip(best, 1, len(targets_days) - 2)
    every = np.arange(filled.shape[1])
    before, at, after = filled[place - 1, every], filled[place, every], filled[place + 1, every]
    # A peak beside a missing value is an edge of the observations, not a peak.
    is_peak = inside & np.isfinite(before) & np.isfinite(after) & (at > np.minimum(before, after))
    with np.errstate(invalid="ignore", divide="ignore"):
        fraction = 0.5 * (before - after) / (before - 2.0 * at + after)
    step = targets_days[1] - targets_days[0]
    shifts = targets_days[place] + np.where(np.isfinite(fraction), np.clip(fraction, -0.5, 0.5), 0.0) * step - common
    possible = is_peak & (np.abs(shifts) <= max_shift_days)
    found: FloatArray = np.where(possible, shifts, 0.0).astype(np.float32)
    return found


def _common_peak(targets_days: DoubleArray, peak_date: str) -> float:
    if not peak_date:
        return float(targets_days[len(targets_days) // 2])
    try:
        day = float(np.datetime64(peak_date, "D").astype(np.int64))
    except ValueError as error:
        raise InputError(f"The peak date '{peak_date}' is no date.", "Write it as 2019-07-15.") from error
    if not targets_days[0] <= day <= targets_days[-1]:
        raise InputError(f"The peak date {peak_date} lies outside the series.", "Choose a date within its season.")
    return day
