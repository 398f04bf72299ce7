"""The loss of all networks, for one head and for a global and a local head.

Source: Kerner et al. 2020, methods.md 6.2: ``L = (n_g / n_l) / alpha * BCE_global + BCE_local``; without local
samples ``L = BCE_global``. Sample weights enter as if a sample of weight 2 stood there twice: ``n_g`` and ``n_l``
are sums of weights and each mean is weighted. With more than two classes cross-entropy takes the place of BCE.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Iterator, Protocol

import torch
from torch import nn

from cropsample_plugin.engine.models.lstm_network import MultiHeadNetwork


class Network(Protocol):
    """What training asks of a network: a series becomes a vector, the head makes logits of it."""

    head: Any

    def encode(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:
        """Return ``(n, length)`` for scaled ``series (n, n_timesteps, n_inputs)``."""

    def parameters(self) -> Iterator[nn.Parameter]:
        """Return what is learned."""

    def modules(self) -> Iterator[nn.Module]:
        """Return the network and all parts of it."""

    def state_dict(self) -> dict[str, Any]:
        """Return all tensors by name."""

    def load_state_dict(self, state_dict: dict[str, Any]) -> Any:  # noqa: ANN401 - as torch has it
        """Take tensors by name."""

    def train(self) -> Any:  # noqa: ANN401 - as torch has it
        """Switch to training."""

    def eval(self) -> Any:  # noqa: ANN401 - as torch has it
        """Switch to predicting."""


@dataclass(frozen=True)
class Batch:
    """Samples on the device: ``series (n, n_timesteps, n_inputs)`` scaled, and what `TrainingSet` says of each."""

    series: torch.Tensor
    classes: torch.Tensor
    global_classes: torch.Tensor
    weights: torch.Tensor
    is_local: torch.Tensor

    def __len__(self) -> int:
        """Return the number of samples."""
        return len(self.series)

    def rows(self, rows: torch.Tensor | slice) -> Batch:
        """Return some of the samples."""
        return Batch(
            self.series[rows],
            self.classes[rows],
            self.global_classes[rows],
            self.weights[rows],
            self.is_local[rows],
        )


@dataclass(frozen=True)
class LossParts:
    """Weighted sums of a batch's losses, and the sums of their weights."""

    local_loss: torch.Tensor
    local_weight: torch.Tensor
    global_loss: torch.Tensor
    global_weight: torch.Tensor

    def __add__(self, other: LossParts) -> LossParts:
        return LossParts(
            self.local_loss + other.local_loss,
            self.local_weight + other.local_weight,
            self.global_loss + other.global_loss,
            self.global_weight + other.global_weight,
        )

    def total(self, alpha: float) -> torch.Tensor:
        """Return L. ``(n_g / n_l) / alpha * mean global loss`` is ``global sum / (alpha * n_l)``."""
        if float(self.local_weight) == 0.0:
            return self.global_loss / self.global_weight
        return (self.local_loss + self.global_loss / alpha) / self.local_weight


def loss_parts(network: Network, batch: Batch, generator: torch.Generator | None) -> tuple[LossParts, torch.Tensor]:
    """Return the loss parts of a batch and ``(n, n_outputs)`` logits of the head that predicts."""
    hidden = network.encode(batch.series, generator)
    logits: torch.Tensor = network.head(hidden)
    zero = batch.weights.new_zeros(())
    if not isinstance(network, MultiHeadNetwork):
        losses = sample_losses(logits, batch.classes)
        return LossParts((losses * batch.weights).sum(), batch.weights.sum(), zero, zero), logits
    local = batch.is_local.nonzero().squeeze(1)
    distant = (~batch.is_local).nonzero().squeeze(1)
    local_loss = sample_losses(logits[local], batch.classes[local]) * batch.weights[local]
    global_logits = network.global_head(hidden[distant])
    global_loss = sample_losses(global_logits, batch.global_classes[distant]) * batch.weights[distant]
    parts = LossParts(local_loss.sum(), batch.weights[local].sum(), global_loss.sum(), batch.weights[distant].sum())
    return parts, logits


def sample_losses(logits: torch.Tensor, classes: torch.Tensor) -> torch.Tensor:
    """Return ``(n,)`` losses: binary cross-entropy for one logit, cross-entropy for more."""
    if logits.shape[1] == 1:
        return nn.functional.binary_cross_entropy_with_logits(logits[:, 0], classes.to(logits.dtype), reduction="none")
    return nn.functional.cross_entropy(logits, classes, reduction="none")


def probabilities(logits: torch.Tensor) -> torch.Tensor:
    """Return ``(n, n_classes)`` probabilities; one logit is that of the second class."""
    if logits.shape[1] == 1:
        second = torch.sigmoid(logits)
        return torch.cat([1.0 - second, second], dim=1)
    return torch.softmax(logits, dim=1)
