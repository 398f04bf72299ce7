"""The page Settings > Options > CropSample: which engine, and what it may use."""

from __future__ import annotations

import dataclasses
from typing import Optional

from qgis.gui import QgsFileWidget, QgsOptionsPageWidget, QgsOptionsWidgetFactory
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices, QIcon
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.catalogue_names import make_own_list
from cropsample_plugin.bridge.settings import Settings, load_settings, save_settings
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.create_engine_dialog import CreateEngineDialog
from cropsample_plugin.gui.engine_state import EngineProbe
from cropsample_plugin.gui.icons import icon

PAGE_TITLE = "CropSample"
_MAXIMUM_THREADS = 256
_MAXIMUM_MEMORY_MB = 1_048_576
_MEMORY_STEP_MB = 256


class EngineOptionsPage(QgsOptionsPageWidget):
    """Shows the settings and writes them when the options are accepted."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("cropsample_options")
        self._probe = EngineProbe(self)
        self._probe.answered.connect(self._on_answered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._engine_box())
        layout.addWidget(self._resources_box())
        layout.addWidget(self._imagery_box())
        layout.addStretch()
        self._show(load_settings())
        self.check()

    def apply(self) -> None:
        """Write the settings; QGIS calls it when the options are accepted."""
        save_settings(self.settings())

    def helpKey(self) -> str:
        """Return no help page of QGIS's own manual."""
        return ""

    def settings(self) -> Settings:
        """Return what the page shows, with the settings it does not show unchanged."""
        return dataclasses.replace(
            load_settings(),
            engine_python=self.python_widget.filePath().strip() if self.python_combo.currentData() else "",
            device=str(self.device_combo.currentData()),
            threads=self.threads_spin.value(),
            memory_mb=self.memory_spin.value(),
        )

    def check(self) -> None:
        """Ask the engine for its state in the background."""
        self.state_label.setText(self.tr("Checking…"))
        self._probe.start()

    def _engine_box(self) -> QGroupBox:
        box = QGroupBox(self.tr("Engine"))
        box.setObjectName("engine_box")
        form = QFormLayout(box)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(
            hint_label(
                "engine_hint",
                self.tr(
                    "Training and mapping run in a Python of their own, beside QGIS. "
                    "Nothing is installed into QGIS's Python."
                ),
            )
        )
        self.python_combo = QComboBox()
        self.python_combo.setObjectName("python_combo")
        self.python_combo.addItem(self.tr("Automatic: the environment CropSample creates"), "")
        self.python_combo.addItem(self.tr("A Python of your own"), "setting")
        self.python_combo.currentIndexChanged.connect(self._on_python_choice)
        form.addRow(self.tr("&Python"), self.python_combo)
        self.python_widget = QgsFileWidget()
        self.python_widget.setObjectName("python_widget")
        self.python_widget.setAccessibleName(self.tr("Path of the Python interpreter"))
        self.python_widget.setDialogTitle(self.tr("Choose a Python interpreter"))
        form.addRow("", self.python_widget)
        self.state_icon = QLabel()
        self.state_icon.setObjectName("state_icon")
        self.state_label = QLabel()
        self.state_label.setObjectName("state_label")
        self.state_label.setWordWrap(True)
        form.addRow(self.tr("State"), _row(self.state_icon, self.state_label))
        self.create_button = QPushButton(self.tr("&Create engine…"))
        self.create_button.setObjectName("create_button")
        self.create_button.clicked.connect(self._on_create)
        self.check_button = QPushButton(self.tr("Chec&k"))
        self.check_button.setObjectName("check_button")
        self.check_button.clicked.connect(self._on_check)
        form.addRow("", _row(self.create_button, self.check_button, stretches=False))
        return box

    def _resources_box(self) -> QGroupBox:
        box = QGroupBox(self.tr("What it may use"))
        box.setObjectName("resources_box")
        form = QFormLayout(box)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.device_combo = QComboBox()
        self.device_combo.setObjectName("device_combo")
        for text, device in (
            (self.tr("The fastest there is"), "auto"),
            (self.tr("Processor (CPU)"), "cpu"),
            (self.tr("NVIDIA graphics card (CUDA)"), "cuda"),
            (self.tr("Apple graphics (MPS)"), "mps"),
        ):
            self.device_combo.addItem(text, device)
        form.addRow(self.tr("&Device"), self.device_combo)
        self.threads_spin = QSpinBox()
        self.threads_spin.setObjectName("threads_spin")
        self.threads_spin.setRange(0, _MAXIMUM_THREADS)
        self.threads_spin.setSpecialValueText(self.tr("All"))
        form.addRow(self.tr("Processor &threads"), self.threads_spin)
        self.memory_spin = QSpinBox()
        self.memory_spin.setObjectName("memory_spin")
        self.memory_spin.setRange(0, _MAXIMUM_MEMORY_MB)
        self.memory_spin.setSingleStep(_MEMORY_STEP_MB)
        self.memory_spin.setSuffix(self.tr(" MB"))
        self.memory_spin.setSpecialValueText(self.tr("Default (1500 MB)"))
        form.addRow(self.tr("&Memory budget"), self.memory_spin)
        return box

    def _imagery_box(self) -> QGroupBox:
        box = QGroupBox(self.tr("Imagery"))
        box.setObjectName("imagery_box")
        layout = QVBoxLayout(box)
        layout.addWidget(
            hint_label(
                "imagery_hint",
                self.tr("Catalogues of your own, beside the known ones: a text file in your profile, with an example."),
            )
        )
        self.catalogues_button = QPushButton(self.tr("&Edit own catalogues…"))
        self.catalogues_button.setObjectName("catalogues_button")
        self.catalogues_button.clicked.connect(self._on_catalogues)
        layout.addWidget(_row(self.catalogues_button, stretches=False))
        return box

    def _on_catalogues(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(make_own_list())))

    def _show(self, settings: Settings) -> None:
        self.python_combo.setCurrentIndex(1 if settings.engine_python else 0)
        self.python_widget.setFilePath(settings.engine_python)
        self.python_widget.setVisible(bool(settings.engine_python))
        self.device_combo.setCurrentIndex(max(0, self.device_combo.findData(settings.device)))
        self.threads_spin.setValue(settings.threads)
        self.memory_spin.setValue(settings.memory_mb)

    def _on_python_choice(self, index: int) -> None:
        self.python_widget.setVisible(bool(self.python_combo.itemData(index)))

    def _on_check(self) -> None:
        self.apply()
        self.check()

    def _on_create(self) -> None:
        dialog = CreateEngineDialog(self)
        dialog.created.connect(self._on_created)
        dialog.exec()
        dialog.deleteLater()

    def _on_created(self, _python: str) -> None:
        self.python_combo.setCurrentIndex(0)
        self._on_check()

    def _on_answered(self, text: str, is_usable: bool) -> None:  # noqa: FBT001 - the signal's signature
        size = self.fontMetrics().height()
        name = "job_done.svg" if is_usable else "job_failed.svg"
        self.state_icon.setPixmap(icon(name).pixmap(size, size))
        self.state_label.setText(text)


class EngineOptionsFactory(QgsOptionsWidgetFactory):
    """Makes the page when QGIS opens its options."""

    def __init__(self) -> None:
        super().__init__(PAGE_TITLE, icon("train_and_map.svg"))
        # Newer QGIS finds a page by its key, which does not depend on translations.
        if hasattr(self, "setKey"):
            self.setKey(PAGE_TITLE)

    def icon(self) -> QIcon:
        """Return the page's icon."""
        return icon("train_and_map.svg")

    def createWidget(self, parent: Optional[QWidget] = None) -> QgsOptionsPageWidget:
        """Return a new page; QGIS owns it."""
        return EngineOptionsPage(parent)


def _row(*widgets: QWidget, stretches: bool = True) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for position, widget in enumerate(widgets):
        layout.addWidget(widget, int(stretches and position == len(widgets) - 1))
    if not stretches:
        layout.addStretch()
    return row
