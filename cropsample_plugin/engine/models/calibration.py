"""Whether probabilities mean what they say, and temperature scaling (Guo et al. 2017, ICML) that makes them.

``p' = p^(1/T) / sum(p^(1/T))``: the classes stay, a temperature above 1 takes away overconfidence. It is fitted on
predictions of samples that the scored models had not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.fitting import Predictor

FloatArray = npt.NDArray[np.float64]
_N_BINS = 10
_TINY = 1.0e-7
_COLDEST, _HOTTEST = 0.05, 20.0


@dataclass(frozen=True)
class Calibration:
    """How sure a model was against how often it was right.

    Attributes:
        temperature: 1 changes nothing.
        error_before, error_after: expected calibration error without and with the temperature.
        confidences, accuracies, counts: ``(n_bins,)`` of the predicted class without the temperature, NaN in bins
            without samples.
        accuracies_after, confidences_after: the same with the temperature.
    """

    temperature: float
    error_before: float
    error_after: float
    confidences: FloatArray
    accuracies: FloatArray
    counts: npt.NDArray[np.int64]
    confidences_after: FloatArray
    accuracies_after: FloatArray


def tempered(probabilities: npt.NDArray[np.floating], temperature: float, axis: int = 1) -> npt.NDArray[np.float32]:
    """Return probabilities at a temperature; the classes lie along `axis`."""
    if temperature == 1.0:
        return np.asarray(probabilities, dtype=np.float32)
    # A probability of 0 stays 0: a class that was never seen is not made possible.
    with np.errstate(divide="ignore"):
        logits = np.log(probabilities.astype(np.float64)) / temperature
    odds = np.exp(logits - logits.max(axis=axis, keepdims=True))
    scaled: npt.NDArray[np.float32] = (odds / odds.sum(axis=axis, keepdims=True)).astype(np.float32)
    return scaled


@dataclass(frozen=True)
class TemperedPredictor:
    """A model whose probabilities are brought to a temperature; see `Predictor`."""

    model: Predictor
    temperature: float

    @property
    def n_classes(self) -> int:
        """Number of classes."""
        return self.model.n_classes

    def predict_probabilities(
        self, values: npt.NDArray[np.float32], static_values: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.float32]:
        """Return ``(n, n_classes)`` float32 probabilities; see `Predictor`."""
        return tempered(self.model.predict_probabilities(values, static_values), self.temperature)


def fit_calibration(probabilities: npt.NDArray[np.floating], reference: npt.NDArray[np.int64]) -> Calibration:
    """Fit the temperature that makes the reference classes likeliest, and measure both ways.

    Args:
        probabilities: ``(n, n_classes)`` of samples that the model did not see.
        reference: ``(n,)`` class of each.
    """
    from scipy.optimize import minimize_scalar

    logits = np.log(np.maximum(probabilities.astype(np.float64), _TINY))

    def loss(log_temperature: float) -> float:
        scaled = logits / np.exp(log_temperature)
        top = scaled.max(axis=1)
        normaliser = top + np.log(np.exp(scaled - top[:, None]).sum(axis=1))
        return float((normaliser - scaled[np.arange(len(reference)), reference]).mean())

    found = minimize_scalar(loss, bounds=(np.log(_COLDEST), np.log(_HOTTEST)), method="bounded")
    temperature = float(np.exp(found.x))
    before = _reliability(probabilities, reference)
    after = _reliability(tempered(probabilities, temperature), reference)
    return Calibration(temperature, _expected_error(*before), _expected_error(*after), *before, after[0], after[1])


def _reliability(
    probabilities: npt.NDArray[np.floating], reference: npt.NDArray[np.int64]
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.int64]]:
    confidence = probabilities.max(axis=1).astype(np.float64)
    is_right = probabilities.argmax(axis=1) == reference
    number = np.minimum((confidence * _N_BINS).astype(np.int64), _N_BINS - 1)
    counts = np.bincount(number, minlength=_N_BINS)
    with np.errstate(invalid="ignore"):
        means = [np.bincount(number, weights=what, minlength=_N_BINS) / counts for what in (confidence, is_right)]
    return means[0], means[1], counts


def _expected_error(confidences: FloatArray, accuracies: FloatArray, counts: npt.NDArray[np.int64]) -> float:
    known = counts > 0
    return float((np.abs(confidences - accuracies)[known] * counts[known]).sum() / counts.sum())
