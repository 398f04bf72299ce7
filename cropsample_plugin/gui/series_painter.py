"""Draw charts of series with a QPainter: on the screen, into a picture, into an SVG; sizes follow the font."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator, List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QPointF, QRect, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPalette, QPen, QPolygonF

from cropsample_plugin.gui.appearance import readable_on
from cropsample_plugin.gui.plot_layout import ChartArea
from cropsample_plugin.gui.series_chart import ClassProfile, Marker, PlottedSeries, SeasonSpan, SeriesStyle, to_number

_MARKER_EM = 0.20
_PROFILE_ALPHA = 46
_SEASON_ALPHA = 34
_JOIN_ALPHA = 80
_BOX_ALPHA = 225
_ROTATION = math.pi / 4


@dataclass(frozen=True)
class PlotLook:
    """Colours and font metrics that a plot is drawn with.

    Attributes:
        ground, text: background and foreground.
        metrics: of the painter's font on its device.
    """

    ground: QColor
    text: QColor
    metrics: QFontMetricsF

    @classmethod
    def of(cls, palette: QPalette, metrics: QFontMetricsF) -> PlotLook:
        """Return the look of a palette, so that dark themes and high contrast work."""
        ground = palette.color(QPalette.ColorRole.Base)
        return cls(ground, readable_on(ground, palette), metrics)

    @classmethod
    def for_print(cls, metrics: QFontMetricsF) -> PlotLook:
        """Return black on white."""
        return cls(QColor("#ffffff"), QColor("#202020"), metrics)

    @property
    def em(self) -> float:
        """Height of a line of text: the unit of all sizes."""
        return float(self.metrics.height())

    def faint(self, share: float) -> QColor:
        """Return the foreground mixed into the background; 1 is the foreground."""
        pairs = zip(self.text.getRgb()[:3], self.ground.getRgb()[:3])
        return QColor(*(round(share * near + (1 - share) * far) for near, far in pairs))


def draw_chart(painter: QPainter, area: ChartArea, look: PlotLook) -> None:
    """Draw one chart: grid, seasons, class profiles, series, axes and their texts."""
    _draw_grid(painter, area, look)
    painter.save()
    painter.setClipRect(area.rect.adjusted(-1, -1, 1, 1))
    for season in area.chart.seasons:
        _draw_season(painter, area, season, look)
    for profile in area.chart.profiles:
        _draw_profile(painter, area, profile, look)
    for series in area.chart.series:
        if series.style is SeriesStyle.LINE:
            draw_line(painter, _points(area, series), _pen(series.color, look.em * 0.13))
        else:
            _draw_observations(painter, area, series, look)
    painter.restore()
    _draw_axes(painter, area, look)


def draw_marker(painter: QPainter, at: QPointF, series: PlottedSeries, look: PlotLook, *, clear: bool) -> None:
    """Draw one observation: filled when clear, hollow when cloudy."""
    color = QColor(series.color)
    painter.setPen(QPen(color, look.em * 0.09))
    painter.setBrush(color if clear else QColor(look.ground))
    painter.drawPath(_marker_path(series.marker, at, look.em * _MARKER_EM))


def draw_missing(painter: QPainter, at: QPointF, color: str, look: PlotLook) -> None:
    """Draw the mark of a date without data: a small cross."""
    half = look.em * 0.13
    painter.setPen(_pen(color, look.em * 0.07))
    painter.drawLine(at + QPointF(-half, -half), at + QPointF(half, half))
    painter.drawLine(at + QPointF(-half, half), at + QPointF(half, -half))


def draw_band(painter: QPainter, rect: QRectF, color: str) -> None:
    """Draw the swatch of a class's spread with its mean."""
    painter.fillRect(rect, with_alpha(color, 2 * _PROFILE_ALPHA))
    painter.setPen(QPen(QColor(color), rect.height() * 0.12, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y()))


def draw_line(painter: QPainter, points: Sequence[Optional[QPointF]], pen: QPen) -> None:
    """Draw a line through points, interrupted where there is None."""
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for run in _runs(points):
        if len(run) == 1:
            painter.drawPoint(run[0])
        else:
            painter.drawPolyline(QPolygonF(run))


def draw_box(painter: QPainter, lines: Sequence[str], at: QPointF, inside: QRect, look: PlotLook) -> None:
    """Draw lines of text in a box beside a point, within a rectangle."""
    if not lines:
        return
    em = look.em
    width = max(look.metrics.horizontalAdvance(line) for line in lines) + em
    height = em * (1.15 * len(lines) + 0.5)
    left = at.x() + 0.6 * em
    if left + width > inside.right():
        left = max(at.x() - 0.6 * em - width, float(inside.left()))
    box = QRectF(left, min(at.y(), max(inside.bottom() - height, 0.0)), width, height)
    painter.setPen(QPen(look.faint(0.4), em * 0.05))
    painter.setBrush(with_alpha(look.ground.name(), _BOX_ALPHA))
    painter.drawRoundedRect(box, 0.2 * em, 0.2 * em)
    painter.setPen(look.text)
    for row, line in enumerate(lines):
        painter.drawText(
            QPointF(box.left() + 0.5 * em, box.top() + 0.25 * em + row * 1.15 * em + look.metrics.ascent()), line
        )


def season_color(season: SeasonSpan, look: PlotLook) -> QColor:
    """Return the shade of a season."""
    return with_alpha(season.color or look.text.name(), _SEASON_ALPHA)


def with_alpha(color: str, alpha: int) -> QColor:
    """Return a colour made transparent; alpha 0 to 255."""
    made = QColor(color)
    made.setAlpha(alpha)
    return made


