"""Keys, tokens, proxies and lists of catalogues: used where they belong, found nowhere else."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from stac_runs import fetch
from stac_scenes import LEFT_M, TOP_M, Place, add_scene, ramp, read_band, write_area
from stac_server import Fault, StacServer, TinyProxy, running

from cropsample_plugin.engine.errors import InputError, WebError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.spectral.band_roles import ROLES
from cropsample_plugin.engine.timeseries.stac.catalogue_list import find_catalogue, known_catalogues
from cropsample_plugin.engine.timeseries.stac.request_headers import read_headers
from cropsample_plugin.engine.timeseries.stac.web_client import WebClient, WebRules, retry_after_s, without_query
from cropsample_plugin.jobs.protocol import Job
from cropsample_plugin.jobs.runner import EventChannel, run_job

PLACE = Place()
SECRET = "very-secret-key"  # noqa: S105 - made up
BOUNDS = (LEFT_M + 100, TOP_M - 320, LEFT_M + 300, TOP_M - 120)
EXPECTED = ramp(PLACE, 1000)[12:32, 10:30]


@pytest.fixture
def server():
    with running(StacServer()) as found:
        add_scene(found, "S1", "2024-03-01T10:30:00Z", {"B04": ramp(PLACE, 1000)}, nodata=0)
        yield found


@pytest.fixture
def area(tmp_path):
    return write_area(tmp_path / "area.gpkg", BOUNDS)


@pytest.fixture
def elsewhere(server):
    """A second host that holds the files."""
    with running(StacServer()) as other:
        other.files.update(server.files)
        yield other


def own_list(tmp_path, **catalogue):
    path = tmp_path / "own.json"
    path.write_text(json.dumps({"version": 1, "catalogues": [{"name": "Mine", **catalogue}]}))
    return str(path)


def everything_written(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


# Headers


def test_headers_go_to_the_catalogue_and_its_files_alone(server, elsewhere, area, tmp_path, monkeypatch):
    monkeypatch.setenv("MY_KEY", SECRET)
    server.items[0]["assets"]["B05"] = {"href": f"{elsewhere.url}/files/S1/B04.tif", "type": "image/tiff"}
    fetch(server, area, tmp_path / "stack.vrt", bands=("B04", "B05"), headers=("X-Api-Key: ${MY_KEY}",))
    assert all(request.headers.get("X-Api-Key") == SECRET for request in server.requests)
    assert elsewhere.asked("/files")
    assert all("X-Api-Key" not in request.headers for request in elsewhere.requests)
    assert SECRET.encode() not in everything_written(tmp_path)


def test_headers_do_not_follow_redirections_to_other_hosts(server, elsewhere, area, tmp_path, monkeypatch):
    monkeypatch.setenv("MY_KEY", SECRET)
    server.faults.append(Fault("/files", status=302, headers={"Location": f"{elsewhere.url}/files/S1/B04.tif"}))
    fetch(server, area, tmp_path / "stack.vrt", headers=("X-Api-Key: ${MY_KEY}", "Accept-Language: pt"))
    np.testing.assert_array_equal(read_band(tmp_path / "stack.vrt", "2024-03-01 B04"), EXPECTED)
    assert elsewhere.asked("/files")
    assert all("X-Api-Key" not in request.headers for request in elsewhere.requests)
    assert all(request.headers["Accept-Language"] == "pt" for request in server.requests)


def test_a_missing_key_is_asked_for(server, area, tmp_path):
    server.faults.append(Fault("/files", status=403))
    with pytest.raises(InputError, match="AUTHENTICATION"):
        fetch(server, area, tmp_path / "stack.vrt")
    server.faults[:] = [Fault("/stac/search", status=401, body=b"who are you?")]
    with pytest.raises(WebError, match="AUTHENTICATION"):
        fetch(server, area, tmp_path / "stack.vrt")
    listed = own_list(tmp_path, url=server.api, access="headers")
    with pytest.raises(InputError, match="Mine needs a key"):
        fetch(server, area, tmp_path / "stack.vrt", catalogue="Mine", own_list=listed)


def test_keys_are_in_no_message(server, area, tmp_path, monkeypatch):
    monkeypatch.setenv("MY_KEY", SECRET)
    server.faults.append(Fault("/stac/search", status=400, body=f"bad key {SECRET}".encode()))
    with pytest.raises(WebError) as caught:
        fetch(server, area, tmp_path / "stack.vrt", headers=("X-Api-Key: ${MY_KEY}",))
    assert "bad key ***" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_stack_cannot_refer_to_what_needs_a_key(server, area, tmp_path, monkeypatch):
    monkeypatch.setenv("MY_KEY", SECRET)
    with pytest.raises(InputError, match="Choose to download"):
        fetch(server, area, tmp_path / "stack.vrt", download=False, headers=("X-Api-Key: ${MY_KEY}",))


@pytest.mark.parametrize(
    ("line", "words"),
    [("no header", "cannot be read"), ("X-Key: ${NOT_SET_ANYWHERE}", "NOT_SET_ANYWHERE"), ("B d: x", "cannot be read")],
)
def test_headers_that_are_none(line, words):
    with pytest.raises(InputError, match=words):
        read_headers([line])


def test_records_hold_no_key(server, area, tmp_path, monkeypatch):
    monkeypatch.setenv("MY_KEY", SECRET)

    class Channel(EventChannel):
        def __init__(self):
            super().__init__()
            self.events = []

        def send(self, event):
            self.events.append(event)

    parameters = {
        "catalogue": server.api, "collection": "sentinel-2-l2a", "area": area, "bands": ["B04"],
        "output": str(tmp_path / "stack.vrt"), "start_date": "2024-01-01", "end_date": "2024-12-31",
        "headers": ["X-Api-Key: ${MY_KEY}"], "items": str(tmp_path / "items.gpkg"),
    }  # fmt: skip
    channel = Channel()
    assert run_job(Job("stactimeseries", parameters), channel) == 0
    record = json.loads((tmp_path / "stack.vrt.cropsample.json").read_text())
    assert record["job"]["parameters"]["headers"] == ["X-Api-Key: ${MY_KEY}"]
    assert record["outputs"]["used"] == ["S1"]
    assert SECRET.encode() not in everything_written(tmp_path)
    assert SECRET not in repr(channel.events)


# Tokens


def signed(server, tmp_path, lifetime_s=3600.0):
    server.files["/token/sentinel-2-l2a"] = b""
    expiry = (datetime.now(timezone.utc) + timedelta(seconds=lifetime_s)).isoformat().replace("+00:00", "Z")
    token = json.dumps({"token": f"se=1&sig={SECRET}", "msft:expiry": expiry}).encode()
    server.faults.append(Fault("/token", status=200, body=token))
    return own_list(
        tmp_path,
        url=server.api,
        access="planetary_computer",
        settings={"token_url": f"{server.url}/token/{{collection}}", "hosts": ["127.0.0.1"]},
    )


def test_addresses_are_signed(server, area, tmp_path):
    fetch(server, area, tmp_path / "stack.vrt", catalogue="Mine", own_list=signed(server, tmp_path))
    assert [request.path for request in server.asked("/token")] == ["/token/sentinel-2-l2a"]
    assert all(request.path.endswith(f"?se=1&sig={SECRET}") for request in server.asked("/files"))
    np.testing.assert_array_equal(read_band(tmp_path / "stack.vrt", "2024-03-01 B04"), EXPECTED)
    assert SECRET.encode() not in everything_written(tmp_path)


def test_a_token_that_runs_out_is_renewed(server, area, tmp_path):
    listed = signed(server, tmp_path, lifetime_s=200.0)
    fetch(server, area, tmp_path / "stack.vrt", catalogue="Mine", own_list=listed)
    assert len(server.asked("/token")) > 1


def test_a_refused_token_is_renewed(server, area, tmp_path):
    listed = signed(server, tmp_path)
    server.faults.append(Fault("/files", times=4, status=403))
    fetch(server, area, tmp_path / "stack.vrt", catalogue="Mine", own_list=listed, retries=4)
    assert len(server.asked("/token")) > 1


def test_no_token_is_an_error(server, area, tmp_path):
    listed = signed(server, tmp_path)
    server.faults[0].body = b"sorry"
    with pytest.raises(WebError, match="gives no token"):
        fetch(server, area, tmp_path / "stack.vrt", catalogue="Mine", own_list=listed)
    with pytest.raises(InputError, match="Choose to download"):
        fetch(server, area, tmp_path / "stack.vrt", catalogue="Mine", own_list=listed, download=False)


# Buckets


def test_buckets_have_other_addresses(server, area, tmp_path):
    server.items[0]["assets"]["B04"]["href"] = "s3://bucket/S1/B04.tif"
    listed = own_list(tmp_path, url=server.api, replace={"s3://bucket/": f"{server.url}/files/"})
    fetch(server, area, tmp_path / "stack.vrt", catalogue="Mine", own_list=listed, download=False)
    np.testing.assert_array_equal(read_band(tmp_path / "stack.vrt", "2024-03-01 B04"), EXPECTED)
    with pytest.raises(InputError, match=r"s3://bucket/S1/B04\.tif"):
        fetch(server, area, tmp_path / "other.vrt")


def test_buckets_with_keys(server, area, tmp_path, monkeypatch):
    server.files["/bucket/S1/B04.tif"] = server.files["/files/S1/B04.tif"]
    server.items[0]["assets"]["B04"]["href"] = "s3://bucket/S1/B04.tif"
    listed = own_list(tmp_path, url=server.api, access="s3", settings={"endpoint": server.url})
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(InputError, match="S3 keys"):
        fetch(server, area, tmp_path / "stack.vrt", catalogue="Mine", own_list=listed)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDTEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    fetch(server, area, tmp_path / "stack.vrt", catalogue="Mine", own_list=listed)
    np.testing.assert_array_equal(read_band(tmp_path / "stack.vrt", "2024-03-01 B04"), EXPECTED)
    asked = server.asked("/bucket")
    assert asked
    assert all("Credential=AKIDTEST/" in request.headers["Authorization"] for request in asked)
    server.faults.append(Fault("/bucket", status=403, body=b"<Error><Code>AccessDenied</Code></Error>"))
    with pytest.raises(InputError, match="key"):
        fetch(server, area, tmp_path / "denied.vrt", catalogue="Mine", own_list=listed)


# Proxies


def test_everything_goes_through_the_proxy(server, area, tmp_path, monkeypatch):
    """The name of the catalogue exists nowhere: only the proxy knows where it is."""
    old, server.url = server.url, server.url.replace("127.0.0.1", "catalogue.invalid")
    asset = server.items[0]["assets"]["B04"]
    asset["href"] = asset["href"].replace(old, server.url)
    with running(TinyProxy()) as proxy:
        for name in ("HTTP_PROXY", "http_proxy"):
            monkeypatch.setenv(name, f"http://me:{SECRET}@127.0.0.1:{proxy.port}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        fetch(server, area, tmp_path / "stack.vrt")
        np.testing.assert_array_equal(read_band(tmp_path / "stack.vrt", "2024-03-01 B04"), EXPECTED)
        assert any("/stac/search" in address for address in proxy.passed)
        assert any("/files/S1" in address for address in proxy.passed)
        assert all(found and found.startswith("Basic ") for found in proxy.authorizations)
    assert SECRET.encode() not in everything_written(tmp_path)
    with pytest.raises(WebError) as caught:
        fetch(server, area, tmp_path / "stack.vrt", retries=0)
    assert SECRET not in str(caught.value)


def test_an_unusable_proxy_is_said(server, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "socks5://127.0.0.1:1")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(Exception, match="proxy"):
        WebClient(WebRules(retries=0), SilentProgress()).get(server.api)


# Certificates


@pytest.fixture
def certificate(tmp_path):
    """A certificate that nobody knows, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs openssl")
    paths = str(tmp_path / "server.pem"), str(tmp_path / "server.key")
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
               "-addext", "subjectAltName=IP:127.0.0.1", "-out", paths[0], "-keyout", paths[1]]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return paths


