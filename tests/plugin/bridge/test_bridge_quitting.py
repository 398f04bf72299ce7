"""QGIS quits or is killed during a job: nothing of the engine is left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parent / "quitting_qgis.py"
ENGINE_PYTHON = os.environ.get("CROPSAMPLE_PYTHON") or sys.executable


def is_alive(pid):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.skipif(sys.executable == ENGINE_PYTHON and sys.version_info < (3, 11), reason="no Python for the engine")
@pytest.mark.parametrize("how", ["quit", "killed"])
def test_nothing_is_left_of_the_engine(tmp_path, how):
    pids = tmp_path / "pids"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CROPSAMPLE_PYTHON": ENGINE_PYTHON}
    qgis = subprocess.Popen(
        [sys.executable, str(PROGRAM), str(tmp_path / "profile"), str(pids), how],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert qgis.stdout.readline().strip() == "running"
        started = [int(line) for line in pids.read_text(encoding="ascii").split()]
        start = time.monotonic()
        if how == "killed":
            qgis.kill()
        status = qgis.wait(20)
        assert how == "killed" or status == 0
        while any(is_alive(pid) for pid in started):
            assert time.monotonic() - start < 6.0
            time.sleep(0.05)
    finally:
        qgis.kill()
        qgis.stdout.close()
        qgis.wait()
