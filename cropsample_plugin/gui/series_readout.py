"""What a chart says at a date: the values in words."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import List, Optional

from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.gui.axis_ticks import position_text
from cropsample_plugin.gui.series_chart import ClassProfile, PlottedSeries, SeriesChart, SeriesStyle, to_number

_MOST_LINES = 14


def readout_lines(chart: SeriesChart, position: float, *, dated: bool) -> List[str]:
    """Return the date and, for each series, season and class, what it is then; the first line is the date."""
    lines = [position_text(position, dated=dated)]
    for series in chart.series:
        text = _series_text(series, position)
        if text:
            lines.append(f"{series.name}: {text}")
    seasons = (item for item in chart.seasons if to_number(item.start) <= position <= to_number(item.end))
    lines.extend(season.label for season in seasons if season.label)
    for profile in chart.profiles:
        text = _profile_text(profile, position)
        if text:
            lines.append(f"{profile.name}: {text}")
    if len(lines) > _MOST_LINES:
        return [*lines[:_MOST_LINES], "…"]
    return lines


def value_at(positions: List[float], values: List[float], position: float) -> Optional[float]:
    """Return the value on the line through known points, None outside them."""
    known = [(x, value) for x, value in zip(positions, values) if not math.isnan(value)]
    places = [x for x, _ in known]
    after = bisect_left(places, position)
    if after < len(known) and places[after] == position:
        return known[after][1]
    if after in (0, len(known)):
        return None
    (x_0, value_0), (x_1, value_1) = known[after - 1], known[after]
    return value_0 + (value_1 - value_0) * (position - x_0) / (x_1 - x_0)


def _series_text(series: PlottedSeries, position: float) -> str:
    places = [to_number(day) for day in series.dates]
    if series.style is SeriesStyle.LINE:
        value = value_at(places, list(series.values), position)
        return "" if value is None else _number(value)
    if position not in places:
        return ""
    row = places.index(position)
    if math.isnan(series.values[row]):
        return _tr("no data")
    text = _number(series.values[row])
    return text if series.clear[row] else _tr("{} (cloudy)").format(text)


def _profile_text(profile: ClassProfile, position: float) -> str:
    places = [to_number(day) for day in profile.dates]
    mean = value_at(places, list(profile.mean), position)
    spread = value_at(places, list(profile.spread), position)
    if mean is None:
        return ""
    return _number(mean) if spread is None else f"{_number(mean)} ± {_number(spread)}"


def _number(value: float) -> str:
    return f"{value:.4g}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("SeriesPlot", text)
