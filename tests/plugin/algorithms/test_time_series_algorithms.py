"""Time series operations through Processing: one by one, on stacks and series layers, and the shipped chain."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import CLASS_FIELD, class_grid
from osgeo import gdal
from qgis.core import QgsApplication, QgsProcessingException, QgsProcessingModelAlgorithm, QgsRasterLayer
from qgis.PyQt.QtCore import NULL

from cropsample_plugin.about import installation_path

NDVI = "NDVI = (nir - red) / (nir + red)"


def band_names(path):
    layer = QgsRasterLayer(path, "")
    return [layer.dataProvider().generateBandName(number) for number in range(1, layer.bandCount() + 1)]


def test_composite_preprocess_indices_seasons(run, cloudy_images, tmp_path):
    built = run("buildtimeseries", {"FOLDER": str(cloudy_images), "OUTPUT": str(tmp_path / "stack.vrt")})
    composed = run(
        "compositetimeseries",
        {
            "STACK": built["OUTPUT"],
            "MASK_BAND": "SCL",
            "N_PERIODS": 0,
            "OUTPUT": str(tmp_path / "c.tif"),
            "OBSERVATIONS": str(tmp_path / "n.tif"),
        },
    )
    assert 0.0 < composed["GAP_SHARE"] < 0.3
    assert QgsRasterLayer(composed["OBSERVATIONS"], "").bandCount() == 2 * 12
    regular = run(
        "preprocesstimeseries",
        {"STACK": composed["OUTPUT"], "METHOD": "7_day_linear_whittaker", "OUTPUT": str(tmp_path / "p.tif")},
    )
    assert regular["N_DATES"] == 48
    indices = run("spectralindices", {"STACK": regular["OUTPUT"], "INDICES": NDVI, "OUTPUT": str(tmp_path / "i.tif")})
    assert indices["N_BANDS"] == 1
    assert "2023-01-05 NDVI" in band_names(indices["OUTPUT"])[0]
    found = run(
        "detectseasons",
        {
            "STACK": indices["OUTPUT"],
            "OUTPUT": str(tmp_path / "s.tif"),
            "SEASON_IDS": str(tmp_path / "ids.tif"),
            "SEASON_TABLE": "memory:",
        },
    )
    assert found["N_SEASONS"] >= 2
    seasons = list(found["SEASON_TABLE"].getFeatures())
    assert len(seasons) == found["N_SEASONS"]
    peaks = gdal.Open(found["OUTPUT"]).ReadAsArray()[1]
    grid = class_grid()
    wheat, maize = (np.nanmedian(peaks[grid == k]) for k in (0, 2))
    assert 60 < maize - wheat < 110


def test_series_layers_give_series_layers(run, region, tmp_path):
    extracted = run("extracttimeseries", {"INPUT": region.samples(), "STACK": region.stack, "OUTPUT": "memory:"})
    indices = run("spectralindices", {"INPUT": extracted["OUTPUT"], "INDICES": NDVI, "OUTPUT_SERIES": "memory:"})
    assert "OUTPUT" not in indices
    layer = indices["OUTPUT_SERIES"]
    names = [field.name() for field in layer.fields()]
    assert "NDVI_20230115" in names
    assert CLASS_FIELD in names
    assert "nir_20230115" not in names
    regular = run(
        "preprocesstimeseries", {"INPUT": layer, "METHOD": "coarse_linear", "OUTPUT_SERIES": str(tmp_path / "p.gpkg")}
    )
    assert regular["N_DATES"] == 11
    found = run("detectseasons", {"INPUT": layer, "OUTPUT_SERIES": "memory:", "SEASON_TABLE": "memory:"})
    rows = list(found["OUTPUT_SERIES"].getFeatures())
    assert len(rows) == layer.featureCount()
    assert {row["season_reason"] for row in rows if row["n_seasons"] == 0} <= {
        "no peak is prominent enough",
        "perennial: always green",
    }
    assert all(row["season_1_peak"] != NULL for row in rows if row["n_seasons"] > 0)


@pytest.mark.parametrize("name", ["compositetimeseries", "preprocesstimeseries", "spectralindices", "detectseasons"])
def test_one_kind_of_input_and_its_output_are_needed(run, region, tmp_path, name):
    for parameters in (
        {"OUTPUT": str(tmp_path / "o.tif")},
        {"STACK": region.stack, "INPUT": region.samples(), "OUTPUT": str(tmp_path / "o.tif")},
        {"STACK": region.stack, "OUTPUT_SERIES": "memory:"},
    ):
        with pytest.raises(QgsProcessingException):
            run(name, parameters)


def test_a_model_refuses_a_stack_preprocessed_otherwise(run, region, tmp_path):
    smooth = run("preprocesstimeseries", {"STACK": region.stack, "METHOD": "raw_whittaker",
                                          "OUTPUT": str(tmp_path / "p.tif")})  # fmt: skip
    extracted = run("extracttimeseries", {"INPUT": region.samples(), "STACK": smooth["OUTPUT"], "OUTPUT": "memory:"})
    trained = run(
        "trainclassifier",
        {
            "SAMPLES": extracted["OUTPUT"],
            "CLASS_FIELD": CLASS_FIELD,
            "N_TREES": 10,
            "VALIDATION": "none",
            "MODEL_PACKAGE": str(tmp_path / "model.zip"),
            "REPORT": str(tmp_path / "report.html"),
        },
    )
    common = {"MODEL_PACKAGE": trained["MODEL_PACKAGE"], "CLASSES": str(tmp_path / "classes.tif")}
    assert run("predictmap", {**common, "STACK": smooth["OUTPUT"]})["N_PREDICTED"] > 0
    with pytest.raises(QgsProcessingException, match="raw_whittaker"):
        run("predictmap", {**common, "STACK": region.stack, "CLASSES": str(tmp_path / "other.tif")})


def test_the_shipped_model_makes_a_map_out_of_clouds(run, region, cloudy_images, tmp_path):
    shipped = QgsProcessingModelAlgorithm()
    assert shipped.fromFile(str(installation_path("resources/models/clouds_to_map.model3")))
    assert shipped.validate()[0], shipped.validate()[1]
    assert QgsApplication.processingRegistry().algorithmById("cropsample:cloudstomap")
    results = run(
        "cloudstomap",
        {
            "FOLDER": str(cloudy_images),
            "MASK_BAND": "SCL",
            "N_PERIODS": 0,
            "INDICES": NDVI,
            "SEASON_INDEX": "NDVI",
            "METHOD": "7_day_linear_whittaker",
            "SAMPLES": region.samples(),
            "CLASS_FIELD": CLASS_FIELD,
            "buildtimeseries:OUTPUT": "TEMPORARY_OUTPUT",
            "compositetimeseries:OUTPUT": "TEMPORARY_OUTPUT",
            "preprocesstimeseries:OUTPUT": "TEMPORARY_OUTPUT",
            "spectralindices:OUTPUT": str(tmp_path / "indices.tif"),
            "detectseasons:OUTPUT": str(tmp_path / "seasons.tif"),
            "detectseasons:SEASON_TABLE": "TEMPORARY_OUTPUT",
            "predictmap:CLASSES": str(tmp_path / "classes.tif"),
            "trainclassifier:MODEL_PACKAGE": str(tmp_path / "model.zip"),
            "trainclassifier:REPORT": str(tmp_path / "report.html"),
        },
    )
    classes = gdal.Open(str(tmp_path / "classes.tif")).ReadAsArray()
    expected = class_grid() + 1
    mapped = classes != 255
    assert mapped.mean() > 0.95
    assert (classes[mapped] == expected[mapped]).mean() > 0.95
    assert results["CHILD_RESULTS"]["detectseasons"]["N_SEASONS"] >= 2
    tags = gdal.Open(str(tmp_path / "indices.tif")).GetMetadata()
    assert tags["CROPSAMPLE_PREPROCESSING"].startswith(
        "composite_least_cloudy(period_days=30) > 7_day_linear_whittaker"
    )
