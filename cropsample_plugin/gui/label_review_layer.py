"""A judged layer as samples to review: which of its fields say what, and where decisions on it are kept."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Dict, List

from qgis.core import QgsFeature, QgsFeatureRequest, QgsFields, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.category_styles import quality_field
from cropsample_plugin.bridge.review_decisions import DecisionFile, ReviewError, table_name
from cropsample_plugin.gui.default_folder import default_output_folder
from cropsample_plugin.gui.input_facts import SERIES_FIELD, guess_class_field
from cropsample_plugin.gui.label_review_session import ReviewSample
from cropsample_plugin.gui.layer_facts import samples_facts
from cropsample_plugin.jobs.protocol import RECORD_SUFFIX

_NEEDED = ("quality", "prior", "posterior", "margin", "suggested_label", "reason")
_TAKEN = (*_NEEDED, "tisqe_weight", "season", "season_start", "season_peak", "season_end", "indices_used")
_ID_NAMES = ("sample_id", "id", "uid", "plotid", "gid", "source_fid", "field_id", "parcel_id")
_START_NAMES = ("start_date", "series_start", "start")
_END_NAMES = ("end_date", "series_end", "end")


@dataclass(frozen=True)
class ReviewFields:
    """Fields of the judged layer.

    Attributes:
        label: the label that was judged.
        sample_id: different for every sample; "" for the feature's own id.
        start, end: first and last day of each sample's own series, "" for none.
    """

    label: str = ""
    sample_id: str = ""
    start: str = ""
    end: str = ""


def is_judged(layer: QgsVectorLayer) -> bool:
    """Return whether a layer has what 'Sample quality' writes."""
    return all(quality_field(layer.fields(), name) for name in _NEEDED)


def guess_fields(layer: QgsVectorLayer) -> ReviewFields:
    """Return the fields that the layer was judged with, from the record beside it, else by their names."""
    recorded = _record_of(layer)
    names = [item.name() for item in layer.fields()]

    def known(key: str, candidates: tuple[str, ...] = ()) -> str:
        value = str(recorded.get(key) or "")
        if value in names:
            return value
        return next((name for name in names if name.casefold() in candidates), "")

    start, end = known("start_field", _START_NAMES), known("end_field", _END_NAMES)
    label = known("class_field") or _guess_label(layer)
    return ReviewFields(label, _guess_id(layer), start if end else "", end if start else "")


def read_samples(layer: QgsVectorLayer, chosen: ReviewFields) -> List[ReviewSample]:
    """Return the samples of a judged layer.

    Raises:
        ReviewError: the layer has not been judged, or the label field is missing.
    """
    fields = layer.fields()
    missing = [name for name in _NEEDED if not quality_field(fields, name)]
    if missing:
        raise ReviewError(
            _tr("The layer '{}' has no field '{}'.").format(layer.name(), missing[0]),
            _tr("Choose a layer made by 'Sample quality'."),
        )
    if fields.lookupField(chosen.label) < 0:
        raise ReviewError(_tr("Choose the field with the labels that were judged."))
    places = {name: fields.lookupField(quality_field(fields, name)) for name in _TAKEN}
    places["label"], places["id"] = fields.lookupField(chosen.label), fields.lookupField(chosen.sample_id)
    request = QgsFeatureRequest().setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes([place for place in places.values() if place >= 0])
    return [_sample(feature, places) for feature in layer.getFeatures(request)]


def decision_file(layer: QgsVectorLayer) -> DecisionFile:
    """Return where decisions on a layer are kept: beside its file, else beside the project."""
    source = Path(layer.source().split("|")[0]) if layer.providerType() == "ogr" else None
    table = table_name(source.stem if source is not None and source.is_file() else layer.name())
    folder = source.parent if source is not None and source.is_file() else Path(default_output_folder())
    return DecisionFile(str(folder / f"{table}.gpkg"), table)


def fields_to_offer(layer: QgsVectorLayer) -> QgsFields:
    """Return the user's own fields: neither series nor what was found about the labels."""
    offered = QgsFields()
    found = {quality_field(layer.fields(), name) for name in _TAKEN}
    for item in layer.fields():
        if not SERIES_FIELD.match(item.name()) and item.name() not in found:
            offered.append(item)
    return offered


def text_of(value: Any) -> str:  # noqa: ANN401 - any attribute
    """Return an attribute as text: whole numbers without decimals, "" for NULL."""
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "toPyDate"):
        return str(value.toPyDate())
    if hasattr(value, "toPyDateTime"):
        return str(value.toPyDateTime().date())
    return str(value).strip()


def _sample(feature: QgsFeature, places: Dict[str, int]) -> ReviewSample:
    def text(name: str) -> str:
        return text_of(feature.attribute(places[name])) if places[name] >= 0 else ""

    def number(name: str) -> float:
        try:
            return float(text(name))
        except ValueError:
            return math.nan

    return ReviewSample(
        feature_id=feature.id(),
        sample_id=text("id") or str(feature.id()),
        label=text("label"),
        quality=text("quality"),
        suggested=text("suggested_label"),
        prior=number("prior"),
        posterior=number("posterior"),
        margin=number("margin"),
        weight=number("tisqe_weight"),
        reason=text("reason"),
        season=text("season"),
        season_dates=(text("season_start"), text("season_peak"), text("season_end")),
        indices=text("indices_used"),
    )


def _record_of(layer: QgsVectorLayer) -> Dict[str, Any]:
    """Return the parameters of the run that made a layer's file, {} where no record lies beside it."""
    if layer.providerType() != "ogr":
        return {}
    try:
        record = json.loads(Path(layer.source().split("|")[0] + RECORD_SUFFIX).read_text(encoding="utf-8"))
        return dict(record["job"]["parameters"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _guess_label(layer: QgsVectorLayer) -> str:
    names = {item.name() for item in fields_to_offer(layer)}
    facts = samples_facts(layer)
    return guess_class_field(replace(facts, fields=tuple(item for item in facts.fields if item.name in names)))


def _guess_id(layer: QgsVectorLayer) -> str:
    fields, n_features = layer.fields(), layer.featureCount()
    for name in _ID_NAMES:
        place = fields.lookupField(name)
        values = [value for value in layer.uniqueValues(place) if text_of(value)] if place >= 0 else []
        if n_features and len(values) == n_features:
            return str(fields[place].name())
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("LabelReview", text)
