"""Segmentation without seams, parcels as objects, strata, true areas."""

from __future__ import annotations

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin
from scipy import ndimage

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.sampling.object_files import read_objects, write_layer
from cropsample_plugin.engine.sampling.pixel_features import PixelFeatures
from cropsample_plugin.engine.sampling.segment_tiles import SegmentOptions
from cropsample_plugin.engine.sampling.segmentation import segment_raster
from cropsample_plugin.jobs.object_stratification import Parameters, run
from cropsample_plugin.jobs.registry import JobContext

CONTEXT = JobContext(SilentProgress(), 1, 1500, "cpu")
N_DATES = 5


def write_stack(path, kinds, *, crs="EPSG:32631", transform=None, holes=None, seed=0):
    """A dated stack in which each kind of field has a profile of its own."""
    rng = np.random.default_rng(seed)
    profiles = np.random.default_rng(99).uniform(0.1, 0.9, (int(kinds.max()) + 1, N_DATES))
    height, width = kinds.shape
    transform = transform or from_origin(600_000, 5_000_000, 10, 10)
    profile = {"driver": "GTiff", "width": width, "height": height, "count": N_DATES, "dtype": "uint16"}
    with rasterio.open(path, "w", **profile, crs=crs, transform=transform, nodata=65535) as dataset:
        for date in range(N_DATES):
            values = profiles[kinds, date] * 10_000 + rng.normal(0, 150, kinds.shape)
            stored = np.clip(values, 0, 20_000).astype(np.uint16)
            if holes is not None:
                stored[holes] = 65535
            dataset.write(stored, date + 1)
            dataset.set_band_description(date + 1, f"2021-{date + 3:02d}-01 NDVI")
    return str(path)


