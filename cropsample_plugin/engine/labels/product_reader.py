"""Land-cover products read on one grid, block by block, whatever grid and reference system each is in."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds
from rasterio.windows import Window
from rasterio.windows import transform as window_transform

from cropsample_plugin.engine.errors import InputError, error_chain
from cropsample_plugin.engine.labels.product_legends import NO_DATA, ProductLegend

_SAME_PX = 0.01
_FINER = 0.75
_BYTES = 256


@dataclass(frozen=True)
class ProductGrid:
    """The grid of the results; sizes in pixels."""

    crs: Any
    transform: Any
    width: int
    height: int


class ProductReader:
    """Opens products and reads all of them on the first one's grid, cut to where all of them lie.

    A finer product gives the most frequent value of its pixels, any other the nearest.
    """

    def __init__(self, paths: tuple[str, ...], legends: tuple[ProductLegend, ...]) -> None:
        self.legends = legends
        self.unknown: list[set[int]] = [set() for _ in paths]
        self._stack = ExitStack()
        self._sources = [self._open(path) for path in paths]
        self.grid, self._offset = self._common_grid(paths)
        self._readers = [self._on_grid(source) for source in self._sources]

    def __enter__(self) -> Self:
        """Return the reader."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every file."""
        self._stack.close()

    def read(self, row: int, n_rows: int) -> npt.NDArray[np.uint8]:
        """Return ``(n_products, n_rows, width)`` crop, non-crop or no data, for rows of the grid."""
        window = Window(0, row, self.grid.width, n_rows)
        layers = []
        for number, (reader, is_shifted) in enumerate(self._readers):
            part = window if not is_shifted else _moved(window, self._offset)
            values = reader.read(1, window=part)
            is_valid = reader.read_masks(1, window=part) > 0
            if values.dtype.kind == "f":
                is_valid &= np.isfinite(values)
            layers.append(self._decoded(number, values, is_valid))
        return np.stack(layers)

    def _decoded(self, number: int, values: npt.NDArray[Any], is_valid: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
        """Read a legend; of bytes by a table, which is many times faster than by ranges."""
        legend = self.legends[number]
        if values.dtype != np.uint8:
            self.unknown[number] |= legend.unknown(values, is_valid)
            return legend.read(values, is_valid)
        every = np.arange(_BYTES)
        table = legend.read(every, np.ones(_BYTES, dtype=np.bool_))
        decoded: npt.NDArray[np.uint8] = table[values]
        if legend.other:
            undecided = (decoded == NO_DATA) & is_valid
            if undecided.any():
                self.unknown[number] |= legend.unknown(values, undecided)
        if not is_valid.all():
            decoded[~is_valid] = NO_DATA
        return decoded

    def _open(self, path: str) -> Any:  # noqa: ANN401 - rasterio is untyped
        try:
            source = self._stack.enter_context(rasterio.open(path))
        except RasterioError as error:
            raise InputError(
                f"The product {path} cannot be read: {error_chain(error)}", "Check that it opens in QGIS."
            ) from error
        if source.crs is None:
            raise InputError(f"The product {path} has no reference system.", "Assign one in QGIS first.")
        return source

    def _common_grid(self, paths: tuple[str, ...]) -> tuple[ProductGrid, tuple[int, int]]:
        first = self._sources[0]
        west, south, east, north = first.bounds
        for path, source in zip(paths, self._sources):
            bounds = transform_bounds(source.crs, first.crs, *source.bounds)
            west, south = max(west, bounds[0]), max(south, bounds[1])
            east, north = min(east, bounds[2]), min(north, bounds[3])
            if west >= east or south >= north:
                raise InputError(
                    f"The product {path} does not overlap with the ones before it.", "Choose products of one area."
                )
        inverse = ~first.transform
        left, top = inverse * (west, north)
        right, bottom = inverse * (east, south)
        column, row = max(0, int(np.floor(left + _SAME_PX))), max(0, int(np.floor(top + _SAME_PX)))
        width = min(first.width, int(np.ceil(right - _SAME_PX))) - column
        height = min(first.height, int(np.ceil(bottom - _SAME_PX))) - row
        window = Window(column, row, width, height)
        return ProductGrid(first.crs, window_transform(window, first.transform), width, height), (column, row)

    def _on_grid(self, source: Any) -> tuple[Any, bool]:  # noqa: ANN401 - rasterio is untyped
        """Return what to read from, and whether it is the first grid before it was cut."""
        first = self._sources[0]
        same = source.crs == first.crs and source.transform.almost_equals(first.transform, _SAME_PX * first.res[0])
        if same and source.shape == first.shape:
            return source, True
        left, bottom, right, top = transform_bounds(source.crs, first.crs, *source.bounds)
        size = (right - left) * (top - bottom) / (source.width * source.height)
        is_finer = size < _FINER * first.res[0] * first.res[1]
        vrt = WarpedVRT(
            source,
            crs=self.grid.crs,
            transform=self.grid.transform,
            width=self.grid.width,
            height=self.grid.height,
            resampling=Resampling.mode if is_finer else Resampling.nearest,
            add_alpha=source.nodata is None,
            warp_mem_limit=64,
        )
        return self._stack.enter_context(vrt), False


def _moved(window: Window, offset: tuple[int, int]) -> Window:
    return Window(window.col_off + offset[0], window.row_off + offset[1], window.width, window.height)
