"""The space in which objects are compared: standardised features, turned into principal components.

Every feature counts alike whatever its unit; constant features and copies of a feature add nothing, so that a
feature given twice does not count twice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

KEPT_VARIANCE = 0.95
_COPY_CORRELATION = 1.0 - 1e-9
_CONSTANT_SPREAD = 1e-9


@dataclass(frozen=True)
class FeatureSpace:
    """Objects as principal component scores.

    Attributes:
        scores: ``(n_objects, n_components)``; distances are those of standardised features.
        variance_shares: ``(n_components,)`` share of the kept variance, sum 1, decreasing.
        used_features: ``(n_features,)`` False for constant features and for copies of an earlier one.
    """

    scores: FloatArray
    variance_shares: FloatArray
    used_features: BoolArray


def feature_space(
    features: FloatArray, weights: FloatArray, kept_variance: float = KEPT_VARIANCE, *, drop_copies: bool = True
) -> FeatureSpace:
    """Standardise features and turn them into the principal components that keep a share of the variance.

    Args:
        features: ``(n_objects, n_features)`` without missing values.
        weights: ``(n_objects,)`` positive.
        kept_variance: share of the variance to keep, in (0, 1].
        drop_copies: True leaves out features that are a linear copy of an earlier one.

    Returns:
        The space; when all objects are alike it has one component, zero for everyone.
    """
    if features.ndim != 2 or not np.isfinite(features).all():  # noqa: PLR2004 - objects and features
        raise InputError("Features need the shape (objects, features) and no missing value.")
    shares = weights / weights.sum()
    standardised, varies = _standardise(features, shares)
    used = varies.copy()
    if drop_copies:
        used[varies] = _first_of_copies(standardised, shares)
    standardised = standardised[:, used[varies]]
    if standardised.shape[1] == 0:
        return FeatureSpace(np.zeros((len(features), 1)), np.ones(1), used)
    values, vectors = _principal_axes(standardised, shares)
    n_kept = min(int(np.searchsorted(np.cumsum(values) / values.sum(), kept_variance)) + 1, len(values))
    scores = standardised @ vectors[:, :n_kept]
    return FeatureSpace(scores, values[:n_kept] / values[:n_kept].sum(), used)


def _standardise(features: FloatArray, shares: FloatArray) -> tuple[FloatArray, BoolArray]:
    mean = shares @ features
    spread = np.sqrt(shares @ (features - mean) ** 2)
    varies: BoolArray = spread > _CONSTANT_SPREAD * (1e-300 + np.abs(mean))
    return (features[:, varies] - mean[varies]) / spread[varies], varies


def _first_of_copies(standardised: FloatArray, shares: FloatArray) -> BoolArray:
    correlation = np.abs(standardised.T @ (standardised * shares[:, None]))
    keep = np.ones(len(correlation), dtype=bool)
    for column in range(1, len(correlation)):
        keep[column] = not np.any(correlation[column, :column][keep[:column]] >= _COPY_CORRELATION)
    return keep


def _principal_axes(standardised: FloatArray, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return eigenvalues, decreasing, and axes whose largest coefficient is positive."""
    values, vectors = np.linalg.eigh(standardised.T @ (standardised * shares[:, None]))
    values, vectors = np.maximum(values[::-1], 0.0), vectors[:, ::-1]
    signs = np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(vectors.shape[1])])
    return values, vectors * signs
