"""TempCNN (Pelletier, Webb and Petitjean 2019): convolutions along time that keep its length, then a dense layer."""

from __future__ import annotations

import torch
from torch import nn

from cropsample_plugin.engine.models.fitting import ModelShape
from cropsample_plugin.engine.models.network_settings import TempCnnSettings

_N_CONVOLUTIONS = 3


class TempCnnNetwork(nn.Module):
    """Three convolutions, each with batch normalisation, ReLU and dropout, and a dense layer, over all dates."""

    def __init__(self, shape: ModelShape, n_outputs: int, settings: TempCnnSettings) -> None:
        super().__init__()
        channels = shape.n_bands + shape.n_static
        layers: list[nn.Module] = []
        for _ in range(_N_CONVOLUTIONS):
            convolution = nn.Conv1d(channels, settings.n_filters, settings.kernel_size, padding="same")
            layers += [convolution, nn.BatchNorm1d(settings.n_filters), nn.ReLU(), nn.Dropout(settings.dropout)]
            channels = settings.n_filters
        self.convolutions = nn.Sequential(*layers)
        self.dense = nn.Sequential(
            nn.Linear(channels * shape.n_timesteps, settings.dense_size),
            nn.BatchNorm1d(settings.dense_size),
            nn.ReLU(),
            nn.Dropout(settings.dropout),
        )
        self.head = nn.Linear(settings.dense_size, n_outputs)

    def encode(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:  # noqa: ARG002 - one signature for all networks
        """Return ``(n, dense_size)``."""
        encoded: torch.Tensor = self.dense(self.convolutions(series.transpose(1, 2)).flatten(start_dim=1))
        return encoded
