"""Land-cover products read on one grid, block by block, whatever grid and reference system each is in."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.enums import MaskFlags, Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT
from rasterio.warp import transform_bounds
from rasterio.windows import Window
from rasterio.windows import transform as window_transform

from cropsample_plugin.engine.errors import InputError, error_chain
from cropsample_plugin.engine.labels.product_legends import CROP, NO_DATA, NON_CROP, ProductLegend

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

    Attributes:
        legends: what the values of each product mean.
        tables: ``(n_products, 256)`` crop, non-crop or no data of each value that `read` gives.
        unknown: values of each product that its legend does not know, as far as it was read.
        grid: the grid of the results.
    """

    def __init__(self, paths: tuple[str, ...], legends: tuple[ProductLegend, ...]) -> None:
        self.legends = legends
        self.unknown: list[set[int]] = [set() for _ in paths]
        self._stack = ExitStack()
        self._sources = [self._open(path) for path in paths]
        self.grid, self._offset = self._common_grid(paths)
        self._readers = [self._on_grid(source) for source in self._sources]
        self._is_plain = [_is_plain(reader) for reader, _ in self._readers]
        self.tables = np.stack([self._table(number) for number in range(len(paths))])

    def __enter__(self) -> Self:
        """Return the reader."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every file."""
        self._stack.close()

    def read(self, row: int, n_rows: int) -> npt.NDArray[np.uint8]:
        """Return ``(n_products, n_rows, width)`` values that `tables` says the meaning of, for rows of the grid."""
        window = Window(0, row, self.grid.width, n_rows)
        layers = np.empty((len(self._readers), n_rows, self.grid.width), dtype=np.uint8)
        for number, (reader, is_shifted) in enumerate(self._readers):
            part = window if not is_shifted else _moved(window, self._offset)
            if self._is_plain[number]:
                reader.read(1, window=part, out=layers[number])
                continue
            values = reader.read(1, window=part)
            is_valid = reader.read_masks(1, window=part) > 0
            if values.dtype.kind == "f":
                is_valid &= np.isfinite(values)
            self.unknown[number] |= self.legends[number].unknown(values, is_valid)
            layers[number] = self.legends[number].read(values, is_valid)
        return layers

    def read_meanings(self, row: int, n_rows: int) -> npt.NDArray[np.uint8]:
        """Return ``(n_products, n_rows, width)`` what the legends say, for rows of the grid; see also `unknown`."""
        layers = self.read(row, n_rows)
        seen = np.stack([np.bincount(layer.ravel(), minlength=_BYTES) > 0 for layer in layers])
        self.note_values(seen)
        for number in np.flatnonzero(self._is_plain):
            layers[number] = self.tables[number][layers[number]]
        return layers

    def note_values(self, seen: npt.NDArray[np.bool_]) -> None:
        """Add to `unknown` the values that occur and that the legend does not know.

        Args:
            seen: ``(n_products, 256)`` values that occur, as `read` gives them.
        """
        for number, is_seen in enumerate(seen):
            if self._is_plain[number]:
                values = np.flatnonzero(is_seen)
                is_valid = values != self._readers[number][0].nodata
                self.unknown[number] |= self.legends[number].unknown(values, is_valid)

    def _table(self, number: int) -> npt.NDArray[np.uint8]:
        """Return ``(256,)`` meaning of each byte: by the legend, or as already read by it."""
        every = np.arange(_BYTES)
        if not self._is_plain[number]:
            return np.where(np.isin(every, (CROP, NON_CROP)), every, NO_DATA).astype(np.uint8)
        return self.legends[number].read(every, every != self._readers[number][0].nodata)

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


def _is_plain(reader: Any) -> bool:  # noqa: ANN401 - rasterio is untyped
    """Return True for bytes whose validity is that of their value, so that no mask need be read."""
    kinds = {flag for flags in reader.mask_flag_enums[:1] for flag in flags}
    return reader.dtypes[0] == "uint8" and kinds <= {MaskFlags.all_valid, MaskFlags.nodata}


def _moved(window: Window, offset: tuple[int, int]) -> Window:
    return Window(window.col_off + offset[0], window.row_off + offset[1], window.width, window.height)
