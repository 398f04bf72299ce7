"""Undated input in time order: START_DATE and PERIOD_DAYS say the dates."""

from __future__ import annotations

from datetime import timedelta

from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition, unrecognised
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader


def recognise(header: RasterHeader, hints: LayoutHints) -> Recognition:
    """Count dates over the bands of one file, or over several files in natural order.

    A single file holds, step after step, as many bands as BANDS names (one when it names none). Of several files
    each is one step.
    """
    if hints.start_date is None or hints.period_days <= 0:
        return unrecognised("START_DATE and PERIOD_DAYS are not given")
    if hints.n_files > 1:
        day = hints.start_date + timedelta(days=hints.period_days * hints.position)
        names = _names_of_one_step(header, hints)
        return Recognition(
            bands=tuple(FoundBand(number, day, name, named) for number, (name, named) in enumerate(names, start=1))
        )
    names = [(name, True) for name in hints.band_names] or [(hints.name_from_file, False)]
    if header.count % len(names):
        return unrecognised(f"its {header.count} bands are no whole number of steps of {len(names)} bands")
    found = []
    for index in range(header.count):
        step, position = divmod(index, len(names))
        day = hints.start_date + timedelta(days=hints.period_days * step)
        found.append(FoundBand(index + 1, day, *names[position]))
    return Recognition(bands=tuple(found))


def _names_of_one_step(header: RasterHeader, hints: LayoutHints) -> list[tuple[str, bool]]:
    if len(hints.band_names) == header.count:
        return [(name, True) for name in hints.band_names]
    if header.count == 1 and not header.descriptions[0]:
        return [("value", False)]
    return [(text or f"band_{number}", bool(text)) for number, text in enumerate(header.descriptions, start=1)]
