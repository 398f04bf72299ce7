"""How a network learns from labels that are known to be wrong in places."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cropsample_plugin.engine.errors import InputError

NO_LABEL = -1
_MOST_PIXELS_PER_STEP = 65_536


def _check(name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise InputError(f"{name} is {value:g}.", f"Give a value from {low:g} to {high:g}.")


@dataclass(frozen=True)
class RegulariserSettings:
    """The term that holds neighbouring pixels together, labeled or not (methods.md 3.2).

    ``k_ij = similarity * exp(-|x_i-x_j|^2 / 2 sv^2 - |u_i-u_j|^2 / 2 ss^2) + aggregation * exp(-|u_i-u_j|^2 / 2 ss^2)``
    for pixels j in the square window around i, with the series x and the pixel coordinates u.

    Attributes:
        strength: lambda, the weight of the term beside the labels; 0 leaves it out.
        ramp_epochs: epochs in which lambda grows from 0 to its value.
        similarity: weight of pixels with similar series; 0 switches visual similarity off.
        aggregation: weight of near pixels whatever their series; 0 switches spatial aggregation off.
        radius_px: the window reaches so many pixels to each side.
        spatial_sigma_px: ss, how fast the weight falls with distance.
        visual_sigma: sv, in standard deviations of the series' main components; 0: the median distance of pixels
            within one window.
    """

    strength: float = 0.1
    ramp_epochs: int = 5
    similarity: float = 0.9
    aggregation: float = 0.1
    radius_px: int = 3
    spatial_sigma_px: float = 3.0
    visual_sigma: float = 0.0

    def __post_init__(self) -> None:
        _check("Lambda", self.strength, 0.0, 1000.0)
        _check("The number of ramp epochs", self.ramp_epochs, 0, 10**6)
        _check("The weight of similarity", self.similarity, 0.0, 1000.0)
        _check("The weight of aggregation", self.aggregation, 0.0, 1000.0)
        _check("The radius", self.radius_px, 1, 15)
        _check("The spatial sigma", self.spatial_sigma_px, 0.1, 1000.0)
        _check("The visual sigma", self.visual_sigma, 0.0, 1.0e6)
        if self.strength > 0.0 and self.similarity == self.aggregation == 0.0:
            raise InputError(
                "Lambda is above 0, but all weights of the regulariser are 0.",
                "Give similarity or aggregation a weight, or set lambda to 0 to learn from the labels alone.",
            )

    def strength_in(self, epoch: int) -> float:
        """Return lambda in an epoch, counted from 1: 0 in the first, full after the ramp."""
        return self.strength * min(1.0, (epoch - 1) / self.ramp_epochs) if self.ramp_epochs else self.strength

    def ablations(self) -> dict[str, RegulariserSettings]:
        """Return the same settings without one of their terms each, by what is left out."""
        found = {}
        if self.strength > 0.0:
            if self.similarity > 0.0 and self.aggregation > 0.0:
                found["without visual similarity"] = replace(self, similarity=0.0)
                found["without spatial aggregation"] = replace(self, aggregation=0.0)
            found["labels alone (lambda 0)"] = replace(self, strength=0.0)
        return found


@dataclass(frozen=True)
class PatchSettings:
    """Which pixels are learned from.

    Attributes:
        size_px: side of a square patch.
        n_patches: patches drawn from the stack, those held out included.
        held_out_share: share of the patches that the model is scored on and never sees.
        balances_classes: True: every class has the same weight in the supervised loss.
    """

    size_px: int = 16
    n_patches: int = 160
    held_out_share: float = 0.2
    balances_classes: bool = True

    def __post_init__(self) -> None:
        _check("The patch size", self.size_px, 4, 256)
        _check("The number of patches", self.n_patches, 3, 10**6)
        _check("The share held out", self.held_out_share, 0.01, 0.9)

    def check_step(self, patches_per_step: int) -> None:
        """Raise `InputError` when one step of training would need more memory than a machine has to spare."""
        if patches_per_step * self.size_px**2 > _MOST_PIXELS_PER_STEP:
            raise InputError(
                f"{patches_per_step} patches of {self.size_px} x {self.size_px} pixels a step are too many.",
                f"Choose patches or steps so that a step has at most {_MOST_PIXELS_PER_STEP} pixels.",
            )
