"""L-TAE, lightweight temporal attention (Garnot and Landrieu 2020): one learned query a head, channels shared out.

Each head attends over the dates with its own query and sees its own share of the channels only.
"""

from __future__ import annotations

import torch
from torch import nn

from cropsample_plugin.engine.models.fitting import ModelShape
from cropsample_plugin.engine.models.network_settings import LtaeSettings
from cropsample_plugin.engine.models.networks.transformer import standard_encoding

_KEY_SIZE = 8


class LtaeNetwork(nn.Module):
    """Lightweight temporal attention over ``(n, n_timesteps, n_inputs)``."""

    positions: torch.Tensor

    def __init__(self, shape: ModelShape, n_outputs: int, settings: LtaeSettings) -> None:
        super().__init__()
        width = settings.hidden_size
        self.n_heads = settings.n_heads
        self.embed = nn.Sequential(nn.Linear(shape.n_bands + shape.n_static, width), nn.LayerNorm(width))
        # Every head sees the same positions in its own channels.
        encoding = standard_encoding(shape.n_timesteps, width // self.n_heads).repeat(1, self.n_heads)
        self.register_buffer("positions", encoding, persistent=False)
        self.keys = nn.Linear(width, self.n_heads * _KEY_SIZE)
        self.queries = nn.Parameter(torch.randn(self.n_heads, _KEY_SIZE) * (2.0 / _KEY_SIZE) ** 0.5)
        self.dense = nn.Sequential(
            nn.Linear(width, settings.dense_size),
            nn.BatchNorm1d(settings.dense_size),
            nn.ReLU(),
            nn.Dropout(settings.dropout),
        )
        self.head = nn.Linear(settings.dense_size, n_outputs)

    def encode(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:  # noqa: ARG002 - one signature for all networks
        """Return ``(n, dense_size)``."""
        embedded = self.embed(series) + self.positions
        n, n_timesteps, width = embedded.shape
        keys = self.keys(embedded).view(n, n_timesteps, self.n_heads, _KEY_SIZE)
        shares = torch.softmax((keys * self.queries).sum(dim=3) / _KEY_SIZE**0.5, dim=1)
        channels = embedded.view(n, n_timesteps, self.n_heads, width // self.n_heads)
        attended = (shares[..., None] * channels).sum(dim=1).flatten(start_dim=1)
        encoded: torch.Tensor = self.dense(attended)
        return encoded
