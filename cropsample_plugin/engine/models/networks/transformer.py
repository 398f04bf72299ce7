"""The Transformer of Luo et al. 2025 (arXiv 2507.12590, methods.md 5.2): 2,637,315 parameters with 6 bands, 3 classes.

A linear layer to 512, positional encoding, two post-norm encoder layers with 8 heads, LayerNorm, the mean over the
dates, one linear layer.
"""

from __future__ import annotations

import math

import torch
from torch import nn

from cropsample_plugin.engine.models.fitting import ModelShape
from cropsample_plugin.engine.models.network_settings import TransformerSettings

_BASE = 10_000.0


class TransformerNetwork(nn.Module):
    """An encoder-only Transformer over ``(n, n_timesteps, n_inputs)``."""

    positions: torch.Tensor

    def __init__(self, shape: ModelShape, n_outputs: int, settings: TransformerSettings) -> None:
        super().__init__()
        width = settings.hidden_size
        self.embed = nn.Linear(shape.n_bands + shape.n_static, width)
        encoding = ENCODINGS[settings.positional_encoding](shape.n_timesteps, width)
        self.register_buffer("positions", encoding, persistent=False)
        self.dropout = nn.Dropout(settings.dropout)
        layer = nn.TransformerEncoderLayer(
            width, settings.n_heads, settings.feed_forward_size, settings.dropout, batch_first=True
        )
        self.encoder = nn.TransformerEncoder(layer, settings.n_layers, enable_nested_tensor=False)
        self.normalise = nn.LayerNorm(width)
        self.head = nn.Linear(width, n_outputs)

    def encode(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:  # noqa: ARG002 - one signature for all networks
        """Return ``(n, hidden_size)``."""
        embedded = self.dropout(self.embed(series) + self.positions)
        mean: torch.Tensor = self.normalise(self.encoder(embedded)).mean(dim=1)
        return mean


def standard_encoding(n_timesteps: int, width: int) -> torch.Tensor:
    """Return ``(n_timesteps, width)``: sines and cosines of falling frequency (Vaswani et al. 2017)."""
    return _encoding(n_timesteps, width, torch.exp(torch.arange(0, width, 2) * (-math.log(_BASE) / width)))


def published_encoding(n_timesteps: int, width: int) -> torch.Tensor:
    """Return the encoding of the study's code, ``-exp(+i ln(10^4) / width)``: frequencies grow; for comparison only."""
    return _encoding(n_timesteps, width, -torch.exp(torch.arange(0, width, 2) * (math.log(_BASE) / width)))


ENCODINGS = {"standard": standard_encoding, "published": published_encoding}


def _encoding(n_timesteps: int, width: int, frequencies: torch.Tensor) -> torch.Tensor:
    angles = torch.arange(n_timesteps)[:, None] * frequencies
    encoding = torch.zeros(n_timesteps, width)
    encoding[:, 0::2] = torch.sin(angles)
    encoding[:, 1::2] = torch.cos(angles[:, : width // 2])
    return encoding
