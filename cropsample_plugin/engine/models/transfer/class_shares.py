"""Class shares of a place without labels, from what a model makes of it (Saerens, Latinne and Decaestecker 2002).

Expectation: each sample's probabilities with the shares so far; maximisation: the shares are their mean. The fixed
point is the likeliest mix of classes, provided that the classes look alike in both places.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.class_factors import Factors, with_factors

FloatArray = npt.NDArray[np.float64]
_MOST_ROUNDS = 1000
_SETTLED = 1.0e-6


def estimate_shares(probabilities: npt.NDArray[np.floating], training_shares: FloatArray) -> FloatArray:
    """Return ``(n_classes,)`` shares of the classes among unlabeled samples, summing to 1.

    Args:
        probabilities: ``(n, n_classes)`` of the unlabeled samples.
        training_shares: ``(n_classes,)`` shares among the samples that the model was trained on; a class with the
            share 0 keeps it.
    """
    shares: FloatArray = training_shares / training_shares.sum()
    for _ in range(_MOST_ROUNDS):
        posterior = with_factors(probabilities, share_factors(shares, training_shares)).astype(np.float64)
        found = posterior.mean(axis=0)
        found = np.where(training_shares > 0, found, 0.0)
        found /= found.sum()
        has_settled = float(np.abs(found - shares).max()) < _SETTLED
        shares = found
        if has_settled:
            break
    return shares


def share_factors(shares: FloatArray, training_shares: FloatArray) -> Factors:
    """Return the factor of each class: its share there over its share in training, 0 for a class never trained."""
    known = training_shares > 0
    ratio = np.where(known, shares / np.where(known, training_shares, 1.0), 0.0)
    return tuple(float(value) for value in ratio / ratio.max())
