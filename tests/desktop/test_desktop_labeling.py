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
    ("name", "environment", "settings", "facts"),
    [
        ("small", {}, "", {}),
        ("dark", {}, "UITheme=Night Mapping\n", {}),
        ("large", {"QT_FONT_DPI": "192"}, "", {}),
        ("long", {}, "", {"is_long": True}),
    ],
)
def test_panels_are_whole_on_a_small_screen(*, region, tmp_path, monkeypatch, name, environment, settings, facts):
    """1366 x 768; also dark, with fonts twice as large, and with words 40 % longer."""
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    profile = make_profile(tmp_path, settings)
    with virtual_display("1366x768x24") as display:
        answer = drive(HERE / "drive_labeling_looks.py", profile, display, {**region, **facts}, timeout_s=300)
    keep_pictures(tmp_path, f"{name}_")
    assert answer.get("error", "") == ""
    assert answer["dialog_fits"]
    assert answer["cut_off"] == []
    assert answer["outlined"]
    if name != "large":  # QGIS's own window is wider than this screen then.
        assert answer["window"] == answer["window_before"] == [1366, 768]
    assert answer["width"] < 0.4 * 1366
    assert answer["exit_status"] == 0
