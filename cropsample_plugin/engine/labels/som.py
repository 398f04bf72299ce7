"""Self-organizing maps: minisom's map and interface, trained by batches of samples instead of one by one.

`BatchSom` is a `minisom.MiniSom` whose `train` differs: all samples of a pass look for their neuron in one matrix
product, and every neuron becomes the mean of the samples around it, weighted by the neighbourhood (Kohonen 2013,
Neural Networks 37:52, "Essentials of the self-organizing map"). Early passes, in which the neighbourhood spans the
map, look at a random part of the samples: so few suffice to unfold it; the last one looks at all. Everything else
(weights, winners, errors, neuron maps) is minisom's.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import MissingPackageError
from cropsample_plugin.engine.progress import Progress, SilentProgress, raise_if_canceled

if TYPE_CHECKING:
    from minisom import MiniSom
else:
    try:
        from minisom import MiniSom
    except ImportError:
        MiniSom = object

Samples = npt.NDArray[Any]
IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float32]

DEFAULT_PASSES = 14
_FIRST_SIGMA_SHARE = 0.2
_LAST_SIGMA = 0.3
_SAMPLES_PER_NEURON = 8
_FULL_PASSES = 1
_CHUNK_ROWS = 8192


class BatchSom(MiniSom):  # type: ignore[misc] # minisom is untyped
    """A rectangular map with Gaussian neighbourhood and Euclidean distances, trained by batches."""

    def __init__(self, x: int, y: int, input_len: int, sigma: float = 0.0, random_seed: int | None = None) -> None:
        if MiniSom is object:
            raise MissingPackageError(
                "The engine's Python has no package 'minisom'.", "Create the engine again in CropSample's options."
            )
        start = sigma or max(1.0, max(x, y) * _FIRST_SIGMA_SHARE)
        super().__init__(
            x, y, input_len, sigma=start, random_seed=random_seed, sigma_decay_function="linear_decay_to_one"
        )
        rows, columns = np.divmod(np.arange(x * y), y)
        self._squared_distances = np.square(rows[:, None] - rows) + np.square(columns[:, None] - columns)
        self._rng = np.random.default_rng(random_seed)

    def train(  # noqa: PLR0913, PLR0917 - minisom's signature
        self,
        data: Samples,
        num_iteration: int = DEFAULT_PASSES,
        random_order: bool = True,  # noqa: ARG002, FBT001, FBT002 - minisom's signature
        verbose: bool = False,  # noqa: ARG002, FBT001, FBT002 - minisom's signature
        use_epochs: bool = True,  # noqa: ARG002, FBT001, FBT002 - minisom's signature
        fixed_points: dict[int, tuple[int, int]] | None = None,
        progress: Progress | None = None,
    ) -> None:
        """Train by passes over the samples.

        Args:
            data: ``(n_samples, n_features)``, without NaN.
            num_iteration: passes; the neighbourhood shrinks over them.
            random_order: without meaning here.
            verbose: without meaning here.
            use_epochs: without meaning here: iterations are passes.
            fixed_points: sample number to the neuron it is held at.
            progress: asked about cancelling.
        """
        self._check_iteration_number(num_iteration)
        self._check_input_len(data)
        progress = progress or SilentProgress()
        samples = np.ascontiguousarray(data, dtype=np.float32)
        held = self._held(fixed_points)
        with _one_blas_thread():
            for step in range(num_iteration):
                raise_if_canceled(progress)
                rows = self._rows_of_pass(len(samples), step, num_iteration, held)
                part = samples if rows is None else samples[rows]
                winners = self.winners(part)
                if rows is None and held is not None:
                    winners[held[0]] = held[1]
                self._move(part, winners, self._sigma_of_pass(step, num_iteration))

    def winners(self, data: Samples) -> IntArray:
        """Return ``(n_samples,)`` number of the nearest neuron, counted along rows."""
        return nearest(np.asarray(data, dtype=np.float32), self.flat_weights())

    def flat_weights(self) -> FloatArray:
        """Return ``(n_neurons, n_features)`` codebook vectors."""
        flat: FloatArray = self._weights.reshape(-1, self._weights.shape[2]).astype(np.float32)
        return flat

    def _held(self, fixed_points: dict[int, tuple[int, int]] | None) -> tuple[IntArray, IntArray] | None:
        if not fixed_points:
            return None
        width = self._weights.shape[1]
        neurons = [x * width + y for x, y in fixed_points.values()]
        return np.array(list(fixed_points), dtype=np.int64), np.array(neurons, dtype=np.int64)

    def _rows_of_pass(
        self, n_samples: int, step: int, n_steps: int, held: tuple[IntArray, IntArray] | None
    ) -> IntArray | None:
        """Return a random part for early passes, None for all samples."""
        n_neurons = len(self._squared_distances)
        n_part = _SAMPLES_PER_NEURON * n_neurons
        if held is not None or step >= n_steps - _FULL_PASSES or n_part >= n_samples:
            return None
        return self._rng.integers(0, n_samples, n_part)

    def _sigma_of_pass(self, step: int, n_steps: int) -> float:
        share = step / max(n_steps - 1, 1)
        return float(self._sigma * math.pow(_LAST_SIGMA / self._sigma, share))

    def _move(self, samples: FloatArray, winners: IntArray, sigma: float) -> None:
        n_neurons = len(self._squared_distances)
        counts = np.bincount(winners, minlength=n_neurons).astype(np.float64)
        sums = sums_by_neuron(samples, winners, n_neurons)
        neighbourhood = np.exp(-self._squared_distances / (2.0 * sigma**2))
        weights = neighbourhood @ counts
        moved = (neighbourhood @ sums) / np.maximum(weights, 1e-300)[:, None]
        is_moved = weights > 1e-12  # noqa: PLR2004 - nothing near it
        flat = self._weights.reshape(n_neurons, -1)
        flat[is_moved] = moved[is_moved]


@lru_cache(maxsize=1)
def _blas() -> Any:  # noqa: ANN401 - threadpoolctl is untyped
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def _one_blas_thread() -> Any:  # noqa: ANN401 - as above
    """Return a context in which products of matrices run on one thread: ours are so small that more cost time."""
    return _blas().limit(limits=1, user_api="blas")


def nearest(samples: FloatArray, codebook: FloatArray) -> IntArray:
    """Return ``(n_samples,)`` row of the nearest codebook vector, by blocks that stay in the cache."""
    half_squares = 0.5 * np.square(codebook).sum(axis=1)
    transposed = np.ascontiguousarray(codebook.T)
    found = np.empty(len(samples), dtype=np.int64)
    for start in range(0, len(samples), _CHUNK_ROWS):
        scores = samples[start : start + _CHUNK_ROWS] @ transposed
        scores -= half_squares
        found[start : start + _CHUNK_ROWS] = scores.argmax(axis=1)
    return found


def sums_by_neuron(samples: FloatArray, winners: IntArray, n_neurons: int) -> npt.NDArray[np.float64]:
    """Return ``(n_neurons, n_features)`` sums of the samples of each neuron."""
    sums = np.zeros((n_neurons, samples.shape[1]))
    order = np.argsort(winners, kind="stable")
    present, starts = np.unique(winners[order], return_index=True)
    sums[present] = np.add.reduceat(samples[order], starts, axis=0)
    return sums


def map_side(n_samples: int, smallest: int = 4, largest: int = 20) -> int:
    """Return the side of a square map for a number of samples: the rule of ``5 sqrt(n)`` neurons."""
    return int(np.clip(round(math.sqrt(5.0 * math.sqrt(max(n_samples, 1)))), smallest, largest))
