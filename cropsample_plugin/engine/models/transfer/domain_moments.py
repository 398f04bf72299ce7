"""Source scaling against target scaling: mean and spread of each band in each domain.

A model that reads the target with the source's scaling takes a greener or drier year for another crop. Brought to
the target's mean and standard deviation per band (over samples and dates, as in `fit_scaling`), the source's series
train a model that reads the target as it is; its shapes in time stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.scaling import Scaling, fit_scaling

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Moments:
    """Means and standard deviations of a domain's bands, ``(n_bands,)`` and ``(n_static,)``."""

    scaling: Scaling

    @classmethod
    def of(cls, values: FloatArray, static_values: FloatArray) -> Moments:
        """Measure ``(n, n_timesteps, n_bands)`` and ``(n, n_static)`` values; NaN is left out."""
        plain = fit_scaling(np.zeros((1, 1, values.shape[2]), np.float32), static_values)
        flat = values.reshape(-1, values.shape[2]).astype(np.float64)
        means, deviations = np.nanmean(flat, axis=0), np.nanstd(flat, axis=0)
        deviations[~(deviations > 0)] = 1.0
        return cls(Scaling(means, deviations, plain.static_means, plain.static_deviations))


def brought_to(
    values: FloatArray, static_values: FloatArray, source: Moments, target: Moments
) -> tuple[FloatArray, FloatArray]:
    """Return the source's series with the target's means and standard deviations."""
    ours, theirs = source.scaling, target.scaling
    moved = (values - ours.means) / ours.deviations * theirs.deviations + theirs.means
    static = (static_values - ours.static_means) / ours.static_deviations
    return (
        moved.astype(np.float32),
        (static * theirs.static_deviations + theirs.static_means).astype(np.float32),
    )
