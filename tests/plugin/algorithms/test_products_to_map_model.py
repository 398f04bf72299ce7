"""A cropland map from products alone, by the shipped model."""

from __future__ import annotations

from conftest import share_of_cropland_right, write_products
from make_models import PRODUCTS_OUTPUTS
from qgis.core import QgsApplication, QgsProcessingModelAlgorithm

from cropsample_plugin.about import installation_path

MODEL_FILE = "resources/models/products_to_map.model3"


def test_the_model_can_be_opened_in_the_modeler_and_is_offered(provider):
    model = QgsProcessingModelAlgorithm()
    assert model.fromFile(str(installation_path(MODEL_FILE)))
    assert sorted(model.childAlgorithms()) == sorted(PRODUCTS_OUTPUTS)
    assert model.validate()[0], model.validate()[1]
    offered = QgsApplication.processingRegistry().createAlgorithmById("cropsample:productstomap")
    assert offered.displayName() == "Products to map"
    assert offered.groupId() == "mapping"
    assert offered.parameterDefinition("CLASS_FIELD").parentLayerParameterName() == "REFERENCE"
    for definition in offered.parameterDefinitions():
        if not definition.isDestination():
            assert definition.description() in offered.shortHelpString()


def test_products_and_images_become_a_map(run, region, tmp_path):
    results = run(
        "productstomap",
        {
            "FOLDER": str(region.images),
            "PRODUCTS": write_products(tmp_path),
            "CROP_VALUES": "40; 4; 1",
            "PURITY_WINDOW": 1,
            "buildtimeseries:OUTPUT": "TEMPORARY_OUTPUT",
            "productconsensus:CONSENSUS": str(tmp_path / "consensus.tif"),
            "productconsensus:AGREEMENT": str(tmp_path / "agreement.tif"),
            "trainweaklysupervised:MODEL_PACKAGE": str(tmp_path / "model.zip"),
            "trainweaklysupervised:REPORT": str(tmp_path / "report.html"),
            "predictmap:CLASSES": str(tmp_path / "classes.tif"),
        },
    )
    assert share_of_cropland_right(tmp_path / "classes.tif") > 0.98
    assert (tmp_path / "report.html").is_file()
    assert results["CHILD_RESULTS"]["trainweaklysupervised"]["N_LABELS"] > 0
