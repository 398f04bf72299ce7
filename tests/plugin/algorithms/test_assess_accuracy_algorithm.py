"""Accuracy through Processing: what only QGIS knows of layers, and outputs as the dialog asks for them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import CLASS_FIELD, CLASS_NAMES, class_grid, write_raster
from qgis.core import (
    QgsPalettedRasterRenderer,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor


@pytest.fixture
def class_map(tmp_path):
    """Return a class map without any names of its own."""
    grid = class_grid()
    grid[:, ::9] = 1
    return write_raster(tmp_path / "map.tif", (grid + 1)[None].astype(np.uint16), ("class",))


def saved(layer, path):
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), QgsProject.instance().transformContext(), options)
    return QgsVectorLayer(str(path), "reference", "ogr")


def parameters(class_map, reference, **more):
    return {
        "MAP": class_map,
        "REFERENCE": reference,
        "CLASS_FIELD": CLASS_FIELD,
        "CLASS_NAMES": ", ".join(f"{value}={name}" for value, name in enumerate(CLASS_NAMES, start=1)),
        "DESIGN": "simple_random",
        "TABLE": QgsProcessing.TEMPORARY_OUTPUT,
        **more,
    }


def test_optional_tables_asked_for_as_the_dialog_does(run, region, class_map, context):
    wanted = {
        name: QgsProcessingOutputLayerDefinition(QgsProcessing.TEMPORARY_OUTPUT, QgsProject.instance())
        for name in ("TABLE", "MATRIX")
    }
    results = run("assessaccuracy", parameters(class_map, region.samples(), **wanted), context=context)
    assert results["MATRIX"]
    assert 0.8 < results["OVERALL_ACCURACY"] < 1.0
    assert results["OVERALL_ACCURACY_LOW"] < results["OVERALL_ACCURACY"] < results["OVERALL_ACCURACY_HIGH"]
    assert results["TOTAL_AREA_HA"] == pytest.approx(16.0)


def test_names_come_from_the_legend_of_the_layer(run, region, class_map):
    layer = QgsRasterLayer(class_map, "map")
    entries = [
        QgsPalettedRasterRenderer.Class(value, QColor("#4477aa"), name)
        for value, name in enumerate(CLASS_NAMES, start=1)
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, entries))
    QgsProject.instance().addMapLayer(layer)
    try:
        results = run("assessaccuracy", parameters(layer, region.samples(), CLASS_NAMES=""))
        names = [feature["class"] for feature in results["TABLE"].getFeatures()]
    finally:
        QgsProject.instance().removeMapLayer(layer)
    assert names == ["all classes", *CLASS_NAMES]


def test_keywords_of_the_layer_refuse_a_set_that_proves_nothing(run, region, class_map, tmp_path):
    reference = saved(region.samples(), tmp_path / "reference.gpkg")
    metadata = reference.metadata()
    metadata.addKeywords("cropsample", ["cropsample:design=representative"])
    reference.setMetadata(metadata)
    with pytest.raises(QgsProcessingException, match="proves nothing"):
        run("assessaccuracy", parameters(class_map, reference))
    results = run("assessaccuracy", parameters(class_map, reference, ACCEPT_NON_PROBABILITY=True))
    assert all("NOT A PROBABILITY SAMPLE" in feature["warning"] for feature in results["TABLE"].getFeatures())


def test_record_beside_the_layer_refuses_it(run, region, class_map, tmp_path):
    reference = saved(region.samples(), tmp_path / "reference.gpkg")
    record = {"job": {"name": "representativesamples"}}
    Path(f"{reference.source().split('|')[0]}.cropsample.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(QgsProcessingException, match="representativesamples"):
        run("assessaccuracy", parameters(class_map, reference))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"CLASS_FIELD": None}, "class field"),
        ({"DESIGN": "unequal"}, "weight field"),
        ({"DESIGN": "cluster"}, "cluster field"),
        ({"LABEL_FIELDS": [CLASS_FIELD]}, "label fields"),
    ],
)
def test_what_cannot_go_together_is_told_before_the_run(run, region, class_map, change, said):
    with pytest.raises(QgsProcessingException, match=said):
        run("assessaccuracy", {**parameters(class_map, region.samples()), **change})


def test_several_labelers_through_processing(run, region, class_map):
    wanted = {"CLASS_FIELD": None, "LABEL_FIELDS": [CLASS_FIELD, CLASS_FIELD]}
    results = run("assessaccuracy", {**parameters(class_map, region.samples()), **wanted})
    fields = [field.name() for field in results["TABLE"].fields()]
    assert "area_se_sampling_ha" in fields
