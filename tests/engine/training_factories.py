"""Small samples to train on, made rather than read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely

from cropsample_plugin.engine.models.classes import describe_classes
from cropsample_plugin.engine.models.expectations import Expectations, measure_ranges
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.series import AxisKind, TimeAxis, column_name

QUICK = {
    "random_forest": {"n_trees": 12},
    "svm": {},
    "lstm": {"hidden_size": 8, "max_epochs": 6},
    "multi_head_lstm": {"hidden_size": 8, "max_epochs": 6},
    "gradient_boosting": {"n_rounds": 5, "min_samples_leaf": 4},
    "attention_bi_gru": {"hidden_size": 8, "learning_rate": 0.02, "max_epochs": 25},
    "transformer": {"hidden_size": 16, "n_heads": 2, "feed_forward_size": 8, "learning_rate": 0.01, "max_epochs": 25},
    "cnn_1d": {"n_filters": 16, "kernel_size": 2, "learning_rate": 0.02, "max_epochs": 25, "dropout": 0.0},
}


class Recorder(SilentProgress):
    """Remembers what it is told; cancels after a number of questions when asked to."""

    def __init__(self, cancel_after=None):
        self.fractions, self.metrics, self.logs, self.questions = [], [], [], 0
        self.cancel_after = cancel_after

    def report(self, fraction, message=""):
        self.fractions.append((fraction, message))

    def metric(self, name, step, value):
        self.metrics.append((name, step, value))

    def log(self, message, level="info"):
        self.logs.append((level, message))

    def is_canceled(self):
        self.questions += 1
        return self.cancel_after is not None and self.questions > self.cancel_after


def make_series(n, n_classes, n_timesteps=6, n_bands=2, seed=0, noise=0.5):
    """Series whose bands rise and fall at a time that depends on the class."""
    rng = np.random.default_rng(seed)
    classes = np.arange(n) % n_classes
    time = np.linspace(0, 1, n_timesteps)
    peak = (classes + 1.0) / (n_classes + 1.0)
    shape = np.exp(-(((time[None, :] - peak[:, None]) / 0.25) ** 2))
    values = shape[:, :, None] * np.arange(1, n_bands + 1) + noise * rng.normal(size=(n, n_timesteps, n_bands))
    return values.astype(np.float32), classes


def make_training_set(n=90, n_classes=3, n_static=0, share_local=1.0, groups=None, **options):
    values, classes = make_series(n, n_classes, **options)
    rng = np.random.default_rng(1)
    is_local = rng.random(n) < share_local if share_local < 1.0 else np.ones(n, dtype=bool)
    return TrainingSet(
        values=values,
        static_values=rng.normal(size=(n, n_static)).astype(np.float32),
        class_indices=classes.astype(np.int64),
        weights=np.ones(n),
        is_local=is_local,
        global_class_indices=np.where(is_local, -1, classes).astype(np.int64),
        n_classes=n_classes,
        n_global_classes=n_classes if share_local < 1.0 else 0,
        groups=np.arange(n) if groups is None else np.asarray(groups, dtype=np.int64),
    )


def quick_fit(model, samples, seed=3, progress=None, **settings):
    spec = MODELS[model]
    chosen = spec.settings_type(**{**QUICK[model], **settings})
    return spec.fit(samples, chosen, FitContext(progress or SilentProgress(), seed=seed)), chosen


def make_package(model="random_forest", samples=None, axis=None, bands=None, static_bands=None):
    samples = samples or make_training_set()
    fitted, settings = quick_fit(model, samples)
    _, n_timesteps, n_bands = samples.values.shape
    bands = bands or tuple(f"B{number:02d}" for number in range(1, n_bands + 1))
    static_bands = static_bands or tuple(f"s{number}" for number in range(samples.static_values.shape[1]))
    axis = axis or TimeAxis(AxisKind.STEP, tuple(str(step) for step in range(1, n_timesteps + 1)))
    expects = Expectations(
        bands=bands,
        static_bands=static_bands,
        axis=axis,
        scaling=fitted.scaling,
        missing_rule=MissingRule(),
        value_ranges=measure_ranges(samples.values, samples.static_values, bands, static_bands),
    )
    labels = [f"crop {index}" for index in range(samples.n_classes)]
    return ModelPackage(
        model=model,
        settings=settings,
        expects=expects,
        classes=describe_classes(labels),
        weights=fitted.dump(),
        n_global_classes=samples.n_global_classes,
        provenance={"licence": "CC0"},
    )


def write_samples(path: Path, columns: dict, layer="samples"):
    """Write a point layer with the columns given."""
    n = len(next(iter(columns.values())))
    geometry = shapely.to_wkb(shapely.points(np.arange(n), np.zeros(n)))
    values = [np.asarray(column) for column in columns.values()]
    pyogrio.raw.write(
        str(path), geometry, values, list(columns), layer=layer, driver="GPKG", geometry_type="Point", crs="EPSG:4326"
    )
    return str(path)


def series_columns(values, bands=None):
    """Columns ``B01_t01`` ... of ``(n, n_timesteps, n_bands)`` values."""
    bands = bands or [f"B{number:02d}" for number in range(1, values.shape[2] + 1)]
    return {
        column_name(band, str(step + 1), AxisKind.STEP): values[:, step, position].astype(np.float64)
        for step in range(values.shape[1])
        for position, band in enumerate(bands)
    }


def write_series_layer(path: Path, n=90, n_classes=3, labels=None, extra=None, **options):
    values, classes = make_series(n, n_classes, **options)
    names = np.array([f"crop {index}" for index in classes], dtype=object)
    columns = {"crop": names if labels is None else labels, "sample_id": np.arange(n), **(extra or {})}
    return write_samples(path, {**columns, **series_columns(values)})
