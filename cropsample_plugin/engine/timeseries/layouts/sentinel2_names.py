"""Sentinel-2 products: one file per band, ``T31UFS_20190315T105021_B04_10m.jp2``."""

from __future__ import annotations

import re
from pathlib import Path

from cropsample_plugin.engine.timeseries.date_texts import find_dates
from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition, unrecognised
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

_NAME = re.compile(
    r"T\d{2}[A-Z]{3}_(?P<date>\d{8})T\d{6}_(?P<band>B\d[0-9A]|B1[0-2]|SCL|AOT|WVP|TCI|PVI)(?:_(?P<pixel>\d+)m)?$"
)
_SPECTRAL = re.compile(r"^B\d[0-9A]$")
_BASELINE = re.compile(r"_N(?P<baseline>\d{4})_")
_BASELINE_WITH_OFFSET = 400


def recognise(header: RasterHeader, hints: LayoutHints) -> Recognition:
    """Read date, band and pixel size from the file name; pictures and masks are left out unless named in BANDS."""
    match = _NAME.search(header.name)
    if match is None:
        return unrecognised("the file name is not a Sentinel-2 band name such as T31UFS_20190315T105021_B04_10m")
    days = find_dates(match["date"])
    if not days:
        return unrecognised(f"'{match['date']}' in the Sentinel-2 file name is no date")
    band = match["band"]
    if not _SPECTRAL.match(band) and band not in hints.band_names:
        return Recognition(reason=f"{band} is no reflectance band; name it in BANDS to keep it", is_left_out=True)
    if header.count != 1:
        return unrecognised(f"a Sentinel-2 band file has one band, this one has {header.count}")
    pixel_m = float(match["pixel"] or abs(header.transform.a))
    found = FoundBand(number=1, day=days[0].day, name=band)
    return Recognition(bands=(found,), rank=pixel_m, note=_offset_note(header.file_path))


def _offset_note(file_path: str) -> str:
    product = next((part for part in Path(file_path).parts if part.endswith(".SAFE")), "")
    match = _BASELINE.search(product)
    if match is None or int(match["baseline"]) < _BASELINE_WITH_OFFSET:
        return ""
    return (
        f"{product} has processing baseline {match['baseline']}: reflectance = (value - 1000) / 10000, so give "
        "SCALE 0.0001 and OFFSET -0.1, and do not mix it with products of a baseline before 04.00."
    )
