"""Compiled kernels of the segmentation: SLIC on one global grid of seeds, connected parts, small parts merged.

SLIC after Achanta et al. 2012 (IEEE TPAMI 34:2274), in the form in which a pixel looks at the nine seeds around its
own grid cell only. The seeds are those of the whole raster, so that a segment cut by the border of two tiles has the
same name in both and no seam is left.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

NO_LABEL = 0


@njit(fastmath={"reassoc", "contract", "nsz"}, cache=True)
def slic_tile(
    features: Any, valid: Any, step: int, spatial_weight: float, n_iterations: int
) -> Any:  # pragma: no cover - compiled
    """Assign each pixel of a tile to a seed cell.

    Args:
        features: ``(height, width, n_features)`` float32.
        valid: ``(height, width)``, False for nodata; such pixels belong to no segment.
        step: side of a seed cell in pixels; the tile begins at a multiple of it.
        spatial_weight: squared feature distance that one squared pixel is worth.
        n_iterations: rounds of assigning and averaging.

    Returns:
        ``(height, width)`` int32 position of the seed cell within the tile, -1 where invalid.
    """
    height, width, n_features = features.shape
    n_rows, n_columns = (height + step - 1) // step, (width + step - 1) // step
    n_cells = n_rows * n_columns
    labels = np.full((height, width), -1, dtype=np.int32)
    for row in range(height):
        for column in range(width):
            if valid[row, column]:
                labels[row, column] = (row // step) * n_columns + column // step
    centres = np.zeros((n_cells, n_features + 2), dtype=np.float32)
    sizes = np.zeros(n_cells, dtype=np.int64)
    _average(features, labels, centres, sizes)
    for _ in range(n_iterations):
        for row in range(height):
            for column in range(width):
                if not valid[row, column]:
                    continue
                home_row, home_column = row // step, column // step
                best, best_cell = np.float32(3e38), labels[row, column]
                for cell_row in range(max(0, home_row - 1), min(n_rows, home_row + 2)):
                    for cell_column in range(max(0, home_column - 1), min(n_columns, home_column + 2)):
                        cell = cell_row * n_columns + cell_column
                        if sizes[cell] == 0:
                            continue
                        down, right = row - centres[cell, n_features], column - centres[cell, n_features + 1]
                        total = np.float32(spatial_weight) * (down * down + right * right)
                        for feature in range(n_features):
                            difference = features[row, column, feature] - centres[cell, feature]
                            total += difference * difference
                        if total < best:
                            best, best_cell = total, cell
                labels[row, column] = best_cell
        _average(features, labels, centres, sizes)
    return labels


@njit(cache=True)
def _average(features: Any, labels: Any, centres: Any, sizes: Any) -> None:  # pragma: no cover - compiled
    height, width, n_features = features.shape
    sums = np.zeros((centres.shape[0], n_features + 2))
    sizes[:] = 0
    for row in range(height):
        for column in range(width):
            cell = labels[row, column]
            if cell < 0:
                continue
            sizes[cell] += 1
            for feature in range(n_features):
                sums[cell, feature] += features[row, column, feature]
            sums[cell, n_features] += row
            sums[cell, n_features + 1] += column
    for cell in range(centres.shape[0]):
        if sizes[cell] > 0:
            for value in range(n_features + 2):
                centres[cell, value] = sums[cell, value] / sizes[cell]


@njit(cache=True)
def find_root(parents: Any, node: int) -> int:  # pragma: no cover - compiled
    """Return the representative of a set, shortening the path on the way."""
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node


@njit(cache=True)
def all_roots(parents: Any, nodes: Any) -> Any:  # pragma: no cover - compiled
    """Return the representative of each of some nodes."""
    roots = np.empty_like(nodes)
    for position in range(nodes.shape[0]):
        roots[position] = find_root(parents, nodes[position])
    return roots


@njit(cache=True)
def join(parents: Any, one: int, two: int) -> None:  # pragma: no cover - compiled
    """Unite two sets; the smaller number represents them."""
    first, second = find_root(parents, one), find_root(parents, two)
    if first < second:
        parents[second] = first
    elif second < first:
        parents[first] = second


@njit(cache=True)
def connect_rows(
    segments: Any, above_segments: Any, above_parts: Any, parents: Any, n_parts: int, parts: Any
) -> int:  # pragma: no cover - compiled
    """Number the connected parts of a strip of rows, continuing from the row above it.

    Args:
        segments: ``(height, width)`` int64 segment names, 0 for none.
        above_segments: ``(width,)`` the last row of the strip before; zeros for the first strip.
        above_parts: ``(width,)`` its part numbers.
        parents: union-find forest over part numbers, long enough for every pixel of the strip to start a part.
        n_parts: number of parts so far; part numbers begin with 1.
        parts: ``(height, width)`` output.

    Returns:
        The new number of parts.
    """
    height, width = segments.shape
    for row in range(height):
        for column in range(width):
            name = segments[row, column]
            if name == NO_LABEL:
                parts[row, column] = NO_LABEL
                continue
            up_name = segments[row - 1, column] if row else above_segments[column]
            up_part = parts[row - 1, column] if row else above_parts[column]
            left = column > 0 and segments[row, column - 1] == name
            if left:
                parts[row, column] = parts[row, column - 1]
                if up_name == name:
                    join(parents, parts[row, column], up_part)
            elif up_name == name:
                parts[row, column] = up_part
            else:
                n_parts += 1
                parents[n_parts] = n_parts
                parts[row, column] = n_parts
    return n_parts


@njit(cache=True)
def count_parts(parts: Any, roots: Any, sizes: Any) -> None:  # pragma: no cover - compiled
    """Add the pixels of a strip to the sizes of their parts."""
    for row in range(parts.shape[0]):
        for column in range(parts.shape[1]):
            sizes[roots[parts[row, column]]] += 1


@njit(cache=True)
def borders_of_small(parts: Any, above: Any, roots: Any, sizes: Any, smallest: int) -> Any:  # pragma: no cover
    """Return pairs (small part, neighbour), one for each pixel edge between them, also to the row above."""
    height, width = parts.shape
    pairs = np.empty((4 * height * width + 4, 2), dtype=np.int64)
    n_pairs = 0
    for row in range(height):
        for column in range(width):
            one = roots[parts[row, column]]
            for side in range(2):
                if side == 0:
                    if column == 0:
                        continue
                    two = roots[parts[row, column - 1]]
                else:
                    two = roots[parts[row - 1, column]] if row else roots[above[column]]
                if one in (two, NO_LABEL) or two == NO_LABEL:
                    continue
                if sizes[one] < smallest:
                    pairs[n_pairs, 0], pairs[n_pairs, 1] = one, two
                    n_pairs += 1
                if sizes[two] < smallest:
                    pairs[n_pairs, 0], pairs[n_pairs, 1] = two, one
                    n_pairs += 1
    return pairs[:n_pairs].copy()


@njit(cache=True)
def add_object_sums(values: Any, labels: Any, sums: Any, counts: Any) -> None:  # pragma: no cover - compiled
    """Add pixel values ``(n_pixels, n_features)`` to the sums and counts of their objects; NaN adds nothing."""
    for pixel in range(values.shape[0]):
        label = labels[pixel]
        if label == NO_LABEL:
            continue
        for feature in range(values.shape[1]):
            value = values[pixel, feature]
            if not np.isnan(value):
                sums[label, feature] += value
                counts[label, feature] += 1


@njit(cache=True)
def add_object_pixels(labels: Any, n_pixels: Any) -> None:  # pragma: no cover - compiled
    """Add the pixels of a tile of labels to ``n_pixels (n_objects + 1,)``."""
    for row in range(labels.shape[0]):
        for column in range(labels.shape[1]):
            n_pixels[labels[row, column]] += 1
