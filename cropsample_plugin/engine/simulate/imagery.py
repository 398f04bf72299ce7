"""The images of the synthetic region: one Sentinel-2 like scene per date, with noise, blur and clouds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

from cropsample_plugin.engine.simulate.landscape import Landscape
from cropsample_plugin.engine.simulate.phenology import (
    BANDS,
    CLASS_NAMES,
    FloatArray,
    Units,
    covers,
    spectra_of_surfaces,
    unit_reflectance,
)

SCALE = 0.0001
NODATA = 0

_TEXTURE_PX = 4.0
_TEXTURE_SPREAD = 0.10
_CLOUD_PX = 30.0
_BLUR_PX = 0.55
_NOISE_FLOOR = 0.003
_NOISE_SHARE = 0.03

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Scenery:
    """A landscape with everything that its images have in common.

    Attributes:
        landscape: what lies where.
        units: the patches of even ground, one per cell and surface found in it.
        unit_of_pixel: ``(height, width)`` index into the units.
        texture: ``(height, width)`` factor on green cover within units.
    """

    landscape: Landscape
    units: Units
    unit_of_pixel: npt.NDArray[np.int64]
    texture: FloatArray


def unit_map(landscape: Landscape) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the unit of each pixel, ``(height, width)``, and the surface of each unit, ``(n_units,)``."""
    keys = landscape.cells * len(CLASS_NAMES) + landscape.surface
    found, unit_of_pixel = np.unique(keys, return_inverse=True)
    return unit_of_pixel.reshape(keys.shape), found % len(CLASS_NAMES)


def draw_texture(size_px: int, rng: np.random.Generator) -> FloatArray:
    """Draw the variation of green cover within fields, ``(size_px, size_px)``, a factor around 1."""
    noise = gaussian_filter(rng.standard_normal((size_px, size_px)), _TEXTURE_PX, mode="reflect")
    return np.asarray(1.0 + _TEXTURE_SPREAD * noise / noise.std(), dtype=np.float32)


def scene(scenery: Scenery, day_of_year: float, cloud_share: float, rng: np.random.Generator) -> npt.NDArray[np.uint16]:
    """Take one image: ``(n_bands, height, width)`` uint16, reflectance is the stored value times `SCALE`."""
    green, residue = covers(scenery.units, day_of_year)
    green_pixels = np.clip(green[scenery.unit_of_pixel] * scenery.texture, 0.0, 0.98)
    residue_pixels = np.minimum(residue[scenery.unit_of_pixel], 1.0 - green_pixels)
    bare_pixels = (1.0 - green_pixels - residue_pixels) * scenery.units.ground_gain[scenery.unit_of_pixel]
    ground, leaf, dry = spectra_of_surfaces()
    surface = scenery.landscape.surface
    haze = rng.normal(0.0, 0.004) + rng.normal(0.0, 0.001, len(BANDS))
    clouds = _draw_clouds(surface.shape, cloud_share, rng)
    stored = np.empty((len(BANDS), *surface.shape), dtype=np.uint16)
    for band in range(len(BANDS)):
        reflectance = bare_pixels * ground[surface, band] + green_pixels * leaf[surface, band]
        reflectance += residue_pixels * dry[band]
        stored[band] = _measured(reflectance, float(haze[band]), rng)
    stored[:, clouds] = NODATA
    return stored


def _measured(reflectance: FloatArray, haze: float, rng: np.random.Generator) -> npt.NDArray[np.uint16]:
    """Blur by the sensor, add noise and haze, and store as integers that are never nodata."""
    seen = gaussian_filter(reflectance, _BLUR_PX, mode="nearest")
    noise = rng.standard_normal(seen.shape, dtype=np.float32)
    seen = seen + noise * (_NOISE_FLOOR + _NOISE_SHARE * seen) + haze
    return np.asarray(np.clip(np.rint(seen / SCALE), NODATA + 1, 10_000), dtype=np.uint16)


def _draw_clouds(shape: tuple[int, ...], share: float, rng: np.random.Generator) -> BoolArray:
    """Draw round clouds that cover a share of the scene, ``(height, width)``, True = cloud."""
    noise = gaussian_filter(rng.standard_normal(shape), min(_CLOUD_PX, shape[0] / 6), mode="wrap")
    return np.asarray(noise > np.quantile(noise, 1.0 - share)) if share > 0 else np.zeros(shape, dtype=np.bool_)


def draw_cloud_shares(n_dates: int, mean_share: float, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    """Draw the clouded share of each date, ``(n_dates,)``: many clear dates, some clouded ones, at most 0.6."""
    return np.minimum(rng.gamma(0.8, mean_share / 0.8, n_dates), 0.6) if mean_share > 0 else np.zeros(n_dates)


def series_of_units(
    units: Units, days_of_year: npt.NDArray[np.float64], cloud_share: float, rng: np.random.Generator
) -> FloatArray:
    """Return noisy series seen elsewhere, ``(n_units, n_dates, n_bands)`` reflectance; NaN where clouded."""
    values = np.stack([unit_reflectance(units, day) for day in days_of_year], axis=1)
    noise = rng.standard_normal(values.shape, dtype=np.float32)
    values = values + noise * (_NOISE_FLOOR + _NOISE_SHARE * values)
    values += rng.normal(0.0, 0.004, (1, len(days_of_year), 1)).astype(np.float32)
    values[rng.random(values.shape[:2]) < cloud_share] = np.nan
    return np.asarray(np.maximum(values, SCALE), dtype=np.float32)
