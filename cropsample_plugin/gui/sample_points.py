"""Points to look at out of the selected features of a layer, with the seasons that their fields hold."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import QgsFeature, QgsFeatureRequest, QgsPointXY, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.series_fields import text_of
from cropsample_plugin.gui.picked_point import MOST_POINTS, PickedPoint
from cropsample_plugin.gui.series_chart import SeasonSpan

_MOST_SEASONS = 10
_DATE_LENGTH = 10


def selected_points(layer: QgsVectorLayer, class_field: str) -> Tuple[List[PickedPoint], Dict[int, List[SeasonSpan]]]:
    """Return up to `MOST_POINTS` points, in or on the selected features, and point number to its seasons."""
    request = QgsFeatureRequest().setFilterFids(sorted(layer.selectedFeatureIds())[:MOST_POINTS])
    points: List[PickedPoint] = []
    seasons: Dict[int, List[SeasonSpan]] = {}
    for feature in sorted(layer.getFeatures(request), key=lambda item: item.id()):
        place = _place(feature)
        if place is None:
            continue
        point = PickedPoint(len(points), _name(feature, class_field), place, layer.crs())
        points.append(point)
        spans = feature_seasons(feature, point)
        if spans:
            seasons[point.number] = spans
    return points, seasons


def feature_seasons(feature: QgsFeature, point: PickedPoint) -> List[SeasonSpan]:
    """Return the seasons of a feature of *Detect seasons*: its fields ``season_1_start``, ``season_1_peak``, ..."""
    spans = []
    for number in range(1, _MOST_SEASONS + 1):
        days = [_day(feature, f"season_{number}_{part}") for part in ("start", "peak", "end")]
        if days[0] is not None and days[2] is not None:
            label = _tr("{}, season {}").format(point.name, number)
            spans.append(SeasonSpan(days[0], days[1], days[2], label, point.color))
    return spans


def _place(feature: QgsFeature) -> Optional[QgsPointXY]:
    geometry = feature.geometry()
    if geometry.isNull() or geometry.isEmpty():
        return None
    inside = geometry.pointOnSurface()
    return None if inside.isNull() else inside.asPoint()


def _name(feature: QgsFeature, class_field: str) -> str:
    index = feature.fieldNameIndex(class_field)
    label = text_of(feature.attribute(index)) if index >= 0 else ""
    return _tr("{} (sample {})").format(label, feature.id()) if label else _tr("sample {}").format(feature.id())


def _day(feature: QgsFeature, field: str) -> Optional[date]:
    index = feature.fieldNameIndex(field)
    value: Any = feature.attribute(index) if index >= 0 else None
    if not text_of(value):
        return None
    text = value.toString("yyyy-MM-dd") if hasattr(value, "toString") else str(value)
    try:
        return date.fromisoformat(text[:_DATE_LENGTH])
    except ValueError:
        return None


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimeSeriesPanel", text)
