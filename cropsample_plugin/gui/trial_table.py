"""The live table of a search: a row a trial, the best in bold."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

Rows = List[Dict[str, Any]]
TRIALS_TABLE = "trials"
_SCORE = "macro_f1"
_DONE = "done"


class TrialTable(QTableWidget):
    """Shows the trials in the order they were run; a click on a heading sorts them."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("trial_table")
        self.setAccessibleName(self.tr("Trials"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().setVisible(False)
        # Short headings leave room for the sign of sorting.
        self.horizontalHeader().setMinimumSectionSize(4 * self.fontMetrics().height())
        self._shown: Rows = []

    def show_rows(self, rows: Rows) -> None:
        """Show the rows; those already there stay as they are."""
        if rows == self._shown:
            return
        bar = self.verticalScrollBar()
        follows = bar.value() >= bar.maximum()
        sorts = self.isSortingEnabled()
        self.setSortingEnabled(False)
        columns = list(rows[-1]) if rows else []
        self.setColumnCount(len(columns))
        self.setHorizontalHeaderLabels([name.replace("_", " ").replace(" f1", " F1") for name in columns])
        self.setRowCount(len(rows))
        best = _best_row(rows)
        for number, row in enumerate(rows):
            for column, name in enumerate(columns):
                self.setItem(number, column, _item(row.get(name, ""), is_best=number == best))
        self._shown = [dict(row) for row in rows]
        self.resizeColumnsToContents()
        self.setSortingEnabled(sorts or bool(rows))
        if not sorts and rows:
            self.sortItems(0, Qt.SortOrder.AscendingOrder)
        if follows:
            self.scrollToBottom()


def _best_row(rows: Rows) -> int:
    finished = [number for number, row in enumerate(rows) if row.get("state") == _DONE]
    return max(finished, key=lambda number: float(rows[number][_SCORE]), default=-1)


def _item(value: Any, *, is_best: bool) -> QTableWidgetItem:  # noqa: ANN401 - number or text
    item = QTableWidgetItem()
    if isinstance(value, float) and not math.isfinite(value):
        value = ""
    # A number as such, so that columns sort by size.
    item.setData(Qt.ItemDataRole.DisplayRole, round(value, 4) if isinstance(value, float) else value)
    if is_best:
        font = item.font()
        font.setBold(True)
        item.setFont(font)
    return item
