from __future__ import annotations

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.jobs import trusted_samples
from cropsample_plugin.jobs.registry import JobContext

SIZE = 30.0


def write(path, values, crs="EPSG:5070"):
    with rasterio.open(
        path, "w", driver="GTiff", width=values.shape[1], height=values.shape[0], count=1, dtype=values.dtype, crs=crs,
        transform=from_origin(0, 0, SIZE, SIZE),
    ) as raster:  # fmt: skip
        raster.write(values, 1)
    return str(path)


def run(folder, crop, **parameters):
    values = {"output": str(folder / "out.gpkg"), "counts": str(folder / "counts.gpkg"), **parameters}
    job = trusted_samples.Parameters(crop, **values)
    return trusted_samples.run(job, JobContext(SilentProgress(), 1, 500, "cpu")).outputs


def field_map():
    """Two fields of 10 x 10 pixels, one stray pixel in the first."""
    crop = np.full((10, 20), 1, dtype=np.uint8)
    crop[:, 10:] = 5
    crop[4, 4] = 7
    return crop


def test_counts_after_each_rule_by_hand(tmp_path):
    crop = field_map()
    confidence = np.full(crop.shape, 95, dtype=np.uint8)
    confidence[:, 0] = 50
    earlier = np.where(crop == 5, 5, 1).astype(np.uint8)
    earlier[:, 15:] = 1
    outputs = run(
        tmp_path,
        write(tmp_path / "crop.tif", crop),
        confidence=write(tmp_path / "confidence.tif", confidence),
        earlier=(write(tmp_path / "earlier.tif", earlier),),
        inner_buffer_m=60.0,
        n_per_class=1000,
        classes=(1, 5),
    )
    counts = outputs["counts_by_class"]
    # 99 pixels; 10 with low confidence; column 9 (10) and the 8 neighbours of the stray pixel are not alike;
    # two pixels from others: columns 1 to 7, without the 5 x 5 around the stray pixel; all grown before.
    assert counts["1"] == [99, 89, 71, 70 - 25, 70 - 25]
    assert counts["5"] == [100, 100, 90, 80, 30]
    assert "7" not in counts
    table = SampleTable.read(tmp_path / "out.gpkg")
    points = shapely.from_wkb(table.geometry)
    columns, rows = (shapely.get_x(points) // SIZE).astype(int), (-shapely.get_y(points) // SIZE).astype(int)
    np.testing.assert_array_equal(crop[rows, columns], table.fields["class_id"])
    assert outputs["n_samples"] == outputs["n_trusted"] == 75


def test_strips_and_seeds_do_not_show(tmp_path, monkeypatch):
    rng = np.random.default_rng(0)
    crop = np.kron(rng.integers(1, 4, (10, 10)), np.ones((6, 6))).astype(np.uint8)
    path = write(tmp_path / "crop.tif", crop)
    whole = run(tmp_path, path, n_per_class=7, seed=3)
    again = run(tmp_path, path, n_per_class=7, seed=3)
    monkeypatch.setattr("cropsample_plugin.engine.labels.trusted_samples._ROWS", 11)
    parts = run(tmp_path, path, n_per_class=7, seed=3)
    assert whole["counts_by_class"] == again["counts_by_class"] == parts["counts_by_class"]
    assert parts["n_samples"] == 21


def test_rules_that_cannot_be(tmp_path):
    crop = write(tmp_path / "crop.tif", field_map(), crs="EPSG:4326")
    with pytest.raises(InputError, match="degrees"):
        run(tmp_path, crop)
    with pytest.raises(InputError, match="odd number"):
        run(tmp_path, crop, inner_buffer_m=0.0, homogeneity_window=2)
    with pytest.raises(InputError, match="earlier layer"):
        run(tmp_path, crop, inner_buffer_m=0.0, earlier=(crop,), earlier_meaning=("wheat",))
    with pytest.raises(SamplesError, match="No pixel passes"):
        run(tmp_path, crop, inner_buffer_m=0.0, homogeneity_window=9, classes=(7,))
    assert SampleTable.read(tmp_path / "counts.gpkg").fields["homogeneous"].tolist() == [0]


def test_kansas(shared_data, tmp_path):
    folder = shared_data / "kansas_cdl_2021_west"
    frequencies = tuple(str(folder / f"crop_frequency_{name}_2008-2021.tif") for name in ("corn", "soybeans", "wheat"))
    outputs = run(
        tmp_path,
        str(folder / "2021_30m_cdls.tif"),
        confidence=str(folder / "2021_30m_confidence_layer.tif"),
        earlier=frequencies,
        earlier_meaning=("1 >= 2", "5 >= 2", "24 >= 2"),
        classes=(1, 5, 24),
        n_per_class=50,
    )
    with rasterio.open(folder / "2021_30m_cdls.tif") as raster:
        crop = raster.read(1)
    with rasterio.open(folder / "2021_30m_confidence_layer.tif") as raster:
        confidence = raster.read(1)
    for value in (1, 5, 24):
        counts = outputs["counts_by_class"][str(value)]
        assert counts[0] == (crop == value).sum()
        assert counts[1] == ((crop == value) & (confidence >= 90)).sum()
        assert counts == sorted(counts, reverse=True)
        assert counts[-1] > 0
    assert outputs["n_classes"] == 3
