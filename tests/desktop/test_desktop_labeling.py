"""A real QGIS window: a day of photointerpretation, with real keys and a real mouse."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from qgis_window import drive, make_profile, virtual_display

HERE = Path(__file__).resolve().parent
# Where the guide's pictures go when they are to be renewed, such as docs/images.
PICTURES = os.environ.get("CROPSAMPLE_LABELING_PICTURES", "")

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def keys():
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool, which presses real keys")


def keep_pictures(folder, prefix=""):
    if PICTURES:
        for path in folder.glob("*.png"):
            shutil.copy(path, Path(PICTURES) / f"{prefix}{path.name}")


def test_a_day_of_photointerpretation(display, region, tmp_path):
    answer = drive(HERE / "drive_labeling.py", make_profile(tmp_path), display, region, timeout_s=400)
    keep_pictures(tmp_path)
    assert answer.get("error", "") == ""
    assert answer["n_labeled"] == 20
    assert answer["n_drawn"] == 3, "three drawn, one undone, one picked"
    assert answer["settled"] == ["sunflower", "sunflower"]
    assert answer["n_proposed"] == 10
    assert answer["reason"]
    assert answer["reopened"] == ["Ana", answer["n_labeled_at_last"], answer["first_unlabeled"]]
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    assert answer["exit_status"] == 0


@pytest.mark.parametrize(
    ("name", "settings", "facts"),
    [
        ("small", "", {}),
        ("dark", "UITheme=Night Mapping\n", {}),
        ("large", "", {}),
        ("long", "", {"is_long": True}),
    ],
)
def test_panels_are_whole(*, region, tmp_path, monkeypatch, name, settings, facts):
    """On 1366 x 768 pixels, also dark and with words 40 % longer; with fonts twice as large, QGIS itself needs more."""
    size = (1366, 768)
    if name == "large":
        monkeypatch.setenv("QT_FONT_DPI", "192")
        size = (1920, 1080)
    profile = make_profile(tmp_path, settings)
    with virtual_display(f"{size[0]}x{size[1]}x24") as display:
        answer = drive(HERE / "drive_labeling_looks.py", profile, display, {**region, **facts}, timeout_s=300)
    keep_pictures(tmp_path, f"{name}_")
    assert answer.get("error", "") == ""
    assert answer["dialog_fits"]
    assert answer["cut_off"] == []
    assert answer["outlined"]
    assert answer["window"] == list(size), "no panel may push the window beyond the screen"
    assert answer["width"] < 0.4 * size[0]
    assert answer["exit_status"] == 0
