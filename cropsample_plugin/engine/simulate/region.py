"""The synthetic farming region as a whole: options in; landscape, images and samples out; same seed, same region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.simulate.imagery import (
    Scenery,
    draw_cloud_shares,
    draw_texture,
    scene,
    series_of_units,
    unit_map,
)
from cropsample_plugin.engine.simulate.landscape import draw_landscape
from cropsample_plugin.engine.simulate.phenology import CROPS, SURFACES, FloatArray, RegionTraits, draw_units
from cropsample_plugin.engine.simulate.samples import (
    PointSamples,
    draw_check_samples,
    draw_local_samples,
    mislabel,
    split_cells,
)

PIXEL_SIZE_M = 10.0
CRS_CODE = "EPSG:32631"
ORIGIN_X_M, ORIGIN_Y_M = 480_000.0, 5_530_000.0
N_DATES = 12

_SMALLEST_SIZE_PX = 100
_LARGEST_SIZE_PX = 5000
_ELSEWHERE = RegionTraits(season_shift_days=22.0, shift_spread_days=12.0, cover_gain=0.92, soil_gain=1.15)


@dataclass(frozen=True)
class RegionOptions:
    """What can be chosen about the region.

    Attributes:
        size_px: side of the square region in pixels of 10 m.
        year: year of the images, one at mid-month each month.
        n_local_samples: labeled points in the region.
        n_global_samples: labeled series from another region, whose seasons are three weeks later.
        n_check_samples: labeled points for an independent check of the map.
        mislabeled_share: share of the local samples that carry a wrong label, in [0, 0.5].
        cloud_share: mean share of the scenes under clouds, in [0, 0.5].
        seed: the same seed gives the same region.
    """

    size_px: int = 600
    year: int = 2023
    n_local_samples: int = 900
    n_global_samples: int = 1500
    n_check_samples: int = 500
    mislabeled_share: float = 0.0
    cloud_share: float = 0.10
    seed: int = 42


@dataclass(frozen=True)
class GlobalSamples:
    """Labeled series from another region, without images.

    Attributes:
        class_index: ``(n_samples,)`` label.
        values: ``(n_samples, n_dates, n_bands)`` reflectance, NaN where clouded.
        x_m, y_m: ``(n_samples,)`` position in the CRS of the region.
    """

    class_index: npt.NDArray[np.int64]
    values: FloatArray
    x_m: npt.NDArray[np.float64]
    y_m: npt.NDArray[np.float64]


@dataclass(frozen=True)
class SyntheticRegion:
    """Everything about one region but the images, which are taken one at a time.

    Attributes:
        options: what was asked for.
        dates: ``(n_dates,)`` datetime64[D].
        cloud_shares: ``(n_dates,)`` share of each scene under clouds.
        scenery: the ground.
        local_samples, check_samples: labeled points of the region.
        global_samples: labeled series from another region.
    """

    options: RegionOptions
    dates: npt.NDArray[np.datetime64]
    cloud_shares: npt.NDArray[np.float64]
    scenery: Scenery
    local_samples: PointSamples
    check_samples: PointSamples
    global_samples: GlobalSamples

    def images(self) -> Iterator[tuple[np.datetime64, npt.NDArray[np.uint16]]]:
        """Take the images, ``(n_bands, height, width)`` uint16 each, one date after the other."""
        for index, date in enumerate(self.dates):
            rng = _stream(self.options.seed, f"image {index}")
            yield date, scene(self.scenery, _days_of_year(self.dates)[index], float(self.cloud_shares[index]), rng)


def simulate_region(options: RegionOptions) -> SyntheticRegion:
    """Draw a region.

    Raises:
        InputError: an option is out of its range, or the region is too small for the samples.
    """
    _check(options)
    dates = np.array([f"{options.year:04d}-{month:02d}-15" for month in range(1, N_DATES + 1)], dtype="datetime64[D]")
    landscape = draw_landscape(options.size_px, _stream(options.seed, "landscape"))
    unit_of_pixel, unit_surface = unit_map(landscape)
    units = draw_units(unit_surface, RegionTraits(), _stream(options.seed, "units"))
    scenery = Scenery(landscape, units, unit_of_pixel, draw_texture(options.size_px, _stream(options.seed, "texture")))
    check_cells = split_cells(len(landscape.cell_surface), _stream(options.seed, "split"))
    local = draw_local_samples(scenery, check_cells, options.n_local_samples, _stream(options.seed, "local"))
    return SyntheticRegion(
        options=options,
        dates=dates,
        cloud_shares=draw_cloud_shares(N_DATES, options.cloud_share, _stream(options.seed, "clouds")),
        scenery=scenery,
        local_samples=mislabel(local, options.mislabeled_share, _stream(options.seed, "mislabel")),
        check_samples=draw_check_samples(scenery, check_cells, options.n_check_samples, _stream(options.seed, "check")),
        global_samples=_draw_global_samples(options, dates),
    )


def _draw_global_samples(options: RegionOptions, dates: npt.NDArray[np.datetime64]) -> GlobalSamples:
    rng = _stream(options.seed, "global")
    weights = np.array([2.0 if surface.name in CROPS else 1.0 for surface in SURFACES])
    class_index = rng.choice(len(SURFACES), options.n_global_samples, p=weights / weights.sum())
    units = draw_units(class_index, _ELSEWHERE, rng)
    values = series_of_units(units, _days_of_year(dates), options.cloud_share, rng)
    position = rng.uniform(0.0, 60_000.0, (2, options.n_global_samples))
    return GlobalSamples(
        class_index, values, ORIGIN_X_M - 150_000.0 + position[0], ORIGIN_Y_M + 250_000.0 + position[1]
    )


def _days_of_year(dates: npt.NDArray[np.datetime64]) -> npt.NDArray[np.float64]:
    first = dates.astype("datetime64[Y]").astype("datetime64[D]")
    return np.asarray((dates - first).astype(np.float64) + 1.0)


def _stream(seed: int, purpose: str) -> np.random.Generator:
    """Return the stream of random numbers of one purpose, so that one part can change without moving the others."""
    return np.random.default_rng([seed, *purpose.encode()])


def _check(options: RegionOptions) -> None:
    bounds = {
        "size_px": (_SMALLEST_SIZE_PX, _LARGEST_SIZE_PX),
        "year": (1, 9999),
        "n_local_samples": (len(SURFACES), 10**6),
        "n_global_samples": (0, 10**6),
        "n_check_samples": (1, 10**6),
        "mislabeled_share": (0.0, 0.5),
        "cloud_share": (0.0, 0.5),
        "seed": (0, 2**63),
    }
    for name, (least, most) in bounds.items():
        value = getattr(options, name)
        if not least <= value <= most:
            raise InputError(f"{name} is {value}.", f"Give a value from {least} to {most}.")
