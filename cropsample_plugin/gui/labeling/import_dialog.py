"""Import labels and samples made elsewhere into the open session or a new one: source, fields, classes, remarks."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any, List, Optional

from qgis.core import Qgis, QgsMapLayerProxyModel
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QSize, Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.labeling.imports.candidates import CandidateTable, with_likely_class
from cropsample_plugin.bridge.labeling.imports.files import GPX_SUFFIX, read_file
from cropsample_plugin.bridge.labeling.imports.import_plan import ImportPlan, plan_import
from cropsample_plugin.bridge.labeling.imports.vector_layers import read_layer
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.labeling.import_form import ImportForm
from cropsample_plugin.gui.labeling.import_new_session import NewSessionBox, classes_of_table, target_of_plan
from cropsample_plugin.gui.labeling.import_target import carry_out, nearness_of, target_of
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_files import remember, usual_labeler
from cropsample_plugin.gui.labeling.new_session_plan import SessionPlan, make_session

_REPLAN_MS = 150
_WIDTH_EM, _HEIGHT_EM, _MOST_OF_SCREEN = 40, 44, 0.9
_MOST_REASONS = 3
_MOST_REMARKS_SHOWN = 500
_FILES = "(*.csv *.txt *.tsv *.kml *.kmz *.gpx *.gpkg *.shp *.geojson *.json)"


class ImportDialog(QDialog):
    """Reads a file or layer, asks what its fields mean, shows what would be taken, and imports it as one step."""

    def __init__(self, controller: LabelingController, iface: Any, parent: Optional[QWidget] = None) -> None:  # noqa: ANN401
        super().__init__(parent)
        self.setObjectName("import_labels_dialog")
        self.setWindowTitle(self.tr("Import labels"))
        self._controller, self._iface = controller, iface
        self.table: Optional[CandidateTable] = None
        self.plan: Optional[ImportPlan] = None
        self.file_widget = QgsFileWidget()
        self.file_widget.setObjectName("file_widget")
        self.file_widget.setFilter(f"{self.tr('Labels and samples')} {_FILES};;{self.tr('All files')} (*)")
        self.layer_combo = QgsMapLayerComboBox()
        self.layer_combo.setObjectName("layer_combo")
        self.layer_combo.setFilters(QgsMapLayerProxyModel.Filter.HasGeometry)
        self.layer_combo.setAllowEmptyLayer(True)
        self.layer_combo.setLayer(None)
        self.target_combo = QComboBox()
        self.target_combo.setObjectName("target_combo")
        self.new_session = NewSessionBox()
        self.tracks_check = QCheckBox(self.tr("Close tracks to polygons"))
        self.notes = hint_label("import_notes")
        self.form = ImportForm()
        self.summary = hint_label("import_summary")
        self.remarks_table = QTableWidget(0, 3)
        self.save_button = QPushButton(self.tr("Save this list..."))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._timer = QTimer(self)
        if controller.session is not None:
            self.target_combo.addItem(controller.session.settings.name, False)  # noqa: FBT003 - Qt takes it by position
        self.target_combo.addItem(self.tr("a new session"), True)  # noqa: FBT003 - the same
        self._lay_out()
        self._connect()
        self._show_table(None)

    def load_file(self, path: str) -> None:
        """Show what a file holds."""
        self.file_widget.setFilePath(path)

    def take_down(self) -> None:
        """Let go of the session."""
        self._timer.stop()
        self._controller.closed.disconnect(self.reject)
        self.deleteLater()

    @property
    def makes_session(self) -> bool:
        """Whether the import makes a session of its own."""
        return bool(self.target_combo.currentData())

    def replan(self) -> None:
        """Count again what would be taken."""
        self._timer.stop()
        self.plan = None
        problem = ""
        session = self._controller.session
        if self.table is not None:
            try:
                if self.makes_session:
                    made = self._session_plan()
                    problem = self.new_session.problem(made) if made.settings.crs else ""
                    self.plan = plan_import(self.table, self.form.mapping(), target_of_plan(made))
                elif session is not None:
                    self.plan = plan_import(self.table, self.form.mapping(), target_of(session))
            except LabelingError as error:
                problem = str(error)
        self._show_plan(problem)

    def accept(self) -> None:
        """Import, and close when it is saved."""
        if self._timer.isActive():
            self.replan()
        plan = self.plan
        if plan is None or not plan.events or (self.makes_session and not self._make_session()):
            return
        if self._controller.act(lambda session: carry_out(session, plan)):
            self._tell(plan)
        super().accept()

    def _session_plan(self) -> SessionPlan:
        mapping = self.form.mapping()
        used = set(mapping.class_by_value.values())
        classes = [item for item in classes_of_table(self.table, mapping.roles.class_field) if item.name in used]
        return self.new_session.plan(self.table, classes, mapping.labeler, mapping.crs)

    def _make_session(self) -> bool:
        """Make and open the new session; False, with the reason shown, when that is not possible."""
        open_session = self._controller.session
        if open_session is not None and open_session.pending:
            self.summary.setText(self.tr("The open session has labels that are not saved yet: save them first."))
            return False
        plan = self._session_plan()
        problem = self.new_session.problem(plan)
        try:
            if not problem:
                session, path = make_session(plan)
        except LabelingError as error:
            problem = str(error)
        if problem:
            self.summary.setText(problem)
            return False
        remember(path, session.settings.session_id, session.labeler)
        # The dialog closes with a session, and this one gives way to the new one.
        self._controller.closed.disconnect(self.reject)
        self._controller.open(session, path)
        self._controller.closed.connect(self.reject)
        return True

    def _lay_out(self) -> None:
        sources = QFormLayout()
        sources.addRow(self.tr("&File"), self.file_widget)
        sources.addRow(self.tr("or la&yer"), self.layer_combo)
        sources.addRow("", self.tracks_check)
        sources.addRow(self.tr("&Into"), self.target_combo)
        self.tracks_check.setObjectName("tracks_check")
        self.remarks_table.setObjectName("remarks_table")
        self.remarks_table.setAccessibleName(self.tr("Rows with remarks"))
        self.remarks_table.setHorizontalHeaderLabels([self.tr("Row"), self.tr("Remark"), self.tr("Value")])
        self.remarks_table.verticalHeader().hide()
        self.remarks_table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.remarks_table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.save_button.setObjectName("save_remarks_button")
        self.save_button.setAutoDefault(False)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.addLayout(sources)
        for widget in (self.notes, self.new_session, self.form, self.remarks_table):
            inside.addWidget(widget)
        inside.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(content)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Import"))
        layout = QVBoxLayout(self)
        for widget in (area, self.summary, self.buttons):
            layout.addWidget(widget)
        em = self.fontMetrics().height()
        screen = QApplication.primaryScreen().availableSize()
        self.resize(QSize(em * _WIDTH_EM, em * _HEIGHT_EM).boundedTo(screen * _MOST_OF_SCREEN))

    def _connect(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REPLAN_MS)
        self._timer.timeout.connect(self.replan)
        self.file_widget.fileChanged.connect(self._on_file_chosen)
        self.layer_combo.layerChanged.connect(self._on_layer_chosen)
        self.tracks_check.toggled.connect(lambda _is_on: self._on_file_chosen(self.file_widget.filePath()))
        self.form.changed.connect(self._timer.start)
        self.target_combo.currentIndexChanged.connect(lambda _index: self._show_table(self.table))
        self.new_session.name_edit.textChanged.connect(lambda _text: self._timer.start())
        self.new_session.file_widget.fileChanged.connect(lambda _path: self._timer.start())
        self.save_button.clicked.connect(self._ask_where_to_save)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._controller.closed.connect(self.reject)

    def _on_file_chosen(self, path: str) -> None:
        if not path:
            return
        self.layer_combo.setLayer(None)
        session = self._controller.session
        nearness = nearness_of(session) if session is not None else None
        self._read(lambda: read_file(path, nearness, closes_tracks=self.tracks_check.isChecked()))

    def _on_layer_chosen(self, layer: Any) -> None:  # noqa: ANN401 - a layer, or None
        if layer is not None:
            self.file_widget.setFilePath("")
            self._read(lambda: with_likely_class(read_layer(layer)))

    def _read(self, read: Any) -> None:  # noqa: ANN401 - a function without arguments
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            table, problem = read(), ""
        except LabelingError as error:
            table, problem = None, str(error)
        finally:
            QApplication.restoreOverrideCursor()
        self._show_table(table, problem)

    def _show_table(self, table: Optional[CandidateTable], problem: str = "") -> None:
        is_other = table is not self.table
        self.table = table
        is_track_file = self.file_widget.filePath().casefold().endswith(GPX_SUFFIX)
        self.tracks_check.setVisible(is_track_file)
        self.form.setVisible(table is not None)
        self.new_session.setVisible(table is not None and self.makes_session)
        self.notes.setText(problem or " ".join(table.notes if table else ()))
        self.summary.setText("")
        if table is not None:
            if is_other:
                self.new_session.offer(table.title)
            session = self._controller.session
            self.form.show_table(table, self._classes_for, session.labeler if session else usual_labeler())
        self.replan()

    def _classes_for(self, class_field: str) -> List[str]:
        session = self._controller.session
        if self.makes_session or session is None:
            return [item.name for item in classes_of_table(self.table, class_field)]
        return [item.name for item in session.settings.classes]

    def _show_plan(self, problem: str) -> None:
        plan = self.plan
        can_import = plan is not None and bool(plan.events) and not problem
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(can_import)
        remarks = plan.remarks[:_MOST_REMARKS_SHOWN] if plan else []
        self.remarks_table.setRowCount(len(remarks))
        for row, remark in enumerate(remarks):
            texts = (str(remark.row), _remark_text(self, remark.reason, remark.is_taken), remark.value)
            for column, text in enumerate(texts):
                self.remarks_table.setItem(row, column, QTableWidgetItem(text))
        for widget in (self.remarks_table, self.save_button):
            widget.setVisible(bool(remarks))
        self.summary.setText(" ".join(filter(None, (problem, summary_text(self, plan) if plan else ""))))

    def _ask_where_to_save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save this list"), "", "CSV (*.csv)")
        if path:
            self.save_remarks(path)

    def save_remarks(self, path: str) -> None:
        """Write all remarks as CSV."""
        rows = [(item.row, item.reason, item.value, "yes" if item.is_taken else "no") for item in self.plan.remarks]
        try:
            with Path(path).open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([("row", "remark", "value", "taken"), *rows])
        except OSError as error:
            self.summary.setText(self.tr("'{}' cannot be written: {}.").format(path, error.strerror or error))

    def _tell(self, plan: ImportPlan) -> None:
        if self._iface is not None:
            self._iface.messageBar().pushMessage("CropSample", summary_text(self, plan), Qgis.MessageLevel.Success)


def summary_text(widget: QWidget, plan: ImportPlan) -> str:
    """Return in words what an import takes and what not."""
    lines = [
        widget.tr("{} rows: {} new samples, {} new labels, {} rows not taken.").format(
            plan.n_rows, len(plan.new_samples), plan.n_labels, plan.n_left_out
        )
    ]
    if plan.n_known_samples:
        lines.append(widget.tr("{} rows are about samples that the session has already.").format(plan.n_known_samples))
    if plan.n_repeated:
        lines.append(widget.tr("{} rows have been imported before.").format(plan.n_repeated))
    reasons = Counter(remark.reason for remark in plan.remarks if not remark.is_taken).most_common(_MOST_REASONS)
    lines += [widget.tr("{} not taken: {}.").format(count, reason) for reason, count in reasons]
    return " ".join([*lines, *plan.notes])


def _remark_text(widget: QWidget, reason: str, is_taken: bool) -> str:  # noqa: FBT001
    return widget.tr("taken: {}").format(reason) if is_taken else widget.tr("not taken: {}").format(reason)
