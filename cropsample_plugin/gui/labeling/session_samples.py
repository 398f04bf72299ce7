"""Samples of a new session from a layer: geometries with ids, strata, reasons and labels; nothing dropped unsaid."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Optional, Tuple

from qgis.core import QgsFeature, QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.gui.input_facts import guess_class_field
from cropsample_plugin.gui.label_review_layer import text_of
from cropsample_plugin.gui.layer_facts import samples_facts

_ID_NAMES = (
    "sample_id",
    "id",
    "uid",
    "plotid",
    "plot_id",
    "plot",
    "object_id",
    "gid",
    "source_fid",
    "parcel_id",
    "fid",
)
_STRATUM_NAMES = ("stratum", "strata", "stratum_id")
_REASON_NAMES = ("reason",)
_PRIORITY_NAMES = ("rank", "priority")
_SHOWN_IDS = 5


@dataclass(frozen=True)
class SampleFields:
    """Fields of the layer; "" for none, which for the id means the feature's own number."""

    sample_id: str = ""
    stratum: str = ""
    given_label: str = ""
    reason: str = ""
    priority: str = ""


@dataclass(frozen=True)
class SamplesTaken:
    """Samples of a layer, and the ids of the features left out because they have no geometry."""

    samples: Tuple[NewSample, ...]
    without_geometry: Tuple[str, ...] = ()


def guess_sample_fields(layer: QgsVectorLayer) -> SampleFields:
    """Return the fields that most likely hold what a session needs."""
    names = {item.name().casefold(): item.name() for item in layer.fields()}

    def named(candidates: Tuple[str, ...]) -> str:
        return next((names[name] for name in candidates if name in names), "")

    label = guess_class_field(samples_facts(layer))
    stratum = named(_STRATUM_NAMES)
    return SampleFields(
        _guess_id(layer, names),
        stratum,
        label if label != stratum else "",
        named(_REASON_NAMES),
        named(_PRIORITY_NAMES),
    )


def samples_of_layer(layer: QgsVectorLayer, fields: SampleFields, *, is_selected_only: bool = False) -> SamplesTaken:
    """Return the samples of a layer.

    Raises:
        LabelingError: no features, no coordinate system, none with a geometry, or ids that are empty or not unique.
    """
    if not layer.crs().isValid():
        raise LabelingError(
            _tr("The layer '{}' has no coordinate system.").format(layer.name()),
            _tr("Set it in the layer's properties."),
        )
    places = {name: layer.fields().lookupField(getattr(fields, name)) for name in fields.__dataclass_fields__}
    request = QgsFeatureRequest().setSubsetOfAttributes([place for place in places.values() if place >= 0])
    features: Iterable[QgsFeature] = layer.getFeatures(request)
    if is_selected_only:  # A selection has no order.
        features = sorted(layer.getSelectedFeatures(request), key=lambda feature: feature.id())
    samples: List[NewSample] = []
    without_geometry: List[str] = []
    for feature in features:
        sample = _sample(feature, places)
        if sample is None:
            without_geometry.append(_text(feature, places["sample_id"]) or str(feature.id()))
        else:
            samples.append(sample)
    _check(samples, without_geometry, layer, fields, is_selected_only=is_selected_only)
    return SamplesTaken(tuple(samples), tuple(without_geometry))


def dropped_text(taken: SamplesTaken) -> str:
    """Return which features were left out, "" for none."""
    if not taken.without_geometry:
        return ""
    return _tr("{} features have no geometry and are left out: {}").format(
        len(taken.without_geometry), _listed(taken.without_geometry)
    )


def _check(
    samples: List[NewSample],
    without_geometry: List[str],
    layer: QgsVectorLayer,
    fields: SampleFields,
    *,
    is_selected_only: bool,
) -> None:
    if not samples and without_geometry:
        raise LabelingError(
            _tr("None of the features of '{}' has a geometry.").format(layer.name()), _tr("Choose another layer.")
        )
    if not samples and is_selected_only:
        raise LabelingError(_tr("No feature is selected."), _tr("Select some, or take the whole layer."))
    if not samples:
        raise LabelingError(
            _tr("The layer '{}' has no features.").format(layer.name()),
            _tr("Choose another layer, or start without samples and draw them."),
        )
    counts = Counter(new.sample.sample_id for new in samples)
    if "" in counts:
        raise LabelingError(
            _tr("{} features have no value in '{}'.").format(counts[""], fields.sample_id),
            _tr("Choose another id field, or none to number the samples."),
        )
    twice = [sample_id for sample_id, count in counts.items() if count > 1]
    if twice:
        raise LabelingError(
            _tr("{} ids of '{}' occur more than once: {}").format(len(twice), fields.sample_id, _listed(tuple(twice))),
            _tr("Choose another id field, or none to number the samples."),
        )


def _sample(feature: QgsFeature, places: Dict[str, int]) -> Optional[NewSample]:
    geometry = feature.geometry()
    if geometry.isNull() or geometry.isEmpty():
        return None
    # Invalid polygons have no point on their surface.
    inside = geometry.pointOnSurface()
    point = (geometry.centroid() if inside.isNull() else inside).asPoint()
    if not (math.isfinite(point.x()) and math.isfinite(point.y())):
        return None
    sample = LabelingSample(
        sample_id=_text(feature, places["sample_id"]) if places["sample_id"] >= 0 else str(feature.id()),
        x=point.x(),
        y=point.y(),
        stratum=_text(feature, places["stratum"]),
        reason=_text(feature, places["reason"]),
        priority=_number(_text(feature, places["priority"])),
        given_label=_text(feature, places["given_label"]),
    )
    return NewSample(sample, bytes(geometry.asWkb()))


def _text(feature: QgsFeature, place: int) -> str:
    value: Any = feature.attribute(place) if place >= 0 else None
    return text_of(value)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0


def _guess_id(layer: QgsVectorLayer, names: Dict[str, str]) -> str:
    n_features = layer.featureCount()
    for name in _ID_NAMES:
        if name not in names or not n_features:
            continue
        values = layer.uniqueValues(layer.fields().lookupField(names[name]))
        if len([value for value in values if text_of(value)]) == n_features:
            return names[name]
    return ""


def _listed(ids: Tuple[str, ...]) -> str:
    shown = ", ".join(ids[:_SHOWN_IDS])
    return f"{shown}, …" if len(ids) > _SHOWN_IDS else shown


def _tr(text: str) -> str:
    return QCoreApplication.translate("NewSession", text)
