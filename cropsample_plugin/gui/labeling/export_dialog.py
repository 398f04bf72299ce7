"""Export what stands of the open session as a layer: which rows, with or without names, where to."""

from __future__ import annotations

from pathlib import Path
from typing import Any, List, Optional

from qgis.core import Qgis, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.labeling.export_labels import CSV, FORMATS, GEOPACKAGE, KML, write_labels
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.standing_labels import (
    NAMES_AS_LETTERS,
    NAMES_HIDDEN,
    NAMES_SHOWN,
    ExportOptions,
    StandingRow,
    standing_rows,
    visible_samples,
)
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession


def exported_rows(session: LabelingSession, options: ExportOptions) -> List[StandingRow]:
    """Return the rows of an export: in a blind session a labeler's own labels alone."""
    samples = visible_samples(session.samples, session.state, session.geometry)
    return standing_rows(samples, options, session.settings.session_id)


class ExportDialog(QDialog):
    """Asks how to export, and writes the file."""

    def __init__(self, controller: LabelingController, iface: Any, parent: Optional[QWidget] = None) -> None:  # noqa: ANN401
        super().__init__(parent)
        self.setObjectName("export_labels_dialog")
        self.setWindowTitle(self.tr("Export labels"))
        self._controller, self._iface = controller, iface
        self.rows_combo = QComboBox()
        self.names_combo = QComboBox()
        self.comments_check = QCheckBox(self.tr("Comments, in which people may be named"))
        self.unlabeled_check = QCheckBox(self.tr("Samples without a label too"))
        self.load_check = QCheckBox(self.tr("Add to the project"))
        self.load_check.setChecked(True)
        self.file_widget = QgsFileWidget()
        self.hint = hint_label("export_hint")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._fill()
        self._lay_out()
        self._connect()
        self._refresh()

    @property
    def options(self) -> ExportOptions:
        """What is chosen."""
        is_per_label = bool(self.rows_combo.currentData())
        return ExportOptions(
            is_per_label,
            self.names_combo.currentData(),
            is_per_label and self.comments_check.isChecked(),
            not is_per_label and self.unlabeled_check.isChecked(),
        )

    def accept(self) -> None:
        """Write the file; stay open where it cannot be written."""
        session, path = self._controller.session, self._path()
        if session is None or not path:
            return
        try:
            rows = exported_rows(session, self.options)
            colors = {item.name: item.color for item in session.settings.classes}
            sources = write_labels(rows, path, session.settings.crs, colors)
        except LabelingError as error:
            self.hint.setText(str(error))
            return
        if self.load_check.isChecked():
            _load(sources)
        if self._iface is not None:
            text = self.tr("{} rows were written to {}.").format(len(rows), path)
            self._iface.messageBar().pushMessage("CropSample", text, Qgis.MessageLevel.Success)
        super().accept()

    def _fill(self) -> None:
        self.rows_combo.addItem(self.tr("One row per sample: its class, and how far labelers agree"), False)  # noqa: FBT003
        self.rows_combo.addItem(self.tr("One row per label, as 'Label consensus' reads them"), True)  # noqa: FBT003
        for text, how in (
            (self.tr("leave out"), NAMES_HIDDEN),
            (self.tr("replace by letters"), NAMES_AS_LETTERS),
            (self.tr("write"), NAMES_SHOWN),
        ):
            self.names_combo.addItem(text, how)
        kinds = {GEOPACKAGE: "GeoPackage", CSV: "CSV", KML: "KML"}
        self.file_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file_widget.setFilter(";;".join(f"{name} (*{suffix})" for suffix, name in kinds.items()))
        for name in ("rows_combo", "names_combo", "comments_check", "unlabeled_check", "load_check", "file_widget"):
            getattr(self, name).setObjectName(name)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(self.tr("&Rows"), self.rows_combo)
        form.addRow(self.tr("&Names of labelers"), self.names_combo)
        for check in (self.comments_check, self.unlabeled_check):
            form.addRow("", check)
        form.addRow(self.tr("&File"), self.file_widget)
        form.addRow("", self.load_check)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        self.rows_combo.currentIndexChanged.connect(self._refresh)
        self.file_widget.fileChanged.connect(self._refresh)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._controller.closed.connect(self.reject)

    def _refresh(self, *_value: object) -> None:
        is_per_label = bool(self.rows_combo.currentData())
        self.names_combo.setEnabled(is_per_label)
        self.comments_check.setEnabled(is_per_label)
        self.unlabeled_check.setEnabled(not is_per_label)
        session = self._controller.session
        lines = []
        if session is not None and not session.sees_all:
            lines.append(self.tr("In this blind session only your own labels are exported."))
        lines.append(self.tr("Points and polygons become two layers of a GeoPackage; CSV and KML are in degrees."))
        self.hint.setText(" ".join(lines))
        can_save = session is not None and bool(self._path())
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(can_save)

    def _path(self) -> str:
        path = self.file_widget.filePath().strip()
        return path if not path or Path(path).suffix.casefold() in FORMATS else path + GEOPACKAGE


def _load(sources: List[str]) -> None:
    layers = [QgsVectorLayer(source, Path(source.split("|", maxsplit=1)[0]).stem, "ogr") for source in sources]
    for layer in filter(QgsVectorLayer.isValid, layers):
        if not layer.crs().isValid():
            # Text does not say it; it is written in degrees.
            layer.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
        QgsProject.instance().addMapLayer(layer)
