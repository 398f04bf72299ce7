"""QGIS layers and feature sources to files for the engine, and the engine's files back into QGIS."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Set, Union

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsFeatureIterator,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFeatureSource,
    QgsFeedback,
    QgsFields,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)

from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError
from cropsample_plugin.bridge.engine_tables import copy_to_sink, open_table
from cropsample_plugin.bridge.fields import field_kind, make_field
from cropsample_plugin.bridge.layer_snapshot import LayerSnapshot

Source = Union[QgsFeatureSource, LayerSnapshot]

__all__ = [
    "SOURCE_FID",
    "ExportedFeatures",
    "copy_to_sink",
    "crs_text",
    "export_features",
    "layer_named",
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


def layer_named(source: str, context: QgsProcessingContext) -> Optional[QgsMapLayer]:
    """Return the layer that a text names, None when there is none.

    One that is opened for this alone is closed again with the last reference to it: while a GeoPackage is open, files
    of SQLite lie beside it.
    """
    known = QgsProcessingUtils.mapLayerFromString(source, context, False)  # noqa: FBT003 - QGIS takes no keyword here
    if known is not None:
        return known
    opened = QgsVectorLayer(source, Path(source.split("|", maxsplit=1)[0]).stem, "ogr")
    return opened if opened.isValid() else None


def export_features(
    source: Union[QgsFeatureSource, LayerSnapshot],
    path: str,
    feedback: QgsFeedback,
    fields: Optional[Sequence[str]] = None,
) -> ExportedFeatures:
    """Write features as a GeoPackage with one layer and the field ``source_fid``.

    Geometry type (with Z and M), coordinate reference system and all attribute types are kept; null and NaN
    both become null; lists become JSON text; curves become line segments. A field of the user called
    ``source_fid`` is replaced.

    Args:
        source: a Processing source, or a `LayerSnapshot` when called in a worker thread.
        path: file to write; replaced when it exists.
        feedback: told the share done, and asked whether to stop.
        fields: names of the fields to write, all when None.

    Raises:
        EngineError: the file cannot be written (``output``), or cancelled.
    """
    plan = _plan_columns(source.fields(), fields)
    writer = _open_writer(path, plan.fields, source)
    n_written = 0
    n_total = max(source.featureCount(), 1)
    has_curves = _may_have_curves(source.wkbType())
    for feature in _features(source):
        if feedback.isCanceled():
            raise EngineError(CANCELED, "Canceled.")
        _fit_attributes(feature, plan)
        if has_curves:
            _straighten(feature)
        if not writer.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise _write_error(path, writer.errorMessage())
        n_written += 1
        if n_written % _REPORT_EVERY == 0:
            feedback.setProgress(100.0 * n_written / n_total)
    del writer
    _require_features(path, n_written)
    return ExportedFeatures(path, n_written, plan.name_by_field)


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
    return crs.authid() if crs.authid().startswith("EPSG:") else crs.toWkt(_wkt2_variant())


def _wkt2_variant() -> Any:  # noqa: ANN401 - the enum moved in QGIS 3.36
    if hasattr(Qgis, "CrsWktVariant"):
        return Qgis.CrsWktVariant.Wkt2_2019
    return QgsCoordinateReferenceSystem.WktVariant.WKT2_2019


@dataclass(frozen=True)
class _ColumnPlan:
    """How attributes of the user's layer become those of the file, in place and mostly without leaving C++."""

    fields: QgsFields
    name_by_field: Dict[str, str]
    removed: List[int]
    as_text: List[int]


def _plan_columns(fields: QgsFields, wanted: Optional[Sequence[str]]) -> _ColumnPlan:
    taken = {SOURCE_FID, _ROW_COLUMN, _GEOMETRY_COLUMN}
    plan = _ColumnPlan(QgsFields(), {}, [], [])
    for index, item in enumerate(fields):
        # Our own columns stand in files that were kept from an earlier export; a text of that name is the user's.
        is_own = item.name() == SOURCE_FID or (item.name() == _ROW_COLUMN and item.isNumeric())
        if is_own or (wanted is not None and item.name() not in wanted):
            # Last first, so that removing one does not move the next.
            plan.removed.insert(0, index)
            continue
        name = _free_name(item.name(), taken)
        taken.add(name.casefold())
        plan.name_by_field[item.name()] = name
        kind = field_kind(item)
        if not kind:
            plan.as_text.append(index)
        plan.fields.append(make_field(name, kind or "text"))
    plan.fields.append(make_field(SOURCE_FID, "integer64"))
    return plan


def _fit_attributes(feature: QgsFeature, plan: _ColumnPlan) -> None:
    for index in plan.as_text:
        feature.setAttribute(index, _as_text(feature.attribute(index)))
    for index in plan.removed:
        feature.deleteAttribute(index)
    position = plan.fields.count() - 1
    feature.padAttributes(1)
    feature.setAttribute(position, feature.id())


def _free_name(name: str, taken: Set[str]) -> str:
    candidate, number = name or "field", 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def _as_text(value: Any) -> Optional[str]:  # noqa: ANN401 - any attribute
    if value is None or (hasattr(value, "isNull") and value.isNull()):
        return None
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    return value.toString() if hasattr(value, "toString") else str(value)


def _open_writer(path: str, fields: QgsFields, source: Source) -> QgsVectorFileWriter:
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


def _features(source: Source) -> QgsFeatureIterator:
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


def _straighten(feature: QgsFeature) -> None:
    geometry = feature.geometry()
    if not geometry.isNull() and QgsWkbTypes.isCurvedType(geometry.wkbType()):
        geometry.convertToStraightSegment()
        feature.setGeometry(geometry)
