"""Stacks that refer to files on a server, in the hands of those who read them later and know nothing but the stack."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio
from stac_runs import fetch
from stac_scenes import LEFT_M, TOP_M, Place, add_scene, ramp, read_band, write_area
from stac_server import Fault, StacServer, running

from cropsample_plugin.engine.errors import CropSampleError, InputError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.composite_stack import CompositeRequest, CompositeSettings, composite_stack
from cropsample_plugin.engine.timeseries.compositing.mask_source import MaskRequest
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions

PLACE = Place()
BOUNDS = (LEFT_M + 100, TOP_M - 320, LEFT_M + 300, TOP_M - 120)
WINDOW = (slice(12, 32), slice(10, 30))
SIGNATURE = "made-up-signature"
TOKEN = f"se=1&sig={SIGNATURE}"


@pytest.fixture
def server():
    with running(StacServer()) as found:
        for day in (1, 2, 3):
            add_scene(found, f"S{day}", f"2024-03-0{day}T10:30:00Z", {"B04": ramp(PLACE, 1000 * day)}, nodata=0)
        yield found


@pytest.fixture
def area(tmp_path):
    return write_area(tmp_path / "area.gpkg", BOUNDS)


def refer(server, area, output, **changes):
    return fetch(server, area, output, download=False, **changes)


def assert_complete(output):
    for day in (1, 2, 3):
        np.testing.assert_array_equal(read_band(output, f"2024-03-0{day} B04"), ramp(PLACE, 1000 * day)[WINDOW])


def composite(output, target):
    settings = CompositeSettings(method="median", start_date="2024-03-01", period_days=30, n_periods=1)
    request = CompositeRequest(str(output), str(target), "", settings, MaskRequest())
    return composite_stack(request, RunOptions(), SilentProgress())


@pytest.mark.parametrize("status", [429, 500, 503])
def test_readers_try_again(server, area, tmp_path, status):
    refer(server, area, tmp_path / "stack.vrt", retries=3)
    server.faults[:] = [Fault("/files/S2", times=2, status=status)]
    assert_complete(tmp_path / "stack.vrt")
    assert server.faults[0].times == 0


def test_readers_do_not_wait_for_ever(server, area, tmp_path):
    refer(server, area, tmp_path / "stack.vrt", timeout_s=1.0, retries=0)
    server.faults[:] = [Fault("/files/S2", delay_s=15.0)]
    with pytest.raises(rasterio.errors.RasterioError):
        read_band(tmp_path / "stack.vrt", "2024-03-02 B04")


def test_a_later_job_tries_again_too(server, area, tmp_path):
    refer(server, area, tmp_path / "stack.vrt", retries=3)
    server.faults[:] = [Fault("/files", times=3, status=503)]
    composite(tmp_path / "stack.vrt", tmp_path / "median.tif")
    with rasterio.open(tmp_path / "median.tif") as dataset:
        np.testing.assert_array_equal(dataset.read(1), ramp(PLACE, 2000)[WINDOW])


def test_a_server_that_is_gone_is_an_error_and_no_gap(server, area, tmp_path):
    """An image that cannot be read must not pass for clouds."""
    refer(server, area, tmp_path / "stack.vrt", retries=0)
    server.faults[:] = [Fault("/files/S2", status=503)]
    with pytest.raises(CropSampleError) as caught:
        composite(tmp_path / "stack.vrt", tmp_path / "median.tif")
    assert "stack.vrt" in str(caught.value)
    assert caught.value.remedy
    assert not (tmp_path / "median.tif").exists()


@pytest.fixture
def signing(server, tmp_path, monkeypatch):
    """A catalogue whose images need tokens, which GDAL gets from the same service."""
    document = json.dumps({"token": TOKEN, "msft:expiry": "2090-01-01T00:00:00Z"}).encode()
    server.files["/token/sentinel-2-l2a"] = document
    monkeypatch.setenv("VSICURL_PC_SAS_TOKEN_URL", f"{server.url}/token/")
    settings = {"token_url": f"{server.url}/token/{{collection}}", "hosts": ["127.0.0.1"]}
    catalogue = {"name": "Signing", "url": server.api, "access": "planetary_computer", "settings": settings}
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"version": 1, "catalogues": [catalogue]}))
    return {"catalogue": "Signing", "own_list": str(path)}


def test_readers_sign_for_themselves(server, area, tmp_path, signing):
    output = tmp_path / "stack.vrt"
    refer(server, area, output, **signing)
    assert "pc_url_signing=yes" in output.read_text()
    assert SIGNATURE not in output.read_text()
    server.requests.clear()
    assert_complete(output)
    assert server.asked("/files")
    assert all(request.path.endswith(f"?{TOKEN}") for request in server.asked("/files"))


def test_tokens_that_gdal_cannot_get_need_a_download(server, area, tmp_path, signing, monkeypatch):
    monkeypatch.delenv("VSICURL_PC_SAS_TOKEN_URL")
    with pytest.raises(InputError, match="Choose to download"):
        refer(server, area, tmp_path / "stack.vrt", **signing)
