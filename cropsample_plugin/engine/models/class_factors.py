"""Factors that bring a model's probabilities to the class shares of another place or year.

``p' = p * f / sum(p * f)`` with ``f = share there / share in training`` (Bayes' rule with other priors).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.fitting import Predictor

FloatArray = npt.NDArray[np.float32]
Factors = tuple[float, ...]


def with_factors(probabilities: npt.NDArray[np.floating], factors: Factors, axis: int = 1) -> FloatArray:
    """Return probabilities times factors, each sum 1; the classes lie along `axis`.

    Where all that a model holds possible has the factor 0, its probabilities stay as they are.
    """
    along = np.array(factors).reshape((1, -1) if axis == 1 else (-1, 1))
    changed = probabilities.astype(np.float64) * along
    sums = changed.sum(axis=axis, keepdims=True)
    result: FloatArray = np.where(sums > 0, changed / np.where(sums > 0, sums, 1.0), probabilities).astype(np.float32)
    return result


@dataclass(frozen=True)
class FactoredPredictor:
    """A model whose probabilities are multiplied by a factor a class; see `Predictor`."""

    model: Predictor
    factors: Factors

    @property
    def n_classes(self) -> int:
        """Number of classes."""
        return self.model.n_classes

    def predict_probabilities(self, values: FloatArray, static_values: FloatArray) -> FloatArray:
        """Return ``(n, n_classes)`` float32 probabilities; see `Predictor`."""
        return with_factors(self.model.predict_probabilities(values, static_values), self.factors)
