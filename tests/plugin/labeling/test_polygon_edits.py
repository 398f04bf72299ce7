"""Geometry of the polygon tools: shapes, edits and checks, in metres and in degrees."""

from __future__ import annotations

import math
import random

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsDistanceArea, QgsGeometry, QgsPointXY, QgsProject

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.pixel_grid import PixelGrid
from cropsample_plugin.bridge.labeling.polygon_edits import (
    cut,
    merged,
    part_at,
    reshaped,
    resized_metres,
    resized_pixels,
    signed_distance_m,
    signed_distance_pixels,
    vertex_moved,
    vertex_removed,
)
from cropsample_plugin.bridge.labeling.polygon_shapes import (
    area_m2,
    checked,
    circle,
    inside_point,
    polygon,
    rectangle,
    repaired,
    rotated_rectangle,
    transformed,
)

SQUARE = "Polygon ((0 0, 10 0, 10 10, 0 10, 0 0))"
RING = "Polygon ((0 0, 10 0, 10 10, 0 10, 0 0),(4 4, 6 4, 6 6, 4 6, 4 4))"
TWO = "MultiPolygon (((0 0, 10 0, 10 10, 0 10, 0 0)),((20 0, 30 0, 30 5, 20 5, 20 0)))"


@pytest.fixture(autouse=True)
def _qgis(qgis_app):
    """Coordinate systems need QGIS."""


@pytest.fixture
def utm():
    return QgsCoordinateReferenceSystem("EPSG:32641")


@pytest.fixture
def degrees():
    return QgsCoordinateReferenceSystem("EPSG:4326")


def wkt(text):
    return QgsGeometry.fromWkt(text)


def same(geometry, text):
    return geometry.symDifference(wkt(text)).area() < 1e-9 and geometry.area() == pytest.approx(wkt(text).area())


def test_shapes():
    assert same(polygon([(0, 0), (10, 0), (10, 10), (0, 10)]), SQUARE)
    assert same(rectangle((10, 0), (0, 10)), SQUARE)
    assert same(rotated_rectangle((0, 0), (10, 0), (3, 10)), SQUARE)
    with pytest.raises(LabelingError):
        checked(rotated_rectangle((0, 0), (3, 4), (0, 0)), QgsCoordinateReferenceSystem())
    tilted = rotated_rectangle((0, 0), (3, 4), (-4, 3))
    assert same(tilted, "Polygon ((0 0, 3 4, -1 7, -4 3, 0 0))")
    assert rotated_rectangle((1, 1), (1, 1), (2, 2)).isNull()


@pytest.mark.parametrize(
    ("name", "center", "edge"),
    [
        ("EPSG:4326", (66.9, 39.6), (66.901, 39.6)),
        ("EPSG:3857", (7.45e6, 4.81e6), (7.4501e6, 4.81e6)),
        ("EPSG:32641", (500000.0, 4400000.0), (500100.0, 4400000.0)),
    ],
)
def test_circles_are_round_on_the_ground(name, center, edge):
    crs = QgsCoordinateReferenceSystem(name)
    measure = QgsDistanceArea()
    measure.setSourceCrs(crs, QgsProject.instance().transformContext())
    measure.setEllipsoid("EPSG:7030")
    radius = measure.measureLine(QgsPointXY(*center), QgsPointXY(*edge))
    drawn = circle(center, edge, crs)
    found = [measure.measureLine(QgsPointXY(*center), QgsPointXY(point)) for point in drawn.vertices()]
    assert min(found) == pytest.approx(radius, rel=2e-3)
    assert max(found) == pytest.approx(radius, rel=2e-3)
    assert area_m2(drawn, crs) == pytest.approx(math.pi * radius**2, rel=0.01)


def test_a_circle_without_coordinate_system_is_round_in_its_units():
    assert circle((0, 0), (10, 0), QgsCoordinateReferenceSystem()).area() == pytest.approx(math.pi * 100, rel=0.01)


@pytest.mark.parametrize("geometry", [SQUARE, RING, TWO])
@pytest.mark.parametrize("metres", [1.0, -1.0])
def test_growing_moves_every_side_by_the_distance(utm, geometry, metres):
    shifted = wkt(geometry)
    shifted.translate(500000, 4400000)
    grown = resized_metres(shifted, utm, metres)
    box, before = grown.boundingBox(), shifted.boundingBox()
    # The scale of UTM on its central meridian is 0.9996.
    assert box.width() - before.width() == pytest.approx(2 * metres * 0.9996, abs=1e-3)
    assert box.height() - before.height() == pytest.approx(2 * metres * 0.9996, abs=1e-3)


def test_growing_in_degrees_is_by_metres(degrees, utm):
    field = transformed(wkt("Polygon ((500000 4400000, 500100 4400000, 500100 4400100, 500000 4400000))"), utm, degrees)
    grown = transformed(resized_metres(field, degrees, 10.0), degrees, utm)
    assert grown.boundingBox().yMinimum() == pytest.approx(4400000 - 9.996, abs=0.05)


