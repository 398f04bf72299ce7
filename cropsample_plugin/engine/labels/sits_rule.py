"""The published rule of sits: neurons of a Kohonen map, prior and smoothed posterior of each sample's own label.

Source: Santos et al. 2021, ISPRS Journal 177:75-88; as in sits 1.5.3: random samples start the neurons, ``n_rounds``
times as many random draws as samples, radius from the 66 % quantile of the neurons' distances to 0 (0.5 below 1),
learning rate 0.05 to 0.01, Chebyshev distances between neurons, Euclidean ones between series.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_lazily
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.neurons import counts_by_neuron, posteriors, priors, ring
from cropsample_plugin.engine.labels.quality_result import KEEP, REMOVE, SUSPECT, MapPicture, QualityResult
from cropsample_plugin.engine.labels.som import nearest
from cropsample_plugin.engine.labels.votes import NO_LABEL, Column, IntArray, Label
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

FloatArray = npt.NDArray[np.float64]
_RADIUS_QUANTILE = 0.66
_SMALLEST_RADIUS = 0.5
_ROUNDS_AT_ONCE = 10


@dataclass(frozen=True)
class SitsSettings:
    """Settings of the rule.

    Attributes:
        side: neurons along a side.
        n_rounds: draws per sample.
        first_rate, last_rate: learning rates.
        prior_threshold, posterior_threshold: least probabilities of a clean sample.
        seed: seed of the draws.
    """

    side: int = 10
    n_rounds: int = 100
    first_rate: float = 0.05
    last_rate: float = 0.01
    prior_threshold: float = 0.6
    posterior_threshold: float = 0.6
    seed: int = 42


@dataclass(frozen=True)
class KohonenMap:
    """A trained map: ``(n_neurons, n_features)`` codebook and ``(n_samples,)`` nearest neurons."""

    codebook: FloatArray
    neurons: IntArray
    side: int


def train_kohonen(values: npt.NDArray[np.float32], settings: SitsSettings, progress: Progress) -> KohonenMap:
    """Train on ``(n_samples, n_timesteps, n_bands)`` series; every band is a layer with a weight of its own.

    Raises:
        InputError: not more samples than neurons.
    """
    n_samples, n_steps, n_bands = values.shape
    n_neurons = settings.side**2
    if n_samples <= n_neurons:
        raise InputError(
            f"{n_samples} samples are too few for {n_neurons} neurons.", "Choose a smaller map or more samples."
        )
    rng = np.random.default_rng(settings.seed)
    starts = rng.choice(n_samples, n_neurons, replace=False)
    scales = _layer_scales(values[starts].astype(np.float64))
    weighted = (values * np.sqrt(scales)[None, None, :]).reshape(n_samples, n_steps * n_bands).astype(np.float64)
    codebook = weighted[starts].copy()
    rows, columns = np.divmod(np.arange(n_neurons), settings.side)
    apart = np.maximum(np.abs(rows[:, None] - rows), np.abs(columns[:, None] - columns)).astype(np.float64)
    largest = float(np.quantile(apart[np.triu_indices(n_neurons, 1)], _RADIUS_QUANTILE))
    n_draws = settings.n_rounds * n_samples
    draws_at_once = _ROUNDS_AT_ONCE * n_samples
    for start in range(0, n_draws, draws_at_once):
        raise_if_canceled(progress)
        draws = rng.integers(0, n_samples, min(draws_at_once, n_draws - start))
        plan = np.array([start, n_draws, largest, settings.first_rate, settings.last_rate])
        _online_rounds(weighted, codebook, apart, draws, plan)
        progress.report(min(1.0, (start + len(draws)) / n_draws))
    neurons = nearest(weighted.astype(np.float32), codebook.astype(np.float32))
    return KohonenMap(codebook, neurons, settings.side)


def _layer_scales(starts: FloatArray) -> FloatArray:
    """Weights of the bands: the inverse of the mean distance between initial neurons, summing to 1."""
    n_bands = starts.shape[2]
    scales = np.empty(n_bands)
    for band in range(n_bands):
        series = starts[:, :, band]
        squares = np.square(series).sum(axis=1)
        distances = np.sqrt(np.maximum(squares[:, None] + squares - 2.0 * series @ series.T, 0.0))
        mean = float(distances[np.triu_indices(len(series), 1)].mean())
        scales[band] = 1.0 / (n_bands * mean) if mean > 0 else 0.0
    total = scales.sum()
    result: FloatArray = scales / total if total > 0 else np.full(n_bands, 1.0 / n_bands)
    return result


def _online_loop(
    samples: FloatArray, codebook: FloatArray, apart: FloatArray, draws: IntArray, plan: FloatArray
) -> None:
    n_neurons, n_features = codebook.shape
    for number in range(len(draws)):
        sample = samples[draws[number]]
        share = (plan[0] + number) / plan[1]
        radius = plan[2] * (1.0 - share)
        if radius < 1.0:
            radius = _SMALLEST_RADIUS
        rate = plan[3] + (plan[4] - plan[3]) * share
        best, smallest = 0, np.inf
        for neuron in range(n_neurons):
            total = 0.0
            for feature in range(n_features):
                difference = sample[feature] - codebook[neuron, feature]
                total += difference * difference
            if total < smallest:
                smallest = total
                best = neuron
        for neuron in range(n_neurons):
            distance = apart[best, neuron]
            pull = rate * np.exp(-(distance * distance) / (2.0 * radius * radius))
            if pull > 1e-12:  # noqa: PLR2004 - nothing moves
                for feature in range(n_features):
                    codebook[neuron, feature] += pull * (sample[feature] - codebook[neuron, feature])


_online_rounds = compiled_lazily(_online_loop)


def judge_by_sits(
    neurons: IntArray, codes: IntArray, classes: tuple[Label, ...], settings: SitsSettings
) -> QualityResult:
    """Apply the rule to samples whose neurons are known: remove, clean (Keep) or analyze (Suspect)."""
    counts = counts_by_neuron(neurons, codes, settings.side**2, len(classes))
    prior = priors(counts)
    smoothed = posteriors(prior, ring(settings.side, settings.side))
    result = QualityResult.empty(len(codes))
    result.prior[:] = prior[neurons, codes]
    result.posterior[:] = smoothed[neurons, codes]
    result.category[:] = sits_categories(result.prior, result.posterior, settings)
    labels = neuron_labels(counts, prior, smoothed)[neurons]
    result.suggested[:] = np.where((labels != codes) & (result.category != KEEP), labels, NO_LABEL)
    result.scope[:] = "all samples"
    for row in range(len(codes)):
        result.reason[row] = (
            f"{result.prior[row]:.0%} of the samples of its neuron have its label, {result.posterior[row]:.0%} after "
            f"smoothing; the neuron is of '{classes[labels[row]]}'"
        )
    result.maps.append(MapPicture("all samples", settings.side, counts, np.arange(len(codes)), neurons))
    return result


def sits_categories(prior: FloatArray, posterior: FloatArray, settings: SitsSettings) -> Column:
    """Return the category of each prior and posterior."""
    clean = np.where(posterior >= settings.posterior_threshold, KEEP, SUSPECT)
    return np.where(prior < settings.prior_threshold, REMOVE, clean).astype(object)


def neuron_labels(counts: FloatArray, prior: FloatArray, posterior: FloatArray) -> IntArray:
    """Return ``(n_neurons,)`` class with the largest prior, ties by the posterior; `NO_LABEL` for empty neurons."""
    is_best = prior >= prior.max(axis=1, keepdims=True)
    labels = np.where(is_best, posterior, -1.0).argmax(axis=1)
    return np.where(counts.sum(axis=1) > 0, labels, NO_LABEL).astype(np.int64)
