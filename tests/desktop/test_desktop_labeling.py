"""A real QGIS window: a day of photointerpretation, with real keys and a real mouse."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from qgis_window import drive, make_profile

HERE = Path(__file__).resolve().parent
# Where the guide's pictures go when they are to be renewed, such as docs/images.
PICTURES = os.environ.get("CROPSAMPLE_LABELING_PICTURES", "")

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def keys():
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool, which presses real keys")


def test_a_day_of_photointerpretation(display, region, tmp_path):
    answer = drive(HERE / "drive_labeling.py", make_profile(tmp_path), display, region)
    if PICTURES:
        for path in tmp_path.glob("*.png"):
            shutil.copy(path, PICTURES)
    assert answer.get("error", "") == ""
    assert answer["n_labeled"] == 20
    assert answer["reopened"][:2] == ["Ana", 20]
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    assert answer["exit_status"] == 0
