"""What a catalogue lists becomes a dated stack: mosaics, zones, encodings, masks, both ways of access."""

from __future__ import annotations

import json

import numpy as np
import pyogrio
import pytest
import rasterio
from rasterio.warp import transform
from stac_runs import Listener, fetch
from stac_scenes import LEFT_M, TOP_M, Place, add_scene, in_crs, ramp, read_band, write_area
from stac_server import StacServer, running

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.composite_stack import CompositeRequest, CompositeSettings, composite_stack
from cropsample_plugin.engine.timeseries.compositing.mask_source import MaskRequest
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions

PLACE = Place()
# 20 x 20 pixels inside the standard scene, from column 10, row 12.
BOUNDS = (LEFT_M + 100, TOP_M - 320, LEFT_M + 300, TOP_M - 120)
WINDOW = (slice(12, 32), slice(10, 30))
S2 = {"raster:bands": [{"nodata": 0, "scale": 0.0001, "offset": -0.1}]}


@pytest.fixture
def server():
    with running(StacServer()) as found:
        yield found


@pytest.fixture
def area(tmp_path):
    return write_area(tmp_path / "area.gpkg", BOUNDS)


@pytest.fixture(params=[True, False], ids=["download", "remote"])
def download(request):
    return request.param


def items_of(path):
    rows = pyogrio.read_dataframe(path)
    return {row["item"]: (row["status"], row["reason"]) for _, row in rows.iterrows()}


def test_one_scene_a_date_is_copied_pixel_by_pixel(server, area, tmp_path, download):
    for month in (3, 5, 4):
        add_scene(server, f"S{month}", f"2024-0{month}-10T10:30:00Z", {"B04": ramp(PLACE, 100 * month)},
                  band_fields={"*": S2})  # fmt: skip
    output = tmp_path / "stack.vrt"
    found = fetch(server, area, output, download=download, items=str(tmp_path / "items.gpkg"))
    assert (found["n_dates"], found["n_items"], found["n_dropped"]) == (3, 3, 0)
    stack = DatedStack.open(output)
    assert [str(day) for day in stack.dates] == ["2024-03-10", "2024-04-10", "2024-05-10"]
    assert (stack.width, stack.height, stack.bands) == (20, 20, ("B04",))
    assert stack.transform == PLACE.transform * rasterio.Affine.translation(10, 12)
    assert set(stack.scales) == {0.0001}
    assert set(stack.offsets) == {-0.1}
    assert set(stack.nodata) == {0.0}
    for month in (3, 4, 5):
        expected = ramp(PLACE, 100 * month)[WINDOW]
        np.testing.assert_array_equal(read_band(output, f"2024-0{month}-10 B04"), expected)
    assert set(items_of(tmp_path / "items.gpkg").values()) == {("used", "")}


def test_a_downloaded_stack_moves_with_its_images(server, area, tmp_path):
    add_scene(server, "A", "2024-03-10T10:30:00Z", {"B04": ramp(PLACE, 100)}, nodata=0)
    (tmp_path / "here").mkdir()
    fetch(server, area, tmp_path / "here" / "stack.vrt")
    (tmp_path / "here").rename(tmp_path / "there")
    server.close()
    moved = tmp_path / "there" / "stack.vrt"
    np.testing.assert_array_equal(read_band(moved, "2024-03-10 B04"), ramp(PLACE, 100)[WINDOW])
    assert str(tmp_path) not in moved.read_text()
    names = sorted(path.name for path in (tmp_path / "there" / "stack_images").iterdir())
    assert names == ["2024-03-10_B04_0_0.tif", "downloads.jsonl"]


def test_only_the_windows_of_the_area_are_transferred(server, tmp_path):
    place = Place(size=2048)
    noise = np.random.default_rng(1).integers(1, 9000, (2048, 2048)).astype(np.uint16)
    add_scene(server, "big", "2024-03-10T10:30:00Z", {"B04": noise}, place, nodata=0)
    area = write_area(tmp_path / "area.gpkg", (LEFT_M, TOP_M - 1000, LEFT_M + 1000, TOP_M))
    fetch(server, area, tmp_path / "stack.vrt")
    whole = len(server.files["/files/big/B04.tif"])
    assert whole > 4_000_000
    assert server.bytes_sent < 0.1 * whole
    np.testing.assert_array_equal(read_band(tmp_path / "stack.vrt", "2024-03-10 B04"), noise[:100, :100])


