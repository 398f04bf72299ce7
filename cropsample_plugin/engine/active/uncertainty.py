"""How unsure a model is of a candidate, from its class probabilities: 0 = certain, 1 = all classes as likely.

Each measure is scaled to [0, 1] by its largest value, so that they can be exchanged (Settles 2009, Active learning
literature survey, section 3.1).
"""

from __future__ import annotations

import math
from typing import Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float32]


def least_confidence(probabilities: FloatArray) -> FloatArray:
    """Return ``(n,)``: ``(1 - p1) k / (k - 1)`` of ``(n, k)`` probabilities, p1 the largest."""
    n_classes = probabilities.shape[1]
    scale = np.float32(n_classes / (n_classes - 1))
    found: FloatArray = np.clip((1 - probabilities.max(axis=1)) * scale, 0, 1)
    return found


def margin(probabilities: FloatArray) -> FloatArray:
    """Return ``(n,)``: ``1 - (p1 - p2)`` of ``(n, k)`` probabilities, p1 and p2 the two largest."""
    n_classes = probabilities.shape[1]
    two = np.partition(probabilities, (n_classes - 2, n_classes - 1), axis=1)[:, -2:]
    found: FloatArray = np.clip(1 - (two[:, 1] - two[:, 0]), 0, 1)
    return found


def entropy(probabilities: FloatArray) -> FloatArray:
    """Return ``(n,)``: ``-sum(p ln p) / ln k`` of ``(n, k)`` probabilities."""
    terms = np.log(np.maximum(probabilities, np.finfo(np.float32).tiny))
    terms *= probabilities
    found: FloatArray = np.clip(terms.sum(axis=1) * np.float32(-1 / math.log(probabilities.shape[1])), 0, 1)
    return found


UNCERTAINTIES: dict[str, Callable[[FloatArray], FloatArray]] = {
    "margin": margin,
    "least_confidence": least_confidence,
    "entropy": entropy,
}


def uncertainty_named(name: str) -> Callable[[FloatArray], FloatArray]:
    """Return a measure; `InputError` names those there are."""
    if name not in UNCERTAINTIES:
        raise InputError(f"There is no uncertainty '{name}'.", f"Known: {', '.join(UNCERTAINTIES)}.")
    return UNCERTAINTIES[name]
