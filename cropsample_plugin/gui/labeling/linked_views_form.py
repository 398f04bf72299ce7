"""The widgets of the Linked views panel: buttons above, maps in a grid that follows the panel's shape."""

from __future__ import annotations

from typing import List, Optional, Sequence

from qgis.gui import QgsScaleWidget
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QFontMetricsF, QResizeEvent
from qgis.PyQt.QtWidgets import QGridLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.flow_layout import FlowLayout

_LEAST_VIEW_EM = 2.5
_BEST_SHAPE = 1.1


class LinkedViewsForm(QWidget):
    """Buttons and grid; knows nothing of what they mean."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.settings_button = text_button("views_settings_button", self.tr("Views…"))
        self.settings_button.setToolTip(self.tr("Choose how many views there are and what each shows"))
        self.center_button = text_button("views_center_button", self.tr("Back to the sample"))
        self.follow_button = text_button("views_follow_button", self.tr("Move the map too"))
        self.follow_button.setCheckable(True)
        self.follow_button.setChecked(True)
        self.follow_button.setToolTip(self.tr("The map of the main window pans and zooms with the views"))
        self.places_button = text_button("views_places_button", self.tr("Open the place"))
        self.places_button.setToolTip(self.tr("In a map on the web or in Google Earth"))
        self.places_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.scale_widget = QgsScaleWidget()
        self.scale_widget.setObjectName("views_scale_widget")
        self.scale_widget.setToolTip(self.tr("The scale at which samples are shown; large ones are shown whole"))
        self.message_label = hint_label("views_message")
        self._grid = QGridLayout()
        self._grid.setSpacing(1)
        self._views: List[QWidget] = []
        self._n_columns = 0
        self._lay_out()

    def show_views(self, views: Sequence[QWidget]) -> None:
        """Put maps into the grid, in place of those there were."""
        self._clear()
        self._views = list(views)
        least = round(_LEAST_VIEW_EM * QFontMetricsF(self.font()).height())
        for view in self._views:
            view.setMinimumSize(least, least)
        self._n_columns = 0
        self._arrange()
        for view in self._views:
            view.show()

    def say(self, text: str) -> None:
        """Show words below the buttons, "" for none."""
        self.message_label.setText(text)
        self.message_label.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the maps anew where the panel's shape asks for it; Qt calls it."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for widget in (
            self.settings_button,
            self.center_button,
            self.follow_button,
            self.places_button,
            self.scale_widget,
        ):
            flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        buttons.setSizePolicy(policy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(buttons)
        layout.addWidget(self.message_label)
        layout.addLayout(self._grid, 1)
        self.say("")

    def _arrange(self) -> None:
        n_columns = best_columns(len(self._views), self.width(), self.height())
        if n_columns == self._n_columns:
            return
        self._clear()
        self._n_columns = n_columns
        for place, view in enumerate(self._views):
            row, column = divmod(place, n_columns)
            self._grid.addWidget(view, row, column)
        n_rows = -(-len(self._views) // n_columns)
        for place in range(max(self._grid.rowCount(), self._grid.columnCount())):
            self._grid.setRowStretch(place, int(place < n_rows))
            self._grid.setColumnStretch(place, int(place < n_columns))

    def _clear(self) -> None:
        for view in self._views:
            self._grid.removeWidget(view)


def best_columns(n_views: int, width: int, height: int) -> int:
    """Return the number of columns with which views come nearest to a good shape, and leave fewest places empty."""

    def badness(n_columns: int) -> float:
        n_rows = -(-n_views // n_columns)
        view_width, view_height = width / n_columns, max(height, 1) / n_rows
        shape = max(view_width / view_height / _BEST_SHAPE, _BEST_SHAPE * view_height / max(view_width, 1.0))
        return shape * n_rows * n_columns / n_views

    return min(range(1, max(n_views, 1) + 1), key=badness) if n_views else 1


def text_button(name: str, text: str) -> QToolButton:
    """Return a button with a text that never takes the keys away from labeling."""
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
