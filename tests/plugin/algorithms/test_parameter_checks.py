"""What is refused before anything runs: formats, outputs that replace inputs, parameters that do not go together."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsApplication, QgsProcessingOutputLayerDefinition, QgsProject, QgsProperty, QgsRasterLayer

from cropsample_plugin.algorithms.parameters import (
    GEOTIFF_EXTENSIONS,
    VRT_EXTENSIONS,
    RasterFileDestination,
    destination_text,
)


@pytest.fixture
def check(provider, context):
    def check_parameters(name, parameters):
        return (
            QgsApplication.processingRegistry()
            .createAlgorithmById(f"cropsample:{name}")
            .checkParameterValues(parameters, context)
        )

    return check_parameters


def build_parameters(region, **others):
    return {"FOLDER": str(region.images), "OUTPUT": "TEMPORARY_OUTPUT", **others}


def predict_parameters(region, tmp_path, **others):
    model = tmp_path / "model.zip"
    model.write_bytes(b"")
    return {"MODEL_PACKAGE": str(model), "STACK": region.stack, "CLASSES": str(tmp_path / "classes.tif"), **others}


def test_good_parameters_are_accepted(check, region, tmp_path):
    assert check("buildtimeseries", build_parameters(region)) == (True, "")
    assert check("predictmap", predict_parameters(region, tmp_path)) == (True, "")


@pytest.mark.parametrize("name", ["stack.tif", "stack", "stack.gpkg"])
def test_a_stack_is_a_vrt(check, region, tmp_path, name):
    accepted, message = check("buildtimeseries", build_parameters(region, OUTPUT=str(tmp_path / name)))
    assert not accepted
    assert name in message
    assert ".vrt" in message


@pytest.mark.parametrize("name", ["classes.img", "classes.png", "classes.gpkg"])
def test_maps_are_geotiffs_or_mosaics(check, region, tmp_path, name):
    accepted, message = check("predictmap", predict_parameters(region, tmp_path, CLASSES=str(tmp_path / name)))
    assert not accepted
    assert name in message
    assert "GeoTIFF" in message


def test_a_map_may_be_a_mosaic_over_tiles(check, region, tmp_path):
    accepted, message = check("predictmap", predict_parameters(region, tmp_path, CLASSES=str(tmp_path / "classes.vrt")))
    assert accepted, message


def test_an_output_may_not_replace_an_input(check, region, tmp_path):
    accepted, message = check("predictmap", predict_parameters(region, tmp_path, CLASSES=region.stack))
    assert not accepted
    assert "input" in message
    other_spelling = str(Path(region.stack).parent / "." / ".." / Path(region.stack).parent.name / "stack.tif")
    assert not check("predictmap", predict_parameters(region, tmp_path, CLASSES=other_spelling))[0]


def test_an_output_may_not_replace_a_layer_of_the_project(check, region, tmp_path, qgis_new_project):
    layer = QgsRasterLayer(region.stack, "a stack")
    QgsProject.instance().addMapLayer(layer)
    definition = QgsProcessingOutputLayerDefinition(region.stack)
    accepted, message = check("predictmap", predict_parameters(region, tmp_path, STACK=layer.id(), CLASSES=definition))
    assert not accepted
    assert "input" in message


def test_two_outputs_may_not_be_the_same_file(check, region, tmp_path):
    same = str(tmp_path / "classes.tif")
    accepted, message = check("predictmap", predict_parameters(region, tmp_path, UNCERTAINTY=same))
    assert not accepted
    assert same in message


def test_a_file_is_no_folder(check, region, tmp_path):
    (tmp_path / "file").write_text("")
    accepted, message = check(
        "predictmap", predict_parameters(region, tmp_path, CLASSES=str(tmp_path / "file" / "a.tif"))
    )
    assert not accepted
    assert str(tmp_path / "file") in message


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"FOLDER": ""}, "There is no input"),
        ({"PERIOD_DAYS": 30}, "start date"),
        ({"PERIOD_DAYS": -1}, "PERIOD_DAYS"),
        ({"GRID_RULE": "stretch"}, "GRID_RULE"),
    ],
)
def test_buildtimeseries_refuses(check, region, others, words):
    accepted, message = check("buildtimeseries", build_parameters(region, **others))
    assert not accepted
    assert words in message


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"START_FIELD": "code"}, "both"),
        ({"END_FIELD": "code"}, "both"),
        ({"START_FIELD": "code", "END_FIELD": "code"}, "same field"),
        ({"PIXELS_PER_POLYGON": 0}, "PIXELS_PER_POLYGON"),
        ({"INNER_BUFFER": -5}, "INNER_BUFFER"),
        ({"INPUT": None}, "INPUT"),
    ],
)
def test_extracttimeseries_refuses(check, region, others, words):
    parameters = {"INPUT": region.samples(), "STACK": region.stack, "OUTPUT": "memory:", **others}
    accepted, message = check("extracttimeseries", parameters)
    assert not accepted
    assert words in message


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"GROUP_FIELD": "code"}, "class field"),
        ({"MODEL": "oracle"}, "MODEL"),
        ({"DROPOUT": 1.5}, "DROPOUT"),
        ({"CLASS_FIELD": ""}, "CLASS_FIELD"),
    ],
)
def test_trainclassifier_refuses(check, region, others, words):
    parameters = {
        "SAMPLES": region.samples(),
        "STACK": region.stack,
        "CLASS_FIELD": "code",
        "MODEL_PACKAGE": "TEMPORARY_OUTPUT",
        **others,
    }
    accepted, message = check("trainclassifier", parameters)
    assert not accepted
    assert words in message


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("TEMPORARY_OUTPUT", ""),
        ("memory:", ""),
        ("ogr:dbname='a.gpkg' table=\"b\" (geom)", ""),
        ("/data/map.tif", "/data/map.tif"),
        (QgsProperty.fromValue("/data/map.tif"), "/data/map.tif"),
        (QgsProcessingOutputLayerDefinition("/data/map.tif"), "/data/map.tif"),
        (QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT"), ""),
    ],
)
def test_destinations_are_read_without_side_effects(context, value, expected):
    assert destination_text(value, context) == expected
    assert not context.layersToLoadOnCompletion()


@pytest.mark.parametrize("extensions", [VRT_EXTENSIONS, GEOTIFF_EXTENSIONS])
def test_a_destination_keeps_its_format_when_cloned(extensions):
    destination = RasterFileDestination("OUTPUT", "Output", extensions, optional=True, by_default=False)
    clone = destination.clone()
    assert clone.defaultFileExtension() == extensions[0]
    assert clone.supportedOutputRasterLayerExtensions() == list(extensions)
    assert f"*.{extensions[0]}" in clone.createFileFilter()
    assert clone.generateTemporaryDestination().endswith("." + extensions[0])
    assert not clone.createByDefault()
    assert clone.flags() == destination.flags()


@pytest.mark.parametrize(
    ("strategy", "label"),
    [
        ("zero_label", "Source samples"),
        ("dann", "Source samples"),
        ("fine_tune", "Class field"),
        ("joint", "Source"),
        ("fill_in", "Source"),
    ],
)
def test_a_strategy_says_what_it_learns_from(check, region, tmp_path, strategy, label):
    model = tmp_path / "model.zip"
    model.write_bytes(b"")
    given = {"MODEL_PACKAGE": str(model), "SAMPLES": region.samples(), "OUTPUT": str(tmp_path / "target.zip")}
    assert check("transferclassifier", given) == (True, "")
    accepted, message = check("transferclassifier", {**given, "STRATEGY": strategy})
    assert not accepted
    assert label in message
    assert strategy in message
