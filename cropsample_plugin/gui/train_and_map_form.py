"""The widgets of the Train and map panel and their layout; no behaviour."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsFieldProxyModel, QgsMapLayerProxyModel
from qgis.gui import QgsCollapsibleGroupBox, QgsFieldComboBox, QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.icons import icon
from cropsample_plugin.gui.model_comparison import comparison_button

_MINIMUM_COMBO_CHARACTERS = 12


class TrainAndMapForm(QWidget):
    """Everything the panel shows, from the stack at the top to the Run button."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("train_and_map_form")
        content = QWidget()
        sections = QVBoxLayout(content)
        sections.setContentsMargins(6, 6, 6, 6)
        for section in (self._stack_section(), self._samples_section(), self._model_section(), self._map_section()):
            sections.addWidget(section)
        sections.addStretch()
        scroll = QScrollArea()
        scroll.setObjectName("train_and_map_scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._run_section())

    def add_problem_list(self, widget: QWidget) -> None:
        """Put the list of what is missing above the Run button."""
        self._run_layout.insertWidget(0, widget)

    def _stack_section(self) -> QWidget:
        box, form = _section(self.tr("Image time series"), "stack_section")
        self.stack_combo = QgsMapLayerComboBox()
        self.stack_combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.stack_combo.setAllowEmptyLayer(True)
        _compact(self.stack_combo, "stack_combo", self.tr("Dated stack"))
        self.build_button = QToolButton()
        self.build_button.setObjectName("build_button")
        self.build_button.setIcon(icon("build_stack.svg"))
        self.build_button.setToolTip(self.tr("Build a dated stack from a folder of images…"))
        self.build_button.setAccessibleName(self.tr("Build a dated stack"))
        form.addRow(self.tr("&Stack"), _beside(self.stack_combo, self.build_button))
        _buddy(form, self.stack_combo)
        self.stack_hint = hint_label("stack_hint")
        form.addRow(self.stack_hint)
        return box

    def _samples_section(self) -> QWidget:
        box, form = _section(self.tr("Samples"), "samples_section")
        self.samples_combo = QgsMapLayerComboBox()
        self.samples_combo.setFilters(QgsMapLayerProxyModel.Filter.VectorLayer)
        self.samples_combo.setAllowEmptyLayer(True)
        _compact(self.samples_combo, "samples_combo", self.tr("Sample layer"))
        form.addRow(self.tr("&Layer"), self.samples_combo)
        self.class_combo = QgsFieldComboBox()
        _compact(self.class_combo, "class_combo", self.tr("Class field"))
        form.addRow(self.tr("&Class field"), self.class_combo)
        self.own_series_check = QCheckBox(self.tr("&Use the layer's own series fields"))
        self.own_series_check.setObjectName("own_series_check")
        self.own_series_check.setToolTip(
            self.tr("Train on the series in the sample layer instead of reading the stack")
        )
        form.addRow(self.own_series_check)
        self.samples_hint = hint_label("samples_hint")
        form.addRow(self.samples_hint)
        self.more_box = QgsCollapsibleGroupBox(self.tr("More about the samples"))
        self.more_box.setObjectName("more_box")
        self.more_box.setSaveCollapsedState(False)
        more = _form(self.more_box)
        self.group_combo = _optional_field("group_combo", self.tr("Parcel field"))
        self.group_combo.setToolTip(self.tr("Samples of one parcel stay together when the model is validated"))
        more.addRow(self.tr("&Parcel field"), self.group_combo)
        self.weight_combo = _optional_field("weight_combo", self.tr("Weight field"))
        self.weight_combo.setFilters(QgsFieldProxyModel.Filter.Numeric)
        self.weight_combo.setToolTip(self.tr("How much each sample counts in training"))
        more.addRow(self.tr("&Weight field"), self.weight_combo)
        form.addRow(self.more_box)
        self.more_box.setCollapsed(True)
        return box

    def _model_section(self) -> QWidget:
        box, form = _section(self.tr("Model"), "model_section")
        self.model_combo = QComboBox()
        _compact(self.model_combo, "model_combo", self.tr("Model"))
        self.compare_button = comparison_button()
        form.addRow(self.tr("&Model"), _beside(self.model_combo, self.compare_button))
        _buddy(form, self.model_combo)
        self.model_hint = hint_label("model_hint")
        form.addRow(self.model_hint)
        self.domain_label = QLabel(self.tr("&Domain field"))
        self.domain_combo = _optional_field("domain_combo", self.tr("Domain field"))
        self.domain_combo.setToolTip(self.tr("Says which samples are local and which come from elsewhere"))
        self.domain_label.setBuddy(self.domain_combo)
        form.addRow(self.domain_label, self.domain_combo)
        self.validation_combo = QComboBox()
        _compact(self.validation_combo, "validation_combo", self.tr("Validation"))
        form.addRow(self.tr("&Validation"), self.validation_combo)
        return box

    def _map_section(self) -> QWidget:
        box, form = _section(self.tr("Map"), "map_section")
        self.area_combo = QComboBox()
        _compact(self.area_combo, "area_combo", self.tr("Area to map"))
        form.addRow(self.tr("&Area"), self.area_combo)
        self.area_layer_combo = QgsMapLayerComboBox()
        self.area_layer_combo.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.area_layer_combo.setAllowEmptyLayer(True)
        _compact(self.area_layer_combo, "area_layer_combo", self.tr("Polygon layer that bounds the map"))
        form.addRow("", self.area_layer_combo)
        self.uncertainty_check = QCheckBox(self.tr("U&ncertainty"))
        self.uncertainty_check.setObjectName("uncertainty_check")
        self.probabilities_check = QCheckBox(self.tr("Pro&babilities"))
        self.probabilities_check.setObjectName("probabilities_check")
        form.addRow(self.tr("Also make"), _beside(self.uncertainty_check, self.probabilities_check, stretches=False))
        self.name_edit = QLineEdit()
        _compact(self.name_edit, "name_edit", self.tr("Name of the run"))
        form.addRow(self.tr("Nam&e"), self.name_edit)
        self.folder_widget = QgsFileWidget()
        self.folder_widget.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        _compact(self.folder_widget, "folder_widget", self.tr("Output folder"))
        form.addRow(self.tr("&Folder"), self.folder_widget)
        return box

    def _run_section(self) -> QWidget:
        bar = QFrame()
        bar.setObjectName("run_section")
        layout = self._run_layout = QVBoxLayout(bar)
        layout.setContentsMargins(12, 6, 12, 8)
        self.progress_bar = QProgressBar()
        self.progress_bar.setObjectName("progress_bar")
        self.progress_bar.setRange(0, 1000)
        self.progress_bar.setVisible(False)
        layout.addWidget(self.progress_bar)
        self.run_button = QPushButton(icon("run.svg"), self.tr("&Train and map"))
        self.run_button.setObjectName("run_button")
        self.run_button.setDefault(True)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setObjectName("cancel_button")
        self.cancel_button.setVisible(False)
        self.jobs_button = QPushButton(icon("jobs.svg"), self.tr("&Jobs"))
        self.jobs_button.setObjectName("jobs_button")
        self.jobs_button.setToolTip(self.tr("Show running and past jobs"))
        layout.addWidget(_beside(self.run_button, self.cancel_button, self.jobs_button))
        return bar


def _section(title: str, name: str) -> tuple[QGroupBox, QFormLayout]:
    box = QGroupBox(title)
    box.setObjectName(name)
    return box, _form(box)


def _form(parent: QWidget) -> QFormLayout:
    form = QFormLayout(parent)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setContentsMargins(8, 6, 8, 6)
    form.setVerticalSpacing(5)
    return form


def _beside(first: QWidget, *others: QWidget, stretches: bool = True) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(first, int(stretches))
    for other in others:
        layout.addWidget(other)
    if not stretches:
        layout.addStretch()
    return row


def _buddy(form: QFormLayout, field: QWidget) -> None:
    label = form.labelForField(field.parentWidget())
    if isinstance(label, QLabel):
        label.setBuddy(field)


def _compact(widget: QWidget, name: str, accessible_name: str) -> None:
    """Name a field and let it shrink, so that long layer names never widen the panel."""
    widget.setObjectName(name)
    widget.setAccessibleName(accessible_name)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    if isinstance(widget, QComboBox):
        widget.setMinimumContentsLength(_MINIMUM_COMBO_CHARACTERS)
        widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)


def _optional_field(name: str, accessible_name: str) -> QgsFieldComboBox:
    combo = QgsFieldComboBox()
    combo.setAllowEmptyFieldName(True)
    _compact(combo, name, accessible_name)
    return combo
