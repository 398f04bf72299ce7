"""A real QGIS window killed while it labels: every confirmed label is in the file, which is whole."""

from __future__ import annotations

import json
import os
import random
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
from qgis_window import make_profile

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "plugin" / "labeling"))

from label_checks import check  # noqa: E402

from cropsample_plugin.bridge.labeling.geopackage_store import create_geopackage_store  # noqa: E402
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample  # noqa: E402
from cropsample_plugin.bridge.labeling.session_file import (  # noqa: E402
    LabelClass,
    SessionSettings,
    write_session_file,
)

# The whole application starts slowly; processes without a window are killed fifty times in the plugin's suite.
KILLS = int(os.environ.get("CROPSAMPLE_WINDOW_KILLS", "3"))
LONGEST_LIFE_S = 1.0
WAIT_S = 300.0

pytestmark = pytest.mark.slow


@pytest.fixture
def files(tmp_path):
    """Return a session of forty points: its file, its labels, and where confirmed labels are told."""
    folder = tmp_path / "session"
    folder.mkdir()
    files = {
        "session": str(folder / "a.cropsession"),
        "labels": str(folder / "labels.gpkg"),
        "confirmed": str(tmp_path / "confirmed.txt"),
    }
    places = [(500_000 + 100.0 * number, 4_400_000.0 + 50 * (number % 7)) for number in range(40)]
    samples = [
        NewSample(LabelingSample(f"s{number}", *place), struct.pack("<BIdd", 1, 1, *place))
        for number, place in enumerate(places)
    ]
    create_geopackage_store(files["labels"], "EPSG:32641", samples).close()
    classes = (LabelClass("Wheat", "#c8a020", "1"), LabelClass("Cotton", "#4060c0", "2"))
    write_session_file(files["session"], SessionSettings("Killed", "labels.gpkg", "EPSG:32641", classes))
    return files


def start(profile, display, files):
    """Start QGIS with a script that labels as soon as the window is there."""
    facts = profile / "facts.json"
    facts.write_text(json.dumps({**files, "folder": str(profile)}), encoding="utf-8")
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "CROPSAMPLE_DESKTOP_FACTS": str(facts),
        "CROPSAMPLE_DESKTOP_SCRIPTS": str(HERE),
        "LC_ALL": "C.UTF-8",
    }
    command = ["qgis", "--nologo", "--noversioncheck", "--profiles-path", str(profile), "--code"]
    with (profile / "qgis.log").open("wb") as log:
        return subprocess.Popen(
            [*command, str(HERE / "drive_labeling_until_killed.py")],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def confirmed_labels(files):
    path = Path(files["confirmed"])
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def wait_for_more(process, files, n_before, log):
    """Wait until a label was confirmed by a QGIS that has just been started."""
    deadline = time.monotonic() + WAIT_S
    while len(confirmed_labels(files)) == n_before:
        told = log.read_text(encoding="utf-8", errors="replace")[-3000:]
        assert process.poll() is None, told
        assert time.monotonic() < deadline, told
        time.sleep(0.05)


def test_no_confirmed_label_is_lost_when_the_window_is_killed(display, files, tmp_path):
    rng = random.Random(7)  # noqa: S311
    profile = make_profile(tmp_path)
    for _ in range(KILLS):
        n_before = len(confirmed_labels(files))
        process = start(profile, display, files)
        try:
            wait_for_more(process, files, n_before, profile / "qgis.log")
            time.sleep(rng.uniform(0, LONGEST_LIFE_S))
        finally:
            os.killpg(process.pid, signal.SIGKILL)
        assert process.wait(WAIT_S) == -signal.SIGKILL
        confirmed = confirmed_labels(files)
        assert 0 <= check(files["labels"], confirmed) - len(confirmed) <= KILLS
