"""Every layout that users have becomes a dated stack with the right dates, names and values."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
from raster_files import write_netcdf, write_raster
from rasterio.transform import from_origin
from rasterio.vrt import WarpedVRT

from cropsample_plugin.engine.errors import CanceledError, InputError, OutputError, StackError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, read_stored, to_series
from cropsample_plugin.jobs.build_time_series import Parameters, run
from cropsample_plugin.jobs.registry import JobContext


class Listener(SilentProgress):
    def __init__(self, *, canceled=False):
        self.messages = []
        self.canceled = canceled

    def log(self, message, level="info"):
        self.messages.append((level, message))

    def is_canceled(self):
        return self.canceled

    def warnings(self):
        return " ".join(message for level, message in self.messages if level == "warning")


def build(output, *inputs, progress=None, **parameters):
    context = JobContext(progress or SilentProgress(), 1, 1500, "cpu")
    names = tuple(str(path) for path in inputs)
    return run(Parameters(output=str(output), inputs=names, **parameters), context).outputs


def series(path):
    stack = DatedStack.open(path)
    with rasterio.open(path) as dataset:
        stored = read_stored(dataset)
    values, _, static = to_series(stack, stored.reshape(stored.shape[0], -1))
    return stack, values, static


def noise(n_bands, height=6, width=8, seed=0, dtype=np.int16):
    return np.random.default_rng(seed).integers(0, 10000, (n_bands, height, width)).astype(dtype)


# Real layouts


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("stacks")


def test_belgium_s2_one_file_per_date_with_missing_months(shared_data, folder):
    files = sorted((shared_data / "belgium_s1s2" / "monthly").glob("S2*.tif"))
    outputs = build(folder / "s2.vrt", *files, scale=0.0001)
    assert outputs["n_dates"] == 12
    assert outputs["bands"] == ["B02", "B03", "B04", "B05", "B06", "B07", "B08", "B11", "B12"]
    _, values, _ = series(folder / "s2.vrt")
    valid = np.isfinite(values).any(axis=(0, 2))
    assert [outputs["dates"][step] for step in np.flatnonzero(~valid)] == ["2020-12-01", "2021-01-01"]
    with rasterio.open(files[5]) as dataset:
        stored = dataset.read(7).ravel()
    expected = np.where(stored == 65535, np.nan, stored * 0.0001)
    np.testing.assert_allclose(values[:, 5, 6], expected, rtol=1e-6)


def test_belgium_s1_and_s2_together_with_static_bands(shared_data, folder):
    belgium = shared_data / "belgium_s1s2"
    files = sorted((belgium / "monthly").glob("*.tif"))
    outputs = build(folder / "both.vrt", *files, belgium / "dem_elevation_slope.tif")
    assert outputs["n_dates"] == 12
    assert outputs["bands"][:3] == ["VV", "VH", "B02"]
    assert outputs["static_bands"] == ["elevation_m", "slope"]
    stack, values, static = series(folder / "both.vrt")
    assert (stack.band_numbers > 0).all()
    with rasterio.open(belgium / "monthly" / "S1_SIGMA0_2021-05-01.tif") as dataset:
        vh = dataset.read(2).ravel().astype(np.float32)
    np.testing.assert_array_equal(values[:, 6, 1], np.where(vh == 65535, np.nan, vh))
    with rasterio.open(belgium / "dem_elevation_slope.tif") as dataset:
        np.testing.assert_array_equal(static[:, 0], dataset.read(1).ravel().astype(np.float32))


def test_sinop_in_ndvi_units_and_a_warning_without_scale(shared_data, folder):
    source = shared_data / "mato_grosso_sits" / "sinop_mod13q1"
    listener = Listener()
    outputs = build(folder / "sinop.vrt", folder=str(source), scale=0.0001, progress=listener)
    assert outputs["bands"] == ["NDVI"]
    assert outputs["dates"][0] == "2013-09-14"
    assert "unscaled" not in listener.warnings()
    _, values, _ = series(folder / "sinop.vrt")
    assert -0.34 < np.nanmin(values) < np.nanmax(values) < 1.1
    with rasterio.open(source / "TERRA_MODIS_012010_NDVI_2014-08-29.tif") as dataset:
        stored = dataset.read(1).ravel()
    np.testing.assert_allclose(values[:, 11, 0], np.where(stored == -3000, np.nan, stored * 1e-4), rtol=1e-6)
    build(folder / "plain.vrt", folder=str(source), progress=listener)
    assert "unscaled (NDVI up to" in listener.warnings()


def test_dtwsat_one_file_per_band(shared_data, folder):
    files = sorted((shared_data / "dtwsat_mato_grosso").glob("MOD13Q1_*.tif"))
    outputs = build(folder / "dtwsat.vrt", *files)
    assert outputs["bands"] == ["blue", "doy", "evi", "mir", "ndvi", "nir", "red"]
    assert (outputs["n_dates"], outputs["dates"][0], outputs["dates"][-1]) == (137, "2007-09-14", "2013-08-29")
    stack, values, _ = series(folder / "dtwsat.vrt")
    with rasterio.open(shared_data / "dtwsat_mato_grosso" / "MOD13Q1_ndvi.tif") as dataset:
        stored = dataset.read().reshape(137, -1).T
    np.testing.assert_allclose(values[:, :, 4], np.where(stored == -30000, np.nan, stored * 1e-4), rtol=1e-6)
    picked = build(folder / "two.vrt", *files, bands=("red", "nir"))
    assert picked["bands"] == ["red", "nir"]
    assert stack.scales[0] == 0.0001


def test_togo_undated_export_with_static_bands(shared_data, folder):
    file = next((shared_data / "togo_ee_export").glob("*.tif"))
    outputs = build(folder / "togo.vrt", file)
    assert outputs["n_dates"] == 12
    assert outputs["n_bands"] == 17
    assert outputs["dates"][:2] == ["2019-02-06", "2019-03-08"]
    assert outputs["static_bands"] == ["elevation", "slope"]
    stack, values, static = series(folder / "togo.vrt")
    with rasterio.open(file) as dataset:
        stored = dataset.read().reshape(206, -1)
    np.testing.assert_array_equal(values[:, 3, stack.bands.index("B8")], stored[3 * 17 + 9].astype(np.float32))
    np.testing.assert_array_equal(static[:, 1], stored[205].astype(np.float32))
    red, nir = values[:, :, stack.bands.index("B4")], values[:, :, stack.bands.index("B8")]
    ndvi = np.nanmean((nir - red) / (nir + red), axis=0)
    np.testing.assert_allclose(
        ndvi, [0.1, 0.111, 0.311, 0.388, 0.446, 0.244, 0.26, 0.443, 0.501, 0.619, 0.351, 0.209], atol=6e-4
    )
    other = build(folder / "togo2.vrt", file, start_date="2020-01-01", period_days=10)
    assert other["dates"][:2] == ["2020-01-01", "2020-01-11"]


def test_italy_side_file_and_long_irregular_axis(shared_data, folder):
    file = next((shared_data / "italy_terra_timeseries").glob("*.tif"))
    outputs = build(folder / "italy.vrt", file, bands=("LAI",))
    assert (outputs["n_dates"], outputs["bands"], outputs["dates"][0]) == (333, ["LAI"], "2015-07-04")
    _, values, _ = series(folder / "italy.vrt")
    assert (~np.isfinite(values).any(axis=(0, 2))).sum() == 72
    with rasterio.open(file) as dataset:
        stored = dataset.read(201).ravel()
    np.testing.assert_allclose(values[:, 200, 0], np.where(stored == 65535, np.nan, stored * 0.001), rtol=1e-6)


# Layouts made here


def test_netcdf_variables_with_time(tmp_path):
    cube = {"ndvi": noise(3), "evi": noise(3, seed=1)}
    file = write_netcdf(tmp_path / "cube.nc", cube, [0.0, 240.0, 480.0], "hours since 2019-01-01 12:00:00")
    outputs = build(tmp_path / "nc.vrt", file)
    assert outputs["bands"] == ["ndvi", "evi"]
    assert outputs["dates"] == ["2019-01-01", "2019-01-11", "2019-01-21"]
    _, values, _ = series(tmp_path / "nc.vrt")
    np.testing.assert_allclose(values[:, 1, 1], cube["evi"][1].ravel() * 0.01 + 1, rtol=1e-5)


def test_netcdf_with_another_calendar_is_refused(tmp_path):
    file = write_netcdf(tmp_path / "cube.nc", {"ndvi": noise(2)}, [0, 10], "days since 2019-01-01", "360_day")
    with pytest.raises(StackError, match="calendar '360_day'"):
        build(tmp_path / "nc.vrt", file)


def write_sentinel2(folder, day, seed):
    stem = f"T31UFS_{day}T105021"
    write_raster(folder / f"{stem}_B04_10m.tif", noise(1, 6, 8, seed, np.uint16), nodata=0)
    write_raster(folder / f"{stem}_B04_20m.tif", noise(1, 3, 4, seed, np.uint16), nodata=0, pixel_m=20.0)
    write_raster(folder / f"{stem}_B11_20m.tif", noise(1, 3, 4, seed + 9, np.uint16), nodata=0, pixel_m=20.0)
    write_raster(folder / f"{stem}_TCI_10m.tif", noise(3, 6, 8, seed, np.uint8))
    write_raster(folder / f"{stem}_SCL_20m.tif", noise(1, 3, 4, seed, np.uint8), pixel_m=20.0)


def test_sentinel2_names_and_pixel_sizes(tmp_path):
    write_sentinel2(tmp_path / "in", "20190315", 1)
    write_sentinel2(tmp_path / "in", "20190325", 2)
    write_raster(tmp_path / "in" / "QI_DATA" / "MSK_CLDPRB_20m.tif", noise(1, 3, 4), pixel_m=20.0)
    outputs = build(tmp_path / "s2.vrt", folder=str(tmp_path / "in"), scale=0.0001)
    assert outputs["dates"] == ["2019-03-15", "2019-03-25"]
    assert outputs["bands"] == ["B04", "B11"]
    reasons = {Path(item["file"]).name: item["reason"] for item in outputs["skipped"]}
    assert "finer pixels" in reasons["T31UFS_20190315T105021_B04_20m.tif"]
    assert "name it in BANDS" in reasons["T31UFS_20190325T105021_SCL_20m.tif"]
    assert "quality mask" in reasons["MSK_CLDPRB_20m.tif"]
    stack, values, _ = series(tmp_path / "s2.vrt")
    assert (stack.height, stack.width) == (6, 8)
    coarse = noise(1, 3, 4, 10, np.uint16)[0]
    np.testing.assert_allclose(values[:, 0, 1].reshape(6, 8), np.kron(coarse, np.ones((2, 2))) * 1e-4, rtol=1e-6)


def test_sentinel2_jp2(tmp_path):
    values = noise(1, 64, 64, 3, np.uint16)
    options = {"driver": "JP2OpenJPEG", "QUALITY": "100", "REVERSIBLE": "YES"}
    file = write_raster(tmp_path / "T31UFS_20190315T105021_B08.jp2", values, **options)
    build(tmp_path / "jp2.vrt", file)
    _, series_values, _ = series(tmp_path / "jp2.vrt")
    np.testing.assert_array_equal(series_values[:, 0, 0], values.ravel().astype(np.float32))


def test_landsat_names_take_the_acquisition_date(tmp_path):
    for band in ("SR_B4", "SR_B5", "QA_PIXEL"):
        write_raster(tmp_path / f"LC08_L2SP_227068_20190315_20200829_02_T1_{band}.TIF", noise(1, dtype=np.uint16))
    files = sorted(tmp_path.glob("*.TIF"))
    outputs = build(tmp_path / "l8.vrt", *files, scale=0.0000275, offset=-0.2, nodata=0)
    assert outputs["dates"] == ["2019-03-15"]
    assert outputs["bands"] == ["SR_B4", "SR_B5"]
    _, values, _ = series(tmp_path / "l8.vrt")
    stored = noise(1).ravel()
    np.testing.assert_allclose(values[:, 0, 0], np.where(stored == 0, np.nan, stored * 0.0000275 - 0.2), rtol=1e-5)


def test_single_band_files_named_by_band_and_date(tmp_path):
    for day in ("20190315", "20190415"):
        for band in ("red", "nir"):
            write_raster(tmp_path / f"farm_{band}_{day}.tif", noise(1))
    outputs = build(tmp_path / "a.vrt", *sorted(tmp_path.glob("*.tif")))
    assert sorted(outputs["bands"]) == ["nir", "red"]
    assert outputs["n_dates"] == 2


def test_dates_in_folder_names_tags_and_descriptions(tmp_path):
    write_raster(tmp_path / "2019-03-15" / "ndvi.tif", noise(1))
    write_raster(tmp_path / "x" / "ndvi.tif", noise(1), tags={"ACQUISITION_DATE": "2019-03-25"})
    write_raster(tmp_path / "y.tif", noise(2), descriptions=["20190405T105021_ndvi", "ndvi_20190415"])
    files = (tmp_path / "2019-03-15" / "ndvi.tif", tmp_path / "x" / "ndvi.tif", tmp_path / "y.tif")
    outputs = build(tmp_path / "a.vrt", *files)
    assert outputs["bands"] == ["ndvi"]
    assert outputs["dates"] == ["2019-03-15", "2019-03-25", "2019-04-05", "2019-04-15"]


def test_own_date_pattern_and_band_names(tmp_path):
    write_raster(tmp_path / "scene15032019.tif", noise(2))
    outputs = build(tmp_path / "a.vrt", tmp_path / "scene15032019.tif", date_pattern="%d%m%Y", bands=("red", "nir"))
    assert outputs["dates"] == ["2019-03-15"]
    assert outputs["bands"] == ["red", "nir"]


def test_undated_files_in_natural_order(tmp_path):
    files = [
        write_raster(tmp_path / f"step{number}.tif", np.full((1, 2, 2), number, np.int16)) for number in (1, 2, 10)
    ]
    outputs = build(tmp_path / "a.vrt", *reversed(files), start_date="2019-01-01", period_days=10, bands=("ndvi",))
    assert outputs["dates"] == ["2019-01-01", "2019-01-11", "2019-01-21"]
    _, values, _ = series(tmp_path / "a.vrt")
    assert values[0, :, 0].tolist() == [1.0, 2.0, 10.0]


def test_undated_bands_in_time_order(tmp_path):
    file = write_raster(tmp_path / "cube.tif", noise(6))
    outputs = build(tmp_path / "a.vrt", file, start_date="2019-01-01", period_days=10, bands=("red", "nir"))
    assert outputs["dates"] == ["2019-01-01", "2019-01-11", "2019-01-21"]
    _, values, _ = series(tmp_path / "a.vrt")
    np.testing.assert_array_equal(values[:, 1, 1], noise(6)[3].ravel())


def test_mixed_types_nodata_and_scales(tmp_path):
    one = write_raster(
        tmp_path / "a_2019-01-01.tif", noise(1, dtype=np.uint16), descriptions=["red"], scale=0.5, nodata=7
    )
    two = write_raster(
        tmp_path / "b_2019-01-01.tif", noise(1, dtype=np.float32) / 3, descriptions=["lai"], nodata=np.nan
    )
    build(tmp_path / "a.vrt", one, two)
    _, values, _ = series(tmp_path / "a.vrt")
    np.testing.assert_allclose(values[:, 0, 0], noise(1).ravel() * 0.5)
    np.testing.assert_allclose(values[:, 0, 1], noise(1).ravel().astype(np.float32) / 3, rtol=1e-6)


def test_a_stack_is_input_for_a_stack(tmp_path):
    file = write_raster(tmp_path / "x_2019-01-01.tif", noise(2), descriptions=["red", "nir"], scale=0.5)
    build(tmp_path / "a.vrt", file)
    outputs = build(tmp_path / "b.vrt", tmp_path / "a.vrt")
    assert outputs["bands"] == ["red", "nir"]
    np.testing.assert_array_equal(series(tmp_path / "a.vrt")[1], series(tmp_path / "b.vrt")[1])


# The document


def test_sources_are_relative_and_move_with_the_stack(tmp_path):
    (tmp_path / "data été & co").mkdir()
    file = write_raster(tmp_path / "data été & co" / "im_2019-01-01.tif", noise(1), descriptions=["ndvi"])
    (tmp_path / "data été & co" / "out").mkdir()
    build(tmp_path / "data été & co" / "out" / "a.vrt", file)
    shutil.move(tmp_path / "data été & co", tmp_path / "moved")
    _, values, _ = series(tmp_path / "moved" / "out" / "a.vrt")
    np.testing.assert_array_equal(values[:, 0, 0], noise(1).ravel())


def test_netcdf_sources_are_relative(tmp_path):
    (tmp_path / "a").mkdir()
    write_netcdf(tmp_path / "a" / "cube.nc", {"ndvi": noise(2), "evi": noise(2)}, [0, 10], "days since 2019-01-01")
    build(tmp_path / "a" / "nc.vrt", tmp_path / "a" / "cube.nc")
    before = series(tmp_path / "a" / "nc.vrt")[1]
    shutil.move(tmp_path / "a", tmp_path / "b")
    np.testing.assert_array_equal(series(tmp_path / "b" / "nc.vrt")[1], before)


SYSTEM_PYTHON = "/usr/bin/python3"
OLD_GDAL_PROGRAM = """
import json, sys
from osgeo import gdal
gdal.UseExceptions()
stack = gdal.Open(sys.argv[1])
bands = [stack.GetRasterBand(number + 1) for number in range(stack.RasterCount)]
print(json.dumps([[b.GetDescription(), b.GetScale(), b.GetOffset(), b.GetNoDataValue(), b.Checksum()] for b in bands]))
"""


@pytest.mark.parametrize("grid_rule", ["refuse", "warp"])
def test_the_system_gdal_reads_the_same(tmp_path, grid_rule):
    if subprocess.run([SYSTEM_PYTHON, "-c", "import osgeo.gdal"], capture_output=True, check=False).returncode:
        pytest.skip("no system GDAL with Python here")
    one = write_raster(tmp_path / "x_2019-01-01.tif", noise(2), descriptions=["red", "nir"], scale=0.5, nodata=-9)
    two = write_raster(tmp_path / "x_2019-01-11.tif", noise(2, 3, 4), pixel_m=20.0, nodata=-9)
    files = [one, two]
    if grid_rule == "warp":
        shifted = from_origin(500005.0, 4000003.0, 10.0, 10.0)
        files.append(write_raster(tmp_path / "x_2019-01-21.tif", noise(2), nodata=-9, transform=shifted))
    build(tmp_path / "a.vrt", *files, grid_rule=grid_rule)
    done = subprocess.run(
        [SYSTEM_PYTHON, "-c", OLD_GDAL_PROGRAM, str(tmp_path / "a.vrt")], capture_output=True, text=True, check=True
    )
    with rasterio.open(tmp_path / "a.vrt") as dataset:
        ours = [
            [text, scale, offset, nodata, dataset.checksum(number)]
            for number, text, scale, offset, nodata in zip(
                dataset.indexes, dataset.descriptions, dataset.scales, dataset.offsets, dataset.nodatavals
            )
        ]
    theirs = [
        [text, scale or 1.0, offset or 0.0, nodata, check]
        for text, scale, offset, nodata, check in json.loads(done.stdout)
    ]
    assert theirs == ours


# Grids


def test_another_reference_system_is_refused_or_warped(tmp_path):
    files = [write_raster(tmp_path / f"x_2019-01-0{day}.tif", noise(1, 40, 40), nodata=-9) for day in (1, 2)]
    other = tmp_path / "x_2019-01-03.tif"
    with rasterio.open(files[0]) as source, WarpedVRT(source, crs="EPSG:3035") as warped:
        values, profile = warped.read(), {"crs": warped.crs, "transform": warped.transform}
    write_raster(other, values, nodata=-9, **profile)
    with pytest.raises(StackError, match=r"1 of 3 rasters .*x_2019-01-03.*EPSG:3035 instead of EPSG:32631"):
        build(tmp_path / "a.vrt", *files, other)
    outputs = build(tmp_path / "a.vrt", *files, other, grid_rule="warp")
    assert outputs["n_dates"] == 3
    _, stack_values, _ = series(tmp_path / "a.vrt")
    with rasterio.open(files[0]) as grid, rasterio.open(other) as source:
        options = {"crs": grid.crs, "transform": grid.transform, "width": grid.width, "height": grid.height}
        with WarpedVRT(source, **options, nodata=-9) as warped:
            expected = warped.read(1).astype(np.float32)
    np.testing.assert_array_equal(stack_values[:, 2, 0], np.where(expected == -9, np.nan, expected).ravel())
    assert np.isfinite(stack_values[:, 2, 0]).mean() > 0.9


def test_another_extent_is_refused_with_both_extents(tmp_path):
    one = write_raster(tmp_path / "x_2019-01-01.tif", noise(1))
    two = write_raster(tmp_path / "x_2019-01-02.tif", noise(1, 7, 8))
    with pytest.raises(StackError, match=r"x_2019-01-0\d.*extent .*8 x 7 pixels.*8 x 6 pixels|.*8 x 6.*8 x 7"):
        build(tmp_path / "a.vrt", one, two)


def test_warping_integers_without_nodata_asks_for_it(tmp_path):
    one = write_raster(tmp_path / "x_2019-01-01.tif", noise(1))
    two = write_raster(tmp_path / "x_2019-01-02.tif", noise(1, 7, 8))
    with pytest.raises(StackError, match="no nodata value"):
        build(tmp_path / "a.vrt", one, two, grid_rule="warp")
    assert build(tmp_path / "a.vrt", one, two, grid_rule="warp", nodata=-1)["n_dates"] == 2


def test_rasters_without_georeference_are_refused(tmp_path):
    file = write_raster(tmp_path / "x_2019-01-01.tif", noise(1), transform=rasterio.Affine.identity(), crs=None)
    with pytest.raises(StackError, match="no georeference"):
        build(tmp_path / "a.vrt", file)


# Bad input


def test_missing_truncated_and_corrupt_rasters_are_all_named(tmp_path):
    good = write_raster(tmp_path / "x_2019-01-01.tif", noise(1, 256, 256))
    cut = tmp_path / "cut_2019-01-02.tif"
    cut.write_bytes(good.read_bytes()[:40000])
    rubbish = tmp_path / "rubbish_2019-01-03.tif"
    rubbish.write_bytes(b"II*\0 and then nothing sensible")
    with pytest.raises(StackError) as caught:
        build(tmp_path / "a.vrt", good, cut, rubbish, tmp_path / "gone_2019-01-04.tif")
    assert "3 of 4 rasters" in caught.value.message
    for name in ("cut_2019", "rubbish_2019", "gone_2019-01-04.tif: the file does not exist"):
        assert name in caught.value.message
    assert not (tmp_path / "a.vrt").exists()


def test_undated_file_is_named_with_all_that_was_tried(tmp_path):
    file = write_raster(tmp_path / "july.tif", noise(3))
    with pytest.raises(StackError) as caught:
        build(tmp_path / "a.vrt", file)
    for text in ("july.tif", "Sentinel-2", "Landsat", "netCDF", "terra", "Earth Engine", "file name", "YYYYMMDD"):
        assert text in caught.value.message
    assert "DATE_PATTERN" in caught.value.remedy
    assert "START_DATE" in caught.value.remedy


def test_undated_image_among_dated_ones_is_not_taken_as_static(tmp_path):
    dated = write_raster(tmp_path / "x_2019-01-01.tif", noise(1), descriptions=["red"])
    undated = write_raster(tmp_path / "july.tif", noise(1), descriptions=["red"])
    with pytest.raises(StackError, match=r"july\.tif"):
        build(tmp_path / "a.vrt", dated, undated)


def test_export_without_dates_is_not_taken_as_one_date(tmp_path):
    file = write_raster(tmp_path / "export_2019-01-01.tif", noise(4), descriptions=["B4", "B8", "B4_1", "B8_1"])
    with pytest.raises(StackError, match="2 steps have no dates"):
        build(tmp_path / "a.vrt", file)
    outputs = build(tmp_path / "a.vrt", file, period_days=30)
    assert outputs["dates"] == ["2019-01-01", "2019-01-31"]


def test_repeated_dates_name_both_files(tmp_path):
    files = [write_raster(tmp_path / name / "x_2019-01-01.tif", noise(1), descriptions=["red"]) for name in "ab"]
    with pytest.raises(StackError, match=r"band 'red' of 2019-01-01: .*a.x_2019.*b.x_2019") as caught:
        build(tmp_path / "a.vrt", *files)
    assert "composite" in caught.value.remedy


def test_unknown_bands_list_those_there_are(tmp_path):
    file = write_raster(tmp_path / "x_2019-01-01.tif", noise(2), descriptions=["red", "nir"])
    with pytest.raises(InputError, match="asks for swir, but the rasters hold red, nir"):
        build(tmp_path / "a.vrt", file, bands=("red", "swir"))


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"scale": 0.0}, "SCALE is 0"),
        ({"nodata": 1e9}, "NODATA 1e\\+09 cannot be stored"),
        ({"grid_rule": "guess"}, "grid rule"),
        ({"resampling": "magic"}, "resampling"),
        ({"start_date": "soon"}, "start date"),
    ],
)
def test_senseless_parameters(tmp_path, parameters, message):
    file = write_raster(tmp_path / "x_2019-01-01.tif", noise(1))
    with pytest.raises(InputError, match=message):
        build(tmp_path / "a.vrt", file, **parameters)


def test_no_input_and_empty_folder(tmp_path):
    with pytest.raises(InputError, match="No rasters"):
        build(tmp_path / "a.vrt")
    with pytest.raises(InputError, match="holds no rasters"):
        build(tmp_path / "a.vrt", folder=str(tmp_path))
    with pytest.raises(InputError, match="does not exist"):
        build(tmp_path / "a.vrt", folder=str(tmp_path / "gone"))


def test_outputs_that_cannot_be_written(tmp_path, monkeypatch):
    file = write_raster(tmp_path / "x_2019-01-01.tif", noise(1))
    with pytest.raises(OutputError, match=r"must end in \.vrt"):
        build(tmp_path / "a.tif", file)
    with pytest.raises(OutputError, match="does not exist"):
        build(tmp_path / "gone" / "a.vrt", file)
    build(tmp_path / "a.vrt", file)
    with pytest.raises(OutputError, match="also an input"):
        build(tmp_path / "a.vrt", tmp_path / "a.vrt")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="permission denied"):
        build(tmp_path / "b.vrt", file)


def test_a_failed_build_keeps_the_old_stack(tmp_path):
    file = write_raster(tmp_path / "x_2019-01-01.tif", noise(1))
    build(tmp_path / "a.vrt", file)
    before = (tmp_path / "a.vrt").read_bytes()
    with pytest.raises(StackError):
        build(tmp_path / "a.vrt", file, tmp_path / "gone_2019-01-02.tif")
    assert (tmp_path / "a.vrt").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.vrt", "x_2019-01-01.tif"]


def test_cancel_stops_it(tmp_path):
    file = write_raster(tmp_path / "x_2019-01-01.tif", noise(1))
    with pytest.raises(CanceledError):
        build(tmp_path / "a.vrt", file, progress=Listener(canceled=True))


def test_replay_from_the_command_line(tmp_path):
    file = write_raster(tmp_path / "x_2019-01-01.tif", noise(1))
    job = {"name": "buildtimeseries", "protocol_version": 1}
    job["parameters"] = {"inputs": [str(file)], "output": str(tmp_path / "a.vrt")}
    (tmp_path / "job.json").write_text(json.dumps(job))
    command = [sys.executable, "-m", "cropsample_plugin.jobs", "run"]
    root = Path(__file__).resolve().parents[2]
    subprocess.run([*command, str(tmp_path / "job.json")], check=True, cwd=root, capture_output=True)
    document = (tmp_path / "a.vrt").read_bytes()
    subprocess.run([*command, str(tmp_path / "a.vrt.cropsample.json")], check=True, cwd=root, capture_output=True)
    assert (tmp_path / "a.vrt").read_bytes() == document
