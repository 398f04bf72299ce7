"""Radar backscatter: linear power, decibel, or the digital numbers of WorldCereal and OpenEO.

``dB = 10 log10(linear)``; digital numbers: ``dB = 20 log10(DN) - 83`` (openEO ``sar_backscatter``, WorldCereal).
"""

from __future__ import annotations

from typing import Mapping

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.processing_history import BACKSCATTER_TAG

FloatArray = npt.NDArray[np.float32]

LINEAR, DECIBEL, DIGITAL_NUMBER = UNITS = ("linear", "db", "digital_number")
UNIT_CHOICES = ("auto", *UNITS)
POLARISATIONS = ("VV", "VH", "HH", "HV")
_DN_OFFSET_DB = 83.0
_LARGEST_LINEAR = 50.0


def find_unit(choice: str, tags: Mapping[str, str], values: FloatArray) -> str:
    """Return the unit of radar bands: as chosen, as the metadata say, or as the values look.

    Args:
        choice: one of `UNIT_CHOICES`.
        tags: metadata of the stack.
        values: some values of the radar bands.

    Raises:
        InputError: unknown choice, a choice that contradicts the metadata, or values that do not tell.
    """
    if choice not in UNIT_CHOICES:
        raise InputError(f"Unknown radar unit '{choice}'.", f"Use one of: {', '.join(UNIT_CHOICES)}.")
    said = tags.get(BACKSCATTER_TAG, "")
    if said and choice not in ("auto", said):
        raise InputError(
            f"The metadata say that the radar bands are in {said}, not {choice}.", "Choose the unit 'auto'."
        )
    if " | " in said:
        raise InputError(f"The radar bands come in several units ({said}).", "Convert them to one before joining them.")
    if choice != "auto" or said in UNITS:
        return said if said in UNITS else choice
    known = values[np.isfinite(values)]
    if len(known) and np.mean(known < 0) > 0.5:  # noqa: PLR2004 - most backscatter is below 0 dB
        return DECIBEL
    if len(known) and known.min() >= 0:
        return LINEAR if np.percentile(known, 99) < _LARGEST_LINEAR else DIGITAL_NUMBER
    raise InputError("The unit of the radar bands cannot be told.", f"Choose it: {', '.join(UNITS)}.")


def convert(values: FloatArray, unit: str, wanted: str) -> FloatArray:
    """Return backscatter in another unit; NaN where a logarithm is not defined."""
    if unit == wanted:
        return values
    with np.errstate(all="ignore"):
        if unit == DIGITAL_NUMBER:
            decibel: FloatArray = np.float32(20.0) * np.log10(values) - np.float32(_DN_OFFSET_DB)
        elif unit == LINEAR:
            decibel = np.float32(10.0) * np.log10(values)
        else:
            decibel = values
        converted = _from_decibel(decibel, wanted)
    found: FloatArray = np.where(np.isfinite(converted), converted, np.nan).astype(np.float32)
    return found


def _from_decibel(decibel: FloatArray, wanted: str) -> FloatArray:
    if wanted == LINEAR:
        linear: FloatArray = np.power(10.0, decibel / 10.0)
        return linear
    if wanted == DIGITAL_NUMBER:
        number: FloatArray = np.power(10.0, (decibel + _DN_OFFSET_DB) / 20.0)
        return number
    return decibel
