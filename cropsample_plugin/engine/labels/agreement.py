"""How far labelers agree: by pair, and all together, beyond what chance alone would give."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from cropsample_plugin.engine.labels.votes import NO_LABEL, FloatArray, IntArray, LabelVotes, count_votes

_NOT_DEFINED = math.nan


@dataclass(frozen=True)
class PairAgreement:
    """Two labelers on the samples that both labeled.

    Attributes:
        first, second: their names.
        n_common: samples that both labeled.
        n_agreed: samples that both gave the same class.
        kappa: Cohen's kappa; NaN where it is not defined (no common sample, or one class throughout).
        weighted_kappa: kappa with quadratic weights; for ordered classes, else NaN.
    """

    first: str
    second: str
    n_common: int
    n_agreed: int
    kappa: float
    weighted_kappa: float

    @property
    def share_agreed(self) -> float:
        """Share of the common samples that both gave the same class."""
        return self.n_agreed / self.n_common if self.n_common else _NOT_DEFINED


def pair_agreements(votes: LabelVotes, *, is_ordered: bool = False) -> list[PairAgreement]:
    """Compare every two labelers."""
    pairs = []
    n_classes = len(votes.classes)
    for first, second in combinations(range(len(votes.labelers)), 2):
        table = cross_table(votes.codes[:, first], votes.codes[:, second], n_classes)
        pairs.append(
            PairAgreement(
                votes.labelers[first],
                votes.labelers[second],
                int(table.sum()),
                int(np.trace(table)),
                cohen_kappa(table),
                cohen_kappa(table, quadratic_distances(n_classes)) if is_ordered else _NOT_DEFINED,
            )
        )
    return pairs


def cross_table(first: IntArray, second: IntArray, n_classes: int) -> FloatArray:
    """Return ``(n_classes, n_classes)`` samples by the class either labeler gave, where both gave one."""
    table = np.zeros((n_classes, n_classes))
    both = (first != NO_LABEL) & (second != NO_LABEL)
    np.add.at(table, (first[both], second[both]), 1.0)
    return table


def quadratic_distances(n_classes: int) -> FloatArray:
    """Return ``(n_classes, n_classes)`` squared differences of the ranks of ordered classes."""
    ranks = np.arange(n_classes, dtype=np.float64)
    return np.square(ranks[:, None] - ranks)


def cohen_kappa(table: FloatArray, distances: FloatArray | None = None) -> float:
    """Return kappa of a cross table, in [-1, 1]; NaN where chance alone explains everything.

    Args:
        table: ``(n_classes, n_classes)`` counts.
        distances: how bad each confusion is, 0 on the diagonal; None: all are equally bad.

    Source: Cohen 1960, Educational and Psychological Measurement 20:37; weighted: Cohen 1968, Psychological
    Bulletin 70:213.
    """
    total = table.sum()
    if total == 0:
        return _NOT_DEFINED
    costs = 1.0 - np.eye(len(table)) if distances is None else distances
    observed = float((costs * table).sum() / total)
    expected = float((costs * np.outer(table.sum(axis=1), table.sum(axis=0))).sum() / total**2)
    return 1.0 - observed / expected if expected > 0 else _NOT_DEFINED


def fleiss_kappa(votes: LabelVotes) -> float:
    """Return Fleiss' kappa of all labelers, on the samples with two labels or more; NaN where it is not defined.

    Samples may have different numbers of labels; with equal numbers this is the statistic of Fleiss 1971,
    Psychological Bulletin 76:378; the extension is that of Gwet, Handbook of Inter-Rater Reliability, chapter 2.
    """
    counts = count_votes(votes)
    counts = counts[counts.sum(axis=1) > 1]
    if len(counts) == 0:
        return _NOT_DEFINED
    n_labels = counts.sum(axis=1)
    observed = float(np.mean((counts * (counts - 1)).sum(axis=1) / (n_labels * (n_labels - 1))))
    expected = float(np.square((counts / n_labels[:, None]).mean(axis=0)).sum())
    return (observed - expected) / (1.0 - expected) if expected < 1.0 else _NOT_DEFINED


def krippendorff_alpha(votes: LabelVotes, *, is_ordered: bool = False) -> float:
    """Return Krippendorff's alpha, missing labels allowed; NaN where it is not defined.

    Args:
        votes: the labels.
        is_ordered: the classes are ordered: far confusions weigh more than near ones (ordinal metric).

    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability.
    """
    counts = count_votes(votes)
    counts = counts[counts.sum(axis=1) > 1]
    if len(counts) == 0:
        return _NOT_DEFINED
    n_labels = counts.sum(axis=1)
    weights = 1.0 / (n_labels - 1)
    coincidences = np.einsum("ik,il,i->kl", counts, counts, weights)
    coincidences -= np.diag((counts * weights[:, None]).sum(axis=0))
    totals = coincidences.sum(axis=0)
    distances = _ordinal_distances(totals) if is_ordered else 1.0 - np.eye(len(totals))
    observed = float((coincidences * distances).sum())
    expected = float((np.outer(totals, totals) * distances).sum() / (totals.sum() - 1.0))
    return 1.0 - observed / expected if expected > 0 else _NOT_DEFINED


def _ordinal_distances(totals: FloatArray) -> FloatArray:
    middles = np.cumsum(totals) - totals / 2.0
    return np.square(middles[:, None] - middles)
