"""Each sample's own season cut out of a longer stack, to one number of steps for all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.timeseries.date_texts import find_dates, loose_date
from cropsample_plugin.engine.timeseries.dropped_samples import DropList, DropReason
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

Days = npt.NDArray[np.datetime64]
Indices = npt.NDArray[np.int64]

# A season with fewer images than this share of the usual number would shorten all others.
_SMALLEST_SHARE = 0.75


@dataclass(frozen=True)
class SeasonWindows:
    """Where each sample's season begins on the time axis of the stack.

    Attributes:
        first_step: ``(n_rows,)`` index of the first image of the season; -1 for samples that were dropped.
        n_steps: number of images taken of every season: the smallest number among them.
        largest: the largest number of images in a season.
    """

    first_step: Indices
    n_steps: int
    largest: int


def find_windows(table: SampleTable, dates: Days, fields: tuple[str, str], dropped: DropList) -> SeasonWindows:
    """Find the images from each sample's start date to its end date, both days included.

    A season may begin or end outside the stack by no more than the usual distance between images; further out, with
    unreadable dates, or with less than three quarters of the usual number of images, the sample is dropped.

    Args:
        table: the samples.
        dates: ``(n_timesteps,)`` dates of the stack, increasing.
        fields: names of the start and the end field, holding dates, times or text.
        dropped: receives the samples without a usable season.

    Raises:
        SamplesError: a field is missing, or no sample has a usable season.
    """
    start, end = (_days(table.column(name)) for name in fields)
    gap = np.median(np.diff(dates)) if len(dates) > 1 else np.timedelta64(0, "D")
    first = np.searchsorted(dates, start, side="left")
    count = np.searchsorted(dates, end, side="right") - first
    unknown = np.isnat(start) | np.isnat(end) | (end < start)
    outside = ~unknown & ((start < dates[0] - gap) | (end > dates[-1] + gap) | (count <= 0))
    usable = ~unknown & ~outside
    usual = int(np.median(count[usable])) if usable.any() else 0
    short = usable & (count < _SMALLEST_SHARE * usual)
    already = dropped.rows
    for row in (row for row in range(table.n_rows) if row not in already):
        season = f"{start[row]} to {end[row]}"
        if unknown[row]:
            values = ", ".join(f"{name} = {table.fields[name][row]}" for name in fields)
            dropped.add(row, DropReason.NO_SEASON, f"no season can be read from {values}")
        elif outside[row]:
            reach = f"{dates[0]} to {dates[-1]}"
            dropped.add(
                row, DropReason.OUTSIDE_DATES, f"the season {season} leaves the stack, which reaches from {reach}"
            )
        elif short[row]:
            dropped.add(
                row, DropReason.SHORT_SEASON, f"the season {season} holds {count[row]} images, usual are {usual}"
            )
    usable &= ~short
    if not usable.any():
        raise SamplesError(
            f"No sample has a season within the stack, which reaches from {dates[0]} to {dates[-1]}.",
            f"Check the fields {fields[0]} and {fields[1]}, or leave them empty to take all dates.",
        )
    first_step = np.where(usable, first, -1)
    return SeasonWindows(first_step, int(count[usable].min()), int(count[usable].max()))


def cut_windows(values: npt.NDArray[np.float32], first_step: Indices, n_steps: int) -> npt.NDArray[np.float32]:
    """Cut ``(n, n_steps, n_bands)`` out of ``(n, n_timesteps, n_bands)``, each row from its own first step."""
    steps = first_step[:, None] + np.arange(n_steps)
    cut: npt.NDArray[np.float32] = np.take_along_axis(values, steps[:, :, None], axis=1)
    return cut


def _days(values: npt.NDArray[Any]) -> Days:
    """Return dates of a column of dates, times, text or whole numbers like 20190315; NaT where there is none."""
    if values.dtype.kind == "M":
        return values.astype("datetime64[D]")
    days = [_day(value) for value in values]
    return np.array(days, dtype="datetime64[D]")


def _day(value: Any) -> date | None:  # noqa: ANN401 - a cell of any column
    if value is None or (isinstance(value, (float, np.floating)) and not np.isfinite(value)):
        return None
    text = str(int(value)) if isinstance(value, (float, np.floating)) else str(value)
    return loose_date(text) or next((hit.day for hit in find_dates(text)), None)
