"""The season of each sample by a crop calendar: the one that lies in its crop's time, in the year of its date."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.labels.crop_calendar import SampleCalendars
from cropsample_plugin.engine.labels.quality_input import QualitySamples
from cropsample_plugin.engine.labels.votes import Column, FloatArray, IntArray
from cropsample_plugin.engine.timeseries.seasons.clustering import YEAR_DAYS
from cropsample_plugin.engine.timeseries.seasons.season_data import Seasons

OUTSIDE_CALENDAR = "its date is outside of its crop's calendar"
NO_SEASON_THEN = "no season was found at the time of its crop's calendar"
_LEAST_OVERLAP = 0.5
_NO_SEASON = -1


def choose_by_calendar(
    samples: QualitySamples, found: Seasons, calendars: SampleCalendars, match_days: float
) -> tuple[IntArray, Column]:
    """Choose, for samples with a calendar, the season that shares most days with it.

    The calendar's season is that of the year in which the sample's date lies in it, or is nearest to it; without a
    date, any that the series covers, of the sample's year when that is known. Season and calendar must share half of
    the shorter one.

    Returns:
        ``(n_samples,)`` number of the season, -1 for none; and ``(n_samples,)`` why there is none, "" otherwise.
    """
    best = np.full((len(found.starts), samples.n_samples), 0.0)
    is_eligible_at_all = np.zeros(samples.n_samples, dtype=np.bool_)
    nearest = _nearest_distance(samples, calendars)
    for starts, ends in _occurrences(samples, calendars):
        is_eligible = _is_eligible(samples, starts, ends, nearest, match_days)
        is_eligible_at_all |= is_eligible
        shared = np.minimum(found.ends, ends) - np.maximum(found.starts, starts)
        shorter = np.minimum(found.ends - found.starts, ends - starts)
        share = np.where(is_eligible, shared / np.maximum(shorter, 1.0), 0.0)
        best = np.maximum(best, np.nan_to_num(share))
    has_season = best.max(axis=0) >= _LEAST_OVERLAP
    chosen = np.where(has_season, best.argmax(axis=0), _NO_SEASON).astype(np.int64)
    why = np.where(has_season, "", np.where(is_eligible_at_all, NO_SEASON_THEN, OUTSIDE_CALENDAR))
    return chosen, why.astype(object)


def _occurrences(samples: QualitySamples, calendars: SampleCalendars) -> list[tuple[FloatArray, FloatArray]]:
    """Return the calendar's seasons of every year that a series may touch, in days from its first step."""
    first_year = np.floor(samples.origins / YEAR_DAYS) + 1970
    n_years = int(np.ceil(samples.span_days / YEAR_DAYS)) + 1
    result = []
    for start, end in zip(calendars.starts, calendars.ends):
        length = np.where(end > start, end - start, end - start + YEAR_DAYS)
        for offset in range(-1, n_years + 1):
            new_year = np.floor((first_year + offset - 1970) * YEAR_DAYS + 0.5)
            begin = new_year + start - 1 - samples.origins
            result.append((begin, begin + length))
    return result


def _distance(samples: QualitySamples, starts: FloatArray, ends: FloatArray) -> FloatArray:
    day = samples.days - samples.origins
    distance: FloatArray = np.maximum(np.maximum(starts - day, day - ends), 0.0)
    return distance


def _nearest_distance(samples: QualitySamples, calendars: SampleCalendars) -> FloatArray:
    """Return ``(n_samples,)`` days from the date to the nearest season of the calendar, infinite for none."""
    result = np.full(samples.n_samples, np.inf)
    for starts, ends in _occurrences(samples, calendars):
        result = np.fmin(result, _distance(samples, starts, ends))
    return result


def _is_eligible(
    samples: QualitySamples, starts: FloatArray, ends: FloatArray, nearest: FloatArray, match_days: float
) -> npt.NDArray[np.bool_]:
    is_dated = np.isfinite(samples.days)
    is_nearest = (_distance(samples, starts, ends) <= nearest) & (nearest <= match_days)
    middle = (starts + ends) / 2.0
    is_covered = (middle >= 0) & (middle <= samples.span_days)
    years = np.floor((middle + samples.origins) / YEAR_DAYS) + 1970
    in_year = ~np.isfinite(samples.years) | (years == samples.years)
    result: npt.NDArray[np.bool_] = np.where(is_dated, is_nearest, is_covered & in_year)
    return result