def test_several_granules_a_day_become_one_image(server, area, tmp_path, download):
    west = np.where(np.arange(64) < 22, 1000, 0) * np.ones((64, 1))
    east = np.where(np.arange(64) >= 18, 2000, 0) * np.ones((64, 1))
    for name, values, tile, cloud, minute in (("W", west, "31TAA", 30, 0), ("E", east, "31TBA", 5, 1)):
        add_scene(server, name, f"2024-03-10T10:3{minute}:00Z", {"B04": values.astype(np.uint16)}, tile=tile,
                  cloud=cloud, band_fields={"*": S2})  # fmt: skip
    for rule, edge in (("least_cloudy", 18), ("first", 22), ("last", 18)):
        output = tmp_path / f"{rule}.vrt"
        assert fetch(server, area, output, download=download, mosaic_rule=rule)["n_dates"] == 1
        expected = np.where(np.arange(10, 30) < edge, 1000, 2000) * np.ones((20, 1))
        np.testing.assert_array_equal(read_band(output, "2024-03-10 B04"), expected)


def test_two_zones_come_to_one_grid(server, tmp_path, download):
    """The border of UTM zones 31 and 32 at 6 degrees east: every pixel is checked against where it lies."""

    def easting(place):
        x = place.left + (np.arange(place.size) + 0.5) * place.pixel
        y = place.top - (np.arange(place.size) + 0.5) * place.pixel
        xs, ys = np.meshgrid(x, y)
        lon, lat = transform(place.crs, "EPSG:4326", xs.ravel(), ys.ravel())
        return np.array(lon).reshape(xs.shape), np.array(lat).reshape(xs.shape)

    def values_of(lon):
        return np.rint(1000 + (lon - 5.9) * 100_000).astype(np.uint16)

    x31, y31 = (item[0] for item in transform("EPSG:4326", "EPSG:32631", [6.0], [45.0]))
    x32, y32 = (item[0] for item in transform("EPSG:4326", "EPSG:32632", [6.0], [45.0]))
    first = Place("EPSG:32631", round(x31 - 2000, -1), round(y31 + 1000, -1), 10.0, 210)
    second = Place("EPSG:32632", round(x32 - 100, -1), round(y32 + 1000, -1), 10.0, 210)
    for name, place in (("W", first), ("E", second)):
        add_scene(server, name, "2024-03-10T10:30:00Z", {"B04": values_of(easting(place)[0])}, place, tile=name,
                  band_fields={"*": S2})  # fmt: skip
    area = write_area(tmp_path / "area.gpkg", (5.99, 44.997, 6.01, 45.003), "EPSG:4326")
    output = tmp_path / "stack.vrt"
    found = fetch(server, area, output, download=download, resampling="nearest")
    assert (found["n_dates"], found["n_items"]) == (1, 2)
    stored = read_band(output, "2024-03-10 B04")
    stack = DatedStack.open(output)
    xs, ys = stack.transform * np.meshgrid(np.arange(stack.width) + 0.5, np.arange(stack.height) + 0.5)
    lon, lat = transform(stack.crs, "EPSG:4326", xs.ravel(), ys.ravel())
    inside = (np.abs(np.array(lat) - 45.0) < 0.003) & (np.abs(np.array(lon) - 6.0) < 0.01)
    error = np.abs(stored.ravel().astype(float) - values_of(np.array(lon)))[inside]
    # One pixel of 10 m is 12.7 units of longitude here; nearest is at most 0.71 pixels off.
    assert stored.ravel()[inside].min() > 0
    assert error.max() <= 10.0
    assert (tmp_path / "stack_warped").is_dir() == (not download)


