from __future__ import annotations

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin
from sklearn.metrics import cohen_kappa_score

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.product_legends import PRESETS, read_legend
from cropsample_plugin.engine.labels.product_votes import (
    Combinations,
    class_counts,
    count_votes,
    decide_pixels,
    keep_pure,
    pure_rows,
)
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.jobs import product_consensus
from cropsample_plugin.jobs.registry import JobContext

LEFT, TOP = 500_000.0, 5_000_000.0


def write(path, values, *, size=10.0, left=LEFT, nodata=None):
    with rasterio.open(
        path, "w", driver="GTiff", width=values.shape[1], height=values.shape[0], count=1, dtype=values.dtype,
        crs="EPSG:32631", transform=from_origin(left, TOP, size, size), nodata=nodata,
    ) as raster:  # fmt: skip
        raster.write(values, 1)
    return str(path)


def run(folder, products, crop_values, **parameters):
    heard = []
    progress = SilentProgress()
    progress.log = lambda message, _level="info": heard.append(message)
    values = {name: str(folder / f"{name}.tif") for name in ("consensus", "agreement")}
    values |= {name: str(folder / f"{name}.gpkg") for name in ("samples", "pairs")}
    values |= {"n_per_class": 5, **parameters}
    job = product_consensus.Parameters(tuple(products), tuple(crop_values), **values)
    return product_consensus.run(job, JobContext(progress, 1, 500, "cpu")).outputs, heard


def read(path, band=1):
    with rasterio.open(path) as raster:
        return raster.read(band)


def truth_map(seed=0, shape=(60, 50)):
    return (np.random.default_rng(seed).random(shape) < 0.5).astype(np.uint8)


def test_three_legends_one_disagreement(tmp_path):
    crop = truth_map()
    products = [crop.copy() for _ in range(3)]
    products[2][7, 9] = 1 - products[2][7, 9]
    paths = [
        write(tmp_path / "world.tif", np.where(products[0] == 1, 40, 10).astype(np.uint8), nodata=0),
        write(tmp_path / "dynamic.tif", np.where(products[1] == 1, 4, 0).astype(np.uint8)),
        write(tmp_path / "share.tif", np.where(products[2] == 1, 0.7, 0.2).astype(np.float32)),
    ]
    outputs, _ = run(tmp_path, paths, ("esa_worldcover", "dynamic_world", ">= 0.5"))
    expected = crop.copy()
    expected[7, 9] = 255
    np.testing.assert_array_equal(read(tmp_path / "consensus.tif"), expected)
    assert outputs["share_agreed"] == pytest.approx(1 - 1 / crop.size)
    pairs = SampleTable.read(tmp_path / "pairs.gpkg")
    kappa = cohen_kappa_score(products[0].ravel(), products[2].ravel())
    np.testing.assert_allclose(pairs.fields["kappa"], [1.0, kappa, kappa])
    assert read(tmp_path / "agreement.tif")[7, 9] in {1, 2}
    two, _ = run(tmp_path, paths, ("esa_worldcover", "dynamic_world", ">= 0.5"), min_agreement=2)
    assert two["share_agreed"] == 1.0


