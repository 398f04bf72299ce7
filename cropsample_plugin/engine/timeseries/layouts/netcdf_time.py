"""netCDF variables with a time dimension, as GDAL shows them: one band per time, its value in a band tag."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from cropsample_plugin.engine.timeseries.date_texts import loose_date
from cropsample_plugin.engine.timeseries.layouts.recognition import FoundBand, LayoutHints, Recognition, unrecognised
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

_UNITS = re.compile(r"^\s*(?P<unit>\w+)\s+since\s+(?P<origin>.+)$", re.IGNORECASE)
_CLOCK = re.compile(r"\d{4}-\d{1,2}-\d{1,2}[T ](?P<hour>\d{1,2})(?::(?P<minute>\d{1,2}))?(?::(?P<second>\d{1,2}))?")
_SECONDS = {"second": 1.0, "sec": 1.0, "s": 1.0, "minute": 60.0, "min": 60.0, "hour": 3600.0, "hr": 3600.0, "h": 3600.0}
_SECONDS |= {"day": 86400.0, "d": 86400.0, "week": 604800.0}
_CALENDARS = {"", "standard", "gregorian", "proleptic_gregorian"}
_PREFIX = "NETCDF_DIM_"


def recognise(header: RasterHeader, hints: LayoutHints) -> Recognition:
    """Read dates from the time values, their units and calendar, following the CF conventions."""
    dimension = next((name for name, units in _units(header).items() if _UNITS.match(units)), "")
    key = _PREFIX + dimension
    if not dimension or any(key not in tags for tags in header.band_tags):
        return unrecognised("it has no netCDF time dimension with units such as 'days since 1970-01-01'")
    calendar = header.tags.get(f"{dimension}#calendar", "").lower()
    if calendar not in _CALENDARS:
        return unrecognised(f"its netCDF calendar '{calendar}' has other days than ours")
    try:
        days = [_date(float(tags[key]), header.tags[f"{dimension}#units"]) for tags in header.band_tags]
    except (ValueError, OverflowError, KeyError) as error:
        return unrecognised(f"its netCDF time values cannot be read ({error})")
    names = [_name(tags, dimension, hints) for tags in header.band_tags]
    return Recognition(
        bands=tuple(FoundBand(number, day, name) for number, (day, name) in enumerate(zip(days, names), start=1))
    )


def _units(header: RasterHeader) -> dict[str, str]:
    suffix = "#units"
    return {key[: -len(suffix)]: value for key, value in header.tags.items() if key.endswith(suffix)}


def _date(value: float, units: str) -> date:
    match = _UNITS.match(units)
    if match is None:
        raise ValueError(units)
    origin_day = loose_date(match["origin"])
    unit = match["unit"].lower()
    unit = unit if unit in _SECONDS else unit.removesuffix("s")
    if origin_day is None or unit not in _SECONDS:
        raise ValueError(units)
    clock = _CLOCK.match(match["origin"].strip())
    hour, minute, second = (int(part or 0) for part in clock.groups()) if clock else (0, 0, 0)
    origin = datetime.combine(origin_day, time(hour, minute, second))
    return (origin + timedelta(seconds=round(value * _SECONDS[unit]))).date()


def _name(tags: dict[str, str], time_dimension: str, hints: LayoutHints) -> str:
    name = tags.get("NETCDF_VARNAME") or hints.name_from_file
    others = [
        value for key, value in sorted(tags.items()) if key.startswith(_PREFIX) and key != _PREFIX + time_dimension
    ]
    return "_".join([name, *others])