def test_growing_by_pixels_follows_pixels_that_are_not_square(utm):
    grid = PixelGrid(utm, 500000.0, 4400100.0, 20.0, 10.0, 50, 50)
    field = wkt("Polygon ((500100 4399900, 500200 4399900, 500200 4400000, 500100 4400000, 500100 4399900))")
    box = resized_pixels(field, utm, grid, 2.0).boundingBox()
    assert (box.xMinimum(), box.xMaximum()) == pytest.approx((500060, 500240))
    assert (box.yMinimum(), box.yMaximum()) == pytest.approx((4399880, 4400020))
    assert signed_distance_pixels(field, utm, grid, (500240.0, 4399950.0)) == pytest.approx(2.0)
    assert signed_distance_pixels(field, utm, grid, (500150.0, 4399990.0)) == pytest.approx(-1.0)
    assert signed_distance_m(field, utm, (500240.0, 4399950.0)) == pytest.approx(40.0, rel=1e-3)


def test_shrinking_away_is_refused(utm):
    with pytest.raises(LabelingError, match="Nothing would be left"):
        checked(resized_metres(wkt(SQUARE), QgsCoordinateReferenceSystem(), -6.0), utm)


def test_vertices_are_moved_inserted_and_removed():
    square = wkt(SQUARE)
    assert same(vertex_moved(square, (0.1, 0.1), (-5, -5), 0.5), "Polygon ((-5 -5, 10 0, 10 10, 0 10, -5 -5))")
    assert same(vertex_moved(square, (5, 0.1), (5, -5), 0.5), "Polygon ((0 0, 5 -5, 10 0, 10 10, 0 10, 0 0))")
    assert same(vertex_moved(square, (0.1, 5), (-5, 5), 0.5), "Polygon ((0 0, 10 0, 10 10, 0 10, -5 5, 0 0))")
    assert same(vertex_removed(square, (0, 0), 0.5), "Polygon ((10 0, 10 10, 0 10, 10 0))")
    assert same(square, SQUARE)
    with pytest.raises(LabelingError, match="no vertex"):
        vertex_moved(square, (5, 5), (6, 6), 0.5)
    with pytest.raises(LabelingError, match="no vertex"):
        vertex_removed(square, (5, 0), 0.5)


def test_a_ring_keeps_three_corners():
    triangle = wkt("Polygon ((0 0, 10 0, 10 10, 0 0))")
    with pytest.raises(LabelingError, match="three corners"):
        vertex_removed(triangle, (0, 0), 0.5)
    hole = vertex_removed(wkt(RING), (4, 4), 0.5)
    assert hole.area() == pytest.approx(98.0)
    with pytest.raises(LabelingError, match="three corners"):
        vertex_removed(hole, (6, 6), 0.5)


def test_reshaping_follows_the_line():
    notch = reshaped(wkt(SQUARE), [(2, -1), (2, 3), (8, 3), (8, -1)])
    assert same(notch, "Polygon ((0 0, 2 0, 2 3, 8 3, 8 0, 10 0, 10 10, 0 10, 0 0))")
    bump = reshaped(wkt(SQUARE), [(2, 1), (2, -3), (8, -3), (8, 1)])
    assert same(bump, "Polygon ((0 0, 2 0, 2 -3, 8 -3, 8 0, 10 0, 10 10, 0 10, 0 0))")
    for line in ([(20, -1), (22, 3)], [(5, 15), (5, 5)], [(2, 2), (8, 8)], [(5, 5), (5, 5)]):
        with pytest.raises(LabelingError, match="does not cross"):
            reshaped(wkt(SQUARE), line)


def test_reshaping_by_a_line_that_goes_in_and_out():
    waves = reshaped(wkt(SQUARE), [(1, 1), (1, -1), (3, -1), (3, 1), (5, 1), (5, -1), (7, -1), (7, 1)])
    assert same(waves, "Polygon ((0 0, 1 0, 1 -1, 3 -1, 3 1, 5 1, 5 -1, 7 -1, 7 0, 10 0, 10 10, 0 10, 0 0))")


def test_reshaping_keeps_holes_and_parts():
    assert reshaped(wkt(RING), [(2, 1), (2, -3), (8, -3), (8, 1)]).area() == pytest.approx(96 + 18)
    assert reshaped(wkt(RING), [(3, 5), (7, 5), (7, 5.5)]).area() in (pytest.approx(98.0), pytest.approx(96.0))
    both = reshaped(wkt(TWO), [(2, 1), (2, -3), (8, -3), (8, 1)])
    assert both.area() == pytest.approx(150 + 18)
    assert len(both.asGeometryCollection()) == 2


