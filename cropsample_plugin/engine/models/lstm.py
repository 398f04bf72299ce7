"""What the two LSTM models share: fit with a stopping split, weights as safetensors, checks on loading."""

from __future__ import annotations

from typing import Callable

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from cropsample_plugin.engine.errors import InputError, ModelPackageError
from cropsample_plugin.engine.models.fitting import FitContext, FittedModel, ModelShape
from cropsample_plugin.engine.models.lstm_network import Network
from cropsample_plugin.engine.models.lstm_training import repeatable_torch, to_batch, train_network
from cropsample_plugin.engine.models.lstm_weights import LstmPredictor, LstmWeights
from cropsample_plugin.engine.models.scaling import Scaling, fit_scaling
from cropsample_plugin.engine.models.settings import LstmSettings
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.models.validation import holdout_split

FloatArray = npt.NDArray[np.float32]
Arrays = dict[str, FloatArray]
BuildNetwork = Callable[[ModelShape, LstmSettings], Network]
ReadWeights = Callable[[Arrays], LstmWeights]


def fit_network(
    samples: TrainingSet,
    settings: LstmSettings,
    context: FitContext,
    parts: tuple[BuildNetwork, ReadWeights],
) -> FittedModel:
    """Train a network; a stratified, group-wise share of the samples decides when to stop and is not learned from.

    The scaling is fitted on the samples learned from, without the stopping samples.
    """
    build, read_weights = parts
    fit_rows, stopping_rows = holdout_split(samples, settings.stopping_share, context.seed)
    training = samples.subset(fit_rows)
    scaling = fit_scaling(training.values, training.static_values, training.step_weights)
    with repeatable_torch(context.device):
        network = _on_device(build(ModelShape.of(samples), settings), context.device)
        stopping = to_batch(samples.subset(stopping_rows), scaling, context.device) if len(stopping_rows) else None
        trained = train_network(network, to_batch(training, scaling, context.device), stopping, settings, context)
    arrays = {name: tensor.cpu().numpy() for name, tensor in network.state_dict().items()}
    predictor = LstmPredictor(read_weights(arrays), scaling, samples.n_classes)
    note = (
        f"{len(fit_rows)} samples were learned from, {len(stopping_rows)} decided when to stop; "
        f"the weights of epoch {trained.best_epoch} of {len(trained.curve)} were kept."
    )
    return FittedModel(predictor, scaling, lambda: save_tensors(arrays), trained.curve, [note])


def _on_device(network: Network, device: str) -> Network:
    try:
        return network.to(device)
    except (RuntimeError, AssertionError) as error:
        raise InputError(
            f"The device '{device}' cannot be used: {error}", "Choose 'auto' or 'cpu' in CropSample's options."
        ) from error


def load_network(
    weights: bytes, expected: Network, scaling: Scaling, shape: ModelShape, read_weights: ReadWeights
) -> LstmPredictor:
    """Read safetensors into a predictor.

    Args:
        weights: the safetensors bytes.
        expected: a network of the package's shape, whose parameter names and shapes the file must hold exactly.
        scaling: the package's scaling.
        shape: the package's sizes.
        read_weights: picks the predicting path.

    Raises:
        ModelPackageError: the bytes are no safetensors, or names, shapes, types or values are not as expected.
    """
    try:
        arrays = load_tensors(weights)
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise ModelPackageError(f"The weights are not readable safetensors: {error}") from error
    shapes = {name: tuple(tensor.shape) for name, tensor in expected.state_dict().items()}
    found = {name: array.shape for name, array in arrays.items()}
    if shapes != found:
        raise ModelPackageError("The weights do not have the shapes that model.json describes.")
    if not all(array.dtype == np.float32 and np.isfinite(array).all() for array in arrays.values()):
        raise ModelPackageError("The weights are not finite 32-bit numbers.")
    return LstmPredictor(read_weights(arrays), scaling, shape.n_classes)


def head_layers(arrays: Arrays) -> tuple[tuple[FloatArray, FloatArray], ...]:
    """Return weight and bias of each layer of the predicting head."""
    numbers = sorted({int(name.split(".")[1]) for name in arrays if name.startswith("head.")})
    return tuple((arrays[f"head.{number}.weight"], arrays[f"head.{number}.bias"]) for number in numbers)


def meta_network(build: BuildNetwork, shape: ModelShape, settings: LstmSettings) -> Network:
    """Build a network without memory for its parameters, to know their names and shapes."""
    with torch.device("meta"):
        return build(shape, settings)
