"""What each edit makes of a sample's polygon: geometry only, in the session's coordinate system."""

from __future__ import annotations

import math
from itertools import compress
from operator import not_
from typing import List, Optional, Sequence, Tuple

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.pixel_grid import PixelGrid
from cropsample_plugin.bridge.labeling.polygon_shapes import (
    Point,
    collected,
    local_system,
    polygon_parts,
    repaired,
    transformed,
)

_SEGMENTS = 8
_MITER_LIMIT = 2.0
_LEAST_CORNERS = 3


def part_at(geometry: QgsGeometry, point: Point) -> QgsGeometry:
    """Return the part of an object that holds a point, all of it where none does."""
    place = QgsGeometry.fromPointXY(QgsPointXY(*point))
    return next((part for part in polygon_parts(geometry) if part.intersects(place)), QgsGeometry(geometry))


def merged(geometries: Sequence[QgsGeometry]) -> QgsGeometry:
    """Return all of several polygons as one sample; with several parts where they do not touch.

    Raises:
        LabelingError: fewer than two, or nothing with an area.
    """
    if len(geometries) < 2:  # noqa: PLR2004 - merging is about two
        raise LabelingError(_tr("Merging needs at least two samples."), _tr("Click the samples, then Enter."))
    return repaired(collected([part for geometry in geometries for part in polygon_parts(geometry)]))[0]


def resized_metres(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, metres: float) -> QgsGeometry:
    """Return a polygon grown (shrunk, where negative) by so many metres on the ground."""
    local = local_system(geometry.boundingBox().center(), crs)
    return transformed(_resized(transformed(geometry, crs, local), metres), local, crs)


def resized_pixels(
    geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, grid: PixelGrid, pixels: float
) -> QgsGeometry:
    """Return a polygon grown (shrunk, where negative) by so many pixels of a grid, in each direction."""
    placed = transformed(geometry, crs, grid.crs)
    in_pixels = grid.to_pixels(placed)
    return transformed(grid.from_pixels(_resized(in_pixels, pixels)), grid.crs, crs)


def signed_distance_m(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, point: Point) -> float:
    """Return how far a point lies outside a polygon's border (inside: negative), in metres on the ground."""
    local = local_system(geometry.boundingBox().center(), crs)
    placed = transformed(geometry, crs, local)
    return _signed_distance(placed, transformed(QgsGeometry.fromPointXY(QgsPointXY(*point)), crs, local))


def signed_distance_pixels(
    geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem, grid: PixelGrid, point: Point
) -> float:
    """Return how far a point lies outside a polygon's border (inside: negative), in pixels of a grid."""
    placed = grid.to_pixels(transformed(geometry, crs, grid.crs))
    return _signed_distance(
        placed, grid.to_pixels(transformed(QgsGeometry.fromPointXY(QgsPointXY(*point)), crs, grid.crs))
    )


def is_near_vertex(geometry: QgsGeometry, point: Point, tolerance: float) -> bool:
    """Return whether a vertex lies within a tolerance, in units of the coordinates."""
    *_, squared = geometry.closestVertex(QgsPointXY(*point))
    return bool(squared >= 0.0 and math.sqrt(squared) <= tolerance)


def is_near_border(geometry: QgsGeometry, point: Point, tolerance: float) -> bool:
    """Return whether the border passes within a tolerance, in units of the coordinates."""
    squared, *_ = geometry.closestSegmentWithContext(QgsPointXY(*point))
    return bool(squared >= 0.0 and math.sqrt(squared) <= tolerance)


def vertex_moved(geometry: QgsGeometry, start: Point, end: Point, tolerance: float) -> QgsGeometry:
    """Return a polygon whose vertex near a point is moved; where only the border is near, a vertex is inserted.

    Raises:
        LabelingError: neither is near.
    """
    changed = QgsGeometry(geometry)
    if is_near_vertex(changed, start, tolerance):
        _, index, *_ = changed.closestVertex(QgsPointXY(*start))
        changed.moveVertex(*end, index)
        return changed
    if is_near_border(changed, start, tolerance):
        _, _, following, _ = changed.closestSegmentWithContext(QgsPointXY(*start))
        changed.insertVertex(*end, following)
        return changed
    raise _no_vertex()


