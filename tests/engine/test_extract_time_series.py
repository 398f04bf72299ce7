from __future__ import annotations

import os

import numpy as np
import pyogrio.raw
import pytest
import rasterio
import shapely
from raster_files import UTM, write_raster
from rasterio.transform import from_origin
from rasterio.warp import transform as warp_transform
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from cropsample_plugin.engine.errors import CanceledError, InputError, OutputError, SamplesError, StackError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.series import AxisKind
from cropsample_plugin.jobs import build_time_series, extract_time_series, polygons_to_samples
from cropsample_plugin.jobs.registry import JobContext

DATES = ("2019-01-01", "2019-01-11", "2019-01-21", "2019-01-31", "2019-02-10", "2019-02-20")


class Listener(SilentProgress):
    def __init__(self, *, canceled=False):
        self.messages = []
        self.canceled = canceled

    def log(self, message, level="info"):
        self.messages.append(f"{level}: {message}")

    def is_canceled(self):
        return self.canceled


def context(progress=None, threads=2):
    return JobContext(progress or SilentProgress(), threads, 1500, "cpu")


def stack_values(n_bands=12, height=50, width=60):
    rng = np.random.default_rng(5)
    return rng.integers(1, 10000, (n_bands, height, width)).astype(np.uint16)


@pytest.fixture
def stack(tmp_path):
    """Six dates of red and nir, 50 x 60 pixels of 10 m, tiled by 16, one corner without data."""
    values = stack_values()
    values[:, :5, :5] = 65535
    values[3, 20, 20] = 65535
    names = [f"{date} {band}" for date in DATES for band in ("red", "nir")]
    tiled = {"tiled": True, "blockxsize": 16, "blockysize": 16, "nodata": 65535}
    write_raster(tmp_path / "stack.tif", values, descriptions=[*names], scale=0.0001, **tiled)
    return tmp_path / "stack.tif"


def write_samples(path, geometries, crs=UTM, geometry_type="Unknown", **fields):
    columns = {"crop": np.array(["maize"] * len(geometries), dtype=object)} | fields
    wkb = np.array([None if item is None else shapely.to_wkb(item) for item in geometries], dtype=object)
    values = [np.asarray(column) for column in columns.values()]
    options = {"layer": "samples", "driver": "GPKG", "geometry_type": geometry_type, "crs": crs}
    pyogrio.raw.write(path, wkb, values, list(columns), **options)
    return path


def point(column, row):
    return shapely.Point(500000 + 10 * column + 5, 4000000 - 10 * row - 5)


def square(column, row, size):
    return shapely.box(
        500000 + 10 * column, 4000000 - 10 * (row + size), 500000 + 10 * (column + size), 4000000 - 10 * row
    )


def extract(tmp_path, samples, stack, progress=None, **parameters):
    names = {"output": str(tmp_path / "out.gpkg"), "dropped": str(tmp_path / "dropped.gpkg")} | parameters
    given = extract_time_series.Parameters(samples=str(samples), stack=str(stack), **names)
    return extract_time_series.run(given, context(progress)).outputs


def rows_of(path):
    meta, _, geometry, columns = pyogrio.raw.read(path)
    return dict(zip(meta["fields"], columns)), geometry


def check_sums(outputs, n_input):
    assert outputs["n_samples"] + outputs["n_dropped"] == n_input


# Values and fields


def test_points_get_the_values_of_their_pixels(tmp_path, stack):
    rng = np.random.default_rng(0)
    columns, rows = rng.integers(6, 60, 300), rng.integers(6, 50, 300)
    numbers = np.arange(300)
    samples = write_samples(
        tmp_path / "s.gpkg", [point(c, r) for c, r in zip(columns, rows)], number=numbers, ort=numbers % 7
    )
    outputs = extract(tmp_path, samples, stack)
    check_sums(outputs, 300)
    fields, _ = rows_of(tmp_path / "out.gpkg")
    assert outputs["n_rows"] == len(fields["number"])
    kept = fields["number"]
    expected = stack_values()[:, rows[kept], columns[kept]] * 1e-4
    np.testing.assert_allclose(fields["red_20190101"], expected[0], rtol=1e-6)
    np.testing.assert_allclose(fields["nir_20190220"], expected[11], rtol=1e-6)
    assert list(fields)[:6] == ["crop", "number", "ort", "source_fid", "sample_id", "pixel"]
    assert list(fields)[6:8] == ["red_20190101", "nir_20190101"]


