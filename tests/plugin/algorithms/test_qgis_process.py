"""The algorithms from the command line, in a QGIS that starts from nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from conftest import CLASS_FIELD, class_grid, save_layer, share_of_cropland_right, write_products
from imagery_server import area_layer, catalogue_of, region_extent
from osgeo import gdal
from plugin_files import NAME, link_plugin
from qgis.core import QgsRasterLayer, QgsVectorLayer

# Debian's qgis_process is a shell wrapper that loses the exit status of what it starts.
PROGRAMS = ("qgis_process.bin", "qgis_process", "qgis_process-qgis", "qgis_process-qgis-ltr")
SECONDS = 300


@pytest.fixture(scope="session")
def qgis_process(tmp_path_factory):
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("qgis_process is not on the PATH")
    plugins = tmp_path_factory.mktemp("plugins")
    link_plugin(plugins)
    environment = {
        **os.environ,
        "QGIS_PLUGINPATH": str(plugins),
        "QGIS_CUSTOM_CONFIG_PATH": str(tmp_path_factory.mktemp("profile")),
        "QT_QPA_PLATFORM": "offscreen",
    }

    def call(*arguments: str, **changes: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [program, *arguments],
            env={**environment, **changes},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )

    enabled = call("plugins", "enable", NAME)
    assert enabled.returncode == 0, enabled.stderr
    return call


def run_json(qgis_process, name: str, **parameters) -> dict:
    arguments = [f"{key}={value}" for key, values in parameters.items() for value in as_list(values)]
    done = qgis_process("--json", "run", f"cropsample:{name}", *[f"--{item}" for item in arguments])
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout[done.stdout.index("{") :])["results"]


def as_list(value) -> list:
    return value if isinstance(value, list) else [value]


def test_every_algorithm_is_listed(qgis_process):
    listed = qgis_process("--json", "list").stdout
    algorithms = json.loads(listed[listed.index("{") :])["providers"]["cropsample"]["algorithms"]
    assert set(algorithms) >= {"cropsample:buildtimeseries", "cropsample:predictmap", "cropsample:trainandmap"}


def test_help_is_printed(qgis_process):
    printed = qgis_process("help", "cropsample:trainclassifier").stdout
    assert "MODEL_PACKAGE" in printed
    assert "random_forest" in printed


def test_without_an_engine_it_fails_and_says_so(qgis_process, region, tmp_path):
    done = qgis_process(
        "run",
        "cropsample:buildtimeseries",
        f"--FOLDER={region.images}",
        f"--OUTPUT={tmp_path / 'stack.vrt'}",
        CROPSAMPLE_PYTHON="",
    )
    assert done.returncode != 0
    assert "engine" in (done.stdout + done.stderr).lower()


def test_a_stack_is_built(qgis_process, engine, region, tmp_path):
    results = run_json(qgis_process, "buildtimeseries", FOLDER=region.images, OUTPUT=tmp_path / "stack.vrt")
    assert results["N_DATES"] == 6
    assert QgsRasterLayer(results["OUTPUT"], "").isValid()


def test_imagery_of_a_catalogue_becomes_a_stack(qgis_process, engine, region, tmp_path):
    area = save_layer(area_layer(region_extent()), tmp_path / "area.gpkg")
    parameters = {**catalogue_of(region), "AREA": area, "BANDS": "nir"}
    results = run_json(qgis_process, "stactimeseries", OUTPUT=tmp_path / "stack.vrt", **parameters)
    assert (results["N_DATES"], results["N_ITEMS"]) == (6, 6)
    layer = QgsRasterLayer(results["OUTPUT"], "")
    assert layer.isValid()
    assert layer.bandCount() == 6


def test_the_whole_model_runs(qgis_process, engine, region, tmp_path):
    samples = save_layer(region.samples(), tmp_path / "samples.gpkg")
    outputs = {
        "buildtimeseries:OUTPUT": tmp_path / "stack.vrt",
        "trainclassifier:MODEL_PACKAGE": tmp_path / "model.zip",
        "trainclassifier:REPORT": tmp_path / "report.html",
        "predictmap:CLASSES": tmp_path / "classes.tif",
    }
    run_json(
        qgis_process,
        "trainandmap",
        FOLDER=region.images,
        SAMPLES=samples,
        CLASS_FIELD=CLASS_FIELD,
        MODEL="random_forest",
        **outputs,
    )
    for path in outputs.values():
        assert Path(path).is_file()
    project = run_json(
        qgis_process,
        "mapproject",
        LAYERS=[samples, tmp_path / "classes.tif"],
        PROJECT=tmp_path / "map.qgz",
        PICTURE=tmp_path / "map.png",
    )
    assert project["N_LAYERS"] == 2
    assert (tmp_path / "map.png").stat().st_size > 10_000


def test_clouds_become_indices_seasons_and_a_map(qgis_process, engine, region, cloudy_images, tmp_path):
    names = {
        "buildtimeseries:OUTPUT": "stack.vrt",
        "compositetimeseries:OUTPUT": "composites.tif",
        "compositetimeseries:OBSERVATIONS": "observations.tif",
        "preprocesstimeseries:OUTPUT": "regular.tif",
        "spectralindices:OUTPUT": "indices.tif",
        "detectseasons:OUTPUT": "seasons.tif",
        "detectseasons:SEASON_TABLE": "seasons.gpkg",
        "trainclassifier:MODEL_PACKAGE": "model.zip",
        "trainclassifier:REPORT": "report.html",
        "predictmap:CLASSES": "classes.tif",
    }
    run_json(
        qgis_process,
        "cloudstomap",
        FOLDER=cloudy_images,
        MASK_BAND="SCL",
        N_PERIODS=0,
        METHOD="7_day_linear_whittaker",
        INDICES="NDVI",
        BAND_ROLES="N=nir, R=red",
        SEASON_INDEX="NDVI",
        SAMPLES=save_layer(region.samples(), tmp_path / "samples.gpkg"),
        CLASS_FIELD=CLASS_FIELD,
        **{output: tmp_path / name for output, name in names.items()},
    )
    read = {name: gdal.Open(str(tmp_path / name)) for name in ("indices.tif", "seasons.tif", "classes.tif")}
    described = [read["indices.tif"].GetRasterBand(number).GetDescription() for number in (1, 2, 3)]
    assert described == ["2023-01-05 red", "2023-01-05 nir", "2023-01-05 NDVI"]
    seasons = read["seasons.tif"].ReadAsArray()
    assert np.nanmean(seasons[-2] >= 1) > 0.5
    classes = read["classes.tif"].ReadAsArray()
    mapped = classes != 255
    assert mapped.mean() > 0.95
    assert (classes == class_grid() + 1)[mapped].mean() > 0.95
    assert QgsVectorLayer(str(tmp_path / "seasons.gpkg"), "").featureCount() >= 2


def test_from_products_alone_to_a_cropland_map(qgis_process, region, tmp_path):
    made = {name: str(tmp_path / name) for name in ("consensus.tif", "agreement.tif", "model.zip", "map.tif")}
    agreed = run_json(
        qgis_process,
        "productconsensus",
        PRODUCTS=write_products(tmp_path),
        CROP_VALUES="40; 4; 1",
        PURITY_WINDOW=1,
        CONSENSUS=made["consensus.tif"],
        AGREEMENT=made["agreement.tif"],
    )
    assert agreed["SHARE_AGREED"] > 0.5
    trained = run_json(
        qgis_process,
        "trainweaklysupervised",
        STACK=region.stack,
        CONSENSUS=made["consensus.tif"],
        AGREEMENT=made["agreement.tif"],
        PATCH_SIZE=8,
        MAX_EPOCHS=15,
        N_FILTERS=8,
        DENSE_SIZE=16,
        MODEL_PACKAGE=made["model.zip"],
    )
    assert trained["N_LABELS"] > 0
    run_json(qgis_process, "predictmap", MODEL_PACKAGE=made["model.zip"], STACK=region.stack, CLASSES=made["map.tif"])
    assert share_of_cropland_right(made["map.tif"]) > 0.98
