"""Proposed samples in QGIS: any layer in, any destination out, and what the layer says of itself."""

from __future__ import annotations

import pytest
from conftest import CLASS_FIELD
from qgis.core import QgsProcessingException, QgsVectorLayer

from cropsample_plugin.bridge.sample_designs import NO_PROOF, VOCABULARY, design_of


@pytest.fixture
def probabilities(run, region, trained, tmp_path):
    classes, shares = str(tmp_path / "classes.tif"), str(tmp_path / "probabilities.tif")
    parameters = {"MODEL_PACKAGE": trained, "STACK": region.stack, "CLASSES": classes, "PROBABILITIES": shares}
    return run("predictmap", parameters)["PROBABILITIES"]


def test_samples_are_ranked_with_reasons_and_say_that_they_prove_nothing(run, region, probabilities, tmp_path):
    results = run(
        "proposesamples",
        {
            "PROBABILITIES": probabilities,
            "STACK": region.stack,
            "EXISTING": region.samples(per_class=3),
            "CLASS_FIELD": CLASS_FIELD,
            "N_SAMPLES": 6,
            "OUTPUT": str(tmp_path / "proposed.gpkg"),
        },
    )
    layer = QgsVectorLayer(results["OUTPUT"], "", "ogr")
    assert results["N_PROPOSED"] == layer.featureCount() == 6
    assert sorted(feature["rank"] for feature in layer.getFeatures()) == [1, 2, 3, 4, 5, 6]
    assert all("the model" in feature["reason"] for feature in layer.getFeatures())
    assert all(NO_PROOF in feature["design"] for feature in layer.getFeatures())
    assert all("from the nearest sample" in feature["reason"] for feature in layer.getFeatures())
    assert layer.crs().isValid()
    assert design_of(layer) == "proposed"
    assert NO_PROOF in layer.metadata().keywords()[VOCABULARY]


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({}, "either probabilities or a model"),
        ({"MODEL_PACKAGE": "model.zip"}, "needs a stack"),
        ({"PROBABILITIES": "stack", "CLASS_FIELD": "crop"}, "no existing samples"),
    ],
)
def test_inputs_that_do_not_fit_are_said_before_anything_runs(run, region, tmp_path, given, word):
    (tmp_path / "model.zip").write_bytes(b"")
    values = {"stack": region.stack, "model.zip": str(tmp_path / "model.zip")}
    parameters = {name: values.get(value, value) for name, value in given.items()}
    with pytest.raises(QgsProcessingException, match=word):
        run("proposesamples", {**parameters, "OUTPUT": str(tmp_path / "p.gpkg")})


def test_a_stack_is_no_probability_map(run, region, tmp_path):
    with pytest.raises(QgsProcessingException, match="no probabilities"):
        run("proposesamples", {"PROBABILITIES": region.stack, "OUTPUT": str(tmp_path / "p.gpkg")})
