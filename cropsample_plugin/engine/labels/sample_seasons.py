"""The growing season of each sample: found in its curve, matched to its date; and whether it was observed at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.labels.calendar_seasons import choose_by_calendar
from cropsample_plugin.engine.labels.crop_calendar import SampleCalendars
from cropsample_plugin.engine.labels.index_curves import IndexCurves
from cropsample_plugin.engine.labels.quality_input import QualitySamples
from cropsample_plugin.engine.labels.votes import Column, FloatArray, IntArray
from cropsample_plugin.engine.timeseries.seasons.clustering import YEAR_DAYS, cluster_seasons
from cropsample_plugin.engine.timeseries.seasons.detection import detect_seasons
from cropsample_plugin.engine.timeseries.seasons.season_data import REASON_TEXTS, Reason, Seasons, SeasonSettings

NO_SEASON = -1
SEASONS_A_YEAR = 3


@dataclass(frozen=True)
class GapSettings:
    """When a sample was not observed well enough.

    Attributes:
        min_observations: clear observations in the season.
        max_gap_days: longest time in the season without one; never below twice the interval of the series.
        peak_days: one is needed this near to the peak.
        match_days: a season this far from the sample's date is still its season.
    """

    min_observations: int = 6
    max_gap_days: float = 45.0
    peak_days: float = 20.0
    match_days: float = 30.0


@dataclass(frozen=True)
class SampleSeasons:
    """The season of each sample.

    Attributes:
        starts, peaks, ends: ``(n_samples,)`` days from the first step of the series, NaN where there is no season.
        kinds: ``(n_samples,)`` seasons at the same time of the year have the same kind; `NO_SEASON` for none.
        years: ``(n_samples,)`` calendar year in which the season starts.
        kind_starts, kind_ends: ``(n_kinds,)`` mean days of the year.
        why_none: ``(n_samples,)`` why there is no season, "" where there is one.
        gaps: ``(n_samples,)`` why the sample was not observed well enough, "" where it was.
    """

    starts: FloatArray
    peaks: FloatArray
    ends: FloatArray
    kinds: IntArray
    years: IntArray
    kind_starts: FloatArray
    kind_ends: FloatArray
    why_none: Column
    gaps: Column

    @property
    def names(self) -> Column:
        """``(n_samples,)`` such as ``2005 season 2``; None without a season."""
        texts = np.full(len(self.kinds), None, dtype=object)
        for row in np.flatnonzero(self.kinds != NO_SEASON):
            texts[row] = f"{self.years[row]} season {self.kinds[row] + 1}"
        return texts


def find_sample_seasons(
    samples: QualitySamples,
    indices: IndexCurves,
    settings: SeasonSettings,
    gaps: GapSettings,
    calendars: SampleCalendars | None = None,
) -> SampleSeasons:
    """Find each sample's season and judge on the raw observations whether it was seen.

    Without a date, or with a year alone, a sample gets its season of largest amplitude (of that year). Where a crop
    calendar is known, the season is the one that lies in the time of the sample's crop.
    """
    n_years = samples.span_days / YEAR_DAYS
    most = max(settings.max_seasons, round(SEASONS_A_YEAR * n_years))
    found = detect_seasons(indices.green, indices.grid, replace(settings, max_seasons=most))
    chosen = _choose(samples, found, gaps.match_days)
    why_not = np.full(samples.n_samples, "", dtype=object)
    if calendars is not None:
        by_calendar, why_not = choose_by_calendar(samples, found, calendars, gaps.match_days)
        chosen = np.where(calendars.is_known, by_calendar, chosen)
        why_not[~calendars.is_known] = ""
    rows = np.arange(samples.n_samples)
    has_season = chosen != NO_SEASON
    picked = np.where(has_season, chosen, 0)
    starts, peaks, ends = (
        np.where(has_season, part[picked, rows], np.nan) for part in (found.starts, found.peaks, found.ends)
    )
    kinds, years, means = _cluster(starts + samples.origins, ends + samples.origins)
    why_none = np.full(samples.n_samples, "", dtype=object)
    why_none[~has_season] = "no season is near its date"
    for reason, text in REASON_TEXTS.items():
        why_none[~has_season & (found.reasons == reason) & (reason != Reason.FOUND)] = text
    is_told = ~has_season & (why_not != "") & (found.reasons == Reason.FOUND)
    why_none[is_told] = why_not[is_told]
    partial = SampleSeasons(starts, peaks, ends, kinds, years, *means, why_none, np.full(len(rows), "", dtype=object))
    _mark_gaps(samples, indices, partial, gaps)
    return partial


def _choose(samples: QualitySamples, found: Seasons, match_days: float) -> IntArray:
    """Return ``(n_samples,)`` which season is the sample's."""
    is_known = np.isfinite(found.starts)
    amplitudes = np.where(is_known, found.amplitudes, -np.inf)
    peak_years = np.floor((found.peaks + samples.origins) / YEAR_DAYS) + 1970
    has_year = np.isfinite(samples.years) & ~np.isfinite(samples.days) & (samples.origins != 0)
    in_year = (peak_years == samples.years) | ~has_year
    by_size = np.where(in_year, amplitudes, -np.inf)
    chosen = np.where(np.isfinite(by_size.max(axis=0)), by_size.argmax(axis=0), NO_SEASON)
    dated = np.isfinite(samples.days)
    if dated.any():
        day = samples.days - samples.origins
        distance = np.maximum(np.maximum(found.starts - day, day - found.ends), 0.0)
        distance = np.where(is_known, distance, np.inf)
        near = distance.min(axis=0)
        chosen = np.where(dated, np.where(near <= match_days, distance.argmin(axis=0), NO_SEASON), chosen)
    return chosen.astype(np.int64)


