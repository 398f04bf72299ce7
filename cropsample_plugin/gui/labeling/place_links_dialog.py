"""The dialog in which the list of maps on the web is edited."""

from __future__ import annotations

from typing import List, Optional, Sequence

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.place_links import DEFAULT_LINKS, PlaceLink, load_links, save_links
from cropsample_plugin.gui.appearance import fit_to_screen, hint_label
from cropsample_plugin.gui.flow_layout import FlowLayout
from cropsample_plugin.gui.labeling.linked_views_form import text_button


class PlaceLinksDialog(QDialog):
    """Add, change and remove maps on the web; kept in the user's profile."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("place_links_dialog")
        self.setWindowTitle(self.tr("Maps on the web"))
        self.table = QTableWidget(0, 2)
        self.table.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Address")])
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.verticalHeader().hide()
        self.message_label = hint_label("place_links_message")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._fill(load_links())

    def accept(self) -> None:
        """Keep the list; say what is wrong with it and stay open otherwise."""
        try:
            save_links(self._links())
        except LabelingError as error:
            self._say(str(error))
            return
        super().accept()

    def _lay_out(self) -> None:
        text = self.tr("{lat} and {lon} stand for the sample's latitude and longitude in degrees, {zoom} for the zoom.")
        row = QWidget()
        flow = FlowLayout(row)
        for name, label, slot in (
            ("add_link_button", self.tr("Add"), lambda: self._add(PlaceLink("", "https://"))),
            ("remove_link_button", self.tr("Remove"), lambda: self.table.removeRow(self.table.currentRow())),
            ("default_links_button", self.tr("Restore the shipped list"), lambda: self._fill(DEFAULT_LINKS)),
        ):
            button = text_button(name, label)
            button.clicked.connect(slot)
            flow.addWidget(button)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(hint_label("place_links_hint", text))
        layout.addWidget(self.table)
        layout.addWidget(row)
        layout.addWidget(self.message_label)
        layout.addWidget(self.buttons)
        fit_to_screen(self, 40, 20)
        self._say("")

    def _fill(self, links: Sequence[PlaceLink]) -> None:
        self.table.setRowCount(0)
        for link in links:
            self._add(link)

    def _add(self, link: PlaceLink) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate((link.name, link.address)):
            item = QTableWidgetItem(text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.table.setItem(row, column, item)
        self.table.setCurrentCell(row, 0)

    def _links(self) -> List[PlaceLink]:
        rows = range(self.table.rowCount())
        return [
            PlaceLink(self.table.item(row, 0).text().strip(), self.table.item(row, 1).text().strip()) for row in rows
        ]

    def _say(self, text: str) -> None:
        self.message_label.setText(text)
        self.message_label.setVisible(bool(text))
