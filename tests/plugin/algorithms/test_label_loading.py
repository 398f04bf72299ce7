"""Outputs on labels are styled when Processing loads them: in memory, in a file, and never over the user's style."""

from __future__ import annotations

import pytest
from conftest import CLASS_FIELD, save_layer
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject, QgsVectorLayer

from cropsample_plugin.algorithms.label_loading import style_labels_on_loading


@pytest.fixture
def judged(run, region):
    result = run(
        "samplequality",
        {
            "INPUT": region.samples(),
            "CLASS_FIELD": CLASS_FIELD,
            "STACK": region.stack,
            "N_SEEDS": 2,
            "OUTPUT": "TEMPORARY_OUTPUT",
            "LEDGER": "TEMPORARY_OUTPUT",
        },
    )
    return result["OUTPUT"], result["LEDGER"]


def load(layer):
    """Do with a layer what Processing does when an algorithm has finished."""
    context = QgsProcessingContext()
    context.temporaryLayerStore().addMapLayer(layer)
    details = QgsProcessingContext.LayerDetails(layer.name(), QgsProject.instance(), "OUTPUT")
    context.addLayerToLoadOnCompletion(layer.id(), details)
    style_labels_on_loading(context)
    processor = context.layerToLoadOnCompletionDetails(layer.id()).postProcessor()
    processor.postProcessLayer(layer, context, QgsProcessingFeedback())
    context.takeResultLayer(layer.id())


def test_in_memory_and_in_a_file(judged, tmp_path):
    samples, ledger = judged
    path = save_layer(samples, tmp_path / "judged.gpkg")
    load(samples)
    load(ledger)
    assert samples.renderer().classAttribute() == '"quality"'
    layer = QgsVectorLayer(path, "judged", "ogr")
    load(layer)
    assert layer.renderer().classAttribute() == '"quality"'
    again = QgsVectorLayer(path, "opened again", "ogr")
    assert {item.value() for item in again.renderer().categories()} >= {"Keep", "Remove"}


def test_the_users_own_style_stays(judged, tmp_path):
    path = save_layer(judged[0], tmp_path / "judged.gpkg")
    mine = QgsVectorLayer(path, "mine", "ogr")
    mine.saveNamedStyle(str(tmp_path / "judged.qml"))
    layer = QgsVectorLayer(path, "judged", "ogr")
    load(layer)
    assert layer.renderer().type() == "singleSymbol"
