"""The element-wise half of an LSTM step, compiled: four gates, the memory and the hidden vector in one pass.

The hyperbolic tangent is ``x P(x^2) / Q(x^2)`` on [-8, 8], a minimax fit of ours (iteratively reweighted least
squares on 6,000 points): at most 6e-9 off in exact arithmetic, about 4e-7 in single precision. Unlike a call of
``tanh`` it becomes vector instructions.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled

FloatArray = npt.NDArray[np.float32]

_LIMIT = np.float32(8.0)
_P0 = np.float32(0.9999999699832419)
_P1 = np.float32(0.13438180659336105)
_P2 = np.float32(0.0035641434867739715)
_P3 = np.float32(2.1773027301516198e-05)
_P4 = np.float32(1.5061478519658027e-08)
_Q1 = np.float32(0.4677150143459523)
_Q2 = np.float32(0.026135968127456707)
_Q3 = np.float32(0.0003399158310624366)
_Q4 = np.float32(8.453532832047265e-07)
_ONE = np.float32(1.0)
_HALF = np.float32(0.5)
# Contraction to fused multiply-add only: results stay the same from run to run on one machine.
_FAST = {"contract", "nsz"}


def _tanh(value: np.float32) -> np.float32:
    clipped = min(max(value, -_LIMIT), _LIMIT)
    square = clipped * clipped
    numerator = _P0 + square * (_P1 + square * (_P2 + square * (_P3 + square * _P4)))
    denominator = _ONE + square * (_Q1 + square * (_Q2 + square * (_Q3 + square * _Q4)))
    ratio: np.float32 = clipped * numerator / denominator
    return ratio


fast_tanh = compiled(_tanh, inline="always", fastmath=_FAST)


def _advance(gates: FloatArray, biases: FloatArray, memory: FloatArray, hidden: FloatArray) -> None:
    """Do one step for a batch, in place.

    Args:
        gates: ``(4 * hidden, n)`` without biases, in the order input, forget, output, cell; the first three are
            halved beforehand, because ``sigmoid(x) = (1 + tanh(x / 2)) / 2``.
        biases: ``(4 * hidden,)``, halved likewise.
        memory: ``(hidden, n)``, updated.
        hidden: ``(hidden, n)``, overwritten.
    """
    size = memory.shape[0]
    n_pixels = memory.shape[1]
    for unit in range(size):
        in_row, in_bias = gates[unit], biases[unit]
        forget_row, forget_bias = gates[size + unit], biases[size + unit]
        out_row, out_bias = gates[2 * size + unit], biases[2 * size + unit]
        cell_row, cell_bias = gates[3 * size + unit], biases[3 * size + unit]
        memory_row, hidden_row = memory[unit], hidden[unit]
        for pixel in range(n_pixels):
            in_gate = _HALF * fast_tanh(in_row[pixel] + in_bias) + _HALF
            forget_gate = _HALF * fast_tanh(forget_row[pixel] + forget_bias) + _HALF
            out_gate = _HALF * fast_tanh(out_row[pixel] + out_bias) + _HALF
            kept = forget_gate * memory_row[pixel] + in_gate * fast_tanh(cell_row[pixel] + cell_bias)
            memory_row[pixel] = kept
            hidden_row[pixel] = out_gate * fast_tanh(kept)


advance = compiled(_advance, fastmath=_FAST)
