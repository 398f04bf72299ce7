"""Fixtures of the desktop suite: a small synthetic region made by the engine, and a virtual display."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT, ROOT / "scripts", ROOT / "tests", ROOT / "tests" / "plugin", Path(__file__).resolve().parent):
    sys.path.insert(0, str(folder))

from qgis_window import can_open_window, virtual_display  # noqa: E402

from cropsample_plugin.jobs.protocol import Job  # noqa: E402

SIZE_PX = 320
CLOUD_SHARE = 0.04


@pytest.fixture(scope="session")
def engine_python():
    python = os.environ.get("CROPSAMPLE_PYTHON", "")
    if not Path(python).is_file():
        pytest.skip("CROPSAMPLE_PYTHON names no engine; make setup creates one")
    return python


@pytest.fixture(scope="session")
def engine_job(engine_python):
    """Return a function that runs a job of the engine: folder for its description, name, parameters."""
    return partial(run_job, engine_python)


@pytest.fixture(scope="session")
def display():
    if not can_open_window():
        pytest.skip("needs qgis, Xvfb and ImageMagick's import")
    with virtual_display() as name:
        yield name


@pytest.fixture(scope="session")
def region(engine_python, tmp_path_factory):
    """Return paths of a dated stack, samples and fields of a synthetic region."""
    folder = tmp_path_factory.mktemp("region")
    parameters = {"output_folder": str(folder), "size_px": SIZE_PX, "cloud_share": CLOUD_SHARE}
    run_job(engine_python, folder, "simulateregion", parameters)
    stack = folder / "stack.vrt"
    run_job(engine_python, folder, "buildtimeseries", {"folder": str(folder / "images"), "output": str(stack)})
    return {
        "stack": str(stack),
        "samples": str(folder / "local_samples.gpkg"),
        "fields": str(folder / "fields.gpkg"),
        "images": str(folder / "images"),
    }


def run_job(python, folder, name, parameters):
    job = folder / f"{name}.json"
    job.write_text(Job(name, parameters).to_json(), encoding="utf-8")
    done = subprocess.run(
        [python, "-m", "cropsample_plugin.jobs", "run", str(job)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
