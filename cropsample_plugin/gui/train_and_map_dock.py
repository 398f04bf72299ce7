"""The Train and map panel: shows a session and hands it to whoever runs it; holds no state of its own."""

from __future__ import annotations

from typing import Callable, Dict, List, Optional

from qgis.core import QgsMapLayer, QgsProject
from qgis.gui import QgsDockWidget, QgsFieldComboBox
from qgis.PyQt.QtCore import QSignalBlocker, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QComboBox, QWidget

from cropsample_plugin.gui.default_folder import default_output_folder
from cropsample_plugin.gui.layer_facts import (
    default_samples,
    default_stack,
    fields_to_offer,
    samples_facts,
    stack_facts,
)
from cropsample_plugin.gui.model_comparison import dialog_parameters
from cropsample_plugin.gui.problem_list import ProblemList
from cropsample_plugin.gui.session_texts import (
    area_texts,
    model_texts,
    ready_text,
    samples_text,
    stack_text,
    validation_texts,
)
from cropsample_plugin.gui.train_and_map_form import TrainAndMapForm
from cropsample_plugin.gui.train_and_map_session import Area, ProblemKind, TrainAndMapSession


class TrainAndMapDock(QgsDockWidget):
    """The panel.

    Attributes:
        run_requested: the user wants the session to run.
        cancel_requested: the user wants the running one to stop.
        build_requested: the user wants to build a dated stack.
        engine_requested: the user wants to create or choose the engine.
        jobs_requested: the user wants to see the jobs.
        dialog_requested: the user wants the dialog of an algorithm, given by its id, filled with parameters.
    """

    run_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    build_requested = pyqtSignal()
    engine_requested = pyqtSignal()
    jobs_requested = pyqtSignal()
    dialog_requested = pyqtSignal(str, object)

    def __init__(self, engine_problem: Callable[[], str], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("cropsample_train_and_map")
        self.setWindowTitle(self.tr("Train and map"))
        self.session = TrainAndMapSession(folder=default_output_folder())
        self._engine_problem = engine_problem
        self._is_running = False
        self.form = TrainAndMapForm()
        self.problem_list = ProblemList(
            {
                ProblemKind.ENGINE_MISSING: (self.tr("Set up…"), self.engine_requested.emit),
                ProblemKind.NO_STACK: (self.tr("Build…"), self.build_requested.emit),
                ProblemKind.STACK_NOT_DATED: (self.tr("Build…"), self.build_requested.emit),
            }
        )
        self.form.add_problem_list(self.problem_list)
        self.setWidget(self.form)
        self._fill_choices()
        self._connect()
        self.choose_defaults()

    def choose_defaults(self) -> None:
        """Pick a stack and samples from the project where the user has picked none that suit."""
        form = self.form
        if self.session.stack is None or not self.session.stack.dates:
            form.stack_combo.setLayer(default_stack() or form.stack_combo.currentLayer())
        if self.session.samples is None:
            form.samples_combo.setLayer(default_samples())
        self.read_layers()

    def read_layers(self) -> None:
        """Look again at the layers chosen: their fields and features may have changed."""
        layer = self.form.stack_combo.currentLayer()
        self.session.stack = None if layer is None else stack_facts(layer)
        self._on_samples_changed()

    def refresh(self) -> None:
        """Show the session as it is now; also asks again whether the engine is ready."""
        self.session.engine_problem = self._engine_problem()
        session, form = self.session, self.form
        form.stack_hint.setText(stack_text(session.stack) if session.stack and session.stack.dates else "")
        form.stack_hint.setVisible(bool(form.stack_hint.text()))
        form.samples_hint.setText(samples_text(session.samples, session.class_field) if session.samples else "")
        form.samples_hint.setVisible(bool(form.samples_hint.text()))
        form.own_series_check.setVisible(bool(session.samples and session.samples.series_fields))
        form.model_hint.setText(model_texts()[session.model][1])
        form.domain_combo.setVisible(session.uses_domain)
        form.domain_label.setVisible(session.uses_domain)
        form.area_layer_combo.setVisible(session.area is Area.LAYER)
        form.name_edit.setPlaceholderText(session.default_run_name())
        self.problem_list.show_problems(session.problems(), ready_text(session))
        form.run_button.setEnabled(not self._is_running and session.can_run())

    def show_running(self, *, is_running: bool) -> None:
        """Show or hide progress and the Cancel button."""
        self._is_running = is_running
        self.form.progress_bar.setVisible(is_running)
        self.form.cancel_button.setVisible(is_running)
        self.form.cancel_button.setEnabled(is_running)
        self.problem_list.setVisible(not is_running)
        self.show_progress(0.0, "")
        self.refresh()

    def show_progress(self, fraction: float, message: str) -> None:
        """Show the share of the run that is done, in [0, 1], and what is being done."""
        self.form.progress_bar.setValue(round(1000 * fraction))
        self.form.progress_bar.setFormat(f"{message} · %p %" if message else "%p %")

    def _fill_choices(self) -> None:
        form = self.form
        for model, (name, _) in model_texts().items():
            form.model_combo.addItem(name, model)
        for validation, text in validation_texts().items():
            form.validation_combo.addItem(text, validation)
        for area, text in area_texts().items():
            form.area_combo.addItem(text, area.value)
        form.uncertainty_check.setChecked(self.session.wants_uncertainty)
        form.probabilities_check.setChecked(self.session.wants_probabilities)
        form.folder_widget.setFilePath(self.session.folder)

    def _connect(self) -> None:
        form = self.form
        form.stack_combo.layerChanged.connect(self._on_stack_changed)
        form.samples_combo.layerChanged.connect(self._on_samples_changed)
        form.area_layer_combo.layerChanged.connect(self._on_choice)
        for combo in self._field_combos().values():
            combo.fieldChanged.connect(self._on_choice)
        for combo in (form.model_combo, form.validation_combo, form.area_combo):
            combo.currentIndexChanged.connect(self._on_choice)
        for check in (form.own_series_check, form.uncertainty_check, form.probabilities_check):
            check.toggled.connect(self._on_choice)
        form.folder_widget.fileChanged.connect(self._on_choice)
        form.name_edit.textChanged.connect(self._on_choice)
        form.build_button.clicked.connect(self.build_requested)
        form.compare_button.menu().triggered.connect(self._on_compare)
        form.run_button.clicked.connect(self.run_requested)
        form.cancel_button.clicked.connect(self._on_cancel)
        form.jobs_button.clicked.connect(self.jobs_requested)
        self.visibilityChanged.connect(self._on_visibility)
        # Later, when the layer tree and the lists of layers know the new ones too.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_layers_known)
        QgsProject.instance().layersAdded.connect(self._on_layers_added)

    def _field_combos(self) -> Dict[str, QgsFieldComboBox]:
        form = self.form
        return {
            "class_field": form.class_combo,
            "group_field": form.group_combo,
            "weight_field": form.weight_combo,
            "domain_field": form.domain_combo,
        }

    def _on_stack_changed(self, _layer: Optional[QgsMapLayer] = None) -> None:
        self.read_layers()

    def _on_samples_changed(self, _layer: Optional[QgsMapLayer] = None) -> None:
        layer = self.form.samples_combo.currentLayer()
        facts = None if layer is None else samples_facts(layer, self.form.stack_combo.currentLayer())
        self.session.choose_samples(facts)
        fields = fields_to_offer(layer)
        for attribute, combo in self._field_combos().items():
            blocker = QSignalBlocker(combo)
            combo.setFields(fields)
            combo.setField(getattr(self.session, attribute))
            del blocker
        blocker = QSignalBlocker(self.form.own_series_check)
        self.form.own_series_check.setChecked(self.session.uses_own_series)
        del blocker
        self.refresh()

    def _on_choice(self, *_value: object) -> None:
        session, form = self.session, self.form
        for attribute, combo in self._field_combos().items():
            setattr(session, attribute, combo.currentField())
        session.model = _data(form.model_combo)
        session.validation = _data(form.validation_combo)
        session.area = Area(_data(form.area_combo))
        area_layer = form.area_layer_combo.currentLayer()
        session.area_layer_id = area_layer.id() if area_layer else ""
        session.uses_own_series = form.own_series_check.isChecked() and bool(
            session.samples and session.samples.series_fields
        )
        session.wants_uncertainty = form.uncertainty_check.isChecked()
        session.wants_probabilities = form.probabilities_check.isChecked()
        session.folder = form.folder_widget.filePath().strip()
        session.run_name = form.name_edit.text()
        self.refresh()

    def _on_compare(self, action: QAction) -> None:
        self.dialog_requested.emit(action.data(), dialog_parameters(action.data(), self.session))

    def _on_cancel(self) -> None:
        self.form.cancel_button.setEnabled(False)
        self.cancel_requested.emit()

    def _on_visibility(self, is_visible: bool) -> None:  # noqa: FBT001 - the signal's signature
        if is_visible and not self._is_running:
            self.choose_defaults()

    def _on_layers_added(self, _layers: List[QgsMapLayer]) -> None:
        self._later.start()

    def _on_layers_known(self) -> None:
        is_complete = self.session.samples is not None and self.session.stack is not None
        if self.isVisible() and not self._is_running and not is_complete:
            self.choose_defaults()


def _data(combo: QComboBox) -> str:
    return str(combo.currentData())
