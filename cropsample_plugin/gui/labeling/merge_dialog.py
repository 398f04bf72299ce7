"""The dialog that merges sessions of several people into one, and says what became of each."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional, Sequence

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFontMetricsF
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.merge_sessions import merge_session_files
from cropsample_plugin.bridge.labeling.session_file import SUFFIX
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.default_folder import default_output_folder
from cropsample_plugin.gui.labeling.labeling_form import flow_row, plain_button
from cropsample_plugin.gui.labeling.new_session_plan import with_suffix

_WIDTH_EM, _HEIGHT_EM = 36, 24
_FEWEST = 2


class MergeDialog(QDialog):
    """Asks which session files to merge and where the merged one goes.

    Attributes:
        made: path of the merged session, "" until it is made.
    """

    def __init__(self, sources: Sequence[str] = (), parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("merge_sessions_dialog")
        self.setWindowTitle(self.tr("Merge sessions"))
        self.made = ""
        self.source_list = QListWidget()
        self.source_list.setAccessibleName(self.tr("Sessions to merge"))
        self.source_list.addItems(sources)
        row, buttons = flow_row("merge_buttons")
        self.add_button = plain_button("merge_add", self.tr("Add…"))
        self.remove_button = plain_button("merge_remove", self.tr("Remove"))
        for button in (self.add_button, self.remove_button):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            buttons.addWidget(button)
        self.target_widget = QgsFileWidget()
        self.target_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.target_widget.setFilter(self._kind())
        target_label = QLabel(self.tr("Merged session"))
        target_label.setBuddy(self.target_widget)
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setAccessibleName(self.tr("What became of each session"))
        self.report.hide()
        self.box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Close)
        self.box.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Merge"))
        hint = hint_label("merge_hint", self.tr("The sessions stay as they are. Nothing is doubled, nothing is lost."))
        layout = QVBoxLayout(self)
        for widget in (hint, self.source_list, row, target_label, self.target_widget, self.report, self.box):
            layout.addWidget(widget)
        em, area = QFontMetricsF(self.font(), self).height(), self.screen().availableGeometry()
        self.resize(min(round(_WIDTH_EM * em), area.width()), min(round(_HEIGHT_EM * em), area.height()))
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        self.box.accepted.connect(self.merge)
        self.box.rejected.connect(self.reject)

    def sources(self) -> List[str]:
        """Return the session files to merge."""
        return [self.source_list.item(row).text() for row in range(self.source_list.count())]

    def merge(self) -> None:
        """Merge, and say what became of each session; or say why it cannot be done."""
        target = self.target_widget.filePath().strip()
        if len(self.sources()) < _FEWEST:
            self._tell(self.tr("Add at least two sessions."))
            return
        if not target:
            self._tell(self.tr("Choose where the merged session is kept."))
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            counts, notes = merge_session_files(with_suffix(target), self.sources())
        except LabelingError as error:
            self._tell(str(error))
            return
        finally:
            QApplication.restoreOverrideCursor()
        self.made = with_suffix(target)
        self._tell("\n".join([*(str(count) for count in counts), *notes]))
        self.box.button(QDialogButtonBox.StandardButton.Ok).setEnabled(False)

    def _tell(self, text: str) -> None:
        self.report.setPlainText(text)
        self.report.show()

    def _add(self) -> None:
        start = str(Path(self.sources()[-1]).parent) if self.sources() else default_output_folder()
        paths, _filter = QFileDialog.getOpenFileNames(self, self.tr("Sessions to merge"), start, self._kind())
        self.source_list.addItems([path for path in paths if path not in self.sources()])

    def _remove(self) -> None:
        for item in self.source_list.selectedItems():
            self.source_list.takeItem(self.source_list.row(item))

    def _kind(self) -> str:
        return self.tr("Labeling sessions (*{})").format(SUFFIX)
