"""The true area of pixels: on the ellipsoid, wherever the map's own grid does not keep areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import CRSError
from rasterio.transform import Affine

from cropsample_plugin.engine.errors import StackError

FloatArray = npt.NDArray[np.float64]

_PROBES = 9
_TOLERANCE = 0.005
_ALONG_ROWS = 0.001
_CHUNK_PX = 256


@dataclass(frozen=True)
class PixelAreas:
    """Areas of a map's pixels in square metres.

    Attributes:
        rows: ``(height,)`` area of the pixels of each row; of one chunk of columns when they differ along rows.
        chunks: ``(n_chunks + 1,)`` edges of column ranges of equal area.
        factors: ``(n_bands, n_chunks)`` correction of `rows` by band of rows and chunk; ones where rows suffice.
        band_px: rows of a band of `factors`.
        how: what was done, for the report.
        is_constant: every pixel has the same area.
    """

    rows: FloatArray
    chunks: npt.NDArray[np.int64]
    factors: FloatArray
    band_px: int
    how: str
    is_constant: bool

    def at(self, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]) -> FloatArray:
        """Return the areas of pixels."""
        chunk = np.searchsorted(self.chunks, columns, side="right") - 1
        areas: FloatArray = self.rows[rows] * self.factors[rows // self.band_px, chunk]
        return areas

    def of_rows(self, row: int, n_rows: int) -> FloatArray:
        """Return ``(n_rows, n_chunks)`` areas of the pixels in each chunk of columns."""
        span = np.arange(row, row + n_rows)
        areas: FloatArray = self.rows[span, None] * self.factors[span // self.band_px]
        return areas


def pixel_areas(transform: Affine, crs: Any, shape: tuple[int, int]) -> PixelAreas:  # noqa: ANN401 - rasterio is untyped
    """Return the true areas of a map's pixels.

    Geographic coordinates: closed form on the ellipsoid, row by row. Projected ones: the nominal area where it is right
    within 0.5 % everywhere; else geodesic areas, on bands and chunks of 256 pixels.

    Raises:
        StackError: no reference system, or one that is neither geographic nor projected.
    """
    if crs is None:
        raise StackError("The map has no coordinate reference system.", "Set it in the raster's properties.")
    try:
        system = CRS.from_wkt(crs.to_wkt())
    except CRSError as error:
        raise StackError(f"The map's reference system is not understood: {error}", "Assign another one.") from error
    if system.is_geographic and transform.b == 0 and transform.d == 0:
        return _geographic(transform, system, shape)
    if not (system.is_geographic or system.is_projected):
        raise StackError("The map's reference system gives no areas.", "Use a geographic or projected one.")
    return _projected(transform, system, shape)


def _geographic(transform: Affine, system: CRS, shape: tuple[int, int]) -> PixelAreas:
    height, width = shape
    unit = system.axis_info[0].unit_conversion_factor if system.axis_info else np.pi / 180.0
    edges = np.clip((transform.f + transform.e * np.arange(height + 1)) * unit, -np.pi / 2, np.pi / 2)
    geod = system.get_geod() or Geod(ellps="WGS84")
    zones = _area_from_equator(edges, float(geod.a), float(geod.b))
    rows = np.abs(np.diff(zones)) * abs(transform.a) * unit
    how = "true area on the ellipsoid, row by row (geographic coordinates)"
    return PixelAreas(rows, np.array([0, width]), np.ones((1, 1)), max(height, 1), how, is_constant=False)


def _area_from_equator(latitudes: FloatArray, semi_major: float, semi_minor: float) -> FloatArray:
    """Return the area between the equator and each latitude per radian of longitude, in square metres (Snyder 1987)."""
    sine = np.sin(latitudes)
    square = 1.0 - (semi_minor / semi_major) ** 2
    if square < 1e-15:  # noqa: PLR2004 - a sphere
        return semi_major**2 * sine
    eccentricity = np.sqrt(square)
    zones: FloatArray = (
        semi_minor**2 / 2.0 * (sine / (1.0 - square * sine**2) + np.arctanh(eccentricity * sine) / eccentricity)
    )
    return zones


def _projected(transform: Affine, system: CRS, shape: tuple[int, int]) -> PixelAreas:
    height, width = shape
    unit = system.axis_info[0].unit_conversion_factor if system.is_projected else 1.0
    nominal = abs(transform.a * transform.e - transform.b * transform.d) * unit**2
    probes = _geodesic(transform, system, _spread(height), _spread(width))
    whole = np.array([0, width])
    if system.is_projected:
        off = float(np.abs(probes / nominal - 1.0).max())
        if off <= _TOLERANCE:
            how = f"pixel size of the projection, right within {max(off, 1e-5):.3%} on this map"
            return PixelAreas(np.full(height, nominal), whole, np.ones((1, 1)), max(height, 1), how, is_constant=True)
    how = "true area on the ellipsoid (the projection does not keep areas)"
    if float((np.ptp(probes, axis=1) / probes.mean(axis=1)).max()) <= _ALONG_ROWS:
        rows = _smooth_rows(transform, system, height, width)
        return PixelAreas(rows, whole, np.ones((1, 1)), max(height, 1), how, is_constant=False)
    edges = np.unique(np.append(np.arange(0, width, _CHUNK_PX), width))
    bands = np.arange(0, height, _CHUNK_PX)
    areas = _geodesic(
        transform, system, np.minimum(bands + _CHUNK_PX // 2, height - 1), (edges[:-1] + edges[1:] - 1) // 2
    )
    return PixelAreas(np.ones(height), edges, areas, _CHUNK_PX, how, is_constant=False)


def _smooth_rows(transform: Affine, system: CRS, height: int, width: int) -> FloatArray:
    """Return the area of each row from every 32nd: areas vary smoothly."""
    some = np.unique(np.append(np.arange(0, height, 32), height - 1))
    areas = _geodesic(transform, system, some, np.array([width // 2]))[:, 0]
    rows: FloatArray = np.interp(np.arange(height), some, areas)
    return rows


def _spread(length: int) -> npt.NDArray[np.int64]:
    return np.unique(np.linspace(0, length - 1, _PROBES).astype(np.int64))


def _geodesic(
    transform: Affine, system: CRS, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]
) -> FloatArray:
    """Return ``(n_rows, n_columns)`` geodesic areas of pixels in square metres."""
    geod = system.get_geod() or Geod(ellps="WGS84")
    base = system.geodetic_crs or CRS.from_epsg(4326)
    to_degrees = Transformer.from_crs(system, base, always_xy=True)
    areas = np.empty((len(rows), len(columns)))
    across, down = np.array([0, 1, 1, 0]), np.array([0, 0, 1, 1])
    for first, row in enumerate(rows):
        for second, column in enumerate(columns):
            x, y = transform * (column + across, row + down)
            longitude, latitude = to_degrees.transform(x, y)
            areas[first, second] = abs(geod.polygon_area_perimeter(longitude, latitude)[0])
    if not np.isfinite(areas).all():
        raise StackError("The map reaches beyond where its projection is defined.", "Cut it to the area of interest.")
    return areas
