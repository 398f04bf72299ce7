"""Scaling of bands: fitted once on training data, stored with the model, folded into weights where mapping is fast.

A model trained with season weights multiplies the scaled bands of each step by the weight of that step, in training
and prediction alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
ExactArray = npt.NDArray[np.float64]

# Rows that are computed with at a time in double precision: a few megabytes instead of twice the samples.
_CHUNK_ROWS = 16384


@dataclass(frozen=True)
class Scaling:
    """``(value - mean) / standard deviation`` per band, times the weight of the step when there are step weights.

    Attributes:
        means, deviations: ``(n_bands,)`` float64, in the bands' units; deviations are positive.
        static_means, static_deviations: ``(n_static,)`` the same for static bands.
        step_weights: ``(n_timesteps,)`` 0 or more; None where all steps count the same.
    """

    means: npt.NDArray[np.float64]
    deviations: npt.NDArray[np.float64]
    static_means: npt.NDArray[np.float64]
    static_deviations: npt.NDArray[np.float64]
    step_weights: npt.NDArray[np.float64] | None = None

    def apply(self, values: FloatArray) -> FloatArray:
        """Scale ``(..., n_timesteps, n_bands)`` values."""
        series = values.reshape(-1, *values.shape[-2:])
        scaled = np.empty(series.shape, dtype=np.float32)
        rows = max(1, _CHUNK_ROWS // max(1, series.shape[1]))
        for start in range(0, len(series), rows):
            exact = series[start : start + rows] - self.means
            exact /= self.deviations
            if self.step_weights is not None:
                exact *= self.step_weights[:, None]
            scaled[start : start + rows] = exact
        return scaled.reshape(values.shape)

    def apply_static(self, static_values: FloatArray) -> FloatArray:
        """Scale ``(..., n_static)`` values."""
        return ((static_values - self.static_means) / self.static_deviations).astype(np.float32)


def fit_scaling(
    values: FloatArray, static_values: FloatArray, step_weights: npt.NDArray[np.float64] | None = None
) -> Scaling:
    """Fit on training series: per band over samples and time steps, with the n-1 variance.

    Source: togo-crop-mask (Kerner et al. 2020), methods.md 6.1. A band that never varies keeps the deviation 1.

    Args:
        values: ``(n_samples, n_timesteps, n_bands)`` without missing values.
        static_values: ``(n_samples, n_static)`` without missing values.
        step_weights: see `Scaling`; they do not change means and deviations.
    """
    means, deviations = _moments(values.reshape(-1, values.shape[-1]))
    return Scaling(means, deviations, *_moments(static_values), step_weights)


def identity_scaling(n_bands: int, n_static: int) -> Scaling:
    """Return the scaling that changes nothing, for models that need none, such as trees."""
    return Scaling(np.zeros(n_bands), np.ones(n_bands), np.zeros(n_static), np.ones(n_static))


def _moments(columns: FloatArray) -> tuple[ExactArray, ExactArray]:
    n_rows = len(columns)
    means = _column_sums(columns) / n_rows
    deviations = np.ones(columns.shape[1])
    if n_rows > 1:
        deviations = np.sqrt(_column_sums(columns, means) / (n_rows - 1))
    tiny = np.finfo(np.float32).eps * np.maximum(np.abs(means), 1.0e-30)
    deviations[~(deviations > tiny)] = 1.0
    return means, deviations


def _column_sums(columns: FloatArray, centre: ExactArray | None = None) -> ExactArray:
    """Return ``(n_columns,)`` sums, or sums of squared distances to a centre, in double precision.

    Chunk by chunk in the order in which numpy sums all rows at once, so that the last bits are the same too: the sum so
    far is the first row of the next chunk. One column alone numpy sums in pairs, so it is taken whole.
    """
    n_rows, n_columns = columns.shape
    chunk = n_rows if n_columns == 1 else _CHUNK_ROWS
    sums: ExactArray = np.full(n_columns, -0.0)
    for start in range(0, n_rows, chunk):
        exact = columns[start : start + chunk].astype(np.float64)
        if centre is not None:
            exact -= centre
            exact *= exact
        sums = (exact if n_columns == 1 else np.vstack([sums, exact])).sum(axis=0)
    return sums
