"""Bands whose descriptions say date and band, ``2019-03-15 B04`` or ``20190315T105021_T31UFS_B04``."""

from __future__ import annotations

import re

from cropsample_plugin.engine.timeseries.date_texts import find_dates
from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition, unrecognised
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

_WORDS = re.compile(r"[ _]+")
_MINIMUM_DATES = 1


def recognise(header: RasterHeader, hints: LayoutHints) -> Recognition:
    """Read date and name from each description; descriptions without a date are static bands."""
    found = [_read(number, text, hints.date_pattern) for number, text in enumerate(header.descriptions, start=1)]
    if not any(band.day for band in found):
        return unrecognised("no band description holds a date")
    if any(band.day and not band.name for band in found):
        return unrecognised("band descriptions are dates without a band name")
    shared = _shared_words([band.name for band in found if band.day])
    named = [FoundBand(band.number, band.day, _without(band.name, shared) if band.day else band.name) for band in found]
    return Recognition(bands=tuple(band for band in named if band.name))


def _read(number: int, text: str, pattern: str) -> FoundBand:
    dates = find_dates(text, pattern)
    if not dates:
        return FoundBand(number, None, text)
    name = text
    for hit in reversed(dates):
        end = hit.end
        while end < len(name) and name[end].isalnum():
            end += 1
        name = name[: hit.start] + " " + name[end:]
    return FoundBand(number, dates[0].day, name.strip(" _-."))


def _shared_words(names: list[str]) -> set[str]:
    """Return words that every description holds, such as a tile name, when something is left without them."""
    words = [set(_WORDS.split(name)) for name in names]
    shared = set.intersection(*words)
    return shared if all(item - shared for item in words) else set()


def _without(name: str, shared: set[str]) -> str:
    return name if not shared else "_".join(word for word in _WORDS.split(name) if word not in shared)
