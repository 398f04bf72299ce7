"""The widgets of the Label review panel and their layout; no behaviour."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsCollapsibleGroupBox, QgsFieldComboBox, QgsFileWidget, QgsMapLayerComboBox, QgsScaleWidget
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QFontMetricsF
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.gui.appearance import hint_label, upright_scroll
from cropsample_plugin.gui.flow_layout import FlowLayout
from cropsample_plugin.gui.series_plot import SeriesPlot

_MINIMUM_COMBO_CHARACTERS = 10
_FILTER_CHARACTERS = 18
_MINIMUM_PLOT_PX = 150
# Narrower, a series cannot be read.
_WIDTH_EM = 20


class LabelReviewForm(QWidget):
    """Everything the panel shows, from the layer at the top to the outcome at the bottom."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("label_review_form")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        content = QWidget()
        sections = QVBoxLayout(content)
        sections.setContentsMargins(6, 6, 6, 6)
        sections.addWidget(self._layer_section())
        sections.addWidget(self._filter_section())
        self.message_label = _message_label()
        sections.addWidget(self.message_label)
        self.sample_box = self._sample_section()
        sections.addWidget(self.sample_box, 1)
        self.progress_label = hint_label("review_progress")
        self.progress_label.setMargin(2)
        sections.addWidget(self.progress_label)
        scroll = self._scroll = upright_scroll("label_review_scroll", content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self._outcome_section())

    def minimumSizeHint(self) -> QSize:
        """Return a width at which nothing is cut off and a series can be read, in whatever font."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        content = self._scroll.widget().minimumSizeHint().width() + bar
        em = QFontMetricsF(self.font(), self).height()
        return QSize(max(round(_WIDTH_EM * em), content), super().minimumSizeHint().height())

    def _layer_section(self) -> QWidget:
        box = QWidget()
        form = _form(box)
        self.layer_combo = QgsMapLayerComboBox()
        self.layer_combo.setFilters(QgsMapLayerProxyModel.Filter.VectorLayer)
        self.layer_combo.setAllowEmptyLayer(True)
        _compact(self.layer_combo, "review_layer_combo", self.tr("Judged layer"))
        form.addRow(self.tr("Judged la&yer"), self.layer_combo)
        self.more_box = QgsCollapsibleGroupBox(self.tr("Fields, series, map and file"))
        self.more_box.setObjectName("review_more_box")
        self.more_box.setSaveCollapsedState(False)
        more = _form(self.more_box)
        self.label_combo = QgsFieldComboBox()
        _compact(self.label_combo, "review_label_combo", self.tr("Label field"))
        more.addRow(self.tr("Label field"), self.label_combo)
        self.id_combo = QgsFieldComboBox()
        self.id_combo.setAllowEmptyFieldName(True)
        _compact(self.id_combo, "review_id_combo", self.tr("Sample id field"))
        self.id_combo.setToolTip(self.tr("Decisions name samples by it. Empty: the feature's own id"))
        more.addRow(self.tr("Sample id field"), self.id_combo)
        self.series_combo = QgsMapLayerComboBox()
        self.series_combo.setFilters(
            QgsMapLayerProxyModel.Filter.RasterLayer | QgsMapLayerProxyModel.Filter.VectorLayer
        )
        self.series_combo.setAllowEmptyLayer(True)
        _compact(self.series_combo, "review_series_combo", self.tr("Series from another layer"))
        self.series_combo.setToolTip(
            self.tr("A dated stack, or a series layer with the same sample ids. Empty: the judged layer's own series")
        )
        more.addRow(self.tr("Series from"), self.series_combo)
        self.scale_widget = QgsScaleWidget()
        _compact(self.scale_widget, "review_scale", self.tr("Scale of the map"))
        more.addRow(self.tr("Map scale"), self.scale_widget)
        self.reviewer_edit = QLineEdit()
        _compact(self.reviewer_edit, "review_reviewer", self.tr("Reviewer"))
        more.addRow(self.tr("Reviewer"), self.reviewer_edit)
        self.file_widget = QgsFileWidget()
        self.file_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file_widget.setConfirmOverwrite(False)
        self.file_widget.setFilter("GeoPackage (*.gpkg)")
        _compact(self.file_widget, "review_file", self.tr("File of the decisions"))
        more.addRow(self.tr("Decisions in"), self.file_widget)
        form.addRow(self.more_box)
        self.more_box.setCollapsed(True)
        return box

    def _filter_section(self) -> QWidget:
        self.filter_box = QWidget()
        self.filter_box.setObjectName("review_filter")
        around = QHBoxLayout(self.filter_box)
        around.setContentsMargins(8, 0, 8, 0)
        row, rows = _row()
        around.addWidget(row)
        self.category_combo = QComboBox()
        _compact(self.category_combo, "review_category_combo", self.tr("Samples to walk through"))
        self.class_combo = QComboBox()
        _compact(self.class_combo, "review_class_combo", self.tr("Class to walk through"))
        self.undecided_check = QCheckBox(self.tr("Undecided only"))
        self.undecided_check.setObjectName("review_undecided")
        for widget in (self.category_combo, self.class_combo, self.undecided_check):
            rows.addWidget(widget)
        self.category_combo.setMinimumContentsLength(_FILTER_CHARACTERS)
        return self.filter_box

    def _sample_section(self) -> QWidget:
        box = QWidget()
        box.setObjectName("review_sample")
        layout = QVBoxLayout(box)
        layout.setContentsMargins(8, 0, 8, 0)
        layout.addWidget(self._walk_row())
        self.title_label = QLabel()
        self.title_label.setObjectName("review_title")
        self.title_label.setWordWrap(True)
        self.title_label.setTextFormat(Qt.TextFormat.RichText)
        layout.addWidget(self.title_label)
        self.reason_label = QLabel()
        self.reason_label.setObjectName("review_reason")
        self.reason_label.setWordWrap(True)
        layout.addWidget(self.reason_label)
        self.evidence_label = hint_label("review_evidence")
        layout.addWidget(self.evidence_label)
        self.band_combo = QComboBox()
        _compact(self.band_combo, "review_band_combo", self.tr("Band or index shown"))
        layout.addWidget(self.band_combo)
        self.plot = SeriesPlot()
        self.plot.setObjectName("review_plot")
        self.plot.setMinimumHeight(_MINIMUM_PLOT_PX)
        self.plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        layout.addWidget(self.plot, 1)
        self._add_relabelling(layout)
        return box

    def _walk_row(self) -> QWidget:
        row, layout = _row()
        self.previous_button = _button("review_previous", "◀ [P]")
        self.previous_button.setToolTip(self.tr("Previous sample"))
        self.position_spin = QSpinBox()
        self.position_spin.setObjectName("review_position")
        self.position_spin.setAccessibleName(self.tr("Number of the sample among those listed"))
        self.position_spin.setKeyboardTracking(False)
        self.count_label = QLabel()
        self.count_label.setObjectName("review_count")
        self.next_button = _button("review_next", "[N] ▶")
        self.next_button.setToolTip(self.tr("Next sample"))
        for widget in (self.previous_button, self.position_spin, self.count_label, self.next_button):
            layout.addWidget(widget)
        return row

    def _add_relabelling(self, layout: QVBoxLayout) -> None:
        self.classes_row, self.class_layout = _row()
        self.classes_row.setObjectName("review_classes")
        layout.addWidget(self.classes_row)
        self.history_label = hint_label("review_history")
        layout.addWidget(self.history_label)

    def _outcome_section(self) -> QWidget:
        bar = QFrame()
        bar.setObjectName("review_outcome")
        layout = QVBoxLayout(bar)
        layout.setContentsMargins(12, 4, 12, 8)
        row, buttons = _row()
        self.keep_button = _button("review_keep", self.tr("Keep [K]"))
        self.suggested_button = _button("review_suggested", self.tr("As suggested [S]"))
        self.reject_button = _button("review_reject", self.tr("Reject [R]"))
        self.undo_button = _button("review_undo", self.tr("Undo [U]"))
        for widget in (self.keep_button, self.suggested_button, self.reject_button, self.undo_button):
            buttons.addWidget(widget)
        self.decision_row = row
        layout.addWidget(row)
        self.comment_edit = QLineEdit()
        _compact(self.comment_edit, "review_comment", self.tr("Comment on the next decision"))
        self.comment_edit.setPlaceholderText(self.tr("Comment on the next decision [C]; Enter leads back"))
        layout.addWidget(self.comment_edit)
        self.keys_label = hint_label("review_keys_text")
        self.keys_label.hide()
        layout.addWidget(self.keys_label)
        last = QHBoxLayout()
        self.keys_button = QToolButton()
        self.keys_button.setObjectName("review_keys")
        self.keys_button.setText(self.tr("Keys [?]"))
        self.keys_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.apply_button = QPushButton(self.tr("Apply decisions…"))
        self.apply_button.setObjectName("review_apply")
        last.addWidget(self.apply_button, 1)
        last.addWidget(self.keys_button)
        layout.addLayout(last)
        return bar


def class_button(key: str, name: str) -> QToolButton:
    """Return a button for a class with its key."""
    return _button(f"review_class_{name}", f"{name} [{key.upper()}]" if key else name)


def _button(name: str, text: str) -> QToolButton:
    """Return a button that leaves the focus where it is, so that the next key works."""
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def _row() -> tuple[QWidget, FlowLayout]:
    row = QWidget()
    layout = FlowLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    return row, layout


def _message_label() -> QLabel:
    label = QLabel()
    label.setObjectName("review_message")
    label.setWordWrap(True)
    label.setFrameShape(QFrame.Shape.StyledPanel)
    label.setMargin(6)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label.hide()
    return label


def _form(parent: QWidget) -> QFormLayout:
    form = QFormLayout(parent)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setContentsMargins(8, 4, 8, 4)
    form.setVerticalSpacing(4)
    return form


def _compact(widget: QWidget, name: str, accessible_name: str) -> None:
    """Name a field and let it shrink, so that long names never widen the panel."""
    widget.setObjectName(name)
    widget.setAccessibleName(accessible_name)
    widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    if isinstance(widget, QComboBox):
        widget.setMinimumContentsLength(_MINIMUM_COMBO_CHARACTERS)
        widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
