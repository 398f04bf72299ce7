"""The polygon tools of a labeling session: on every map that shows it, one gesture is one step that can be undone."""

from __future__ import annotations

from typing import List, Optional, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QAction

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.polygon_shapes import Point, moved_point
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.polygon_actions import PolygonActions
from cropsample_plugin.gui.labeling.polygon_facts import Place, PolygonFacts
from cropsample_plugin.gui.labeling.polygon_index import SampleIndex
from cropsample_plugin.gui.labeling.polygon_layers import PolygonLayers
from cropsample_plugin.gui.labeling.polygon_maps import PolygonMaps
from cropsample_plugin.gui.labeling.polygon_options import load_options
from cropsample_plugin.gui.labeling.polygon_picture import PolygonPicture, changes_picture, current_facts
from cropsample_plugin.gui.labeling.polygon_snapping import (
    snapped_by_project,
    snapped_to_pixels,
    snapped_to_samples,
    tolerance_of,
)
from cropsample_plugin.gui.labeling.polygon_states import (
    Event,
    Gesture,
    Hint,
    Kind,
    Mode,
    State,
    Step,
    advance,
)
from cropsample_plugin.gui.labeling.polygon_work import Ground, PolygonWork, Work

_FILL_EVERY_MS = 20
_FILL_SLICE_S = 0.01
# These modes place corners; the others point at what is there.
_CORNER_MODES = (Mode.DRAW, Mode.CIRCLE, Mode.RECTANGLE, Mode.ROTATED_RECTANGLE, Mode.VERTEX, Mode.RESHAPE, Mode.CUT)


