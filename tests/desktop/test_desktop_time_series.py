"""A real QGIS window: the map is clicked, the plot shows the pixel's series, its dates become layers that animate."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from conftest import run_job
from osgeo import gdal
from qgis_window import drive, make_profile

HERE = Path(__file__).resolve().parent
# Where the guide's picture goes when it is to be renewed, such as docs/images/time_series.png.
PICTURE = os.environ.get("CROPSAMPLE_SERIES_PICTURE", "")

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def series(engine_python, region, tmp_path_factory):
    folder = tmp_path_factory.mktemp("series")
    output = str(folder / "series.gpkg")
    run_job(
        engine_python,
        folder,
        "extracttimeseries",
        {"samples": region["samples"], "stack": region["stack"], "output": output},
    )
    return output


def ndvi_at(stack, x, y):
    """Return NDVI of each date at a place, read with GDAL, NaN where there is no data."""
    dataset = gdal.Open(stack)
    west, width, _, north, _, height = dataset.GetGeoTransform()
    column, row = int((x - west) / width), int((y - north) / height)
    values = {}
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        day, name = band.GetDescription().split(" ", 1)
        stored = float(band.ReadAsArray(column, row, 1, 1)[0, 0])
        is_missing = stored == band.GetNoDataValue()
        scale, offset = band.GetScale(), band.GetOffset()
        physical = stored * (1.0 if scale is None else scale) + (offset or 0.0)
        values[day, name] = np.nan if is_missing else physical
    days = sorted({day for day, _ in values})
    nir, red = (np.array([values[day, name] for day in days]) for name in ("B08", "B04"))
    return (nir - red) / (nir + red)


def test_map_clicks_show_series_and_dates_animate(display, region, series, tmp_path):
    answer = drive(HERE / "drive_time_series.py", make_profile(tmp_path), display, {**region, "series": series})
    assert answer.get("error", "") == ""
    assert answer["stack"] == "Sentinel-2 2023"
    assert "click on the map" in answer["hint"]
    assert answer["measure"] == "NDVI"
    assert len(answer["series"]) == 2
    for (_color, values), (x, y) in zip(answer["series"], answer["points"]):
        np.testing.assert_allclose(np.array(values, dtype=float), ndvi_at(region["stack"], x, y), rtol=1e-5)
    assert answer["marks"] == sorted(color for color, _values in answer["series"])
    assert sorted(answer["classes"]) == ["maize", "wheat"]
    assert len(answer["dates"]) == answer["frames"] == len(answer["series"][0][1])
    assert answer["frames_differ"]
    assert len(answer["readout"]) > 2
    assert "has been removed" in answer["after_removal"]
    assert answer["marks_after_closing"] == 0
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    assert answer["exit_status"] == 0
    if PICTURE:
        shutil.copy(tmp_path / "time_series.png", PICTURE)
