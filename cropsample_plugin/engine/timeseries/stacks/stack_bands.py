"""Some bands of a stack: which raster bands they are, and how their stored values are to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt
import rasterio

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.compilation import compiled_lazily
from cropsample_plugin.engine.errors import StackError, error_chain
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
StoredArray = npt.NDArray[Any]

_NO_BAND = 0
_SHORT_BYTES = 2


@dataclass(frozen=True)
class StackBands:
    """The bands of every date, first date first, as rows.

    Attributes:
        path: the raster.
        dates: ``(n_timesteps,)`` datetime64[D].
        bands: their names.
        numbers: ``(n_timesteps, n_bands)`` 1-based raster band numbers, 0 where a date lacks a band.
        scales, offsets, nodata: ``(n_timesteps * n_bands,)``; nodata is NaN where none is set.
        dtype: type of the stored values.
    """

    path: str
    dates: npt.NDArray[np.datetime64]
    bands: tuple[str, ...]
    numbers: npt.NDArray[np.int64]
    scales: npt.NDArray[np.float64]
    offsets: npt.NDArray[np.float64]
    nodata: npt.NDArray[np.float64]
    dtype: str

    @classmethod
    def of(cls, stack: DatedStack, names: Sequence[str] = ()) -> StackBands:
        """Return the named bands of a stack in that order, all of them when none is named.

        Raises:
            StackError: the stack lacks a band.
        """
        names = tuple(names) or stack.bands
        absent = [name for name in names if name not in stack.bands]
        if absent:
            raise StackError(
                f"{stack.path} has no band {', '.join(absent)}.", f"Its bands are: {', '.join(stack.bands)}."
            )
        numbers = stack.band_numbers[:, [stack.bands.index(name) for name in names]]
        rows = np.maximum(numbers.ravel(), 1) - 1
        return cls(
            stack.path, stack.dates, names, numbers, stack.scales[rows], stack.offsets[rows], stack.nodata[rows],
            stack.dtype,
        )  # fmt: skip

    @property
    def n_rows(self) -> int:
        """Number of rows: dates times bands."""
        return int(self.numbers.size)

    @property
    def positions_days(self) -> npt.NDArray[np.float64]:
        """``(n_timesteps,)`` days since 1970-01-01."""
        return self.dates.astype("datetime64[D]").astype(np.float64)

    def to_cube(self, stored: StoredArray) -> FloatArray:
        """Return ``(n_timesteps, n_bands, n_pixels)`` physical values, NaN where missing, of ``(n_rows, ...)``."""
        flat = stored.reshape(self.n_rows, -1)
        is_short = flat.dtype == np.float32 or flat.dtype.itemsize <= _SHORT_BYTES
        cube = np.empty(flat.shape, dtype=np.float32)
        for row in range(self.n_rows):
            if is_short and self.numbers.flat[row] != _NO_BAND:
                numbers = np.array([self.scales[row], self.offsets[row], self.nodata[row]], dtype=np.float32)
                _decode(flat[row], numbers, cube[row])
            else:
                cube[row] = self._decoded_slowly(flat[row], row)
        return cube.reshape(len(self.dates), len(self.bands), -1)

    def _decoded_slowly(self, stored: StoredArray, row: int) -> npt.NDArray[np.float64]:
        """Return a row of wide values, whose scale and offset need double precision."""
        values = stored.astype(np.float64) * self.scales[row] + self.offsets[row]
        missing = self.missing(stored, row)
        if missing is not None:
            values[missing] = np.nan
        # What float32 cannot hold is missing too.
        return np.where(np.abs(values) <= np.finfo(np.float32).max, values, np.nan)

    def missing(self, stored: StoredArray, row: int) -> BoolArray | None:
        """Return where a row's stored values are missing, None where they cannot be."""
        if self.numbers.flat[row] == _NO_BAND:
            return np.ones(stored.shape, dtype=bool)
        if stored.dtype.kind == "f":
            found: BoolArray = ~np.isfinite(stored)
            return found if np.isnan(self.nodata[row]) else found | (stored == stored.dtype.type(self.nodata[row]))
        if np.isnan(self.nodata[row]):
            return None
        equal: BoolArray = stored == self.nodata[row]
        return equal


def _decode_values(stored: StoredArray, numbers: FloatArray, values: FloatArray) -> None:
    """Write physical values of a row of 16 bits or float32; NaN where missing."""
    scale, offset, nodata = numbers[0], numbers[1], numbers[2]
    for i in range(len(stored)):
        value = np.float32(stored[i])
        is_known = np.isfinite(value) and value != nodata
        values[i] = value * scale + offset if is_known else np.float32(np.nan)


_decode = compiled_lazily(_decode_values)


class BandReader:
    """Reads the rows of some bands out of an open raster; each thread has its own."""

    def __init__(self, bands: StackBands) -> None:
        self._bands = bands
        self._dataset = rasterio.open(bands.path)
        self._present = np.flatnonzero(bands.numbers.ravel())
        numbers = bands.numbers.ravel()[self._present]
        types = np.array([self._dataset.dtypes[number - 1] for number in numbers])
        self._groups = [(self._present[types == name], numbers[types == name].tolist()) for name in np.unique(types)]

    def read(self, block: Block) -> StoredArray:
        """Return ``(n_rows, height, width)`` stored values; rows of bands that a date lacks are 0.

        Raises:
            StackError: the file or one of its sources is truncated or corrupt there.
        """
        bands = self._bands
        try:
            if len(self._groups) == 1 and len(self._present) == bands.n_rows:
                stored: StoredArray = self._dataset.read(self._groups[0][1], window=block.window)
                return stored
            stored = np.zeros((bands.n_rows, block.height, block.width), dtype=bands.dtype)
            for rows, numbers in self._groups:
                stored[rows] = self._dataset.read(numbers, window=block.window)
        except rasterio.errors.RasterioIOError as error:
            raise StackError(
                f"{bands.path} cannot be read at {block}: {error_chain(error)}",
                "The file or one of its sources is truncated, corrupt or missing. Copy or download it again and "
                "start again: the blocks finished so far are kept.",
            ) from error
        return stored

    def close(self) -> None:
        """Close the raster."""
        self._dataset.close()
