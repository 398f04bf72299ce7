"""One of the linked views: title, dates to step through, map, outline of the sample, and what is to be said."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapTool, QgsMapToolPan, QgsVertexMarker
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt, QTimer, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QPalette, QResizeEvent
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cropsample_plugin.gui.labeling.linked_views_imagery import ViewImagery
from cropsample_plugin.gui.review_marker import ReviewMarker

# While a picture is being drawn the one before stays, but not so long that it is taken for the new one.
_LONGEST_HOLD_MS = 200
_CENTER_EM, _CURSOR_EM = 0.8, 1.6
_CENTER_COLOR, _CURSOR_COLOR = QColor(255, 235, 59), QColor(0, 229, 255)


class ElidedLabel(QLabel):
    """A line of text that never widens its panel; all of it is in the tool tip."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    @property
    def full_text(self) -> str:
        """The text, also what does not fit."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show a text."""
        self._text = text
        self.setToolTip(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten to what fits; Qt calls it."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(0, self.width() - 2 * self.margin())
        super().setText(self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room))


class ViewFrame(QFrame):
    """A view.

    Attributes:
        activated: the user clicked it.
        pointed: where the mouse is in it, in the map's coordinates; None when it left.
        drawn: the picture is complete.
        changed: it shows another date or other layers.
    """

    activated = pyqtSignal()
    pointed = pyqtSignal(object)
    drawn = pyqtSignal()
    changed = pyqtSignal()

    def __init__(self, imagery: ViewImagery, background: QColor, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.imagery = imagery
        imagery.setParent(self)
        self.canvas = QgsMapCanvas(self)
        self.title_label = ElidedLabel()
        self.message_label = QLabel()
        self.earlier_button = _button("◀", self.tr("Previous date"))
        self.later_button = _button("▶", self.tr("Next date"))
        self._set_up_canvas(background)
        self.marker = ReviewMarker(self.canvas)
        self._center = _cross(self.canvas, _CENTER_EM, _CENTER_COLOR)
        self._cursor = _cross(self.canvas, _CURSOR_EM, _CURSOR_COLOR)
        self._place: Optional[QgsPointXY] = None
        self._crs = QgsCoordinateReferenceSystem()
        self._own_remarks: Sequence[str] = ()
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(_LONGEST_HOLD_MS)
        self._lay_out()
        self._connect()
        self.show_imagery()

    def show_sample(
        self, geometry: QgsGeometry, place: Optional[QgsPointXY], crs: QgsCoordinateReferenceSystem
    ) -> bool:
        """Outline a sample; False where it has no place on the map.

        Args:
            geometry: of the sample.
            place: a point inside it, None for none.
            crs: of both.
        """
        is_placed = self.marker.place(geometry, crs)
        self._place, self._crs = place if is_placed else None, crs
        self._center.setVisible(is_placed)
        if is_placed:
            self._center.setCenter(self.marker.outline.pointOnSurface().asPoint())
        self.say(() if is_placed else (self.tr("This sample has no place on the map."),))
        return is_placed

    def hide_sample(self) -> None:
        """Take outline and cross away."""
        self._place = None
        self.marker.hide()
        self._center.hide()
        self.say(())

    def say(self, remarks: Sequence[str]) -> None:
        """Show words over the map, with those about its imagery; none of the latter repeat."""
        self._own_remarks = remarks
        text = "\n".join(dict.fromkeys([*remarks, *self.imagery.remarks(self._place, self._crs)]))
        self.message_label.setText(text)
        self.message_label.setVisible(bool(text))

    def show_imagery(self) -> None:
        """Show the layers as they are now."""
        imagery = self.imagery
        self.title_label.set_text(imagery.title)
        for button, is_end in ((self.earlier_button, 0), (self.later_button, -1)):
            button.setVisible(imagery.is_dated)
            button.setEnabled(bool(imagery.dates) and imagery.day != imagery.dates[is_end])
        self.canvas.setLayers(imagery.layers)
        self.say(self._own_remarks)

    def show_cursor(self, point: Optional[QgsPointXY]) -> None:
        """Mark where the mouse is in another view."""
        self._cursor.setVisible(point is not None)
        if point is not None:
            self._cursor.setCenter(point)

    def show_active(self, *, is_active: bool) -> None:
        """Mark the view that the keys for dates act upon."""
        palette = self.palette()
        role = QPalette.ColorRole.Highlight if is_active else QPalette.ColorRole.Window
        text = QPalette.ColorRole.HighlightedText if is_active else QPalette.ColorRole.WindowText
        own = self.title_label.palette()
        own.setColor(QPalette.ColorRole.Window, palette.color(role))
        own.setColor(QPalette.ColorRole.WindowText, palette.color(text))
        self.title_label.setPalette(own)
        # Themes made of style sheets ignore the palette.
        font = self.title_label.font()
        font.setBold(is_active)
        self.title_label.setFont(font)

    def hold(self) -> None:
        """Keep the picture until the next one is complete, so that nothing flickers."""
        if self.isVisible() and not self.canvas.isFrozen():
            self.canvas.viewport().setUpdatesEnabled(False)
            self._hold.start()

    def take_down(self) -> None:
        """Stop drawing and let go of layers."""
        self._hold.stop()
        self.canvas.mapToolSet.disconnect(self._on_tool)
        self.imagery.take_down()
        self.canvas.stopRendering()
        self.canvas.setLayers([])
        self.marker.remove()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note clicks and the mouse leaving; Qt calls it."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.activated.emit()
        elif event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        return super().eventFilter(watched, event)

    def _set_up_canvas(self, background: QColor) -> None:
        canvas = self.canvas
        canvas.setCanvasColor(background)
        canvas.enableAntiAliasing(True)  # noqa: FBT003 - QGIS takes it by position
        canvas.setCachingEnabled(True)
        canvas.setParallelRenderingEnabled(True)
        canvas.setFrameShape(QFrame.Shape.NoFrame)
        canvas.setMinimumSize(QSize(1, 1))
        # A click must not take the keys away from labeling.
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pan = QgsMapToolPan(canvas)
        canvas.setMapTool(self._pan)

    def _lay_out(self) -> None:
        self.title_label.setAutoFillBackground(True)
        self.title_label.setMargin(2)
        self.message_label.setWordWrap(True)
        self.message_label.setAutoFillBackground(True)
        self.message_label.setMargin(4)
        self.message_label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        over = QVBoxLayout(self.canvas.viewport())
        over.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        over.addStretch()
        over.addWidget(self.message_label)
        header = QHBoxLayout()
        header.setSpacing(0)
        header.addWidget(self.title_label, 1)
        header.addWidget(self.earlier_button)
        header.addWidget(self.later_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(header)
        layout.addWidget(self.canvas, 1)

    def _connect(self) -> None:
        self.earlier_button.clicked.connect(self._stepper(-1))
        self.later_button.clicked.connect(self._stepper(1))
        self.imagery.changed.connect(self._on_imagery)
        self.canvas.xyCoordinates.connect(self.pointed.emit)
        self.canvas.mapCanvasRefreshed.connect(self._on_drawn)
        self._hold.timeout.connect(self._let_go)
        self.canvas.viewport().installEventFilter(self)
        self.canvas.mapToolSet.connect(self._on_tool)

    def _stepper(self, by: int) -> Callable[[], None]:
        def step() -> None:
            self.activated.emit()
            self.imagery.step(by)

        return step

    def _on_imagery(self) -> None:
        self.show_imagery()
        self.changed.emit()

    def _on_drawn(self) -> None:
        self._let_go()
        self.drawn.emit()

    def _on_tool(self, tool: Optional[QgsMapTool], _before: Optional[QgsMapTool] = None) -> None:
        if tool is None:
            # Not at once: QGIS is still about to tell others that there is none.
            QTimer.singleShot(0, self._pan_again)

    def _pan_again(self) -> None:
        if not sip.isdeleted(self.canvas) and self.canvas.mapTool() is None:
            self.canvas.setMapTool(self._pan)

    def _let_go(self) -> None:
        self._hold.stop()
        self.canvas.viewport().setUpdatesEnabled(True)


def _cross(canvas: QgsMapCanvas, size_em: float, color: QColor) -> QgsVertexMarker:
    mark = QgsVertexMarker(canvas)
    mark.setIconType(QgsVertexMarker.IconType.ICON_CROSS)
    mark.setIconSize(round(size_em * QFontMetricsF(canvas.font()).height()))
    mark.setColor(color)
    mark.hide()
    return mark


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
