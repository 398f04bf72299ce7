"""Catalogues that are slow, busy, wrong, empty or hostile: a clear error or a note in the ledger, nothing lost."""

from __future__ import annotations

import email.utils
import json
import time

import numpy as np
import pytest
import rasterio
from rasterio.io import MemoryFile
from stac_runs import Listener, fetch
from stac_scenes import LEFT_M, TOP_M, Place, add_scene, ramp, read_band, write_area
from stac_server import Fault, StacServer, running

from cropsample_plugin.engine.errors import CanceledError, InputError, OutputError, WebError
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack

PLACE = Place()
BOUNDS = (LEFT_M + 100, TOP_M - 320, LEFT_M + 300, TOP_M - 120)
WINDOW = (slice(12, 32), slice(10, 30))


@pytest.fixture
def server():
    with running(StacServer()) as found:
        for day in (1, 2, 3):
            add_scene(found, f"S{day}", f"2024-03-0{day}T10:30:00Z", {"B04": ramp(PLACE, 1000 * day)}, nodata=0)
        yield found


@pytest.fixture
def area(tmp_path):
    return write_area(tmp_path / "area.gpkg", BOUNDS)


def refused(error_type, *arguments, **parameters):
    """Return the text of the error that a run ends with; it left no stack."""
    with pytest.raises(error_type) as caught:
        fetch(*arguments, **parameters)
    assert caught.value.remedy
    assert not arguments[2].exists()
    return str(caught.value)


def assert_complete(output):
    for day in (1, 2, 3):
        np.testing.assert_array_equal(read_band(output, f"2024-03-0{day} B04"), ramp(PLACE, 1000 * day)[WINDOW])


# Passing trouble


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
@pytest.mark.parametrize("path", ["/stac", "/stac/search", "/files/S2"])
def test_what_passes_is_tried_again(server, area, tmp_path, status, path):
    server.faults.append(Fault(path, times=2, status=status))
    fetch(server, area, tmp_path / "stack.vrt")
    assert_complete(tmp_path / "stack.vrt")


@pytest.mark.parametrize("path", ["/stac/search", "/files/S2"])
def test_retry_after_is_kept_to(server, area, tmp_path, path):
    server.faults.append(Fault(path, times=2 if "search" in path else 4, status=503, headers={"Retry-After": "2"}))
    fetch(server, area, tmp_path / "stack.vrt", retries=4)
    times = [request.at for request in server.asked(path)]
    assert max(np.diff(times)) >= 2.0
    assert_complete(tmp_path / "stack.vrt")


def test_retry_after_as_a_date(server, area, tmp_path):
    later = email.utils.formatdate(time.time() + 3, usegmt=True)
    server.faults.append(Fault("/stac/search", times=1, status=429, headers={"Retry-After": later}))
    fetch(server, area, tmp_path / "stack.vrt")
    times = [request.at for request in server.asked("/stac/search")]
    assert times[1] - times[0] >= 1.5


def test_retry_after_that_never_ends_is_refused(server, area, tmp_path):
    server.faults.append(Fault("/stac/search", status=503, headers={"Retry-After": "86400"}))
    message = refused(WebError, server, area, tmp_path / "stack.vrt")
    assert "86400 seconds" in message


@pytest.mark.parametrize("path", ["/stac/search", "/files/S2"])
def test_lasting_trouble_is_an_error_and_a_second_run_goes_on(server, area, tmp_path, path):
    output = tmp_path / "stack.vrt"
    server.faults.append(Fault(path, status=503))
    message = refused(WebError, server, area, output)
    assert "503" in message
    assert len(server.asked(path)) >= 3
    server.faults.clear()
    fetch(server, area, output)
    assert_complete(output)


@pytest.mark.parametrize("path", ["/stac/search", "/files/S2"])
def test_silence_is_a_timeout(server, area, tmp_path, path):
    server.faults.append(Fault(path, delay_s=3.0))
    message = refused(WebError, server, area, tmp_path / "stack.vrt", timeout_s=0.5, retries=1)
    assert "did not answer within 0.5 seconds" in message


