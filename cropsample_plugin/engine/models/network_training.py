"""The training loop of all networks: Adam, schedules, early stopping that restores the best weights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Callable

import numpy as np
import torch

from cropsample_plugin.engine.models.augmentation import augment
from cropsample_plugin.engine.models.checkpoints import Checkpoint, TrainingState
from cropsample_plugin.engine.models.fitting import CurveRow, FitContext
from cropsample_plugin.engine.models.metrics import error_matrix, macro_f1, overall_accuracy
from cropsample_plugin.engine.models.network_loss import Batch, LossParts, Network, loss_parts
from cropsample_plugin.engine.models.network_settings import LstmSettings, NetworkSettings
from cropsample_plugin.engine.models.scaling import Scaling
from cropsample_plugin.engine.models.training_set import NOT_A_CLASS, TrainingSet
from cropsample_plugin.engine.progress import raise_if_canceled

Initialise = Callable[[Network, torch.Generator], None]
Draw = Callable[[np.random.Generator], np.typing.NDArray[np.int64]]
_EVALUATION_BATCH = 4096
_PLATEAU_EPOCHS = 10
_EPOCHS_TO_HALF = 25
"""How long training takes is not known beforehand: progress reaches one half after this many epochs."""


@dataclass(frozen=True)
class TrainedNetwork:
    """The outcome of a training run.

    Attributes:
        curve: one row an epoch.
        best_epoch: the epoch, from 1, whose weights the network holds; 0 for the first weights.
        diverged_epoch: the epoch whose loss was no number, 0 for none.
    """

    curve: list[CurveRow]
    best_epoch: int
    diverged_epoch: int = 0


@dataclass(frozen=True)
class Start:
    """What a training starts from.

    Attributes:
        initialise: draws the first weights; None to keep those that the network has.
        checkpoint: file with the state of an unfinished training to go on from; None for none.
        draw: gives the rows of an epoch in their order; None for each sample once.
    """

    initialise: Initialise | None = None
    checkpoint: Path | None = None
    draw: Draw | None = None


FRESH = Start()


@contextmanager
def repeatable_torch(device: str, seed: int) -> Iterator[None]:
    """Seeded, deterministic algorithms on one thread; at 64 samples a step more threads cost time, not save it.

    On a graphics processor no such promise is made.
    """
    threads = torch.get_num_threads()
    was_deterministic = torch.are_deterministic_algorithms_enabled()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=device == "cpu")
    try:
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            yield
    finally:
        torch.use_deterministic_algorithms(mode=was_deterministic)
        torch.set_num_threads(threads)


def to_batch(samples: TrainingSet, scaling: Scaling, device: str) -> Batch:
    """Scale samples and move them to the device; static bands are repeated at every step."""
    return Batch(
        torch.from_numpy(network_inputs(samples.values, samples.static_values, scaling)).to(device),
        torch.from_numpy(samples.class_indices).to(device),
        torch.from_numpy(samples.global_class_indices).to(device),
        torch.from_numpy(samples.weights.astype(np.float32)).to(device),
        torch.from_numpy(samples.is_local).to(device),
    )


def network_inputs(
    values: np.typing.NDArray[np.float32], static_values: np.typing.NDArray[np.float32], scaling: Scaling
) -> np.typing.NDArray[np.float32]:
    """Return ``(n, n_timesteps, n_bands + n_static)`` scaled inputs, static bands last."""
    scaled = scaling.apply(values)
    if static_values.shape[1] == 0:
        return scaled
    static = scaling.apply_static(static_values)[:, None, :]
    return np.concatenate([scaled, np.repeat(static, values.shape[1], axis=1)], axis=2)


def train_network(
    network: Network,
    training: Batch,
    stopping: Batch | None,
    settings: NetworkSettings,
    context: FitContext,
    start: Start = FRESH,
) -> TrainedNetwork:
    """Train until the validation loss has not fallen for `patience_epochs`, then restore the best weights.

    Without stopping samples the training loss decides. ``one_cycle`` runs all its epochs. A loss that is no number
    ends the training, and the best weights so far are kept.

    Args:
        network: on its device.
        training: the samples learned from.
        stopping: the samples that decide when to stop.
        settings: how to train.
        context: seed and progress.
        start: what the training starts from.

    Raises:
        CanceledError: the user cancelled; asked before every batch.
    """
    generator = torch.Generator(device=training.series.device).manual_seed(context.seed)
    order = np.random.default_rng(context.seed)
    if start.initialise is not None:
        start.initialise(network, generator)
    n_batches = -(-len(training) // settings.batch_size)
    steps = Steps(network, settings, n_batches)
    state = TrainingState({name: value.clone() for name, value in network.state_dict().items()})
    parts = {"network": network, "optimizer": steps.optimizer, "schedule": steps.schedule, "random": generator}
    checkpoint = Checkpoint(start.checkpoint, parts)
    if checkpoint.load(state) and not state.is_finished:
        context.progress.log(f"The training goes on after epoch {len(state.curve)}.", "info")
    draw = start.draw or (lambda generator: generator.permutation(len(training)))
    for _ in state.curve:
        draw(order)
    alpha = settings.alpha if isinstance(settings, LstmSettings) else 1.0
    for epoch in range(len(state.curve) + 1, settings.max_epochs + 1):
        if state.is_finished:
            break
        shuffled = torch.from_numpy(draw(order))
        batches = [training.rows(rows) for rows in _without_lone_sample(torch.split(shuffled, settings.batch_size))]
        train_loss = _train_epoch(network, steps, batches, alpha, (context, generator))
        row: CurveRow = {"epoch": epoch, "train_loss": train_loss}
        if stopping is not None:
            row |= evaluate(network, stopping, alpha)
        _report(row, context)
        state.curve.append(row)
        loss = row.get("validation_loss", train_loss)
        steps.end_epoch(loss)
        judge(state, loss, epoch, settings, network)
        checkpoint.save(state)
    network.load_state_dict(state.best_weights)
    return TrainedNetwork(state.curve, state.best_epoch, state.diverged_epoch)


class Steps:
    """The optimiser and its schedule."""

    def __init__(self, network: Network, settings: NetworkSettings, n_batches: int) -> None:
        self.settings = settings
        self.optimizer = torch.optim.Adam(
            network.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
        )
        build = {"constant": self._constant, "plateau": self._plateau, "one_cycle": self._one_cycle}
        self.schedule = build[settings.schedule](n_batches)

    def _constant(self, n_batches: int) -> torch.optim.lr_scheduler.LRScheduler:  # noqa: ARG002 - one signature for all
        return torch.optim.lr_scheduler.ConstantLR(self.optimizer, factor=1.0)

    def _plateau(self, n_batches: int) -> torch.optim.lr_scheduler.LRScheduler:  # noqa: ARG002 - as above
        return torch.optim.lr_scheduler.ReduceLROnPlateau(self.optimizer, "min", 0.1, _PLATEAU_EPOCHS)

    def _one_cycle(self, n_batches: int) -> torch.optim.lr_scheduler.LRScheduler:
        n_steps = self.settings.max_epochs * n_batches
        return torch.optim.lr_scheduler.OneCycleLR(self.optimizer, self.settings.learning_rate, n_steps)

    def step(self) -> None:
        """Change the weights, and the step within a cycle."""
        self.optimizer.step()
        if isinstance(self.schedule, torch.optim.lr_scheduler.OneCycleLR):
            self.schedule.step()

    def end_epoch(self, loss: float) -> None:
        """Shorten the steps where the loss has levelled off."""
        if isinstance(self.schedule, torch.optim.lr_scheduler.ReduceLROnPlateau):
            self.schedule.step(loss)


def judge(state: TrainingState, loss: float, epoch: int, settings: NetworkSettings, network: Network) -> None:
    """Keep the weights of the best epoch, and say whether training has come to its end."""
    if loss < state.best_loss:
        state.best_loss, state.best_epoch = loss, epoch
        for name, value in network.state_dict().items():
            state.best_weights[name].copy_(value)
    has_diverged = not np.isfinite(state.curve[-1]["train_loss"])
    state.diverged_epoch = epoch if has_diverged else 0
    is_patient = settings.schedule == "one_cycle" or epoch - state.best_epoch < settings.patience_epochs
    state.is_finished = has_diverged or not is_patient or epoch == settings.max_epochs


def _without_lone_sample(batches: tuple[torch.Tensor, ...]) -> list[torch.Tensor]:
    """Join a last batch of one sample to the one before: batch normalisation needs two."""
    joined = list(batches)
    if len(joined) > 1 and len(joined[-1]) == 1:
        joined[-2:] = [torch.cat(joined[-2:])]
    return joined


def evaluate(network: Network, samples: Batch, alpha: float) -> CurveRow:
    """Return validation loss, and accuracy and macro F1 of the samples that the predicting head has a class for."""
    parts: list[LossParts] = []
    predicted: list[torch.Tensor] = []
    network.eval()
    with torch.no_grad():
        for start in range(0, len(samples), _EVALUATION_BATCH):
            part, logits = loss_parts(network, samples.rows(slice(start, start + _EVALUATION_BATCH)), None)
            parts.append(part)
            predicted.append((logits[:, 0] > 0).long() if logits.shape[1] == 1 else logits.argmax(dim=1))
    row: CurveRow = {"validation_loss": float(sum(parts[1:], parts[0]).total(alpha))}
    scored = samples.classes != NOT_A_CLASS
    if bool((scored & samples.is_local).any()):
        scored &= samples.is_local
    if bool(scored.any()):
        reference = samples.classes[scored].cpu().numpy()
        mapped = torch.cat(predicted)[scored].cpu().numpy()
        matrix = error_matrix(mapped, reference, int(max(reference.max(), mapped.max())) + 1)
        row |= {"validation_accuracy": overall_accuracy(matrix), "validation_macro_f1": macro_f1(matrix)}
    return row


def _train_epoch(
    network: Network,
    steps: Steps,
    batches: list[Batch],
    alpha: float,
    run: tuple[FitContext, torch.Generator],
) -> float:
    """Run one epoch and return the mean of its batch losses, weighted by batch length."""
    context, generator = run
    _switch_to_training(network)
    total = 0.0
    for batch in batches:
        raise_if_canceled(context.progress)
        changed = replace(batch, series=augment(batch.series, steps.settings, generator))
        with torch.autocast("cuda", torch.bfloat16, enabled=batch.series.is_cuda):
            loss = loss_parts(network, changed, generator)[0].total(alpha)
        steps.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        steps.step()
        total += float(loss.detach()) * len(batch)
    return total / sum(len(batch) for batch in batches)


def _switch_to_training(network: Network) -> None:
    """Switch to training; a batch normalisation whose weights are frozen keeps its statistics too."""
    network.train()
    for module in network.modules():
        is_frozen = not any(parameter.requires_grad for parameter in module.parameters(recurse=False))
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm) and is_frozen:  # noqa: SLF001 - the common class
            module.eval()


def _report(row: CurveRow, context: FitContext) -> None:
    epoch = int(row["epoch"])
    for name, value in row.items():
        if name != "epoch":
            context.progress.metric(context.metric_prefix + name, epoch, value)
    shown = row.get("validation_loss", row["train_loss"])
    context.progress.report(epoch / (epoch + _EPOCHS_TO_HALF), f"epoch {epoch}, loss {shown:.4f}")
