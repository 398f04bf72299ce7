"""Proposing 100 samples out of 1,000,000 candidates: seconds and memory, each against its limit.

    python benchmarks/proposals_speed.py [--threads 2] [--repeats 3]

memory     candidates in arrays: 8 classes, 30 features, 300 existing samples, 500 m apart; limit 10 s
map        a probability map of 1000 x 1000 pixels and a stack of 24 dates, file to file; limit 10 s
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "2")

import numpy as np
import rasterio
from rasterio.transform import from_origin

from cropsample_plugin.engine.active.candidates import Candidates, KnownSamples
from cropsample_plugin.engine.active.proposals import ProposalOptions, propose
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs.propose_samples import Parameters, run
from cropsample_plugin.jobs.registry import JobContext

N_CANDIDATES, N_CLASSES, N_FEATURES, N_KNOWN, N_PROPOSED = 1_000_000, 8, 30, 300, 100
LIMIT_S = 10.0
SIDE, N_DATES = 1000, 24


def candidates_in_memory():
    rng = np.random.default_rng(0)
    features = rng.normal(size=(N_CANDIDATES, N_FEATURES)).astype(np.float32)
    probabilities = rng.dirichlet(np.full(N_CLASSES, 0.3), N_CANDIDATES).astype(np.float32)
    candidates = Candidates(
        rng.uniform(0, 1e5, (N_CANDIDATES, 2)),
        probabilities,
        tuple(f"class {number}" for number in range(N_CLASSES)),
        lambda rows: features[rows],
    )
    known_m = rng.uniform(0, 1e5, (N_KNOWN, 2))
    known_features = rng.normal(size=(N_KNOWN, N_FEATURES)).astype(np.float32)
    known = KnownSamples(known_m, known_features, np.arange(N_CLASSES) * 5, np.full(N_KNOWN, -1))
    return candidates, known


def write_map(folder):
    rng = np.random.default_rng(1)
    profile = {"driver": "GTiff", "width": SIDE, "height": SIDE, "tiled": True, "blockxsize": 256, "blockysize": 256}
    profile |= {"dtype": "uint16", "nodata": 65535, "crs": "EPSG:32631", "compress": "deflate"}
    profile["transform"] = from_origin(600_000, 5_600_000, 10, 10)
    shares = rng.dirichlet(np.full(N_CLASSES, 0.3), SIDE * SIDE).T.reshape(N_CLASSES, SIDE, SIDE)
    with rasterio.open(folder / "probabilities.tif", "w", **profile, count=N_CLASSES) as target:
        target.write(np.rint(shares * 10_000).astype(np.uint16))
        target.scales = (0.0001,) * N_CLASSES
        target.descriptions = tuple(f"class {number}" for number in range(N_CLASSES))
    with rasterio.open(folder / "stack.tif", "w", **profile, count=N_DATES) as target:
        for number in range(N_DATES):
            target.write(rng.integers(0, 10_000, (SIDE, SIDE), dtype=np.uint16), number + 1)
        target.descriptions = tuple(f"2020-{1 + n // 2:02d}-{1 + 15 * (n % 2):02d} ndvi" for n in range(N_DATES))


def say(name, seconds):
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    best, worst = min(seconds), max(seconds)
    print(
        f"{name:8s} {best:6.2f} s (largest {worst:.2f} s), limit {LIMIT_S:.0f} s, ratio {best / LIMIT_S:.2f}; ", end=""
    )
    print(f"{peak_mb:,.0f} MiB at most, data included")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_map(folder)
        parameters = Parameters(
            output=str(folder / "proposed.gpkg"),
            probabilities=str(folder / "probabilities.tif"),
            stack=str(folder / "stack.tif"),
            n_samples=N_PROPOSED,
        )
        seconds = []
        for _ in range(arguments.repeats):
            start = time.perf_counter()
            run(parameters, JobContext(SilentProgress(), arguments.threads, 1500, "cpu"))
            seconds.append(time.perf_counter() - start)
        say("map", seconds)
    candidates, known = candidates_in_memory()
    seconds = []
    for _ in range(arguments.repeats):
        start = time.perf_counter()
        propose(candidates, known, ProposalOptions(N_PROPOSED, min_distance_m=500.0), SilentProgress())
        seconds.append(time.perf_counter() - start)
    say("memory", seconds)


if __name__ == "__main__":
    main()
