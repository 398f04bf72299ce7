"""The single-headed LSTM: ``torch.nn.LSTM`` and one head for all samples (20,033 parameters with 12 inputs)."""

from __future__ import annotations

import numpy as np

from cropsample_plugin.engine.models.fitting import FitContext, FittedModel, ModelShape, Predictor
from cropsample_plugin.engine.models.lstm import Arrays, head_layers, lstm_architecture
from cropsample_plugin.engine.models.lstm_network import SingleHeadNetwork, n_outputs
from cropsample_plugin.engine.models.lstm_weights import LstmWeights
from cropsample_plugin.engine.models.network_fitting import fit_network, load_network
from cropsample_plugin.engine.models.network_settings import LstmSettings
from cropsample_plugin.engine.models.scaling import Scaling
from cropsample_plugin.engine.models.training_set import TrainingSet


def fit(samples: TrainingSet, settings: LstmSettings, context: FitContext) -> FittedModel:
    """Train the model; see `fit_network`."""
    return fit_network(samples, settings, context, ARCHITECTURE)


def load(weights: bytes, shape: ModelShape, settings: LstmSettings, scaling: Scaling) -> Predictor:
    """Make a predictor of the weights of a package; see `load_network`."""
    return load_network(weights, settings, scaling, shape, ARCHITECTURE)


def build(shape: ModelShape, settings: LstmSettings) -> SingleHeadNetwork:
    """Build the network for series of a shape."""
    return SingleHeadNetwork(shape.n_bands + shape.n_static, n_outputs(shape.n_classes), settings)


def read_weights(arrays: Arrays) -> LstmWeights:
    """Bring the gates from torch's order input, forget, cell, output into ours, and add the two biases."""
    size = arrays["lstm.weight_hh_l0"].shape[1]
    blocks = np.arange(4 * size).reshape(4, size)
    order = blocks[[0, 1, 3, 2]].ravel()
    return LstmWeights(
        np.ascontiguousarray(arrays["lstm.weight_ih_l0"][order]),
        np.ascontiguousarray(arrays["lstm.weight_hh_l0"][order]),
        (arrays["lstm.bias_ih_l0"] + arrays["lstm.bias_hh_l0"])[order],
        head_layers(arrays),
    )


ARCHITECTURE = lstm_architecture(build, read_weights)
