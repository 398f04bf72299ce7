"""The table that says which class of the session each class of a file is."""

from __future__ import annotations

from typing import Dict, Mapping, Optional, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

_MOST_VALUES = 300


class ClassMatchTable(QTableWidget):
    """A row for each text of the class field: the text, how often it is there, and the session's class.

    Attributes:
        changed: another class was chosen.
    """

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(0, 3, parent)
        self.setObjectName("class_match_table")
        self.setAccessibleName(self.tr("Classes of the file and of the session"))
        self.setHorizontalHeaderLabels([self.tr("In the file"), self.tr("Rows"), self.tr("In the session")])
        self.verticalHeader().hide()
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def show_values(self, counts: Mapping[str, int], classes: Sequence[str]) -> int:
        """List the texts, the most frequent first, with the class of the same name; return how many are not listed."""
        shown = sorted(counts.items(), key=lambda item: -item[1])[:_MOST_VALUES]
        by_key = {_key(name): name for name in reversed(classes)}
        self.setRowCount(len(shown))
        for row, (value, count) in enumerate(shown):
            self.setItem(row, 0, QTableWidgetItem(value))
            number = QTableWidgetItem(str(count))
            number.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.setItem(row, 1, number)
            self.setCellWidget(row, 2, self._choice(value, classes, by_key.get(_key(value), "")))
        return len(counts) - len(shown)

    def choose(self, value: str, class_name: str) -> None:
        """Set the class of a text."""
        for row in range(self.rowCount()):
            if self.item(row, 0).text() == value:
                combo = self.cellWidget(row, 2)
                combo.setCurrentIndex(combo.findData(class_name))

    def class_by_value(self) -> Dict[str, str]:
        """Return the class of each text that has one."""
        pairs = ((self.item(row, 0).text(), self.cellWidget(row, 2).currentData()) for row in range(self.rowCount()))
        return {value: class_name for value, class_name in pairs if class_name}

    def unmatched(self) -> Sequence[str]:
        """Return the texts without a class."""
        matched = self.class_by_value()
        return [self.item(row, 0).text() for row in range(self.rowCount()) if self.item(row, 0).text() not in matched]

    def _choice(self, value: str, classes: Sequence[str], chosen: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(self.tr("Class of {}").format(value))
        combo.addItem(self.tr("not taken"), "")
        for name in classes:
            combo.addItem(name, name)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        return combo


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
