"""Rows of a text file with coordinates, as field forms and spreadsheets export them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Dict, List, Optional, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY

from cropsample_plugin.bridge.labeling.imports.candidates import CandidateRow, CandidateTable, suggest_roles
from cropsample_plugin.bridge.labeling.imports.coordinate_columns import (
    CoordinateColumns,
    Nearness,
    find_coordinates,
    read_trace,
)
from cropsample_plugin.bridge.labeling.imports.text_tables import TextRow, TextTable, read_text_table
from cropsample_plugin.bridge.labeling.label_events import LabelingError

_MOST_LONGITUDE, _MOST_LATITUDE = 180.0, 90.0
_LEAST_RING = 3

Place = Tuple[Optional[QgsGeometry], str, str]


def read_field_form(path: str, nearness: Optional[Nearness] = None) -> CandidateTable:
    """Read a text file with coordinates; the table's coordinate system is invalid when the user has to choose it.

    Args:
        path: the file.
        nearness: how far, in degrees, a longitude and latitude are from where samples are expected.

    Raises:
        LabelingError: the file cannot be read, or holds no coordinates.
    """
    table = read_text_table(path)
    by_name = {name: [row.values[place] for row in table.rows] for place, name in enumerate(table.names)}
    columns = find_coordinates(by_name, nearness)
    if columns is None:
        raise LabelingError(
            f"'{Path(path).name}' has no coordinates: its columns are {', '.join(table.names)}.",
            "Name the columns lon and lat (or x and y), or give a column of WKT.",
        )
    return table_of(path, table, columns)


def table_of(path: str, table: TextTable, columns: CoordinateColumns) -> CandidateTable:
    """Return the rows of a text table as candidates, with these columns as places."""
    rows = tuple(_candidate(row, table.names, columns) for row in table.rows)
    fields = tuple(name for name in table.names if name not in columns.names)
    crs = QgsCoordinateReferenceSystem("EPSG:4326" if columns.is_geographic else "")
    return CandidateTable(Path(path).name, crs, fields, rows, table.notes + columns.notes, suggest_roles(fields))


def _candidate(row: TextRow, names: Tuple[str, ...], columns: CoordinateColumns) -> CandidateRow:
    values = dict(zip(names, row.values))
    if row.problem:
        return CandidateRow(row.line, None, values, row.problem, " ".join(row.values)[:80])
    geometry, problem, value = _place(values, columns)
    return CandidateRow(row.line, geometry, values, problem, value)


def _place(values: Dict[str, str], columns: CoordinateColumns) -> Place:
    if columns.wkt:
        return _from_wkt(values[columns.wkt])
    if columns.trace:
        return _from_trace(values[columns.trace])
    texts = values[columns.x], values[columns.y]
    if not all(texts):
        return None, "it has no coordinates", ""
    x, y = columns.read_x(texts[0]), columns.read_y(texts[1])
    if x is None or y is None:
        return None, "its coordinates are no numbers", " ".join(texts)
    problem = _place_problem(x, y) if columns.is_geographic else ""
    return (None, problem, " ".join(texts)) if problem else (QgsGeometry.fromPointXY(QgsPointXY(x, y)), "", "")


def _from_wkt(text: str) -> Place:
    if not text:
        return None, "it has no geometry", ""
    plain = text.split(";", 1)[-1] if text.casefold().startswith("srid=") else text
    geometry = QgsGeometry.fromWkt(plain)
    if geometry.isNull() or geometry.isEmpty():
        return None, "its geometry cannot be read", text[:80]
    return geometry, "", ""


def _from_trace(text: str) -> Place:
    places = read_trace(text) if text else None
    if places is None:
        return None, "it has no coordinates" if not text else "its coordinates cannot be read", text[:80]
    problem = next((found for found in (_place_problem(*place) for place in places) if found), "")
    if problem:
        return None, problem, text[:80]
    points = [QgsPointXY(*place) for place in places]
    if len(points) == 1:
        return QgsGeometry.fromPointXY(points[0]), "", ""
    if len(_distinct(points)) < _LEAST_RING:
        return None, "its outline has fewer than three corners", text[:80]
    return QgsGeometry.fromPolygonXY([points]), "", ""


def _distinct(points: List[QgsPointXY]) -> List[Tuple[float, float]]:
    return sorted({(point.x(), point.y()) for point in points})


def _place_problem(longitude: float, latitude: float) -> str:
    if not (math.isfinite(longitude) and math.isfinite(latitude)):
        return "its coordinates are not finite"
    if abs(latitude) > _MOST_LATITUDE:
        return "its latitude is not between -90 and 90"
    if abs(longitude) > _MOST_LONGITUDE:
        return "its longitude is not between -180 and 180"
    if longitude == 0 and latitude == 0:
        return "it lies at 0, 0, which stands for a missing position"
    return ""
