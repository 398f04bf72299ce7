"""Training throughput against a bare PyTorch loop, and the preparation of a million samples.

The bare loop has the same network, batch and order of samples, on tensors that lie in memory; it keeps no curve and no
best weights, and cannot be stopped or continued. A slow network gets fewer samples. Preparation is from a table of
columns to scaled tensors, gaps filled.

    python benchmarks/training_throughput.py [--models lstm,temp_cnn] [--samples 1000000]

With ``--samples 0`` nothing is prepared, with ``--models ""`` nothing is trained.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time

import numpy as np
import torch

from cropsample_plugin.engine.models.fitting import FitContext, ModelShape
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.network_loss import sample_losses
from cropsample_plugin.engine.models.network_training import to_batch, train_network
from cropsample_plugin.engine.models.networks.model import build
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.samples import SampleFields, prepare_samples
from cropsample_plugin.engine.models.scaling import fit_scaling
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of

LEAST_SHARE = 0.85
LONGEST_S = 30.0
MOST_GB = 3.0
N_STEPS, N_BANDS, N_CLASSES = 23, 6, 5
N_TRAINING, BATCH, N_EPOCHS = 8192, 256, 3
FEWEST_BATCHES, RUN_S = 3, 2.0
SEED = 1


def make_table(n_samples):
    """Return a table of series with a tenth of the values missing."""
    rng = np.random.default_rng(SEED)
    columns = {
        "crop": np.array([f"crop {index}" for index in range(N_CLASSES)], dtype=object)[
            np.arange(n_samples) % N_CLASSES
        ]
    }
    for band in range(N_BANDS):
        for step in range(N_STEPS):
            values = rng.normal(size=n_samples).astype(np.float32)
            values[rng.random(n_samples) < 0.1] = np.nan
            columns[f"B{band:02d}_t{step + 1:02d}"] = values
    return SampleTable(columns, np.full(n_samples, None, dtype=object), "", np.arange(n_samples))


def prepare(table):
    """Return the training set."""
    fields = SampleFields("crop")
    return prepare_samples(table, series_of(table), fields, MissingRule(), separates_domains=False).training_set


def bare_seconds(network, batch):
    """Train as a tutorial does."""
    optimizer = torch.optim.Adam(network.parameters(), lr=1.0e-3)
    order = np.random.default_rng(SEED)
    network.train()
    started = time.perf_counter()
    for _ in range(N_EPOCHS):
        for rows in torch.split(torch.from_numpy(order.permutation(len(batch))), BATCH):
            optimizer.zero_grad()
            logits = network.head(network.encode(batch.series[rows], None))
            loss = sample_losses(logits, batch.classes[rows]).mean()
            loss.backward()
            optimizer.step()
    return time.perf_counter() - started


def our_seconds(network, batch, settings):
    """Train by the loop of all networks."""
    started = time.perf_counter()
    train_network(network, batch, None, settings, FitContext(SilentProgress(), seed=SEED))
    return time.perf_counter() - started


def throughput(model, samples):
    """Return the share of the bare loop's speed, best of three each, in turns."""
    spec = MODELS[model]
    settings = spec.settings_type(batch_size=BATCH, max_epochs=N_EPOCHS, patience_epochs=N_EPOCHS)
    batch = to_batch(samples, fit_scaling(samples.values, samples.static_values), "cpu")
    network = build(ModelShape.of(samples), settings)
    bare_seconds(network, batch.rows(slice(0, BATCH)))
    seconds = bare_seconds(network, batch.rows(slice(0, BATCH)))
    batch = batch.rows(slice(0, BATCH * max(FEWEST_BATCHES, int(RUN_S / seconds))))
    ours, bare = [], []
    for _ in range(3):
        networks = [build(ModelShape.of(samples), settings) for _ in range(2)]
        bare.append(bare_seconds(networks[0], batch))
        ours.append(our_seconds(networks[1], batch, settings))
    return min(bare) / min(ours)


def prepares(n_samples):
    """Print time and peak memory of preparing samples; False when either is too much."""
    table = make_table(n_samples)
    started = time.perf_counter()
    samples = prepare(table)
    batch = to_batch(samples, fit_scaling(samples.values, samples.static_values), "cpu")
    seconds = time.perf_counter() - started
    peak_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    shape = " x ".join(str(size) for size in batch.series.shape)
    print(f"{shape} prepared in {seconds:.1f} s (limit {LONGEST_S:.0f}), peak {peak_gb:.1f} GB (limit {MOST_GB:.0f})")
    return seconds <= LONGEST_S and peak_gb <= MOST_GB


def main() -> int:
    """Print the figures; 1 when one falls short."""
    options = argparse.ArgumentParser()
    options.add_argument(
        "--models", default=",".join(name for name in MODELS if MODELS[name].module.endswith("networks.model"))
    )
    options.add_argument("--samples", type=int, default=1_000_000)
    chosen = options.parse_args()
    torch.set_num_threads(2)
    is_short = False
    training = prepare(make_table(N_TRAINING))
    for model in filter(None, chosen.models.split(",")):
        share = throughput(model, training)
        is_short |= share < LEAST_SHARE
        print(f"{MODELS[model].title}: {share:.2f} of the bare loop (limit {LEAST_SHARE})", flush=True)
    if chosen.samples:
        is_short |= not prepares(chosen.samples)
    return int(is_short)


if __name__ == "__main__":
    sys.exit(main())
