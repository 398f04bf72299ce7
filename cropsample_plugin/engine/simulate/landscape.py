"""The ground of the synthetic region: irregular fields, woods, villages, a river and a lake."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rasterio.features import rasterize
from rasterio.transform import Affine
from scipy.ndimage import gaussian_filter
from scipy.spatial import Voronoi

from cropsample_plugin.engine.simulate.phenology import CLASS_NAMES

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Ring = npt.NDArray[np.float64]

CELL_SPACING_PX = 21.0
_CELL_JITTER = 0.33
_FIELD_SHRINK = 0.97
_RIVER_HALF_WIDTH_PX = 3.0
_BANK_PX = 15.0
_CROP_SHARES = {"wheat": 0.34, "maize": 0.26, "sorghum": 0.18, "barley-soybean": 0.18, "sunflower": 0.04}
_FOREST_SHARE = 0.10
_GRASSLAND_SHARE = 0.06
_PIXELS_PER_VILLAGE = 110_000
_VILLAGE_RADIUS_PX = 27.0


@dataclass(frozen=True)
class Landscape:
    """What lies where; coordinates in pixels, x to the right and y down, origin at the upper left corner.

    Attributes:
        size_px: side of the square region.
        cell_surface: ``(n_cells,)`` index of the surface that a cell was given.
        field_cells: ``(n_fields,)`` the cells that are crop fields.
        field_rings: outer ring of each field, ``(n_vertices + 1, 2)``, closed.
        cells: ``(height, width)`` the cell each pixel lies in.
        surface: ``(height, width)`` the surface of each pixel: that of the field or wood, water, or a grass margin.
    """

    size_px: int
    cell_surface: IntArray
    field_cells: IntArray
    field_rings: tuple[Ring, ...]
    cells: IntArray
    surface: IntArray


def draw_landscape(size_px: int, rng: np.random.Generator) -> Landscape:
    """Draw the ground of a square region of ``size_px`` pixels a side."""
    centres = _cell_centres(size_px, rng)
    rings = _cell_rings(centres, size_px)
    water_distance = _distance_to_water(size_px, rng)
    cell_surface = _cell_surfaces(centres, water_distance, size_px, rng)
    cells = _burn(rings, np.arange(len(rings)), size_px)
    field_cells = np.flatnonzero(np.isin(cell_surface, [CLASS_NAMES.index(name) for name in _CROP_SHARES]))
    field_rings = tuple(_shrunk(rings[cell]) for cell in field_cells)
    surface = cell_surface[cells]
    margins = np.isin(cells, field_cells) & (_burn(field_rings, field_cells, size_px, fill=-1) < 0)
    surface[margins] = CLASS_NAMES.index("grassland")
    surface[water_distance <= 0] = CLASS_NAMES.index("water")
    return Landscape(size_px, cell_surface, field_cells, field_rings, cells, surface)


def _cell_centres(size_px: int, rng: np.random.Generator) -> FloatArray:
    """Jittered grid with every second row moved by half a cell, ``(n_cells, 2)``, well inside the region."""
    n_side = max(3, round(size_px / CELL_SPACING_PX))
    spacing = size_px / n_side
    rows, columns = np.divmod(np.arange(n_side * n_side), n_side)
    centres = np.column_stack([columns + 0.25 + 0.5 * (rows % 2), rows + 0.5]) * spacing
    centres += rng.uniform(-_CELL_JITTER, _CELL_JITTER, centres.shape) * spacing
    return np.clip(centres, 1.0, size_px - 1.0)


def _cell_rings(centres: FloatArray, size_px: int) -> list[Ring]:
    """Voronoi cells of the centres; mirror images beyond each side make the region's border an edge of them."""
    mirrored = [centres]
    for axis in (0, 1):
        for border in (0.0, float(size_px)):
            image = centres.copy()
            image[:, axis] = 2 * border - image[:, axis]
            mirrored.append(image)
    diagram = Voronoi(np.vstack(mirrored))
    rings = []
    for cell, centre in enumerate(centres):
        vertices = diagram.vertices[diagram.regions[diagram.point_region[cell]]]
        offsets = vertices - centre
        vertices = vertices[np.argsort(np.arctan2(offsets[:, 1], offsets[:, 0]), kind="stable")]
        rings.append(np.vstack([vertices, vertices[:1]]).clip(0.0, float(size_px)))
    return rings


