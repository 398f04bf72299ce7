"""The pixel grid of a stack: which pixels a sample holds, which its border cuts, and where they lie."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Iterator, List, Optional, Set, Tuple

import numpy as np
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsRasterLayer, QgsRectangle, QgsWkbTypes
from qgis.PyQt.QtGui import QTransform

Pixel = Tuple[int, int]
# Larger samples are measured by area: their pixels need not be told apart one by one.
MOST_PIXELS = 1_000_000
# A border this near to a line of the grid, in pixels, runs along it.
_ALONG = 1e-6


@dataclass(frozen=True)
class PixelGrid:
    """Where the pixels of a raster lie.

    Attributes:
        crs: coordinate system of the raster.
        left, top: its upper left corner, in units of the system.
        width, height: of one pixel, in units of the system.
        n_columns, n_rows: of the raster.
    """

    crs: QgsCoordinateReferenceSystem = field(compare=False)
    left: float
    top: float
    width: float
    height: float
    n_columns: int
    n_rows: int

    def to_pixels(self, geometry: QgsGeometry) -> QgsGeometry:
        """Return a geometry of the raster's system in columns (to the right) and rows (downwards), as fractions."""
        return self._mapped(geometry, self._from_pixels().inverted()[0])

    def from_pixels(self, geometry: QgsGeometry) -> QgsGeometry:
        """Return a geometry in columns and rows in the raster's system."""
        return self._mapped(geometry, self._from_pixels())

    def nearest_corner(self, x: float, y: float) -> Tuple[float, float]:
        """Return the corner of a pixel nearest to a point; the grid goes on outside of the raster."""
        column, row = round((x - self.left) / self.width), round((self.top - y) / self.height)
        return self.left + column * self.width, self.top - row * self.height

    def pixel(self, place: Pixel) -> QgsGeometry:
        """Return the outline of a pixel as a polygon of the raster's system."""
        column, row = place
        corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        return self.from_pixels(QgsGeometry.fromPolygonXY([[QgsPointXY(*corner) for corner in corners]]))

    def holds(self, place: Pixel) -> bool:
        """Return whether a pixel is one of the raster's."""
        return 0 <= place[0] < self.n_columns and 0 <= place[1] < self.n_rows

    def _from_pixels(self) -> QTransform:
        return QTransform(self.width, 0.0, 0.0, -self.height, self.left, self.top)

    @staticmethod
    def _mapped(geometry: QgsGeometry, transform: QTransform) -> QgsGeometry:
        mapped = QgsGeometry(geometry)
        mapped.transform(transform)
        return mapped


@dataclass(frozen=True)
class PixelCover:
    """Which pixels a sample holds.

    Attributes:
        n_pixels: pixels whose centres lie within; the one that a point lies in.
        n_cut: pixels that the border goes through.
        n_touched: pixels whose centres lie within, or that the border goes through.
        n_outside: of ``n_pixels`` those outside of the raster.
        central: of the pixels within the one nearest to the centroid; the one at the centroid where there is none.
        outline: around the pixels within, as lines in the raster's system; empty where there is none, or too many.
    """

    n_pixels: int
    n_cut: int
    n_touched: int
    n_outside: int
    central: Pixel
    outline: QgsGeometry = field(compare=False)

    @property
    def mixed_share(self) -> float:
        """Share of the touched pixels that the border cuts, 0 to 1."""
        return self.n_cut / self.n_touched if self.n_touched else 0.0


def pixel_grid(layer: QgsRasterLayer) -> Optional[PixelGrid]:
    """Return the grid of a raster layer, None of one that has no pixels, such as a web map."""
    if not layer.isValid() or layer.width() <= 0 or layer.height() <= 0:
        return None
    box = layer.extent()
    return PixelGrid(
        QgsCoordinateReferenceSystem(layer.crs()),
        box.xMinimum(),
        box.yMaximum(),
        box.width() / layer.width(),
        box.height() / layer.height(),
        layer.width(),
        layer.height(),
    )


def cover(geometry: QgsGeometry, grid: PixelGrid) -> PixelCover:
    """Return which pixels of a grid a geometry of the grid's system holds; the grid goes on outside of the raster."""
    placed = grid.to_pixels(geometry)
    if QgsWkbTypes.geometryType(placed.wkbType()) != QgsWkbTypes.GeometryType.PolygonGeometry:
        return _cover_of_point(placed, grid)
    box = placed.boundingBox()
    first = math.floor(box.xMinimum()), math.floor(box.yMinimum())
    shape = math.floor(box.yMaximum()) - first[1] + 1, math.floor(box.xMaximum()) - first[0] + 1
    if shape[0] * shape[1] > MOST_PIXELS:
        return _cover_by_area(placed, grid)
    rings = list(_rings(placed))
    within = _centres_within(rings, first, shape)
    cut = _cut_pixels(rings)
    rows, columns = np.nonzero(within)
    rows, columns = rows + first[1], columns + first[0]
    is_inside = (columns >= 0) & (columns < grid.n_columns) & (rows >= 0) & (rows < grid.n_rows)
    return PixelCover(
        n_pixels=rows.size,
        n_cut=len(cut),
        n_touched=rows.size + sum(not within[row - first[1], column - first[0]] for column, row in cut),
        n_outside=int((~is_inside).sum()),
        central=_central(placed, columns, rows),
        outline=grid.from_pixels(_outline(within, first)),
    )


