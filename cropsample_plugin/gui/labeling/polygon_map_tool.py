"""The map tool of one canvas: turns mouse and keys into the events of the polygon state machine, no more."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvas, QgsMapMouseEvent, QgsMapTool
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QApplication

from cropsample_plugin.gui.labeling.polygon_states import Kind

_KEYS = {
    Qt.Key.Key_Escape: Kind.ESCAPE,
    Qt.Key.Key_Backspace: Kind.BACKSPACE,
    Qt.Key.Key_Delete: Kind.BACKSPACE,
    Qt.Key.Key_Return: Kind.ENTER,
    Qt.Key.Key_Enter: Kind.ENTER,
}


class PolygonMapTool(QgsMapTool):
    """Tells what is done on a canvas.

    Args:
        canvas: the map.
        handle: told the kind of event, its place in the map's coordinates (None for keys) and the canvas; returns
            whether it meant something.
    """

    def __init__(
        self,
        canvas: QgsMapCanvas,
        handle: Callable[[Kind, Optional[QgsPointXY], QgsMapCanvas], bool],
    ) -> None:
        super().__init__(canvas)
        self._handle = handle
        self._pressed_at: Optional[QPoint] = None
        self._press_point: Optional[QgsPointXY] = None
        self._is_dragging = False
        self._is_after_double_click = False
        self.setCursor(Qt.CursorShape.CrossCursor)
        # With a button held the canvas gives keys to nobody else.
        canvas.keyPressed.connect(self._key_while_dragging)

    def canvasPressEvent(self, event: QgsMapMouseEvent) -> None:
        """Remember where the button went down; QGIS calls it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.pos()
            self._press_point = QgsPointXY(event.mapPoint())

    def canvasMoveEvent(self, event: QgsMapMouseEvent) -> None:
        """Tell moves, and the start of a drag; QGIS calls it."""
        pressed = self._pressed_at
        if pressed is not None and not self._is_dragging and event.buttons() & Qt.MouseButton.LeftButton:
            if (event.pos() - pressed).manhattanLength() < QApplication.startDragDistance() // 2:
                return
            self._is_dragging = True
            self._tell(Kind.DRAG_START, event, self._press_point)
        self._tell(Kind.MOVE, event)

    def canvasReleaseEvent(self, event: QgsMapMouseEvent) -> None:
        """Tell clicks and the end of a drag; QGIS calls it."""
        if event.button() == Qt.MouseButton.RightButton:
            self._tell(Kind.RIGHT_CLICK, event)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        was_dragging, is_second = self._is_dragging, self._is_after_double_click
        was_pressed = self._pressed_at is not None
        self._let_go()
        if was_dragging:
            self._tell(Kind.DRAG_END, event)
        elif was_pressed and not is_second:
            is_adding = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._tell(Kind.ADD_CLICK if is_adding else Kind.CLICK, event)

    def canvasDoubleClickEvent(self, event: QgsMapMouseEvent) -> None:
        """Tell double clicks, whose second release is no click; QGIS calls it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._is_after_double_click = True
            self._tell(Kind.DOUBLE_CLICK, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the keys that mean something; QGIS calls it."""
        kind = _KEYS.get(event.key())
        is_taken = kind is not None and self._handle(kind, None, self.canvas())
        event.setAccepted(is_taken)

    def deactivate(self) -> None:
        """Forget what was held; QGIS calls it."""
        self._let_go()
        super().deactivate()

    def _key_while_dragging(self, event: QKeyEvent) -> None:
        if self._is_dragging and event.key() == Qt.Key.Key_Escape and self.isActive():
            self._let_go()
            self._handle(Kind.ESCAPE, None, self.canvas())

    def _let_go(self) -> None:
        self._pressed_at = self._press_point = None
        self._is_dragging = self._is_after_double_click = False

    def _tell(self, kind: Kind, event: QgsMapMouseEvent, point: Optional[QgsPointXY] = None) -> None:
        self._handle(kind, point or QgsPointXY(event.mapPoint()), self.canvas())
