"""Bars that show how many samples have each class, against how many are wanted."""

from __future__ import annotations

from typing import List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from qgis.PyQt.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from cropsample_plugin.bridge.labeling.session_file import LabelClass

_BAR_EM = 0.35
# Seen on light and dark grounds alike.
_EMPTY = QColor(128, 128, 128, 90)


class ClassProgress(QWidget):
    """One row for each class: name, count and target, and a bar in the colour of the class."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("labeling_bars")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._classes: List[LabelClass] = []
        self._rows: List[Tuple[QLabel, QLabel, ShareBar]] = []
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setVerticalSpacing(2)
        self._layout.setColumnStretch(0, 1)

    def show_counts(self, classes: Sequence[LabelClass], counts: Sequence[int]) -> None:
        """Show these classes with these counts."""
        if list(classes) != self._classes:
            self._classes = list(classes)
            self._make_rows()
        largest = max([1, *counts])
        for item, count, (_name, number, bar) in zip(self._classes, counts, self._rows):
            number.setText(f"{count} / {item.target}" if item.target else str(count))
            bar.show_share(count / (item.target or largest))

    def texts(self) -> List[str]:
        """Return what the rows say."""
        return [f"{item.name} {number.text()}" for item, (_name, number, _bar) in zip(self._classes, self._rows)]

    def _make_rows(self) -> None:
        for widget in (widget for row in self._rows for widget in row):
            self._layout.removeWidget(widget)
            widget.deleteLater()
        self._rows = []
        for place, item in enumerate(self._classes):
            name, number, bar = QLabel(item.name), QLabel(), ShareBar(QColor(item.color))
            name.setTextFormat(Qt.TextFormat.PlainText)
            # Long names are cut off rather than widening the panel.
            name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            name.setToolTip(item.name)
            self._layout.addWidget(name, 2 * place, 0)
            self._layout.addWidget(number, 2 * place, 1)
            self._layout.addWidget(bar, 2 * place + 1, 0, 1, 2)
            self._rows.append((name, number, bar))


class ShareBar(QWidget):
    """A bar filled to a share, without words."""

    def __init__(self, color: QColor, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._color = color
        self._share = 0.0

    def show_share(self, share: float) -> None:
        """Fill it to a share; more than all is all."""
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:
        """Return a height that grows with the font."""
        em = QFontMetricsF(self.font(), self).height()
        return QSize(round(em), round(_BAR_EM * em))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        radius = area.height() / 2
        painter.setBrush(_EMPTY)
        painter.drawRoundedRect(area, radius, radius)
        if self._share > 0:
            area.setWidth(max(area.height(), area.width() * min(1.0, self._share)))
            painter.setBrush(self._color)
            painter.drawRoundedRect(area, radius, radius)
