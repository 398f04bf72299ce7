"""What the header of a raster file says, read once, and whether its pixels can be read."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import rasterio
from rasterio.crs import CRS
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.transform import Affine
from rasterio.windows import Window

from cropsample_plugin.engine.errors import StackError, error_chain
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

_MOST_NAMED = 10


@dataclass(frozen=True)
class RasterHeader:
    """The header of one raster.

    Attributes:
        path: what GDAL opens: a file path or the name of a subdataset.
        file_path: the file itself.
        descriptions, dtypes, nodata, scales, offsets, band_tags: one entry per band.
        transform, crs, width, height: the grid; sizes in pixels.
        block_shape: ``(height, width)`` of a block in pixels.
    """

    path: str
    file_path: str
    descriptions: tuple[str, ...]
    dtypes: tuple[str, ...]
    nodata: tuple[float | None, ...]
    scales: tuple[float, ...]
    offsets: tuple[float, ...]
    tags: dict[str, str]
    band_tags: tuple[dict[str, str], ...]
    transform: Affine
    crs: CRS | None
    width: int
    height: int
    block_shape: tuple[int, int]

    @property
    def count(self) -> int:
        """Number of bands."""
        return len(self.dtypes)

    @property
    def name(self) -> str:
        """File name without folder and ending."""
        return Path(self.file_path).stem

    @property
    def pixel_area(self) -> float:
        """Area of a pixel in squared units of the reference system."""
        return abs(float(self.transform.determinant))


def read_headers(paths: tuple[str, ...], progress: Progress) -> list[RasterHeader]:
    """Read the headers of rasters; a file with subdatasets (netCDF) gives one header per subdataset.

    Raises:
        StackError: names every file that is missing, truncated, corrupt or no raster, and why.
    """
    headers: list[RasterHeader] = []
    problems: list[str] = []
    for position, path in enumerate(paths):
        raise_if_canceled(progress)
        progress.report(position / len(paths), f"Reading {Path(path).name}")
        try:
            headers += _read_one(path, path)
        except RasterioError as error:
            missing = not path.startswith("/vsi") and ":" not in path[2:] and not Path(path).exists()
            problems.append(f"{path}: {'the file does not exist' if missing else error_chain(error)}")
    if problems:
        listed = "; ".join(problems[:_MOST_NAMED])
        more = f"; and {len(problems) - _MOST_NAMED} more" if len(problems) > _MOST_NAMED else ""
        raise StackError(
            f"{len(problems)} of {len(paths)} rasters cannot be read: {listed}{more}.",
            "They are missing, truncated, corrupt or no rasters: copy or download them again, or leave them out.",
        )
    return headers


def _read_one(path: str, file_path: str) -> list[RasterHeader]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path) as dataset:
            if dataset.count == 0 or (dataset.subdatasets and path == file_path and dataset.crs is None):
                return [header for name in dataset.subdatasets for header in _read_one(name, file_path)]
            _read_first_and_last_block(dataset)
            return [header_of(dataset, path, file_path)]


def _read_first_and_last_block(dataset: rasterio.DatasetReader) -> None:
    """Read one block at each end: a truncated file fails here, before anything is built on it."""
    height, width = dataset.block_shapes[0]
    row, column = (dataset.height - 1) // height * height, (dataset.width - 1) // width * width
    dataset.read(1, window=Window(0, 0, min(width, dataset.width), min(height, dataset.height)))
    last = Window(column, row, dataset.width - column, dataset.height - row)
    dataset.read(dataset.count, window=last)


def header_of(dataset: rasterio.DatasetReader, path: str, file_path: str) -> RasterHeader:
    """Return the header of an open raster under the names that it goes by."""
    return RasterHeader(
        path=path,
        file_path=file_path,
        descriptions=tuple(description or "" for description in dataset.descriptions),
        dtypes=tuple(dataset.dtypes),
        nodata=tuple(dataset.nodatavals),
        scales=tuple(dataset.scales),
        offsets=tuple(dataset.offsets),
        tags=dict(dataset.tags()),
        band_tags=tuple(dict(dataset.tags(number)) for number in dataset.indexes),
        transform=dataset.transform,
        crs=dataset.crs,
        width=dataset.width,
        height=dataset.height,
        block_shape=tuple(dataset.block_shapes[0]),
    )
