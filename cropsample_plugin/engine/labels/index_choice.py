"""Which indices tell a class from the others in a season: Jeffries-Matusita distance averaged over the season.

``J = mean over time of 2 (1 - exp(-B))`` with the Bhattacharyya distance ``B`` of two normal distributions, from robust
means and variances (median, 1.4826 MAD), in [0, 2]. Source: Kailath 1967, IEEE Transactions on Communication 15:52;
the use per class and season is that of TISQE.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

_MAD_TO_DEVIATION = 1.4826
_LEAST_DEVIATION = 1e-3


@dataclass(frozen=True)
class IndexChoice:
    """The indices chosen.

    Attributes:
        chosen: positions of the indices, best first.
        scores: ``(n_indices,)`` J of each index, in [0, 2].
    """

    chosen: tuple[int, ...]
    scores: DoubleArray


def choose_indices(
    own: FloatArray, rest: FloatArray, *, max_indices: int = 2, max_correlation: float = 0.9
) -> IndexChoice:
    """Choose the index with the largest J, and further ones that say something else.

    Args:
        own: ``(n_own, n_steps, n_indices)`` curves of the class.
        rest: ``(n_rest, n_steps, n_indices)`` curves of all others.
        max_indices: most indices to choose.
        max_correlation: a further index is less correlated than this with each one chosen.
    """
    scores = separability(own, rest)
    order = np.argsort(-scores, kind="stable")
    both = np.concatenate([own, rest]).reshape(-1, own.shape[2])
    chosen = [int(order[0])]
    for position in order[1:]:
        if len(chosen) >= max_indices:
            break
        if all(abs(_correlation(both[:, position], both[:, other])) < max_correlation for other in chosen):
            chosen.append(int(position))
    return IndexChoice(tuple(chosen), scores)


def separability(own: FloatArray, rest: FloatArray) -> DoubleArray:
    """Return ``(n_indices,)`` J of each index."""
    own_mean, own_deviation = _robust(own)
    rest_mean, rest_deviation = _robust(rest)
    mean_variance = (own_deviation**2 + rest_deviation**2) / 2.0
    bhattacharyya = (own_mean - rest_mean) ** 2 / (8.0 * mean_variance) + 0.5 * np.log(
        mean_variance / (own_deviation * rest_deviation)
    )
    distances: DoubleArray = (2.0 * (1.0 - np.exp(-bhattacharyya))).mean(axis=0)
    return distances


def _robust(curves: FloatArray) -> tuple[DoubleArray, DoubleArray]:
    values = curves.astype(np.float64)
    middle = np.median(values, axis=0)
    deviation = _MAD_TO_DEVIATION * np.median(np.abs(values - middle), axis=0)
    return middle, np.maximum(deviation, _LEAST_DEVIATION)


def _correlation(first: FloatArray, second: FloatArray) -> float:
    if first.std() == 0 or second.std() == 0:
        return 1.0
    return float(np.corrcoef(first, second)[0, 1])