def test_the_output_trains(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [point(20, 20), point(30, 30)])
    extract(tmp_path, samples, stack)
    series = series_of(SampleTable.read(tmp_path / "out.gpkg"))
    assert series.axis.labels == DATES
    assert series.bands == ("red", "nir")
    assert np.isnan(series.values[0, 1, 1])
    assert np.isfinite(series.values).sum() == 23


def test_points_in_another_reference_system(tmp_path, stack):
    from pyproj import Transformer

    back = Transformer.from_crs(UTM, "EPSG:4326", always_xy=True)
    degrees = shapely.transform(point(33, 22), back.transform, interleaved=False)
    extract(tmp_path, write_samples(tmp_path / "s.gpkg", [degrees], crs="EPSG:4326"), stack)
    fields, geometry = rows_of(tmp_path / "out.gpkg")
    assert fields["red_20190101"][0] == pytest.approx(stack_values()[0, 22, 33] * 1e-4)
    assert shapely.from_wkb(geometry[0]) == degrees
    assert pyogrio.read_info(tmp_path / "out.gpkg")["crs"] == "EPSG:4326"


def test_a_stack_in_degrees(tmp_path):
    values = stack_values(2)
    grid = {"crs": "EPSG:4326", "transform": from_origin(3.0, 50.0, 1e-4, 1e-4)}
    write_raster(tmp_path / "st.tif", values, descriptions=["2019-01-01 a", "2019-01-02 a"], **grid)
    field = shapely.box(3.001, 49.996, 3.004, 49.999)
    samples = write_samples(tmp_path / "s.gpkg", [field], crs="EPSG:4326")
    outputs = extract(tmp_path, samples, tmp_path / "st.tif", pixels_per_polygon=100, inner_buffer_m=50.0)
    _, geometry = rows_of(tmp_path / "out.gpkg")
    points = shapely.get_coordinates(shapely.from_wkb(geometry))
    # 50 m are 0.0007 degrees of longitude but 0.00045 of latitude here.
    assert points[:, 0].min() > 3.0016
    assert points[:, 1].min() > 49.9964
    assert points[:, 1].min() < 49.9966
    assert outputs["n_rows"] == 100


def test_fields_with_nulls_accents_and_all_types_are_kept(tmp_path, stack):
    columns = {
        "Cultuře d'été": np.array(["maïs", None], dtype=object),
        "parcel": np.array([3, 2**40]),
        "area": np.array([np.nan, 2.5]),
        "seen": np.array(["2019-05-01", "NaT"], dtype="datetime64[D]"),
        "at": np.array(["2019-05-01T10:00:00", "NaT"], dtype="datetime64[ms]"),
        "fid": np.array([7, 8]),
        "geom": np.array(["a", "b"], dtype=object),
        "source_fid": np.array([70, 80]),
    }
    geometries = np.array([shapely.to_wkb(point(20, 21)), shapely.to_wkb(point(30, 31))], dtype=object)
    masks = [np.array([False, name == "parcel"]) for name in columns]
    options = {"layer": "s", "driver": "GPKG", "geometry_type": "Point", "crs": UTM, "field_mask": masks}
    names = {"FID": "id_", "GEOMETRY_NAME": "shape_"}
    pyogrio.raw.write(
        tmp_path / "s.gpkg", geometries, list(columns.values()), list(columns), layer_options=names, **options
    )
    extract(tmp_path, tmp_path / "s.gpkg", stack)
    table = SampleTable.read(tmp_path / "out.gpkg")
    assert table.dtypes["parcel"] == "int64"
    assert table.labels("parcel").tolist() == [3, None]
    assert table.labels("Cultuře d'été").tolist() == ["maïs", None]
    assert str(table.fields["seen"][0]) == "2019-05-01"
    assert table.fields["at"][0] == np.datetime64("2019-05-01T10:00:00")
    assert table.fields["fid"].tolist() == [7, 8]
    assert table.fields["sample_id"].tolist() == [70, 80]


def test_static_bands_get_columns(tmp_path):
    write_raster(tmp_path / "st.tif", stack_values(3), descriptions=["2019-01-01 a", "elevation", "2019-01-02 a"])
    extract(tmp_path, write_samples(tmp_path / "s.gpkg", [point(7, 8)]), tmp_path / "st.tif")
    fields, _ = rows_of(tmp_path / "out.gpkg")
    assert fields["static_elevation"][0] == stack_values(3)[1, 8, 7]


