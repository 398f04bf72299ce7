"""The other raster layouts of real data, each from its files to a map."""

from __future__ import annotations

import numpy as np
import pyogrio
import rasterio
from pixel_labels import label_pixels, train_and_map


def test_belgium_radar_and_optical_to_the_crop_types_of_the_product(run_job, shared_data, tmp_path):
    data = shared_data / "belgium_s1s2"
    stack = str(tmp_path / "belgium.vrt")
    built = run_job("buildtimeseries", folder=str(data / "monthly"), output=stack)
    assert (built["n_dates"], built["n_bands"]) == (12, 11)
    with rasterio.open(data / "worldcereal_croptype_product.tif") as product:
        codes = product.read(1)
    types = [code for code in np.unique(codes) if np.sum(codes == code) >= 20]
    labels = np.where(np.isin(codes, types), np.char.add("type ", codes.astype(str)), "")
    samples = label_pixels(tmp_path / "points.gpkg", stack, labels)
    small = {"hidden_size": 32, "max_epochs": 80}
    found, outputs = train_and_map(
        run_job, tmp_path, samples, stack, "lstm", hyperparameters=small, class_weights="balanced"
    )
    assert outputs["n_predicted"] == 10000
    # The product has one type nearly everywhere and two in 24 pixels each: all three must be told apart,
    # far better than the third that chance gives.
    assert len(types) == 3
    assert min(np.mean(found[labels == name] == name) for name in np.unique(labels[labels != ""])) > 0.5


def test_italy_with_dates_in_a_side_file(run_job, shared_data, tmp_path):
    source = shared_data / "italy_terra_timeseries" / "Unevenly_spaced_time_series_R_terra.tif"
    stack = str(tmp_path / "italy.vrt")
    assert run_job("buildtimeseries", inputs=[str(source)], output=stack, bands=("LAI",))["n_dates"] == 333
    with rasterio.open(source) as dataset:
        leafiness = np.ma.filled(dataset.read(masked=True).astype(float), np.nan)
    mean = np.nanmean(leafiness, axis=0)
    labels = np.where(mean > np.nanmedian(mean), "leafy", "bare")
    samples = label_pixels(tmp_path / "points.gpkg", stack, labels)
    found, outputs = train_and_map(run_job, tmp_path, samples, stack, hyperparameters={"n_trees": 50})
    assert outputs["n_pixels"] == 61 * 101
    assert outputs["n_predicted"] >= 0.99 * outputs["n_pixels"]
    assert np.mean(found == labels) > 0.85


def test_dtwsat_samples_with_seasons_map_any_season_of_the_stack(run_job, shared_data, tmp_path):
    data = shared_data / "dtwsat_mato_grosso"
    bands = [str(data / f"MOD13Q1_{name}.tif") for name in ("ndvi", "evi", "red", "nir", "mir", "blue")]
    stack, package = str(tmp_path / "dtwsat.vrt"), str(tmp_path / "model.zip")
    run_job("buildtimeseries", inputs=bands, output=stack)
    training = {"class_field": "label", "start_field": "start_date", "end_field": "end_date", "validation": "none"}
    samples = str(data / "samples.gpkg")
    run_job("trainclassifier", samples=samples, stack=stack, model="random_forest", model_package=package, **training)
    classes = str(tmp_path / "classes.tif")
    outputs = run_job(
        "predictmap", model_package=package, stack=stack, classes=classes, season_start="2010-09-01", resume=False
    )
    name_by_id = {item["class_id"]: item["name"] for item in outputs["legend"]}
    table = pyogrio.read_dataframe(data / "samples.gpkg")
    table = table[table.start_date.astype(str).str.startswith("2010-09-01")]
    with rasterio.open(classes) as dataset:
        places = table.to_crs(dataset.crs.to_wkt()).geometry
        found = [name_by_id.get(int(value[0])) for value in dataset.sample(zip(places.x, places.y))]
    assert len(table) > 50
    assert np.mean(np.array(found) == table.label.to_numpy()) > 0.95
    assert outputs["n_predicted"] == 27 * 37
