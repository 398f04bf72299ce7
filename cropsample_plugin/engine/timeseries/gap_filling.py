"""Fill gaps in series: linear in time, the one rule that training and mapping share.

Each band is interpolated linearly over its position in days between the nearest valid values on both sides;
before the first and after the last valid value that value is repeated. This is what ``numpy.interp`` does to
one series, done here to blocks of series at once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

# About a quarter of a megabyte of series at a time stays in the processor's cache during all passes.
_BLOCK_VALUES = 65536


def fill_linear(values: FloatArray, positions_days: npt.NDArray[np.floating]) -> FloatArray:
    """Fill missing values linearly in time.

    Args:
        values: ``(n_samples, n_timesteps, n_bands)`` in any unit; NaN and infinite values are missing.
        positions_days: ``(n_timesteps,)`` strictly increasing positions of the time steps in days.

    Returns:
        A new float32 array of the same shape. Valid values are unchanged; NaN stays only where a band of a
        sample has no valid value at all.

    Raises:
        InputError: the shapes do not fit, or positions do not increase.
    """
    positions = _checked_positions(values, positions_days)
    filled = np.array(values, dtype=np.float32, order="C")
    n_samples, n_timesteps, n_bands = filled.shape
    rows_per_block = max(1, _BLOCK_VALUES // max(1, n_timesteps * n_bands))
    for start in range(0, n_samples, rows_per_block):
        block = filled[start : start + rows_per_block]
        if np.isfinite(block).all():
            continue
        by_time = block.transpose(1, 0, 2).reshape(n_timesteps, -1)
        block[...] = _fill_columns(by_time, positions).reshape(n_timesteps, -1, n_bands).transpose(1, 0, 2)
    return filled


def wholly_missing_timesteps(valid_mask: BoolArray) -> BoolArray:
    """Return ``(n_timesteps,)``, True where no sample has any valid value, such as a cloudy month.

    Args:
        valid_mask: ``(n_samples, n_timesteps, n_bands)``, True = usable.
    """
    missing: BoolArray = ~np.any(valid_mask, axis=(0, 2))
    return missing


def missing_share(valid_mask: BoolArray, ignored_timesteps: BoolArray | None = None) -> FloatArray:
    """Return ``(n_samples,)`` the share of values that are missing, in [0, 1].

    Args:
        valid_mask: ``(n_samples, n_timesteps, n_bands)``, True = usable.
        ignored_timesteps: ``(n_timesteps,)``, True for time steps that do not count, such as wholly missing ones.
    """
    counted = valid_mask if ignored_timesteps is None else valid_mask[:, ~ignored_timesteps]
    n_counted = counted.shape[1] * counted.shape[2]
    if n_counted == 0:
        return np.ones(valid_mask.shape[0], dtype=np.float32)
    share: FloatArray = (1.0 - np.count_nonzero(counted, axis=(1, 2)) / n_counted).astype(np.float32)
    return share


def _checked_positions(values: FloatArray, positions_days: npt.NDArray[np.floating]) -> FloatArray:
    positions = np.asarray(positions_days, dtype=np.float32)
    if values.ndim != 3:  # noqa: PLR2004 - samples, time steps, bands
        raise InputError(f"Series need the shape (samples, time steps, bands), not {values.shape}.")
    if positions.shape != (values.shape[1],):
        raise InputError(f"{values.shape[1]} time steps but {positions.size} positions in time.")
    if not np.all(np.diff(positions) > 0):
        raise InputError("The time steps are not in increasing order, or two of them are on the same day.")
    return positions


def _fill_columns(columns: FloatArray, positions: FloatArray) -> FloatArray:
    """Fill ``(n_timesteps, n_series)`` in two passes: nearest valid value after, then before and interpolate."""
    missing = ~np.isfinite(columns)
    n_timesteps, n_series = columns.shape
    following = np.empty_like(columns)
    following_position = np.empty_like(columns)
    value = np.full(n_series, np.nan, dtype=np.float32)
    position = np.full(n_series, np.nan, dtype=np.float32)
    for step in range(n_timesteps - 1, -1, -1):
        value = np.where(missing[step], value, columns[step])
        position = np.where(missing[step], position, positions[step])
        following[step], following_position[step] = value, position
    filled = np.empty_like(columns)
    value = np.full(n_series, np.nan, dtype=np.float32)
    position = np.full(n_series, np.nan, dtype=np.float32)
    for step in range(n_timesteps):
        valid = ~missing[step]
        np.copyto(value, columns[step], where=valid)
        position[valid] = positions[step]
        if valid.all():
            filled[step] = columns[step]
            continue
        filled[step] = _between(value, position, following[step], following_position[step], positions[step])
        np.copyto(filled[step], columns[step], where=valid)
    return filled


def _between(
    before: FloatArray, before_position: FloatArray, after: FloatArray, after_position: FloatArray, position: np.float32
) -> FloatArray:
    """Interpolate at one time step; where only one side has a value, take that one."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (position - before_position) / (after_position - before_position)
        between = before + share * (after - before)
    between = np.where(np.isnan(before_position), after, between)
    nearest: FloatArray = np.where(np.isnan(after_position), before, between)
    return nearest
