"""The shape of one season: its bases, the top of its curve, and where the curve leaves and reaches the bases.

A season starts where the curve last crosses a share of its left amplitude before the peak and ends where it first
crosses that share of its right amplitude after it (Jonsson and Eklundh 2004, TIMESAT, Computers & Geosciences 30,
833-845). Noise would pull a base that is the lowest value downwards, and a peak that is the highest value sideways by
a step or two: a base is the mean of all values near the lowest, the peak is the vertex of a parabola through the top.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_if_possible

DoubleArray = npt.NDArray[np.float64]

# Shares of the amplitude. On planted seasons 0.1 to 0.15 and 0.6 to 0.9 differ little; wide tops mistake slanted ones.
_BASE_SHARE = 0.15
_TOP_SHARE = 0.8
_LEAST_FOR_PARABOLA = 3


def _base(curve: DoubleArray, bounds: tuple[int, int], height: float) -> float:
    """Return the mean of the values between two bounds that lie near the lowest of them."""
    lowest = height
    for i in range(bounds[0], bounds[1] + 1):
        lowest = min(lowest, curve[i])
    limit = lowest + _BASE_SHARE * (height - lowest)
    total, n = 0.0, 0
    for i in range(bounds[0], bounds[1] + 1):
        is_low = curve[i] <= limit
        total += curve[i] if is_low else 0.0
        n += is_low
    return total / n


def _vertex(
    curve: DoubleArray, days: DoubleArray, peak: int, bounds: tuple[int, int], floor: float
) -> tuple[float, float]:
    """Return day and height of the parabola that fits best the values above a floor around a peak."""
    first = peak
    while first > bounds[0] and curve[first - 1] >= floor:
        first -= 1
    last = peak
    while last < bounds[1] and curve[last + 1] >= floor:
        last += 1
    n = last - first + 1
    if n < _LEAST_FOR_PARABOLA:
        return days[peak], curve[peak]
    # Times around their mean, so that odd and even powers part; values around the highest.
    origin = 0.0
    for i in range(first, last + 1):
        origin += days[i] - days[peak]
    origin /= n
    two, three, four, zero_y, one_y, two_y = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(first, last + 1):
        t, y = days[i] - days[peak] - origin, curve[i] - curve[peak]
        square = t * t
        two += square
        three += square * t
        four += square * square
        zero_y += y
        one_y += t * y
        two_y += square * y
    remaining = four - two * two / n - three * three / two
    bend = (two_y - two * zero_y / n - three * one_y / two) / remaining if remaining > 0.0 else 0.0
    if bend >= 0.0:
        return days[peak], curve[peak]
    slope = (one_y - bend * three) / two
    t = -slope / (2.0 * bend)
    day = days[peak] + origin + t
    if not days[first] <= day <= days[last]:
        return days[peak], curve[peak]
    return day, curve[peak] + (zero_y - bend * two) / n + slope * t + bend * t * t


def _crossing(curve: DoubleArray, days: DoubleArray, peak: int, bound: int, level: float) -> float:
    """Return the day on which the curve crosses a level between a peak and a bound, seen from the peak."""
    step = 1 if bound > peak else -1
    i = peak
    while i != bound and curve[i] > level:
        i += step
    inner = i - step
    day: float = days[i]
    if i != peak and curve[inner] != curve[i]:
        day += (level - curve[i]) / (curve[inner] - curve[i]) * (days[inner] - days[i])
    return day


def _measure(
    curve: DoubleArray, days: DoubleArray, peak: int, bounds: tuple[int, int], share: float, season: DoubleArray
) -> None:
    """Write start, peak, end, amplitude and highest day of the season of a peak between two bounds."""
    left = _base_of(curve, (bounds[0], peak), curve[peak])
    right = _base_of(curve, (peak, bounds[1]), curve[peak])
    higher = max(left, right)
    day, top = _vertex_of(curve, days, peak, bounds, higher + _TOP_SHARE * (curve[peak] - higher))
    season[0] = _cross(curve, days, peak, bounds[0], left + share * (top - left))
    season[1] = day
    season[2] = _cross(curve, days, peak, bounds[1], right + share * (top - right))
    season[3] = top - (left + right) / 2.0
    season[4] = days[peak]


_base_of = compiled_if_possible(_base)
_vertex_of = compiled_if_possible(_vertex)
_cross = compiled_if_possible(_crossing)
measure = compiled_if_possible(_measure)
