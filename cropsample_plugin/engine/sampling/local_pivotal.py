"""Spatially balanced probability samples: the local pivotal method in map and feature space."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.sampling.pivotal_kernels import pivotal_steps

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def local_pivotal_sample(coordinates: FloatArray, probabilities: FloatArray, seed: int) -> IntArray:
    """Draw a sample whose units are spread over the space of the coordinates.

    Args:
        coordinates: ``(n_units, n_dimensions)`` in comparable units, see `balanced_coordinates`.
        probabilities: ``(n_units,)`` inclusion probabilities in [0, 1]; their sum is the expected sample size, and the
            exact one when it is a whole number.
        seed: same seed, same sample.

    Returns:
        Selected units, sorted.

    Raises:
        InputError: values are missing, or probabilities leave [0, 1].
    """
    if not np.isfinite(coordinates).all() or len(coordinates) != len(probabilities):
        raise InputError("Spatial balance needs complete coordinates, one row per unit.")
    if not np.all((probabilities >= 0) & (probabilities <= 1)):
        raise InputError("Inclusion probabilities must lie in [0, 1].", "Ask for fewer samples than there are units.")
    decided = np.array(probabilities, dtype=np.float64)
    pivotal_steps(np.ascontiguousarray(coordinates, dtype=np.float32), decided, seed)
    return np.flatnonzero(decided == 1.0).astype(np.int64)


def balanced_coordinates(xy_m: FloatArray, features: FloatArray | None = None) -> FloatArray:
    """Return map position and features side by side so that both halves weigh alike.

    The map keeps its shape: x and y are divided by one number.

    Args:
        xy_m: ``(n_units, 2)``.
        features: ``(n_units, n_features)``; each is standardised, and their total spread equals that of the map.
    """
    centred = xy_m - xy_m.mean(axis=0)
    on_map = centred / max(float(np.sqrt((centred**2).sum(axis=1).mean())), np.finfo(float).tiny)
    if features is None:
        alone: FloatArray = on_map
        return alone
    spread = features.std(axis=0)
    varying = features[:, spread > 0]
    standardised = (varying - varying.mean(axis=0)) / spread[spread > 0]
    stacked: FloatArray = np.hstack([on_map, standardised / np.sqrt(max(standardised.shape[1], 1))])
    return stacked
