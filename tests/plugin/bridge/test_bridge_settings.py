from __future__ import annotations

import dataclasses
import logging

import pytest
from qgis.core import QgsApplication, QgsSettings

from cropsample_plugin.bridge.message_log import TAG, attach_message_log
from cropsample_plugin.bridge.settings import GROUP, Settings, load_settings, save_settings


@pytest.fixture(autouse=True)
def no_settings(qgis_app):
    before = load_settings()
    QgsSettings().remove(GROUP)
    yield
    save_settings(before)


def test_defaults_without_anything_stored():
    assert load_settings() == Settings()


def test_settings_survive():
    changed = Settings("/opt/données/bin/python", "cpu", 3, 2000, "/w", "cuda", "/usr/bin/python3", "/a b")
    save_settings(changed)
    assert load_settings() == changed
    assert {item.name for item in dataclasses.fields(Settings)} == {
        key.split("/")[1] for key in QgsSettings().allKeys() if key.startswith(GROUP + "/")
    }


@pytest.mark.parametrize(("name", "value"), [("threads", "many"), ("threads", -2), ("device", "tpu"), ("build", None)])
def test_damaged_values_become_defaults(name, value):
    QgsSettings().setValue(f"{GROUP}/{name}", value)
    assert load_settings() == Settings()


def test_the_log_is_shown_until_detached():
    seen = []
    QgsApplication.messageLog().messageReceived.connect(lambda *message: seen.append(message))
    detach = attach_message_log()
    logging.getLogger("cropsample_plugin.bridge.task").warning("été %s", 1)
    detach()
    logging.getLogger("cropsample_plugin.bridge.task").warning("later")
    assert [message[0] for message in seen if TAG in message] == ["été 1"]
