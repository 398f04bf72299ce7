"""The training loop of the LSTM networks: Adam, early stopping that restores the best weights, repeatable bits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch

from cropsample_plugin.engine.models.fitting import CurveRow, FitContext
from cropsample_plugin.engine.models.lstm_loss import Batch, LossParts, loss_parts
from cropsample_plugin.engine.models.lstm_network import Network, initialise
from cropsample_plugin.engine.models.metrics import error_matrix, macro_f1, overall_accuracy
from cropsample_plugin.engine.models.scaling import Scaling
from cropsample_plugin.engine.models.settings import LstmSettings
from cropsample_plugin.engine.models.training_set import NOT_A_CLASS, TrainingSet
from cropsample_plugin.engine.progress import raise_if_canceled

_EVALUATION_BATCH = 4096
_EPOCHS_TO_HALF = 25
"""How long training takes is not known beforehand: progress reaches one half after this many epochs."""


@dataclass(frozen=True)
class TrainedNetwork:
    """The outcome of a training run: the curve, and the epoch (from 1) whose weights the network holds."""

    curve: list[CurveRow]
    best_epoch: int


@contextmanager
def repeatable_torch() -> Iterator[None]:
    """Deterministic algorithms on one thread; at 64 samples a step more threads cost time, not save it."""
    threads = torch.get_num_threads()
    was_deterministic = torch.are_deterministic_algorithms_enabled()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    try:
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
    network: Network, training: Batch, stopping: Batch | None, settings: LstmSettings, context: FitContext
) -> TrainedNetwork:
    """Train until the validation loss has not fallen for `patience_epochs`, then restore the best weights.

    Without stopping samples the training loss decides.

    Raises:
        CanceledError: the user cancelled; asked before every batch.
    """
    generator = torch.Generator(device=training.series.device).manual_seed(context.seed)
    order = np.random.default_rng(context.seed)
    initialise(network, settings.hidden_size, generator)
    optimizer = torch.optim.Adam(network.parameters(), lr=settings.learning_rate)
    curve: list[CurveRow] = []
    best_loss, best_epoch = np.inf, 0
    best_weights = {name: value.clone() for name, value in network.state_dict().items()}
    for epoch in range(1, settings.max_epochs + 1):
        shuffled = torch.from_numpy(order.permutation(len(training)))
        batches = [training.rows(rows) for rows in torch.split(shuffled, settings.batch_size)]
        train_loss = _train_epoch(network, optimizer, batches, settings.alpha, (context, generator))
        row: CurveRow = {"epoch": epoch, "train_loss": train_loss}
        if stopping is not None:
            row |= evaluate(network, stopping, settings.alpha)
        _report(row, context)
        curve.append(row)
        loss = row.get("validation_loss", train_loss)
        if loss < best_loss:
            best_loss, best_epoch = loss, epoch
            best_weights = {name: value.clone() for name, value in network.state_dict().items()}
        elif epoch - best_epoch >= settings.patience_epochs:
            break
    network.load_state_dict(best_weights)
    return TrainedNetwork(curve, best_epoch)


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
    optimizer: torch.optim.Optimizer,
    batches: list[Batch],
    alpha: float,
    run: tuple[FitContext, torch.Generator],
) -> float:
    """Run one epoch and return the mean of its batch losses, weighted by batch length."""
    context, generator = run
    network.train()
    total = 0.0
    for batch in batches:
        raise_if_canceled(context.progress)
        loss = loss_parts(network, batch, generator)[0].total(alpha)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        total += float(loss.detach()) * len(batch)
    return total / sum(len(batch) for batch in batches)


def _report(row: CurveRow, context: FitContext) -> None:
    epoch = int(row["epoch"])
    for name, value in row.items():
        if name != "epoch":
            context.progress.metric(context.metric_prefix + name, epoch, value)
    shown = row.get("validation_loss", row["train_loss"])
    context.progress.report(epoch / (epoch + _EPOCHS_TO_HALF), f"epoch {epoch}, loss {shown:.4f}")