def test_both_ways_give_the_same_pixels(server, tmp_path):
    rng = np.random.default_rng(3)
    coarse = Place(pixel=20.0, size=32)
    corner = in_crs((LEFT_M, TOP_M, LEFT_M, TOP_M), "EPSG:32631", "EPSG:32632")[:2]
    shifted = Place("EPSG:32632", *(round(value, -1) for value in corner), 10.0, 64)
    for name, place, day, offset in (("A", PLACE, 1, 0.0), ("B", shifted, 2, -0.1), ("C", PLACE, 2, 0.0)):
        places = {"B04": place, "SCL": coarse if place is PLACE else place}
        bands = {
            "B04": rng.integers(0, 3000, (64, 64)).astype(np.uint16),
            "SCL": rng.integers(0, 12, (places["SCL"].size,) * 2).astype(np.uint8),
        }
        fields = {"B04": {"raster:bands": [{"nodata": 0, "scale": 0.0001, "offset": offset}]},
                  "SCL": {"raster:bands": [{"nodata": 0}]}}  # fmt: skip
        add_scene(server, name, f"2024-03-0{day}T10:30:00Z", bands, places, tile=name, band_fields=fields)
    area = write_area(tmp_path / "area.gpkg", (LEFT_M + 100, TOP_M - 500, LEFT_M + 500, TOP_M - 100))
    shared = {"mask_band": "SCL", "resampling": "nearest", "crs": "EPSG:32631"}
    fetch(server, area, tmp_path / "a.vrt", download=True, **shared)
    fetch(server, area, tmp_path / "b.vrt", download=False, **shared)
    with rasterio.open(tmp_path / "a.vrt") as first, rasterio.open(tmp_path / "b.vrt") as second:
        assert first.descriptions == second.descriptions
        assert (first.scales, first.offsets, first.nodatavals) == (second.scales, second.offsets, second.nodatavals)
        for number in first.indexes:
            np.testing.assert_array_equal(first.read(number), second.read(number))


@pytest.mark.parametrize("version", ["1.0", "1.1", "baseline", "applied"])
def test_offsets_that_differ_between_items_are_harmonised(server, area, tmp_path, download, version):
    """Reflectance 0.15 is stored as 1500 before baseline 04.00 and as 2500 from then on."""
    level = {"old": 1500, "new": 2500}
    fields = {
        "old": {"raster:bands": [{"nodata": 0, "scale": 0.0001, "offset": 0}]},
        "new": {"raster:bands": [{"nodata": 0, "scale": 0.0001, "offset": -0.1}]},
    }
    properties = {"old": {"s2:processing_baseline": "03.01"}, "new": {"s2:processing_baseline": "04.00"}}
    if version == "1.1":
        fields = {name: {"nodata": 0, "bands": [{"raster:scale": 0.0001, "raster:offset": value}]}
                  for name, value in (("old", 0.0), ("new", -0.1))}  # fmt: skip
    elif version == "baseline":
        fields = {}
    elif version == "applied":
        level["new"] = 1500
        fields["old"] = fields["new"]
        for own_properties in properties.values():
            own_properties["earthsearch:boa_offset_applied"] = True
    for name, day in (("old", 1), ("new", 2)):
        values = np.full((64, 64), level[name], np.uint16)
        values[20, 20] = 0
        add_scene(server, name, f"2024-03-0{day}T10:30:00Z", {"B04": values}, properties=properties[name],
                  band_fields={"*": fields.get(name, {})})  # fmt: skip
    own = tmp_path / "own.json"
    rule = {
        "property": "s2:processing_baseline",
        "from": 4.0,
        "offset": -0.1,
        "unless": "earthsearch:boa_offset_applied",
    }
    known = {"id": "sentinel-2-l2a", "bands": {"B04": "B04"}, "scale": 0.0001, "nodata": 0, "offset_rule": rule}
    document = {"version": 1, "catalogues": [{"name": "Mine", "url": server.api, "collections": [known]}]}
    own.write_text(json.dumps(document))
    output = tmp_path / "stack.vrt"
    fetch(server, area, output, download=download, catalogue="mine", own_list=str(own))
    stack = DatedStack.open(output)
    assert stack.dtype == "uint16"
    for row, day in enumerate(("2024-03-01", "2024-03-02")):
        stored = read_band(output, f"{day} B04")
        physical = stored * stack.scales[row] + stack.offsets[row]
        assert stored[8, 10] == stack.nodata[row] == 0
        physical[8, 10] = 0.15
        np.testing.assert_allclose(physical, 0.15, atol=1e-9)
    assert len(set(stack.offsets)) == len(set(stack.scales)) == 1


