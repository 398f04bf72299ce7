"""Random forest from file to file, against scikit-learn in memory and Orfeo ToolBox with an equal forest.

Prints ``file_to_file / predict_proba`` (limit 0.8) and, where ``otbcli_ImageClassifier`` is installed (Debian package
``otb-bin``), ``file_to_file / Orfeo ToolBox`` (limit 1): 100 trees, 144 features, two threads.

    python benchmarks/predict_forest.py [size_px]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyogrio
import rasterio
import shapely
from large_stack import N_BANDS, N_DATES, SCALE, band_names, dates, write_stack
from sklearn.ensemble import RandomForestClassifier

from cropsample_plugin.engine.mapping.prediction import predict_map
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest
from cropsample_plugin.engine.models.classes import describe_classes
from cropsample_plugin.engine.models.expectations import Expectations
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import ModelPackage, save_package
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.settings import ForestSettings
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.series import AxisKind, TimeAxis

THREADS = 2
LIMIT_OF_MEMORY = 0.8
LIMIT_OF_ORFEO = 1.0
N_SAMPLES = 2000
N_CLASSES = 5
N_MEMORY_PX = 200_000
N_TREES = 100


def draw_samples(stack, size_px):
    """Return rows, columns, stored values ``(n, 144)`` and a class that follows the season and some noise."""
    rng = np.random.default_rng(0)
    side = min(size_px, 512)
    with rasterio.open(stack) as dataset:
        stored = dataset.read(window=rasterio.windows.Window(0, 0, side, side))
    rows, columns = rng.integers(0, side, N_SAMPLES), rng.integers(0, side, N_SAMPLES)
    values = stored[:, rows, columns].T
    season = values[:, ::N_BANDS].argmax(axis=1) // 3
    classes = np.where(rng.random(N_SAMPLES) < 0.15, rng.integers(0, N_CLASSES, N_SAMPLES), season)
    return rows, columns, values, classes, stored


def make_package(path, values, classes):
    """Train our forest on the samples and save it."""
    series = (values * SCALE).astype(np.float32).reshape(-1, N_DATES, N_BANDS)
    n = len(series)
    empty = np.zeros((n, 0), np.float32)
    nowhere, local = np.full(n, -1), np.ones(n, dtype=bool)
    samples = TrainingSet(series, empty, classes, np.ones(n), local, nowhere, N_CLASSES, 0, np.arange(n))
    settings = ForestSettings(n_trees=N_TREES)
    fitted = MODELS["random_forest"].fit(samples, settings, FitContext(SilentProgress(), threads=THREADS))
    axis = TimeAxis(AxisKind.DATE, tuple(dates()))
    expects = Expectations(band_names(), (), axis, fitted.scaling, MissingRule())
    save_package(
        ModelPackage("random_forest", settings, expects, describe_classes(range(N_CLASSES)), fitted.dump()), path
    )


def memory_rate(values, classes, stored):
    """Pixels per second of ``predict_proba`` on float32 features in memory."""
    forest = RandomForestClassifier(N_TREES, random_state=0, n_jobs=THREADS).fit(values * SCALE, classes)
    flat = (stored.reshape(len(stored), -1).T * SCALE).astype(np.float32)
    features = np.resize(flat, (N_MEMORY_PX, flat.shape[1]))
    forest.predict_proba(features[:1000])
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        forest.predict_proba(features)
        seconds.append(time.perf_counter() - started)
    return N_MEMORY_PX / min(seconds)


def file_to_file_rate(folder, stack, package, size_px):
    """Pixels per second from the call to the finished class map."""
    request = MapRequest(str(package), str(stack), classes=str(Path(folder) / "classes.tif"))
    started = time.perf_counter()
    summary = predict_map(request, Machine(THREADS), SilentProgress())
    seconds = time.perf_counter() - started
    print(f"  prediction alone {summary.pixels_per_second:,.0f} px/s, {seconds:.1f} s in all, {summary.method}")
    return size_px**2 / seconds


def orfeo_rate(folder, stack, samples, size_px):
    """Pixels per second of Orfeo ToolBox with a forest trained on the same samples; None where it is not installed."""
    if shutil.which("otbcli_ImageClassifier") is None:
        return None
    folder = Path(folder)
    _, _, values, classes, _ = samples
    names = [f"f{position}" for position in range(values.shape[1])]
    points = shapely.to_wkb(shapely.points(np.zeros((len(values), 2))))
    columns = [values[:, position].astype(np.float64) for position in range(values.shape[1])]
    pyogrio.raw.write(
        folder / "samples.sqlite", points, [*columns, classes.astype(np.int32)], [*names, "class"],
        driver="SQLite", geometry_type="Point", crs="EPSG:32631", layer="samples",
    )  # fmt: skip
    forest = ["-classifier", "rf", "-classifier.rf.nbtrees", str(N_TREES), "-classifier.rf.max", "100"]
    forest += ["-classifier.rf.min", "1", "-classifier.rf.var", "12", "-classifier.rf.acc", "0"]
    otb("TrainVectorClassifier", "-io.vd", str(folder / "samples.sqlite"), "-io.out", str(folder / "forest.otb"),
        "-cfield", "class", "-feat", *names, *forest)  # fmt: skip
    started = time.perf_counter()
    otb("ImageClassifier", "-in", str(stack), "-model", str(folder / "forest.otb"), "-out",
        f"{folder / 'orfeo.tif'}?&gdal:co:COMPRESS=DEFLATE&gdal:co:TILED=YES", "uint8", "-ram", "1000")  # fmt: skip
    return size_px**2 / (time.perf_counter() - started)


def otb(application, *arguments):
    """Run an application of Orfeo ToolBox on the same number of threads."""
    environment = {**os.environ, "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS": str(THREADS), "OMP_NUM_THREADS": str(THREADS)}
    command = [f"otbcli_{application}", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)


def main():
    size_px = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        stack, package = write_stack(folder, size_px), Path(folder) / "model.zip"
        samples = draw_samples(stack, size_px)
        make_package(package, samples[2], samples[3])
        with tempfile.TemporaryDirectory() as small:
            file_to_file_rate(small, write_stack(small, 256), package, 256)
        memory = memory_rate(*samples[2:])
        mapped = file_to_file_rate(folder, stack, package, size_px)
        orfeo = orfeo_rate(folder, stack, samples, size_px)
    print(f"predict_proba in memory {memory:,.0f} px/s, file to file {mapped:,.0f} px/s")
    print(f"file_to_file / predict_proba = {mapped / memory:.2f} (at least {LIMIT_OF_MEMORY})")
    if orfeo is None:
        print("Orfeo ToolBox is not installed (Debian: apt-get install otb-bin): no comparison.")
    else:
        print(
            f"Orfeo {orfeo:,.0f} px/s, file_to_file / Orfeo ToolBox = {mapped / orfeo:.2f} (above {LIMIT_OF_ORFEO})"
        )
    return 0 if mapped >= LIMIT_OF_MEMORY * memory and (orfeo is None or mapped > LIMIT_OF_ORFEO * orfeo) else 1


if __name__ == "__main__":
    sys.exit(main())
