"""The classes of a new labeling session: guessed from the layer of samples, or taken from elsewhere."""

from __future__ import annotations

from typing import Any, Callable, Dict, List

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.session_file import SUFFIX, LabelClass
from cropsample_plugin.gui.default_folder import default_output_folder
from cropsample_plugin.gui.labeling.class_import import classes_of_field, classes_of_file, classes_of_style
from cropsample_plugin.gui.labeling.labeling_keys import with_keys
from cropsample_plugin.gui.labeling.new_session_form import NewSessionForm


class NewSessionClasses(QObject):
    """Fills the dialog's table of classes.

    Args:
        form: of the dialog.
        keys: of the commands, which no class gets.
        tell: shows a message, "" for none.
    """

    def __init__(self, form: NewSessionForm, keys: Dict[str, str], tell: Callable[[str], None]) -> None:
        super().__init__(form)
        self._form = form
        self._keys = keys
        self._tell = tell
        self._guessed: List[LabelClass] = []
        form.add_button.clicked.connect(form.class_table.add_class)
        form.remove_button.clicked.connect(form.class_table.remove_selected)
        form.keys_button.clicked.connect(lambda: self.take([]))
        menu = form.import_menu
        menu.addAction(self.tr("Style of the samples' layer"), lambda: self._import(self._of_style))
        menu.addAction(self.tr("Given labels of the samples"), lambda: self._import(self._of_field))
        menu.addAction(self.tr("CSV or another session…"), lambda: self._import(self._of_file))

    def take(self, classes: List[LabelClass]) -> None:
        """Add classes that are not listed yet, and give keys to those without."""
        listed = self._form.class_table.classes()
        names = {item.name for item in listed}
        several = [*listed, *(item for item in classes if item.name not in names)]
        self._form.class_table.set_classes(with_keys(several, self._keys.values()))

    def guess(self) -> None:
        """Offer the classes of the layer's style, else of its given labels, unless the user has made some."""
        if self._form.class_table.classes() != self._guessed:
            return
        found: List[LabelClass] = []
        for take in (self._of_style, self._of_field):
            try:
                found = found or take()
            except LabelingError:
                continue  # Nothing to guess from: the user adds classes.
        self._guessed = with_keys(found, self._keys.values())
        self._form.class_table.set_classes(self._guessed)

    def _import(self, take: Any) -> None:  # noqa: ANN401 - a function without arguments
        try:
            classes = take()
        except LabelingError as error:
            self._tell(str(error))
            return
        if classes:
            self._tell("")
            self.take(classes)

    def _of_style(self) -> List[LabelClass]:
        return classes_of_style(self._chosen_layer())

    def _of_field(self) -> List[LabelClass]:
        return classes_of_field(self._chosen_layer(), self._form.label_combo.currentField())

    def _of_file(self) -> List[LabelClass]:
        kinds = self.tr("Classes (*.csv *{})").format(SUFFIX)
        path, _filter = QFileDialog.getOpenFileName(
            self._form, self.tr("Take classes from"), default_output_folder(), kinds
        )
        return classes_of_file(path) if path else []

    def _chosen_layer(self) -> QgsVectorLayer:
        layer = self._form.layer_combo.currentLayer()
        if not isinstance(layer, QgsVectorLayer):
            raise LabelingError(self.tr("There is no layer to take classes from."))
        return layer
