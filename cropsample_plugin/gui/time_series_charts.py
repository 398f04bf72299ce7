"""The charts of a session, and what is to be said in plain words about it."""

from __future__ import annotations

import math
from typing import Dict, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.measures import Measure
from cropsample_plugin.bridge.season_bands import season_numbers, seasons_at
from cropsample_plugin.gui.picked_point import PickedPoint
from cropsample_plugin.gui.series_chart import PlottedSeries, SeasonSpan, SeriesChart, SeriesStyle
from cropsample_plugin.gui.time_series_session import Arrangement, StackChoice, TimeSeriesSession

_MOST_COLUMNS = 3
_MOST_SAID = 3


def obstacle_text(session: TimeSeriesSession) -> str:
    """Return why nothing can be shown and what to do, "" when something can."""
    if session.stack is None:
        gone = _tr("The layer '{}' has been removed from the project. Choose another dated stack.")
        missing = _tr("Choose a dated stack. Build time series makes one out of your rasters.")
        return gone.format(session.gone) if session.gone else missing
    if not session.stack.bands.dates:
        return _tr(
            "'{}' has no dates: no band is named like '2021-06-15 B04'. Run Build time series on your rasters first."
        ).format(session.stack.name)
    try:
        if not session.measures():
            return _tr("Choose a band or an index to show.")
        session.rule()
    except EngineError as error:
        return str(error)
    hint = _tr("Press Pick points and click on the map; hold Ctrl to add points beside the first.")
    return "" if session.points else hint


def make_charts(session: TimeSeriesSession) -> Tuple[List[SeriesChart], int]:
    """Return the charts of what has been read so far, and the number of columns.

    Raises:
        EngineError: there is an obstacle; see `obstacle_text`.
    """
    measures = session.measures()
    points = [point for point in session.points if _is_read(session, point)]
    if session.arrangement is Arrangement.OVERLAID or len(points) <= 1:
        return [_chart(session, measure, points, "") for measure in measures if points], 1
    n_columns = min(len(points), _MOST_COLUMNS)
    return [_chart(session, measure, [point], point.name) for measure in measures for point in points], n_columns


def notes(session: TimeSeriesSession) -> List[str]:
    """Return what is to be said about the points and layers: outside, without data, other years, no scale."""
    if session.stack is None or not session.stack.bands.dates:
        return []
    said = [text for point in session.points for text in _point_notes(session, session.stack, point)]
    said.extend(_stack_notes(session, session.stack))
    return said


def _chart(session: TimeSeriesSession, measure: Measure, points: Sequence[PickedPoint], title: str) -> SeriesChart:
    series: List[PlottedSeries] = []
    for point in points:
        series.extend(_series(session, measure, point))
    seasons = [season for point in points for season in _seasons(session, point)]
    return SeriesChart(title, measure.name, series, seasons, session.profiles.get(measure.name, ()))


def _series(session: TimeSeriesSession, measure: Measure, point: PickedPoint) -> List[PlottedSeries]:
    made = []
    for stack, style in ((session.stack, SeriesStyle.POINTS), (session.processed, SeriesStyle.LINE)):
        own = next((item for item in session.measures_of(stack) if item.name == measure.name), None) if stack else None
        if stack is None or own is None or stack.layer_id not in point.values:
            continue
        is_raw = style is SeriesStyle.POINTS
        made.append(
            PlottedSeries(
                name=point.name if is_raw else _tr("{}, processed").format(point.name),
                color=point.color,
                dates=stack.bands.dates,
                values=own.of(_columns(stack, point, own.bands)),
                clear=_clear(session, stack, point) if is_raw else (),
                style=style,
                marker=point.marker,
            )
        )
    return made


def _columns(stack: StackChoice, point: PickedPoint, bands: Sequence[str]) -> Dict[str, List[float]]:
    values = point.values.get(stack.layer_id, {})
    dates = stack.bands.dates
    return {band: [values.get(stack.bands.number(day, band) or 0, math.nan) for day in dates] for band in bands}


def _clear(session: TimeSeriesSession, stack: StackChoice, point: PickedPoint) -> Tuple[bool, ...]:
    rule, mask = session.rule(), session.mask_stack()
    if rule is None or mask is None:
        return ()
    values = point.values.get(mask.layer_id, {})
    numbers = [mask.bands.number(day, session.mask_band) for day in stack.bands.dates]
    return tuple(rule(values.get(number or 0, math.nan)) for number in numbers)


def _seasons(session: TimeSeriesSession, point: PickedPoint) -> List[SeasonSpan]:
    spans = list(session.sample_seasons.get(point.number, ()))
    choice = session.seasons
    if choice is not None and choice.layer_id in point.values:
        for found in seasons_at(season_numbers(choice.bands), point.values[choice.layer_id]):
            label = _tr("{}, season {}").format(point.name, found.number)
            spans.append(SeasonSpan(found.start, found.peak, found.end, label, point.color))
    return spans


def _is_read(session: TimeSeriesSession, point: PickedPoint) -> bool:
    return session.stack is not None and session.stack.layer_id in point.values


def _point_notes(session: TimeSeriesSession, stack: StackChoice, point: PickedPoint) -> List[str]:
    if point.outside.get(stack.layer_id):
        return [_tr("{} lies outside the stack '{}'.").format(point.name, stack.name)]
    said = []
    if stack.layer_id in point.values:
        read = _series_values(session, stack, point)
        if read is not None and all(math.isnan(value) for value in read):
            said.append(_tr("{} has no data on any date: it is nodata throughout.").format(point.name))
    others = [other for other in (session.processed, session.mask, session.seasons) if other is not None]
    text = _tr("{} lies outside '{}'.")
    return said + [text.format(point.name, other.name) for other in others if point.outside.get(other.layer_id)]


def _series_values(session: TimeSeriesSession, stack: StackChoice, point: PickedPoint) -> Optional[List[float]]:
    try:
        bands = [band for measure in session.measures() for band in measure.bands]
    except EngineError:
        return None
    return [value for column in _columns(stack, point, bands).values() for value in column]


def _stack_notes(session: TimeSeriesSession, stack: StackChoice) -> List[str]:
    said = []
    try:
        for measure in session.measures():
            columns = [_columns(stack, point, measure.bands) for point in session.points]
            if any(measure.is_beyond_reflectance(column) for column in columns):
                said.append(
                    _tr(
                        "{} needs reflectance of 0 to 1, these values are larger: give Build time series the scale."
                    ).format(measure.name)
                )
        if session.processed is not None and not session.measures_of(session.processed):
            said.append(_tr("'{}' has none of the bands shown.").format(session.processed.name))
    except EngineError:
        return said
    if session.processed is not None and not session.processed.bands.dates:
        said.append(_tr("'{}' has no dates.").format(session.processed.name))
    if session.seasons is not None and not season_numbers(session.seasons.bands):
        said.append(_tr("'{}' holds no seasons: choose a result of Detect seasons.").format(session.seasons.name))
    if session.mask is not None and session.mask_band:
        absent = [day for day in stack.bands.dates if session.mask.bands.number(day, session.mask_band) is None]
        if absent:
            days = ", ".join(str(day) for day in absent[:_MOST_SAID])
            said.append(
                _tr("The cloud mask lacks {} of {} dates ({} …), which count as cloudy.").format(
                    len(absent), len(stack.bands.dates), days
                )
            )
    return said


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimeSeriesPanel", text)
