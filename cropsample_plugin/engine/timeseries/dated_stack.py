"""The dated stack: one raster whose band descriptions say the date and the name of each band.

A description ``2019-03-15 B04`` is a dated band; any other non-empty description, such as ``elevation``, is a
static band. Scale, offset and nodata are those of the raster's bands; the physical value is
``stored * scale + offset``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.windows import Window

from cropsample_plugin.engine.errors import StackError, error_chain

DATED_DESCRIPTION = re.compile(r"^\s*(\d{4}-\d{2}-\d{2})\s+(\S.*?)\s*$")
_NO_BAND = 0
_SHORT_BYTES = 2

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class DatedStack:
    """What is known of a dated stack without reading its pixels.

    Attributes:
        path: path of the raster.
        dates: ``(n_timesteps,)`` datetime64[D], increasing.
        bands: names of the dated bands, in order of first appearance.
        static_bands: names of the undated bands.
        band_numbers: ``(n_timesteps, n_bands)`` 1-based raster band numbers; 0 where a date lacks a band.
        static_band_numbers: ``(n_static,)`` 1-based raster band numbers.
        scales, offsets: ``(raster bands,)`` to turn stored into physical values.
        nodata: ``(raster bands,)`` stored value that means missing; NaN where none is set.
        tags: the raster's metadata, such as how it was preprocessed.
    """

    path: str
    dates: npt.NDArray[np.datetime64]
    bands: tuple[str, ...]
    static_bands: tuple[str, ...]
    band_numbers: npt.NDArray[np.int64]
    static_band_numbers: npt.NDArray[np.int64]
    scales: npt.NDArray[np.float64]
    offsets: npt.NDArray[np.float64]
    nodata: npt.NDArray[np.float64]
    dtype: str
    width: int
    height: int
    transform: Affine
    crs: CRS | None
    tags: dict[str, str]

    @property
    def n_timesteps(self) -> int:
        """Number of dates."""
        return len(self.dates)

    @property
    def n_bands(self) -> int:
        """Number of dated bands."""
        return len(self.bands)

    @classmethod
    def open(cls, path: str | Path) -> DatedStack:
        """Read the header of a dated stack.

        Raises:
            StackError: the file cannot be read, has no dated band, or repeats one.
        """
        try:
            with rasterio.open(path) as dataset:
                return _from_dataset(str(path), dataset)
        except rasterio.errors.RasterioIOError as error:
            raise StackError(
                f"The raster {path} cannot be read: {error_chain(error)}", "Check that it exists and opens in QGIS."
            ) from error


def _from_dataset(path: str, dataset: rasterio.DatasetReader) -> DatedStack:
    number_by_key: dict[tuple[str, str], int] = {}
    static: dict[str, int] = {}
    bands: dict[str, None] = {}
    for number, description in enumerate(dataset.descriptions, start=1):
        match = DATED_DESCRIPTION.match(description or "")
        if match is None:
            if description:
                static[description] = number
            continue
        key = (match.group(1), match.group(2))
        if key in number_by_key:
            raise StackError(
                f"{path} holds the band '{description}' twice (bands {number_by_key[key]} and {number}).",
                "Build the stack again with one file per date, or composite it first.",
            )
        number_by_key[key] = number
        bands[key[1]] = None
    if not number_by_key:
        raise StackError(
            f"{path} is not a dated stack: no band description looks like '2019-03-15 B04'.",
            "Run 'Build time series' on your rasters first.",
        )
    dates = _dates(path, {date for date, _ in number_by_key})
    numbers = np.full((len(dates), len(bands)), _NO_BAND, dtype=np.int64)
    row_by_date = {str(date): row for row, date in enumerate(dates)}
    column_by_band = {band: column for column, band in enumerate(bands)}
    for (date, band), number in number_by_key.items():
        numbers[row_by_date[date], column_by_band[band]] = number
    nodata = [np.nan if value is None else float(value) for value in dataset.nodatavals]
    return DatedStack(
        path=path,
        dates=dates,
        bands=tuple(bands),
        static_bands=tuple(static),
        band_numbers=numbers,
        static_band_numbers=np.array(list(static.values()), dtype=np.int64),
        scales=np.array(dataset.scales, dtype=np.float64),
        offsets=np.array(dataset.offsets, dtype=np.float64),
        nodata=np.array(nodata, dtype=np.float64),
        dtype=_common_dtype(dataset.dtypes),
        width=dataset.width,
        height=dataset.height,
        transform=dataset.transform,
        crs=dataset.crs,
        tags=dict(dataset.tags()),
    )


def _dates(path: str, texts: set[str]) -> npt.NDArray[np.datetime64]:
    try:
        return np.array(sorted(np.datetime64(text, "D") for text in texts), dtype="datetime64[D]")
    except ValueError as error:
        raise StackError(f"{path} has a band description with an impossible date: {error}") from error


def _common_dtype(dtypes: tuple[str, ...]) -> str:
    return str(np.result_type(*(np.dtype(name) for name in set(dtypes))))


def read_stored(dataset: rasterio.DatasetReader, window: Window | None = None) -> npt.NDArray[np.generic]:
    """Read all raster bands of a window as stored, ``(raster bands, height, width)``.

    Raises:
        StackError: the file is truncated or corrupt there.
    """
    try:
        if len(set(dataset.dtypes)) > 1:
            return _read_mixed(dataset, window)
        stored: npt.NDArray[np.generic] = dataset.read(window=window)
    except rasterio.errors.RasterioIOError as error:
        raise StackError(
            f"{dataset.name} cannot be read at {window or 'its whole extent'}: {error_chain(error)}",
            "The file or one of its sources is truncated, corrupt or missing; copy or download it again.",
        ) from error
    return stored


def _read_mixed(dataset: rasterio.DatasetReader, window: Window | None) -> npt.NDArray[np.generic]:
    """Read bands of several types, such as uint16 images and a float32 elevation, into their common type."""
    height, width = dataset.shape if window is None else (round(window.height), round(window.width))
    stored = np.empty((dataset.count, height, width), dtype=_common_dtype(dataset.dtypes))
    for dtype in dict.fromkeys(dataset.dtypes):
        rows = [row for row, own in enumerate(dataset.dtypes) if own == dtype]
        stored[rows] = dataset.read([row + 1 for row in rows], window=window)
    return stored


def to_series(stack: DatedStack, stored: npt.NDArray[np.generic]) -> tuple[FloatArray, BoolArray, FloatArray]:
    """Turn stored band values into series in physical units.

    Args:
        stack: the stack the values come from.
        stored: ``(raster bands, n_pixels)`` as stored.

    Returns:
        ``values (n_pixels, n_timesteps, n_bands)`` float32, NaN where missing; ``valid_mask`` of that shape, True
        = usable; ``static_values (n_pixels, n_static)`` float32, NaN where missing.
    """
    n_pixels = stored.shape[1]
    physical = _to_physical(stack, stored)
    values = np.full((n_pixels, stack.n_timesteps, stack.n_bands), np.nan, dtype=np.float32)
    present = stack.band_numbers != _NO_BAND
    values[:, present] = physical[stack.band_numbers[present] - 1].T
    static_values = np.ascontiguousarray(physical[stack.static_band_numbers - 1].T)
    return values, np.isfinite(values), static_values


def _to_physical(stack: DatedStack, stored: npt.NDArray[np.generic]) -> FloatArray:
    # Up to 16 bits and in float32 every stored value is exact in float32; wider types are scaled in double precision.
    is_short = stored.dtype == np.float32 or stored.dtype.itemsize <= _SHORT_BYTES
    scaled = stored.astype(np.float32 if is_short else np.float64)
    for row in range(len(scaled)):
        missing = stored[row] == stack.nodata[row]
        if stack.scales[row] != 1.0:
            scaled[row] *= scaled.dtype.type(stack.scales[row])
        if stack.offsets[row] != 0.0:
            scaled[row] += scaled.dtype.type(stack.offsets[row])
        scaled[row][missing] = np.nan
    with np.errstate(over="ignore"):
        physical = scaled.astype(np.float32, copy=False)
    physical[np.isinf(physical)] = np.nan
    return physical
