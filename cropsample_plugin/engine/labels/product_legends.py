"""Which values of a land-cover product mean crop, which mean something else, and which nothing at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError

NON_CROP = 0
CROP = 1
NO_DATA = 255

_RANGE = re.compile(r"^(-?\d+)(?:-(\d+))?$")
_THRESHOLD = re.compile(r"^>=\s*(-?\d+(?:\.\d+)?)$")


@dataclass(frozen=True)
class ProductLegend:
    """How to read one product.

    Attributes:
        crop: ranges of values, both ends included, that mean crop.
        other: ranges that mean something else; empty: every value that is neither crop nor nothing.
        nothing: values that say nothing, beside the raster's own nodata.
        threshold: values from here on are crop, for products of a probability or share; None for classes.
    """

    crop: tuple[tuple[int, int], ...] = ()
    other: tuple[tuple[int, int], ...] = ()
    nothing: tuple[int, ...] = ()
    threshold: float | None = None

    def read(self, values: npt.NDArray[Any], is_valid: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
        """Return `CROP`, `NON_CROP` or `NO_DATA` of each value; values the legend does not know are `NO_DATA`."""
        if self.threshold is not None:
            found = np.where(values >= self.threshold, CROP, NON_CROP)
        else:
            found = np.full(values.shape, NO_DATA if self.other else NON_CROP)
            for code, ranges in ((NON_CROP, self.other), (CROP, self.crop)):
                for low, high in ranges:
                    found[(values >= low) & (values <= high)] = code
        found[~is_valid | np.isin(values, self.nothing)] = NO_DATA
        return found.astype(np.uint8)

    def unknown(self, values: npt.NDArray[Any], is_valid: npt.NDArray[np.bool_]) -> set[int]:
        """Return values that the legend does not know; empty for legends that take every other value for non-crop."""
        if not self.other or self.threshold is not None:
            return set()
        present = np.unique(values[is_valid])
        known = [*self.crop, *self.other, *((value, value) for value in self.nothing)]
        return {int(value) for value in present if not any(low <= value <= high for low, high in known)}


# Other hay (37) of the Cropland Data Layer is no crop, as in USDA's own cultivated layer.
# Sources: the products' own legends; crop values as in nasaharvest/crop-mask, src/compare_covermaps.py.
PRESETS: dict[str, ProductLegend] = {
    "esa_worldcover": ProductLegend(((40, 40),), ((10, 30), (50, 95), (100, 100)), (0,)),
    "esri_lulc": ProductLegend(((5, 5),), ((1, 4), (7, 9), (11, 11)), (0, 10)),
    "dynamic_world": ProductLegend(((4, 4),), ((0, 3), (5, 8))),
    "worldcereal": ProductLegend(((100, 100),), ((0, 0),), (254, 255)),
    "glad_cropland": ProductLegend(threshold=0.5),
    "copernicus_100": ProductLegend(((40, 40),), ((20, 30), (50, 100), (111, 126), (200, 200)), (0, 255)),
    "cdl": ProductLegend(((1, 36), (38, 61), (66, 77), (204, 254)), ((37, 37), (63, 65), (81, 92), (111, 195)), (0,)),
    "gfsad_gcep": ProductLegend(((2, 2),), ((0, 1),)),
    "lgrip": ProductLegend(((2, 3),), ((0, 1),)),
    "globcover": ProductLegend(((11, 30),), ((40, 220),), (230,)),
    "esa_cci": ProductLegend(((10, 30),), ((40, 220),), (0,)),
    "crop_mask": ProductLegend(((1, 1),), ((0, 0),)),
}


def read_legend(text: str) -> ProductLegend:
    """Read a preset's name, values such as ``40`` or ``1-60, 66-77``, or a threshold such as ``>= 0.5``.

    Raises:
        InputError: none of these.
    """
    stripped = text.strip()
    if stripped.casefold() in PRESETS:
        return PRESETS[stripped.casefold()]
    if match := _THRESHOLD.match(stripped):
        return ProductLegend(threshold=float(match.group(1)))
    ranges = []
    for part in stripped.split(","):
        match = _RANGE.match(part.strip())
        if match is None:
            raise InputError(
                f"'{text}' does not say which values mean crop.",
                f"Write values such as '40' or '1-60, 66-77', '>= 0.5', or one of: {', '.join(PRESETS)}.",
            )
        low = int(match.group(1))
        ranges.append((low, int(match.group(2) or low)))
    return ProductLegend(crop=tuple(ranges))
