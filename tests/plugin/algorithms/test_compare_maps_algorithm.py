"""Comparison through Processing: names and legends of layers, lists in text fields, and the styled vote."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import CLASS_FIELD, CLASS_NAMES, class_grid, write_raster
from qgis.core import (
    QgsPalettedRasterRenderer,
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtGui import QColor


@pytest.fixture
def maps(tmp_path):
    """Return two class maps of 1 to 3 with different mistakes."""
    paths = []
    for number, step in enumerate((9, 4)):
        grid = class_grid()
        grid[:, ::step] = 1
        paths.append(write_raster(tmp_path / f"map_{number}.tif", (grid + 1)[None].astype(np.uint8), ("class",)))
    return paths


def parameters(maps, **more):
    return {"MAPS": maps, "CROP_VALUES": "1, 3; 1,3", "TABLE": QgsProcessing.TEMPORARY_OUTPUT, **more}


def judged(maps, reference, **more):
    crops = f"{CLASS_NAMES[0]}, {CLASS_NAMES[2]}"
    wanted = {"REFERENCE": reference, "CLASS_FIELD": CLASS_FIELD, "CROP_LABELS": crops, "DESIGN": "simple_random"}
    return parameters(maps, **{**wanted, **more})


def test_scores_by_the_names_of_the_layers(run, region, maps):
    results = run("comparemaps", judged(maps, region.samples(), NAMES="first; second"))
    rows = {feature["map"]: feature for feature in results["TABLE"].getFeatures()}
    assert list(rows) == ["first", "second", "ensemble (majority)"]
    assert rows["first"]["accuracy"] > rows["second"]["accuracy"]
    assert results["BEST_ACCURACY"] == pytest.approx(rows["first"]["accuracy"])
    assert results["COMMON_AREA_HA"] == pytest.approx(16.0)
    assert 0 < results["CHANGED_AREA_HA"] < 16


def test_legends_of_the_layers_name_the_classes(run, maps):
    layers = []
    for path in maps:
        layer = QgsRasterLayer(path, "map")
        entries = [
            QgsPalettedRasterRenderer.Class(value, QColor("#4477aa"), name)
            for value, name in enumerate(CLASS_NAMES, start=1)
        ]
        layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, entries))
        layers.append(QgsProject.instance().addMapLayer(layer))
    try:
        wanted = {"CROP_VALUES": "", "CHANGES": QgsProcessing.TEMPORARY_OUTPUT}
        results = run("comparemaps", parameters(layers, **wanted))
        changes = [(row["from_class"], row["to_class"]) for row in results["CHANGES"].getFeatures()]
    finally:
        for layer in layers:
            QgsProject.instance().removeMapLayer(layer)
    assert changes == [(first, second) for first in CLASS_NAMES for second in CLASS_NAMES]


def test_rasters_load_with_names_and_colours(run, maps, tmp_path, context):
    names = ("ENSEMBLE", "AGREEMENT", "DIFFERENCE")
    wanted = {name: str(tmp_path / f"{name}.tif") for name in names}
    results = run("comparemaps", parameters(maps, **wanted), context=context)
    labels = {}
    for name in names:
        layer = QgsProcessingUtils.mapLayerFromString(results[name], context)
        layer.loadDefaultStyle()
        labels[name] = {entry.value: entry.label for entry in layer.renderer().classes()}
    assert labels["ENSEMBLE"] == {0: "no crop", 1: "crop"}
    assert labels["AGREEMENT"] == {1: "1 of 2 maps say the same", 2: "2 of 2 maps say the same"}
    assert labels["DIFFERENCE"] == {0: "no crop in both", 1: "no crop → crop", 2: "crop → no crop", 3: "crop in both"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"CROP_VALUES": "1"}, "2 maps, but crop values of 1"),
        ({"CLASS_FIELD": None}, "class field"),
        ({"DESIGN": "unequal"}, "weight field"),
    ],
)
def test_what_cannot_go_together_is_told_before_the_run(run, region, maps, change, said):
    with pytest.raises(QgsProcessingException, match=said):
        run("comparemaps", judged(maps, region.samples(), **change))