def test_certificates(area, tmp_path, certificate, monkeypatch):
    """One that nobody vouches for is refused at once; one variable makes it trusted by search and files alike."""
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    with running(StacServer(certificate)) as server:
        add_scene(server, "S1", "2024-03-01T10:30:00Z", {"B04": ramp(PLACE, 1000)}, nodata=0)
        with pytest.raises(WebError, match=r"no secure connection to .*: certificate verify failed") as caught:
            fetch(server, area, tmp_path / "stack.vrt")
        assert "REQUESTS_CA_BUNDLE" in caught.value.remedy
        assert server.requests == []
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", certificate[0])
        fetch(server, area, tmp_path / "stack.vrt")
    np.testing.assert_array_equal(read_band(tmp_path / "stack.vrt", "2024-03-01 B04"), EXPECTED)


# Lists


def test_the_shipped_list_is_sound():
    found = known_catalogues()
    names = [item.name for item in found]
    assert len(names) == len(set(names)) >= 6
    assert {"Earth Search", "Planetary Computer", "Copernicus Data Space", "Digital Earth Africa",
            "Digital Earth Australia", "Brazil Data Cube"} <= set(names)  # fmt: skip
    for catalogue in found:
        assert catalogue.url.startswith("https://")
        assert all(new.startswith("https://") for _, new in catalogue.replace)
        if catalogue.access == "planetary_computer":
            assert "{collection}" in catalogue.settings["token_url"]
        if catalogue.access == "s3":
            assert catalogue.settings["endpoint"].startswith("https://")
        for collection in catalogue.collections.values():
            assert collection.bands
            assert collection.mask_band in {"", *collection.bands}
            assert {band.role for band in collection.bands.values()} <= {"", *ROLES}
            if collection.mask_band:
                assert collection.bands[collection.mask_band].is_class


