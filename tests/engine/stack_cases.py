"""A clouded season as a stack and as a series layer, and the operations that tests run on it."""

from __future__ import annotations

import numpy as np
import pyogrio.raw
import rasterio
import shapely
from dated_stacks import ListeningProgress, dates_every, write_stack

from cropsample_plugin.jobs import composite_time_series, detect_seasons, preprocess_time_series, spectral_indices
from cropsample_plugin.jobs.registry import JobContext

DATES = dates_every(24, 12, "2020-01-05")
BANDS = ("B04", "B08", "SCL")
HEIGHT, WIDTH = 70, 90


def context(progress=None, threads=2, memory_mb=1500):
    return JobContext(progress or ListeningProgress(), threads, memory_mb, "cpu")


def season_cube():
    """Return stored ``(dates, bands, height, width)`` with a season, clouds and an empty corner."""
    rng = np.random.default_rng(0)
    days = np.arange(24) * 12.0
    peaks = 100 + 60 * rng.random((HEIGHT, WIDTH))
    green = np.exp(-(((days[:, None, None] - peaks) / 40.0) ** 2))
    red = 1500 - 1100 * green + 60 * rng.standard_normal(green.shape)
    near_infrared = 1800 + 2600 * green + 60 * rng.standard_normal(green.shape)
    classes = np.where(rng.random(green.shape) < 0.3, 9, 4)
    cube = np.stack([red, near_infrared, classes], axis=1).round().astype(np.uint16)
    cube[:, :2][np.repeat(classes[:, None] == 9, 2, axis=1)] = 9000
    cube[:, :, :5, :5] = 65535
    return cube


def write_season_stack(path):
    """Write it with the mask band SCL and return its path."""
    path = write_stack(path, season_cube(), DATES, BANDS, tiled=True, blockxsize=32, blockysize=32)
    with rasterio.open(path, "r+") as dataset:
        dataset.scales = [0.0001, 0.0001, 1.0] * len(DATES)
    return path


JOBS = {
    "composite": (composite_time_series, {"mask_band": "SCL", "n_periods": 0}),
    "preprocess": (preprocess_time_series, {"mask_band": "SCL", "method": "7_day_linear_whittaker"}),
    "indices": (spectral_indices, {"indices": "ndvi = (B08 - B04) / (B08 + B04)"}),
    "seasons": (detect_seasons, {"index": "ndvi = (B08 - B04) / (B08 + B04)"}),
}


def run(name, stack, output, progress=None, **more):
    module, parameters = JOBS[name]
    threads = more.pop("threads", 2)
    memory_mb = more.pop("memory_mb", 1500)
    given = module.Parameters(stack=stack, output=str(output), **parameters, **more)
    return module.run(given, context(progress, threads, memory_mb)).outputs


def content(path):
    with rasterio.open(path) as dataset:
        return dataset.read(), dataset.descriptions, dataset.scales, dataset.nodata, dataset.tags()


def series_layer(path, n=200):
    """Write the series of some pixels as 'Extract time series' does."""
    cube = season_cube().reshape(len(DATES), len(BANDS), -1)[:, :, 1000 : 1000 + n].astype(float)
    cube[:, :2] *= 0.0001
    fields = {"crop": np.array(["maize"] * n, dtype=object)}
    for step, date in enumerate(DATES):
        for band, name in enumerate(BANDS):
            fields[f"{name}_{date.replace('-', '')}"] = cube[step, band]
    points = np.array([shapely.to_wkb(shapely.Point(k, 0)) for k in range(n)], dtype=object)
    options = {"layer": "s", "driver": "GPKG", "geometry_type": "Point", "crs": "EPSG:4326"}
    pyogrio.raw.write(path, points, list(fields.values()), list(fields), **options)
    return str(path), cube
