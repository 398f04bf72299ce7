"""Geometries as a session takes them: points and polygons, flat, valid, in its coordinate system."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsPointXY,
    QgsWkbTypes,
)

from cropsample_plugin.bridge.labeling.label_events import LabelingError

_OUTSIDE = "it lies outside the session's coordinate system"
_TOLERANCE_DEGREES = 1e-5
_TOLERANCE_M = 1.0


@dataclass(frozen=True)
class SampleShape:
    """One sample: geometry in the session's coordinate system, a point inside it, and whether it had to be repaired."""

    geometry: QgsGeometry
    center: QgsPointXY
    is_repaired: bool = False


class RefusedShapeError(Exception):
    """Why a geometry cannot be a sample."""


class ShapePreparation:
    """Brings geometries from one coordinate system into another."""

    def __init__(
        self,
        source: QgsCoordinateReferenceSystem,
        target: QgsCoordinateReferenceSystem,
        context: QgsCoordinateTransformContext,
    ) -> None:
        if not source.isValid():
            raise LabelingError("The coordinate system of the places is not known.", "Choose it.")
        if not target.isValid():
            raise LabelingError("The session's coordinate system is not known.", "Open the session again.")
        self._transform = QgsCoordinateTransform(source, target, context)
        self._way_back = QgsCoordinateTransform(target, source, context)

    def shapes(self, geometry: QgsGeometry) -> List[SampleShape]:
        """Return the samples of a geometry: one, or one for each point of a multipoint.

        Raises:
            RefusedShapeError: a line, or one that cannot be repaired or brought into the session's system.
        """
        kind = geometry.type()
        if kind == QgsWkbTypes.GeometryType.LineGeometry:
            raise RefusedShapeError("it is a line, no point and no polygon")
        if kind not in (QgsWkbTypes.GeometryType.PointGeometry, QgsWkbTypes.GeometryType.PolygonGeometry):
            raise RefusedShapeError("it is no point and no polygon")
        flat = _flat(geometry)
        self._bring_over(flat)
        if kind == QgsWkbTypes.GeometryType.PointGeometry:
            return [_point(part) for part in _points(flat)]
        return [_polygon(flat)]

    def _bring_over(self, geometry: QgsGeometry) -> None:
        """Transform a geometry in place, and prove by the way back that its first corner has a place there."""
        if self._transform.isShortCircuited():
            return
        corner = QgsPointXY(geometry.vertexAt(0))
        tolerance = _TOLERANCE_DEGREES if self._transform.sourceCrs().isGeographic() else _TOLERANCE_M
        try:
            geometry.transform(self._transform)
            back = self._way_back.transform(QgsPointXY(geometry.vertexAt(0)))
        except QgsCsException as error:
            raise RefusedShapeError(_OUTSIDE) from error
        if not back.compare(corner, tolerance):
            raise RefusedShapeError(_OUTSIDE)


def _flat(geometry: QgsGeometry) -> QgsGeometry:
    """Return a copy without Z and M, curves as segments."""
    abstract = geometry.constGet()
    abstract = abstract.segmentize() if QgsWkbTypes.isCurvedType(abstract.wkbType()) else abstract.clone()
    abstract.dropZValue()
    abstract.dropMValue()
    return QgsGeometry(abstract)


def _points(geometry: QgsGeometry) -> List[QgsPointXY]:
    return geometry.asMultiPoint() if geometry.isMultipart() else [geometry.asPoint()]


def _point(place: QgsPointXY) -> SampleShape:
    _require_finite(place.x(), place.y())
    return SampleShape(QgsGeometry.fromPointXY(place), place)


def _polygon(geometry: QgsGeometry) -> SampleShape:
    box = geometry.boundingBox()
    _require_finite(box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    is_valid = geometry.isGeosValid()
    fixed = geometry if is_valid else _polygons_of(geometry.makeValid())
    if fixed.isNull() or fixed.isEmpty() or fixed.area() <= 0:
        raise RefusedShapeError("its outline encloses nothing")
    if fixed.isMultipart() and fixed.constGet().numGeometries() == 1:
        fixed.convertToSingleType()
    return SampleShape(fixed, fixed.pointOnSurface().asPoint(), not is_valid)


def _polygons_of(geometry: QgsGeometry) -> QgsGeometry:
    """Return the polygons of what a repair left, which may be a collection with lines."""
    parts = [
        part for part in geometry.asGeometryCollection() if part.type() == QgsWkbTypes.GeometryType.PolygonGeometry
    ]
    return QgsGeometry.unaryUnion(parts) if parts else QgsGeometry()


def _require_finite(*numbers: float) -> None:
    if not all(map(math.isfinite, numbers)):
        raise RefusedShapeError(_OUTSIDE)
