"""Where a curve bends most: more of one thing still gives more of another, but no longer much."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
_FEWEST_POINTS = 3


def knee_position(x: FloatArray, y: FloatArray, sensitivity: float = 1.0) -> int | None:
    """Return the position of the knee of an increasing concave curve, None when there is none.

    Source: Satopaa et al. 2011, "Finding a 'Kneedle' in a Haystack", ICDCSW: the local maximum of the normalised
    difference curve that is followed by a fall of ``sensitivity`` mean steps below it.

    Args:
        x: ``(n_points,)`` ascending.
        y: ``(n_points,)``.
        sensitivity: 1 as published; more finds fewer knees.
    """
    if len(x) < _FEWEST_POINTS or y.max() <= y.min() or x.max() <= x.min():
        return None
    across = (x - x.min()) / (x.max() - x.min())
    difference = (y - y.min()) / (y.max() - y.min()) - across
    step = sensitivity * float(np.diff(across).mean())
    for position in range(1, len(x) - 1):
        is_peak = difference[position] >= difference[position - 1] and difference[position] >= difference[position + 1]
        if is_peak and difference[position + 1 :].min() < difference[position] - step:
            return position
    return None
