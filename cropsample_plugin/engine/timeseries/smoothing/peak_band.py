"""Which band's peak is aligned: the one named, a greenness index among the bands, or the only band."""

from __future__ import annotations

from dataclasses import replace
from typing import Sequence

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.smoothing.methods import ALIGNED, SmoothingSettings

_GREENNESS = ("ndvi", "evi", "evi2", "gcvi", "cig", "savi", "lai", "ndre")


def settings_with_peak(settings: SmoothingSettings, bands: Sequence[str]) -> SmoothingSettings:
    """Return the settings with the peak band filled in where the method needs one.

    Raises:
        InputError: the band does not exist, or none is named and none is known to be greenness.
    """
    if settings.method != ALIGNED:
        return settings
    if settings.peak_band:
        if settings.peak_band not in bands:
            raise InputError(
                f"There is no band '{settings.peak_band}' to find peaks in.", f"Bands are: {', '.join(bands)}."
            )
        return settings
    found = [band for band in bands if band.casefold() in _GREENNESS]
    if not found and len(bands) == 1:
        found = list(bands)
    if not found:
        raise InputError(
            f"None of the bands {', '.join(bands)} is known to show greenness, so that peaks cannot be aligned.",
            "Name the band whose peak counts, or add NDVI with 'Spectral indices' first.",
        )
    return replace(settings, peak_band=min(found, key=_order))


def peak_row(settings: SmoothingSettings, bands: Sequence[str]) -> int:
    """Return the index of the peak band, 0 where none is needed."""
    return bands.index(settings.peak_band) if settings.peak_band in bands else 0


def _order(band: str) -> int:
    return _GREENNESS.index(band.casefold()) if band.casefold() in _GREENNESS else len(_GREENNESS)
