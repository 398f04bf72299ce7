"""Which windows of the raster are read, predicted and stored one after another.

Windows follow the native blocks of the files behind the raster, so that no block is decoded twice: tiled files
give windows of whole tiles, files in strips give windows of the full width. The window's size follows from the
memory budget, never from the raster's size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import rasterio
from rasterio.windows import Window

_MIB = 1024 * 1024
# What Python, GDAL and the numeric packages occupy before the first block is read.
_BASE_MEMORY_MB = 700
_LEAST_SHARE = 0.3
# One block being read, one waiting, one being predicted, and as much again in GDAL's cache.
_BLOCKS_IN_MEMORY = 5
_LARGEST_BLOCK_BYTES = 64 * _MIB
_SMALLEST_CACHE_BYTES = 32 * _MIB
_MOST_NESTED_VRTS = 5
_PREFERRED_EDGE_PX = 512
# A single column of pixels is still a window; below this many pixels a block is not split further.
_LEAST_BLOCK_PX = 4096


@dataclass(frozen=True)
class NativeGrid:
    """The blocks in which a raster is stored, in pixels of the raster that is read.

    Attributes:
        height_px, width_px: size of one block.
        row_px, column_px: where the grid of blocks starts; at most 0.
    """

    height_px: int
    width_px: int
    row_px: int = 0
    column_px: int = 0


@dataclass(frozen=True)
class Block:
    """One window of the plan.

    Attributes:
        index: position in the plan, from 0.
        row, column: first row and column, 0-based.
        height, width: size in pixels.
    """

    index: int
    row: int
    column: int
    height: int
    width: int

    @property
    def n_pixels(self) -> int:
        """Number of pixels."""
        return self.height * self.width

    @property
    def window(self) -> Window:
        """The window for rasterio."""
        return Window(self.column, self.row, self.width, self.height)

    def __str__(self) -> str:
        """Describe where the block lies, for messages."""
        last_row, last_column = self.row + self.height - 1, self.column + self.width - 1
        return f"rows {self.row} to {last_row}, columns {self.column} to {last_column}"


@dataclass(frozen=True)
class BlockPlan:
    """A raster cut into blocks by row and column edges.

    Attributes:
        row_edges, column_edges: increasing pixel positions from 0 to the height or width.
        cache_bytes: memory that GDAL's block cache needs so that no native block is decoded twice.
    """

    row_edges: tuple[int, ...]
    column_edges: tuple[int, ...]
    cache_bytes: int

    @property
    def n_blocks(self) -> int:
        """Number of blocks."""
        return (len(self.row_edges) - 1) * (len(self.column_edges) - 1)

    @property
    def n_columns(self) -> int:
        """Number of blocks side by side."""
        return len(self.column_edges) - 1

    def block(self, index: int) -> Block:
        """Return one block; blocks are numbered row by row."""
        vertical, horizontal = divmod(index, self.n_columns)
        row, column = self.row_edges[vertical], self.column_edges[horizontal]
        height = self.row_edges[vertical + 1] - row
        return Block(index, row, column, height, self.column_edges[horizontal + 1] - column)

    def blocks(self) -> Iterator[Block]:
        """Go through all blocks."""
        return (self.block(index) for index in range(self.n_blocks))

    def blocks_in_rows(self, first: int, last: int) -> Iterator[Block]:
        """Go through the blocks that touch the rows ``first <= row < last``."""
        for vertical in range(len(self.row_edges) - 1):
            if self.row_edges[vertical] < last and self.row_edges[vertical + 1] > first:
                start = vertical * self.n_columns
                yield from (self.block(start + offset) for offset in range(self.n_columns))


def plan_blocks(width: int, height: int, grid: NativeGrid, bytes_per_pixel: int, memory_mb: int) -> BlockPlan:
    """Cut a raster into blocks that fit the memory budget.

    Args:
        width: columns of the raster.
        height: rows of the raster.
        grid: the native blocks.
        bytes_per_pixel: bytes of all bands read, per pixel.
        memory_mb: memory the whole process should stay below, in MiB.
    """
    available = max(memory_mb - _BASE_MEMORY_MB, _LEAST_SHARE * memory_mb) * _MIB
    block_bytes = min(_LARGEST_BLOCK_BYTES, available / _BLOCKS_IN_MEMORY)
    most_pixels = max(_LEAST_BLOCK_PX, int(block_bytes / bytes_per_pixel))
    block_height, block_width = _block_shape(width, height, grid, most_pixels)
    row_edges = _edges(height, block_height, grid.row_px)
    column_edges = _edges(width, block_width, grid.column_px)
    tile_rows = math.ceil(block_height / grid.height_px) * grid.height_px
    tile_columns = math.ceil(block_width / grid.width_px) * grid.width_px
    touched_bytes = tile_rows * tile_columns * bytes_per_pixel * 5 // 4
    cache_bytes = min(max(touched_bytes, _SMALLEST_CACHE_BYTES), int(available * 2 / _BLOCKS_IN_MEMORY))
    return BlockPlan(row_edges, column_edges, cache_bytes)


def native_grid(path: str | Path) -> NativeGrid:
    """Return how the pixels behind a raster are stored, looking through VRTs at their first source.

    A source that cannot be opened, or has another pixel size, leaves the raster's own blocks.
    """
    with rasterio.open(path) as raster:
        source_path = _first_source(raster)
        own_height, own_width = raster.block_shapes[0]
        if source_path is None:
            return NativeGrid(own_height, own_width)
        try:
            with rasterio.open(source_path) as source:
                return _grid_of_source(raster, source) or NativeGrid(own_height, own_width)
        except rasterio.errors.RasterioIOError:
            return NativeGrid(own_height, own_width)


def _first_source(raster: rasterio.DatasetReader) -> str | None:
    """Return the first file behind a VRT that is no VRT itself, None for other rasters."""
    if raster.driver != "VRT":
        return None
    files = list(raster.files[1:])
    for _ in range(_MOST_NESTED_VRTS):
        if not files:
            return None
        candidate = str(files[0])
        if not candidate.lower().endswith(".vrt"):
            return candidate
        try:
            with rasterio.open(candidate) as nested:
                files = list(nested.files[1:])
        except rasterio.errors.RasterioIOError:
            return None
    return None


def _grid_of_source(raster: rasterio.DatasetReader, source: rasterio.DatasetReader) -> NativeGrid | None:
    block_height, block_width = source.block_shapes[0]
    to_raster = ~raster.transform * source.transform
    if not (math.isclose(to_raster.a, 1.0, rel_tol=1e-6) and math.isclose(to_raster.e, 1.0, rel_tol=1e-6)):
        return None
    column, row = round(to_raster.c), round(to_raster.f)
    return NativeGrid(block_height, block_width, -((-row) % block_height), -((-column) % block_width))


def _block_shape(width: int, height: int, grid: NativeGrid, most_pixels: int) -> tuple[int, int]:
    """Return height and width of a block of at most ``most_pixels``: whole native blocks wherever they fit."""
    native_width, native_height = min(grid.width_px, width), min(grid.height_px, height)
    if native_width * native_height > most_pixels:
        block_width = min(native_width, most_pixels)
        return max(1, most_pixels // block_width), block_width
    n_native = most_pixels // (native_width * native_height)
    across_wanted = max(1, _PREFERRED_EDGE_PX // native_width)
    n_across = min(across_wanted, n_native, math.ceil(width / native_width))
    n_down = max(1, min(n_native // n_across, math.ceil(height / native_height)))
    n_across = min(max(n_across, n_native // n_down), math.ceil(width / native_width))
    return n_down * native_height, n_across * native_width


def _edges(length: int, step: int, start: int) -> tuple[int, ...]:
    inner = (position for position in range(start + step, length, step) if position > 0)
    return (0, *inner, length)
