"""Proposed samples from the engine's file to new samples of a session, next in its queue and none twice."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import List, Sequence, Tuple

import numpy as np
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsPointXY,
    QgsVectorLayer,
)

from cropsample_plugin.bridge.labeling.imports.sample_shapes import RefusedShapeError, SampleShape, ShapePreparation
from cropsample_plugin.bridge.labeling.label_events import ADD, LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample

PROPOSER = "CropSample"
_SAME_PLACE_M = 0.5
_M_PER_DEGREE = 111_320.0
_ID_LENGTH = 12


@dataclass(frozen=True)
class Proposed:
    """What is added to a session.

    Attributes:
        new_samples: the most useful first, of a priority before that of all samples.
        events: their ADD events.
        n_too_near: proposals left out because a sample lies there, or nearer than the minimum distance.
    """

    new_samples: Tuple[NewSample, ...]
    events: Tuple[LabelEvent, ...]
    n_too_near: int


@dataclass(frozen=True)
class ProposalTarget:
    """The session: coordinate system, conversions, samples that are in it, who is to label the new ones."""

    crs: QgsCoordinateReferenceSystem
    transforms: QgsCoordinateTransformContext
    samples: Sequence[LabelingSample]
    assigned_to: Tuple[str, ...] = ()


def take_proposals(path: str, target: ProposalTarget, min_distance_m: float) -> Proposed:
    """Read proposed samples and make them samples of a session.

    The same file gives the same ids; a proposal nearer than ``min_distance_m`` to a sample of the session, which may
    have come while proposals were made, is left out.

    Raises:
        LabelingError: the file is gone, damaged, or holds no proposals.
    """
    layer = QgsVectorLayer(path, Path(path).stem, "ogr")
    if not layer.isValid() or layer.fields().lookupField("reason") < 0:
        raise LabelingError(f"'{path}' holds no proposed samples.", "Propose again.")
    preparation = ShapePreparation(layer.crs(), target.crs, target.transforms)
    found: List[Tuple[SampleShape, str, str]] = []
    for feature in sorted(layer.getFeatures(), key=lambda feature: feature["rank"]):
        try:
            shape = preparation.shapes(feature.geometry())[0]
        except RefusedShapeError:
            continue
        found.append((shape, _text(feature, "reason"), _text(feature, "stratum")))
    near = _too_near([shape.center for shape, _, _ in found], target, max(min_distance_m, _SAME_PLACE_M))
    first = min((sample.priority for sample in target.samples), default=0.0) - len(found)
    kept = [item for item, is_near in zip(found, near) if not is_near]
    new_samples = tuple(_sample(item, first + place, target.assigned_to) for place, item in enumerate(kept))
    events = tuple(_added(new) for new in new_samples)
    return Proposed(new_samples, events, len(found) - len(kept))


def _sample(item: Tuple[SampleShape, str, str], priority: float, assigned_to: Tuple[str, ...]) -> NewSample:
    shape, reason, stratum = item
    wkb = bytes(shape.geometry.asWkb())
    sample_id = f"proposed-{hashlib.sha256(wkb).hexdigest()[:_ID_LENGTH]}"
    x, y = shape.center.x(), shape.center.y()
    return NewSample(LabelingSample(sample_id, x, y, stratum, reason, priority, assigned_to=assigned_to), wkb)


def _added(new: NewSample) -> LabelEvent:
    event_id = hashlib.sha256(f"{ADD}|{new.sample.sample_id}".encode()).hexdigest()[:32]
    return LabelEvent(
        new.sample.sample_id, PROPOSER, ADD, comment=new.sample.reason, geometry=new.geometry, event_id=event_id
    )


def _too_near(places: Sequence[QgsPointXY], target: ProposalTarget, distance_m: float) -> List[bool]:
    """Return of each place whether a sample of the session is nearer than that, on the ground."""
    if not target.samples:
        return [False] * len(places)
    taken = _in_degrees([QgsPointXY(sample.x, sample.y) for sample in target.samples], target)
    near = []
    for longitude, latitude in _in_degrees(places, target):
        across = (taken[:, 0] - longitude) * np.cos(np.radians(latitude))
        apart_m = np.hypot(across, taken[:, 1] - latitude) * _M_PER_DEGREE
        near.append(bool(np.nanmin(apart_m, initial=np.inf) < distance_m))
    return near


def _in_degrees(places: Sequence[QgsPointXY], target: ProposalTarget) -> np.ndarray:
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    transform = QgsCoordinateTransform(target.crs, degrees, target.transforms)
    moved = np.full((len(places), 2), np.nan)
    for row, place in enumerate(places):
        try:
            there = transform.transform(place)
        except QgsCsException:
            continue
        moved[row] = there.x(), there.y()
    return moved


def _text(feature: object, name: str) -> str:
    fields = feature.fields()  # type: ignore[attr-defined]
    value = feature[name] if fields.lookupField(name) >= 0 else None  # type: ignore[index]
    return "" if value is None or (hasattr(value, "isNull") and value.isNull()) else str(value)
