"""From class probabilities to the values stored in the maps."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.classes import ClassInfo

FloatArray = npt.NDArray[np.float32]

SCALE = 0.0001
"""Probabilities and uncertainties are stored as uint16 steps of this size."""
NODATA_UINT16 = 65535
NODATA_UINT8 = 255
_STEPS = np.float32(10000.0)


def class_dtype(class_ids: npt.NDArray[np.int64]) -> str:
    """Return ``uint8`` where every class id leaves 255 free for nodata, else ``uint16``."""
    return "uint8" if int(class_ids.max(initial=0)) < NODATA_UINT8 else "uint16"


def class_nodata(dtype: str) -> int:
    """Return the nodata value of a class map."""
    return NODATA_UINT8 if dtype == "uint8" else NODATA_UINT16


def most_probable(probabilities: FloatArray) -> npt.NDArray[np.intp]:
    """Return ``(n,)`` the index of the most probable class of ``(n_classes, n)``; of equals the first."""
    first_best: npt.NDArray[np.intp] = np.argmax(probabilities, axis=0)
    return first_best


def normalised_entropy(probabilities: FloatArray) -> FloatArray:
    """Return ``(n,)`` the Shannon entropy of ``(n_classes, n)``, divided by that of equal probabilities.

    0 = one class is certain, 1 = all classes equally probable: ``-sum(p ln p) / ln(n_classes)``.
    """
    n_classes = len(probabilities)
    if n_classes == 1:
        return np.zeros(probabilities.shape[1], dtype=np.float32)
    tiny = np.finfo(np.float32).tiny
    terms = np.log(np.maximum(probabilities, tiny))
    terms *= probabilities
    entropy: FloatArray = terms.sum(axis=0) * np.float32(-1.0 / math.log(n_classes))
    return np.clip(entropy, 0.0, 1.0)


def to_steps(shares: FloatArray) -> npt.NDArray[np.uint16]:
    """Store shares in [0, 1] as rounded steps of `SCALE`."""
    steps: npt.NDArray[np.uint16] = np.rint(shares * _STEPS).astype(np.uint16)
    return steps


def color_of(info: ClassInfo) -> tuple[int, int, int]:
    """Return red, green and blue of a class, 0 to 255."""
    text = info.color.lstrip("#")
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:6], 16)
