"""A threshold for a map of probabilities or shares: given, or chosen from the reference when that is asked for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError, SamplesError

FloatArray = npt.NDArray[np.float64]

CHOOSE = "choose"


def read_threshold(text: str) -> float | str | None:
    """Return a number, `CHOOSE`, or None for an empty text.

    Raises:
        InputError: the text is none of these.
    """
    stripped = text.strip().casefold()
    if stripped in ("", CHOOSE):
        return stripped or None
    try:
        return float(stripped)
    except ValueError as error:
        raise InputError(f"'{text}' is no threshold.", f"Write a number such as 0.5, or '{CHOOSE}'.") from error


def choose_threshold(values: FloatArray, is_class: npt.NDArray[np.bool_], weights: FloatArray) -> float:
    """Return the threshold with the largest F1 of the class, halfway between two neighbouring values.

    Args:
        values: ``(n_samples,)`` of the map.
        is_class: ``(n_samples,)`` the reference has the class.
        weights: ``(n_samples,)`` area each sample stands for.

    Raises:
        SamplesError: the map has one value at all samples, or the class is never or always there.
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    steps = np.flatnonzero(np.diff(ordered) > 0)
    if len(steps) == 0 or not is_class.any() or is_class.all():
        raise SamplesError(
            "No threshold can be chosen: the samples hold one map value, or one class.",
            "Give the threshold as a number.",
        )
    hit = np.cumsum((weights * is_class)[order][::-1])[::-1]
    above = np.cumsum(weights[order][::-1])[::-1]
    scores = 2.0 * hit[steps + 1] / (above[steps + 1] + float(weights @ is_class))
    best = int(steps[int(np.argmax(scores))])
    return float((ordered[best] + ordered[best + 1]) / 2.0)
