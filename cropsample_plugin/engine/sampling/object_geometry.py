"""Shapes of objects on the ground: true areas, a point well inside each, positions in metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Transformer

from cropsample_plugin.engine.errors import SamplesError

FloatArray = npt.NDArray[np.float64]
GeometryArray = npt.NDArray[Any]

_M2_PER_HA = 10_000.0
_POLE_TOLERANCE_SHARE = 0.02


@dataclass(frozen=True)
class GroundProjection:
    """The Lambert azimuthal equal-area projection centred on a layer, in metres; areas in it are true areas.

    Attributes:
        crs: of the layer.
        projected: the projection.
    """

    crs: CRS
    projected: CRS

    @classmethod
    def around(cls, crs: str, bounds: tuple[float, float, float, float]) -> GroundProjection:
        """Return the projection for a layer with these bounds, in the layer's coordinates.

        Raises:
            SamplesError: the layer has no usable coordinate reference system.
        """
        if not crs:
            raise SamplesError("The layer has no coordinate reference system.", "Set it in the layer's properties.")
        source = CRS.from_user_input(crs)
        to_degrees = Transformer.from_crs(source, CRS.from_epsg(4326), always_xy=True)
        longitude, latitude = to_degrees.transform((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)
        if not np.isfinite(longitude + latitude):
            raise SamplesError("The layer's coordinates do not fit its reference system.", "Check the layer's CRS.")
        text = f"+proj=laea +lat_0={latitude:.4f} +lon_0={longitude:.4f} +datum=WGS84 +units=m"
        return cls(source, CRS.from_proj4(text))

    def to_ground(self, geometries: GeometryArray) -> GeometryArray:
        """Project geometries to metres."""
        return self._moved(geometries, self.crs, self.projected)

    def to_layer(self, geometries: GeometryArray) -> GeometryArray:
        """Bring geometries in metres back to the layer's coordinates."""
        return self._moved(geometries, self.projected, self.crs)

    def xy_to_ground(self, xy: FloatArray) -> FloatArray:
        """Project ``(n, 2)`` coordinates to metres."""
        transformer = Transformer.from_crs(self.crs, self.projected, always_xy=True)
        return np.stack(transformer.transform(xy[:, 0], xy[:, 1]), axis=1)

    def degrees_of(self, points: GeometryArray) -> FloatArray:
        """Return ``(n, 2)`` longitude and latitude (WGS 84) of points in metres."""
        transformer = Transformer.from_crs(self.projected, CRS.from_epsg(4326), always_xy=True)
        return np.stack(transformer.transform(shapely.get_x(points), shapely.get_y(points)), axis=1)

    @staticmethod
    def _moved(geometries: GeometryArray, source: CRS, target: CRS) -> GeometryArray:
        transformer = Transformer.from_crs(source, target, always_xy=True)
        moved: GeometryArray = shapely.transform(
            geometries, lambda xy: np.stack(transformer.transform(xy[:, 0], xy[:, 1]), axis=1)
        )
        return moved


def areas_ha(ground: GeometryArray) -> FloatArray:
    """Return true areas in hectares of geometries in the equal-area projection."""
    areas: FloatArray = shapely.area(ground) / _M2_PER_HA
    return areas


def inner_points(ground: GeometryArray) -> GeometryArray:
    """Return a point inside each geometry, quick to compute."""
    points: GeometryArray = shapely.point_on_surface(ground)
    return points


def poles_of_inaccessibility(ground: GeometryArray) -> GeometryArray:
    """Return the point of each polygon that is farthest from its edge; of points and lines a point on them."""
    points = inner_points(ground)
    for position, geometry in enumerate(ground):
        if geometry is None or shapely.area(geometry) <= 0:
            continue
        tolerance = np.sqrt(shapely.area(geometry)) * _POLE_TOLERANCE_SHARE
        radius = shapely.maximum_inscribed_circle(geometry, tolerance=tolerance)
        points[position] = shapely.get_point(radius, 0)
    return points


def repaired(geometries: GeometryArray) -> tuple[GeometryArray, int]:
    """Return valid polygons and how many had to be repaired; what has no area becomes None."""
    broken = ~shapely.is_valid(geometries) & ~shapely.is_missing(geometries)
    valid = geometries.copy()
    for position in np.flatnonzero(broken):
        parts = shapely.get_parts(shapely.make_valid(geometries[position]))
        parts = np.concatenate([shapely.get_parts(part) for part in parts])
        polygons = parts[shapely.area(parts) > 0]
        valid[position] = shapely.union_all(polygons) if len(polygons) else None
    valid[shapely.is_empty(valid) | shapely.is_missing(valid)] = None
    return valid, int(broken.sum())
