"""A sample as KML for Google Earth (OGC 07-147r2): its outline, in degrees, longitude first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import List
from xml.sax.saxutils import escape  # nosec B406 - only written here

from qgis.core import (
    QgsAbstractGeometry,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsGeometry,
    QgsProject,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LabelingError

WGS_84 = "EPSG:4326"
_OUTLINE = "ff3bebff"
_WIDTH_PX = 3
# Characters that XML 1.0 cannot hold, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class KmlSample:
    """A sample to show: its name, words about it, the folder to put it in, its geometry in WGS 84."""

    name: str
    description: str
    folder: str
    geometry: QgsGeometry


def in_degrees(geometry: QgsGeometry, crs: QgsCoordinateReferenceSystem) -> QgsGeometry:
    """Return a geometry in WGS 84, curves as lines.

    Raises:
        LabelingError: there is none, or it cannot be placed on the earth.
    """
    if geometry.isNull() or geometry.isEmpty():
        raise LabelingError(_tr("This sample has no place on the map."))
    placed = QgsGeometry(geometry.constGet().segmentize())
    if not crs.isValid():
        raise LabelingError(_tr("The coordinate system of the session is not known."))
    try:
        placed.transform(QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem(WGS_84), QgsProject.instance()))
    except QgsCsException as error:
        raise LabelingError(_tr("This sample cannot be placed on the earth: {}").format(error)) from error
    if not placed.boundingBox().isFinite():
        raise LabelingError(_tr("This sample cannot be placed on the earth."))
    return placed


def kml_text(sample: KmlSample) -> str:
    """Return a KML document with one folder and one outlined sample in it."""
    shape = "".join(_parts(sample.geometry))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<kml xmlns="http://www.opengis.net/kml/2.2">\n'
        f"<Document>\n<name>{_text(sample.folder)}</name>\n"
        f'<Style id="outline"><LineStyle><color>{_OUTLINE}</color><width>{_WIDTH_PX}</width></LineStyle>'
        "<PolyStyle><fill>0</fill></PolyStyle></Style>\n"
        f"<Folder>\n<name>{_text(sample.folder)}</name>\n<open>1</open>\n"
        f"<Placemark>\n<name>{_text(sample.name)}</name>\n<description>{_text(sample.description)}</description>\n"
        f"<styleUrl>#outline</styleUrl>\n<MultiGeometry>{shape}</MultiGeometry>\n"
        "</Placemark>\n</Folder>\n</Document>\n</kml>\n"
    )


def _parts(geometry: QgsGeometry) -> List[str]:
    return [_part(part) for part in geometry.constParts()]


def _part(part: QgsAbstractGeometry) -> str:
    kind = QgsWkbTypes.geometryType(part.wkbType())
    if kind == QgsWkbTypes.GeometryType.PointGeometry:
        return f"<Point>{_coordinates([part])}</Point>"
    if kind == QgsWkbTypes.GeometryType.LineGeometry:
        return f"<LineString><tessellate>1</tessellate>{_coordinates(part.points())}</LineString>"
    rings = [_ring("outerBoundaryIs", part.exteriorRing(), is_outer=True)]
    holes = [part.interiorRing(number) for number in range(part.numInteriorRings())]
    rings += [_ring("innerBoundaryIs", hole, is_outer=False) for hole in holes]
    return f"<Polygon><tessellate>1</tessellate>{''.join(rings)}</Polygon>"


def _ring(role: str, ring: QgsAbstractGeometry, *, is_outer: bool) -> str:
    points = list(ring.points())
    # Outer rings run counter-clockwise, holes clockwise.
    if (_signed_area(points) > 0.0) != is_outer:
        points.reverse()
    return f"<{role}><LinearRing>{_coordinates(points)}</LinearRing></{role}>"


def _signed_area(points: list) -> float:
    return sum(one.x() * two.y() - two.x() * one.y() for one, two in zip(points[:-1], points[1:])) / 2.0


def _coordinates(points: list) -> str:
    return f"<coordinates>{' '.join(f'{point.x():.8f},{point.y():.8f}' for point in points)}</coordinates>"


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SampleKml", text)
