"""From raster files to the bands of a stack: which date and name each band has, and what is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from cropsample_plugin.engine.errors import InputError, StackError
from cropsample_plugin.engine.timeseries.date_texts import without_dates
from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition
from cropsample_plugin.engine.timeseries.layouts.registry import recognise
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

_WORDS = re.compile(r"[_\-. ]+")
_MOST_NAMED = 10


@dataclass(frozen=True)
class BandSource:
    """One band of the stack to be: where its pixels are and what they mean."""

    header: RasterHeader
    number: int
    day: date | None
    name: str
    is_named: bool = True
    rank: float = 0.0

    @property
    def description(self) -> str:
        """Band description in the stack."""
        return f"{self.day} {self.name}" if self.day else self.name


@dataclass
class StackSources:
    """The bands of a stack in order, and what to tell the user.

    Attributes:
        bands: dated bands by date, then by first appearance of the name; static bands last.
        layouts: names of the layouts that were recognised.
        skipped: files left out, each with the reason.
        notes: remarks about files that were understood.
    """

    bands: list[BandSource] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def find_sources(headers: list[RasterHeader], hints: LayoutHints) -> StackSources:
    """Recognise the layout of every raster and put their bands in order.

    Raises:
        StackError: a raster has no date (the message says what was tried), or a band of a date is there twice.
        InputError: BANDS names bands that are not there.
    """
    sources = StackSources()
    undated: list[tuple[RasterHeader, list[str]]] = []
    names = names_from_files(headers, hints.date_pattern)
    place = {path: position for position, path in enumerate(sorted((item.path for item in headers), key=natural_key))}
    for header, name in zip(headers, names):
        own = replace(hints, name_from_file=name, position=place[header.path], n_files=len(headers))
        layout, recognition, tried = recognise(header, own)
        if not layout:
            undated.append((header, tried))
        elif recognition.is_left_out:
            sources.skipped.append((header.path, recognition.reason))
        else:
            _take(sources, header, layout, recognition)
    _take_static(sources, undated)
    sources.bands = _wanted(sources.bands, hints.band_names)
    sources.bands = _without_repeats(sources)
    if not any(band.day for band in sources.bands):
        raise StackError("No dated band is left.", "Check the input rasters and the names given in BANDS.")
    sources.bands = _in_order(sources.bands)
    return sources


def names_from_files(headers: list[RasterHeader], date_pattern: str) -> list[str]:
    """Return a band name per file: its name without dates and without the words that all files share."""
    plain = [without_dates(header.name, date_pattern) or header.name for header in headers]
    words = [_WORDS.split(text) for text in plain]
    shared = set.intersection(*(set(item) for item in words)) if words else set()
    own = ["_".join(word for word in item if word not in shared) for item in words]
    return [short or full for short, full in zip(own, plain)]


def natural_key(text: str) -> list[tuple[int, str]]:
    """Return a sort key under which ``image2`` stands before ``image10``."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", text)]


def _take(sources: StackSources, header: RasterHeader, layout: str, recognition: Recognition) -> None:
    if layout not in sources.layouts:
        sources.layouts.append(layout)
    if recognition.note:
        sources.notes.append(recognition.note)
    sources.bands += [_source(header, found, recognition.rank) for found in recognition.bands]


def _source(header: RasterHeader, found: FoundBand, rank: float) -> BandSource:
    return BandSource(header, found.number, found.day, found.name, found.is_named, rank)


def _take_static(sources: StackSources, undated: list[tuple[RasterHeader, list[str]]]) -> None:
    """Take undated rasters whose bands all have names that no dated band has; anything else is an error."""
    dated_names = {band.name for band in sources.bands if band.day}
    refused = [
        item
        for item in undated
        if not dated_names or not all(item[0].descriptions) or dated_names & {*item[0].descriptions}
    ]
    if refused:
        header, tried = refused[0]
        others = [item[0].path for item in refused[1 : _MOST_NAMED + 1]]
        also = f" Neither do {len(refused) - 1} others: {', '.join(others)}." if others else ""
        raise StackError(
            f"No date found for {header.path}.{also} Tried: {'; '.join(tried)}.",
            "Say how dates are spelled in file names (DATE_PATTERN, such as %d%m%Y), "
            "or give START_DATE and PERIOD_DAYS.",
        )
    for header, _ in undated:
        sources.bands += [BandSource(header, number, None, text) for number, text in enumerate(header.descriptions, 1)]
        sources.notes.append(f"{header.name} has no date: {', '.join(header.descriptions)} become static bands.")


def _wanted(bands: list[BandSource], names: tuple[str, ...]) -> list[BandSource]:
    """Apply BANDS: pick by name when all names are there, else give names to bands that have none of their own."""
    if not names:
        return bands
    found = list(dict.fromkeys(band.name for band in bands))
    if set(names) <= set(found):
        place = {name: position for position, name in enumerate(names)}
        return sorted((band for band in bands if band.name in place), key=lambda band: place[band.name])
    unnamed = list(dict.fromkeys(band.name for band in bands if not band.is_named))
    if len(unnamed) == len(names):
        new_name = dict(zip(unnamed, names))
        return [band if band.is_named else replace(band, name=new_name[band.name], is_named=True) for band in bands]
    missing = [name for name in names if name not in found]
    raise InputError(
        f"BANDS asks for {', '.join(missing)}, but the rasters hold {', '.join(found)}.",
        "Correct the names, or leave BANDS empty to take all bands.",
    )


def _without_repeats(sources: StackSources) -> list[BandSource]:
    """Keep one source per date and band: the finest where the layout ranks them, otherwise refuse."""
    kept: dict[tuple[date | None, str], BandSource] = {}
    for band in sources.bands:
        key = (band.day, band.name)
        other = kept.setdefault(key, band)
        if other is band:
            continue
        if other.rank == band.rank:
            raise _repeated(band, other)
        finer, coarser = sorted((band, other), key=lambda item: item.rank)
        kept[key] = finer
        sources.skipped.append((coarser.header.path, f"{finer.header.path} has finer pixels"))
    return list(kept.values())


def _repeated(band: BandSource, other: BandSource) -> StackError:
    what = f"the band '{band.name}' of {band.day}" if band.day else f"the static band '{band.name}'"
    return StackError(
        f"Two rasters hold {what}: {other.header.path} (band {other.number}) "
        f"and {band.header.path} (band {band.number}).",
        "Leave one of them out, or merge or composite the images of that date first.",
    )


def _in_order(bands: list[BandSource]) -> list[BandSource]:
    place = {name: position for position, name in enumerate(dict.fromkeys(band.name for band in bands))}
    dated = sorted((band for band in bands if band.day), key=lambda band: (band.day or date.min, place[band.name]))
    return dated + [band for band in bands if band.day is None]
