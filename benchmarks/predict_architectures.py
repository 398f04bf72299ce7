"""Every model from file to file, against the bare model on the same pixels in memory.

Prints ``file_to_file / bare`` (limit 0.7) for each model at its default size: 12 dates of 12 bands, five classes, two
threads; classes, probabilities and uncertainty are written. The bare model has the same layers and ready inputs:
torch in the fastest of several batch sizes, scikit-learn for the trees, our own formula for the support vector machine.
Each map is as large as the bare model predicts in a given time.

    python benchmarks/predict_architectures.py [--models gru,transformer] [--seconds 10]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from large_stack import N_BANDS, N_DATES, SCALE, band_names, dates, write_stack
from predict_forest import draw_samples
from sklearn.ensemble import HistGradientBoostingClassifier

from cropsample_plugin.engine.mapping.prediction import predict_map
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest
from cropsample_plugin.engine.models.classes import describe_classes
from cropsample_plugin.engine.models.expectations import Expectations
from cropsample_plugin.engine.models.fitting import FitContext, ModelShape
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.network_loss import probabilities
from cropsample_plugin.engine.models.packages import ModelPackage, save_package
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.training_set import TrainingSet, flat_features
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.series import AxisKind, TimeAxis

THREADS = 2
LIMIT = 0.7
N_CLASSES = 5
SAMPLES_SIZE_PX = 512
SMALLEST_PX, LARGEST_PX = 96, 2000
WARM_UP_PX = 32
N_NETWORK_SAMPLES = 256
N_MEMORY_PX = 32_768
BARE_BATCHES = (64, 256, 1024, 4096)
BARE_S, BARE_RUNS = 0.5, 4


def make_samples(folder):
    """Return samples drawn from a stack, and series of pixels to predict in memory."""
    _, _, values, classes, stored = draw_samples(write_stack(folder, SAMPLES_SIZE_PX), SAMPLES_SIZE_PX)
    n = len(values)
    samples = TrainingSet(
        values=(values * SCALE).astype(np.float32).reshape(n, N_DATES, N_BANDS),
        static_values=np.zeros((n, 0), np.float32),
        class_indices=classes,
        weights=np.ones(n),
        is_local=np.arange(n) % 5 > 0,
        global_class_indices=np.where(np.arange(n) % 5 > 0, -1, classes),
        n_classes=int(classes.max()) + 1,
        n_global_classes=int(classes.max()) + 1,
        groups=np.arange(n),
    )
    pixels = (stored.reshape(len(stored), -1)[:, :N_MEMORY_PX].T * SCALE).astype(np.float32)
    return samples, pixels.reshape(-1, N_DATES, N_BANDS)


def make_package(model, samples, path):
    """Fit a model, networks for one epoch only, and save it."""
    spec = MODELS[model]
    settings = spec.settings_type(**({"max_epochs": 1} if spec.is_network else {}))
    samples = samples.subset(np.arange(N_NETWORK_SAMPLES)) if spec.is_network else samples
    fitted = spec.fit(samples, settings, FitContext(SilentProgress(), threads=THREADS))
    axis = TimeAxis(AxisKind.DATE, tuple(dates()))
    expects = Expectations(band_names(), (), axis, fitted.scaling, MissingRule())
    n_global = samples.n_global_classes if spec.separates_domains else 0
    classes = describe_classes(range(samples.n_classes))
    save_package(ModelPackage(model, settings, expects, classes, fitted.dump(), n_global), path)
    return fitted, settings


def bare_rate(model, fitted, settings, samples, pixels):
    """Return pixels a second of the model alone on inputs that are ready."""
    predictor, features = fitted.predictor, flat_features(pixels, pixels[:, 0, :0])
    if model == "random_forest":
        forest = predictor.estimator.set_params(n_jobs=THREADS)
        return rate(forest.predict_proba, features)
    if model == "gradient_boosting":
        machine = HistGradientBoostingClassifier(
            learning_rate=settings.learning_rate, max_iter=settings.n_rounds, max_leaf_nodes=settings.max_leaves,
            min_samples_leaf=settings.min_samples_leaf, l2_regularization=settings.l2_penalty, early_stopping=False,
        )  # fmt: skip
        machine.fit(flat_features(samples.values, samples.static_values), samples.class_indices)
        return rate(machine.predict_proba, features)
    if model == "svm":
        return rate(lambda part: predictor.predict_probabilities(part, part[:, 0, :0]), pixels)
    # The LSTM of torch is what the local head of two stands on; the numbers in its weights cost no time.
    alike = "lstm" if model == "multi_head_lstm" else model
    network = MODELS[alike].architecture.build(ModelShape.of(samples), settings)
    return network_rate(network.eval(), torch.from_numpy(fitted.scaling.apply(pixels)))


def network_rate(network, series):
    """Return pixels a second of the network and its softmax, of the fastest batch size."""

    def run(part, batch):
        return [probabilities(network.head(network.encode(rows, None))) for rows in part.split(batch)]

    best = 0.0
    with torch.inference_mode():
        for batch in BARE_BATCHES:
            # The large batches of a slow model are slower still, and take minutes.
            if best == 0.0 or batch < best:
                best = max(best, rate(lambda part, batch=batch: run(part, batch), series, batch))
    return best


def rate(run, inputs, smallest=256):
    """Return pixels a second, best of several runs of half a second or more; few pixels for a slow model."""

    def seconds(n_pixels):
        started = time.perf_counter()
        run(inputs[:n_pixels])
        return time.perf_counter() - started

    seconds(smallest)
    n_pixels = min(len(inputs), max(1, int(BARE_S / seconds(smallest))) * smallest)
    return n_pixels / min(seconds(n_pixels) for _ in range(BARE_RUNS))


def map_rate(folder, package, size_px):
    """Return pixels a second from the call to the finished files, and the same without start and end."""
    folder = Path(folder)
    stack = write_stack(folder, size_px)
    outputs = {name: str(folder / f"{name}.tif") for name in ("classes", "probabilities", "uncertainty")}
    started = time.perf_counter()
    summary = predict_map(MapRequest(str(package), str(stack), **outputs), Machine(THREADS), SilentProgress())
    return size_px**2 / (time.perf_counter() - started), summary.pixels_per_second


def measure(model, samples, pixels, seconds):
    """Return the two rates file to file, the better of two runs, that of the bare model, and the size of the map."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as small:
        package = Path(folder) / "model.zip"
        fitted, settings = make_package(model, samples, package)
        bare = bare_rate(model, fitted, settings, samples, pixels)
        side = int((bare * seconds) ** 0.5) // 32 * 32
        size_px = min(LARGEST_PX, max(SMALLEST_PX, side))
        map_rate(small, package, WARM_UP_PX)
        return *max(map_rate(folder, package, size_px) for _ in range(2)), bare, size_px


def main():
    """Print a row a model; 1 when one falls short."""
    options = argparse.ArgumentParser()
    options.add_argument("--models", default=",".join(MODELS))
    options.add_argument("--seconds", type=float, default=10.0)
    chosen = options.parse_args()
    torch.set_num_threads(THREADS)
    with tempfile.TemporaryDirectory() as folder:
        samples, pixels = make_samples(folder)
    print("| model | map [px] | file to file [px/s] | prediction alone [px/s] | bare model [px/s] | ratio |")
    print("|---|---|---|---|---|---|", flush=True)
    is_short = False
    for model in chosen.models.split(","):
        whole, alone, bare, size_px = measure(model, samples, pixels, chosen.seconds)
        is_short |= whole < LIMIT * bare
        print(f"| {MODELS[model].title} | {size_px} x {size_px} | {whole:,.0f} | {alone:,.0f} | {bare:,.0f} | "
              f"{whole / bare:.2f} |", flush=True)  # fmt: skip
    print(f"ratio = file to file / bare model, at least {LIMIT}")
    return int(is_short)


if __name__ == "__main__":
    sys.exit(main())