def test_weak_samples_lie_on_the_consensus(tmp_path):
    crop = truth_map(1)
    path = write(tmp_path / "a.tif", crop)
    other = write(tmp_path / "b.tif", crop)
    for seed in (1, 1):
        run(tmp_path, [path, other], ("crop_mask", "crop_mask"), n_per_class=200, seed=seed)
    table = SampleTable.read(tmp_path / "samples.gpkg")
    import shapely

    points = shapely.from_wkb(table.geometry)
    columns = ((shapely.get_x(points) - LEFT) // 10).astype(int)
    rows = ((TOP - shapely.get_y(points)) // 10).astype(int)
    np.testing.assert_array_equal(crop[rows, columns], table.fields["class_id"])
    assert np.bincount(table.fields["class_id"]).tolist() == [200, 200]
    assert len({(row, column) for row, column in zip(rows, columns)}) == 400


def test_other_grids_and_reference_systems_are_aligned(tmp_path):
    crop = np.kron(truth_map(2, (12, 10)), np.ones((5, 5), dtype=np.uint8))
    reference = write(tmp_path / "a.tif", crop)
    fine = write(tmp_path / "fine.tif", np.kron(crop, np.ones((3, 3), dtype=np.uint8)), size=10 / 3)
    from rasterio.warp import calculate_default_transform, reproject

    with rasterio.open(reference) as source:
        transform, width, height = calculate_default_transform(
            source.crs, "EPSG:4326", source.width, source.height, *source.bounds, resolution=5e-5
        )
        moved = np.full((height, width), 255, dtype=np.uint8)
        reproject(source.read(1), moved, src_transform=source.transform, src_crs=source.crs, dst_transform=transform,
                  dst_crs="EPSG:4326", dst_nodata=255)  # fmt: skip
    with rasterio.open(
        tmp_path / "lonlat.tif", "w", driver="GTiff", width=width, height=height, count=1, dtype="uint8",
        crs="EPSG:4326", transform=transform, nodata=255,
    ) as raster:  # fmt: skip
        raster.write(moved, 1)
    outputs, _ = run(tmp_path, [reference, fine, str(tmp_path / "lonlat.tif")], ("1", "1", "crop_mask"))
    found = read(tmp_path / "consensus.tif")
    known = found != 255
    assert known.mean() > 0.9
    assert outputs["share_agreed"] > 0.95
    assert np.mean(found[known] == crop[: found.shape[0], : found.shape[1]][known]) > 0.999


def test_purity_window_against_brute_force():
    rng = np.random.default_rng(0)
    classes = np.kron(rng.choice([0, 1, 255], (6, 7), p=[0.45, 0.45, 0.1]), np.ones((4, 4))).astype(np.uint8)
    found = keep_pure(classes, 3)
    for row in range(1, classes.shape[0] - 1):
        for column in range(1, classes.shape[1] - 1):
            around = classes[row - 1 : row + 2, column - 1 : column + 2]
            expected = classes[row, column] if (around == classes[row, column]).all() else 255
            assert found[row, column] == expected


@pytest.mark.parametrize("window_px", [1, 3, 5, 9])
def test_compiled_purity_and_votes_are_those_of_numpy(window_px, monkeypatch):
    rng = np.random.default_rng(window_px)
    classes = np.kron(rng.choice([0, 1, 255], (9, 8), p=[0.5, 0.4, 0.1]), np.ones((7, 6))).astype(np.uint8)
    half = window_px // 2
    for inner in (slice(0, 63 - half), slice(half, 63), slice(half, 63 - half), slice(0, 63)):
        np.testing.assert_array_equal(pure_rows(classes, window_px, inner), keep_pure(classes, window_px)[inner])
    raw = rng.integers(0, 4, (3, 40, 30)).astype(np.uint8)
    combinations = Combinations.of(3, 2)
    tables = np.full((3, 256), 255, dtype=np.uint8)
    tables[:, :3] = [0, 1, 1]
    places = combinations.places(tables)
    compiled = count_votes(raw, places, combinations, slice(2, 39))
    monkeypatch.setattr("cropsample_plugin.engine.labels.product_votes.has_compiler", lambda: False)
    plain = count_votes(raw, places, combinations, slice(2, 39))
    for name in ("decided", "votes", "with_data", "counts", "seen"):
        np.testing.assert_array_equal(getattr(compiled, name), getattr(plain, name))
    np.testing.assert_array_equal(compiled.votes, np.isin(raw, (1, 2)).sum(axis=0))
    np.testing.assert_array_equal(compiled.with_data, (raw != 3).sum(axis=0))
    assert compiled.counts.sum() == 37 * 30
    assert compiled.seen.sum() == 3
    assert compiled.seen[:, 3].all()


def test_counts_of_classes_do_not_need_the_compiler(monkeypatch):
    classes = np.random.default_rng(3).choice(np.array([0, 1, 255], dtype=np.uint8), (40, 31))
    expected = [(classes == code).sum(axis=1).tolist() for code in (0, 1)]
    assert class_counts(classes).tolist() == expected
    monkeypatch.setattr("cropsample_plugin.engine.labels.product_votes.has_compiler", lambda: False)
    assert class_counts(classes).tolist() == expected


def test_m_of_k_needs_more_for_than_against():
    votes, with_data = np.array([2, 2, 1, 3, 0], dtype=np.uint8), np.array([4, 3, 3, 3, 2], dtype=np.uint8)
    assert decide_pixels(votes, with_data, 2).tolist() == [255, 1, 0, 1, 0]
    assert decide_pixels(votes, with_data, 3).tolist() == [255, 255, 255, 1, 255]


def test_strips_do_not_show(tmp_path, monkeypatch):
    crop = np.kron(truth_map(3, (15, 10)), np.ones((4, 5), dtype=np.uint8))
    paths = [write(tmp_path / f"{name}.tif", crop) for name in "ab"]
    run(tmp_path, paths, ("1", "1"), purity_window=5)
    whole = read(tmp_path / "consensus.tif")
    monkeypatch.setattr("cropsample_plugin.engine.labels.product_consensus._ROWS", 7)
    run(tmp_path, paths, ("1", "1"), purity_window=5)
    np.testing.assert_array_equal(read(tmp_path / "consensus.tif"), whole)


def test_bad_products(tmp_path):
    crop = truth_map(4)
    a = write(tmp_path / "a.tif", np.where(crop == 1, 40, 10).astype(np.uint8))
    odd = np.where(crop == 1, 40, 10).astype(np.uint8)
    odd[:3] = 77
    odd[0, 0] = 5
    b = write(tmp_path / "b.tif", odd)
    _, heard = run(tmp_path, [a, b], ("esa_worldcover", "esa_worldcover"))
    assert any("does not know: 5" in note for note in heard)
    assert read(tmp_path / "consensus.tif")[0, 0] == 255
    far = write(tmp_path / "far.tif", odd, left=LEFT + 1e6)
    with pytest.raises(InputError, match="does not overlap"):
        run(tmp_path, [a, far], ("40", "40"))
    with pytest.raises(InputError, match="which values mean crop"):
        run(tmp_path, [a, b], ("40", "wheat"))
    with pytest.raises(InputError, match="crop values of 1"):
        run(tmp_path, [a, b], ("40",))
    with pytest.raises(InputError, match="too many"):
        run(tmp_path, [a] * 13, ("40",) * 13)
    with pytest.raises(InputError, match="cannot agree"):
        run(tmp_path, [a, b], ("40", "40"), min_agreement=3)
    nothing = write(tmp_path / "none.tif", np.full_like(odd, 10))
    _, heard = run(tmp_path, [a, nothing], ("40", "40"))
    assert any("agree on crop in 0 pixels" in note for note in heard)


def test_presets_and_legends():
    for name, legend in PRESETS.items():
        assert read_legend(name.upper()) == legend
    values = np.arange(256)
    crops = PRESETS["cdl"].read(values, np.ones(256, dtype=bool))
    assert crops[[1, 24, 36, 61, 176, 204]].tolist() == [1, 1, 1, 1, 0, 1]
    assert read_legend("1-3, 7").read(values[:9], values[:9] >= 0).tolist() == [0, 1, 1, 1, 0, 0, 0, 1, 0]


def test_cdl_against_the_cultivated_layer(shared_data, tmp_path):
    folder = shared_data / "kansas_cdl_2021_west"
    outputs, _ = run(
        tmp_path, [str(folder / "2021_30m_cdls.tif"), str(folder / "2021_cultivated_layer.tif")], ("cdl", "2")
    )
    assert outputs["share_agreed"] == pytest.approx(0.9856, abs=1e-3)
    assert outputs["n_samples"] == 10
