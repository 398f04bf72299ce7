"""Periods of equal length that dates fall into."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress

DoubleArray = npt.NDArray[np.float64]
_MOST_PERIODS = 5000
_OUTSIDE = -1


@dataclass(frozen=True)
class Periods:
    """Consecutive periods.

    Attributes:
        starts_days: ``(n_periods,)`` first day of each, days since 1970-01-01 (or of the axis).
        of_timestep: ``(n_timesteps,)`` period of each date, -1 outside all.
        order: ``(n_timesteps,)`` dates of each period one after another, those nearest to its middle first.
    """

    starts_days: DoubleArray
    of_timestep: npt.NDArray[np.int64]
    order: npt.NDArray[np.int64]

    @property
    def n_periods(self) -> int:
        """Number of periods."""
        return len(self.starts_days)

    def gaps(self, counts: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
        """Return how many dates of each period have no clear observation.

        Args:
            counts: ``(n_periods, n_pixels)`` numbers of clear observations.
        """
        n_dates = np.bincount(self.of_timestep[self.of_timestep != _OUTSIDE], minlength=self.n_periods)
        missing: npt.NDArray[np.uint16] = n_dates.astype(np.uint16)[:, None] - counts
        return missing


def make_periods(
    positions_days: DoubleArray, start_day: float | None, period_days: int, n_periods: int, progress: Progress
) -> Periods:
    """Cut time into periods and say which date falls into which; the user is told about empty periods.

    Args:
        positions_days: ``(n_timesteps,)`` increasing positions of the dates.
        start_day: first day of the first period; None for the first date.
        period_days: length of a period.
        n_periods: number of periods; 0 for as many as the series has.
        progress: where warnings go.

    Raises:
        InputError: impossible numbers, or no date falls into any period.
    """
    if period_days < 1 or n_periods < 0:
        raise InputError(f"{n_periods} periods of {period_days} days are impossible.", "Give 30 days and 12 periods.")
    start = float(positions_days[0]) if start_day is None else start_day
    span = float(positions_days[-1]) - start
    count = n_periods or max(1, int(span // period_days) + 1)
    if count > _MOST_PERIODS:
        raise InputError(f"{count} periods are more than {_MOST_PERIODS}.", "Choose longer periods.")
    found = np.floor((positions_days - start) / period_days).astype(np.int64)
    found[(found < 0) | (found >= count)] = _OUTSIDE
    used = np.unique(found[found != _OUTSIDE])
    if not len(used):
        raise InputError(
            f"None of the {len(positions_days)} dates falls into the {count} periods of {period_days} days.",
            "Choose another start date.",
        )
    _warn(found, used, period_days, count, progress)
    starts = start + period_days * np.arange(count, dtype=np.float64)
    inside = np.where(found == _OUTSIDE, 0, found)
    distance = np.abs(positions_days - (starts[inside] + (period_days - 1) / 2.0))
    return Periods(starts, found, np.lexsort((distance, found)))


def _warn(found: npt.NDArray[np.int64], used: npt.NDArray[np.int64], days: int, count: int, progress: Progress) -> None:
    if len(used) == 1 and len(found) > 1:
        progress.log(
            f"All dates fall into one period of {days} days: one composite, {count - 1} empty periods.", "warning"
        )
    elif len(used) < count:
        empty = sorted(set(range(count)) - set(used.tolist()))
        named = ", ".join(str(number + 1) for number in empty[:12])
        progress.log(f"{len(empty)} of {count} periods have no date at all and stay empty: number {named}.", "warning")
    n_outside = int(np.count_nonzero(found == _OUTSIDE))
    if n_outside:
        progress.log(f"{n_outside} of {len(found)} dates lie outside the periods and are not used.")
