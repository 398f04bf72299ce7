"""Checks that cost nothing: what an output may be called, and that it replaces no input."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Iterator

from qgis.core import (
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterDefinition,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.algorithms.parameters import FORMAT_NAMES, RasterFileDestination, destination_text

_NAMED_INPUTS = {"raster", "multilayer", "file"}
_FILE_INPUTS = {"raster", "multilayer", "source", "vector", "file"}


def output_problem(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
    """Return why an output cannot be written as asked, or ""."""
    inputs = {same_file_key(path) for path in _input_paths(algorithm, parameters, context)}
    seen: set[str] = set()
    for definition in algorithm.destinationParameterDefinitions():
        path = destination_text(parameters.get(definition.name()), context)
        if not path:
            continue
        key = same_file_key(path)
        problem = (
            _format_problem(definition, path)
            or (_replaces_input(definition, path) if key in inputs else "")
            or (_written_twice(path) if key in seen else "")
            or _folder_problem(path)
        )
        if problem:
            return problem
        seen.add(key)
    return ""


def missing_input_problem(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any]) -> str:
    """Return which input file does not exist, or ""."""
    for definition, text in _named_files(algorithm, parameters, _NAMED_INPUTS):
        if not Path(text).exists():
            return _tr("{}: there is no file '{}'. Check its name, or choose another.").format(
                definition.description(), text
            )
    return ""


def unreadable_input_problem(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any]) -> str:
    """Return which of several input rasters QGIS cannot open, or ""; for parameters that QGIS has refused."""
    for definition, text in _named_files(algorithm, parameters, {"multilayer"}):
        if not QgsRasterLayer(text).isValid() and not QgsVectorLayer(text).isValid():
            return _tr("{}: '{}' cannot be read. It may be damaged, or no raster at all.").format(
                definition.description(), text
            )
    return ""


def _named_files(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], types: set[str]
) -> Iterator[tuple[QgsProcessingParameterDefinition, str]]:
    """Yield inputs given as absolute paths of plain files; layers, GDAL names and URLs are left out."""
    for definition in algorithm.parameterDefinitions():
        if definition.type() not in types:
            continue
        value = parameters.get(definition.name())
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(item, str) and Path(item).is_absolute() and not item.startswith("/vsi") and "|" not in item:
                yield definition, item


def same_file_key(path: str) -> str:
    """Return a text that is equal for two spellings of the same file."""
    return os.path.normcase(os.path.realpath(path))


def _format_problem(definition: QgsProcessingParameterDefinition, path: str) -> str:
    if not isinstance(definition, RasterFileDestination) or definition.accepts(path):
        return ""
    extensions = definition.supportedOutputRasterLayerExtensions()
    return _tr("{}: '{}' cannot be written, only {} files can. Let the file name end with {}.").format(
        definition.description(), path, FORMAT_NAMES[tuple(extensions)], _tr(" or ").join("." + e for e in extensions)
    )


def _replaces_input(definition: QgsProcessingParameterDefinition, path: str) -> str:
    return _tr("{}: '{}' is also an input and would be replaced. Choose another file.").format(
        definition.description(), path
    )


def _written_twice(path: str) -> str:
    return _tr("Two outputs have the same file '{}'. Choose another file for one of them.").format(path)


def _folder_problem(path: str) -> str:
    folder = next(parent for parent in Path(path).absolute().parents if parent.exists())
    if folder.is_dir() and os.access(folder, os.W_OK):
        return ""
    return _tr("'{}' cannot be written: there is no right to write to '{}'. Choose another folder.").format(
        path, folder
    )


def _input_paths(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Iterator[str]:
    for definition in algorithm.parameterDefinitions():
        if definition.type() not in _FILE_INPUTS:
            continue
        value = parameters.get(definition.name())
        for item in value if isinstance(value, (list, tuple)) else [value]:
            path = _path_of(item, context)
            if path:
                yield path


def _path_of(value: Any, context: QgsProcessingContext) -> str:  # noqa: ANN401 - whatever Processing was given
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value, _ = value.source.valueAsString(context.expressionContext())
    if isinstance(value, str):
        layer = context.project().mapLayer(value) if context.project() else None
        value = layer or value
    source = value.source() if isinstance(value, QgsMapLayer) else value
    return source.split("|")[0] if isinstance(source, str) else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("InputChecks", text)
