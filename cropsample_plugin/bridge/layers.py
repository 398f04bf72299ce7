"""QGIS layers and feature sources to files for the engine, and the engine's files back into QGIS."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureIterator,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFeatureSource,
    QgsFeedback,
    QgsField,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeatureSource,
    QgsProcessingParameterDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsVectorLayerSelectedFeatureSource,
    QgsWkbTypes,
)

from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError
from cropsample_plugin.bridge.fields import field_kind, make_field

__all__ = [
    "SOURCE_FID",
    "ExportedFeatures",
    "copy_to_sink",
    "crs_text",
    "export_features",
    "feature_source",
    "make_field",
    "open_table",
    "raster_path",
]

SOURCE_FID = "source_fid"
# Names of the file's own columns: chosen so that no field of a user ("fid", "geom") meets them.
_ROW_COLUMN = "cropsample_row"
_GEOMETRY_COLUMN = "cropsample_geometry"
_REPORT_EVERY = 1000
_FULL_DISK_BYTES = 1_000_000


@dataclass(frozen=True)
class ExportedFeatures:
    """What was written for the engine.

    Attributes:
        path: the GeoPackage, one layer.
        n_features: features in it.
        name_by_field: field name in the user's layer to name in the file; they differ only where the user has
            fields that differ in capitals alone, or a field called like one of the file's own columns.
    """

    path: str
    n_features: int
    name_by_field: Dict[str, str] = field(default_factory=dict)


def feature_source(layer: QgsVectorLayer, *, selected_only: bool = False) -> QgsFeatureSource:
    """Return a snapshot of a layer that another thread may read; make it on the main thread."""
    if selected_only:
        return QgsVectorLayerSelectedFeatureSource(layer)
    return layer.clone()


def export_features(
    source: QgsFeatureSource, path: str, feedback: QgsFeedback, fields: Optional[Sequence[str]] = None
) -> ExportedFeatures:
    """Write features as a GeoPackage with one layer and the field ``source_fid``.

    Geometry type (with Z and M), coordinate reference system and all attribute types are kept; null and NaN
    both become null; lists become JSON text; curves become line segments. A field of the user called
    ``source_fid`` is replaced.

    Args:
        source: any feature source: a layer, a selection, or a Processing source.
        path: file to write; replaced when it exists.
        feedback: told the share done, and asked whether to stop.
        fields: names of the fields to write, all when None.

    Raises:
        EngineError: the file cannot be written (``output``), or cancelled.
    """
    columns, name_by_field = _columns(source.fields(), fields)
    out_fields = QgsFields()
    out_fields.append(make_field(SOURCE_FID, "integer64"))
    for column in columns:
        out_fields.append(make_field(column.name, column.kind))
    writer = _open_writer(path, out_fields, source)
    n_written = 0
    n_total = max(source.featureCount(), 1)
    has_curves = _may_have_curves(source.wkbType())
    for feature in _features(source):
        if feedback.isCanceled():
            raise EngineError(CANCELED, "Canceled.")
        row = QgsFeature(out_fields)
        attributes = feature.attributes()
        row.setAttributes([feature.id(), *(column.convert(attributes[column.index]) for column in columns)])
        row.setGeometry(_straight(feature) if has_curves else feature.geometry())
        if not writer.addFeature(row, QgsFeatureSink.Flag.FastInsert):
            raise _write_error(path, writer.errorMessage())
        n_written += 1
        if n_written % _REPORT_EVERY == 0:
            feedback.setProgress(100.0 * n_written / n_total)
    del writer
    _require_features(path, n_written)
    return ExportedFeatures(path, n_written, name_by_field)


def open_table(path: str) -> QgsVectorLayer:
    """Open a GeoPackage with one layer; raises `EngineError` of kind ``output`` when that is not possible."""
    layer = QgsVectorLayer(path, Path(path).stem, "ogr")
    if not layer.isValid():
        raise EngineError("output", f"The file {path} cannot be opened.", "See the log for what happened to it.")
    return layer


def copy_to_sink(
    path: str,
    algorithm: QgsProcessingAlgorithm,
    output: str,
    parameters: Mapping[str, Any],
    context: QgsProcessingContext,
    feedback: QgsFeedback,
) -> str:
    """Copy a GeoPackage of the engine into an output of a Processing algorithm.

    Returns:
        The id of the output layer; "" for an optional output that the user did not ask for.

    Raises:
        EngineError: the file cannot be read, or cancelled.
        QgsProcessingException: the output cannot be made or written.
    """
    if _is_skipped(algorithm, output, parameters):
        return ""
    table = open_table(path)
    row_columns = _row_columns(table)
    fields = QgsFields()
    for index, item in enumerate(table.fields()):
        if index not in row_columns:
            fields.append(item)
    sink, destination = algorithm.parameterAsSink(
        dict(parameters),
        output,
        context,
        fields,
        table.wkbType(),
        table.crs(),
        QgsFeatureSink.SinkFlags(QgsFeatureSink.SinkFlag.RegeneratePrimaryKey),
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(dict(parameters), output))
    _copy_rows(table, row_columns, sink, feedback)
    del sink
    return str(destination)


def raster_path(layer: QgsRasterLayer) -> str:
    """Return what GDAL opens to read a raster layer: a file path, or a subdataset such as ``NETCDF:"a.nc":ndvi``.

    Raises:
        EngineError: kind ``input`` when the layer is not one that GDAL reads.
    """
    if layer.providerType() != "gdal":
        raise EngineError(
            "input",
            f"The raster layer '{layer.name()}' comes from '{layer.providerType()}', not from a file.",
            "Save it as a GeoTIFF first.",
        )
    return str(layer.source().split("|")[0])


def crs_text(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a coordinate reference system as the engine reads it: ``EPSG:32636`` or WKT; "" for none."""
    if not crs.isValid():
        return ""
    return crs.authid() if crs.authid().startswith("EPSG:") else crs.toWkt(QgsCoordinateReferenceSystem.WKT2_2019)


