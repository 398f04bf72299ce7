"""How far apart samples must be to tell different stories: an empirical variogram of their series, and its range.

Source: Matheron 1963 (estimator), spherical model fitted by weighted least squares; blocks as wide as the range, as
Valavi et al. 2019 (blockCV) advise for spatial cross-validation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_MOST_SAMPLES = 2000
_N_LAGS = 20
_FEWEST_PAIRS = 30
_FEWEST_LAGS = 5
_N_COMPONENTS = 3
_EXTENT_SHARE = 0.5
_LEAST_STRUCTURE = 0.05


@dataclass(frozen=True)
class Variogram:
    """A variogram of standardised features.

    Attributes:
        distances_m: ``(n_lags,)`` mean distance of the pairs of each lag.
        semivariances: ``(n_lags,)`` half the mean squared difference; 1 is the variance of all samples.
        n_pairs: ``(n_lags,)``.
        range_m: distance beyond which samples are as different as any; 0 where nothing depends on distance.
        nugget, sill: of the fitted model.
    """

    distances_m: FloatArray
    semivariances: FloatArray
    n_pairs: npt.NDArray[np.int64]
    range_m: float
    nugget: float
    sill: float

    def model(self, distances_m: FloatArray) -> FloatArray:
        """Return the fitted semivariance at distances."""
        return spherical(distances_m, self.nugget, self.sill - self.nugget, max(self.range_m, 1e-9))


def spherical(distances_m: FloatArray, nugget: float, partial_sill: float, range_m: float) -> FloatArray:
    """Return ``nugget + partial_sill * (1.5 h - 0.5 h^3)`` with ``h = min(distance / range, 1)``."""
    share = np.minimum(distances_m / range_m, 1.0)
    return nugget + partial_sill * (1.5 * share - 0.5 * share**3)


def measure_variogram(features: npt.NDArray[np.floating], xy_m: FloatArray, seed: int) -> Variogram | None:
    """Measure the variogram of the first principal components of features.

    Args:
        features: ``(n_samples, n_features)`` without missing values.
        xy_m: ``(n_samples, 2)`` metres.
        seed: picks up to 2,000 samples.

    Returns:
        The variogram, or None where the samples are too few or lie in one place.
    """
    rng = np.random.default_rng(seed)
    rows = rng.permutation(len(features))[:_MOST_SAMPLES]
    scores = _components(features[rows].astype(np.float64))
    first, second = np.triu_indices(len(rows), k=1)
    away = np.hypot(*(xy_m[rows][first] - xy_m[rows][second]).T)
    if len(away) < _FEWEST_PAIRS or away.max() == 0:
        return None
    differences = ((scores[first] - scores[second]) ** 2).mean(axis=1) / 2.0
    edges = np.linspace(0.0, away.max() * _EXTENT_SHARE, _N_LAGS + 1)
    lag = np.digitize(away, edges[1:-1])
    lag[away > edges[-1]] = _N_LAGS
    counts = np.bincount(lag, minlength=_N_LAGS + 1)[:_N_LAGS]
    means = [np.bincount(lag, weights=what, minlength=_N_LAGS + 1)[:_N_LAGS] for what in (away, differences)]
    enough = counts >= _FEWEST_PAIRS
    if enough.sum() < _FEWEST_LAGS:
        return None
    distances, semivariances = (values[enough] / counts[enough] for values in means)
    return _fitted(distances, semivariances, counts[enough].astype(np.int64))


def _components(features: FloatArray) -> FloatArray:
    centred = features - features.mean(axis=0)
    spread = centred.std(axis=0)
    scaled = centred / np.where(spread > 0, spread, 1.0)
    left, values, _ = np.linalg.svd(scaled, full_matrices=False)
    scores = left[:, :_N_COMPONENTS] * values[:_N_COMPONENTS]
    deviations = scores.std(axis=0)
    standardised: FloatArray = scores[:, deviations > 0] / deviations[deviations > 0]
    return standardised


def _fitted(distances: FloatArray, semivariances: FloatArray, counts: npt.NDArray[np.int64]) -> Variogram:
    """Fit the spherical model: for each range the best nugget and sill are a small linear problem."""
    weights = np.sqrt(counts / np.maximum(distances, distances[0]))
    best = (np.inf, 0.0, 0.0, 0.0)
    for range_m in np.geomspace(distances[0], distances[-1], 60):
        shape = spherical(distances, 0.0, 1.0, float(range_m))
        design = np.stack([np.ones_like(shape), shape], axis=1) * weights[:, None]
        (nugget, partial), *_ = np.linalg.lstsq(design, semivariances * weights, rcond=None)
        if nugget < 0:
            nugget, partial = 0.0, float((weights**2 * shape * semivariances).sum() / (weights**2 * shape**2).sum())
        error = float((weights**2 * (nugget + partial * shape - semivariances) ** 2).sum())
        if partial >= 0 and error < best[0]:
            best = (error, float(range_m), float(nugget), float(nugget + partial))
    _, range_m, nugget, sill = best
    if sill <= 0 or (sill - nugget) / sill < _LEAST_STRUCTURE:
        range_m = 0.0
    return Variogram(distances, semivariances, counts, range_m, nugget, sill)
