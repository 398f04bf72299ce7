"""Opening a labeling session of 100,000 samples, and saving one label; runs in QGIS's Python.

Limits: the whole session, samples and label events read and what stands of them computed, is open in 3 s, with no
label and with 200,000 (two labelers on every sample); 400,000 (four labelers) are told, without a limit. Saving a label
is told beside what it is made of on the same disk: five waits for the disk, that `os.fsync` of one page takes.
"""

from __future__ import annotations

import os
import statistics
import struct
import sys
import tempfile
import time
from pathlib import Path

from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore, create_geopackage_store
from cropsample_plugin.bridge.labeling.label_events import LabelEvent
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.session_file import LabelClass, SessionSettings
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

N_SAMPLES = 100_000
LIMIT_S = 3.0
REPEATS = 3
N_APPENDS = 100
FLUSHES = 5
CLASSES = ("Wheat", "Cotton", "Rice", "Fallow")


def samples():
    for number in range(N_SAMPLES):
        x, y = 400_000 + 100.0 * (number % 400), 4_400_000 + 100.0 * (number // 400)
        values = {"stratum": f"stratum {number % 9}", "reason": "least sure", "priority": number % 10}
        yield NewSample(LabelingSample(f"s{number}", x, y, **values), struct.pack("<BIdd", 1, 1, x, y))


def labels(labelers):
    for labeler in labelers:
        for number in range(N_SAMPLES):
            kind, name = (
                ("skip", "") if number % 50 == 0 else ("label", CLASSES[(number + len(labeler)) % len(CLASSES)])
            )
            yield LabelEvent(f"s{number}", labeler, kind, name, 80, "", "Sentinel-2, Google", "2024-04-01", 2.5)


def seconds_to_open(path):
    settings = SessionSettings("Benchmark", path, "EPSG:32641", tuple(LabelClass(name) for name in CLASSES))
    found = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        session = LabelingSession(settings, GeoPackageStore(path), "Ana")
        found.append(time.perf_counter() - start)
        assert len(session.samples) == N_SAMPLES
        session.store.close()
    return statistics.median(found)


def milliseconds_to_append(path):
    store = GeoPackageStore(path)
    found = []
    for number in range(N_APPENDS):
        start = time.perf_counter()
        store.append([LabelEvent(f"s{number}", "Ana", "label", "Wheat", 80)])
        found.append(1000 * (time.perf_counter() - start))
    store.close()
    return sorted(found)


def milliseconds_to_flush(folder):
    found = []
    with (Path(folder) / "page").open("wb", buffering=0) as stream:
        for _ in range(N_APPENDS):
            start = time.perf_counter()
            stream.write(b"x" * 4096)
            os.fsync(stream.fileno())
            found.append(1000 * (time.perf_counter() - start))
    return statistics.median(found)


def main() -> int:
    is_short = False
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "labels.gpkg")
        start = time.perf_counter()
        store = create_geopackage_store(path, "EPSG:32641", samples())
        print(f"made with {N_SAMPLES:,} samples in {time.perf_counter() - start:.1f} s")
        for more, limit in (((), LIMIT_S), (("Ana", "Benedict"), LIMIT_S), (("Cem", "Dorothea"), None)):
            store.append(list(labels(more)))
            n_events = store.read_events()[1]
            taken = seconds_to_open(path)
            told = f"ratio to the limit of {limit:g} s: {taken / limit:.2f}" if limit else "no limit"
            print(f"open with {n_events:,} label events: {taken:.2f} s, {told}")
            is_short |= limit is not None and taken > limit
        store.close()
        appends, flush = milliseconds_to_append(path), milliseconds_to_flush(folder)
        median, tail = statistics.median(appends), appends[int(0.95 * N_APPENDS)]
        print(
            f"one label saved: median {median:.1f} ms, 95th percentile {tail:.1f} ms; "
            f"one flush of the disk: {flush:.1f} ms; ratio to {FLUSHES} flushes: {median / (FLUSHES * flush):.2f}"
        )
    return int(is_short)


if __name__ == "__main__":
    sys.exit(main())
