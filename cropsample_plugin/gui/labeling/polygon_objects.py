"""Objects of a segmentation as samples: which lies under a point, and several as one."""

from __future__ import annotations

from typing import List, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureRequest,
    QgsGeometry,
    QgsPointXY,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.polygon_edits import part_at
from cropsample_plugin.bridge.labeling.polygon_shapes import Point, collected, moved_point, repaired, transformed

# A rectangle without size would select everything.
_POINT_SHARE = 1e-9


def picked_objects(
    layer: QgsVectorLayer, points: Sequence[Point], crs: QgsCoordinateReferenceSystem
) -> Tuple[QgsGeometry, bool]:
    """Return the objects under points as one geometry, and whether a border that crossed itself was repaired.

    An object with a second point in it is left out; of an object of several parts only the part under the point counts.

    Args:
        layer: polygons.
        points: in ``crs``.
        crs: of the points and of the result.

    Raises:
        LabelingError: no object at a point, or none is left.
    """
    picked: List[QgsGeometry] = []
    is_repaired = False
    for point in points:
        found, was_repaired = _object_at(layer, point, crs)
        is_repaired = is_repaired or was_repaired
        others = [other for other in picked if not other.equals(found)]
        picked = others if len(others) < len(picked) else [*picked, found]
    if not picked:
        raise LabelingError(_tr("No object is chosen."), _tr("Click objects of '{}'.").format(layer.name()))
    return collected(picked), is_repaired


def _object_at(layer: QgsVectorLayer, point: Point, crs: QgsCoordinateReferenceSystem) -> Tuple[QgsGeometry, bool]:
    """Return the part of the smallest object under a point, and whether it was repaired."""
    x, y = moved_point(point, crs, layer.crs())
    size = max(abs(x), abs(y)) * _POINT_SHARE
    box = QgsRectangle.fromCenterAndSize(QgsPointXY(x, y), size, size)
    place = QgsGeometry.fromPointXY(QgsPointXY(x, y))
    found = []
    for feature in layer.getFeatures(QgsFeatureRequest().setFilterRect(box).setNoAttributes()):
        try:
            geometry, is_repaired = repaired(feature.geometry())
        except LabelingError:
            continue
        if geometry.intersects(place):
            found.append((geometry.area(), part_at(geometry, (x, y)), is_repaired))
    if not found:
        raise LabelingError(
            _tr("There is no object of '{}' here.").format(layer.name()), _tr("Click inside of one, or draw.")
        )
    _, part, is_repaired = min(found, key=lambda item: item[0])
    return transformed(part, layer.crs(), crs), is_repaired


def _tr(text: str) -> str:
    return QCoreApplication.translate("PolygonObjects", text)
