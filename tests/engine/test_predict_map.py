"""The whole prediction on small stacks, against the model's own probabilities pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio

from cropsample_plugin.engine.mapping.prediction import predict_map
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest
from mapping_cases import (
    NODATA,
    RecordingProgress,
    make_cube,
    physical_series,
    read_map,
    train_package,
    write_stack,
)

MODELS = ["random_forest", "svm", "lstm", "multi_head_lstm"]


@pytest.fixture
def world(tmp_path):
    """A stack, its cube, the truth, and a function that predicts with a model."""
    cube, truth = make_cube()
    return World(tmp_path, cube, truth)


class World:
    def __init__(self, folder, cube, truth):
        self.folder, self.cube, self.truth = folder, cube, truth
        self.stack = write_stack(folder / "stack.tif", cube)
        self.request = {name: str(folder / f"{name}.tif") for name in ("classes", "probabilities", "uncertainty")}

    def train(self, model="random_forest", **options):
        return train_package(self.folder / "model.zip", self.cube, self.truth, model, **options)

    def predict(self, progress=None, threads=2, memory_mb=1500, **changes):
        fields = {"model_package": str(self.folder / "model.zip"), "stack": str(self.stack), **self.request, **changes}
        return predict_map(MapRequest(**fields), Machine(threads, memory_mb), progress or RecordingProgress())

    def read(self, name):
        return read_map(self.request[name])


@pytest.mark.parametrize("model", MODELS)
def test_every_pixel_gets_what_the_model_says(world, model):
    package = world.train(model)
    summary = world.predict()
    expected = package.predictor().predict_probabilities(physical_series(world.cube), np.zeros((2000, 0), np.float32))
    found = world.read("probabilities").reshape(3, -1).T * 0.0001
    assert np.abs(found - expected).max() <= 0.00011
    ids = world.read("classes").ravel()
    sure = np.sort(expected, axis=1)[:, -1] - np.sort(expected, axis=1)[:, -2] > 1e-5
    assert (ids == expected.argmax(axis=1) + 1)[sure].all()
    safe = np.maximum(expected, 1e-30)
    entropy = -(safe * np.log(safe)).sum(axis=1) / np.log(3)
    assert np.abs(world.read("uncertainty").ravel() * 0.0001 - entropy).max() <= 0.0002
    assert (summary.n_pixels, summary.n_predicted) == (2000, 2000)
    assert not (world.folder / "classes.tif.parts").exists()
