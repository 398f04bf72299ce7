"""Keys of the Label review panel: they work while the panel has the focus, and QGIS's own shortcuts do not then."""

from __future__ import annotations

from typing import Callable, Dict, Optional

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QTextEdit, QWidget

# Widgets in which keys write or choose something.
_WRITING = (QLineEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_NAMED_KEYS: Dict[int, str] = {
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Space: "space",
    Qt.Key.Key_Backspace: "backspace",
}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)


class ReviewKeys(QObject):
    """Takes keys that reach a widget: its own, and those its children have no use for, which Qt passes on.

    Args:
        root: the widget.
        command: told the key, such as ``k`` or ``right``; returns whether it means something.
    """

    def __init__(self, root: QWidget, command: Callable[[str], bool]) -> None:
        super().__init__(root)
        self._command = command
        root.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Claim keys before QGIS's shortcuts see them, then act on them."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        key = key_name(event)
        if key is None or isinstance(QApplication.focusWidget(), _WRITING):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return self._command(key)


def key_name(event: QKeyEvent) -> Optional[str]:
    """Return what a key is called here: its letter or digit, or its name; None with Ctrl, Alt or for other keys."""
    if event.modifiers() not in _PLAIN:
        return None
    named = _NAMED_KEYS.get(event.key())
    if named is not None:
        return named
    text = str(event.text()).casefold()
    return text if len(text) == 1 and (text.isalnum() or text == "?") else None
