"""The sampling algorithms as QGIS runs them: from a stack or parcels to samples, reports and numbers."""

from __future__ import annotations

import pytest
from conftest import LEFT_M, TOP_M
from make_models import make_model, write_model
from make_sampling_model import RECIPE
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsVectorLayer

from cropsample_plugin.about import installation_path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sampling")


def make_objects(run, region, folder, **extra):
    parameters = {"STACK": region.stack, "OBJECT_SIZE": 25, "N_STRATA": 4, "OBJECTS": str(folder / "objects.gpkg")}
    return run("objectstratification", {**parameters, "STRATA": str(folder / "strata.tif"), **extra})


def test_from_a_stack_to_samples_in_the_field(run, region, folder):
    made = make_objects(run, region, folder)
    assert made["N_STRATA"] == 4
    objects = QgsVectorLayer(made["OBJECTS"], "objects", "ogr")
    assert objects.featureCount() == made["N_OBJECTS"] > 30
    assert {"object_id", "stratum", "area_ha"} <= set(objects.fields().names())
    strata = gdal.Open(made["STRATA"]).ReadAsArray()
    assert set(strata.ravel().tolist()) <= {0, 1, 2, 3, 4}
    chosen = run(
        "representativesamples",
        {
            "OBJECTS": made["OBJECTS"],
            "N_SAMPLES": 12,
            "OUTPUT": str(folder / "samples.gpkg"),
            "GPX": str(folder / "samples.gpx"),
            "REPORT": str(folder / "report.html"),
        },
    )
    assert 0 < chosen["CRI_RANDOM"] <= chosen["CRI"] <= 1
    assert QgsVectorLayer(chosen["OUTPUT"], "samples", "ogr").featureCount() == 12
    assert "<svg" in (folder / "report.html").read_text(encoding="utf-8")
    evaluated = run(
        "evaluaterepresentativeness",
        {
            "SAMPLES": chosen["OUTPUT"],
            "OBJECTS": made["OBJECTS"],
            "N_ADDITIONAL": 3,
            "UNDERREPRESENTED": "memory:",
            "ADDITIONAL": "memory:",
        },
    )
    assert evaluated["CRI"] == pytest.approx(chosen["CRI"])
    assert 0 < evaluated["CRI_WITH_ADDITIONAL"] <= 1


def test_departure_from_a_point(run, region, folder):
    made = make_objects(run, region, folder)
    results = run(
        "departuresamples",
        {
            "OBJECTS": made["OBJECTS"],
            "START_POINT": f"{LEFT_M},{TOP_M} [EPSG:32631]",
            "RADII": "0.25,1",
            "N_SAMPLES": 6,
            "OUTPUT": "memory:",
        },
    )
    assert 0 < results["CRI_EVERYWHERE"] <= 1


def test_probability_samples_and_size_from_a_class_map(run, region, folder):
    made = make_objects(run, region, folder)
    size = run("samplesize", {"CLASS_MAP": made["STRATA"], "ZERO": "outside", "TABLE": "memory:"})
    assert size["N_SAMPLES"] == size["N_OLOFSSON"] > 100
    drawn = run(
        "probabilitysamples",
        {"CLASS_MAP": made["STRATA"], "N_SAMPLES": 60, "MINIMUM_PER_STRATUM": 5, "OUTPUT": str(folder / "p.gpkg")},
    )
    points = QgsVectorLayer(drawn["OUTPUT"], "points", "ogr")
    weights = sum(feature["design_weight"] for feature in points.getFeatures())
    assert weights == pytest.approx(drawn["N_PIXELS"])


def test_inputs_that_do_not_fit_together_are_told_at_once(run, region):
    with pytest.raises(QgsProcessingException, match="raster, parcels, or both"):
        run("objectstratification", {"OBJECTS": "memory:"})
    with pytest.raises(QgsProcessingException, match="either a class map or an area"):
        run("probabilitysamples", {"OUTPUT": "memory:"})


def test_the_model_file_is_what_the_script_makes(provider, tmp_path):
    target = tmp_path / "made.model3"
    write_model(make_model(RECIPE), target)
    shipped = installation_path(f"resources/models/{'plan_samples.model3'}").read_text(encoding="utf-8")
    assert target.read_text(encoding="utf-8") == shipped, "run scripts/make_sampling_model.py"


def test_the_model_plans_samples(run, region, tmp_path):
    run(
        "plansamples",
        {
            "STACK": region.stack,
            "OBJECT_SIZE": 25,
            "N_SAMPLES": 8,
            "objectstratification:OBJECTS": "TEMPORARY_OUTPUT",
            "objectstratification:STRATA": str(tmp_path / "strata.tif"),
            "representativesamples:OUTPUT": str(tmp_path / "samples.gpkg"),
            "representativesamples:GPX": str(tmp_path / "samples.gpx"),
            "representativesamples:REPORT": str(tmp_path / "report.html"),
        },
    )
    assert QgsVectorLayer(str(tmp_path / "samples.gpkg"), "samples", "ogr").featureCount() == 8
    assert (tmp_path / "samples.gpx").is_file()
    assert (tmp_path / "report.html").is_file()
