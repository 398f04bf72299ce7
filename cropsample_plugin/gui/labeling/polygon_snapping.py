"""Where a point that the user places really goes: the project's snapping, borders of other samples, the pixel grid."""

from __future__ import annotations

from typing import Collection, Optional

from qgis.core import QgsGeometry, QgsPointLocator, QgsPointXY, QgsProject, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapTool

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.polygon_shapes import Point, moved_point, transformed
from cropsample_plugin.gui.labeling.polygon_facts import Place

_MOST_SAMPLES = 50


def snapped_by_project(canvas: QgsMapCanvas, point: QgsPointXY) -> Optional[QgsPointLocator.Match]:
    """Return what the project's snapping finds near a point of the map, None for nothing or where it is off."""
    utils, config = canvas.snappingUtils(), QgsProject.instance().snappingConfig()
    # Only the main map's follows the project by itself.
    if utils.config() != config:
        utils.setConfig(config)
    if not config.enabled():
        return None
    match = utils.snapToMap(point)
    return match if match.isValid() else None


def snapped_to_samples(place: Place, point: Point, tolerance: float, but: Collection[str] = ()) -> Optional[Point]:
    """Return the corner of a sample near a point, else the nearest place on a border, None where none is near."""
    spot = QgsPointXY(*point)
    box = QgsRectangle.fromCenterAndSize(spot, 2 * tolerance, 2 * tolerance)
    corners, borders = [], []
    for name in place.index.within(box, _MOST_SAMPLES):
        geometry = None if name in but else place.index.geometry(name)
        if geometry is None:
            continue
        corner, *_, corner_squared = geometry.closestVertex(spot)
        border_squared, border, *_ = geometry.closestSegmentWithContext(spot)
        corners.append((corner_squared, corner.x(), corner.y()))
        borders.append((border_squared, border.x(), border.y()))
    for found in (corners, borders):
        near = [item for item in found if 0.0 <= item[0] <= tolerance * tolerance]
        if near:
            _, x, y = min(near)
            return x, y
    return None


def snapped_to_pixels(place: Place, point: Point) -> Point:
    """Return the corner of a pixel of the stack nearest to a point, the point itself without a stack.

    Raises:
        LabelingError: the place does not exist in the stack's coordinate system.
    """
    if place.grid is None:
        return point
    on_grid = moved_point(point, place.crs, place.grid.crs)
    return moved_point(place.grid.nearest_corner(*on_grid), place.grid.crs, place.crs)


def tolerance_of(canvas: QgsMapCanvas, place: Place) -> float:
    """Return how near is near at the middle of a map, in units of the session's coordinates."""
    middle, radius = canvas.center(), QgsMapTool.searchRadiusMU(canvas)
    way = QgsGeometry.fromPolylineXY([middle, QgsPointXY(middle.x() + radius, middle.y())])
    try:
        return float(transformed(way, canvas.mapSettings().destinationCrs(), place.crs).length())
    except LabelingError:
        return 0.0
