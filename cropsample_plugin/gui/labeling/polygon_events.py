"""Cutting and merging samples as events of a session: what is added, changed and removed, and whose label it keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import List, Optional, Sequence, Tuple
from uuid import uuid4

from qgis.core import QgsGeometry
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import ADD, LABEL, REMOVE, SHAPE, LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.polygon_shapes import inside_point
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession


def wkb(geometry: QgsGeometry) -> bytes:
    """Return a geometry as sessions keep it."""
    return bytes(geometry.asWkb())


def cutting(
    session: LabelingSession, name: str, pieces: Sequence[QgsGeometry]
) -> Tuple[List[LabelEvent], List[NewSample]]:
    """Return the events and samples that make several samples out of one; this labeler's label is on all of them.

    Args:
        session: of the sample.
        name: of the sample; it keeps its id and becomes the first piece.
        pieces: the first one stays, the others become samples of the same stratum and assignment.
    """
    events = [session.event_for(name, SHAPE, geometry=wkb(pieces[0]))]
    label = session.state(name).labels.get(session.labeler)
    whole = session.sample(name)
    new_samples = []
    for piece in pieces[1:]:
        x, y = inside_point(piece)
        sample = LabelingSample(f"drawn-{uuid4().hex[:12]}", x, y)
        if whole is not None:
            sample = replace(whole, sample_id=sample.sample_id, x=x, y=y, reason="")
        new_samples.append(NewSample(sample, wkb(piece)))
        events.append(session.event_for(sample.sample_id, ADD, geometry=wkb(piece)))
        if label is not None:
            events.append(_copied(session, label, sample.sample_id))
    return events, new_samples


def merging(session: LabelingSession, names: Sequence[str], whole: QgsGeometry) -> List[LabelEvent]:
    """Return the events that make one sample out of several: the first becomes the whole, the others are removed.

    Raises:
        LabelingError: this labeler has labeled them differently.
    """
    first, *others = names
    events = [session.event_for(first, SHAPE, geometry=wkb(whole))]
    label = common_label(session, names)
    if label is not None and session.labeler not in session.state(first).labels:
        events.append(_copied(session, label, first))
    return events + [session.event_for(name, REMOVE) for name in others]


def common_label(session: LabelingSession, names: Sequence[str]) -> Optional[LabelEvent]:
    """Return the label that this labeler gave to samples, or to some of them; None where none is labeled.

    Raises:
        LabelingError: their labels differ.
    """
    labels = [session.state(name).labels.get(session.labeler) for name in names]
    given = [label for label in labels if label is not None]
    classes = sorted({label.class_name for label in given})
    if len(classes) > 1:
        raise LabelingError(
            _tr("The samples are labeled differently: {}.").format(", ".join(classes)),
            _tr("Give them the same class before they are merged."),
        )
    return given[0] if given else None


def _copied(session: LabelingSession, label: LabelEvent, name: str) -> LabelEvent:
    return session.event_for(
        name,
        LABEL,
        class_name=label.class_name,
        confidence=label.confidence,
        comment=label.comment,
        imagery=label.imagery,
        imagery_date=label.imagery_date,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("PolygonEvents", text)
