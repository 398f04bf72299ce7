"""How many samples each stratum gets."""

from __future__ import annotations

from typing import Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def _equal(shares: FloatArray, spreads: FloatArray) -> FloatArray:  # noqa: ARG001 - all rules share one signature
    return np.ones(len(shares))


def _proportional(shares: FloatArray, spreads: FloatArray) -> FloatArray:  # noqa: ARG001 - as above
    return shares


def _neyman(shares: FloatArray, spreads: FloatArray) -> FloatArray:
    return shares * spreads


ALLOCATIONS: dict[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "proportional": _proportional,
    "equal": _equal,
    "neyman": _neyman,
}


def allocate(
    n_samples: int,
    shares: FloatArray,
    capacities: IntArray,
    rule: str = "proportional",
    spreads: FloatArray | None = None,
    minimum: int = 1,
) -> IntArray:
    """Divide samples among strata.

    Every stratum gets ``minimum`` first when that is possible, the largest strata go first when it is not; the
    rest follows the rule by largest remainders. No stratum gets more than it can hold.

    Args:
        n_samples: number of samples to divide.
        shares: ``(n_strata,)`` share of each stratum in area or number.
        capacities: ``(n_strata,)`` number of units that can be selected in each.
        rule: a name of `ALLOCATIONS`.
        spreads: ``(n_strata,)`` standard deviation within each stratum, for ``neyman``.
        minimum: samples every stratum gets before the rule applies.

    Returns:
        ``(n_strata,)`` numbers whose sum is ``n_samples``.

    Raises:
        InputError: unknown rule, or more samples than units.
    """
    if rule not in ALLOCATIONS:
        raise InputError(f"There is no allocation '{rule}'.", f"Allocations: {', '.join(ALLOCATIONS)}.")
    if n_samples < 0 or n_samples > capacities.sum():
        raise InputError(
            f"{n_samples} samples were asked for, but only {int(capacities.sum())} units can be selected.",
            "Ask for fewer samples, or give more objects.",
        )
    spreads = np.ones(len(shares)) if spreads is None else spreads
    wanted = np.maximum(ALLOCATIONS[rule](shares, spreads), 0.0)
    if wanted.sum() <= 0:
        wanted = np.ones(len(shares))
    counts = _minimum_first(n_samples, shares, capacities, minimum)
    return _fill_up(counts, n_samples, wanted / wanted.sum(), capacities)


def _minimum_first(n_samples: int, shares: FloatArray, capacities: IntArray, minimum: int) -> IntArray:
    counts = np.zeros(len(shares), dtype=np.int64)
    order = np.argsort(-shares, kind="stable")
    for _ in range(minimum):
        open_strata = [stratum for stratum in order if counts[stratum] < capacities[stratum]]
        room = n_samples - int(counts.sum())
        counts[np.array(open_strata[:room], dtype=np.int64)] += 1
    return counts


def _fill_up(counts: IntArray, n_samples: int, wanted: FloatArray, capacities: IntArray) -> IntArray:
    """Hand out the rest by largest remainders; what a full stratum cannot take goes to the others."""
    while (rest := n_samples - int(counts.sum())) > 0:
        room = capacities - counts
        shares = np.where(room > 0, wanted, 0.0)
        shares = shares / shares.sum() if shares.sum() > 0 else (room > 0) / np.count_nonzero(room)
        quota = rest * shares
        whole = np.minimum(np.floor(quota).astype(np.int64), room)
        left = rest - int(whole.sum())
        remainder = np.where(room > whole, quota - whole, -1.0)
        extra = np.argsort(-remainder, kind="stable")[:left]
        whole[extra[remainder[extra] >= 0]] += 1
        counts = counts + whole
    return counts
