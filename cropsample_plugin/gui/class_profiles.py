"""Mean and spread of the classes of a series layer, read in the background and laid on the dates of a stack."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Dict, List, Sequence, Tuple

from qgis.core import QgsCategorizedSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.layer_snapshot import LayerSnapshot
from cropsample_plugin.bridge.measures import Measure, measures_among
from cropsample_plugin.bridge.series_fields import (
    AxisKind,
    ClassSeries,
    SeriesFields,
    find_series_fields,
    summarise_classes,
)
from cropsample_plugin.bridge.styles import class_color_at
from cropsample_plugin.gui.background_call import BackgroundCall
from cropsample_plugin.gui.series_chart import ClassProfile
from cropsample_plugin.gui.series_reading import Job

MOST_SHOWN_AT_FIRST = 4


def profile_problem(layer: QgsVectorLayer, measures: Sequence[Measure]) -> str:
    """Return why a layer's classes cannot be drawn behind the measures, "" when they can."""
    fields = find_series_fields([field.name() for field in layer.fields()])
    if fields is None:
        return _tr("'{}' has no series fields such as B04_20210615: run Extract time series on it.").format(
            layer.name()
        )
    if fields.kind is AxisKind.STEP:
        return _tr("The series of '{}' are steps of each sample's own season, which have no dates.").format(
            layer.name()
        )
    if not measures_among(measures, fields.bands):
        return _tr("'{}' has the bands {}, none of those shown.").format(layer.name(), ", ".join(fields.bands))
    return ""


def profile_job(layer: QgsVectorLayer, class_field: str, measures: Sequence[Measure]) -> Job:
    """Return a function for the background that gives measure name to `ClassSeries`; main thread, no problem left."""
    fields = find_series_fields([field.name() for field in layer.fields()])
    snapshot = LayerSnapshot(layer)

    def summarise(task: BackgroundCall) -> Tuple[SeriesFields, Dict[str, List[ClassSeries]]]:
        among = measures_among(measures, fields.bands)
        return fields, summarise_classes(snapshot, fields, class_field, among, task.isCanceled)

    return summarise


def make_profiles(
    fields: SeriesFields,
    found: Sequence[ClassSeries],
    colors: Dict[str, str],
    dates: Sequence[date],
) -> List[ClassProfile]:
    """Return profiles on the dates of the fields; days of the year come once for each year of the stack's dates."""
    if not dates:
        return []
    years = range(dates[0].year, dates[-1].year + 1)
    profiles = []
    for place, item in enumerate(found):
        days: List[date] = list(fields.labels)  # type: ignore[arg-type]
        mean, spread = item.mean, item.spread
        if fields.kind is AxisKind.DAY_OF_YEAR:
            days = [date(year, 1, 1) + timedelta(days=int(label) - 1) for year in years for label in fields.labels]
            mean, spread = mean * len(years), spread * len(years)
        color = colors.get(item.name) or class_color_at(place)
        profiles.append(ClassProfile(item.name, color, days, mean, spread, item.n_samples))
    return profiles


def class_colors(layer: QgsVectorLayer, class_field: str) -> Dict[str, str]:
    """Return class to the colour that the layer is drawn with, empty where it is not drawn by class."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return {}
    if renderer.classAttribute().strip('"') != class_field:
        return {}
    return {str(item.value()): item.symbol().color().name() for item in renderer.categories() if item.symbol()}


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimeSeriesPanel", text)