@pytest.mark.parametrize("path", ["/stac/search", "/files/S2"])
def test_an_answer_that_only_drips_is_a_timeout(server, area, tmp_path, path):
    """Never silent for long, yet it would take minutes: the whole answer has a limit too."""
    server.faults.append(Fault(path, drip_s=0.1))
    message = refused(WebError, server, area, tmp_path / "stack.vrt", timeout_s=0.3, retries=0)
    assert "did not answer" in message


def test_an_unreachable_catalogue(area, tmp_path):
    gone = StacServer()
    gone.close()
    message = refused(WebError, gone, area, tmp_path / "stack.vrt", retries=0)
    assert "cannot be reached" in message
    assert "proxy" in message


@pytest.mark.parametrize("cut", [0, 100])
def test_an_answer_that_lies_about_its_size(server, area, tmp_path, cut):
    server.faults.append(Fault("/stac/search", times=1, cut_bytes=cut))
    fetch(server, area, tmp_path / "stack.vrt")
    assert_complete(tmp_path / "stack.vrt")


def test_a_file_that_is_cut_once_is_read_again(server, area, tmp_path):
    server.faults.append(Fault("/files/S2", times=1, cut_bytes=60, only_ranges=True))
    fetch(server, area, tmp_path / "stack.vrt")
    assert_complete(tmp_path / "stack.vrt")


# Files that cannot be used: noted, the rest goes on


@pytest.mark.parametrize("download", [True, False])
@pytest.mark.parametrize("trouble", ["404", "410", "no asset", "no raster", "file:", "redirect to file:", "loop"])
def test_an_unusable_file_is_noted_and_the_rest_goes_on(server, area, tmp_path, download, trouble):
    asset = server.items[1]["assets"]["B04"]
    if trouble in {"404", "410"}:
        server.faults.append(Fault("/files/S2", status=int(trouble)))
    elif trouble == "no asset":
        asset["href"] = ""
    elif trouble == "no raster":
        server.files["/files/S2/B04.tif"] = b"<html>Please log in</html>"
    elif trouble == "file:":
        asset["href"] = "file:///etc/hostname"
    elif trouble == "redirect to file:":
        server.faults.append(Fault("/files/S2", status=302, headers={"Location": "file:///etc/hostname"}))
    else:
        server.faults.append(Fault("/files/S2", status=302, headers={"Location": "/files/S2/again.tif"}))
    found = fetch(server, area, tmp_path / "stack.vrt", download=download)
    assert found["dates"] == ["2024-03-01", "2024-03-03"]
    [dropped] = found["dropped"]
    assert dropped["item"] == "S2"
    assert dropped["status"] in {"missing file", "damaged file", "unusable metadata"}
    assert dropped["reason"]


def test_a_vrt_in_disguise_reads_no_local_file(server, area, tmp_path):
    """A file in a format that names other files must not be opened as such."""
    secret = tmp_path / "secret.tif"
    secret.write_bytes(server.files["/files/S1/B04.tif"])
    server.files["/files/S2/B04.tif"] = (
        f'<VRTDataset rasterXSize="64" rasterYSize="64"><VRTRasterBand dataType="UInt16" band="1"><SimpleSource>'
        f"<SourceFilename>{secret}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand>"
        "</VRTDataset>"
    ).encode()
    found = fetch(server, area, tmp_path / "stack.vrt")
    assert [item["item"] for item in found["dropped"]] == ["S2"]


def test_a_small_file_that_claims_giant_blocks_is_noted(server, area, tmp_path):
    side = 16_384
    profile = {
        "driver": "GTiff", "width": side, "height": side, "count": 1, "dtype": "uint16", "nodata": 0, "crs": PLACE.crs,
        "transform": PLACE.transform, "tiled": True, "blockxsize": side, "blockysize": side, "sparse_ok": True,
    }  # fmt: skip
    with MemoryFile() as packed:
        packed.open(**profile).close()
        server.files["/files/S2/B04.tif"] = bytes(packed.read())
    assert len(server.files["/files/S2/B04.tif"]) < 10_000
    found = fetch(server, area, tmp_path / "stack.vrt")
    [dropped] = found["dropped"]
    assert (dropped["item"], dropped["status"]) == ("S2", "damaged file")
    assert "16384 x 16384" in dropped["reason"]


