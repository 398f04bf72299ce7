"""Polygons out of the points of a gesture, moved between coordinate systems, and checked before they become samples."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import List, Sequence, Tuple

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsDistanceArea,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LabelingError

Point = Tuple[float, float]
# Nothing smaller can be seen in imagery, or was meant.
LEAST_AREA_M2 = 1.0
_CIRCLE_SEGMENTS = 16
_ELLIPSOID = "EPSG:7030"
_DECIMALS_OF_CENTER = 4


def polygon(points: Sequence[Point]) -> QgsGeometry:
    """Return the polygon with these corners; the first need not be repeated."""
    return QgsGeometry.fromPolygonXY([[QgsPointXY(*point) for point in (*points, points[0])]])


def rectangle(corner: Point, opposite: Point) -> QgsGeometry:
    """Return the rectangle along the axes with these opposite corners."""
    (left, bottom), (right, top) = corner, opposite
    return polygon([(left, bottom), (right, bottom), (right, top), (left, top)])


def rotated_rectangle(start: Point, end: Point, side: Point) -> QgsGeometry:
    """Return the rectangle over the base from start to end whose opposite side goes through a point."""
    along = (end[0] - start[0], end[1] - start[1])
    length = math.hypot(*along)
    if length == 0.0:
        return QgsGeometry()
    across = (-along[1] / length, along[0] / length)
    height = (side[0] - end[0]) * across[0] + (side[1] - end[1]) * across[1]
    shift = (across[0] * height, across[1] * height)
    return polygon([start, end, _moved(end, shift), _moved(start, shift)])


def circle(center: Point, edge: Point, crs: QgsCoordinateReferenceSystem) -> QgsGeometry:
    """Return the circle on the ground around a center through a point, in a coordinate system of any kind.

    In a valid system the radius is measured in metres and is the same in all directions on the ground, which in
    degrees is an ellipse.
    """
    local = local_system(QgsPointXY(*center), crs)
    middle = transformed(QgsGeometry.fromPointXY(QgsPointXY(*center)), crs, local)
    border = transformed(QgsGeometry.fromPointXY(QgsPointXY(*edge)), crs, local)
    return transformed(middle.buffer(middle.distance(border), _CIRCLE_SEGMENTS), local, crs)


def local_system(center: QgsPointXY, crs: QgsCoordinateReferenceSystem) -> QgsCoordinateReferenceSystem:
    """Return a system in metres that is true around a point (azimuthal equidistant); ``crs`` where that is invalid."""
    if not crs.isValid():
        return crs
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    place = transformed(QgsGeometry.fromPointXY(center), crs, degrees).asPoint()
    return _equidistant(round(place.x(), _DECIMALS_OF_CENTER), round(place.y(), _DECIMALS_OF_CENTER))


def transformed(
    geometry: QgsGeometry, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> QgsGeometry:
    """Return a geometry in another coordinate system; as it is where either of the systems is invalid.

    Raises:
        LabelingError: it does not exist there.
    """
    moved = QgsGeometry(geometry)
    if not source.isValid() or not target.isValid() or source == target or moved.isEmpty():
        return moved
    try:
        moved.transform(QgsCoordinateTransform(source, target, QgsProject.instance()))
    except QgsCsException as error:
        raise _nowhere(target) from error
    if not moved.boundingBox().isFinite():
        raise _nowhere(target)
    return moved


def moved_point(point: Point, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem) -> Point:
    """Return where a point lies in another coordinate system; raises as `transformed` does."""
    place = transformed(QgsGeometry.fromPointXY(QgsPointXY(*point)), source, target).asPoint()
    return place.x(), place.y()


def area_m2(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> float:
    """Return the area on the ground, in square units of the coordinates where the system is invalid."""
    measure = QgsDistanceArea()
    if crs.isValid():
        measure.setSourceCrs(crs, QgsProject.instance().transformContext())
        measure.setEllipsoid(_ELLIPSOID)
    return float(measure.measureArea(geometry))


def crossing(geometry: QgsGeometry) -> str:
    """Return what is wrong with the border of a polygon, "" for nothing."""
    if geometry.isEmpty() or geometry.isGeosValid():
        return ""
    found = geometry.validateGeometry(Qgis.GeometryValidationEngine.Geos)
    return found[0].what() if found else _tr("not a valid polygon")


def checked(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> QgsGeometry:
    """Return a polygon that may become a sample, as it is.

    Raises:
        LabelingError: empty, crossing itself, or smaller than `LEAST_AREA_M2`.
    """
    if geometry.isNull() or geometry.isEmpty():
        raise LabelingError(_tr("Nothing would be left of the polygon."), _tr("Change less of it."))
    wrong = crossing(geometry)
    if wrong:
        raise LabelingError(
            _tr("The border of the polygon crosses itself ({}).").format(wrong),
            _tr("Take points back with Backspace and go around without crossing."),
        )
    area = area_m2(geometry, crs)
    if area < LEAST_AREA_M2:
        raise LabelingError(
            _tr("The polygon has only {} square metres.").format(f"{area:.2g}"), _tr("Zoom in, or draw it larger.")
        )
    return geometry


def repaired(geometry: QgsGeometry) -> Tuple[QgsGeometry, bool]:
    """Return a polygon without curves, heights and crossings of its border, and whether a crossing was repaired.

    Raises:
        LabelingError: it has no area that could be kept.
    """
    flat = QgsGeometry(geometry)
    if not flat.isEmpty():
        flat.convertToStraightSegment()
        flat.get().dropZValue()
        flat.get().dropMValue()
    is_repaired = bool(crossing(flat))
    if is_repaired:
        flat = flat.makeValid()
    parts = [part for part in polygon_parts(flat) if part.area() > 0.0]
    if not parts:
        raise LabelingError(_tr("The object is empty or has no area."), _tr("Pick another one, or draw the polygon."))
    return collected(parts), is_repaired


def polygon_parts(geometry: QgsGeometry) -> List[QgsGeometry]:
    """Return the single polygons of a geometry of any kind."""
    return [
        part
        for part in geometry.asGeometryCollection()
        if QgsWkbTypes.geometryType(part.wkbType()) == QgsWkbTypes.GeometryType.PolygonGeometry
    ]


def collected(parts: Sequence[QgsGeometry]) -> QgsGeometry:
    """Return one polygon for one part, else a multi-polygon; parts that touch or overlap become one."""
    if len(parts) == 1:
        return QgsGeometry(parts[0])
    found = polygon_parts(QgsGeometry.unaryUnion(list(parts)))
    return found[0] if len(found) == 1 else QgsGeometry.collectGeometry(found)


def inside_point(geometry: QgsGeometry) -> Point:
    """Return the centroid where it lies inside, else another point inside."""
    point = geometry.centroid()
    if not geometry.contains(point):
        point = geometry.pointOnSurface()
    return point.asPoint().x(), point.asPoint().y()


@lru_cache(maxsize=64)
def _equidistant(longitude: float, latitude: float) -> QgsCoordinateReferenceSystem:
    text = f"+proj=aeqd +lat_0={latitude} +lon_0={longitude} +datum=WGS84 +units=m +no_defs"
    return QgsCoordinateReferenceSystem.fromProj(text)


def _moved(point: Point, shift: Point) -> Point:
    return point[0] + shift[0], point[1] + shift[1]


def _nowhere(crs: QgsCoordinateReferenceSystem) -> LabelingError:
    return LabelingError(
        _tr("This place does not exist in the coordinate system {}.").format(crs.userFriendlyIdentifier()),
        _tr("Draw nearer to the samples, or give the map another coordinate system."),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("PolygonShapes", text)
