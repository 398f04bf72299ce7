"""What the neurons of a map say about a label: prior, smoothed posterior and margin.

The posterior is sits' empirical Bayes smoothing over the ring of neurons at a Chebyshev distance (Santos et al.
2021, ISPRS Journal 177:75-88); the margin is the hypothesis margin of learning vector quantisation (Crammer et al.
2002, NIPS).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_ALMOST_ONE = 0.9999999
RING_RADIUS = 2


def counts_by_neuron(neurons: IntArray, codes: IntArray, n_neurons: int, n_classes: int) -> FloatArray:
    """Return ``(n_neurons, n_classes)`` samples of each class in each neuron."""
    counts = np.zeros((n_neurons, n_classes))
    np.add.at(counts, (neurons, codes), 1.0)
    return counts


def priors(counts: FloatArray) -> FloatArray:
    """Return ``(n_neurons, n_classes)`` shares of the classes in each neuron, 0 in empty ones."""
    totals = counts.sum(axis=1, keepdims=True)
    result: FloatArray = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    return result


def balanced_priors(counts: FloatArray) -> FloatArray:
    """Return the priors that equally large classes would have; 0 in empty neurons."""
    sizes = counts.sum(axis=0)
    return priors(np.divide(counts, sizes, out=np.zeros_like(counts), where=sizes > 0))


def ring(height: int, width: int, radius: int = RING_RADIUS) -> npt.NDArray[np.bool_]:
    """Return ``(n_neurons, n_neurons)``, True for neurons at exactly that Chebyshev distance."""
    rows, columns = np.divmod(np.arange(height * width), width)
    distance = np.maximum(np.abs(rows[:, None] - rows), np.abs(columns[:, None] - columns))
    result: npt.NDArray[np.bool_] = distance == radius
    return result


def posteriors(prior: FloatArray, neighbours: npt.NDArray[np.bool_]) -> FloatArray:
    """Return ``(n_neurons, n_classes)`` smoothed priors; the prior itself where the neighbours have no spread.

    Args:
        prior: ``(n_neurons, n_classes)``.
        neighbours: ``(n_neurons, n_neurons)`` which neurons smooth which.
    """
    result = prior.copy()
    for neuron in range(len(prior)):
        around = prior[neighbours[neuron]]
        if len(around) > 1:
            result[neuron] = posterior(prior[neuron], float(prior[neuron].max()), around)
    return result


def posterior(prior: FloatArray, largest: float, around: FloatArray) -> FloatArray:
    """Smooth the priors of one neuron.

    Args:
        prior: ``(n_classes,)`` priors of the neuron.
        largest: the largest of its priors.
        around: ``(n_neighbours, n_classes)`` priors of its neighbours.
    """
    eta = abs(_ALMOST_ONE - largest)
    mean, variance = around.mean(axis=0), around.var(axis=0, ddof=1)
    total = eta + variance
    is_defined = total > 0
    share = np.divide(variance, total, out=np.ones_like(variance), where=is_defined)
    smoothed: FloatArray = share * prior + (1.0 - share) * mean
    return np.where(is_defined, smoothed, prior)


def margins(distances: FloatArray, is_own: npt.NDArray[np.bool_], is_other: npt.NDArray[np.bool_]) -> FloatArray:
    """Return ``(n_samples,)`` hypothesis margins in [-1, 1], NaN where either side owns no neuron.

    Args:
        distances: ``(n_samples, n_neurons)``.
        is_own: ``(n_neurons,)`` neurons of the class.
        is_other: ``(n_neurons,)`` neurons of all others.
    """
    if not is_own.any() or not is_other.any():
        return np.full(len(distances), np.nan)
    own, other = distances[:, is_own].min(axis=1), distances[:, is_other].min(axis=1)
    total = own + other
    result: FloatArray = np.divide(other - own, total, out=np.zeros_like(own), where=total > 0)
    return result
