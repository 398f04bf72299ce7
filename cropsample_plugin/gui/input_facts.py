"""What the Train and map panel knows of the layers a user picked: plain data, gathered once per choice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Callable, Optional, Sequence, Tuple

SERIES_FIELD = re.compile(r"^.+(?:[_ -]\d{4}[-_]?\d{2}[-_]?\d{2}|_d\d{1,3}|_t\d{1,4})$", re.IGNORECASE)
_MINIMUM_SERIES_FIELDS = 2
_MAXIMUM_CLASSES = 60
_CLASS_WORDS = ("class", "label", "crop", "cultur", "cultivo", "landuse", "land_use", "landcover", "categor", "type")
_GROUP_WORDS = ("parcel", "field_id", "polygon", "plot", "group", "farm", "cluster", "source_id")
_DOMAIN_WORDS = ("domain", "is_local", "local")
_ID_NAMES = ("fid", "id", "ogc_fid", "gid", "objectid", "source_fid", "sample_id", "pixel")


class FieldKind(Enum):
    """What a field holds, as far as choosing it goes."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    OTHER = "other"


class GeometryKind(Enum):
    """What the features of a layer are."""

    POINT = "point"
    POLYGON = "polygon"
    NONE = "none"
    OTHER = "other"


@dataclass(frozen=True)
class FieldFacts:
    """One field of a sample layer.

    Attributes:
        name: the field's name.
        kind: what it holds.
        n_distinct: different values, empty ones aside, among the rows looked at.
        n_rows: rows looked at.
        n_empty: rows without a value among them.
    """

    name: str
    kind: FieldKind
    n_distinct: int = 0
    n_rows: int = 0
    n_empty: int = 0

    @property
    def is_series(self) -> bool:
        """True for a field of a time series, such as ``B04_20190315``."""
        return SERIES_FIELD.match(self.name) is not None


@dataclass(frozen=True)
class SamplesFacts:
    """A sample layer.

    Attributes:
        layer_id: id of the layer in the project.
        name: the layer's name.
        n_features: number of samples; -1 where the provider does not know.
        geometry: kind of the features.
        has_crs: False when the layer has no coordinate system.
        fields: its fields.
        overlaps_stack: None while unknown, False when no sample can lie on the stack.
    """

    layer_id: str
    name: str
    n_features: int
    geometry: GeometryKind
    has_crs: bool
    fields: Tuple[FieldFacts, ...]
    overlaps_stack: Optional[bool] = None

    @property
    def series_fields(self) -> Tuple[str, ...]:
        """Names of the fields that hold a time series; empty when there is none."""
        names = tuple(field.name for field in self.fields if field.is_series and field.kind is not FieldKind.TEXT)
        return names if len(names) >= _MINIMUM_SERIES_FIELDS else ()

    def field(self, name: str) -> Optional[FieldFacts]:
        """Return the field of that name, or None."""
        return next((field for field in self.fields if field.name == name), None)


@dataclass(frozen=True)
class StackFacts:
    """A raster layer that may be a dated stack.

    Attributes:
        layer_id: id of the layer in the project.
        name: the layer's name.
        path: file or GDAL name that the engine can open; empty for a web service.
        dates: ISO dates found in the band descriptions, in order.
        bands: names of the dated bands.
        has_crs: False when the raster has no coordinate system.
    """

    layer_id: str
    name: str
    path: str
    dates: Tuple[str, ...] = ()
    bands: Tuple[str, ...] = ()
    has_crs: bool = True


def guess_class_field(samples: SamplesFacts) -> str:
    """Return the field that most likely holds the class labels, or an empty text."""
    return _best(samples, _class_score)


def guess_group_field(samples: SamplesFacts) -> str:
    """Return a field that most likely names the parcel of a sample, or an empty text."""
    return _best(samples, _group_score)


def guess_domain_field(samples: SamplesFacts) -> str:
    """Return a field that most likely tells local from global samples, or an empty text."""
    names = [field.name for field in samples.fields if field.n_distinct in (1, 2) or field.n_rows == 0]
    return next((name for name in names if _has_word(name, _DOMAIN_WORDS)), "")


def _best(samples: SamplesFacts, score: Callable[[FieldFacts], int]) -> str:
    scored = [(score(field), -position, field.name) for position, field in enumerate(samples.fields)]
    best = max(scored, default=(0, 0, ""))
    return best[2] if best[0] > 0 else ""


def _class_score(field: FieldFacts) -> int:
    """Few repeated values make a class field; a telling name and text make it likelier."""
    if field.is_series or field.kind not in (FieldKind.TEXT, FieldKind.INTEGER) or field.name.lower() in _ID_NAMES:
        return 0
    is_few = 2 <= field.n_distinct <= _MAXIMUM_CLASSES and field.n_distinct < field.n_rows  # noqa: PLR2004 - two classes
    is_named = _has_word(field.name, _CLASS_WORDS) and not field.name.lower().endswith("_id")
    if not is_few:
        return 0
    return 1 + 4 * is_named + 2 * (field.kind is FieldKind.TEXT) - 3 * _has_word(field.name, _GROUP_WORDS)


def _group_score(field: FieldFacts) -> int:
    if field.is_series or field.kind not in (FieldKind.TEXT, FieldKind.INTEGER):
        return 0
    repeats = 1 < field.n_distinct < field.n_rows
    return int(repeats and _has_word(field.name, _GROUP_WORDS))


def _has_word(name: str, words: Sequence[str]) -> bool:
    lowered = name.lower()
    return any(word in lowered for word in words)
