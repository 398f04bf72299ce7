"""Styles of maps and samples: drawn as meant, in any thread, and kept beside the file."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from memory_layers import make_layer
from osgeo import gdal, osr
from qgis.core import QgsFeedback, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QSize

from cropsample_plugin.bridge.layers import export_features
from cropsample_plugin.bridge.styles import (
    save_style_beside,
    style_class_map,
    style_probabilities,
    style_samples,
    style_uncertainty,
)

LEGEND = [
    {"class_id": 0, "name": "forêt", "color": "#00ff00"},
    {"class_id": 3, "name": "maïs", "color": "#ff0000"},
    {"class_id": 9, "name": "other", "color": ""},
]


def write_raster(path, values, kind=gdal.GDT_Byte, scale=None, nodata=255):
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), values.shape[1], values.shape[0], 1, kind)
    dataset.SetGeoTransform((500_000, 10, 0, 5_000_000, 0, -10))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32631)
    dataset.SetProjection(reference.ExportToWkt())
    band = dataset.GetRasterBand(1)
    band.SetNoDataValue(nodata)
    if scale:
        band.SetScale(scale)
    band.WriteArray(values)
    dataset = None
    return str(path)


@pytest.fixture
def class_map(qgis_app, tmp_path):
    return write_raster(tmp_path / "classes.tif", np.array([[0, 3], [9, 255]], dtype=np.uint8))


@pytest.fixture
def share(qgis_app, tmp_path):
    values = np.array([[0, 10_000], [5_000, 65535]], dtype=np.uint16)
    return write_raster(tmp_path / "uncertainty.tif", values, gdal.GDT_UInt16, 0.0001, 65535)


def drawn_colors(layer):
    """Return the colours QGIS draws for the four pixels, row by row; "" where nothing is drawn."""
    block = layer.renderer().block(1, QgsRectangle(layer.extent()), 2, 2)
    colors = []
    for row in range(2):
        for column in range(2):
            color = block.color(row, column)
            alpha = (color >> 24) & 0xFF
            colors.append(f"#{color & 0xFFFFFF:06x}" if alpha else "")
    return colors


def test_classes_are_drawn_in_their_colours_with_class_zero_and_without_nodata(class_map):
    layer = QgsRasterLayer(class_map, "map")
    style_class_map(layer, LEGEND)
    colors = drawn_colors(layer)
    assert colors[:2] == ["#00ff00", "#ff0000"]
    assert colors[2] not in {"", "#00ff00", "#ff0000"}
    assert colors[3] == ""
    assert [label for label, _color in layer.renderer().legendSymbologyItems()] == ["forêt", "maïs", "other"]


def test_shares_are_drawn_dark_to_bright(share):
    for style in (style_uncertainty, style_probabilities):
        layer = QgsRasterLayer(share, "share")
        style(layer)
        low, high, middle, nothing = drawn_colors(layer)
        brightness = [sum(bytes.fromhex(color[1:])) for color in (low, middle, high)]
        assert brightness == sorted(brightness)
        assert len(set(brightness)) == 3
        assert nothing == ""


def test_a_style_beside_the_file_is_what_any_qgis_opens_it_with(class_map):
    layer = QgsRasterLayer(class_map, "map")
    style_class_map(layer, LEGEND)
    path = save_style_beside(layer)
    assert path.endswith("classes.qml")
    assert drawn_colors(QgsRasterLayer(class_map, "opened again")) == drawn_colors(layer)


def test_styles_work_in_a_worker_thread(class_map, share):
    failures = []

    def work():
        try:
            layer = QgsRasterLayer(class_map, "map")
            style_class_map(layer, LEGEND)
            save_style_beside(layer)
            other = QgsRasterLayer(share, "share")
            style_uncertainty(other)
            save_style_beside(other)
        except Exception as error:  # noqa: BLE001 - a thread cannot raise into its test
            failures.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not failures
    assert drawn_colors(QgsRasterLayer(class_map, "map"))[0] == "#00ff00"


def test_samples_take_the_colours_of_the_map(qgis_app, tmp_path):
    rows = [("Point(1 2)", ["maïs"]), ("Point(1 3)", ["rape"]), ("Point(1 4)", [None])]
    memory = make_layer("Point?crs=EPSG:32631&field=Classe réelle:string", rows)
    path = export_features(memory, str(tmp_path / "s.gpkg"), QgsFeedback()).path
    layer = QgsVectorLayer(path, "samples", "ogr")
    style_samples(layer, "Classe réelle", LEGEND)
    categories = {category.label(): category.symbol().color().name() for category in layer.renderer().categories()}
    assert list(categories) == ["maïs", "rape"]
    assert categories["maïs"] == "#ff0000"
    assert save_style_beside(layer).endswith("s.qml")
    assert len(QgsVectorLayer(path, "again", "ogr").renderer().categories()) == 2


@pytest.mark.parametrize(("kind", "labels"), [("integer", [10, 9, 0]), ("double", [1.5, 0.5, 2.5])])
def test_classes_that_are_numbers_are_sorted_as_numbers(qgis_app, kind, labels):
    layer = make_layer(f"Polygon?field=c:{kind}", [("Polygon((0 0,1 0,1 1,0 0))", [label]) for label in labels])
    style_samples(layer, "c")
    assert [category.value() for category in layer.renderer().categories()] == sorted(labels)


def test_a_field_that_is_not_there_is_refused(qgis_app):
    with pytest.raises(ValueError, match="no field 'c'"):
        style_samples(make_layer("Point?field=a:string", []), "c")


def test_a_style_beside_a_memory_layer_is_not_possible(qgis_app):
    assert save_style_beside(make_layer("Point?field=a:string", [])) == ""


def test_the_preview_is_drawn(class_map):
    layer = QgsRasterLayer(class_map, "map")
    style_class_map(layer, LEGEND)
    assert not layer.previewAsImage(QSize(8, 8)).isNull()
