"""Fine-tuning a trained network on target samples: the one training loop, from the source's weights.

The optimiser is made anew, so that the learning rate is the one asked for and not that of the source's last epoch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.fitting import CurveRow, FitContext, FittedModel, ModelShape
from cropsample_plugin.engine.models.network_settings import NetworkSettings
from cropsample_plugin.engine.models.network_training import Start, repeatable_torch, to_batch, train_network
from cropsample_plugin.engine.models.scaling import Scaling, fit_scaling
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.models.transfer.domains import Source
from cropsample_plugin.engine.models.transfer.head_extension import extend_head
from cropsample_plugin.engine.models.transfer.treatments import (
    BATCH_SIZE,
    STOPPING_SHARE,
    Stage,
    class_weights,
    drawer,
    treatment_stages,
)
from cropsample_plugin.engine.models.validation import holdout_split

HEAD = "head."


@dataclass(frozen=True)
class FineTuning:
    """How to fine-tune.

    Attributes:
        treatment: ``R1`` to ``R4``.
        learning_rate: of Adam, and really so. The study names 1e-5, yet its runs kept the 5e-4 of the source model.
        scaling: ``target`` to fit the scaling on the target samples learned from; ``source`` to keep the source's.
    """

    treatment: str = "R1"
    learning_rate: float = 5.0e-4
    scaling: str = "target"


def fine_tune(source: Source, samples: TrainingSet, options: FineTuning, context: FitContext) -> FittedModel:
    """Train the source's network on target samples; a quarter of them decides which epoch is kept.

    Raises:
        InputError: the model is no network, or there is no such treatment.
        CanceledError: the user cancelled.
    """
    stages = treatment_stages(options.treatment)
    settings = _settings(source, options)
    fit_rows, stopping_rows = holdout_split(samples, STOPPING_SHARE, context.seed)
    training = samples.subset(fit_rows)
    scaling = fit_scaling(training.values, training.static_values) if options.scaling == "target" else None
    scaling = scaling or source.package.expects.scaling
    curve: list[CurveRow] = []
    notes = [f"{len(fit_rows)} target samples were learned from, {len(stopping_rows)} decided which epoch was kept."]
    with repeatable_torch(context.device, context.seed):
        network = network_of(source, samples.n_classes, context)
        stopping = to_batch(samples.subset(stopping_rows), scaling, context.device) if len(stopping_rows) else None
        for number, stage in enumerate(stages):
            freeze(network, head_only=stage.head_only)
            weighted = _with_loss_weights(training, stage)
            draw = drawer(training.class_indices, stage.drawing, context.seed + number)
            staged = replace(settings, max_epochs=stage.n_epochs, patience_epochs=stage.n_epochs)
            batch = to_batch(weighted, scaling, context.device)
            trained = train_network(network, batch, stopping, staged, context, Start(draw=draw))
            curve += [{**row, "epoch": len(curve) + position} for position, row in enumerate(trained.curve, start=1)]
            notes += _divergence(trained.diverged_epoch, trained.best_epoch)
    return fitted_network(source, network, (samples, scaling), curve, notes)


def network_of(source: Source, n_classes: int, context: FitContext) -> Any:  # noqa: ANN401 - any network
    """Return the source's network on the device, its head extended to `n_classes`."""
    arrays = extend_head(load_tensors(source.package.weights), source.n_known, n_classes, context.seed)
    shape = replace(source.package.shape, n_classes=n_classes)
    network = source.package.spec.architecture.build(shape, source.package.settings)
    network.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in arrays.items()})
    return network.to(context.device)


def freeze(network: Any, *, head_only: bool) -> None:  # noqa: ANN401 - any network
    """Say which weights are learned: those of the predicting head, or all."""
    for name, parameter in network.named_parameters():
        parameter.requires_grad_(not head_only or name.startswith(HEAD))
        parameter.grad = None


def fitted_network(
    source: Source,
    network: Any,  # noqa: ANN401 - any network
    given: tuple[TrainingSet, Scaling],
    curve: list[CurveRow],
    notes: list[str],
) -> FittedModel:
    """Return a trained network as every fit hands one back; `given` is what it was trained on and its scaling."""
    samples, scaling = given
    arrays: dict[str, npt.NDArray[Any]] = {
        name: tensor.detach().cpu().numpy() for name, tensor in network.state_dict().items()
    }
    shape = replace(ModelShape.of(samples), n_global_classes=source.package.n_global_classes)
    predictor = source.package.spec.architecture.predictor(arrays, scaling, shape, source.package.settings)
    return FittedModel(predictor, scaling, lambda: save_tensors(arrays), curve, notes)


def _settings(source: Source, options: FineTuning) -> NetworkSettings:
    settings = source.package.settings
    if not isinstance(settings, NetworkSettings):
        raise InputError(
            f"'fine_tune' trains the layers of a network on, and the package holds: {source.package.spec.title}.",
            "Choose 'joint', 'zero_label' or 'direct', or train a network on the source.",
        )
    if options.scaling not in ("source", "target"):
        raise InputError(f"There is no scaling '{options.scaling}'.", "Choose 'source' or 'target'.")
    return replace(
        settings,
        learning_rate=options.learning_rate,
        schedule="constant",
        batch_size=BATCH_SIZE,
        stopping_share=STOPPING_SHARE,
    )


def _with_loss_weights(training: TrainingSet, stage: Stage) -> TrainingSet:
    counts = np.bincount(training.class_indices, minlength=training.n_classes)
    factors = class_weights(counts, stage.loss_weights)
    return replace(training, weights=training.weights * factors[training.class_indices])


def _divergence(diverged_epoch: int, best_epoch: int) -> list[str]:
    if not diverged_epoch:
        return []
    kept = f"the weights of epoch {best_epoch} were kept" if best_epoch else "the source's weights were kept"
    told = (
        f"Training diverged in epoch {diverged_epoch}: the loss was no number any more. It was stopped there and "
        f"{kept}. Try a lower learning rate."
    )
    return [told]
