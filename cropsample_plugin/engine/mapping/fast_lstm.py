"""Prediction with an LSTM on the processor: matrix products by numpy, the rest of each step in one compiled pass.

Pixels stand side by side, as they come from the raster, so that nothing is transposed; a batch stays in the
processor's cache over all steps. Several threads may predict at once, each with buffers of its own.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.mapping.folded_lstm import FoldedLstm, head_probabilities
from cropsample_plugin.engine.mapping.lstm_kernel import advance

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class _Buffers:
    """Work space for batches of one size."""

    inputs: FloatArray
    gates: FloatArray
    memory: FloatArray

    @classmethod
    def for_batch(cls, lstm: FoldedLstm, n_pixels: int) -> _Buffers:
        n_inputs = lstm.matrices[0].shape[1]
        return cls(
            np.zeros((n_inputs, n_pixels), dtype=np.float32),
            np.empty((4 * lstm.hidden_size, n_pixels), dtype=np.float32),
            np.empty((lstm.hidden_size, n_pixels), dtype=np.float32),
        )


class CompiledLstm:
    """An LSTM for stored values where none is missing, and for physical values otherwise."""

    name = "compiled LSTM"
    takes_stored = True
    is_parallel = True
    batch_sizes = (256, 512, 768, 1024)

    def __init__(self, stored: FoldedLstm, physical: FoldedLstm) -> None:
        self._stored = stored
        self._physical = physical
        self._local = threading.local()

    def predict(self, values: npt.NDArray[Any], *, is_stored: bool) -> FloatArray:
        """Return ``(n_classes, n)`` probabilities of ``(n_rows, n)`` values."""
        lstm = self._stored if is_stored else self._physical
        n_pixels = values.shape[1]
        buffers = self._buffers(lstm, n_pixels)
        inputs = buffers.inputs[:, :n_pixels] if buffers.inputs.shape[1] != n_pixels else buffers.inputs
        first_static, first_hidden = lstm.n_bands, lstm.n_bands + lstm.n_static
        inputs[first_static:first_hidden] = values[lstm.n_timesteps * lstm.n_bands :]
        buffers.inputs[first_hidden:] = 0.0
        buffers.memory[:] = 0.0
        hidden = buffers.inputs[first_hidden:]
        for step in range(lstm.n_timesteps):
            inputs[: lstm.n_bands] = values[step * lstm.n_bands : (step + 1) * lstm.n_bands]
            np.dot(lstm.matrices[step], buffers.inputs, out=buffers.gates)
            advance(buffers.gates, lstm.biases[step], buffers.memory, hidden)
        return head_probabilities(_logits(lstm, hidden)[:, :n_pixels])

    def _buffers(self, lstm: FoldedLstm, n_pixels: int) -> _Buffers:
        """Return this thread's buffers; a smaller batch, such as the last of a block, uses part of them."""
        buffers: _Buffers | None = getattr(self._local, "buffers", None)
        if buffers is None or buffers.memory.shape[1] < n_pixels:
            buffers = _Buffers.for_batch(lstm, n_pixels)
            self._local.buffers = buffers
        return buffers


def _logits(lstm: FoldedLstm, hidden: FloatArray) -> FloatArray:
    for position, (weight, bias) in enumerate(lstm.head):
        if position > 0:
            np.maximum(hidden, np.float32(0.0), out=hidden)
        hidden = np.dot(weight, hidden)
        hidden += bias
    return hidden
