"""The LSTM networks of Kerner et al. 2020, as trained: an unrolled cell with dropout between steps, and two heads.

Source: methods.md 6.2. With 12 inputs, hidden size 64 and one output the multi-headed network has 28,162
parameters (cell 19,712, each head 4,225), the single-headed one with ``torch.nn.LSTM`` 20,033.
"""

from __future__ import annotations

import torch
from torch import nn

from cropsample_plugin.engine.models.network_settings import LstmSettings


class UnrolledCell(nn.Module):
    """One-layer LSTM whose hidden vector is dropped out after every step, the last included.

    Gates stand in the order input, forget, output, cell, so that one sigmoid serves the first three.
    """

    def __init__(self, n_inputs: int, hidden_size: int, dropout: float) -> None:
        super().__init__()
        self.gates = nn.Linear(n_inputs + hidden_size, 4 * hidden_size)
        self.n_inputs = n_inputs
        self.hidden_size = hidden_size
        self.dropout = dropout

    def forward(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:
        """Return ``(n, hidden_size)`` for ``series (n, n_timesteps, n_inputs)``; no dropout without a generator."""
        size = self.hidden_size
        from_input, from_hidden = torch.split(self.gates.weight, [self.n_inputs, size], dim=1)
        projected = nn.functional.linear(series, from_input, self.gates.bias)
        masks = self._masks(series, generator)
        recurrent = from_hidden.t()
        hidden = series.new_zeros(len(series), size)
        memory = torch.zeros_like(hidden)
        for step, step_input in enumerate(projected.unbind(dim=1)):
            gates = torch.addmm(step_input, hidden, recurrent)
            in_gate, forget_gate, out_gate = torch.sigmoid(gates[:, : 3 * size]).chunk(3, dim=1)
            memory = forget_gate * memory + in_gate * torch.tanh(gates[:, 3 * size :])
            hidden = out_gate * torch.tanh(memory)
            if masks is not None:
                hidden = hidden * masks[step]
        return hidden

    def _masks(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor | None:
        """Return ``(n_timesteps, n, hidden_size)`` of 0 and 1 / (1 - dropout), new for every step."""
        if generator is None or self.dropout <= 0.0:
            return None
        kept = 1.0 - self.dropout
        masks = series.new_empty(series.shape[1], series.shape[0], self.hidden_size)
        return masks.bernoulli_(kept, generator=generator) / kept


class SingleHeadNetwork(nn.Module):
    """``torch.nn.LSTM`` and one head; the head serves local and global samples alike."""

    def __init__(self, n_inputs: int, n_outputs: int, settings: LstmSettings) -> None:
        super().__init__()
        self.hidden_size = settings.hidden_size
        self.lstm = nn.LSTM(n_inputs, settings.hidden_size, batch_first=True)
        self.head = _head(settings, n_outputs)
        self.dropout = settings.dropout

    def encode(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:
        """Return ``(n, hidden_size)``; dropout acts on the vector that the head sees."""
        hidden: torch.Tensor = self.lstm(series)[0][:, -1]
        if generator is None or self.dropout <= 0.0:
            return hidden
        kept = 1.0 - self.dropout
        return hidden * (torch.empty_like(hidden).bernoulli_(kept, generator=generator) / kept)


class MultiHeadNetwork(nn.Module):
    """The unrolled cell with a global and a local head; the local head predicts."""

    def __init__(self, n_inputs: int, n_outputs: int, n_global_outputs: int, settings: LstmSettings) -> None:
        super().__init__()
        self.hidden_size = settings.hidden_size
        self.cell = UnrolledCell(n_inputs, settings.hidden_size, settings.dropout)
        self.head = _head(settings, n_outputs)
        self.global_head = _head(settings, n_global_outputs)

    def encode(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:
        """Return ``(n, hidden_size)``, the hidden vector after the last step's dropout."""
        hidden: torch.Tensor = self.cell(series, generator)
        return hidden


def n_outputs(n_classes: int) -> int:
    """Return how many logits a head gives: one for two classes, as published, otherwise one a class."""
    return 1 if n_classes <= 2 else n_classes  # noqa: PLR2004 - two classes need one logit


def _head(settings: LstmSettings, outputs: int) -> nn.Sequential:
    layers: list[nn.Module] = []
    for _ in range(settings.n_head_layers - 1):
        layers += [nn.Linear(settings.hidden_size, settings.hidden_size), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(settings.hidden_size, outputs))
