"""The one grid of a stack: which pixel size and extent it has, and what to do with rasters on another grid."""

from __future__ import annotations

from dataclasses import dataclass

from rasterio.crs import CRS
from rasterio.transform import Affine, array_bounds

from cropsample_plugin.engine.errors import InputError, StackError
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

GRID_RULES = ("refuse", "warp")
_MOST_NAMED = 5
# Corners may differ by this share of the finest pixel: rounding in file headers, nothing that moves a value.
_CORNER_TOLERANCE_PX = 0.05


@dataclass(frozen=True)
class StackGrid:
    """The grid of a stack; sizes in pixels."""

    transform: Affine
    crs: CRS | None
    width: int
    height: int

    @classmethod
    def of(cls, header: RasterHeader) -> StackGrid:
        """Return the grid of a raster."""
        return cls(header.transform, header.crs, header.width, header.height)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north."""
        west, south, east, north = array_bounds(self.height, self.width, self.transform)
        return float(west), float(south), float(east), float(north)


def common_grid(headers: list[RasterHeader], grid_rule: str) -> tuple[StackGrid, list[RasterHeader]]:
    """Choose the grid of the stack: the finest pixels among the rasters in the reference system that most have.

    Rasters in the same reference system with the same extent fit, whatever their pixel size: they are resampled to
    the finest. Any other raster is refused, or warped when asked for.

    Args:
        headers: the rasters, at least one.
        grid_rule: ``refuse`` or ``warp``.

    Returns:
        The grid, and the rasters to warp to it.

    Raises:
        StackError: rasters do not fit and warping was not asked for; names them and says what differs.
        InputError: unknown rule.
    """
    if grid_rule not in GRID_RULES:
        raise InputError(f"Unknown grid rule '{grid_rule}'.", f"Use {' or '.join(GRID_RULES)}.")
    _require_georeference(headers)
    reference = _reference(headers)
    grid = StackGrid.of(reference)
    differing = [(header, reason) for header in headers if (reason := _difference(header, grid))]
    if differing and grid_rule == "refuse":
        named = "; ".join(f"{header.path}: {reason}" for header, reason in differing[:_MOST_NAMED])
        more = f"; and {len(differing) - _MOST_NAMED} more" if len(differing) > _MOST_NAMED else ""
        raise StackError(
            f"{len(differing)} of {len(headers)} rasters do not lie on the grid of {reference.path}: {named}{more}.",
            "Leave them out, or choose to warp them to that grid.",
        )
    return grid, [header for header, _ in differing]


def _require_georeference(headers: list[RasterHeader]) -> None:
    unplaced = [header.path for header in headers if header.transform == Affine.identity()]
    if unplaced:
        raise StackError(
            f"{len(unplaced)} rasters have no georeference: {', '.join(unplaced[:_MOST_NAMED])}.",
            "Georeference them first, for example with 'Warp' in QGIS.",
        )


def _reference(headers: list[RasterHeader]) -> RasterHeader:
    members: list[tuple[CRS | None, list[RasterHeader]]] = []
    for header in headers:
        group = next((group for crs, group in members if crs == header.crs), None)
        if group is None:
            members.append((header.crs, [header]))
        else:
            group.append(header)
    largest = max((group for _, group in members), key=len)
    return min(largest, key=lambda header: header.pixel_area)


def _difference(header: RasterHeader, grid: StackGrid) -> str:
    """Say in what a raster's grid differs; "" when it fits."""
    if header.crs != grid.crs:
        return f"reference system {_crs_name(header.crs)} instead of {_crs_name(grid.crs)}"
    own = StackGrid.of(header)
    is_turned = bool(header.transform.b or header.transform.d)
    if is_turned and (own.transform != grid.transform or (own.width, own.height) != (grid.width, grid.height)):
        return "its rows are not parallel to the grid"
    tolerance_x = abs(grid.transform.a) * _CORNER_TOLERANCE_PX
    tolerance_y = abs(grid.transform.e) * _CORNER_TOLERANCE_PX
    for position, (own_edge, edge) in enumerate(zip(own.bounds, grid.bounds)):
        if not is_turned and abs(own_edge - edge) > (tolerance_y if position % 2 else tolerance_x):
            return f"extent {_extent(own)} instead of {_extent(grid)}"
    if header.transform.e * grid.transform.e < 0 or header.transform.a * grid.transform.a < 0:
        return "its rows run the other way"
    return ""


def _crs_name(crs: CRS | None) -> str:
    if crs is None:
        return "unknown"
    epsg = crs.to_epsg()
    return f"EPSG:{epsg}" if epsg else crs.to_proj4()


def _extent(grid: StackGrid) -> str:
    west, south, east, north = grid.bounds
    return f"{west:.10g}, {south:.10g} : {east:.10g}, {north:.10g} ({grid.width} x {grid.height} pixels)"
