"""The main job through processing.run: stack, series, model, map; text and integer classes; sinks of every kind."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import (
    BANDS,
    CLASS_FIELD,
    CLASS_NAMES,
    CODE_FIELD,
    DATES,
    PARCEL_FIELD,
    SIZE_PX,
    WEIGHT_FIELD,
    RecordingFeedback,
    class_grid,
)
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import NULL

SERIES_FIELDS = [f"{band}_{date}" for date in DATES for band in BANDS]


def read_classes(path: str) -> np.ndarray:
    return gdal.Open(path).ReadAsArray()


def share_right(path: str, id_of_class: dict[int, int]) -> float:
    classes = read_classes(path)
    expected = np.vectorize(id_of_class.get)(class_grid())
    mapped = classes != 255
    return float((classes[mapped] == expected[mapped]).mean())


def test_from_a_folder_to_a_map(run, region, tmp_path):
    built = run("buildtimeseries", {"FOLDER": str(region.images), "OUTPUT": str(tmp_path / "stack.vrt")})
    assert (built["N_DATES"], built["N_BANDS"]) == (len(DATES), len(BANDS))
    assert QgsRasterLayer(built["OUTPUT"], "").bandCount() == len(DATES) * len(BANDS)

    extracted = run("extracttimeseries", {"INPUT": region.samples(), "STACK": built["OUTPUT"], "OUTPUT": "memory:"})
    series = extracted["OUTPUT"]
    names = [field.name() for field in series.fields()]
    assert set(SERIES_FIELDS) <= set(names)
    assert {CLASS_FIELD, CODE_FIELD, PARCEL_FIELD, WEIGHT_FIELD} <= set(names)
    assert extracted["N_SAMPLES"] + extracted["N_DROPPED"] == 120
    assert extracted["N_ROWS"] == series.featureCount()

    trained = run(
        "trainclassifier",
        {
            "SAMPLES": series,
            "CLASS_FIELD": CLASS_FIELD,
            "GROUP_FIELD": PARCEL_FIELD,
            "WEIGHT_FIELD": WEIGHT_FIELD,
            "N_TREES": 30,
            "MODEL_PACKAGE": str(tmp_path / "model.zip"),
            "REPORT": str(tmp_path / "report.html"),
        },
    )
    assert trained["OVERALL_ACCURACY"] > 0.9
    assert trained["MACRO_F1"] > 0.9
    assert trained["KAPPA"] > 0.85
    assert trained["N_SAMPLES"] + trained["N_DROPPED"] == extracted["N_ROWS"]
    assert "<html" in Path(trained["REPORT"]).read_text(encoding="utf-8").lower()

    maps = run(
        "predictmap",
        {
            "MODEL_PACKAGE": trained["MODEL_PACKAGE"],
            "STACK": built["OUTPUT"],
            "CLASSES": str(tmp_path / "classes.tif"),
            "PROBABILITIES": str(tmp_path / "probabilities.tif"),
            "UNCERTAINTY": str(tmp_path / "uncertainty.tif"),
        },
    )
    assert share_right(maps["CLASSES"], {0: 1, 1: 2, 2: 3}) > 0.97
    assert maps["N_PIXELS"] == SIZE_PX**2
    assert maps["N_PREDICTED"] + maps["N_NODATA"] == SIZE_PX**2
    assert maps["PIXELS_PER_SECOND"] > 0
    for name in ("classes", "probabilities", "uncertainty"):
        assert (tmp_path / f"{name}.qml").is_file()
    layer = QgsRasterLayer(maps["CLASSES"], "classes")
    assert [item.label for item in layer.renderer().classes()] == list(CLASS_NAMES)
    assert QgsRasterLayer(maps["PROBABILITIES"], "").bandCount() == len(CLASS_NAMES)


def test_series_go_into_a_geopackage_beside_another_layer(run, region, tmp_path):
    target = tmp_path / "data.gpkg"
    for table in ("first", "second"):
        destination = f"ogr:dbname='{target}' table=\"{table}\" (geom)"
        run("extracttimeseries", {"INPUT": region.samples(per_class=3), "STACK": region.stack, "OUTPUT": destination})
    for table in ("first", "second"):
        assert QgsVectorLayer(f"{target}|layername={table}", "", "ogr").featureCount() == 9


def test_samples_in_another_crs_and_only_the_selected_ones(run, region, qgis_new_project):
    layer = region.samples(crs="EPSG:4326")
    QgsProject.instance().addMapLayer(layer)
    wheat = [f.id() for f in layer.getFeatures() if f[CODE_FIELD] == 0][:7]
    layer.selectByIds(wheat)
    source = QgsProcessingFeatureSourceDefinition(layer.id(), selectedFeaturesOnly=True)
    result = run("extracttimeseries", {"INPUT": source, "STACK": region.stack, "OUTPUT": "memory:"})
    rows = list(result["OUTPUT"].getFeatures())
    assert len(rows) == 7
    assert {row[CLASS_FIELD] for row in rows} == {CLASS_NAMES[0]}
    assert result["OUTPUT"].crs().isValid()
    values = np.array([[row[name] for name in SERIES_FIELDS] for row in rows], dtype=float)
    assert 0.0 < values.min() < values.max() < 1.0


def test_integer_classes_keep_their_values_and_zero_is_a_class(run, region, tmp_path):
    model = run(
        "trainclassifier",
        {
            "SAMPLES": region.samples(),
            "STACK": region.stack,
            "CLASS_FIELD": CODE_FIELD,
            "N_TREES": 20,
            "VALIDATION": "none",
            "MODEL_PACKAGE": str(tmp_path / "model.zip"),
        },
    )
    assert model["OVERALL_ACCURACY"] is None
    maps = run(
        "predictmap",
        {"MODEL_PACKAGE": model["MODEL_PACKAGE"], "STACK": region.stack, "CLASSES": str(tmp_path / "classes.tif")},
    )
    assert share_right(maps["CLASSES"], {0: 0, 1: 1, 2: 2}) > 0.97
    assert "PROBABILITIES" not in maps


def test_null_classes_are_left_out_and_listed(run, region, tmp_path):
    layer = region.samples()
    index = layer.fields().lookupField(CLASS_FIELD)
    ids = [feature.id() for feature in layer.getFeatures()][:5]
    layer.dataProvider().changeAttributeValues({fid: {index: NULL} for fid in ids})
    result = run(
        "trainclassifier",
        {
            "SAMPLES": layer,
            "STACK": region.stack,
            "CLASS_FIELD": CLASS_FIELD,
            "N_TREES": 10,
            "MODEL_PACKAGE": str(tmp_path / "model.zip"),
            "DROPPED": "memory:",
        },
    )
    assert result["N_DROPPED"] >= 5
    table = result["DROPPED"]
    assert table.featureCount() == result["N_DROPPED"]
    assert "reason" in [field.name() for field in table.fields()]


def test_samples_outside_are_counted_and_listed(run, region):
    layer = region.samples(per_class=5)
    stray = QgsFeature(layer.fields())
    stray.setAttributes([CLASS_NAMES[0], 0, 1, 1.0])
    stray.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(0.0, 0.0)))
    layer.dataProvider().addFeatures([stray])
    result = run(
        "extracttimeseries", {"INPUT": layer, "STACK": region.stack, "OUTPUT": "memory:", "DROPPED": "memory:"}
    )
    assert result["N_DROPPED"] == 1
    rows = list(result["DROPPED"].getFeatures())
    assert len(rows) == 1
    assert "outside" in rows[0]["reason"].lower()


def test_polygons_become_points_of_their_class(run, region):
    result = run(
        "polygonstosamples",
        {
            "INPUT": region.parcels(),
            "STACK": region.stack,
            "MODE": "random",
            "PIXELS_PER_POLYGON": 4,
            "INNER_BUFFER": 5.0,
            "OUTPUT": "memory:",
        },
    )
    points = result["OUTPUT"]
    assert points.featureCount() == result["N_SAMPLES"] == 400
    grid = class_grid()
    for feature in points.getFeatures():
        point = feature.geometry().asPoint()
        row, column = int((5_000_000.0 - point.y()) // 10), int((point.x() - 500_000.0) // 10)
        assert feature[CLASS_FIELD] == CLASS_NAMES[grid[row, column]]


def test_the_area_bounds_the_map(run, region, trained, tmp_path):
    parcels = region.parcels()
    parcels.selectByIds([feature.id() for feature in parcels.getFeatures()][:3])
    QgsProject.instance().addMapLayer(parcels)
    area = QgsProcessingFeatureSourceDefinition(parcels.id(), selectedFeaturesOnly=True)
    maps = run(
        "predictmap",
        {"MODEL_PACKAGE": trained, "STACK": region.stack, "AREA": area, "CLASSES": str(tmp_path / "classes.tif")},
    )
    assert (read_classes(maps["CLASSES"]) != 255).sum() == maps["N_PREDICTED"] == 3 * 16
    QgsProject.instance().removeMapLayer(parcels.id())


@pytest.mark.parametrize("model", ["svm", "lstm", "multi_head_lstm"])
def test_every_model_makes_a_map(run, region, tmp_path, model):
    settings = {"MAX_EPOCHS": 40, "HIDDEN_SIZE": 16, "LEARNING_RATE": 0.01}
    feedback = RecordingFeedback()
    trained = run(
        "trainclassifier",
        {
            "SAMPLES": region.samples(),
            "STACK": region.stack,
            "CLASS_FIELD": CLASS_FIELD,
            "MODEL": model,
            "MODEL_PACKAGE": str(tmp_path / "model.zip"),
            **settings,
        },
        feedback=feedback,
    )
    maps = run(
        "predictmap",
        {
            "MODEL_PACKAGE": trained["MODEL_PACKAGE"],
            "STACK": region.stack,
            "DEVICE": "cpu",
            "CLASSES": str(tmp_path / "classes.tif"),
        },
    )
    assert share_right(maps["CLASSES"], {0: 1, 1: 2, 2: 3}) > 0.85


def test_every_output_has_a_record_that_says_where_it_came_from(run, region, tmp_path):
    stack, series = tmp_path / "stack.vrt", tmp_path / "series.gpkg"
    run("buildtimeseries", {"FOLDER": str(region.images), "OUTPUT": str(stack)})
    run("extracttimeseries", {"INPUT": region.samples(per_class=3), "STACK": str(stack), "OUTPUT": str(series)})
    for path, name in ((stack, "buildtimeseries"), (series, "extracttimeseries")):
        record = json.loads((tmp_path / f"{path.name}.cropsample.json").read_text(encoding="utf-8"))
        assert record["output"] == path.name
        assert record["job"]["name"] == name
        assert record["processing_command"].startswith(f'processing.run("cropsample:{name}"')
        assert record["versions"]["cropsample"]
    assert json.loads((tmp_path / "series.gpkg.cropsample.json").read_text(encoding="utf-8"))["job"]["parameters"][
        "seed"
    ] == 42
