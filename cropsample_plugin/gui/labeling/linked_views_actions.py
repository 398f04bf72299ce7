"""What the Linked views panel does by keys; listed and changed in QGIS under *Keyboard shortcuts*."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, List

from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtWidgets import QAction

if TYPE_CHECKING:
    from cropsample_plugin.gui.labeling.linked_views import LinkedViews


class ViewActions(QObject):
    """Actions with keys that work wherever the focus is, and while the panel floats on another screen."""

    def __init__(self, views: LinkedViews) -> None:
        super().__init__(views)
        self._views = views
        self.actions: List[QAction] = []
        self._add("previous_date", self.tr("Linked views: previous date"), "Alt+Left", lambda: views.step_date(-1))
        self._add("next_date", self.tr("Linked views: next date"), "Alt+Right", lambda: views.step_date(1))
        self._add("next_view", self.tr("Linked views: next view"), "Alt+Down", views.next_view)
        self._add("center_sample", self.tr("Linked views: back to the sample"), "Alt+Home", views.center)

    def take_down(self) -> None:
        """Take the actions off QGIS's list of keys."""
        for action in self.actions:
            QgsGui.shortcutsManager().unregisterAction(action)
            self._views.removeAction(action)
        self.actions.clear()

    def _add(self, name: str, text: str, keys: str, act: Callable[[], object]) -> None:
        action = QAction(text, self._views)
        action.setObjectName(f"cropsample_views_{name}")
        action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        action.triggered.connect(lambda _is_checked=False: act())
        self._views.addAction(action)
        # Sets the user's keys where there are some.
        QgsGui.shortcutsManager().registerAction(action, keys)
        self.actions.append(action)
