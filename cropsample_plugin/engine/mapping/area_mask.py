"""The area to predict: polygons in any coordinate reference system, burnt into the grid block by block."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import rasterio.features
import rasterio.windows
import shapely

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.mapping.map_files import MapGrid

BoolArray = npt.NDArray[np.bool_]
_POLYGONAL = (3, 6)
_LONGEST_EDGE_PX = 64


@dataclass(frozen=True)
class AreaMask:
    """Polygons in the raster's coordinates.

    Attributes:
        polygons: array of shapely polygons or multipolygons.
        transform: pixel to map coordinates of the raster.
        digest: identifies the polygons, whatever file they came in.
    """

    polygons: npt.NDArray[np.object_]
    transform: rasterio.Affine
    digest: str

    def burn(self, block: Block) -> BoolArray:
        """Return ``(height, width)``, True where the pixel's centre lies inside a polygon."""
        touching = self._touching(block)
        if len(touching) == 0:
            return np.zeros((block.height, block.width), dtype=bool)
        burnt = rasterio.features.rasterize(
            ((polygon, 1) for polygon in self.polygons[touching]),
            out_shape=(block.height, block.width),
            transform=rasterio.windows.transform(block.window, self.transform),
            dtype=np.uint8,
        )
        return np.asarray(burnt, dtype=bool)

    def touches(self, block: Block) -> bool:
        """Return whether any polygon may reach into a block."""
        return len(self._touching(block)) > 0

    def _touching(self, block: Block) -> npt.NDArray[np.int64]:
        bounds = rasterio.windows.bounds(block.window, self.transform)
        found: npt.NDArray[np.int64] = np.sort(self._tree.query(shapely.box(*bounds), predicate="intersects"))
        return found

    @cached_property
    def _tree(self) -> Any:  # noqa: ANN401 - shapely is untyped
        return shapely.STRtree(self.polygons)


def read_area(path: str | Path, stack: MapGrid) -> AreaMask:
    """Read the polygons of an area and bring them into the raster's coordinates.

    Raises:
        InputError: the file cannot be read, holds no polygon, or does not overlap the raster.
    """
    polygons, crs = _read_polygons(path)
    polygons = _reprojected(polygons, crs, stack, path)
    extent = shapely.box(*rasterio.transform.array_bounds(stack.height, stack.width, stack.transform))
    if not shapely.intersects(polygons, extent).any():
        raise InputError(
            f"The area {Path(path).name} does not overlap the raster.",
            "Check both coordinate reference systems and where the layers lie.",
        )
    digest = hashlib.sha256(b"".join(shapely.to_wkb(polygons, byte_order=1))).hexdigest()
    return AreaMask(polygons, stack.transform, digest)


def _read_polygons(path: str | Path) -> tuple[npt.NDArray[np.object_], str | None]:
    try:
        meta, _, raw, _ = pyogrio.raw.read(path, columns=[])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise InputError(f"The area {path} cannot be read: {error}", "Check that it opens in QGIS.") from error
    geometries = shapely.force_2d(shapely.from_wkb([] if raw is None else raw))
    usable = np.isin(shapely.get_type_id(geometries), _POLYGONAL) & ~shapely.is_empty(geometries)
    if not usable.any():
        raise InputError(f"The area {Path(path).name} holds no polygon.", "Choose a polygon layer with features.")
    return shapely.make_valid(geometries[usable]), meta["crs"]


def _reprojected(
    polygons: npt.NDArray[np.object_], crs: str | None, stack: MapGrid, path: str | Path
) -> npt.NDArray[np.object_]:
    if stack.crs is None and crs is None:
        return polygons
    if stack.crs is None or crs is None:
        lacking = "The raster" if stack.crs is None else Path(path).name
        raise InputError(
            f"{lacking} has no coordinate reference system, so the area cannot be placed on the stack.",
            "Set it in QGIS (Layer, Set CRS), export the layer, and try again.",
        )
    source, target = pyproj.CRS.from_user_input(crs), pyproj.CRS.from_wkt(stack.crs.to_wkt())
    if source == target:
        return polygons
    transformer = pyproj.Transformer.from_crs(source, target, always_xy=True)
    dense = _near_the_raster(polygons, stack, pyproj.Transformer.from_crs(target, source, always_xy=True))

    def project(coordinates: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))

    projected = shapely.transform(dense, project)
    finite = np.isfinite(shapely.bounds(projected)).all(axis=1)
    sound: npt.NDArray[np.object_] = shapely.make_valid(projected[finite])
    return sound


def _near_the_raster(
    polygons: npt.NDArray[np.object_], stack: MapGrid, to_source: pyproj.Transformer
) -> npt.NDArray[np.object_]:
    """Cut polygons to the raster's surroundings and add points along edges.

    A straight edge is curved in another projection, and what lies far away may have no place in it.
    """
    bounds = rasterio.transform.array_bounds(stack.height, stack.width, stack.transform)
    left, bottom, right, top = to_source.transform_bounds(*bounds)
    longest = _LONGEST_EDGE_PX * min((right - left) / stack.width, (top - bottom) / stack.height)
    if not np.isfinite(longest) or longest <= 0:
        return polygons
    surroundings = shapely.box(left - longest, bottom - longest, right + longest, top + longest)
    cut = shapely.intersection(polygons, surroundings)
    dense: npt.NDArray[np.object_] = shapely.segmentize(cut[~shapely.is_empty(cut)], longest)
    return dense
