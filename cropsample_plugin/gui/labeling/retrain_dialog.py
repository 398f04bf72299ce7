"""Asks what proposals are made from and how many are wanted."""

from __future__ import annotations

from pathlib import Path
from typing import List, Optional, Tuple

from qgis.core import QgsMapLayerProxyModel, QgsProject, QgsRasterLayer
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.labeling.session_file import resolved
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.retrain_plan import FROM_MAP, FROM_MODEL, RETRAIN, RetrainChoice
from cropsample_plugin.gui.layer_facts import is_dated_stack, stack_facts
from cropsample_plugin.gui.session_texts import model_texts

_MOST_PROPOSED = 1000
_FARTHEST_M = 1_000_000.0


def stacks_of(session: LabelingSession, session_path: str) -> List[Tuple[str, str]]:
    """Return name and path of the session's stack, then of the dated stacks of the project."""
    found = [(item.name, resolved(item.source.split("|")[0], session_path)) for item in session.settings.stack]
    rasters = [layer for layer in QgsProject.instance().mapLayers().values() if isinstance(layer, QgsRasterLayer)]
    found += [(layer.name(), stack_facts(layer).path) for layer in rasters if is_dated_stack(layer)]
    return list({path: (name, path) for name, path in reversed(found) if path}.values())[::-1]


class RetrainDialog(QDialog):
    """Asks; `choice` says what was chosen."""

    def __init__(
        self, session: LabelingSession, session_path: str, choice: RetrainChoice, parent: Optional[QWidget] = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("retrain_dialog")
        self.setWindowTitle(self.tr("Retrain and propose"))
        self._seed = choice.seed
        self.mode_combo, self.stack_combo, self.model_combo = QComboBox(), QComboBox(), QComboBox()
        self.map_combo = QgsMapLayerComboBox()
        self.map_combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.map_combo.setAllowEmptyLayer(True)
        self.package_widget = QgsFileWidget()
        self.package_widget.setFilter(self.tr("Model packages (*.zip)"))
        self.number_spin, self.distance_spin, self.diversity_spin = QSpinBox(), QDoubleSpinBox(), QDoubleSpinBox()
        self.uncertainty_combo = QComboBox()
        self.hint = hint_label("retrain_hint")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._fill(stacks_of(session, session_path), choice)
        self._lay_out()
        self.mode_combo.currentIndexChanged.connect(self._refresh)
        for signal in (
            self.stack_combo.currentIndexChanged,
            self.map_combo.layerChanged,
            self.package_widget.fileChanged,
        ):
            signal.connect(self._refresh)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._refresh()

    @property
    def choice(self) -> RetrainChoice:
        """What is chosen."""
        layer = self.map_combo.currentLayer()
        return RetrainChoice(
            mode=self.mode_combo.currentData(),
            stack=self.stack_combo.currentData() or "",
            probabilities=layer.source().split("|")[0] if layer is not None else "",
            model_package=self.package_widget.filePath().strip(),
            model=self.model_combo.currentData(),
            n_samples=self.number_spin.value(),
            uncertainty=self.uncertainty_combo.currentData(),
            diversity=self.diversity_spin.value(),
            min_distance_m=self.distance_spin.value(),
            seed=self._seed,
        )

    def _fill(self, stacks: List[Tuple[str, str]], choice: RetrainChoice) -> None:
        modes = {
            RETRAIN: self.tr("a model trained with the labels so far"),
            FROM_MAP: self.tr("a map of probabilities"),
            FROM_MODEL: self.tr("a model package"),
        }
        for mode, text in modes.items():
            self.mode_combo.addItem(text, mode)
        for name, path in stacks:
            self.stack_combo.addItem(name, path)
        for name, (title, _) in model_texts().items():
            self.model_combo.addItem(title, name)
        for name, text in (
            ("margin", self.tr("the two best classes are close")),
            ("least_confidence", self.tr("the best class is improbable")),
            ("entropy", self.tr("all classes are as likely")),
        ):
            self.uncertainty_combo.addItem(text, name)
        self.number_spin.setRange(1, _MOST_PROPOSED)
        self.number_spin.setValue(choice.n_samples)
        self.distance_spin.setRange(0.0, _FARTHEST_M)
        self.distance_spin.setDecimals(0)
        self.distance_spin.setValue(choice.min_distance_m)
        self.diversity_spin.setRange(0.0, 1.0)
        self.diversity_spin.setSingleStep(0.1)
        self.diversity_spin.setValue(choice.diversity)
        for combo, value in (
            (self.mode_combo, choice.mode),
            (self.stack_combo, choice.stack),
            (self.model_combo, choice.model),
            (self.uncertainty_combo, choice.uncertainty),
        ):
            combo.setCurrentIndex(max(0, combo.findData(value)))
        self.map_combo.setLayer(_probabilities())

    def _lay_out(self) -> None:
        form = QFormLayout()
        self._form = form
        rows = (
            ("mode_combo", self.tr("&From")),
            ("stack_combo", self.tr("Dated &stack")),
            ("model_combo", self.tr("&Model")),
            ("map_combo", self.tr("&Probabilities")),
            ("package_widget", self.tr("Model pac&kage")),
            ("number_spin", self.tr("&Number of samples")),
            ("distance_spin", self.tr("Minimum &distance [metres]")),
            ("uncertainty_combo", self.tr("&Unsure where")),
            ("diversity_spin", self.tr("Di&versity")),
        )
        for name, text in rows:
            widget = getattr(self, name)
            widget.setObjectName(name)
            form.addRow(text, widget)
        self.distance_spin.setToolTip(self.tr("Between proposed samples, and to all samples of the session"))
        self.diversity_spin.setToolTip(self.tr("0: the most uncertain ones, alike or not; 1: the most varied ones"))
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)

    def _refresh(self, *_value: object) -> None:
        mode = self.mode_combo.currentData()
        for widget, modes in (
            (self.model_combo, (RETRAIN,)),
            (self.map_combo, (FROM_MAP,)),
            (self.package_widget, (FROM_MODEL,)),
        ):
            for part in (widget, self._form.labelForField(widget)):
                part.setVisible(mode in modes)
        problem = self._problem(mode)
        text = self.tr("It runs in the background; go on labeling. The samples come next in the queue.")
        self.hint.setText(problem or text)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(not problem)

    def _problem(self, mode: str) -> str:
        choice = self.choice
        if mode != FROM_MAP and not choice.stack:
            return self.tr("Add a dated stack to the project: the model maps it.")
        if mode == FROM_MAP and not choice.probabilities:
            return self.tr("Choose the probabilities that 'Predict map' has written.")
        if mode == FROM_MODEL and not Path(choice.model_package).is_file():
            return self.tr("Choose the model package that 'Train classifier' has written.")
        return ""


def _probabilities() -> Optional[QgsRasterLayer]:
    """Return the raster that is most likely a map of probabilities."""
    layers = QgsProject.instance().mapLayers().values()
    rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer)]
    return next((layer for layer in rasters if "probabilit" in f"{layer.name()} {layer.source()}".casefold()), None)
