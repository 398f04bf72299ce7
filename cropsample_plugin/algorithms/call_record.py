"""A Processing call as plain values that outlive the session: layers by source and hash, nothing temporary."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsDataSourceUri,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingUtils,
    QgsVectorLayer,
)

from cropsample_plugin.algorithms.file_hash import file_fingerprint
from cropsample_plugin.bridge.layers import SOURCE_FID, layer_named

if TYPE_CHECKING:
    from cropsample_plugin.algorithms.base import EngineAlgorithm
    from cropsample_plugin.algorithms.job_inputs import InputReader

CALL_KEY = "call"
KEPT_SUFFIX = ".cropsample-input.gpkg"
_PASSWORD = re.compile(r"(password|authcfg|user)='?[^' ]*'?\s?")
_VECTORS = (
    QgsProcessing.SourceType.TypeVector,
    QgsProcessing.SourceType.TypeVectorAnyGeometry,
    QgsProcessing.SourceType.TypeVectorPoint,
    QgsProcessing.SourceType.TypeVectorPolygon,
)


def describe_call(
    algorithm: EngineAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    reader: InputReader,
    values: dict[str, Any],
) -> dict[str, Any]:
    """Return algorithm and inputs of a call.

    Args:
        algorithm: what is called.
        parameters: as Processing was given them.
        context: knows the project.
        reader: reads plain values.
        values: the job's parameters; name the files that layers were exported to.

    Returns:
        ``algorithm``; ``parameters``, id to a description with ``kind`` and ``value``; see `value_of` for the way back.
    """
    describer = _Describer(algorithm, parameters, context, reader, values)
    described = {}
    for definition in algorithm.parameterDefinitions():
        name = definition.name()
        if not definition.isDestination() and parameters.get(name) not in (None, "", []):
            described[name] = describer.describe(definition)
    return {"algorithm": algorithm.id(), "parameters": described}


class _Describer:
    """Describes the inputs of one call."""

    def __init__(
        self,
        algorithm: EngineAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        reader: InputReader,
        values: dict[str, Any],
    ) -> None:
        self._algorithm, self._parameters, self._context = algorithm, parameters, context
        self._reader, self._values = reader, values

    def describe(self, definition: QgsProcessingParameterDefinition) -> dict[str, Any]:
        """Return kind and value of a parameter that is given."""
        readers = {
            "source": self._features,
            "multilayer": self._layers,
            "raster": self._file,
            "file": self._file,
            "field": self._field,
            "point": lambda item: {"kind": "value", "value": f"{self._reader.read(item)} [EPSG:4326]"},
        }
        read = readers.get(definition.type(), lambda item: {"kind": "value", "value": self._reader.read(item)})
        return read(definition)

    def _exported(self, name: str) -> Any:  # noqa: ANN401 - a file, or several
        return self._values.get(self._algorithm.JOB_NAMES.get(name, name.lower()), "")

    def _features(self, definition: QgsProcessingParameterDefinition) -> dict[str, Any]:
        name = definition.name()
        described = _describe_features(self._parameters[name], self._context, self._exported(name))
        return {"kind": "features", **described}

    def _layers(self, definition: QgsProcessingParameterDefinition) -> dict[str, Any]:
        name = definition.name()
        value = self._parameters[name]
        if definition.layerType() not in _VECTORS:
            return {"kind": "rasters", "items": [_describe_raster(path) for path in self._reader.read(definition)]}
        items = value if isinstance(value, (list, tuple)) else [value]
        pairs = zip(items, self._exported(name))
        described = [_describe_features(item, self._context, path) for item, path in pairs]
        return {"kind": "many_features", "items": described}

    def _file(self, definition: QgsProcessingParameterDefinition) -> dict[str, Any]:
        return {"kind": definition.type(), **_describe_raster(self._reader.read(definition))}

    def _field(self, definition: QgsProcessingParameterDefinition) -> dict[str, Any]:
        name = definition.name()
        fields = self._algorithm.parameterAsFields({name: self._parameters[name]}, name, self._context)
        return {"kind": "value", "value": fields if definition.allowMultiple() else fields[0]}


def _describe_raster(path: str) -> dict[str, Any]:
    return {"value": path, "files": _fingerprints([path])}


def _describe_features(value: Any, context: QgsProcessingContext, exported: str) -> dict[str, Any]:  # noqa: ANN401
    """Describe a vector input; what no file holds as it was used is named by the file it was exported to."""
    selected_only, expression = False, ""
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        selected_only = value.selectedFeaturesOnly
        expression = getattr(value, "filterExpression", "")
        value, _ = value.source.valueAsString(context.expressionContext())
    layer = value if isinstance(value, QgsMapLayer) else layer_named(str(value), context)
    if not isinstance(layer, QgsVectorLayer):
        return {"value": str(value), "files": _fingerprints([str(value)])}
    path = layer.source().split("|")[0] if layer.providerType() == "ogr" else ""
    described = {
        "name": layer.name(),
        "provider": layer.providerType(),
        "source": _without_secrets(layer),
        "subset": layer.subsetString(),
        "selected_only": selected_only,
        "filter": expression,
        "n_features": layer.featureCount(),
    }
    is_whole = not selected_only and not expression and not layer.isEditable()
    if is_whole and path and Path(path).is_file() and not _is_temporary(path):
        return {**described, "value": layer.source(), "files": _fingerprints([path])}
    return {**described, "value": exported, "keep": exported, "files": {}}


def _without_secrets(layer: QgsVectorLayer) -> str:
    if layer.providerType() == "ogr":
        return layer.source()
    uri = QgsDataSourceUri(layer.source())
    uri.setPassword("")
    return _PASSWORD.sub("", uri.uri(expandAuthConfig=False)).strip()


def _is_temporary(path: str) -> bool:
    roots = (tempfile.gettempdir(), QgsProcessingUtils.tempFolder())
    return "processing_" in path and any(os.path.abspath(path).startswith(root) for root in roots)  # noqa: PTH100


def _fingerprints(paths: list[str]) -> dict[str, Any]:
    return {path: file_fingerprint(path) for path in paths if path and Path(path).is_file()}


def keep_inputs(call: dict[str, Any], final: str) -> dict[str, Any]:
    """Return the call with copies, beside an output, of the inputs that no lasting file holds."""
    kept = {}
    for name, described in call["parameters"].items():
        items = described.get("items", [described])
        copies = []
        for position, item in enumerate(items):
            copy = dict(item)
            exported = copy.pop("keep", "")
            if exported and Path(exported).is_file():
                target = f"{final}.{name.lower()}{position or ''}{KEPT_SUFFIX}"
                shutil.copyfile(exported, target)
                _number_as_before(target)
                copy.update(value=target, files={target: file_fingerprint(target)})
            copies.append(copy)
        kept[name] = {**described, "items": copies} if "items" in described else copies[0]
    return {**call, "parameters": kept}


def _number_as_before(path: str) -> None:
    """Give the features of an exported file the ids that they had in the user's layer."""
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        # Twice, so that no two features ever have one id.
        for shift in (f"-{SOURCE_FID} - 1000000000", SOURCE_FID):
            database.execute("UPDATE samples SET cropsample_row = " + shift)  # noqa: S608 # nosec B608 - our names


def value_of(described: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever Processing takes
    """Return the value with which a described parameter can be given again."""
    if "items" in described:
        return [value_of({**item, "kind": described["kind"]}) for item in described["items"]]
    if described["kind"] in ("features", "many_features") and described.get("subset"):
        layer = QgsVectorLayer(described["value"], described.get("name", ""), "ogr")
        layer.setSubsetString(described["subset"])
        return layer
    return described["value"]
