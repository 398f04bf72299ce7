"""Write what stands of a session as a layer: GeoPackage, CSV or KML."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, Dict, List, Mapping, Sequence, Tuple
from uuid import uuid4

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsProject,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from cropsample_plugin.bridge.fields import make_field
from cropsample_plugin.bridge.labeling.export_kml import kml_text
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.standing_labels import StandingRow

GEOPACKAGE, CSV, KML = ".gpkg", ".csv", ".kml"
FORMATS = (GEOPACKAGE, CSV, KML)
_COLUMNS = {
    "sample_id": ("text", "sample_id"),
    "class": ("text", "class_name"),
    "confidence": ("integer", "confidence"),
    "agreement": ("integer", "agreement"),
    "n_labels": ("integer", "n_labels"),
    "settled": ("integer", "is_settled"),
    "disputed": ("integer", "is_disputed"),
    "flagged": ("integer", "is_flagged"),
    "stratum": ("text", "stratum"),
    "reason": ("text", "reason"),
    "labeler": ("text", "labeler"),
    "comment": ("text", "comment"),
    "imagery": ("text", "imagery"),
    "imagery_date": ("text", "imagery_date"),
    "labeled_at": ("text", "labeled_at"),
}
_DEGREES = "EPSG:4326"
_REMEDY = "Choose a folder that you may write to and that has room."
_DRIVERS = {GEOPACKAGE: "GPKG", CSV: "CSV"}


def write_labels(rows: Sequence[StandingRow], path: str, crs: str, colors: Mapping[str, str]) -> List[str]:
    """Write rows as a file; return what QGIS opens of it: points and polygons apart, where there are both.

    Columns that would be empty in every row, such as the labelers' names, are not written. A file that stands there is
    replaced only when the new one is complete.

    Args:
        rows: of `standing_rows`.
        path: ends with one of `FORMATS`.
        crs: of the geometries, authority id or WKT.
        colors: ``#rrggbb`` by class, for KML.

    Raises:
        LabelingError: there is nothing to write, or the file cannot be written.
    """
    suffix = Path(path).suffix.casefold()
    if suffix not in FORMATS:
        raise LabelingError(f"Labels cannot be written as '{suffix}'.", f"Use one of {', '.join(FORMATS)}.")
    if not rows:
        raise LabelingError("There are no labels to export.", "Label samples first, or export unlabeled ones too.")
    partial = Path(path).with_name(f".{Path(path).stem}-{uuid4().hex[:8]}{suffix}")
    try:
        layers = _write(rows, partial, crs, colors)
        _on_disk(partial)
        partial.replace(path)
    except OSError as error:
        raise LabelingError(f"'{path}' cannot be written: {error.strerror or error}.", _REMEDY) from error
    finally:
        with suppress(OSError):
            partial.unlink()
    return [f"{path}|layername={name}" if suffix == GEOPACKAGE else path for name in layers]


def _write(rows: Sequence[StandingRow], path: Path, crs: str, colors: Mapping[str, str]) -> List[str]:
    features = [(row, _geometry(row)) for row in rows]
    if path.suffix == KML:
        path.write_text(kml_text(_in_degrees(features, crs), colors), encoding="utf-8")
        return ["labels"]
    if path.suffix == CSV:
        # A text file does not say its coordinate system: degrees need none.
        _write_layer(_in_degrees(features, crs), path, _DEGREES, "labels", QgsWkbTypes.Type.Unknown, is_first=True)
        return ["labels"]
    layers: List[str] = []
    kinds = (
        ("points", QgsWkbTypes.GeometryType.PointGeometry, QgsWkbTypes.Type.Point),
        ("polygons", QgsWkbTypes.GeometryType.PolygonGeometry, QgsWkbTypes.Type.MultiPolygon),
    )
    for name, kind, wkb_type in kinds:
        having = [item for item in features if item[1].type() == kind]
        if having:
            _write_layer(having, path, crs, name, wkb_type, is_first=not layers)
            layers.append(name)
    return layers


def _write_layer(
    features: Sequence[Tuple[StandingRow, QgsGeometry]],
    path: Path,
    crs: str,
    name: str,
    wkb_type: Any,  # noqa: ANN401 - an enum that moved between QGIS versions
    *,
    is_first: bool,
) -> None:
    columns = _used_columns([row for row, _ in features])
    fields = QgsFields()
    for column, (kind, _) in columns.items():
        fields.append(make_field(column, kind))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = _DRIVERS[path.suffix]
    options.layerName = name
    options.fileEncoding = "UTF-8"
    options.layerOptions = ["GEOMETRY=AS_WKT"] if path.suffix == CSV else []
    if not is_first:
        options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
    context = QgsProject.instance().transformContext()
    writer = QgsVectorFileWriter.create(
        str(path), fields, wkb_type, QgsCoordinateReferenceSystem(crs), context, options
    )
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise OSError(writer.errorMessage())
    for row, geometry in features:
        feature = QgsFeature(fields)
        feature.setGeometry(_as_type(geometry, wkb_type))
        feature.setAttributes([_value(getattr(row, attribute)) for _, attribute in columns.values()])
        if not writer.addFeature(feature):
            raise OSError(writer.errorMessage())
    if not writer.flushBuffer():
        raise OSError(writer.errorMessage())
    del writer


def _used_columns(rows: Sequence[StandingRow]) -> Dict[str, Tuple[str, str]]:
    always = ("sample_id", "class")
    return {
        name: column
        for name, column in _COLUMNS.items()
        if name in always or any(getattr(row, column[1]) not in ("", None) for row in rows)
    }


def _value(value: Any) -> Any:  # noqa: ANN401 - text, number or None
    if isinstance(value, bool):
        return int(value)
    return None if value == "" else value


def _geometry(row: StandingRow) -> QgsGeometry:
    geometry = QgsGeometry()
    geometry.fromWkb(row.geometry)
    return geometry


def _as_type(geometry: QgsGeometry, wkb_type: Any) -> QgsGeometry:  # noqa: ANN401
    if wkb_type == QgsWkbTypes.Type.MultiPolygon:
        geometry.convertToMultiType()
    return geometry


def _in_degrees(features: Sequence[Tuple[StandingRow, QgsGeometry]], crs: str) -> List[Tuple[StandingRow, QgsGeometry]]:
    systems = QgsCoordinateReferenceSystem(crs), QgsCoordinateReferenceSystem(_DEGREES)
    transform = QgsCoordinateTransform(*systems, QgsProject.instance())
    for _, geometry in features:
        geometry.transform(transform)
    return list(features)


def _on_disk(path: Path) -> None:
    """Make sure that a file lies on disk, and was not cut off by a full one."""
    if shutil.disk_usage(path.parent).free == 0:
        raise OSError("the disk is full")
    with path.open("rb+") as file:
        os.fsync(file.fileno())
