"""Borders between small patches and their neighbours: listed, sorted, the longest of each found; compiled.

A border is one number, ``small * 2**32 + other``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_if_possible, compiled_lazily
from cropsample_plugin.engine.mapping.refinement.patch_kernels import LabelArray

_FEW = 32


def _borders(labels: LabelArray, above: LabelArray, small: npt.NDArray[np.bool_], pairs: npt.NDArray[np.int64]) -> int:
    """List the pixel edges between a small patch and another one, as ``small * 2**32 + other``.

    Args:
        labels: ``(height, width)`` patch numbers.
        above: ``(width,)`` those of the row above.
        small: which patches are too small.
        pairs: overwritten; room for four entries a pixel.

    Returns:
        The number of entries.
    """
    n = 0
    for row in range(labels.shape[0]):
        for column in range(labels.shape[1]):
            label = np.int64(labels[row, column])
            if label == 0:
                continue
            for side in range(2):
                if side == 0:
                    other = np.int64(above[column])
                elif column > 0:
                    other = np.int64(labels[row, column - 1])
                else:
                    continue
                if other == 0 or other == label:  # noqa: PLR1714 - numba compares numbers of one type in tuples
                    continue
                if small[label]:
                    pairs[n] = label << 32 | other
                    n += 1
                if small[other]:
                    pairs[n] = other << 32 | label
                    n += 1
        above = labels[row]
    return n


def _sort_part(values: LabelArray, start: int, end: int) -> None:
    """Sort the values from a place to another, which mostly are few."""
    if end - start > _FEW:
        values[start:end].sort()
        return
    for k in range(start + 1, end):
        value = values[k]
        free = k
        while free > start and values[free - 1] > value:
            values[free] = values[free - 1]
            free -= 1
        values[free] = value


sort_part = compiled_if_possible(_sort_part)


def _sort_pairs(
    pairs: npt.NDArray[np.int64],
    first: int,
    starts: npt.NDArray[np.int64],
    others: LabelArray,
    late: npt.NDArray[np.int64],
) -> int:
    """Sort the pairs of patches from a number on, and take out those of patches before.

    A bucket a patch, and within it by the neighbour: patches that begin in a strip have few pairs each.

    Args:
        pairs: as from `_borders`; those from the number on are sorted to the front.
        first: the number.
        starts: zeros, one more than patches from the number on and one beyond.
        others: room for an entry a pair.
        late: room for as many; overwritten with the pairs of patches before, as they come.

    Returns:
        How many pairs are late.
    """
    n_late = 0
    for k in range(len(pairs)):
        place = (pairs[k] >> 32) - first
        if place < 0:
            late[n_late] = pairs[k]
            n_late += 1
        else:
            starts[place + 2] += 1
    for place in range(2, len(starts)):
        starts[place] += starts[place - 1]
    for k in range(len(pairs)):
        place = (pairs[k] >> 32) - first
        if place >= 0:
            others[starts[place + 1]] = pairs[k] & 0xFFFFFFFF
            starts[place + 1] += 1
    for place in range(len(starts) - 2):
        start, end = starts[place], starts[place + 1]
        sort_part(others, start, end)
        for k in range(start, end):
            pairs[k] = np.int64(first + place) << 32 | np.int64(others[k])
    return n_late


def _count_runs(keys: npt.NDArray[np.int64], lengths: npt.NDArray[np.int32]) -> int:
    """Move the distinct ones of ascending keys to the front, and count each; return how many there are."""
    n = 0
    for k in range(len(keys)):
        if n > 0 and keys[n - 1] == keys[k]:
            lengths[n - 1] += 1
        else:
            keys[n] = keys[k]
            lengths[n] = 1
            n += 1
    return n


def _longest_borders(
    pairs: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int32],
    areas: npt.NDArray[np.int64],
    chosen: tuple[LabelArray, LabelArray],
) -> int:
    """Find the neighbour of each patch with the longest border; of equal ones the larger, then the first.

    Args:
        pairs: as from `_borders`, ascending.
        lengths: of each pair.
        areas: of each patch.
        chosen: overwritten with each patch and its neighbour; of no length to count only.

    Returns:
        How many patches there are.
    """
    patches, neighbours = chosen
    n = 0
    best = 0
    for k in range(len(pairs)):
        if k == 0 or pairs[k] >> 32 != pairs[k - 1] >> 32:
            n += 1
            best = k
        else:
            larger = areas[pairs[k] & 0xFFFFFFFF] > areas[pairs[best] & 0xFFFFFFFF]
            if lengths[k] > lengths[best] or (lengths[k] == lengths[best] and larger):
                best = k
        if len(patches) > 0:
            patches[n - 1] = pairs[best] >> 32
            neighbours[n - 1] = pairs[best] & 0xFFFFFFFF
    return n


borders = compiled_lazily(_borders)
sort_pairs = compiled_lazily(_sort_pairs)
count_runs = compiled_lazily(_count_runs)
longest_borders = compiled_lazily(_longest_borders)
