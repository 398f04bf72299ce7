"""Geometries as GeoPackage keeps them: WKB behind a header that holds the envelope (GeoPackage 1.3, section 2.1.3)."""

from __future__ import annotations

import math
import sqlite3
import struct
from functools import partial
from typing import Optional, Tuple

from cropsample_plugin.bridge.labeling.label_events import LabelingError

Envelope = Tuple[float, float, float, float]

_MAGIC = b"GP"
_HEADER_BYTES = 8
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_XY_ENVELOPE = 1 << 1
_LITTLE_ENDIAN = 1
_EMPTY = 1 << 4
_POINT_BYTES = 21
_EXTENDED_WKB = 0xE0000000  # the flags for Z, M and a coordinate system that PostGIS and old OGR put into the type
_PLACES = {"ST_MinX": 0, "ST_MaxX": 1, "ST_MinY": 2, "ST_MaxY": 3}


def to_blob(wkb: bytes, srs_id: int) -> bytes:
    """Return WKB as a GeoPackage blob.

    Raises:
        LabelingError: not a geometry, or an empty one.
    """
    iso, envelope = _iso_with_envelope(wkb)
    if envelope is None or not all(map(math.isfinite, envelope)):
        raise LabelingError("A geometry is empty or damaged.", "Give the sample a geometry, or leave it out.")
    if len(iso) == _POINT_BYTES:
        return struct.pack("<2sBBi", _MAGIC, 0, _LITTLE_ENDIAN, srs_id) + iso
    return struct.pack("<2sBBi4d", _MAGIC, 0, _LITTLE_ENDIAN | _XY_ENVELOPE, srs_id, *envelope) + iso


def to_wkb(blob: bytes) -> bytes:
    """Return the WKB of a GeoPackage blob."""
    return blob[_HEADER_BYTES + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] :]


def is_geometry(wkb: bytes) -> bool:
    """Return whether WKB is a geometry that is not empty and has coordinates that are numbers."""
    if not wkb:
        return False
    envelope = _iso_with_envelope(wkb)[1]
    return envelope is not None and all(map(math.isfinite, envelope))


def envelope_of(blob: bytes) -> Optional[Envelope]:
    """Return (min x, max x, min y, max y) of a GeoPackage blob, None for an empty geometry."""
    flags = blob[3]
    if flags & _EMPTY:
        return None
    if (flags >> 1) & 7:
        return struct.unpack_from("<4d" if flags & _LITTLE_ENDIAN else ">4d", blob, _HEADER_BYTES)
    return _iso_with_envelope(to_wkb(blob))[1]


def register_functions(connection: sqlite3.Connection) -> None:
    """Give a connection the functions that the triggers of a GeoPackage's spatial index call."""
    for name, place in _PLACES.items():
        connection.create_function(name, 1, partial(_ordinate, place), deterministic=True)
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)


def _ordinate(place: int, blob: Optional[bytes]) -> Optional[float]:
    envelope = None if blob is None else envelope_of(blob)
    return None if envelope is None else envelope[place]


def _is_empty(blob: Optional[bytes]) -> Optional[int]:
    return None if blob is None else int(envelope_of(blob) is None)


def _iso_with_envelope(wkb: bytes) -> Tuple[bytes, Optional[Envelope]]:
    """Return ISO WKB and its envelope; points are read without OGR, as they are most samples."""
    if len(wkb) == _POINT_BYTES and wkb[:5] == b"\x01\x01\x00\x00\x00":
        x, y = struct.unpack_from("<2d", wkb, 5)
        return wkb, (x, x, y, y)
    from osgeo import ogr

    try:
        geometry = ogr.CreateGeometryFromWkb(wkb)
    except RuntimeError:
        geometry = None
    if geometry is None or geometry.IsEmpty():
        return wkb, None
    type_code = struct.unpack_from("<I" if wkb[0] else ">I", wkb, 1)[0]
    iso = bytes(geometry.ExportToIsoWkb()) if type_code & _EXTENDED_WKB else wkb
    return iso, geometry.GetEnvelope()
