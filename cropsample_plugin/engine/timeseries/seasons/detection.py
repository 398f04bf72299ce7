"""Growing seasons of many series at once: peaks, and the season around each of them.

Peaks are those of `scipy.signal.find_peaks` with a minimum distance and prominence; `season_shape` measures them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_if_possible
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.seasons.season_data import Seasons, SeasonSettings
from cropsample_plugin.engine.timeseries.seasons.season_shape import measure

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

_LEAST_VALUES = 5
_CHUNK = 64


def detect_seasons(columns: FloatArray, positions_days: DoubleArray, settings: SeasonSettings) -> Seasons:
    """Find the seasons of each series.

    Args:
        columns: ``(n_timesteps, n_series)`` of an index that grows with greenness, gaps filled; NaN only before the
            first and after the last value.
        positions_days: ``(n_timesteps,)`` increasing positions.
        settings: what counts as a season.

    Raises:
        InputError: impossible settings, or positions that do not increase.
    """
    settings.check()
    if not np.all(np.diff(positions_days) > 0):
        raise InputError("The time steps are not in increasing order, or two of them are on the same day.")
    shape = (settings.n_kept(positions_days), columns.shape[1])
    found = np.full((5, *shape), np.nan)
    counts = np.zeros(columns.shape[1], dtype=np.int32)
    reasons = np.zeros(columns.shape[1], dtype=np.uint8)
    limits = np.array(
        [
            settings.min_prominence,
            settings.min_prominence_share,
            settings.min_distance_days,
            settings.amplitude_share,
            settings.min_length_days,
            settings.max_length_days,
            settings.bare_below,
            settings.perennial_above,
        ]
    )
    _detect(columns, positions_days, limits, found, counts, reasons)
    return Seasons(found[0], found[1], found[2], found[3], found[4], counts, reasons)


def _local_maxima(curve: DoubleArray, n: int, peaks: npt.NDArray[np.int64]) -> int:
    """Write the middles of all plateaus higher than both sides; return their number."""
    n_peaks = 0
    # A plateau is rare; without one a step is a peak or not, and no branch has to be guessed.
    is_plain = True
    for i in range(1, n):
        is_plain &= curve[i] != curve[i - 1]
    if is_plain:
        for i in range(1, n - 1):
            peaks[n_peaks] = i
            n_peaks += (curve[i - 1] < curve[i]) & (curve[i + 1] < curve[i])
        return n_peaks
    i = 1
    while i < n - 1:
        if curve[i - 1] < curve[i]:
            ahead = i + 1
            while ahead < n - 1 and curve[ahead] == curve[i]:
                ahead += 1
            if curve[ahead] < curve[i]:
                peaks[n_peaks] = (i + ahead - 1) // 2
                n_peaks += 1
                i = ahead
        i += 1
    return n_peaks


def _keep_distant(
    curve: DoubleArray,
    days: DoubleArray,
    peaks: npt.NDArray[np.int64],
    n_peaks: int,
    distance: float,
    buffers: tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]],
) -> int:
    """Drop peaks too near to a higher one; return how many stay. Of equal peaks the later one goes first."""
    order, keep = buffers
    for k in range(n_peaks):
        place = k
        while place > 0 and curve[peaks[order[place - 1]]] > curve[peaks[k]]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = k
    keep[:n_peaks] = True
    for position in range(n_peaks - 1, -1, -1):
        j = order[position]
        if not keep[j]:
            continue
        k = j - 1
        while k >= 0 and days[peaks[j]] - days[peaks[k]] < distance:
            keep[k] = False
            k -= 1
        k = j + 1
        while k < n_peaks and days[peaks[k]] - days[peaks[j]] < distance:
            keep[k] = False
            k += 1
    n_kept = 0
    for k in range(n_peaks):
        if keep[k]:
            peaks[n_kept] = peaks[k]
            n_kept += 1
    return n_kept


def _prominence(curve: DoubleArray, n: int, peak: int) -> float:
    """Return how far a peak stands above the higher of its two valleys."""
    top = curve[peak]
    left, right = top, top
    for i in range(peak - 1, -1, -1):
        value = curve[i]
        if value > top:
            break
        left = min(left, value)
    for i in range(peak + 1, n):
        value = curve[i]
        if value > top:
            break
        right = min(right, value)
    height: float = top - max(left, right)
    return height


def _reason_without_peak(curve: DoubleArray, n: int, bare: float, perennial: float) -> int:
    ordered = np.sort(curve[:n])
    if ordered[-1] < bare:
        return 2
    if ordered[n // 10] >= perennial:
        return 3
    return 4


def _clear_peaks(
    curve: DoubleArray,
    days: DoubleArray,
    peaks: npt.NDArray[np.int64],
    heights: DoubleArray,
    limits: tuple[int, float, float],
    buffers: tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]],
) -> int:
    """Write the peaks that stand apart and stand out, and their prominence; return their number."""
    n, distance, least = limits
    n_peaks = _maxima(curve, n, peaks)
    n_peaks = _distant(curve, days, peaks, n_peaks, distance, buffers)
    kept = 0
    for k in range(n_peaks):
        height = _prominence_of(curve, n, peaks[k])
        if height >= least:
            peaks[kept] = peaks[k]
            heights[kept] = height
            kept += 1
    return kept


def _keep_prominent(season: DoubleArray, n_seasons: int, most: int) -> int:
    """Of more seasons than there is room for, drop the least prominent; return how many stay."""
    while n_seasons > most:
        worst = 0
        for k in range(1, n_seasons):
            if season[k, 5] < season[worst, 5]:
                worst = k
        for k in range(worst, n_seasons - 1):
            season[k] = season[k + 1]
        n_seasons -= 1
    return n_seasons


def _detect_series(  # noqa: C901 - one compiled pass
    columns: FloatArray,
    positions: DoubleArray,
    limits: DoubleArray,
    found: DoubleArray,
    counts: npt.NDArray[np.int32],
    reasons: npt.NDArray[np.uint8],
) -> None:
    n_steps, n_series = columns.shape
    curve, days, heights = np.empty(n_steps), np.empty(n_steps), np.empty(n_steps)
    peaks = np.empty(n_steps, dtype=np.int64)
    buffers = (np.empty(n_steps, dtype=np.int64), np.empty(n_steps, dtype=np.bool_))
    season = np.empty((n_steps, 6))
    chunk = np.empty((_CHUNK, n_steps), dtype=np.float32)
    for series in range(n_series):
        place = series % _CHUNK
        if place == 0:
            # Neighbouring series share cache lines: they are turned together.
            for step in range(n_steps):
                for i in range(min(_CHUNK, n_series - series)):
                    chunk[i, step] = columns[step, series + i]
        n, low, high = 0, np.inf, -np.inf
        for step in range(n_steps):
            value = np.float64(chunk[place, step])
            if np.isfinite(value):
                curve[n], days[n] = value, positions[step]
                low, high = min(low, value), max(high, value)
                n += 1
        if n < _LEAST_VALUES:
            reasons[series] = 1
            continue
        kept = _clear(curve, days, peaks, heights, (n, limits[2], max(limits[0], limits[1] * (high - low))), buffers)
        if kept == 0:
            reasons[series] = _why_none(curve, n, limits[6], limits[7])
            continue
        n_seasons = 0
        for k in range(kept):
            bounds = (peaks[k - 1] if k > 0 else 0, peaks[k + 1] if k < kept - 1 else n - 1)
            measure(curve, days, peaks[k], bounds, limits[3], season[n_seasons])
            season[n_seasons, 5] = heights[k]
            if limits[4] <= season[n_seasons, 2] - season[n_seasons, 0] <= limits[5]:
                n_seasons += 1
        counts[series] = n_seasons
        reasons[series] = 0 if n_seasons else 5
        for k in range(_prominent(season, n_seasons, found.shape[1])):
            for part in range(5):
                found[part, k, series] = season[k, part]


_maxima = compiled_if_possible(_local_maxima)
_distant = compiled_if_possible(_keep_distant)
_prominence_of = compiled_if_possible(_prominence)
_why_none = compiled_if_possible(_reason_without_peak)
_clear = compiled_if_possible(_clear_peaks)
_prominent = compiled_if_possible(_keep_prominent)
_detect = compiled_if_possible(_detect_series)
