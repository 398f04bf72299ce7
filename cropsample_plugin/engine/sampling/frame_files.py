"""Sampling frames read from files: a class map, or a grid laid over an area."""

from __future__ import annotations

import numpy as np
import rasterio
import shapely
from pyproj import CRS, Geod, Transformer
from rasterio.features import rasterize
from rasterio.transform import Affine, from_origin

from cropsample_plugin.engine.errors import InputError, StackError
from cropsample_plugin.engine.sampling.map_frame import FrameRules, MapFrame, frame_of_map, frame_of_mask
from cropsample_plugin.engine.sampling.object_geometry import GroundProjection, repaired
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

_MOST_CELLS = 400_000_000


def read_map_frame(path: str, rules: FrameRules) -> tuple[MapFrame, str]:
    """Read the frame of a class map and its reference system; the map's own nodata value is outside."""
    try:
        with rasterio.open(path) as dataset:
            if dataset.crs is None:
                raise StackError(f"{path} has no coordinate reference system.", "Set it in the raster's properties.")
            classes = dataset.read(1)
            nodata = dataset.nodata if rules.nodata_value is None else rules.nodata_value
            transform, crs = dataset.transform, dataset.crs.to_wkt()
    except rasterio.errors.RasterioIOError as error:
        raise StackError(f"The map {path} cannot be read: {error}", "Check that it opens in QGIS.") from error
    rules = FrameRules(rules.zero, rules.unclassified_values, rules.unclassified, nodata)
    area = pixel_area_m2(transform, crs, classes.shape)
    return frame_of_map(classes, transform, rules, area), crs


def read_area_frame(path: str, cell_m: float) -> tuple[MapFrame, str]:
    """Lay a grid of square cells over an area, in metres of an equal-area projection; a cell counts by its centre."""
    if cell_m <= 0:
        raise InputError("The cell size must be above 0 metres.")
    table = SampleTable.read(path)
    shapes, _ = repaired(shapely.from_wkb(table.geometry))
    shapes = shapes[~shapely.is_missing(shapes)]
    if len(shapes) == 0:
        raise InputError(f"{path} has no polygon.", "Choose a layer with the area to sample.")
    projection = GroundProjection.around(table.crs, tuple(shapely.total_bounds(shapes)))
    ground = projection.to_ground(shapes)
    left, bottom, right, top = shapely.total_bounds(ground)
    width, height = max(1, int(np.ceil((right - left) / cell_m))), max(1, int(np.ceil((top - bottom) / cell_m)))
    if width * height > _MOST_CELLS:
        raise InputError(f"Cells of {cell_m:g} m make {width * height} cells.", "Use larger cells.")
    transform = from_origin(left, top, cell_m, cell_m)
    inside = rasterize(((shape, 1) for shape in ground), (height, width), transform=transform, dtype="uint8") == 1
    return frame_of_mask(inside, transform, cell_m**2), projection.projected.to_wkt()


def pixel_area_m2(transform: Affine, crs: str, shape: tuple[int, ...]) -> float:
    """Return the true area of the map's middle pixel; NaN where pixels differ by more than one percent."""
    areas = [_one_pixel(transform, crs, row, shape[1] // 2) for row in (0, shape[0] // 2, shape[0] - 1)]
    return areas[1] if max(areas) - min(areas) < 0.01 * areas[1] else float("nan")


def _one_pixel(transform: Affine, crs: str, row: int, column: int) -> float:
    corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
    t = transform
    x = [t.a * across + t.b * down + t.c for across, down in corners]
    y = [t.d * across + t.e * down + t.f for across, down in corners]
    longitude, latitude = Transformer.from_crs(CRS(crs), CRS.from_epsg(4326), always_xy=True).transform(x, y)
    area, _ = Geod(ellps="WGS84").polygon_area_perimeter(longitude, latitude)
    return abs(float(area))
