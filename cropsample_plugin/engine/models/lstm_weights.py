"""Plain weight arrays of a trained LSTM, and prediction from them; mapping folds the scaling into these arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.scaling import Scaling

if TYPE_CHECKING:
    import torch

FloatArray = npt.NDArray[np.float32]
_PREDICTION_BATCH = 2048


@dataclass(frozen=True)
class LstmWeights:
    """What a trained LSTM computes, whichever network it was trained as.

    For ``x`` (inputs of a step, scaled; bands first, then static bands) and hidden vector ``h``::

        a = input_weights @ x + hidden_weights @ h + biases          # gates in the order input, forget, output, cell
        c = sigmoid(a_forget) * c + sigmoid(a_input) * tanh(a_cell)
        h = sigmoid(a_output) * tanh(c)

    After the last step ``h`` goes through the head's layers, with ReLU between them. A head with one output gives
    the logit of the second of two classes; otherwise softmax over the outputs.

    Attributes:
        input_weights: ``(4 * hidden, n_inputs)``.
        hidden_weights: ``(4 * hidden, hidden)``.
        biases: ``(4 * hidden,)``.
        head: ``(weight (n_out, n_in), bias (n_out,))`` of each layer of the predicting head, in order.
    """

    input_weights: FloatArray
    hidden_weights: FloatArray
    biases: FloatArray
    head: tuple[tuple[FloatArray, FloatArray], ...]

    @property
    def hidden_size(self) -> int:
        """Length of the hidden vector."""
        return int(self.hidden_weights.shape[1])

    def with_folded_scaling(self, scaling: Scaling) -> LstmWeights:
        """Return weights that take unscaled inputs: ``W' = W / s`` and ``b' = b - W @ (m / s)``.

        Step weights need one matrix a step and are left out, see ``mapping.folded_lstm``.
        """
        means = np.concatenate([scaling.means, scaling.static_means])
        deviations = np.concatenate([scaling.deviations, scaling.static_deviations])
        weights = self.input_weights.astype(np.float64) / deviations
        biases = self.biases.astype(np.float64) - weights @ means
        return LstmWeights(weights.astype(np.float32), self.hidden_weights, biases.astype(np.float32), self.head)


@dataclass(frozen=True)
class LstmPredictor:
    """A trained LSTM.

    Attributes:
        weights: plain arrays of the predicting path, for scaled inputs.
        scaling: applied to values before the weights.
        n_classes: number of classes.
        device: where to compute.
    """

    weights: LstmWeights
    scaling: Scaling
    n_classes: int
    device: str = "cpu"

    def predict_probabilities(self, values: FloatArray, static_values: FloatArray) -> FloatArray:
        """Return ``(n, n_classes)`` float32 probabilities; see `Predictor`."""
        import torch

        from cropsample_plugin.engine.models.network_loss import probabilities
        from cropsample_plugin.engine.models.network_training import network_inputs

        inputs = network_inputs(values, static_values, self.scaling)
        result = np.empty((len(values), self.n_classes), dtype=np.float32)
        with torch.no_grad():
            tensors = _Tensors(self.weights, self.device)
            for start in range(0, len(values), _PREDICTION_BATCH):
                rows = slice(start, start + _PREDICTION_BATCH)
                logits = tensors.logits(torch.from_numpy(inputs[rows]).to(self.device))
                result[rows] = probabilities(logits).cpu().numpy()
        return result


class _Tensors:
    """The weight arrays on a device."""

    def __init__(self, weights: LstmWeights, device: str) -> None:
        import torch

        self._input = torch.from_numpy(weights.input_weights).to(device)
        self._recurrent = torch.from_numpy(weights.hidden_weights).to(device).t()
        self._biases = torch.from_numpy(weights.biases).to(device)
        self._head = [
            (torch.from_numpy(weight).to(device), torch.from_numpy(bias).to(device)) for weight, bias in weights.head
        ]
        self._size = weights.hidden_size

    def logits(self, series: torch.Tensor) -> torch.Tensor:
        import torch

        size = self._size
        projected = torch.nn.functional.linear(series, self._input, self._biases)
        hidden = series.new_zeros(len(series), size)
        memory = torch.zeros_like(hidden)
        for step_input in projected.unbind(dim=1):
            gates = torch.addmm(step_input, hidden, self._recurrent)
            in_gate, forget_gate, out_gate = torch.sigmoid(gates[:, : 3 * size]).chunk(3, dim=1)
            memory = forget_gate * memory + in_gate * torch.tanh(gates[:, 3 * size :])
            hidden = out_gate * torch.tanh(memory)
        for position, (weight, bias) in enumerate(self._head):
            hidden = torch.nn.functional.linear(hidden if position == 0 else torch.relu(hidden), weight, bias)
        return hidden