def test_threads_and_block_shapes_do_not_change_the_bytes(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [square(c, 20, 6) for c in (10, 20, 30)])
    results = []
    for threads in (1, 3):
        given = extract_time_series.Parameters(str(samples), str(stack), str(tmp_path / "o.gpkg"), pixels_per_polygon=9)
        extract_time_series.run(given, context(threads=threads))
        results.append(rows_of(tmp_path / "o.gpkg")[0])
    assert all((results[0][name] == results[1][name]).all() for name in results[0])


# Polygons


def test_polygons_give_their_central_pixel_or_random_ones_with_parcel_id(tmp_path, stack):
    fields = {"parcel": np.array([11, 12])}
    samples = write_samples(tmp_path / "s.gpkg", [square(10, 10, 9), square(30, 20, 5)], **fields)
    outputs = extract(tmp_path, samples, stack)
    rows, geometry = rows_of(tmp_path / "out.gpkg")
    assert outputs["n_rows"] == 2
    assert shapely.from_wkb(geometry).tolist() == [point(14, 14), point(32, 22)]
    assert rows["red_20190101"][0] == pytest.approx(stack_values()[0, 14, 14] * 1e-4)
    outputs = extract(tmp_path, samples, stack, pixels_per_polygon=16, inner_buffer_m=14.9)
    rows, geometry = rows_of(tmp_path / "out.gpkg")
    assert (outputs["n_samples"], outputs["n_rows"]) == (2, 16 + 9)
    assert rows["parcel"].tolist() == [11] * 16 + [12] * 9
    assert rows["pixel"].tolist() == [*range(1, 17), *range(1, 10)]
    points = shapely.from_wkb(geometry)
    assert shapely.contains(square(10, 10, 9).buffer(-14.9), points[:16]).all()


def test_the_choice_does_not_depend_on_other_samples(tmp_path, stack):
    both = write_samples(tmp_path / "s.gpkg", [square(10, 10, 9), square(30, 20, 5)])
    one = write_samples(tmp_path / "one.gpkg", [square(10, 10, 9)])
    extract(tmp_path, both, stack, pixels_per_polygon=5)
    first = rows_of(tmp_path / "out.gpkg")[0]["red_20190101"][:5]
    extract(tmp_path, one, stack, pixels_per_polygon=5)
    np.testing.assert_array_equal(rows_of(tmp_path / "out.gpkg")[0]["red_20190101"], first)
    extract(tmp_path, one, stack, pixels_per_polygon=5, seed=1)
    assert (rows_of(tmp_path / "out.gpkg")[0]["red_20190101"] != first).any()


def test_polygons_to_samples(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [square(10, 10, 9), square(100, 100, 5)], parcel=np.array([1, 2]))
    given = {"samples": str(samples), "stack": str(stack), "dropped": str(tmp_path / "d.gpkg")}
    for mode, n_rows in (("central", 1), ("random", 4)):
        parameters = polygons_to_samples.Parameters(
            output=str(tmp_path / "o.gpkg"), mode=mode, pixels_per_polygon=4, **given
        )
        outputs = polygons_to_samples.run(parameters, context()).outputs
        assert (outputs["n_samples"], outputs["n_dropped"], outputs["n_rows"]) == (1, 1, n_rows)
        rows, geometry = rows_of(tmp_path / "o.gpkg")
        assert rows["parcel"].tolist() == [1] * n_rows
        assert shapely.contains(square(10, 10, 9), shapely.from_wkb(geometry)).all()
    assert rows_of(tmp_path / "d.gpkg")[0]["reason"].tolist() == ["outside the raster"]


# What is dropped


def test_everything_dropped_is_listed_with_its_reason(tmp_path, stack):
    bow = shapely.Polygon([(500100, 3999900), (500200, 3999800), (500200, 3999900), (500100, 3999800)])
    geometries = [
        point(20, 21),
        point(100, 20),
        point(2, 2),
        None,
        shapely.Point(),
        bow,
        shapely.LineString([(500100, 3999900), (500200, 3999800)]),
        shapely.MultiPoint([(500100, 3999900), (500200, 3999800)]),
        shapely.MultiPoint([(500105, 3999895)]),
        point(20, 21),
        square(30, 30, 1).buffer(-4).buffer(0),
        shapely.transform(square(30, 30, 1).buffer(-4), lambda xy: xy + 5),
        square(200, 30, 4),
    ]
    samples = write_samples(tmp_path / "s.gpkg", geometries)
    outputs = extract(tmp_path, samples, stack)
    check_sums(outputs, len(geometries))
    rows, _ = rows_of(tmp_path / "dropped.gpkg")
    expected = {
        2: "outside the raster",
        3: "no data",
        4: "no geometry",
        5: "no geometry",
        6: "invalid geometry",
        7: "unsuitable geometry",
        8: "unsuitable geometry",
        10: "duplicate",
        12: "no pixel inside",
        13: "outside the raster",
    }
    assert dict(zip(rows["source_fid"].tolist(), rows["reason"].tolist())) == expected
    assert "Self-intersection" in rows["details"][4]
    assert "feature 1" in rows["details"][rows["reason"].tolist().index("duplicate")]
    assert rows_of(tmp_path / "out.gpkg")[0]["source_fid"].tolist() == [1, 9, 11]


