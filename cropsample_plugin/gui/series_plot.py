"""A plot of time series: points, lines, seasons, class profiles; shows what it is given and holds nothing else."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import List, Optional, Sequence

from qgis.PyQt.QtCore import QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from qgis.PyQt.QtWidgets import QWidget

from cropsample_plugin.gui import series_export
from cropsample_plugin.gui.plot_layout import (
    ChartArea,
    PlotFrame,
    Range,
    date_range,
    nearest_position,
    place_charts,
    smallest_height,
)
from cropsample_plugin.gui.plot_legend import draw_legend, legend_entries, legend_height
from cropsample_plugin.gui.series_chart import ClassProfile, PlottedSeries, SeasonSpan, SeriesChart
from cropsample_plugin.gui.series_painter import PlotLook, draw_box, draw_chart
from cropsample_plugin.gui.series_readout import readout_lines

_ZOOM_STEP = 1.25
_SMALLEST_SPAN = 4.0
_WHEEL_NOTCH = 120


class SeriesPlot(QWidget):
    """Draws charts of series on one common time axis.

    The wheel zooms in time, dragging moves, a double click shows everything again; arrow keys step from date to date.

    Attributes:
        date_chosen: a click on a date, as `datetime.date` or number.
    """

    date_chosen = pyqtSignal(object)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("series_plot")
        self.setAccessibleName(self.tr("Time series"))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._charts: List[SeriesChart] = []
        self._n_columns = 1
        self._message = ""
        self._dates: Optional[Range] = None
        self._areas: List[ChartArea] = []
        self._pointed: Optional[float] = None
        self._pointed_chart = 0
        self._drag: Optional[QPointF] = None

    @property
    def charts(self) -> Sequence[SeriesChart]:
        """What is shown."""
        return tuple(self._charts)

    @property
    def message(self) -> str:
        """What is said instead of a plot."""
        return self._message

    def show_series(
        self,
        series: Sequence[PlottedSeries],
        seasons: Sequence[SeasonSpan] = (),
        profiles: Sequence[ClassProfile] = (),
        *,
        value_label: str = "",
        title: str = "",
    ) -> None:
        """Show series in one chart; replaces what was shown."""
        self.show_charts([SeriesChart(title, value_label, series, seasons, profiles)])

    def show_charts(self, charts: Sequence[SeriesChart], n_columns: int = 1) -> None:
        """Show charts, row by row; those with the same value label share their scale, all share the dates."""
        if [chart.positions() for chart in charts] != [chart.positions() for chart in self._charts]:
            self._dates = None
        self._charts, self._n_columns, self._message = list(charts), n_columns, ""
        self._pointed = None
        self._reserve_height()
        self.update()

    def show_message(self, text: str) -> None:
        """Show words instead of a plot."""
        self.show_charts([])
        self._message = text
        self.update()

    def save_picture(self, path: str) -> None:
        """Write what is shown, black on white, as SVG or PNG, by the file's suffix.

        Raises:
            OSError: the file cannot be written.
        """
        save = series_export.save_svg if Path(path).suffix.lower() == ".svg" else series_export.save_png
        save(path, self.size(), self.font(), self._paint_printed)

    def save_table(self, path: str) -> None:
        """Write what is shown as CSV, one row per chart, series and date.

        Raises:
            OSError: the file cannot be written.
        """
        series_export.save_csv(path, self._charts)

    def readout(self) -> List[str]:
        """Return what is said about the date pointed at; empty when there is none."""
        if self._pointed is None or not self._areas:
            return []
        area = self._areas[min(self._pointed_chart, len(self._areas) - 1)]
        return readout_lines(area.chart, self._pointed, dated=area.dated)

    def sizeHint(self) -> QSize:
        """Return a size at which a series can be read."""
        em = QFontMetricsF(self.font(), self).height()
        return QSize(round(28 * em), max(round(14 * em), self.minimumHeight()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the legend, which takes more rows the narrower the plot is."""
        self._reserve_height()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw everything; Qt calls it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = PlotLook.of(self.palette(), QFontMetricsF(self.font(), self))
        self._areas = self._paint(painter, QRectF(self.rect()), look)
        if self._pointed is not None and self._areas:
            self._draw_pointed(painter, look)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the nearest date, or move in time while a button is held."""
        at = _place(event)
        if self._drag is not None and self._areas:
            area = self._areas[0]
            shift = area.position(self._drag.x()) - area.position(at.x())
            self._show_dates(area.dates[0] + shift, area.dates[1] + shift)
            self._drag = at
            return
        self._point(at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move in time, once zoomed in; say which date was clicked."""
        self._point(_place(event))
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = _place(event) if self._dates is not None else None
            self._tell_chosen()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """End to move in time."""
        self._drag = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Show all dates."""
        self._dates = None
        self.update()

    def leaveEvent(self, _event: QEvent) -> None:
        """Point at nothing."""
        self._pointed = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom in time about the pointer."""
        area = self._area_at(event.position())
        if area is None:
            event.ignore()
            return
        factor = _ZOOM_STEP ** (-event.angleDelta().y() / _WHEEL_NOTCH)
        middle = area.position(event.position().x())
        self._show_dates(middle - (middle - area.dates[0]) * factor, middle + (area.dates[1] - middle) * factor)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step from date to date with the arrow keys; Enter chooses the date."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        positions = sorted({found for chart in self._charts for found in chart.stops()})
        if event.key() in steps and positions:
            row = positions.index(self._pointed) if self._pointed in positions else -1
            row = min(max(row + steps[event.key()], 0), len(positions) - 1)
            self._pointed = positions[row]
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell_chosen()
        else:
            super().keyPressEvent(event)

    def _reserve_height(self) -> None:
        metrics = QFontMetricsF(self.font(), self)
        legend = legend_height(
            legend_entries(self._charts), self.width() - metrics.height(), PlotLook.of(self.palette(), metrics)
        )
        self.setMinimumHeight(math.ceil(smallest_height(len(self._charts), self._n_columns, metrics.height()) + legend))

    def _paint(self, painter: QPainter, rect: QRectF, look: PlotLook) -> List[ChartArea]:
        painter.fillRect(rect, look.ground)
        painter.setPen(look.text)
        inside = rect.adjusted(0.4 * look.em, 0.2 * look.em, -0.4 * look.em, -0.2 * look.em)
        if not any(chart.has_values for chart in self._charts):
            text = self._message or self.tr("Nothing to show.")
            painter.drawText(inside, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), text)
            return []
        entries = legend_entries(self._charts)
        legend = min(legend_height(entries, inside.width(), look), 0.5 * inside.height())
        areas = place_charts(
            self._charts,
            PlotFrame(inside.adjusted(0, 0, 0, -legend), self._n_columns, look.metrics, self._dates),
        )
        for area in areas:
            draw_chart(painter, area, look)
        painter.save()
        legend_rect = QRectF(inside.left(), inside.bottom() - legend, inside.width(), legend)
        painter.setClipRect(legend_rect)
        draw_legend(painter, entries, legend_rect, look)
        painter.restore()
        return areas

    def _paint_printed(self, painter: QPainter, rect: QRectF, metrics: QFontMetricsF) -> None:
        self._paint(painter, rect, PlotLook.for_print(metrics))

    def _draw_pointed(self, painter: QPainter, look: PlotLook) -> None:
        chosen = self._areas[min(self._pointed_chart, len(self._areas) - 1)]
        painter.setPen(QPen(look.faint(0.6), look.em * 0.06))
        for area in self._areas:
            x = area.x(self._pointed)
            if area.rect.left() <= x <= area.rect.right():
                painter.drawLine(QPointF(x, area.rect.top()), QPointF(x, area.rect.bottom()))
        draw_box(painter, self.readout(), QPointF(chosen.x(self._pointed), chosen.rect.top()), self.rect(), look)

    def _point(self, at: QPointF) -> None:
        area = self._area_at(at)
        self._pointed = None if area is None else nearest_position(self._charts, area.position(at.x()))
        self._pointed_chart = 0 if area is None else self._areas.index(area)
        self.update()

    def _area_at(self, at: QPointF) -> Optional[ChartArea]:
        return next((area for area in self._areas if area.rect.adjusted(-8, -8, 8, 8).contains(at)), None)

    def _show_dates(self, first: float, last: float) -> None:
        whole = date_range(self._charts)
        span = max(last - first, _SMALLEST_SPAN)
        if span >= whole[1] - whole[0]:
            self._dates = None
        else:
            first = min(max(first, whole[0]), whole[1] - span)
            self._dates = (first, first + span)
        # Another event may come before the next painting.
        self._areas = [replace(area, dates=self._dates or whole) for area in self._areas]
        self.update()

    def _tell_chosen(self) -> None:
        if self._pointed is not None:
            dated = bool(self._areas) and self._areas[0].dated
            self.date_chosen.emit(date.fromordinal(round(self._pointed)) if dated else self._pointed)


def _place(event: QMouseEvent) -> QPointF:
    # Qt 6 has position(), Qt 5 localPos().
    return event.position() if hasattr(event, "position") else event.localPos()
