"""Parcels as objects: burnt into the pixel grid, so that every parcel has its own pixels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer
from rasterio.features import rasterize
from rasterio.transform import array_bounds
from rasterio.windows import Window
from rasterio.windows import transform as window_transform

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.sampling.object_geometry import GeometryArray, repaired
from cropsample_plugin.engine.sampling.pixel_features import PixelFeatures
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

IntArray = npt.NDArray[np.int64]
LabelFile = np.memmap[tuple[int, int], np.dtype[np.int64]]

_STRIP_ROWS = 256


@dataclass(frozen=True)
class BurntParcels:
    """Parcels on the grid of a raster.

    Attributes:
        labels: ``(height, width)`` on disk: row of the parcel + 1, 0 where there is none.
        shapes: ``(n_parcels,)`` valid shapes in the raster's reference system, None where unusable.
        n_repaired: invalid shapes that were repaired.
        n_overlapping: parcels that share ground with another one; the later one in the file owns shared pixels.
        n_outside: parcels without a pixel of the raster.
    """

    labels: LabelFile
    shapes: GeometryArray
    n_repaired: int
    n_overlapping: int
    n_outside: int


def burn_parcels(table: SampleTable, source: PixelFeatures, folder: Path, progress: Progress) -> BurntParcels:
    """Burn parcels into a label file strip by strip; a parcel below a pixel's size gets the pixel at its middle.

    Raises:
        SamplesError: no parcel lies on the raster.
    """
    shapes, n_repaired = repaired(shapely.from_wkb(table.geometry))
    shapes = _in_crs(shapes, table, source)
    labels = np.memmap(folder / "parcels.bin", dtype=np.int64, mode="w+", shape=(source.height, source.width))
    here = np.flatnonzero(~shapely.is_missing(shapes))
    tree = shapely.STRtree(shapes[here])
    for start in range(0, source.height, _STRIP_ROWS):
        raise_if_canceled(progress)
        window = Window(0, start, source.width, min(_STRIP_ROWS, source.height - start))
        transform = window_transform(window, source.transform)
        box = shapely.box(*array_bounds(int(window.height), source.width, transform))
        rows = np.sort(here[tree.query(box)])
        if len(rows):
            shape = int(window.height), source.width
            pairs = ((shapes[row], int(row) + 1) for row in rows)
            labels[start : start + shape[0]] = rasterize(pairs, shape, transform=transform, dtype="int64")
        progress.report(start / source.height, "Burning parcels")
    _add_small(labels, shapes, here, source)
    found = _present(labels)
    n_outside = len(shapes) - np.count_nonzero(found)
    if n_outside == len(shapes):
        raise SamplesError("No parcel lies on the raster.", "Check the coordinate systems of both.")
    return BurntParcels(labels, shapes, n_repaired, _count_overlapping(shapes[here], tree), int(n_outside))


def _count_overlapping(shapes: GeometryArray, tree: shapely.STRtree) -> int:
    """Return how many parcels share ground with another one, partly or altogether."""
    pairs = np.concatenate([tree.query(shapes, predicate=name) for name in ("overlaps", "contains")], axis=1)
    return len(np.unique(pairs[:, pairs[0] != pairs[1]]))


def _present(labels: LabelFile) -> IntArray:
    """Return the labels that some pixel has, 0 included when some pixel has none."""
    strips = range(0, len(labels), _STRIP_ROWS)
    present: IntArray = np.unique(np.concatenate([np.unique(labels[start : start + _STRIP_ROWS]) for start in strips]))
    return present


def _in_crs(shapes: GeometryArray, table: SampleTable, source: PixelFeatures) -> GeometryArray:
    if not table.crs:
        raise SamplesError("The parcels have no coordinate reference system.", "Set it in the layer's properties.")
    here = ~shapely.is_missing(shapes)
    if source.crs is None:
        raise SamplesError("The raster has no coordinate reference system.", "Set it in the raster's properties.")
    transformer = Transformer.from_crs(CRS(table.crs), CRS(source.crs.to_wkt()), always_xy=True)
    moved = shapes.copy()
    moved[here] = shapely.transform(
        shapes[here], lambda xy: np.stack(transformer.transform(xy[:, 0], xy[:, 1]), axis=1)
    )
    return moved


def _add_small(labels: LabelFile, shapes: GeometryArray, here: IntArray, source: PixelFeatures) -> None:
    """Give parcels that hold no pixel centre the pixel at their middle, unless another parcel owns it."""
    missing = np.setdiff1d(here + 1, _present(labels)) - 1
    if len(missing) == 0:
        return
    points = shapely.point_on_surface(shapes[missing])
    inverse = ~source.transform
    x, y = shapely.get_x(points), shapely.get_y(points)
    columns, rows = inverse.a * x + inverse.b * y + inverse.c, inverse.d * x + inverse.e * y + inverse.f
    for parcel, row, column in zip(missing, np.floor(rows), np.floor(columns)):
        inside = 0 <= row < source.height and 0 <= column < source.width
        if inside and labels[int(row), int(column)] == 0:
            labels[int(row), int(column)] = parcel + 1
