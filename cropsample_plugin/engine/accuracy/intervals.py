"""Confidence intervals of shares from their standard errors."""

from __future__ import annotations

from typing import Callable

import numpy as np
import numpy.typing as npt
from scipy import stats

from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float64]
Bounds = tuple[FloatArray, FloatArray]

_TINY = 1e-12


def quantile(confidence: float, degrees_of_freedom: float = float("inf")) -> float:
    """Return how many standard errors an interval reaches to each side: 1.96 for 0.95 of the normal distribution.

    Raises:
        InputError: the level does not lie between 0.5 and 1.
    """
    if not 0.5 <= confidence < 1.0:  # noqa: PLR2004 - less is no confidence
        raise InputError(f"The confidence level {confidence:g} must lie between 0.5 and 1.", "0.95 is the usual one.")
    upper = 0.5 + confidence / 2.0
    if np.isfinite(degrees_of_freedom):
        return float(stats.t.ppf(upper, max(degrees_of_freedom, 1.0)))
    return float(stats.norm.ppf(upper))


def wald(shares: FloatArray, errors: FloatArray, sizes: FloatArray, reach: float) -> Bounds:  # noqa: ARG001 - one of a kind
    """Return share - and + reach x standard error, within [0, 1]."""
    return np.clip(shares - reach * errors, 0.0, 1.0), np.clip(shares + reach * errors, 0.0, 1.0)


def wilson(shares: FloatArray, errors: FloatArray, sizes: FloatArray, reach: float) -> Bounds:
    """Return score intervals for the effective sample size p (1 - p) / SE² (Wilson 1927; Korn & Graubard 1998).

    They stay within [0, 1] and keep their level near its ends. A share of 0 or 1 has no error to learn the effective
    size from; its own sample size takes that place.

    Args:
        shares: ``(n,)`` in [0, 1], NaN where undefined.
        errors: ``(n,)`` standard errors.
        sizes: ``(n,)`` sample sizes of the shares.
        reach: from `quantile`.
    """
    spread = shares * (1.0 - shares)
    is_known = (errors > _TINY) & (spread > _TINY)
    effective = np.where(is_known, spread / np.where(is_known, errors, 1.0) ** 2, np.maximum(sizes, 1.0))
    square = reach**2 / effective
    centre = (shares + square / 2.0) / (1.0 + square)
    half = reach / (1.0 + square) * np.sqrt(np.maximum(spread, 0.0) / effective + square / (4.0 * effective))
    low, high = np.clip(centre - half, 0.0, 1.0), np.clip(centre + half, 0.0, 1.0)
    return np.minimum(low, shares), np.maximum(high, shares)


def across_strata(shares: FloatArray, sizes: FloatArray, strata_shares: FloatArray, reach: float) -> Bounds:
    """Return intervals of sums over strata from the score interval of each stratum (Zou & Donner 2008; Yan & Su 2010).

    Meant for shares whose standard error is 0: every stratum holds all or nothing of a class, and each could still
    hide as much as its own sample size allows.

    Args:
        shares: ``(n_strata, n)`` in [0, 1], of each stratum.
        sizes: ``(n_strata,)`` sample sizes.
        strata_shares: ``(n_strata,)`` share of each stratum in the whole.
        reach: from `quantile`.
    """
    low, high = wilson(shares, np.zeros_like(shares), np.broadcast_to(sizes[:, None], shares.shape), reach)
    total = strata_shares @ shares
    below = np.sqrt(((strata_shares[:, None] * (shares - low)) ** 2).sum(axis=0))
    above = np.sqrt(((strata_shares[:, None] * (high - shares)) ** 2).sum(axis=0))
    return np.clip(total - below, 0.0, 1.0), np.clip(total + above, 0.0, 1.0)


INTERVALS: dict[str, Callable[[FloatArray, FloatArray, FloatArray, float], Bounds]] = {"wilson": wilson, "wald": wald}


def interval_named(name: str) -> Callable[[FloatArray, FloatArray, FloatArray, float], Bounds]:
    """Return the rule of this name.

    Raises:
        InputError: there is none.
    """
    if name not in INTERVALS:
        raise InputError(f"There is no interval '{name}'.", f"Intervals: {', '.join(INTERVALS)}.")
    return INTERVALS[name]
