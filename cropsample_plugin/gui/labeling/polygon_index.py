"""Where the samples of a session lie: found by place, kept up to date event by event."""

from __future__ import annotations

import math
import time
from array import array
from dataclasses import dataclass
from typing import Collection, Dict, Iterator, List, Optional, Tuple

from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsRectangle, QgsSpatialIndex, QgsWkbTypes

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

# Borders that were snapped to each other overlap by rounding.
_LEAST_SHARE = 1e-4
_ROUND = 16
_MOST_KEPT = 4000
_NOWHERE = array("d", [math.nan] * 4)


@dataclass(frozen=True)
class Overlap:
    """A sample that another one overlaps; share is of the smaller one's area, 1 for a point within."""

    sample_id: str
    share: float


class SampleIndex:
    """Finds samples by place; `fill` reads where they lie, a slice of time at a time.

    Attributes:
        problem: why the latest reading of the store failed, "" where it did not; samples not read are not found.
    """

    def __init__(self, session: LabelingSession) -> None:
        self._session = session
        self._tree = QgsSpatialIndex()
        # Four numbers for each sample; objects would make the garbage collector stop the window.
        self._boxes = array("d")
        self._kept: Dict[str, Optional[QgsGeometry]] = {}
        self._numbers: Dict[str, int] = {}
        self._names: List[str] = []
        self._n_read = 0
        self.problem = ""
        self._n_events = session.history.n_events

    @property
    def is_complete(self) -> bool:
        """Whether every sample is known."""
        return self._n_read >= len(self._session.samples)

    @property
    def share_read(self) -> float:
        """Share of the samples known, 0 to 1."""
        return self._n_read / max(1, len(self._session.samples))

    def fill(self, seconds: float) -> bool:
        """Read on for so long; True when every sample is known; stops at a problem, and goes on when called again."""
        due = time.monotonic() + seconds
        samples = self._session.samples
        while self._n_read < len(samples):
            if not self._place(samples[self._n_read].sample_id):
                break
            self._n_read += 1
            if self._n_read % _ROUND == 0 and time.monotonic() > due:
                break
        return self.is_complete

    def update(self) -> None:
        """Take in what was drawn, changed, removed or undone since the last time."""
        history = self._session.history
        if self._n_events == history.n_events:
            return
        n_events = history.n_events
        touched = {event.sample_id for event in history.added_after(self._n_events)}
        # What could not be read is asked for again.
        if sum(self._place(sample_id) for sample_id in touched) == len(touched):
            self._n_events = n_events

    def geometry(self, sample_id: str) -> Optional[QgsGeometry]:
        """Return a sample's present geometry, None for one without or that was removed; not to be changed."""
        self.update()
        if sample_id not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            try:
                self._kept[sample_id] = self._read(sample_id)
            except LabelingError as error:
                self.problem = str(error)
                return None
        return self._kept[sample_id]

    def _read(self, sample_id: str) -> Optional[QgsGeometry]:
        if self._session.state(sample_id).is_removed:
            return None
        wkb = self._session.geometry(sample_id)
        if not wkb:
            return None
        geometry = QgsGeometry()
        geometry.fromWkb(wkb)
        return None if geometry.isEmpty() else geometry

    def within(self, box: QgsRectangle, most: int) -> List[str]:
        """Return the samples whose boxes meet a box, at most so many."""
        return self._near(box)[:most]

    def at(self, point: QgsPointXY, tolerance: float = 0.0) -> List[str]:
        """Return the polygons that a point lies in, or within a tolerance of, the smallest first."""
        place = QgsGeometry.fromPointXY(point)
        box = QgsRectangle.fromCenterAndSize(point, 2 * tolerance, 2 * tolerance)
        found = {
            sample_id: geometry.area()
            for sample_id, geometry in self._polygons(box)
            if (geometry.distance(place) <= tolerance if tolerance else geometry.intersects(place))
        }
        return sorted(found, key=lambda sample_id: found[sample_id])

    def crossed(self, line: QgsGeometry) -> List[str]:
        """Return the polygons that a line meets."""
        return [sample_id for sample_id, geometry in self._polygons(line.boundingBox()) if geometry.intersects(line)]

    def overlaps(self, geometry: QgsGeometry, but: Collection[str] = ()) -> List[Overlap]:
        """Return the samples that a polygon overlaps, most first; touching is not overlapping."""
        found = []
        for sample_id in self._near(geometry.boundingBox()):
            other = None if sample_id in but else self.geometry(sample_id)
            share = 0.0 if other is None else _overlap_share(geometry, other)
            if share > _LEAST_SHARE:
                found.append(Overlap(sample_id, share))
        return sorted(found, key=lambda item: -item.share)

    def _polygons(self, box: QgsRectangle) -> Iterator[Tuple[str, QgsGeometry]]:
        for sample_id in self._near(box):
            geometry = self.geometry(sample_id)
            if geometry is not None and _is_polygon(geometry):
                yield sample_id, geometry

    def _near(self, box: QgsRectangle) -> List[str]:
        self.update()
        return [self._names[number] for number in self._tree.intersects(box)]

    def _place(self, sample_id: str) -> bool:
        """Put a sample where it is now; False where the store cannot tell."""
        self._kept.pop(sample_id, None)
        try:
            geometry = self._read(sample_id)
        except LabelingError as error:
            self.problem = str(error)
            return False
        self.problem = ""
        number = self._numbers.get(sample_id)
        if number is None:
            number = self._numbers[sample_id] = len(self._names)
            self._names.append(sample_id)
            self._boxes.extend(_NOWHERE)
        place = slice(4 * number, 4 * number + 4)
        before = self._boxes[place]
        if not math.isnan(before[0]):
            entry = QgsFeature(number)
            entry.setGeometry(QgsGeometry.fromRect(QgsRectangle(*before)))
            self._tree.deleteFeature(entry)
        box = geometry.boundingBox() if geometry is not None else None
        if box is not None and self._tree.addFeature(number, box):
            self._boxes[place] = array("d", (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()))
        else:
            self._boxes[place] = _NOWHERE
        return True


def _is_polygon(geometry: QgsGeometry) -> bool:
    return bool(QgsWkbTypes.geometryType(geometry.wkbType()) == QgsWkbTypes.GeometryType.PolygonGeometry)


def _overlap_share(geometry: QgsGeometry, other: QgsGeometry) -> float:
    if not _is_polygon(other):
        return float(geometry.contains(other))
    smaller = min(geometry.area(), other.area())
    if smaller <= 0.0 or not geometry.intersects(other):
        return 0.0
    return max(0.0, geometry.intersection(other).area()) / smaller
