"""One file per band with dates as bands: descriptions or tags are dates, the file name says the band."""

from __future__ import annotations

from datetime import date

from cropsample_plugin.engine.timeseries.date_texts import find_dates, loose_date
from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition, unrecognised
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

_DATE_TAGS = ("ACQUISITION_DATE", "ACQUISITIONDATETIME", "acquisition_date", "DATE_TIME", "datetime", "date", "time")


def recognise(header: RasterHeader, hints: LayoutHints) -> Recognition:
    """Read one date per band, from its description or else from its tags."""
    days = [
        _date_of(text, hints.date_pattern) or date_in_tags(tags, hints.date_pattern)
        for text, tags in zip(header.descriptions, header.band_tags)
    ]
    if header.count == 1 or not any(days):
        return unrecognised(f"no band has a date as its description or in a tag ({', '.join(_DATE_TAGS)})")
    undated = [number for number, day in enumerate(days, start=1) if day is None]
    if undated:
        return unrecognised(f"bands {', '.join(map(str, undated[:10]))} have no date, the others do")
    return Recognition(
        bands=tuple(
            FoundBand(number, day, hints.name_from_file, is_named=False) for number, day in enumerate(days, start=1)
        )
    )


def date_in_tags(tags: dict[str, str], pattern: str) -> date | None:
    """Return the date that one of the usual tags holds."""
    for name in _DATE_TAGS:
        if name in tags and (day := _date_of(tags[name], pattern)):
            return day
    return None


def _date_of(text: str, pattern: str) -> date | None:
    return loose_date(text) or next((hit.day for hit in find_dates(text, pattern)), None)
