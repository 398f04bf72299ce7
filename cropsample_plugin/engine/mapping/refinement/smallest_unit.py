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

from cropsample_plugin.engine.mapping.refinement.border_kernels import (
    borders,
    count_runs,
    longest_borders,
    sort_pairs,
)
from cropsample_plugin.engine.mapping.refinement.patch_kernels import (
    LabelArray,
    flatten,
    join_alike,
    join_patches,
    keep_open,
    measure_patches,
    number_patches,
    number_roots,
)
from cropsample_plugin.engine.mapping.refinement.strip_file import StripFile
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

STRIP_ROWS = 256
FIXED = 1 << 15
_MOST_UINT16 = 65535
IntArray = npt.NDArray[np.int64]
Lengths = npt.NDArray[np.int32]


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
        The file of patch numbers, and the code of each patch.
    """
    labels = StripFile(folder / "patches.bin", 1, image.width, "int32")
    numbers, n_patches = _number(image, labels, progress, has_corners=has_corners)
    areas, codes, protected = _measure(image, labels, numbers, n_patches)
    del numbers
    small = (areas > 0) & (areas < smallest) & ~protected
    pairs, lengths = _border_lengths(image, labels, small)
    unit = int(np.gcd.reduce(image.pixel_areas))
    return labels, _merge(pairs, lengths, (areas, codes, protected), smallest, unit)


def _number(image: CodeImage, labels: StripFile, progress: Progress, *, has_corners: bool) -> tuple[LabelArray, int]:
    """Write labels of a strip each; return the patch number of each label, and how many patches there are."""
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
    return parents, int(number_roots(parents, n_labels))


def _measure(
    image: CodeImage, labels: StripFile, numbers: LabelArray, n_patches: int
) -> tuple[IntArray, npt.NDArray[np.uint16], npt.NDArray[np.bool_]]:
    """Return area, code and protection of each patch; labels in the file become patch numbers."""
    patches = np.zeros(n_patches + 1, np.int64), np.zeros(n_patches + 1, np.uint16), np.zeros(n_patches + 1, bool)
    for row, codes, fixed in image.strips():
        strip = np.ascontiguousarray(labels.read(row, len(codes))[0])
        measure_patches(strip, numbers, (codes, fixed), image.pixel_areas[row : row + len(codes)], patches)
        labels.write(row, strip[None])
    return patches


def _border_lengths(image: CodeImage, labels: StripFile, small: npt.NDArray[np.bool_]) -> tuple[IntArray, Lengths]:
    """Return each pair of a small patch and a neighbour, as one number, and how many pixel edges they share.

    Patches are numbered by their first pixels: the pairs of patches that begin in a strip follow those of all strips
    above, and only those of patches that reach into it from above have to be put in between.
    """
    above = np.zeros(image.width, np.int32)
    room, late_room = np.empty((2, 4 * STRIP_ROWS * image.width), np.int64)
    others, counts = np.empty((2, len(room)), np.int32)
    pairs, lengths = np.empty(len(room), np.int64), np.empty(len(room), np.int32)
    late: list[IntArray] = []
    n, first_patch = 0, 1
    for row in range(0, image.height, STRIP_ROWS):
        strip = np.ascontiguousarray(labels.read(row, min(STRIP_ROWS, image.height - row))[0])
        n_found = int(borders(strip, above, small, room))
        end_patch = max(first_patch, int(strip.max(initial=0)) + 1)
        starts = np.zeros(end_patch - first_patch + 2, np.int64)
        n_late = int(sort_pairs(room[:n_found], first_patch, starts, others, late_room))
        late.append(late_room[:n_late].copy())
        n_new = int(count_runs(room[: n_found - n_late], counts))
        if n + n_new > len(pairs):
            # Grown in place where the system can: a copy would need the room twice.
            pairs.resize(2 * len(pairs) + n_new, refcheck=False)
            lengths.resize(len(pairs), refcheck=False)
        pairs[n : n + n_new], lengths[n : n + n_new] = room[:n_new], counts[:n_new]
        n, first_patch = n + n_new, end_patch
        above = strip[-1].copy()
    del room, late_room, others, counts
    pairs.resize(n, refcheck=False)
    lengths.resize(n, refcheck=False)
    found_late = np.concatenate(late)
    return _with_late(pairs, lengths, *_summed(found_late, np.ones(len(found_late), np.int32)))


def _with_late(pairs: IntArray, lengths: Lengths, late: IntArray, late_lengths: Lengths) -> tuple[IntArray, Lengths]:
    """Add a few ascending pairs to many."""
    places = np.searchsorted(pairs, late)
    is_known = places < len(pairs)
    is_known[is_known] = pairs[places[is_known]] == late[is_known]
    lengths[places[is_known]] += late_lengths[is_known]
    new = ~is_known
    return np.insert(pairs, places[new], late[new]), np.insert(lengths, places[new], late_lengths[new])


def _summed(keys: IntArray, counts: Lengths) -> tuple[IntArray, Lengths]:
    if not len(keys):
        return keys, counts
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    first = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    return ordered[first], np.add.reduceat(counts[order], first, dtype=np.int32)


def _merge(
    pairs: IntArray,
    lengths: Lengths,
    measured: tuple[IntArray, npt.NDArray[np.uint16], npt.NDArray[np.bool_]],
    smallest: int,
    unit: int,
) -> npt.NDArray[np.uint16]:
    """Join small patches, smallest first, round by round, until none is left that has a neighbour."""
    areas, codes, protected = measured
    parents: LabelArray = np.arange(len(areas), dtype=np.int32)
    patches = (parents, areas, protected)
    while len(pairs):
        n_joined = join_patches(*_by_longest_border(pairs, lengths, areas, unit), patches, smallest)
        join_alike(pairs, patches, codes)
        n_open = int(keep_open(pairs, lengths, patches, smallest))
        pairs, lengths = _summed(pairs[:n_open], lengths[:n_open])
        if not n_joined:
            break
    flatten(parents)
    return codes[parents]


def _by_longest_border(pairs: IntArray, lengths: Lengths, areas: IntArray, unit: int) -> tuple[LabelArray, LabelArray]:
    """Return each small patch, smallest first, and its neighbour of the longest border; of equal ones the larger."""
    nothing = np.empty(0, np.int32)
    n = int(longest_borders(pairs, lengths, areas, (nothing, nothing)))
    small, neighbours = np.empty(n, np.int32), np.empty(n, np.int32)
    longest_borders(pairs, lengths, areas, (small, neighbours))
    sizes = areas[small] // unit
    if sizes.max() <= _MOST_UINT16:
        # Of 16 bits, numbers are sorted in one pass.
        sizes = sizes.astype(np.uint16)
    # Patches ascend: a stable order by area is one by area and number.
    order = np.argsort(sizes, kind="stable")
    return small[order], neighbours[order]
