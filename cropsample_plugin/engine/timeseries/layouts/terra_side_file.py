"""GeoTIFF written by R terra: the dates stand in a side file, ``<raster>.aux.json``, list ``time``."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from cropsample_plugin.engine.timeseries.date_texts import loose_date
from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition, unrecognised
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

SUFFIX = ".aux.json"


def recognise(header: RasterHeader, hints: LayoutHints) -> Recognition:
    """Read one date per band from the side file."""
    side_file = Path(header.file_path + SUFFIX)
    if not side_file.is_file():
        return unrecognised(f"there is no side file {side_file.name} as R terra writes it")
    try:
        times = json.loads(side_file.read_text(encoding="utf-8"))["time"]
        days: list[date | None] = [loose_date(str(text)) for text in times]
    except (OSError, ValueError, KeyError, TypeError):
        return unrecognised(f"the side file {side_file.name} holds no list 'time'")
    if len(days) != header.count or None in days:
        return unrecognised(f"the side file {side_file.name} holds {len(days)} times for {header.count} bands")
    return Recognition(
        bands=tuple(
            FoundBand(number, day, hints.name_from_file, is_named=False) for number, day in enumerate(days, start=1)
        )
    )
