"""The widgets of the New labeling session dialog and their layout; no behaviour."""

from __future__ import annotations

from typing import Dict, List, Optional

from qgis.core import QgsMapLayerProxyModel
from qgis.gui import QgsFieldComboBox, QgsFileWidget, QgsMapLayerComboBox, QgsScaleWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFontMetricsF
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QStyle,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.labeling.session_file import (
    ASSIGN_ALL,
    ASSIGN_CLAIM,
    ASSIGN_OVERLAP,
    ASSIGN_SPLIT,
    SUFFIX,
)
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.labeling.class_table import ClassTable
from cropsample_plugin.gui.labeling.labeling_form import flow_row, plain_button
from cropsample_plugin.gui.problem_list import ProblemLine
from cropsample_plugin.gui.review_marker import DEFAULT_SCALE

_MINIMUM_COMBO_CHARACTERS = 12
_NAMES_EM = 5
_MOST_PIXELS = 10_000


class NewSessionForm(QTabWidget):
    """Four pages: the session, its samples, its classes, its labelers."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("new_session_form")
        self._problems: Dict[str, ProblemLine] = {}
        self._pages: Dict[str, int] = {}
        for title, fill in (
            (self.tr("Session"), self._fill_session),
            (self.tr("Samples"), self._fill_samples),
            (self.tr("Classes"), self._fill_classes),
            (self.tr("Labelers"), self._fill_labelers),
        ):
            page = QWidget()
            form = QFormLayout(page)
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setWidget(page)
            fill(form)
            self.addTab(scroll, title)

    def show_problems(self, problems: Dict[str, str]) -> None:
        """Show each problem below its field, and mark the pages that have some."""
        for name, line in self._problems.items():
            line.setVisible(name in problems)
            line.show_text(QStyle.StandardPixmap.SP_MessageBoxWarning, problems.get(name, ""))
        for number in range(self.count()):
            has_problem = any(self._pages[name] == number for name in problems)
            warning = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
            self.setTabIcon(number, warning if has_problem else type(warning)())

    def problem(self, name: str) -> str:
        """Return what is shown below a field, "" for nothing."""
        line = self._problems[name]
        return "" if line.isHidden() else line.text()

    def problem_names(self) -> List[str]:
        """Return the fields that can have a problem."""
        return list(self._problems)

    def page_of(self, name: str) -> int:
        """Return the page of a field."""
        return self._pages[name]

    def show_database(self, *, is_shown: bool) -> None:
        """Show what a database needs, or hide it."""
        for widget in (self.connection_combo, self.schema_edit):
            field = widget.parentWidget()
            self._session_form.labelForField(field).setVisible(is_shown)
            field.setVisible(is_shown)

    def _fill_session(self, form: QFormLayout) -> None:
        self.name_edit = QLineEdit()
        self._add(form, self.tr("Name"), self.name_edit, "name")
        self.labeler_edit = QLineEdit()
        self._add(form, self.tr("Your name"), self.labeler_edit, "labeler")
        self.file_widget = QgsFileWidget()
        self.file_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file_widget.setConfirmOverwrite(False)
        self.file_widget.setFilter(self.tr("Labeling sessions (*{})").format(SUFFIX))
        self._add(form, self.tr("Session file"), self.file_widget, "file")
        self.store_combo = QComboBox()
        self.store_combo.addItem(self.tr("GeoPackage beside the session file"), "gpkg")
        self.store_combo.addItem(self.tr("PostGIS database, for teams"), "postgis")
        self._add(form, self.tr("Labels are kept in"), self.store_combo)
        self.connection_combo = QComboBox()
        self._add(form, self.tr("Connection"), self.connection_combo, "database")
        self.schema_edit = QLineEdit("public")
        self._add(form, self.tr("Schema"), self.schema_edit, "schema")
        self._session_form = form

    def _fill_samples(self, form: QFormLayout) -> None:
        self.layer_radio = QRadioButton(self.tr("Samples of a layer"))
        self.draw_radio = QRadioButton(self.tr("None yet: draw them"))
        form.addRow(self.layer_radio)
        self.layer_combo = QgsMapLayerComboBox()
        self.layer_combo.setFilters(QgsMapLayerProxyModel.Filter.PointLayer | QgsMapLayerProxyModel.Filter.PolygonLayer)
        self._add(form, self.tr("Points, polygons or objects"), self.layer_combo, "layer")
        self.selected_check = QCheckBox(self.tr("Selected features only"))
        form.addRow(self.selected_check)
        self.id_combo = self._field_combo(form, self.tr("Id field"), "id")
        self.stratum_combo = self._field_combo(form, self.tr("Stratum field"), "stratum")
        self.label_combo = self._field_combo(form, self.tr("Field of given labels"), "given_label")
        self.samples_hint = hint_label("new_session_samples_hint")
        form.addRow(self.samples_hint)
        form.addRow(self.draw_radio)
        self.stack_combo = QgsMapLayerComboBox()
        self.stack_combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.stack_combo.setAllowEmptyLayer(True)
        self._add(form, self.tr("Image time series (stack)"), self.stack_combo, "stack")
        self.objects_combo = QgsMapLayerComboBox()
        self.objects_combo.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.objects_combo.setAllowEmptyLayer(True)
        self._add(form, self.tr("Objects to pick from"), self.objects_combo)
        self.pixels_spin = QSpinBox()
        self.pixels_spin.setRange(1, _MOST_PIXELS)
        self.pixels_spin.setSuffix(self.tr(" pixels"))
        self._add(form, self.tr("Drawn polygons hold at least"), self.pixels_spin)
        self.scale_widget = QgsScaleWidget()
        self.scale_widget.setScale(DEFAULT_SCALE)
        self._add(form, self.tr("Samples are shown at"), self.scale_widget)

    def _fill_classes(self, form: QFormLayout) -> None:
        row, layout = flow_row("new_session_class_buttons")
        self.add_button = plain_button("new_session_add_class", self.tr("Add"))
        self.remove_button = plain_button("new_session_remove_class", self.tr("Remove"))
        self.import_button = plain_button("new_session_import", self.tr("Take from…"))
        self.import_button.setPopupMode(self.import_button.ToolButtonPopupMode.InstantPopup)
        self.import_menu = QMenu(self.import_button)
        self.import_button.setMenu(self.import_menu)
        self.keys_button = plain_button("new_session_keys", self.tr("Give keys"))
        for button in (self.add_button, self.remove_button, self.import_button, self.keys_button):
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            layout.addWidget(button)
        form.addRow(row)
        self.class_table = ClassTable()
        form.addRow(self.class_table)
        form.addRow(self._problem_line("classes"))
        form.addRow(
            hint_label(
                "new_session_class_hint",
                self.tr("A key gives the class and moves on. Targets are numbers of samples, empty for any."),
            )
        )

    def _fill_labelers(self, form: QFormLayout) -> None:
        self.assignment_combo = QComboBox()
        for text, mode in (
            (self.tr("Everyone labels all samples"), ASSIGN_ALL),
            (self.tr("Each sample is labeled by some"), ASSIGN_OVERLAP),
            (self.tr("Samples are divided at random"), ASSIGN_SPLIT),
            (self.tr("Everyone takes the next free one (PostGIS)"), ASSIGN_CLAIM),
        ):
            self.assignment_combo.addItem(text, mode)
        self._add(form, self.tr("Who labels what"), self.assignment_combo)
        self.overlap_spin = QSpinBox()
        self.overlap_spin.setRange(1, 99)
        self._add(form, self.tr("Labelers per sample"), self.overlap_spin, "overlap")
        em = QFontMetricsF(self.font(), self).height()
        self.labelers_edit = QPlainTextEdit()
        self.adjudicators_edit = QPlainTextEdit()
        for edit in (self.labelers_edit, self.adjudicators_edit):
            edit.setTabChangesFocus(True)
            edit.setMaximumHeight(round(_NAMES_EM * em))
        self.labelers_edit.setPlaceholderText(self.tr("One name a line"))
        self._add(form, self.tr("Labelers"), self.labelers_edit, "labelers")
        self.adjudicators_edit.setPlaceholderText(self.tr("One name a line; in an open session, empty: everyone"))
        self._add(form, self.tr("Who settles disputes"), self.adjudicators_edit)
        self.blind_check = QCheckBox(self.tr("Blind: labelers do not see each other's labels"))
        self.confidence_check = QCheckBox(self.tr("A label needs a confidence"))
        self.comment_check = QCheckBox(self.tr("A label needs a comment"))
        for check in (self.blind_check, self.confidence_check, self.comment_check):
            form.addRow(check)

    def _field_combo(self, form: QFormLayout, text: str, name: str) -> QgsFieldComboBox:
        combo = QgsFieldComboBox()
        combo.setAllowEmptyFieldName(True)
        self._add(form, text, combo, name)
        return combo

    def _add(self, form: QFormLayout, text: str, widget: QWidget, problem: str = "") -> None:
        """Add a field, with room for its problem below it."""
        widget.setAccessibleName(text)
        widget.setSizePolicy(QSizePolicy.Policy.Expanding, widget.sizePolicy().verticalPolicy())
        if isinstance(widget, QComboBox):
            widget.setMinimumContentsLength(_MINIMUM_COMBO_CHARACTERS)
            widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field = widget
        if problem:
            widget.setObjectName(f"new_session_{problem}")
            field = QWidget()
            layout = QVBoxLayout(field)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(2)
            layout.addWidget(widget)
            layout.addWidget(self._problem_line(problem))
        label = QLabel(text)
        label.setBuddy(widget)
        form.addRow(label, field)

    def _problem_line(self, name: str) -> ProblemLine:
        line = ProblemLine()
        line.setObjectName(f"new_session_problem_{name}")
        line.hide()
        self._problems[name] = line
        # The pages are filled in order, each before it is added.
        self._pages[name] = self.count()
        return line
