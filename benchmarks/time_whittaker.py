"""7-day linear + Whittaker against a per-pixel loop over scipy's sparse solver, and file to file against plain I/O.

Prints ``loop / ours`` per series (limit 50) and ``I/O / file to file`` (limit 0.5), two threads, 4 bands, 36 dates,
and the peak memory of the process.

    python benchmarks/time_whittaker.py [n_pixels]
"""

from __future__ import annotations

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from engine_job import print_peak
from io_baseline import dates_every, read_and_write_seconds, write_clouded_stack
from scipy import sparse
from scipy.sparse.linalg import spsolve

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.preprocess_stack import PreprocessRequest, preprocess_stack
from cropsample_plugin.engine.timeseries.smoothing.methods import SmoothingSettings, preprocess, target_days
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions

N_DATES = 36
N_LOOP = 2000
SETTINGS = SmoothingSettings("7_day_linear_whittaker")
BLOCK_PX = 65536


def by_loop(columns, days, grid):
    """Interpolate and solve pixel by pixel, the matrix built once as a careful user would."""
    difference = sparse.diags([1.0, -2.0, 1.0], [0, 1, 2], shape=(len(grid) - 2, len(grid)))
    matrix = (sparse.eye(len(grid)) + 10.0 * difference.T @ difference).tocsc()
    smooth = np.empty((len(grid), columns.shape[1]))
    for pixel in range(columns.shape[1]):
        known = np.isfinite(columns[:, pixel])
        smooth[:, pixel] = spsolve(matrix, np.interp(grid, days[known], columns[known, pixel]))
    return smooth


def main():
    n_pixels = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    rng = np.random.default_rng(0)
    dates = dates_every(N_DATES, 10)
    days = np.array(dates, dtype="datetime64[D]").astype(float)
    columns = rng.random((N_DATES, 1, min(n_pixels, BLOCK_PX * 8)), dtype=np.float32)
    columns[1:-1][rng.random(columns[1:-1].shape) < 0.3] = np.nan
    blocks = [np.ascontiguousarray(columns[..., k : k + BLOCK_PX]) for k in range(0, columns.shape[2], BLOCK_PX)]
    preprocess(blocks[0][..., :100].copy(), days, SETTINGS, 0)
    started = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda block: preprocess(block, days, SETTINGS, 0), blocks))
    ours = (time.perf_counter() - started) / columns.shape[2]
    grid = target_days(days, SETTINGS)
    started = time.perf_counter()
    expected = by_loop(columns[:, 0, :N_LOOP], days, grid)
    loop = (time.perf_counter() - started) / N_LOOP
    assert np.allclose(found[0][:, 0, :N_LOOP], expected, atol=1e-4)
    print(f"loop {loop * 1e6:.0f} us, ours {ours * 1e6:.2f} us per series of {N_DATES} dates, results equal")
    print(f"loop / ours = {loop / ours:.0f} (at least 50)")
    with tempfile.TemporaryDirectory() as folder:
        size_px = int(np.sqrt(n_pixels))
        source = write_clouded_stack(Path(folder) / "in.tif", size_px, dates, ("B02", "B03", "B04", "B08"))
        plain = read_and_write_seconds(source, Path(folder) / "copy.tif", 4 * len(grid))
        started = time.perf_counter()
        request = PreprocessRequest(str(source), str(Path(folder) / "out.tif"), SETTINGS)
        preprocess_stack(request, RunOptions(2, 1500), SilentProgress())
        whole = time.perf_counter() - started
        parameters = {"stack": str(source), "output": str(Path(folder) / "job.tif"), "method": SETTINGS.method}
        print_peak(folder, "preprocesstimeseries", parameters)
    print(f"{size_px} x {size_px} px, 4 bands: plain I/O {plain:.1f} s, file to file {whole:.1f} s")
    print(f"I/O / file to file = {plain / whole:.2f} (at least 0.5)")
    return 0 if loop / ours >= 50 and plain / whole >= 0.5 else 1


if __name__ == "__main__":
    sys.exit(main())
