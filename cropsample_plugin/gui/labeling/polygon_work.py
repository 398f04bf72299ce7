"""What a finished gesture does to a session: which samples it is about, what becomes of them, and the step to save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, List, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsPointXY,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling import polygon_edits as edits
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.polygon_shapes import (
    Point,
    checked,
    circle,
    inside_point,
    moved_point,
    polygon,
    polygon_parts,
    rectangle,
    rotated_rectangle,
    transformed,
)
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.polygon_events import common_label, cutting, merging, wkb
from cropsample_plugin.gui.labeling.polygon_facts import Place, refuse_if_too_small
from cropsample_plugin.gui.labeling.polygon_objects import picked_objects
from cropsample_plugin.gui.labeling.polygon_states import LEAST_POINTS, N_POINTS, Mode, Step

DRAWING_MODES = (Mode.DRAW, Mode.CIRCLE, Mode.RECTANGLE, Mode.ROTATED_RECTANGLE, Mode.PICK)


@dataclass(frozen=True)
class Ground:
    """What a gesture was made on.

    Attributes:
        map_crs: of the canvas: rectangles lie along its axes.
        tolerance: how near is near, in units of the session's coordinates.
        objects: polygons to pick from, None for none.
        is_in_pixels: growing goes by whole pixels, else by whole metres.
        class_name: what drawn samples are labeled with, "" for not.
    """

    map_crs: QgsCoordinateReferenceSystem
    tolerance: float
    objects: Optional[QgsVectorLayer] = None
    is_in_pixels: bool = True
    class_name: str = ""


@dataclass(frozen=True)
class Work:
    """What a gesture comes to.

    Attributes:
        mode: of the gesture.
        results: polygons that it makes, in the session's coordinate system; of CUT the one that stays first.
        targets: samples that it changes; of MERGE the one that stays first.
        remark: what the user should know, "" for nothing.
        amount: of RESIZE, in words.
    """

    mode: Mode
    results: Tuple[QgsGeometry, ...]
    targets: Tuple[str, ...] = ()
    remark: str = ""
    amount: str = ""


class PolygonWork:
    """Works out what gestures come to, and saves them as one step each."""

    def __init__(self, session: LabelingSession, place: Place) -> None:
        self._session = session
        self._place = place
        self._makers: Dict[Mode, Callable[[Step, Ground], Work]] = {
            Mode.PICK: self._picked,
            Mode.RESIZE: self._resized,
            Mode.VERTEX: self._vertex,
            Mode.RESHAPE: self._reshaped,
            Mode.CUT: self._cut,
            Mode.MERGE: self._merged,
        }

    def outcome(self, step: Step, ground: Ground) -> Work:
        """Return what a gesture comes to, finished or on its way; nothing is checked but that it comes to something.

        Raises:
            LabelingError: it comes to nothing.
        """
        work = self._makers.get(step.mode, self._drawn)(step, ground)
        if any(result.isNull() or result.isEmpty() for result in work.results):
            raise LabelingError(_tr("Nothing would be left of the polygon."), _tr("Change less of it."))
        return work

    def check_start(self, mode: Mode, points: Sequence[Point], ground: Ground) -> None:
        """Raise `LabelingError` where a gesture begins that has to begin at a sample, and there is none."""
        if mode is Mode.RESIZE:
            self._target(points[0], ground.tolerance)
        elif mode is Mode.VERTEX:
            self._target(points[0], ground.tolerance, needs_border=True)

    def grown(self, steps: int, ground: Ground) -> Work:
        """Return what becomes of the current sample by growing it so many pixels, or metres.

        Raises:
            LabelingError: it has no area.
        """
        current = self._session.current
        if current is None:
            raise self._nothing_here()
        geometry = self._polygon_of(current.sample_id)
        return self._resizing(current.sample_id, geometry, float(steps), ground)

    def check(self, work: Work) -> None:
        """Raise `LabelingError` for results that may not become samples."""
        for result in work.results:
            checked(result, self._place.crs)
            if work.mode is not Mode.MERGE:
                refuse_if_too_small(result, self._place)

    def save(self, work: Work, ground: Ground) -> None:
        """Save it as one step of the session.

        Raises:
            LabelingError: it is not saved yet; the session keeps it.
        """
        if work.mode in DRAWING_MODES:
            (result,) = work.results
            self._session.draw(wkb(result), inside_point(result), ground.class_name)
            return
        # Shown first, so that what is undone later is seen too.
        self._session.go_to(work.targets[0])
        # It lies where the labeler looks, as what is drawn does: the maps stay.
        self._session.is_just_drawn = True
        if work.mode is Mode.CUT:
            self._session.do(*cutting(self._session, work.targets[0], work.results))
        elif work.mode is Mode.MERGE:
            self._session.do(merging(self._session, work.targets, work.results[0]))
        else:
            self._session.reshape(work.targets[0], wkb(work.results[0]))

    # Drawing.

    def _drawn(self, step: Step, ground: Ground) -> Work:
        points, crs = step.points, self._place.crs
        least = N_POINTS.get(step.mode) or LEAST_POINTS[step.mode]
        if len(points) < least:
            raise LabelingError("")
        if step.mode is Mode.DRAW:
            return Work(step.mode, (polygon(points),))
        if step.mode is Mode.CIRCLE:
            return Work(step.mode, (circle(points[0], points[1], crs),))
        on_map = [moved_point(point, crs, ground.map_crs) for point in points]
        make = rectangle if step.mode is Mode.RECTANGLE else rotated_rectangle
        return Work(step.mode, (transformed(make(*on_map), ground.map_crs, crs),))

    def _picked(self, step: Step, ground: Ground) -> Work:
        layer = ground.objects
        if layer is None:
            raise LabelingError(
                _tr("There is no layer of objects to pick from."),
                _tr("Choose a polygon layer in the options of the polygon tools."),
            )
        geometry, is_repaired = picked_objects(layer, step.points, self._place.crs)
        remark = _tr("The object's border crossed itself and was repaired.") if is_repaired else ""
        return Work(step.mode, (geometry,), remark=remark)

    # Editing one sample.

    def _resized(self, step: Step, ground: Ground) -> Work:
        start, end = step.points[0], step.points[-1]
        target = self._target(start, ground.tolerance)
        geometry = self._polygon_of(target)
        amount = float(round(self._distance(geometry, end, ground) - self._distance(geometry, start, ground)))
        if amount == 0.0:
            raise LabelingError(_tr("The border has not moved."), _tr("Drag outwards to grow, inwards to shrink."))
        return self._resizing(target, geometry, amount, ground)

    def _resizing(self, target: str, geometry: QgsGeometry, amount: float, ground: Ground) -> Work:
        """Return a polygon grown by so many pixels or metres, as the options say; metres without a stack."""
        place = self._place
        if ground.is_in_pixels and place.grid is not None:
            changed, text = edits.resized_pixels(geometry, place.crs, place.grid, amount), _tr("{} pixels")
        else:
            changed, text = edits.resized_metres(geometry, place.crs, amount), _tr("{} m")
        return Work(Mode.RESIZE, (changed,), (target,), amount=text.format(f"{amount:+g}"))

    def _distance(self, geometry: QgsGeometry, point: Point, ground: Ground) -> float:
        place = self._place
        if ground.is_in_pixels and place.grid is not None:
            return edits.signed_distance_pixels(geometry, place.crs, place.grid, point)
        return edits.signed_distance_m(geometry, place.crs, point)

    def _vertex(self, step: Step, ground: Ground) -> Work:
        start = step.points[0]
        target = self._target(start, ground.tolerance, needs_border=True)
        geometry = self._polygon_of(target)
        if step.is_removal:
            changed = edits.vertex_removed(geometry, start, ground.tolerance)
        else:
            changed = edits.vertex_moved(geometry, start, step.points[-1], ground.tolerance)
        return Work(step.mode, (changed,), (target,))

    def _reshaped(self, step: Step, _ground: Ground) -> Work:
        target, changed = self._first_that_works(step.points, edits.reshaped)
        return Work(step.mode, (changed,), (target,))

    def _cut(self, step: Step, _ground: Ground) -> Work:
        target, pieces = self._first_that_works(step.points, edits.cut)
        return Work(step.mode, tuple(pieces), (target,))

    def _first_that_works(self, line: Sequence[Point], edit: Callable) -> Tuple[str, object]:
        """Return the sample that an edit by a line is about, the current one first, and what it makes of it."""
        if len(line) < 2:  # noqa: PLR2004 - a line has two ends
            raise LabelingError("")
        knife = QgsGeometry.fromPolylineXY([QgsPointXY(*point) for point in line])
        found = self._place.index.crossed(knife)
        current = self._session.current
        names = [current.sample_id] if current is not None else []
        names += [name for name in found if name not in names]
        error: Optional[LabelingError] = None
        for name in filter(self._is_own, names):
            geometry = self._place.index.geometry(name)
            if geometry is None or not polygon_parts(geometry) or not geometry.intersects(knife):
                continue
            try:
                return name, edit(geometry, line)
            except LabelingError as refused:
                error = error or refused
        raise error or self._nothing_here()

    # Merging.

    def _merged(self, step: Step, ground: Ground) -> Work:
        chosen: List[str] = []
        for point in step.points:
            name = self._target(point, ground.tolerance)
            chosen = [other for other in chosen if other != name] if name in chosen else [*chosen, name]
        current = self._session.current
        if current is not None and current.sample_id in chosen:
            chosen.sort(key=lambda name: name != current.sample_id)
        geometries = [self._polygon_of(name) for name in chosen]
        if len(step.points) < LEAST_POINTS[Mode.MERGE]:
            return Work(step.mode, tuple(geometries), tuple(chosen))
        whole = edits.merged(geometries)
        common_label(self._session, chosen)
        remark = _tr("The samples do not touch; they are one sample of several parts now.")
        return Work(step.mode, (whole,), tuple(chosen), remark if whole.isMultipart() else "")

    # Which sample.

    def _target(self, point: Point, tolerance: float, *, needs_border: bool = False) -> str:
        """Return the polygon at a place, the current one first, then the smallest."""
        place, current = QgsPointXY(*point), self._session.current
        names = [current.sample_id] if current is not None else []
        names += self._place.index.at(place, tolerance)
        for name in filter(self._is_own, names):
            geometry = self._place.index.geometry(name)
            if geometry is None or not polygon_parts(geometry):
                continue
            is_near = edits.is_near_border(geometry, point, tolerance)
            if is_near or (not needs_border and geometry.intersects(QgsGeometry.fromPointXY(place))):
                return name
        raise self._nothing_here()

    def _polygon_of(self, name: str) -> QgsGeometry:
        geometry = self._place.index.geometry(name)
        if geometry is None or not polygon_parts(geometry):
            raise self._nothing_here()
        return geometry

    def _is_own(self, name: str) -> bool:
        """Return whether a sample is this labeler's to change: assigned to everyone, or to them among others."""
        sample = self._session.sample(name)
        return sample is not None and (not sample.assigned_to or self._session.labeler in sample.assigned_to)

    def _nothing_here(self) -> LabelingError:
        if self._place.index.problem:
            return LabelingError(self._place.index.problem)
        if not self._place.index.is_complete:
            return LabelingError(
                _tr("The places of the samples are still being read ({} %).").format(
                    int(100 * self._place.index.share_read)
                ),
                _tr("Try again in a moment."),
            )
        return LabelingError(
            _tr("There is no sample with an area here."), _tr("Start at a polygon of the session that is yours.")
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("PolygonWork", text)
