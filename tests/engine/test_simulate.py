"""The synthetic region: the same seed gives the same bytes, and it is neither trivial nor hopeless to map."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import confusion_matrix

from cropsample_plugin.engine.errors import CanceledError, InputError, OutputError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.simulate.imagery import SCALE
from cropsample_plugin.engine.simulate.phenology import (
    BANDS,
    CLASS_NAMES,
    CROPS,
    RegionTraits,
    covers,
    draw_units,
    unit_reflectance,
)
from cropsample_plugin.engine.simulate.region import RegionOptions, simulate_region
from cropsample_plugin.jobs.registry import JobContext
from cropsample_plugin.jobs.simulate_region import Parameters, run

SMALL = {"size_px": 120, "n_local_samples": 120, "n_global_samples": 60, "n_check_samples": 60}


@pytest.fixture(scope="module")
def region():
    return simulate_region(RegionOptions())


@pytest.fixture(scope="module")
def cube(region):
    return np.stack([stored for _, stored in region.images()])


def context(progress=None):
    return JobContext(progress or SilentProgress(), threads=1, memory_mb=1000, device="cpu")


def series_at(cube, samples):
    pixels = cube[:, :, samples.y_px.astype(int), samples.x_px.astype(int)]
    return pixels.transpose(2, 0, 1).reshape(len(samples.x_px), -1)


def hashes(folder):
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes_and_another_seed_another_region(tmp_path):
    for name, seed in (("first", 7), ("second", 7), ("other", 8)):
        run(Parameters(str(tmp_path / name), seed=seed, **SMALL), context())
    assert hashes(tmp_path / "first") == hashes(tmp_path / "second")
    first, other = hashes(tmp_path / "first"), hashes(tmp_path / "other")
    assert all(first[name] != other[name] for name in first if not name.endswith(".aux.xml"))


def test_region_has_the_fields_and_classes_that_the_demo_promises(region):
    landscape = region.scenery.landscape
    assert len(landscape.field_cells) >= 500
    shares = dict(zip(CLASS_NAMES, np.bincount(landscape.surface.ravel()) / landscape.surface.size, strict=True))
    assert all(shares[name] > 0 for name in CLASS_NAMES)
    assert 0.01 < shares["sunflower"] < 0.05
    assert sum(shares[name] for name in CROPS) > 0.6
    assert len({ring.shape for ring in landscape.field_rings}) > 3, "fields are irregular"


def test_crop_has_two_seasons_only_where_it_should():
    surfaces = np.arange(len(CLASS_NAMES))
    units = draw_units(surfaces, RegionTraits(shift_spread_days=0.0), np.random.default_rng(0))
    green = np.array([covers(units, day)[0] for day in range(1, 366, 5)])
    inner = green[1:-1]
    peaks = ((inner > green[:-2]) & (inner >= green[2:]) & (inner > 0.4)).sum(axis=0)
    n_peaks = dict(zip(CLASS_NAMES, peaks, strict=True))
    assert n_peaks["barley-soybean"] == 2
    assert n_peaks["maize"] == n_peaks["sorghum"] == n_peaks["sunflower"] == n_peaks["wheat"] == 1
    assert n_peaks["water"] == n_peaks["built-up"] == 0


def test_covers_and_reflectance_stay_physical():
    units = draw_units(np.arange(9).repeat(50), RegionTraits(), np.random.default_rng(1))
    for day in (1.0, 100.0, 200.0, 365.0):
        green, residue = covers(units, day)
        assert (green >= 0).all()
        assert (residue >= -1e-6).all()
        assert (green + residue <= 1 + 1e-6).all()
        assert ((unit_reflectance(units, day) >= 0) & (unit_reflectance(units, day) < 0.7)).all()


def test_forest_separates_crops_but_not_all_of_them(region, cube):
    local, check = region.local_samples, region.check_samples
    forest = RandomForestClassifier(100, random_state=0, n_jobs=1)
    forest.fit(series_at(cube, local), local.class_index)
    predicted = forest.predict(series_at(cube, check))
    matrix = confusion_matrix(check.class_index, predicted, labels=range(len(CLASS_NAMES)))
    accuracy = np.trace(matrix) / matrix.sum()
    assert 0.80 < accuracy < 0.96
    maize, sorghum = CLASS_NAMES.index("maize"), CLASS_NAMES.index("sorghum")
    errors = matrix.sum() - np.trace(matrix)
    assert (matrix[maize, sorghum] + matrix[sorghum, maize]) / errors > 0.4, "the confused pair makes most errors"


def test_clouds_are_nodata_in_all_bands_and_differ_by_date(region, cube):
    clouded = cube == 0
    assert (clouded.all(axis=1) == clouded.any(axis=1)).all()
    np.testing.assert_allclose(clouded[:, 0].mean(axis=(1, 2)), region.cloud_shares, atol=0.01)
    assert region.cloud_shares.max() > 0.15
    assert 0.03 < region.cloud_shares.mean() < 0.2


def test_check_samples_share_no_parcel_with_training(region):
    assert not set(region.local_samples.cell) & set(region.check_samples.cell)


def test_labels_are_those_of_the_map_unless_asked_otherwise(region):
    samples = region.local_samples
    there = region.scenery.landscape.surface[samples.y_px.astype(int), samples.x_px.astype(int)]
    assert (samples.class_index == there).all()
    assert np.bincount(samples.class_index).min() >= 0.05 * len(samples.class_index)
    noisy = simulate_region(RegionOptions(mislabeled_share=0.1)).local_samples
    wrong = noisy.class_index != noisy.true_class_index
    assert wrong.sum() == 90
    assert (noisy.true_class_index == there).all()


def test_seasons_are_later_elsewhere(region):
    ndvi = region.global_samples.values[..., [7, 3]]
    ndvi = (ndvi[..., 0] - ndvi[..., 1]) / (ndvi[..., 0] + ndvi[..., 1])
    wheat = np.nanmean(ndvi[region.global_samples.class_index == CLASS_NAMES.index("wheat")], axis=0)
    here = draw_units(np.full(200, CLASS_NAMES.index("wheat")), RegionTraits(), np.random.default_rng(2))
    spectra = unit_reflectance(here, 196)
    assert wheat[6] > ((spectra[:, 7] - spectra[:, 3]) / (spectra[:, 7] + spectra[:, 3])).mean() + 0.05


def test_files_are_what_users_have(tmp_path):
    result = run(Parameters(str(tmp_path), mislabeled_share=0.1, **SMALL), context())
    images = sorted(Path(result.outputs["images"]).glob("*.tif"))
    assert [path.name for path in images][:2] == ["S2_20230115.tif", "S2_20230215.tif"]
    assert len(images) == result.outputs["n_dates"] == 12
    with rasterio.open(images[0]) as dataset:
        assert dataset.descriptions == BANDS
        assert dataset.scales == (SCALE,) * 12
        assert dataset.nodata == 0
        assert dataset.dtypes[0] == "uint16"
        assert str(dataset.crs) == "EPSG:32631"
        transform = dataset.transform
    with rasterio.open(result.outputs["reference"]) as dataset:
        reference = dataset.read(1)
        assert dataset.transform == transform
        assert dataset.colormap(1)[1][:3] == (0x8C, 0x6B, 0xB1)
    assert set(np.unique(reference)) <= set(range(1, 10))
    assert "<Category>wheat</Category>" in Path(result.outputs["reference"] + ".aux.xml").read_text(encoding="utf-8")
    local = pyogrio.read_dataframe(result.outputs["local_samples"])
    assert list(local.columns) == ["sample_id", "class_name", "domain", "parcel_id", "true_class", "geometry"]
    rows, columns = rasterio.transform.rowcol(transform, local.geometry.x, local.geometry.y)
    assert (np.array([CLASS_NAMES[value - 1] for value in reference[rows, columns]]) == local["true_class"]).all()
    assert set(local["domain"]) == {"local"}
    fields = pyogrio.read_dataframe(result.outputs["fields"])
    assert len(fields) == result.outputs["n_fields"]
    assert fields.is_valid.all()
    assert set(fields["class_name"]) <= set(CROPS)
    np.testing.assert_allclose(fields.area / 10_000, fields["area_ha"], atol=0.001)


def test_global_series_are_named_like_extracted_ones(tmp_path):
    result = run(Parameters(str(tmp_path), **SMALL), context())
    series = pyogrio.read_dataframe(result.outputs["global_samples"])
    assert set(series["domain"]) == {"global"}
    values = series[[f"{band}_20230615" for band in BANDS]]
    assert ((values > 0) & (values < 1) | values.isna()).all(axis=None)
    assert (values.isna().all(axis=1) == values.isna().any(axis=1)).all()


@pytest.mark.parametrize(
    ("name", "value"),
    [("size_px", 10), ("mislabeled_share", 0.9), ("cloud_share", -0.1), ("n_local_samples", 0), ("year", 0)],
)
def test_options_out_of_range_are_named(name, value):
    with pytest.raises(InputError, match=name):
        simulate_region(RegionOptions(**{name: value}))


@pytest.mark.parametrize("name", ["n_local_samples", "n_check_samples"])
def test_more_samples_than_pixels_are_refused(name):
    with pytest.raises(InputError, match="were asked for"):
        simulate_region(RegionOptions(size_px=120, **{name: 50_000}))


def test_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError, match="file"):
        run(Parameters(str(tmp_path / "file" / "region"), **SMALL), context())


def test_cancel_stops_between_images(tmp_path):
    class Canceled(SilentProgress):
        def is_canceled(self):
            return True

    with pytest.raises(CanceledError):
        run(Parameters(str(tmp_path), **SMALL), context(Canceled()))
