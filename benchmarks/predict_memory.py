"""Peak memory of the engine process that predicts 10,980 x 10,980 pixels of 144 bands; the limit is 1.5 GB.

The stack is a VRT that repeats small files; the plan covers all of it, an area keeps the predicted rows few. Prints
``peak / limit`` for an LSTM and a random forest.

    python benchmarks/predict_memory.py [rows to predict, 10980 for all]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import predict_forest
import predict_lstm
import pyogrio
import shapely
from engine_job import run_job
from large_stack import write_stack

from cropsample_plugin.jobs.protocol import Job

SOURCE_PX = 1830
REPEATS = 6
SIZE_PX = SOURCE_PX * REPEATS
LIMIT_BYTES = 1.5e9
MEMORY_MB = 1430
THREADS = 2


def write_area(path, n_rows):
    """Write a polygon over some rows in the middle of the raster."""
    top = 5600000 - 10 * (SIZE_PX - n_rows) // 2
    shape = shapely.box(600000, top - 10 * n_rows, 600000 + 10 * SIZE_PX, top)
    geometry = shapely.to_wkb(np.array([shape]))
    pyogrio.raw.write(path, geometry, [np.arange(1)], ["n"], crs="EPSG:32631", geometry_type="Polygon", driver="GPKG")


def peak_bytes(folder, package, stack, area):
    """Run the job in an engine process of its own and return its peak resident memory."""
    outputs = {name: str(folder / f"{name}.tif") for name in ("classes", "probabilities", "uncertainty")}
    parameters = {"model_package": str(package), "stack": str(stack), "area": str(area), **outputs}
    found, peak = run_job(folder, Job("predictmap", parameters, threads=THREADS, memory_mb=MEMORY_MB))
    print(f"  {found['method']}: {found['n_predicted']:,} pixels at {found['pixels_per_second']:,.0f} px/s")
    return peak


def main():
    n_rows = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    worst = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stack = write_stack(folder, SOURCE_PX, REPEATS)
        area = folder / "area.gpkg"
        write_area(area, n_rows)
        predict_lstm.make_package(folder / "lstm.zip")
        samples = predict_forest.draw_samples(folder / "stack.vrt", SIZE_PX)
        predict_forest.make_package(folder / "forest.zip", samples[2], samples[3])
        for model in ("lstm", "forest"):
            peak = peak_bytes(folder, folder / f"{model}.zip", stack, area)
            worst = max(worst, peak)
            print(f"peak memory of {model} {peak / 1e6:,.0f} MB; peak / limit = {peak / LIMIT_BYTES:.2f} (at most 1)")
    return 0 if worst <= LIMIT_BYTES else 1


if __name__ == "__main__":
    sys.exit(main())