def _draw_grid(painter: QPainter, area: ChartArea, look: PlotLook) -> None:
    painter.setPen(QPen(look.faint(0.16), look.em * 0.05))
    for tick in area.value_ticks:
        y = area.y(tick.position)
        painter.drawLine(QPointF(area.rect.left(), y), QPointF(area.rect.right(), y))
    for tick in area.date_ticks:
        x = area.x(tick.position)
        painter.drawLine(QPointF(x, area.rect.top()), QPointF(x, area.rect.bottom()))


def _draw_season(painter: QPainter, area: ChartArea, season: SeasonSpan, look: PlotLook) -> None:
    left, right = area.x(to_number(season.start)), area.x(to_number(season.end))
    painter.fillRect(QRectF(left, area.rect.top(), right - left, area.rect.height()), season_color(season, look))
    if season.peak is not None:
        x = area.x(to_number(season.peak))
        painter.setPen(QPen(QColor(season.color or look.text), look.em * 0.07, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, area.rect.top()), QPointF(x, area.rect.bottom()))


def _draw_profile(painter: QPainter, area: ChartArea, profile: ClassProfile, look: PlotLook) -> None:
    known = [
        (area.x(to_number(day)), mean, 0.0 if math.isnan(spread) else spread)
        for day, mean, spread in zip(profile.dates, profile.mean, profile.spread)
        if not math.isnan(mean)
    ]
    upper = [QPointF(x, area.y(mean + spread)) for x, mean, spread in known]
    lower = [QPointF(x, area.y(mean - spread)) for x, mean, spread in reversed(known)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(with_alpha(profile.color, _PROFILE_ALPHA))
    painter.drawPolygon(QPolygonF(upper + lower))
    middle = [QPointF(x, area.y(mean)) for x, mean, _ in known]
    draw_line(painter, middle, QPen(QColor(profile.color), look.em * 0.07, Qt.PenStyle.DashLine))


def _draw_observations(painter: QPainter, area: ChartArea, series: PlottedSeries, look: PlotLook) -> None:
    points = _points(area, series)
    clear = [point for point, is_clear in zip(points, series.clear) if is_clear and point is not None]
    joined = with_alpha(series.color, _JOIN_ALPHA)
    draw_line(painter, clear, QPen(joined, look.em * 0.05))
    for cloudy_first in (False, True):
        for point, is_clear in zip(points, series.clear):
            if point is not None and is_clear == cloudy_first:
                draw_marker(painter, point, series, look, clear=is_clear)
    # Each series has a row of its own, so that several can lack the same date.
    row = [item for item in area.chart.series if item.style is SeriesStyle.POINTS].index(series)
    base = area.rect.bottom() - look.em * (0.22 + 0.3 * row)
    for day, value in zip(series.dates, series.values):
        if math.isnan(value):
            draw_missing(painter, QPointF(area.x(to_number(day)), base), series.color, look)


def _draw_axes(painter: QPainter, area: ChartArea, look: PlotLook) -> None:
    rect, em = area.rect, look.em
    painter.setPen(QPen(look.faint(0.6), em * 0.06))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    painter.drawLine(rect.topLeft(), rect.bottomLeft())
    painter.setPen(look.faint(0.85))
    for tick in area.value_ticks:
        box = QRectF(rect.left() - 20 * em, area.y(tick.position) - em, 20 * em - 0.4 * em, 2 * em)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), tick.text)
    if area.has_date_labels:
        for text, box in _date_texts(area, look):
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), text)
    painter.setPen(look.text)
    title = "   ".join(filter(None, (area.chart.value_label, area.chart.title)))
    shown = look.metrics.elidedText(title, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(QPointF(rect.left(), rect.top() - look.metrics.descent() - 0.12 * em), shown)


def _date_texts(area: ChartArea, look: PlotLook) -> Iterator[Tuple[str, QRectF]]:
    em, free_from = look.em, -math.inf
    for tick in area.date_ticks:
        x = area.x(tick.position)
        half = look.metrics.horizontalAdvance(tick.text) / 2
        if x - half < free_from:
            continue
        free_from = x + half + 0.3 * em
        top = area.rect.bottom() + 0.2 * em
        yield tick.text, QRectF(x - 4 * em, top, 8 * em, 1.1 * em)
        if tick.below:
            yield tick.below, QRectF(x - 4 * em, top + em, 8 * em, 1.1 * em)


def _points(area: ChartArea, series: PlottedSeries) -> List[Optional[QPointF]]:
    return [
        None if math.isnan(value) else QPointF(area.x(to_number(day)), area.y(value))
        for day, value in zip(series.dates, series.values)
    ]


def _runs(points: Sequence[Optional[QPointF]]) -> List[List[QPointF]]:
    runs: List[List[QPointF]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _marker_path(marker: Marker, at: QPointF, radius: float) -> QPainterPath:
    path = QPainterPath()
    if marker is Marker.CIRCLE:
        path.addEllipse(at, radius, radius)
        return path
    n_corners, turn, size = {
        Marker.SQUARE: (4, _ROTATION, 1.25),
        Marker.TRIANGLE: (3, 0.0, 1.35),
        Marker.DIAMOND: (4, 0.0, 1.35),
    }[marker]
    angles = (turn + 2 * math.pi * corner / n_corners for corner in range(n_corners))
    corners = [at + QPointF(math.sin(angle), -math.cos(angle)) * (radius * size) for angle in angles]
    path.addPolygon(QPolygonF([*corners, corners[0]]))
    return path


def _pen(color: str, width: float) -> QPen:
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
