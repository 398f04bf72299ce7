"""Series at samples: place them, read their pixels, cut their seasons, and list what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from rasterio.transform import xy as pixel_centres

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.progress import Progress, StepProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, to_series
from cropsample_plugin.engine.timeseries.dropped_samples import WHOLE_SAMPLE, DropList, DropReason
from cropsample_plugin.engine.timeseries.pixel_choice import PixelGrid, PixelRule
from cropsample_plugin.engine.timeseries.pixel_reader import read_pixels
from cropsample_plugin.engine.timeseries.sample_pixels import SamplePixels, place_samples
from cropsample_plugin.engine.timeseries.sample_table import SOURCE_FID, SampleTable
from cropsample_plugin.engine.timeseries.season_windows import SeasonWindows, cut_windows, find_windows
from cropsample_plugin.engine.timeseries.series import STATIC_PREFIX, AxisKind, SeriesArray, TimeAxis, column_name
from cropsample_plugin.engine.timeseries.table_output import OutputTable

Column = npt.NDArray[Any]

SAMPLE_ID = "sample_id"
PIXEL = "pixel"
_FEWEST_IDS = 20
_NODATA_DETAILS = "every band is nodata on every date"


@dataclass(frozen=True)
class ExtractionOptions:
    """How series are taken at samples.

    Attributes:
        rule: how pixels of polygons are chosen.
        season_fields: names of the start and the end field of each sample's season; empty for all dates.
        threads: how many blocks are read at once.
    """

    rule: PixelRule = field(default_factory=PixelRule)
    season_fields: tuple[str, str] | None = None
    threads: int = 1


@dataclass(frozen=True)
class SampleSeries:
    """Series at samples.

    Attributes:
        pixels: the pixels that are kept, in the order of the samples.
        series: one row per pixel.
        dropped: what was left out.
    """

    pixels: SamplePixels
    series: SeriesArray
    dropped: DropList


def stack_grid_of(stack: DatedStack) -> PixelGrid:
    """Return the grid of a stack."""
    return PixelGrid(stack.transform, stack.crs.to_wkt() if stack.crs else "", stack.width, stack.height)


def extract_series(
    table: SampleTable, stack: DatedStack, options: ExtractionOptions, progress: Progress
) -> SampleSeries:
    """Take the series of every sample's pixels.

    Raises:
        SamplesError: fields or reference systems are missing.
        StackError: the stack is damaged.
    """
    dropped = DropList()
    pixels = place_samples(table, stack_grid_of(stack), options.rule, dropped, StepProgress(progress, 0.0, 0.2))
    windows = find_windows(table, stack.dates, options.season_fields, dropped) if options.season_fields else None
    if windows is not None:
        _tell_windows(windows, progress)
        pixels = pixels.subset(windows.first_step[pixels.sample] >= 0)
    pixels = without_duplicates(table, pixels, windows, dropped)
    stored = read_pixels(stack, pixels.column, pixels.row, options.threads, StepProgress(progress, 0.2, 0.7))
    values, _, static = to_series(stack, stored)
    axis = TimeAxis.of_dates(stack.dates)
    if windows is not None:
        values = cut_windows(values, windows.first_step[pixels.sample], windows.n_steps)
        axis = TimeAxis(AxisKind.STEP, tuple(str(step) for step in range(1, windows.n_steps + 1)))
    series = SeriesArray(values, axis, stack.bands, static, stack.static_bands)
    has_data = np.asarray(np.isfinite(values).any(axis=(1, 2)))
    _drop_pixels(pixels, ~has_data, DropReason.NO_DATA, {}, dropped)
    return SampleSeries(pixels.subset(has_data), series if has_data.all() else series.subset(has_data), dropped)


def without_duplicates(
    table: SampleTable, pixels: SamplePixels, windows: SeasonWindows | None, dropped: DropList
) -> SamplePixels:
    """Keep the first of the samples that say the same of the same pixel.

    Two rows say the same when pixel, season and all text, whole-number and date fields are equal. Fields in which
    every value of 20 or more is different, such as an id, are not compared; neither are decimal fields, such as
    coordinates.
    """
    place = pixels.row * (pixels.column.max(initial=0) + 1) + pixels.column
    _, inverse, counts = np.unique(place, return_inverse=True, return_counts=True)
    shared = np.flatnonzero(counts[inverse] > 1)
    keys = [inverse[shared]]
    if windows is not None:
        keys.append(windows.first_step[pixels.sample[shared]])
    keys += [codes[pixels.sample[shared]] for codes in _compared_fields(table)]
    _, first, group = np.unique(np.column_stack(keys), axis=0, return_index=True, return_inverse=True)
    original = np.arange(len(pixels))
    original[shared] = shared[first[np.ravel(group)]]
    repeated = original != np.arange(len(pixels))
    details = {
        int(index): f"the same pixel, season and attributes as feature {table.fids[pixels.sample[original[index]]]}"
        for index in np.flatnonzero(repeated)
    }
    _drop_pixels(pixels, repeated, DropReason.DUPLICATE, details, dropped)
    return pixels.subset(~repeated)


def output_table(
    table: SampleTable, pixels: SamplePixels, series: SeriesArray | None, stack: DatedStack
) -> OutputTable:
    """Return the rows to write: the user's fields, ids, then one field per time step and band.

    Points stay where they are; a pixel of a polygon is written as the point in its centre, in the layer's system.

    Raises:
        SamplesError: the layer already has fields named like the new ones.
    """
    fields = {name: values[pixels.sample] for name, values in table.fields.items()}
    if SOURCE_FID not in fields:
        fields[SOURCE_FID] = table.fids[pixels.sample]
    if SAMPLE_ID not in fields:
        fields[SAMPLE_ID] = fields[SOURCE_FID]
    new = {PIXEL: pixels.pixel.astype(np.int32)} | ({} if series is None else series_fields(series))
    taken = {name.casefold() for name in fields} & {name.casefold() for name in new}
    if taken:
        raise SamplesError(
            f"The sample layer already has fields that would be written: {', '.join(sorted(taken)[:10])}.",
            "Rename or remove them in the layer, or use the layer as it was before extraction.",
        )
    return OutputTable(fields | new, table.dtypes, _points(table, pixels, stack), table.crs)


def series_fields(series: SeriesArray) -> dict[str, Column]:
    """Return one column per time step and band, and per static band, under their names."""
    by_column = np.ascontiguousarray(series.values.reshape(series.n_samples, -1).T)
    names = [column_name(band, label, series.axis.kind) for label in series.axis.labels for band in series.bands]
    static = {STATIC_PREFIX + name: series.static_values[:, place] for place, name in enumerate(series.static_bands)}
    return dict(zip(names, by_column)) | static


def dropped_table(table: SampleTable, dropped: DropList) -> OutputTable:
    """Return the table of all that was left out; ``pixel`` 0 means the whole sample."""
    items = sorted(dropped.items, key=lambda item: (item.row, item.pixel))
    source = table.fields.get(SOURCE_FID, table.fids)
    rows = np.array([item.row for item in items], dtype=np.int64)
    fields: dict[str, Column] = {SOURCE_FID: source[rows]}
    if SAMPLE_ID in table.fields:
        fields[SAMPLE_ID] = table.fields[SAMPLE_ID][rows]
    fields[PIXEL] = np.array([item.pixel for item in items], dtype=np.int32)
    fields["reason"] = _text(item.reason.value for item in items)
    fields["details"] = _text(item.details for item in items)
    return OutputTable(fields, table.dtypes)


def require_some(table: SampleTable, n_pixels: int, dropped: DropList) -> None:
    """Raise `SamplesError` when no sample is left, saying why."""
    if n_pixels == 0:
        examples = "; ".join(item.details for item in dropped.items[:3])
        raise SamplesError(
            f"None of the {table.n_rows} samples can be used: {dropped.summary()} ({examples}).",
            "Check that samples and stack lie in the same place and have the right reference systems.",
        )


def _text(values: Sequence[str] | Any) -> Column:  # noqa: ANN401 - any iterable of text
    return np.array(list(values), dtype=object)


def _tell_windows(windows: SeasonWindows, progress: Progress) -> None:
    if windows.largest > windows.n_steps:
        progress.log(
            f"Seasons hold {windows.n_steps} to {windows.largest} images; "
            f"the first {windows.n_steps} of each are taken."
        )


def _drop_pixels(
    pixels: SamplePixels, lost: npt.NDArray[np.bool_], reason: DropReason, details: dict[int, str], dropped: DropList
) -> None:
    """Note lost pixels; a sample that loses all its pixels is noted once, as a whole."""
    if not lost.any():
        return
    n_left = np.bincount(pixels.sample[~lost], minlength=int(pixels.sample.max()) + 1)
    noted: set[int] = set()
    for place in np.flatnonzero(lost):
        row, text = int(pixels.sample[place]), details.get(int(place), _NODATA_DETAILS)
        if n_left[row]:
            dropped.add(row, reason, text, pixels.pixel[place])
        elif row not in noted:
            noted.add(row)
            dropped.add(row, reason, text, WHOLE_SAMPLE)


def _compared_fields(table: SampleTable) -> list[npt.NDArray[np.int64]]:
    """Return codes of the fields that say something of a sample, equal where the values are."""
    compared = []
    for name, values in table.fields.items():
        is_decimal = values.dtype.kind == "f" and not table.dtypes.get(name, "").startswith(("int", "uint"))
        if name in {SOURCE_FID, SAMPLE_ID} or is_decimal:
            continue
        texts = values.astype(str)
        unique, codes = np.unique(texts, return_inverse=True)
        if len(unique) < table.n_rows or table.n_rows < _FEWEST_IDS:
            compared.append(np.ravel(codes).astype(np.int64))
    return compared


def _points(table: SampleTable, pixels: SamplePixels, stack: DatedStack) -> Column:
    wkb: Column = table.geometry[pixels.sample]
    geometries = shapely.from_wkb(wkb, on_invalid="ignore")
    kinds = shapely.get_type_id(geometries)
    if np.all(kinds == 0):
        return wkb
    is_area = np.isin(kinds, (3, 6))
    if is_area.any():
        x, y = pixel_centres(stack.transform, pixels.row[is_area], pixels.column[is_area])
        back = pyproj.Transformer.from_crs(stack_grid_of(stack).crs, table.crs, always_xy=True)
        geometries[is_area] = shapely.points(*back.transform(np.asarray(x), np.asarray(y)))
    single = shapely.get_type_id(geometries) == 0
    geometries[~single] = shapely.get_geometry(geometries[~single], 0)
    points: Column = shapely.to_wkb(geometries)
    return points
