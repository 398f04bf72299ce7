"""What self-organizing maps say about labels, averaged over several seeds.

Wrong labels own neurons too, and the more of them there are, the more they hide one another. So margins are looked at
again: neurons are owned anew without the samples that the look before contradicted, and by the class with the largest
count over a root of its size, so that a large class needs a larger majority. The margin is the mean of the first look
and the last.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.labels.neurons import (
    balanced_priors,
    counts_by_neuron,
    margins,
    posteriors,
    priors,
    ring,
)
from cropsample_plugin.engine.labels.som import BatchSom, map_side
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

NO_OWNER = -1
_CHUNK_ROWS = 4096
_FURTHER_LOOKS = 2
_CONTRADICTED = -0.1
_SIZE_POWER = 0.25


@dataclass(frozen=True)
class SomSettings:
    """How maps are made.

    Attributes:
        n_seeds: maps to average over.
        side: neurons along a side; 0 for the rule of ``5 sqrt(n)`` neurons, 4 to 20.
        n_passes: passes over the samples.
        seed: first seed.
    """

    n_seeds: int = 10
    side: int = 0
    n_passes: int = 10
    seed: int = 42


@dataclass(frozen=True)
class SomEvidence:
    """What the maps say about each sample's own label; the class against all others.

    Attributes:
        prior: ``(n_samples,)`` balanced share of the label in the sample's neuron.
        posterior: ``(n_samples,)`` the same, smoothed over the neighbours.
        margin: ``(n_samples,)`` in [-1, 1], above 0 when a neuron of its own class is nearest, mean of the first look
            and the last; NaN when a class owns no neuron in any map.
        shares: ``(n_samples, n_classes)`` classes of the other samples in its neuron.
        side: neurons along a side.
        map_counts: ``(n_neurons, n_classes)`` samples in the neurons of the first map.
        map_neurons: ``(n_samples,)`` neuron of each sample in the first map.
    """

    prior: FloatArray
    posterior: FloatArray
    margin: FloatArray
    shares: FloatArray
    side: int
    map_counts: FloatArray
    map_neurons: IntArray


@dataclass(frozen=True)
class _TrainedMap:
    """Codebook ``(n_neurons, n_features)`` of a map and ``(n_samples,)`` neuron of each sample."""

    codebook: npt.NDArray[np.float32]
    neurons: IntArray


def standardised(features: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return features with mean 0 and deviation 1, constant ones as 0."""
    deviation = features.std(axis=0)
    result: npt.NDArray[np.float32] = (features - features.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)
    return result


def som_evidence(
    features: npt.NDArray[np.float32], codes: IntArray, n_classes: int, settings: SomSettings, progress: Progress
) -> SomEvidence:
    """Train maps and look each label up in them.

    Args:
        features: ``(n_samples, n_features)`` standardised, without NaN.
        codes: ``(n_samples,)`` labels.
        n_classes: number of classes.
        settings: how maps are made.
        progress: asked about cancelling.
    """
    n_samples = len(codes)
    side = settings.side or map_side(n_samples)
    neighbours = ring(side, side)
    totals = np.zeros((2, n_samples))
    shares = np.zeros((n_samples, n_classes))
    maps: list[_TrainedMap] = []
    for number in range(settings.n_seeds):
        raise_if_canceled(progress)
        som = BatchSom(side, side, features.shape[1], random_seed=settings.seed + number)
        som.random_weights_init(features)
        som.train(features, settings.n_passes, progress=progress)
        trained = _TrainedMap(som.flat_weights(), som.winners(features))
        counts = counts_by_neuron(trained.neurons, codes, side * side, n_classes)
        totals += _own_probabilities(counts, trained.neurons, codes, neighbours)
        shares += _other_shares(counts, trained.neurons, codes)
        maps.append(trained)
        progress.report((number + 1) / settings.n_seeds)
    means = totals / settings.n_seeds
    margin = _looked_at_again(features, codes, n_classes, maps)
    neurons = maps[0].neurons
    counts = counts_by_neuron(neurons, codes, side * side, n_classes)
    return SomEvidence(means[0], means[1], margin, shares / settings.n_seeds, side, counts, neurons)


