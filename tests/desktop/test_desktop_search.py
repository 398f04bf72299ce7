"""A real QGIS window: the panel opens the search of hyperparameters filled in; trials appear as they are made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from qgis_window import drive, make_profile

HERE = Path(__file__).resolve().parent

pytestmark = pytest.mark.slow


def test_trials_appear_while_the_window_answers(display, region, tmp_path):
    answer = drive(HERE / "drive_search.py", make_profile(tmp_path), display, region)
    assert answer.get("error", "") == ""
    assert answer["filled"] == {
        "samples": True,
        "stack": True,
        "fields": ["class_name", "parcel_id"],
        "protocol": "parcel_groups",
    }
    assert answer["state"] == "done"
    assert answer["tab"] == "Trials"
    assert answer["n_rows"] == 5
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    assert answer["exit_status"] == 0
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    assert found["model"] == "random_forest"
    assert (tmp_path / "search.html").is_file()
