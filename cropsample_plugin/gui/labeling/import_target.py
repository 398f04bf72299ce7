"""An open session as the target of an import, and the import itself."""

from __future__ import annotations

import math
from typing import Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)

from cropsample_plugin.bridge.labeling.imports.coordinate_columns import Nearness
from cropsample_plugin.bridge.labeling.imports.import_plan import ImportPlan, ImportTarget
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

_SAMPLES_LOOKED_AT = 500


def target_of(session: LabelingSession) -> ImportTarget:
    """Return a session as a target."""

    def stands(event_id: str) -> Optional[bool]:
        return session.history.is_standing(event_id) if event_id in session.history else None

    return ImportTarget(
        QgsCoordinateReferenceSystem(session.settings.crs),
        QgsProject.instance().transformContext(),
        session.labeler,
        tuple(session.samples),
        stands,
        session.settings.needs_confidence,
        session.settings.needs_comment,
    )


def carry_out(session: LabelingSession, plan: ImportPlan) -> None:
    """Save an import as one step, undone as one, and list its samples.

    Raises:
        LabelingError: it could not be saved; it is kept in memory until the session's `retry`.
    """
    if plan.events:
        session.do(plan.events, plan.new_samples)
    session.set_filter(session.filter)


def nearness_of(session: LabelingSession) -> Optional[Nearness]:
    """Return how far, in degrees, a longitude and latitude are from the session's samples; None without samples."""
    crs = QgsCoordinateReferenceSystem(session.settings.crs)
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    transform = QgsCoordinateTransform(crs, degrees, QgsProject.instance())
    places = []
    for sample in session.samples[:: max(1, len(session.samples) // _SAMPLES_LOOKED_AT)]:
        try:
            places.append(transform.transform(QgsPointXY(sample.x, sample.y)))
        except QgsCsException:
            continue
    if not places:
        return None

    def distance(longitude: float, latitude: float) -> float:
        return min(math.hypot(place.x() - longitude, place.y() - latitude) for place in places)

    return distance
