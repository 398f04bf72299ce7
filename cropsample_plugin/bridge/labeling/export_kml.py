"""Labels as KML for Google Earth: a folder and a style for each class."""

from __future__ import annotations

from typing import Dict, List, Mapping, Sequence, Tuple
from xml.sax.saxutils import escape, quoteattr  # nosec B406 - only written here

from qgis.core import QgsGeometry, QgsPointXY, QgsWkbTypes

from cropsample_plugin.bridge.labeling.standing_labels import StandingRow

_UNLABELED = "unlabeled"
_GREY = "#888888"
_OPAQUE, _HALF = "ff", "80"
_DECIMALS = 9
_DATA = ("agreement", "n_labels", "labeler", "confidence", "comment", "labeled_at", "stratum")


def kml_text(features: Sequence[Tuple[StandingRow, QgsGeometry]], colors: Mapping[str, str]) -> str:
    """Return a KML document of points and polygons in degrees."""
    by_class: Dict[str, List[str]] = {}
    for row, geometry in features:
        by_class.setdefault(row.class_name or _UNLABELED, []).append(_placemark(row, geometry))
    parts = [_folder(name, colors.get(name, _GREY), marks) for name, marks in by_class.items()]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
        + "".join(parts)
        + "</Document></kml>\n"
    )


def _folder(name: str, color: str, marks: Sequence[str]) -> str:
    style_id = quoteattr(f"class {name}")
    red, green, blue = color[1:3], color[3:5], color[5:7]
    line, fill = (f"{alpha}{blue}{green}{red}" for alpha in (_OPAQUE, _HALF))
    style = (
        f"<Style id={style_id}><IconStyle><color>{line}</color></IconStyle><LineStyle><color>{line}</color>"
        f"<width>2</width></LineStyle><PolyStyle><color>{fill}</color></PolyStyle></Style>\n"
    )
    url = escape(f"#class {name}")
    placemarks = "".join(mark.replace("<styleUrl/>", f"<styleUrl>{url}</styleUrl>", 1) for mark in marks)
    return f"{style}<Folder><name>{escape(name)}</name>\n{placemarks}</Folder>\n"


def _placemark(row: StandingRow, geometry: QgsGeometry) -> str:
    data = "".join(
        f"<Data name={quoteattr(name)}><value>{escape(str(value))}</value></Data>"
        for name in _DATA
        if (value := getattr(row, name)) not in ("", None)
    )
    return (
        f"<Placemark><name>{escape(row.sample_id)}</name><styleUrl/><ExtendedData>{data}</ExtendedData>"
        f"{_shape(geometry)}</Placemark>\n"
    )


def _shape(geometry: QgsGeometry) -> str:
    if geometry.type() == QgsWkbTypes.GeometryType.PointGeometry:
        return f"<Point><coordinates>{_places([geometry.asPoint()])}</coordinates></Point>"
    polygons = geometry.asMultiPolygon() if geometry.isMultipart() else [geometry.asPolygon()]
    shapes = "".join(map(_polygon, polygons))
    return shapes if len(polygons) == 1 else f"<MultiGeometry>{shapes}</MultiGeometry>"


def _polygon(rings: Sequence[Sequence[QgsPointXY]]) -> str:
    names = ["outerBoundaryIs", *["innerBoundaryIs"] * (len(rings) - 1)]
    inside = "".join(
        f"<{name}><LinearRing><coordinates>{_places(ring)}</coordinates></LinearRing></{name}>"
        for name, ring in zip(names, rings)
    )
    return f"<Polygon>{inside}</Polygon>"


def _places(points: Sequence[QgsPointXY]) -> str:
    return " ".join(f"{point.x():.{_DECIMALS}f},{point.y():.{_DECIMALS}f}" for point in points)
