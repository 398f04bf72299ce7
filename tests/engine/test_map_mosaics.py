"""Maps as tiles under a VRT, and GeoTIFFs laid out for the cloud: the pixels of one plain file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from mapping_cases import World, make_cube

from cropsample_plugin.engine.errors import OutputError
from cropsample_plugin.engine.mapping import map_mosaic
from cropsample_plugin.engine.models.packages import load_package

SIDE_PX = 256


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    world = World(tmp_path_factory.mktemp("mosaic"), *make_cube(height=700, width=300))
    world.train()
    world.predict()
    return world, {name: pixels(path) for name, path in world.request.items()}


def pixels(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


@pytest.fixture
def small_tiles(monkeypatch):
    monkeypatch.setattr(map_mosaic, "TILE_SIDE_PX", SIDE_PX)


def as_mosaic(world, tmp_path, **options):
    paths = {name: str(tmp_path / f"{name}.vrt") for name in world.request}
    world.predict(**paths, **options)
    return paths


@pytest.mark.usefixtures("small_tiles")
def test_a_mosaic_has_the_pixels_of_one_file(made, tmp_path):
    world, expected = made
    paths = as_mosaic(world, tmp_path)
    for name, path in paths.items():
        assert (pixels(path) == expected[name]).all()
    with rasterio.open(paths["classes"]) as mosaic, rasterio.open(world.request["classes"]) as plain:
        assert (mosaic.transform, mosaic.crs, mosaic.nodata) == (plain.transform, plain.crs, plain.nodata)
        present = np.unique(expected["classes"])
        colors, wanted = mosaic.colormap(1), plain.colormap(1)
        assert all(colors[value] == wanted[value] for value in present if value != plain.nodata)
        assert len(mosaic.files) == 1 + 3 * 2
    with rasterio.open(paths["probabilities"]) as mosaic, rasterio.open(world.request["probabilities"]) as plain:
        assert mosaic.descriptions == plain.descriptions
        assert mosaic.scales == plain.scales
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{name}{ending}" for name in paths for ending in (".vrt", ".tiles")
    )


@pytest.mark.usefixtures("small_tiles")
def test_names_of_classes_are_in_the_mosaic(made, tmp_path):
    world, _ = made
    text = (tmp_path / "classes.vrt").read_text() if as_mosaic(world, tmp_path) else ""
    for info in load_package(str(world.folder / "model.zip")).classes:
        assert f"<Category>{info.name}</Category>" in text


@pytest.mark.usefixtures("small_tiles")
def test_a_mosaic_moves_with_its_tiles_and_is_replaced_whole(made, tmp_path):
    world, expected = made
    as_mosaic(world, tmp_path)
    stale = tmp_path / "classes.tiles" / "stale.tif"
    stale.touch()
    as_mosaic(world, tmp_path)
    assert not stale.exists()
    tmp_path.rename(tmp_path.with_name("elsewhere"))
    assert (pixels(tmp_path.with_name("elsewhere") / "classes.vrt") == expected["classes"]).all()


def test_a_cloud_optimised_map_has_the_same_pixels_and_its_overviews_first(made, tmp_path):
    world, expected = made
    paths = {name: str(tmp_path / f"{name}.tif") for name in world.request}
    world.predict(**paths, cloud_optimised=True)
    for name, path in paths.items():
        with rasterio.open(path) as dataset, rasterio.open(world.request[name]) as plain:
            assert (dataset.read() == expected[name]).all()
            assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
            assert dataset.overviews(1) == plain.overviews(1)
            assert dataset.descriptions == plain.descriptions
            assert (dataset.nodata, dataset.scales) == (plain.nodata, plain.scales)
    with rasterio.open(paths["classes"]) as dataset, rasterio.open(world.request["classes"]) as plain:
        assert dataset.colormap(1) == plain.colormap(1)
    before = {path: Path(path).read_bytes() for path in paths.values()}
    world.predict(**paths, cloud_optimised=True)
    assert all(Path(path).read_bytes() == content for path, content in before.items())
    assert not list(tmp_path.glob("*.cog"))


def test_other_endings_are_refused(made, tmp_path):
    world, _ = made
    with pytest.raises(OutputError, match=r"must end in \.tif"):
        world.predict(classes=str(tmp_path / "map.img"))
