"""Where charts go on a plot, and how dates and values become pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, Iterable, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QFontMetricsF

from cropsample_plugin.gui.axis_ticks import Tick, date_ticks, number_ticks
from cropsample_plugin.gui.series_chart import SeriesChart, is_dated

Range = Tuple[float, float]

_MARGIN_SHARE = 0.06
_TICK_GAP_EM = 0.35
_SMALLEST_CHART_EM = 7.5
_CONSTANT_MARGIN = 0.05


@dataclass(frozen=True)
class ChartArea:
    """A chart with its place.

    Attributes:
        chart: what is drawn.
        rect: the area inside the axes, in pixels of the device.
        dates, values: range of either axis.
        date_ticks, value_ticks: ticks of either axis.
        dated: whether the axis is one of dates.
        has_date_labels: False where the chart below has them.
    """

    chart: SeriesChart
    rect: QRectF
    dates: Range
    values: Range
    date_ticks: Tuple[Tick, ...]
    value_ticks: Tuple[Tick, ...]
    dated: bool
    has_date_labels: bool

    def x(self, position: float) -> float:
        """Return where a position is across."""
        first, last = self.dates
        return self.rect.left() + (position - first) / (last - first) * self.rect.width()

    def y(self, value: float) -> float:
        """Return where a value is, downwards."""
        low, high = self.values
        return self.rect.bottom() - (value - low) / (high - low) * self.rect.height()

    def position(self, x: float) -> float:
        """Return the position that lies at a place across."""
        first, last = self.dates
        return first + (x - self.rect.left()) / max(self.rect.width(), 1.0) * (last - first)


@dataclass(frozen=True)
class PlotFrame:
    """The space that charts share.

    Attributes:
        rect: the whole of it.
        n_columns: charts beside each other.
        metrics: of the font that is drawn with, on the device that is drawn on.
        dates: range to show; None for all.
    """

    rect: QRectF
    n_columns: int
    metrics: QFontMetricsF
    dates: Optional[Range] = None


def place_charts(charts: Sequence[SeriesChart], frame: PlotFrame) -> List[ChartArea]:
    """Return the charts with their places, row by row."""
    n_columns = max(1, min(frame.n_columns, len(charts)))
    n_rows = math.ceil(len(charts) / n_columns) if charts else 1
    em, dated = frame.metrics.height(), is_dated(charts)
    ranges = value_ranges(charts)
    left, foot = _label_width(ranges.values(), frame.metrics), em * (2.2 if dated else 1.2) + _TICK_GAP_EM * em
    width = (frame.rect.width() - em * 0.6) / n_columns
    height = (frame.rect.height() - foot) / n_rows
    dates = frame.dates or date_range(charts)
    areas = []
    for number, chart in enumerate(charts):
        row, column = divmod(number, n_columns)
        head = em * (1.35 if chart.title or chart.value_label else 0.5)
        rect = QRectF(
            frame.rect.left() + column * width + left,
            frame.rect.top() + row * height + head,
            max(width - left - em * 0.5, 1.0),
            max(height - head - em * 0.5, 1.0),
        )
        areas.append(
            ChartArea(
                chart=chart,
                rect=rect,
                dates=dates,
                values=ranges[chart.value_label],
                date_ticks=tuple(_date_ticks(dates, rect.width(), frame.metrics, dated=dated)),
                value_ticks=tuple(
                    number_ticks(*ranges[chart.value_label], most=max(2, int(rect.height() / (1.2 * em))))
                ),
                dated=dated,
                has_date_labels=number + n_columns >= len(charts),
            )
        )
    return areas


def smallest_height(n_charts: int, n_columns: int, em: float) -> float:
    """Return the pixels below which charts cannot be read."""
    n_rows = math.ceil(n_charts / max(1, min(n_columns, n_charts))) if n_charts else 1
    return em * (n_rows * _SMALLEST_CHART_EM + 3.0)


def date_range(charts: Iterable[SeriesChart]) -> Range:
    """Return the first and the last date of the series, else of the profiles, with a little room."""
    positions = [position for chart in charts for position in chart.positions()]
    if not positions:
        return (0.0, 1.0)
    first, last = min(positions), max(positions)
    room = max(0.015 * (last - first), 0.5)
    return (first - room, last + room)


def value_ranges(charts: Sequence[SeriesChart]) -> Dict[str, Range]:
    """Return the range of values of each value label, over all charts of it, with a little room."""
    found: Dict[str, List[float]] = {}
    for chart in charts:
        found.setdefault(chart.value_label, []).extend(_values(chart))
    return {label: _with_room(values) for label, values in found.items()}


def _values(chart: SeriesChart) -> List[float]:
    values = [value for series in chart.series for value in series.values]
    for profile in chart.profiles:
        for mean, spread in zip(profile.mean, profile.spread):
            half = 0.0 if math.isnan(spread) else spread
            values.extend((mean - half, mean + half))
    return [value for value in values if not math.isnan(value)]


def _with_room(values: Sequence[float]) -> Range:
    if not values:
        return (0.0, 1.0)
    low, high = min(values), max(values)
    room = (high - low) * _MARGIN_SHARE or abs(high) * _CONSTANT_MARGIN or 1.0
    return (low - room, high + room)


def _label_width(ranges: Iterable[Range], metrics: QFontMetricsF) -> float:
    texts = [tick.text for low_high in ranges for tick in number_ticks(*low_high, most=6)]
    return max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + metrics.height() * 0.9


def _date_ticks(dates: Range, width: float, metrics: QFontMetricsF, *, dated: bool) -> List[Tick]:
    # As close as years and months may stand; of days, which are wider, those without room stay without a text.
    most = max(2, int(width / (metrics.horizontalAdvance("00000") * 1.15)))
    ticks = date_ticks if dated else number_ticks
    return ticks(*dates, most=most)


def nearest_position(charts: Iterable[SeriesChart], position: float) -> Optional[float]:
    """Return the date, as a number, that is nearest to a position; None where there is none."""
    positions = [found for chart in charts for found in chart.stops()]
    return min(positions, key=lambda found: abs(found - position), default=None)
