"""All networks but the two LSTMs of Kerner et al. as models: which architecture, fit, load, predict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

import numpy as np
import numpy.typing as npt
import torch

from cropsample_plugin.engine.models.fitting import FitContext, FittedModel, ModelShape, Predictor
from cropsample_plugin.engine.models.lstm_network import n_outputs
from cropsample_plugin.engine.models.network_fitting import Architecture, Arrays, fit_network, load_network
from cropsample_plugin.engine.models.network_loss import probabilities
from cropsample_plugin.engine.models.network_settings import (
    Cnn1dSettings,
    LtaeSettings,
    NetworkSettings,
    RecurrentSettings,
    TempCnnSettings,
    TransformerSettings,
)
from cropsample_plugin.engine.models.network_training import network_inputs
from cropsample_plugin.engine.models.networks.cnn_1d import Cnn1dNetwork
from cropsample_plugin.engine.models.networks.ltae import LtaeNetwork
from cropsample_plugin.engine.models.networks.recurrent import RecurrentNetwork
from cropsample_plugin.engine.models.networks.temp_cnn import TempCnnNetwork
from cropsample_plugin.engine.models.networks.transformer import TransformerNetwork
from cropsample_plugin.engine.models.scaling import Scaling
from cropsample_plugin.engine.models.training_set import TrainingSet

FloatArray = npt.NDArray[np.float32]
_PREDICTION_BATCH = 2048

NETWORKS: dict[type[NetworkSettings], Callable[[ModelShape, int, Any], torch.nn.Module]] = {
    RecurrentSettings: RecurrentNetwork,
    TransformerSettings: TransformerNetwork,
    Cnn1dSettings: Cnn1dNetwork,
    TempCnnSettings: TempCnnNetwork,
    LtaeSettings: LtaeNetwork,
}


def build(shape: ModelShape, settings: NetworkSettings) -> torch.nn.Module:
    """Build the network that the settings belong to; the same seed of torch gives the same weights."""
    kind = next(kind for kind in type(settings).__mro__ if kind in NETWORKS)
    return NETWORKS[kind](shape, n_outputs(shape.n_classes), settings)


@dataclass(frozen=True)
class NetworkPredictor:
    """A trained network.

    Attributes:
        network: in the state of predicting, on `device`.
        scaling: applied to values before the network.
        n_classes: number of classes.
        device: where to compute.
    """

    network: Any = field(repr=False)
    scaling: Scaling
    n_classes: int
    device: str = "cpu"

    def on_device(self, device: str) -> NetworkPredictor:
        """Return the same predictor on a device."""
        return NetworkPredictor(self.network.to(device), self.scaling, self.n_classes, device)

    def predict_probabilities(self, values: FloatArray, static_values: FloatArray) -> FloatArray:
        """Return ``(n, n_classes)`` float32 probabilities; see `Predictor`."""
        inputs = network_inputs(values, static_values, self.scaling)
        result = np.empty((len(values), self.n_classes), dtype=np.float32)
        with torch.inference_mode():
            for start in range(0, len(values), _PREDICTION_BATCH):
                series = torch.from_numpy(inputs[start : start + _PREDICTION_BATCH]).to(self.device)
                logits = self.network.head(self.network.encode(series, None))
                result[start : start + _PREDICTION_BATCH] = probabilities(logits).cpu().numpy()
        return result


def _predictor(arrays: Arrays, scaling: Scaling, shape: ModelShape, settings: NetworkSettings) -> NetworkPredictor:
    network = build(shape, settings)
    network.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in arrays.items()})
    return NetworkPredictor(network.eval(), scaling, shape.n_classes)


ARCHITECTURE = Architecture(build, _predictor)


def fit(samples: TrainingSet, settings: NetworkSettings, context: FitContext) -> FittedModel:
    """Train the model; see `fit_network`."""
    return fit_network(samples, settings, context, ARCHITECTURE)


def load(weights: bytes, shape: ModelShape, settings: NetworkSettings, scaling: Scaling) -> Predictor:
    """Make a predictor of the weights of a package; see `load_network`."""
    return load_network(weights, settings, scaling, shape, ARCHITECTURE)
