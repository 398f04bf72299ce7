"""What the polygon tools show on the maps: the gesture and what it would make, the current sample, those around it."""

from __future__ import annotations

from typing import List, Optional, Sequence, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsRectangle

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.polygon_facts import Place, PolygonFacts, described, measured
from cropsample_plugin.gui.labeling.polygon_maps import PolygonMaps
from cropsample_plugin.gui.labeling.polygon_options import PolygonOptions
from cropsample_plugin.gui.labeling.polygon_states import CHOICE_MODES, Gesture, Kind, Mode, State, Step
from cropsample_plugin.gui.labeling.polygon_work import Ground, PolygonWork

_MOST_OUTLINED = 500
# What these make is seen better without their points.
_POINTLESS_MODES = (*CHOICE_MODES, Mode.RECTANGLE)
# What these would make is not seen in their points: say why they make nothing.
_TELLING_MODES = (Mode.VERTEX, Mode.PICK, Mode.MERGE)


class PolygonPicture:
    """Keeps the maps' overlays in step with gesture and session."""

    def __init__(self, maps: PolygonMaps, options: PolygonOptions) -> None:
        self._maps = maps
        self._options = options
        self._current_text = ""

    def show_gesture(self, gesture: Gesture, work: PolygonWork, place: Place, ground: Ground) -> None:
        """Show a gesture, what it would make as far as it comes to something, and what is to be said of that."""
        results: Tuple[QgsGeometry, ...] = ()
        text, is_refused = "", False
        if gesture.band:
            try:
                made = work.outcome(Step(gesture.mode, gesture.band), ground)
                results = made.results
                text, is_refused = described([measured(one, place, made.targets) for one in results], made.amount)
            except LabelingError as error:
                text = str(error) if gesture.mode in _TELLING_MODES else ""
        points = () if gesture.mode in _POINTLESS_MODES else gesture.band
        self._maps.show_gesture([QgsPointXY(*point) for point in points], results, place.crs)
        self._maps.say(text or self._current_text, is_refusal=is_refused)

    def show_session(
        self, session: Optional[LabelingSession], place: Optional[Place], gesture: Gesture, *, is_in_use: bool
    ) -> None:
        """Show the pixels of the current sample and, while a tool is in use, its facts and the samples in view."""
        facts = current_facts(session, place)
        self._current_text = described([facts])[0] if facts is not None and is_in_use else ""
        self._show_pixels(facts, place)
        if gesture.state in (State.OFF, State.IDLE):
            self._maps.clear_gesture()
            self._maps.say(self._current_text)
        if place is not None and is_in_use:
            self._maps.show_samples(lambda box: _samples_in(place, box), place.crs)
        else:
            self._maps.show_samples(lambda _box: (), QgsCoordinateReferenceSystem())

    def _show_pixels(self, facts: Optional[PolygonFacts], place: Optional[Place]) -> None:
        grid = place.grid if place is not None else None
        if facts is None or facts.cover is None or grid is None or not self._options.is_showing_pixels:
            self._maps.show_pixels(QgsGeometry(), QgsGeometry(), QgsCoordinateReferenceSystem())
        else:
            self._maps.show_pixels(facts.cover.outline, grid.pixel(facts.cover.central), grid.crs)


def current_facts(session: Optional[LabelingSession], place: Optional[Place]) -> Optional[PolygonFacts]:
    """Return facts about the current sample, None where there is none, or it has no geometry."""
    if session is None or session.current is None or place is None:
        return None
    name = session.current.sample_id
    geometry = place.index.geometry(name)
    return None if geometry is None else measured(geometry, place, (name,))


def changes_picture(kind: Kind, before: Gesture, after: Gesture) -> bool:
    """Return whether an event changes what is shown: while nothing is placed, what was said last stays."""
    is_follower = kind is Kind.MOVE and after.mode in CHOICE_MODES
    return not is_follower and (before.state is not State.IDLE or after.state is not State.IDLE)


def _samples_in(place: Place, box: QgsRectangle) -> Sequence[QgsGeometry]:
    found: List[Optional[QgsGeometry]] = [
        place.index.geometry(name) for name in place.index.within(box, _MOST_OUTLINED)
    ]
    return [geometry for geometry in found if geometry is not None]
