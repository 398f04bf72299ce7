"""The Time series panel follows the sample of a labeling session."""

from __future__ import annotations

import math
from typing import Optional

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.layer_references import find_in_project, open_reference
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.sample_place import SamplePlace, next_in_queue, sample_place
from cropsample_plugin.gui.time_series_dock import TimeSeriesDock


class SampleSeries(QObject):
    """Shows the series of each sample, at its point or inside its polygon, and reads that of the next one ahead.

    A hidden panel reads nothing.
    """

    def __init__(
        self, controller: LabelingController, series_dock: TimeSeriesDock, parent: Optional[QObject] = None
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self._dock = series_dock
        self._shown = ("", "")
        controller.opened.connect(self._on_opened)
        controller.sample_changed.connect(self._follow)
        series_dock.visibilityChanged.connect(self._on_visibility)
        series_dock.reading.filled.connect(self._on_filled)
        QgsProject.instance().layersRemoved.connect(self._on_layers_removed)
        if controller.session is not None:
            self._on_opened()
            self._follow()

    def take_down(self) -> None:
        """Follow no longer."""
        self._controller.opened.disconnect(self._on_opened)
        self._controller.sample_changed.disconnect(self._follow)
        self._dock.visibilityChanged.disconnect(self._on_visibility)
        self._dock.reading.filled.disconnect(self._on_filled)
        QgsProject.instance().layersRemoved.disconnect(self._on_layers_removed)

    def _on_opened(self) -> None:
        """Choose the session's stack; the panel keeps its own where the session has none or it cannot be opened."""
        self._shown = ("", "")
        session, path = self._controller.session, self._controller.session_path
        for reference in session.settings.stack[:1]:
            layer = find_in_project(reference, path)
            if isinstance(layer, QgsRasterLayer):
                self._dock.choose_stack(layer)
                return
            try:
                layer = open_reference(reference, path)
            except LabelingError as error:
                self._controller.failed.emit(str(error))
                return
            if isinstance(layer, QgsRasterLayer):
                self._dock.offer_stack(layer)

    def _on_layers_removed(self, _layer_ids: object) -> None:
        """Go on with the stack's file where the stack was taken out of the project."""
        if self._controller.session is not None and self._dock.session.stack is None:
            self._on_opened()
            self._follow()

    def _on_visibility(self, is_visible: bool) -> None:  # noqa: FBT001 - the signal's signature
        if is_visible:
            self._follow()

    def _follow(self) -> None:
        session = self._controller.session
        if session is None or session.current is None or not self._dock.isVisible():
            return
        current = session.current
        place = self._place(current.sample_id, current.x, current.y)
        if place is None or place.point is None:
            self._dock.clear_points()
            self._shown = ("", "")
            return
        shown = (current.sample_id, place.point.asWkt())
        if shown != self._shown:
            self._shown = shown
            self._dock.look_at(self._name(current.sample_id), place.point, place.crs)

    def _on_filled(self) -> None:
        session = self._controller.session
        following = next_in_queue(session) if session is not None and self._dock.isVisible() else None
        points = self._dock.session.points
        if following is None or not points or points[0].name != self._name(self._shown[0]):
            return
        place = self._place(following)
        if place is not None and place.point is not None:
            self._dock.read_ahead(self._name(following), place.point, place.crs)

    def _place(self, sample_id: str, x: float = math.nan, y: float = math.nan) -> Optional[SamplePlace]:
        try:
            return sample_place(self._controller.session, sample_id, x, y)
        except LabelingError:
            # The views tell of it.
            return None

    def _name(self, sample_id: str) -> str:
        return self.tr("Sample {}").format(sample_id)
