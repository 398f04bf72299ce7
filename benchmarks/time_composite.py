"""Least-cloudy compositing of 72 dates x 10 bands, file to file, against reading and writing alone.

Prints ``file to file / I/O`` (limit 1.5), two threads, and the peak memory of the process.

    python benchmarks/time_composite.py [size_px]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from engine_job import print_peak
from io_baseline import dates_every, read_and_write_seconds, write_clouded_stack

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.composite_stack import CompositeRequest, composite_stack
from cropsample_plugin.engine.timeseries.compositing.mask_source import MaskRequest
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions

BANDS = tuple(f"B{number:02d}" for number in range(2, 12))


def main():
    size_px = int(sys.argv[1]) if len(sys.argv) > 1 else 1024
    with tempfile.TemporaryDirectory() as folder:
        dates = dates_every(72, 5)
        source = write_clouded_stack(Path(folder) / "in.tif", size_px, dates, BANDS, mask_band="SCL")
        mask = MaskRequest(band="SCL")
        small = write_clouded_stack(Path(folder) / "small.tif", 64, dates, BANDS, mask_band="SCL")
        composite_stack(
            CompositeRequest(str(small), str(Path(folder) / "s.tif"), mask=mask), RunOptions(2), SilentProgress()
        )
        plain = read_and_write_seconds(source, Path(folder) / "copy.tif", 12 * len(BANDS))
        started = time.perf_counter()
        request = CompositeRequest(str(source), str(Path(folder) / "out.tif"), mask=mask)
        composite_stack(request, RunOptions(2, 1500), SilentProgress())
        whole = time.perf_counter() - started
        parameters = {"stack": str(source), "output": str(Path(folder) / "job.tif"), "mask_band": "SCL"}
        print_peak(folder, "compositetimeseries", parameters)
    print(f"{size_px} x {size_px} px, 72 dates x 10 bands: plain I/O {plain:.1f} s, file to file {whole:.1f} s")
    print(f"file to file / I/O = {whole / plain:.2f} (at most 1.5)")
    return 0 if whole <= 1.5 * plain else 1


if __name__ == "__main__":
    sys.exit(main())
