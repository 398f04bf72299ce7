"""Training self-organizing maps by batches against minisom's `train`, to the same quantization error.

20,000 series of 48 values, 20 x 20 neurons. The limit we claim: at least 20 times as fast.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from minisom import MiniSom

from cropsample_plugin.engine.labels.som import BatchSom

SIDE = 20


def make_series(n_samples: int, n_features: int, seed: int = 0):
    """Return seasonal curves with peaks of all times, widths and heights."""
    rng = np.random.default_rng(seed)
    time_axis = np.linspace(0, 1, n_features)
    peak, width, height = (
        rng.normal(0.5, 0.12, n_samples),
        rng.uniform(0.08, 0.2, n_samples),
        rng.uniform(0.3, 0.9, n_samples),
    )
    curves = height[:, None] * np.exp(-((time_axis - peak[:, None]) ** 2) / (2 * width[:, None] ** 2))
    return curves + rng.normal(0, 0.04, curves.shape)


def train_ours(data, passes: int):
    """Return seconds (median of five), quantization and topographic error."""
    seconds = []
    for _ in range(5):
        som = BatchSom(SIDE, SIDE, data.shape[1], random_seed=1)
        som.random_weights_init(data)
        started = time.perf_counter()
        som.train(data, passes)
        seconds.append(time.perf_counter() - started)
    return sorted(seconds)[2], som.quantization_error(data), som.topographic_error(data)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--samples", type=int, default=20_000)
    parser.add_argument("--epochs", type=int, default=1, help="epochs of minisom")
    options = parser.parse_args()
    data = make_series(options.samples, 48)
    theirs = MiniSom(SIDE, SIDE, 48, sigma=1.0, learning_rate=0.5, random_seed=1)
    theirs.random_weights_init(data)
    started = time.perf_counter()
    theirs.train(data, options.epochs * len(data), random_order=True)
    their_seconds = time.perf_counter() - started
    their_error = theirs.quantization_error(data)
    print(f"minisom: {their_seconds:.2f} s, error {their_error:.4f}, topographic {theirs.topographic_error(data):.4f}")
    for passes in (6, 8, 10, 14, 20):
        seconds, error, topographic = train_ours(data, passes)
        print(f"batch, {passes} passes: {seconds:.3f} s, error {error:.4f}, topographic {topographic:.4f}")
        if error <= their_error:
            print(f"ratio: {their_seconds / seconds:.1f}")
            return


if __name__ == "__main__":
    main()
