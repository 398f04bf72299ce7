"""A real QGIS window: the plugin is enabled, a model is trained through the panel, its map appears styled."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from pathlib import Path

import pytest
from qgis_window import drive, make_profile

HERE = Path(__file__).resolve().parent
# Where the README's picture goes when it is to be renewed, such as docs/images/cropsample.png.
PICTURE = os.environ.get("CROPSAMPLE_PICTURE", "")

pytestmark = pytest.mark.slow


def test_panel_trains_and_maps(display, region, tmp_path):
    answer = drive(HERE / "drive_train_and_map.py", make_profile(tmp_path), display, region)
    assert answer.get("error", "") == ""
    assert answer["guessed"] == {"class": "class_name", "group": "parcel_id"}
    assert answer["can_run"], answer["problems"]
    assert answer["state"] == "done"
    assert answer["layers"] == {"Crop map": "paletted", "Uncertainty": "singlebandpseudocolor"}
    assert "wheat" in answer["classes"]
    assert answer["accuracy"] > 0.6
    assert answer["has_report"]
    assert any("loss" in name for name in answer["curves"])
    assert answer["exit_status"] == 0
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    if PICTURE:
        shutil.copy(tmp_path / "cropsample.png", PICTURE)


def test_runs_survive_projects_and_panels_and_end_with_qgis(display, region, tmp_path):
    answer = drive(HERE / "drive_changes.py", make_profile(tmp_path), display, region)
    assert answer.get("error", "") == ""
    assert answer["state_after_new_project"] == "done"
    assert answer["layers_after_new_project"] == 0
    assert answer["layers_on_request"] == ["Crop map", "Uncertainty"]
    assert answer["toolbox_job"] == ["buildtimeseries", "done"]
    assert answer["docks_after"] == answer["docks_before"] == 7
    assert answer["runs_after_reload"] == 2
    assert answer["exit_status"] == 0
    assert engines_of(tmp_path) == [], "an engine outlived QGIS"


def engines_of(folder):
    """Return the command lines of engine processes that work on jobs below a folder."""
    deadline = time.monotonic() + 6.0
    while time.monotonic() < deadline:
        found = []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if str(folder) in line and "jobs" in line and "--supervised" in line:
                    found.append(line)
        if not found:
            return []
        time.sleep(0.2)
    return found