@dataclass(frozen=True)
class _Column:
    index: int
    name: str
    kind: str
    convert: Callable[[Any], Any]


def _columns(fields: QgsFields, wanted: Optional[Sequence[str]]) -> Tuple[List[_Column], Dict[str, str]]:
    taken = {SOURCE_FID, _ROW_COLUMN, _GEOMETRY_COLUMN}
    columns: List[_Column] = []
    name_by_field: Dict[str, str] = {}
    for index, item in enumerate(fields):
        if item.name() == SOURCE_FID or (wanted is not None and item.name() not in wanted):
            continue
        name = _free_name(item.name(), taken)
        taken.add(name.casefold())
        name_by_field[item.name()] = name
        columns.append(_column(index, name, item))
    return columns, name_by_field


def _column(index: int, name: str, item: QgsField) -> _Column:
    kind = field_kind(item)
    return _Column(index, name, kind or "text", _unchanged if kind else _as_text)


def _free_name(name: str, taken: set) -> str:  # type: ignore[type-arg]
    candidate, number = name or "field", 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def _unchanged(value: Any) -> Any:  # noqa: ANN401 - any attribute
    return value


def _as_text(value: Any) -> Optional[str]:  # noqa: ANN401 - any attribute
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.toString() if hasattr(value, "toString") else str(value)


def _open_writer(path: str, fields: QgsFields, source: QgsFeatureSource) -> QgsVectorFileWriter:
    wkb_type = source.wkbType()
    if QgsWkbTypes.isCurvedType(wkb_type):
        wkb_type = QgsWkbTypes.linearType(wkb_type)
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = "samples"
    options.layerOptions = [f"FID={_ROW_COLUMN}", f"GEOMETRY_NAME={_GEOMETRY_COLUMN}", "SPATIAL_INDEX=NO"]
    writer = QgsVectorFileWriter.create(
        path, fields, wkb_type, source.sourceCrs(), QgsProject.instance().transformContext(), options
    )
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise _write_error(path, writer.errorMessage())
    return writer


def _require_features(path: str, n_features: int) -> None:
    """Read back how many features a file holds: on a full disk the last of them are lost without an error."""
    layer = QgsVectorLayer(path, Path(path).stem, "ogr")
    if not layer.isValid() or layer.featureCount() != n_features:
        raise _write_error(path, "not all features were written")


def _write_error(path: str, reason: str) -> EngineError:
    folder = Path(path).parent
    is_full = folder.is_dir() and shutil.disk_usage(folder).free < _FULL_DISK_BYTES
    message = f"The file {path} cannot be written: {'the disk is full' if is_full else reason}."
    return EngineError(
        "disk_full" if is_full else "output", message, "Free some space or make its folder writable, then try again."
    )


def _features(source: QgsFeatureSource) -> QgsFeatureIterator:
    """Return the features by ascending id: a selection or a database would hand them out in another order each time."""
    request = QgsFeatureRequest()
    request.setOrderBy(QgsFeatureRequest.OrderBy([QgsFeatureRequest.OrderByClause("$id")]))
    if isinstance(source, QgsProcessingFeatureSource):
        # The engine counts and lists invalid geometries; Processing would stop at the first.
        return source.getFeatures(request, QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks)
    return source.getFeatures(request)


def _may_have_curves(wkb_type: Any) -> bool:  # noqa: ANN401 - enum
    flat = QgsWkbTypes.flatType(wkb_type)
    mixed = {QgsWkbTypes.Type.Unknown, QgsWkbTypes.Type.GeometryCollection}
    return QgsWkbTypes.isCurvedType(wkb_type) or flat in mixed


def _straight(feature: QgsFeature) -> Any:  # noqa: ANN401 - QgsGeometry
    geometry = feature.geometry()
    if not geometry.isNull() and QgsWkbTypes.isCurvedType(geometry.wkbType()):
        geometry.convertToStraightSegment()
    return geometry


def _row_columns(table: QgsVectorLayer) -> List[int]:
    """Return the positions of the file's own row number, which is no attribute of the user's."""
    return sorted(table.primaryKeyAttributes(), reverse=True)


def _copy_rows(table: QgsVectorLayer, row_columns: Sequence[int], sink: QgsFeatureSink, feedback: QgsFeedback) -> None:
    n_total = max(table.featureCount(), 1)
    for number, feature in enumerate(table.getFeatures(), start=1):
        if feedback.isCanceled():
            raise EngineError(CANCELED, "Canceled.")
        for index in row_columns:
            feature.deleteAttribute(index)
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(sink.lastError() or "A feature could not be written to the output.")
        if number % _REPORT_EVERY == 0:
            feedback.setProgress(100.0 * number / n_total)


def _is_skipped(algorithm: QgsProcessingAlgorithm, output: str, parameters: Mapping[str, Any]) -> bool:
    definition = algorithm.parameterDefinition(output)
    is_optional = bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
    return is_optional and parameters.get(output) in {None, ""}
