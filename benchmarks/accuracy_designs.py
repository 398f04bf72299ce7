"""Estimates of accuracy and area on the Kansas crop map: 2,000 draws of every design, against the truth.

    python benchmarks/accuracy_designs.py [DATA_FOLDER] [--draws 2000] [--samples 600] [--designs stratified,cluster]

Truth is the Cropland Data Layer in six classes; the map is the truth blurred and disturbed by patches of wrong
decisions (about 77 % right). Shown for each design: the largest bias, in standard errors of the mean, over all classes,
and the smallest, mean and largest coverage of the 95 % intervals (Wilson, and ± 1.96 SE) for overall accuracy, user's
and producer's accuracy, F1 and area of the six classes. Clusters are 5 % of the squares of 15 pixels. The balanced
design works on every fifth pixel of every fifth row. ``unequal`` draws pixels with replacement with probabilities from
1 to 6.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import rasterio
from scipy import ndimage

from cropsample_plugin.engine.accuracy.designs import DESIGNS, WITH_STRATA, DesignInput, Strata, make_design
from cropsample_plugin.engine.accuracy.estimates import IntervalRule, Labels, assess
from cropsample_plugin.engine.sampling.designs import DesignOptions, draw_sample
from cropsample_plugin.engine.sampling.map_frame import FrameRules, frame_of_map

ROOT = Path(__file__).resolve().parents[1]
LARGE_CLASSES = (1, 4, 5, 24, 176)
REST = 200
THINNED = {"balanced"}
MEASURES = ("overall", "users", "producers", "f1", "area_shares")
PIXEL_HA = 0.09


def truth_and_map(folder):
    """Return the truth and a map of it, ``(height, width)`` positions in six classes, and the transform."""
    with rasterio.open(folder / "kansas_cdl_2021_west" / "2021_30m_cdls.tif") as dataset:
        classes, transform = dataset.read(1), dataset.transform
    grouped = np.where(np.isin(classes, LARGE_CLASSES), classes, REST)
    truth = np.searchsorted(np.unique(grouped), grouped)
    rng = np.random.default_rng(0)
    n_classes = len(LARGE_CLASSES) + 1
    votes = np.stack([ndimage.uniform_filter((truth == code).astype(np.float32), 7) for code in range(n_classes)])
    noise = np.stack([ndimage.gaussian_filter(rng.normal(size=truth.shape), 4) for _ in range(n_classes)])
    return truth, (votes + 0.22 * noise / noise.std()).argmax(axis=0), transform


class Simulation:
    """Draws and estimates of one design."""

    def __init__(self, kind, truth, mapped, transform, n_samples):
        step = 5 if kind in THINNED else 1
        self.kind, self.n_samples = kind, n_samples
        truth, mapped = truth[::step, ::step], mapped[::step, ::step]
        transform = rasterio.Affine(transform.a * step, 0, transform.c, 0, transform.e * step, transform.f)
        self.truth, self.mapped = truth.ravel(), mapped.ravel()
        self.frame = frame_of_map(mapped + 1, transform, FrameRules(), 900.0 * step**2)
        self.n_classes = int(truth.max()) + 1
        self.sizes = np.bincount(self.mapped, minlength=self.n_classes).astype(float)
        row = np.arange(self.truth.size) // truth.shape[1]
        self.chances = (1.0 + self.mapped % 3) * (1.0 + row / row.max())
        self.ladder = np.cumsum(self.chances) / self.chances.sum()

    def draw(self, seed):
        """Return drawn pixels, weights and clusters."""
        if self.kind == "unequal":
            units = np.searchsorted(self.ladder, np.random.default_rng(seed).random(self.n_samples))
            return units, self.chances.sum() / self.chances[units] / self.n_samples, None
        kind = "simple_random" if self.kind == "post_stratified" else self.kind
        options = DesignOptions(kind, self.n_samples, "equal", seed=seed, cluster_pixels=15)
        sample = draw_sample(self.frame, options)
        return sample.units, sample.design_weights, sample.clusters

    def estimate(self, seed):
        """Return the assessments of one draw with Wilson and with Wald intervals."""
        units, weights, clusters = self.draw(seed)
        strata = Strata(self.mapped[units], tuple(map(str, range(self.n_classes))), self.sizes * PIXEL_HA, self.sizes)
        design = make_design(
            DesignInput(
                self.kind,
                self.truth.size * PIXEL_HA,
                np.ones(len(units)),
                self.truth.size,
                strata if self.kind in WITH_STRATA else None,
                weights,
                clusters,
                self.frame.xy_of(units),
            )
        )
        names = tuple(map(str, range(self.n_classes)))
        labels = Labels(names, self.mapped[units], np.eye(self.n_classes)[self.truth[units]])
        return [assess(design, labels, IntervalRule(0.95, method, method)) for method in ("wilson", "wald")]

    def parameters(self):
        """Return the true values."""
        cells = np.bincount(self.mapped * self.n_classes + self.truth, minlength=self.n_classes**2)
        shares = cells.reshape(self.n_classes, -1) / self.truth.size
        right = np.diag(shares)
        on_map, there = shares.sum(axis=1), shares.sum(axis=0)
        f1 = 2 * right / (on_map + there)
        return {"overall": right.sum(keepdims=True), "users": right / on_map, "producers": right / there, "f1": f1} | {
            "area_shares": there
        }


def simulate(kind, data, n_draws, n_samples):
    """Draw, estimate, and return measure -> (largest bias in its standard errors, coverages Wilson, coverages Wald)."""
    simulation = Simulation(kind, *data, n_samples)
    true = simulation.parameters()
    values = {name: [] for name in MEASURES}
    hits = {(name, method): 0.0 for name in MEASURES for method in (0, 1)}
    for seed in range(n_draws):
        for method, found in enumerate(simulation.estimate(seed)):
            for name in MEASURES:
                estimate = getattr(found, name)
                hits[name, method] = hits[name, method] + (
                    (estimate.low <= true[name] + 1e-12) & (true[name] <= estimate.high + 1e-12)
                )
                if method == 0:
                    values[name].append(estimate.values)
    rows = {}
    for name in MEASURES:
        drawn = np.array(values[name])
        bias = (drawn.mean(axis=0) - true[name]) / (drawn.std(axis=0) / np.sqrt(n_draws))
        size = np.abs(drawn.mean(axis=0) - true[name]).max()
        rows[name] = (bias[np.abs(bias).argmax()], size, hits[name, 0] / n_draws, hits[name, 1] / n_draws)
    return rows


def main():
    """Print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("--draws", type=int, default=2_000)
    parser.add_argument("--samples", type=int, default=600)
    parser.add_argument("--designs", default=",".join(DESIGNS))
    options = parser.parse_args()
    data = truth_and_map(options.data)
    print("| design | measure | largest bias [SE of mean] | as share | Wilson: min, mean, max | Wald: min, mean, max |")
    print("|---|---|---|---|---|---|")
    for kind in options.designs.split(","):
        for name, (bias, size, wilson, wald) in simulate(kind, data, options.draws, options.samples).items():
            told = [f"{c.min():.1%}, {c.mean():.1%}, {c.max():.1%}" for c in (wilson, wald)]
            print(f"| {kind} | {name} | {bias:+.1f} | {size:.4f} | {told[0]} | {told[1]} |", flush=True)


if __name__ == "__main__":
    main()