@pytest.mark.parametrize("seed", range(30))
def test_no_line_breaks_reshaping_or_cutting(seed):
    """Any scribble gives a valid polygon or is refused; cut pieces always add up."""
    draw = random.Random(seed)  # noqa: S311 - lines, not secrets
    shape = wkt([SQUARE, RING, TWO][seed % 3])
    line = [(draw.randint(-3, 33) / 2, draw.randint(-3, 13)) for _ in range(draw.randint(2, 9))]
    for edit in (reshaped, cut):
        try:
            made = edit(shape, line)
        except LabelingError:
            continue
        pieces = made if edit is cut else [made]
        assert all(piece.isGeosValid() for piece in pieces)
        if edit is cut:
            assert sum(piece.area() for piece in pieces) == pytest.approx(shape.area())


@pytest.mark.parametrize(
    ("geometry", "line", "areas"),
    [
        (SQUARE, [(3, -1), (3, 11)], [70, 30]),
        (SQUARE, [(3, 0), (3, 10)], [70, 30]),
        (SQUARE, [(-1, 3), (11, 3), (11, 8), (-1, 8)], [50, 30, 20]),
        (RING, [(-1, 5), (11, 5)], [48, 48]),
        (TWO, [(3, -1), (3, 11)], [120, 30]),
        (TWO, [(-1, 2), (31, 2)], [80, 30, 20, 20]),
    ],
)
def test_cutting_keeps_the_whole_area(geometry, line, areas):
    pieces = cut(wkt(geometry), line)
    assert [round(piece.area(), 6) for piece in pieces] == areas
    assert sum(areas) == wkt(geometry).area()
    assert all(piece.isGeosValid() for piece in pieces)
    assert not any(
        pieces[i].intersection(pieces[k]).area() > 1e-9 for i in range(len(pieces)) for k in range(i)
    )  # nothing twice


@pytest.mark.parametrize("line", [[(20, 20), (30, 30)], [(5, -1), (5, 5)], [(4, 4), (6, 6)], [(0, -1), (10, -1)]])
def test_a_line_that_does_not_go_through_cuts_nothing(line):
    with pytest.raises(LabelingError, match="does not cut"):
        cut(wkt(SQUARE), line)


def test_merging():
    other = wkt("Polygon ((10 0, 20 0, 20 10, 10 10, 10 0))")
    assert same(merged([wkt(SQUARE), other]), "Polygon ((0 0, 20 0, 20 10, 0 10, 0 0))")
    assert not merged([wkt(SQUARE), other]).isMultipart()
    assert merged([wkt(SQUARE), wkt("Polygon ((30 0, 40 0, 40 10, 30 0))")]).isMultipart()
    with pytest.raises(LabelingError, match="at least two"):
        merged([wkt(SQUARE)])


def test_objects_of_several_parts_give_the_part_under_the_pointer():
    assert same(part_at(wkt(TWO), (25, 2)), "Polygon ((20 0, 30 0, 30 5, 20 5, 20 0))")
    assert same(part_at(wkt(TWO), (1, 1)), SQUARE)


def test_crossing_borders_are_refused_when_drawn_and_repaired_when_picked(utm):
    bow_tie = wkt("Polygon ((0 0, 10 10, 10 0, 0 10, 0 0))")
    with pytest.raises(LabelingError, match="crosses itself"):
        checked(bow_tie, utm)
    mended, is_repaired = repaired(bow_tie)
    assert is_repaired
    assert mended.isGeosValid()
    assert mended.area() == pytest.approx(50.0)


def test_curves_and_heights_are_made_plain():
    curved = wkt("CurvePolygonZ(CompoundCurveZ(CircularStringZ(0 0 1,5 5 1,10 0 1),(10 0 1,0 0 1)))")
    flat, is_repaired = repaired(curved)
    assert not is_repaired
    assert flat.asWkt().startswith("Polygon (")
    assert flat.area() == pytest.approx(math.pi * 12.5, rel=0.01)


@pytest.mark.parametrize("geometry", ["Polygon EMPTY", "Point (1 1)", "LineString (0 0, 1 1)"])
def test_objects_without_area_are_refused(geometry):
    with pytest.raises(LabelingError, match="has no area"):
        repaired(wkt(geometry))


def test_tiny_polygons_are_refused(utm, degrees):
    with pytest.raises(LabelingError, match=r"only 0\.25 square metres"):
        checked(rectangle((500000, 4400000), (500000.5, 4400000.5)), utm)
    with pytest.raises(LabelingError, match="square metres"):
        checked(rectangle((66, 39), (66.000001, 39.000001)), degrees)
    assert checked(rectangle((66, 39), (66.001, 39.001)), degrees).area() > 0


def test_places_that_do_not_exist_are_told(degrees):
    with pytest.raises(LabelingError, match="does not exist"):
        transformed(rectangle((0, 80), (10, 95)), degrees, QgsCoordinateReferenceSystem("EPSG:3857"))


def test_an_inside_point_lies_inside():
    assert inside_point(wkt(SQUARE)) == (5.0, 5.0)
    horseshoe = wkt("Polygon ((0 0, 10 0, 10 10, 8 10, 8 2, 2 2, 2 10, 0 10, 0 0))")
    assert horseshoe.contains(QgsGeometry.fromPointXY(QgsPointXY(*inside_point(horseshoe))))
