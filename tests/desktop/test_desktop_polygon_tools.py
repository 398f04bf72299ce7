"""A real QGIS window: samples are drawn and edited with the real mouse, labeled and undone with real keys."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from qgis_window import drive, make_profile

HERE = Path(__file__).resolve().parent
# Where the pictures go when those of the guide are to be renewed.
PICTURES = os.environ.get("CROPSAMPLE_POLYGON_PICTURES", "")

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def mouse():
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool, which moves the real mouse")


def test_every_tool_by_mouse_and_keys(display, region, tmp_path):
    folder = make_profile(tmp_path)
    answer = drive(
        HERE / "drive_polygon_tools.py", folder, display, {"stack": region["stack"], "fields": region["fields"]}
    )
    if PICTURES:
        for picture in folder.glob("*.png"):
            shutil.copy(picture, PICTURES)
    assert answer.get("error", "") == ""
    assert "pixels" in answer["while_drawing"]
    assert answer["labeled_by_key"]
    assert "Overlaps drawn-" in answer["overlap"]
    assert answer["picked_pixels"] > 9
    assert answer["grown_pixels"] > answer["rectangle_pixels"] * 1.2
    assert answer["labels_after_cut"] == [["Wheat"], ["Wheat"]]
    assert 70 < answer["over_views_pixels"] < 130
    assert "crosses itself" in answer["crossing"]
    assert (answer["n_before_undo"], answer["n_after_undo"]) == (6, 0)
    assert not answer["is_enabled"]
    assert not answer["readout_after"]
    assert answer["exit_status"] == 0
