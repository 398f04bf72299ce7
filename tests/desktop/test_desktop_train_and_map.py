"""A real QGIS window: the plugin is enabled, a model is trained through the panel, its map appears styled."""

from __future__ import annotations

import os
import shutil
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
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    if PICTURE:
        shutil.copy(tmp_path / "cropsample.png", PICTURE)
