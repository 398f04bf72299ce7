"""Keys of a labeling session: what they do, which the user changed, and which two things claim the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, Iterable, List, Optional, Sequence, Tuple

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QObject, Qt
from qgis.PyQt.QtGui import QKeyEvent, QKeySequence
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QTextEdit, QWidget

from cropsample_plugin.bridge.labeling.session_file import LabelClass

GROUP = "cropsample/labeling_keys"
DIGITS = "1234567890"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Widgets in which keys write or choose something.
_WRITING = (QLineEdit, QTextEdit, QAbstractSpinBox, QComboBox)
_MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
    (Qt.KeyboardModifier.AltModifier, "Alt"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift"),
    (Qt.KeyboardModifier.MetaModifier, "Meta"),
)
_SOLE_MODIFIERS = (Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Shift, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)


@dataclass(frozen=True)
class Command:
    """Something that a key does.

    Attributes:
        name: as it is stored.
        text: what it does, in words.
        key: unless the user changed it.
        is_everywhere: its key works on the map too, where arrows and the space bar move the map.
    """

    name: str
    text: str
    key: str
    is_everywhere: bool = True


def commands() -> Tuple[Command, ...]:
    """Return every command but the classes, in the order in which they are listed."""
    return (
        Command("next", _tr("Next sample"), "Right", is_everywhere=False),
        Command("previous", _tr("Previous sample"), "Left", is_everywhere=False),
        Command("next_unlabeled", _tr("Next unlabeled sample"), "Space", is_everywhere=False),
        Command("jump", _tr("Jump to a number"), "g"),
        Command("skip", _tr("Skip"), "s"),
        Command("flag", _tr("Flag, or take the flag away"), "f"),
        Command("undo", _tr("Undo"), "Ctrl+Z"),
        Command("redo", _tr("Redo"), "Ctrl+Y"),
        Command("comment", _tr("Write a comment"), "c"),
        Command("confidence_1", _tr("Confidence: sure"), "q"),
        Command("confidence_2", _tr("Confidence: rather sure"), "w"),
        Command("confidence_3", _tr("Confidence: unsure"), "e"),
        Command("confidence_4", _tr("Confidence: a guess"), "r"),
        Command("center", _tr("Centre the map on the sample"), "z"),
        Command("retry", _tr("Save again what could not be saved"), "Ctrl+S"),
        Command("keys", _tr("List and change the keys"), "?"),
    )


def load_keys() -> Dict[str, str]:
    """Return the key of every command, as the user has set them."""
    stored = QgsSettings()
    return {item.name: str(stored.value(f"{GROUP}/{item.name}", item.key)) for item in commands()}


def save_keys(keys: Dict[str, str]) -> None:
    """Remember the keys that differ from the usual ones."""
    stored = QgsSettings()
    for item in commands():
        if keys.get(item.name, item.key) == item.key:
            stored.remove(f"{GROUP}/{item.name}")
        else:
            stored.setValue(f"{GROUP}/{item.name}", keys[item.name])


def key_conflicts(keys: Dict[str, str], classes: Iterable[LabelClass] = ()) -> List[Tuple[str, List[str]]]:
    """Return the keys that several commands or classes claim, with what claims them in words."""
    text = {item.name: item.text for item in commands()}
    claims: Dict[str, List[str]] = {}
    for name, key in keys.items():
        claims.setdefault(key.casefold(), []).append(text[name])
    for item in classes:
        claims.setdefault(item.key.casefold(), []).append(item.name)
    return [(key, several) for key, several in claims.items() if key and len(several) > 1]


def free_keys(taken: Iterable[str], command_keys: Iterable[str]) -> List[str]:
    """Return the keys that classes can still have, digits first, then letters that no command uses."""
    used = {key.casefold() for key in (*taken, *command_keys)}
    return [key for key in DIGITS + LETTERS if key not in used]


def with_keys(classes: Sequence[LabelClass], command_keys: Iterable[str]) -> List[LabelClass]:
    """Return the classes with a key each as far as there are any; keys they have stay."""
    free = free_keys([item.key for item in classes], command_keys)
    return [
        item if item.key or not free else LabelClass(item.name, item.color, free.pop(0), item.description, item.target)
        for item in classes
    ]


def key_text(event: QKeyEvent) -> str:
    """Return what a key is called here: the sign it writes, else its name with its modifiers; "" for a modifier."""
    if event.key() in _SOLE_MODIFIERS or event.key() == 0:
        return ""
    held = event.modifiers()
    text = str(event.text()).casefold()
    if len(text) == 1 and text.isprintable() and not text.isspace():
        is_plain = not held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if is_plain:
            return text
    parts = [name for modifier, name in _MODIFIERS if held & modifier]
    return "+".join((*parts, QKeySequence(event.key()).toString(QKeySequence.SequenceFormat.PortableText)))


class LabelingKeys(QObject):
    """Takes keys that reach the panel, and those on the maps beside it that mean something to the session.

    Args:
        panel: every key that means something is taken here.
        command: told the key; returns whether it means something.
        is_meant: whether a key means something; told the key, and whether the panel has the focus and not a map.
    """

    def __init__(self, panel: QWidget, command: Callable[[str], bool], is_meant: Callable[[str, bool], bool]) -> None:
        super().__init__(panel)
        self._panel = panel
        self._command = command
        self._is_meant = is_meant
        self._watched: List[QWidget] = []
        self.watch(panel)

    def watch(self, widget: QWidget) -> None:
        """Take keys on another widget, such as a map, too."""
        widget.installEventFilter(self)
        self._watched.append(widget)

    def release(self, widget: QWidget) -> None:
        """Leave a widget its keys."""
        if widget in self._watched:
            self._watched.remove(widget)
            widget.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim keys before QGIS's shortcuts see them, then act on them."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            return False
        if isinstance(QApplication.focusWidget(), _WRITING):
            return False
        key = key_text(event)
        if not key or not self._is_meant(key, watched is self._panel):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return self._command(key)


def shown_key(key: str) -> str:
    """Return a key as people read it."""
    if len(key) == 1:
        return key.upper()
    native: Optional[str] = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return native or key


def _tr(text: str) -> str:
    return QCoreApplication.translate("LabelingKeys", text)
