"""Product consensus of three rasters: time and memory against reading and writing the same bytes.

The limits we claim for 10,000 x 10,000: at most 1.5 times the pure input and output time, under 1.5 GB. A small run
first loads the compiled loops and what else is imported once, 0.5 s. Median of seven runs, for single ones differ much.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin
from rasterio.windows import Window

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import product_consensus
from cropsample_plugin.jobs.registry import JobContext

STRIP = 512
RUNS = 7
ROWS = 1000


def profile(size: int):
    return {
        "driver": "GTiff", "width": size, "height": size, "count": 1, "dtype": "uint8", "crs": "EPSG:32630",
        "transform": from_origin(0, 0, 10, 10), "tiled": True, "blockxsize": 512, "blockysize": 512,
        "compress": "deflate", "zlevel": 1,
    }  # fmt: skip


def make_product(path: str, size: int) -> None:
    """Write fields of 20 x 20 pixels, the same in each product, of which it gets 2 % of the pixels wrong."""
    fields, errors = np.random.default_rng(0), np.random.default_rng(list(Path(path).stem.encode()))
    with rasterio.open(path, "w", **profile(size)) as raster:
        for row in range(0, size, ROWS):
            n_rows = min(ROWS, size - row)
            blocks = np.kron(fields.integers(0, 2, (ROWS // 20, size // 20 + 1)), np.ones((20, 20), np.uint8))
            is_crop = blocks[:n_rows, :size].astype(bool) ^ (errors.random((n_rows, size), dtype=np.float32) < 0.02)
            raster.write(np.where(is_crop, 40, 10).astype(np.uint8), 1, window=Window(0, row, size, n_rows))


def consensus(paths: list[str], folder: Path) -> float:
    """Return the seconds of a run."""
    names = {"consensus": str(folder / "out.tif"), "samples": str(folder / "s.gpkg")}
    job = product_consensus.Parameters(tuple(paths), ("esa_worldcover",) * 3, **names, purity_window=3)
    started = time.perf_counter()
    product_consensus.run(job, JobContext(SilentProgress(), 2, 1500, "cpu"))
    return time.perf_counter() - started


def input_output(paths: list[str], size: int, folder: Path) -> float:
    """Return the seconds of reading the products and writing the consensus of the run before, both in strips."""
    with rasterio.open(folder / "out.tif") as made:
        found = made.read(1)
    started = time.perf_counter()
    with ExitStack() as stack:
        sources = [stack.enter_context(rasterio.open(path)) for path in paths]
        target = stack.enter_context(rasterio.open(folder / "copy.tif", "w", **profile(size)))
        for row in range(0, size, STRIP):
            window = Window(0, row, size, min(STRIP, size - row))
            for source in sources:
                source.read(1, window=window)
            target.write(found[row : row + STRIP], 1, window=window)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=10_000)
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [str(folder / f"{number}.tif") for number in range(3)]
        for path in paths:
            make_product(path, size)
        small = str(folder / "small.tif")
        make_product(small, 1000)
        consensus([small] * 3, folder)
        ratios = []
        for _ in range(RUNS):
            seconds = consensus(paths, folder)
            io_seconds = input_output(paths, size, folder)
            ratios.append(seconds / io_seconds)
            print(f"input and output {io_seconds:.2f} s, consensus {seconds:.2f} s, ratio {ratios[-1]:.2f}")
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"median ratio {sorted(ratios)[RUNS // 2]:.2f} (limit 1.5), peak memory {peak_mb:.0f} MiB")


if __name__ == "__main__":
    main()
