"""The dialog that says how many linked views there are, and what each of them shows."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Optional, Sequence, Tuple

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.labeling.session_file import LayerReference, ViewSettings
from cropsample_plugin.gui.appearance import fit_to_screen, hint_label
from cropsample_plugin.gui.flow_layout import FlowLayout
from cropsample_plugin.gui.labeling.linked_views_editor import ViewEditor
from cropsample_plugin.gui.labeling.linked_views_form import text_button
from cropsample_plugin.gui.labeling.linked_views_kept import MOST_VIEWS, preset_view


class LinkedViewsDialog(QDialog):
    """Adds, removes, orders and edits views.

    Attributes:
        is_reset: the user wants the session's views back; what was edited does not count.
    """

    def __init__(
        self,
        views: Sequence[ViewSettings],
        stacks: Sequence[Tuple[LayerReference, QgsRasterLayer]],
        session_path: str,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("linked_views_dialog")
        self.setWindowTitle(self.tr("Linked views"))
        self.is_reset = False
        self._views: List[ViewSettings] = list(views) or [ViewSettings(self.tr("Map"))]
        self._stacks = list(stacks)
        self.list = QListWidget()
        self.list.setObjectName("views_list")
        self.editor = ViewEditor(stacks, session_path, self)
        self.add_button = text_button("add_view_button", self.tr("Add"))
        self.remove_button = text_button("remove_view_button", self.tr("Remove"))
        self.up_button = text_button("view_up_button", self.tr("Up"))
        self.down_button = text_button("view_down_button", self.tr("Down"))
        self.reset_button = text_button("reset_views_button", self.tr("The session's views"))
        self.reset_button.setToolTip(self.tr("Forget your own views and see those of the session file"))
        self.share_check = QCheckBox(self.tr("For everyone: write them into the session file"))
        self.share_check.setObjectName("share_views_check")
        self.share_check.setEnabled(bool(session_path))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._connect()
        self._show(0)

    @property
    def views(self) -> Tuple[ViewSettings, ...]:
        """The views as edited, each with a title."""
        return tuple(
            view if view.title else replace(view, title=_title(view) or self.tr("View {}").format(place))
            for place, view in enumerate(self._views, start=1)
        )

    def _lay_out(self) -> None:
        left, row = QWidget(), QWidget()
        flow = FlowLayout(row)
        for button in (self.add_button, self.remove_button, self.up_button, self.down_button, self.reset_button):
            flow.addWidget(button)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addWidget(row)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.editor)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(scroll)
        splitter.setStretchFactor(1, 2)
        text = self.tr(
            "Your views are kept in your QGIS profile; the session file stays as it is unless you tick this."
        )
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.share_check)
        layout.addWidget(hint_label("share_views_hint", text))
        layout.addWidget(self.buttons)
        fit_to_screen(self, 38, 26)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._on_row)
        self.editor.edited.connect(self._on_edited)
        self.add_button.clicked.connect(self._on_add)
        self.remove_button.clicked.connect(self._on_remove)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.reset_button.clicked.connect(self._on_reset)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _show(self, row: int) -> None:
        self.list.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
        self.list.clear()
        for view in self.views:
            self.list.addItem(_list_text(view))
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)  # noqa: FBT003
        self._on_row(row)

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._views):
            self.editor.show_view(self._views[row])
        self.add_button.setEnabled(len(self._views) < MOST_VIEWS)
        self.remove_button.setEnabled(len(self._views) > 1)
        self.up_button.setEnabled(row > 0)
        self.down_button.setEnabled(0 <= row < len(self._views) - 1)

    def _on_edited(self) -> None:
        row = self.list.currentRow()
        self._views[row] = self.editor.view()
        self.list.item(row).setText(_list_text(self.views[row]))

    def _on_add(self) -> None:
        made = preset_view(self._stacks[0][1], self._stacks[0][0]) if self._stacks else None
        self._views.append(made or ViewSettings(""))
        self._show(len(self._views) - 1)

    def _on_remove(self) -> None:
        row = self.list.currentRow()
        del self._views[row]
        self._show(min(row, len(self._views) - 1))

    def _move(self, by: int) -> None:
        row = self.list.currentRow()
        self._views.insert(row + by, self._views.pop(row))
        self._show(row + by)

    def _on_reset(self) -> None:
        self.is_reset = True
        self.accept()


def _title(view: ViewSettings) -> str:
    return ", ".join(reference.name for reference in view.layers)


def _list_text(view: ViewSettings) -> str:
    return " · ".join(part for part in (view.title, view.date) if part)
