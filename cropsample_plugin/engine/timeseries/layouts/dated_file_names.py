"""One file per date: the date stands in the file name, in a tag of the file, or in the name of its folder."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from cropsample_plugin.engine.timeseries.date_texts import SPELLINGS_TEXT, find_dates
from cropsample_plugin.engine.timeseries.layouts.dates_as_bands import date_in_tags
from cropsample_plugin.engine.timeseries.layouts.earth_engine_export import repeating_steps
from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition, unrecognised
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

_GENERIC = re.compile(r"^(band|layer|lyr)?[ _.]*\d*$", re.IGNORECASE)


def recognise(header: RasterHeader, hints: LayoutHints) -> Recognition:
    """Read the date of the whole file; band names come from descriptions, or from the file name of a single band."""
    if repeating_steps(header.descriptions):
        return unrecognised("its band names repeat with suffixes _1, _2, ..., so it holds more than one date")
    day, note = _day(header, hints.date_pattern)
    if day is None:
        spelled = f"the date pattern '{hints.date_pattern}'" if hints.date_pattern else SPELLINGS_TEXT
        return unrecognised(f"file name, tags and folder name hold no date ({spelled})")
    return Recognition(bands=tuple(_bands(header, day, hints)), note=note)


def _day(header: RasterHeader, pattern: str) -> tuple[date | None, str]:
    in_name = [hit.day for hit in find_dates(header.name, pattern)]
    if in_name:
        note = ""
        if len(set(in_name)) > 1:
            note = f"{header.name} holds several dates; the first, {in_name[0]}, is taken."
        return in_name[0], note
    in_tags = date_in_tags(header.tags, pattern)
    if in_tags:
        return in_tags, ""
    in_folder = [hit.day for hit in find_dates(Path(header.file_path).parent.name, pattern)]
    return (in_folder[0], "") if in_folder else (None, "")


def _bands(header: RasterHeader, day: date, hints: LayoutHints) -> list[FoundBand]:
    if header.count == 1:
        text = header.descriptions[0]
        if _GENERIC.match(text):
            return [FoundBand(1, day, hints.name_from_file, is_named=False)]
        return [FoundBand(1, day, text)]
    return [
        FoundBand(number, day, text or f"band_{number}", is_named=bool(text))
        for number, text in enumerate(header.descriptions, start=1)
    ]
