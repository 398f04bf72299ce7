"""The map so far: a layer that comes, grows and goes with its job."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsPointXY, QgsProject

from cropsample_plugin.bridge.job_folders import new_job_folder
from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.map_preview import MapPreview
from cropsample_plugin.jobs.protocol import Job, ProgressEvent, ResultEvent, encode_event

SIZE = 40


@pytest.fixture
def board(profile):
    made = JobBoard()
    yield made
    made.shut_down()


@pytest.fixture
def preview(board):
    made = MapPreview(board)
    yield made
    made.shut_down()
    QgsProject.instance().clear()


def start_job(classes):
    folder = new_job_folder(Job("predictmap", {"classes": str(classes)}))
    folder.log.touch()
    folder.events.write_text(encode_event(ProgressEvent(0.1)) + "\n", encoding="utf-8")
    return folder


def write_preview(parts, value, number):
    """Write a map so far as the engine does: each under a new name."""
    parts.mkdir(exist_ok=True)
    tile = parts / f"part-{number}.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(tile), SIZE, SIZE, 1, gdal.GDT_Byte)
    dataset.SetGeoTransform((500_000, 10, 0, 5_000_000, 0, -10))
    dataset.GetRasterBand(1).WriteArray(np.full((SIZE, SIZE), value, np.uint8))
    dataset = None
    gdal.BuildVRT(str(parts / "new.vrt"), [str(tile)]).FlushCache()
    (parts / "new.vrt").replace(parts / f"preview-{number:06d}.vrt")


def value_in(layer):
    value, is_valid = layer.dataProvider().sample(QgsPointXY(500_050, 4_999_950), 1)
    assert is_valid
    return value


def test_the_layer_comes_grows_and_goes(board, preview, tmp_path):
    classes = tmp_path / "map.tif"
    folder = start_job(classes)
    board.refresh()
    assert preview.layers() == []
    parts = tmp_path / "map.tif.parts"
    write_preview(parts, 3, 1)
    board.refresh()
    (layer,) = preview.layers()
    assert layer.name() == "map.tif (being computed)"
    assert QgsProject.instance().mapLayer(layer.id()) is layer
    assert value_in(layer) == 3
    write_preview(parts, 5, 2)
    board.refresh()
    assert preview.layers() == [layer]
    assert value_in(layer) == 5
    layer_id = layer.id()
    folder.result.write_text(encode_event(ResultEvent({})), encoding="utf-8")
    board.refresh()
    assert preview.layers() == []
    assert QgsProject.instance().mapLayer(layer_id) is None
    assert not parts.exists()


def test_the_parts_of_a_job_that_was_stopped_stay(board, preview, tmp_path):
    folder = start_job(tmp_path / "map.tif")
    parts = tmp_path / "map.tif.parts"
    write_preview(parts, 3, 1)
    (parts / "manifest.json").write_text("{}")
    board.refresh()
    assert len(preview.layers()) == 1
    folder.result.write_text(encode_event(ResultEvent({})), encoding="utf-8")
    board.refresh()
    assert preview.layers() == []
    assert (parts / "preview-000001.vrt").is_file()


def test_a_layer_that_the_user_removed_stays_away(board, preview, tmp_path):
    start_job(tmp_path / "map.tif")
    parts = tmp_path / "map.tif.parts"
    write_preview(parts, 3, 1)
    board.refresh()
    (layer,) = preview.layers()
    QgsProject.instance().removeMapLayer(layer.id())
    write_preview(parts, 4, 2)
    board.refresh()
    assert preview.layers() == []
    assert QgsProject.instance().mapLayers() == {}


def test_a_map_without_classes_has_no_preview(board, preview):
    start_job("")
    board.refresh()
    assert preview.layers() == []
