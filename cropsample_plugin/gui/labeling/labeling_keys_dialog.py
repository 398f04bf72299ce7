"""The list of all keys of a labeling session, to be read and changed."""

from __future__ import annotations

from typing import Dict, Optional, Sequence

from qgis.PyQt.QtCore import QEvent, Qt, pyqtSignal
from qgis.PyQt.QtGui import QFontMetricsF, QKeyEvent
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.labeling.labeling_keys import commands, key_conflicts, key_text, save_keys, shown_key

_WIDTH_EM, _HEIGHT_EM = 26, 30
_KEPT = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyEdit(QLineEdit):
    """Shows a key; pressing another one puts it there, Delete leaves none."""

    pressed = pyqtSignal(str)

    def __init__(self, key: str, parent: Optional[QWidget] = None) -> None:
        super().__init__(shown_key(key) if key else "", parent)
        self.key = key
        self.setReadOnly(True)

    def event(self, event: QEvent) -> bool:
        """Take keys before shortcuts of QGIS do."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() not in _KEPT:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key; those that move in a dialog stay what they are."""
        if event.key() in _KEPT:
            super().keyPressEvent(event)
            return
        key = "" if event.key() == Qt.Key.Key_Delete else key_text(event)
        if key or event.key() == Qt.Key.Key_Delete:
            self.show_key(key)
            self.pressed.emit(key)

    def show_key(self, key: str) -> None:
        """Show another key."""
        self.key = key
        self.setText(shown_key(key) if key else "")


class LabelingKeysDialog(QDialog):
    """Lists commands with keys that can be changed, and classes with theirs."""

    def __init__(self, keys: Dict[str, str], classes: Sequence[LabelClass], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("labeling_keys_dialog")
        self.setWindowTitle(self.tr("Keys of labeling sessions"))
        self._classes = tuple(classes)
        self.edits: Dict[str, KeyEdit] = {}
        layout = QVBoxLayout(self)
        layout.addWidget(
            hint_label("labeling_keys_hint", self.tr("Click a key, then press the new one. Delete leaves none."))
        )
        layout.addWidget(self._list(keys), 1)
        self.conflict_label = QLabel()
        self.conflict_label.setObjectName("labeling_keys_conflict")
        self.conflict_label.setWordWrap(True)
        layout.addWidget(self.conflict_label)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok
            | QDialogButtonBox.StandardButton.Cancel
            | QDialogButtonBox.StandardButton.RestoreDefaults
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        restore = self.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
        restore.clicked.connect(self.restore)
        layout.addWidget(self.buttons)
        em = QFontMetricsF(self.font(), self).height()
        area = self.screen().availableGeometry()
        self.resize(min(round(_WIDTH_EM * em), area.width()), min(round(_HEIGHT_EM * em), round(0.9 * area.height())))
        self._check()

    def keys(self) -> Dict[str, str]:
        """Return the keys as they are in the dialog."""
        return {name: edit.key for name, edit in self.edits.items()}

    def accept(self) -> None:
        """Store the keys."""
        save_keys(self.keys())
        super().accept()

    def restore(self) -> None:
        """Show the usual keys."""
        for item in commands():
            self.edits[item.name].show_key(item.key)
        self._check()

    def _list(self, keys: Dict[str, str]) -> QScrollArea:
        content = QWidget()
        form = QFormLayout(content)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for item in commands():
            edit = KeyEdit(keys[item.name])
            edit.setObjectName(f"labeling_key_{item.name}")
            edit.setAccessibleName(item.text)
            edit.pressed.connect(lambda _key: self._check())
            self.edits[item.name] = edit
            form.addRow(item.text, edit)
        for described in self._classes:
            key = QLabel(shown_key(described.key) if described.key else "")
            form.addRow(self.tr("Class {}").format(described.name), key)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        return scroll

    def _check(self) -> None:
        """Say which keys are claimed twice, and keep such a choice from being stored."""
        lines = [
            self.tr("{} stands for: {}").format(shown_key(key), ", ".join(claims))
            for key, claims in key_conflicts(self.keys(), self._classes)
        ]
        self.conflict_label.setText("\n".join(lines))
        self.conflict_label.setVisible(bool(lines))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not lines)
