"""Chooses the views that a labeler sees, asks for others and keeps what was chosen."""

from __future__ import annotations

from typing import List, Optional, Tuple

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtWidgets import QWidget

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.session_file import LayerReference
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.linked_views_dialog import LinkedViewsDialog
from cropsample_plugin.gui.labeling.linked_views_editor import stack_choices
from cropsample_plugin.gui.labeling.linked_views_kept import (
    Views,
    default_views,
    keep_own_views,
    own_views,
    share_views,
)
from cropsample_plugin.gui.labeling.linked_views_sources import ViewSources


class ViewChoice:
    """The views of the open session: the labeler's own, else the session's, else some that suit its stack."""

    def __init__(self, controller: LabelingController, sources: ViewSources) -> None:
        self._controller = controller
        self._sources = sources

    def views(self) -> Views:
        """Return the views to show first."""
        return own_views(self._controller.session.settings.session_id) or self._sessions()

    def ask(self, views: Views, parent: QWidget) -> Optional[Views]:
        """Ask for other views, keep them, and return them; None where the user leaves it as it is."""
        settings, path = self._controller.session.settings, self._controller.session_path
        dialog = LinkedViewsDialog(views, self._stacks(views), path, parent)
        is_wanted = bool(dialog.exec())
        dialog.deleteLater()
        if not is_wanted:
            return None
        if dialog.is_reset:
            keep_own_views(settings.session_id, None)
            return self._sessions()
        is_shared = dialog.share_check.isChecked() and self._share(dialog.views)
        keep_own_views(settings.session_id, None if is_shared else dialog.views)
        return dialog.views

    def _sessions(self) -> Views:
        settings = self._controller.session.settings
        if settings.views:
            return settings.views
        stacks = self._stacks(()) if settings.stack else []
        return default_views(stacks[0][1] if stacks else None, self._controller.session_path)

    def _stacks(self, views: Views) -> List[Tuple[LayerReference, QgsRasterLayer]]:
        """Return the session's stack, those of its views and those of the project."""
        known = []
        for reference in (*self._controller.session.settings.stack, *(ref for view in views for ref in view.layers)):
            try:
                known.append((reference, self._sources.layer(reference)[0]))
            except LabelingError:
                # The view that shows it says so.
                continue
        return stack_choices(known, self._controller.session_path)

    def _share(self, views: Views) -> bool:
        try:
            self._controller.session.settings = share_views(self._controller.session_path, views)
        except LabelingError as error:
            self._controller.failed.emit(str(error))
            return False
        return True
