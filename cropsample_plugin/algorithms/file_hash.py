"""Hashes by which files and layers are known again."""

from __future__ import annotations

import hashlib
import os
from itertools import islice
from pathlib import Path
from typing import Any, Iterator
from xml.etree import ElementTree as ET  # nosec B405 - reads only rasters that GDAL opens as well

from osgeo import gdal

_CHUNK_BYTES = 1024 * 1024
# As in the records that the engine writes: of larger files the head counts.
_HASHED_BYTES = 64 * _CHUNK_BYTES
_HASHED_FEATURES = 200_000
_WRITTEN_BY_GDAL = ("Histograms", "SourceProperties")
_ATTRIBUTES_OF_GDAL = ("blockXSize", "blockYSize", "dataAxisToSRSAxisMapping", "shared")
_TILES_SUFFIX = ".tiles"
_VECTOR_SUFFIXES = (".gpkg", ".shp", ".geojson", ".fgb")


def file_fingerprint(path: str) -> dict[str, Any]:
    """Return size, SHA-256 and how many bytes of the file it covers; of a vector file that of its features.

    Opening a GeoPackage may already change its bytes, and looking at a VRT in QGIS writes statistics into it.
    """
    if Path(path).suffix.lower() in _VECTOR_SUFFIXES:
        return {"bytes": 0, "sha256": _features_digest(path), "hashed_bytes": 0}
    if Path(path).suffix.lower() == ".vrt":
        return {"bytes": 0, "sha256": _vrt_digest(path), "hashed_bytes": 0}
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
    """Hash fields, reference system, geometries and values; of many features the first ones and their number.

    Read by OGR itself: QGIS keeps a layer's file open for a while, and a GeoPackage's journal beside it.
    """
    try:
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_READONLY)
        layer = dataset.GetLayer(0) if dataset is not None else None
    except RuntimeError:
        # Only where somebody has switched GDAL's exceptions on.
        layer = None
    if layer is None:
        return _sha256(path, Path(path).stat().st_size)
    definition = layer.GetLayerDefn()
    fields = [definition.GetFieldDefn(place) for place in range(definition.GetFieldCount())]
    digest = hashlib.sha256(repr([(field.GetName(), field.GetTypeName()) for field in fields]).encode())
    system = layer.GetSpatialRef()
    digest.update((system.GetAuthorityCode(None) or system.ExportToWkt() if system else "").encode())
    digest.update(str(layer.GetFeatureCount()).encode())
    for feature in islice(layer, _HASHED_FEATURES):
        geometry = feature.GetGeometryRef()
        digest.update(bytes(geometry.ExportToIsoWkb()) if geometry is not None else b"-")
        digest.update(repr([feature.GetFieldAsString(place) for place in range(len(fields))]).encode())
    return digest.hexdigest()


def _vrt_digest(path: str) -> str:
    """Hash what a VRT means: GDAL writes statistics into it and everything else anew when somebody looks at it."""
    digest = hashlib.sha256()
    try:
        root = ET.fromstring(Path(path).read_bytes())  # noqa: S314 # nosec B314 - as GDAL opens it
    except ET.ParseError:
        return _sha256(path, Path(path).stat().st_size)
    for line in _vrt_lines(root, Path(path)):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _vrt_lines(element: ET.Element, vrt: Path) -> Iterator[str]:
    is_statistics = element.get("key", "").startswith("STATISTICS_")
    if element.tag in _WRITTEN_BY_GDAL or is_statistics:
        return
    text = (element.text or "").strip()
    attributes = {name: value for name, value in element.attrib.items() if name not in _ATTRIBUTES_OF_GDAL}
    if attributes.pop("relativeToVRT", "0") == "1":
        source = Path(os.path.normpath(vrt.parent / text))
        # Tiles of a map are part of it, wherever it lies; other sources are inputs.
        is_tile = source.parent == vrt.with_suffix(_TILES_SUFFIX) and source.is_file()
        text = f"{source.name} {_sha256(str(source), source.stat().st_size)}" if is_tile else str(source)
    # Metadata may be there or not, depending on statistics.
    is_said = element.tag != "Metadata"
    if is_said:
        yield repr((element.tag, sorted(attributes.items()), _numbers(text)))
    for child in element:
        yield from _vrt_lines(child, vrt)
    if is_said:
        yield "/"


def _numbers(text: str) -> Any:  # noqa: ANN401 - numbers or the text itself
    try:
        return [float(word) for word in text.split(",")]
    except ValueError:
        return text
