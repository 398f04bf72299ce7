"""The Linked views panel: one to six maps of the sample looked at, that pan and zoom together."""

from __future__ import annotations

from typing import Any, Callable, List, Optional, Set, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsMapSettings, QgsPointXY, QgsProject
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.session_file import ViewSettings
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.linked_views_actions import ViewActions
from cropsample_plugin.gui.labeling.linked_views_choice import ViewChoice
from cropsample_plugin.gui.labeling.linked_views_form import LinkedViewsForm
from cropsample_plugin.gui.labeling.linked_views_frame import ViewFrame
from cropsample_plugin.gui.labeling.linked_views_imagery import ViewImagery
from cropsample_plugin.gui.labeling.linked_views_link import CanvasLink
from cropsample_plugin.gui.labeling.linked_views_prefetch import Prefetch
from cropsample_plugin.gui.labeling.linked_views_sources import ViewSources
from cropsample_plugin.gui.labeling.place_menu import PlaceMenu
from cropsample_plugin.gui.labeling.sample_place import SamplePlace, next_in_queue, sample_place, some_places
from cropsample_plugin.gui.labeling.seen_imagery import SeenImagery
from cropsample_plugin.gui.review_marker import ReviewMarker

_MOST_PLACES = 9
_FIRST_SCALE = 5000.0


