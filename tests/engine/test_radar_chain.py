"""Sentinel-1 from the raster to a model: dates, units and ratio are recorded, and another unit is refused."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from dated_stacks import dates_every, write_stack
from pixel_labels import label_pixels, train_and_map

from cropsample_plugin.engine.errors import InputError, MismatchError
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack

SIZE_PX = 24


def radar_scene(folder, step_days):
    """Write half a year of VV and VH over rice and maize, linear and in dB; return both, the classes and the dates."""
    rng = np.random.default_rng(step_days)
    dates = dates_every(180 // step_days, step_days)
    days = (np.arange(len(dates)) * float(step_days))[:, None, None]
    is_rice = np.arange(SIZE_PX)[None, :] >= SIZE_PX // 2
    # Flooded fields are dark; then the canopy grows.
    vv = -10.0 - np.where(is_rice, 8.0, 1.0) * np.exp(-(((days - 40.0) / 20.0) ** 2)) + np.zeros((SIZE_PX, SIZE_PX))
    vh = vv - 7.0 + np.where(is_rice, 2.0, 4.0) * np.exp(-(((days - 110.0) / 30.0) ** 2))
    decibel = np.stack([vv, vh], axis=1) + 0.8 * rng.standard_normal((len(dates), 2, SIZE_PX, SIZE_PX))
    options = {"scale": 1.0, "nodata": float("nan")}
    paths = {
        name: write_stack(folder / f"{name}.tif", cube.astype("float32"), dates, ("VV", "VH"), **options)
        for name, cube in (("linear", 10 ** (decibel / 10)), ("db", decibel))
    }
    return paths, np.where(np.broadcast_to(is_rice, (SIZE_PX, SIZE_PX)), "rice", "maize"), dates


@pytest.mark.parametrize("step_days", [6, 12])
def test_a_model_of_decibels_refuses_linear_radar(tmp_path, run_job, step_days):
    paths, crops, dates = radar_scene(tmp_path, step_days)
    converted = str(tmp_path / "converted.tif")
    run_job(
        "spectralindices", stack=paths["linear"], output=converted, indices="VHVVR", keep_bands=True, radar_output="db"
    )
    stack = DatedStack.open(converted)
    assert [str(date) for date in stack.dates] == dates
    assert stack.bands == ("VV", "VH", "VHVVR")
    assert stack.tags["CROPSAMPLE_BACKSCATTER"] == "db"
    assert stack.tags["CROPSAMPLE_PREPROCESSING"] == "backscatter_db"
    with rasterio.open(paths["linear"]) as linear, rasterio.open(converted) as made:
        power, bands = linear.read().astype(float), made.read()
    np.testing.assert_allclose(bands[0], 10 * np.log10(power[0]), atol=1e-3)
    np.testing.assert_allclose(bands[2], power[1] / power[0], rtol=1e-3)
    samples = label_pixels(tmp_path / "points.gpkg", converted, crops)
    (tmp_path / "a").mkdir()
    found, _ = train_and_map(run_job, tmp_path / "a", samples, converted)
    assert np.mean(found == crops) > 0.95
    with pytest.raises(MismatchError, match="preprocessed as 'backscatter_db', the stack is 'raw'"):
        predict(run_job, tmp_path / "a", paths["linear"])


def test_units_without_metadata_are_told_by_the_sign(tmp_path, run_job):
    paths, crops, _ = radar_scene(tmp_path, 12)
    samples = label_pixels(tmp_path / "points.gpkg", paths["db"], crops)
    for trained, other in (("db", "linear"), ("linear", "db")):
        folder = tmp_path / f"of_{trained}"
        folder.mkdir()
        train_and_map(run_job, folder, samples, paths[trained])
        with pytest.raises(MismatchError, match=r"VV.*in decibel and in linear units"):
            predict(run_job, folder, paths[other])


def test_a_stack_joined_of_two_units_is_refused(tmp_path, run_job):
    paths, _, _ = radar_scene(tmp_path, 12)
    parts = []
    for unit, bands in (("linear", slice(0, 14)), ("db", slice(14, 30))):
        part = str(tmp_path / f"part_{unit}.tif")
        run_job("spectralindices", stack=paths[unit], output=part, indices="", radar_output=unit)
        parts.append(part_of(part, bands))
    joined = str(tmp_path / "joined.vrt")
    run_job("buildtimeseries", inputs=parts, output=joined)
    tags = DatedStack.open(joined).tags
    assert tags["CROPSAMPLE_BACKSCATTER"] == "db | linear"
    assert tags["CROPSAMPLE_PREPROCESSING"] == "backscatter_db | backscatter_linear"
    with pytest.raises(InputError, match="several units"):
        run_job("spectralindices", stack=joined, output=str(tmp_path / "x.tif"), indices="VHVVR")


def predict(run_job, folder, stack):
    return run_job(
        "predictmap", model_package=str(folder / "model.zip"), stack=stack, classes=str(folder / "refused.tif")
    )


def part_of(path, bands):
    """Write some bands of a stack, metadata included; return the file."""
    target = path.replace(".tif", "_half.tif")
    with rasterio.open(path) as given:
        numbers = list(given.indexes)[bands]
        with rasterio.open(target, "w", **given.profile | {"count": len(numbers)}) as made:
            made.write(given.read(numbers))
            made.descriptions = [given.descriptions[number - 1] for number in numbers]
            made.update_tags(**given.tags())
    return target
