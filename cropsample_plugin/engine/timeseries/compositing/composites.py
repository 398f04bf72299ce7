"""One observation per period and pixel: the least cloudy, the greenest, the medoid, or the median of each band."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_lazily
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.compositing.periods import Periods

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]
AnyArray = npt.NDArray[Any]

LEAST_CLOUDY, MEDIAN, MEDOID, MAX_NDVI = METHODS = ("least_cloudy", "median", "medoid", "max_ndvi")
_NONE = -1


def composite(
    values: AnyArray, usable: BoolArray, periods: Periods, method: str, scores: FloatArray | None, nodata: float
) -> tuple[AnyArray, npt.NDArray[np.uint16]]:
    """Composite many pixels.

    Args:
        values: ``(n_timesteps, n_bands, n_pixels)`` of any type, stored or physical; it is never rescaled.
        usable: ``(n_timesteps, n_pixels)``, True for clear observations with a value in every band.
        periods: the periods.
        method: one of `METHODS`.
        scores: ``(n_timesteps, n_pixels)``, lower is better: cloudiness for ``least_cloudy``, minus NDVI for
            ``max_ndvi``; ignored by the others. Equal scores: the date nearest to the middle of the period.
        nodata: value for periods without a clear observation.

    Returns:
        ``(n_periods, n_bands, n_pixels)`` of the type of values, and ``(n_periods, n_pixels)`` numbers of clear
        observations.

    Raises:
        InputError: unknown method.
    """
    if method not in METHODS:
        raise InputError(f"Unknown compositing method '{method}'.", f"Use one of: {', '.join(METHODS)}.")
    n_pixels = values.shape[2]
    shape = (periods.n_periods, values.shape[1], n_pixels)
    result = np.empty(shape, dtype=values.dtype)
    counts = np.zeros((periods.n_periods, n_pixels), dtype=np.uint16)
    empty = values.dtype.type(nodata)
    if method == MEDIAN:
        _median(values, usable, periods.of_timestep, periods.order, (result, counts, empty, values.dtype.kind != "f"))
        return result, counts
    chosen = np.full((periods.n_periods, n_pixels), _NONE, dtype=np.int32)
    if method == MEDOID:
        _medoid(values, usable, periods.of_timestep, periods.order, (chosen, counts))
    else:
        same = np.zeros((1, 1), dtype=np.float32) if scores is None else scores
        _best(same, scores is not None, usable, (periods.of_timestep, periods.order), (chosen, counts))
    _gather(values, chosen, result, empty)
    return result, counts


def _choose_best(
    scores: FloatArray,
    has_scores: bool,  # noqa: FBT001 - numba takes no keywords
    usable: BoolArray,
    dates: tuple[IntArray, IntArray],
    results: tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16]],
) -> None:
    of_timestep, order = dates
    chosen, counts = results
    n_pixels = usable.shape[1]
    best = np.empty(chosen.shape, dtype=np.float32)
    for step in order:
        period = of_timestep[step]
        if period < 0:
            continue
        for i in range(n_pixels):
            if not usable[step, i]:
                continue
            score = np.float32(0.0)
            if has_scores:
                score = scores[step, i]
            if counts[period, i] == 0 or score < best[period, i]:
                best[period, i] = score
                chosen[period, i] = step
            counts[period, i] += 1


def _gather_chosen(values: AnyArray, chosen: npt.NDArray[np.int32], result: AnyArray, empty: Any) -> None:  # noqa: ANN401 - a scalar of the values' type
    n_periods, n_bands, n_pixels = result.shape
    for period in range(n_periods):
        for band in range(n_bands):
            for i in range(n_pixels):
                step = chosen[period, i]
                if step >= 0:
                    result[period, band, i] = values[step, band, i]
                else:
                    result[period, band, i] = empty


def _median_of_periods(  # noqa: C901 - one compiled pass
    values: AnyArray,
    usable: BoolArray,
    of_timestep: IntArray,
    order: IntArray,
    results: tuple[AnyArray, npt.NDArray[np.uint16], Any, bool],
) -> None:
    result, counts, empty, is_whole = results
    n_steps, n_bands, n_pixels = values.shape
    members = np.empty(n_steps, dtype=np.int64)
    column = np.empty(n_steps, dtype=np.float64)
    for period in range(result.shape[0]):
        n_members = 0
        for step in order:
            if of_timestep[step] == period:
                members[n_members] = step
                n_members += 1
        for i in range(n_pixels):
            n = 0
            for k in range(n_members):
                n += usable[members[k], i]
            counts[period, i] = n
            for band in range(n_bands):
                if n == 0:
                    result[period, band, i] = empty
                    continue
                filled = 0
                for k in range(n_members):
                    if not usable[members[k], i]:
                        continue
                    # Sorted by insertion: a period has few observations.
                    value = np.float64(values[members[k], band, i])
                    place = filled
                    while place > 0 and column[place - 1] > value:
                        column[place] = column[place - 1]
                        place -= 1
                    column[place] = value
                    filled += 1
                middle = (column[(n - 1) // 2] + column[n // 2]) / 2.0
                result[period, band, i] = np.rint(middle) if is_whole else middle


def _choose_medoid(  # noqa: C901 - one compiled pass
    values: AnyArray,
    usable: BoolArray,
    of_timestep: IntArray,
    order: IntArray,
    results: tuple[npt.NDArray[np.int32], npt.NDArray[np.uint16]],
) -> None:
    chosen, counts = results
    n_steps, n_bands, n_pixels = values.shape
    members = np.empty(n_steps, dtype=np.int64)
    clear = np.empty(n_steps, dtype=np.int64)
    for period in range(chosen.shape[0]):
        n_members = 0
        for step in order:
            if of_timestep[step] == period:
                members[n_members] = step
                n_members += 1
        for i in range(n_pixels):
            n = 0
            for k in range(n_members):
                if usable[members[k], i]:
                    clear[n] = members[k]
                    n += 1
            counts[period, i] = n
            least = np.inf
            for a in range(n):
                total = 0.0
                for b in range(n):
                    square = 0.0
                    for band in range(n_bands):
                        difference = np.float64(values[clear[a], band, i]) - np.float64(values[clear[b], band, i])
                        square += difference * difference
                    total += np.sqrt(square)
                if total < least:
                    least = total
                    chosen[period, i] = clear[a]


_best = compiled_lazily(_choose_best)
_gather = compiled_lazily(_gather_chosen)
_median = compiled_lazily(_median_of_periods)
_medoid = compiled_lazily(_choose_medoid)
