"""Which pixels of a grid stand for a point or polygon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Callable, TypeAlias

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from rasterio.transform import Affine

from cropsample_plugin.engine.errors import InputError

Geometry: TypeAlias = shapely.Geometry
Indices = npt.NDArray[np.int64]

# Below this many pixels in a polygon's envelope all are looked at; above, they are drawn at random.
_MOST_LISTED = 1_000_000
_DRAWS_PER_ROUND = 4096
_MOST_ROUNDS = 500


@dataclass(frozen=True)
class PixelGrid:
    """A raster grid; sizes in pixels, ``crs`` as text."""

    transform: Affine
    crs: str
    width: int
    height: int


@dataclass(frozen=True)
class PixelRule:
    """How pixels of a polygon are chosen.

    Attributes:
        mode: a name of `PIXEL_MODES`.
        pixels_per_polygon: how many, for random pixels.
        inner_buffer_m: distance in metres on the ground to keep from the edge.
        seed: seed of the random choice.
    """

    mode: str = "central"
    pixels_per_polygon: int = 1
    inner_buffer_m: float = 0.0
    seed: int = 42

    def __post_init__(self) -> None:
        """Check the values; `InputError` names the wrong one."""
        if self.mode not in PIXEL_MODES:
            raise InputError(f"Unknown mode '{self.mode}'.", f"Use {' or '.join(PIXEL_MODES)}.")
        if self.pixels_per_polygon < 1:
            raise InputError(f"PIXELS_PER_POLYGON is {self.pixels_per_polygon}.", "Give 1 or more.")
        if not 0.0 <= self.inner_buffer_m < float("inf"):
            raise InputError(f"INNER_BUFFER is {self.inner_buffer_m} m.", "Give 0 or more metres.")


def central_pixel(polygon: Geometry, rule: PixelRule, rng: np.random.Generator) -> Indices:  # noqa: ARG001 - one signature
    """Return the pixel nearest to the pole of inaccessibility among those whose centre lies inside.

    Args:
        polygon: in pixel coordinates: x = column, y = row, pixel centres at halves, clipped to the raster.
        rule: not used.
        rng: not used.

    Returns:
        ``(0 or 1, 2)`` column and row.
    """
    pole = shapely.get_point(shapely.maximum_inscribed_circle(polygon, tolerance=0.01), 0)
    x, y = float(shapely.get_x(pole)), float(shapely.get_y(pole))
    nearest = np.array([[np.floor(x), np.floor(y)]], dtype=np.int64)
    if _inside(polygon, nearest)[0]:
        return nearest
    inside = _listed(polygon)
    if len(inside) == 0:
        return inside
    distances = np.hypot(inside[:, 0] + 0.5 - x, inside[:, 1] + 0.5 - y)
    return inside[[int(np.argmin(distances))]]


def random_pixels(polygon: Geometry, rule: PixelRule, rng: np.random.Generator) -> Indices:
    """Return ``(n, 2)`` columns and rows of different random pixels whose centres lie inside; all when fewer."""
    west, north, east, south = shapely.bounds(polygon)
    if (east - west) * (south - north) > _MOST_LISTED:
        return _drawn(polygon, rule.pixels_per_polygon, rng)
    inside = _listed(polygon)
    if len(inside) <= rule.pixels_per_polygon:
        return inside
    return inside[np.sort(rng.choice(len(inside), rule.pixels_per_polygon, replace=False))]


PIXEL_MODES: dict[str, Callable[[Geometry, PixelRule, np.random.Generator], Indices]] = {
    "central": central_pixel,
    "random": random_pixels,
}


def to_pixel_coordinates(geometry: Geometry, transform: Affine) -> Geometry:
    """Return a geometry with x = column and y = row."""
    inverse = ~transform

    def apply(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        columns = inverse.a * xy[:, 0] + inverse.b * xy[:, 1] + inverse.c
        rows = inverse.d * xy[:, 0] + inverse.e * xy[:, 1] + inverse.f
        return np.column_stack([columns, rows])

    moved: Geometry = shapely.transform(geometry, apply)
    return moved


def reprojected(geometry: Geometry, transformer: pyproj.Transformer) -> Geometry:
    """Return a geometry with every vertex reprojected."""
    moved: Geometry = shapely.transform(geometry, transformer.transform, interleaved=False)
    return moved


def shrunk(polygon: Geometry, crs: str, distance_m: float) -> Geometry:
    """Return a polygon without its edge of so many metres on the ground, whatever its reference system.

    The distance is measured in an azimuthal equidistant projection centred nearby, so degrees and projections that
    stretch do not matter.
    """
    there, back = _local_transformers(crs, *_rounded_place(polygon, crs))
    return reprojected(shapely.buffer(reprojected(polygon, there), -distance_m), back)


def _rounded_place(polygon: Geometry, crs: str) -> tuple[float, float]:
    centre = shapely.centroid(polygon)
    to_degrees = _to_degrees(crs)
    longitude, latitude = to_degrees.transform(shapely.get_x(centre), shapely.get_y(centre))
    return round(longitude * 4) / 4, round(latitude * 4) / 4


@lru_cache(maxsize=8)
def _to_degrees(crs: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)


@lru_cache(maxsize=256)
def _local_transformers(crs: str, longitude: float, latitude: float) -> tuple[pyproj.Transformer, pyproj.Transformer]:
    local = pyproj.CRS.from_dict(
        {"proj": "aeqd", "lon_0": longitude, "lat_0": latitude, "datum": "WGS84", "units": "m"}
    )
    there = pyproj.Transformer.from_crs(crs, local, always_xy=True)
    return there, pyproj.Transformer.from_crs(local, crs, always_xy=True)


def _inside(polygon: Geometry, pixels: Indices) -> npt.NDArray[np.bool_]:
    inside: npt.NDArray[np.bool_] = shapely.contains_xy(polygon, pixels[:, 0] + 0.5, pixels[:, 1] + 0.5)
    return inside


def _listed(polygon: Geometry) -> Indices:
    """Return all pixels whose centres lie inside; a band of rows at a time keeps memory small."""
    west, north, east, south = shapely.bounds(polygon)
    columns = np.arange(int(np.floor(west)), int(np.ceil(east)), dtype=np.int64)
    rows_at_once = max(1, _MOST_LISTED // max(1, len(columns)))
    shapely.prepare(polygon)
    found = [np.empty((0, 2), dtype=np.int64)]
    for first in range(int(np.floor(north)), int(np.ceil(south)), rows_at_once):
        rows = np.arange(first, min(first + rows_at_once, int(np.ceil(south))), dtype=np.int64)
        pixels = np.column_stack([np.tile(columns, len(rows)), np.repeat(rows, len(columns))])
        found.append(pixels[_inside(polygon, pixels)])
    return np.concatenate(found)


def _drawn(polygon: Geometry, count: int, rng: np.random.Generator) -> Indices:
    """Draw pixels in the envelope until enough different ones lie inside."""
    west, north, east, south = (int(np.floor(value)) for value in shapely.bounds(polygon))
    shapely.prepare(polygon)
    found = np.empty((0, 2), dtype=np.int64)
    for _ in range(_MOST_ROUNDS):
        drawn = np.column_stack(
            [rng.integers(west, east + 1, _DRAWS_PER_ROUND), rng.integers(north, south + 1, _DRAWS_PER_ROUND)]
        )
        joined = np.concatenate([found, drawn[_inside(polygon, drawn)]])
        _, first = np.unique(joined, axis=0, return_index=True)
        found = joined[np.sort(first)]
        if len(found) >= count:
            break
    return found[:count]
