"""The dialog that changes the classes of an open session, and asks what becomes of labels of a class that goes."""

from __future__ import annotations

from typing import Dict, List, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFontMetricsF
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QInputDialog, QLabel, QVBoxLayout, QWidget

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.labeling.class_table import ClassTable
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_form import flow_row, plain_button
from cropsample_plugin.gui.labeling.labeling_keys import with_keys
from cropsample_plugin.gui.labeling.new_session_plan import class_problem
from cropsample_plugin.gui.labeling.session_classes import change_classes, lost_classes, renamed

_WIDTH_EM, _HEIGHT_EM = 36, 22


class SessionClassesDialog(QDialog):
    """The classes of the open session, to be changed."""

    def __init__(self, controller: LabelingController, keys: Dict[str, str], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("session_classes_dialog")
        self.setWindowTitle(self.tr("Classes of this session"))
        self._controller = controller
        self._keys = keys
        self.table = ClassTable()
        self.table.set_classes(controller.session.settings.classes)
        row, buttons = flow_row("session_class_buttons")
        for name, text, action in (
            ("session_add_class", self.tr("Add"), self.table.add_class),
            ("session_remove_class", self.tr("Remove"), self.table.remove_selected),
            ("session_give_keys", self.tr("Give keys"), self._give_keys),
        ):
            button = plain_button(name, text)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, do=action: do())
            buttons.addWidget(button)
        self.message_label = QLabel()
        self.message_label.setObjectName("session_classes_message")
        self.message_label.setWordWrap(True)
        self.message_label.hide()
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget, stretch in ((row, 0), (self.table, 1), (self.message_label, 0), (box, 0)):
            layout.addWidget(widget, stretch)
        em, area = QFontMetricsF(self.font(), self).height(), self.screen().availableGeometry()
        self.resize(min(round(_WIDTH_EM * em), area.width()), min(round(_HEIGHT_EM * em), area.height()))

    def accept(self) -> None:
        """Change the classes; stay where something is wrong or the user keeps a class."""
        classes = self.table.classes()
        problem = class_problem(tuple(classes), self._keys)
        if self.table.bad_target():
            problem = self.tr("The target '{}' is no whole number.").format(self.table.bad_target())
        if problem:
            self._tell(problem)
            return
        session, path = self._controller.session, self._controller.session_path
        new_names = self._ask_new_names(classes)
        if new_names is None:
            return
        failed: List[str] = []

        def change(_session: object) -> None:
            try:
                change_classes(session, path, classes, new_names)
            except LabelingError as error:
                failed.append(str(error))
                raise

        if self._controller.act(change):
            super().accept()
        else:
            self._tell("\n".join(failed))

    def _ask_new_names(self, classes: List[LabelClass]) -> Optional[Dict[str, str]]:
        """Return what labels of lost classes become; None where a class is kept."""
        session = self._controller.session
        names = renamed(self.table.original_names(), classes)
        for lost, use in lost_classes(session, classes).items():
            if lost in names or use.n_others:
                continue  # Renamed, or refused by `change_classes`.
            keep = self.tr("Keep the class")
            chosen, is_chosen = QInputDialog.getItem(
                self,
                self.tr("Labels of {}").format(lost),
                self.tr("{} of your labels are '{}'. They become:").format(use.n_own, lost),
                [keep, *(item.name for item in classes)],
                0,
                False,  # noqa: FBT003 - Qt takes it by position
            )
            if not is_chosen or chosen == keep:
                return None
            names[lost] = chosen
        return names

    def _give_keys(self) -> None:
        names = self.table.original_names()
        self.table.set_classes(with_keys(self.table.classes(), self._keys.values()), names)

    def _tell(self, text: str) -> None:
        self.message_label.setText(text)
        self.message_label.show()
