"""A map on two Dask workers of one thread each, against one process with two threads, from file to file.

Prints ``cluster / one process`` in pixels per second of the prediction (limit 0.9) with a random forest, 100 trees and
144 features; both predict the same blocks, and the maps must be the same bytes. The start of the workers is told
apart: it is paid once, however large the map.

    python benchmarks/cluster_throughput.py [size_px]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from large_stack import write_stack
from predict_forest import draw_samples, make_package

from cropsample_plugin.engine.mapping.prediction import predict_map
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest
from cropsample_plugin.engine.progress import SilentProgress

LIMIT = 0.9
MEMORY_MB = 500


def predict(folder, stack, package, name, scheduler):
    """Return pixels per second of the prediction, and the map."""
    target = Path(folder) / f"{name}.tif"
    request = MapRequest(str(package), str(stack), classes=str(target), scheduler=scheduler)
    started = time.perf_counter()
    summary = predict_map(request, Machine(2, MEMORY_MB), SilentProgress())
    print(f"  {name}: {summary.pixels_per_second:,.0f} px/s, {time.perf_counter() - started:.1f} s in all")
    return summary.pixels_per_second, target.read_bytes()


def main():
    size_px = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    with tempfile.TemporaryDirectory() as folder:
        stack, package = write_stack(folder, size_px), Path(folder) / "model.zip"
        samples = draw_samples(stack, size_px)
        make_package(package, samples[2], samples[3])
        with tempfile.TemporaryDirectory() as small:
            predict(small, write_stack(small, 256), package, "warm up", "")
        alone, expected = predict(folder, stack, package, "one process, two threads", "")
        shared, found = predict(folder, stack, package, "two workers, one thread each", "local:2")
    is_same = found == expected
    print(
        f"cluster / one process = {shared / alone:.2f} (at least {LIMIT}), maps {'equal' if is_same else 'DIFFERENT'}"
    )
    return 0 if is_same and shared >= LIMIT * alone else 1


if __name__ == "__main__":
    sys.exit(main())
