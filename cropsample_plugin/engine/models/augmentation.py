"""Training series made a little different each time: moved in time, clouded over, noisy.

A network that has seen a crop some days early or late, behind clouds and through noise leans less on one date.
Only training samples are changed, never those that decide when to stop.
"""

from __future__ import annotations

import torch

from cropsample_plugin.engine.models.network_settings import NetworkSettings

_LONGEST_BLOCK_SHARE = 0.25


def augment(series: torch.Tensor, settings: NetworkSettings, generator: torch.Generator) -> torch.Tensor:
    """Return scaled series ``(n, n_timesteps, n_inputs)`` as the settings change them."""
    if settings.shift_steps:
        series = shifted(series, settings.shift_steps, generator)
    if settings.cloud_share:
        series = clouded(series, settings.cloud_share, generator)
    if settings.noise:
        series = series + settings.noise * torch.randn(series.shape, generator=generator, device=series.device)
    return series


def shifted(series: torch.Tensor, most_steps: int, generator: torch.Generator) -> torch.Tensor:
    """Move each series by a whole number of steps from ``-most_steps`` to ``most_steps``; the ends are repeated."""
    n, n_timesteps, n_inputs = series.shape
    steps = torch.randint(-most_steps, most_steps + 1, (n, 1), generator=generator, device=series.device)
    taken = (torch.arange(n_timesteps, device=series.device) - steps).clamp(0, n_timesteps - 1)
    return series.gather(1, taken[..., None].expand(n, n_timesteps, n_inputs))


def clouded(series: torch.Tensor, share: float, generator: torch.Generator) -> torch.Tensor:
    """Hide one block of up to a quarter of the dates in a share of the series, and fill it as a gap is filled.

    Between the dates beside the block values are linear; at an end the nearest value stands.
    """
    n, n_timesteps, n_inputs = series.shape
    device = series.device
    longest = max(1, int(n_timesteps * _LONGEST_BLOCK_SHARE))
    lengths = torch.randint(1, longest + 1, (n, 1), generator=generator, device=device)
    starts = torch.randint(0, n_timesteps, (n, 1), generator=generator, device=device)
    is_clouded = torch.rand((n, 1), generator=generator, device=device) < share
    steps = torch.arange(n_timesteps, device=device).expand(n, n_timesteps)
    hidden = is_clouded & (steps >= starts) & (steps < starts + lengths)
    before, after = starts - 1, starts + lengths
    before, after = torch.where(before < 0, after, before), torch.where(after >= n_timesteps, before, after)
    before, after = before.clamp(0, n_timesteps - 1), after.clamp(0, n_timesteps - 1)
    along = ((steps - before) / (after - before).clamp(min=1)).clamp(0.0, 1.0)[..., None]
    first = series.gather(1, before[..., None].expand(n, 1, n_inputs))
    last = series.gather(1, after[..., None].expand(n, 1, n_inputs))
    return torch.where(hidden[..., None], first + (last - first) * along, series)
