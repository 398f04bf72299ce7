"""The runs as a Qt list model, newest first, and how a line of it is drawn."""

from __future__ import annotations

import time
from typing import Any, List, Optional

from qgis.PyQt.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt
from qgis.PyQt.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPalette
from qgis.PyQt.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionProgressBar, QStyleOptionViewItem

from cropsample_plugin.gui.appearance import muted_color
from cropsample_plugin.gui.icons import icon
from cropsample_plugin.gui.job_record import JobState
from cropsample_plugin.gui.run_record import RunRecord
from cropsample_plugin.gui.run_texts import detail_text, run_title

ICON_BY_STATE = {
    JobState.RUNNING: "job_running.svg",
    JobState.DONE: "job_done.svg",
    JobState.FAILED: "job_failed.svg",
    JobState.CANCELED: "job_canceled.svg",
    JobState.INTERRUPTED: "job_canceled.svg",
}
DETAIL_ROLE = Qt.ItemDataRole.UserRole
FRACTION_ROLE = Qt.ItemDataRole.UserRole + 1
RUN_ID_ROLE = Qt.ItemDataRole.UserRole + 2
_MARGIN_PX = 6
_BAR_HEIGHT_PX = 6


class RunListModel(QAbstractListModel):
    """Lists runs, newest first."""

    def __init__(self, parent: Any = None) -> None:  # noqa: ANN401 - QObject or None
        super().__init__(parent)
        self._runs: List[RunRecord] = []

    def rowCount(self, parent: Optional[QModelIndex] = None) -> int:
        """Return the number of runs."""
        return 0 if parent is not None and parent.isValid() else len(self._runs)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Return title, icon, detail line, fraction or id of a run."""
        run = self.run(index)
        if run is None:
            return None
        values = {
            Qt.ItemDataRole.DisplayRole: run_title,
            Qt.ItemDataRole.DecorationRole: lambda item: icon(ICON_BY_STATE[item.state]),
            Qt.ItemDataRole.ToolTipRole: lambda item: item.error_text or item.message,
            Qt.ItemDataRole.AccessibleDescriptionRole: detail_text,
            DETAIL_ROLE: detail_text,
            FRACTION_ROLE: lambda item: item.fraction if item.is_running else -1.0,
            RUN_ID_ROLE: lambda item: item.run_id,
        }
        value = values.get(role)
        return None if value is None else value(run)

    def run(self, index: QModelIndex) -> Optional[RunRecord]:
        """Return the run of a row, or None."""
        is_row = index.isValid() and 0 <= index.row() < len(self._runs)
        return self._runs[index.row()] if is_row else None

    def index_of(self, run_id: str) -> QModelIndex:
        """Return the row of a run, or an invalid index."""
        row = next((row for row, run in enumerate(self._runs) if run.run_id == run_id), -1)
        return self.index(row) if row >= 0 else QModelIndex()

    def show_runs(self, runs: List[RunRecord]) -> None:
        """Show these runs; the selection survives where the runs do."""
        wanted = sorted(runs, key=lambda run: run.started or time.time(), reverse=True)
        if [run.run_id for run in wanted] == [run.run_id for run in self._runs]:
            self._runs = wanted
            if wanted:
                self.dataChanged.emit(self.index(0), self.index(len(wanted) - 1))
            return
        kept = {run.run_id for run in wanted}
        for row in reversed(range(len(self._runs))):
            if self._runs[row].run_id not in kept:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._runs[row]
                self.endRemoveRows()
        known = {run.run_id for run in self._runs}
        for row, run in enumerate(wanted):
            if run.run_id not in known:
                self.beginInsertRows(QModelIndex(), row, row)
                self._runs.insert(row, run)
                self.endInsertRows()
        self._runs = wanted
        if wanted:
            self.dataChanged.emit(self.index(0), self.index(len(wanted) - 1))


class RunDelegate(QStyledItemDelegate):
    """Draws a run in two lines, with a thin bar below while it runs."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Leave room for two lines and the bar."""
        metrics = QFontMetrics(option.font)
        is_running = index.data(FRACTION_ROLE) is not None and index.data(FRACTION_ROLE) >= 0
        height = 2 * metrics.height() + 2 * _MARGIN_PX + (_BAR_HEIGHT_PX + 3 if is_running else 0)
        return QSize(10 * metrics.averageCharWidth(), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw the run."""
        view_option = QStyleOptionViewItem(option)
        self.initStyleOption(view_option, index)
        view_option.text = ""
        symbol = QIcon(view_option.icon)
        view_option.icon = QIcon()
        style = view_option.widget.style() if view_option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, view_option, painter, view_option.widget)
        painter.save()
        area = option.rect.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        size = style.pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        symbol.paint(painter, QRect(area.left(), area.top(), size, size))
        area.setLeft(area.left() + size + _MARGIN_PX)
        self._draw_lines(painter, option, index, area)
        fraction = index.data(FRACTION_ROLE)
        if fraction is not None and fraction >= 0:
            self._draw_bar(
                painter,
                style,
                QRect(area.left(), area.bottom() - _BAR_HEIGHT_PX + 1, area.width(), _BAR_HEIGHT_PX),
                fraction,
            )
        painter.restore()

    def _draw_lines(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex, area: QRect) -> None:
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        bold = QFont(option.font)
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        elide = Qt.TextElideMode.ElideRight
        painter.setPen(option.palette.color(role))
        painter.setFont(bold)
        title = metrics.elidedText(str(index.data()), elide, area.width())
        painter.drawText(area.left(), area.top() + metrics.ascent(), title)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(role) if is_selected else muted_color(option.palette))
        metrics = QFontMetrics(option.font)
        detail = metrics.elidedText(str(index.data(DETAIL_ROLE)), elide, area.width())
        painter.drawText(area.left(), area.top() + metrics.height() + metrics.ascent() + 1, detail)

    def _draw_bar(self, painter: QPainter, style: QStyle, area: QRect, fraction: float) -> None:
        bar = QStyleOptionProgressBar()
        bar.rect = area
        bar.minimum, bar.maximum, bar.progress = 0, 1000, round(1000 * fraction)
        bar.textVisible = False
        bar.state = QStyle.StateFlag.State_Enabled | QStyle.StateFlag.State_Horizontal
        style.drawControl(QStyle.ControlElement.CE_ProgressBar, bar, painter)
