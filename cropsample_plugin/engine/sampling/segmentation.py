"""Segmentation of a raster of any size into field-like objects, tile by tile, without seams.

1. SLIC on temporal principal components, each tile with a margin, seeds on one grid for the whole raster.
2. Connected parts of each segment, numbered strip by strip.
3. Parts below the minimum size join the neighbour with which they share the longest border.

Only one tile, one strip and a few numbers per object are in memory; labels live in a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress, StepProgress, raise_if_canceled
from cropsample_plugin.engine.sampling.pixel_features import PixelComponents, PixelFeatures, fit_components
from cropsample_plugin.engine.sampling.segment_kernels import (
    all_roots,
    borders_of_small,
    connect_rows,
    count_parts,
    join,
    slic_tile,
)

IntArray = npt.NDArray[np.int64]
LabelFile = np.memmap[tuple[int, int], np.dtype[np.int64]]

_STRIP_ROWS = 256
_FIT_PIXELS = 40_000
_FIT_WINDOWS = 64
_FIT_WINDOW_PIXELS = 64


@dataclass(frozen=True)
class SegmentOptions:
    """How a raster is segmented.

    Attributes:
        object_pixels: about how many pixels an object has.
        min_object_pixels: parts with fewer join a neighbour.
        compactness: how much compact shape counts against likeness of features; 0.1 on standardised features.
        n_components: temporal principal components that are compared.
        n_iterations: rounds of SLIC.
        tile_pixels: side of a tile without its margin at most; many features make tiles smaller.
        seed: choice of the pixels on which the components are fitted.
    """

    object_pixels: int = 100
    min_object_pixels: int = 9
    compactness: float = 0.1
    n_components: int = 4
    n_iterations: int = 6
    tile_pixels: int = 512
    seed: int = 42


def segment_raster(
    source: PixelFeatures, options: SegmentOptions, folder: Path, progress: Progress
) -> tuple[LabelFile, int]:
    """Segment a raster.

    Args:
        source: the raster.
        options: how.
        folder: an empty working folder for label files as large as 16 bytes a pixel.
        progress: reports and cancelling.

    Returns:
        ``(height, width)`` labels 1 .. n_objects on disk, 0 for nodata, and n_objects.

    Raises:
        InputError: impossible options, or no usable pixel.
    """
    if min(options.object_pixels, options.min_object_pixels, options.n_components, options.tile_pixels) < 1:
        raise InputError("Object sizes, components and tiles must be at least 1.")
    shape = (source.height, source.width)
    segments = np.memmap(folder / "segments.bin", dtype=np.int64, mode="w+", shape=shape)
    parts = np.memmap(folder / "parts.bin", dtype=np.int64, mode="w+", shape=shape)
    with rasterio.open(source.path) as dataset:
        components = fit_components(_training_pixels(source, dataset, options.seed), options.n_components)
        _assign_tiles(source, dataset, components, options, segments, StepProgress(progress, 0.0, 0.7))
    roots, sizes = _connect(segments, parts, StepProgress(progress, 0.7, 0.8))
    final, n_objects = _merge_small(parts, roots, sizes, options.min_object_pixels, StepProgress(progress, 0.8, 0.95))
    for rows in _strips(source.height):
        parts[rows] = final[parts[rows]]
    progress.report(1.0, f"{n_objects} objects")
    return parts, n_objects


def _training_pixels(source: PixelFeatures, dataset: rasterio.DatasetReader, seed: int) -> npt.NDArray[np.float32]:
    """Read usable pixels of windows spread over the raster."""
    rng = np.random.default_rng(seed)
    side = int(np.ceil(np.sqrt(_FIT_WINDOWS)))
    taken = []
    for row in np.unique(np.linspace(0, max(source.height - _FIT_WINDOW_PIXELS, 0), side).astype(int)):
        for column in np.unique(np.linspace(0, max(source.width - _FIT_WINDOW_PIXELS, 0), side).astype(int)):
            window = Window(column, row, _FIT_WINDOW_PIXELS, _FIT_WINDOW_PIXELS).intersection(
                Window(0, 0, source.width, source.height)
            )
            values, usable = source.read(dataset, window)
            pixels = values[usable]
            per_window = min(len(pixels), _FIT_PIXELS // _FIT_WINDOWS)
            taken.append(pixels[rng.choice(len(pixels), per_window, replace=False)] if per_window else pixels[:0])
    return np.concatenate(taken)


def _assign_tiles(
    source: PixelFeatures,
    dataset: rasterio.DatasetReader,
    components: PixelComponents,
    options: SegmentOptions,
    segments: LabelFile,
    progress: Progress,
) -> None:
    step = max(1, round(np.sqrt(options.object_pixels)))
    tile = max(1, source.tile_side(options.tile_pixels) // step) * step
    margin = 2 * step
    cells_across = -(-source.width // step)
    tiles = [(row, column) for row in range(0, source.height, tile) for column in range(0, source.width, tile)]
    for number, (row, column) in enumerate(tiles):
        raise_if_canceled(progress)
        top, left = max(0, row - margin), max(0, column - margin)
        bottom, right = min(source.height, row + tile + margin), min(source.width, column + tile + margin)
        values, usable = source.read(dataset, Window(left, top, right - left, bottom - top))
        projected = components.project(values)
        spatial_weight = options.compactness / step**2 * options.n_components
        local = slic_tile(projected, usable, step, spatial_weight, options.n_iterations)
        names = _global_names(local, step, (top, left), cells_across)
        end_row, end_column = min(row + tile, source.height), min(column + tile, source.width)
        segments[row:end_row, column:end_column] = names[row - top : end_row - top, column - left : end_column - left]
        progress.report(number / len(tiles), "Segmenting")


def _global_names(local: npt.NDArray[np.int32], step: int, origin: tuple[int, int], cells_across: int) -> IntArray:
    """Turn seed cells of a tile into seed cells of the raster, counted from 1; 0 where there is none."""
    local_across = -(-local.shape[1] // step)
    rows, columns = np.divmod(local.astype(np.int64), local_across)
    names = (rows + origin[0] // step) * cells_across + columns + origin[1] // step + 1
    named: IntArray = np.where(local >= 0, names, 0)
    return named


def _strips(height: int) -> Iterator[slice]:
    for start in range(0, height, _STRIP_ROWS):
        yield slice(start, min(start + _STRIP_ROWS, height))


def _connect(segments: LabelFile, parts: LabelFile, progress: Progress) -> tuple[IntArray, IntArray]:
    """Number connected parts; returns the representative and the size of each part number."""
    height, width = segments.shape
    parents = np.zeros(1, dtype=np.int64)
    above_segments, above_parts = np.zeros(width, dtype=np.int64), np.zeros(width, dtype=np.int64)
    n_parts = 0
    for rows in _strips(height):
        raise_if_canceled(progress)
        strip = np.array(segments[rows])
        out = np.empty_like(strip)
        parents = np.concatenate([parents[: n_parts + 1], np.zeros(strip.size + 1, dtype=np.int64)])
        n_parts = connect_rows(strip, above_segments, above_parts, parents, n_parts, out)
        parts[rows] = out
        above_segments, above_parts = strip[-1], out[-1]
    parents = parents[: n_parts + 1]
    roots: IntArray = all_roots(parents, np.arange(n_parts + 1))
    sizes = np.zeros(n_parts + 1, dtype=np.int64)
    for rows in _strips(height):
        count_parts(np.array(parts[rows]), roots, sizes)
    sizes[0] = 0
    return roots, sizes


def _merge_small(
    parts: LabelFile, roots: IntArray, sizes: IntArray, smallest: int, progress: Progress
) -> tuple[IntArray, int]:
    """Join small parts with neighbours until none is left that has one; returns the final label of each part number."""
    parents = np.arange(len(roots), dtype=np.int64)
    while True:
        raise_if_canceled(progress)
        pairs = _border_pairs(parts, roots, sizes, smallest)
        if len(pairs) == 0:
            break
        for small, neighbour in _longest_borders(pairs, sizes):
            join(parents, small, neighbour)
        new_roots = all_roots(parents, roots)
        sizes = np.bincount(new_roots, weights=np.where(roots == np.arange(len(roots)), sizes, 0), minlength=len(roots))
        sizes, roots = sizes.astype(np.int64), new_roots
    kept, labels = np.unique(roots, return_inverse=True)
    return labels.astype(np.int64), len(kept) - 1


def _border_pairs(parts: LabelFile, roots: IntArray, sizes: IntArray, smallest: int) -> IntArray:
    above = np.zeros(parts.shape[1], dtype=np.int64)
    found = []
    for rows in _strips(parts.shape[0]):
        strip = np.array(parts[rows])
        found.append(borders_of_small(strip, above, roots, sizes, smallest))
        above = strip[-1]
    return np.concatenate(found)


def _longest_borders(pairs: IntArray, sizes: IntArray) -> list[tuple[int, int]]:
    """Return each small part with the neighbour of its longest border; of equal ones the larger."""
    distinct, lengths = np.unique(pairs, axis=0, return_counts=True)
    order = np.lexsort((distinct[:, 1], -sizes[distinct[:, 1]], -lengths, distinct[:, 0]))
    ordered = distinct[order]
    first = np.concatenate([[True], ordered[1:, 0] != ordered[:-1, 0]])
    return [(int(small), int(neighbour)) for small, neighbour in ordered[first]]
