"""The seasons that *Detect seasons* found at a pixel, out of the values of its raster's bands."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Dict, List, Mapping, Optional, Tuple

from cropsample_plugin.bridge.dated_bands import DatedBands

_NAME = re.compile(r"^season (\d+) (start|peak|end)$")
_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True)
class FoundSeason:
    """A season: its number within the series, from 1, and its dates."""

    number: int
    start: date
    peak: Optional[date]
    end: date


def season_numbers(bands: DatedBands) -> Dict[Tuple[int, str], int]:
    """Return season number and part (start, peak, end) to the raster's band; empty when it is no raster of seasons."""
    found = {}
    for name, number in bands.others.items():
        match = _NAME.match(name)
        if match is not None:
            found[int(match.group(1)), match.group(2)] = number
    return found


def seasons_at(numbers: Mapping[Tuple[int, str], int], values: Mapping[int, float]) -> List[FoundSeason]:
    """Return the seasons of a pixel, in order.

    Args:
        numbers: of `season_numbers`.
        values: the raster's band to its value, in days since 1970-01-01, NaN where there is no such season.
    """
    seasons = []
    for season in sorted({season for season, _ in numbers}):
        days = {part: _day(values.get(numbers.get((season, part), 0), math.nan)) for part in ("start", "peak", "end")}
        if days["start"] is not None and days["end"] is not None:
            seasons.append(FoundSeason(season, days["start"], days["peak"], days["end"]))
    return seasons


def _day(value: float) -> Optional[date]:
    return None if math.isnan(value) else _FIRST_DAY + timedelta(days=round(value))
