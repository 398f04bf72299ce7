"""How physical values are stored in an output: the input's own encoding, or 16 or 32 bits chosen by the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled_lazily
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.stacks.stack_bands import StackBands

FloatArray = npt.NDArray[np.float32]

LIKE_INPUT = "like_input"
ENCODINGS = (LIKE_INPUT, "int16", "float32")
_INT16_SCALE = 0.0001
_INT16_NODATA = -32768
_FLOAT_NODATA = float("nan")


@dataclass(frozen=True)
class Encoding:
    """How values are stored: type, nodata, and physical value = stored * scale + offset."""

    dtype: str
    nodata: float
    scale: float = 1.0
    offset: float = 0.0

    def encode(self, values: FloatArray) -> npt.NDArray[Any]:
        """Return stored values; missing ones become nodata, others are rounded and kept within the type's range."""
        if np.dtype(self.dtype).kind == "f":
            return values.astype(self.dtype)
        limits = np.iinfo(self.dtype)
        low, high = limits.min, limits.max
        if self.nodata == low:
            low += 1
        elif self.nodata == high:
            high -= 1
        stored = np.empty(values.shape, dtype=self.dtype)
        numbers = (self.offset, 1.0 / self.scale, float(low), float(high))
        flat = np.ascontiguousarray(values).reshape(-1)
        _store(flat, np.array(numbers, dtype=np.float32), stored.dtype.type(self.nodata), stored.reshape(-1))
        return stored


def _store_values(values: FloatArray, numbers: FloatArray, nodata: np.generic, stored: npt.NDArray[Any]) -> None:
    """Scale, round and clip each value; missing ones become nodata."""
    offset, factor, low, high = numbers[0], numbers[1], numbers[2], numbers[3]
    for i in range(len(values)):
        value = values[i]
        if np.isnan(value):
            stored[i] = nodata
        else:
            stored[i] = min(max(np.rint((value - offset) * factor), low), high)


_store = compiled_lazily(_store_values)

FLOAT32 = Encoding("float32", _FLOAT_NODATA)
INT16 = Encoding("int16", _INT16_NODATA, _INT16_SCALE)


def encoding_for(name: str, bands: StackBands) -> Encoding:
    """Return the encoding of an output made from some bands.

    Args:
        name: ``like_input`` keeps type, scale and nodata where all bands agree on 16 bits at most and have a nodata
            value, and is ``float32`` otherwise; ``int16`` is 0.0001 a step; or ``float32``.
        bands: the bands that the output is made from.

    Raises:
        InputError: unknown name.
    """
    if name not in ENCODINGS:
        raise InputError(f"Unknown way to store values: '{name}'.", f"Use one of: {', '.join(ENCODINGS)}.")
    if name == "int16":
        return INT16
    kind = np.dtype(bands.dtype)
    alike = all(len(np.unique(values)) == 1 for values in (bands.scales, bands.offsets, bands.nodata))
    if name == "float32" or kind.kind not in "iu" or kind.itemsize != 2 or not alike:  # noqa: PLR2004 - 16 bits
        return FLOAT32
    nodata = bands.nodata[0]
    limits = np.iinfo(kind)
    if np.isnan(nodata) or not limits.min <= nodata <= limits.max:
        return FLOAT32
    return Encoding(bands.dtype, float(nodata), float(bands.scales[0]), float(bands.offsets[0]))