def fields(height=90, width=110):
    blocks = np.random.default_rng(3).integers(0, 6, (height // 10 + 1, width // 13 + 1))
    return np.kron(blocks, np.ones((10, 13), dtype=int))[:height, :width]


def segments(path, tmp_path, **options):
    folder = tmp_path / str(len(list(tmp_path.iterdir())))
    folder.mkdir()
    labels, n_objects = segment_raster(PixelFeatures.open(path), SegmentOptions(**options), folder, SilentProgress())
    return np.array(labels), n_objects


def test_objects_are_connected_pure_and_large_enough(tmp_path):
    kinds = fields()
    labels, n_objects = segments(write_stack(tmp_path / "s.tif", kinds), tmp_path)
    sizes = np.bincount(labels.ravel(), minlength=n_objects + 1)[1:]
    assert sizes.min() >= 9
    assert labels.min() == 1
    for label in range(1, n_objects + 1):
        assert ndimage.label(labels == label)[1] == 1
    majority = ndimage.maximum(np.ones_like(kinds), labels, range(1, n_objects + 1))
    pure = sum(np.bincount(kinds[labels == label]).max() for label in range(1, n_objects + 1))
    assert len(majority) == n_objects
    assert pure / kinds.size > 0.97


def test_tiles_leave_no_seam(tmp_path):
    path = write_stack(tmp_path / "s.tif", np.roll(fields(), 5, axis=0))
    whole, n_whole = segments(path, tmp_path, tile_pixels=1_000)
    tiled, n_tiled = segments(path, tmp_path, tile_pixels=30)
    assert abs(n_whole - n_tiled) <= 0.05 * n_whole
    seams = np.arange(30, 90, 30)
    across = [(tiled[row - 1] == tiled[row]).mean() for row in seams]
    elsewhere = [(tiled[row - 1] == tiled[row]).mean() for row in range(1, 90) if row not in seams]
    assert np.mean(across) > np.mean(elsewhere) - 0.12
    pairs = np.unique(np.stack([whole.ravel(), tiled.ravel()]), axis=1, return_counts=True)[1]
    assert np.sort(pairs)[::-1][:n_whole].sum() / whole.size > 0.93


def test_nodata_is_no_object_and_no_stratum(tmp_path):
    holes = np.zeros((90, 110), dtype=bool)
    holes[20:45, 30:70] = True
    path = write_stack(tmp_path / "s.tif", fields(), holes=holes)
    labels, _ = segments(path, tmp_path)
    assert np.array_equal(labels == 0, holes)
    result = run(Parameters(str(tmp_path / "o.gpkg"), path, strata=str(tmp_path / "t.tif")), CONTEXT)
    with rasterio.open(tmp_path / "t.tif") as dataset:
        strata = dataset.read(1)
        assert dataset.nodata == 0
        assert dataset.colormap(1)[1][3] == 255
    assert np.array_equal(strata == 0, holes)
    assert strata.max() == result.outputs["n_strata"]
    layer = read_objects(str(tmp_path / "o.gpkg"))
    assert shapely.area(layer.ground).sum() == pytest.approx((~holes).sum() * 100, rel=2e-3)


def test_all_nodata_is_an_error(tmp_path):
    path = write_stack(tmp_path / "s.tif", fields(), holes=np.ones((90, 110), dtype=bool))
    with pytest.raises(InputError, match="No pixel of the raster is usable"):
        run(Parameters(str(tmp_path / "o.gpkg"), path), CONTEXT)


def test_areas_are_true_in_geographic_coordinates(tmp_path):
    transform = from_origin(10.0, 60.0, 0.001, 0.001)
    path = write_stack(tmp_path / "s.tif", fields(), crs="EPSG:4326", transform=transform)
    run(Parameters(str(tmp_path / "o.gpkg"), path), CONTEXT)
    table = pyogrio.read_dataframe(tmp_path / "o.gpkg", read_geometry=False)
    from pyproj import Geod

    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(shapely.box(10.0, 59.91, 10.11, 60.0))
    assert table.area_ha.sum() == pytest.approx(abs(area) / 1e4, rel=1e-4)


def test_same_seed_same_objects(tmp_path):
    path = write_stack(tmp_path / "s.tif", fields())
    tables = []
    for name in ("a.gpkg", "b.gpkg"):
        run(Parameters(str(tmp_path / name), path), CONTEXT)
        tables.append(pyogrio.read_dataframe(tmp_path / name))
    assert tables[0].equals(tables[1])


def parcels_file(tmp_path, shapes, crs="EPSG:32631", name="p.gpkg", **columns):
    shapes = np.array(shapes, dtype=object)
    columns = {"code": np.arange(len(shapes)), **columns}
    write_layer(tmp_path / name, "parcels", columns, shapes, crs)
    return str(tmp_path / name)


def square(column, row, side=100.0):
    left, top = 600_000 + column * 10, 5_000_000 - row * 10
    return shapely.box(left, top - side, left + side, top)


def test_parcels_override_segments_and_bad_ones_are_told(tmp_path):
    path = write_stack(tmp_path / "s.tif", fields())
    bow_tie = shapely.Polygon([(600_500, 4_999_500), (600_700, 4_999_700), (600_700, 4_999_500), (600_500, 4_999_700)])
    shapes = [square(0, 0), square(5, 5), square(30, 0), square(500, 500), bow_tie, square(80, 70, 3.0)]
    parcels = parcels_file(tmp_path, shapes)
    result = run(Parameters(str(tmp_path / "o.gpkg"), path, parcels, n_strata=2), CONTEXT)
    notes = " ".join(result.outputs["notes"])
    assert "1 invalid parcels were repaired" in notes
    assert "2 parcels overlap" in notes
    assert "1 parcels have no pixel" in notes
    table = pyogrio.read_dataframe(tmp_path / "o.gpkg")
    assert table.object_id.tolist() == [1, 2, 3, 5, 6]
    assert table.area_ha.iloc[0] == pytest.approx(1.0, rel=2e-3)


def test_one_huge_parcel_over_all_others_is_told_and_keeps_the_rest(tmp_path):
    path = write_stack(tmp_path / "s.tif", fields())
    parcels = parcels_file(tmp_path, [square(-500, -500, 20_000.0), square(0, 0), square(20, 20), square(20, 20)])
    result = run(Parameters(str(tmp_path / "o.gpkg"), path, parcels, strata=str(tmp_path / "t.tif")), CONTEXT)
    table = pyogrio.read_dataframe(tmp_path / "o.gpkg")
    assert table.object_id.tolist() == [1, 2, 4]
    assert table.area_ha.iloc[0] == pytest.approx(40_000, rel=2e-3)
    notes = " ".join(result.outputs["notes"])
    assert "4 parcels overlap" in notes
    assert "1 parcels have no pixel" in notes
    with rasterio.open(tmp_path / "t.tif") as dataset:
        assert (dataset.read(1) > 0).all()


def test_a_single_parcel_is_one_object_of_one_stratum(tmp_path):
    path = write_stack(tmp_path / "s.tif", fields())
    result = run(Parameters(str(tmp_path / "o.gpkg"), path, parcels_file(tmp_path, [square(0, 0, 900.0)])), CONTEXT)
    assert (result.outputs["n_objects"], result.outputs["n_strata"]) == (1, 1)


def test_parcels_without_a_shape_are_left_out_and_counted(tmp_path):
    path = write_stack(tmp_path / "s.tif", fields())
    parcels = parcels_file(tmp_path, [shapely.Polygon(), square(0, 0), None, square(20, 20)])
    result = run(Parameters(str(tmp_path / "o.gpkg"), path, parcels), CONTEXT)
    assert result.outputs["n_objects"] == 2
    assert "2 parcels have no pixel of the raster and were left out" in " ".join(result.outputs["notes"])
    with pytest.raises(SamplesError, match="No parcel lies on the raster"):
        run(
            Parameters(str(tmp_path / "o.gpkg"), path, parcels_file(tmp_path, [shapely.Polygon()], name="e.gpkg")),
            CONTEXT,
        )


def test_parcels_outside_the_raster_are_an_error(tmp_path):
    path = write_stack(tmp_path / "s.tif", fields())
    parcels = parcels_file(tmp_path, [square(500, 500), square(700, 500)])
    with pytest.raises(SamplesError, match="No parcel lies on the raster"):
        run(Parameters(str(tmp_path / "o.gpkg"), path, parcels), CONTEXT)


def test_parcels_with_series_need_no_stack(tmp_path):
    rng = np.random.default_rng(5)
    series = {f"NDVI_2021{month:02d}01": rng.uniform(0, 1, 40) for month in range(1, 7)}
    series["NDVI_20210301"][:7] = np.nan
    parcels = parcels_file(tmp_path, [square(column, 0) for column in range(0, 400, 10)], **series)
    result = run(Parameters(str(tmp_path / "o.gpkg"), parcels=parcels, n_strata=3), CONTEXT)
    assert result.outputs["n_objects"] == 40
    assert result.outputs["n_strata"] == 3
    assert "code" in pyogrio.read_info(tmp_path / "o.gpkg")["fields"]


def test_neither_stack_nor_parcels_is_an_error(tmp_path):
    with pytest.raises(InputError, match="Neither a stack nor parcels"):
        run(Parameters(str(tmp_path / "o.gpkg")), CONTEXT)


def test_a_layer_without_features_says_what_to_do(tmp_path):
    parcels = parcels_file(tmp_path, [square(0, 0)], code=np.array(["a"], dtype=object))
    with pytest.raises(SamplesError, match="has no features"):
        run(Parameters(str(tmp_path / "o.gpkg"), parcels=parcels), CONTEXT)


def test_number_of_strata_is_chosen_by_the_stated_criterion(tmp_path):
    path = write_stack(tmp_path / "s.tif", fields())
    chosen = run(Parameters(str(tmp_path / "o.gpkg"), path), CONTEXT).outputs
    assert 6 <= chosen["n_strata"] <= 20
    assert "silhouette" in chosen["criterion"]
    given = run(Parameters(str(tmp_path / "o.gpkg"), path, n_strata=4), CONTEXT).outputs
    assert given["n_strata"] == 4
