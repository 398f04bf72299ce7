"""Where a sample of a session lies."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import List, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY

from cropsample_plugin.gui.labeling.labeling_session import LabelingSession


@dataclass(frozen=True)
class SamplePlace:
    """A sample's place.

    Attributes:
        geometry: its outline; the point of the sample where it has none, a null geometry where that is unknown too.
        point: a point inside it, None where unknown.
        crs: of both.
    """

    geometry: QgsGeometry
    point: Optional[QgsPointXY]
    crs: QgsCoordinateReferenceSystem


def sample_place(session: LabelingSession, sample_id: str, x: float = math.nan, y: float = math.nan) -> SamplePlace:
    """Return where a sample lies.

    Args:
        session: the open session.
        sample_id: the sample.
        x: of its point, for samples without geometry.
        y: likewise.

    Raises:
        LabelingError: its store cannot be read.
    """
    crs = QgsCoordinateReferenceSystem(session.settings.crs)
    geometry = _geometry(session.geometry(sample_id))
    if geometry.isNull() or geometry.isEmpty():
        point = QgsPointXY(x, y) if math.isfinite(x) and math.isfinite(y) else None
        return SamplePlace(QgsGeometry.fromPointXY(point) if point else QgsGeometry(), point, crs)
    inside = geometry.pointOnSurface()
    return SamplePlace(geometry, None if inside.isNull() else inside.asPoint(), crs)


def next_in_queue(session: LabelingSession) -> Optional[str]:
    """Return the id of the sample after the current one, None at the end of the queue."""
    place = session.position
    return session.queue[place + 1] if place is not None and place + 1 < len(session.queue) else None


def some_places(session: LabelingSession, most: int) -> List[QgsPointXY]:
    """Return points of samples spread over the session's list."""
    samples = session.samples
    step = max(1, math.ceil(len(samples) / most))
    return [
        QgsPointXY(sample.x, sample.y)
        for sample in samples[::step]
        if math.isfinite(sample.x) and math.isfinite(sample.y)
    ]


def _geometry(wkb: Optional[bytes]) -> QgsGeometry:
    geometry = QgsGeometry()
    if wkb:
        geometry.fromWkb(wkb)
    return geometry
