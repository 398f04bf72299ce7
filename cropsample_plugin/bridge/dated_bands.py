"""Which band of a raster is which band of which date, by the names that dated stacks give to their bands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Dict, Optional, Sequence, Tuple

from qgis.core import QgsRasterLayer

# QGIS puts "Band 007: ", in its own language, in front of a description.
_NUMBER = r"^(?:[^\d:]*\d+\s*:\s*)?"
_DATED_NAME = re.compile(_NUMBER + r"(\d{4}-\d{2}-\d{2})\s+(\S.*?)\s*$")
_OTHER_NAME = re.compile(_NUMBER + r"(\S.*?)\s*$")


@dataclass(frozen=True)
class DatedBands:
    """The bands of a dated stack.

    Attributes:
        dates: its dates, in order.
        bands: names of its dated bands, in order of first appearance.
        numbers: date and name to the number of the raster's band, from 1.
        others: name of each undated band to its number.
    """

    dates: Tuple[date, ...] = ()
    bands: Tuple[str, ...] = ()
    numbers: Dict[Tuple[date, str], int] = field(default_factory=dict)
    others: Dict[str, int] = field(default_factory=dict)

    def number(self, day: date, band: str) -> Optional[int]:
        """Return the number of a band at a date, None where the stack lacks it."""
        return self.numbers.get((day, band))


def dated_bands(layer: QgsRasterLayer) -> DatedBands:
    """Return what the band names of a raster layer say; nothing is read."""
    return parse_band_names([layer.bandName(number) for number in range(1, layer.bandCount() + 1)])


def parse_band_names(names: Sequence[str]) -> DatedBands:
    """Return what band names say, in the raster's order; of a date and band that come twice the first counts."""
    numbers: Dict[Tuple[date, str], int] = {}
    others: Dict[str, int] = {}
    for number, name in enumerate(names, start=1):
        match = _DATED_NAME.match(name)
        day = _date(match.group(1)) if match else None
        if match is not None and day is not None:
            numbers.setdefault((day, match.group(2)), number)
            continue
        other = _OTHER_NAME.match(name)
        if other is not None:
            others.setdefault(other.group(1), number)
    dates = sorted({day for day, _ in numbers})
    return DatedBands(tuple(dates), tuple(dict.fromkeys(band for _, band in numbers)), numbers, others)


def _date(text: str) -> Optional[date]:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
