"""Pixels read through QGIS are what the file means; classes are averaged as numpy does."""

from __future__ import annotations

import math
import threading

import numpy as np
import pytest
from dated_stacks import NODATA, SCALE, center_of, days, season_values, write_stack
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.layer_snapshot import LayerSnapshot
from cropsample_plugin.bridge.measures import find_measure
from cropsample_plugin.bridge.pixel_reader import PixelReader
from cropsample_plugin.bridge.series_fields import find_series_fields, summarise_classes

BANDS = ("B03", "B04", "B08", "SCL")
UTM = QgsCoordinateReferenceSystem("EPSG:32631")


@pytest.fixture
def stored():
    return season_values(12)


@pytest.fixture
def layer(qgis_app, tmp_path, stored):
    return QgsRasterLayer(write_stack(tmp_path / "stack.tif", BANDS, days(12), stored), "stack")


def read(reader, row, column):
    place = reader.locate(QgsPointXY(*center_of(row, column)), UTM)
    return reader.read(place, range(1, 49))


@pytest.mark.parametrize(("row", "column"), [(0, 1), (3, 5), (7, 7), (7, 0)])
def test_pixels_are_what_the_file_means(layer, stored, row, column):
    values = read(PixelReader(layer), row, column)
    expected = stored[:, :, row, column].astype(float).reshape(-1)
    expected[expected == NODATA] = np.nan
    expected.reshape(12, 4)[:, :3] *= SCALE
    np.testing.assert_allclose(list(values.values()), expected, rtol=1e-6)
    assert sum(math.isnan(value) for value in values.values()) == 4


def test_offset_and_nan_as_nodata(qgis_app, tmp_path):
    stored = np.array([[[[1.0, np.nan]]], [[[np.inf, -9.0]]]], dtype=np.float32)
    path = write_stack(tmp_path / "a.tif", ["v"], days(2), stored, scale=2.0, offset=0.5, nodata=-9)
    reader = PixelReader(QgsRasterLayer(path, "a"))
    found = [reader.read(reader.locate(QgsPointXY(*center_of(0, column)), UTM), (1, 2)) for column in (0, 1)]
    assert found[0][1] == 2.5
    assert all(math.isnan(value) for value in (found[0][2], found[1][1], found[1][2]))


def test_user_defined_nodata_is_respected(layer, stored):
    from qgis.core import QgsRasterRange

    value = stored[0, 0, 3, 5] * SCALE
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(value - 1e-6, value + 1e-6)])
    assert math.isnan(read(PixelReader(layer), 3, 5)[1])


def test_points_of_other_coordinate_systems(layer):
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    to_degrees = QgsCoordinateTransform(UTM, degrees, QgsProject.instance())
    reader = PixelReader(layer)
    at = QgsPointXY(*center_of(3, 5))
    place = reader.locate(to_degrees.transform(at), degrees)
    assert place.distance(at) < 0.01
    assert reader.read(place, (1, 2)) == reader.read(at, (1, 2))


@pytest.mark.parametrize("point", [(0, 0), (499_999.9, 4_999_990), (500_080.1, 4_999_990), (math.nan, 0)])
def test_points_outside(layer, point):
    assert PixelReader(layer).locate(QgsPointXY(*point), UTM) is None


def test_points_that_cannot_be_transformed_are_outside(layer):
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    assert PixelReader(layer).locate(QgsPointXY(1e30, 1e30), degrees) is None


def test_point_or_stack_without_a_coordinate_system_is_taken_as_it_is(layer):
    at = QgsPointXY(*center_of(3, 5))
    assert PixelReader(layer).locate(at, QgsCoordinateReferenceSystem()) == at


def test_missing_file_is_an_error(qgis_app, tmp_path):
    with pytest.raises(EngineError, match="cannot be read"):
        PixelReader(QgsRasterLayer(str(tmp_path / "none.tif"), "none"))


def test_reading_goes_on_in_a_thread_while_the_layer_is_deleted(layer):
    reader = PixelReader(layer)
    place = reader.locate(QgsPointXY(*center_of(3, 5)), UTM)
    expected = reader.read(place, range(1, 49))
    QgsProject.instance().addMapLayer(layer)
    QgsProject.instance().removeMapLayer(layer.id())
    found = []
    thread = threading.Thread(target=lambda: found.append(reader.read(place, range(1, 49))))
    thread.start()
    thread.join(10)
    np.testing.assert_array_equal(list(found[0].values()), list(expected.values()))


def test_reading_stops_when_cancelled(layer):
    reader = PixelReader(layer)
    with pytest.raises(EngineError) as told:
        reader.read(reader.locate(QgsPointXY(*center_of(3, 5)), UTM), (1, 2), lambda: True)
    assert told.value.is_canceled


def series_layer(rows, names=("B04", "B08"), n_dates=4):
    fields = [f"{band}_{day:%Y%m%d}" for day in days(n_dates) for band in names]
    text = "&".join(["field=crop:string", *(f"field={name}:double" for name in fields)])
    layer = QgsVectorLayer(f"None?{text}", "series", "memory")
    features = []
    for crop, values in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes([crop, *(None if math.isnan(value) else float(value) for value in values)])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def test_classes_are_averaged_as_numpy_does(qgis_app):
    rng = np.random.default_rng(11)
    values = rng.uniform(0.05, 0.6, (60, 8))
    values[rng.random((60, 8)) < 0.2] = np.nan
    crops = [("wheat", "maize", None, "")[number % 4] for number in range(60)]
    layer = series_layer(list(zip(crops, values)))
    fields = find_series_fields([field.name() for field in layer.fields()])
    measures = [find_measure("NDVI", ["B04", "B08"]), find_measure("B08", ["B04", "B08"])]
    found = summarise_classes(LayerSnapshot(layer), fields, "crop", measures)
    ndvi = (values[:, 1::2] - values[:, ::2]) / (values[:, 1::2] + values[:, ::2])
    for name, expected in (("NDVI", ndvi), ("B08", values[:, 1::2])):
        assert {item.name for item in found[name]} == {"wheat", "maize"}
        for item in found[name]:
            own = expected[[crop == item.name for crop in crops]]
            np.testing.assert_allclose(item.mean, np.nanmean(own, axis=0), rtol=1e-12)
            np.testing.assert_allclose(item.spread, np.nanstd(own, axis=0, ddof=1), rtol=1e-12)
            assert item.n_samples == np.isfinite(own).any(axis=1).sum()


def test_class_of_one_sample_has_no_spread(qgis_app):
    layer = series_layer([("wheat", [0.1, 0.2] * 4), ("maize", [math.nan] * 8)])
    fields = find_series_fields([field.name() for field in layer.fields()])
    found = summarise_classes(LayerSnapshot(layer), fields, "crop", [find_measure("B08", ["B08"])])
    (wheat,) = found["B08"]
    assert wheat.mean == (0.2,) * 4
    assert all(math.isnan(value) for value in wheat.spread)


def test_averaging_stops_when_cancelled(qgis_app):
    layer = series_layer([("wheat", [0.1] * 8)])
    fields = find_series_fields([field.name() for field in layer.fields()])
    with pytest.raises(EngineError) as told:
        summarise_classes(LayerSnapshot(layer), fields, "crop", [find_measure("B08", ["B08"])], lambda: True)
    assert told.value.is_canceled