class PolygonTools(QObject):
    """Draws and edits the samples of the open session on one canvas or several.

    Attributes:
        told: what the user should know about what was just done, in words.
    """

    told = pyqtSignal(str)

    def __init__(self, controller: LabelingController, canvas: QgsMapCanvas, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._gesture = Gesture()
        self._options = load_options()
        self._layers = PolygonLayers(self._cancel, self)
        self._buttons = PolygonActions(self._options, self._layers, self)
        self._maps = PolygonMaps(self._handle, self)
        self._picture = PolygonPicture(self._maps, self._options)
        self._place: Optional[Place] = None
        self._work: Optional[PolygonWork] = None
        self._mode: Optional[Mode] = None
        self._last_class, self._shown_id = ("", ""), ""
        self._fill_timer = QTimer(self)
        self._fill_timer.setInterval(_FILL_EVERY_MS)
        for signal, slot in self._connections():
            signal.connect(slot)
        self.add_canvas(canvas)
        if controller.session is not None:
            self._open()

    def actions(self) -> List[QAction]:
        """Return the buttons for a toolbar, the last one with a menu of options."""
        return self._buttons.all()

    def add_canvas(self, canvas: QgsMapCanvas) -> None:
        """Work on another map too."""
        self._maps.add(canvas)
        self._redraw()

    def remove_canvas(self, canvas: QgsMapCanvas) -> None:
        """Leave a map alone from now on."""
        self._maps.remove(canvas)

    def take_down(self) -> None:
        """Leave all maps and the session."""
        self.use(None)
        for signal, slot in self._connections():
            signal.disconnect(slot)
        self._fill_timer.stop()
        self._maps.take_down()
        self._layers.take_down()
        self._buttons.take_down()

    def use(self, mode: Optional[Mode]) -> None:
        """Start to use a tool on all maps; None gives them back what they had."""
        if self._place is None:
            mode = None
        self._mode = mode
        self._buttons.check(mode)
        self._maps.set_in_use(is_in_use=mode is not None)
        if mode is None:
            self._cancel()
            self._maps.say("")
        else:
            self._gesture = advance(self._gesture, Event(Kind.MODE_CHANGED, mode=mode)).gesture
            self._fill_timer.start()
        self._redraw()

    @property
    def gesture(self) -> Gesture:
        """The gesture on its way, in the session's coordinates."""
        return self._gesture

    @property
    def facts(self) -> Optional[PolygonFacts]:
        """Facts about the current sample; None without one."""
        return current_facts(self._controller.session, self._place)

    # The session.

    def _connections(self) -> List[Tuple[object, object]]:
        controller, buttons = self._controller, self._buttons
        return [
            (controller.opened, self._open),
            (controller.closed, self._close),
            (controller.sample_changed, self._show_sample),
            (controller.labels_changed, self._take_in),
            (controller.failed, self._refuse),
            (buttons.mode_chosen, self.use),
            (buttons.grow_wanted, self._grow),
            (buttons.removal_wanted, self._remove_sample),
            (buttons.options_changed, self._redraw),
            (self._fill_timer.timeout, self._fill),
            (self._maps.left, self._leave),
            (self._maps.moved, self._redraw),
        ]

    def _open(self) -> None:
        session = self._controller.session
        self._layers.open(session.settings, self._controller.session_path)
        self._place = Place(
            self._controller.crs, self._layers.grid, SampleIndex(session), session.settings.minimum_pixels
        )
        self._work = PolygonWork(session, self._place)
        self._last_class, self._shown_id = ("", ""), ""
        self._gesture = advance(self._gesture, Event(Kind.SESSION_OPENED)).gesture
        self._buttons.set_enabled(is_enabled=True)
        if self._layers.problem:
            self.told.emit(self._layers.problem)

    def _close(self) -> None:
        self._gesture = advance(self._gesture, Event(Kind.SESSION_CLOSED)).gesture
        self._place = self._work = None
        self._fill_timer.stop()
        self.use(None)
        self._layers.close()
        self._buttons.set_enabled(is_enabled=False)
        self._maps.clear()

    def _take_in(self) -> None:
        session = self._controller.session
        if session is None or self._place is None:
            return
        self._place.index.update()
        self._remember_class(session)
        self._redraw()

    def _remember_class(self, session: LabelingSession) -> None:
        """Keep the class that was given last: the session goes on to another sample after this is told of."""
        own = session.state(self._shown_id).labels.get(session.labeler) if self._shown_id else None
        if own is not None and own.created_at > self._last_class[0]:
            self._last_class = (own.created_at, own.class_name)

    def _show_sample(self) -> None:
        session = self._controller.session
        self._shown_id = session.current.sample_id if session is not None and session.current is not None else ""
        self._redraw()

    def _fill(self) -> None:
        if self._place is None or self._place.index.fill(_FILL_SLICE_S):
            self._fill_timer.stop()
            self._redraw()
        elif self._place.index.problem:
            # Using a tool again goes on where this stopped.
            self._fill_timer.stop()
            self._refuse(self._place.index.problem)

    # What is done on a map.

    def _handle(self, kind: Kind, point: Optional[QgsPointXY], canvas: QgsMapCanvas) -> bool:
        """Take an event of a map; return whether it meant something."""
        if self._work is None:
            return False
        ground = self._ground(canvas)
        place = None if point is None else self._snapped(point, canvas, ground)
        if point is not None and place is None:
            self._refuse(self.tr("This place does not exist in the session's coordinate system."))
            return True
        before = self._gesture
        outcome = advance(before, Event(kind, place))
        self._gesture = outcome.gesture
        if outcome.step is not None:
            self._finish(outcome.step, before, ground)
        elif outcome.hint is not None:
            self._refuse(self._hint_text(outcome.hint))
        elif self._is_rightly_begun(before, ground) and changes_picture(kind, before, self._gesture):
            self._preview(ground)
        return bool(outcome.step or outcome.hint or before.points or outcome.gesture.state is not before.state)

    def _is_rightly_begun(self, before: Gesture, ground: Ground) -> bool:
        """Take a gesture back whose first point meets no sample, and say so, before more points are placed."""
        if before.state is not State.IDLE or self._gesture.state is State.IDLE:
            return True
        try:
            self._work.check_start(self._gesture.mode, self._gesture.points, ground)
        except LabelingError as error:
            self._gesture = advance(self._gesture, Event(Kind.ESCAPE)).gesture
            self._refuse(str(error))
            return False
        return True

    def _finish(self, step: Step, before: Gesture, ground: Ground) -> None:
        """Save what a gesture comes to; where it may not become a sample, it can be gone on with."""
        try:
            work = self._work.outcome(step, ground)
            self._work.check(work)
        except LabelingError as error:
            if before.state in (State.PLACING, State.CHOOSING):
                self._gesture = before
            self._preview(ground)
            self._refuse(str(error))
            return
        self._save(work, ground)

    def _save(self, work: Work, ground: Ground) -> None:
        work_on = self._work
        if self._controller.act(lambda _session: work_on.save(work, ground)) and work.remark:
            self.told.emit(work.remark)
            self._maps.say(work.remark)

    def _grow(self, steps: int) -> None:
        """Grow the current sample by pixels or metres."""
        session = self._controller.session
        if session is None or self._work is None:
            return
        ground = self._ground(self._maps.canvases()[0])
        try:
            work = self._work.grown(steps, ground)
            self._work.check(work)
        except LabelingError as error:
            self._refuse(str(error))
            return
        self._save(work, ground)

    def _remove_sample(self) -> None:
        session = self._controller.session
        if session is None or session.current is None or session.state(session.current.sample_id).is_removed:
            self._refuse(self.tr("There is no sample to remove."))
            return
        name = session.current.sample_id
        self._controller.act(lambda open_session: open_session.remove(name))

    def _cancel(self) -> None:
        self._gesture = advance(self._gesture, Event(Kind.ESCAPE)).gesture
        self._maps.clear_gesture()

    def _ground(self, canvas: QgsMapCanvas) -> Ground:
        session = self._controller.session
        repeats = self._options.is_repeating_class and not (
            session.settings.needs_confidence or session.settings.needs_comment
        )
        return Ground(
            map_crs=QgsCoordinateReferenceSystem(canvas.mapSettings().destinationCrs()),
            tolerance=tolerance_of(canvas, self._place),
            objects=self._layers.objects,
            is_in_pixels=self._options.is_sizing_in_pixels,
            class_name=self._last_class[1] if repeats else "",
        )

    def _snapped(self, point: QgsPointXY, canvas: QgsMapCanvas, ground: Ground) -> Optional[Point]:
        """Return where a point goes, in the session's coordinates; None where it has no place there."""
        is_corner = self._gesture.mode in _CORNER_MODES
        match = snapped_by_project(canvas, point) if is_corner else None
        self._maps.show_snap(canvas, match)
        try:
            spot = point if match is None else match.point()
            place = moved_point((spot.x(), spot.y()), ground.map_crs, self._place.crs)
            if not is_corner or match is not None:
                return place
            if self._options.is_snapping_to_samples:
                found = snapped_to_samples(self._place, place, ground.tolerance, self._own_border())
                if found is not None:
                    return found
            starts_on_border = self._gesture.mode is Mode.VERTEX and self._gesture.state is State.IDLE
            if self._options.is_snapping_to_pixels and not starts_on_border:
                return snapped_to_pixels(self._place, place)
        except LabelingError:
            return None
        return place

    def _own_border(self) -> Tuple[str, ...]:
        """Return the sample whose corner is being moved: it does not snap to itself."""
        current = self._controller.session.current
        return (current.sample_id,) if self._gesture.mode is Mode.VERTEX and current is not None else ()

    # What is shown.

    def _preview(self, ground: Ground) -> None:
        self._picture.show_gesture(self._gesture, self._work, self._place, ground)

    def _redraw(self) -> None:
        self._picture.show_session(
            self._controller.session, self._place, self._gesture, is_in_use=self._mode is not None
        )

    def _refuse(self, text: str) -> None:
        if self._mode is not None:
            self._maps.say(text, is_refusal=True)

    def _hint_text(self, hint: Hint) -> str:
        if hint is Hint.TOO_FEW_CHOSEN:
            return self.tr("Click at least two samples, or press Escape.")
        return self.tr("More points are needed; Escape gives up.")

    def _leave(self) -> None:
        """Another tool was chosen on one of the maps: it is meant for all."""
        if self._mode is not None:
            self.use(None)
