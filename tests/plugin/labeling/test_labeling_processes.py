"""Several QGIS processes on one GeoPackage, and one killed at random moments: no confirmed label is lost or doubled."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from label_checks import check
from memory_store import point_sample

from cropsample_plugin.bridge.labeling.geopackage_store import create_geopackage_store

WORKER = Path(__file__).with_name("labeling_worker.py")
KILLS = int(os.environ.get("CROPSAMPLE_KILLS", "50"))
LONGEST_LIFE_S = 0.25
LABELS_EACH = 120
WAIT_S = 120.0


class Worker:
    """A QGIS process that labels when told to, and what it has confirmed so far."""

    def __init__(self, labeler: str) -> None:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        self.process = subprocess.Popen(
            [sys.executable, str(WORKER), labeler], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self.confirmed = []
        self.is_ready, self.has_labeled = threading.Event(), threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self.process.stdout:
            if not line.endswith(b"\n"):
                break
            text = line.decode().strip()
            if text == "ready":
                self.is_ready.set()
            else:
                self.confirmed.append(text)
                self.has_labeled.set()

    def start(self, path: Path, count: int = 0) -> None:
        self.process.stdin.write(f"{path} {count}\n".encode())
        self.process.stdin.flush()

    def wait(self) -> int:
        status = self.process.wait(WAIT_S)
        self._reader.join(WAIT_S)
        self.process.stdin.close()
        self.process.stdout.close()
        return status


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "labels.gpkg"
    create_geopackage_store(str(path), "EPSG:32641", [point_sample(number) for number in range(40)]).close()
    return path


def test_no_confirmed_label_is_lost_when_qgis_is_killed(path):
    rng = random.Random(50)  # noqa: S311
    confirmed, hot_journals, unconfirmed = [], 0, 0
    coming = Worker("Ana")
    for _ in range(KILLS):
        worker, coming = coming, Worker("Ana")
        assert worker.is_ready.wait(WAIT_S)
        worker.start(path)
        assert worker.has_labeled.wait(WAIT_S)
        time.sleep(rng.uniform(0, LONGEST_LIFE_S))
        worker.process.kill()
        assert worker.wait() == -9
        hot_journals += path.with_name("labels.gpkg-journal").exists()
        confirmed += worker.confirmed
        unconfirmed = check(path, confirmed) - len(confirmed)
    coming.process.kill()
    coming.wait()
    assert hot_journals > 0, "no kill fell into a write"
    # A label is confirmed right after it is saved: at most the one being confirmed can be there without.
    assert 0 <= unconfirmed <= KILLS


def test_several_qgis_on_one_file_lose_and_double_nothing(path):
    workers = [Worker(labeler) for labeler in ("Ana", "Ben", "Zoë")]
    for worker in workers:
        assert worker.is_ready.wait(WAIT_S)
    for worker in workers:
        worker.start(path, LABELS_EACH)
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    confirmed = [comment for worker in workers for comment in worker.confirmed]
    assert len(confirmed) == LABELS_EACH * len(workers)
    assert check(path, confirmed) == len(confirmed)
    assert [item.name for item in path.parent.iterdir()] == [path.name]
