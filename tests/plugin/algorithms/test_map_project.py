"""The project of maps: grouped, styled, with a page and its picture, all without an engine."""

from __future__ import annotations

import zipfile

import numpy as np
import pytest
from conftest import CLASS_FIELD, RecordingFeedback, class_grid, save_layer, write_raster
from qgis.core import (
    QgsPalettedRasterRenderer,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtGui import QColor, QImage

from cropsample_plugin.bridge.styles import save_style_beside, style_class_map

LEGEND = [
    {"class_id": 0, "name": "blé d'hiver", "color": "#d9b98a"},
    {"class_id": 1, "name": "forêt", "color": "#1d6c33"},
    {"class_id": 2, "name": "maïs", "color": "#f0c050"},
]


@pytest.fixture
def layers(region, tmp_path):
    class_map = write_raster(tmp_path / "classes.tif", class_grid()[None].astype(np.uint16), ("class",))
    styled = QgsRasterLayer(class_map, "classes")
    style_class_map(styled, LEGEND)
    assert save_style_beside(styled)
    return [
        save_layer(region.samples(), tmp_path / "samples.gpkg"),
        save_layer(region.parcels(), tmp_path / "parcels.gpkg"),
        class_map,
        region.stack,
    ]


@pytest.fixture
def made(provider, no_engine, layers, tmp_path):
    import processing

    parameters = {
        "LAYERS": layers,
        "TITLE": "Été 2023",
        "CLASS_FIELD": CLASS_FIELD,
        "PROJECT": str(tmp_path / "new folder" / "map.qgz"),
        "PICTURE": str(tmp_path / "pictures" / "map.png"),
    }
    return processing.run("cropsample:mapproject", parameters)


def test_the_project_holds_the_layers_in_groups(made, layers):
    project = QgsProject()
    assert project.read(made["PROJECT"])
    assert made["N_LAYERS"] == len(layers)
    assert project.title() == "Été 2023"
    assert project.crs().authid() == "EPSG:32631"
    groups = {
        group.name(): [entry.name() for entry in group.findLayers()] for group in project.layerTreeRoot().findGroups()
    }
    assert groups == {"Samples": ["samples", "parcels"], "Maps": ["classes"], "Images": ["stack"]}
    assert all(layer.isValid() for layer in project.mapLayers().values())
    visible = [layer.name() for layer in project.layerTreeRoot().checkedLayers()]
    assert "classes" in visible
    assert "stack" not in visible
    assert [layout.name() for layout in project.layoutManager().layouts()] == ["Été 2023"]


def test_styles_come_along(made):
    project = QgsProject()
    project.read(made["PROJECT"])
    class_map = project.mapLayersByName("classes")[0]
    assert isinstance(class_map.renderer(), QgsPalettedRasterRenderer)
    assert [item.label for item in class_map.renderer().classes()] == [entry["name"] for entry in LEGEND]
    samples = project.mapLayersByName("samples")[0]
    colors = {category.label(): category.symbol().color().name() for category in samples.renderer().categories()}
    assert colors == {entry["name"]: entry["color"] for entry in LEGEND}


def test_paths_are_relative(made):
    with zipfile.ZipFile(made["PROJECT"]) as archive:
        document = next(archive.read(name).decode() for name in archive.namelist() if name.endswith(".qgs"))
    assert "../classes.tif" in document


def test_the_picture_shows_the_map(made):
    picture = QImage(made["PICTURE"])
    assert (picture.width(), picture.height()) == pytest.approx((1754, 1240), abs=2)
    colors = {QColor(picture.pixel(x, y)).name() for x in range(0, picture.width(), 5) for y in range(0, 1240, 5)}
    assert {entry["color"] for entry in LEGEND} <= colors


def test_layers_in_memory_are_named_and_left_out(provider, region, layers, tmp_path):
    import processing

    feedback = RecordingFeedback()
    parameters = {"LAYERS": [region.samples(), layers[2]], "PROJECT": str(tmp_path / "map.qgz")}
    made = processing.run("cropsample:mapproject", parameters, feedback=feedback)
    assert made["N_LAYERS"] == 1
    assert "échantillons" in " ".join(feedback.warnings)
    assert "PICTURE" not in made


def test_a_layer_of_the_open_project_keeps_its_look(provider, layers, tmp_path, qgis_new_project):
    import processing

    layer = QgsRasterLayer(layers[2], "my classes")
    style_class_map(layer, [{**LEGEND[0], "name": "renamed"}])
    QgsProject.instance().addMapLayer(layer)
    made = processing.run("cropsample:mapproject", {"LAYERS": [layer.id()], "PROJECT": str(tmp_path / "map.qgz")})
    project = QgsProject()
    project.read(made["PROJECT"])
    written = project.mapLayersByName("my classes")[0]
    assert [item.label for item in written.renderer().classes()] == ["renamed"]
    assert QgsProject.instance().mapLayer(layer.id()) is layer


def test_nothing_readable_is_an_error(provider, tmp_path):
    import processing

    with pytest.raises(QgsProcessingException):
        processing.run("cropsample:mapproject", {"LAYERS": ["/nowhere.tif"], "PROJECT": str(tmp_path / "map.qgz")})
