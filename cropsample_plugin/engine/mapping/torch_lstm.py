"""Prediction with an LSTM by torch: on a graphics processor, or where the compiled pass is not to be had."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import torch

from cropsample_plugin.engine.mapping.folded_lstm import FoldedLstm, head_probabilities

FloatArray = npt.NDArray[np.float32]


class TorchLstm:
    """The same arithmetic as `fast_lstm.CompiledLstm`, on a torch device."""

    takes_stored = True
    is_parallel = False

    def __init__(self, stored: FoldedLstm, physical: FoldedLstm, device: str) -> None:
        self.name = f"torch LSTM on {device}"
        self.batch_sizes = (1024, 2048, 4096) if device == "cpu" else (16384, 65536, 262144)
        self._device = device
        self._stored = _OnDevice(stored, device)
        self._physical = _OnDevice(physical, device)

    def predict(self, values: npt.NDArray[Any], *, is_stored: bool) -> FloatArray:
        """Return ``(n_classes, n)`` probabilities of ``(n_rows, n)`` values."""
        # torch has no arithmetic for unsigned 16 and 32 bits.
        held = np.ascontiguousarray(values, dtype=np.float32)
        with torch.inference_mode():
            logits = (self._stored if is_stored else self._physical).logits(torch.from_numpy(held).to(self._device))
            return head_probabilities(logits.cpu().numpy())


class _OnDevice:
    """One set of folded weights on a device."""

    def __init__(self, lstm: FoldedLstm, device: str) -> None:
        self._lstm = lstm
        self._matrices = [torch.from_numpy(matrix).to(device) for matrix in lstm.matrices]
        self._biases = [torch.from_numpy(bias[:, None].copy()).to(device) for bias in lstm.biases]
        self._head = [
            (torch.from_numpy(weight).to(device), torch.from_numpy(bias).to(device)) for weight, bias in lstm.head
        ]

    def logits(self, values: torch.Tensor) -> torch.Tensor:
        lstm, size = self._lstm, self._lstm.hidden_size
        static = values[lstm.n_timesteps * lstm.n_bands :]
        hidden = values.new_zeros(size, values.shape[1])
        memory = torch.zeros_like(hidden)
        for step in range(lstm.n_timesteps):
            inputs = torch.cat([values[step * lstm.n_bands : (step + 1) * lstm.n_bands], static, hidden])
            gates = torch.addmm(self._biases[step], self._matrices[step], inputs).tanh_()
            gates[: 3 * size].mul_(0.5).add_(0.5)
            memory.mul_(gates[size : 2 * size]).addcmul_(gates[:size], gates[3 * size :])
            hidden = gates[2 * size : 3 * size] * memory.tanh()
        for position, (weight, bias) in enumerate(self._head):
            hidden = torch.addmm(bias, weight, hidden if position == 0 else hidden.relu_())
        return hidden
