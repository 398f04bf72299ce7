"""Small stacks, models and progress recorders for the tests of mapping."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

from cropsample_plugin.engine.mapping.prediction import predict_map
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest
from cropsample_plugin.engine.models.classes import describe_classes
from cropsample_plugin.engine.models.expectations import Expectations, measure_ranges
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.network_settings import BiGruSettings, LstmSettings, LtaeSettings
from cropsample_plugin.engine.models.packages import ModelPackage, save_package
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.settings import BoostingSettings, ForestSettings, SvmSettings
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.series import AxisKind, TimeAxis

SCALE = 0.0001
NODATA = 65535
BANDS = ("B04", "B08", "B11")
FAST_SETTINGS = {
    "random_forest": ForestSettings(n_trees=12),
    "svm": SvmSettings(n_calibration_folds=2),
    "lstm": LstmSettings(hidden_size=8, max_epochs=2, n_head_layers=1, dropout=0.0),
    "multi_head_lstm": LstmSettings(hidden_size=8, max_epochs=2),
    "gradient_boosting": BoostingSettings(n_rounds=5, min_samples_leaf=4),
    "bi_gru": BiGruSettings(hidden_size=8, max_epochs=2),
    "ltae": LtaeSettings(hidden_size=16, n_heads=2, dense_size=8, max_epochs=2),
}


@dataclass
class RecordingProgress(SilentProgress):
    """Keeps what it is told; cancels after some reports."""

    cancel_after: int | None = None
    fractions: list[float] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)

    def report(self, fraction, message=""):
        self.fractions.append(fraction)
        self.messages.append(message)

    def log(self, message, level="info"):  # noqa: ARG002
        self.logs.append(message)

    def is_canceled(self):
        n_blocks = sum("Block" in message for message in self.messages)
        return self.cancel_after is not None and n_blocks >= self.cancel_after


def monthly_dates(n_dates):
    return [str(np.datetime64("2019-01", "M") + step) + "-15" for step in range(n_dates)]


def make_cube(n_dates=4, height=40, width=50, n_bands=3, seed=0):
    """Stored values ``(n_dates, n_bands, height, width)`` uint16 with classes that differ."""
    rng = np.random.default_rng(seed)
    truth = (np.arange(height)[:, None] // 7 + np.arange(width)[None, :] // 9) % 3
    levels = rng.integers(1000, 6000, (n_dates, n_bands, 3))
    return (levels[:, :, truth] + rng.normal(0, 250, (n_dates, n_bands, height, width))).astype(np.uint16), truth


def write_stack(path, cube, *, static=(), nodata=NODATA, scale=SCALE, block=16, strips=False, **options):
    """Write a dated stack as one GeoTIFF; ``static`` is a list of ``(name, (height, width) array)``."""
    n_dates, n_bands, height, width = cube.shape
    tiles = {"tiled": True, "blockxsize": block, "blockysize": block}
    layout = {"tiled": False, "blockysize": block} if strips else tiles
    profile = {
        "driver": "GTiff",
        "width": width,
        "height": height,
        "count": n_dates * n_bands + len(static),
        "dtype": cube.dtype,
        "crs": "EPSG:32631",
        "transform": from_origin(600000, 5600000, 10, 10),
        "nodata": nodata,
        "compress": "deflate",
        **layout,
        **options,
    }
    bands = BANDS if n_bands == 3 else tuple(f"B{number:02d}" for number in range(1, n_bands + 1))
    names = [f"{date} {band}" for date in monthly_dates(n_dates) for band in bands]
    with rasterio.open(path, "w", **profile) as target:
        target.write(cube.reshape(-1, height, width), list(range(1, n_dates * n_bands + 1)))
        for position, (_, values) in enumerate(static):
            target.write(values.astype(cube.dtype), n_dates * n_bands + 1 + position)
        target.descriptions = (*names, *(name for name, _ in static))
        target.scales = (scale,) * (n_dates * n_bands) + (1.0,) * len(static)
    return Path(path)


def training_set(values, static_values, class_indices, n_classes):
    """Samples for a fit: all of them local, of weight 1, each a group of its own."""
    n = len(values)
    return TrainingSet(
        values=values.astype(np.float32),
        static_values=static_values.astype(np.float32),
        class_indices=class_indices.astype(np.int64),
        weights=np.ones(n),
        is_local=np.ones(n, dtype=bool),
        global_class_indices=np.full(n, -1),
        n_classes=n_classes,
        n_global_classes=0,
        groups=np.arange(n),
    )


def train_package(path, cube, truth, model="random_forest", labels=("grass", "maize", "wheat"), static=(), **expected):
    """Fit a model on some pixels of a cube and save its package.

    ``expected`` replaces fields of the expectations, such as ``missing_rule`` or ``axis``.
    """
    n_dates, n_bands, height, width = cube.shape
    rng = np.random.default_rng(1)
    rows, columns = rng.integers(0, height, 150), rng.integers(0, width, 150)
    values = (cube[:, :, rows, columns] * SCALE).transpose(2, 0, 1)
    static_values = np.stack([layer[rows, columns] for _, layer in static], axis=1) if static else np.zeros((150, 0))
    samples = training_set(values, static_values, truth[rows, columns], len(labels))
    spec = MODELS[model]
    fitted = spec.fit(samples, FAST_SETTINGS[model], FitContext(SilentProgress()))
    bands = BANDS if n_bands == 3 else tuple(f"B{number:02d}" for number in range(1, n_bands + 1))
    static_names = tuple(name for name, _ in static)
    fields = {
        "bands": bands,
        "static_bands": static_names,
        "axis": TimeAxis(AxisKind.DATE, tuple(monthly_dates(n_dates))),
        "scaling": fitted.scaling,
        "missing_rule": MissingRule(),
        "value_ranges": measure_ranges(samples.values, samples.static_values, bands, static_names),
        **expected,
    }
    classes = describe_classes(labels)
    package = ModelPackage(model, FAST_SETTINGS[model], Expectations(**fields), classes, fitted.dump())
    save_package(package, path)
    return package


def physical_series(cube, scale=SCALE, nodata=NODATA):
    """``(n_pixels, n_dates, n_bands)`` float32, NaN where missing, by the formula of the dated stack."""
    n_dates, n_bands = cube.shape[:2]
    flat = cube.reshape(n_dates, n_bands, -1).astype(np.float64)
    values = np.where(flat == nodata, np.nan, flat * scale)
    return values.transpose(2, 0, 1).astype(np.float32)


def read_map(path):
    with rasterio.open(path) as dataset:
        return dataset.read()


class World:
    """A stack with a truth, a model trained on it, and predictions of one with the other."""

    def __init__(self, folder, cube, truth, **stack_options):
        self.folder, self.cube, self.truth = folder, cube, truth
        self.static = stack_options.get("static", ())
        self.stack = write_stack(folder / "stack.tif", cube, **stack_options)
        self.request = {name: str(folder / f"{name}.tif") for name in ("classes", "probabilities", "uncertainty")}

    @property
    def parts(self):
        return self.folder / "classes.tif.parts"

    def train(self, model="random_forest", **options):
        options.setdefault("static", self.static)
        return train_package(self.folder / "model.zip", self.cube, self.truth, model, **options)

    def fields(self, **changes):
        return {"model_package": str(self.folder / "model.zip"), "stack": str(self.stack), **self.request, **changes}

    def predict(self, progress=None, threads=2, memory_mb=1500, **changes):
        machine = Machine(threads, memory_mb)
        return predict_map(MapRequest(**self.fields(**changes)), machine, progress or RecordingProgress())

    def read(self, name):
        return read_map(self.request[name])

    def contents(self):
        """The bytes of all maps and their side files."""
        names = [*self.request.values(), self.request["classes"] + ".aux.xml"]
        return {Path(name).name: Path(name).read_bytes() for name in names}
