"""Small looks shared by the panels, made from the palette so that dark themes and high contrast work."""

from __future__ import annotations

from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QGuiApplication, QPalette
from qgis.PyQt.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

_HINT_SIZE = 0.92
_MUTED_SHARE = 0.7
_LEAST_CONTRAST = 4.5
_DARK_SHARE = 0.03928
_SCREEN_SHARE = 0.9


def muted_color(palette: QPalette) -> QColor:
    """Return the text colour mixed towards the background, still readable."""
    text, ground = palette.color(QPalette.ColorRole.WindowText), palette.color(QPalette.ColorRole.Window)
    return QColor(
        *(
            round(_MUTED_SHARE * near + (1 - _MUTED_SHARE) * far)
            for near, far in zip(text.getRgb()[:3], ground.getRgb()[:3])
        )
    )


def readable_on(ground: QColor, palette: QPalette) -> QColor:
    """Return the palette's colour for text that can be read on a ground, else black or white.

    Themes made of style sheets, such as QGIS's Night Mapping, leave a black text on a dark ground in the palette.
    """
    roles = (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText)
    offered = [*(palette.color(role) for role in roles), QColor("#202020"), QColor("#f0f0f0")]
    readable = (color for color in offered if contrast_ratio(color, ground) >= _LEAST_CONTRAST)
    return next(readable, max(offered, key=lambda color: contrast_ratio(color, ground)))


def contrast_ratio(color: QColor, ground: QColor) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.1)."""
    high, low = sorted((_luminance(color), _luminance(ground)), reverse=True)
    return (high + 0.05) / (low + 0.05)


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


def fit_to_screen(window: QWidget, width_em: int, height_em: int) -> None:
    """Give a window a size in lines of its font, but none that the screen cannot hold."""
    em = window.fontMetrics().height()
    screen = QGuiApplication.primaryScreen()
    room = screen.availableSize() * _SCREEN_SHARE if screen is not None else QSize(width_em * em, height_em * em)
    window.resize(QSize(width_em * em, height_em * em).boundedTo(room))


def _luminance(color: QColor) -> float:
    red, green, blue = (_linear(part / 255) for part in color.getRgb()[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= _DARK_SHARE else float(((share + 0.055) / 1.055) ** 2.4)


def upright_scroll(name: str, content: QWidget) -> QScrollArea:
    """Return an area that scrolls its content up and down only, and leaves the keys to the panel."""
    scroll = QScrollArea()
    scroll.setObjectName(name)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(content)
    return scroll
