"""A real QGIS window on real data: Belgium (Sentinel-2, two months without data) and Italy (LAI, 333 uneven dates)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from conftest import run_job
from osgeo import gdal, ogr, osr
from qgis_window import drive, make_profile

HERE = Path(__file__).resolve().parent
SHARED_DATA = HERE.parents[2] / "shared" / "data"
# Where the guide's pictures go when they are to be renewed, such as docs/images.
PICTURES = os.environ.get("CROPSAMPLE_REAL_PICTURES", "")

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path):
    """Copies of the two data sets: QGIS writes statistics beside rasters that it shows."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets are not beside this checkout")
    for name in ("belgium_s1s2", "italy_terra_timeseries"):
        shutil.copytree(SHARED_DATA / name, tmp_path / "data" / name)
    return tmp_path / "data"


def derive(python, folder, build, index):
    """Build a stack, smooth it and find its seasons; return the files."""
    paths = {name: str(folder / name) for name in ("stack.vrt", "processed.tif", "seasons.tif")}
    run_job(python, folder, "buildtimeseries", build | {"output": paths["stack.vrt"]})
    smooth = {"method": "7_day_linear_whittaker", "output": paths["processed.tif"], "stack": paths["stack.vrt"]}
    run_job(python, folder, "preprocesstimeseries", smooth)
    found = {"index": index, "output": paths["seasons.tif"], "stack": paths["stack.vrt"]}
    run_job(python, folder, "detectseasons", found)
    return {Path(name).stem: path for name, path in paths.items()}


def write_samples(target, product, per_class=60):
    """Write pixels of the cropland product as points with a class."""
    dataset = gdal.Open(str(product))
    classes = dataset.GetRasterBand(1).ReadAsArray()
    west, width, _, north, _, height = dataset.GetGeoTransform()
    crs = osr.SpatialReference(wkt=dataset.GetProjection())
    layer_file = ogr.GetDriverByName("GPKG").CreateDataSource(str(target))
    layer = layer_file.CreateLayer("samples", crs, ogr.wkbPoint)
    layer.CreateField(ogr.FieldDefn("crop", ogr.OFTString))
    rng = np.random.default_rng(0)
    for value, name in ((0, "cropland"), (1, "other")):
        rows, columns = np.nonzero(classes == value)
        for place in rng.choice(len(rows), per_class, replace=False):
            feature = ogr.Feature(layer.GetLayerDefn())
            x, y = west + (columns[place] + 0.5) * width, north + (rows[place] + 0.5) * height
            feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POINT ({x} {y})"))
            feature["crop"] = name
            layer.CreateFeature(feature)
    return str(target)


def bands_at(path, x, y):
    """Return ``(day, band)`` to the physical value at a place, read with GDAL; NaN where there is no data."""
    dataset = gdal.Open(path)
    west, width, _, north, _, height = dataset.GetGeoTransform()
    column, row = int((x - west) / width), int((y - north) / height)
    values = {}
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        stored = float(band.ReadAsArray(column, row, 1, 1)[0, 0])
        scale = band.GetScale()
        physical = stored * (1.0 if scale is None else scale) + (band.GetOffset() or 0.0)
        values[tuple(band.GetDescription().split(" ", 1))] = np.nan if stored == band.GetNoDataValue() else physical
    return values


def facts_of(files, **more):
    names = {"processed": "Smoothed", "seasons": "Seasons"}
    given = {"samples": "", "mask_band": "", "rule": "", "raw_names": ["Point 1", "Point 2"], **files, **more}
    return given | {"names": names | {"stack": more["title"]}}


def look(tmp_path, display, facts):
    answer = drive(HERE / "drive_real_series.py", make_profile(tmp_path), display, facts)
    assert answer.get("error", "") == ""
    assert answer["exit_status"] == 0
    assert answer["active"]
    assert sorted(answer["begins"]) == sorted(answer["dates"])
    assert answer["frames_differ"]
    assert answer["n_frames"] == len(answer["dates"])
    assert answer["n_side_by_side"] == 2 * len(answer["measures"])
    assert {"Point 1, processed", "Point 2, processed"} <= set(answer["names"])
    assert answer["seasons"]
    if PICTURES:
        for name in ("one_plot", "side_by_side", "dates", "dialog"):
            shutil.copy(tmp_path / f"{name}.png", Path(PICTURES) / f"{facts['title'].split()[0].lower()}_{name}.png")
    return answer


def test_belgium(data, engine_python, display, tmp_path):
    folder = data / "belgium_s1s2"
    inputs = [str(path) for path in sorted((folder / "monthly").glob("S2_*.tif"))]
    files = derive(engine_python, tmp_path, {"inputs": inputs, "scale": 0.0001}, "NDVI")
    points = write_samples(tmp_path / "points.gpkg", folder / "worldcereal_cropland_product.tif")
    series = {"samples": points, "stack": files["stack"], "output": str(tmp_path / "samples.gpkg")}
    run_job(engine_python, tmp_path, "extracttimeseries", series)
    files |= {"samples": series["output"]}
    facts = facts_of(
        files, title="Belgium 2020/21", measures=["NDVI"], mask_band="B02", rule="value < 0.1",
        points=[[0.62, 0.72], [0.82, 0.24]], composition=1, frames=[0, 7],
    )  # fmt: skip
    answer = look(tmp_path, display, facts)
    for values, clear, (x, y) in zip(answer["series"], answer["clear"], answer["points"]):
        bands = bands_at(files["stack"], x, y)
        days = sorted({day for day, _ in bands})
        red, nir, blue = (np.array([bands[day, name] for day in days]) for name in ("B04", "B08", "B02"))
        np.testing.assert_allclose(np.array(values, dtype=float), (nir - red) / (nir + red), rtol=1e-5)
        known = np.isfinite(blue)
        assert days[1] == "2020-12-01"
        assert known.tolist() == [True, False, False] + [True] * 9
        assert np.array(clear)[known].tolist() == (blue < 0.1)[known].tolist()
    assert not np.all(answer["clear"])
    assert sorted(answer["classes"]) == ["cropland", "other"]
    assert len(answer["dates"]) == 12
    assert answer["offered"][0] == "true colour"


def test_italy(data, engine_python, display, tmp_path):
    raster = data / "italy_terra_timeseries" / "Unevenly_spaced_time_series_R_terra.tif"
    files = derive(engine_python, tmp_path, {"inputs": [str(raster)], "bands": ["LAI"]}, "LAI")
    facts = facts_of(
        files, title="Italy 2015-2024", measures=["LAI"], points=[[0.3, 0.4], [0.6, 0.7]], composition=0,
        frames=[10, 34],
    )  # fmt: skip
    answer = look(tmp_path, display, facts)
    assert answer["hint"].startswith("333 dates, 2015-07-04 to 2024-01-23")
    for values, (x, y) in zip(answer["series"], answer["points"]):
        bands = bands_at(files["stack"], x, y)
        np.testing.assert_allclose(np.array(values, dtype=float), [bands[key] for key in sorted(bands)], rtol=1e-5)
        assert 100 < np.isfinite(np.array(values, dtype=float)).sum() < 333
    assert len(answer["seasons"]) > 8
    assert all(start < end for start, end in answer["seasons"])
    # One a month, and only where there is data.
    assert 90 < len(answer["dates"]) < 105
    assert answer["offered"] == ["one band or index of the stack"]
