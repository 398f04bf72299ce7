"""The weights of an LSTM laid out for mapping: scaling folded in, one matrix a step, pixels side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.mapping.input_bands import InputBands
from cropsample_plugin.engine.models.lstm_weights import LstmWeights
from cropsample_plugin.engine.models.scaling import Scaling

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class FoldedLstm:
    """An LSTM that takes values as stored, or in physical units, without scaling them first.

    One step is ``gates = matrices[t] @ [inputs; statics; hidden] + biases[t]`` on ``(rows, n_pixels)`` arrays. The
    rows of the input, forget and output gates are halved, for ``sigmoid(x) = (1 + tanh(x / 2)) / 2``.

    Attributes:
        matrices: per step ``(4 * hidden, n_bands + n_static + hidden)``; one object for all steps where equal.
        biases: per step ``(4 * hidden,)``.
        head: ``(weight, bias (n_out, 1))`` of each layer of the head.
        n_bands, n_static, hidden_size: sizes.
    """

    matrices: tuple[FloatArray, ...]
    biases: tuple[FloatArray, ...]
    head: tuple[tuple[FloatArray, FloatArray], ...]
    n_bands: int
    n_static: int
    hidden_size: int

    @property
    def n_timesteps(self) -> int:
        """Number of steps."""
        return len(self.matrices)


def fold(weights: LstmWeights, scaling: Scaling, bands: InputBands, *, is_stored: bool) -> FoldedLstm:
    """Fold ``(value - mean) / deviation``, and for stored values their scale and offset, into the weights.

    With ``value = stored * k + o``: ``W' = W k / s`` and ``b' = b + W (o - m) / s``; with a weight of the step, the
    columns of ``W`` for dated bands are multiplied by it first.

    Args:
        weights: the trained weights, for scaled inputs.
        scaling: the model's scaling.
        bands: the inputs on the stack.
        is_stored: True for values as stored, False for physical ones.
    """
    size = weights.hidden_size
    halving = np.where(np.arange(4 * size) < 3 * size, 0.5, 1.0)[:, None]
    hidden_part = weights.hidden_weights.astype(np.float64) * halving
    means = np.concatenate([scaling.means, scaling.static_means])
    deviations = np.concatenate([scaling.deviations, scaling.static_deviations])
    matrices: list[FloatArray] = []
    biases: list[FloatArray] = []
    for step in range(bands.n_timesteps):
        scales, offsets = _step_scales(bands, step) if is_stored else (np.ones_like(means), np.zeros_like(means))
        input_part = weights.input_weights.astype(np.float64) * halving
        if scaling.step_weights is not None:
            input_part[:, : bands.n_bands] *= scaling.step_weights[step]
        bias = weights.biases.astype(np.float64) * halving[:, 0] + input_part @ ((offsets - means) / deviations)
        matrix = np.hstack([input_part * (scales / deviations), hidden_part]).astype(np.float32)
        if matrices and np.array_equal(matrix, matrices[-1]):
            matrix = matrices[-1]
        matrices.append(np.ascontiguousarray(matrix))
        biases.append(bias.astype(np.float32))
    head = tuple((np.ascontiguousarray(weight), bias[:, None].copy()) for weight, bias in weights.head)
    return FoldedLstm(tuple(matrices), tuple(biases), head, bands.n_bands, bands.n_static, size)


def head_probabilities(logits: FloatArray) -> FloatArray:
    """Return ``(n_classes, n)`` probabilities of ``(n_out, n)``: sigmoid of one output, softmax of several."""
    if len(logits) == 1:
        positive = np.float32(1.0) / (np.float32(1.0) + np.exp(-logits[0]))
        return np.stack([np.float32(1.0) - positive, positive])
    exponentials = np.exp(logits - logits.max(axis=0))
    probabilities: FloatArray = exponentials / exponentials.sum(axis=0)
    return probabilities


def _step_scales(bands: InputBands, step: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    dated = slice(step * bands.n_bands, (step + 1) * bands.n_bands)
    static = slice(bands.n_timesteps * bands.n_bands, None)
    scales = np.concatenate([bands.scales[dated], bands.scales[static]])
    return scales, np.concatenate([bands.offsets[dated], bands.offsets[static]])
