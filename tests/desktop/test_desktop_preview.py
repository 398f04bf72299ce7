"""A real QGIS window: the map so far while it is computed, pause and continue, the dialog that refines it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from conftest import run_job
from qgis_window import drive, make_profile

HERE = Path(__file__).resolve().parent
# Where to put pictures for people, a folder.
PICTURES = os.environ.get("CROPSAMPLE_PICTURES", "")

pytestmark = pytest.mark.slow


def test_the_map_so_far_is_seen_paused_and_refined(display, engine_python, region, tmp_path):
    series, model = tmp_path / "series.gpkg", tmp_path / "model.zip"
    run_job(
        engine_python, tmp_path, "extracttimeseries",
        {"samples": region["samples"], "stack": region["stack"], "output": str(series)},
    )  # fmt: skip
    run_job(
        engine_python, tmp_path, "trainclassifier",
        {"samples": str(series), "class_field": "class_name", "model": "svm", "model_package": str(model)},
    )  # fmt: skip
    facts = {**region, "model": str(model)}
    try:
        answer = drive(HERE / "drive_preview.py", make_profile(tmp_path), display, facts, timeout_s=400.0)
    finally:
        for picture in tmp_path.glob("*.png") if PICTURES else ():
            shutil.copy(picture, PICTURES)
    assert answer.get("error", "") == ""
    assert answer["preview"] == "classes.tif (being computed)"
    assert answer["button"] == "&Continue"
    assert answer["went_on_while_paused"] == 0
    assert answer["so_far"] == ["preview-"]
    assert answer["state"] == "done"
    assert "classes.tif (being computed)" not in answer["layers_after"]
    assert not (tmp_path / "classes.tif.parts").exists()
    assert answer["refined"] == "done"
    assert answer["exit_status"] == 0
