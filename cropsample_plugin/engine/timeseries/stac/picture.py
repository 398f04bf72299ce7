"""Which bands of a downloaded stack make a picture: red, green and blue of the clearest day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.spectral.band_roles import band_roles
from cropsample_plugin.engine.timeseries.stac.catalogue_list import KnownCollection
from cropsample_plugin.engine.timeseries.stac.ledger import Ledger

CHANNELS = ("R", "G", "B")
# Land is darker than this in red, green and blue; clouds may be white.
_BRIGHT = 0.3
_UNSCALED_BRIGHT = 3000.0


@dataclass(frozen=True)
class Picture:
    """How a stack is shown at first.

    Attributes:
        bands: 1-based numbers of the bands for red, green and blue.
        bright: physical value that is shown as full brightness; 0 is shown black.
    """

    bands: tuple[int, int, int]
    bright: float


def picture_of(stack: DatedStack, ledger: Ledger, known: KnownCollection) -> Picture | None:
    """Return the picture of the clearest day, None when the bands are not known to be red, green and blue."""
    by_role = band_roles(stack.bands)
    by_role.update({band.role: name for name, band in known.bands.items() if band.role and name in stack.bands})
    if not all(role in by_role for role in CHANNELS):
        return None
    columns = [stack.bands.index(by_role[role]) for role in CHANNELS]
    clouds = _clouds_by_day(ledger)
    rows = [row for row in range(stack.n_timesteps) if (stack.band_numbers[row, columns] > 0).all()]
    if not rows:
        return None
    row = min(rows, key=lambda index: clouds.get(date.fromisoformat(str(stack.dates[index])), 100.0))
    red, green, blue = (int(number) for number in stack.band_numbers[row, columns])
    is_unscaled = stack.scales[red - 1] == 1.0 and not stack.dtype.startswith("float")
    return Picture((red, green, blue), _UNSCALED_BRIGHT if is_unscaled else _BRIGHT)


def _clouds_by_day(ledger: Ledger) -> dict[date, float]:
    """Return the share of clouds of each day, that of its cloudiest image; unknown counts as full."""
    clouds: dict[date, float] = {}
    for scene in ledger.used:
        day = ledger.days[scene.id]
        clouds[day] = max(clouds.get(day, 0.0), 100.0 if scene.cloud is None else scene.cloud)
    return clouds