def _shrunk(ring: Ring) -> Ring:
    centre = ring[:-1].mean(axis=0)
    return np.asarray(centre + (ring - centre) * _FIELD_SHRINK)


def _burn(rings: list[Ring] | tuple[Ring, ...], values: IntArray, size_px: int, fill: int = 0) -> IntArray:
    shapes = [
        ({"type": "Polygon", "coordinates": [ring.tolist()]}, int(v)) for ring, v in zip(rings, values, strict=True)
    ]
    if not shapes:
        return np.full((size_px, size_px), fill, dtype=np.int64)
    burned = rasterize(shapes, (size_px, size_px), fill=fill, transform=Affine.identity(), dtype="int32")
    return np.asarray(burned, dtype=np.int64)


def _distance_to_water(size_px: int, rng: np.random.Generator) -> FloatArray:
    """``(height, width)`` distance to river or lake in pixels, zero or less in the water."""
    rows, columns = np.mgrid[0:size_px, 0:size_px] + 0.5
    phase, waves = rng.uniform(0, 2 * np.pi), rng.uniform(1.2, 1.8)
    course = size_px * (0.3 + 0.12 * np.sin(phase + 2 * np.pi * waves * rows / size_px))
    river = np.abs(columns - course) - _RIVER_HALF_WIDTH_PX
    lake_x, lake_y = rng.uniform(0.65, 0.85) * size_px, rng.uniform(0.2, 0.8) * size_px
    lake = np.hypot((columns - lake_x) / 1.4, rows - lake_y) - 0.045 * size_px
    return np.asarray(np.minimum(river, lake), dtype=np.float64)


def _cell_surfaces(centres: FloatArray, water_distance: FloatArray, size_px: int, rng: np.random.Generator) -> IntArray:
    """Give every cell its surface: meadows at the water, woods in patches, villages, scattered pasture, else crops."""
    n_cells = len(centres)
    pixels = centres.astype(int).clip(0, size_px - 1)
    wooded = gaussian_filter(rng.standard_normal((size_px, size_px)), 1.6 * CELL_SPACING_PX)[pixels[:, 1], pixels[:, 0]]
    names = np.full(n_cells, "", dtype=object)
    names[rng.random(n_cells) < _GRASSLAND_SHARE] = "grassland"
    names[np.argsort(-wooded)[: round(_FOREST_SHARE * n_cells)]] = "forest"
    for village in rng.uniform(0.1 * size_px, 0.9 * size_px, (max(1, size_px**2 // _PIXELS_PER_VILLAGE), 2)):
        distance = np.hypot(*(centres - village).T)
        names[distance <= max(_VILLAGE_RADIUS_PX, distance.min())] = "built-up"
    names[water_distance[pixels[:, 1], pixels[:, 0]] < _BANK_PX] = "grassland"
    free = rng.permutation(np.flatnonzero(names == ""))
    names[free] = _crops_in_exact_shares(len(free))
    return np.array([CLASS_NAMES.index(name) for name in names], dtype=np.int64)


def _crops_in_exact_shares(n_fields: int) -> list[str]:
    """Crop of each field; shares are met to the field, and the rare crop has two fields at least."""
    crops: list[str] = []
    for name, share in sorted(_CROP_SHARES.items(), key=lambda item: item[1]):
        crops += [name] * max(2, round(share * n_fields))
    return crops[:n_fields] + ["wheat"] * (n_fields - len(crops))
