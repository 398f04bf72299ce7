"""Bars that show how many samples have each class, against how many are wanted."""

from __future__ import annotations

from typing import List, Optional, Sequence

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette
from qgis.PyQt.QtWidgets import QSizePolicy, QWidget

from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.appearance import muted_color

_ROW_EM = 1.45
_BAR_EM = 0.35
_MINIMUM_EM = 8


class ClassProgress(QWidget):
    """One row for each class: name, count and target, and a bar in the colour of the class."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("labeling_bars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._classes: List[LabelClass] = []
        self._counts: List[int] = []

    def show_counts(self, classes: Sequence[LabelClass], counts: Sequence[int]) -> None:
        """Show these classes with these counts."""
        grew = len(classes) != len(self._classes)
        self._classes, self._counts = list(classes), list(counts)
        self.setAccessibleDescription("; ".join(self.texts()))
        if grew:
            self.updateGeometry()
        self.update()

    def texts(self) -> List[str]:
        """Return what the rows say."""
        return [f"{item.name} {_count_text(item, count)}" for item, count in zip(self._classes, self._counts)]

    def sizeHint(self) -> QSize:
        """Return a height with room for every class."""
        em = QFontMetricsF(self.font(), self).height()
        return QSize(round(_MINIMUM_EM * em), round((_ROW_EM + _BAR_EM) * em * len(self._classes)))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a class that cannot be seen is forgotten."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font(), self)
        em, largest = metrics.height(), max([1, *self._counts])
        for row, (item, count) in enumerate(zip(self._classes, self._counts)):
            top = row * (_ROW_EM + _BAR_EM) * em
            self._draw_row(painter, QRectF(0, top, self.width(), _ROW_EM * em), item, count)
            share = count / (item.target or largest)
            self._draw_bar(painter, QRectF(0, top + _ROW_EM * em, self.width(), _BAR_EM * em), item, share)

    def _draw_row(self, painter: QPainter, area: QRectF, item: LabelClass, count: int) -> None:
        metrics, text = QFontMetricsF(self.font(), self), _count_text(item, count)
        number = metrics.horizontalAdvance(text)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        bottom = Qt.AlignmentFlag.AlignBottom
        painter.drawText(area, int(bottom | Qt.AlignmentFlag.AlignRight), text)
        name = metrics.elidedText(item.name, Qt.TextElideMode.ElideRight, area.width() - number - metrics.height())
        painter.drawText(area, int(bottom | Qt.AlignmentFlag.AlignLeft), name)

    def _draw_bar(self, painter: QPainter, area: QRectF, item: LabelClass, share: float) -> None:
        radius = area.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        ground = muted_color(self.palette())
        ground.setAlpha(60)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, radius, radius)
        if share > 0:
            area.setWidth(max(area.height(), area.width() * min(1.0, share)))
            painter.setBrush(QColor(item.color))
            painter.drawRoundedRect(area, radius, radius)


def _count_text(item: LabelClass, count: int) -> str:
    return f"{count} / {item.target}" if item.target else str(count)
