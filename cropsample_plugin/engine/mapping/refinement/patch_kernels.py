"""Connected patches of a class map, numbered strip by strip, compiled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_if_possible, compiled_lazily

LabelArray = npt.NDArray[np.int32]


def _root(parents: LabelArray, label: int) -> int:
    """Return the representative of a label, and shorten the way to it."""
    while parents[label] != label:
        parents[label] = parents[parents[label]]
        label = parents[label]
    return label


root = compiled_if_possible(_root)


def _unite(parents: LabelArray, label: int, other: int) -> int:
    """Join two labels, the first of which may be 0 for none yet; return the representative."""
    found = root(parents, other)
    if label == 0 or found == label:  # noqa: PLR1714 - numba compares numbers of one type in tuples
        return found
    low, high = min(found, label), max(found, label)
    parents[high] = low
    return low


unite = compiled_if_possible(_unite)


def _number_patches(
    codes: npt.NDArray[np.uint16],
    above: tuple[npt.NDArray[np.uint16], LabelArray],
    parents: LabelArray,
    state: tuple[int, bool],
    labels: LabelArray,
) -> int:
    """Number the patches of a strip; those that go on from the row above are joined in ``parents``.

    Args:
        codes: ``(height, width)`` class codes, 0 outside.
        above: codes and labels of the row above; zeros above the first.
        parents: representative of each label; long enough for this strip.
        state: labels given so far, and whether corners connect.
        labels: ``(height, width)``, overwritten; 0 outside.

    Returns:
        The number of labels given so far.
    """
    n_labels, has_corners = state
    reach = 1 if has_corners else 0
    upper_codes, upper_labels = above
    height, width = codes.shape
    for row in range(height):
        for column in range(width):
            code = codes[row, column]
            label = 0
            if code != 0:
                if column > 0 and codes[row, column - 1] == code:
                    label = root(parents, labels[row, column - 1])
                for step in range(-reach, reach + 1):
                    other = column + step
                    if 0 <= other < width and upper_codes[other] == code:
                        label = unite(parents, label, upper_labels[other])
                if label == 0:
                    n_labels += 1
                    label = n_labels
                    parents[label] = label
            labels[row, column] = label
        upper_codes, upper_labels = codes[row], labels[row]
    return n_labels


def _number_roots(parents: LabelArray, n_labels: int) -> int:
    """Replace the representative of each label by the number of its patch, from 1 in the order of first pixels.

    A representative is the lowest label of its patch, so the one above each label has its number already.

    Returns:
        The number of patches.
    """
    n_patches = 0
    for label in range(1, n_labels + 1):
        if parents[label] == label:
            n_patches += 1
            parents[label] = n_patches
        else:
            parents[label] = parents[parents[label]]
    return n_patches


def _measure_patches(
    labels: LabelArray,
    numbers: LabelArray,
    values: tuple[npt.NDArray[np.uint16], npt.NDArray[np.bool_]],
    pixel_areas: npt.NDArray[np.int64],
    patches: tuple[npt.NDArray[np.int64], npt.NDArray[np.uint16], npt.NDArray[np.bool_]],
) -> None:
    """Turn the labels of a strip into patch numbers and add it to area, class and protection of the patches.

    Args:
        labels: ``(height, width)``, changed.
        numbers: patch number of each label.
        values: ``(height, width)`` codes, and which pixels nothing may change.
        pixel_areas: ``(height,)`` area of a pixel in each row.
        patches: area, code and protection of each patch.
    """
    codes, fixed = values
    areas, classes, protected = patches
    for row in range(labels.shape[0]):
        for column in range(labels.shape[1]):
            patch = numbers[labels[row, column]]
            labels[row, column] = patch
            if patch != 0:
                areas[patch] += pixel_areas[row]
                classes[patch] = codes[row, column]
                if fixed[row, column]:
                    protected[patch] = True


def _find(parents: LabelArray, patch: int) -> int:
    while parents[patch] != patch:
        parents[patch] = parents[parents[patch]]
        patch = parents[patch]
    return patch


find = compiled_if_possible(_find)


def _join_patches(
    joining: LabelArray,
    keeping: LabelArray,
    patches: tuple[LabelArray, npt.NDArray[np.int64], npt.NDArray[np.bool_]],
    smallest: int,
) -> int:
    """Let patches take in others, in the order given; the keeper's class stays.

    Args:
        joining: patches that join, unless they have grown to ``smallest`` meanwhile.
        keeping: the patch that each of them joins.
        patches: parent, area and protection of each patch; changed.
        smallest: smallest area.

    Returns:
        How many joined.
    """
    parents, areas, protected = patches
    n_joined = 0
    for k in range(len(joining)):
        lower, upper = find(parents, joining[k]), find(parents, keeping[k])
        if lower == upper or areas[lower] >= smallest:
            continue
        parents[lower] = upper
        areas[upper] += areas[lower]
        protected[upper] |= protected[lower]
        n_joined += 1
    return n_joined


def _join_alike(
    pairs: npt.NDArray[np.int64],
    patches: tuple[LabelArray, npt.NDArray[np.int64], npt.NDArray[np.bool_]],
    codes: npt.NDArray[np.uint16],
) -> None:
    """Join patches that touch and now have one class: they are one patch."""
    parents, areas, protected = patches
    for k in range(len(pairs)):
        upper, lower = find(parents, pairs[k] >> 32), find(parents, pairs[k] & 0xFFFFFFFF)
        if upper != lower and codes[upper] == codes[lower]:
            parents[lower] = upper
            areas[upper] += areas[lower]
            protected[upper] |= protected[lower]


def _keep_open(
    pairs: npt.NDArray[np.int64],
    lengths: npt.NDArray[np.int32],
    patches: tuple[LabelArray, npt.NDArray[np.int64], npt.NDArray[np.bool_]],
    smallest: int,
) -> int:
    """Name the pairs after what their patches belong to now, and keep those of small patches, at the front.

    Returns:
        How many are kept.
    """
    parents, areas, protected = patches
    n = 0
    for k in range(len(pairs)):
        first = np.int64(find(parents, pairs[k] >> 32))
        second = np.int64(find(parents, pairs[k] & 0xFFFFFFFF))
        if first != second and areas[first] < smallest and not protected[first]:
            pairs[n] = first << 32 | second
            lengths[n] = lengths[k]
            n += 1
    return n


def _flatten(parents: LabelArray) -> None:
    """Let every patch name its representative."""
    for patch in range(len(parents)):
        parents[patch] = find(parents, patch)


join_patches = compiled_lazily(_join_patches)
number_patches = compiled_lazily(_number_patches)
measure_patches = compiled_lazily(_measure_patches)
number_roots = compiled_lazily(_number_roots)
join_alike = compiled_lazily(_join_alike)
keep_open = compiled_lazily(_keep_open)
flatten = compiled_lazily(_flatten)
