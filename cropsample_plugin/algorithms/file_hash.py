"""Hashes by which files and layers are known again."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import Any

from qgis.core import QgsFeatureRequest, QgsVectorLayer

_CHUNK_BYTES = 1024 * 1024
# As in the records that the engine writes: of larger files the head counts.
_HASHED_BYTES = 64 * _CHUNK_BYTES
_VRT_SOURCE = re.compile(r'relativeToVRT="(\d)"([^>]*)>([^<]+)<')
_VECTOR_SUFFIXES = (".gpkg", ".shp", ".geojson", ".fgb")


def file_fingerprint(path: str) -> dict[str, Any]:
    """Return size, SHA-256 and how many bytes of the file it covers."""
    size = Path(path).stat().st_size
    return {"bytes": size, "sha256": _sha256(path, _HASHED_BYTES), "hashed_bytes": min(size, _HASHED_BYTES)}


def output_digest(path: str) -> dict[str, str]:
    """Return the hash of an output: of its features for a vector layer, of sources for a VRT, else of its bytes.

    A GeoPackage holds the time of writing, and a VRT the way to its sources, so equal ones differ in their bytes.
    """
    suffix = Path(path).suffix.lower()
    if suffix in _VECTOR_SUFFIXES:
        return {"of": "features", "sha256": _features_digest(path)}
    if suffix == ".vrt":
        return {"of": "sources", "sha256": _vrt_digest(path)}
    return {"of": "bytes", "sha256": _sha256(path, Path(path).stat().st_size)}


def _sha256(path: str, limit: int) -> str:
    digest = hashlib.sha256()
    with Path(path).open("rb") as stream:
        while limit > 0 and (chunk := stream.read(min(_CHUNK_BYTES, limit))):
            digest.update(chunk)
            limit -= len(chunk)
    return digest.hexdigest()


def _features_digest(path: str) -> str:
    layer = QgsVectorLayer(path, Path(path).stem, "ogr")
    if not layer.isValid():
        return _sha256(path, Path(path).stat().st_size)
    keys = set(layer.primaryKeyAttributes())
    fields = [(place, field) for place, field in enumerate(layer.fields()) if place not in keys]
    digest = hashlib.sha256(repr([(field.name(), field.typeName()) for _, field in fields]).encode())
    digest.update(layer.crs().authid().encode())
    request = QgsFeatureRequest()
    request.setOrderBy(QgsFeatureRequest.OrderBy([QgsFeatureRequest.OrderByClause("$id")]))
    for feature in layer.getFeatures(request):
        digest.update(bytes(feature.geometry().asWkb()) if feature.hasGeometry() else b"-")
        values = feature.attributes()
        digest.update(repr([_plain(values[place]) for place, _ in fields]).encode())
    return digest.hexdigest()


def _plain(value: Any) -> str:  # noqa: ANN401 - any attribute
    is_null = value is None or (hasattr(value, "isNull") and value.isNull())
    return "" if is_null else repr(value) if isinstance(value, (int, float, str)) else str(value)


def _vrt_digest(path: str) -> str:
    folder = Path(path).parent

    def resolved(found: re.Match[str]) -> str:
        name = os.path.normpath(folder / found[3]) if found[1] == "1" else found[3]
        return f'relativeToVRT="0"{found[2]}>{name}<'

    text = _VRT_SOURCE.sub(resolved, Path(path).read_text(encoding="utf-8"))
    return hashlib.sha256(text.encode()).hexdigest()
