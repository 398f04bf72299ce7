"""Features of any vector layer that QGIS opens, with the colours of its classes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Tuple

from qgis.core import QgsCategorizedSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from cropsample_plugin.bridge.labeling.imports.candidates import (
    CandidateRow,
    CandidateTable,
    FieldRoles,
    suggest_roles,
)
from cropsample_plugin.bridge.labeling.label_events import LabelingError


def read_layer(layer: QgsVectorLayer) -> CandidateTable:
    """Return the features of a layer, edits included; every attribute as text.

    Raises:
        LabelingError: the layer is gone or has no geometry.
    """
    if not layer.isValid():
        raise LabelingError(f"The layer '{layer.name()}' cannot be read.", "Check where its file is.")
    if not layer.isSpatial():
        raise LabelingError(
            f"The layer '{layer.name()}' has no geometry.", "Choose points or polygons, or read its file as a table."
        )
    fields = tuple(field.name() for field in layer.fields())
    rows = []
    for number, feature in enumerate(layer.getFeatures(), start=1):
        values = dict(zip(fields, map(_text, feature.attributes())))
        geometry = feature.geometry() if feature.hasGeometry() and not feature.geometry().isEmpty() else None
        rows.append(CandidateRow(number, geometry, values, "" if geometry is not None else "it has no geometry"))
    roles, colors = _styled(layer, suggest_roles(fields), fields)
    return CandidateTable(layer.name(), layer.crs(), fields, tuple(rows), (f"{len(rows)} features.",), roles, colors)


def _styled(layer: QgsVectorLayer, roles: FieldRoles, fields: Tuple[str, ...]) -> Tuple[FieldRoles, Dict[str, str]]:
    """Return roles and colours that a layer coloured by class has."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer) or renderer.classAttribute() not in fields:
        return roles, {}
    colors: Dict[str, str] = {}
    for category in renderer.categories():
        values = category.value() if isinstance(category.value(), list) else [category.value()]
        for value in filter(None, map(_text, values)):
            colors[value] = category.symbol().color().name()
    without = {role: "" for role, name in vars(roles).items() if name == renderer.classAttribute()}
    return replace(roles, **{**without, "class_field": renderer.classAttribute()}), colors


def _text(value: Any) -> str:  # noqa: ANN401 - an attribute
    """Return an attribute as text; "" for NULL, whole numbers without decimals, dates as ISO 8601."""
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return ""
    if isinstance(value, QDateTime):
        return str(value.toString(Qt.DateFormat.ISODateWithMs))
    if isinstance(value, (QDate, QTime)):
        return str(value.toString(Qt.DateFormat.ISODate))
    if isinstance(value, float):
        return "" if value != value else str(int(value)) if value.is_integer() else repr(value)  # noqa: PLR0124 - NaN
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip()