def test_own_catalogues_come_first_and_replace_those_of_the_same_name(tmp_path):
    listed = own_list(tmp_path, url="https://example.org/stac")
    found = known_catalogues(listed)
    assert found[0].name == "Mine"
    assert find_catalogue("mine", found).url == "https://example.org/stac"
    assert find_catalogue("https://example.org/stac/", found).name == "Mine"
    assert find_catalogue("https://other.org", found).access == "open"
    (tmp_path / "own.json").write_text(
        json.dumps({"version": 1, "catalogues": [{"name": "earth search", "url": "https://mirror.org"}]})
    )
    assert find_catalogue("Earth Search", known_catalogues(listed)).url == "https://mirror.org"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "cannot be read"),
        ('{"version": 2}', "'version' is 2"),
        ('{"version": 1, "catalogues": [{"name": "x"}]}', "lacks 'url'"),
        ('{"version": 1, "catalogues": [{"name": "x", "url": "file:///x"}]}', "https://"),
        ('{"version": 1, "catalogues": [{"name": "x", "url": "https://x", "access": "magic"}]}', "magic"),
        ("[]", "cannot be read"),
    ],
)
def test_damaged_lists_are_named(tmp_path, text, words):
    path = tmp_path / "own.json"
    path.write_text(text)
    with pytest.raises(InputError, match=r"own\.json") as caught:
        known_catalogues(str(path))
    assert words in str(caught.value)


# Small parts


def test_retry_after_texts():
    assert retry_after_s({"Retry-After": "7"}) == 7.0
    assert retry_after_s({}) == retry_after_s({"Retry-After": "soon"}) == 0.0
    assert retry_after_s({"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0.0
    ahead = datetime.fromtimestamp(time.time() + 60, timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert 50.0 < retry_after_s({"retry-after": ahead}) <= 60.0


def test_addresses_without_what_may_be_secret():
    assert without_query("https://me:pw@host:8/a/b?token=x#y") == "https://host:8/a/b"
