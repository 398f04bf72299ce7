"""What all networks share: fit with a stopping split, weights as safetensors, checks on loading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from cropsample_plugin.engine.errors import InputError, ModelPackageError
from cropsample_plugin.engine.models.checkpoints import checkpoint_path
from cropsample_plugin.engine.models.fitting import FitContext, FittedModel, ModelShape, Predictor
from cropsample_plugin.engine.models.network_settings import NetworkSettings
from cropsample_plugin.engine.models.network_training import (
    Initialise,
    Start,
    TrainedNetwork,
    repeatable_torch,
    to_batch,
    train_network,
)
from cropsample_plugin.engine.models.scaling import Scaling, fit_scaling
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.models.validation import holdout_split

Arrays = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class Architecture:
    """How one kind of network is built and used.

    Attributes:
        build: makes the network of a shape and settings.
        predictor: makes a predictor of its weights, by name.
        initialise: draws the first weights; None to keep those that ``build`` draws.
    """

    build: Callable[[ModelShape, Any], torch.nn.Module]
    predictor: Callable[[Arrays, Scaling, ModelShape, Any], Predictor]
    initialise: Initialise | None = None


def fit_network(
    samples: TrainingSet, settings: NetworkSettings, context: FitContext, architecture: Architecture
) -> FittedModel:
    """Train a network; a stratified, group-wise share of the samples decides when to stop and is not learned from.

    The scaling is fitted on the samples learned from, without the stopping samples.
    """
    fit_rows, stopping_rows = holdout_split(samples, settings.stopping_share, context.seed)
    training = samples.subset(fit_rows)
    scaling = fit_scaling(training.values, training.static_values, training.step_weights)
    shape = ModelShape.of(samples)
    with repeatable_torch(context.device, context.seed):
        network: Any = on_device(architecture.build(shape, settings), context.device)
        stopping = to_batch(samples.subset(stopping_rows), scaling, context.device) if len(stopping_rows) else None
        batch = to_batch(training, scaling, context.device)
        start = Start(architecture.initialise, checkpoint_path(context.checkpoints, samples, settings, context.seed))
        trained = train_network(network, batch, stopping, settings, context, start)
    arrays = {name: tensor.cpu().numpy() for name, tensor in network.state_dict().items()}
    predictor = architecture.predictor(arrays, scaling, shape, settings)
    notes = _notes(trained, len(fit_rows), len(stopping_rows))
    for note in notes[1:]:
        context.progress.log(note, "warning")
    return FittedModel(predictor, scaling, lambda: save_tensors(arrays), trained.curve, notes)


def load_network(
    weights: bytes, settings: NetworkSettings, scaling: Scaling, shape: ModelShape, architecture: Architecture
) -> Predictor:
    """Read safetensors into a predictor.

    Args:
        weights: the safetensors bytes, which must hold exactly the names and shapes of the package's network.
        settings: the package's settings.
        scaling: the package's scaling.
        shape: the package's sizes.
        architecture: which kind of network it is.

    Raises:
        ModelPackageError: the bytes are no safetensors, or names, shapes, types or values are not as expected.
    """
    try:
        arrays = load_tensors(weights)
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise ModelPackageError(f"The weights are not readable safetensors: {error}") from error
    expected = _described(architecture, shape, settings)
    if expected != {name: (array.shape, array.dtype.name) for name, array in arrays.items()}:
        raise ModelPackageError("The weights do not have the shapes and types that model.json describes.")
    if not all(np.isfinite(array).all() for array in arrays.values()):
        raise ModelPackageError("The weights hold values that are not finite 32-bit numbers.")
    return architecture.predictor(arrays, scaling, shape, settings)


def _described(
    architecture: Architecture, shape: ModelShape, settings: NetworkSettings
) -> dict[str, tuple[tuple[int, ...], str]]:
    """Return shape and type of every tensor by its name, of a network that takes no memory."""
    try:
        with torch.device("meta"):
            network = architecture.build(shape, settings)
    except InputError as error:
        raise ModelPackageError(f"Its model.json describes no possible network: {error.message}") from error
    state = network.state_dict()
    return {name: (tuple(tensor.shape), str(tensor.dtype).removeprefix("torch.")) for name, tensor in state.items()}


def on_device(network: torch.nn.Module, device: str) -> torch.nn.Module:
    """Move a network to a device; `InputError` when there is no such device."""
    try:
        return network.to(device)
    except (RuntimeError, AssertionError) as error:
        raise InputError(
            f"The device '{device}' cannot be used: {error}", "Choose 'auto' or 'cpu' in CropSample's options."
        ) from error


def _notes(trained: TrainedNetwork, n_fitted: int, n_stopping: int) -> list[str]:
    kept = (
        f"{n_fitted} samples were learned from, {n_stopping} decided when to stop; "
        f"the weights of epoch {trained.best_epoch} of {len(trained.curve)} were kept."
    )
    notes = [kept]
    if trained.diverged_epoch:
        notes.append(
            f"Training diverged in epoch {trained.diverged_epoch}: the loss was no number any more. It was stopped "
            f"there and the best weights so far were kept. Try a lower learning rate."
        )
    return notes
