"""The true area of the pixels of each row, as whole numbers, so that sums are exact in any order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyproj
import rasterio

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.mapping.map_files import MapGrid

UNITS_PER_HA = 10_000 * 10_000
"""Areas are counted in square centimetres."""


def pixel_areas(grid: MapGrid) -> npt.NDArray[np.int64]:
    """Return ``(height,)`` area of a pixel of each row in square centimetres.

    On a map in degrees it is the area on the ellipsoid.

    Raises:
        InputError: the map has no coordinate system.
    """
    if grid.crs is None:
        raise InputError("The map has no coordinate system, so its pixels have no area.", "Set it in QGIS.")
    transform = grid.transform
    if not grid.crs.is_geographic:
        square_metres = abs(transform.a * transform.e - transform.b * transform.d) * _metres(grid) ** 2
        return np.full(grid.height, round(square_metres * 10_000), dtype=np.int64)
    geod = pyproj.CRS.from_wkt(grid.crs.to_wkt()).get_geod()
    areas = np.empty(grid.height, dtype=np.int64)
    for row in range(grid.height):
        left, top = transform * (0, row)
        right, bottom = transform * (1, row + 1)
        area, _ = geod.polygon_area_perimeter([left, right, right, left], [top, top, bottom, bottom])
        areas[row] = round(abs(area) * 10_000)
    return areas


def _metres(grid: MapGrid) -> float:
    try:
        return float(grid.crs.linear_units_factor[1])
    except rasterio.errors.CRSError:
        return 1.0
