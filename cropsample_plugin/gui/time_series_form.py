"""The widgets of the Time series panel, laid out for the bottom of the window and for its side."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsCheckableComboBox, QgsCollapsibleGroupBox, QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.flow_layout import FlowLayout
from cropsample_plugin.gui.icons import icon
from cropsample_plugin.gui.series_plot import SeriesPlot

_WIDE_SHARE = 1.1
_CHOICE_SHARE = 3
_PLOT_SHARE = 7
_WHOLE = _CHOICE_SHARE + _PLOT_SHARE


class TimeSeriesForm(QWidget):
    """Buttons, choices and the plot; knows nothing of what they mean."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self._create_buttons()
        self._create_choices()
        self.plot = SeriesPlot()
        self.notes_label = hint_label("time_series_notes")
        self.notes_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put choices and plot side by side where there is more width than height."""
        is_wide = self.width() > _WIDE_SHARE * self.height()
        orientation = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if self.splitter.orientation() != orientation:
            self.splitter.setOrientation(orientation)
            length = self.splitter.width() if is_wide else self.splitter.height()
            share = _CHOICE_SHARE if is_wide else _PLOT_SHARE - _CHOICE_SHARE
            self.splitter.setSizes([length * share // _WHOLE, length * (_WHOLE - share) // _WHOLE])
        super().resizeEvent(event)

    def _create_buttons(self) -> None:
        self.pick_button = _button("pick_button", self.tr("Pick points"), "pick_points.svg")
        self.pick_button.setCheckable(True)
        self.pick_button.setToolTip(self.tr("Click on the map to see the pixel's series; hold Ctrl to add points"))
        self.samples_button = _button("samples_button", self.tr("Selected samples"))
        self.samples_button.setToolTip(self.tr("Show the series at the selected features of the samples layer"))
        self.clear_button = _button("clear_button", self.tr("Clear"))
        self.clear_button.setToolTip(self.tr("Forget all points"))
        self.layers_button = _button("layers_button", self.tr("Show dates as layers…"))
        self.layers_button.setToolTip(self.tr("One layer per date, to be animated by the temporal controller"))
        self.picture_button = _button("picture_button", self.tr("Save picture…"))
        self.table_button = _button("table_button", self.tr("Save table…"))

    def _create_choices(self) -> None:
        self.stack_combo = _layer_combo("stack_combo", QgsMapLayerProxyModel.Filter.RasterLayer)
        self.stack_hint = hint_label("stack_hint")
        self.measure_combo = QgsCheckableComboBox()
        self.measure_combo.setObjectName("measure_combo")
        self.formula_edit = QLineEdit()
        self.formula_edit.setObjectName("formula_edit")
        self.formula_edit.setPlaceholderText("(B08 - B11) / (B08 + B11)")
        self.processed_combo = _layer_combo("processed_combo", QgsMapLayerProxyModel.Filter.RasterLayer)
        self.arrangement_combo = QComboBox()
        self.arrangement_combo.setObjectName("arrangement_combo")
        self.samples_combo = _layer_combo("samples_combo", QgsMapLayerProxyModel.Filter.VectorLayer)
        self.class_combo = QgsFieldComboBox()
        self.class_combo.setObjectName("class_combo")
        self.class_combo.setAllowEmptyFieldName(True)
        self.classes_combo = QgsCheckableComboBox()
        self.classes_combo.setObjectName("classes_combo")
        self.classes_hint = hint_label("classes_hint")
        self.seasons_combo = _layer_combo("seasons_combo", QgsMapLayerProxyModel.Filter.RasterLayer)
        self.mask_combo = _layer_combo("mask_combo", QgsMapLayerProxyModel.Filter.RasterLayer)
        self.mask_band_combo = QComboBox()
        self.mask_band_combo.setObjectName("mask_band_combo")
        self.rule_edit = QLineEdit()
        self.rule_edit.setObjectName("rule_edit")
        self.rule_edit.setPlaceholderText("value < 20")
        for combo in (
            self.measure_combo,
            self.arrangement_combo,
            self.class_combo,
            self.classes_combo,
            self.mask_band_combo,
        ):
            _make_elastic(combo)

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (
            self.pick_button,
            self.samples_button,
            self.clear_button,
            self.layers_button,
            self.picture_button,
            self.table_button,
        ):
            flow.addWidget(button)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("time_series_splitter")
        self.splitter.addWidget(_scrolled(self._choices()))
        self.splitter.addWidget(_scrolled(self.plot))
        self.splitter.setStretchFactor(0, _CHOICE_SHARE)
        self.splitter.setStretchFactor(1, _PLOT_SHARE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(buttons)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.notes_label)

    def _choices(self) -> QWidget:
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 4, 0)
        form = _form_layout()
        form.addRow(self.tr("&Stack"), self.stack_combo)
        form.addRow(self.stack_hint)
        form.addRow(self.tr("S&how"), self.measure_combo)
        form.addRow(self.tr("&Formula"), self.formula_edit)
        form.addRow(self.tr("&Processed"), self.processed_combo)
        form.addRow(self.tr("&Points"), self.arrangement_combo)
        layout.addLayout(form)
        layout.addWidget(self._samples_group())
        layout.addWidget(self._clouds_group())
        layout.addStretch(1)
        return column

    def _samples_group(self) -> QWidget:
        group = _group("samples_group", self.tr("Classes and seasons"))
        form = _form_layout(group)
        form.addRow(self.tr("Sa&mples"), self.samples_combo)
        form.addRow(self.tr("&Class field"), self.class_combo)
        form.addRow(self.tr("C&lasses behind"), self.classes_combo)
        form.addRow(self.classes_hint)
        form.addRow(self.tr("Seaso&ns"), self.seasons_combo)
        return group

    def _clouds_group(self) -> QWidget:
        group = _group("clouds_group", self.tr("Clouds"))
        form = _form_layout(group)
        form.addRow(self.tr("Mas&k"), self.mask_combo)
        form.addRow(self.tr("Mask &band"), self.mask_band_combo)
        form.addRow(self.tr("Clear &where"), self.rule_edit)
        return group


def _button(name: str, text: str, icon_name: str = "") -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setAccessibleName(text)
    if icon_name:
        button.setIcon(icon(icon_name))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def _layer_combo(name: str, kinds: QgsMapLayerProxyModel.Filter) -> QgsMapLayerComboBox:
    combo = QgsMapLayerComboBox()
    combo.setObjectName(name)
    combo.setFilters(kinds)
    combo.setAllowEmptyLayer(True)
    combo.setLayer(None)
    _make_elastic(combo)
    return combo


def _make_elastic(combo: QComboBox) -> None:
    """Let a list be as wide as there is room, and never widen the panel for a long name."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def _form_layout(parent: Optional[QWidget] = None) -> QFormLayout:
    form = QFormLayout(parent)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    return form


def _group(name: str, title: str) -> QgsCollapsibleGroupBox:
    group = QgsCollapsibleGroupBox(title)
    group.setObjectName(name)
    group.setSaveCollapsedState(False)
    group.setCollapsed(True)
    return group


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