def test_same_pixel_with_another_class_is_no_duplicate(tmp_path, stack):
    crops = np.array(["maize", "soy", "maize", "maize"], dtype=object)
    samples = write_samples(tmp_path / "s.gpkg", [point(20, 21)] * 4, crop=crops)
    outputs = extract(tmp_path, samples, stack)
    assert (outputs["n_samples"], outputs["n_dropped"]) == (2, 2)


def test_ids_do_not_hide_duplicates(tmp_path, stack):
    places = [point(10 + number % 20, 21) for number in range(25)]
    samples = write_samples(
        tmp_path / "s.gpkg", places, plot=np.array([f"p{number}" for number in range(25)], dtype=object)
    )
    assert extract(tmp_path, samples, stack)["n_dropped"] == 5


def test_single_pixels_of_a_sample_are_listed_apart(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [square(3, 3, 4)])
    outputs = extract(tmp_path, samples, stack, pixels_per_polygon=16)
    assert (outputs["n_samples"], outputs["n_dropped"], outputs["n_rows"]) == (1, 0, 12)
    rows, _ = rows_of(tmp_path / "dropped.gpkg")
    assert set(rows["reason"]) == {"no data"}
    assert len(rows["pixel"]) == 4
    assert rows["pixel"].min() >= 1


def test_no_overlap_says_so_and_still_lists_them(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [shapely.Point(0, 0), shapely.Point(1, 1)])
    with pytest.raises(SamplesError, match="None of the 2 samples can be used: 2 outside the raster"):
        extract(tmp_path, samples, stack)
    assert len(rows_of(tmp_path / "dropped.gpkg")[0]["reason"]) == 2
    assert not (tmp_path / "out.gpkg").exists()


def test_nothing_dropped_gives_an_empty_table(tmp_path, stack):
    outputs = extract(tmp_path, write_samples(tmp_path / "s.gpkg", [point(20, 20)]), stack)
    assert outputs["n_dropped"] == 0
    assert len(rows_of(tmp_path / "dropped.gpkg")[0]["reason"]) == 0


# Seasons


def seasons(start, end, **options):
    return {"start": np.array(start, **options), "end": np.array(end, **options)}


@pytest.mark.parametrize("kind", ["text", "date", "datetime", "number"])
def test_each_sample_gets_its_own_season(tmp_path, stack, kind):
    start, end = ["2019-01-05", "2019-01-21"], ["2019-02-03", "2019-02-20"]
    if kind == "text":
        fields = seasons(start, end, dtype=object)
    elif kind == "number":
        fields = {"start": np.array([20190105, 20190121]), "end": np.array([20190203, 20190220])}
    else:
        fields = seasons(start, end, dtype="datetime64[D]" if kind == "date" else "datetime64[ms]")
    samples = write_samples(tmp_path / "s.gpkg", [point(30, 20), point(31, 20)], **fields)
    listener = Listener()
    extract(tmp_path, samples, stack, listener, start_field="start", end_field="end")
    series = series_of(SampleTable.read(tmp_path / "out.gpkg"))
    assert series.axis.kind is AxisKind.STEP
    assert len(series.axis) == 3
    np.testing.assert_allclose(series.values[0, :, 0], stack_values()[[2, 4, 6], 20, 30] * 1e-4, rtol=1e-6)
    np.testing.assert_allclose(series.values[1, :, 1], stack_values()[[5, 7, 9], 20, 31] * 1e-4, rtol=1e-6)
    assert any("3 to 4 images" in message for message in listener.messages)


