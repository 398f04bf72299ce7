"""How many samples a statement about a map needs.

Sources: Olofsson et al. 2014, Remote Sensing of Environment 148:42, eq. 13 (after Cochran 1977, eq. 5.25), without the
slip in a published program that takes the other class's accuracy in S; Cochran 1977, eq. 4.4 for a proportion.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.stats import binom, norm

from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float64]

_MOST_SAMPLES = 1_000_000


def olofsson_size(
    shares: FloatArray, accuracies: FloatArray, standard_error: float, population: float = math.inf
) -> int:
    """Return the size of a stratified sample for a target standard error of overall accuracy.

    ``n = (sum W_i S_i)^2 / (SE^2 + sum W_i S_i^2 / N)`` with ``S_i = sqrt(U_i (1 - U_i))``; without a population
    size this is Olofsson's ``(sum W_i S_i / SE)^2``.

    Args:
        shares: ``(n_strata,)`` area shares, sum 1.
        accuracies: ``(n_strata,)`` expected user's accuracy of each.
        standard_error: target, in (0, 1).
        population: number of units on the map.
    """
    _check_shares(accuracies, "Expected accuracies")
    if not 0 < standard_error < 1:
        raise InputError("The target standard error must lie between 0 and 1.", "0.01 to 0.02 is usual.")
    if not math.isclose(float(shares.sum()), 1.0, abs_tol=1e-6):
        raise InputError("Area shares must sum to 1.")
    spreads = np.sqrt(accuracies * (1.0 - accuracies))
    variance = float(shares @ spreads**2)
    size = float(shares @ spreads) ** 2 / (standard_error**2 + variance / population)
    return _whole(size)


def cochran_size(share: float, half_width: float, confidence: float = 0.95, population: float = math.inf) -> int:
    """Return the size of a simple random sample for a confidence interval of a share.

    Args:
        share: expected share, such as the overall accuracy or a crop's share of the area.
        half_width: half the width of the interval.
        confidence: such as 0.95.
        population: number of units.
    """
    _check_shares(np.array([share]), "The expected share")
    _check_shares(np.array([confidence, half_width]), "Confidence and half width")
    if half_width <= 0:
        raise InputError("The half width of the interval must be above 0.")
    infinite = norm.ppf(0.5 + confidence / 2.0) ** 2 * share * (1.0 - share) / half_width**2
    return _whole(infinite / (1.0 + (infinite - 1.0) / population) if infinite > 1 else infinite)


def power_size(true_accuracy: float, tested_accuracy: float, power: float = 0.8, significance: float = 0.05) -> int:
    """Return how many samples a class needs to show that its user's accuracy is above a value.

    The smallest n for which an exact one-sided binomial test of ``tested_accuracy`` rejects with at least the given
    power when the accuracy really is ``true_accuracy``, and does so for all larger n up to n + 20 (power moves in a
    saw-tooth).
    """
    _check_shares(np.array([true_accuracy, tested_accuracy, power, significance]), "Accuracies, power, significance")
    if true_accuracy <= tested_accuracy:
        raise InputError("The expected accuracy must be above the one to be shown.")
    size = 1
    while size < _MOST_SAMPLES:
        candidates = np.arange(size, size + 21)
        enough = _exact_power(candidates, true_accuracy, tested_accuracy, significance) >= power
        if enough.all():
            return size
        size += int(np.flatnonzero(~enough)[-1]) + 1
    raise InputError("More than a million samples would be needed.", "Choose accuracies farther apart.")


def _exact_power(sizes: npt.NDArray[np.int64], true: float, tested: float, significance: float) -> FloatArray:
    critical = binom.ppf(1.0 - significance, sizes, tested) + 1
    power: FloatArray = binom.sf(critical - 1, sizes, true)
    return power


def _check_shares(values: FloatArray, what: str) -> None:
    if np.any(~np.isfinite(values)) or np.any((values < 0) | (values > 1)):
        raise InputError(f"{what} must lie between 0 and 1.")


def _whole(size: float) -> int:
    return max(1, math.ceil(size - 1e-9))
