"""GPX of field devices and phones: waypoints, and tracks that walk round a field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Dict, List, Optional, Tuple
from xml.etree import ElementTree as ET  # nosec B405 - entities are refused first

from qgis.core import QgsGeometry, QgsVectorLayer

from cropsample_plugin.bridge.labeling.imports.candidates import CandidateRow, CandidateTable, FieldRoles
from cropsample_plugin.bridge.labeling.imports.vector_layers import read_layer
from cropsample_plugin.bridge.labeling.imports.xml_entities import refuse_entities
from cropsample_plugin.bridge.labeling.label_events import LabelingError

_LINE_LAYERS = ("tracks", "routes")
_LEAST_RING = 3
_CLASS_FIELDS = ("type", "sym", "desc", "cmt", "name")


def read_gpx(path: str, *, closes_tracks: bool = False) -> CandidateTable:
    """Read waypoints, and tracks and routes as polygons if ``closes_tracks``.

    Raises:
        LabelingError: the file cannot be read, is damaged, or holds nothing.
    """
    _check(path)
    rows: List[CandidateRow] = []
    fields: Dict[str, None] = {}
    tables = {name: _layer_table(path, name) for name in ("waypoints", *_LINE_LAYERS)}
    for name, table in tables.items():
        used = [field for field in table.fields if any(row.values[field] for row in table.rows)]
        fields.update(dict.fromkeys(used))
        for row in table.rows:
            made = _closed(row, closes_tracks=closes_tracks) if name in _LINE_LAYERS else row
            rows.append(replace(made, number=len(rows) + 1))
    if not rows:
        raise LabelingError(f"'{Path(path).name}' holds no waypoint and no track.", "Choose another file.")
    all_rows = tuple(replace(row, values={**dict.fromkeys(fields, ""), **row.values}) for row in rows)
    counts = ", ".join(f"{len(table.rows)} {name}" for name, table in tables.items() if table.rows)
    notes = [f"{counts}."]
    if any(tables[name].rows for name in _LINE_LAYERS):
        notes.append("Tracks and routes are closed to polygons." if closes_tracks else "Tracks and routes are lines.")
    roles = _roles(all_rows, tuple(fields))
    return CandidateTable(Path(path).name, tables["waypoints"].crs, tuple(fields), all_rows, tuple(notes), roles)


def _check(path: str) -> None:
    """Raise where the file is no complete GPX: OGR would read what comes before the damage and say nothing."""
    try:
        refuse_entities(Path(path).read_bytes(), path)
        for _, element in ET.iterparse(path):  # noqa: S314 # nosec B314 - entities are refused above
            element.clear()
    except OSError as error:
        raise LabelingError(f"'{path}' cannot be read: {error.strerror or error}.") from error
    except ET.ParseError as error:
        raise LabelingError(f"'{path}' is damaged: {error}.", "Export it from the device again.") from error


def _layer_table(path: str, name: str) -> CandidateTable:
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    if not layer.isValid():
        raise LabelingError(f"'{path}' is no GPX file.", "Choose a file of waypoints or tracks.")
    return read_layer(layer)


def _closed(row: CandidateRow, *, closes_tracks: bool) -> CandidateRow:
    """Return a track as the polygon that it walks round, or with the reason why it is none."""
    if row.geometry is None:
        return row
    if not closes_tracks:
        return replace(row, geometry=None, problem="it is a track, no point and no polygon")
    rings = [ring for ring in (_ring(line) for line in _lines(row.geometry)) if ring]
    if not rings:
        return replace(row, geometry=None, problem="its track has fewer than three corners")
    polygons = [QgsGeometry.fromPolygonXY([ring]) for ring in rings]
    return replace(row, geometry=polygons[0] if len(polygons) == 1 else QgsGeometry.collectGeometry(polygons))


def _lines(geometry: QgsGeometry) -> List[list]:
    return geometry.asMultiPolyline() if geometry.isMultipart() else [geometry.asPolyline()]


def _ring(line: list) -> Optional[list]:
    if len({(point.x(), point.y()) for point in line}) < _LEAST_RING:
        return None
    return line if line[0] == line[-1] else [*line, line[0]]


def _roles(rows: Tuple[CandidateRow, ...], fields: Tuple[str, ...]) -> FieldRoles:
    class_field = next((name for name in _CLASS_FIELDS if name in fields and _repeats(rows, name)), "")
    if not class_field:
        class_field = next((name for name in _CLASS_FIELDS if name in fields), "")
    others = [name for name in ("desc", "cmt") if name in fields and name != class_field]
    return FieldRoles(
        class_field=class_field,
        id_field="name" if "name" in fields and class_field != "name" else "",
        date_field="time" if "time" in fields else "",
        comment_field=others[0] if others else "",
    )


def _repeats(rows: Tuple[CandidateRow, ...], name: str) -> bool:
    texts = [row.values[name] for row in rows if row.values[name]]
    return len(set(texts)) < len(texts)
