"""A table of classes that can be edited: colour, name, key, target, description."""

from __future__ import annotations

from typing import List, Optional, Sequence

from qgis.gui import QgsColorButton
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QFontMetricsF
from qgis.PyQt.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.labeling.class_import import next_color

COLOR, NAME, KEY, TARGET, DESCRIPTION = range(5)
_ROW_EM, _ROWS = 1.9, 4
# What a class was called before it was edited.
_ORIGINAL_NAME = Qt.ItemDataRole.UserRole


class ClassTable(QTableWidget):
    """One row for each class."""

    edited = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(0, 5, parent)
        self.setObjectName("labeling_class_table")
        self.setAccessibleName(self.tr("Classes"))
        self.setHorizontalHeaderLabels(
            [self.tr("Colour"), self.tr("Class"), self.tr("Key"), self.tr("Target"), self.tr("Description")]
        )
        self.verticalHeader().hide()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.horizontalHeader()
        for column in (COLOR, KEY, TARGET):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(DESCRIPTION, QHeaderView.ResizeMode.Stretch)
        em = QFontMetricsF(self.font(), self).height()
        self.verticalHeader().setDefaultSectionSize(round(_ROW_EM * em))
        self.setMinimumHeight(round((_ROWS + 1) * _ROW_EM * em))
        self.itemChanged.connect(lambda _item: self.edited.emit())

    def set_classes(self, classes: Sequence[LabelClass], original_names: Optional[Sequence[str]] = None) -> None:
        """Show these classes instead of those shown; ``original_names`` where they are called otherwise by now."""
        self.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
        self.setRowCount(0)
        for item, original in zip(classes, original_names or [item.name for item in classes]):
            self._add(item, original)
        self.blockSignals(False)  # noqa: FBT003 - the same
        self.edited.emit()

    def classes(self) -> List[LabelClass]:
        """Return the classes as they stand in the table, empty rows left out."""
        found = []
        for row in range(self.rowCount()):
            name, key, target, described = (self._text(row, column) for column in (NAME, KEY, TARGET, DESCRIPTION))
            if name or key or described:
                color = self.cellWidget(row, COLOR).color().name()
                # What is no number is shown as a problem by `problem_of_target`, and counts as none until then.
                found.append(LabelClass(name, color, key, described, int(target) if target.isdecimal() else 0))
        return found

    def original_names(self) -> List[str]:
        """Return what the classes of `classes` were called when they came into the table, "" for new ones."""
        return [
            str(self.item(row, NAME).data(_ORIGINAL_NAME) or "")
            for row in range(self.rowCount())
            if any(self._text(row, column) for column in (NAME, KEY, DESCRIPTION))
        ]

    def bad_target(self) -> str:
        """Return the first target that is no whole number, "" for none."""
        texts = (self._text(row, TARGET) for row in range(self.rowCount()))
        return next((text for text in texts if text and not text.isdecimal()), "")

    def add_class(self) -> None:
        """Add an empty row, and let its name be typed."""
        self.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
        self._add(LabelClass("", next_color(self.classes())))
        self.blockSignals(False)  # noqa: FBT003 - the same
        self.setCurrentCell(self.rowCount() - 1, NAME)
        self.editItem(self.item(self.rowCount() - 1, NAME))

    def remove_selected(self) -> None:
        """Remove the selected rows."""
        for row in sorted({index.row() for index in self.selectedIndexes()}, reverse=True):
            self.removeRow(row)
        self.edited.emit()

    def _add(self, item: LabelClass, original_name: str = "") -> None:
        row = self.rowCount()
        self.insertRow(row)
        button = QgsColorButton(self)
        button.setColor(QColor(item.color))
        button.setShowMenu(False)
        button.setAccessibleName(self.tr("Colour"))
        button.colorChanged.connect(lambda _color: self.edited.emit())
        self.setCellWidget(row, COLOR, button)
        texts = {NAME: item.name, KEY: item.key, TARGET: str(item.target or ""), DESCRIPTION: item.description}
        for column, text in texts.items():
            cell = QTableWidgetItem(text)
            if column == NAME:
                cell.setData(_ORIGINAL_NAME, original_name)
            self.setItem(row, column, cell)

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item is not None else ""
