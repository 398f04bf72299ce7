"""Predicting inside polygons only."""

from __future__ import annotations

import numpy as np
import pyogrio
import pyproj
import pytest
import rasterio
import shapely
from mapping_cases import RecordingProgress, World, make_cube

from cropsample_plugin.engine.errors import InputError

UTM, GEOGRAPHIC, WEB = "EPSG:32631", "EPSG:4326", "EPSG:3857"


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, *make_cube(height=100, width=120))
    world.train()
    return world


def write_area(world, geometries, crs=UTM, name="area.gpkg", geometry_type="Unknown"):
    path = world.folder / name
    shapes = np.array(geometries, dtype=object)
    if crs is not None and crs != UTM:
        transformer = pyproj.Transformer.from_crs(UTM, crs, always_xy=True)
        shapes = shapely.transform(
            shapely.segmentize(shapes, 10), lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
        )
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapes),
        [np.arange(len(shapes))],
        ["n"],
        crs=crs,
        geometry_type=geometry_type,
        driver="GPKG",
    )
    return str(path)


def pixel_box(row, column, height, width):
    """The outline of some pixels in map coordinates."""
    left, top = 600000 + 10 * column, 5600000 - 10 * row
    return shapely.box(left, top - 10 * height, left + 10 * width, top)


def inside(world):
    return world.read("classes")[0] != 255


@pytest.mark.parametrize("crs", [UTM, GEOGRAPHIC, WEB])
def test_outside_the_polygons_is_nodata(world, crs):
    world.predict()
    whole = world.read("probabilities")
    area = write_area(world, [pixel_box(10, 20, 30, 40), pixel_box(70, 90, 5, 6)], crs)
    summary = world.predict(area=area)
    expected = np.zeros((100, 120), dtype=bool)
    expected[10:40, 20:60] = expected[70:75, 90:96] = True
    assert (inside(world) == expected).all()
    assert (world.read("probabilities")[:, ~expected] == 65535).all()
    assert (world.read("probabilities")[:, expected] == whole[:, expected]).all()
    assert (summary.n_pixels, summary.n_predicted) == (1230, 1230)


def test_blocks_outside_are_not_even_read(world):
    with rasterio.open(world.stack) as dataset:
        offset = int(dataset.get_tag_item("BLOCK_OFFSET_0_6", "TIFF", bidx=1))
    with world.stack.open("r+b") as stream:
        stream.seek(offset)
        stream.write(b"x" * 40)
    area = write_area(world, [pixel_box(40, 20, 10, 20)])
    assert world.predict(area=area, memory_mb=1).n_predicted == 200


def test_polygons_may_reach_beyond_the_raster_and_round_the_world(world):
    path = world.folder / "world.gpkg"
    shape = shapely.box(-179, -89, 179, 89)
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array([shape])), [np.arange(1)], ["n"], crs=GEOGRAPHIC, geometry_type="Polygon"
    )
    assert world.predict(area=str(path)).n_predicted == 12000


def test_the_same_polygons_in_another_file_are_the_same_area(world, monkeypatch):
    from cropsample_plugin.engine.mapping.part_store import PartStore

    save, saved = PartStore.save, []

    def save_two(self, block, part):
        if len(saved) == 2:
            raise KeyboardInterrupt
        saved.append(block)
        return save(self, block, part)

    shapes = [pixel_box(3, 3, 90, 110)]
    area = write_area(world, shapes)
    with monkeypatch.context() as patch:
        patch.setattr(PartStore, "save", save_two)
        with pytest.raises(KeyboardInterrupt):
            world.predict(area=area, memory_mb=1, threads=1)
    again = write_area(world, shapes, name="exported again.gpkg")
    assert world.predict(area=again, memory_mb=1, threads=1).n_blocks_resumed == 2


def test_an_area_elsewhere_is_refused(world):
    area = write_area(world, [pixel_box(5000, 5000, 10, 10)])
    with pytest.raises(InputError, match="does not overlap"):
        world.predict(area=area)


def test_polygons_between_pixel_centres_give_an_empty_map_with_a_warning(world):
    progress = RecordingProgress()
    left, top = 600000 + 101, 5600000 - 101
    summary = world.predict(progress, area=write_area(world, [shapely.box(left, top - 2, left + 2, top)]))
    assert (summary.n_pixels, summary.n_predicted) == (0, 0)
    assert any("No pixel" in message for message in progress.logs)


@pytest.mark.parametrize("shapes", [[shapely.Point(600100, 5599900)], [shapely.Polygon()]])
def test_an_area_without_polygons_is_refused(world, shapes):
    with pytest.raises(InputError, match="no polygon"):
        world.predict(area=write_area(world, shapes))


def test_an_area_without_crs_is_refused(world):
    with pytest.raises(InputError, match="coordinate reference system"):
        world.predict(area=write_area(world, [pixel_box(0, 0, 10, 10)], crs=None))


@pytest.mark.parametrize("content", [None, b"no database"])
def test_an_unreadable_area_is_named(world, content):
    path = world.folder / "broken.gpkg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"broken\.gpkg"):
        world.predict(area=str(path))


def test_crossing_outlines_are_mended(world):
    bow = shapely.Polygon([(600100, 5599900), (600300, 5599700), (600300, 5599900), (600100, 5599700)])
    summary = world.predict(area=write_area(world, [bow]))
    assert 0 < summary.n_predicted < 400