def vertex_removed(geometry: QgsGeometry, point: Point, tolerance: float) -> QgsGeometry:
    """Return a polygon without its vertex near a point.

    Raises:
        LabelingError: none is near, or its ring has only three.
    """
    if not is_near_vertex(geometry, point, tolerance):
        raise _no_vertex()
    changed = QgsGeometry(geometry)
    _, index, *_ = changed.closestVertex(QgsPointXY(*point))
    _, place = changed.vertexIdFromVertexNr(index)
    if changed.constGet().vertexCount(place.part, place.ring) <= _LEAST_CORNERS + 1:
        raise LabelingError(
            _tr("A polygon needs three corners; this one cannot be removed."), _tr("Move it, or remove the sample.")
        )
    changed.deleteVertex(index)
    return changed


def reshaped(geometry: QgsGeometry, line: Sequence[Point]) -> QgsGeometry:
    """Return a polygon whose border follows a line between the places where the line crosses it.

    Where the line goes through the polygon the larger side stays; where it goes around outside, what it encloses is
    added.

    Raises:
        LabelingError: the line does not cross the border twice.
    """
    path = _line(line)
    parts = [_reshaped_part(part, path) for part in polygon_parts(geometry)]
    if not any(is_changed for _, is_changed in parts):
        raise LabelingError(
            _tr("The line does not cross the border of the polygon twice."),
            _tr("Start and end it on the same side of the border."),
        )
    return collected([part for part, _ in parts])


def _reshaped_part(part: QgsGeometry, path: QgsGeometry) -> Tuple[QgsGeometry, bool]:
    """Return a polygon with its border put on a line, and whether that changed anything."""
    ways = path.difference(QgsGeometry(part.constGet().boundary())).asGeometryCollection()
    is_inside = [part.contains(way.interpolate(way.length() / 2)) for way in ways]
    changed, is_changed = part, False
    for way in compress(ways, map(not_, is_inside)):
        found = _enclosed(part, way)
        if found is not None:
            changed, is_changed = changed.combine(found), True
    for way in compress(ways, is_inside):
        pieces = _pieces(changed, way)
        if len(pieces) > 1:
            changed, is_changed = max(pieces, key=lambda piece: piece.area()), True
    return changed, is_changed


def _enclosed(part: QgsGeometry, way: QgsGeometry) -> Optional[QgsGeometry]:
    """Return what a line outside of a polygon (or in a hole of it) encloses together with its border."""
    faces = [
        face
        for face in _faces(part, way)
        if not part.contains(face.pointOnSurface()) and face.intersection(way).length() > 0.0
    ]
    return min(faces, key=lambda face: face.area()) if faces else None


def cut(geometry: QgsGeometry, line: Sequence[Point]) -> List[QgsGeometry]:
    """Return the pieces that a line cuts a polygon into, the largest first, with the parts that it does not meet.

    Raises:
        LabelingError: the line does not go through it.
    """
    knife = _line(line)
    kept: List[QgsGeometry] = []
    pieces: List[QgsGeometry] = []
    for part in polygon_parts(geometry):
        found = _pieces(part, knife)
        if len(found) > 1:
            pieces.extend(found)
        else:
            kept.append(part)
    if not pieces:
        raise LabelingError(
            _tr("The line does not cut the polygon in two."), _tr("Start and end it outside of the polygon.")
        )
    pieces.sort(key=lambda piece: piece.area(), reverse=True)
    first = QgsGeometry.collectGeometry([pieces[0], *kept]) if kept else pieces[0]
    return [first, *pieces[1:]]


def _pieces(part: QgsGeometry, knife: QgsGeometry) -> List[QgsGeometry]:
    return [piece for piece in _faces(part, knife) if part.contains(piece.pointOnSurface())]


def _faces(part: QgsGeometry, line: QgsGeometry) -> List[QgsGeometry]:
    """Return the areas that the border of a polygon and a line enclose."""
    lines = QgsGeometry.unaryUnion([QgsGeometry(part.constGet().boundary()), line])
    return QgsGeometry.polygonize([lines]).asGeometryCollection()


def _line(points: Sequence[Point]) -> QgsGeometry:
    return QgsGeometry.fromPolylineXY([QgsPointXY(*point) for point in points])


def _resized(geometry: QgsGeometry, distance: float) -> QgsGeometry:
    # Corners stay corners: a field does not become round by growing.
    return geometry.buffer(distance, _SEGMENTS, Qgis.EndCapStyle.Flat, Qgis.JoinStyle.Miter, _MITER_LIMIT)


def _signed_distance(geometry: QgsGeometry, point: QgsGeometry) -> float:
    distance = QgsGeometry(geometry.constGet().boundary()).distance(point)
    return -distance if geometry.contains(point) else distance


def _no_vertex() -> LabelingError:
    return LabelingError(
        _tr("There is no vertex of the sample here."), _tr("Press on one of its corners, or on its border to add one.")
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("PolygonEdits", text)
