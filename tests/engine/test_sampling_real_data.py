"""From real data to samples ready for the field: imagery of Belgium, parcels of Central Asia."""

from __future__ import annotations

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters

SMALLEST_CLASS = 30


def job(name, **values):
    module = job_module(name)
    return module.run(read_parameters(module, values), JobContext(SilentProgress(), 1, 1500, "cpu")).outputs


def test_belgium_from_imagery_to_samples(shared_data, tmp_path):
    data = shared_data / "belgium_s1s2"
    stack, objects, strata = (str(tmp_path / name) for name in ("stack.vrt", "objects.gpkg", "strata.tif"))
    files = [str(path) for path in sorted((data / "monthly").glob("S2*.tif"))]
    job("buildtimeseries", inputs=files, output=stack)
    made = job("objectstratification", stack=stack, objects=objects, strata=strata, object_size=40)
    assert 6 <= made["n_strata"] <= 20
    fields = pyogrio.read_dataframe(objects)
    assert fields.area_ha.sum() == pytest.approx(100.0, rel=2e-3)
    with rasterio.open(data / "worldcereal_cropland_product.tif") as product:
        is_other, transform = product.read(1) == 1, product.transform
    numbers = rasterio.features.rasterize(
        zip(fields.geometry, fields.object_id), is_other.shape, transform=transform, dtype="int32"
    )
    n_pixels = np.bincount(numbers.ravel())
    n_other = np.bincount(numbers.ravel(), weights=is_other.ravel())
    assert np.maximum(n_other, n_pixels - n_other).sum() / n_pixels.sum() > 0.9, "objects keep to field borders"
    points = str(tmp_path / "samples.gpkg")
    chosen = job("representativesamples", objects=objects, output=points, n_samples=40, gpx=str(tmp_path / "s.gpx"))
    assert chosen["cri"] > chosen["cri_stratified"] > chosen["cri_random"]
    assert chosen["cri_ric"] == 1.0
    samples = pyogrio.read_dataframe(points)
    shape_by_id = dict(zip(fields.object_id, fields.geometry))
    assert samples.object_id.is_unique
    assert all(shapely.contains(shape_by_id[row.object_id], row.geometry) for row in samples.itertuples())


@pytest.fixture
def samarkand(shared_data, tmp_path):
    """Parcels of the classes with enough fields, their series in fields; the object layer made of them."""
    frame = pyogrio.read_dataframe(shared_data / "central_asia_uz_south" / "central_asia_uz_south.gpkg")
    frame = frame[frame.region == "Samarkand"]
    frame = frame[frame.label_1.map(frame.label_1.value_counts()) >= SMALLEST_CLASS].reset_index(drop=True)
    parcels, objects = str(tmp_path / "parcels.gpkg"), str(tmp_path / "objects.gpkg")
    pyogrio.write_dataframe(frame, parcels)
    made = job("objectstratification", parcels=parcels, objects=objects)
    assert made["n_objects"] <= len(frame)
    return objects


def test_samarkand_from_parcels_to_samples_of_every_crop(samarkand, tmp_path):
    """The labels have no part in the choice; one crop has 30 of 2,600 fields, which 25 random ones mostly miss."""
    points, report = str(tmp_path / "samples.gpkg"), tmp_path / "report.html"
    chosen = job("representativesamples", objects=samarkand, output=points, n_samples=25, report=str(report))
    label_by_id = pyogrio.read_dataframe(samarkand, read_geometry=False).set_index("object_id").label_1
    samples = pyogrio.read_dataframe(points)
    assert set(label_by_id[samples.object_id]) == set(label_by_id)
    assert chosen["cri"] > chosen["cri_stratified"] > chosen["cri_random"]
    assert "must not be used to estimate areas" in report.read_text(encoding="utf-8")


def test_samarkand_staying_near_the_town_costs_representativeness(samarkand, tmp_path):
    output = str(tmp_path / "near.gpkg")
    made = job("departuresamples", objects=samarkand, start_point="66.96,39.65", output=output, n_samples=25)
    costs = [row["cost_in_cri"] for row in made["radii"] if row["radius"] != "everywhere"]
    assert len(costs) == 3
    assert min(costs) > 0
    assert set(pyogrio.read_dataframe(output).radius) == {row["radius"] for row in made["radii"]}
