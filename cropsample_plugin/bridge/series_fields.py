"""Series in the fields of a layer: which field holds which band when, and mean and spread of each class.

Fields are named as *Extract time series* names them, ``B04_20190315``, or ``ndvi_d065`` by the day of the year, or
``NDVI_t01`` by the step of a sample's own season.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple, Union

from qgis.core import QgsFeatureRequest

from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError
from cropsample_plugin.bridge.layer_snapshot import LayerSnapshot
from cropsample_plugin.bridge.measures import Measure

Label = Union[date, int]

MOST_ROWS = 20_000
_DATE = re.compile(r"^(?P<band>.+?)[_ -](?P<y>\d{4})[-_]?(?P<m>\d{2})[-_]?(?P<d>\d{2})$")
_DAY = re.compile(r"^(?P<band>.+?)_d(?P<label>\d{1,3})$", re.IGNORECASE)
_STEP = re.compile(r"^(?P<band>.+?)_t(?P<label>\d{1,4})$", re.IGNORECASE)
_LAST_DAY_OF_YEAR = 366
_FEWEST_FIELDS = 2
_STATIC_PREFIX = "static_"


class AxisKind(Enum):
    """What the labels of a series' fields are."""

    DATE = "date"
    DAY_OF_YEAR = "day_of_year"
    STEP = "step"


@dataclass(frozen=True)
class SeriesFields:
    """The series fields of a layer.

    Attributes:
        kind: what the labels are.
        labels: dates, days of the year or steps, in order.
        bands: names of the bands, in order of first appearance.
        names: label and band to the field's name.
    """

    kind: AxisKind
    labels: Tuple[Label, ...]
    bands: Tuple[str, ...]
    names: Dict[Tuple[Label, str], str]


@dataclass(frozen=True)
class ClassSeries:
    """A class in numbers.

    Attributes:
        name: the class.
        n_samples: samples with a value at any date.
        mean, spread: mean and standard deviation (n - 1) for each label of the fields, NaN where unknown.
    """

    name: str
    n_samples: int
    mean: Tuple[float, ...]
    spread: Tuple[float, ...]


def find_series_fields(names: Sequence[str]) -> Optional[SeriesFields]:
    """Return the series among field names, of the spelling that most of them follow; None when there is none."""
    found: Dict[AxisKind, Dict[Tuple[Label, str], str]] = {kind: {} for kind in AxisKind}
    for name in names:
        parsed = _parse(name)
        if parsed is not None:
            found[parsed[0]].setdefault((parsed[1], parsed[2]), name)
    kind = max(found, key=lambda candidate: len(found[candidate]))
    if len(found[kind]) < _FEWEST_FIELDS:
        return None
    labels = sorted({label for label, _ in found[kind]})  # type: ignore[type-var]
    return SeriesFields(kind, tuple(labels), tuple(dict.fromkeys(band for _, band in found[kind])), found[kind])


def row_series(fields: SeriesFields, values: Dict[str, Any], bands: Sequence[str]) -> Dict[str, List[float]]:
    """Return band to its values at each label, of one row's attributes by field name; NaN where NULL or no field."""
    return {
        band: [number_of(values.get(fields.names.get((label, band), ""))) for label in fields.labels] for band in bands
    }


def summarise_classes(
    snapshot: LayerSnapshot,
    fields: SeriesFields,
    class_field: str,
    measures: Sequence[Measure],
    is_canceled: Callable[[], bool] = lambda: False,
) -> Dict[str, List[ClassSeries]]:
    """Return, by measure, mean and spread of each class of the first `MOST_ROWS` rows, most frequent first; any thread.

    Rows without a class, or without any value of a measure, do not count there.

    Raises:
        EngineError: cancelled.
    """
    bands = dict.fromkeys(band for measure in measures for band in measure.bands)
    wanted = [name for (_, band), name in fields.names.items() if band in bands]
    all_fields = snapshot.fields()
    indexes = [all_fields.indexFromName(name) for name in (class_field, *wanted)]
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry).setLimit(MOST_ROWS)
    request.setSubsetOfAttributes(indexes)
    sums: Dict[str, Dict[str, _Sums]] = {measure.name: {} for measure in measures}
    for feature in snapshot.getFeatures(request):
        if is_canceled():
            raise EngineError(CANCELED, "Canceled.")
        label = text_of(feature.attribute(indexes[0]))
        if not label:
            continue
        row = {name: feature.attribute(index) for name, index in zip(wanted, indexes[1:])}
        series = row_series(fields, row, list(bands))
        for measure in measures:
            values = measure.of(series)
            if not all(math.isnan(value) for value in values):
                sums[measure.name].setdefault(label, _Sums(len(fields.labels))).add(values)
    return {name: _summaries(found) for name, found in sums.items()}


def number_of(value: Any) -> float:  # noqa: ANN401 - any attribute
    """Return an attribute as a number, NaN for NULL, infinite values and what is no number."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return math.nan
    return number if math.isfinite(number) else math.nan


def text_of(value: Any) -> str:  # noqa: ANN401 - any attribute
    """Return an attribute as text, "" for NULL and blank text."""
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return ""
    text = str(value).strip()
    return "" if text == "NULL" else text


class _Sums:
    """Counts, means and squared deviations of each label, updated row by row (Welford 1962)."""

    def __init__(self, n_labels: int) -> None:
        self.n_rows = 0
        self._counts = [0] * n_labels
        self._means = [0.0] * n_labels
        self._squares = [0.0] * n_labels

    def add(self, values: Sequence[float]) -> None:
        """Take in the values of a row."""
        self.n_rows += 1
        for place, value in enumerate(values):
            if math.isnan(value):
                continue
            self._counts[place] += 1
            step = value - self._means[place]
            self._means[place] += step / self._counts[place]
            self._squares[place] += step * (value - self._means[place])

    def summary(self, name: str) -> ClassSeries:
        """Return what came out."""
        means = tuple(mean if count else math.nan for mean, count in zip(self._means, self._counts))
        spreads = tuple(
            math.sqrt(square / (count - 1)) if count > 1 else math.nan
            for square, count in zip(self._squares, self._counts)
        )
        return ClassSeries(name, self.n_rows, means, spreads)


def _parse(name: str) -> Optional[Tuple[AxisKind, Label, str]]:
    if name.startswith(_STATIC_PREFIX):
        return None
    dated = _DATE.match(name)
    if dated:
        try:
            return AxisKind.DATE, date(int(dated["y"]), int(dated["m"]), int(dated["d"])), dated["band"]
        except ValueError:
            return None
    day = _DAY.match(name)
    if day and 1 <= int(day["label"]) <= _LAST_DAY_OF_YEAR:
        return AxisKind.DAY_OF_YEAR, int(day["label"]), day["band"]
    step = _STEP.match(name)
    return (AxisKind.STEP, int(step["label"]), step["band"]) if step else None


def _summaries(sums: Dict[str, _Sums]) -> List[ClassSeries]:
    return [item.summary(name) for name, item in sorted(sums.items(), key=lambda pair: (-pair[1].n_rows, pair[0]))]
