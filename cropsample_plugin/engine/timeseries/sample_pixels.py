"""Place samples on a grid: points and polygons in any reference system become pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyproj
import pyproj.exceptions
import shapely

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.timeseries.dropped_samples import DropList, DropReason
from cropsample_plugin.engine.timeseries.pixel_choice import (
    PIXEL_MODES,
    PixelGrid,
    PixelRule,
    reprojected,
    shrunk,
    to_pixel_coordinates,
)
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

Indices = npt.NDArray[np.int64]

_POINT, _MULTI_POINT = 0, 4
_POLYGONS = (3, 6)
_KIND_NAMES = {1: "line", 2: "ring", 5: "multi-line", 7: "geometry collection"}
_PROGRESS_STEP = 500


@dataclass(frozen=True)
class SamplePixels:
    """Pixels of samples, in the order of the samples; all arrays ``(n_pixels,)``.

    Attributes:
        sample: row of the sample in its table.
        pixel: which pixel of the sample, from 1.
        column, row: place on the grid.
    """

    sample: Indices
    pixel: Indices
    column: Indices
    row: Indices

    def __len__(self) -> int:
        """Return the number of pixels."""
        return len(self.sample)

    def subset(self, picked: npt.NDArray[np.generic]) -> SamplePixels:
        """Return the pixels that an index or boolean array picks."""
        return SamplePixels(self.sample[picked], self.pixel[picked], self.column[picked], self.row[picked])


def place_samples(
    table: SampleTable, grid: PixelGrid, rule: PixelRule, dropped: DropList, progress: Progress
) -> SamplePixels:
    """Choose the pixels of every sample and note the samples that have none.

    A point gets the pixel it lies in. A polygon gets the pixels that the rule chooses among those whose centre lies
    inside. The random choice depends on the seed and the sample's feature id alone, not on the other samples.

    Raises:
        SamplesError: layer or grid have no reference system, or one that cannot be reprojected to the other.
    """
    transformer = _transformer(table, grid)
    geometries = shapely.from_wkb(table.geometry, on_invalid="ignore")
    usable = _usable(table, geometries, dropped)
    kinds = shapely.get_type_id(geometries)
    is_point = np.isin(kinds, (_POINT, _MULTI_POINT)) & usable
    parts = [_place_points(np.flatnonzero(is_point), geometries, transformer, grid, dropped)]
    frame = shapely.box(0, 0, grid.width, grid.height)
    polygons = np.flatnonzero(np.isin(kinds, _POLYGONS) & usable)
    for position, row in enumerate(polygons):
        if position % _PROGRESS_STEP == 0:
            raise_if_canceled(progress)
            progress.report(position / len(polygons), "Choosing pixels")
        polygon, problem = _polygon_on_grid(geometries[row], transformer, table.crs, grid, rule)
        if problem is not None:
            dropped.add(row, *problem)
            continue
        found = _pixels_of(shapely.intersection(polygon, frame), rule, int(table.fids[row]))
        if len(found) == 0:
            dropped.add(row, *_why_none(polygon, frame))
        parts.append(_numbered(int(row), found))
    joined = np.concatenate(parts)
    joined = joined[np.argsort(joined[:, 0], kind="stable")]
    return SamplePixels(joined[:, 0], joined[:, 1], joined[:, 2], joined[:, 3])


def _transformer(table: SampleTable, grid: PixelGrid) -> pyproj.Transformer:
    for what, crs in (("The sample layer", table.crs), ("The stack", grid.crs)):
        if not crs:
            raise SamplesError(f"{what} has no coordinate reference system.", "Set it in the layer's properties first.")
    try:
        return pyproj.Transformer.from_crs(table.crs, grid.crs, always_xy=True)
    except pyproj.exceptions.ProjError as error:
        raise SamplesError(
            f"The samples cannot be reprojected to the stack: {error}", "Check both reference systems."
        ) from error


def _usable(table: SampleTable, geometries: npt.NDArray[np.object_], dropped: DropList) -> npt.NDArray[np.bool_]:
    usable = np.ones(table.n_rows, dtype=bool)
    unread = np.array([wkb is not None for wkb in table.geometry]) & shapely.is_missing(geometries)
    missing = shapely.is_missing(geometries) | shapely.is_empty(geometries)
    valid = shapely.is_valid(geometries)
    kinds = shapely.get_type_id(geometries)
    single = (kinds != _MULTI_POINT) | (shapely.get_num_geometries(geometries) == 1)
    finite = np.isfinite(shapely.bounds(geometries)).all(axis=1)
    for row in np.flatnonzero(
        missing | ~valid | ~finite | ~single | ~np.isin(kinds, (_POINT, _MULTI_POINT, *_POLYGONS))
    ):
        usable[row] = False
        if unread[row]:
            dropped.add(row, DropReason.INVALID_GEOMETRY, "the geometry is damaged")
        elif missing[row]:
            dropped.add(row, DropReason.NO_GEOMETRY, "the feature has no geometry or an empty one")
        elif not finite[row]:
            dropped.add(row, DropReason.INVALID_GEOMETRY, "a coordinate is not a finite number")
        elif not valid[row]:
            dropped.add(row, DropReason.INVALID_GEOMETRY, str(shapely.is_valid_reason(geometries[row])))
        elif not single[row]:
            dropped.add(row, DropReason.UNSUITABLE_GEOMETRY, "several points in one feature; split it first")
        else:
            name = _KIND_NAMES.get(int(kinds[row]), "geometry of another kind")
            dropped.add(row, DropReason.UNSUITABLE_GEOMETRY, f"a {name} is neither point nor polygon")
    return usable


def _place_points(
    rows: Indices,
    geometries: npt.NDArray[np.object_],
    transformer: pyproj.Transformer,
    grid: PixelGrid,
    dropped: DropList,
) -> Indices:
    coordinates = shapely.get_coordinates(geometries[rows])
    x, y = transformer.transform(coordinates[:, 0], coordinates[:, 1])
    inverse = ~grid.transform
    with np.errstate(invalid="ignore"):
        column = np.floor(inverse.a * x + inverse.b * y + inverse.c)
        row = np.floor(inverse.d * x + inverse.e * y + inverse.f)
        inside = (column >= 0) & (row >= 0) & (column < grid.width) & (row < grid.height)
    for position in np.flatnonzero(~inside):
        place = f"{coordinates[position, 0]:.10g}, {coordinates[position, 1]:.10g}"
        dropped.add(rows[position], DropReason.OUTSIDE, f"the point {place} lies outside the raster")
    kept = np.flatnonzero(inside)
    first = np.ones(len(kept), dtype=np.int64)
    return np.column_stack([rows[kept], first, column[kept].astype(np.int64), row[kept].astype(np.int64)])


def _polygon_on_grid(
    polygon: shapely.Geometry, transformer: pyproj.Transformer, crs: str, grid: PixelGrid, rule: PixelRule
) -> tuple[shapely.Geometry, tuple[DropReason, str] | None]:
    if rule.inner_buffer_m > 0:
        polygon = shrunk(polygon, crs, rule.inner_buffer_m)
        if shapely.is_empty(polygon):
            details = f"nothing is left {rule.inner_buffer_m:g} m inside the edge"
            return polygon, (DropReason.NO_PIXEL, details)
    polygon = reprojected(polygon, transformer)
    if not np.isfinite(shapely.bounds(polygon)).all():
        return polygon, (DropReason.OUTSIDE, "it cannot be reprojected to the raster's reference system")
    polygon = to_pixel_coordinates(polygon, grid.transform)
    return (polygon if shapely.is_valid(polygon) else shapely.make_valid(polygon)), None


def _pixels_of(polygon: shapely.Geometry, rule: PixelRule, fid: int) -> Indices:
    if shapely.area(polygon) == 0.0:
        return np.empty((0, 2), dtype=np.int64)
    parts = shapely.get_parts(polygon)
    polygon = shapely.union_all(parts[shapely.area(parts) > 0])
    return PIXEL_MODES[rule.mode](polygon, rule, np.random.default_rng([rule.seed, fid]))


def _why_none(polygon: shapely.Geometry, frame: shapely.Geometry) -> tuple[DropReason, str]:
    if not shapely.intersects(polygon, frame):
        return DropReason.OUTSIDE, "the polygon lies outside the raster"
    area = float(shapely.area(polygon))
    return DropReason.NO_PIXEL, f"no pixel centre lies inside the polygon, whose area is {area:.3g} pixels"


def _numbered(sample: int, found: Indices) -> Indices:
    count = len(found)
    return np.column_stack([np.full(count, sample, dtype=np.int64), np.arange(1, count + 1), found[:, 0], found[:, 1]])
