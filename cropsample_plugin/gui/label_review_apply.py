"""The outcome of a review as a new layer: the judged one with a label and a weight to train with, nothing changed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, List, Optional, Tuple

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

from cropsample_plugin.bridge.fields import field_kind, make_field
from cropsample_plugin.bridge.review_decisions import KEEP, REJECT, RELABEL, ReviewError
from cropsample_plugin.gui.label_review_session import FinalLabel, LabelReviewSession
from cropsample_plugin.jobs.protocol import RECORD_SUFFIX

LABEL, WEIGHT = "label_final", "weight_final"
_ADDED = (
    (WEIGHT, "real"),
    ("review", "text"),
    ("review_comment", "text"),
    ("reviewer", "text"),
    ("reviewed_at", "text"),
)


@dataclass(frozen=True)
class AppliedReview:
    """What became of the samples; the four counts add up to all of them.

    Attributes:
        path: the layer written.
        n_kept, n_relabelled, n_rejected: decided by a person.
        n_undecided: with label and weight as computed.
        unknown_ids: decisions on samples the layer no longer holds; not applied, still in the file.
        changed_ids: decisions on another label than the sample now has; likewise.
        weight_field: field of the weights, for training.
        label_field: field of the labels, for training.
    """

    path: str
    n_kept: int
    n_relabelled: int
    n_rejected: int
    n_undecided: int
    unknown_ids: Tuple[str, ...]
    changed_ids: Tuple[str, ...]
    weight_field: str
    label_field: str


def apply_decisions(layer: QgsVectorLayer, session: LabelReviewSession, label_field: str, path: str) -> AppliedReview:
    """Write the judged layer with `LABEL` and `WEIGHT` as a new GeoPackage.

    A rejected sample has no label and weight 0; a kept or relabelled one weighs as the supported samples of its class;
    all others keep the label they had and the weight that was computed.

    Raises:
        ReviewError: the path is that of the layer or of the decisions, or cannot be written; an earlier file stays.
    """
    target = _checked(path, layer, session)
    session.read_decisions()
    final = session.final_labels()
    kept_fields = [place for place in range(layer.fields().count()) if place not in _own_keys(layer)]
    fields, names = _fields(layer, kept_fields, label_field)
    partial = target.with_name(f".{target.stem}.partial.gpkg")
    try:
        _write(layer, final, kept_fields, fields, partial)
        partial.replace(target)
    except OSError as error:
        raise ReviewError(f"'{target}' cannot be written: {error}.", "Choose another file.") from error
    finally:
        partial.unlink(missing_ok=True)
    counts, progress = Counter(item.decision for item in final.values()), session.progress()
    applied = AppliedReview(
        path=str(target),
        n_kept=counts[KEEP],
        n_relabelled=counts[RELABEL],
        n_rejected=counts[REJECT],
        n_undecided=counts[""],
        unknown_ids=progress.unknown_ids,
        changed_ids=progress.changed_ids,
        weight_field=names[1],
        label_field=names[0],
    )
    _write_record(applied, layer, session)
    return applied


def _checked(path: str, layer: QgsVectorLayer, session: LabelReviewSession) -> Path:
    if not path.strip():
        raise ReviewError("Choose a file for the reviewed labels.")
    target = Path(path.strip()).with_suffix(".gpkg")
    source = Path(layer.source().split("|")[0]) if layer.providerType() == "ogr" else None
    for taken, what in ((source, "judged layer"), (Path(session.decisions.path), "file of decisions")):
        if taken is not None and target.resolve() == taken.resolve():
            raise ReviewError(f"'{target}' is the {what}, which stays as it is.", "Choose another file.")
    if not target.parent.is_dir():
        raise ReviewError(f"The folder of '{target}' does not exist.", "Choose another folder.")
    return target


def _own_keys(layer: QgsVectorLayer) -> List[int]:
    """Return the places of a GeoPackage's own row number, which is no attribute of the user's."""
    is_package = layer.source().split("|")[0].lower().endswith(".gpkg")
    return [place for place in layer.primaryKeyAttributes() if is_package or layer.fields()[place].name() == "fid"]


def _fields(layer: QgsVectorLayer, places: List[int], label_field: str) -> Tuple[QgsFields, List[str]]:
    """Return the fields of the new layer, and what those added are called; a user's field keeps its name."""
    fields = QgsFields()
    for place in places:
        fields.append(layer.fields()[place])
    taken = {item.name().casefold() for item in fields}
    kind = field_kind(layer.fields()[layer.fields().lookupField(label_field)]) or "text"
    names = []
    for name, added_kind in ((LABEL, kind), *_ADDED):
        free = name
        while free.casefold() in taken:
            free += "_2"
        taken.add(free.casefold())
        fields.append(make_field(free, added_kind))
        names.append(free)
    return fields, names


def _write(
    layer: QgsVectorLayer, final: dict[int, FinalLabel], places: List[int], fields: QgsFields, path: Path
) -> None:
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = "samples"
    writer = QgsVectorFileWriter.create(
        str(path), fields, layer.wkbType(), layer.crs(), QgsProject.instance().transformContext(), options
    )
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise OSError(writer.errorMessage())
    n_written = 0
    for feature in layer.getFeatures():
        found = final.get(feature.id())
        if found is None:
            continue
        row = QgsFeature(fields)
        row.setGeometry(feature.geometry())
        values = [feature.attribute(place) for place in places]
        row.setAttributes([*values, *_added_values(found, fields[len(places)])])
        if not writer.addFeature(row, QgsFeatureSink.Flag.FastInsert):
            raise OSError(writer.errorMessage())
        n_written += 1
    del writer
    written = QgsVectorLayer(str(path), "", "ogr")
    if n_written != len(final) or not written.isValid() or written.featureCount() != n_written:
        raise OSError(f"{n_written} of {len(final)} samples could be written")


def _added_values(found: FinalLabel, label_field: QgsField) -> List[Any]:
    return [
        _label_value(found.label, label_field),
        found.weight,
        *(text or None for text in (found.decision, found.comment, found.reviewer, found.decided_at)),
    ]


def _label_value(label: str, field: QgsField) -> Optional[Any]:  # noqa: ANN401 - text or number
    if not label:
        return None
    if field_kind(field) in {"integer", "integer64"}:
        return int(label)
    return float(label) if field_kind(field) == "real" else label


def _write_record(applied: AppliedReview, layer: QgsVectorLayer, session: LabelReviewSession) -> None:
    record = {
        "output": Path(applied.path).name,
        "made_by": "label review",
        "judged_layer": layer.publicSource() if hasattr(layer, "publicSource") else layer.name(),
        "decisions": session.decisions.path,
        "table": session.decisions.table,
        "outcome": asdict(applied),
    }
    text = json.dumps(record, indent=2, ensure_ascii=False)
    try:
        Path(applied.path + RECORD_SUFFIX).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ReviewError(f"The layer was written, its record was not: {error}.") from error
