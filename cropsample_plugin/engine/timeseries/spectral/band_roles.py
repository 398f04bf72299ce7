"""Which band plays which part in an index: recognised for Sentinel-2, Landsat, MODIS and Sentinel-1, or given.

Roles are the letters of Awesome Spectral Indices (Montero et al. 2023, Scientific Data 10, 197): ``B`` blue, ``G``
green, ``R`` red, ``RE1``..``RE3`` red edge, ``N`` near infrared, ``N2`` narrow near infrared, ``S1`` and ``S2`` short
wave infrared, ``A`` aerosol, ``WV`` water vapour, ``T1``, ``T2`` thermal, ``VV``, ``VH``, ``HH``, ``HV`` radar.
"""

from __future__ import annotations

import re
from typing import Mapping, Sequence

from cropsample_plugin.engine.errors import InputError

AUTO = "auto"
ROLES = (
    "A", "B", "G", "G1", "Y", "R", "RE1", "RE2", "RE3", "N", "N2", "WV", "S1", "S2", "T", "T1", "T2",
    "VV", "VH", "HH", "HV",
)  # fmt: skip
OPTICAL_ROLES = frozenset({"A", "B", "G", "G1", "Y", "R", "RE1", "RE2", "RE3", "N", "N2", "WV", "S1", "S2"})
_RADAR = {"VV": "VV", "VH": "VH", "HH": "HH", "HV": "HV"}
_SENTINEL_2 = {
    "B1": "A", "B2": "B", "B3": "G", "B4": "R", "B5": "RE1", "B6": "RE2", "B7": "RE3", "B8": "N", "B8A": "N2",
    "B9": "WV", "B11": "S1", "B12": "S2",
}  # fmt: skip
_LANDSAT_8 = {
    "B1": "A", "B2": "B", "B3": "G", "B4": "R", "B5": "N", "B6": "S1", "B7": "S2", "B10": "T1", "B11": "T2",
}  # fmt: skip
_LANDSAT_7 = {"B1": "B", "B2": "G", "B3": "R", "B4": "N", "B5": "S1", "B6": "T1", "B7": "S2"}
_MODIS = {"B1": "R", "B2": "N", "B3": "B", "B4": "G", "B6": "S1", "B7": "S2"}
_WORDS = {
    "COASTAL": "A", "AEROSOL": "A", "BLUE": "B", "GREEN": "G", "YELLOW": "Y", "RED": "R", "NIR": "N", "NIR08": "N",
    "NIR2": "N2", "SWIR1": "S1", "SWIR16": "S1", "MIR": "S2", "SWIR2": "S2", "SWIR22": "S2", "REDEDGE1": "RE1",
    "REDEDGE2": "RE2", "REDEDGE3": "RE3", "RE1": "RE1", "RE2": "RE2", "RE3": "RE3", "WATERVAPOUR": "WV",
}  # fmt: skip
SENSORS: dict[str, dict[str, str]] = {
    "sentinel-2": _SENTINEL_2,
    "landsat-8-9": _LANDSAT_8,
    "landsat-4-7": _LANDSAT_7,
    "modis": _MODIS,
}
SENSOR_CHOICES = (AUTO, *SENSORS)
_NUMBERED = re.compile(r"^(?:SR_|ST_|SUR_REFL_)?B(?:AND)?_?0*(\d{1,2}A?)$")
# Numbers that only one sensor has.
_ONLY_SENTINEL_2 = {"B8", "B8A", "B9", "B12"}


def band_roles(bands: Sequence[str], sensor: str = AUTO, given: str = "") -> dict[str, str]:
    """Return role to band.

    Args:
        bands: names of a stack's or table's bands.
        sensor: one of `SENSOR_CHOICES`; ``auto`` tells by the names.
        given: roles that go first, such as ``N=nir_mean, R=red_mean``.

    Raises:
        InputError: unknown sensor or role, or a given band that does not exist.
    """
    if sensor not in SENSOR_CHOICES:
        raise InputError(f"Unknown sensor '{sensor}'.", f"Use one of: {', '.join(SENSOR_CHOICES)}.")
    canonical = {band: _canonical(band) for band in bands}
    table = SENSORS.get(sensor) or _recognised(set(canonical.values()), bands)
    known = {**_WORDS, **_RADAR, **table}
    roles: dict[str, str] = {}
    for band, name in canonical.items():
        if name in known:
            roles.setdefault(known[name], band)
    return roles | _given_roles(given, bands)


def require_roles(roles: Mapping[str, str], needed: Sequence[str], bands: Sequence[str], purpose: str) -> None:
    """Raise `InputError` when roles are not filled, saying which and how to fill them."""
    absent = [role for role in needed if role not in roles]
    if absent:
        raise InputError(
            f"{purpose} needs {', '.join(absent)}, and none of the bands {', '.join(bands)} is known to be that.",
            f"Say which band it is in the band roles, as in '{absent[0]}={bands[0]}', or choose the sensor.",
        )


def _canonical(band: str) -> str:
    name = band.strip().upper()
    match = _NUMBERED.match(name)
    return f"B{match.group(1)}" if match else re.sub(r"[^A-Z0-9]", "", name)


def _recognised(names: set[str], bands: Sequence[str]) -> dict[str, str]:
    """Return the sensor that the names speak for; names that several sensors have in common speak for none."""
    upper = [band.upper() for band in bands]
    if any(band.startswith("SUR_REFL") for band in upper):
        return _MODIS
    if any(band.startswith("SR_") for band in upper):
        # Both levels of Landsat 4 to 7 lack a surface reflectance band 6, which there is thermal.
        return _LANDSAT_8 if "B6" in names else _LANDSAT_7
    is_padded = any(re.match(r"^B0\d$", band) for band in upper)
    return _SENTINEL_2 if names & _ONLY_SENTINEL_2 or is_padded else {}


def _given_roles(text: str, bands: Sequence[str]) -> dict[str, str]:
    roles = {}
    for part in filter(None, (piece.strip() for piece in re.split(r"[,;\n]", text))):
        role, separator, band = (piece.strip() for piece in part.partition("="))
        if not separator or role not in ROLES:
            raise InputError(
                f"The band role '{part}' cannot be read.", f"Write 'N=B08, R=B04'; roles are: {', '.join(ROLES)}."
            )
        if band not in bands:
            raise InputError(f"There is no band '{band}' for the role {role}.", f"Bands are: {', '.join(bands)}.")
        roles[role] = band
    return roles
