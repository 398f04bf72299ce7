"""What a sample set represents badly, and in which order its samples are worth visiting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.sampling.nearest_kernels import squared_to_all, two_nearest
from cropsample_plugin.engine.sampling.population import Population

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

BALANCED_WITHIN = 0.5
UNDER, OVER, BALANCED, MISSED = "under-represented", "over-represented", "balanced", "missed"
_UNLIKE_RADII = 2.0


@dataclass(frozen=True)
class Gaps:
    """How well each object and each stratum is represented, in population order.

    Attributes:
        nearest_sample: ``(n_objects,)`` position, within the sample, of the most similar sample.
        unlikeness: ``(n_objects,)`` distance to it in feature space, in units of the typical distance of an object to
            the mean of its stratum; 0 = the same, above 2 = hardly represented.
        strata: one row per stratum: name, objects, samples, expected samples, status.
        stratum_status: ``(n_objects,)`` status of each object's stratum.
    """

    nearest_sample: IntArray
    unlikeness: FloatArray
    strata: list[dict[str, Any]]
    stratum_status: npt.NDArray[Any]

    @property
    def is_badly_represented(self) -> npt.NDArray[np.bool_]:
        """``(n_objects,)`` True in missed strata and where no sample is alike."""
        bad: npt.NDArray[np.bool_] = (self.unlikeness > _UNLIKE_RADII) | (self.stratum_status == MISSED)
        return bad


def find_gaps(population: Population, sample: IntArray) -> Gaps:
    """Compare a sample set with the objects it stands for."""
    squared, _, nearest, _ = two_nearest(population.scores, population.scores[sample])
    unlikeness = np.sqrt(squared.astype(np.float64)) / population.kernel_radius
    labels, n_strata = population.strata.labels, population.strata.n_strata
    counts = np.bincount(labels[sample], minlength=n_strata)
    expected = population.stratum_shares * len(sample)
    objects = np.bincount(labels, minlength=n_strata)
    status = np.array([_status(int(count), float(wanted)) for count, wanted in zip(counts, expected)], dtype=object)
    rows = [
        {
            "stratum": population.stratum_names[number],
            "n_objects": int(objects[number]),
            "n_samples": int(counts[number]),
            "expected": float(expected[number]),
            "unlikeness": float(unlikeness[labels == number].mean()),
            "status": str(status[number]),
        }
        for number in range(n_strata)
    ]
    return Gaps(nearest.astype(np.int64), unlikeness, rows, status[labels])


def _status(count: int, expected: float) -> str:
    if count == 0:
        return MISSED
    tolerance = max(1.0, BALANCED_WITHIN * expected)
    if count < expected - tolerance:
        return UNDER
    return OVER if count > expected + tolerance else BALANCED


def visiting_order(population: Population, sample: IntArray, first: IntArray) -> IntArray:
    """Return the samples so that the first ones, however many are reached, represent the objects best.

    Args:
        population: the objects.
        sample: positions in the population.
        first: samples that exist already; they come first.

    Returns:
        The sample in order: always the one that most reduces the distance of objects to their nearest sample.
    """
    by_component = np.ascontiguousarray(population.scores.T)
    rows = np.empty((len(sample), population.n_objects), dtype=np.float32)
    for position, member in enumerate(sample):
        squared_to_all(by_component, population.scores[member], rows[position])
    remaining = [position for position, member in enumerate(sample) if member not in set(first.tolist())]
    order = [position for position in range(len(sample)) if position not in set(remaining)]
    nearest = rows[order].min(axis=0) if order else np.full(population.n_objects, np.float32(3e38))
    while remaining:
        losses = [float(population.kind_weights @ np.minimum(nearest, rows[position])) for position in remaining]
        best = remaining.pop(int(np.argmin(losses)))
        nearest = np.minimum(nearest, rows[best])
        order.append(best)
    ordered: IntArray = sample[np.array(order, dtype=np.int64)]
    return ordered
