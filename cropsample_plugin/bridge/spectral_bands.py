"""Which band is red, which near infrared: by the names of Sentinel-2, Landsat, MODIS, and plain words.

The same names are recognised as by the algorithm *Spectral indices*; where several sensors share a name nothing is
guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Dict, Mapping, Sequence, Set, Tuple

_NUMBERED = re.compile(r"^(?:SR_|ST_|SUR_REFL_)?B(?:AND)?_?0*(\d{1,2}A?)$")
_WORDS = {
    "BLUE": "B", "GREEN": "G", "RED": "R", "NIR": "N", "NIR08": "N", "SWIR1": "S1", "SWIR16": "S1", "SWIR2": "S2",
    "SWIR22": "S2", "MIR": "S2",
}  # fmt: skip
_SENTINEL_2 = {"B2": "B", "B3": "G", "B4": "R", "B8": "N", "B11": "S1", "B12": "S2"}
_LANDSAT_8 = {"B2": "B", "B3": "G", "B4": "R", "B5": "N", "B6": "S1", "B7": "S2"}
_LANDSAT_7 = {"B1": "B", "B2": "G", "B3": "R", "B4": "N", "B5": "S1", "B7": "S2"}
_MODIS = {"B1": "R", "B2": "N", "B3": "B", "B4": "G", "B6": "S1", "B7": "S2"}
_ONLY_SENTINEL_2 = {"B8", "B8A", "B9", "B12"}


@dataclass(frozen=True)
class NamedIndex:
    """An index by name.

    Attributes:
        name: short name.
        roles: the bands it needs, as letters: B, G, R, N (near infrared), S1, S2 (short wave infrared).
        formula: over these letters.
        needs_reflectance: whether its constants ask for values of 0 to 1.
    """

    name: str
    roles: Tuple[str, ...]
    formula: str
    needs_reflectance: bool = False


# Definitions as in Awesome Spectral Indices (Montero et al. 2023); NDWI is McFeeters' (1996), of open water.
INDICES = (
    NamedIndex("NDVI", ("N", "R"), "(N - R) / (N + R)"),
    NamedIndex("EVI", ("N", "R", "B"), "2.5 * (N - R) / (N + 6 * R - 7.5 * B + 1)", needs_reflectance=True),
    NamedIndex("NDWI", ("G", "N"), "(G - N) / (G + N)"),
    NamedIndex("NDMI", ("N", "S1"), "(N - S1) / (N + S1)"),
)


def band_roles(bands: Sequence[str]) -> Dict[str, str]:
    """Return role, such as ``R`` for red, to the band that plays it; roles that no name speaks for are left out."""
    canonical = {band: _canonical(band) for band in bands}
    table = _table(set(canonical.values()), [band.upper() for band in bands])
    roles: Dict[str, str] = {}
    for band, name in canonical.items():
        role = table.get(name) or _WORDS.get(name)
        if role:
            roles.setdefault(role, band)
    return roles


def computable_indices(bands: Sequence[str]) -> Tuple[NamedIndex, ...]:
    """Return the indices that these bands give; a band that has the index's name already goes first."""
    roles = band_roles(bands)
    taken = {band.upper() for band in bands}
    return tuple(item for item in INDICES if item.name not in taken and all(role in roles for role in item.roles))


def _canonical(band: str) -> str:
    name = band.strip().upper()
    match = _NUMBERED.match(name)
    return f"B{match.group(1)}" if match else re.sub(r"[^A-Z0-9]", "", name)


def _table(names: Set[str], upper: Sequence[str]) -> Mapping[str, str]:
    if any(band.startswith("SUR_REFL") for band in upper):
        return _MODIS
    if any(band.startswith("SR_") for band in upper):
        return _LANDSAT_8 if "B6" in names else _LANDSAT_7
    is_padded = any(re.match(r"^B0\d$", band) for band in upper)
    return _SENTINEL_2 if names & _ONLY_SENTINEL_2 or is_padded else {}