class LinkedViews(QgsDockWidget):
    """Shows the current sample of the open session.

    Attributes:
        shown: every map has been drawn since the sample changed.
        canvas_added: there is one more map, for tools that draw.
        canvas_leaving: a map goes; tools must let go of it.
    """

    shown = pyqtSignal()
    canvas_added = pyqtSignal(object)
    canvas_leaving = pyqtSignal(object)

    def __init__(self, controller: LabelingController, iface: Any, parent: Optional[QWidget] = None) -> None:  # noqa: ANN401
        super().__init__(parent)
        self.setObjectName("cropsample_linked_views")
        self.setWindowTitle(self.tr("Linked views"))
        self._controller = controller
        self._map_canvas = iface.mapCanvas()
        self.form = LinkedViewsForm()
        self.setWidget(self.form)
        self.frames: List[ViewFrame] = []
        self.views: Tuple[ViewSettings, ...] = ()
        self.sources: Optional[ViewSources] = None
        self.choice: Optional[ViewChoice] = None
        self.seen = SeenImagery()
        self.link = CanvasLink(self)
        self.prefetch = Prefetch(self)
        self.places = PlaceMenu(controller, self)
        self.form.places_button.setMenu(self.places.menu)
        self.map_marker = ReviewMarker(self._map_canvas)
        self._active: Optional[ViewFrame] = None
        self._is_shown = False
        self._sample_id = ""
        self._undrawn: Set[ViewFrame] = set()
        self.actions_with_keys = ViewActions(self)
        self._connect()
        if controller.session is not None:
            self._on_opened()
            self._on_sample()

    @property
    def is_shown(self) -> bool:
        """Whether the panel can be seen: then it outlines samples on the main map too."""
        return self._is_shown

    @property
    def place(self) -> Optional[SamplePlace]:
        """Where the current sample lies; None when there is none."""
        session = self._controller.session
        current = session.current if session is not None else None
        if session is None or current is None:
            return None
        try:
            return sample_place(session, current.sample_id, current.x, current.y)
        except LabelingError as error:
            self.form.say(str(error))
            return None

    def show_views(self, views: Tuple[ViewSettings, ...]) -> None:
        """Show these views in place of those there were."""
        self._remove_frames()
        self.views = views
        background = QgsProject.instance().backgroundColor()
        for view in views:
            frame = ViewFrame(ViewImagery(view, self.sources, self._map_canvas), background, self.form)
            frame.canvas.setDestinationCrs(self._views_crs())
            frame.canvas.freeze(not self._is_shown)
            self._connect_frame(frame)
            self.frames.append(frame)
            self.link.add(frame.canvas)
            self.canvas_added.emit(frame.canvas)
        self.form.show_views(self.frames)
        self._activate(self.frames[0] if self.frames else None)
        self._show_sample(is_moved=True)

    def center(self) -> None:
        """Go back to the sample, at the session's scale."""
        self._show_sample(is_moved=True)

    def step_date(self, by: int) -> bool:
        """Show an earlier or later date in the active view, or in the first that has dates."""
        frames = [frame for frame in (self._active, *self.frames) if frame is not None and frame.imagery.dates]
        return bool(frames) and frames[0].imagery.step(by)

    def next_view(self) -> None:
        """Make the keys act upon the next view."""
        if self.frames:
            place = self.frames.index(self._active) if self._active in self.frames else -1
            self._activate(self.frames[(place + 1) % len(self.frames)])

    def choose_views(self) -> None:
        """Ask which views to show, and show them."""
        if self.choice is not None:
            views = self.choice.ask(self.views, self)
            if views is not None:
                self.show_views(views)

    def take_down(self) -> None:
        """Give everything back; called when the plugin is unloaded."""
        for signal, slot in self._connections():
            signal.disconnect(slot)
        self._on_closed()
        self.actions_with_keys.take_down()
        self.prefetch.shut_down()
        self.link.clear()
        self.map_marker.remove()

    def _connections(self) -> List[Tuple[Any, Callable[..., None]]]:
        controller, canvas = self._controller, self._map_canvas
        return [
            (controller.opened, self._on_opened),
            (controller.closed, self._on_closed),
            (controller.sample_changed, self._on_sample),
            (canvas.destinationCrsChanged, self._on_crs),
            (canvas.xyCoordinates, self._on_map_pointed),
            (canvas.layersChanged, self._note_seen),
        ]

    def _connect(self) -> None:
        for signal, slot in self._connections():
            signal.connect(slot)
        form = self.form
        form.settings_button.clicked.connect(self.choose_views)
        form.center_button.clicked.connect(self.center)
        form.follow_button.toggled.connect(self._link_map)
        form.scale_widget.scaleChanged.connect(lambda _scale: self.center())
        self.visibilityChanged.connect(self._on_visibility)

    def _on_opened(self) -> None:
        session, path = self._controller.session, self._controller.session_path
        self._drop_sources()
        self.sources = ViewSources(path, some_places(session, _MOST_PLACES), self._controller.crs, self)
        scale = session.settings.scale if session.settings.scale > 0 else _FIRST_SCALE
        self.form.scale_widget.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
        self.form.scale_widget.setScale(scale)
        self.form.scale_widget.blockSignals(False)  # noqa: FBT003
        self._sample_id = ""
        self._link_map()
        self.choice = ViewChoice(self._controller, self.sources)
        self.show_views(self.choice.views())

    def _on_closed(self) -> None:
        self.prefetch.stop()
        self._remove_frames()
        self.link.remove(self._map_canvas)
        self.map_marker.hide()
        self.views = ()
        self._drop_sources()

    def _drop_sources(self) -> None:
        if self.sources is not None:
            self.sources.shut_down()
            self.sources.deleteLater()
            self.sources = self.choice = None

    def _connect_frame(self, frame: ViewFrame) -> None:
        frame.activated.connect(lambda: self._activate(frame))
        frame.pointed.connect(lambda point: self._on_pointed(frame, point))
        frame.drawn.connect(lambda: self._on_drawn(frame))
        frame.changed.connect(self._note_seen)

    def _remove_frames(self) -> None:
        self.form.show_views([])
        for frame in self.frames:
            self.link.remove(frame.canvas)
            self.canvas_leaving.emit(frame.canvas)
            frame.take_down()
            frame.hide()
            frame.deleteLater()
        self.frames = []
        self._undrawn.clear()
        self._active = None

    def _activate(self, frame: Optional[ViewFrame]) -> None:
        self._active = frame
        for each in self.frames:
            each.show_active(is_active=each is frame and len(self.frames) > 1)

    def _link_map(self, *_is_on: bool) -> None:
        has_crs = self._map_canvas.mapSettings().destinationCrs().isValid()
        is_wanted = self._is_shown and self.form.follow_button.isChecked()
        if is_wanted and self._controller.session is not None and has_crs:
            self.link.add(self._map_canvas)
        else:
            self.link.remove(self._map_canvas)

    def _views_crs(self) -> QgsCoordinateReferenceSystem:
        crs = self._map_canvas.mapSettings().destinationCrs()
        return crs if crs.isValid() else self._controller.crs

    def _on_crs(self) -> None:
        if self._controller.session is None:
            return
        for frame in self.frames:
            frame.canvas.setDestinationCrs(self._views_crs())
        self._link_map()
        self._show_sample(is_moved=True)

    def _on_sample(self) -> None:
        session = self._controller.session
        current = session.current if session is not None else None
        sample_id = current.sample_id if current is not None else ""
        is_moved, self._sample_id = sample_id != self._sample_id, sample_id
        if is_moved:
            self.seen.start()
        # What was drawn a moment ago lies where the labeler looks.
        self._show_sample(is_moved=is_moved and not (session is not None and session.is_just_drawn))

    def _show_sample(self, *, is_moved: bool) -> None:
        self.prefetch.stop()
        self.form.say("")
        place = self.place
        if place is None:
            self.map_marker.hide()
            for frame in self.frames:
                frame.hide_sample()
            return
        if is_moved:
            self._undrawn = set(self.frames)
            for frame in self.frames:
                frame.hold()
        if self._is_shown:
            self.map_marker.place(place.geometry, place.crs)
        else:
            self.map_marker.hide()
        placed = [frame.show_sample(place.geometry, place.point, place.crs) for frame in self.frames]
        if is_moved and any(placed):
            self.link.look_at(self.frames[0].marker.outline.boundingBox(), self.form.scale_widget.scale())
        self._note_seen()

    def _on_drawn(self, frame: ViewFrame) -> None:
        if frame not in self._undrawn:
            return
        self._undrawn.discard(frame)
        if not self._undrawn:
            self.shown.emit()
            self._prefetch_next()

    def _prefetch_next(self) -> None:
        session = self._controller.session
        following = next_in_queue(session) if session is not None else None
        if following is None:
            return
        try:
            place = sample_place(session, following)
        except LabelingError:
            # It will be told when the sample is shown.
            return
        on_map = self.frames[0].marker.on_map(place.geometry, place.crs)
        if on_map is None:
            return
        maps = []
        for frame in self.frames:
            settings = QgsMapSettings(frame.canvas.mapSettings())
            settings.setExtent(self.link.extent_at(frame.canvas, on_map.boundingBox().center()))
            maps.append(settings)
        self.prefetch.start(maps)

    def _note_seen(self) -> None:
        session = self._controller.session
        if session is None:
            return
        if self._is_shown:
            shown = [(frame.imagery.imagery, _day(frame)) for frame in self.frames if frame.imagery.layers]
        else:
            shown = [(layer.name(), "") for layer in self._map_canvas.layers()]
        self.seen.add(shown)
        session.looking.imagery, session.looking.imagery_date = self.seen.imagery, self.seen.imagery_date

    def _on_pointed(self, frame: ViewFrame, point: Optional[QgsPointXY]) -> None:
        for other in self.frames:
            other.show_cursor(None if other is frame else point)

    def _on_map_pointed(self, point: QgsPointXY) -> None:
        if self._map_canvas in self.link.canvases:
            for frame in self.frames:
                frame.show_cursor(point)

    def _on_visibility(self, is_visible: bool) -> None:  # noqa: FBT001 - the signal's signature
        self._is_shown = is_visible
        for frame in self.frames:
            frame.canvas.freeze(not is_visible)
        self._link_map()
        if self._controller.session is not None:
            self._show_sample(is_moved=is_visible)


def _day(frame: ViewFrame) -> str:
    imagery = frame.imagery
    return imagery.day.isoformat() if imagery.is_dated and imagery.day else ""
