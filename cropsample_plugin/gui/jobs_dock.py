"""The Jobs panel: running and past runs on one side, everything about the chosen one on the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QModelIndex, Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QFontDatabase, QResizeEvent
from qgis.PyQt.QtWidgets import (
    QLabel,
    QListView,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.flow_layout import FlowLayout
from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.learning_curve import LearningCurve
from cropsample_plugin.gui.result_layers import layer_files
from cropsample_plugin.gui.run_list_model import RUN_ID_ROLE, RunDelegate, RunListModel
from cropsample_plugin.gui.run_record import RunRecord
from cropsample_plugin.gui.run_texts import detail_text, results_text, run_title, steps_text
from cropsample_plugin.gui.trial_table import TRIALS_TABLE, TrialTable

_MINIMUM_LIST_WIDTH_PX = 150


class JobsDock(QgsDockWidget):
    """The panel.

    Attributes:
        load_requested: the user wants the outputs of a run, given by its id, in the project.
    """

    load_requested = pyqtSignal(str)

    def __init__(self, board: JobBoard, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("cropsample_jobs")
        self.setWindowTitle(self.tr("CropSample jobs"))
        self._board = board
        self.model = RunListModel(self)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setObjectName("jobs_splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self._list_part())
        self.splitter.addWidget(self._detail_part())
        self.splitter.setStretchFactor(1, 1)
        self.setWidget(self.splitter)
        board.changed.connect(self.refresh)
        self.visibilityChanged.connect(self._on_visibility)
        self.refresh()

    def refresh(self) -> None:
        """Show the runs as they are now; skipped while the panel is closed."""
        if not self.isVisible() and self.model.rowCount():
            return
        selected = self.current_run_id()
        self.model.show_runs(self._board.runs())
        self.empty_label.setVisible(self.model.rowCount() == 0)
        self.list_view.setVisible(self.model.rowCount() > 0)
        index = self.model.index_of(selected) if selected else QModelIndex()
        if not index.isValid() and self.model.rowCount():
            index = self.model.index(0)
        if index.isValid() and index != self.list_view.currentIndex():
            self.list_view.setCurrentIndex(index)
        self._show_details()

    def current_run_id(self) -> str:
        """Return the id of the chosen run, or an empty text."""
        return str(self.list_view.currentIndex().data(RUN_ID_ROLE) or "")

    def choose(self, run_id: str) -> None:
        """Choose a run, such as the one just started."""
        self.model.show_runs(self._board.runs())
        index = self.model.index_of(run_id)
        if index.isValid():
            self.list_view.setCurrentIndex(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put list and details beside each other in a wide panel, above each other in a narrow one."""
        super().resizeEvent(event)
        is_wide = event.size().width() > event.size().height()
        wanted = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.splitter.orientation() != wanted:
            self.splitter.setOrientation(wanted)

    def _list_part(self) -> QWidget:
        part = QWidget()
        layout = QVBoxLayout(part)
        layout.setContentsMargins(0, 0, 0, 0)
        self.empty_label = hint_label(
            "jobs_empty_label", self.tr("Jobs appear here when you train, map or run a CropSample tool of the toolbox.")
        )
        self.empty_label.setMargin(12)
        self.empty_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.list_view = QListView()
        self.list_view.setObjectName("jobs_list")
        self.list_view.setAccessibleName(self.tr("Jobs"))
        self.list_view.setModel(self.model)
        self.list_view.setItemDelegate(RunDelegate(self.list_view))
        self.list_view.setMinimumWidth(_MINIMUM_LIST_WIDTH_PX)
        self.list_view.selectionModel().currentChanged.connect(self._show_details)
        layout.addWidget(self.empty_label)
        layout.addWidget(self.list_view)
        return part

    def _detail_part(self) -> QWidget:
        self.details = QWidget()
        self.details.setObjectName("job_details")
        layout = QVBoxLayout(self.details)
        layout.setContentsMargins(6, 4, 6, 6)
        self.title_label = QLabel()
        self.title_label.setObjectName("job_title")
        self.title_label.setWordWrap(True)
        self.title_label.setTextFormat(Qt.TextFormat.PlainText)
        font = self.title_label.font()
        font.setBold(True)
        self.title_label.setFont(font)
        self.steps_label = hint_label("job_steps")
        self.message_label = hint_label("job_message")
        self.message_label.setTextFormat(Qt.TextFormat.PlainText)
        self.message_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.progress_bar = QProgressBar()
        self.progress_bar.setObjectName("job_progress")
        self.progress_bar.setRange(0, 1000)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("job_tabs")
        self.curve = LearningCurve()
        self.trials = TrialTable()
        self.log_view = QPlainTextEdit()
        self.log_view.setObjectName("job_log")
        self.log_view.setAccessibleName(self.tr("Log"))
        self.log_view.setReadOnly(True)
        self.log_view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.tabs.addTab(self.curve, self.tr("Learning &curve"))
        self.tabs.addTab(self.log_view, self.tr("&Log"))
        for widget in (self.title_label, self.steps_label, self.message_label, self.progress_bar):
            layout.addWidget(widget)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self._buttons())
        return self.details

    def _buttons(self) -> QWidget:
        row = QWidget()
        layout = FlowLayout(row)
        specifications = (
            ("pause_button", self.tr("&Pause"), self._on_pause),
            ("cancel_button", self.tr("C&ancel"), self._on_cancel),
            ("report_button", self.tr("Open &report"), self._on_report),
            ("load_button", self.tr("L&oad outputs"), self._on_load),
            ("folder_button", self.tr("Open &folder"), self._on_folder),
            ("remove_button", self.tr("Re&move"), self._on_remove),
        )
        for name, text, slot in specifications:
            button = QPushButton(text)
            button.setObjectName(name)
            button.clicked.connect(slot)
            layout.addWidget(button)
            setattr(self, name, button)
        return row

    def _run(self) -> Optional[RunRecord]:
        return self.model.run(self.list_view.currentIndex())

    def _show_details(self, *_indexes: object) -> None:
        run = self._run()
        if run is not None:
            self._board.load_details(run)
        self.details.setEnabled(run is not None)
        self.title_label.setText(run_title(run) if run else "")
        self.steps_label.setText(steps_text(run) if run else "")
        self.steps_label.setVisible(bool(run and len(run.step_names) > 1))
        self.message_label.setText(_message(run) if run else "")
        self.progress_bar.setVisible(bool(run and run.is_running))
        self.progress_bar.setValue(round(1000 * run.fraction) if run else 0)
        self.curve.show_curves(run.metrics if run else {}, self._step_text(run))
        self._show_trials(run)
        self._show_log(self._board.log_text(run) if run else "")
        is_paused = bool(run and self._board.is_paused(run))
        self.pause_button.setText(self.tr("&Continue") if is_paused else self.tr("&Pause"))
        self.pause_button.setVisible(bool(run and run.is_running))
        self.pause_button.setEnabled(bool(run and self._board.can_pause(run)))
        self.cancel_button.setVisible(bool(run and run.is_running))
        self.cancel_button.setEnabled(bool(run and self._board.can_cancel(run)))
        self.report_button.setEnabled(bool(run and run.report and Path(run.report).is_file()))
        self.load_button.setEnabled(bool(run and not run.is_running and layer_files(run)))
        self.folder_button.setEnabled(run is not None)
        self.remove_button.setEnabled(bool(run and not run.is_running))

    def _show_trials(self, run: Optional[RunRecord]) -> None:
        rows = run.rows.get(TRIALS_TABLE, []) if run else []
        position = self.tabs.indexOf(self.trials)
        if rows and position < 0:
            self.tabs.insertTab(0, self.trials, self.tr("&Trials"))
            self.tabs.setCurrentIndex(0)
        elif not rows and position >= 0:
            self.tabs.removeTab(position)
        self.trials.show_rows(rows)

    def _step_text(self, run: Optional[RunRecord]) -> str:
        if run and run.job("searchhyperparameters"):
            return self.tr("Trial")
        training = run.job("trainclassifier") if run else None
        is_forest = training is not None and training.parameters.get("model") == "random_forest"
        return self.tr("Trees") if is_forest else self.tr("Epoch")

    def _show_log(self, text: str) -> None:
        if text == self.log_view.toPlainText():
            return
        bar = self.log_view.verticalScrollBar()
        follows = bar.value() >= bar.maximum() - 2
        position = bar.value()
        self.log_view.setPlainText(text)
        bar.setValue(bar.maximum() if follows else position)

    def _on_visibility(self, is_visible: bool) -> None:  # noqa: FBT001 - the signal's signature
        if is_visible:
            self._board.refresh()
            self.refresh()

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self._board.cancel(self.current_run_id())

    def _on_pause(self) -> None:
        run = self._run()
        if run is not None:
            self._board.pause(run.run_id, paused=not self._board.is_paused(run))

    def _on_report(self) -> None:
        run = self._run()
        if run is not None:
            open_path(run.report)

    def _on_load(self) -> None:
        self.load_requested.emit(self.current_run_id())

    def _on_folder(self) -> None:
        run = self._run()
        if run is not None:
            open_path(folder_of(run))

    def _on_remove(self) -> None:
        answer: Any = QMessageBox.question(
            self,
            self.tr("Remove job"),
            self.tr("Remove this job and its log from the list? The files it made stay where they are."),
        )
        if answer == QMessageBox.StandardButton.Yes:
            self._board.remove(self.current_run_id())


def folder_of(run: RunRecord) -> str:
    """Return the folder of a run's outputs, or that of its log when it made none."""
    files = [value for value in run.outputs.values() if isinstance(value, str) and value and Path(value).is_file()]
    return str(Path(files[-1]).parent) if files else run.jobs[-1].folder if run.jobs else ""


def open_path(path: str) -> None:
    """Open a file or folder with the desktop's program for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))


def _message(run: RunRecord) -> str:
    if run.is_running:
        return f"{detail_text(run)}\n{run.message}".strip()
    return run.error_text or "\n".join(text for text in (detail_text(run), results_text(run)) if text)
