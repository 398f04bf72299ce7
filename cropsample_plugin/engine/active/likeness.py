"""How alike candidates are in the features: 1 = the same, 0 = too different for one to stand for the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SingleArray = npt.NDArray[np.float32]
FloatArray = npt.NDArray[np.floating]

_FEWEST_NEIGHBOURS = 5
_NEGLIGIBLE = np.float32(1e-3)
_ROWS_AT_ONCE = 1024


@dataclass(frozen=True)
class Likeness:
    """Likeness among the candidates of a pool and to known samples: ``exp(-d^2 / h^2)`` of standardised features.

    Attributes:
        among: ``(p, p)``.
        to_known: ``(p,)`` likeness to the known sample that is most like it, 0 where none is.
    """

    among: SingleArray
    to_known: SingleArray


def likeness(features: SingleArray, known: SingleArray | None, n_wanted: int) -> Likeness:
    """Compare candidates.

    The bandwidth h is the median distance to the ``p / n_wanted``-th neighbour: a sample is alike to about as many
    candidates as it has to stand for.

    Args:
        features: ``(p, n_features)``, NaN where missing, which counts as the mean.
        known: ``(m, n_features)`` of known samples; rows with NaN everywhere are unknown. None for none.
        n_wanted: number of samples, known ones included, among which the candidates are shared out.
    """
    with np.errstate(invalid="ignore"):
        mean = np.nan_to_num(np.nanmean(features, axis=0)) if len(features) else np.zeros(features.shape[1])
        spread = np.nan_to_num(np.nanstd(features, axis=0))
    varies = spread > 0
    scaled = _scaled(features, mean, spread, varies)
    squared = _squared_distances(scaled, scaled)
    np.fill_diagonal(squared, 0)
    n_neighbours = min(max(_FEWEST_NEIGHBOURS, len(scaled) // max(1, n_wanted)), len(scaled) - 1)
    bandwidth = float(np.median(np.partition(squared, n_neighbours, axis=1)[:, n_neighbours])) or float(squared.mean())
    bandwidth = bandwidth or 1.0
    to_known = np.zeros(len(scaled), dtype=np.float32)
    if known is not None:
        told = known[np.isfinite(known).any(axis=1)]
        for start in range(0, len(told), _ROWS_AT_ONCE):
            part = _scaled(told[start : start + _ROWS_AT_ONCE], mean, spread, varies)
            np.maximum(to_known, _kernel(_squared_distances(scaled, part), bandwidth).max(axis=1), out=to_known)
    return Likeness(_kernel(squared, bandwidth), to_known)


def _scaled(features: SingleArray, mean: FloatArray, spread: FloatArray, varies: npt.NDArray[np.bool_]) -> SingleArray:
    standardised = (features[:, varies] - mean[varies]) / spread[varies]
    scaled: SingleArray = np.nan_to_num(standardised).astype(np.float32)
    return scaled


def _squared_distances(first: SingleArray, second: SingleArray) -> SingleArray:
    squared: SingleArray = (first**2).sum(axis=1)[:, None] + (second**2).sum(axis=1)[None, :]
    squared -= 2 * (first @ second.T)
    np.maximum(squared, 0, out=squared)
    return squared


def _kernel(squared: SingleArray, bandwidth: float) -> SingleArray:
    found: SingleArray = np.exp(squared * np.float32(-1 / bandwidth))
    found[found < _NEGLIGIBLE] = 0
    return found
