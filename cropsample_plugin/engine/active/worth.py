"""What labeling a candidate is worth by itself: uncertainty, rarity of what it may be, and strata short of samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.active.candidates import Candidates, KnownSamples
from cropsample_plugin.engine.active.uncertainty import uncertainty_named

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class WorthWeights:
    """How much rarity and missing strata count beside uncertainty, which counts 1.

    Attributes:
        rarity: weight of the rarity of the classes that a candidate may be of.
        strata: weight of strata that have fewer samples than their share.
    """

    rarity: float = 0.0
    strata: float = 0.5


@dataclass(frozen=True)
class Worth:
    """Components of worth, each in [0, 1].

    Attributes:
        uncertainty: ``(n,)``.
        rarity: ``(n,)`` expected rarity of the class.
        class_rarity: ``(n_classes,)`` 0 for the most frequent class, 1 for one without a label.
        shares: ``(n_strata,)`` share of each stratum of the candidates; empty without strata.
    """

    uncertainty: SingleArray
    rarity: SingleArray
    class_rarity: FloatArray
    shares: FloatArray

    def total(self, rows: IntArray, deficits: SingleArray, weights: WorthWeights) -> SingleArray:
        """Return ``(rows,)`` the weighted mean of uncertainty, rarity and the deficit of the stratum."""
        strata = weights.strata if len(self.shares) else 0.0
        total: SingleArray = self.uncertainty[rows] + weights.rarity * self.rarity[rows] + strata * deficits
        total /= np.float32(1 + weights.rarity + strata)
        return total


def worth_of(candidates: Candidates, known: KnownSamples, uncertainty: str) -> Worth:
    """Return the components of worth of all candidates.

    The classes' frequencies are those of the labels, or of the map where the labels' classes are not known.
    """
    probabilities = candidates.probabilities
    counts = known.class_counts if known.class_counts is not None and known.class_counts.any() else None
    frequency = probabilities.mean(axis=0, dtype=np.float64) if counts is None else counts.astype(np.float64)
    class_rarity = 1 - frequency / frequency.max()
    shares = np.empty(0)
    if candidates.strata is not None and len(candidates.stratum_names):
        counted = np.bincount(candidates.strata[candidates.strata >= 0], minlength=len(candidates.stratum_names))
        shares = counted / max(1, counted.sum())
    return Worth(
        uncertainty_named(uncertainty)(probabilities),
        (probabilities @ class_rarity.astype(np.float32)).astype(np.float32),
        class_rarity,
        shares,
    )


def stratum_deficits(shares: FloatArray, counts: IntArray, n_total: int) -> SingleArray:
    """Return ``(n_strata,)`` which share of its samples each stratum lacks, were samples proportional to strata.

    Args:
        shares: ``(n_strata,)`` share of each stratum of all candidates.
        counts: ``(n_strata,)`` samples that each has.
        n_total: number of samples there are to be.
    """
    due = shares * n_total
    lacking = np.where(due > 0, 1 - counts / np.maximum(due, 1e-12), 0.0)
    return np.clip(lacking, 0, 1).astype(np.float32)
