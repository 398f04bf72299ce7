"""Crop calendars: at which days of the year the crop of each sample grows where the sample lies.

A calendar is a polygon layer or a raster. Polygon layers come in two forms: a feature per crop and place, with the
crop in a field and one field each for start and end (as GEOGLAM's Crop Monitor); or a feature per place with a pair of
fields for each crop. Rasters hold a band each for start and end, in pairs (as WorldCereal's calendars). Days of the
year are 1 to 366; an end before the start lies in the next year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj
import rasterio
import shapely
from rasterio.errors import RasterioError

from cropsample_plugin.engine.errors import InputError, error_chain
from cropsample_plugin.engine.labels.calendar_classes import ALL_CLASSES, ClassCalendars, read_class_calendars
from cropsample_plugin.engine.labels.votes import Column, FloatArray
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

_LAST_DAY = 366.0
_FIRST_BANDS = ("1", "2")


@dataclass(frozen=True)
class CalendarSource:
    """Where the calendar is read from; "" for what is not there.

    Attributes:
        polygons: polygon layer.
        raster: raster with start and end in pairs of bands.
        crop_field: field of the polygons with the crop; without one every polygon counts for every crop.
        start_field, end_field: fields of the polygons with the first and last day of the year.
        classes: which crop, or which pair of fields or bands, each class has; see `read_class_calendars`.
    """

    polygons: str = ""
    raster: str = ""
    crop_field: str = ""
    start_field: str = ""
    end_field: str = ""
    classes: str = ""

    @property
    def is_given(self) -> bool:
        """True when there is a calendar."""
        return bool(self.polygons or self.raster)


@dataclass(frozen=True)
class SampleCalendars:
    """Growing seasons by the calendar: ``(n_windows, n_samples)`` days of the year, NaN where there is none."""

    starts: FloatArray
    ends: FloatArray

    @property
    def is_known(self) -> npt.NDArray[np.bool_]:
        """``(n_samples,)`` True for samples that have a calendar."""
        return np.asarray(np.isfinite(self.starts).any(axis=0), dtype=np.bool_)


def read_crop_calendars(source: CalendarSource, table: SampleTable, labels: Column) -> SampleCalendars:
    """Look up the calendar of each sample's class at its place.

    Args:
        source: the calendar.
        table: the samples.
        labels: ``(n_samples,)`` class of each, None where there is none.

    Raises:
        InputError: a calendar that cannot be read, holds impossible days, or has nothing to say on any sample.
    """
    if source.polygons and source.raster:
        raise InputError("A crop calendar is given as polygons and as a raster.", "Give one of them.")
    mapping = read_class_calendars(source.classes)
    known = {str(label) for label in labels if label is not None}
    unknown = sorted(set(mapping) - known - {ALL_CLASSES})
    if unknown:
        raise InputError(
            f"The calendar's classes name '{unknown[0]}', which no sample has.",
            f"The classes are: {', '.join(sorted(known))}.",
        )
    look_up = _from_polygons if source.polygons else _from_raster
    pairs = look_up(source, table, labels, mapping)
    if not pairs:
        raise InputError(
            "The crop calendar says nothing on any sample.",
            "Check that it covers the samples, and that its crops are named like the classes or assigned to them.",
        )
    return _as_windows(pairs, len(labels))


Found = list[tuple[int, float, float]]


def _as_windows(pairs: Found, n_samples: int) -> SampleCalendars:
    """Put (sample, start, end) into columns; the same season is told once."""
    by_sample: dict[int, list[tuple[float, float]]] = {}
    for row, start, end in dict.fromkeys(pairs):
        by_sample.setdefault(row, []).append((start, end))
    depth = max(len(windows) for windows in by_sample.values())
    starts, ends = np.full((depth, n_samples), np.nan), np.full((depth, n_samples), np.nan)
    for row, windows in by_sample.items():
        starts[: len(windows), row], ends[: len(windows), row] = np.array(windows).T
    return SampleCalendars(starts, ends)


def _points_in(table: SampleTable, crs: str) -> tuple[npt.NDArray[np.int64], FloatArray, FloatArray]:
    """Return the rows with a geometry, and a point inside each in another reference system."""
    if not table.crs or not crs:
        raise InputError("The samples or the crop calendar have no reference system.", "Assign one in QGIS first.")
    rows = np.flatnonzero([shape is not None for shape in table.geometry])
    points = shapely.point_on_surface(shapely.from_wkb(table.geometry[rows]))
    there = pyproj.Transformer.from_crs(table.crs, crs, always_xy=True)
    x, y = there.transform(shapely.get_x(points), shapely.get_y(points))
    return rows, np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)


def _from_polygons(source: CalendarSource, table: SampleTable, labels: Column, mapping: ClassCalendars) -> Found:
    calendar = SampleTable.read(source.polygons)
    crops = _crops(calendar, source.crop_field) if source.crop_field else None
    if crops is not None and not (source.start_field and source.end_field):
        raise InputError("The crop calendar has a crop field but no fields for start and end.", "Choose them.")
    rows, x, y = _points_in(table, calendar.crs)
    tree = shapely.STRtree(shapely.from_wkb(calendar.geometry))
    at, features = tree.query(shapely.points(x, y), predicate="intersects")
    days = {name: _days(calendar.column(name), name) for name in _day_fields(source, mapping)}
    found: Found = []
    for row, feature in zip(rows[at], features):
        if labels[row] is None:
            continue
        for crop in _entries(str(labels[row]), mapping, has_own=crops is not None):
            if crops is not None and crops[feature] != (crop or str(labels[row])).strip().casefold():
                continue
            first, last = _pair(crop, source) if crops is None else (source.start_field, source.end_field)
            start, end = days[first][feature], days[last][feature]
            if np.isfinite(start) and np.isfinite(end):
                found.append((int(row), float(start), float(end)))
    return found


def _crops(calendar: SampleTable, name: str) -> list[str]:
    return ["" if value is None else str(value).strip().casefold() for value in calendar.column(name)]


def _day_fields(source: CalendarSource, mapping: ClassCalendars) -> set[str]:
    """Return the fields that hold days."""
    if source.crop_field:
        return {source.start_field, source.end_field}
    given = {name for crops in mapping.values() for crop in crops for name in _pair(crop, source)}
    return given or set(_pair("", source))


def _entries(label: str, mapping: ClassCalendars, *, has_own: bool) -> list[str]:
    """Return the entries of a class; "" for the crop of its own name, or for the only pair there is."""
    return mapping.get(label) or mapping.get(ALL_CLASSES) or ([""] if has_own or not mapping else [])


def _pair(crop: str, source: CalendarSource) -> tuple[str, str]:
    """Return the names of the fields, or numbers of the bands, of start and end."""
    if not crop and source.raster:
        return _FIRST_BANDS
    if not crop and source.start_field and source.end_field:
        return source.start_field, source.end_field
    first, separator, last = crop.partition(":")
    if not separator or not first.strip() or not last.strip():
        raise InputError(
            f"'{crop}' is no pair of start and end." if crop else "The crop calendar has no fields for start and end.",
            "Choose the fields, or name a pair for each class, such as 'maize = m1sos:m1eos'; for rasters '1:2'.",
        )
    return first.strip(), last.strip()


def _days(values: Column, name: str) -> FloatArray:
    """Return days of the year of a field, NaN for NULL and blank.

    Raises:
        InputError: a value is no day of the year.
    """
    days = np.full(len(values), np.nan)
    for row, value in enumerate(values):
        text = "" if value is None or value != value else str(value).strip()  # noqa: PLR0124 - NaN alone differs
        if text:
            try:
                days[row] = float(text)
            except ValueError:
                raise InputError(
                    f"The field '{name}' of the crop calendar holds '{text}'.", "It must hold days of the year."
                ) from None
    _check_days(days, f"The field '{name}'")
    return days


def _check_days(days: FloatArray, where: str) -> None:
    wrong = days[np.isfinite(days) & ((days < 1) | (days > _LAST_DAY))]
    if len(wrong):
        raise InputError(
            f"{where} of the crop calendar holds {wrong[0]:g}.", "Days of the year are 1 to 366; leave others empty."
        )


def _from_raster(source: CalendarSource, table: SampleTable, labels: Column, mapping: ClassCalendars) -> Found:
    try:
        with rasterio.open(source.raster) as dataset:
            rows, x, y = _points_in(table, dataset.crs.to_wkt() if dataset.crs else "")
            values = np.ma.stack(list(dataset.sample(zip(x, y), masked=True))) if len(rows) else np.ma.empty((0, 0))
            n_bands = dataset.count
    except RasterioError as error:
        raise InputError(
            f"The crop calendar {source.raster} cannot be read: {error_chain(error)}", "Check that it opens in QGIS."
        ) from error
    days = np.ma.filled(values.astype(np.float64), np.nan)
    days[days == 0] = np.nan
    found: Found = []
    for place, row in enumerate(rows):
        if labels[row] is None:
            continue
        for crop in _entries(str(labels[row]), mapping, has_own=False):
            first, last = (_band(text, n_bands) for text in _pair(crop, source))
            start, end = days[place, first - 1], days[place, last - 1]
            _check_days(np.array([start, end]), f"Bands {first} and {last}")
            if np.isfinite(start) and np.isfinite(end):
                found.append((int(row), float(start), float(end)))
    return found


def _band(text: str, n_bands: int) -> int:
    if not text.isdigit() or not 1 <= int(text) <= n_bands:
        raise InputError(f"The crop calendar has no band '{text}'.", f"It has the bands 1 to {n_bands}.")
    return int(text)