def test_a_file_whose_pixels_are_cut_off_is_noted(server, tmp_path):
    """The header is whole, the pixels are not: seen only when they are read, after other bands are done."""
    rng = np.random.default_rng(0)
    big = Place(size=400)
    noise = rng.integers(1, 9000, (400, 400)).astype(np.uint16)
    server.items.clear()
    for name, minute in (("good", 0), ("cut", 1)):
        add_scene(server, name, f"2024-03-02T10:3{minute}:00Z", {"B03": noise, "B04": noise}, big, nodata=0,
                  tile=name, cloud=20.0 - 10 * minute)  # fmt: skip
    whole = server.files["/files/cut/B04.tif"]
    server.files["/files/cut/B04.tif"] = whole[: len(whole) // 10]
    large = write_area(tmp_path / "large.gpkg", (LEFT_M + 2000, TOP_M - 4000, LEFT_M + 4000, TOP_M - 2000))
    found = fetch(server, large, tmp_path / "stack.vrt", bands=("B03", "B04"))
    assert found["used"] == ["good"]
    assert found["dropped"][0]["status"] == "damaged file"
    for band in ("B03", "B04"):
        np.testing.assert_array_equal(read_band(tmp_path / "stack.vrt", f"2024-03-02 {band}"), noise[200:, 200:])


def test_items_without_date_or_place_are_noted(server, area, tmp_path):
    server.items[0]["properties"]["datetime"] = "2024-03-01T99"
    server.items[1]["geometry"] = {"type": "Polygon", "coordinates": "nowhere"}
    server.items[1]["bbox"] = [*server.items[1]["bbox"][:2], *server.items[1]["bbox"][2:]]
    found = fetch(server, area, tmp_path / "stack.vrt", items=str(tmp_path / "items.gpkg"))
    assert found["used"] == ["S3"]
    assert {item["item"]: item["status"] for item in found["dropped"]} == dict.fromkeys(
        ("S1", "S2"), "unusable metadata"
    )


def test_nothing_usable_says_why(server, area, tmp_path):
    server.faults.append(Fault("/files", status=404))
    message = refused(InputError, server, area, tmp_path / "stack.vrt")
    assert "None of 3 images" in message
    assert "3 missing file" in message


# Half-downloaded files, cancelling, going on


def test_cancel_and_continue(server, area, tmp_path):
    output = tmp_path / "stack.vrt"
    images = tmp_path / "stack_images"
    canceling = Listener(lambda: len(list(images.glob("*.tif"))) >= 1)
    with pytest.raises(CanceledError):
        fetch(server, area, output, canceling)
    kept = {path.name: path.stat().st_mtime_ns for path in images.glob("*.tif")}
    assert kept
    assert not output.exists()
    fetch(server, area, output)
    assert_complete(output)
    after = {path.name: path.stat().st_mtime_ns for path in images.glob("*.tif")}
    assert {name: after[name] for name in kept} == kept
    assert not list(images.glob("*.unfinished"))


@pytest.mark.parametrize("damage", ["cut", "changed", "unfinished", "unlisted", "journal cut"])
def test_a_half_downloaded_file_is_recognised_and_repeated(server, area, tmp_path, damage):
    output = tmp_path / "stack.vrt"
    fetch(server, area, output)
    tile = tmp_path / "stack_images" / "2024-03-02_B04_0_0.tif"
    journal = tile.with_name("downloads.jsonl")
    whole = tile.read_bytes()
    if damage == "cut":
        tile.write_bytes(whole[: len(whole) // 2])
    elif damage == "changed":
        tile.write_bytes(whole[:-50] + bytes(50))
    elif damage == "unfinished":
        tile.rename(tile.with_name(tile.name + ".unfinished"))
    elif damage == "unlisted":
        lines = [line for line in journal.read_text().splitlines() if "2024-03-02" not in line]
        journal.write_text("\n".join(lines) + "\n")
        tile.write_bytes(whole[: len(whole) // 2])
    else:
        journal.write_text(journal.read_text()[:-30])
    others = {p.name: p.stat().st_mtime_ns for p in tile.parent.glob("2024-03-0[13]*.tif")}
    fetch(server, area, output)
    assert_complete(output)
    assert not list(tile.parent.glob("*.unfinished"))
    if damage != "journal cut":
        assert {p.name: p.stat().st_mtime_ns for p in tile.parent.glob("2024-03-0[13]*.tif")} == others


def test_a_longer_season_downloads_only_what_is_new(server, area, tmp_path):
    output = tmp_path / "stack.vrt"
    fetch(server, area, output, end_date="2024-03-02")
    n_before = len([item for item in server.asked("/files/S1") if "Range" in item.headers])
    before = (tmp_path / "stack_images" / "2024-03-01_B04_0_0.tif").stat().st_mtime_ns
    fetch(server, area, output)
    assert_complete(output)
    assert (tmp_path / "stack_images" / "2024-03-01_B04_0_0.tif").stat().st_mtime_ns == before
    assert n_before > 0
    fetch(server, area, output, resume=False)
    assert (tmp_path / "stack_images" / "2024-03-01_B04_0_0.tif").stat().st_mtime_ns > before


def test_another_area_does_not_take_over_old_tiles(server, area, tmp_path):
    output = tmp_path / "stack.vrt"
    fetch(server, area, output)
    other = write_area(tmp_path / "other.gpkg", tuple(value + 100 for value in BOUNDS))
    fetch(server, other, output)
    expected = ramp(PLACE, 1000)[2:22, 20:40]
    np.testing.assert_array_equal(read_band(output, "2024-03-01 B04"), expected)


# Wrong questions


def test_a_wrong_collection_suggests_the_nearest(server, area, tmp_path):
    for name in ("landsat-c2-l2", "sentinel-1-rtc"):
        server.add_collection(name)
    message = refused(InputError, server, area, tmp_path / "stack.vrt", collection="sentinel2-l2a")
    assert "no collection 'sentinel2-l2a'" in message
    assert "Do you mean sentinel-2-l2a" in message
    assert "landsat-c2-l2" in message


def test_unknown_bands_list_what_there_is(server, area, tmp_path):
    message = refused(InputError, server, area, tmp_path / "stack.vrt", bands=("B05",))
    assert "no band 'B05'" in message
    assert "Do you mean B04" in message
    assert "There are: B04." in refused(InputError, server, area, tmp_path / "stack.vrt", bands=())


@pytest.mark.parametrize(
    "landing",
    [
        {"hello": "world"},
        [1, 2],
        {"type": "Catalog", "stac_version": "1.0.0", "id": "static", "description": "x", "links": []},
        {"type": "FeatureCollection", "features": []},
    ],
    ids=["other json", "list", "static", "features"],
)
def test_a_catalogue_that_is_none(server, area, tmp_path, landing):
    server.landing = landing
    message = refused(InputError, server, area, tmp_path / "stack.vrt")
    assert "STAC" in message


def test_a_web_page_is_no_catalogue(server, area, tmp_path):
    server.faults.append(Fault("/stac", status=200, body=b"<html>Welcome</html>"))
    message = refused(InputError, server, area, tmp_path / "stack.vrt")
    assert "no JSON" in message


def test_an_empty_answer_tells_what_the_collection_covers(server, area, tmp_path):
    message = refused(InputError, server, area, tmp_path / "stack.vrt", start_date="2019-01-01", end_date="2019-02-01")
    assert "no images of sentinel-2-l2a from 2019-01-01 to 2019-02-01" in message
    assert "2015-06-27 to today" in message


def test_all_too_cloudy(server, area, tmp_path):
    message = refused(InputError, server, area, tmp_path / "stack.vrt", max_cloud=5.0)
    assert "3 too cloudy" in message
    assert "Allow more clouds" in message


def test_an_endless_next_link_ends(server, area, tmp_path):
    page = {
        "type": "FeatureCollection",
        "features": server.items,
        "links": [{"rel": "next", "href": f"{server.api}/search", "method": "POST", "body": {}}],
    }
    server.faults.append(Fault("/stac/search", status=200, body=json.dumps(page).encode()))
    assert fetch(server, area, tmp_path / "stack.vrt")["n_items"] == 3
    assert len(server.asked("/stac/search")) == 2


def test_a_catalogue_that_promises_more_than_it_lists(server, area, tmp_path):
    server.claimed_matches = 50
    listener = Listener()
    fetch(server, area, tmp_path / "stack.vrt", listener)
    assert "says 50 images match but lists 3" in listener.text()
    server.claimed_matches = 10**6
    assert "1000000 images" in refused(InputError, server, area, tmp_path / "other.vrt")


def test_an_answer_without_end_is_cut(server, area, tmp_path, monkeypatch):
    from cropsample_plugin.engine.timeseries.stac import web_client

    monkeypatch.setattr(web_client, "LARGEST_ANSWER_BYTES", 500_000)
    server.faults.append(Fault("/stac/search", status=200, body=b" " * 10**6))
    with pytest.raises(WebError, match="more than"):
        fetch(server, area, tmp_path / "stack.vrt")


@pytest.mark.parametrize(
    ("bounds", "crs", "words"),
    [
        ((170.0, 10.0, 190.0, 20.0), "EPSG:4326", "antimeridian"),
        ((-179.0, 10.0, 179.0, 20.0), "EPSG:4326", "antimeridian"),
        ((500_000.0, 7_000_000.0, 1_300_000.0, 7_100_000.0), "EPSG:32760", "antimeridian"),
        ((0.0, 0.0, 20.0, 20.0), "EPSG:4326", "km2"),
        ((0.0, 80.0, 1.0, 95.0), "EPSG:4326", "latitudes"),
    ],
)
def test_areas_that_cannot_be(server, tmp_path, bounds, crs, words):
    area = write_area(tmp_path / "area.gpkg", bounds, crs)
    assert words in refused(InputError, server, area, tmp_path / "stack.vrt")
    assert server.requests == []


def test_a_download_too_large_is_refused_with_an_estimate(server, area, tmp_path, monkeypatch):
    message = refused(InputError, server, area, tmp_path / "stack.vrt", pixel_size=0.002)
    assert "GB for each band and date" in message
    message = refused(InputError, server, area, tmp_path / "stack.vrt", pixel_size=0.1, largest_gb=0.01)
    assert "3 days of 1 bands with 2000 x 2000 pixels are 0.024 GB before compression, more than 0.01 GB" in message
    import shutil

    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 9, 1))
    message = refused(OutputError, server, area, tmp_path / "stack.vrt")
    assert "free in" in message
    assert not (tmp_path / "stack_images").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"end_date": "2023-01-01"}, "before the start date"),
        ({"start_date": "soon"}, "soon"),
        ({"crs": "EPSG:999999"}, "EPSG:999999"),
        ({"resampling": "magic"}, "magic"),
        ({"mosaic_rule": "magic"}, "magic"),
        ({"collection": ""}, "collection"),
        ({"timeout_s": 0.0}, "Time-out"),
        ({"catalogue": "Earth Serch"}, "Do you mean Earth Search"),
        ({"catalogue": "file:///etc"}, "https://"),
        ({"catalogue": "ftp://example.org/stac"}, "https://"),
        ({"own_list": "/nowhere/list.json"}, "/nowhere/list.json"),
    ],
)
def test_wrong_parameters(server, area, tmp_path, changes, words):
    assert words in refused(InputError, server, area, tmp_path / "stack.vrt", **changes)


def test_redirects_are_followed_but_not_without_end(server, area, tmp_path):
    server.faults.append(Fault("/stac/search", times=1, status=307, headers={"Location": f"{server.api}/search"}))
    fetch(server, area, tmp_path / "stack.vrt")
    assert_complete(tmp_path / "stack.vrt")
    server.faults.append(Fault("/stac/search", status=302, headers={"Location": "/stac/search"}))
    assert "redirects more than 5 times" in refused(WebError, server, area, tmp_path / "other.vrt")
    server.faults[:] = [Fault("/stac/search", status=302, headers={"Location": "file:///etc/passwd"})]
    assert "file:///etc/passwd" in refused(InputError, server, area, tmp_path / "other.vrt")


def test_two_runs_give_the_same_bytes(server, area, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        fetch(server, area, tmp_path / name / "stack.vrt")
    first, second = (
        {p.name: p.read_bytes() for p in (tmp_path / name / "stack_images").glob("*.tif")} for name in "ab"
    )
    assert first == second
    stack = DatedStack.open(tmp_path / "a" / "stack.vrt")
    with rasterio.open(stack.path) as dataset:
        assert len(dataset.files) == 4
