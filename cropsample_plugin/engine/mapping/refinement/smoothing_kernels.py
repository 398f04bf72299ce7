"""Bayesian smoothing of class probabilities in a square neighbourhood, compiled.

For each class the log-odds ``x = ln(p / (1 - p))`` of a pixel meet a normal prior whose mean ``m`` and variance
``v`` are those of its neighbourhood; ``s`` is the variance of the noise: ``z = (v x + s m) / (v + s)`` (Camara et
al. 2024, Remote Sensing 16(23), 4572; sits). Then ``1 / (1 + exp(-z))``, scaled so that the classes add up to one.

Log-odds are whole multiples of 1/4096, so that sums do not depend on where a strip begins.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_if_possible, compiled_lazily

STEPS = 10_000
NODATA = 65535
_FIXED = 4096.0


def log_odds_table() -> npt.NDArray[np.int32]:
    """Return ``(STEPS + 1,)`` log-odds of each probability step in units of 1/4096; 0 and 1 count as half a step."""
    shares = np.clip(np.arange(STEPS + 1) / STEPS, 0.5 / STEPS, 1 - 0.5 / STEPS)
    table: npt.NDArray[np.int32] = np.rint(np.log(shares / (1 - shares)) * _FIXED).astype(np.int32)
    return table


def _share_out(shares: npt.NDArray[np.float64], steps: npt.NDArray[np.uint16]) -> None:
    """Round shares to steps that add up to exactly `STEPS`: the largest remainders are rounded up."""
    total = 0.0
    for k in range(len(shares)):
        total += shares[k]
    left = 10_000
    for k in range(len(shares)):
        shares[k] = shares[k] / total * 10_000
        whole = math.floor(shares[k])
        steps[k] = whole
        shares[k] -= whole
        left -= int(whole)
    for _ in range(left):
        best = 0
        for k in range(1, len(shares)):
            if shares[k] > shares[best]:
                best = k
        steps[best] += 1
        shares[best] = -1.0


share_out = compiled_if_possible(_share_out)


def _add_row(
    row: npt.NDArray[np.int32],
    valid: npt.NDArray[np.bool_],
    sign: int,
    sums: npt.NDArray[np.int64],
    counts: npt.NDArray[np.int64],
) -> None:
    """Add a row to the sums of the columns, or take it away.

    Args:
        row: ``(n_classes, width)`` log-odds.
        valid: ``(width,)``.
        sign: 1 or -1.
        sums: ``(2, n_classes, width)`` sums and sums of squares.
        counts: ``(width,)``.
    """
    for column in range(row.shape[1]):
        counts[column] += sign * np.int64(valid[column])
    for k in range(row.shape[0]):
        for column in range(row.shape[1]):
            value = np.int64(row[k, column])
            sums[0, k, column] += sign * value
            sums[1, k, column] += sign * value * value


def _posterior(own: float, total: float, square: float, n: int, noise: float) -> float:
    """Return the smoothed log-odds of a pixel out of the sums over its neighbourhood, in units of 1/4096."""
    if n < 2:  # noqa: PLR2004 - one pixel has no variance
        return own
    mean = total / n
    variance = (square - mean * total) / (n - 1) / 16777216.0
    # Keeps the prior proper where all neighbours are equal.
    variance = max(variance, 1e-4)
    return (variance * own + noise * mean / 4096.0) / (variance + noise)


add_row = compiled_if_possible(_add_row)
posterior_of = compiled_if_possible(_posterior)


def _slide(
    own: npt.NDArray[np.int32],
    columns: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]],
    radius: int,
    noise: float,
    posterior: npt.NDArray[np.float64],
) -> None:
    """Move a window along a row; ``columns`` are sums, sums of squares and counts of each column."""
    sums, squares, counts = columns
    width = len(own)
    total = np.int64(0)
    square = np.int64(0)
    n = np.int64(0)
    for column in range(min(radius, width)):
        total += sums[column]
        square += squares[column]
        n += counts[column]
    for column in range(width):
        if column + radius < width:
            total += sums[column + radius]
            square += squares[column + radius]
            n += counts[column + radius]
        if column - radius - 1 >= 0:
            total -= sums[column - radius - 1]
            square -= squares[column - radius - 1]
            n -= counts[column - radius - 1]
        posterior[column] = posterior_of(own[column] / 4096.0, total, square, n, noise)


def _to_steps(posterior: npt.NDArray[np.float64], valid: npt.NDArray[np.bool_], steps: npt.NDArray[np.uint16]) -> None:
    """Turn ``(n_classes, width)`` log-odds into steps that add up exactly; 65535 where missing."""
    n_classes = posterior.shape[0]
    shares = np.empty(n_classes, np.float64)
    pixel = np.empty(n_classes, np.uint16)
    for column in range(posterior.shape[1]):
        if not valid[column]:
            steps[:, column] = 65535
            continue
        for k in range(n_classes):
            shares[k] = 1.0 / (1.0 + math.exp(-posterior[k, column]))
        share_out(shares, pixel)
        for k in range(n_classes):
            steps[k, column] = pixel[k]


slide = compiled_if_possible(_slide)
to_steps = compiled_if_possible(_to_steps)


def _smooth_rows(
    odds: npt.NDArray[np.int32],
    valid: npt.NDArray[np.bool_],
    rows: tuple[int, int, int],
    smoothness: npt.NDArray[np.float64],
    steps: npt.NDArray[np.uint16],
) -> None:
    """Smooth with the whole window.

    Args:
        odds: ``(n_classes, n_rows, width)`` log-odds, 0 where missing.
        valid: ``(n_rows, width)``.
        rows: first row to smooth, the row after the last, and the radius of the window.
        smoothness: ``(n_classes,)`` variance of the noise.
        steps: ``(n_classes, last - first, width)``, overwritten; `NODATA` where missing.
    """
    first, last, radius = rows
    n_classes, n_rows, width = odds.shape
    sums = np.zeros((2, n_classes, width), np.int64)
    counts = np.zeros(width, np.int64)
    posterior = np.empty((n_classes, width), np.float64)
    top = bottom = max(0, first - radius)
    for row in range(first, last):
        while bottom < min(n_rows, row + radius + 1):
            add_row(odds[:, bottom], valid[bottom], 1, sums, counts)
            bottom += 1
        while top < row - radius:
            add_row(odds[:, top], valid[top], -1, sums, counts)
            top += 1
        for k in range(n_classes):
            slide(odds[k, row], (sums[0, k], sums[1, k], counts), radius, smoothness[k], posterior[k])
        to_steps(posterior, valid[row], steps[:, row - first])


smooth_rows = compiled_lazily(_smooth_rows)
