"""Where a sample can be put: inside its object, outside no-go areas, and at what cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import rasterio
import shapely
from pyproj import CRS, Transformer

from cropsample_plugin.engine.errors import SamplesError, StackError
from cropsample_plugin.engine.sampling.object_files import ObjectLayer
from cropsample_plugin.engine.sampling.object_geometry import (
    GeometryArray,
    GroundProjection,
    inner_points,
    poles_of_inaccessibility,
    repaired,
)
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_SEGMENTS_ACROSS = 200
_SMALLEST_LEFT = 0.1  # share of an object's area that must be left outside no-go areas


@dataclass(frozen=True)
class AccessibleShapes:
    """What is left of the usable objects outside no-go areas.

    Attributes:
        shapes: ``(n_usable,)`` in metres; None where nothing is left.
        points: ``(n_usable,)`` a point inside each, None likewise.
    """

    shapes: GeometryArray
    points: GeometryArray

    @property
    def is_accessible(self) -> npt.NDArray[np.bool_]:
        """``(n_usable,)`` False where no sample can be put."""
        accessible: npt.NDArray[np.bool_] = ~shapely.is_missing(self.shapes)
        return accessible

    @property
    def xy_m(self) -> FloatArray:
        """``(n_usable, 2)`` places in metres, NaN where there is none."""
        return np.stack([shapely.get_x(self.points), shapely.get_y(self.points)], axis=1)


def accessible_shapes(layer: ObjectLayer, no_go: str, *, exact: bool) -> AccessibleShapes:
    """Cut no-go areas out of the objects and find a place in what is left of each.

    Args:
        layer: the objects.
        no_go: layer of areas not to enter; "" for none.
        exact: True takes the point farthest from the edge, False any point inside, which is quicker.
    """
    shapes = layer.ground[layer.usable.rows].copy()
    if no_go:
        barred = read_ground(no_go, layer.projection)
        tree = shapely.STRtree(barred)
        objects, areas = tree.query(shapes, predicate="intersects")
        for row in np.unique(objects):
            left = shapely.difference(shapes[row], shapely.union_all(barred[areas[objects == row]]))
            shapes[row] = _largest_part(left, _SMALLEST_LEFT * shapely.area(shapes[row]))
    points = np.full(len(shapes), None, dtype=object)
    here = ~shapely.is_missing(shapes)
    points[here] = poles_of_inaccessibility(shapes[here]) if exact else inner_points(shapes[here])
    return AccessibleShapes(shapes, points)


def _largest_part(shape: shapely.Geometry, smallest_m2: float) -> shapely.Geometry | None:
    """Return the largest part of a shape, None when it is too small to stand in."""
    parts = shapely.get_parts(shape)
    areas = shapely.area(parts)
    return parts[int(np.argmax(areas))] if len(parts) and areas.max() >= smallest_m2 else None


def read_ground(path: str, projection: GroundProjection) -> GeometryArray:
    """Read the shapes of a layer in the metres of a projection."""
    table = SampleTable.read(path)
    shapes, _ = repaired(shapely.from_wkb(table.geometry))
    shapes = shapes[~shapely.is_missing(shapes)]
    if len(shapes) == 0 or not table.crs:
        raise SamplesError(f"{path} has no usable shapes, or no reference system.", "Choose another layer.")
    transformer = Transformer.from_crs(CRS(table.crs), projection.projected, always_xy=True)
    left, bottom, right, top = shapely.total_bounds(shapes)
    longest = max(right - left, top - bottom) / _SEGMENTS_ACROSS
    # A long straight edge of the layer is a curve on the ground.
    shapes = shapely.segmentize(shapes, longest) if longest > 0 else shapes
    moved: GeometryArray = shapely.transform(
        shapes, lambda xy: np.stack(transformer.transform(xy[:, 0], xy[:, 1]), axis=1)
    )
    return moved


def objects_of_points(layer: ObjectLayer, path: str) -> tuple[IntArray, int]:
    """Return the usable objects that hold a point or shape of a layer, each once, and how many points hit none."""
    points = inner_points(read_ground(path, layer.projection))
    tree = shapely.STRtree(layer.ground[layer.usable.rows])
    hit, rows = tree.query(points, predicate="intersects")
    return np.unique(rows).astype(np.int64), len(points) - len(np.unique(hit))


def distance_costs(path: str, xy_m: FloatArray, projection: GroundProjection) -> FloatArray:
    """Return ``(n,)`` distance of places to the nearest feature, such as a road, in metres; NaN stays NaN."""
    features = read_ground(path, projection)
    costs = np.full(len(xy_m), np.nan)
    here = np.isfinite(xy_m).all(axis=1)
    points = shapely.points(xy_m[here])
    _, distances = shapely.STRtree(features).query_nearest(points, return_distance=True, all_matches=False)
    costs[here] = distances
    return costs


def raster_costs(path: str, xy_m: FloatArray, projection: GroundProjection) -> FloatArray:
    """Return ``(n,)`` cost of places from a raster; NaN outside it or at nodata."""
    try:
        with rasterio.open(path) as dataset:
            transformer = Transformer.from_crs(projection.projected, CRS(dataset.crs.to_wkt()), always_xy=True)
            here = np.isfinite(xy_m).all(axis=1)
            x, y = transformer.transform(xy_m[here, 0], xy_m[here, 1])
            found = np.ma.stack(list(dataset.sample(zip(x, y), indexes=1, masked=True)))
    except (rasterio.errors.RasterioIOError, AttributeError) as error:
        raise StackError(f"The cost raster {path} cannot be used: {error}", "It needs a reference system.") from error
    costs = np.full(len(xy_m), np.nan)
    costs[here] = np.ma.filled(found[:, 0].astype(np.float64), np.nan)
    return costs


def relative_costs(costs: FloatArray) -> FloatArray:
    """Return costs in units of the median; unknown ones count as the highest.

    Raises:
        SamplesError: a cost is negative, or none is known.
    """
    known = np.isfinite(costs)
    if not known.any() or costs[known].min() < 0:
        raise SamplesError("The cost layer has no value at the objects, or negative ones.", "Check its extent.")
    median = float(np.median(costs[known]))
    scaled = np.where(known, costs, costs[known].max())
    relative: FloatArray = scaled / (median if median > 0 else max(float(scaled.max()), 1.0))
    return relative
