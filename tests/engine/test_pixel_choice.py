from __future__ import annotations

import numpy as np
import pyproj
import pytest
import shapely
from rasterio.transform import from_origin

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.pixel_choice import (
    PixelRule,
    central_pixel,
    random_pixels,
    shrunk,
    to_pixel_coordinates,
)

RULE = PixelRule("random", 10)


def rng(seed=0):
    return np.random.default_rng(seed)


def random_polygon(generator):
    angles = np.sort(generator.random(9)) * 2 * np.pi
    radii = 2 + 12 * generator.random(9)
    return shapely.Polygon(np.column_stack([20 + radii * np.cos(angles), 20 + radii * np.sin(angles)]))


def centres_inside(polygon, size=40):
    return {(c, r) for c in range(size) for r in range(size) if polygon.contains(shapely.Point(c + 0.5, r + 0.5))}


def test_central_pixel_is_the_one_nearest_to_the_pole_of_all_inside():
    generator = rng(1)
    for _ in range(60):
        polygon = random_polygon(generator)
        if not polygon.is_valid:
            continue
        pole = shapely.get_point(shapely.maximum_inscribed_circle(polygon, tolerance=0.01), 0)
        inside = centres_inside(polygon)
        found = central_pixel(polygon, RULE, rng())
        assert len(found) == (1 if inside else 0)
        if inside:
            nearest = min(np.hypot(c + 0.5 - pole.x, r + 0.5 - pole.y) for c, r in inside)
            column, row = found[0]
            assert (column, row) in inside
            assert np.hypot(column + 0.5 - pole.x, row + 0.5 - pole.y) == pytest.approx(nearest)


def test_central_pixel_of_a_horseshoe_is_inside_where_the_centroid_is_not():
    outer, inner = shapely.Point(20, 20).buffer(15), shapely.Point(20, 20).buffer(9)
    horseshoe = outer.difference(inner).difference(shapely.box(20, 10, 40, 30))
    assert not horseshoe.contains(horseshoe.centroid)
    column, row = central_pixel(horseshoe, RULE, rng())[0]
    assert horseshoe.contains(shapely.Point(column + 0.5, row + 0.5))


def test_polygons_between_pixel_centres_have_none():
    sliver = shapely.box(3.6, 3.6, 4.4, 9.0)
    assert len(central_pixel(sliver, RULE, rng())) == 0
    assert len(random_pixels(sliver, RULE, rng())) == 0


def test_random_pixels_are_inside_different_and_repeatable():
    polygon = random_polygon(rng(2))
    found = random_pixels(polygon, RULE, rng(3))
    assert len({tuple(item) for item in found}) == 10
    assert {tuple(item) for item in found} <= centres_inside(polygon)
    np.testing.assert_array_equal(found, random_pixels(polygon, RULE, rng(3)))
    assert (found != random_pixels(polygon, RULE, rng(4))).any()


def test_all_pixels_are_taken_when_there_are_fewer():
    polygon = shapely.box(3, 3, 5, 6)
    assert {tuple(item) for item in random_pixels(polygon, RULE, rng())} == centres_inside(polygon)


def test_every_pixel_is_equally_likely():
    counts = np.zeros(20)
    for seed in range(2000):
        for column, row in random_pixels(shapely.box(0, 0, 5, 4), PixelRule("random", 2), rng(seed)):
            counts[row * 5 + column] += 1
    chi_square = ((counts - 200) ** 2 / 200).sum()
    assert chi_square < 36.2  # 99 % quantile of chi square with 19 degrees of freedom


def test_huge_polygons_are_sampled_without_listing_their_pixels():
    polygon = shapely.Point(50000, 50000).buffer(40000)
    found = random_pixels(polygon, PixelRule("random", 500), rng())
    assert len({tuple(item) for item in found}) == 500
    assert shapely.contains_xy(polygon, found[:, 0] + 0.5, found[:, 1] + 0.5).all()


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:32631", "+proj=sinu +R=6371007.181 +units=m"])
def test_the_inner_buffer_is_in_metres_on_the_ground(crs):
    local = pyproj.CRS.from_dict({"proj": "aeqd", "lon_0": 3.1, "lat_0": 50.7, "datum": "WGS84"})
    square = shapely.box(-500, -500, 500, 500)
    there = pyproj.Transformer.from_crs(local, crs, always_xy=True)
    polygon = shapely.transform(square.segmentize(20), there.transform, interleaved=False)
    back = pyproj.Transformer.from_crs(crs, local, always_xy=True)
    inner = shapely.transform(shrunk(polygon, crs, 100.0), back.transform, interleaved=False)
    distances = shapely.distance(shapely.points(shapely.get_coordinates(inner)), square.exterior)
    # MODIS sinusoidal coordinates are on a sphere: reprojection itself stretches by a third of a percent.
    np.testing.assert_allclose(distances.min(), 100.0, rtol=5e-3)


def test_pixel_coordinates():
    geometry = to_pixel_coordinates(shapely.Point(500025, 3999985), from_origin(500000, 4000000, 10, 10))
    assert (geometry.x, geometry.y) == (2.5, 1.5)


@pytest.mark.parametrize("values", [("magic", 1, 0.0), ("random", 0, 0.0), ("random", 1, -1.0), ("central", 1, np.nan)])
def test_senseless_rules_are_refused(values):
    with pytest.raises(InputError):
        PixelRule(*values)
