"""Which seasons are the same: clusters of start and end in the circle of the year, then the year itself.

Agglomerative clustering with average linkage (Sokal and Michener 1958) of start and end as days of the year, cut at
40 days. Seasons of one cluster that lie a year apart are different seasons; one that begins in December and one that
begins in January of the same winter are the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DoubleArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

YEAR_DAYS = 365.25
CUT_DAYS = 40.0
BIN_DAYS = 8
_MOST_POINTS = 500


@dataclass(frozen=True)
class SeasonClusters:
    """Kinds of seasons found, in the order of their start in the year.

    Attributes:
        starts, ends: ``(n_kinds,)`` mean days of the year, in [0, 365.25).
    """

    starts: DoubleArray
    ends: DoubleArray

    def assign(self, starts_days: DoubleArray, ends_days: DoubleArray) -> tuple[IntArray, IntArray]:
        """Return kind and year of each season.

        Args:
            starts_days: ``(n,)`` days since 1970-01-01.
            ends_days: ``(n,)`` likewise.

        Returns:
            ``(n,)`` index of the nearest kind, and the calendar year in which a season of that kind starts.
        """
        distances = season_distance(starts_days[:, None], ends_days[:, None], self.starts[None], self.ends[None])
        kinds = distances.argmin(axis=1)
        years = np.rint((starts_days - self.starts[kinds]) / YEAR_DAYS).astype(np.int64) + 1970
        return kinds, years


def season_distance(
    starts: DoubleArray, ends: DoubleArray, other_starts: DoubleArray, other_ends: DoubleArray
) -> DoubleArray:
    """Return the root mean square of the circular differences of start and end, in days."""
    distance: DoubleArray = np.sqrt((_circular(starts - other_starts) ** 2 + _circular(ends - other_ends) ** 2) / 2.0)
    return distance


def cluster_seasons(
    starts_days: DoubleArray, ends_days: DoubleArray, weights: DoubleArray, cut_days: float = CUT_DAYS
) -> SeasonClusters:
    """Cluster seasons.

    Args:
        starts_days: ``(n,)`` days since 1970-01-01.
        ends_days: ``(n,)`` likewise.
        weights: ``(n,)`` how many seasons each stands for.
        cut_days: mean distance at which clusters stay apart.
    """
    if not len(starts_days):
        return SeasonClusters(np.zeros(0), np.zeros(0))
    starts, ends, sizes = _thinned(starts_days % YEAR_DAYS, ends_days % YEAR_DAYS, weights)
    labels = _average_linkage(season_distance(starts[:, None], ends[:, None], starts, ends), sizes, cut_days)
    means = [
        (_circular_mean(starts[labels == label], sizes[labels == label]),
         _circular_mean(ends[labels == label], sizes[labels == label]))
        for label in np.unique(labels)
    ]  # fmt: skip
    means.sort()
    return SeasonClusters(np.array([start for start, _ in means]), np.array([end for _, end in means]))


def _thinned(
    starts: DoubleArray, ends: DoubleArray, weights: DoubleArray
) -> tuple[DoubleArray, DoubleArray, DoubleArray]:
    """Join seasons within bins of eight days, and keep the 500 heaviest bins: every cluster of note is in them."""
    bins = np.stack([starts // BIN_DAYS, ends // BIN_DAYS], axis=1).astype(np.int64)
    _, inverse = np.unique(bins, axis=0, return_inverse=True)
    inverse = inverse.ravel()
    sizes: DoubleArray = np.bincount(inverse, weights).astype(np.float64)
    order = np.argsort(-sizes, kind="stable")[:_MOST_POINTS]
    mean_starts = np.bincount(inverse, weights * starts) / sizes
    mean_ends = np.bincount(inverse, weights * ends) / sizes
    return mean_starts[order], mean_ends[order], sizes[order]


def _average_linkage(distances: DoubleArray, sizes: DoubleArray, cut: float) -> IntArray:
    """Merge the two nearest clusters until all are further apart than the cut; return a label per point."""
    labels: IntArray = np.arange(len(sizes), dtype=np.int64)
    apart = distances.copy()
    np.fill_diagonal(apart, np.inf)
    weight = sizes.astype(np.float64).copy()
    while True:
        first, second = divmod(int(apart.argmin()), len(sizes))
        if apart[first, second] > cut:
            return labels
        joined = (weight[first] * apart[first] + weight[second] * apart[second]) / (weight[first] + weight[second])
        apart[first], apart[:, first] = joined, joined
        apart[second], apart[:, second] = np.inf, np.inf
        apart[first, first] = np.inf
        weight[first] += weight[second]
        labels[labels == second] = first


def _circular(difference: DoubleArray) -> DoubleArray:
    wrapped: DoubleArray = (difference + YEAR_DAYS / 2.0) % YEAR_DAYS - YEAR_DAYS / 2.0
    return wrapped


def _circular_mean(days: DoubleArray, weights: DoubleArray) -> float:
    angles = days * 2.0 * np.pi / YEAR_DAYS
    angle = np.arctan2(np.sum(weights * np.sin(angles)), np.sum(weights * np.cos(angles)))
    return float(angle % (2.0 * np.pi) * YEAR_DAYS / (2.0 * np.pi))
