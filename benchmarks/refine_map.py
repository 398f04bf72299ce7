"""Refinement of a 10,000 x 10,000 map against reading and writing the same rasters.

Prints ``refinemap / pure input and output`` (limit 3) and the peak memory of the engine process (limit 1.5 GB) for a
class map with a minimum mapping unit, and for classes and probabilities of three classes with smoothing by 5 x 5
neighbours and a minimum mapping unit; two threads.

    python benchmarks/refine_map.py [size_px]
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import rasterio
from rasterio.enums import Resampling
from scipy import ndimage

from cropsample_plugin.jobs.protocol import Job

ROOT = Path(__file__).resolve().parents[1]
THREADS = 2
LIMIT_RATIO = 3.0
LIMIT_BYTES = 1.5e9
N_CLASSES = 3
PATTERN_PX = 2000
UNIT_HA = 0.5
FACTORS = (2, 4, 8, 16, 32, 64)


def make_pattern(size_px):
    """Return steps of 0.0001 ``(n_classes, size, size)``: fields of some hectares, with the noise of a real map."""
    rng = np.random.default_rng(0)
    fields = np.stack([ndimage.gaussian_filter(rng.standard_normal((size_px, size_px)), 8) for _ in range(N_CLASSES)])
    logits = 2.0 * fields / fields.std() + 0.9 * rng.standard_normal(fields.shape)
    odds = np.exp(logits - logits.max(axis=0))
    steps = np.floor(10_000 * odds / odds.sum(axis=0)).astype(np.uint16)
    best = steps.argmax(axis=0)
    np.put_along_axis(steps, best[None], np.take_along_axis(steps, best[None], 0) + 10_000 - steps.sum(axis=0), axis=0)
    return steps


def profile(size_px, count, dtype, nodata):
    """Return what our maps are written as."""
    return {
        "driver": "GTiff", "width": size_px, "height": size_px, "count": count, "dtype": dtype, "nodata": nodata,
        "tiled": True, "blockxsize": 256, "blockysize": 256, "compress": "deflate", "interleave": "band",
        "crs": "EPSG:32631", "transform": rasterio.Affine(10, 0, 5e5, 0, -10, 4e6), "BIGTIFF": "IF_SAFER",
        "predictor": 2 if dtype == "uint16" else 1,
    }  # fmt: skip


def write_map(folder, size_px):
    """Write classes 1 to 3 and their probabilities: a pattern, mirrored and repeated."""
    steps = make_pattern(min(size_px, PATTERN_PX))
    classes, probabilities = folder / "classes.tif", folder / "probabilities.tif"
    across = -(-size_px // steps.shape[2])
    with (
        rasterio.open(classes, "w", **profile(size_px, 1, "uint8", 255)) as first,
        rasterio.open(probabilities, "w", **profile(size_px, N_CLASSES, "uint16", 65535)) as second,
    ):
        for row in range(0, size_px, 256):
            rows = np.arange(row, min(row + 256, size_px)) % steps.shape[1]
            strip = np.tile(steps[:, rows], (1, 1, across))[:, :, :size_px]
            window = rasterio.windows.Window(0, row, size_px, len(rows))
            first.write(strip.argmax(axis=0).astype(np.uint8) + np.uint8(1), 1, window=window)
            second.write(strip, window=window)
        second.scales = (0.0001,) * N_CLASSES
        second.descriptions = [str(value + 1) for value in range(N_CLASSES)]
    return classes, probabilities


def input_and_output_seconds(paths, folder):
    """Read each raster, write it again with overviews as any map has them, and read it to see that it is whole."""
    started = time.perf_counter()
    with rasterio.Env(GDAL_NUM_THREADS=THREADS, GDAL_TIFF_OVR_BLOCKSIZE=256):
        for path in paths:
            target = folder / f"copy_{path.name}"
            with rasterio.open(path) as source, rasterio.open(target, "w", **source.profile) as copy:
                for row in range(0, source.height, 256):
                    window = rasterio.windows.Window(0, row, source.width, min(256, source.height - row))
                    copy.write(source.read(window=window), window=window)
            with rasterio.open(target, "r+") as copy:
                copy.build_overviews(
                    FACTORS, Resampling.mode if path.name.startswith("classes") else Resampling.average
                )
    return time.perf_counter() - started


def refine(folder, **parameters):
    """Run the job in an engine process of its own; return its seconds and its peak resident memory."""
    job = folder / "job.json"
    job.write_text(Job("refinemap", {"min_mapping_unit": UNIT_HA, **parameters}, threads=THREADS).to_json())
    command = [sys.executable, "-m", "cropsample_plugin.jobs", "run", str(job)]
    started = time.perf_counter()
    with (folder / "result.json").open("w") as result, (folder / "log.txt").open("w") as log:
        engine = subprocess.Popen(command, cwd=ROOT, stdout=result, stderr=log)
        _, status, usage = os.wait4(engine.pid, 0)
    seconds = time.perf_counter() - started
    if status != 0:
        raise RuntimeError((folder / "log.txt").read_text()[-2000:])
    found = json.loads((folder / "result.json").read_text())
    print(f"  {found['share_changed']:.1%} of the pixels changed, {seconds:.0f} s")
    return seconds, usage.ru_maxrss * 1024


def main():
    size_px = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    is_fine = True
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as small_name:
        folder, small = Path(name), Path(small_name)
        classes, probabilities = write_map(folder, size_px)
        # Compiled code is kept between runs; the first one makes it.
        first, second = write_map(small, 300)
        refine(small, map_classes=str(first), map_probabilities=str(second), window=5,
               classes=str(small / "x.tif"), probabilities=str(small / "y.tif"))  # fmt: skip
        for kind, paths in (("smallest unit", [classes]), ("smoothing and smallest unit", [classes, probabilities])):
            plain = input_and_output_seconds(paths, folder)
            asked = {"map_classes": str(classes), "classes": str(folder / "refined.tif")}
            if len(paths) > 1:
                asked |= {"map_probabilities": str(probabilities), "window": 5}
                asked |= {"probabilities": str(folder / "refined_p.tif")}
            seconds, peak = refine(folder, **asked)
            print(f"{kind}: refinemap / pure input and output = {seconds / plain:.2f} (at most {LIMIT_RATIO}), "
                  f"{plain:.0f} s; peak memory {peak / 1e9:.2f} GB (below {LIMIT_BYTES / 1e9})")  # fmt: skip
            is_fine &= seconds <= LIMIT_RATIO * plain and peak < LIMIT_BYTES
    return 0 if is_fine else 1


if __name__ == "__main__":
    sys.exit(main())