def _looked_at_again(
    features: npt.NDArray[np.float32], codes: IntArray, n_classes: int, maps: list[_TrainedMap]
) -> FloatArray:
    """Return ``(n_samples,)`` mean of the margins of the first look and the last."""
    everyone = np.ones(len(codes), dtype=np.bool_)
    owners = [_owners(trained.neurons, codes, n_classes, everyone, 0.0) for trained in maps]
    first = latest = _mean_margins(features, codes, maps, owners)
    for _ in range(_FURTHER_LOOKS):
        counted = ~(latest <= _CONTRADICTED)
        owners = [_owners(trained.neurons, codes, n_classes, counted, _SIZE_POWER) for trained in maps]
        found = _mean_margins(features, codes, maps, owners)
        latest = np.where(np.isfinite(found), found, latest)
    result: FloatArray = (first + latest) / 2.0
    return result


def _owners(
    neurons: IntArray, codes: IntArray, n_classes: int, counted: npt.NDArray[np.bool_], size_power: float
) -> IntArray:
    """Return the class that owns each neuron up to the last one used, `NO_OWNER` where none was counted."""
    counts = counts_by_neuron(neurons[counted], codes[counted], int(neurons.max()) + 1, n_classes)
    sizes = np.maximum(counts.sum(axis=0), 1.0)
    best = (counts / sizes**size_power).argmax(axis=1)
    return np.where(counts.sum(axis=1) > 0, best, NO_OWNER).astype(np.int64)


def _mean_margins(
    features: npt.NDArray[np.float32], codes: IntArray, maps: list[_TrainedMap], owners: list[IntArray]
) -> FloatArray:
    """Return ``(n_samples,)`` margins averaged over the maps in which they are defined, NaN where there is none."""
    total, count = np.zeros(len(codes)), np.zeros(len(codes))
    for trained, owned in zip(maps, owners):
        margin = _own_margins(features, trained.codebook[: len(owned)], owned, codes)
        known = np.isfinite(margin)
        total[known] += margin[known]
        count += known
    result: FloatArray = np.divide(total, count, out=np.full(len(codes), np.nan), where=count > 0)
    return result


def _own_probabilities(
    counts: FloatArray, neurons: IntArray, codes: IntArray, neighbours: npt.NDArray[np.bool_]
) -> FloatArray:
    """Return ``(2, n_samples)`` prior and posterior of each sample's label against all others."""
    result = np.zeros((2, len(codes)))
    for code in np.unique(codes):
        rows = np.flatnonzero(codes == code)
        binary = np.stack([counts[:, code], counts.sum(axis=1) - counts[:, code]], axis=1)
        prior = balanced_priors(binary)
        result[0, rows] = prior[neurons[rows], 0]
        result[1, rows] = posteriors(prior, neighbours)[neurons[rows], 0]
    return result


def _own_margins(
    features: npt.NDArray[np.float32], codebook: npt.NDArray[np.float32], owners: IntArray, codes: IntArray
) -> FloatArray:
    result = np.full(len(codes), np.nan)
    is_used = owners != NO_OWNER
    vectors, owners = codebook[is_used], owners[is_used]
    squares = np.square(vectors).sum(axis=1)
    for code in np.unique(codes):
        is_own = owners == code
        rows = np.flatnonzero(codes == code)
        for start in range(0, len(rows), _CHUNK_ROWS):
            part = rows[start : start + _CHUNK_ROWS]
            samples = features[part]
            squared = np.square(samples).sum(axis=1)[:, None] + squares - 2.0 * samples @ vectors.T
            distances = np.sqrt(np.maximum(squared, 0.0)).astype(np.float64)
            result[part] = margins(distances, is_own, ~is_own)
    return result


def _other_shares(counts: FloatArray, neurons: IntArray, codes: IntArray) -> FloatArray:
    """Return ``(n_samples, n_classes)`` shares in each sample's neuron without the sample itself."""
    around = counts[neurons].copy()
    around[np.arange(len(codes)), codes] -= 1.0
    return priors(around)
