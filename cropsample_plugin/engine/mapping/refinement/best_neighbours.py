"""Bayesian smoothing with only those neighbours that favour a class most, compiled.

Which neighbours these are is found for a whole row of pixels at once: the smallest probability among them is built bit
by bit, and counting how many lie above a guess is a loop without branches over neighbouring pixels.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_if_possible, compiled_lazily
from cropsample_plugin.engine.mapping.refinement.smoothing_kernels import posterior_of, to_steps

_LARGEST_BIT = 8192

Steps = npt.NDArray[np.uint16]
Sums = npt.NDArray[np.float64]


def _count_from(near: Steps, least: Steps, counts: Steps) -> None:
    for column in range(len(least)):
        counts[column] += near[column] >= least[column]


def _add_above(near: Steps, odds: npt.NDArray[np.int32], limit: Steps, sums: Sums, n_above: Steps) -> None:
    """Add log-odds and their squares of the neighbours above the limit; sums of whole numbers, so exact."""
    for column in range(len(limit)):
        value = np.float64(odds[column]) if near[column] > limit[column] else 0.0
        sums[0, column] += value
        sums[1, column] += value * value
        n_above[column] += near[column] > limit[column]


count_from = compiled_if_possible(_count_from)
add_above = compiled_if_possible(_add_above)


def _sum_best(
    near: tuple[Steps, npt.NDArray[np.int32]], side: int, table: npt.NDArray[np.int32], wanted: Steps, sums: Sums
) -> None:
    """Sum the log-odds of the neighbours most in favour of a class.

    Args:
        near: probability steps and log-odds ``(rows of the window, width + side - 1)``, 0 where missing.
        side: columns of the window.
        table: log-odds of each step.
        wanted: ``(width,)`` number of neighbours to take, at most as many as there are.
        sums: ``(2, width)`` sums and sums of squares, overwritten.
    """
    given, odds = near
    width = len(wanted)
    limit = np.zeros(width, np.uint16)
    guess = np.empty(width, np.uint16)
    counts = np.empty(width, np.uint16)
    bit = _LARGEST_BIT
    while bit > 0:
        for column in range(width):
            guess[column] = limit[column] + bit
            counts[column] = 0
        for row in range(given.shape[0]):
            for shift in range(side):
                count_from(given[row, shift : shift + width], guess, counts)
        for column in range(width):
            if counts[column] >= wanted[column]:
                limit[column] = guess[column]
        bit //= 2
    sums[:] = 0.0
    counts[:] = 0
    for row in range(given.shape[0]):
        for shift in range(side):
            add_above(given[row, shift : shift + width], odds[row, shift : shift + width], limit, sums, counts)
    for column in range(width):
        # The rest are equal to the limit.
        value = np.float64(table[limit[column]])
        rest = np.float64(wanted[column]) - np.float64(counts[column])
        sums[0, column] += rest * value
        sums[1, column] += rest * value * value


sum_best = compiled_if_possible(_sum_best)


def _count_wanted(valid: npt.NDArray[np.bool_], share: float, wanted: Steps) -> None:
    """Return how many neighbours each pixel of a row is to hear, out of ``(rows of the window, width + side - 1)``."""
    n_rows, padded = valid.shape
    side = padded - len(wanted) + 1
    counts = np.zeros(padded, np.int32)
    for row in range(n_rows):
        for column in range(padded):
            counts[column] += valid[row, column]
    n_around = 0
    for column in range(side - 1):
        n_around += counts[column]
    for column in range(len(wanted)):
        n_around += counts[column + side - 1]
        wanted[column] = max(1, math.ceil(share * n_around))
        n_around -= counts[column]


count_wanted = compiled_if_possible(_count_wanted)


def _smooth_best(
    image: tuple[Steps, npt.NDArray[np.int32], npt.NDArray[np.bool_]],
    rows: tuple[int, int, int],
    smoothness: npt.NDArray[np.float64],
    share: float,
    table: npt.NDArray[np.int32],
    out: Steps,
) -> None:
    """Smooth rows.

    Args:
        image: probabilities and log-odds ``(n_classes, n_rows, width + 2 radius)``, 0 where missing and beyond the left
            and right end, and ``(n_rows, width + 2 radius)`` which are not.
        rows: first row to smooth, the row after the last, and the radius of the window.
        smoothness: ``(n_classes,)`` variance of the noise.
        share: share of the neighbours to take.
        table: log-odds of each step.
        out: ``(n_classes, last - first, width)``, overwritten; 65535 where missing.
    """
    steps, odds, valid = image
    first, last, radius = rows
    n_classes, n_rows, padded = steps.shape
    side, width = 2 * radius + 1, padded - 2 * radius
    sums = np.empty((2, width), np.float64)
    posterior = np.empty((n_classes, width), np.float64)
    wanted = np.empty(width, np.uint16)
    for row in range(first, last):
        top, bottom = max(0, row - radius), min(n_rows, row + radius + 1)
        inside = valid[row, radius : radius + width]
        count_wanted(valid[top:bottom], share, wanted)
        for k in range(n_classes):
            sum_best((steps[k, top:bottom], odds[k, top:bottom]), side, table, wanted, sums)
            for column in range(width):
                if inside[column]:
                    own = odds[k, row, column + radius] / 4096.0
                    found = posterior_of(own, sums[0, column], sums[1, column], wanted[column], smoothness[k])
                    posterior[k, column] = found
        to_steps(posterior, inside, out[:, row - first])


smooth_best = compiled_lazily(_smooth_best)
