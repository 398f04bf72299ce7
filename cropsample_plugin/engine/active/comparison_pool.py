"""The few thousand candidates that are compared with each other, out of any number."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
SingleArray = npt.NDArray[np.float32]

POOL_SIZE = 4000
_LEAST_WORTH = 1e-6


def draw_pool(worth: SingleArray, predicted: IntArray, n_classes: int, size: int, seed: int) -> IntArray:
    """Choose candidates to compare: half the most worthy of each predicted class alike, half drawn by worth.

    The draw keeps what is frequent frequent, so that a proposal can stand for others like it; it is the weighted draw
    without replacement by keys ``ln w + Gumbel noise``.

    Args:
        worth: ``(n,)`` in [0, 1].
        predicted: ``(n,)`` most probable class.
        n_classes: number of classes.
        size: how many to choose.
        seed: seed of the draw.

    Returns:
        Increasing positions; all of them where there are no more than ``size``.
    """
    if len(worth) <= size:
        return np.arange(len(worth), dtype=np.int64)
    taken = np.zeros(len(worth), dtype=bool)
    per_class = size // (2 * n_classes)
    for position in range(n_classes):
        members = np.flatnonzero(predicted == position)
        taken[members[_largest(worth[members], per_class)]] = True
    rest = np.flatnonzero(~taken)
    noise = np.random.default_rng(seed).gumbel(size=len(rest))
    keys = np.log(np.maximum(worth[rest], _LEAST_WORTH)) + noise
    taken[rest[_largest(keys, size - int(taken.sum()))]] = True
    return np.flatnonzero(taken).astype(np.int64)


def _largest(values: npt.NDArray[np.floating], n_largest: int) -> IntArray:
    if len(values) <= n_largest:
        return np.arange(len(values), dtype=np.int64)
    return np.argpartition(-values, n_largest)[:n_largest].astype(np.int64)
