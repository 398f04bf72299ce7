"""Weak supervision on real images: Belgium, with one crop-land product as the only label.

    nice -n 19 .venv-engine/bin/python benchmarks/weak_belgium.py

There are no field labels here, so nothing below is an accuracy. Three questions that can be answered all the same: how
far does a network that has seen some patches of the product repeat it on the others; where it does not, is the product
itself less sure; and when 15 % of the product is turned over in patches before the network sees it, how much of the
damage does the network undo, with the regulariser and without (the ratio of the last line: errors of the map over
errors of its labels).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import rasterio
from weak_supervision import ERROR_SHARE, STRENGTHS, crop_f1, learn, map_of, product_errors

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "belgium_s1s2"
OPTICAL = ("B02", "B03", "B04", "B05", "B06", "B07", "B08", "B11", "B12")
RADAR = ("VV", "VH")
CLASSES = "0: non-crop; 1: crop"
SEEDS = (1, 2)


def write_stack(path: Path) -> dict:
    """Write twelve months of reflectance and backscatter in decibels as one dated stack; return its profile."""
    layers, names = [], []
    for optical in sorted((DATA / "monthly").glob("S2_L2A_*.tif")):
        date = optical.stem.rsplit("_", 1)[1]
        with rasterio.open(optical) as source:
            stored, profile = source.read().astype(np.float32), source.profile
        layers += list(np.where(stored == 65535, np.nan, stored / 10_000.0))
        with rasterio.open(optical.with_name(f"S1_SIGMA0_{date}.tif")) as source:
            stored = source.read().astype(np.float32)
        with np.errstate(divide="ignore"):
            layers += list(np.where(stored == 65535, np.nan, 20.0 * np.log10(stored) - 83.0))
        names += [f"{date} {band}" for band in (*OPTICAL, *RADAR)]
    profile = {name: profile[name] for name in ("driver", "width", "height", "crs", "transform")}
    with rasterio.open(path, "w", count=len(layers), dtype="float32", nodata=np.nan, **profile) as stack:
        stack.write(np.stack(layers).astype(np.float32))
        stack.descriptions = names
    return profile


def write_labels(path: Path, labels: np.ndarray, profile: dict) -> None:
    """Write labels as a raster of classes."""
    with rasterio.open(path, "w", count=1, dtype="uint8", **profile) as target:
        target.write(labels.astype(np.uint8), 1)


def main() -> None:
    """Print a line a question."""
    if not DATA.is_dir():
        sys.exit(f"There is no {DATA}.")
    with rasterio.open(DATA / "worldcereal_cropland_product.tif") as source:
        product, sureness = (source.read(1) == 0).astype(np.int64), source.read(2).astype(np.float64)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = write_stack(folder / "stack.tif")
        write_labels(folder / "consensus.tif", product, profile)
        print(f"the product: {product.mean():.1%} crop", flush=True)
        for strength in STRENGTHS:
            for seed in SEEDS:
                outcome = learn(folder, seed, strength, agreement="")
                scores = outcome.variants[0].held_out.labels
                other = map_of(folder, outcome.package) != product
                print(
                    f"lambda {strength:g}, seed {seed}: on patches held out crop F1 {scores.f1[1]:.3f}, agreement "
                    f"{scores.overall_accuracy:.1%}; map and product differ on {other.mean():.1%}, where the product "
                    f"gives itself {sureness[other].mean():.0f} of 100, elsewhere {sureness[~other].mean():.0f}",
                    flush=True,
                )
        everywhere = np.ones(product.shape, dtype=bool)
        for strength in STRENGTHS:
            left = []
            for seed in SEEDS:
                is_wrong = product_errors(product.shape, 0.0, np.random.default_rng([seed, 11]))[0]
                write_labels(folder / "consensus.tif", np.where(is_wrong, 1 - product, product), profile)
                mapped = map_of(folder, learn(folder, seed, strength, agreement="").package)
                left.append((mapped != product).mean())
                print(
                    f"{ERROR_SHARE:.0%} turned over, lambda {strength:g}, seed {seed}: crop F1 against the product "
                    f"{crop_f1(np.where(is_wrong, 1 - product, product), product, everywhere):.3f} of the labels, "
                    f"{crop_f1(mapped, product, everywhere):.3f} of the map",
                    flush=True,
                )
            print(f"{ERROR_SHARE:.0%} turned over, lambda {strength:g}: ratio {np.mean(left) / ERROR_SHARE:.3f}")


if __name__ == "__main__":
    main()