def test_scales_that_differ_become_physical_values(server, area, tmp_path, download):
    for day, scale, nodata in ((1, 0.0001, 0), (2, 0.0002, 65535)):
        values = np.full((64, 64), round(0.3 / scale), np.uint16)
        values[20, 20] = nodata
        add_scene(server, f"S{day}", f"2024-03-0{day}T10:30:00Z", {"B04": values},
                  band_fields={"*": {"raster:bands": [{"nodata": nodata, "scale": scale}]}})  # fmt: skip
    output = tmp_path / "stack.vrt"
    fetch(server, area, output, download=download)
    for day in (1, 2):
        stored = read_band(output, f"2024-03-0{day} B04")
        assert stored.dtype == np.float32
        assert np.isnan(stored[8, 10])
        stored[8, 10] = 0.3
        np.testing.assert_allclose(stored, 0.3, rtol=1e-4)


def test_the_mask_is_a_band_and_composites_take_the_stack_directly(server, area, tmp_path, download):
    clear, cloudy = np.full((64, 64), 4, np.uint8), np.full((64, 64), 4, np.uint8)
    cloudy[:, :20] = 9
    coarse = Place(pixel=20.0, size=32)
    for day, scl, level in ((1, cloudy, 5000), (16, clear, 3000)):
        add_scene(server, f"S{day}", f"2024-03-{day:02d}T10:30:00Z",
                  {"B04": np.full((64, 64), level, np.uint16), "SCL": scl[::2, ::2]},
                  {"B04": PLACE, "SCL": coarse}, band_fields={"B04": S2})  # fmt: skip
    output = tmp_path / "stack.vrt"
    found = fetch(server, area, output, download=download, mask_band="scl")
    assert found["bands"] == ["B04", "SCL"]
    result = tmp_path / "composite.tif"
    settings = CompositeSettings(start_date="2024-03-01", period_days=30, n_periods=1)
    request = CompositeRequest(str(output), str(result), "", settings, MaskRequest(band="SCL"))
    composite_stack(request, RunOptions(), SilentProgress())
    with rasterio.open(result) as dataset:
        composite = dataset.read(1) * dataset.scales[0] + dataset.offsets[0]
    # Where the first date is cloudy the second is taken; elsewhere the nearest to the middle, the second again.
    np.testing.assert_allclose(composite, 0.2, atol=1e-6)


def test_areas_in_any_reference_system_and_polygons_skip_tiles(server, tmp_path, monkeypatch):
    from cropsample_plugin.engine.timeseries.stac import stac_stack

    monkeypatch.setattr(stac_stack, "TILE_PX", 16)
    add_scene(server, "A", "2024-03-10T10:30:00Z", {"B04": ramp(PLACE, 100)}, nodata=0)
    degrees = in_crs(BOUNDS, "EPSG:32631", "EPSG:4326")
    area = write_area(tmp_path / "degrees.gpkg", degrees, "EPSG:4326")
    fetch(server, area, tmp_path / "degrees.vrt")
    stack = DatedStack.open(tmp_path / "degrees.vrt")
    column, row = round((stack.transform.c - LEFT_M) / 10), round((TOP_M - stack.transform.f) / 10)
    assert abs(column - 10) <= 1
    assert abs(row - 12) <= 1
    assert min(stack.width, stack.height) >= 20
    expected = ramp(PLACE, 100)[row : row + stack.height, column : column + stack.width]
    np.testing.assert_array_equal(read_band(tmp_path / "degrees.vrt", "2024-03-10 B04"), expected)
    import geopandas
    import shapely

    ends = ((0, 100), (540, 640))
    corners = [shapely.box(LEFT_M + a, TOP_M - b, LEFT_M + b, TOP_M - a) for a, b in ends]
    geopandas.GeoDataFrame(geometry=corners, crs="EPSG:32631").to_file(tmp_path / "corners.gpkg")
    fetch(server, str(tmp_path / "corners.gpkg"), tmp_path / "corners.vrt")
    tiles = sorted(path.name for path in (tmp_path / "corners_images").glob("*.tif"))
    assert tiles == ["2024-03-10_B04_0_0.tif", "2024-03-10_B04_48_48.tif"]
    stored = read_band(tmp_path / "corners.vrt", "2024-03-10 B04")
    np.testing.assert_array_equal(stored[:16, :16], ramp(PLACE, 100)[:16, :16])
    np.testing.assert_array_equal(stored[48:, 48:], ramp(PLACE, 100)[48:, 48:])
    assert stored[20, 20] == 0


