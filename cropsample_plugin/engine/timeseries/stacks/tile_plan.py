"""Blocks of whole output tiles that follow the blocks of the input and fit the memory budget."""

from __future__ import annotations

from dataclasses import dataclass

from cropsample_plugin.engine.block_plan import BlockPlan, NativeGrid
from cropsample_plugin.engine.errors import InputError

TILE_PX = 256
_SMALLEST_TILE_PX = 16
_MIB = 1024 * 1024
# What Python, GDAL, numba and the numeric packages occupy before the first block is read.
_BASE_MEMORY_MB = 450
_LEAST_SHARE = 0.3
_LARGEST_BLOCK_BYTES = 256 * _MIB
_CACHE_SHARE = 0.2


@dataclass(frozen=True)
class TilePlan:
    """The blocks, and the tiles that each of them consists of.

    Attributes:
        blocks: the blocks; their edges lie on tile edges.
        tile_width, tile_height: size of a tile in pixels.
    """

    blocks: BlockPlan
    tile_width: int
    tile_height: int


@dataclass(frozen=True)
class Budget:
    """What a run may use: threads, memory in MiB, and bytes it needs per pixel of a block."""

    threads: int
    memory_mb: int
    bytes_per_pixel: int


def plan_tiles(width: int, height: int, grid: NativeGrid, budget: Budget) -> TilePlan:
    """Cut a raster into blocks of whole tiles.

    Rasters stored in strips get blocks of the full width, so that no strip is decoded twice. Where a tile of 256
    pixels does not fit the memory, as with thousands of bands, tiles are smaller.

    Args:
        width: columns of the raster.
        height: rows of the raster.
        grid: how the input is stored.
        budget: threads, memory and need.

    Raises:
        InputError: not even the smallest block fits.
    """
    available = max(budget.memory_mb - _BASE_MEMORY_MB, _LEAST_SHARE * budget.memory_mb) * _MIB
    each = min(_LARGEST_BLOCK_BYTES, available * (1.0 - _CACHE_SHARE) / (budget.threads + 1))
    most_pixels = int(each / budget.bytes_per_pixel)
    is_striped = grid.width_px >= width
    block_width = _rounded(width) if is_striped else max(TILE_PX, grid.width_px // TILE_PX * TILE_PX)
    if block_width * _SMALLEST_TILE_PX > most_pixels:
        block_width = TILE_PX
    tile_width = tile_height = min(TILE_PX, _rounded(max(width, height)))
    while tile_height > _SMALLEST_TILE_PX and block_width * tile_height > most_pixels:
        tile_height //= 2
    while tile_width > _SMALLEST_TILE_PX and tile_width * tile_height > most_pixels:
        tile_width //= 2
        block_width = tile_width
    if tile_width * tile_height > most_pixels:
        raise InputError(
            f"{budget.memory_mb} MiB are too little for {budget.bytes_per_pixel} bytes per pixel.",
            "Allow more memory in the options, or use fewer dates or bands.",
        )
    tile_width, tile_height = (max(_SMALLEST_TILE_PX, size // 16 * 16) for size in (tile_width, tile_height))
    block_width = -(-block_width // tile_width) * tile_width
    block_height = tile_height * max(1, min(grid.height_px // tile_height, most_pixels // (block_width * tile_height)))
    rows = (*range(0, height, block_height), height)
    columns = (*range(0, width, block_width), width)
    return TilePlan(BlockPlan(rows, columns, int(available * _CACHE_SHARE)), tile_width, tile_height)


def _rounded(size: int) -> int:
    """Return the next multiple of 16, what tiles of a TIFF must be."""
    return -(-size // _SMALLEST_TILE_PX) * _SMALLEST_TILE_PX
