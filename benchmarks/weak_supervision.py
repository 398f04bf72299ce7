"""Cropland maps from products alone: the weakly supervised network against the majority vote of the products.

    nice -n 19 .venv-engine/bin/python benchmarks/weak_supervision.py [--kinds own,scarce] [seed ...]

A synthetic region, and three land-cover products of it that are wrong on 15 % of the ground each, in patches as real
products are. ``own`` errors lie elsewhere in every product; of ``shared`` errors half is common to all products, the
case in which unanimity proves nothing; in ``poor`` regions errors are ``own``, and there are three images under many
clouds instead of twelve; in ``majority`` two products of three make a label, so that every pixel has one and more of
them are wrong; ``noisy`` is ``poor`` with the labels of ``majority`` and noise on every pixel; in ``scarce``
labels are taken from one twentieth of the region, in patches, and images from all of it. The network sees images and
products only; the truth scores. Each ratio is F1 of the network over F1 of the vote in the same run, on every
pixel of the region that has a series.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from scipy.ndimage import gaussian_filter

from cropsample_plugin.engine.labels.product_consensus import ProductSettings, find_consensus
from cropsample_plugin.engine.labels.product_legends import read_legend
from cropsample_plugin.engine.labels.product_reader import ProductReader
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.hyperparameter_values import read_settings
from cropsample_plugin.engine.models.metrics import class_scores, error_matrix
from cropsample_plugin.engine.models.missing_values import USABLE, MissingRule, apply_missing_rule
from cropsample_plugin.engine.models.registry import model_spec
from cropsample_plugin.engine.models.weak_supervision.label_raster import read_label_classes
from cropsample_plugin.engine.models.weak_supervision.options import WeakOptions, WeakSources, weak_hyperparameters
from cropsample_plugin.engine.models.weak_supervision.settings import PatchSettings, RegulariserSettings
from cropsample_plugin.engine.models.weak_supervision.training import (
    WeakOutcome,
    train_weakly,
)
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.simulate.imagery import NODATA, SCALE
from cropsample_plugin.engine.simulate.phenology import BANDS, CROPS, SURFACES
from cropsample_plugin.engine.simulate.region import (
    CRS_CODE,
    ORIGIN_X_M,
    ORIGIN_Y_M,
    PIXEL_SIZE_M,
    RegionOptions,
    simulate_region,
)
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, read_stored, to_series

SIZE_PX = 192
N_PRODUCTS = 3
ERROR_SHARE = 0.15
ERROR_PX = 3.0


@dataclass(frozen=True)
class Kind:
    """A kind of region.

    Attributes:
        shared: share of the variance of the products' errors that is common to all of them.
        every_date: one in so many images is used.
        cloud_share: mean share of an image under clouds.
        min_agreement: products that must agree on a label; 0 for all.
        noise: standard deviation of what is added to every pixel's reflectance.
        labeled_share: share of the region, in patches, where unanimous products are taken for labels.
        max_epochs: of the training; fewer labels need more.
    """

    shared: float
    every_date: int = 1
    cloud_share: float = 0.1
    min_agreement: int = 0
    noise: float = 0.0
    labeled_share: float = 1.0
    max_epochs: int = 20


KINDS = {
    "own": Kind(0.0),
    "shared": Kind(0.5),
    "poor": Kind(0.0, every_date=4, cloud_share=0.4),
    "majority": Kind(0.0, min_agreement=2),
    "noisy": Kind(0.0, every_date=4, cloud_share=0.4, min_agreement=2, noise=0.06),
    "scarce": Kind(0.0, labeled_share=0.05, max_epochs=60),
}
STRENGTHS = (0.1, 0.0)
MODEL = "temp_cnn"
# A quarter of the default width and half of the patches, so that all runs take minutes on one processor core.
HYPERPARAMETERS = {"n_filters": 16, "dense_size": 32, "learning_rate": 0.003}
N_PATCHES = 80


def product_errors(shape: tuple[int, int], shared: float, rng: np.random.Generator) -> np.ndarray:
    """Return ``(n_products, height, width)`` errors on exactly 15 % of the ground each, in patches.

    Each is the highest 15 % of a smooth field; `shared` is the share of the field's variance common to all.
    """
    common = _field(shape, rng)
    errors = []
    for _ in range(N_PRODUCTS):
        field = np.sqrt(shared) * common + np.sqrt(1.0 - shared) * _field(shape, rng)
        errors.append(field > np.quantile(field, 1.0 - ERROR_SHARE))
    return np.stack(errors)


def _field(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    smooth = gaussian_filter(rng.standard_normal(shape), ERROR_PX)
    return smooth / smooth.std()


def write_region(folder: Path, seed: int, kind: Kind) -> tuple[np.ndarray, np.ndarray]:
    """Write stack, products, consensus and agreement; return ``(height, width)`` truth and votes for crop."""
    options = RegionOptions(
        size_px=SIZE_PX, seed=seed, n_local_samples=20, n_check_samples=20, cloud_share=kind.cloud_share
    )
    region = simulate_region(options)
    names = np.array([surface.name for surface in SURFACES])
    truth = np.isin(names[region.scenery.landscape.surface], CROPS).astype(np.uint8)
    dated = list(region.images())[kind.every_date // 2 :: kind.every_date]
    grid = {
        "driver": "GTiff",
        "width": SIZE_PX,
        "height": SIZE_PX,
        "crs": CRS_CODE,
        "transform": rasterio.transform.from_origin(ORIGIN_X_M, ORIGIN_Y_M, PIXEL_SIZE_M, PIXEL_SIZE_M),
    }
    noise_rng = np.random.default_rng([seed, 99])
    with rasterio.open(
        folder / "stack.tif", "w", count=len(dated) * len(BANDS), dtype="uint16", nodata=NODATA, **grid
    ) as stack:
        for number, (date, image) in enumerate(dated):
            for band, name in enumerate(BANDS):
                position = number * len(BANDS) + band + 1
                stack.write(_with_noise(image[band], kind.noise, noise_rng), position)
                stack.set_band_description(position, f"{date} {name}")
        stack.scales = [SCALE] * stack.count
    errors = product_errors(truth.shape, kind.shared, np.random.default_rng([seed, 7]))
    paths = []
    for number, is_wrong in enumerate(errors):
        paths.append(str(folder / f"product_{number}.tif"))
        with rasterio.open(paths[-1], "w", count=1, dtype="uint8", **grid) as product:
            product.write(np.where(is_wrong, 1 - truth, truth).astype(np.uint8), 1)
    with ProductReader(tuple(paths), (read_legend("1"),) * N_PRODUCTS) as reader:
        find_consensus(
            reader,
            ProductSettings(min_agreement=kind.min_agreement, n_per_class=0),
            str(folder / "consensus.tif"),
            str(folder / "agreement.tif"),
            SilentProgress(),
        )
    if kind.labeled_share < 1.0:
        leave_labels(folder / "consensus.tif", kind.labeled_share, np.random.default_rng([seed, 55]))
    return truth, np.where(errors, 1 - truth, truth).sum(axis=0)


def leave_labels(path: Path, share: float, rng: np.random.Generator) -> None:
    """Take the labels of a consensus away from all but a share of the region, in patches."""
    with rasterio.open(path, "r+") as consensus:
        field = _field((consensus.height, consensus.width), rng)
        labels = consensus.read(1)
        labels[field <= np.quantile(field, 1.0 - share)] = consensus.nodata
        consensus.write(labels, 1)


def _with_noise(stored: np.ndarray, noise: float, rng: np.random.Generator) -> np.ndarray:
    """Add noise to stored reflectance where there is any."""
    changed = np.clip(stored + rng.normal(0.0, noise, stored.shape) / SCALE, 1, 60_000).astype(stored.dtype)
    return np.where((stored == NODATA) | (noise == 0.0), stored, changed)


def map_of(folder: Path, package) -> np.ndarray:
    """Return the class of every pixel, ``(height, width)``; -1 where its series has too many gaps."""
    stack = DatedStack.open(folder / "stack.tif")
    with rasterio.open(stack.path) as dataset:
        stored = read_stored(dataset)
    values, _, static = to_series(stack, stored.reshape(len(stored), -1))
    days = (stack.dates - stack.dates[0]).astype(np.float64)
    filled, reasons = apply_missing_rule(values, static, days, MissingRule())
    is_usable = reasons == USABLE
    mapped = np.full(len(filled), -1)
    mapped[is_usable] = package.predictor().predict_probabilities(filled[is_usable], static[is_usable]).argmax(axis=1)
    return mapped.reshape(stack.height, -1)


def crop_f1(mapped: np.ndarray, truth: np.ndarray, is_counted: np.ndarray) -> float:
    """Return F1 of crop on the pixels that count."""
    return float(class_scores(error_matrix(mapped[is_counted], truth[is_counted].astype(np.int64), 2)).f1[1])


def learn(
    folder: Path, seed: int, strength: float, agreement: str = "agreement.tif", max_epochs: int = Kind.max_epochs
) -> WeakOutcome:
    """Train on the stack and the consensus of a folder."""
    chosen = weak_hyperparameters(MODEL, {**HYPERPARAMETERS, "max_epochs": max_epochs})
    settings = read_settings(model_spec(MODEL).settings_type, chosen)
    options = WeakOptions(
        MODEL, settings, RegulariserSettings(strength=strength), PatchSettings(n_patches=N_PATCHES), MissingRule()
    )
    sources = WeakSources(
        str(folder / "stack.tif"),
        str(folder / "consensus.tif"),
        str(folder / agreement) if agreement else "",
        read_label_classes("0: non-crop; 1: crop"),
    )
    return train_weakly(sources, options, FitContext(SilentProgress(), seed))


def measure(seed: int, kind: Kind) -> dict[str, float]:
    """Return F1 of the vote, and of the network with and without the regulariser."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth, votes = write_region(folder, seed, kind)
        unanimous = (votes == 0) | (votes == N_PRODUCTS)
        found = {
            "unanimous": float(unanimous.mean()),
            "wrong among them": float(((votes == N_PRODUCTS) != truth)[unanimous].mean()),
        }
        for strength in STRENGTHS:
            mapped = map_of(folder, learn(folder, seed, strength, max_epochs=kind.max_epochs).package)
            found["vote"] = crop_f1((votes >= N_PRODUCTS / 2).astype(np.int64), truth, mapped >= 0)
            found[f"lambda {strength:g}"] = crop_f1(mapped, truth, mapped >= 0)
    return found


def main() -> None:
    """Print a line a seed and kind of error, and the means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="*", type=int, default=[1, 2, 3])
    parser.add_argument("--kinds", default=",".join(KINDS))
    options = parser.parse_args()
    for name in options.kinds.split(","):
        rows = []
        for seed in options.seeds:
            rows.append(measure(seed, KINDS[name]))
            print(name, seed, {key: round(value, 4) for key, value in rows[-1].items()}, flush=True)
        mean = {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}
        gains = np.array([row["lambda 0.1"] - row["lambda 0"] for row in rows])
        print(
            f"{name}: ratio {mean['lambda 0.1'] / mean['vote']:.3f} (crop F1 {mean['lambda 0.1']:.4f} against "
            f"{mean['vote']:.4f} of the vote and {mean['lambda 0']:.4f} of lambda 0); lambda 0.1 against 0: "
            f"{gains.mean():+.4f} +- {gains.std(ddof=min(1, len(gains) - 1)):.4f}, better with {(gains > 0).sum()} of "
            f"{len(gains)} seeds",
            flush=True,
        )


if __name__ == "__main__":
    main()
