"""Compressed tiles moved between GeoTIFFs: GDAL packs a block in memory, its tiles are taken out as they are.

Every file here is a BigTIFF in little-endian order that GDAL wrote moments before (TIFF 6.0; BigTIFF design,
2007). GDAL decides compression, predictor and all of the header; only the table of tile positions is ours.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import OutputError

TILE_OFFSETS = 324
TILE_BYTE_COUNTS = 325
_BIGTIFF = b"II\x2b\x00"
_FIRST_ENTRY = struct.Struct("<Q")
_ENTRY = struct.Struct("<HHQQ")
_LONG8 = 16
_TYPE_BY_CODE = {3: "<u2", 4: "<u4", 16: "<u8"}
_INLINE_BYTES = 8

PositionArray = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class TagPlace:
    """Where a tag stands: position of its entry in the file, and its values as found."""

    entry_position: int
    values: PositionArray


def read_tag(content: bytes | memoryview, tag: int) -> TagPlace:
    """Find an array tag in the first directory of a BigTIFF.

    Args:
        content: the file, or at least its header.
        tag: number of the tag.

    Raises:
        OutputError: GDAL wrote something else than a BigTIFF with that tag.
    """
    if content[:4] != _BIGTIFF:
        raise OutputError("GDAL wrote no BigTIFF.")
    directory = _FIRST_ENTRY.unpack_from(content, 8)[0]
    n_entries = _FIRST_ENTRY.unpack_from(content, directory)[0]
    for number in range(n_entries):
        position = directory + 8 + number * _ENTRY.size
        code, kind, count, value = _ENTRY.unpack_from(content, position)
        if code != tag:
            continue
        dtype = np.dtype(_TYPE_BY_CODE[kind])
        is_inline = count * dtype.itemsize <= _INLINE_BYTES
        start = position + _ENTRY.size - _INLINE_BYTES if is_inline else value
        values: npt.NDArray[Any] = np.frombuffer(content, dtype, count, start)
        return TagPlace(position, values.astype(np.uint64))
    raise OutputError(f"The GeoTIFF lacks tag {tag}.")


def tiles_of(content: memoryview) -> tuple[list[memoryview], PositionArray]:
    """Return the compressed tiles of a file in memory, in the order of its table, and their sizes; 0 = left out."""
    offsets = read_tag(content, TILE_OFFSETS).values
    sizes = read_tag(content, TILE_BYTE_COUNTS).values
    pieces = [content[int(start) : int(start + size)] for start, size in zip(offsets, sizes) if size]
    return pieces, sizes


def write_tile_table(stream: BinaryIO, header: bytes, offsets: PositionArray, sizes: PositionArray) -> None:
    """Append the table of tile positions to a file and let its header point there.

    Args:
        stream: the file, open for reading and writing.
        header: its header, as GDAL wrote it.
        offsets: ``(n_tiles,)`` position of every tile; 0 for tiles that hold nodata only.
        sizes: ``(n_tiles,)`` their sizes in bytes.
    """
    for tag, values in ((TILE_OFFSETS, offsets), (TILE_BYTE_COUNTS, sizes)):
        place = read_tag(header, tag)
        position = stream.seek(0, 2)
        if position % 8:
            position += stream.write(bytes(8 - position % 8))
        inline = int(values[0]) if len(values) == 1 else position
        if len(values) > 1:
            stream.write(values.astype("<u8").tobytes())
        stream.seek(place.entry_position)
        stream.write(_ENTRY.pack(tag, _LONG8, len(values), inline))
