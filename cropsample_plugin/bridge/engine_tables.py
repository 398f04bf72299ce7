"""The engine's GeoPackages opened in QGIS and copied into the outputs of Processing algorithms."""

from __future__ import annotations

from pathlib import Path
from typing import Any, List, Mapping

from qgis.core import (
    QgsFeatureSink,
    QgsFeedback,
    QgsFields,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsVectorLayer,
)

from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError

_REPORT_EVERY = 1000


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
    sink, destination = algorithm.parameterAsSink(
        dict(parameters),
        output,
        context,
        _user_fields(table),
        table.wkbType(),
        table.crs(),
        QgsFeatureSink.SinkFlag.RegeneratePrimaryKey,
    )
    if sink is None:
        raise QgsProcessingException(algorithm.invalidSinkError(dict(parameters), output))
    _copy_rows(table, sink, feedback)
    del sink
    return str(destination)


def _row_columns(table: QgsVectorLayer) -> List[int]:
    """Return the positions of the file's own row number, which is no attribute of the user's, last first."""
    return sorted(table.primaryKeyAttributes(), reverse=True)


def _user_fields(table: QgsVectorLayer) -> QgsFields:
    row_columns = _row_columns(table)
    fields = QgsFields()
    for index, item in enumerate(table.fields()):
        if index not in row_columns:
            fields.append(item)
    return fields


def _copy_rows(table: QgsVectorLayer, sink: QgsFeatureSink, feedback: QgsFeedback) -> None:
    row_columns = _row_columns(table)
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
    # Dialogs give output definitions, which cannot be hashed: no set here.
    wanted = parameters.get(output)
    return is_optional and (wanted is None or (isinstance(wanted, str) and not wanted))
