"""The New labeling session dialog: from a layer or from nothing to an open session."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict, Optional, Tuple

from qgis.core import QgsMapLayer, QgsProject, QgsProviderRegistry, QgsVectorLayer
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QFontMetricsF
from qgis.PyQt.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.layer_references import reference_to
from cropsample_plugin.bridge.labeling.session_file import (
    SUFFIX,
    Assignment,
    LayerReference,
    SessionSettings,
)
from cropsample_plugin.bridge.layers import crs_text
from cropsample_plugin.gui.default_folder import default_output_folder
from cropsample_plugin.gui.labeling.labeling_files import usual_labeler
from cropsample_plugin.gui.labeling.labeling_keys import load_keys
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.new_session_classes import NewSessionClasses
from cropsample_plugin.gui.labeling.new_session_form import NewSessionForm
from cropsample_plugin.gui.labeling.new_session_plan import (
    CLASSES,
    SessionPlan,
    make_session,
    plan_problems,
    with_suffix,
)
from cropsample_plugin.gui.labeling.session_samples import (
    SampleFields,
    SamplesTaken,
    guess_sample_fields,
    samples_of_layer,
)
from cropsample_plugin.gui.layer_facts import is_dated_stack

_WIDTH_EM, _HEIGHT_EM = 42, 32
_SCREEN_SHARE = 0.92


class NewSessionDialog(QDialog):
    """Asks what a session is made of.

    Attributes:
        made: the session, open, and the path of its file; None until it is made.
        taken: its samples, and what was left out of the layer.
    """

    def __init__(self, iface: Any, parent: Optional[QWidget] = None) -> None:  # noqa: ANN401 - QgisInterface or a stand-in
        super().__init__(parent)
        self.setObjectName("new_session_dialog")
        self.setWindowTitle(self.tr("New labeling session"))
        self.made: Optional[Tuple[LabelingSession, str]] = None
        self.taken = SamplesTaken(())
        self._layer_problem = ""
        self._iface = iface
        self._keys = load_keys()
        self._guessed = SampleFields()
        self._has_own_path = self._has_own_name = False
        self.form = NewSessionForm()
        self._classes = NewSessionClasses(self.form, self._keys, self._tell)
        self.message_label = QLabel()
        self.message_label.setObjectName("new_session_message")
        self.message_label.setWordWrap(True)
        self.message_label.hide()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Start labeling"))
        layout = QVBoxLayout(self)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.message_label)
        layout.addWidget(self.buttons)
        em, area = QFontMetricsF(self.font(), self).height(), self.screen().availableGeometry().size() * _SCREEN_SHARE
        self.resize(min(round(_WIDTH_EM * em), area.width()), min(round(_HEIGHT_EM * em), area.height()))
        self._connect()
        self._fill()

    def accept(self) -> None:
        """Make the session; stay where something is wrong."""
        self.message_label.hide()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._read_samples()
            problems = self.check()
            if not problems:
                self.made = make_session(self.plan())
        except LabelingError as error:
            self._tell(str(error))
            return
        finally:
            QApplication.restoreOverrideCursor()
        if problems:
            first = min(problems, key=self.form.page_of)
            self.form.setCurrentIndex(self.form.page_of(first))
            return
        super().accept()

    def check(self) -> Dict[str, str]:
        """Show below each field what is wrong with it; return it."""
        problems = plan_problems(self.plan(), self._keys)
        bad_target = self.form.class_table.bad_target()
        if bad_target:
            problems.setdefault(CLASSES, self.tr("The target '{}' is no whole number.").format(bad_target))
        if self._layer_problem:
            problems["layer"] = self._layer_problem
        self.form.show_problems(problems)
        return problems

    def samples(self) -> SamplesTaken:
        """Return the samples of the chosen layer, none where they are to be drawn.

        Raises:
            LabelingError: the layer holds none that can be labeled.
        """
        form, layer = self.form, self.form.layer_combo.currentLayer()
        if form.draw_radio.isChecked():
            return SamplesTaken(())
        if not isinstance(layer, QgsVectorLayer):
            raise LabelingError(
                self.tr("There is no layer of points or polygons in the project."),
                self.tr("Add one, or start without samples and draw them."),
            )
        fields = SampleFields(
            form.id_combo.currentField(),
            form.stratum_combo.currentField(),
            form.label_combo.currentField(),
            self._guessed.reason,
            self._guessed.priority,
        )
        return samples_of_layer(layer, fields, is_selected_only=form.selected_check.isChecked())

    def plan(self) -> SessionPlan:
        """Return what the dialog holds, with the samples that were read last."""
        form = self.form
        path = form.file_widget.filePath().strip()
        names = _lines(form.labelers_edit.toPlainText())
        assignment = Assignment(form.assignment_combo.currentData(), form.overlap_spin.value(), names)
        settings = SessionSettings(
            name=form.name_edit.text().strip(),
            store="",
            crs=self._crs(),
            classes=tuple(form.class_table.classes()),
            is_blind=form.blind_check.isChecked(),
            needs_confidence=form.confidence_check.isChecked(),
            needs_comment=form.comment_check.isChecked(),
            assignment=assignment,
            adjudicators=_lines(form.adjudicators_edit.toPlainText()),
            stack=self._references(form.stack_combo.currentLayer(), path),
            objects=self._references(form.objects_combo.currentLayer(), path),
            minimum_pixels=form.pixels_spin.value(),
            scale=form.scale_widget.scale(),
        )
        is_database = form.store_combo.currentData() == "postgis"
        return SessionPlan(
            with_suffix(path) if path else "",
            settings,
            form.labeler_edit.text(),
            self.taken.samples,
            str(form.connection_combo.currentData() or ""),
            form.schema_edit.text().strip() or "public",
            is_database,
        )

    def _connect(self) -> None:
        form = self.form
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        form.layer_combo.layerChanged.connect(self._on_layer)
        for radio in (form.layer_radio, form.draw_radio):
            radio.toggled.connect(self._show_choices)
            radio.toggled.connect(self._on_samples_choice)
        for combo in (form.id_combo, form.stratum_combo, form.label_combo):
            combo.fieldChanged.connect(self._on_samples_choice)
        form.selected_check.toggled.connect(self._on_samples_choice)
        for combo in (form.store_combo, form.assignment_combo):
            combo.currentIndexChanged.connect(self._show_choices)
        form.name_edit.textEdited.connect(self._on_name)
        form.file_widget.lineEdit().textEdited.connect(self._on_path)
        # Once the user has seen what is wrong, it goes away as it is mended.
        for signal in (
            form.name_edit.textChanged,
            form.labeler_edit.textChanged,
            form.file_widget.fileChanged,
            form.class_table.edited,
            form.labelers_edit.textChanged,
            form.overlap_spin.valueChanged,
            form.connection_combo.currentIndexChanged,
        ):
            signal.connect(self._recheck)

    def _fill(self) -> None:
        form = self.form
        form.labeler_edit.setText(usual_labeler())
        metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
        for name, connection in sorted((metadata.connections() if metadata else {}).items()):
            form.connection_combo.addItem(name, connection.uri())
        form.stack_combo.setLayer(_first(is_dated_stack))
        form.objects_combo.setLayer(None)
        active = self._iface.activeLayer()
        if isinstance(active, QgsVectorLayer):
            form.layer_combo.setLayer(active)
        has_layer = form.layer_combo.currentLayer() is not None
        (form.layer_radio if has_layer else form.draw_radio).setChecked(True)
        self._on_layer(form.layer_combo.currentLayer())
        self._show_choices()

    def _on_layer(self, layer: Optional[QgsMapLayer]) -> None:
        form = self.form
        is_vector = isinstance(layer, QgsVectorLayer)
        self._guessed = guess_sample_fields(layer) if is_vector else SampleFields()
        for combo, name in (
            (form.id_combo, self._guessed.sample_id),
            (form.stratum_combo, self._guessed.stratum),
            (form.label_combo, self._guessed.given_label),
        ):
            combo.setLayer(layer)
            combo.setField(name)
        n_selected = layer.selectedFeatureCount() if is_vector else 0
        form.selected_check.setText(self.tr("Selected features only ({})").format(n_selected))
        form.selected_check.setEnabled(n_selected > 0)
        form.selected_check.setChecked(n_selected > 0)
        taken = [name for name in (self._guessed.reason, self._guessed.priority) if name]
        text = self.tr("Reason and order are taken from: {}").format(", ".join(taken)) if taken else ""
        form.samples_hint.setText(text)
        form.samples_hint.setVisible(bool(text))
        if is_vector and not self._has_own_name:
            form.name_edit.setText(layer.name())
        elif not form.name_edit.text():
            form.name_edit.setText(self.tr("Labels"))
        self._guess_path()
        self._classes.guess()
        self._on_samples_choice()

    def _read_samples(self) -> None:
        """Read the layer, once: it may be large."""
        self.taken, self._layer_problem = SamplesTaken(()), ""
        try:
            self.taken = self.samples()
        except LabelingError as error:
            self._layer_problem = str(error)

    def _on_samples_choice(self, *_value: object) -> None:
        self._layer_problem = ""
        self._recheck()

    def _show_choices(self, *_value: object) -> None:
        form = self.form
        is_layer = form.layer_radio.isChecked()
        for widget in (form.layer_combo, form.id_combo, form.stratum_combo, form.label_combo):
            widget.setEnabled(is_layer)
        is_database = form.store_combo.currentData() == "postgis"
        form.show_database(is_shown=is_database)
        mode = form.assignment_combo.currentData()
        form.overlap_spin.setEnabled(mode in {"overlap", "claim"})
        self._recheck()

    def _recheck(self, *_value: object) -> None:
        """Look again at what was found wrong; what the user has not come to yet is not complained about."""
        shown = [name for name in self.form.problem_names() if self.form.problem(name)]
        if shown:
            QTimer.singleShot(0, self.check)

    def _on_name(self, _text: str) -> None:
        self._has_own_name = True
        self._guess_path()

    def _on_path(self, _text: str) -> None:
        self._has_own_path = True

    def _guess_path(self) -> None:
        """Offer a file that is not there yet, named as the session."""
        if self._has_own_path:
            return
        stem = re.sub(r"[^\w\- ]+", "_", self.form.name_edit.text()).strip() or "labels"
        folder, number, path = Path(default_output_folder()), 1, Path()
        while number == 1 or path.exists() or path.with_suffix(".gpkg").exists():
            path = folder / f"{stem}{'' if number == 1 else f'_{number}'}{SUFFIX}"
            number += 1
        self.form.file_widget.setFilePath(str(path))

    def _crs(self) -> str:
        form = self.form
        stack = form.stack_combo.currentLayer()
        layer = form.layer_combo.currentLayer() if form.layer_radio.isChecked() else None
        for crs in (item.crs() for item in (layer, stack, QgsProject.instance()) if item is not None):
            if crs.isValid():
                return crs_text(crs)
        return "EPSG:4326"

    @staticmethod
    def _references(layer: Optional[QgsMapLayer], path: str) -> Tuple[LayerReference, ...]:
        return (reference_to(layer, path),) if layer is not None and path else ()

    def _tell(self, text: str) -> None:
        self.message_label.setText(text)
        self.message_label.setVisible(bool(text))


def _lines(text: str) -> Tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _first(is_wanted: Any) -> Optional[QgsMapLayer]:  # noqa: ANN401 - a test of a layer
    return next((layer for layer in QgsProject.instance().mapLayers().values() if is_wanted(layer)), None)
