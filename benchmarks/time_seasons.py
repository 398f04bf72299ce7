"""Season detection against a per-pixel loop over `scipy.signal.find_peaks`, at equal peaks.

Prints ``loop / ours`` (limit 30), ours on two threads, the best of three runs of each; ours finds starts, ends and
amplitudes as well. Then the peak memory of the job on 1024 x 1024 pixels of 36 dates.

    python benchmarks/time_seasons.py [n_pixels]
"""

from __future__ import annotations

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from engine_job import print_peak
from io_baseline import dates_every, write_clouded_stack
from scipy.signal import find_peaks

from cropsample_plugin.engine.timeseries.seasons.detection import detect_seasons
from cropsample_plugin.engine.timeseries.seasons.season_data import SeasonSettings

N_STEPS = 37
N_LOOP = 5000


def best_of(n, function):
    """Return the least seconds of some runs, and what the function returns."""
    seconds = []
    for _ in range(n):
        started = time.perf_counter()
        found = function()
        seconds.append(time.perf_counter() - started)
    return min(seconds), found


def on_two_threads(halves, days, settings):
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda half: detect_seasons(half, days, settings), halves))


def by_loop(columns):
    """Look for peaks series by series, as a careful user would."""
    peaks = []
    for series in range(N_LOOP):
        curve = columns[:, series].astype(float)
        least = max(0.1, 0.2 * (curve.max() - curve.min()))
        peaks.append(find_peaks(curve, distance=6, prominence=least)[0])
    return peaks


def main():
    n_pixels = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    rng = np.random.default_rng(0)
    days = 18628 + np.arange(N_STEPS) * 10.0
    steps = np.arange(N_STEPS)[:, None]
    waves = np.sin(6.28 * (rng.random((1, n_pixels)) + steps / N_STEPS * rng.integers(1, 4, (1, n_pixels))))
    columns = (0.45 + 0.3 * waves + 0.03 * rng.standard_normal((N_STEPS, n_pixels))).astype(np.float32)
    settings = SeasonSettings(min_length_days=0.0, max_length_days=1e9)
    detect_seasons(columns[:, :64].copy(), days, settings)
    halves = [np.ascontiguousarray(half) for half in np.array_split(columns, 2, axis=1)]
    ours, (found, _) = best_of(3, lambda: on_two_threads(halves, days, settings))
    loop, peaks = best_of(3, lambda: by_loop(columns))
    ours, loop = ours / n_pixels, loop / N_LOOP
    for series in range(N_LOOP):
        own = found.highest[:, series]
        assert np.array_equal(own[np.isfinite(own)], days[peaks[series]])
    print(f"loop {loop * 1e6:.1f} us, ours {ours * 1e6:.2f} us per series of {N_STEPS} steps, peaks equal")
    print(f"loop / ours = {loop / ours:.0f} (at least 30)")
    with tempfile.TemporaryDirectory() as folder:
        stack = write_clouded_stack(Path(folder) / "in.tif", 1024, dates_every(36, 10), ("B04", "B08"))
        parameters = {"stack": str(stack), "output": str(Path(folder) / "out.tif")}
        print_peak(folder, "detectseasons", parameters)
    return 0 if loop / ours >= 30 else 1


if __name__ == "__main__":
    sys.exit(main())
