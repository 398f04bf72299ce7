"""The time left, told after a tenth of simulated runs."""

from __future__ import annotations

import heapq

import numpy as np
import pytest

from cropsample_plugin.engine.remaining_time import RemainingTime, duration_text, note_pause, working_s


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def simulate(n_tiles, n_workers, seed, spread, first_s, with_durations):
    """Return told and true seconds left once a tenth of the tiles is done."""
    rng = np.random.default_rng(seed)
    work = rng.integers(1, 4, n_tiles).astype(float)
    durations = work * rng.lognormal(0.0, spread, n_tiles)
    clock = Clock()
    remaining = RemainingTime(float(work.sum()), n_workers, clock)
    free = [(0.0, worker) for worker in range(n_workers)]
    heapq.heapify(free)
    ends = []
    started = set()
    for tile in range(n_tiles):
        at, worker = heapq.heappop(free)
        duration = durations[tile] + (0 if worker in started else first_s)
        started.add(worker)
        ends.append((at + duration, tile, duration, worker))
        heapq.heappush(free, (at + duration, worker))
    ends.sort()
    tenth = n_tiles // 10
    for end, tile, duration, worker in ends[:tenth]:
        clock.now = end
        remaining.add(work[tile], duration if with_durations else None, str(worker) if with_durations else "")
    return remaining.seconds(), ends[-1][0] - clock.now


@pytest.mark.parametrize("n_workers", [1, 2, 16])
@pytest.mark.parametrize("first_s", [0.0, 20.0])
@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_right_within_a_fifth_after_a_tenth(n_workers, first_s, spread):
    worst = 0.0
    for seed in range(50):
        told, true = simulate(max(400, 100 * n_workers), n_workers, seed, spread, first_s, with_durations=n_workers > 1)
        worst = max(worst, abs(told - true) / true)
    assert worst < 0.2


def test_nothing_is_told_before_anything_is_known():
    remaining = RemainingTime(100.0)
    assert remaining.seconds() is None
    assert remaining.text() == ""
    remaining.add(1.0)
    assert remaining.seconds() is None


@pytest.mark.parametrize(("seconds", "text"), [(40, "40 s"), (600, "10 min"), (12_000, "3 h 20 min")])
def test_durations_are_said_in_words(seconds, text):
    assert duration_text(seconds) == text


def test_a_pause_is_no_work():
    before = working_s()
    note_pause(100.0)
    try:
        assert working_s() - before < -99.0
    finally:
        note_pause(-100.0)
