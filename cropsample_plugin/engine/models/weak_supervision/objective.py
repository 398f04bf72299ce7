"""What a weakly supervised network minimises: the masked loss of the labels, and lambda times the regulariser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from cropsample_plugin.engine.models.network_loss import probabilities, sample_losses
from cropsample_plugin.engine.models.weak_supervision.pair_kernel import disagreement, pair_weights
from cropsample_plugin.engine.models.weak_supervision.settings import NO_LABEL, RegulariserSettings


@dataclass(frozen=True)
class PatchBatch:
    """Patches on the device.

    Attributes:
        series: ``(n_valid, n_timesteps, n_inputs)`` scaled series of the valid pixels, patch after patch.
        is_valid: ``(n_patches, height, width)``.
        features: ``(n_patches, height, width, n_components)``.
        labels: ``(n_valid,)`` class index, -1 without a label.
        weights: ``(n_valid,)`` of the labels, 0 without one.
    """

    series: torch.Tensor
    is_valid: torch.Tensor
    features: torch.Tensor
    labels: torch.Tensor
    weights: torch.Tensor


@dataclass(frozen=True)
class ObjectiveParts:
    """Sums over some patches; all of them zero where nothing is to be summed."""

    label_loss: torch.Tensor
    label_weight: torch.Tensor
    pair_loss: torch.Tensor
    n_valid: int

    def __add__(self, other: ObjectiveParts) -> ObjectiveParts:
        return ObjectiveParts(
            self.label_loss + other.label_loss,
            self.label_weight + other.label_weight,
            self.pair_loss + other.pair_loss,
            self.n_valid + other.n_valid,
        )

    def supervised(self) -> torch.Tensor:
        """Return L_S, ``sum of weighted losses / max(1, sum of weights)``: 0 without a label."""
        return self.label_loss / self.label_weight.clamp(min=1.0)

    def total(self, strength: float) -> torch.Tensor:
        """Return ``L_S + lambda * L_U``."""
        if strength == 0.0:
            return self.supervised()
        return self.supervised() + strength * self.pair_loss / max(1, self.n_valid)


def objective_parts(
    logits: torch.Tensor, batch: PatchBatch, settings: RegulariserSettings, typical_distance: float
) -> ObjectiveParts:
    """Return the parts of the objective for ``(n_valid, n_outputs)`` logits of a batch.

    Without any label the supervised part is a zero that hangs on the logits, so that its gradient is 0 and not lost.
    """
    has_label = batch.labels != NO_LABEL
    losses = sample_losses(logits, batch.labels.clamp(min=0)) * batch.weights * has_label
    pair_loss = logits.new_zeros(())
    if settings.strength > 0.0:
        given = probabilities(logits.float())
        grid = given.new_zeros((*batch.is_valid.shape, given.shape[1]))
        grid[batch.is_valid] = given
        weights = pair_weights(batch.features, batch.is_valid, settings, typical_distance)
        pair_loss = disagreement(grid, weights, settings.radius_px)
    return ObjectiveParts(losses.sum(), (batch.weights * has_label).sum(), pair_loss, len(logits))


def network_logits(network: Any, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:  # noqa: ANN401 - any network
    """Return ``(n, n_outputs)`` logits of ``(n, n_timesteps, n_inputs)`` scaled series."""
    logits: torch.Tensor = network.head(network.encode(series, generator))
    return logits
