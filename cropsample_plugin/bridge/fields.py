"""The one factory of fields: QGIS changed how a field's type is written between Qt5 and Qt6."""

from __future__ import annotations

from typing import Any, Dict

from qgis.core import Qgis, QgsField
from qgis.PyQt.QtCore import QMetaType, QVariant

# QgsField takes QMetaType from this version on; before, only QVariant, which Qt6 no longer has.
_FIRST_WITH_META_TYPES = 33800

_META_TYPE_NAMES: Dict[str, str] = {
    "integer": "Int",
    "integer64": "LongLong",
    "real": "Double",
    "text": "QString",
    "date": "QDate",
    "datetime": "QDateTime",
    "boolean": "Bool",
}
_VARIANT_NAMES: Dict[str, str] = {**_META_TYPE_NAMES, "text": "String", "date": "Date", "datetime": "DateTime"}

FIELD_KINDS = tuple(_META_TYPE_NAMES)


def make_field(name: str, kind: str) -> QgsField:
    """Return a field; kind is one of `FIELD_KINDS`."""
    if kind not in _META_TYPE_NAMES:
        raise ValueError(f"No field kind '{kind}'; known: {', '.join(FIELD_KINDS)}.")
    return QgsField(name, _field_type(kind))


def _field_type(kind: str) -> Any:  # noqa: ANN401 - QVariant.Type or QMetaType.Type
    if Qgis.QGIS_VERSION_INT >= _FIRST_WITH_META_TYPES:
        return getattr(QMetaType.Type, _META_TYPE_NAMES[kind])
    return getattr(QVariant.Type, _VARIANT_NAMES[kind])


# The numbers of the types are the same for QVariant (Qt5) and QMetaType (Qt5 and Qt6).
_KIND_BY_TYPE_NUMBER: Dict[int, str] = {
    1: "boolean",
    2: "integer",
    3: "integer64",
    4: "integer64",
    5: "integer64",
    6: "real",
    10: "text",
    14: "date",
    16: "datetime",
    38: "real",
}


def field_kind(field: QgsField) -> str:
    """Return the kind of a field, "" for one that `make_field` cannot make, such as a list or a time of day."""
    field_type = field.type()
    return _KIND_BY_TYPE_NUMBER.get(int(getattr(field_type, "value", field_type)), "")
