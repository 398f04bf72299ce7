"""The regulariser: neighbours that look alike should be of one class, whether they have a label or not.

``L_U = 1/N sum_i sum_j k_ij (1 - sum_c p_ic p_jc)``, for two classes ``p_i (1 - p_j) + (1 - p_i) p_j``: the expected
weight of neighbours of different classes, the relaxed Potts energy of a dense conditional random field (Tang et al.
2018, ECCV; Obukhov et al. 2019, arXiv 1906.04651; methods.md 3.2). Each pair is computed once and counts twice.
"""

from __future__ import annotations

import torch
from torch.nn.functional import pad

from cropsample_plugin.engine.models.weak_supervision.settings import RegulariserSettings


def half_window(radius_px: int) -> list[tuple[int, int]]:
    """Return ``(row, column)`` offsets of the neighbours below, and of those to the right in the same row."""
    reach = range(-radius_px, radius_px + 1)
    return [(row, column) for row in reach for column in reach if row > 0 or (row == 0 and column > 0)]


def neighbours(grid: torch.Tensor, radius_px: int) -> list[torch.Tensor]:
    """Return, for each offset of the half window, the grid's values there; 0 beyond its edge.

    Args:
        grid: ``(n_patches, height, width, ...)``.
        radius_px: of the window.
    """
    n_more = grid.ndim - 3
    padded = pad(grid, (*(0, 0) * n_more, radius_px, radius_px, 0, radius_px))
    height, width = grid.shape[1:3]
    return [
        padded[:, row : row + height, radius_px + column : radius_px + column + width]
        for row, column in half_window(radius_px)
    ]


def squared_distances(features: torch.Tensor, radius_px: int) -> torch.Tensor:
    """Return ``(n_offsets, n_patches, height, width)`` squared distances of ``(n_patches, height, width, n)``."""
    return torch.stack([((features - other) ** 2).sum(dim=-1) for other in neighbours(features, radius_px)])


def valid_pairs(is_valid: torch.Tensor, radius_px: int) -> torch.Tensor:
    """Return ``(n_offsets, n_patches, height, width)``, True where a pixel and its neighbour are both valid."""
    return torch.stack([is_valid & other for other in neighbours(is_valid, radius_px)])


def pair_weights(
    features: torch.Tensor, is_valid: torch.Tensor, settings: RegulariserSettings, typical_distance: float
) -> torch.Tensor:
    """Return ``k_ij``, ``(n_offsets, n_patches, height, width)``; 0 for pairs that are not valid.

    Args:
        features: ``(n_patches, height, width, n_components)`` of the series.
        is_valid: ``(n_patches, height, width)``.
        settings: weights and widths.
        typical_distance: sv where the settings leave it open, positive.
    """
    radius = settings.radius_px
    squares = torch.tensor(
        [row**2 + column**2 for row, column in half_window(radius)], dtype=features.dtype, device=features.device
    )
    spatial = torch.exp(-squares / (2.0 * settings.spatial_sigma_px**2))[:, None, None, None]
    sigma = settings.visual_sigma or typical_distance
    visual = torch.exp(-squared_distances(features, radius) / (2.0 * sigma**2))
    return (settings.similarity * visual + settings.aggregation) * spatial * valid_pairs(is_valid, radius)


def disagreement(probabilities: torch.Tensor, weights: torch.Tensor, radius_px: int) -> torch.Tensor:
    """Return ``sum_i sum_j k_ij (1 - sum_c p_ic p_jc)``; divided by the number of valid pixels it is L_U.

    Args:
        probabilities: ``(n_patches, height, width, n_classes)``.
        weights: from `pair_weights` with the same window.
        radius_px: of the window.
    """
    total = probabilities.new_zeros(())
    for weight, other in zip(weights, neighbours(probabilities, radius_px)):
        total = total + (weight * (1.0 - (probabilities * other).sum(dim=-1))).sum()
    return 2.0 * total
