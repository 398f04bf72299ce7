"""Small looks shared by the panels, made from the palette so that dark themes and high contrast work."""

from __future__ import annotations

from qgis.PyQt.QtGui import QColor, QPalette
from qgis.PyQt.QtWidgets import QLabel, QWidget

_HINT_SIZE = 0.92
_MUTED_SHARE = 0.7


def muted_color(palette: QPalette) -> QColor:
    """Return the text colour mixed towards the background, still readable."""
    text, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    return QColor(
        *(
            round(_MUTED_SHARE * near + (1 - _MUTED_SHARE) * far)
            for near, far in zip(text.getRgb()[:3], ground.getRgb()[:3])
        )
    )


def hint_label(name: str, text: str = "") -> QLabel:
    """Return a label for an explanation: wrapped, a little smaller and lighter than a field's label."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    make_hint(label)
    return label


def make_hint(widget: QWidget) -> None:
    """Make a widget's text a little smaller and lighter."""
    font = widget.font()
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * _HINT_SIZE)
        widget.setFont(font)
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, muted_color(palette))
    widget.setPalette(palette)
