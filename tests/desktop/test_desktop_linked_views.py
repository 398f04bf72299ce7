"""A real QGIS window: six linked views, moved with the real mouse, stepped and labeled with real keys."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from qgis_window import drive, make_profile

HERE = Path(__file__).resolve().parent
# Where the guide's pictures go when they are to be renewed, such as docs/images.
PICTURES = os.environ.get("CROPSAMPLE_VIEWS_PICTURES", "")

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def keys():
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool, which presses real keys")


def test_linked_views_in_a_window(display, region, tmp_path):
    answer = drive(HERE / "drive_linked_views.py", make_profile(tmp_path), display, region)
    if PICTURES:
        for name in ("six_views", "settings"):
            shutil.copy(tmp_path / f"{name}.png", Path(PICTURES) / f"linked_views_{name}.png")
    assert answer.get("error", "") == ""
    assert len(answer["opened"]) == 6
    assert answer["said_first"] == [""] * 6
    assert answer["n_labeled"] == 3
    assert "False colour, early: B08, B04, B03" in answer["imagery"][0]
    assert len(answer["imagery"][1].split("; ")) == 2
    assert answer["series_of"] == [f"Sample {answer['sample']}"]
    assert answer["stepped"][0] < answer["stepped"][1]
    assert answer["after_pan"] < 1.0
    assert answer["map_follows"] < 1.0
    assert len(set(answer["after_zoom"])) == 1
    assert answer["n_views"] == 4
    assert ["removed from the project" in text for text in answer["said"][1:]] == [True] * 3
    assert all(-90 < latitude < 90 for latitude in answer["in_degrees"])
    assert answer["n_views_after_closing"] == 0
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    assert answer["exit_status"] == 0
