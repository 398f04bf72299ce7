"""Which pixels a sample holds: against brute force, GDAL's rasterization and known cases."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from osgeo import gdal, ogr
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsPointXY, QgsRectangle

from cropsample_plugin.bridge.labeling import pixel_grid
from cropsample_plugin.bridge.labeling.pixel_grid import PixelGrid, cover

N = 40
GRID = PixelGrid(QgsCoordinateReferenceSystem(), 500000.0, 4400400.0, 10.0, 10.0, N, N)


def in_pixels(text):
    """Return a geometry given in columns and rows."""
    return GRID.from_pixels(QgsGeometry.fromWkt(text))


def star(seed):
    """Return a wild but valid polygon around the middle of the grid, in columns and rows, some with a hole."""
    draw = random.Random(seed)  # noqa: S311 - shapes, not secrets
    angles = sorted(draw.uniform(0, 2 * math.pi) for _ in range(draw.randint(3, 12)))
    points = [(20 + draw.uniform(2, 19) * math.cos(a), 20 + draw.uniform(2, 19) * math.sin(a)) for a in angles]
    made = QgsGeometry.fromPolygonXY([[QgsPointXY(*point) for point in points]]).makeValid()
    hole = QgsGeometry.fromPointXY(QgsPointXY(20, 20)).buffer(draw.uniform(0, 3), 3)
    return made.difference(hole) if seed % 2 else made


def rasterized(geometry, *, all_touched=False):
    memory = gdal.GetDriverByName("MEM").Create("", N, N, 1, gdal.GDT_Byte)
    memory.SetGeoTransform((0, 1, 0, 0, 0, 1))
    source = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = source.CreateLayer("a")
    feature = ogr.Feature(layer.GetLayerDefn())
    feature.SetGeometry(ogr.CreateGeometryFromWkb(bytes(geometry.asWkb())))
    layer.CreateFeature(feature)
    options = ["ALL_TOUCHED=TRUE"] if all_touched else []
    gdal.RasterizeLayer(memory, [1], layer, burn_values=[1], options=options)
    return memory.ReadAsArray().astype(bool)


def brute(geometry):
    """Return pixels whose centres lie within, and those whose inside the border meets, one by one."""
    border = QgsGeometry(geometry.constGet().boundary())
    within, cut = np.zeros((N, N), bool), np.zeros((N, N), bool)
    for row in range(N):
        for column in range(N):
            within[row, column] = geometry.contains(QgsGeometry.fromPointXY(QgsPointXY(column + 0.5, row + 0.5)))
            pixel = QgsGeometry.fromRect(QgsRectangle(column, row, column + 1, row + 1))
            cut[row, column] = border.intersection(pixel.buffer(-1e-7, 1)).length() > 0
    return within, cut


@pytest.mark.parametrize("seed", range(12))
def test_counts_agree_with_looking_at_every_pixel(seed):
    shape = star(seed)
    within, cut = brute(shape)
    found = cover(GRID.from_pixels(shape), GRID)
    assert (found.n_pixels, found.n_cut, found.n_touched) == (within.sum(), cut.sum(), (within | cut).sum())
    assert found.n_pixels == rasterized(shape).sum()
    assert found.n_outside == 0
    column, row = found.central
    assert within[row, column] or not within.any()


@pytest.mark.parametrize("seed", range(12))
def test_the_outline_surrounds_the_pixels_within(seed):
    shape = star(seed)
    lines = GRID.to_pixels(cover(GRID.from_pixels(shape), GRID).outline)
    around = QgsGeometry.polygonize([QgsGeometry.unaryUnion([lines])])
    within, _ = brute(shape)
    pieces = [piece for piece in around.asGeometryCollection() if within[_middle(piece)]]
    assert sum(piece.area() for piece in pieces) == pytest.approx(within.sum())


def _middle(piece):
    point = piece.pointOnSurface().asPoint()
    return math.floor(point.y()), math.floor(point.x())


def test_a_polygon_on_the_grid_cuts_no_pixel():
    found = cover(in_pixels("Polygon((3 3, 7 3, 7 6, 3 6, 3 3))"), GRID)
    assert (found.n_pixels, found.n_cut, found.mixed_share, found.n_outside) == (12, 0, 0.0, 0)
    assert found.central in {(4, 4), (5, 4)}
    assert found.outline.length() == pytest.approx(140.0)


def test_mixed_share_of_a_polygon_half_a_pixel_off():
    found = cover(in_pixels("Polygon((3.5 3.5, 7.5 3.5, 7.5 6.5, 3.5 6.5, 3.5 3.5))"), GRID)
    assert found.n_cut == 14
    assert found.n_touched == 20
    assert found.mixed_share == pytest.approx(0.7)


def test_polygons_between_the_centres_hold_no_pixel():
    found = cover(in_pixels("Polygon((3.6 3.6, 3.9 3.6, 3.9 3.9, 3.6 3.6))"), GRID)
    assert (found.n_pixels, found.n_cut, found.central, found.mixed_share) == (0, 1, (3, 3), 1.0)
    assert found.outline.isNull()


def test_pixels_outside_of_the_raster_are_counted_apart():
    assert cover(in_pixels("Polygon((-2 0, 2 0, 2 1, -2 1, -2 0))"), GRID).n_outside == 2
    far = cover(in_pixels("Polygon((-20 0, -10 0, -10 1, -20 1, -20 0))"), GRID)
    assert far.n_outside == far.n_pixels == 10


def test_points_hold_one_pixel():
    found = cover(in_pixels("Point(3.2 7.9)"), GRID)
    assert (found.n_pixels, found.central, found.n_outside, found.mixed_share) == (1, (3, 7), 0, 0.0)
    assert GRID.pixel((3, 7)).boundingBox().center() == QgsPointXY(500035.0, 4400325.0)
    assert cover(in_pixels("Point(-1 7)"), GRID).n_outside == 1


def test_several_parts_count_together():
    found = cover(in_pixels("MultiPolygon(((0 0, 2 0, 2 2, 0 2, 0 0)),((5 5, 6 5, 6 6, 5 6, 5 5)))"), GRID)
    assert found.n_pixels == 5


def test_huge_polygons_are_measured_by_area(monkeypatch):
    monkeypatch.setattr(pixel_grid, "MOST_PIXELS", 50)
    found = cover(in_pixels("Polygon((-10 0, 10 0, 10 10, -10 10, -10 0))"), GRID)
    assert (found.n_pixels, found.n_outside) == (200, 100)
    assert 0 < found.mixed_share < 0.5


def test_corners():
    assert GRID.nearest_corner(500033.0, 4400366.0) == (500030.0, 4400370.0)
    assert GRID.nearest_corner(499986.0, 4400404.0) == (499990.0, 4400400.0)
