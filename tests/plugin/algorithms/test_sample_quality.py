"""Judged labels go on to training: through the toolbox, on the published samples."""

from __future__ import annotations

import json
import zipfile

import pytest
from conftest import ROOT
from qgis.core import QgsVectorLayer

SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.mark.slow
def test_weights_of_judged_samples_train_a_model(run, tmp_path):
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets are not beside this checkout")
    judged = run(
        "samplequality",
        {
            "INPUT": str(SHARED_DATA / "mato_grosso_sits" / "samples_modis_ndvi.gpkg"),
            "CLASS_FIELD": "label",
            "DATE_FIELD": "start_date",
            "START_FIELD": "start_date",
            "END_FIELD": "end_date",
            "N_SEEDS": 3,
            "WEIGHT_REMOVE": 0.0,
            "OUTPUT": str(tmp_path / "judged.gpkg"),
            "SEASONS": str(tmp_path / "seasons.gpkg"),
            "REPORT": str(tmp_path / "report.html"),
            "QUALITY_FACTS": str(tmp_path / "facts.json"),
        },
    )
    names = ("N_KEEP", "N_SUSPECT", "N_REMOVE", "N_DATA_GAP", "N_NOT_JUDGED")
    assert sum(judged[name] for name in names) == judged["N_SAMPLES"] == 1218
    layer = QgsVectorLayer(str(tmp_path / "judged.gpkg"), "", "ogr")
    reasons = {feature["reason"] for feature in layer.getFeatures()}
    assert any("like those of its class" in reason for reason in reasons)
    trained = run(
        "trainclassifier",
        {
            "SAMPLES": str(tmp_path / "judged.gpkg"),
            "CLASS_FIELD": "label",
            "WEIGHT_FIELD": "tisqe_weight",
            "QUALITY_FACTS": str(tmp_path / "facts.json"),
            "N_TREES": 50,
            "MODEL_PACKAGE": str(tmp_path / "model.zip"),
        },
    )
    assert trained["N_DROPPED"] == judged["N_REMOVE"]
    assert trained["N_SAMPLES"] == 1218 - judged["N_REMOVE"]
    with zipfile.ZipFile(tmp_path / "model.zip") as package:
        kept = json.loads(package.read("model.json"))["provenance"]["label_quality"]
    assert kept["categories"]["Remove"] == judged["N_REMOVE"]
    assert kept["same_labels_and_series"]