def test_pixel_size_and_crs_can_be_chosen(server, area, tmp_path, download):
    add_scene(server, "A", "2024-03-10T10:30:00Z", {"B04": np.full((64, 64), 700, np.uint16)}, nodata=0)
    output = tmp_path / "stack.vrt"
    fetch(server, area, output, download=download, crs="EPSG:3857", pixel_size=30.0)
    stack = DatedStack.open(output)
    assert stack.crs.to_epsg() == 3857
    assert stack.transform.a == 30.0
    assert stack.transform.c % 30.0 == 0
    assert set(np.unique(read_band(output, "2024-03-10 B04"))) == {700}


def test_versions_of_a_scene_count_once_and_halves_of_a_tile_twice(server, area, tmp_path):
    scenes = (
        ("v0", "03.01", "2024-03-10T10:30:01Z", PLACE, 1),
        ("v1", "05.10", "2024-03-10T10:30:03Z", PLACE, 2),
        ("half", "05.10", "2024-03-10T10:30:09Z", Place(left=LEFT_M + 300), 3),
        ("other", "05.10", "2024-03-10T10:30:03Z", PLACE, 4),
    )
    for name, baseline, moment, place, level in scenes:
        add_scene(server, name, moment, {"B04": np.full((64, 64), level, np.uint16)}, place,
                  tile="31TBA" if name == "other" else "31TAA", properties={"s2:processing_baseline": baseline},
                  nodata=0)  # fmt: skip
    found = fetch(server, area, tmp_path / "stack.vrt", items=str(tmp_path / "items.gpkg"))
    assert sorted(found["used"]) == ["half", "other", "v1"]
    assert items_of(tmp_path / "items.gpkg")["v0"] == (
        "another version of the same scene",
        "v1 is a newer version",
    )


def test_clouds_and_days(server, area, tmp_path):
    add_scene(server, "clear", "2024-03-10T10:30:00Z", {"B04": ramp(PLACE, 1)}, cloud=20)
    add_scene(server, "cloudy", "2024-03-12T10:30:00Z", {"B04": ramp(PLACE, 1)}, cloud=20.1)
    add_scene(server, "unknown", "2024-03-14T10:30:00Z", {"B04": ramp(PLACE, 1)}, cloud=None)
    add_scene(server, "late", "2025-01-01T00:00:00Z", {"B04": ramp(PLACE, 1)})
    found = fetch(server, area, tmp_path / "stack.vrt", max_cloud=20.0)
    assert sorted(found["used"]) == ["clear", "unknown"]
    assert found["dropped"] == [{"item": "cloudy", "status": "too cloudy", "reason": "20.1 % clouds"}]


