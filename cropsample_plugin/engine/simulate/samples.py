"""Samples of the synthetic region: labeled points in fields, a second region's series, and an independent check set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import maximum_filter, minimum_filter

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.simulate.imagery import Scenery
from cropsample_plugin.engine.simulate.phenology import CLASS_NAMES

IntArray = npt.NDArray[np.int64]

_CHECK_CELL_SHARE = 0.3
_LEAST_PER_CLASS_SHARE = 0.06
_OFFSET_IN_PIXEL = 0.35


@dataclass(frozen=True)
class PointSamples:
    """Labeled points; all arrays ``(n_samples,)``.

    Attributes:
        x_px, y_px: position in pixels, origin at the upper left corner of the region.
        class_index: label, index into `CLASS_NAMES`.
        true_class_index: what is really there; differs from the label where it is wrong.
        cell: the cell (field, wood, village) that the point lies in.
    """

    x_px: npt.NDArray[np.float64]
    y_px: npt.NDArray[np.float64]
    class_index: IntArray
    true_class_index: IntArray
    cell: IntArray


def split_cells(n_cells: int, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Set cells aside for the independent check; ``(n_cells,)``, True = check only."""
    return rng.random(n_cells) < _CHECK_CELL_SHARE


def draw_local_samples(
    scenery: Scenery, check_cells: npt.NDArray[np.bool_], n_samples: int, rng: np.random.Generator
) -> PointSamples:
    """Draw a random sample stratified by class, from the inside of patches, as an interpreter would place points.

    Every class gets its share of the pixels, but a rare one at least 6 % of the samples.
    """
    inside = _is_inside(scenery.unit_of_pixel) & ~check_cells[scenery.landscape.cells]
    surface = scenery.landscape.surface
    counts = _allocate(np.bincount(surface[inside], minlength=len(CLASS_NAMES)), n_samples)
    chosen = [
        rng.choice(np.flatnonzero(inside & (surface == index)), count, replace=False)
        for index, count in enumerate(counts)
        if count
    ]
    return _points(scenery, rng.permutation(np.concatenate(chosen)), rng)


def draw_check_samples(
    scenery: Scenery, check_cells: npt.NDArray[np.bool_], n_samples: int, rng: np.random.Generator
) -> PointSamples:
    """Draw a simple random sample of all pixels, edges too, of the cells set aside."""
    frame = np.flatnonzero(check_cells[scenery.landscape.cells])
    if n_samples > len(frame):
        raise InputError(
            f"{n_samples} check samples were asked for, the region has {len(frame)} pixels for them.",
            "Ask for fewer samples or a larger region.",
        )
    return _points(scenery, rng.choice(frame, n_samples, replace=False), rng)


def mislabel(samples: PointSamples, share: float, rng: np.random.Generator) -> PointSamples:
    """Give a share of the samples another label, drawn among the labels of the other samples."""
    labels = samples.class_index.copy()
    wrong = rng.choice(len(labels), round(share * len(labels)), replace=False)
    for index in wrong:
        labels[index] = rng.choice(labels[labels != samples.true_class_index[index]])
    return PointSamples(samples.x_px, samples.y_px, labels, samples.true_class_index, samples.cell)


def _is_inside(unit_of_pixel: IntArray) -> npt.NDArray[np.bool_]:
    """True where a pixel's eight neighbours belong to the same unit."""
    same: npt.NDArray[np.bool_] = maximum_filter(unit_of_pixel, 3) == minimum_filter(unit_of_pixel, 3)
    return same


def _allocate(pixel_counts: IntArray, n_samples: int) -> IntArray:
    least = int(_LEAST_PER_CLASS_SHARE * n_samples)
    counts: IntArray = np.maximum((n_samples * pixel_counts) // pixel_counts.sum(), least)
    counts = np.minimum(counts, pixel_counts)
    while counts.sum() > n_samples:
        counts[np.argmax(counts)] -= 1
    while counts.sum() < n_samples:
        room = np.where(counts < pixel_counts, pixel_counts / (counts + 1), 0.0)
        if not room.any():
            raise InputError(
                f"{n_samples} samples were asked for, the insides of the patches hold {int(pixel_counts.sum())}.",
                "Ask for fewer samples or a larger region.",
            )
        counts[np.argmax(room)] += 1
    return counts


def _points(scenery: Scenery, pixels: IntArray, rng: np.random.Generator) -> PointSamples:
    landscape = scenery.landscape
    rows, columns = np.divmod(pixels, landscape.size_px)
    offsets = rng.uniform(-_OFFSET_IN_PIXEL, _OFFSET_IN_PIXEL, (len(pixels), 2))
    labels = landscape.surface[rows, columns]
    return PointSamples(
        x_px=columns + 0.5 + offsets[:, 0],
        y_px=rows + 0.5 + offsets[:, 1],
        class_index=labels,
        true_class_index=labels.copy(),
        cell=landscape.cells[rows, columns],
    )
