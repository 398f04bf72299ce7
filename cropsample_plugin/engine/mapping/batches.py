"""Batches of pixels: their size is found by a short measurement and halved when memory runs out."""

from __future__ import annotations

import threading
import time
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.mapping.pixel_predictors import PixelPredictor

FloatArray = npt.NDArray[np.float32]

SMALLEST_BATCH = 64
_MEASURED_S = 0.15
_LONGEST_BATCH_S = 1.0


class BatchSize:
    """The batch size in force; threads may halve it while others use it."""

    def __init__(self, n_pixels: int) -> None:
        self._n_pixels = n_pixels
        self._lock = threading.Lock()

    @property
    def n_pixels(self) -> int:
        """Pixels in a batch."""
        return self._n_pixels

    def halve(self, failed: int) -> bool:
        """Halve after a batch of ``failed`` pixels did not fit; False when it cannot get smaller."""
        with self._lock:
            if failed <= SMALLEST_BATCH:
                return False
            self._n_pixels = min(self._n_pixels, max(SMALLEST_BATCH, failed // 2))
            return True


def predict_halving(
    predictor: PixelPredictor, values: npt.NDArray[Any], batch: BatchSize, *, is_stored: bool
) -> FloatArray:
    """Predict ``(n_rows, n)`` values; on out-of-memory halve the batch size and go on with smaller pieces.

    Returns:
        ``(n_classes, n)`` probabilities.
    """
    try:
        return predictor.predict(values, is_stored=is_stored)
    except Exception as error:
        n_pixels = values.shape[1]
        if not is_out_of_memory(error) or not batch.halve(n_pixels):
            raise
    # Fixed here: the pieces may halve it further.
    step = batch.n_pixels
    pieces = [
        predict_halving(predictor, values[:, start : start + step], batch, is_stored=is_stored)
        for start in range(0, n_pixels, step)
    ]
    return np.concatenate(pieces, axis=1)


def is_out_of_memory(error: BaseException) -> bool:
    """Return whether an error says that the processor's or the graphics processor's memory is full."""
    named = type(error).__name__ == "OutOfMemoryError"
    return (
        isinstance(error, MemoryError) or named or (isinstance(error, RuntimeError) and "out of memory" in str(error))
    )


def measure_batch_size(predictor: PixelPredictor, values: npt.NDArray[Any], *, is_stored: bool) -> tuple[int, float]:
    """Return the fastest of the predictor's batch sizes on some values, and its pixels per second on one thread.

    Args:
        predictor: the model; sizes that do not fit its memory are left out, and those that would take a slow model
            long, for they win nothing there.
        values: ``(n_rows, n)`` values to measure with, repeated where they are too few.
        is_stored: True for values as stored.
    """
    best_size, best_rate = predictor.batch_sizes[0], 0.0
    for size in predictor.batch_sizes:
        if best_rate > 0.0 and size > _LONGEST_BATCH_S * best_rate:
            break
        batch = np.ascontiguousarray(values[:, np.resize(np.arange(values.shape[1]), size)])
        try:
            if best_rate == 0.0:
                predictor.predict(batch, is_stored=is_stored)
            rate = _rate(predictor, batch, is_stored=is_stored)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            break
        if rate > best_rate:
            best_size, best_rate = size, rate
    return best_size, best_rate


def _rate(predictor: PixelPredictor, batch: npt.NDArray[Any], *, is_stored: bool) -> float:
    """Return pixels per second of the fastest run; a first one, which may have to make room, is so left out."""
    fastest_s, until = np.inf, time.perf_counter() + _MEASURED_S
    started = time.perf_counter()
    while started < until:
        predictor.predict(batch, is_stored=is_stored)
        ended = time.perf_counter()
        fastest_s, started = min(fastest_s, ended - started), ended
    return float(batch.shape[1] / max(fastest_s, 1e-9))