def _cluster(starts: FloatArray, ends: FloatArray) -> tuple[IntArray, IntArray, tuple[FloatArray, FloatArray]]:
    known = np.isfinite(starts)
    kinds = np.full(len(starts), NO_SEASON, dtype=np.int64)
    years = np.zeros(len(starts), dtype=np.int64)
    clusters = cluster_seasons(starts[known], ends[known], np.ones(int(known.sum())))
    if known.any():
        kinds[known], years[known] = clusters.assign(starts[known], ends[known])
    return kinds, years, (clusters.starts, clusters.ends)


def _mark_gaps(samples: QualitySamples, indices: IndexCurves, seasons: SampleSeasons, settings: GapSettings) -> None:
    """Write into `seasons.gaps` why a sample was not seen well enough."""
    positions, observed = samples.positions, indices.is_observed
    steps = np.diff(positions)
    longest = max(settings.max_gap_days, 2.0 * float(np.median(steps)) if len(steps) else 0.0)
    nearest = max(settings.peak_days, float(np.median(steps)) / 2.0 + 1.0)
    for row in range(samples.n_samples):
        days = positions[observed[row]]
        start, end = seasons.starts[row], seasons.ends[row]
        where = "season"
        if not np.isfinite(start):
            start, end, where = 0.0, samples.span_days, "series (no season found)"
        inside = days[(days >= start) & (days <= end)]
        n_possible = int(((positions >= start) & (positions <= end)).sum())
        text = _gap_text(inside, (start, end), min(settings.min_observations, n_possible), longest)
        seasons.gaps[row] = text.format(where)
        peak = seasons.peaks[row]
        if not seasons.gaps[row] and np.isfinite(peak) and np.abs(inside - peak).min() > nearest:
            seasons.gaps[row] = f"no clear observation within {nearest:.0f} days of the peak"


def _gap_text(days: npt.NDArray[np.float64], season: tuple[float, float], least: int, longest: float) -> str:
    if len(days) < max(least, 1):
        return f"{len(days)} clear observations in the {{}}"
    gap = float(np.diff(np.concatenate([[season[0]], days, [season[1]]])).max())
    return f"{gap:.0f} days of the {{}} without a clear observation" if gap > longest else ""
