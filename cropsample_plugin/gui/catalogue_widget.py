"""The choice of a catalogue in Processing dialogs: known names in a list, any address typed in."""

from __future__ import annotations

from typing import Any

from processing.gui.wrappers import WidgetWrapper
from qgis.PyQt.QtWidgets import QComboBox

from cropsample_plugin.bridge.catalogue_names import catalogue_names


class CatalogueWidgetWrapper(WidgetWrapper):
    """An editable list; Processing makes it by the name in the parameter's metadata."""

    def createWidget(self, **_: Any) -> QComboBox:  # noqa: ANN401 - Processing's signature
        """Return the list."""
        combo = QComboBox()
        combo.setObjectName("catalogue_combo")
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.addItems(catalogue_names())
        combo.currentTextChanged.connect(lambda _text: self.widgetValueHasChanged.emit(self))
        return combo

    def setValue(self, value: Any) -> None:  # noqa: ANN401 - whatever a model or the history holds
        """Show a name or an address."""
        self.widget.setEditText("" if value is None else str(value))

    def value(self) -> str:
        """Return the name or the address."""
        return self.widget.currentText().strip()
