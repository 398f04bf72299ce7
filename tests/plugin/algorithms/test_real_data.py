"""Published data sets through the Processing algorithms, as a user would run them."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import ROOT
from osgeo import gdal
from qgis.core import QgsCoordinateTransform, QgsProject, QgsVectorLayer

SHARED_DATA = ROOT.parent / "shared" / "data"

pytestmark = pytest.mark.slow


@pytest.fixture
def shared_data():
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets are not beside this checkout")
    return SHARED_DATA


def values_at(path: str, points: QgsVectorLayer) -> list[int]:
    """Return the raster's value at each point."""
    dataset = gdal.Open(path)
    classes = dataset.ReadAsArray()
    left, width, _, top, _, height = dataset.GetGeoTransform()
    from qgis.core import QgsRasterLayer

    crs = QgsRasterLayer(path, "").crs()
    transform = QgsCoordinateTransform(points.crs(), crs, QgsProject.instance())
    found = []
    for feature in points.getFeatures():
        point = transform.transform(feature.geometry().asPoint())
        found.append(int(classes[int((point.y() - top) / height), int((point.x() - left) / width)]))
    return found


def test_sinop_from_the_published_samples(run, shared_data, tmp_path):
    """The 1,218 samples hold NDVI, the rasters NDVI * 10000 without saying so (sits, Simoes et al. 2021)."""
    folder = shared_data / "mato_grosso_sits"
    trained = run(
        "trainclassifier",
        {
            "SAMPLES": str(folder / "samples_modis_ndvi.gpkg"),
            "CLASS_FIELD": "label",
            "MODEL": "random_forest",
            "VALIDATION": "k_fold",
            "MODEL_PACKAGE": str(tmp_path / "model.zip"),
            "REPORT": str(tmp_path / "report.html"),
        },
    )
    assert trained["OVERALL_ACCURACY"] == pytest.approx(0.9015, abs=0.01)
    assert trained["N_SAMPLES"] == 1218
    built = run(
        "buildtimeseries",
        {
            "FOLDER": str(folder / "sinop_mod13q1"),
            "SCALE": 0.0001,
            "NODATA": -3000,
            "BANDS": "NDVI",
            "OUTPUT": str(tmp_path / "sinop.vrt"),
        },
    )
    assert (built["N_DATES"], built["N_BANDS"]) == (12, 1)
    maps = run(
        "predictmap",
        {
            "MODEL_PACKAGE": trained["MODEL_PACKAGE"],
            "STACK": built["OUTPUT"],
            "CLASSES": str(tmp_path / "classes.tif"),
        },
    )
    assert maps["N_PIXELS"] == 255 * 147
    validation = QgsVectorLayer(str(folder / "samples_sinop_validation.gpkg"), "", "ogr")
    names = ["", "Cerrado", "Forest", "Pasture", "Soy_Corn"]
    mapped = [names[value] if value < len(names) else "" for value in values_at(maps["CLASSES"], validation)]
    n_right = sum(label == feature["label"] for label, feature in zip(mapped, validation.getFeatures()))
    assert validation.featureCount() == 18
    assert n_right >= 12


def test_samples_with_seasons_of_their_own(run, shared_data, tmp_path):
    """603 samples, each with its season, out of a stack of six years (Maus et al. 2019)."""
    folder = shared_data / "dtwsat_mato_grosso"
    bands = ("ndvi", "evi", "red", "nir", "mir", "blue")
    stack = run(
        "buildtimeseries",
        {"INPUT": [str(folder / f"MOD13Q1_{band}.tif") for band in bands], "OUTPUT": str(tmp_path / "stack.vrt")},
    )
    assert (stack["N_DATES"], stack["N_BANDS"]) == (137, 6)
    extracted = run(
        "extracttimeseries",
        {
            "INPUT": str(folder / "samples.gpkg"),
            "STACK": stack["OUTPUT"],
            "START_FIELD": "start_date",
            "END_FIELD": "end_date",
            "OUTPUT": "memory:",
        },
    )
    assert extracted["N_SAMPLES"] + extracted["N_DROPPED"] == 603
    assert extracted["N_SAMPLES"] > 590
    names = {field.name() for field in extracted["OUTPUT"].fields()}
    assert any(name.endswith("_t01") for name in names)
    trained = run(
        "trainclassifier",
        {
            "SAMPLES": extracted["OUTPUT"],
            "CLASS_FIELD": "label",
            "N_TREES": 100,
            "VALIDATION": "k_fold",
            "MODEL_PACKAGE": str(tmp_path / "model.zip"),
        },
    )
    assert trained["OVERALL_ACCURACY"] == pytest.approx(0.998, abs=0.01)


def test_a_table_of_polygons_with_gaps_and_parcels(run, shared_data, tmp_path):
    """Central Asia: one row per parcel with gaps; parcels are the groups."""
    path = shared_data / "central_asia_uz_south" / "central_asia_uz_south.gpkg"
    trained = run(
        "trainclassifier",
        {
            "SAMPLES": str(path),
            "CLASS_FIELD": "label_1",
            "GROUP_FIELD": "sample_id",
            "MAX_MISSING_SHARE": 1.0,
            "N_TREES": 50,
            "VALIDATION": "k_fold",
            "MODEL_PACKAGE": str(tmp_path / "model.zip"),
            "DROPPED": "memory:",
        },
    )
    assert trained["N_SAMPLES"] + trained["N_DROPPED"] == 4813
    assert trained["N_SAMPLES"] > 4500
    assert trained["OVERALL_ACCURACY"] == pytest.approx(0.92, abs=0.03)
    assert np.isfinite(trained["MACRO_F1"])
