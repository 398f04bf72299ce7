"""Imagery from a catalogue as users run it: toolbox, records, keys, proxy, and on to composites."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from conftest import SCALE, RecordingFeedback
from imagery_server import area_layer, catalogue_of, fill, in_degrees, region_extent
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsAuthMethodConfig,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsRasterLayer,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate
from stac_server import StacServer, TinyProxy, running

from cropsample_plugin.bridge.catalogue_names import catalogue_names, make_own_list, own_list_file
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.profile import profile_folder
from cropsample_plugin.bridge.web_access import proxy_environment, reading_environment, web_secrets

SECRET = "very-secret-key"  # noqa: S105 - made up


@pytest.fixture
def server(region):
    with running(StacServer()) as found:
        yield fill(found, region.images)


@pytest.fixture
def settings():
    """QGIS's settings, with the proxy's taken back afterwards."""
    stored = QgsSettings()
    yield stored
    stored.remove("proxy")


@pytest.fixture
def own_list():
    path = own_list_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    yield path
    path.unlink(missing_ok=True)


def everything_written(*folders):
    return b"".join(path.read_bytes() for folder in folders for path in Path(folder).rglob("*") if path.is_file())


def test_images_become_a_layer_and_a_table(run, region, tmp_path):
    results = run(
        "stactimeseries",
        catalogue_of(region, MAX_CLOUD=50, OUTPUT=str(tmp_path / "stack.vrt"), ITEMS=str(tmp_path / "items.gpkg")),
    )
    assert (results["N_DATES"], results["N_ITEMS"], results["N_DROPPED"]) == (4, 4, 2)
    layer = QgsRasterLayer(results["OUTPUT"], "stack")
    assert layer.isValid()
    assert layer.crs().authid() == "EPSG:32631"
    original, stack = gdal.Open(region.stack), gdal.Open(results["OUTPUT"])
    names = [stack.GetRasterBand(number).GetDescription() for number in range(1, stack.RasterCount + 1)]
    assert names == [f"2023-{month}-15 {band}" for month in ("01", "03", "05", "07") for band in ("red", "nir")]
    np.testing.assert_array_equal(stack.ReadAsArray(), original.ReadAsArray()[:8])
    assert stack.GetRasterBand(1).GetScale() == SCALE
    items = QgsVectorLayer(results["ITEMS"], "items", "ogr")
    assert items.featureCount() == 6
    assert items.crs().authid() == "EPSG:4326"
    status = {feature["item"]: feature["status"] for feature in items.getFeatures()}
    assert status["scene_20230115"] == "used"
    assert status["scene_20231115"] == "too cloudy"
    record = json.loads((tmp_path / "stack.vrt.cropsample.json").read_text())
    assert "stactimeseries" in record["processing_command"]
    assert record["job"]["parameters"]["collection"] == "tiny-region"


def test_area_in_another_crs_and_dates_as_qgis_gives_them(run, region, tmp_path):
    middle = region_extent().buffered(-100)
    parameters = catalogue_of(
        region, AREA=area_layer(in_degrees(middle), "EPSG:4326"), START_DATE=QDate(2023, 3, 1),
        END_DATE=QDate(2023, 6, 1), OUTPUT=str(tmp_path / "stack.vrt"), CRS="EPSG:3857", RESOLUTION=20,
    )  # fmt: skip
    results = run("stactimeseries", parameters)
    assert results["N_DATES"] == 2
    layer = QgsRasterLayer(results["OUTPUT"], "stack")
    assert layer.crs().authid() == "EPSG:3857"
    assert layer.rasterUnitsPerPixelX() == 20


def test_without_download_the_stack_refers_to_the_server(run, region, tmp_path):
    results = run("stactimeseries", catalogue_of(region, DOWNLOAD=False, OUTPUT=str(tmp_path / "stack.vrt")))
    assert not (tmp_path / "stack_images").exists()
    layer = QgsRasterLayer(results["OUTPUT"], "stack")
    assert layer.isValid()
    np.testing.assert_array_equal(gdal.Open(results["OUTPUT"]).ReadAsArray(), gdal.Open(region.stack).ReadAsArray())


def test_outputs_as_dialogs_give_them(run, region, tmp_path):
    """Dialogs hand over definitions of layers, not texts."""
    items = QgsProcessingOutputLayerDefinition(str(tmp_path / "items.gpkg"))
    results = run("stactimeseries", catalogue_of(region, OUTPUT=str(tmp_path / "stack.vrt"), ITEMS=items))
    assert QgsVectorLayer(results["ITEMS"], "items", "ogr").featureCount() == 6


def test_composites_take_it_directly(run, region, tmp_path):
    imagery = run("stactimeseries", catalogue_of(region, OUTPUT=str(tmp_path / "stack.vrt")))
    results = run(
        "compositetimeseries",
        {"STACK": imagery["OUTPUT"], "PERIOD_DAYS": 90, "N_PERIODS": 0, "MASK_BAND": "red", "MASK_KIND": "rule",
         "MASK_RULE": "value < 2", "OUTPUT": str(tmp_path / "composite.tif")},
    )  # fmt: skip
    assert results["GAP_SHARE"] < 0.5
    assert QgsRasterLayer(results["OUTPUT"], "composite").bandCount() == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"END_DATE": "2022-01-01"}, "before the start date"),
        ({"CATALOGUE": "Erth Search"}, "Do you mean Earth Search"),
        ({"BANDS": "purple"}, "There are: image"),
        ({"CATALOGUE": "http://127.0.0.1:9/stac", "RETRIES": 0}, "cannot be reached"),
        ({"HEADERS": "nonsense"}, "nonsense"),
        ({"AUTHENTICATION": "nowhere"}, "nowhere"),
    ],
)
def test_what_is_wrong_is_said(run, region, tmp_path, changes, words):
    with pytest.raises(QgsProcessingException) as caught:
        run("stactimeseries", catalogue_of(region, OUTPUT=str(tmp_path / "stack.vrt"), **changes))
    assert words in str(caught.value)


def test_canceled_downloads_go_on(run, server, region, tmp_path):
    class Canceling(RecordingFeedback):
        def setProgress(self, progress):
            super().setProgress(progress)
            if progress > 30:
                self.cancel()

    parameters = catalogue_of(region, CATALOGUE=server.api, OUTPUT=str(tmp_path / "stack.vrt"))
    assert "OUTPUT" not in run("stactimeseries", parameters, feedback=Canceling())
    assert run("stactimeseries", parameters)["N_DATES"] == 6


def test_keys_reach_the_server_and_no_file(run, server, region, tmp_path):
    parameters = catalogue_of(
        region, CATALOGUE=server.api, OUTPUT=str(tmp_path / "stack.vrt"), ITEMS=str(tmp_path / "items.gpkg"),
        HEADERS=f"X-Api-Key: {SECRET}\nAccept-Language: pt",
    )  # fmt: skip
    feedback = RecordingFeedback()
    run("stactimeseries", parameters, feedback=feedback)
    assert all(request.headers.get("X-Api-Key") == SECRET for request in server.requests)
    assert all(request.headers.get("Accept-Language") == "pt" for request in server.requests)
    record = json.loads((tmp_path / "stack.vrt.cropsample.json").read_text())
    assert record["job"]["parameters"]["headers"][0] == "X-Api-Key: ${CROPSAMPLE_HEADER_1}"
    assert "CROPSAMPLE_HEADER_1" in record["processing_command"]
    assert SECRET.encode() not in everything_written(tmp_path, profile_folder())
    assert SECRET not in repr(vars(feedback))


def test_headers_and_authentications_become_variables():
    found = web_secrets("A: b\n\nC: ${D}", "")
    assert found.headers == ["A: ${CROPSAMPLE_HEADER_1}", "C: ${D}"]
    assert found.environment == {"CROPSAMPLE_HEADER_1": "b"}
    with pytest.raises(EngineError):
        web_secrets("", "nowhere")


def test_qgis_authentications_are_used(run, server, region, tmp_path):
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not manager.setMasterPassword("master", True):
        pytest.skip("QGIS has no authentication store here")
    config = QgsAuthMethodConfig("Basic")
    config.setName("catalogue")
    config.setConfig("username", "me")
    config.setConfig("password", SECRET)
    assert manager.storeAuthenticationConfig(config)
    config_id = config.id() if isinstance(config, QgsAuthMethodConfig) else config[1].id()
    found = web_secrets("", config_id)
    assert found.environment["AWS_ACCESS_KEY_ID"] == "me"
    assert found.environment["AWS_SECRET_ACCESS_KEY"] == SECRET
    parameters = catalogue_of(
        region, CATALOGUE=server.api, OUTPUT=str(tmp_path / "stack.vrt"), AUTHENTICATION=config_id
    )
    run("stactimeseries", parameters)
    assert all(request.headers["Authorization"].startswith("Basic ") for request in server.requests)
    manager.removeAuthenticationConfig(config_id)


def test_qgis_proxy_is_used(run, server, region, tmp_path, settings):
    """The catalogue's name exists nowhere but behind the proxy."""
    address = server.api.replace("127.0.0.1", "catalogue.invalid")
    for item in server.items:
        item["assets"]["image"]["href"] = item["assets"]["image"]["href"].replace("127.0.0.1", "catalogue.invalid")
    server.url = server.url.replace("127.0.0.1", "catalogue.invalid")
    with running(TinyProxy()) as proxy:
        for name, value in (("Enabled", True), ("Type", "HttpProxy"), ("Host", "127.0.0.1"), ("Port", str(proxy.port)),
                            ("User", "me"), ("Password", SECRET)):  # fmt: skip
            settings.setValue(f"proxy/proxy{name}", value)
        output = str(tmp_path / "stack.vrt")
        assert run("stactimeseries", catalogue_of(region, CATALOGUE=address, OUTPUT=output))["N_DATES"] == 6
        assert any("/files/" in passed for passed in proxy.passed)
        refer = catalogue_of(region, CATALOGUE=address, OUTPUT=str(tmp_path / "refer.vrt"), DOWNLOAD=False)
        run("stactimeseries", refer)
        proxy.passed.clear()
        target = str(tmp_path / "composite.tif")
        run("compositetimeseries", {"STACK": refer["OUTPUT"], "PERIOD_DAYS": 90, "N_PERIODS": 0, "OUTPUT": target})
        assert any("/files/" in passed for passed in proxy.passed), "later jobs read through the proxy too"
    assert SECRET.encode() not in everything_written(tmp_path, profile_folder() / "jobs")


