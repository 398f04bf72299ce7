"""Every model on the fields of Central Asia: accuracy, macro F1, seconds of training, pixels a second of prediction.

Whole parcels, five classes with 80 fields or more, gaps filled linearly; half of the fields train, half test, mean of
the seeds. Prediction is also set against the bare model: the same weights on a tensor or array that is ready.

    python benchmarks/model_table.py [--seeds 0,1,2] [--models random_forest,transformer]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

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
N_PIXELS = 20_000


def read_fields():
    """Return the training set of the classes that are large enough."""
    table = SampleTable.read(DATA)
    labels, counts = np.unique(table.column("label_1").astype(str), return_counts=True)
    table = table.subset(np.isin(table.column("label_1").astype(str), labels[counts >= FEWEST_FIELDS]))
    rule = MissingRule(max_missing_share=1.0)
    prepared = prepare_samples(table, series_of(table), SampleFields("label_1"), rule, separates_domains=False)
    return prepared.training_set


def bare_rate(predictor, values):
    """Return pixels a second of the weights alone, or None where the model has no network."""
    network = getattr(predictor, "network", None)
    if network is None:
        return None
    import torch

    series = torch.from_numpy(np.ascontiguousarray(values))
    with torch.inference_mode():
        started = time.perf_counter()
        for start in range(0, len(series), 2048):
            network.head(network.encode(series[start : start + 2048], None))
        return len(series) / (time.perf_counter() - started)


def measure(model, samples, seeds):
    """Return mean accuracy and macro F1, seconds of a fit, pixels a second, and the share of the bare model."""
    spec, found = MODELS[model], []
    for seed in seeds:
        rows = np.random.default_rng(seed).permutation(samples.n_samples)
        train, test = samples.subset(rows[: len(rows) // 2]), samples.subset(rows[len(rows) // 2 :])
        train = weighted_for_training(train, "none", separates_domains=spec.separates_domains)
        started = time.perf_counter()
        fitted = spec.fit(train, spec.settings_type(), FitContext(SilentProgress(), seed=seed, threads=2))
        seconds = time.perf_counter() - started
        mapped = fitted.predictor.predict_probabilities(test.values, test.static_values).argmax(axis=1)
        matrix = error_matrix(mapped, test.class_indices, samples.n_classes)
        found.append((overall_accuracy(matrix), macro_f1(matrix), seconds))
    many = np.resize(samples.values, (N_PIXELS, *samples.values.shape[1:]))
    static = np.zeros((N_PIXELS, 0), np.float32)
    started = time.perf_counter()
    fitted.predictor.predict_probabilities(many, static)
    rate = N_PIXELS / (time.perf_counter() - started)
    bare = bare_rate(fitted.predictor, many)
    return (*np.mean(found, axis=0), rate, rate / bare if bare else float("nan"))


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--seeds", default="0,1,2")
    options.add_argument("--models", default=",".join(MODELS))
    chosen = options.parse_args()
    if not DATA.exists():
        print("shared data is not here: skipped")
        return 0
    samples = read_fields()
    seeds = [int(seed) for seed in chosen.seeds.split(",")]
    print("| model | accuracy | macro F1 | training [s] | pixels a second | share of the bare model |")
    print("|---|---|---|---|---|---|", flush=True)
    for model in chosen.models.split(","):
        accuracy, f1, seconds, rate, share = measure(model, samples, seeds)
        told = "" if np.isnan(share) else f"{share:.2f}"
        title = MODELS[model].title
        print(f"| {title} | {accuracy:.3f} | {f1:.3f} | {seconds:.0f} | {rate:,.0f} | {told} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