def test_seasons_that_leave_the_stack_or_cannot_be_read_are_listed(tmp_path, stack):
    start = np.array(["2019-01-01", "2018-11-01", None, "soon", "2019-02-10", "2019-01-05"], dtype=object)
    end = np.array(["2019-02-20", "2019-02-01", "2019-02-01", "2019-02-01", "2019-01-01", "2019-01-25"], dtype=object)
    samples = write_samples(tmp_path / "s.gpkg", [point(column, 20) for column in range(20, 26)], start=start, end=end)
    outputs = extract(tmp_path, samples, stack, start_field="start", end_field="end")
    check_sums(outputs, 6)
    rows, _ = rows_of(tmp_path / "dropped.gpkg")
    reasons = dict(zip(rows["source_fid"].tolist(), rows["reason"].tolist()))
    assert reasons == {2: "outside the dates", 3: "no season", 4: "no season", 5: "no season", 6: "short season"}


def test_the_same_pixel_in_two_seasons_is_two_samples(tmp_path, stack):
    fields = seasons(["2019-01-01", "2019-01-31"], ["2019-01-21", "2019-02-20"], dtype=object)
    samples = write_samples(tmp_path / "s.gpkg", [point(20, 21)] * 2, **fields)
    assert extract(tmp_path, samples, stack, start_field="start", end_field="end")["n_samples"] == 2


def test_no_season_within_the_stack(tmp_path, stack):
    samples = write_samples(
        tmp_path / "s.gpkg", [point(20, 21)], **seasons(["2012-01-01"], ["2012-12-01"], dtype=object)
    )
    with pytest.raises(SamplesError, match="No sample has a season within the stack"):
        extract(tmp_path, samples, stack, start_field="start", end_field="end")


def test_dtwsat_seasons_reproduce_the_baseline(shared_data, tmp_path):
    source = shared_data / "dtwsat_mato_grosso"
    bands = ("blue", "evi", "mir", "ndvi", "nir", "red")
    files = tuple(str(source / f"MOD13Q1_{band}.tif") for band in bands)
    build_time_series.run(build_time_series.Parameters(output=str(tmp_path / "st.vrt"), inputs=files), context())
    fields = {"start_field": "start_date", "end_field": "end_date"}
    outputs = extract(tmp_path, source / "samples.gpkg", tmp_path / "st.vrt", **fields)
    assert (outputs["n_samples"], outputs["n_dropped"]) == (603, 0)
    table = SampleTable.read(tmp_path / "out.gpkg")
    series = series_of(table)
    assert series.values.shape == (603, 22, 6)
    labels = table.labels("label").astype(str)
    features = np.nan_to_num(series.values.reshape(603, -1))
    forest = RandomForestClassifier(100, random_state=0, n_jobs=2)
    predicted = cross_val_predict(forest, features, labels, cv=StratifiedKFold(5, shuffle=True, random_state=0))
    assert (predicted == labels).mean() >= 0.995
    with rasterio.open(files[3]) as dataset:
        days = np.array(dataset.descriptions, dtype="datetime64[D]")
        season = np.flatnonzero((days >= np.datetime64("2011-09-01")) & (days <= np.datetime64("2012-09-01")))[:22]
        longitude, latitude = table.fields["longitude"][0], table.fields["latitude"][0]
        (x,), (y,) = warp_transform("EPSG:4326", dataset.crs, [longitude], [latitude])
        direct = next(dataset.sample([(x, y)]))[season] * 1e-4
    np.testing.assert_allclose(series.values[0, :, 3], direct, rtol=1e-5)


def test_polygons_in_degrees_on_a_real_sinusoidal_grid(shared_data, tmp_path):
    source = shared_data / "togo_labels" / "togo_train_polygons.gpkg"
    values = np.arange(64, dtype=np.uint16).reshape(1, 8, 8)
    table = SampleTable.read(source)
    west, south, east, north = shapely.total_bounds(shapely.from_wkb(table.geometry))
    size = max(east - west, north - south) / 8
    grid = {"crs": "EPSG:4326", "transform": from_origin(west, north, size, size)}
    write_raster(tmp_path / "st.tif", values, descriptions=["2019-01-01 a"], **grid)
    given = {"samples": str(source), "stack": str(tmp_path / "st.tif"), "output": str(tmp_path / "o.gpkg")}
    with pytest.raises(SamplesError, match="no pixel inside"):
        polygons_to_samples.run(polygons_to_samples.Parameters(**given), context())


# Bad input


