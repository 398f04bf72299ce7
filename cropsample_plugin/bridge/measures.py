"""What is looked at in a series: a band, an index by name, or a formula over bands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Dict, List, Mapping, Optional, Sequence, Tuple

from cropsample_plugin.bridge.band_formula import BandFormula, plain_name
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.spectral_bands import INDICES, band_roles, computable_indices

_LARGEST_REFLECTANCE = 2.0


@dataclass(frozen=True)
class Measure:
    """One thing to look at.

    Attributes:
        name: what it is called.
        bands: the bands it is made of.
        formula: None for a band as it is.
        band_by_name: name in the formula to band.
        needs_reflectance: whether it is wrong unless values are reflectance of 0 to 1.
    """

    name: str
    bands: Tuple[str, ...]
    formula: Optional[BandFormula] = None
    band_by_name: Tuple[Tuple[str, str], ...] = ()
    needs_reflectance: bool = False

    def of(self, values: Mapping[str, Sequence[float]]) -> List[float]:
        """Return one value per date; NaN where a band is missing.

        Args:
            values: band to its values, one per date.
        """
        if self.formula is None:
            return list(values[self.bands[0]])
        names = [name for name, _ in self.band_by_name]
        columns = [values[band] for _, band in self.band_by_name]
        return [self.formula.evaluate(dict(zip(names, row))) for row in zip(*columns)]

    def is_beyond_reflectance(self, values: Mapping[str, Sequence[float]]) -> bool:
        """Return whether values that should be reflectance are too large: somebody forgot the scale."""
        if not self.needs_reflectance:
            return False
        return any(
            value > _LARGEST_REFLECTANCE for band in self.bands for value in values[band] if not math.isnan(value)
        )


def offered_measures(bands: Sequence[str]) -> List[Measure]:
    """Return the indices that bands give, then the bands."""
    indices = [find_measure(index.name, bands) for index in computable_indices(bands)]
    return [*indices, *(Measure(band, (band,)) for band in bands)]


def find_measure(text: str, bands: Sequence[str]) -> Measure:
    """Return what a text means: a band, an index of `INDICES`, or a formula, also as ``name = formula``.

    Raises:
        EngineError: kind ``input``: it is none of these for these bands; the message says why.
    """
    if text in bands:
        return Measure(text, (text,))
    index = next((index for index in INDICES if index.name == text), None)
    if index is not None:
        roles = band_roles(bands)
        absent = [role for role in index.roles if role not in roles]
        if absent:
            raise EngineError(
                "input",
                f"{text} needs the bands {', '.join(absent)}, and none of {', '.join(bands)} is known to be that.",
                "Write a formula with the names of your bands.",
            )
        pairs = tuple((role, roles[role]) for role in index.roles)
        used = tuple(roles[role] for role in index.roles)
        return Measure(text, used, BandFormula(index.formula), pairs, index.needs_reflectance)
    return _from_formula(text, bands)


def measures_among(measures: Sequence[Measure], bands: Sequence[str]) -> List[Measure]:
    """Return those of measures that other bands give too: under the same name, or out of the same bands."""
    found = []
    for measure in measures:
        if measure.name in bands:
            found.append(Measure(measure.name, (measure.name,)))
        elif all(band in bands for band in measure.bands):
            found.append(measure)
    return found


def _from_formula(text: str, bands: Sequence[str]) -> Measure:
    name, separator, right = text.partition("=")
    is_named = bool(separator) and name.strip().isidentifier() and not right.startswith("=")
    formula = BandFormula(right if is_named else text)
    known: Dict[str, str] = {plain_name(band): band for band in reversed(bands)}
    unknown = sorted(formula.names - set(known))
    if unknown or not formula.names:
        what = f"There is no band {', '.join(unknown)}" if unknown else "There is no band at all"
        raise EngineError(
            "input", f"{what} in '{text}'.", f"Bands are: {', '.join(plain_name(band) for band in bands)}."
        )
    pairs = tuple((item, known[item]) for item in sorted(formula.names))
    return Measure(name.strip() if is_named else formula.text, tuple(band for _, band in pairs), formula, pairs)
