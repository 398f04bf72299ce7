"""What decides the pixels of an output, as plain JSON values: equal identities, equal maps."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from cropsample_plugin.about import plugin_version
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack

_CHUNK_BYTES = 1024 * 1024
_MOST_HASHED_BYTES = 4 * 1024 * 1024


def stack_identity(stack: DatedStack) -> dict[str, Any]:
    """Describe a stack by its header and by size and time of change of every file behind it."""
    with rasterio.open(stack.path) as dataset:
        files = list(dataset.files)
        place = (dataset.width, dataset.height, tuple(dataset.transform), dataset.crs and dataset.crs.to_wkt())
        bands = (dataset.dtypes, dataset.descriptions, dataset.scales, dataset.offsets, dataset.nodatavals)
        header = repr((place, bands))
    return {
        "header": hashlib.sha256(header.encode()).hexdigest(),
        "files": [_file_identity(Path(name)) for name in files],
    }


def file_digest(path: str | Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with Path(path).open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def software_identity(predictor_name: str) -> dict[str, str]:
    """Name the versions that may change the last bits of a prediction."""
    return {"cropsample": plugin_version(), "numpy": np.__version__, "method": predictor_name}


def _file_identity(path: Path) -> list[Any]:
    """Small files, such as VRTs, count by content, so that one written anew alike is the same."""
    try:
        status = path.stat()
        if status.st_size <= _MOST_HASHED_BYTES and path.suffix.lower() == ".vrt":
            return [path.name, file_digest(path)]
    except OSError:
        return [str(path), 0, 0]
    return [path.name, status.st_size, status.st_mtime_ns]
