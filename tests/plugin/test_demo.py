"""`make demo` at a small size: the whole main job through qgis_process, as a user without a window would run it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENGINE = os.environ.get("CROPSAMPLE_PYTHON", "")


def run_demo(*arguments):
    return subprocess.run(
        [ENGINE, str(ROOT / "scripts" / "demo.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )


@pytest.mark.slow
@pytest.mark.timeout(920)
@pytest.mark.skipif(not ENGINE, reason="CROPSAMPLE_PYTHON names no engine")
def test_demo_makes_a_good_map_and_says_where_it_is(tmp_path):
    output = tmp_path / "output"
    done = run_demo("--size", "150", "--model", "random_forest", "--output", str(output))
    assert done.returncode == 0, done.stdout + done.stderr
    names = ("map.png", "demo.qgz", "report.html", "crop_map.tif", "uncertainty.tif", "model.zip", "accuracy.html")
    for name in (*names, "area_table.csv"):
        assert (output / name).stat().st_size > 0
        assert name in done.stdout
    accuracy = float(re.search(r"([\d.]+)% of mapped pixels are right", done.stdout).group(1))
    assert 70 < accuracy < 99
    held, n_classes = map(int, re.search(r"(\d+) of (\d+) intervals hold the true area", done.stdout).groups())
    assert n_classes >= 5
    assert held >= n_classes - 1


@pytest.mark.skipif(not ENGINE, reason="CROPSAMPLE_PYTHON names no engine")
def test_demo_empties_no_folder_that_is_not_its_own(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = run_demo("--output", str(tmp_path))
    assert done.returncode == 1
    assert "name another folder" in done.stderr
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "years of work"
