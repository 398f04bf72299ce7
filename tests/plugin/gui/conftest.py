"""Fixtures of the panels' suite: a stand-in for QGIS's interface, a profile of its own, an engine that pretends."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from qgis.core import QgsProject, QgsRasterLayer

ROOT = Path(__file__).resolve().parents[3]
for folder in (ROOT, Path(__file__).resolve().parent):
    sys.path.insert(0, str(folder))

from stand_ins import FakeEngine, Iface, delete_now, make_raster, make_samples  # noqa: E402

from cropsample_plugin.gui import layer_facts  # noqa: E402


@pytest.fixture
def iface(qgis_app):
    stand_in = Iface()
    yield stand_in
    stand_in.window.deleteLater()
    delete_now()


@pytest.fixture
def profile(tmp_path, monkeypatch):
    folder = tmp_path / "profile" / "cropsample"
    folder.mkdir(parents=True)
    for module in ("job_folders", "environment"):
        monkeypatch.setattr(f"cropsample_plugin.bridge.{module}.profile_folder", lambda: folder)
    monkeypatch.delenv("CROPSAMPLE_PYTHON", raising=False)
    return folder


@pytest.fixture
def engine(monkeypatch, profile):
    fake = FakeEngine()
    monkeypatch.setattr("cropsample_plugin.bridge.task.run_engine", fake.run)
    monkeypatch.setattr("cropsample_plugin.bridge.task._find_python", lambda: ("python", None))
    yield fake
    fake.gate.set()


@pytest.fixture
def project(qgis_app):
    instance = QgsProject.instance()
    instance.clear()
    yield instance
    instance.clear()


@pytest.fixture
def stack(project, tmp_path):
    names = [f"2023-{month:02d}-15 {band}" for month in (1, 6, 12) for band in ("red", "nir")]
    layer = QgsRasterLayer(make_raster(tmp_path / "stack.tif", names), "My stack")
    project.addMapLayer(layer)
    return layer


@pytest.fixture
def samples(project):
    layer = make_samples(["wheat", "maize", "wheat", "maize", "rape", "rape"] * 4)
    project.addMapLayer(layer)
    return layer


@pytest.fixture
def ready_engine(monkeypatch):
    """The engine counts as installed."""
    monkeypatch.setattr("cropsample_plugin.gui.panels.engine_problem", lambda: "")


@pytest.fixture
def facts(samples, stack):
    return layer_facts.samples_facts(samples, stack)
