"""Geometries of KML placemarks."""

from __future__ import annotations

import math
import re
from typing import Iterator, List, Optional, Tuple
from xml.etree.ElementTree import Element  # nosec B405 - a type

from qgis.core import QgsGeometry, QgsPointXY

_LEAST_RING = 3
_MOST_LONGITUDE, _MOST_LATITUDE = 180.0, 90.0


class ShapeError(Exception):
    """Why a placemark's geometry cannot be used, and the text at fault."""

    def __init__(self, problem: str, value: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.value = value


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def placemark_shape(placemark: Element) -> QgsGeometry:
    """Return the geometry of a placemark: a point, a polygon with its holes, or several of one kind.

    A closed line is a polygon.

    Raises:
        ShapeError: there is none, or it is no point and no polygon.
    """
    shapes = [shape for element in placemark for shape in _shapes(element)]
    if not shapes:
        raise ShapeError("it has no geometry")
    if len(shapes) == 1:
        return shapes[0]
    if len({shape.type() for shape in shapes}) > 1:
        raise ShapeError("it holds points and polygons together")
    return QgsGeometry.collectGeometry(shapes)


def _shapes(element: Element) -> Iterator[QgsGeometry]:
    name = local_name(element)
    if name == "Point":
        yield QgsGeometry.fromPointXY(_places(element)[0])
    elif name == "Polygon":
        yield QgsGeometry.fromPolygonXY(_rings(element))
    elif name == "LinearRing":
        yield QgsGeometry.fromPolygonXY([_ring(_places(element))])
    elif name == "LineString":
        places = _places(element)
        if places[0] != places[-1] or len(places) <= _LEAST_RING:
            raise ShapeError("it is an open line")
        yield QgsGeometry.fromPolygonXY([_ring(places)])
    elif name == "MultiGeometry":
        for child in element:
            yield from _shapes(child)
    elif name in ("Model", "Track", "MultiTrack"):
        raise ShapeError(f"it is a {name}, no point and no polygon")


def _rings(polygon: Element) -> List[List[QgsPointXY]]:
    outer: Optional[List[QgsPointXY]] = None
    inner: List[List[QgsPointXY]] = []
    for boundary in polygon:
        for ring in boundary:
            if local_name(ring) != "LinearRing":
                continue
            if local_name(boundary) == "outerBoundaryIs":
                outer = _ring(_places(ring))
            elif local_name(boundary) == "innerBoundaryIs":
                inner.append(_ring(_places(ring)))
    if outer is None:
        raise ShapeError("its polygon has no outline")
    return [outer, *inner]


def _ring(places: List[QgsPointXY]) -> List[QgsPointXY]:
    if len({(place.x(), place.y()) for place in places}) < _LEAST_RING:
        raise ShapeError("its outline has fewer than three corners")
    return places if places[0] == places[-1] else [*places, places[0]]


def _places(shape: Element) -> List[QgsPointXY]:
    """Return the coordinates of a shape: ``longitude,latitude[,altitude]`` apart by white space."""
    text = next((child.text or "" for child in shape if local_name(child) == "coordinates"), "")
    places = [QgsPointXY(*_place(word)) for word in re.sub(r"\s*,\s*", ",", text).split()]
    if not places:
        raise ShapeError("it has no coordinates")
    return places


def _place(word: str) -> Tuple[float, float]:
    try:
        longitude, latitude = (float(number) for number in word.split(",")[:2])
    except ValueError as error:
        raise ShapeError("its coordinates are no numbers", word[:80]) from error
    if not (math.isfinite(longitude) and abs(longitude) <= _MOST_LONGITUDE and abs(latitude) <= _MOST_LATITUDE):
        raise ShapeError("its coordinates are no longitude and latitude", word[:80])
    return longitude, latitude
