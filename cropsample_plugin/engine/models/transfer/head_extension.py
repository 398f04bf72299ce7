"""The weights of a trained network with a head for more classes: those it knows keep their weights."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.lstm_network import n_outputs

Arrays = dict[str, npt.NDArray[Any]]
_SPREAD = 0.01


def extend_head(arrays: Arrays, n_known: int, n_classes: int, seed: int) -> Arrays:
    """Return weights whose last layer gives `n_classes` logits.

    New classes start with small weights and the lowest bias of the known ones. One logit for two classes becomes
    two: 0 for the first, itself for the second, which means the same.

    Args:
        arrays: weights by name; the predicting head is ``head`` or ``head.<number>``.
        n_known: classes of the trained network.
        n_classes: classes of the new one, not fewer.
        seed: decides the new weights.
    """
    if n_outputs(n_known) == n_outputs(n_classes):
        return dict(arrays)
    prefix = _last_layer(arrays)
    weight, bias = arrays[f"{prefix}.weight"], arrays[f"{prefix}.bias"]
    if len(bias) == 1:
        weight = np.concatenate([np.zeros_like(weight), weight])
        bias = np.concatenate([np.zeros_like(bias), bias])
    n_new = n_classes - n_known
    rng = np.random.default_rng(seed)
    rows = _SPREAD * rng.standard_normal((n_new, weight.shape[1]))
    return {
        **arrays,
        f"{prefix}.weight": np.concatenate([weight, rows.astype(weight.dtype)]),
        f"{prefix}.bias": np.concatenate([bias, np.full(n_new, bias.min(), dtype=bias.dtype)]),
    }


def _last_layer(arrays: Arrays) -> str:
    if "head.weight" in arrays:
        return "head"
    numbers = [int(name.split(".")[1]) for name in arrays if name.startswith("head.") and name.endswith(".weight")]
    return f"head.{max(numbers)}"
