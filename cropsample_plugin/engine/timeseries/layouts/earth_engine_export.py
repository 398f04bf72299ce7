"""Undated Earth Engine export: step 0 has bare band names, step k the suffix ``_k``; bands without steps are static.

The dates come from START_DATE and PERIOD_DAYS, or from the first and last date in the file name.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from cropsample_plugin.engine.timeseries.date_texts import find_dates
from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition, unrecognised
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

_SUFFIX = re.compile(r"^(?P<band>.+)_(?P<step>\d{1,4})$")
_PREFIX = re.compile(r"^(?P<step>\d{1,4})_(?P<band>.+)$")


def recognise(header: RasterHeader, hints: LayoutHints) -> Recognition:
    """Read step and name from each description and count the dates from the start."""
    steps = repeating_steps(header.descriptions)
    if not steps:
        return unrecognised("band names do not repeat with suffixes _1, _2, ... as in an Earth Engine export")
    n_steps = 1 + max(step for _, step in steps.values())
    start, period_days = _calendar(header, hints, n_steps)
    if start is None or period_days <= 0:
        return unrecognised(
            f"its {n_steps} steps have no dates: neither START_DATE and PERIOD_DAYS are given "
            "nor does the file name hold a first and a last date"
        )
    return Recognition(
        bands=tuple(_bands(header.descriptions, steps, start, period_days)), note=_note(header, start, period_days)
    )


def repeating_steps(descriptions: tuple[str, ...]) -> dict[int, tuple[str, int]]:
    """Return band number to (name, step), of the bands whose names repeat with suffixes or prefixes 0, 1, 2, ..."""
    for expression in (_SUFFIX, _PREFIX):
        found: dict[int, tuple[str, int]] = {}
        for number, text in enumerate(descriptions, start=1):
            match = expression.match(text)
            found[number] = (match["band"], int(match["step"])) if match else (text, 0)
        steps_of: dict[str, set[int]] = {}
        for name, step in found.values():
            steps_of.setdefault(name, set()).add(step)
        repeating = {name for name, steps in steps_of.items() if len(steps) > 1 and steps == set(range(len(steps)))}
        if repeating:
            return {number: item for number, item in found.items() if item[0] in repeating}
    return {}


def _calendar(header: RasterHeader, hints: LayoutHints, n_steps: int) -> tuple[date | None, int]:
    days = [hit.day for hit in find_dates(header.name, hints.date_pattern)]
    start = hints.start_date or (days[0] if days else None)
    period_days = hints.period_days
    if period_days == 0 and len(days) > 1:
        period_days = round((days[-1] - days[0]).days / n_steps)
    return start, period_days


def _bands(
    descriptions: tuple[str, ...], steps: dict[int, tuple[str, int]], start: date, period_days: int
) -> list[FoundBand]:
    bands = []
    for number, text in enumerate(descriptions, start=1):
        if number in steps:
            name, step = steps[number]
            bands.append(FoundBand(number, start + timedelta(days=period_days * step), name))
        else:
            bands.append(FoundBand(number, None, text or f"band_{number}", is_named=bool(text)))
    return bands


def _note(header: RasterHeader, start: date, period_days: int) -> str:
    return f"{header.name}: export without dates; its first step is {start}, with one step every {period_days} days."
