"""Extraction of many points from a dated stack against QGIS's own *Sample raster values*, in one run.

Both read the same stack, as ``buildtimeseries`` writes it (12 dates x 12 bands, one deflate-tiled uint16 file per
date), at the same points, and write a GeoPackage with one field per date and band. Starting the programs is not
counted. The stack fits into QGIS's block cache, which is the best case for QGIS: on rasters that do not, it decodes
whole blocks again for every point.

    python benchmarks/extraction.py [--size 2000] [--points 100000]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyogrio.raw
import rasterio
import shapely
from rasterio.transform import from_origin

ROOT = Path(__file__).resolve().parents[1]
N_DATES, N_BANDS, THREADS, REQUIRED_RATIO = 12, 12, 2, 5.0
QGIS_PROGRAM = """
import sys, time
from qgis.core import (QgsApplication, QgsProcessingContext, QgsProcessingFeedback)
from qgis.analysis import QgsNativeAlgorithms
application = QgsApplication([], False)
application.initQgis()
application.processingRegistry().addProvider(QgsNativeAlgorithms())
algorithm = application.processingRegistry().algorithmById("native:rastersampling").create()
parameters = {"INPUT": sys.argv[1], "RASTERCOPY": sys.argv[2], "COLUMN_PREFIX": "S", "OUTPUT": sys.argv[3]}
start = time.perf_counter()
_, ok = algorithm.run(parameters, QgsProcessingContext(), QgsProcessingFeedback())
print("seconds", time.perf_counter() - start if ok else "failed")
"""


def write_images(folder, size):
    rng = np.random.default_rng(0)
    profile = {"driver": "GTiff", "width": size, "height": size, "count": N_BANDS, "dtype": "uint16", "nodata": 65535}
    profile |= {"crs": "EPSG:32631", "transform": from_origin(500000.0, 4000000.0, 10.0, 10.0), "interleave": "band"}
    profile |= {"tiled": True, "blockxsize": 256, "blockysize": 256, "compress": "deflate", "predictor": 2}
    fields = np.kron(rng.integers(300, 4000, (size // 40 + 1, size // 40 + 1)), np.ones((40, 40)))[:size, :size]
    for month in range(1, N_DATES + 1):
        with rasterio.open(folder / f"S2_2019-{month:02d}-01.tif", "w", **profile) as dataset:
            for band in range(1, N_BANDS + 1):
                season = 0.5 + np.sin(month / N_DATES * np.pi) * band / N_BANDS
                noise = rng.normal(0, 30, (size, size))
                dataset.write(np.clip(fields * season + noise, 0, 10000).astype(np.uint16), band)
                dataset.set_band_description(band, f"B{band:02d}")


def write_points(path, size, count):
    rng = np.random.default_rng(1)
    places = rng.choice(size * size, count, replace=False)
    x = 500000 + 10 * (places % size + rng.uniform(0.1, 0.9, count))
    y = 4000000 - 10 * (places // size + rng.uniform(0.1, 0.9, count))
    crop = rng.integers(0, 5, count)
    options = {"layer": "points", "driver": "GPKG", "geometry_type": "Point", "crs": "EPSG:32631"}
    pyogrio.raw.write(path, shapely.to_wkb(shapely.points(x, y)), [np.arange(count), crop], ["nr", "crop"], **options)


def run_job(name, parameters):
    """Run a job in a process of its own and return its seconds without starting Python."""
    job = json.dumps({"name": name, "parameters": parameters, "protocol_version": 1, "threads": THREADS})
    return _seconds([sys.executable, __file__, "--job", job], {})


def run_job_here(text):
    sys.path.insert(0, str(ROOT))
    from cropsample_plugin.jobs.protocol import Job
    from cropsample_plugin.jobs.registry import job_module
    from cropsample_plugin.jobs.runner import ConsoleChannel
    from cropsample_plugin.jobs.runner import run_job as run

    job = Job.from_json(text)
    job_module(job.name)
    start = time.perf_counter()
    status = run(job, ConsoleChannel())
    print("seconds", time.perf_counter() - start if status == 0 else "failed")


def run_qgis(python, points, stack, output):
    return _seconds(
        [python, "-c", QGIS_PROGRAM, str(points), str(stack), str(output)], {"QT_QPA_PLATFORM": "offscreen"}
    )


def _seconds(command, environment):
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment)
    lines = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("seconds ")]
    if not lines or lines[0] == "failed":
        sys.exit(f"{command[0]} failed: {done.stderr[-2000:]}")
    return float(lines[0])


def largest_difference(ours, theirs):
    """Both keep the order of the points; ours names fields by band and date, QGIS numbers them as the stack does."""
    own_meta, _, _, own = pyogrio.raw.read(ours)
    other_meta, _, _, other = pyogrio.raw.read(theirs)
    own_fields, other_fields = dict(zip(own_meta["fields"], own)), dict(zip(other_meta["fields"], other))
    names = [name for name in own_fields if "_2019" in name]
    assert (own_fields["nr"] == other_fields["nr"]).all()
    return max(
        float(np.nanmax(np.abs(own_fields[name] - other_fields[f"S{place}"]))) for place, name in enumerate(names, 1)
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--qgis-python", default="/usr/bin/python3")
    parser.add_argument("--job", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        run_job_here(options.job)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "images").mkdir()
        write_images(folder / "images", options.size)
        write_points(folder / "points.gpkg", options.size, options.points)
        stack, ours, theirs = folder / "stack.vrt", folder / "ours.gpkg", folder / "qgis.gpkg"
        run_job("buildtimeseries", {"folder": str(folder / "images"), "output": str(stack), "scale": 0.0001})
        samples = {"samples": str(folder / "points.gpkg"), "stack": str(stack), "output": str(ours)}
        our_s = run_job("extracttimeseries", samples)
        qgis_s = run_qgis(options.qgis_python, folder / "points.gpkg", stack, theirs)
        difference = largest_difference(ours, theirs)
    print(f"{options.points} points x {N_DATES * N_BANDS} bands of a {options.size} x {options.size} stack")
    print(f"extracttimeseries, {THREADS} threads: {our_s:.2f} s; QGIS Sample raster values: {qgis_s:.2f} s")
    print(f"largest difference of values {difference:.1e}")
    print(f"ratio {qgis_s / our_s:.2f} (required {REQUIRED_RATIO:g})")


if __name__ == "__main__":
    main()
