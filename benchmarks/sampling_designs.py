"""Probability designs on the Kansas crop map: 2,000 draws each, against what theory says.

    python benchmarks/sampling_designs.py [DATA_FOLDER] [--draws 2000] [--samples 400]

The reference is "cultivated" of another layer, the map the crop classes; strata are the five large crop classes and the
rest. Shown for each design: bias of the estimated share in standard errors of the mean, coverage of the 95 % interval,
variance against simple random, and the largest deviation of a pixel block's inclusion frequency in standard deviations.
The cluster and the balanced design work on every fifth pixel of every fifth row, as does one simple random one.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import rasterio

from cropsample_plugin.engine.sampling.design_estimates import estimate_share
from cropsample_plugin.engine.sampling.designs import DesignOptions, draw_sample
from cropsample_plugin.engine.sampling.map_frame import FrameRules, frame_of_map

ROOT = Path(__file__).resolve().parents[1]
LARGE_CLASSES = (1, 4, 5, 24, 176)
REST = 200
BLOCK = 50
THINNED = {"balanced", "cluster", "simple_random on the same pixels"}


def load(folder, every):
    with rasterio.open(folder / "kansas_cdl_2021_west" / "2021_30m_cdls.tif") as dataset:
        classes, transform = dataset.read(1), dataset.transform
    with rasterio.open(folder / "kansas_cdl_2021_west" / "2021_cultivated_layer.tif") as dataset:
        cultivated = dataset.read(1) == 2
    classes, cultivated = classes[::every, ::every], cultivated[::every, ::every]
    grouped = np.where(np.isin(classes, LARGE_CLASSES), classes, REST)
    transform = rasterio.Affine(transform.a * every, 0, transform.c, 0, transform.e * every, transform.f)
    return frame_of_map(grouped, transform, FrameRules(), 900.0 * every**2), cultivated.ravel().astype(float)


def simulate(name, frame, observed, n_draws, n_samples):
    design = name.split()[0]
    width = frame.codes.shape[1]
    block = BLOCK if name not in THINNED else BLOCK // 5
    across = -(-width // block)
    counts = np.zeros(across * -(-frame.codes.shape[0] // block))
    expected, squares = np.zeros_like(counts), np.zeros_like(counts)
    shares, errors = np.empty(n_draws), np.empty(n_draws)
    start = time.perf_counter()
    for draw in range(n_draws):
        options = DesignOptions(design, n_samples, seed=draw, minimum_per_stratum=20, cluster_pixels=block)
        sample = draw_sample(frame, options)
        estimate = estimate_share(frame, sample, observed[sample.units], design)
        shares[draw], errors[draw] = estimate.share, estimate.standard_error
        blocks = sample.units // width // block * across + sample.units % width // block
        weighted = np.bincount(blocks, weights=sample.design_weights, minlength=len(counts))
        counts += weighted
        squares += weighted**2
    truth = observed.mean()
    rows, columns = np.divmod(np.arange(frame.codes.size), width)
    expected = np.bincount(rows // block * across + columns // block, minlength=len(counts))
    deviation = np.sqrt(np.maximum(squares / n_draws - (counts / n_draws) ** 2, 1e-12) / n_draws)
    z_scores = (counts / n_draws - expected) / deviation
    bias = (shares.mean() - truth) / (shares.std() / np.sqrt(n_draws))
    covered = np.mean(np.abs(shares - truth) <= 1.96 * errors)
    print(
        f"| {name} | {truth:.4f} | {shares.mean():.4f} | {bias:+.2f} | {covered:.1%} | {shares.var() * 1e4:.3f} | "
        f"{np.abs(z_scores).max():.2f} of {len(counts)} | {(time.perf_counter() - start) / n_draws * 1e3:.0f} |",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--draws", type=int, default=2_000)
    parser.add_argument("--samples", type=int, default=400)
    parser.add_argument("--only", default="", help="one design")
    given = parser.parse_args()
    print("| design | true share | mean estimate | bias / SE | coverage | variance x 1e4 | largest block z | ms |")
    print("|---|---|---|---|---|---|---|---|")
    whole, thinned = load(given.data, 1), load(given.data, 5)
    for name in ("simple_random", "stratified", "systematic"):
        if given.only in ("", name):
            simulate(name, *whole, given.draws, given.samples)
    for name in ("simple_random on the same pixels", "cluster", "balanced"):
        if given.only in ("", name):
            simulate(name, *thinned, given.draws, given.samples)


if __name__ == "__main__":
    main()