def test_a_proxy_login_that_is_gone_stops_only_downloads(settings):
    for name, value in (("Enabled", True), ("Type", "HttpProxy"), ("Host", "proxy")):
        settings.setValue(f"proxy/proxy{name}", value)
    settings.setValue("proxy/authcfg", "gone123")
    with pytest.raises(EngineError, match="gone123"):
        proxy_environment("https://example.org")
    assert reading_environment() == {}
    settings.remove("proxy/authcfg")
    assert reading_environment() == proxy_environment("https://example.org") != {}


def test_proxy_settings_as_variables(settings):
    assert proxy_environment("https://example.org") == {}
    values = {
        "Enabled": True,
        "Type": "HttpProxy",
        "Host": "proxy",
        "Port": "3128",
        "User": "a@b",
        "Password": "c:d",
        "ExcludedUrls": ["http://intranet/x", "localhost"],
    }
    for name, value in values.items():
        settings.setValue(f"proxy/proxy{name}", value)
    found = proxy_environment("https://example.org")
    assert found["https_proxy"] == found["HTTP_PROXY"] == "http://a%40b:c%3Ad@proxy:3128"
    assert found["no_proxy"] == "intranet,localhost"
    settings.setValue("proxy/proxyType", "Socks5Proxy")
    assert proxy_environment("https://example.org")["HTTPS_PROXY"].startswith("socks5h://")
    settings.setValue("proxy/proxyType", "DefaultProxy")
    assert isinstance(proxy_environment("https://example.org"), dict)
    settings.setValue("proxy/proxyEnabled", False)
    assert proxy_environment("https://example.org") == {}


def test_own_catalogues_are_known(run, server, region, tmp_path, own_list):
    assert make_own_list() == own_list
    assert "My catalogue" in catalogue_names()
    document = json.loads(own_list.read_text())
    document["catalogues"][0].update(name="Tiny", url=server.api, collections=[])
    own_list.write_text(json.dumps(document))
    assert make_own_list() == own_list
    output = str(tmp_path / "stack.vrt")
    assert run("stactimeseries", catalogue_of(region, CATALOGUE="tiny", OUTPUT=output))["N_DATES"] == 6
    own_list.write_text("{")
    assert "Earth Search" in catalogue_names()
    with pytest.raises(QgsProcessingException, match=r"stac_catalogues\.json"):
        run("stactimeseries", catalogue_of(region, CATALOGUE="Earth Search", OUTPUT=output))
