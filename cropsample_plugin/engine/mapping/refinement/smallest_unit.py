"""The minimum mapping unit: patches below it join the neighbour with which they share the longest border.

Areas are true areas: on a map in degrees each row has its own pixel area. The result does not depend on how the
image is cut into strips: patches, areas and borders are those of the whole image.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.mapping.refinement.patch_kernels import (
    LabelArray,
    all_roots,
    borders,
    join_patches,
    longest_borders,
    measure_patches,
    number_patches,
)
from cropsample_plugin.engine.mapping.refinement.strip_file import StripFile
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

STRIP_ROWS = 256
FIXED = 1 << 15
_NO_LIMIT = 2**62
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CodeImage:
    """A class map in a file.

    Attributes:
        file: one layer: code of the class, 0 outside, with `FIXED` where a rule decided.
        height, width: size in pixels.
        pixel_areas: ``(height,)`` area of a pixel of each row, as whole numbers of any unit.
    """

    file: StripFile
    height: int
    width: int
    pixel_areas: IntArray

    def strips(self) -> Iterator[tuple[int, npt.NDArray[np.uint16], npt.NDArray[np.bool_]]]:
        """Go down the image: first row, codes, and which pixels are fixed."""
        for row in range(0, self.height, STRIP_ROWS):
            raw = self.file.read(row, min(STRIP_ROWS, self.height - row))[0]
            yield row, raw & np.uint16(FIXED - 1), raw >= FIXED


def merge_small_patches(
    image: CodeImage, smallest: int, folder: Path, progress: Progress, *, has_corners: bool
) -> tuple[StripFile, npt.NDArray[np.uint16]]:
    """Find the class of every patch when none is smaller than asked, wherever it has a neighbour.

    Args:
        image: the map.
        smallest: smallest area, in the unit of the pixel areas.
        folder: where a file of four bytes a pixel may be written.
        progress: reports and cancelling.
        has_corners: whether pixels that touch at a corner are connected.

    Returns:
        The file of patch labels, and the code of each label.
    """
    labels = StripFile(folder / "patches.bin", 1, image.width, "int32")
    parents, n_labels = _number(image, labels, progress, has_corners=has_corners)
    areas, codes, protected = _measure(image, labels, (parents, n_labels))
    del parents
    small = (areas > 0) & (areas < smallest) & ~protected
    pairs, lengths = _border_lengths(image, labels, small)
    merged = _merge(pairs, lengths, areas, codes, (smallest, protected))
    return labels, merged


def _number(image: CodeImage, labels: StripFile, progress: Progress, *, has_corners: bool) -> tuple[LabelArray, int]:
    parents = np.zeros(1, dtype=np.int32)
    above = np.zeros(image.width, np.uint16), np.zeros(image.width, np.int32)
    n_labels = 0
    for row, codes, _ in image.strips():
        raise_if_canceled(progress)
        if len(parents) < n_labels + codes.size + 1:
            room = np.zeros(n_labels + 2 * codes.size + 1, dtype=np.int32)
            room[: n_labels + 1] = parents[: n_labels + 1]
            parents = room
        out = np.empty(codes.shape, np.int32)
        n_labels = int(number_patches(codes, above, parents, (n_labels, has_corners), out))
        labels.write(row, out[None])
        above = codes[-1].copy(), out[-1].copy()
        progress.report(row / image.height, "Finding patches")
    return parents[: n_labels + 1].copy(), n_labels


def _measure(
    image: CodeImage, labels: StripFile, found: tuple[LabelArray, int]
) -> tuple[IntArray, npt.NDArray[np.uint16], npt.NDArray[np.bool_]]:
    """Return area, code and protection of each patch; labels in the file become representatives."""
    parents, n_labels = found
    patches = np.zeros(n_labels + 1, np.int64), np.zeros(n_labels + 1, np.uint16), np.zeros(n_labels + 1, bool)
    for row, codes, fixed in image.strips():
        strip = np.ascontiguousarray(labels.read(row, len(codes))[0])
        all_roots(parents, strip)
        labels.write(row, strip[None])
        measure_patches(strip, (codes, fixed), image.pixel_areas[row : row + len(codes)], patches)
    return patches


def _border_lengths(image: CodeImage, labels: StripFile, small: npt.NDArray[np.bool_]) -> tuple[IntArray, IntArray]:
    """Return each pair of a small patch and a neighbour, as one number, and how many pixel edges they share."""
    above = np.zeros(image.width, np.int32)
    room = np.empty(4 * STRIP_ROWS * image.width, np.int64)
    keys: list[IntArray] = []
    counts: list[IntArray] = []
    for row in range(0, image.height, STRIP_ROWS):
        strip = np.ascontiguousarray(labels.read(row, min(STRIP_ROWS, image.height - row))[0])
        found = room[: int(borders(strip, above, small, room))]
        distinct, lengths = np.unique(found, return_counts=True)
        keys.append(distinct)
        counts.append(lengths.astype(np.int64))
        above = strip[-1].copy()
    return _summed(np.concatenate(keys), np.concatenate(counts))


def _summed(keys: IntArray, counts: IntArray) -> tuple[IntArray, IntArray]:
    if not len(keys):
        return keys, counts
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    return ordered[first], np.add.reduceat(counts[order], first)


def _merge(
    pairs: IntArray,
    lengths: IntArray,
    areas: IntArray,
    codes: npt.NDArray[np.uint16],
    limits: tuple[int, npt.NDArray[np.bool_]],
) -> npt.NDArray[np.uint16]:
    """Join small patches, smallest first, round by round, until none is left that has a neighbour."""
    smallest, protected = limits
    parents = np.arange(len(areas), dtype=np.int64)
    patches = (parents, areas.copy(), protected.copy())
    while len(pairs):
        n_joined = join_patches(*_by_longest_border(pairs, lengths, patches[1]), patches, smallest)
        roots = _flat(parents)
        first, second = roots[pairs >> 32], roots[pairs & 0xFFFFFFFF]
        # Patches that now have one class and touch are one patch.
        alike = (codes[first] == codes[second]) & (first != second)
        join_patches(second[alike], first[alike], patches, _NO_LIMIT)
        roots = _flat(parents)
        first, second = roots[first], roots[second]
        is_open = (first != second) & (patches[1][first] < smallest) & ~patches[2][first]
        pairs, lengths = _summed(first[is_open] << 32 | second[is_open], lengths[is_open])
        if not n_joined:
            break
    return codes[_flat(parents)]


def _by_longest_border(pairs: IntArray, lengths: IntArray, areas: IntArray) -> tuple[IntArray, IntArray]:
    """Return each small patch, smallest first, and its neighbour of the longest border; of equal ones the larger."""
    places = np.empty(len(pairs), np.int64)
    chosen = pairs[places[: int(longest_borders(pairs, lengths, areas, places))]]
    small = chosen >> 32
    # Chosen pairs ascend: a stable order by area is one by area and number.
    order = np.argsort(areas[small], kind="stable")
    return small[order], (chosen & 0xFFFFFFFF)[order]


def _flat(parents: IntArray) -> IntArray:
    """Return the representative of every patch."""
    roots = parents
    while True:
        shorter = roots[roots]
        if np.array_equal(shorter, roots):
            return roots
        roots = shorter
