"""Layers as a session file names them: relative to it where they are files, opened again without the project."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import Collection, Optional, Tuple

from qgis.core import (
    QgsMapLayer,
    QgsMeshLayer,
    QgsPathResolver,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsVectorLayer,
    QgsVectorTileLayer,
)
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.session_file import LayerReference, SessionSettings

_RASTER_PROVIDERS = {"gdal", "wms", "wcs", "arcgismapserver", "postgresraster", "virtualraster"}
_FILE_PROVIDERS = {"gdal", "ogr", "delimitedtext", "gpx", "mdal", "spatialite"}
_VECTOR_TILES = "vectortile"
_PASSWORDS = (
    re.compile(r"\s*password='(?:[^'\\]|\\.)*'"),
    re.compile(r"\s*password=[^'&\s]+(?=\s|$)"),
    re.compile(r"&password=[^&]*"),
)


def reference_to(layer: QgsMapLayer, session_path: str) -> LayerReference:
    """Return how a session file names a layer; passwords are left out, QGIS asks or knows them."""
    source = layer.encodedSource(layer.source(), _context(session_path))
    for password in _PASSWORDS:
        source = password.sub("", source)
    provider = layer.providerType() or (_VECTOR_TILES if isinstance(layer, QgsVectorTileLayer) else "")
    return LayerReference(layer.name(), provider, source)


def source_of(reference: LayerReference, session_path: str) -> str:
    """Return a layer's source as QGIS opens it on this machine."""
    return _empty_layer(reference.provider).decodedSource(reference.source, reference.provider, _context(session_path))


def rebased(settings: SessionSettings, session_path: str, new_path: str) -> SessionSettings:
    """Return settings whose layers are named relative to another session file."""

    def moved(references: Tuple[LayerReference, ...]) -> Tuple[LayerReference, ...]:
        return tuple(
            replace(
                item,
                source=_relative_source(item.provider, source_of(item, session_path), _context(new_path)),
            )
            for item in references
        )

    return replace(
        settings,
        views=tuple(replace(view, layers=moved(view.layers)) for view in settings.views),
        stack=moved(settings.stack),
        objects=moved(settings.objects),
    )


def find_in_project(
    reference: LayerReference, session_path: str, leaving: Collection[str] = ()
) -> Optional[QgsMapLayer]:
    """Return the project's layer of that source, the one of the same name first; None where it has none.

    Args:
        reference: the layer as the session file names it.
        session_path: path of the session file.
        leaving: ids of layers that are being removed.
    """
    wanted = _comparable(source_of(reference, session_path), reference.provider)
    found = [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.id() not in leaving
        and layer.isValid()
        and (layer.providerType() or _VECTOR_TILES) == reference.provider
        and _comparable(layer.source(), reference.provider) == wanted
    ]
    return next((layer for layer in found if layer.name() == reference.name), found[0] if found else None)


def open_reference(reference: LayerReference, session_path: str) -> QgsMapLayer:
    """Return a layer of its own, that no project knows.

    Raises:
        LabelingError: it cannot be opened.
    """
    if reference.provider == "memory":
        raise LabelingError(
            _tr("'{}' was a temporary layer and is gone.").format(reference.name), _tr("Choose another layer.")
        )
    layer = _empty_layer(reference.provider).__class__(*_arguments(reference, session_path))
    if not layer.isValid():
        raise LabelingError(
            _tr("'{}' cannot be opened.").format(reference.name),
            _tr("Check that its file or service is there: {}").format(reference.source),
        )
    return layer


def _arguments(reference: LayerReference, session_path: str) -> tuple:
    source = source_of(reference, session_path)
    is_tiled = reference.provider == _VECTOR_TILES
    return (source, reference.name) if is_tiled else (source, reference.name, reference.provider)


def _relative_source(provider: str, source: str, context: QgsReadWriteContext) -> str:
    """Return a source as a session file holds it.

    From QGIS 3.30 on a raster layer asks its provider, and an empty one has none.
    """
    registry = QgsProviderRegistry.instance()
    if provider in _RASTER_PROVIDERS and hasattr(registry, "absoluteToRelativeUri"):
        return registry.absoluteToRelativeUri(provider, source, context)
    return _empty_layer(provider).encodedSource(source, context)


def _empty_layer(provider: str) -> QgsMapLayer:
    if provider in _RASTER_PROVIDERS:
        return QgsRasterLayer()
    if provider == _VECTOR_TILES:
        return QgsVectorTileLayer("")
    if provider == "mdal":
        return QgsMeshLayer("", "", provider)
    return QgsVectorLayer()


def _comparable(source: str, provider: str) -> str:
    if provider not in _FILE_PROVIDERS:
        return source
    path, separator, rest = source.partition("|")
    return os.path.normcase(os.path.normpath(path)) + separator + rest


def _context(session_path: str) -> QgsReadWriteContext:
    context = QgsReadWriteContext()
    context.setPathResolver(QgsPathResolver(session_path))
    return context


def _tr(text: str) -> str:
    return QCoreApplication.translate("LayerReferences", text)