def test_damaged_stack_is_named_while_reading(tmp_path):
    names = [f"{date} a" for date in DATES]
    options = {"tiled": True, "blockxsize": 16, "blockysize": 16, "compress": "deflate"}
    whole = write_raster(tmp_path / "st.tif", stack_values(6, 400, 400), descriptions=names, **options)
    whole.write_bytes(whole.read_bytes()[:300_000])
    samples = write_samples(tmp_path / "s.gpkg", [point(5, 5), point(390, 390)])
    with pytest.raises(StackError, match=r"st\.tif cannot be read.*"):
        extract(tmp_path, samples, whole)
    assert not (tmp_path / "out.gpkg").exists()


def test_a_source_of_the_stack_that_vanished_is_named(tmp_path):
    file = write_raster(tmp_path / "im_2019-01-01.tif", stack_values(1))
    build_time_series.run(build_time_series.Parameters(str(tmp_path / "a.vrt"), (str(file),)), context())
    file.unlink()
    samples = write_samples(tmp_path / "s.gpkg", [point(5, 5)])
    with pytest.raises(StackError, match="im_2019-01-01"):
        extract(tmp_path, samples, tmp_path / "a.vrt")


def test_no_stack_and_no_dated_stack(tmp_path):
    samples = write_samples(tmp_path / "s.gpkg", [point(5, 5)])
    with pytest.raises(StackError, match="cannot be read"):
        extract(tmp_path, samples, tmp_path / "gone.tif")
    plain = write_raster(tmp_path / "plain.tif", stack_values(2))
    with pytest.raises(StackError, match="not a dated stack"):
        extract(tmp_path, samples, plain)


def test_layers_without_reference_system(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [point(5, 5)], crs=None)
    with pytest.raises(SamplesError, match="no coordinate reference system"):
        extract(tmp_path, samples, stack)


def test_empty_layer(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [])
    with pytest.raises(SamplesError, match="has no features"):
        extract(tmp_path, samples, stack)


def test_fields_in_the_way_are_named(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [point(5, 5)], Red_20190101=np.array([1.0]))
    with pytest.raises(SamplesError, match="red_20190101"):
        extract(tmp_path, samples, stack)


def test_infinite_values_become_null(tmp_path):
    values = np.full((2, 4, 4), np.inf, dtype=np.float32)
    values[1] = 0.5
    values[1, 0, 0] = np.nan
    write_raster(tmp_path / "st.tif", values, descriptions=["2019-01-01 a", "2019-01-02 a"])
    samples = write_samples(tmp_path / "s.gpkg", [point(2, 2), point(0, 0)])
    outputs = extract(tmp_path, samples, tmp_path / "st.tif")
    assert (outputs["n_samples"], outputs["n_dropped"]) == (1, 1)
    fields, _ = rows_of(tmp_path / "out.gpkg")
    assert np.isnan(fields["a_20190101"][0])
    assert fields["a_20190102"][0] == 0.5


def test_half_a_season_and_wrong_fields(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [point(5, 5)])
    with pytest.raises(InputError, match="Only one of START_FIELD"):
        extract(tmp_path, samples, stack, start_field="crop")
    with pytest.raises(SamplesError, match="no field 'begin'"):
        extract(tmp_path, samples, stack, start_field="begin", end_field="crop")


def test_outputs_that_cannot_be_written(tmp_path, stack, monkeypatch):
    samples = write_samples(tmp_path / "s.gpkg", [point(5, 5)])
    with pytest.raises(OutputError, match="also an input"):
        extract(tmp_path, samples, stack, output=str(samples))
    with pytest.raises(OutputError, match="also an input"):
        extract(tmp_path, samples, stack, dropped=str(tmp_path / "out.gpkg"))
    with pytest.raises(OutputError, match="does not exist"):
        extract(tmp_path, samples, stack, output=str(tmp_path / "gone" / "o.gpkg"))
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="permission denied"):
        extract(tmp_path, samples, stack)


def test_a_full_disk_keeps_what_was_there(tmp_path, stack):
    resource = pytest.importorskip("resource", reason="no file size limit on this system")
    samples = write_samples(tmp_path / "s.gpkg", [point(20, 20)])
    extract(tmp_path, samples, stack)
    before = (tmp_path / "out.gpkg").read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            extract(tmp_path, samples, stack, dropped="")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (tmp_path / "out.gpkg").read_bytes() == before
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_cancel_stops_it(tmp_path, stack):
    samples = write_samples(tmp_path / "s.gpkg", [point(5, 5)])
    with pytest.raises(CanceledError):
        extract(tmp_path, samples, stack, Listener(canceled=True))
    assert not (tmp_path / "out.gpkg").exists()