def _cover_of_point(placed: QgsGeometry, grid: PixelGrid) -> PixelCover:
    point = placed.centroid().asPoint()
    place = math.floor(point.x()), math.floor(point.y())
    outline = grid.from_pixels(_outline(np.ones((1, 1), dtype=bool), place))
    return PixelCover(1, 0, 1, int(not grid.holds(place)), place, outline)


def _cover_by_area(placed: QgsGeometry, grid: PixelGrid) -> PixelCover:
    point = placed.centroid().asPoint()
    inside = placed.intersection(QgsGeometry.fromRect(QgsRectangle(0.0, 0.0, grid.n_columns, grid.n_rows)))
    n_pixels = round(placed.area())
    n_cut = min(round(placed.length()), n_pixels)
    place = math.floor(point.x()), math.floor(point.y())
    return PixelCover(n_pixels, n_cut, n_pixels, n_pixels - round(inside.area()), place, QgsGeometry())


def _rings(placed: QgsGeometry) -> Iterator[np.ndarray]:
    """Yield the rings of polygons, (n, 2) float64, the first point repeated at the end."""
    polygons = placed.asMultiPolygon() if placed.isMultipart() else [placed.asPolygon()]
    for rings in polygons:
        for ring in rings:
            yield np.array([(point.x(), point.y()) for point in ring], dtype=np.float64)


def _centres_within(rings: List[np.ndarray], first: Pixel, shape: Tuple[int, int]) -> np.ndarray:
    """Return the pixels whose centres lie within (rows, columns), bool, by the even-odd rule along each row."""
    n_rows, n_columns = shape
    flips = np.zeros((n_rows, n_columns + 1), dtype=np.int32)
    for ring in rings:
        for start, end in zip(ring[:-1], ring[1:]):
            low, high = sorted((start[1], end[1]))
            rows = np.arange(max(math.ceil(low - first[1] - 0.5), 0), min(math.ceil(high - first[1] - 0.5), n_rows))
            if rows.size == 0:
                continue
            share = (rows + first[1] + 0.5 - start[1]) / (end[1] - start[1])
            crossing = start[0] + share * (end[0] - start[0])
            columns = np.clip(np.ceil(crossing - first[0] - 0.5).astype(int), 0, n_columns)
            np.add.at(flips, (rows, columns), 1)
    return (np.cumsum(flips, axis=1)[:, :n_columns] % 2).astype(bool)


def _cut_pixels(rings: List[np.ndarray]) -> Set[Pixel]:
    """Return the pixels that the border goes through; a border along a line of the grid cuts none."""
    found: Set[Pixel] = set()
    for ring in rings:
        for start, end in zip(ring[:-1], ring[1:]):
            shares = np.unique(np.concatenate([[0.0, 1.0], *(_crossings(start[k], end[k]) for k in (0, 1))]))
            middles = start + ((shares[:-1] + shares[1:]) / 2)[:, None] * (end - start)
            is_along = (np.abs(middles - np.rint(middles)) < _ALONG).any(axis=1)
            found.update((int(column), int(row)) for column, row in np.floor(middles[~is_along]))
    return found


def _crossings(start: float, end: float) -> np.ndarray:
    """Return where, from 0 to 1, the way from start to end crosses whole numbers."""
    if start == end:
        return np.empty(0)
    low, high = sorted((start, end))
    lines = np.arange(math.floor(low) + 1, math.ceil(high))
    return (lines - start) / (end - start)


def _central(placed: QgsGeometry, columns: np.ndarray, rows: np.ndarray) -> Pixel:
    point = placed.centroid().asPoint()
    if columns.size == 0:
        return math.floor(point.x()), math.floor(point.y())
    nearest = int(np.argmin((columns + 0.5 - point.x()) ** 2 + (rows + 0.5 - point.y()) ** 2))
    return int(columns[nearest]), int(rows[nearest])


def _outline(within: np.ndarray, first: Pixel) -> QgsGeometry:
    """Return the lines between pixels within and others, in columns and rows."""
    padded = np.pad(within, 1)
    lines = [
        [QgsPointXY(start + first[0], row + first[1]), QgsPointXY(end + first[0], row + first[1])]
        for row, start, end in _runs(padded[:-1, 1:-1] != padded[1:, 1:-1])
    ]
    lines += [
        [QgsPointXY(column + first[0], start + first[1]), QgsPointXY(column + first[0], end + first[1])]
        for column, start, end in _runs((padded[1:-1, :-1] != padded[1:-1, 1:]).T)
    ]
    return QgsGeometry.fromMultiPolylineXY(lines) if lines else QgsGeometry()


def _runs(is_edge: np.ndarray) -> Iterator[Tuple[int, int, int]]:
    """Yield (line, start, end) of every run of True along the second axis."""
    steps = np.diff(np.pad(is_edge.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    starts, ends = np.nonzero(steps == 1), np.nonzero(steps == -1)
    for line, start, end in zip(starts[0], starts[1], ends[1]):
        yield int(line), int(start), int(end)
