"""What the two LSTM models share: the first weights, and a predictor of plain arrays."""

from __future__ import annotations

from typing import Any, Callable

import numpy as np
import numpy.typing as npt
import torch

from cropsample_plugin.engine.models.fitting import ModelShape
from cropsample_plugin.engine.models.lstm_weights import LstmPredictor, LstmWeights
from cropsample_plugin.engine.models.network_fitting import Architecture
from cropsample_plugin.engine.models.network_settings import LstmSettings
from cropsample_plugin.engine.models.scaling import Scaling

FloatArray = npt.NDArray[np.float32]
Arrays = dict[str, FloatArray]
BuildNetwork = Callable[[ModelShape, LstmSettings], torch.nn.Module]
ReadWeights = Callable[[Arrays], LstmWeights]


def lstm_architecture(build: BuildNetwork, read_weights: ReadWeights) -> Architecture:
    """Return how an LSTM is built, started and used."""

    def predictor(arrays: Arrays, scaling: Scaling, shape: ModelShape, settings: LstmSettings) -> LstmPredictor:  # noqa: ARG001 - one signature for all
        return LstmPredictor(read_weights(arrays), scaling, shape.n_classes)

    return Architecture(build, predictor, initialise)


def initialise(network: Any, generator: torch.Generator) -> None:  # noqa: ANN401 - either network
    """Draw the recurrent weights and biases, and those of the heads, from U(-1/sqrt(hidden), 1/sqrt(hidden))."""
    bound = network.hidden_size**-0.5
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.uniform_(-bound, bound, generator=generator)


def head_layers(arrays: Arrays) -> tuple[tuple[FloatArray, FloatArray], ...]:
    """Return weight and bias of each layer of the predicting head."""
    numbers = sorted({int(name.split(".")[1]) for name in arrays if name.startswith("head.")})
    return tuple((arrays[f"head.{number}.weight"], arrays[f"head.{number}.bias"]) for number in numbers)
