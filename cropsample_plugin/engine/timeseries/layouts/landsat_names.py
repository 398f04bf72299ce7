"""Landsat Collection products: one file per band, ``LC08_L2SP_227068_20190315_20200829_02_T1_SR_B4.TIF``."""

from __future__ import annotations

import re

from cropsample_plugin.engine.timeseries.date_texts import find_dates
from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition, unrecognised
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

_NAME = re.compile(
    r"^(?P<sensor>L[A-Z]\d{2})_[A-Z0-9]+_\d{6}_(?P<date>\d{8})_\d{8}_\d{2}_[A-Z0-9]{2}_(?P<band>[A-Z0-9_]+)$"
)
_SPECTRAL = re.compile(r"^(SR_|ST_)?B\d{1,2}$")


def recognise(header: RasterHeader, hints: LayoutHints) -> Recognition:
    """Read acquisition date (the first, not the processing date) and band from the file name."""
    match = _NAME.match(header.name)
    if match is None or header.count != 1:
        return unrecognised("the file name is not a Landsat band name such as LC08_..._20190315_..._SR_B4")
    days = find_dates(match["date"])
    if not days:
        return unrecognised(f"'{match['date']}' in the Landsat file name is no date")
    band = match["band"]
    if not _SPECTRAL.match(band) and band not in hints.band_names:
        return Recognition(reason=f"{band} is no spectral band; name it in BANDS to keep it", is_left_out=True)
    return Recognition(bands=(FoundBand(number=1, day=days[0].day, name=band),))
