"""Every model on the fields of Central Asia: accuracy, macro F1, seconds of training, pixels a second of prediction.

Whole parcels, five classes with 80 fields or more, gaps filled linearly; half of the fields train, half test, drawn at
random once for each seed. Prediction is that of *Predict map* on one thread, and is also set against the bare model,
the same weights on a tensor that is ready.

    python benchmarks/model_table.py [--seeds 0,1,2] [--models random_forest,transformer] [--device cpu] [--threads 1]
        [--out rows.json]

Finished rows are kept in the file and skipped: stop and start again as you like. The first columns are of the first
seed, which all models have in common; the last of all seeds that a model was run with.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch

from cropsample_plugin.engine.mapping.batches import measure_batch_size
from cropsample_plugin.engine.mapping.input_bands import InputBands
from cropsample_plugin.engine.mapping.pixel_predictors import choose_device, pixel_predictor
from cropsample_plugin.engine.mapping.thread_limits import limited_threads
from cropsample_plugin.engine.models.evaluation import weighted_for_training
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.metrics import error_matrix, macro_f1, overall_accuracy
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.samples import SampleFields, prepare_samples
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "central_asia_uz_south" / "central_asia_uz_south.gpkg"
FEWEST_FIELDS = 80
DAYS_BETWEEN = 16.0
BARE_BATCHES, DEVICE_BATCHES, RUN_S = (64, 256, 1024, 2048), (16_384, 65_536), 1.0


def read_fields():
    """Return the training set of the classes that are large enough."""
    table = SampleTable.read(DATA)
    labels, counts = np.unique(table.column("label_1").astype(str), return_counts=True)
    table = table.subset(np.isin(table.column("label_1").astype(str), labels[counts >= FEWEST_FIELDS]))
    rule = MissingRule(max_missing_share=1.0)
    prepared = prepare_samples(table, series_of(table), SampleFields("label_1"), rule, separates_domains=False)
    return prepared.training_set


def bare_rate(network, values):
    """Return pixels a second of the weights alone, on inputs that are ready, in the fastest of several batch sizes."""
    device = next(network.parameters()).device
    series = torch.from_numpy(values).to(device)

    def seconds(size):
        batch = series[torch.arange(size, device=device) % len(series)]
        runs, until = [], time.perf_counter() + RUN_S
        while not runs or time.perf_counter() < until:
            started = time.perf_counter()
            with torch.inference_mode():
                network.head(network.encode(batch, None)).cpu()
            runs.append(time.perf_counter() - started)
        return min(runs)

    return max(size / seconds(size) for size in (BARE_BATCHES if device.type == "cpu" else DEVICE_BATCHES))


def prediction_rates(predictor, samples, device):
    """Return pixels a second of *Predict map* on one thread, and the share of the bare network's; NaN without one."""
    n_steps, n_bands = samples.values.shape[1:]
    rows = n_steps * n_bands
    bands = InputBands(
        n_steps, n_bands, 0, np.arange(1, rows + 1), np.ones(rows), np.zeros(rows), np.full(rows, np.nan),
        np.arange(n_steps) * DAYS_BETWEEN, np.dtype(np.float32),
    )  # fmt: skip
    ready = pixel_predictor(predictor, bands, choose_device(device, predictor))
    values = np.ascontiguousarray(samples.values.reshape(samples.n_samples, rows).T)
    with limited_threads(1):
        _, rate = measure_batch_size(ready, values, is_stored=ready.takes_stored)
        network = getattr(predictor, "network", None)
        return rate, float("nan") if network is None else rate / bare_rate(network, samples.values)


def measure(model, samples, seed, context):
    """Return accuracy, macro F1, seconds of the fit, pixels a second and the share of the bare model."""
    spec = MODELS[model]
    rows = np.random.default_rng(seed).permutation(samples.n_samples)
    train, test = samples.subset(rows[: len(rows) // 2]), samples.subset(rows[len(rows) // 2 :])
    train = weighted_for_training(train, "none", separates_domains=spec.separates_domains)
    started = time.perf_counter()
    fitted = spec.fit(train, spec.settings_type(), context)
    seconds = time.perf_counter() - started
    mapped = fitted.predictor.predict_probabilities(test.values, test.static_values).argmax(axis=1)
    matrix = error_matrix(mapped, test.class_indices, samples.n_classes)
    rate, share = prediction_rates(fitted.predictor, samples, context.device)
    return {
        "accuracy": float(overall_accuracy(matrix)),
        "macro_f1": float(macro_f1(matrix)),
        "seconds": seconds,
        "rate": rate,
        "share": share,
    }


def print_table(found, seeds):
    """Print a line for each model: the first seed, the speeds, and all its seeds."""
    print(
        "| model | accuracy | macro F1 | training [s] | pixels a second | share of the bare model | "
        "seeds | accuracy | macro F1 (range) |"
    )
    print("|---" * 9 + "|")
    for model in MODELS:
        rows = [found[f"{model}|{seed}"] for seed in seeds if f"{model}|{seed}" in found]
        if not rows:
            continue
        first, f1 = rows[0], [row["macro_f1"] for row in rows]
        share = np.median([row["share"] for row in rows])
        print(
            f"| {MODELS[model].title} | {first['accuracy']:.3f} | {first['macro_f1']:.3f} "
            f"| {np.median([row['seconds'] for row in rows]):.0f} | {np.median([row['rate'] for row in rows]):,.0f} "
            f"| {'' if np.isnan(share) else f'{share:.2f}'} | {len(rows)} "
            f"| {np.mean([row['accuracy'] for row in rows]):.3f} "
            f"| {np.mean(f1):.3f} ({min(f1):.2f} to {max(f1):.2f}) |"
        )


def main() -> int:
    """Run what is missing, then print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--seeds", default="0,1,2")
    options.add_argument("--models", default=",".join(MODELS))
    options.add_argument("--device", default="cpu")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--out", type=Path, default=Path("model_table.json"))
    chosen = options.parse_args()
    if not DATA.exists():
        print("shared data is not here: skipped")
        return 0
    torch.set_num_threads(chosen.threads)
    samples = read_fields()
    seeds = [int(seed) for seed in chosen.seeds.split(",")]
    found = json.loads(chosen.out.read_text()) if chosen.out.exists() else {}
    for seed in seeds:
        context = FitContext(SilentProgress(), seed=seed, threads=chosen.threads, device=chosen.device)
        for model in chosen.models.split(","):
            if f"{model}|{seed}" not in found:
                found[f"{model}|{seed}"] = measure(model, samples, seed, context)
                chosen.out.write_text(json.dumps(found))
                print(model, seed, found[f"{model}|{seed}"], flush=True)
    print_table(found, seeds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
