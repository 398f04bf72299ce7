"""The grid of the stack: the images' own where possible, so that most pixels are copied and not resampled."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Sequence

import pyproj
import rasterio.warp
import shapely
from rasterio.crs import CRS
from rasterio.errors import CRSError
from rasterio.transform import Affine

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader
from cropsample_plugin.engine.timeseries.stac.area import Area, Polygons
from cropsample_plugin.engine.timeseries.stack_grid import StackGrid

MOST_PIXELS = 4_000_000_000
_SNAP = 1e-6


@dataclass(frozen=True)
class Tile:
    """A part of the grid, in pixels."""

    row: int
    column: int
    height: int
    width: int

    def transform(self, grid: StackGrid) -> Affine:
        """Return pixel to map coordinates."""
        return grid.transform * Affine.translation(self.column, self.row)

    def bounds(self, grid: StackGrid) -> tuple[float, float, float, float]:
        """Return west, south, east and north."""
        left, top = grid.transform * (self.column, self.row)
        right, bottom = grid.transform * (self.column + self.width, self.row + self.height)
        return left, bottom, right, top


def plan_grid(area: Area, headers: Sequence[RasterHeader], crs: str = "", pixel_size: float = 0.0) -> StackGrid:
    """Return the smallest grid that covers the area.

    Args:
        area: the area.
        headers: headers of the measured bands.
        crs: its reference system as QGIS names it; "" takes the one most images have.
        pixel_size: in units of the reference system; 0 takes the finest of the images.

    Raises:
        InputError: unknown reference system, or more than four thousand million pixels.
    """
    target: CRS = _crs(crs) if crs else Counter(header.crs for header in headers).most_common(1)[0][0]
    own = [header for header in headers if header.crs == target]
    finest = min(own or headers, key=lambda header: header.pixel_area)
    native = abs(finest.transform.a) if own else _pixel_size_in(target, finest)
    size = pixel_size or native
    x_phase, y_phase = (finest.transform.c, finest.transform.f) if own and size == native else (0.0, 0.0)
    polygons = area.on(pyproj.CRS.from_wkt(target.to_wkt()))
    west, south, east, north = shapely.total_bounds(polygons)
    left, right = _snapped(west, east, x_phase, size)
    bottom, top = _snapped(south, north, y_phase, size)
    width, height = max(1, round((right - left) / size)), max(1, round((top - bottom) / size))
    if width * height > MOST_PIXELS:
        raise InputError(
            f"The area would be {width} x {height} pixels of {size:g}: {2 * width * height / 1e9:,.0f} GB for each "
            "band and date.",
            "Choose a smaller area or larger pixels.",
        )
    return StackGrid(Affine(size, 0.0, left, 0.0, -size, top), target, width, height)


def on_grid(area: Area, grid: StackGrid) -> Polygons:
    """Return the polygons of an area in the reference system of a grid."""
    return area.on(pyproj.CRS.from_wkt(grid.crs.to_wkt() if grid.crs else ""))


def tiles_of_area(grid: StackGrid, polygons: Polygons, tile_px: int) -> list[Tile]:
    """Return the tiles of a grid that the polygons touch."""
    tiles = [
        Tile(row, column, min(tile_px, grid.height - row), min(tile_px, grid.width - column))
        for row in range(0, grid.height, tile_px)
        for column in range(0, grid.width, tile_px)
    ]
    tree = shapely.STRtree(polygons)
    return [tile for tile in tiles if len(tree.query(shapely.box(*tile.bounds(grid)), predicate="intersects"))]


def _crs(text: str) -> CRS:
    try:
        return CRS.from_user_input(text)
    except CRSError as error:
        raise InputError(f"The CRS '{text}' is not known.", "Give one such as EPSG:32631.") from error


def _pixel_size_in(target: CRS, header: RasterHeader) -> float:
    bounds = StackGrid.of(header).bounds
    transform, _, _ = rasterio.warp.calculate_default_transform(
        header.crs, target, header.width, header.height, *bounds
    )
    return abs(float(transform.a))


def _snapped(low: float, high: float, phase: float, size: float) -> tuple[float, float]:
    first = math.floor((low - phase) / size + _SNAP)
    last = math.ceil((high - phase) / size - _SNAP)
    return first * size + phase, max(last, first + 1) * size + phase
