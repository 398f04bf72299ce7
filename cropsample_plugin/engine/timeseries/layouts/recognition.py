"""What a layout recogniser is given and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LayoutHints:
    """What the user said, and what the other files tell about this one.

    Attributes:
        date_pattern: how dates are spelled; "" for the usual spellings.
        start_date: date of the first step of undated input.
        period_days: days from one step to the next of undated input; 0 when not given.
        band_names: names that the user wants.
        name_from_file: band name that the file name gives, without dates and what all files share.
        position: place of the file among the inputs in natural order, from 0.
        n_files: number of input rasters.
    """

    date_pattern: str = ""
    start_date: date | None = None
    period_days: int = 0
    band_names: tuple[str, ...] = ()
    name_from_file: str = ""
    position: int = 0
    n_files: int = 1


@dataclass(frozen=True)
class FoundBand:
    """One band that a recogniser understood.

    Attributes:
        number: 1-based number of the band in its raster.
        day: its date; None for a static band.
        name: its name.
        is_named: False when the name is only derived from the file name or a number.
    """

    number: int
    day: date | None
    name: str
    is_named: bool = True


@dataclass(frozen=True)
class Recognition:
    """The answer of a recogniser.

    Attributes:
        bands: the bands it understood; empty when the raster does not follow its layout.
        reason: why not, or why the raster is left out, in words for the user.
        note: something to tell the user about a raster that was understood.
        is_left_out: True when the raster is understood and not wanted, such as a true-colour picture.
        rank: among rasters with the same date and band, the one with the lowest rank is taken (pixel size in metres).
    """

    bands: tuple[FoundBand, ...] = ()
    reason: str = ""
    note: str = ""
    is_left_out: bool = False
    rank: float = 0.0


def unrecognised(reason: str) -> Recognition:
    """Return the answer 'not my layout, because'."""
    return Recognition(reason=reason)
