"""The area images are wanted for: polygons in any reference system, as degrees and on a grid."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import shapely

from cropsample_plugin.engine.errors import InputError

DEGREES = "OGC:CRS84"
LARGEST_AREA_KM2 = 2_000_000.0
_POLYGONAL = (3, 6)
_EDGES = 64
_NORTHERNMOST = 90.0
_ANTIMERIDIAN = 180.0

Polygons = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Area:
    """Polygons in their own reference system and in degrees.

    Attributes:
        polygons: array of shapely polygons.
        crs: their reference system.
        degrees: their union, longitude and latitude.
    """

    polygons: Polygons
    crs: pyproj.CRS
    degrees: shapely.Geometry

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        west, south, east, north = (float(value) for value in self.degrees.bounds)
        return west, south, east, north

    @property
    def km2(self) -> float:
        """Area of the bounding box in square kilometres."""
        geod = pyproj.Geod(ellps="WGS84")
        return abs(float(geod.geometry_area_perimeter(shapely.segmentize(shapely.box(*self.bbox), 1.0))[0])) / 1e6

    def on(self, crs: pyproj.CRS) -> Polygons:
        """Return the polygons in another reference system.

        Raises:
            InputError: they have no place there.
        """
        projected = _projected(self.polygons, self.crs, crs)
        if not np.isfinite(shapely.bounds(projected)).all():
            raise InputError(
                f"The area has no place in {crs.name}.", "Choose another CRS, or leave it empty for that of the images."
            )
        return projected


def read_area(path: str) -> Area:
    """Read the polygons of an area.

    Raises:
        InputError: the file cannot be read or holds no polygon, lacks a reference system, crosses the antimeridian,
            or is larger than two million square kilometres.
    """
    try:
        meta, _, raw, _ = pyogrio.raw.read(path, columns=[])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise InputError(f"The area {path} cannot be read: {error}", "Check that it opens in QGIS.") from error
    name = Path(path).name
    geometries = shapely.force_2d(shapely.from_wkb([] if raw is None else raw))
    usable = np.isin(shapely.get_type_id(geometries), _POLYGONAL) & ~shapely.is_empty(geometries)
    if not usable.any():
        raise InputError(f"The area {name} holds no polygon.", "Choose a polygon layer with features.")
    if not meta["crs"]:
        raise InputError(f"The area {name} has no coordinate reference system.", "Set it in QGIS (Layer, Set CRS).")
    polygons = shapely.make_valid(geometries[usable])
    crs = pyproj.CRS.from_user_input(meta["crs"])
    degrees = _projected(polygons, crs, pyproj.CRS.from_user_input(DEGREES))
    _check_place(degrees, name)
    area = Area(polygons, crs, shapely.union_all(shapely.make_valid(degrees)))
    if area.km2 > LARGEST_AREA_KM2:
        raise InputError(
            f"The area spans {area.km2:,.0f} km2: at 10 m that is {area.km2 / 50_000:,.0f} GB for each band and date.",
            f"Choose an area of less than {LARGEST_AREA_KM2:,.0f} km2.",
        )
    return area


def _projected(polygons: Polygons, source: pyproj.CRS, target: pyproj.CRS) -> Polygons:
    """Return polygons in another system, with points added along edges, which are curved there."""
    if source == target:
        return polygons
    west, south, east, north = shapely.total_bounds(polygons)
    longest = max(east - west, north - south) / _EDGES
    transformer = pyproj.Transformer.from_crs(source, target, always_xy=True)

    def project(coordinates: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(coordinates[:, 0], coordinates[:, 1]))

    moved: Polygons = shapely.transform(shapely.segmentize(polygons, longest) if longest > 0 else polygons, project)
    return moved


def _check_place(degrees: Polygons, name: str) -> None:
    west, south, east, north = shapely.total_bounds(degrees)
    if not np.isfinite([west, south, east, north]).all():
        raise InputError(f"The area {name} has no place on Earth.", "Check its coordinate reference system.")
    if west < -_ANTIMERIDIAN or east > _ANTIMERIDIAN or east - west > _ANTIMERIDIAN:
        raise InputError(
            f"The area {name} crosses the antimeridian (180 degrees) or spans half the Earth: "
            f"longitudes {west:.4g} to {east:.4g}.",
            "Cut it there and run once for each part.",
        )
    if south < -_NORTHERNMOST or north > _NORTHERNMOST:
        raise InputError(
            f"The area {name} has latitudes {south:.4g} to {north:.4g}.", "Check its coordinate reference system."
        )
