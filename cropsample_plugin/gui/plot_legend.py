"""The legend of a plot: what there is, said once for all charts, in as many rows as it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Callable, Dict, List, Sequence, Tuple

from qgis.PyQt.QtCore import QCoreApplication, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPen

from cropsample_plugin.gui.series_chart import PlottedSeries, SeriesChart, SeriesStyle
from cropsample_plugin.gui.series_painter import (
    PlotLook,
    draw_band,
    draw_line,
    draw_marker,
    draw_missing,
    season_color,
)

_SWATCH_EM = 1.5
_GAP_EM = 0.9
_LONGEST_EM = 22.0
_GREY = "#8a8a8a"

Swatch = Callable[[QPainter, QRectF, PlotLook], None]


@dataclass(frozen=True)
class LegendEntry:
    """One entry: its words and what draws its sign into a rectangle."""

    text: str
    draw: Swatch


def legend_entries(charts: Sequence[SeriesChart]) -> List[LegendEntry]:
    """Return the entries of all charts: series, classes, then what marks mean where they occur."""
    found: Dict[Tuple[object, ...], LegendEntry] = {}
    for chart in charts:
        for series in chart.series:
            key = (series.name, series.color, series.style)
            found.setdefault(key, LegendEntry(series.name, _series_swatch(series)))
    for chart in charts:
        for profile in chart.profiles:
            entry = LegendEntry(_profile_text(profile.name, profile.n_samples), _band_swatch(profile.color))
            found.setdefault(("class", profile.name), entry)
    return [*found.values(), *_sign_entries(charts)]


def legend_height(entries: Sequence[LegendEntry], width: float, look: PlotLook) -> float:
    """Return the height of the legend at a width, in pixels."""
    rows = _rows(entries, width, look)
    return len(rows) * 1.25 * look.em + (0.3 * look.em if rows else 0.0)


def draw_legend(painter: QPainter, entries: Sequence[LegendEntry], rect: QRectF, look: PlotLook) -> None:
    """Draw the legend into a rectangle of the height that `legend_height` says."""
    for row, placed in enumerate(_rows(entries, rect.width(), look)):
        top = rect.top() + 0.3 * look.em + row * 1.25 * look.em
        for entry, left in placed:
            swatch = QRectF(rect.left() + left, top, _SWATCH_EM * look.em, look.em)
            entry.draw(painter, swatch, look)
            painter.setPen(look.text)
            text = _text(entry, look)
            painter.drawText(QPointF(swatch.right() + 0.35 * look.em, top + look.metrics.ascent()), text)


def _sign_entries(charts: Sequence[SeriesChart]) -> List[LegendEntry]:
    signs = []
    points = [series for chart in charts for series in chart.series if series.style is SeriesStyle.POINTS]
    if any(not is_clear and not math.isnan(v) for item in points for is_clear, v in zip(item.clear, item.values)):
        signs.append(LegendEntry(_tr("cloudy"), _cloudy_swatch))
    if any(math.isnan(value) for series in points for value in series.values):
        signs.append(LegendEntry(_tr("no data"), _missing_swatch))
    if any(chart.seasons for chart in charts):
        signs.append(LegendEntry(_tr("season, peak"), _season_swatch(charts)))
    return signs


def _rows(entries: Sequence[LegendEntry], width: float, look: PlotLook) -> List[List[Tuple[LegendEntry, float]]]:
    rows: List[List[Tuple[LegendEntry, float]]] = []
    left = math.inf
    for entry in entries:
        needed = (_SWATCH_EM + 0.35) * look.em + look.metrics.horizontalAdvance(_text(entry, look))
        if left + needed > width:
            rows.append([])
            left = 0.0
        rows[-1].append((entry, left))
        left += needed + _GAP_EM * look.em
    return rows


def _text(entry: LegendEntry, look: PlotLook) -> str:
    return str(look.metrics.elidedText(entry.text, Qt.TextElideMode.ElideMiddle, _LONGEST_EM * look.em))


def _profile_text(name: str, n_samples: int) -> str:
    return (
        _tr("{} (mean ± s.d., n = {})").format(name, n_samples) if n_samples else _tr("{} (mean ± s.d.)").format(name)
    )


def _series_swatch(series: PlottedSeries) -> Swatch:
    def draw(painter: QPainter, rect: QRectF, look: PlotLook) -> None:
        if series.style is SeriesStyle.LINE:
            ends = [QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y())]
            draw_line(painter, ends, QPen(QColor(series.color), look.em * 0.13))
        else:
            draw_marker(painter, rect.center(), series, look, clear=True)

    return draw


def _band_swatch(color: str) -> Swatch:
    def draw(painter: QPainter, rect: QRectF, _look: PlotLook) -> None:
        inset = rect.height() * 0.15
        draw_band(painter, rect.adjusted(0, inset, 0, -inset), color)

    return draw


def _season_swatch(charts: Sequence[SeriesChart]) -> Swatch:
    season = next(season for chart in charts for season in chart.seasons)

    def draw(painter: QPainter, rect: QRectF, look: PlotLook) -> None:
        painter.fillRect(rect, season_color(season, look))
        pen = QPen(QColor(season.color or look.text), look.em * 0.07, Qt.PenStyle.DotLine)
        middle = rect.center().x()
        draw_line(painter, [QPointF(middle, rect.top()), QPointF(middle, rect.bottom())], pen)

    return draw


def _cloudy_swatch(painter: QPainter, rect: QRectF, look: PlotLook) -> None:
    draw_marker(painter, rect.center(), PlottedSeries("", _GREY, (), ()), look, clear=False)


def _missing_swatch(painter: QPainter, rect: QRectF, look: PlotLook) -> None:
    draw_missing(painter, rect.center(), _GREY, look)


def _tr(text: str) -> str:
    return QCoreApplication.translate("SeriesPlot", text)
