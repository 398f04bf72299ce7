from __future__ import annotations

import numpy as np
import pyogrio.raw
import pytest

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.series import AxisKind


def write_layer(path, columns, masks=None, **options):
    n_rows = len(next(iter(columns.values())))
    names = list(columns)
    options = {"layer": "samples", "driver": "GPKG", "geometry_type": "Point", "crs": "EPSG:4326"} | options
    point = bytes.fromhex("0101000000000000000000F03F0000000000000040")
    geometry = np.array([point] * n_rows, dtype=object)
    field_mask = [None if not masks or name not in masks else np.array(masks[name]) for name in names]
    values = [np.asarray(columns[name]) for name in names]
    pyogrio.raw.write(path, geometry, values, names, field_mask=field_mask, **options)
    return path


def test_fields_geometry_and_crs_are_read(tmp_path):
    path = write_layer(tmp_path / "a.gpkg", {"Cultuře d'été": np.array(["maïs", None], dtype=object), "n": [1, 2]})
    table = SampleTable.read(path)
    assert table.n_rows == 2
    assert table.crs == "EPSG:4326"
    assert list(table.fields) == ["Cultuře d'été", "n"]
    assert table.labels("Cultuře d'été").tolist() == ["maïs", None]
    assert table.geometry_type == "Point"
    assert table.subset(np.array([1])).fields["n"].tolist() == [2]


def test_integer_classes_stay_integers_with_nulls_and_zero(tmp_path):
    path = write_layer(tmp_path / "a.gpkg", {"class": np.array([0, 3, 7])}, {"class": [False, True, False]})
    table = SampleTable.read(path)
    labels = table.labels("class").tolist()
    assert labels == [0, None, 7]
    assert all(isinstance(label, int) for label in labels if label is not None)
    assert table.dtypes["class"] == "int64"


def test_blank_nan_and_infinite_classes_are_unknown(tmp_path):
    columns = {"text": np.array(["a", " ", ""], dtype=object), "real": np.array([1.0, np.nan, np.inf])}
    table = SampleTable.read(write_layer(tmp_path / "a.gpkg", columns))
    assert table.labels("text").tolist() == ["a", None, None]
    assert table.labels("real").tolist() == [1, None, None]


def test_decimal_classes_are_refused(tmp_path):
    table = SampleTable.read(write_layer(tmp_path / "a.gpkg", {"real": np.array([1.5, 2.0])}))
    with pytest.raises(SamplesError, match="'real' holds decimal"):
        table.labels("real")


def test_unknown_field_lists_the_fields(tmp_path):
    table = SampleTable.read(write_layer(tmp_path / "a.gpkg", {"crop": np.array([1, 2])}))
    with pytest.raises(SamplesError, match=r"no field 'label'.*crop"):
        table.column("label")


def test_series_columns_become_an_array(tmp_path):
    columns = {
        "B8_20190115": np.array([4.0, np.nan]),
        "B4_20190115": np.array([3.0, np.inf]),
        "B4_20190105": np.array([1, 2]),
        "static_elevation": np.array([100.0, 200.0]),
        "notes_20190105": np.array(["wet", "dry"], dtype=object),
        "other": np.array([9.0, 9.0]),
    }
    series = series_of(SampleTable.read(write_layer(tmp_path / "a.gpkg", columns)))
    assert series.axis.labels == ("2019-01-05", "2019-01-15")
    assert series.bands == ("B8", "B4")
    np.testing.assert_array_equal(series.values[0], np.array([[np.nan, 1], [4, 3]], dtype=np.float32))
    np.testing.assert_array_equal(series.values[1], np.array([[np.nan, 2], [np.nan, np.nan]], dtype=np.float32))
    assert series.static_bands == ("elevation",)
    assert series.static_values[:, 0].tolist() == [100.0, 200.0]


@pytest.mark.parametrize(
    ("names", "both"),
    [
        (("B4_20190105", "B4_2019-01-05", "B4_20190115"), "B4_20190105 and B4_2019-01-05"),
        (("ndvi_d5", "ndvi_d005", "ndvi_d21"), "ndvi_d5 and ndvi_d005"),
        (("NDVI_t1", "NDVI_t01", "NDVI_t02"), "NDVI_t1 and NDVI_t01"),
    ],
)
def test_two_fields_of_one_band_and_date_are_named(tmp_path, names, both):
    columns = {name: np.array([1.0, 2.0]) * place for place, name in enumerate(names)}
    table = SampleTable.read(write_layer(tmp_path / "a.gpkg", columns))
    with pytest.raises(SamplesError, match=both):
        series_of(table)


def test_layer_without_series_says_what_is_expected(tmp_path):
    table = SampleTable.read(write_layer(tmp_path / "a.gpkg", {"crop": np.array([1, 2])}))
    with pytest.raises(SamplesError, match="no series fields"):
        series_of(table)


def test_empty_layer_is_named(tmp_path):
    path = write_layer(tmp_path / "empty.gpkg", {"crop": np.array([], dtype=np.int64)})
    with pytest.raises(SamplesError, match=r"empty\.gpkg has no features"):
        SampleTable.read(path)


def test_missing_and_damaged_files_are_named(tmp_path):
    with pytest.raises(SamplesError, match=r"gone\.gpkg does not exist"):
        SampleTable.read(tmp_path / "gone.gpkg")
    damaged = tmp_path / "damaged.gpkg"
    damaged.write_bytes(b"not a database")
    with pytest.raises(SamplesError, match=r"damaged\.gpkg cannot be read"):
        SampleTable.read(damaged)


def test_one_of_several_layers_must_be_named(tmp_path):
    path = write_layer(tmp_path / "a.gpkg", {"crop": np.array([1])}, layer="first")
    write_layer(path, {"crop": np.array([1, 2])}, layer="second", append=True)
    with pytest.raises(SamplesError, match="2 layers: first, second"):
        SampleTable.read(path)
    assert SampleTable.read(f"{path}|layername=second").n_rows == 2


def test_central_asia_fields_with_gaps(shared_data):
    table = SampleTable.read(shared_data / "central_asia_uz_south" / "central_asia_uz_south.gpkg")
    series = series_of(table)
    assert series.values.shape == (4813, 23, 1)
    assert series.axis.kind is AxisKind.DAY_OF_YEAR
    assert series.axis.positions_days()[:3].tolist() == [0.0, 16.0, 32.0]
    assert (~series.valid_mask).any(axis=(1, 2)).all()
    np.testing.assert_array_equal(series.values[:, 4, 0], table.fields["ndvi_d065"].astype(np.float32))
    labels = table.labels("label_1")
    assert (labels == "cotton").sum() == 2464


def test_sinop_samples(shared_data):
    table = SampleTable.read(shared_data / "mato_grosso_sits" / "samples_modis_ndvi.gpkg")
    series = series_of(table)
    assert series.values.shape == (1218, 12, 1)
    assert series.bands == ("NDVI",)
    assert series.axis.kind is AxisKind.STEP
    assert np.isfinite(series.values).all()


def test_float_labels_with_blanks(shared_data):
    path = shared_data / "togo_labels" / "togo_test_4labelers.gpkg"
    table = SampleTable.read(f"{path}|layername=labeler_hrk_original")
    labels = table.labels("hrk-label")
    assert sum(label is not None for label in labels) == 355
    assert set(labels) == {0, 1, None}
