"""Eight labelers at eight machines claim samples of one session at once; one is killed while it holds a sample."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from memory_store import point_sample

from cropsample_plugin.bridge.labeling.postgis_store import create_postgis_store

LABELER = Path(__file__).with_name("claiming_labeler.py")
N_SAMPLES = 160
TIMEOUT_S = 4.0


@pytest.mark.slow
@pytest.mark.parametrize("overlap", [1, 2])
def test_eight_at_once_lose_nothing_and_double_nothing(server, qgis_app, overlap):
    store = create_postgis_store(
        server.uri, "public", f"claims{overlap}", "EPSG:32641", [point_sample(number) for number in range(N_SAMPLES)]
    )
    labelers = {f"L{number}": start_labeler(store, f"L{number}", overlap, 6 * (number == 3)) for number in range(8)}
    try:
        for labeler in labelers.values():
            assert labeler.stdout.readline() == "ready\n"
        for labeler in labelers.values():
            labeler.stdin.write("go\n")
            labeler.stdin.flush()
        held = labelers["L3"].stdout.readline().split()
        assert held[0] == "holding"
        labelers["L3"].kill()
        for name, labeler in labelers.items():
            output, _ = labeler.communicate(timeout=300)
            assert labeler.returncode == (-9 if name == "L3" else 0), output
    finally:
        for labeler in labelers.values():
            labeler.kill()
            labeler.wait()
    events, _place = store.read_events()
    store.close()
    by_sample = Counter(event.sample_id for event in events)
    assert by_sample == {f"s{number}": overlap for number in range(N_SAMPLES)}
    assert len({(event.sample_id, event.labeler) for event in events}) == len(events)
    assert "L3" not in {event.labeler for event in events if event.sample_id == held[1]}
    assert len({event.labeler for event in events}) > 2


def start_labeler(store, name, overlap, hold_at):
    return subprocess.Popen(
        [sys.executable, str(LABELER), store.reference, name, str(overlap), str(TIMEOUT_S), str(hold_at)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
