"""The dialog that creates the engine environment: choices, the exact commands, progress, log, cancel."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import List, Optional

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QCloseEvent, QFontDatabase
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.environment import EnvironmentOptions, create_environment, default_options
from cropsample_plugin.bridge.environment_plan import NEEDED_GB, shown_commands
from cropsample_plugin.bridge.interpreters import Interpreter, find_interpreters
from cropsample_plugin.bridge.settings import load_settings, save_settings
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.background_call import BackgroundCall

_BYTES_PER_GB = 1_000_000_000


class CreateEngineDialog(QDialog):
    """Creates the environment in the background; closing the dialog asks it to stop.

    Attributes:
        created: path of the new interpreter.
    """

    created = pyqtSignal(str)

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("cropsample_create_engine")
        self.setWindowTitle(self.tr("Create CropSample's engine"))
        self.resize(680, 560)
        self._defaults = default_options()
        self._call: Optional[BackgroundCall] = None
        layout = QVBoxLayout(self)
        layout.addLayout(self._choices())
        layout.addWidget(QLabel(self.tr("What will be run:")))
        self.output_view = QPlainTextEdit()
        self.output_view.setObjectName("output_view")
        self.output_view.setAccessibleName(self.tr("Commands and their output"))
        self.output_view.setReadOnly(True)
        self.output_view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        layout.addWidget(self.output_view, 1)
        self.progress_bar = QProgressBar()
        self.progress_bar.setObjectName("progress_bar")
        self.progress_bar.setVisible(False)
        layout.addWidget(self.progress_bar)
        self.message_label = QLabel()
        self.message_label.setObjectName("message_label")
        self.message_label.setWordWrap(True)
        self.message_label.setVisible(False)
        layout.addWidget(self.message_label)
        layout.addWidget(self._buttons())
        self._search = BackgroundCall(self.tr("Looking for Python"), lambda _task: find_interpreters())
        self._search.done.connect(self._on_interpreters)
        self._search.start()
        self._show_plan()

    def options(self) -> EnvironmentOptions:
        """Return what the user chose."""
        return dataclasses.replace(
            self._defaults,
            base_python=self.python_combo.currentText().strip(),
            build=str(self.build_combo.currentData()),
            wheel_folder=self.wheel_widget.filePath().strip(),
        )

    def reject(self) -> None:
        """Close; while the environment is being made, ask that to stop first."""
        if self._call is not None:
            self._call.cancel()
            self.close_button.setEnabled(False)
            self.message_label.setText(self.tr("Stopping…"))
            self.message_label.setVisible(True)
            return
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Treat the window's close button like Cancel."""
        if self._call is not None:
            event.ignore()
            self.reject()
            return
        super().closeEvent(event)

    def _choices(self) -> QFormLayout:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.python_combo = QComboBox()
        self.python_combo.setObjectName("python_combo")
        self.python_combo.setEditable(True)
        self.python_combo.lineEdit().setPlaceholderText(self.tr("Looking for Python 3.11 or newer…"))
        self.python_combo.setEditText(self._defaults.base_python)
        self.python_combo.currentTextChanged.connect(self._show_plan)
        form.addRow(self.tr("&Base Python"), self.python_combo)
        self.build_combo = QComboBox()
        self.build_combo.setObjectName("build_combo")
        self.build_combo.addItem(self.tr("Processor (CPU), works everywhere"), "cpu")
        self.build_combo.addItem(self.tr("NVIDIA graphics card (CUDA), larger"), "cuda")
        self.build_combo.setCurrentIndex(max(0, self.build_combo.findData(self._defaults.build)))
        self.build_combo.currentIndexChanged.connect(self._show_plan)
        form.addRow(self.tr("B&uild"), self.build_combo)
        self.wheel_widget = QgsFileWidget()
        self.wheel_widget.setObjectName("wheel_widget")
        self.wheel_widget.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.wheel_widget.setFilePath(self._defaults.wheel_folder)
        self.wheel_widget.lineEdit().setPlaceholderText(self.tr("Empty: download from the internet"))
        self.wheel_widget.fileChanged.connect(self._show_plan)
        form.addRow(self.tr("Offline &wheel folder"), self.wheel_widget)
        self.space_label = hint_label("space_label")
        form.addRow(self.space_label)
        return form

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.create_button = QPushButton(self.tr("&Create"))
        self.create_button.setObjectName("create_button")
        self.create_button.clicked.connect(self._on_create)
        box.addButton(self.create_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.close_button = box.addButton(QDialogButtonBox.StandardButton.Close)
        self.close_button.setObjectName("close_button")
        box.rejected.connect(self.reject)
        return box

    def _show_plan(self, *_choice: object) -> None:
        options = self.options()
        self.output_view.setPlainText(shown_commands(options))
        self.space_label.setText(
            self.tr("Goes to {folder}. Needs about {needed} GB, {free:.0f} GB are free.").format(
                folder=options.folder, needed=NEEDED_GB.get(options.build, 0), free=_free_gb(Path(options.folder))
            )
        )

    def _on_interpreters(self, found: Optional[List[Interpreter]], _error: Optional[EngineError]) -> None:
        self._search = None
        chosen = self.python_combo.currentText()
        for interpreter in found or ():
            version = ".".join(str(part) for part in interpreter.version)
            self.python_combo.addItem(interpreter.path)
            tip = self.tr("Python {}").format(version)
            self.python_combo.setItemData(self.python_combo.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        if chosen:
            self.python_combo.setEditText(chosen)
        elif not found:
            self.python_combo.lineEdit().setPlaceholderText(self.tr("None found: name a Python 3.11 or newer"))
        self._show_plan()

    def _on_create(self) -> None:
        options = self.options()
        save_settings(
            dataclasses.replace(
                load_settings(),
                base_python=options.base_python,
                build=options.build,
                wheel_folder=options.wheel_folder,
            )
        )
        self._set_running(is_running=True)
        self.output_view.clear()
        call = BackgroundCall(
            self.tr("Creating CropSample's engine"),
            lambda task: create_environment(
                options, task.line_received.emit, lambda share: task.setProgress(100 * share), task.isCanceled
            ),
        )
        call.line_received.connect(self.output_view.appendPlainText)
        call.progressChanged.connect(self._on_progress)
        call.done.connect(self._on_done)
        self._call = call.start()

    def _on_progress(self, percent: float) -> None:
        self.progress_bar.setRange(0, 100)
        self.progress_bar.setValue(round(percent))

    def _on_done(self, python: Optional[str], error: Optional[EngineError]) -> None:
        self._call = None
        self._set_running(is_running=False)
        self.message_label.setVisible(True)
        if error is not None:
            self.message_label.setText(str(error))
            return
        self.message_label.setText(self.tr("The engine is ready."))
        self.create_button.setEnabled(False)
        self.created.emit(str(python))

    def _set_running(self, *, is_running: bool) -> None:
        for widget in (self.python_combo, self.build_combo, self.wheel_widget, self.create_button):
            widget.setEnabled(not is_running)
        self.message_label.setVisible(False)
        self.progress_bar.setVisible(is_running)
        self.progress_bar.setRange(0, 0)
        self.close_button.setEnabled(True)
        self.close_button.setText(self.tr("Cancel") if is_running else self.tr("Close"))


def _free_gb(folder: Path) -> float:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free / _BYTES_PER_GB
