"""Pixels as features: a dated stack with its gaps filled, or any raster whose bands are features."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.crs import CRS
from rasterio.transform import Affine
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError, StackError
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, read_stored, to_series
from cropsample_plugin.engine.timeseries.gap_filling import fill_linear
from cropsample_plugin.engine.timeseries.series import AxisKind, TimeAxis, column_name

Float32Array = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

MAX_MISSING_SHARE = 0.5
_TILE_VALUES = 8_000_000
_LARGEST_TILE = 512


@dataclass(frozen=True)
class PixelFeatures:
    """A raster whose pixels are read as features.

    Attributes:
        path: path of the raster.
        names: feature names, spelled like the fields of a series layer.
        width, height, transform, crs: the grid.
        stack: the dated stack; None for a plain raster.
        max_missing_share: a pixel with more of its values missing is nodata.
    """

    path: str
    names: tuple[str, ...]
    width: int
    height: int
    transform: Affine
    crs: CRS | None
    stack: DatedStack | None
    max_missing_share: float = MAX_MISSING_SHARE

    @classmethod
    def open(cls, path: str | Path, max_missing_share: float = MAX_MISSING_SHARE) -> PixelFeatures:
        """Open a dated stack, or any raster with one feature per band.

        Raises:
            StackError: the file cannot be read, or has no coordinate reference system.
        """
        try:
            with rasterio.open(path) as dataset:
                descriptions = tuple(dataset.descriptions)
                grid = dataset.width, dataset.height, dataset.transform, dataset.crs
        except rasterio.errors.RasterioIOError as error:
            raise StackError(f"The raster {path} cannot be read: {error}", "Check that it opens in QGIS.") from error
        if grid[3] is None:
            raise StackError(f"{path} has no coordinate reference system.", "Set it in the raster's properties.")
        try:
            stack = DatedStack.open(path)
        except StackError:
            names = tuple(text or f"band_{number}" for number, text in enumerate(descriptions, start=1))
            return cls(str(path), names, *grid, None, max_missing_share)
        axis = TimeAxis.of_dates(stack.dates)
        names = tuple(column_name(band, label, AxisKind.DATE) for label in axis.labels for band in stack.bands)
        return cls(str(path), names, *grid, stack, max_missing_share)

    def tile_side(self, largest: int = _LARGEST_TILE) -> int:
        """Return the side in pixels of tiles whose features fit into memory, however many features there are."""
        return max(1, min(largest, int(np.sqrt(_TILE_VALUES / max(1, len(self.names))))))

    def read(self, dataset: rasterio.DatasetReader, window: Window) -> tuple[Float32Array, BoolArray]:
        """Read a window.

        Returns:
            ``(height, width, n_features)`` values, gaps filled, NaN where nothing is known; ``(height, width)``
            True where a pixel is usable.
        """
        values, missing_share = self._values(dataset, window)
        usable = (missing_share <= self.max_missing_share).reshape(int(window.height), int(window.width))
        return values.reshape(*usable.shape, -1), usable

    def _values(self, dataset: rasterio.DatasetReader, window: Window) -> tuple[Float32Array, Float32Array]:
        if self.stack is None:
            masked = dataset.read(window=window, masked=True).astype(np.float32)
            plain: Float32Array = masked.filled(np.nan).reshape(dataset.count, -1).T
            plain = np.ascontiguousarray(plain)
            return plain, (~np.isfinite(plain)).mean(axis=1, dtype=np.float32)
        stored = read_stored(dataset, window)
        values, valid, _ = to_series(self.stack, stored.reshape(stored.shape[0], -1))
        known_dates = valid.any(axis=(0, 2))
        missing = 1.0 - valid[:, known_dates].mean(axis=(1, 2)) if known_dates.any() else np.ones(len(values))
        positions = TimeAxis.of_dates(self.stack.dates).positions_days()
        filled = fill_linear(values, positions).reshape(len(values), -1)
        return filled, missing.astype(np.float32)


@dataclass(frozen=True)
class PixelComponents:
    """Turns pixel features into a few principal components, standardised features first.

    Attributes:
        means, spreads: ``(n_features,)``; features without spread are left out by a spread of infinity.
        axes: ``(n_features, n_components)``.
    """

    means: Float32Array
    spreads: Float32Array
    axes: Float32Array

    def project(self, values: Float32Array) -> Float32Array:
        """Return ``(..., n_components)``; a missing feature counts as its mean."""
        standardised = (values - self.means) / self.spreads
        np.nan_to_num(standardised, copy=False, nan=0.0)
        projected: Float32Array = (standardised @ self.axes).astype(np.float32)
        return projected


def fit_components(values: Float32Array, n_components: int) -> PixelComponents:
    """Fit the components on ``(n_pixels, n_features)`` usable pixels; scores have a mean square of about 1 in total.

    Raises:
        InputError: there are no usable pixels.
    """
    if len(values) == 0:
        raise InputError(
            "No pixel of the raster is usable: all are nodata or mostly missing.",
            "Check nodata and clouds, or allow a larger share of missing values.",
        )
    filled = values.astype(np.float64)
    with np.errstate(invalid="ignore"):
        known = np.isfinite(filled)
        counts = np.maximum(known.sum(axis=0), 1)
        means = np.where(known, filled, 0.0).sum(axis=0) / counts
    deviations = np.where(known, filled - means, 0.0)
    spreads = np.sqrt((deviations**2).sum(axis=0) / counts)
    spreads[spreads <= 1e-9 * (np.abs(means) + 1e-300)] = np.inf
    standardised = deviations / spreads
    values_, axes = np.linalg.eigh(standardised.T @ standardised / len(filled))
    kept = axes[:, ::-1][:, :n_components]
    scale = np.sqrt(max(float(values_[::-1][:n_components].sum()), 1e-12))
    return PixelComponents(means.astype(np.float32), spreads.astype(np.float32), (kept / scale).astype(np.float32))
