"""Series at samples: what to read, the columns it becomes, and the table of what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, to_physical
from cropsample_plugin.engine.timeseries.dropped_samples import DropList, DropReason
from cropsample_plugin.engine.timeseries.duplicate_samples import without_duplicates
from cropsample_plugin.engine.timeseries.pixel_choice import PixelGrid, PixelRule
from cropsample_plugin.engine.timeseries.pixel_reader import read_pixels
from cropsample_plugin.engine.timeseries.sample_pixels import SamplePixels, drop_pixels, place_samples
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.season_windows import SeasonWindows, find_windows
from cropsample_plugin.engine.timeseries.series import STATIC_PREFIX, AxisKind, column_name

Column = npt.NDArray[Any]
BoolArray = npt.NDArray[np.bool_]

_FEWEST_AT_ONCE = 1000
_MIB = 1024 * 1024


@dataclass(frozen=True)
class ExtractionOptions:
    """How series are taken at samples.

    Attributes:
        rule: how pixels of polygons are chosen.
        season_fields: names of the start and the end field of each sample's season; empty for all dates.
    """

    rule: PixelRule = field(default_factory=PixelRule)
    season_fields: tuple[str, str] | None = None


@dataclass(frozen=True)
class ExtractionPlan:
    """What will be read.

    Attributes:
        pixels: the pixels to read, in the order of the samples.
        windows: each sample's own season; None for all dates.
        dropped: what was left out so far.
    """

    pixels: SamplePixels
    windows: SeasonWindows | None
    dropped: DropList


def stack_grid_of(stack: DatedStack) -> PixelGrid:
    """Return the grid of a stack."""
    return PixelGrid(stack.transform, stack.crs.to_wkt() if stack.crs else "", stack.width, stack.height)


def plan_extraction(
    table: SampleTable, stack: DatedStack, options: ExtractionOptions, progress: Progress
) -> ExtractionPlan:
    """Choose the pixels and seasons of every sample, and leave out what repeats another.

    Raises:
        SamplesError: fields or reference systems are missing, or no sample has a season within the stack.
    """
    dropped = DropList()
    pixels = place_samples(table, stack_grid_of(stack), options.rule, dropped, progress)
    windows, seasons = None, None
    if options.season_fields:
        windows = find_windows(table, stack.dates, options.season_fields, dropped)
        pixels = pixels.subset(windows.first_step[pixels.sample] >= 0)
        _tell_windows(windows, progress)
        seasons = windows.first_step
    return ExtractionPlan(without_duplicates(table, pixels, seasons, dropped), windows, dropped)


def memory_parts(plan: ExtractionPlan, stack: DatedStack, memory_mb: int) -> list[slice]:
    """Split the pixels so that the values of one part fit into half of the memory."""
    bytes_per_pixel = len(stack.scales) * (np.dtype(stack.dtype).itemsize + 2 * np.dtype(np.float32).itemsize)
    n_at_once = max(_FEWEST_AT_ONCE, memory_mb * _MIB // 2 // bytes_per_pixel)
    return [slice(start, start + n_at_once) for start in range(0, max(1, len(plan.pixels)), n_at_once)]


def read_series(
    plan: ExtractionPlan, part: slice, stack: DatedStack, threads: int, progress: Progress
) -> tuple[dict[str, Column], BoolArray]:
    """Read the series of one part of the pixels.

    Returns:
        Field name to ``(n_pixels,)`` float32 values in physical units, NaN where missing; and ``(n_pixels,)``, True
        where any dated band has a value.

    Raises:
        StackError: the stack is damaged.
    """
    pixels = plan.pixels.subset(part)
    physical = to_physical(stack, read_pixels(stack, pixels.column, pixels.row, threads, progress))
    if plan.windows is None:
        columns = _dated_columns(stack, physical)
    else:
        columns = _season_columns(stack, physical, plan.windows, pixels)
    has_data = np.zeros(len(pixels), dtype=bool)
    for values in columns.values():
        has_data |= np.isfinite(values)
    for name, number in zip(stack.static_bands, stack.static_band_numbers):
        columns[STATIC_PREFIX + name] = physical[number - 1]
    return columns, has_data


def drop_without_data(plan: ExtractionPlan, has_data: BoolArray) -> None:
    """Note the pixels that have no value at all."""
    details = dict.fromkeys(range(len(plan.pixels)), "every band is nodata on every date")
    drop_pixels(plan.pixels, ~has_data, DropReason.NO_DATA, plan.dropped, details)


def _dated_columns(stack: DatedStack, physical: npt.NDArray[np.float32]) -> dict[str, Column]:
    missing = np.full(physical.shape[1], np.nan, dtype=np.float32)
    return {
        column_name(band, str(date), AxisKind.DATE): physical[number - 1] if number else missing
        for date, numbers in zip(stack.dates, stack.band_numbers)
        for band, number in zip(stack.bands, numbers)
    }


def _season_columns(
    stack: DatedStack, physical: npt.NDArray[np.float32], windows: SeasonWindows, pixels: SamplePixels
) -> dict[str, Column]:
    first = windows.first_step[pixels.sample]
    columns: dict[str, Column] = {}
    for step in range(windows.n_steps):
        for place, band in enumerate(stack.bands):
            numbers = stack.band_numbers[first + step, place]
            values = physical[numbers - 1, np.arange(len(pixels))]
            columns[column_name(band, str(step + 1), AxisKind.STEP)] = np.where(numbers > 0, values, np.float32(np.nan))
    return columns


def _tell_windows(windows: SeasonWindows, progress: Progress) -> None:
    if windows.largest > windows.n_steps:
        progress.log(
            f"Seasons hold {windows.n_steps} to {windows.largest} images; "
            f"the first {windows.n_steps} of each are taken."
        )
