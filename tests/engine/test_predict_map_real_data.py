"""Real stacks, real samples, the jobs as the plugin calls them: stack, model, map."""

from __future__ import annotations

import numpy as np
import pyogrio
import pyproj
import pytest
import rasterio
import shapely
from mapping_cases import RecordingProgress

from cropsample_plugin.engine.errors import MismatchError
from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters


@pytest.fixture
def run_job():
    def run(name, **parameters):
        module = job_module(name)
        context = JobContext(RecordingProgress(), threads=2, memory_mb=1500, device="cpu")
        return module.run(read_parameters(module, parameters), context).outputs

    return run


def sinop_stack(run_job, shared_data, folder, **options):
    output = str(folder / "sinop.vrt")
    source = str(shared_data / "mato_grosso_sits" / "sinop_mod13q1")
    run_job("buildtimeseries", folder=source, output=output, **options)
    return output


def train(run_job, samples, folder, model="random_forest", **options):
    package = str(folder / "model.zip")
    fields = {"samples": str(samples), "model": model, "model_package": package, "validation": "none"}
    run_job("trainclassifier", **fields, **options)
    return package


def test_sinop_from_a_sample_table_to_a_map(run_job, shared_data, tmp_path):
    data = shared_data / "mato_grosso_sits"
    stack = sinop_stack(run_job, shared_data, tmp_path, scale=0.0001, nodata=-3000)
    package = train(run_job, data / "samples_modis_ndvi.gpkg", tmp_path, class_field="label")
    classes = str(tmp_path / "classes.tif")
    outputs = run_job("predictmap", model_package=package, stack=stack, classes=classes)
    name_by_id = {item["class_id"]: item["name"] for item in outputs["legend"]}
    meta, _, geometry, columns = pyogrio.raw.read(data / "samples_sinop_validation.gpkg", columns=["label"])
    points = shapely.from_wkb(geometry)
    with rasterio.open(classes) as dataset:
        transformer = pyproj.Transformer.from_crs(meta["crs"], dataset.crs.to_wkt(), always_xy=True)
        places = zip(*transformer.transform(shapely.get_x(points), shapely.get_y(points)), strict=True)
        found = [name_by_id[int(value[0])] for value in dataset.sample(places)]
    right = sum(label == expected for label, expected in zip(found, columns[0], strict=True))
    assert len(points) == 18
    assert right >= 12
    assert outputs["n_pixels"] == 255 * 147
    assert outputs["n_predicted"] >= 0.99 * outputs["n_pixels"]


def test_sinop_with_its_scale_forgotten_is_refused(run_job, shared_data, tmp_path):
    stack = sinop_stack(run_job, shared_data, tmp_path, nodata=-3000)
    data = shared_data / "mato_grosso_sits"
    package = train(run_job, data / "samples_modis_ndvi.gpkg", tmp_path, class_field="label")
    with pytest.raises(MismatchError, match="scale"):
        run_job("predictmap", model_package=package, stack=stack, classes=str(tmp_path / "classes.tif"))


def write_points(path, stack, rows, columns, labels):
    with rasterio.open(stack) as dataset:
        xs, ys = dataset.transform * (np.array([columns, rows]) + 0.5)
        crs = dataset.crs.to_wkt()
    points = shapely.to_wkb(shapely.points(xs, ys))
    pyogrio.raw.write(
        path, points, [np.array(labels, dtype=object)], ["crop"], crs=crs, geometry_type="Point", driver="GPKG"
    )


def test_belgium_with_two_missing_months_by_lstm(run_job, shared_data, tmp_path):
    data = shared_data / "belgium_s1s2"
    inputs = sorted(str(path) for path in (data / "monthly").glob("S2_*.tif"))
    stack = str(tmp_path / "belgium.vrt")
    assert run_job("buildtimeseries", inputs=inputs, output=stack, scale=0.0001)["n_dates"] == 12
    with rasterio.open(data / "worldcereal_cropland_product.tif") as product:
        cropland = product.read(1)
    rng = np.random.default_rng(0)
    rows, columns = rng.integers(0, 100, 400), rng.integers(0, 100, 400)
    labels = np.where(cropland[rows, columns] == 0, "cropland", "other")
    write_points(tmp_path / "points.gpkg", stack, rows, columns, labels)
    small = {"hidden_size": 16, "max_epochs": 60}
    package = train(
        run_job, tmp_path / "points.gpkg", tmp_path, "lstm", stack=stack, class_field="crop", hyperparameters=small
    )
    classes = str(tmp_path / "classes.tif")
    outputs = run_job("predictmap", model_package=package, stack=stack, classes=classes)
    assert outputs["n_predicted"] == outputs["n_pixels"] == 10000
    name_by_id = {item["class_id"]: item["name"] for item in outputs["legend"]}
    with rasterio.open(classes) as dataset:
        found = np.vectorize(name_by_id.get)(dataset.read(1))
    agreement = np.mean(found == np.where(cropland == 0, "cropland", "other"))
    commonest = max(np.mean(cropland == 0), np.mean(cropland != 0))
    assert agreement > max(0.75, commonest)


@pytest.mark.parametrize("model", ["random_forest", "multi_head_lstm"])
def test_togo_with_static_bands(run_job, shared_data, tmp_path, model):
    source = shared_data / "togo_ee_export" / "98-togo_2019-02-06_2020-02-01.tif"
    stack = str(tmp_path / "togo.vrt")
    run_job("buildtimeseries", inputs=[str(source)], output=stack)
    with rasterio.open(source) as dataset:
        greenness, slope = dataset.read(10) - dataset.read(6), dataset.read(206)
    rows, columns = (part.ravel() for part in np.mgrid[0:17, 0:17])
    labels = np.where(greenness.ravel() > np.nanmedian(greenness), "greener", "barer")
    write_points(tmp_path / "points.gpkg", stack, rows, columns, labels)
    small = {"hidden_size": 8, "max_epochs": 5} if model == "multi_head_lstm" else {"n_trees": 30}
    points = tmp_path / "points.gpkg"
    package = train(run_job, points, tmp_path, model, stack=stack, class_field="crop", hyperparameters=small)
    probabilities = str(tmp_path / "probabilities.tif")
    outputs = run_job("predictmap", model_package=package, stack=stack, probabilities=probabilities)
    assert outputs["n_pixels"] == 289
    with rasterio.open(probabilities) as dataset:
        found = dataset.read(masked=True)
    assert np.isnan(slope).sum() == 109
    assert (found.mask == np.isnan(slope)).all()
    assert found.sum(axis=0).min() >= 9999
