"""Labels of a session as the engine reads them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFields,
    QgsGeometry,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.fields import make_field

CLASS_FIELD = "class"


@dataclass(frozen=True)
class EngineLabel:
    """A sample: id, WKB, and class, "" for none."""

    sample_id: str
    geometry: bytes
    class_name: str = ""


def write_engine_labels(labels: Sequence[EngineLabel], path: str, crs: str) -> None:
    """Write samples, points and polygons in one layer; from any thread.

    Raises:
        EngineError: kind ``output``: the file cannot be written.
    """
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    fields = QgsFields()
    for name in ("sample_id", CLASS_FIELD):
        fields.append(make_field(name, "text"))
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = "samples"
    context = QgsCoordinateTransformContext()
    kind = QgsWkbTypes.Type.Unknown
    writer = QgsVectorFileWriter.create(path, fields, kind, QgsCoordinateReferenceSystem(crs), context, options)
    is_written = writer.hasError() == QgsVectorFileWriter.WriterError.NoError
    for label in labels if is_written else ():
        feature = QgsFeature(fields)
        feature.setAttributes([label.sample_id, label.class_name or None])
        geometry = QgsGeometry()
        geometry.fromWkb(label.geometry)
        feature.setGeometry(geometry)
        is_written = writer.addFeature(feature) and is_written
    if not (is_written and writer.flushBuffer()):
        raise EngineError("output", f"'{path}' cannot be written: {writer.errorMessage()}.", "Make room, then retry.")
    del writer
