"""Gradient reversal (Ganin and Lempitsky 2015): forward nothing changes, backward the sign does.

Its strength rises with the training step, ``2 / (1 + exp(-step / 1000)) - 1``: 0 at the start, 0.4621 at step 1000,
then towards 1 (methods.md 5.4 and 5.6).
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import nn

STEPS_TO_HALF = 1000.0
_HIDDEN = 1024


def reversal_strength(step: int) -> float:
    """Return the strength of the reversal at a training step, counted from 0."""
    return 2.0 / (1.0 + math.exp(-step / STEPS_TO_HALF)) - 1.0


class _Reversal(torch.autograd.Function):
    @staticmethod
    def forward(context: Any, features: torch.Tensor, strength: float) -> torch.Tensor:  # noqa: ANN401 - torch's own
        context.strength = strength
        return features.view_as(features)

    @staticmethod
    def backward(context: Any, gradient: torch.Tensor) -> tuple[torch.Tensor, None]:  # noqa: ANN401 - as above
        return -context.strength * gradient, None


def reverse_gradient(features: torch.Tensor, strength: float) -> torch.Tensor:
    """Return the features; their gradient comes back times minus `strength`."""
    reversed_features: torch.Tensor = _Reversal.apply(features, strength)  # type: ignore[no-untyped-call]
    return reversed_features


def discriminator(n_features: int) -> nn.Sequential:
    """Return the network that tells the domains apart: two layers of 1024 with batch normalisation, one logit.

    A logit above 0 says source. With its sigmoid and binary cross-entropy it is that of the study.
    """
    return nn.Sequential(
        nn.Linear(n_features, _HIDDEN),
        nn.BatchNorm1d(_HIDDEN),
        nn.ReLU(),
        nn.Linear(_HIDDEN, _HIDDEN),
        nn.BatchNorm1d(_HIDDEN),
        nn.ReLU(),
        nn.Linear(_HIDDEN, 1),
    )
