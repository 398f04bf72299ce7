"""Speed of the sampling engine, with two threads, each against a peer or limit in the same run.

    python benchmarks/sampling_speed.py [sets] [exchange] [pivotal] [segmentation] [--reference cri_reference.py]
                                        [--folder FOLDER] [--otb otbcli_LargeScaleMeanShift] [--largest 5000]

sets          1,000 candidate sets of 200 from 20,000 objects with 40 features: limit 10 s, 20 times the reference
exchange      trial swaps a second at that size: limit 2,000
pivotal       local pivotal method on 25,000 to 200,000 units in 10 dimensions: limit 60 s
segmentation  1,000 to 5,000 pixels a side x 24 features, file to file; large-scale mean shift to 1,000 (100 compiles)
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "2")
os.environ.setdefault("NUMBA_NUM_THREADS", "2")

import numpy as np
import rasterio
from rasterio.transform import from_origin

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.sampling.exchange import Constraints, ExchangeOptions, improve_by_exchange
from cropsample_plugin.engine.sampling.local_pivotal import local_pivotal_sample
from cropsample_plugin.engine.sampling.object_strata import StratificationOptions, stratify_raster
from cropsample_plugin.engine.sampling.objects import Objects
from cropsample_plugin.engine.sampling.population import PopulationOptions, build_population
from cropsample_plugin.engine.sampling.representativeness import CRI_VARIANTS, score_sets
from cropsample_plugin.engine.sampling.segmentation import SegmentOptions

N_OBJECTS, N_FEATURES, N_SAMPLES, N_SETS = 20_000, 40, 200, 1_000


def phenology_objects():
    rng = np.random.default_rng(1)
    kinds = rng.choice(6, N_OBJECTS, p=[0.36, 0.26, 0.16, 0.12, 0.06, 0.04])
    time_axis = np.linspace(0, 1, N_FEATURES)
    peaks = np.array([0.25, 0.7, 0.62, 0.3, 0.5, 0.45])[kinds] + rng.normal(0, 0.04, N_OBJECTS)
    widths = np.array([0.1, 0.12, 0.15, 0.13, 0.2, 0.07])[kinds]
    curves = np.exp(-(((time_axis - peaks[:, None]) / widths[:, None]) ** 2)) * rng.uniform(0.75, 1.2, (N_OBJECTS, 1))
    features = curves + rng.normal(0, 0.1, curves.shape)
    return Objects(
        np.arange(N_OBJECTS), features, rng.lognormal(0, 0.6, N_OBJECTS), rng.uniform(0, 3e4, (N_OBJECTS, 2))
    )


def candidate_sets(given):
    objects = phenology_objects()
    population = build_population(objects, PopulationOptions(n_strata=12))
    rng = np.random.default_rng(2)
    sets = [rng.choice(N_OBJECTS, N_SAMPLES, replace=False) for _ in range(N_SETS)]
    score_sets(population, sets[:2], CRI_VARIANTS["current"])
    start = time.perf_counter()
    score_sets(population, sets, CRI_VARIANTS["current"])
    ours = time.perf_counter() - start
    print(f"sets: {N_SETS} sets in {ours:.2f} s ({population.scores.shape[1]} components), limit 10 s")
    if given.reference:
        spec = importlib.util.spec_from_file_location("reference", given.reference)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        reference = module.CRI(objects.features, objects.areas_ha, objects.xy_m, 12)
        start = time.perf_counter()
        for sample in sets[:10]:
            reference(sample)
        theirs = (time.perf_counter() - start) / 10
        each = ours / N_SETS
        print(f"sets: reference {theirs * 1e3:.1f} ms a set, ours {each * 1e3:.2f} ms: {theirs / each:.1f} times")


def exchange(_):
    population = build_population(phenology_objects(), PopulationOptions(n_strata=12))
    sample = np.random.default_rng(3).choice(N_OBJECTS, N_SAMPLES, replace=False)
    empty = np.empty(0, dtype=np.int64)
    for step in (10_000, 20):
        some = Constraints(np.arange(N_OBJECTS) % step == 0, empty, np.zeros(N_OBJECTS))
        start = time.perf_counter()
        result = improve_by_exchange(population, sample, CRI_VARIANTS["current"], some, ExchangeOptions(max_passes=1))
        seconds = time.perf_counter() - start
    rate = result.n_trials / seconds
    print(f"exchange: {result.n_trials} trial swaps in {seconds:.2f} s: {rate:,.0f} a second, limit 2,000")


def pivotal(_):
    rng = np.random.default_rng(4)
    local_pivotal_sample(rng.normal(size=(100, 10)), np.full(100, 0.1), 1)
    for n_units in (25_000, 50_000, 100_000, 200_000):
        coordinates = rng.normal(size=(n_units, 10))
        start = time.perf_counter()
        sample = local_pivotal_sample(coordinates, np.full(n_units, 1_000 / n_units), 1)
        print(
            f"pivotal: {n_units} units, {len(sample)} drawn, {time.perf_counter() - start:.1f} s, limit 60 s at 200,000"
        )


def write_fields(path, side, n_features=24):
    """Fields of 25 pixels or so with eight kinds of series and noise, 16 bit."""
    rng = np.random.default_rng(side)
    kinds = rng.integers(0, 8, (side // 25 + 3, side // 25 + 3))
    profiles = rng.random((8, n_features)) * 8_000 + 1_000
    profile = {
        "driver": "GTiff",
        "width": side,
        "height": side,
        "count": n_features,
        "dtype": "uint16",
        "nodata": 65535,
    }
    profile |= {"crs": "EPSG:32631", "transform": from_origin(5e5, 5.6e6, 10, 10), "interleave": "pixel", "tiled": True}
    columns = np.arange(side)
    with rasterio.open(path, "w", **profile, BIGTIFF="YES") as dataset:
        for band in range(n_features):
            dataset.set_band_description(band + 1, f"2021-{1 + band // 2:02d}-{1 + 14 * (band % 2):02d} NDVI")
        for top in range(0, side, 256):
            rows = np.arange(top, min(top + 256, side))[:, None]
            fields = kinds[(rows + columns // 7 % 5) // 25, (columns + rows // 9 % 5) // 25]
            noise = rng.normal(0, 500, (n_features, *fields.shape)).astype(np.float32)
            values = profiles.T[:, fields] + noise
            window = rasterio.windows.Window(0, top, side, len(rows))
            dataset.write(np.clip(values, 0, 65_000).astype(np.uint16), window=window)


class OwnMemory:
    """Peak of the memory that is the process's own, without pages of files that the system can take back."""

    def __enter__(self):
        self.peak_mib, self._stopped = 0, threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stopped.set()
        self._thread.join()

    def _watch(self):
        while not self._stopped.wait(0.02):
            lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
            own = next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
            self.peak_mib = max(self.peak_mib, own // 1024)


def segmentation(given):
    options = StratificationOptions(SegmentOptions(object_pixels=250))
    for side in [side for side in (100, 500, 1_000, 2_000, 3_000, 5_000) if side <= given.largest]:
        path = given.folder / f"fields_{side}.tif"
        write_fields(path, side)
        objects, strata = given.folder / f"objects_{side}.gpkg", given.folder / f"strata_{side}.tif"
        start = time.perf_counter()
        with OwnMemory() as memory:
            made = stratify_raster(str(path), "", objects, strata, options, SilentProgress())
        seconds = time.perf_counter() - start
        print(
            f"segmentation: {side} x {side} x 24: {made.n_objects} objects, {made.n_strata} strata, file to file "
            f"in {seconds:.1f} s, {side * side / seconds / 1e6:.2f} Mpixel/s, peak {memory.peak_mib} MiB",
            flush=True,
        )
        if given.otb and 100 < side <= given.otb_largest:
            mean_shift(given, path, side, seconds)
        for made_file in (path, objects, strata):
            made_file.unlink()


def mean_shift(given, path, side, ours):
    output = given.folder / "otb_segments.tif"
    command = [given.otb, "-in", str(path), "-spatialr", "5", "-ranger", "1500", "-minsize", "100"]
    command += ["-tilesizex", "500", "-tilesizey", "500", "-mode", "raster", "-mode.raster.out", str(output), "uint32"]
    start = time.perf_counter()
    subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS": "2"}
    )
    theirs = time.perf_counter() - start
    with rasterio.open(output) as dataset:
        n_objects = len(np.unique(dataset.read(1)))
    print(
        f"segmentation: large-scale mean shift on {side} x {side}: {n_objects} objects in {theirs:.1f} s: ours is "
        f"{theirs / ours:.1f} times faster, with strata, polygons and raster",
        flush=True,
    )


REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "cri_reference.py"
BENCHMARKS = {"sets": candidate_sets, "exchange": exchange, "pivotal": pivotal, "segmentation": segmentation}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=[])
    parser.add_argument("--reference", default=str(REFERENCE) if REFERENCE.is_file() else "")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--otb", default=shutil.which("otbcli_LargeScaleMeanShift") or "")
    parser.add_argument("--otb-largest", type=int, default=1_000)
    parser.add_argument("--largest", type=int, default=5_000)
    given = parser.parse_args()
    for name in given.names or BENCHMARKS:
        BENCHMARKS[name](given)


if __name__ == "__main__":
    main()
