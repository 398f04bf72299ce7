"""What a probability sample says about the map: unbiased shares and their standard errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from cropsample_plugin.engine.sampling.designs import NO_CLUSTER, ProbabilitySample
from cropsample_plugin.engine.sampling.map_frame import MapFrame

FloatArray = npt.NDArray[np.float64]

_FEWEST = 2
_NEIGHBOURS = 4


@dataclass(frozen=True)
class Estimate:
    """A population share with its standard error, both in [0, 1]."""

    share: float
    standard_error: float


def estimate_share(frame: MapFrame, sample: ProbabilitySample, observed: FloatArray, design: str) -> Estimate:
    """Estimate the mean of what was observed over all pixels of the frame.

    Horvitz-Thompson, divided by the known number of pixels (by the estimated one where the sample size varies).
    Variances: Cochran 1977 for the random designs; between squares for clusters; for the lattice and the balanced
    design the local neighbourhood variance (Grafstroem & Schelin 2014), as no unbiased one exists.

    Args:
        frame: the frame the sample was drawn from.
        sample: the sample.
        observed: ``(n,)`` for example 1 where the reference is maize, else 0.
        design: the design's name.
    """
    weights = sample.design_weights
    n_units = weights.sum() if design in {"systematic", "cluster"} else float(frame.n_units)
    share = float(weights @ observed / n_units)
    if design == "stratified":
        variance = _stratified_variance(frame, sample, observed)
    elif design == "cluster":
        variance = _cluster_variance(sample, observed, share)
    elif design in {"systematic", "balanced"}:
        variance = _local_variance(frame, sample, observed)
    else:
        correction = 1.0 - len(observed) / frame.n_units
        variance = correction * _variance(observed) / len(observed)
    return Estimate(share, float(np.sqrt(max(variance, 0.0))))


def _variance(observed: FloatArray) -> float:
    return float(observed.var(ddof=1)) if len(observed) >= _FEWEST else 0.0


def _stratified_variance(frame: MapFrame, sample: ProbabilitySample, observed: FloatArray) -> float:
    total = 0.0
    for stratum, size in enumerate(frame.sizes):
        here = observed[sample.strata == stratum]
        if len(here) >= _FEWEST:
            share = size / frame.n_units
            total += share**2 * (1.0 - len(here) / size) * _variance(here) / len(here)
    return total


def _cluster_variance(sample: ProbabilitySample, observed: FloatArray, share: float) -> float:
    """Return the variance of the ratio estimator between squares."""
    _, cluster_of = np.unique(sample.clusters[sample.clusters != NO_CLUSTER], return_inverse=True)
    residuals = np.bincount(cluster_of, weights=sample.design_weights * (observed - share))
    n_clusters = len(residuals)
    if n_clusters < _FEWEST:
        return 0.0
    total = float(sample.design_weights.sum())
    return float(n_clusters / (n_clusters - 1) * (residuals**2).sum() / total**2)


def _local_variance(frame: MapFrame, sample: ProbabilitySample, observed: FloatArray) -> float:
    xy = frame.xy_of(sample.units)
    n_neighbours = min(_NEIGHBOURS, len(observed))
    if n_neighbours < _FEWEST:
        return 0.0
    _, neighbours = cKDTree(xy).query(xy, n_neighbours)
    local_mean = observed[neighbours].mean(axis=1)
    correction = n_neighbours / (n_neighbours - 1)
    return float(correction * ((observed - local_mean) ** 2).sum() / len(observed) ** 2)
