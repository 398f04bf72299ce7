"""The multi-headed LSTM: a global and a local head; the local one predicts (28,162 parameters with 12 inputs)."""

from __future__ import annotations

import numpy as np

from cropsample_plugin.engine.models.fitting import FitContext, FittedModel, ModelShape, Predictor
from cropsample_plugin.engine.models.lstm import Arrays, head_layers, lstm_architecture
from cropsample_plugin.engine.models.lstm_network import MultiHeadNetwork, n_outputs
from cropsample_plugin.engine.models.lstm_weights import LstmWeights
from cropsample_plugin.engine.models.network_fitting import fit_network, load_network
from cropsample_plugin.engine.models.network_settings import LstmSettings
from cropsample_plugin.engine.models.scaling import Scaling
from cropsample_plugin.engine.models.training_set import TrainingSet


def fit(samples: TrainingSet, settings: LstmSettings, context: FitContext) -> FittedModel:
    """Train the model; see `fit_network`. Without global samples the global head stays as it was drawn."""
    return fit_network(samples, settings, context, ARCHITECTURE)


def load(weights: bytes, shape: ModelShape, settings: LstmSettings, scaling: Scaling) -> Predictor:
    """Make a predictor of the weights of a package; see `load_network`."""
    return load_network(weights, settings, scaling, shape, ARCHITECTURE)


def build(shape: ModelShape, settings: LstmSettings) -> MultiHeadNetwork:
    """Build the network for series of a shape; local and global samples may have different classes."""
    n_inputs = shape.n_bands + shape.n_static
    return MultiHeadNetwork(n_inputs, n_outputs(shape.n_classes), n_outputs(shape.n_global_classes), settings)


def read_weights(arrays: Arrays) -> LstmWeights:
    """Split the gates into what acts on the inputs and what acts on the hidden vector."""
    gates = arrays["cell.gates.weight"]
    n_inputs = gates.shape[1] - gates.shape[0] // 4
    return LstmWeights(
        np.ascontiguousarray(gates[:, :n_inputs]),
        np.ascontiguousarray(gates[:, n_inputs:]),
        arrays["cell.gates.bias"],
        head_layers(arrays),
    )


ARCHITECTURE = lstm_architecture(build, read_weights)
