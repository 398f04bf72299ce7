"""The sampling frame of a class map: which pixels can be drawn, and to which stratum each belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt
from rasterio.transform import Affine

from cropsample_plugin.engine.errors import InputError

IntArray = npt.NDArray[np.int64]
CodeArray = npt.NDArray[np.int32]

OUTSIDE = -1
TREATMENTS = ("ask", "class", "outside")


@dataclass(frozen=True)
class FrameRules:
    """What the user says about pixels that may or may not belong to the map.

    Attributes:
        zero: what pixels of value 0 are: ``class``, ``outside`` the frame, or ``ask``: an error when there are any.
        unclassified_values: values that mean "not classified".
        unclassified: what those are: ``class`` (a stratum of their own), ``outside``, or ``ask``.
        nodata_value: the map's nodata value, None when it has none; such pixels are always outside.
    """

    zero: str = "ask"
    unclassified_values: tuple[int, ...] = ()
    unclassified: str = "outside"
    nodata_value: float | None = None


@dataclass(frozen=True)
class MapFrame:
    """Pixels that can be drawn.

    Attributes:
        codes: ``(height, width)`` position in ``strata`` of each pixel, -1 outside the frame.
        strata: name of each stratum: class values, or names.
        sizes: ``(n_strata,)`` number of pixels of each.
        transform: pixel to map coordinates.
        pixel_area_m2: area of a pixel; NaN when it varies (geographic coordinates).
    """

    codes: CodeArray
    strata: tuple[Any, ...]
    sizes: IntArray
    transform: Affine
    pixel_area_m2: float

    @property
    def n_units(self) -> int:
        """Number of pixels in the frame."""
        return int(self.sizes.sum())

    def units_of_ranks(self, ranks: IntArray, stratum: int | None = None) -> IntArray:
        """Return flat pixel positions of ranks among the pixels of a stratum, or of the frame, in reading order."""
        chosen = self.codes >= 0 if stratum is None else self.codes == stratum
        per_row = np.cumsum(np.count_nonzero(chosen, axis=1))
        rows = np.searchsorted(per_row, ranks, side="right")
        units = np.empty(len(ranks), dtype=np.int64)
        width = self.codes.shape[1]
        for row in np.unique(rows):
            here = rows == row
            within = ranks[here] - (per_row[row - 1] if row else 0)
            units[here] = row * width + np.flatnonzero(chosen[row])[within]
        return units

    def stratum_of(self, units: IntArray) -> IntArray:
        """Return the stratum position of flat pixel positions."""
        return self.codes.ravel()[units].astype(np.int64)

    def xy_of(self, units: IntArray) -> npt.NDArray[np.float64]:
        """Return ``(n_units, 2)`` map coordinates of pixel centres."""
        rows, columns = np.divmod(units, self.codes.shape[1])
        across, down, t = columns + 0.5, rows + 0.5, self.transform
        return np.stack([t.a * across + t.b * down + t.c, t.d * across + t.e * down + t.f], axis=1)


def frame_of_map(classes: npt.NDArray[Any], transform: Affine, rules: FrameRules, pixel_area_m2: float) -> MapFrame:
    """Return the frame of a class map.

    Args:
        classes: ``(height, width)`` class values.
        transform: pixel to map coordinates.
        rules: what 0, nodata and unclassified mean.
        pixel_area_m2: area of a pixel, NaN when it varies.

    Raises:
        InputError: the map has pixels of value 0 or unclassified ones and nothing was said about them, or no pixel
            is left.
    """
    _check_rules(rules)
    outside = np.zeros(classes.shape, dtype=bool)
    if classes.dtype.kind == "f":
        outside |= ~np.isfinite(classes)
    if rules.nodata_value is not None and np.isfinite(rules.nodata_value):
        outside |= classes == rules.nodata_value
    unclassified = np.isin(classes, rules.unclassified_values) & ~outside
    _leave_out(outside, unclassified, rules.unclassified, "unclassified")
    zero = (classes == 0) & ~outside & ~unclassified
    _leave_out(outside, zero, rules.zero, "of value 0")
    values = np.unique(classes[~outside])
    if len(values) == 0:
        raise InputError("No pixel of the map is left to draw from.", "Check nodata and the classes left out.")
    codes = np.full(classes.shape, OUTSIDE, dtype=np.int32)
    codes[~outside] = np.searchsorted(values, classes[~outside])
    names = tuple(int(value) if float(value).is_integer() else float(value) for value in values)
    return MapFrame(codes, names, np.bincount(codes[~outside]).astype(np.int64), transform, pixel_area_m2)


def frame_of_mask(inside: npt.NDArray[np.bool_], transform: Affine, pixel_area_m2: float) -> MapFrame:
    """Return a frame of one stratum: the cells of a grid laid over an area.

    Raises:
        InputError: no cell is inside.
    """
    if not inside.any():
        raise InputError("No grid cell lies inside the area.", "Use a smaller cell, or check the area's coordinates.")
    codes = np.where(inside, 0, OUTSIDE).astype(np.int32)
    return MapFrame(codes, ("area",), np.array([np.count_nonzero(inside)]), transform, pixel_area_m2)


def per_stratum(values: dict[str, float], strata: Sequence[Any], default: float, what: str) -> list[float]:
    """Return one value per stratum from a mapping by name.

    Raises:
        InputError: the mapping names a class that is not on the map.
    """
    by_name = {str(name): value for name, value in values.items()}
    unknown = sorted(set(by_name) - {str(name) for name in strata})
    if unknown:
        raise InputError(
            f"{what}: class {', '.join(unknown)} is not on the map.",
            f"Classes there: {', '.join(str(name) for name in strata)}.",
        )
    return [float(by_name.get(str(name), default)) for name in strata]


def _check_rules(rules: FrameRules) -> None:
    for treatment in (rules.zero, rules.unclassified):
        if treatment not in TREATMENTS:
            raise InputError(f"'{treatment}' is no treatment of pixels.", f"Choose one of {', '.join(TREATMENTS)}.")


def _leave_out(outside: npt.NDArray[np.bool_], pixels: npt.NDArray[np.bool_], treatment: str, described: str) -> None:
    if not pixels.any() or treatment == "class":
        return
    if treatment == "ask":
        raise InputError(
            f"The map has {np.count_nonzero(pixels)} pixels {described}.",
            "Say whether they are a class of their own or lie outside the area to sample.",
        )
    outside |= pixels
