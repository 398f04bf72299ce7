"""What decides the pixels of an output, as plain JSON values: equal identities, equal maps."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from cropsample_plugin.about import plugin_version
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack

_CHUNK_BYTES = 1024 * 1024
_MOST_HASHED_BYTES = 64 * 1024 * 1024
_STATISTICS_SUFFIX = ".aux.xml"
# QGIS has GDAL write statistics, and everything else anew, into a VRT as soon as the layer is shown; the pixels stay
# the same. What the header says is left out here.
_SAID_OTHERWISE = re.compile(
    rb"<Histograms>.*?</Histograms>|<MDI key=.STATISTICS_[^<]*</MDI>|</?Metadata>|<SRS.*?</SRS>|"
    rb"<GeoTransform>.*?</GeoTransform>|<SourceProperties[^>]*>|<NoDataValue>.*?</NoDataValue>|"
    rb"<(?:Scale|Offset)>.*?</(?:Scale|Offset)>| block[XY]Size=.\d+.(?=[^>]*>)|\s+",
    re.DOTALL,
)


def stack_identity(stack: DatedStack) -> dict[str, Any]:
    """Describe a stack by its header and by size and time of change of every file behind it."""
    return raster_identity(stack.path)


def raster_identity(path: str) -> dict[str, Any]:
    """Describe any raster likewise."""
    with rasterio.open(path) as dataset:
        files = [name for name in dataset.files if not name.endswith(_STATISTICS_SUFFIX)]
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
    """VRTs count by content without statistics, so that one written anew alike, or looked at in QGIS, is the same."""
    try:
        status = path.stat()
        if status.st_size <= _MOST_HASHED_BYTES and path.suffix.lower() == ".vrt":
            return [path.name, hashlib.sha256(_SAID_OTHERWISE.sub(b"", path.read_bytes())).hexdigest()]
    except OSError:
        return [str(path), 0, 0]
    return [path.name, status.st_size, status.st_mtime_ns]
