"""Numbers and shapes of labelled objects: mean features, places, true areas, polygons, and strata as a raster."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
import shapely
from rasterio.features import shapes as polygonise
from rasterio.windows import Window

from cropsample_plugin.about import installation_path
from cropsample_plugin.engine.output_files import replaced_when_done
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.sampling.object_geometry import GeometryArray
from cropsample_plugin.engine.sampling.pixel_features import PixelFeatures
from cropsample_plugin.engine.sampling.segment_kernels import add_object_pixels, add_object_sums

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
LabelFile = np.memmap[tuple[int, int], np.dtype[np.int64]]

STRATA_NODATA = 0
_STRIP_ROWS = 256
_COLORS_FILE = "resources/stratum_colors.json"


@dataclass(frozen=True)
class Zones:
    """What is known of each object after one look at the raster.

    Attributes:
        features: ``(n_objects, n_features)`` mean over the object's usable pixels, NaN where none is.
        n_pixels: ``(n_objects,)``.
    """

    features: FloatArray
    n_pixels: IntArray


def zonal_means(source: PixelFeatures, labels: LabelFile, n_objects: int, progress: Progress) -> Zones:
    """Average the features of every object, tile by tile."""
    n_features = len(source.names)
    sums = np.zeros((n_objects + 1, n_features))
    counts = np.zeros((n_objects + 1, n_features), dtype=np.int64)
    n_pixels = np.zeros(n_objects + 1, dtype=np.int64)
    side = source.tile_side()
    with rasterio.open(source.path) as dataset:
        for top, left in product(range(0, source.height, side), range(0, source.width, side)):
            raise_if_canceled(progress)
            tile = np.array(labels[top : top + side, left : left + side])
            values, usable = source.read(dataset, Window(left, top, tile.shape[1], tile.shape[0]))
            add_object_pixels(tile, n_pixels)
            tile[~usable] = 0
            add_object_sums(values.reshape(-1, n_features), tile.ravel(), sums, counts)
            progress.report(top / source.height, "Features of objects")
    with np.errstate(invalid="ignore"):
        means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return Zones(means[1:], n_pixels[1:])


def object_polygons(labels: LabelFile, source: PixelFeatures, n_objects: int, folder: Path) -> GeometryArray:
    """Return ``(n_objects,)`` outlines of objects in the raster's coordinates.

    Args:
        labels: object labels, 0 for none.
        source: the grid.
        n_objects: number of objects.
        folder: a working folder for a file of 4 bytes a pixel.
    """
    found = np.full(n_objects, None, dtype=object)
    path = folder / "labels.tif"
    _write_labels(path, labels, source)
    with rasterio.open(path) as dataset:
        band = rasterio.band(dataset, 1)
        for outline, value in polygonise(band, connectivity=4, transform=source.transform):
            position = int(value) - 1
            if position < 0:
                continue
            rings = [np.asarray(ring) for ring in outline["coordinates"]]
            polygon = shapely.polygons(rings[0], holes=[shapely.linearrings(ring) for ring in rings[1:]] or None)
            found[position] = polygon if found[position] is None else shapely.union(found[position], polygon)
    return found


def _write_labels(path: Path, labels: LabelFile, source: PixelFeatures) -> None:
    """Write labels as a raster from which outlines are traced line by line."""
    profile = {"driver": "GTiff", "width": source.width, "height": source.height, "count": 1, "dtype": "int32"}
    with rasterio.open(path, "w", **profile, transform=source.transform, BIGTIFF="IF_SAFER") as dataset:
        for start in range(0, source.height, _STRIP_ROWS):
            strip = np.array(labels[start : start + _STRIP_ROWS], dtype=np.int32)
            dataset.write(strip, 1, window=Window(0, start, source.width, len(strip)))


def write_strata_raster(
    target: Path, labels: LabelFile, stratum_of: IntArray, names: tuple[Any, ...], source: PixelFeatures
) -> None:
    """Write the raster twin of the strata: 1 .. n_strata with colours and names, 0 for no stratum.

    Args:
        target: GeoTIFF to write.
        labels: object labels, 0 for none.
        stratum_of: ``(n_objects,)`` stratum of each object from 1, 0 for none.
        names: ``(n_strata,)`` stratum names.
        source: the grid.
    """
    dtype = "uint8" if len(names) < np.iinfo(np.uint8).max else "uint16"
    lookup = np.concatenate([[STRATA_NODATA], stratum_of]).astype(dtype)
    profile = {"driver": "GTiff", "width": source.width, "height": source.height, "count": 1, "dtype": dtype}
    profile |= {"crs": source.crs, "transform": source.transform, "nodata": STRATA_NODATA, "compress": "deflate"}
    profile |= {"tiled": True, "blockxsize": 256, "blockysize": 256, "BIGTIFF": "IF_SAFER"}
    with replaced_when_done(target) as partial, rasterio.open(partial, "w", **profile) as dataset:
        for start in range(0, source.height, _STRIP_ROWS):
            strip = lookup[np.array(labels[start : start + _STRIP_ROWS])]
            dataset.write(strip, 1, window=Window(0, start, source.width, len(strip)))
        if dtype == "uint8":
            colors = {number: _rgba(number - 1) for number in range(1, len(names) + 1)}
            dataset.write_colormap(1, {0: (0, 0, 0, 0), **colors})
        dataset.set_band_description(1, "stratum")


def stratum_color(position: int) -> str:
    """Return the colour of the n-th stratum as ``#rrggbb``; the same in rasters, layers and reports."""
    colors = _colors()
    return colors[position % len(colors)]


@lru_cache(maxsize=1)
def _colors() -> tuple[str, ...]:
    return tuple(json.loads(installation_path(_COLORS_FILE).read_text(encoding="utf-8")))


def _rgba(position: int) -> tuple[int, int, int, int]:
    text = stratum_color(position)
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16), 255
