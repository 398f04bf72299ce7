"""Fixtures of the bridge's suite: a profile of its own and an engine with a job that misbehaves on request."""

from __future__ import annotations

import functools
import os
import sys
from pathlib import Path

import pytest
from qgis.core import QgsProject

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from cropsample_plugin.bridge.engine_process import run_engine  # noqa: E402 - after the path is set
from cropsample_plugin.bridge.environment import EngineLocation  # noqa: E402

PROGRAM = ROOT / "tests" / "engine" / "supervised" / "program.py"


@pytest.fixture
def profile(tmp_path, monkeypatch, qgis_app):
    folder = tmp_path / "profile" / "cropsample"
    for module in ("job_folders", "environment"):
        monkeypatch.setattr(f"cropsample_plugin.bridge.{module}.profile_folder", lambda: folder)
    return folder


@pytest.fixture
def engine(profile, monkeypatch):
    """The engine program with the job ``misbehave``; it needs no package, so any new enough Python runs it."""
    python = os.environ.get("CROPSAMPLE_PYTHON") or sys.executable
    if python == sys.executable and sys.version_info < (3, 11):
        pytest.skip("no Python for the engine")
    location = EngineLocation(python, "setting")
    monkeypatch.setattr("cropsample_plugin.bridge.running.find_engine", lambda: location)
    monkeypatch.setattr("cropsample_plugin.bridge.running.engine_problem", lambda: "")
    for module in ("running", "task"):
        monkeypatch.setattr(
            f"cropsample_plugin.bridge.{module}.run_engine", functools.partial(run_engine, program=PROGRAM)
        )
    return python


@pytest.fixture
def project(qgis_app):
    QgsProject.instance().clear()
    yield QgsProject.instance()
    QgsProject.instance().clear()
