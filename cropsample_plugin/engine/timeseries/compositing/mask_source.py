"""The cloud mask of a stack: another stack, or a band of the stack itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError, MismatchError, StackError
from cropsample_plugin.engine.timeseries.compositing.mask_rules import AUTO, MaskRule, mask_rule
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.stacks.stack_bands import StackBands, StoredArray

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]
_MOST_NAMED = 5


@dataclass(frozen=True)
class MaskRequest:
    """Which mask is asked for.

    Attributes:
        path: a dated stack on the same grid; "" takes a band of the stack itself.
        band: name of the mask's band; "" for the only band of the mask's stack, or for no mask at all.
        kind, rule, max_probability: see `MaskRule`.
    """

    path: str = ""
    band: str = ""
    kind: str = AUTO
    rule: str = ""
    max_probability: float = 40.0

    @property
    def is_wanted(self) -> bool:
        """Whether there is a mask."""
        return bool(self.path or self.band)


NO_MASK = MaskRequest()


@dataclass(frozen=True)
class StackMask:
    """A mask with one value per date and pixel of a stack."""

    bands: StackBands
    rule: MaskRule

    def read(self, stored: StoredArray) -> tuple[BoolArray, FloatArray]:
        """Return which observations are clear, and how cloudy they are, each ``(n_timesteps, n_pixels)``.

        Args:
            stored: ``(n_timesteps, height, width)`` stored mask values.
        """
        flat = stored.reshape(len(stored), -1)
        bands = self.bands
        physical = flat
        if np.any(bands.scales != 1.0) or np.any(bands.offsets != 0.0):
            physical = bands.to_cube(stored)[:, 0]
        clear = self.rule.is_clear(physical)
        for row in range(len(flat)):
            missing = bands.missing(flat[row], row)
            if missing is not None:
                clear[row] &= ~missing
        return clear, self.rule.cloudiness(physical)


def open_mask(stack: DatedStack, request: MaskRequest) -> StackMask | None:
    """Return the mask of a stack, None when none is asked for.

    Raises:
        MismatchError: grid or dates of the mask are not those of the stack; the message says what differs.
        StackError: there is no such band, or the band cannot be told.
        InputError: what its values mean is not known.
    """
    if not request.is_wanted:
        return None
    mask_stack = DatedStack.open(request.path) if request.path else stack
    band = request.band or _only_band(mask_stack)
    bands = StackBands.of(mask_stack, [band])
    if request.path:
        _check_grid(stack, mask_stack)
        bands = _at_dates(bands, stack)
    return StackMask(bands, mask_rule(request.kind, band, request.rule, request.max_probability))


def split_mask_band(
    cube: FloatArray, bands: Sequence[str], request: MaskRequest
) -> tuple[FloatArray, tuple[str, ...], BoolArray, FloatArray | None]:
    """Take the mask's band out of the series of a layer.

    Args:
        cube: ``(n_timesteps, n_bands, n_rows)``.
        bands: their names.
        request: the mask; none when no band is named.

    Returns:
        The other bands' values and names, which observations are clear, and how cloudy they are, both
        ``(n_timesteps, n_rows)``.

    Raises:
        InputError: there is no such band, or no other.
    """
    if not request.band:
        return cube, tuple(bands), np.ones((cube.shape[0], cube.shape[2]), dtype=bool), None
    if request.band not in bands or len(bands) == 1:
        raise InputError(
            f"The layer has no mask band '{request.band}' beside others.", f"Its bands are: {', '.join(bands)}."
        )
    rule = mask_rule(request.kind, request.band, request.rule, request.max_probability)
    mask = cube[:, bands.index(request.band)]
    others = [row for row, band in enumerate(bands) if band != request.band]
    names = tuple(bands[row] for row in others)
    return np.ascontiguousarray(cube[:, others]), names, rule.is_clear(mask), rule.cloudiness(mask)


def _only_band(stack: DatedStack) -> str:
    if len(stack.bands) == 1:
        return stack.bands[0]
    raise StackError(
        f"The cloud mask {stack.path} has {len(stack.bands)} bands: {', '.join(stack.bands)}.",
        "Name the band that says where clouds are.",
    )


def _check_grid(stack: DatedStack, mask: DatedStack) -> None:
    if (stack.width, stack.height) != (mask.width, mask.height):
        raise MismatchError(
            f"The cloud mask has {mask.width} x {mask.height} pixels, the stack {stack.width} x {stack.height}.",
            "Build the mask's stack on the stack's grid, for example by warping it.",
        )
    if stack.crs != mask.crs or not stack.transform.almost_equals(mask.transform, precision=_tolerance(stack)):
        raise MismatchError(
            f"The cloud mask lies on another grid: its corner is at {mask.transform.c:.10g}, {mask.transform.f:.10g} "
            f"instead of {stack.transform.c:.10g}, {stack.transform.f:.10g}, or its pixel size or CRS differ.",
            "Build the mask's stack on the stack's grid, for example by warping it.",
        )


def _tolerance(stack: DatedStack) -> float:
    return abs(float(stack.transform.a)) * 1e-3


def _at_dates(bands: StackBands, stack: DatedStack) -> StackBands:
    """Return the mask's bands at the dates of the stack."""
    row_by_date = {date: row for row, date in enumerate(bands.dates.astype("datetime64[D]").tolist())}
    wanted = stack.dates.astype("datetime64[D]").tolist()
    absent = [str(date) for date in wanted if date not in row_by_date]
    if absent:
        more = f" and {len(absent) - _MOST_NAMED} more" if len(absent) > _MOST_NAMED else ""
        raise MismatchError(
            f"The cloud mask has no date {', '.join(absent[:_MOST_NAMED])}{more} of the stack's {len(wanted)} dates.",
            "Give a mask with every date of the stack.",
        )
    rows = np.array([row_by_date[date] for date in wanted])
    return StackBands(
        bands.path, stack.dates, bands.bands, bands.numbers[rows], bands.scales[rows], bands.offsets[rows],
        bands.nodata[rows], bands.dtype,
    )  # fmt: skip
