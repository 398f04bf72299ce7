"""Product consensus of three rasters: time and memory against reading and writing the same bytes.

The limits we claim for 10,000 x 10,000: at most 1.5 times the pure input and output time, under 1.5 GB.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.windows import Window

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import product_consensus
from cropsample_plugin.jobs.registry import JobContext

STRIP = 512


def profile(size: int):
    return {
        "driver": "GTiff", "width": size, "height": size, "count": 1, "dtype": "uint8", "crs": "EPSG:32630",
        "transform": from_origin(0, 0, 10, 10), "tiled": True, "blockxsize": 512, "blockysize": 512,
        "compress": "deflate", "zlevel": 1,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=10_000)
    size = parser.parse_args().size
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fields = np.kron(rng.integers(0, 2, (size // 20 + 1, size // 20 + 1)), np.ones((20, 20), np.uint8))[
            :size, :size
        ]
        paths = []
        for number in range(3):
            noisy = np.where(rng.random((size, size), dtype=np.float32) < 0.02, 1 - fields, fields)
            paths.append(str(folder / f"{number}.tif"))
            with rasterio.open(paths[-1], "w", **profile(size)) as raster:
                raster.write(np.where(noisy == 1, 40, 10).astype(np.uint8), 1)
        started = time.perf_counter()
        with rasterio.open(folder / "copy.tif", "w", **profile(size)) as target:
            sources = [rasterio.open(path) for path in paths]
            for row in range(0, size, STRIP):
                window = Window(0, row, size, min(STRIP, size - row))
                parts = [source.read(1, window=window) for source in sources]
                target.write(parts[0], 1, window=window)
        io_seconds = time.perf_counter() - started
        job = product_consensus.Parameters(
            tuple(paths),
            ("esa_worldcover",) * 3,
            str(folder / "out.tif"),
            samples=str(folder / "s.gpkg"),
            purity_window=3,
        )
        started = time.perf_counter()
        product_consensus.run(job, JobContext(SilentProgress(), 2, 1500, "cpu"))
        seconds = time.perf_counter() - started
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"input and output {io_seconds:.1f} s, consensus {seconds:.1f} s, ratio {seconds / io_seconds:.2f}")
        print(f"peak memory {peak_mb:.0f} MiB, the making of the rasters included")


if __name__ == "__main__":
    main()
