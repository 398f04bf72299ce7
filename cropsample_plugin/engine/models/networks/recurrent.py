"""The nine recurrent networks of Luo et al. 2025 (arXiv 2507.12590, methods.md 5.2): RNN, LSTM, GRU in three forms.

One direction: LayerNorm, one layer, ReLU, the hidden vectors of all dates side by side, one linear layer. Both
directions: the same with two layers and dropout between them. With attention: the mean of the hidden vectors, each
date weighted by ``softmax over dates of relu(linear(hidden))``, and one linear layer.

LayerNorm over one band leaves nothing, over two only which is larger; with so few inputs it is left out.
"""

from __future__ import annotations

import torch
from torch import nn

from cropsample_plugin.engine.models.fitting import ModelShape
from cropsample_plugin.engine.models.network_settings import BidirectionalSettings, RecurrentSettings

_CELLS: dict[str, type[nn.RNN | nn.LSTM | nn.GRU]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
_FORGET_BIAS = 3.0
_FEWEST_NORMALISED = 3


class RecurrentNetwork(nn.Module):
    """A recurrent network over ``(n, n_timesteps, n_inputs)``; `settings` says which of the nine."""

    def __init__(self, shape: ModelShape, n_outputs: int, settings: RecurrentSettings) -> None:
        super().__init__()
        both = isinstance(settings, BidirectionalSettings)
        width = settings.hidden_size * (2 if both else 1)
        n_layers = 2 if both else 1
        n_inputs = shape.n_bands + shape.n_static
        self.normalise = nn.LayerNorm(n_inputs) if n_inputs >= _FEWEST_NORMALISED else nn.Identity()
        self.cell = _CELLS[settings.cell](
            n_inputs,
            settings.hidden_size,
            n_layers,
            batch_first=True,
            bidirectional=both,
            dropout=settings.dropout if n_layers > 1 else 0.0,
        )
        self.attention = nn.Linear(width, 1) if settings.has_attention else None
        self.head = nn.Linear(width if settings.has_attention else width * shape.n_timesteps, n_outputs)
        if settings.cell == "lstm":
            self._open_forget_gates(settings.hidden_size)

    def encode(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:  # noqa: ARG002 - one signature for all networks
        """Return ``(n, width)`` with attention, ``(n, n_timesteps * width)`` without."""
        hidden: torch.Tensor = self.cell(self.normalise(series))[0]
        if self.attention is None:
            return torch.relu(hidden).flatten(start_dim=1)
        shares = torch.softmax(torch.relu(self.attention(hidden)), dim=1)
        return (shares * hidden).sum(dim=1)

    def _open_forget_gates(self, size: int) -> None:
        """Set the forget gates' bias to 3, as published, so that early dates are remembered from the start.

        torch adds two biases; the one of the input carries it, the other is 0 there.
        """
        with torch.no_grad():
            for name, parameter in self.cell.named_parameters():
                if name.startswith("bias_ih"):
                    parameter[size : 2 * size].fill_(_FORGET_BIAS)
                elif name.startswith("bias_hh"):
                    parameter[size : 2 * size].zero_()
