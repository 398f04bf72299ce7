"""Fixtures of the labeling suite: samples, classes, a session over a store in memory."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
for folder in (ROOT, ROOT / "tests" / "plugin" / "gui", Path(__file__).resolve().parent):
    sys.path.insert(0, str(folder))

from memory_store import MemoryStore, point_sample  # noqa: E402
from postgres_server import PostgresServer, missing  # noqa: E402
from qgis.core import QgsProject  # noqa: E402
from stand_ins import Iface, delete_now  # noqa: E402

from cropsample_plugin.bridge.labeling.session_file import LabelClass, SessionSettings  # noqa: E402
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession  # noqa: E402


@pytest.fixture
def settings():
    classes = (LabelClass("Wheat", "#c8a020", "1"), LabelClass("Cotton", "#4060c0", "2"), LabelClass("Rice", key="r"))
    return SessionSettings("Test", "labels.gpkg", "EPSG:32641", classes)


@pytest.fixture
def store():
    return MemoryStore([point_sample(number, stratum="AB"[number % 2]) for number in range(6)])


@pytest.fixture
def session(settings, store):
    return LabelingSession(settings, store, "Ana")


@pytest.fixture(scope="session")
def server():
    reason = missing()
    if reason:
        pytest.skip(reason)
    server = PostgresServer()
    try:
        server.create()
        yield server
    finally:
        server.remove()


@pytest.fixture
def iface(qgis_app):
    stand_in = Iface()
    yield stand_in
    stand_in.window.deleteLater()
    delete_now()


@pytest.fixture
def project(qgis_app):
    instance = QgsProject.instance()
    instance.clear()
    yield instance
    instance.clear()
