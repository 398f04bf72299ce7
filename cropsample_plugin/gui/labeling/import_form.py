"""The part of the import dialog that asks what the fields of a file mean."""

from __future__ import annotations

from typing import Callable, Dict, Optional, Sequence

from qgis.gui import QgsCollapsibleGroupBox, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from cropsample_plugin.bridge.labeling.imports.candidates import ROLES, CandidateTable, FieldRoles
from cropsample_plugin.bridge.labeling.imports.import_plan import ImportMapping
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.labeling.import_classes import ClassMatchTable

ClassesFor = Callable[[str], Sequence[str]]

_RARE_ROLES = ("imagery_field", "seconds_field", "flag_field")


class ImportForm(QWidget):
    """Fields, classes, labeler and coordinate system of an import.

    Attributes:
        changed: something was chosen.
    """

    changed = pyqtSignal()

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_form")
        self._table: Optional[CandidateTable] = None
        self._classes_for: ClassesFor = lambda _field: ()
        self._n_more = 0
        self.role_combos = {role: QComboBox() for role in ROLES}
        self.labeler_edit = QLineEdit()
        self.labeler_edit.setObjectName("labeler_edit")
        self.crs_widget = QgsProjectionSelectionWidget()
        self.crs_widget.setObjectName("crs_widget")
        self.class_table = ClassMatchTable()
        self.class_hint = hint_label("class_hint")
        self.unlabeled_check = QCheckBox(self.tr("Rows without a class are samples to label"))
        self.unlabeled_check.setChecked(True)
        self._lay_out()
        self._connect()

    def show_table(self, table: CandidateTable, classes_for: ClassesFor, labeler: str) -> None:
        """Offer the fields of a file, with what was recognised chosen.

        Args:
            table: what the file holds.
            classes_for: field of the class to the classes that its texts can be.
            labeler: who labeled what names nobody.
        """
        self._table, self._classes_for = table, classes_for
        for role, combo in self.role_combos.items():
            combo.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
            combo.clear()
            combo.addItem(self.tr("(none)"), "")
            for name in table.fields:
                combo.addItem(name, name)
            combo.setCurrentIndex(max(0, combo.findData(getattr(table.roles, role))))
            combo.blockSignals(False)  # noqa: FBT003
        if not self.labeler_edit.text().strip():
            self.labeler_edit.setText(labeler)
        for widget in (self.crs_widget, self._form.labelForField(self.crs_widget)):
            widget.setVisible(not table.crs.isValid())
        self._list_classes()

    def roles(self) -> FieldRoles:
        """Return the field of each role."""
        return FieldRoles(**{role: combo.currentData() or "" for role, combo in self.role_combos.items()})

    def mapping(self) -> ImportMapping:
        """Return what is chosen."""
        return ImportMapping(
            self.roles(),
            self.class_table.class_by_value(),
            self.labeler_edit.text().strip(),
            self.crs_widget.crs(),
            takes_unlabeled=self.unlabeled_check.isChecked(),
        )

    def _texts_by_role(self) -> Dict[str, str]:
        return {
            "class_field": self.tr("&Class"),
            "id_field": self.tr("&Name of the sample"),
            "labeler_field": self.tr("&Labeler"),
            "date_field": self.tr("&Date of the label"),
            "confidence_field": self.tr("C&onfidence"),
            "comment_field": self.tr("Co&mment"),
            "imagery_field": self.tr("Imagery looked at"),
            "seconds_field": self.tr("Time spent"),
            "flag_field": self.tr("Flag"),
        }

    def _lay_out(self) -> None:
        self._form = QFormLayout()
        self._form.addRow(self.tr("Coordinate &system"), self.crs_widget)
        rare = QgsCollapsibleGroupBox(self.tr("More fields"))
        rare.setObjectName("rare_fields")
        rare.setCollapsed(True)
        rare_form = QFormLayout(rare)
        for role, text in self._texts_by_role().items():
            combo = self.role_combos[role]
            combo.setObjectName(f"{role}_combo")
            (rare_form if role in _RARE_ROLES else self._form).addRow(text, combo)
            if role == "labeler_field":
                self._form.addRow(self.tr("L&abeler where the field is empty"), self.labeler_edit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._form)
        layout.addWidget(rare)
        layout.addWidget(self.class_hint)
        layout.addWidget(self.class_table)
        layout.addWidget(self.unlabeled_check)

    def _connect(self) -> None:
        for role, combo in self.role_combos.items():
            if role == "class_field":
                combo.currentIndexChanged.connect(self._list_classes)
            combo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.labeler_edit.textChanged.connect(lambda _text: self.changed.emit())
        self.crs_widget.crsChanged.connect(lambda _crs: self.changed.emit())
        self.unlabeled_check.toggled.connect(lambda _is_on: self.changed.emit())
        self.class_table.changed.connect(self._on_classes_changed)

    def _list_classes(self, *_index: object) -> None:
        if self._table is None:
            return
        name = self.role_combos["class_field"].currentData() or ""
        counts = self._table.counts(name) if name else {}
        self._n_more = self.class_table.show_values(counts, self._classes_for(name))
        self._tell_unmatched()

    def _on_classes_changed(self) -> None:
        self._tell_unmatched()
        self.changed.emit()

    def _tell_unmatched(self) -> None:
        unmatched = self.class_table.unmatched()
        text = ""
        if unmatched:
            text = self.tr("No class yet for {} of {}: choose one, or they are not taken.").format(
                len(unmatched), self.class_table.rowCount()
            )
        if self._n_more:
            text += " " + self.tr("{} more texts are not listed: is this the field of the class?").format(self._n_more)
        self.class_hint.setText(text.strip())
        self.class_hint.setVisible(bool(text))
