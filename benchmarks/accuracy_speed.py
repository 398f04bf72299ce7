"""Speed of the assessment: counting a map of 10,000 x 10,000 pixels, and 10,000 bootstrap repeats of 1,500 samples.

    python benchmarks/accuracy_speed.py [DATA_FOLDER] [--size 10000]

The map is the Kansas crop layer, laid out again and again with a shift and a little salt so that it compresses as class
maps do, or a random mosaic where the data are not at hand. Limits: counting (with true areas in geographic coordinates)
takes at most 1.5 times as long as reading the file; the bootstrap takes less than 10 seconds, with two labels each.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

from cropsample_plugin.engine.accuracy.bootstrap import LabelSheet, replicate
from cropsample_plugin.engine.accuracy.class_counts import ClassMap
from cropsample_plugin.engine.accuracy.designs import DesignInput, Strata, make_design
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.sampling.map_frame import FrameRules

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 5


def write_map(path, folder, size):
    """Write a class map in geographic coordinates."""
    source = folder / "kansas_cdl_2021_west" / "2021_30m_cdls.tif"
    rng = np.random.default_rng(0)
    if source.is_file():
        with rasterio.open(source) as dataset:
            tile = dataset.read(1)
    else:
        tile = np.repeat(np.repeat(rng.integers(1, 30, (100, 50)), 10, 0), 10, 1).astype(np.uint8)
    rows = np.arange(size)
    profile = {"driver": "GTiff", "width": size, "height": size, "count": 1, "dtype": "uint8", "crs": "EPSG:4326"}
    profile |= {"transform": from_origin(-98, 38, 0.0001, 0.0001), "tiled": True, "compress": "deflate"}
    with rasterio.open(path, "w", blockxsize=512, blockysize=512, **profile) as dataset:
        for row in range(0, size, 512):
            part = rows[row : row + 512]
            block = tile[(part[:, None] * 7 // 8 + rows[None, :] // 500 * 131) % tile.shape[0], rows % tile.shape[1]]
            salt = rng.random(block.shape) < 0.02
            block = np.where(salt, rng.integers(1, 200, block.shape), block).astype(np.uint8)
            dataset.write(block, 1, window=((row, row + len(part)), (0, size)))


def read(path):
    """Read the whole map in the same strips as counting does."""
    with rasterio.open(path) as dataset:
        step = max(512, 8 * 1024 * 1024 // dataset.width // 512 * 512)
        for row in range(0, dataset.height, step):
            dataset.read(1, window=((row, min(row + step, dataset.height)), (0, dataset.width)))


def count(path):
    """Count pixels and true areas."""
    with ClassMap(str(path), FrameRules()) as class_map:
        return class_map.count(SilentProgress())


def seconds(function, *arguments):
    """Return the shortest of several runs."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        function(*arguments)
        times.append(time.perf_counter() - started)
    return min(times)


def bootstrap_seconds():
    """Return the seconds of 10,000 repeats of a stratified sample of 1,500 with two labelers and eight classes."""
    rng = np.random.default_rng(1)
    mapped = rng.integers(8, size=1500)
    labels = np.stack([np.where(rng.random(1500) < 0.8, mapped, rng.integers(8, size=1500)) for _ in range(2)], axis=1)
    strata = Strata(mapped, tuple("abcdefgh"), rng.uniform(1e3, 1e5, 8), np.full(8, 1e7))
    design = make_design(DesignInput("stratified", float(strata.areas.sum()), np.ones(1500), strata=strata))
    started = time.perf_counter()
    replicate(design, LabelSheet(mapped, labels, 8), 10_000, 1)
    return time.perf_counter() - started


def main():
    """Print both figures; exit status 1 when one falls short."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--size", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.tif"
        write_map(path, options.data, options.size)
        tally = count(path)
        assert sum(tally.pixels.values()) == options.size**2
        reading, counting = seconds(read, path), seconds(count, path)
    ratio = counting / reading
    print(
        f"counting {options.size} x {options.size}: {counting:.2f} s, reading {reading:.2f} s: {ratio:.2f} (limit 1.5)"
    )
    spent = bootstrap_seconds()
    print(f"10,000 bootstrap repeats of 1,500 samples with two labels each: {spent:.1f} s (limit 10)")
    return int(ratio > 1.5 or spent > 10)


if __name__ == "__main__":
    sys.exit(main())
