"""Which raster bands feed which input of a model, and how their stored values are to be read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.compatibility import StackSelection
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
StoredArray = npt.NDArray[Any]

ABSENT = 0


@dataclass(frozen=True)
class InputBands:
    """The rows of a block: bands of the first time step, of the second, ..., then the static bands.

    Attributes:
        n_timesteps, n_bands, n_static: shape of the model's input.
        numbers: ``(n_rows,)`` 1-based raster band numbers, 0 where the stack has no such band.
        scales, offsets: ``(n_rows,)``; physical value = stored * scale + offset.
        nodata: ``(n_rows,)`` stored value that means missing; NaN where none is set.
        positions_days: ``(n_timesteps,)`` positions of the time steps.
        dtype: type of the stored values.
    """

    n_timesteps: int
    n_bands: int
    n_static: int
    numbers: npt.NDArray[np.int64]
    scales: npt.NDArray[np.float64]
    offsets: npt.NDArray[np.float64]
    nodata: npt.NDArray[np.float64]
    positions_days: npt.NDArray[np.float64]
    dtype: np.dtype[Any]

    @property
    def n_rows(self) -> int:
        """Number of inputs per pixel."""
        return len(self.numbers)

    @property
    def present(self) -> BoolArray:
        """``(n_rows,)``, True where the stack has the band."""
        present: BoolArray = self.numbers != ABSENT
        return present

    @property
    def indexes(self) -> list[int]:
        """Raster band numbers to read, in the order of the rows that are present."""
        return [int(number) for number in self.numbers[self.present]]

    def of_timesteps(self, timesteps: npt.NDArray[np.intp]) -> InputBands:
        """Return the dated inputs of some time steps alone."""
        rows = np.arange(self.n_timesteps * self.n_bands).reshape(self.n_timesteps, self.n_bands)[timesteps].ravel()
        return replace(
            self,
            n_timesteps=len(timesteps),
            n_static=0,
            numbers=self.numbers[rows],
            scales=self.scales[rows],
            offsets=self.offsets[rows],
            nodata=self.nodata[rows],
            positions_days=self.positions_days[timesteps],
        )

    def timesteps_with_values(self, stored: StoredArray) -> BoolArray:
        """Return ``(n_timesteps,)``, True where some pixel of ``(present rows, n_pixels)`` has a value."""
        has_value = np.zeros(self.n_rows, dtype=bool)
        missing = self.missing(stored)
        has_value[self.present] = True if missing is None else ~missing.all(axis=1)
        dated = has_value[: self.n_timesteps * self.n_bands]
        found: BoolArray = dated.reshape(self.n_timesteps, self.n_bands).any(axis=1)
        return found

    def missing(self, stored: StoredArray) -> BoolArray | None:
        """Return which stored values are missing, None when none is.

        Args:
            stored: ``(present rows, n_pixels)`` as stored.
        """
        masks: list[BoolArray] = []
        nodata = self.nodata[self.present]
        for value in np.unique(nodata[~np.isnan(nodata)]):
            if not _representable(value, stored.dtype):
                continue
            masks.append(np.equal(stored, stored.dtype.type(value)))
            if not np.all(nodata == value):
                np.logical_and(masks[-1], (nodata == value)[:, None], out=masks[-1])
        if stored.dtype.kind in "fc":
            masks.append(~np.isfinite(stored))
        found = np.logical_or.reduce(masks) if len(masks) > 1 else (masks[0] if masks else None)
        return found if found is not None and found.any() else None

    def to_physical(self, stored: StoredArray, missing: BoolArray | None = None) -> FloatArray:
        """Turn stored values into physical ones, exactly as `dated_stack.to_series` does.

        Args:
            stored: ``(present rows, n_pixels)`` as stored.
            missing: ``(present rows, n_pixels)`` from `missing`, None when no value is missing.

        Returns:
            ``(n_rows, n_pixels)`` float32, NaN where missing or absent.
        """
        present = self.present
        physical = stored.astype(np.float64)
        physical *= self.scales[present][:, None]
        physical += self.offsets[present][:, None]
        if missing is not None:
            physical[missing] = np.nan
        if present.all():
            return physical.astype(np.float32)
        rows = np.full((self.n_rows, stored.shape[1]), np.nan, dtype=np.float32)
        rows[present] = physical
        return rows

    def split(self, physical: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return ``values (n, n_timesteps, n_bands)`` and ``static_values (n, n_static)`` of ``(n_rows, n)``."""
        n_dated = self.n_timesteps * self.n_bands
        values = np.ascontiguousarray(physical[:n_dated].T).reshape(-1, self.n_timesteps, self.n_bands)
        return values, np.ascontiguousarray(physical[n_dated:].T)


def input_bands(stack: DatedStack, selection: StackSelection) -> InputBands:
    """Describe the inputs of a model on a stack.

    Args:
        stack: the stack.
        selection: what the model takes of it.
    """
    dated = stack.band_numbers[selection.timesteps][:, selection.bands]
    static = stack.static_band_numbers[selection.static_bands]
    numbers = np.concatenate([dated.ravel(), static]).astype(np.int64)
    dates = stack.dates[selection.timesteps]
    return InputBands(
        n_timesteps=dated.shape[0],
        n_bands=dated.shape[1],
        n_static=len(static),
        numbers=numbers,
        scales=stack.scales[numbers - 1],
        offsets=stack.offsets[numbers - 1],
        nodata=stack.nodata[numbers - 1],
        positions_days=(dates - dates[0]).astype(np.float64),
        dtype=np.dtype(stack.dtype),
    )


def _representable(value: float, dtype: np.dtype[Any]) -> bool:
    if dtype.kind == "f":
        return True
    limits = np.iinfo(dtype)
    return bool(limits.min <= value <= limits.max and value == int(value))
