"""Where the ticks of an axis go and what they say: dates at days, months or years, numbers at round steps."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Callable, List

from qgis.PyQt.QtCore import QDate, QLocale

_DAY_STEPS = (1, 2, 5, 10, 15)
_MONTH_STEPS = (1, 2, 3, 6)
_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)
_DAYS_PER_MONTH = 30.44
_DAYS_PER_YEAR = 365.25
_MONTHS = 12
_SPARE_TICKS = 0.6
_LONGEST_MONTH = 31


@dataclass(frozen=True)
class Tick:
    """A tick: its position on the axis, its text, and what stands below where that changes, such as the year."""

    position: float
    text: str
    below: str = ""


def date_ticks(first: float, last: float, most: int) -> List[Tick]:
    """Return at most about ``most`` ticks between two dates, given as days since year 1."""
    days = max(last - first, 1.0)
    for step in _DAY_STEPS:
        if days / step <= most:
            return _day_ticks(first, last, step)
    for step in _MONTH_STEPS:
        if days / (step * _DAYS_PER_MONTH) <= most:
            return _month_ticks(first, last, step)
    step = next((step for step in _YEAR_STEPS if days / (step * _DAYS_PER_YEAR) <= most), _YEAR_STEPS[-1])
    years = range(_day(first).year, _day(last).year + 1)
    starts = [date(year, 1, 1) for year in years if year % step == 0]
    return [Tick(float(start.toordinal()), str(start.year)) for start in starts if first <= start.toordinal() <= last]


def number_ticks(first: float, last: float, most: int) -> List[Tick]:
    """Return at most about ``most`` ticks at multiples of 1, 2 or 5 times a power of ten."""
    span = last - first
    if not span > 0 or not math.isfinite(span):
        return []
    power = 10.0 ** math.floor(math.log10(span / max(most, 1)))
    step = next(power * share for share in (1, 2, 5, 10, 20) if span / (power * share) <= most + _SPARE_TICKS)
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    locale = QLocale()
    numbers = range(math.ceil(first / step - 1e-9), math.floor(last / step + 1e-9) + 1)
    return [Tick(number * step, locale.toString(float(number * step), "f", decimals)) for number in numbers]


def position_text(position: float, *, dated: bool) -> str:
    """Return a position in words: ``5 Mar 2021``, or the number."""
    return _text(_day(position), "d MMM yyyy") if dated else f"{position:g}"


def _day_ticks(first: float, last: float, step: int) -> List[Tick]:
    days = (_day(number) for number in range(math.ceil(first), math.floor(last) + 1))
    # Counted within the month, so that months start with a tick; the 31st would stand next to the 1st.
    wanted = [day for day in days if (day.day - 1) % step == 0 and day.day + step // 2 <= _LONGEST_MONTH]
    return _with_years(wanted, lambda day: _text(day, "d MMM"))


def _month_ticks(first: float, last: float, step: int) -> List[Tick]:
    start, end = _day(first), _day(last)
    months = range(start.year * _MONTHS + start.month - 1, end.year * _MONTHS + end.month)
    days = [date(month // _MONTHS, month % _MONTHS + 1, 1) for month in months if month % _MONTHS % step == 0]
    return _with_years([day for day in days if first <= day.toordinal() <= last], lambda day: _text(day, "MMM"))


def _with_years(days: List[date], text: Callable[[date], str]) -> List[Tick]:
    ticks = []
    shown = 0
    for day in days:
        ticks.append(Tick(float(day.toordinal()), text(day), str(day.year) if day.year != shown else ""))
        shown = day.year
    return ticks


def _day(number: float) -> date:
    return date.fromordinal(max(1, round(number)))


def _text(day: date, pattern: str) -> str:
    return str(QLocale().toString(QDate(day.year, day.month, day.day), pattern))