def test_a_pass_over_midnight_utc_is_one_day(server, tmp_path):
    """At 158 degrees east a morning pass straddles midnight UTC."""
    places = [Place("EPSG:32757", 500_000.0, 9_000_000.0 - 640 * n) for n in range(2)]
    for name, moment, place in (("N", "2024-03-09T23:59:50Z", places[0]), ("S", "2024-03-10T00:00:05Z", places[1])):
        add_scene(server, name, moment, {"B04": ramp(place, 1)}, place, tile=name, nodata=0)
    area = write_area(tmp_path / "area.gpkg", (500_100, 8_999_000, 500_500, 8_999_900), "EPSG:32757")
    window = {"start_date": "2024-03-10", "end_date": "2024-03-10"}
    solar = fetch(server, area, tmp_path / "solar.vrt", **window)
    assert (solar["dates"], solar["n_items"]) == (["2024-03-10"], 2)
    utc = fetch(server, area, tmp_path / "utc.vrt", day_rule="utc", start_date="2024-03-09", end_date="2024-03-10")
    assert utc["dates"] == ["2024-03-09", "2024-03-10"]


def test_days_without_a_pixel_in_the_area_are_left_out(server, area, tmp_path):
    add_scene(server, "full", "2024-03-10T10:30:00Z", {"B04": ramp(PLACE, 5)}, nodata=0)
    add_scene(server, "empty", "2024-03-12T10:30:00Z", {"B04": np.zeros((64, 64), np.uint16)}, nodata=0)
    found = fetch(server, area, tmp_path / "stack.vrt")
    assert found["dates"] == ["2024-03-10"]
    assert found["dropped"][0]["status"] == "no data in the area"


def test_many_pages_and_get_only_catalogues(server, area, tmp_path):
    server.page_size = 3
    for day in range(1, 11):
        add_scene(server, f"S{day}", f"2024-03-{day:02d}T10:30:00Z", {"B04": ramp(PLACE, day)}, nodata=0)
    assert fetch(server, area, tmp_path / "post.vrt", download=False)["n_items"] == 10
    assert len([item for item in server.asked("/stac/search") if item.method == "POST"]) == 4
    server.is_get_only = True
    assert fetch(server, area, tmp_path / "get.vrt", download=False)["n_items"] == 10
    assert len([item for item in server.asked("/stac/search") if item.method == "GET"]) == 4


def test_bands_by_common_name_and_inside_an_asset(server, area, tmp_path):
    item = add_scene(server, "A", "2024-03-10T10:30:00Z", {"B04": ramp(PLACE, 5), "B08": ramp(PLACE, 9)}, nodata=0)
    item["assets"]["B04"]["eo:bands"] = [{"name": "b4", "common_name": "red"}]
    item["assets"]["B08"]["bands"] = [{"name": "eight", "eo:common_name": "nir"}]
    found = fetch(server, area, tmp_path / "stack.vrt", bands=("red", "eight", "b04"))
    assert found["bands"] == ["red", "eight", "B04"]
    np.testing.assert_array_equal(read_band(tmp_path / "stack.vrt", "2024-03-10 eight"), ramp(PLACE, 9)[WINDOW])


def test_the_clearest_day_is_shown_in_natural_colours(server, area, tmp_path):
    levels = {"blue": 1, "green": 2, "red": 3}
    for day, cloud in ((10, 40.0), (20, 5.0), (30, None)):
        bands = {name: np.full((64, 64), 100 * day + level, np.uint16) for name, level in levels.items()}
        add_scene(server, f"S{day}", f"2024-03-{day}T10:30:00Z", bands, cloud=cloud, band_fields={"*": S2})
    output = tmp_path / "stack.vrt"
    picture = fetch(server, area, output, bands=("blue", "green", "red"))["picture"]
    with rasterio.open(output) as dataset:
        shown = [dataset.descriptions[number - 1] for number in picture["bands"]]
    assert shown == ["2024-03-20 red", "2024-03-20 green", "2024-03-20 blue"]
    assert picture["bright"] == 0.3
    assert fetch(server, area, output, bands=("red",))["picture"] is None


def test_progress_and_estimate_are_told(server, area, tmp_path):
    add_scene(server, "A", "2024-03-10T10:30:00Z", {"B04": ramp(PLACE, 5)}, nodata=0)
    listener = Listener()
    fetch(server, area, tmp_path / "stack.vrt", listener)
    assert "1 days of 1 bands with 20 x 20 pixels: at most" in listener.text()
    fractions = [fraction for fraction, _ in listener.reports]
    assert fractions == sorted(fractions)
    assert fractions[-1] > 0.9
