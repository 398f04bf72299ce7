"""The one-dimensional convolutional network of Pandžić et al. (Vojvodina, Sentinel-1; methods.md 4.2).

Three times convolution without padding, dropout, batch normalisation, ReLU; a convolution of length 1 to 32
channels with the same; the mean over time; one linear layer. With 105 values and 9 classes: 701, 1,809, 9,497 and
68,265 parameters for 4, 8, 16 and 32 filters of the same length.
"""

from __future__ import annotations

import torch
from torch import nn

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.fitting import ModelShape
from cropsample_plugin.engine.models.network_settings import Cnn1dSettings

_N_CONVOLUTIONS = 3
_LAST_CHANNELS = 32


class Cnn1dNetwork(nn.Module):
    """A convolutional network over ``(n, n_timesteps, n_inputs)``.

    ``channels``: one channel a band. ``interleaved``: all bands of the first date, then all of the second, in one
    channel, as the study has it.
    """

    def __init__(self, shape: ModelShape, n_outputs: int, settings: Cnn1dSettings) -> None:
        super().__init__()
        n_inputs = shape.n_bands + shape.n_static
        self.is_interleaved = settings.layout == "interleaved"
        length = shape.n_timesteps * n_inputs if self.is_interleaved else shape.n_timesteps
        _check_length(length, settings.kernel_size)
        channels, layers = 1 if self.is_interleaved else n_inputs, []
        for _ in range(_N_CONVOLUTIONS):
            layers += _block(channels, settings.n_filters, settings.kernel_size, settings.dropout)
            channels = settings.n_filters
        layers += _block(channels, _LAST_CHANNELS, 1, settings.dropout)
        self.convolutions = nn.Sequential(*layers)
        self.head = nn.Linear(_LAST_CHANNELS, n_outputs)

    def encode(self, series: torch.Tensor, generator: torch.Generator | None) -> torch.Tensor:  # noqa: ARG002 - one signature for all networks
        """Return ``(n, 32)``."""
        channels = series.flatten(start_dim=1)[:, None] if self.is_interleaved else series.transpose(1, 2)
        mean: torch.Tensor = self.convolutions(channels).mean(dim=2)
        return mean


def _block(n_inputs: int, n_filters: int, kernel_size: int, dropout: float) -> list[nn.Module]:
    convolution = nn.Conv1d(n_inputs, n_filters, kernel_size)
    return [convolution, nn.Dropout(dropout), nn.BatchNorm1d(n_filters), nn.ReLU()]


def _check_length(length: int, kernel_size: int) -> None:
    needed = _N_CONVOLUTIONS * (kernel_size - 1) + 1
    if length < needed:
        longest = (length - 1) // _N_CONVOLUTIONS + 1
        raise InputError(
            f"Three filters of length {kernel_size} need series of {needed} steps; these have {length}.",
            f"Choose a filter length of {longest} or less, or the layout 'interleaved'.",
        )
