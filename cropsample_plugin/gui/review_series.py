"""Series of the samples under review: out of a layer's own fields, another series layer, or a dated stack."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Dict, List, Optional, Protocol, Sequence, Tuple, Union

import numpy as np
from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsFields,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from cropsample_plugin.gui.label_review_layer import ReviewFields, text_of
from cropsample_plugin.gui.label_review_session import ReviewSample

Position = Union[date, float]
_DATED = re.compile(r"^(.+?)[_ -](\d{4})[-_]?(\d{2})[-_]?(\d{2})$")
_DAY = re.compile(r"^(.+)_d(\d{1,3})$", re.IGNORECASE)
_STEP = re.compile(r"^(.+)_t(\d{1,4})$", re.IGNORECASE)
_STACK_BAND = re.compile(r"^(?:Band \d+\s*:\s*)?(\d{4}-\d{2}-\d{2})\s+(\S.*?)\s*$")
_SHORTEST = 3
MOST_IN_PROFILE = 300
NDVI = "NDVI"
_RED, _NIR = ("red", "b04"), ("nir", "b08")


@dataclass(frozen=True)
class Profile:
    """Mean and standard deviation of a class at each step, and of how many samples."""

    mean: Sequence[float]
    spread: Sequence[float]
    n_samples: int


class SeriesSource(Protocol):
    """Where series come from.

    Attributes:
        bands: names of what can be shown.
    """

    bands: Tuple[str, ...]

    def series(self, sample: ReviewSample, feature: QgsFeature, band: str) -> Tuple[List[Position], List[float]]:
        """Return positions in time and values of one sample; both empty where there are none."""

    def profile(self, samples: Sequence[ReviewSample], band: str) -> Optional[Profile]:
        """Return what these samples have in common at the same positions; None where that cannot be said."""


class FieldSeries:
    """Series in the fields of a layer, such as ``NDVI_20190315``, ``ndvi_d065`` or ``NDVI_t01``.

    Args:
        layer: the judged layer itself, or another one with the same sample ids.
        fields: of the judged layer; the id field is looked for in the other layer by its name.
        is_other: True for another layer.
    """

    def __init__(self, layer: QgsVectorLayer, fields: ReviewFields, *, is_other: bool = False) -> None:
        self._layer = layer
        self._fields = fields
        self._columns = series_columns(layer.fields())
        self._pair = None if NDVI in self._columns else _red_and_nir(list(self._columns))
        self.bands = (*((NDVI,) if self._pair else ()), *self._columns)
        self._rows_by_id = self._index(fields.sample_id) if is_other else None

    def series(self, sample: ReviewSample, feature: QgsFeature, band: str) -> Tuple[List[Position], List[float]]:
        """Return positions in time and values of one sample, the mean of its rows."""
        values = self._values([sample], band)
        if not len(values):
            return [], []
        with np.errstate(all="ignore"):
            mean = np.full(values.shape[1], math.nan)
            known = np.isfinite(values).any(axis=0)
            mean[known] = np.nanmean(values[:, known], axis=0)
        return self._positions(sample, feature, band), mean.tolist()

    def profile(self, samples: Sequence[ReviewSample], band: str) -> Optional[Profile]:
        """Return mean and deviation of at most `MOST_IN_PROFILE` of the samples, taken evenly."""
        step = max(1, math.ceil(len(samples) / MOST_IN_PROFILE))
        values = self._values(samples[::step], band)
        if not len(values):
            return None
        count = np.isfinite(values).sum(axis=0)
        filled = np.where(np.isfinite(values), values, 0.0)
        with np.errstate(all="ignore"):
            mean = filled.sum(axis=0) / count
            spread = np.sqrt((np.where(np.isfinite(values), values - mean, 0.0) ** 2).sum(axis=0) / count)
        return Profile(mean.tolist(), spread.tolist(), len(values))

    def _values(self, samples: Sequence[ReviewSample], band: str) -> Any:  # noqa: ANN401 - numpy on QGIS's side
        if self._pair and band == NDVI:
            red, nir = (self._read(samples, name) for name in self._pair)
            with np.errstate(all="ignore"):
                return (nir - red) / (nir + red)
        return self._read(samples, band)

    def _read(self, samples: Sequence[ReviewSample], band: str) -> Any:  # noqa: ANN401 - numpy on QGIS's side
        places = [place for _position, place in self._columns[band]]
        rows = [row for sample in samples for row in self._rows_of(sample)]
        if not rows:
            return np.empty((0, len(places)))
        request = QgsFeatureRequest().setFilterFids(rows).setFlags(QgsFeatureRequest.Flag.NoGeometry)
        request.setSubsetOfAttributes(places)
        found = [[_number(item.attribute(place)) for place in places] for item in self._layer.getFeatures(request)]
        return np.array(found, dtype=np.float64).reshape(-1, len(places))

    def _rows_of(self, sample: ReviewSample) -> List[int]:
        if self._rows_by_id is None:
            return [sample.feature_id]
        return self._rows_by_id.get(sample.sample_id, [])

    def _index(self, id_field: str) -> Dict[str, List[int]]:
        place = self._layer.fields().lookupField(id_field)
        rows: Dict[str, List[int]] = {}
        request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
        request.setSubsetOfAttributes([place] if place >= 0 else [])
        for item in self._layer.getFeatures(request):
            key = text_of(item.attribute(place)) if place >= 0 else str(item.id())
            rows.setdefault(key, []).append(item.id())
        return rows

    def _positions(self, sample: ReviewSample, feature: QgsFeature, band: str) -> List[Position]:
        columns = self._columns[self._pair[0] if self._pair and band == NDVI else band]
        positions = [position for position, _place in columns]
        if isinstance(positions[0], date):
            return positions
        first = self._columns_kind(columns)
        if first == "day":
            return _days_of_year(positions, sample)
        start, end = (_day_of(feature, name) for name in (self._fields.start, self._fields.end))
        if start is None or end is None or end <= start:
            return positions
        step = (end - start).days / max(len(positions) - 1, 1)
        return [start + timedelta(days=round(number * step)) for number in range(len(positions))]

    def _columns_kind(self, columns: List[Tuple[Position, int]]) -> str:
        return "day" if _DAY.match(self._layer.fields()[columns[0][1]].name()) else "step"


class StackSeries:
    """Series read from a dated stack at the sample: at a point, or in the middle of a polygon."""

    def __init__(self, layer: QgsRasterLayer, judged: QgsVectorLayer) -> None:
        self._layer = layer
        self._transform = QgsCoordinateTransform(judged.crs(), layer.crs(), QgsProject.instance())
        self._columns = stack_columns(layer)
        self._pair = None if NDVI in self._columns else _red_and_nir(list(self._columns))
        self.bands = (*((NDVI,) if self._pair else ()), *self._columns)

    def series(self, sample: ReviewSample, feature: QgsFeature, band: str) -> Tuple[List[Position], List[float]]:  # noqa: ARG002 - as its siblings
        """Return dates and values of the pixel below the sample."""
        if feature.geometry().isNull():
            return [], []
        try:
            point = self._transform.transform(feature.geometry().pointOnSurface().asPoint())
        except QgsCsException:
            return [], []
        names = self._pair if self._pair and band == NDVI else (band,)
        values = [
            [self._layer.dataProvider().sample(point, number) for _day, number in self._columns[name]] for name in names
        ]
        read = [[value if is_known else math.nan for value, is_known in row] for row in values]
        days: List[Position] = [day for day, _number in self._columns[names[0]]]
        if len(read) == 1:
            return days, read[0]
        return days, [_ratio(nir - red, nir + red) for red, nir in zip(*read)]

    def profile(self, samples: Sequence[ReviewSample], band: str) -> Optional[Profile]:  # noqa: ARG002 - as its siblings
        """Return None: reading many pixels of a large stack would take too long."""
        return None


def series_columns(fields: QgsFields) -> Dict[str, List[Tuple[Position, int]]]:
    """Return the bands of a series layer: name to (position in time, place of the field), in order of time."""
    found: Dict[str, List[Tuple[Position, int]]] = {}
    for place in range(fields.count()):
        parsed = _parse(fields[place].name())
        if parsed is not None:
            found.setdefault(parsed[0], []).append((parsed[1], place))
    return {
        band: sorted(columns, key=lambda item: item[0])
        for band, columns in found.items()
        if len(columns) >= _SHORTEST and len({type(position) for position, _ in columns}) == 1
    }


def stack_columns(layer: QgsRasterLayer) -> Dict[str, List[Tuple[date, int]]]:
    """Return the bands of a dated stack: name to (date, number of the band)."""
    found: Dict[str, List[Tuple[date, int]]] = {}
    for number in range(1, layer.bandCount() + 1):
        match = _STACK_BAND.match(layer.bandName(number))
        if match is not None:
            found.setdefault(match.group(2), []).append((date.fromisoformat(match.group(1)), number))
    return {band: sorted(columns) for band, columns in found.items()}


def default_band(bands: Sequence[str], indices: str) -> str:
    """Return the band to show: the first index used, else one of greenness, else the first."""
    folded = {band.casefold(): band for band in bands}
    for name in (*(part.strip().casefold() for part in indices.split(",")), "evi2", "ndvi", "evi", "savi"):
        if name in folded:
            return folded[name]
    return bands[0] if bands else ""


def _parse(name: str) -> Optional[Tuple[str, Position]]:
    match = _DATED.match(name)
    if match is not None:
        try:
            return match.group(1), date(*(int(match.group(part)) for part in (2, 3, 4)))
        except ValueError:
            return None
    match = _DAY.match(name) or _STEP.match(name)
    return (match.group(1), float(match.group(2))) if match is not None else None


def _days_of_year(positions: Sequence[Position], sample: ReviewSample) -> List[Position]:
    """Put days of the year into the year of the sample's season, where it has one."""
    if not sample.season_dates[0]:
        return list(positions)
    first = date(int(sample.season_dates[0][:4]), 1, 1)
    return [first + timedelta(days=float(day) - 1.0) for day in positions if not isinstance(day, date)]


def _day_of(feature: QgsFeature, name: str) -> Optional[date]:
    if not name or feature.fields().lookupField(name) < 0:
        return None
    try:
        return date.fromisoformat(text_of(feature.attribute(name)).replace("/", "-")[:10])
    except ValueError:
        return None


def _red_and_nir(bands: Sequence[str]) -> Optional[Tuple[str, str]]:
    folded = {band.casefold(): band for band in bands}
    red = next((folded[name] for name in _RED if name in folded), None)
    nir = next((folded[name] for name in _NIR if name in folded), None)
    return (red, nir) if red and nir else None


def _ratio(above: float, below: float) -> float:
    return above / below if below and math.isfinite(below) else math.nan


def _number(value: Any) -> float:  # noqa: ANN401 - any attribute
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan
