"""The shipped models on label quality: made by the script, complete, and as good as their steps one by one."""

from __future__ import annotations

import json
import zipfile

import pytest
from conftest import CLASS_FIELD, ROOT, WRITES_MODELS_LIKE_OURS
from make_label_models import RECIPES, WEIGHT_FIELD
from make_models import make_model, write_model
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingModelAlgorithm, QgsVectorLayer
from togo_stack import LABELERS, write_togo_stack

from cropsample_plugin.about import installation_path

SHARED_DATA = ROOT.parent / "shared" / "data"
SETS = {
    "mato_grosso": {
        "SAMPLES": str(SHARED_DATA / "mato_grosso_sits" / "samples_modis_ndvi.gpkg"),
        "CLASS_FIELD": "label",
        "DATE_FIELD": "start_date",
        "START_FIELD": "start_date",
        "END_FIELD": "end_date",
    },
    "central_asia": {
        "SAMPLES": str(SHARED_DATA / "central_asia_uz_south" / "central_asia_uz_south.gpkg"),
        "CLASS_FIELD": "label_1",
        "DATE_FIELD": "date",
    },
}


def outputs(folder, *, with_map=False):
    named = {
        "samplequality:OUTPUT": str(folder / "judged.gpkg"),
        "samplequality:LEDGER": str(folder / "ledger.gpkg"),
        "samplequality:REPORT": str(folder / "labels.html"),
        "samplequality:QUALITY_FACTS": str(folder / "facts.json"),
        "trainclassifier:MODEL_PACKAGE": str(folder / "model.zip"),
        "trainclassifier:REPORT": str(folder / "model.html"),
    }
    return {**named, "predictmap:CLASSES": str(folder / "classes.tif")} if with_map else named


def features(path):
    layer = QgsVectorLayer(str(path), "", "ogr")
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, feature.attributes())) for feature in layer.getFeatures()]


@WRITES_MODELS_LIKE_OURS
@pytest.mark.parametrize("name", RECIPES)
def test_the_files_are_what_the_script_makes(provider, tmp_path, name):
    target = tmp_path / "made.model3"
    write_model(make_model(RECIPES[name]), target)
    shipped = installation_path(f"resources/models/{name}.model3").read_text(encoding="utf-8")
    assert target.read_text(encoding="utf-8") == shipped, "run scripts/make_label_models.py"


@pytest.mark.parametrize("name", RECIPES)
def test_they_open_in_the_modeler_and_are_offered(provider, name):
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(installation_path(f"resources/models/{name}.model3")))
    assert model.validate()[0], model.validate()[1]
    offered = QgsApplication.processingRegistry().createAlgorithmById(f"cropsample:{name.replace('_', '')}")
    assert offered.groupId() == "labelquality"
    assert offered.parameterDefinition("CLASS_FIELD").parentLayerParameterName() == "SAMPLES"
    for definition in offered.parameterDefinitions():
        if not definition.isDestination():
            assert definition.description() in offered.shortHelpString()


def test_from_samples_and_a_stack_to_a_map(run, region, tmp_path):
    results = run(
        "judgeandmap",
        {
            "STACK": region.stack,
            "SAMPLES": region.samples(),
            "CLASS_FIELD": CLASS_FIELD,
            "MODEL": "random_forest",
            **outputs(tmp_path, with_map=True),
        },
    )
    classes = gdal.Open(str(tmp_path / "classes.tif")).ReadAsArray()
    assert set(classes.ravel().tolist()) - {255} == {1, 2, 3}
    judged = features(tmp_path / "judged.gpkg")
    assert len(judged) == results["CHILD_RESULTS"]["samplequality"]["N_SAMPLES"] == 120
    assert (tmp_path / "labels.html").is_file()
    assert (tmp_path / "model.html").is_file()


@pytest.mark.slow
@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the real data sets are not beside this checkout")
@pytest.mark.parametrize("name", SETS)
def test_published_labels_train_with_their_weights(run, tmp_path, name):
    results = run("judgeandtrain", {**SETS[name], "MODEL": "random_forest", **outputs(tmp_path)})
    numbers = results["CHILD_RESULTS"]
    judged = features(tmp_path / "judged.gpkg")
    contradicted = [row[WEIGHT_FIELD] for row in judged if row["quality"] == "Remove"]
    assert len(judged) == numbers["samplequality"]["N_SAMPLES"]
    assert len(contradicted) == numbers["samplequality"]["N_REMOVE"] > 0
    assert 0 < max(contradicted) <= 0.15 + 1e-9
    assert 0 < numbers["trainclassifier"]["N_SAMPLES"] <= len(judged)
    counted = ("Keep", "Suspect", "Remove", "DataGap", "NA")
    assert sum(row[category] for row in features(tmp_path / "ledger.gpkg") for category in counted) == len(judged)
    with zipfile.ZipFile(tmp_path / "model.zip") as package:
        told = json.loads(package.read("model.json"))
    assert "label_quality" in json.dumps(told)


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the real data sets are not beside this checkout")
def test_labels_of_four_labelers_are_merged_and_judged(run, tmp_path):
    """The labels and places are those of Togo; the series are made, and at some places say the opposite."""
    labels = SHARED_DATA / "togo_labels" / "togo_test_4labelers.gpkg"
    planted = write_togo_stack(tmp_path / "togo.tif", labels)
    results = run(
        "mergeandjudge",
        {
            "SAMPLES": f"{labels}|layername=joined",
            "SAMPLE_ID_FIELD": "id",
            "LABEL_FIELDS": list(LABELERS),
            "STACK": str(tmp_path / "togo.tif"),
            "labelconsensus:OUTPUT": str(tmp_path / "consensus.gpkg"),
            "labelconsensus:PAIRS": str(tmp_path / "pairs.gpkg"),
            "labelconsensus:REPORT": str(tmp_path / "labelers.html"),
            "samplequality:OUTPUT": str(tmp_path / "judged.gpkg"),
            "samplequality:REPORT": str(tmp_path / "labels.html"),
        },
    )["CHILD_RESULTS"]
    merged = results["labelconsensus"]
    assert (merged["N_CONSENSUS"], merged["N_TIES"], merged["N_UNANIMOUS"]) == (306, 45, 181)
    assert [row["n_agreed"] for row in features(tmp_path / "pairs.gpkg")] == [229, 248, 249, 274, 273, 278]
    judged = features(tmp_path / "judged.gpkg")
    assert len(judged) == 306
    removed = {int(row["sample_id"]) for row in judged if row["quality"] == "Remove"}
    assert planted == removed
