"""The shipped model: made by the script, complete, and as good as the steps one by one."""

from __future__ import annotations

import pytest
from conftest import CLASS_FIELD, WRITES_MODELS_LIKE_OURS
from make_models import MODEL_OUTPUTS, RECIPES, make_model, write_model
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingModelAlgorithm

from cropsample_plugin.about import installation_path

MODEL_FILE = "resources/models/train_and_map.model3"


@pytest.fixture
def model(provider):
    return QgsApplication.processingRegistry().createAlgorithmById("cropsample:trainandmap")


@WRITES_MODELS_LIKE_OURS
@pytest.mark.parametrize("name", RECIPES)
def test_the_files_are_what_the_script_makes(provider, tmp_path, name):
    target = tmp_path / "made.model3"
    write_model(make_model(RECIPES[name]), target)
    shipped = installation_path(f"resources/models/{name}.model3").read_text(encoding="utf-8")
    assert target.read_text(encoding="utf-8") == shipped, "run scripts/make_models.py"


def test_it_is_a_model_that_can_be_opened_in_the_modeler(provider):
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(installation_path(MODEL_FILE)))
    assert sorted(model.childAlgorithms()) == sorted(MODEL_OUTPUTS)
    assert model.validate()[0], model.validate()[1]


def test_it_is_offered_like_any_algorithm(model):
    assert model.id() == "cropsample:trainandmap"
    assert model.displayName() == "Train and map"
    assert model.groupId() == "mapping"
    help_text = model.shortHelpString()
    for definition in model.parameterDefinitions():
        if not definition.isDestination():
            assert definition.description() in help_text
    assert model.parameterDefinition("CLASS_FIELD").parentLayerParameterName() == "SAMPLES"
    assert model.parameterDefinition("MODEL").options()[0] == "random_forest"


def test_it_makes_the_map(run, region, tmp_path):
    results = run(
        "trainandmap",
        {
            "FOLDER": str(region.images),
            "SAMPLES": region.samples(),
            "CLASS_FIELD": CLASS_FIELD,
            "MODEL": "random_forest",
            "buildtimeseries:OUTPUT": "TEMPORARY_OUTPUT",
            "predictmap:CLASSES": str(tmp_path / "classes.tif"),
            "trainclassifier:MODEL_PACKAGE": str(tmp_path / "model.zip"),
            "trainclassifier:REPORT": str(tmp_path / "report.html"),
        },
    )
    assert (tmp_path / "report.html").is_file()
    assert (tmp_path / "model.zip").is_file()
    classes = gdal.Open(str(tmp_path / "classes.tif")).ReadAsArray()
    assert set(classes.ravel().tolist()) - {255} == {1, 2, 3}
    numbers = results["CHILD_RESULTS"]["trainclassifier"]
    assert numbers["OVERALL_ACCURACY"] > 0.9
