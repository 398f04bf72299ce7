"""What a growing season is: the settings that define it, the seasons found, and why a series has none."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum
from math import ceil
from typing import Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError

DoubleArray = npt.NDArray[np.float64]

_MOST_A_YEAR = 3
_YEAR_DAYS = 366.0


class Reason(IntEnum):
    """Why a series has no season; ``FOUND`` when it has one."""

    FOUND = 0
    NO_DATA = 1
    BARE = 2
    PERENNIAL = 3
    NO_PEAK = 4
    LENGTH = 5


REASON_TEXTS = {
    Reason.FOUND: "season found",
    Reason.NO_DATA: "too few observations",
    Reason.BARE: "bare: never green",
    Reason.PERENNIAL: "perennial: always green",
    Reason.NO_PEAK: "no peak is prominent enough",
    Reason.LENGTH: "season too short or too long",
}


@dataclass(frozen=True)
class SeasonSettings:
    """What counts as a season.

    Attributes:
        min_prominence: of a peak, in units of the index.
        min_prominence_share: of a peak, as share of the range of the series; the larger of both counts.
        min_distance_days: between two peaks.
        amplitude_share: share of the amplitude at which a season starts and ends.
        min_length_days, max_length_days: of a season.
        bare_below: a series that never exceeds this is bare.
        perennial_above: a series that hardly falls below this is perennial.
        max_seasons: most seasons kept per series, the most prominent ones; 0 for three in each year.
    """

    min_prominence: float = 0.10
    min_prominence_share: float = 0.2
    min_distance_days: float = 60.0
    amplitude_share: float = 0.2
    min_length_days: float = 60.0
    max_length_days: float = 300.0
    bare_below: float = 0.3
    perennial_above: float = 0.4
    max_seasons: int = 0

    def check(self) -> None:
        """Raise `InputError` when a setting is impossible."""
        if not 0.0 < self.amplitude_share < 1.0:
            raise InputError(f"The share of the amplitude is {self.amplitude_share}; it lies between 0 and 1.")
        if not 0.0 <= self.min_length_days < self.max_length_days:
            raise InputError("The shortest season must be shorter than the longest.")
        if self.max_seasons < 0 or self.min_distance_days < 0:
            raise InputError("Numbers of seasons and distances of peaks are 0 or more.")

    def n_kept(self, positions_days: DoubleArray) -> int:
        """Return how many seasons are kept of a series at these ``(n_timesteps,)`` positions."""
        if self.max_seasons:
            return self.max_seasons
        return _MOST_A_YEAR * max(1, ceil(float(positions_days[-1] - positions_days[0]) / _YEAR_DAYS))


@dataclass(frozen=True)
class Seasons:
    """Seasons of many series, first season first.

    Attributes:
        starts, peaks, ends: ``(max_seasons, n_series)`` days as the positions are, NaN where there is no season.
        amplitudes: ``(max_seasons, n_series)`` peak above the mean of both bases.
        highest: ``(max_seasons, n_series)`` day of the highest step; ``peaks`` is finer than the steps.
        counts: ``(n_series,)`` number of seasons found, also beyond `max_seasons`.
        reasons: ``(n_series,)`` a `Reason`.
    """

    starts: DoubleArray
    peaks: DoubleArray
    ends: DoubleArray
    amplitudes: DoubleArray
    highest: DoubleArray
    counts: npt.NDArray[np.int32]
    reasons: npt.NDArray[np.uint8]

    @classmethod
    def joined(cls, parts: Sequence[Seasons]) -> Seasons:
        """Return the seasons of one part's series, then of the next one's."""
        names = [field.name for field in fields(cls)]
        return cls(*(np.concatenate([getattr(part, name) for part in parts], axis=-1) for name in names))

    @property
    def lengths(self) -> DoubleArray:
        """``(max_seasons, n_series)`` days from start to end."""
        return self.ends - self.starts
