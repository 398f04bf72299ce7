"""The preprocessing methods by name: the six of the best-practices study, Savitzky-Golay and harmonic regression.

Names and meaning follow arXiv 2507.12590, section on time-series generation: ``raw``, ``raw + Whittaker``, ``coarse
linear``, ``7-day linear``, ``7-day linear + Whittaker``, ``7-day linear + phenology-peak alignment``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.smoothing.harmonic import harmonic
from cropsample_plugin.engine.timeseries.smoothing.linear_grid import interpolate, regular_grid
from cropsample_plugin.engine.timeseries.smoothing.linear_whittaker import interpolate_and_smooth
from cropsample_plugin.engine.timeseries.smoothing.peak_alignment import peak_shifts
from cropsample_plugin.engine.timeseries.smoothing.savitzky_golay import savitzky_golay
from cropsample_plugin.engine.timeseries.smoothing.whittaker import whittaker

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

FINE_PERIOD_DAYS = 7
COARSE_PERIOD_DAYS = 30


@dataclass(frozen=True)
class SmoothingSettings:
    """Settings of all methods.

    Attributes:
        method: one of `METHODS`.
        period_days: step of the regular grid; 0 for the method's own: 7 days, 30 for coarse linear.
        start_date, end_date: ISO dates that bound the grid; "" for the first and last date of the series.
        smoothness: of Whittaker.
        window_steps, degree: of Savitzky-Golay.
        n_harmonics: waves per year of the harmonic regression.
        extrapolate: continue before the first and after the last clear observation.
        peak_band: band whose peak is aligned.
        peak_date: ISO date to which peaks are moved; "" for the middle of the grid.
        max_shift_days: series whose peak lies further away are left where they are.
    """

    method: str = "7_day_linear"
    period_days: int = 0
    start_date: str = ""
    end_date: str = ""
    smoothness: float = 10.0
    window_steps: int = 7
    degree: int = 2
    n_harmonics: int = 2
    extrapolate: bool = False
    peak_band: str = ""
    peak_date: str = ""
    max_shift_days: int = 90


@dataclass(frozen=True)
class Method:
    """One method: what it makes of ``(n_timesteps, n_series)``, and which settings it uses, for the metadata."""

    smooth: Callable[[FloatArray, DoubleArray, DoubleArray, SmoothingSettings], FloatArray]
    has_grid: bool
    uses: tuple[str, ...] = ()
    default_period_days: int = FINE_PERIOD_DAYS


def target_days(positions_days: DoubleArray, settings: SmoothingSettings) -> DoubleArray:
    """Return the positions of the result, in days since 1970-01-01.

    Raises:
        InputError: unknown method, dates or period that do not go with the series.
    """
    method = find_method(settings.method)
    if not method.has_grid:
        return positions_days
    start = _day(settings.start_date, positions_days[0], "start date")
    end = _day(settings.end_date, positions_days[-1], "end date")
    if end <= start and not settings.start_date and not settings.end_date:
        raise InputError("The series has a single date: there is nothing to interpolate between.", "Add dates.")
    if end <= start:
        raise InputError(
            f"The end date {settings.end_date or 'of the series'} is not after the start date "
            f"{settings.start_date or 'of the series'}.",
            "Choose dates within the series.",
        )
    return regular_grid(start, end, settings.period_days or method.default_period_days)


def find_method(name: str) -> Method:
    """Return a method by its name; `InputError` names those there are."""
    if name not in METHODS:
        raise InputError(f"Unknown method '{name}'.", f"Use one of: {', '.join(METHODS)}.")
    return METHODS[name]


def preprocess(cube: FloatArray, positions_days: DoubleArray, settings: SmoothingSettings, peak_row: int) -> FloatArray:
    """Apply a method to all bands of many pixels.

    Args:
        cube: ``(n_timesteps, n_bands, n_pixels)``, NaN where missing.
        positions_days: ``(n_timesteps,)`` days since 1970-01-01.
        settings: method and settings.
        peak_row: index of the band whose peak is aligned; only used by that method.

    Returns:
        ``(n_targets, n_bands, n_pixels)``; NaN outside the clear observations unless extrapolated.
    """
    n_steps, n_bands, n_pixels = cube.shape
    targets = target_days(positions_days, settings)
    if settings.method == ALIGNED:
        shifts = peak_shifts(cube[:, peak_row], positions_days, targets, settings.peak_date, settings.max_shift_days)
        moved = [
            interpolate(cube[:, band], positions_days, targets, extrapolate=settings.extrapolate, shifts_days=shifts)
            for band in range(n_bands)
        ]
        return np.stack(moved, axis=1)
    columns = cube.reshape(n_steps, n_bands * n_pixels)
    smooth = find_method(settings.method).smooth(columns, positions_days, targets, settings)
    return smooth.reshape(len(targets), n_bands, n_pixels)


def signature(settings: SmoothingSettings) -> str:
    """Return method and settings that change values, on one line; dates are left out: seasons differ by year."""
    method = find_method(settings.method)
    names = (*(("period_days",) if method.has_grid else ()), *method.uses, "extrapolate")
    values = {name: getattr(settings, name) for name in names}
    if "period_days" in values:
        values["period_days"] = settings.period_days or method.default_period_days
    return f"{settings.method}({', '.join(f'{name}={_plain(value)}' for name, value in values.items())})"


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value).lower() if isinstance(value, bool) else str(value)


def _day(text: str, default: float, name: str) -> float:
    if not text:
        return float(default)
    try:
        return float(np.datetime64(text, "D").astype(np.int64))
    except ValueError as error:
        raise InputError(f"The {name} '{text}' is no date.", "Write it as 2019-03-15.") from error


def _raw(columns: FloatArray, positions: DoubleArray, targets: DoubleArray, settings: SmoothingSettings) -> FloatArray:
    if not settings.extrapolate:
        return columns
    inside = interpolate(columns, positions, targets)
    edges = interpolate(columns, positions, targets, extrapolate=True)
    return np.where(np.isnan(inside), edges, columns)


def _raw_whittaker(
    columns: FloatArray, positions: DoubleArray, targets: DoubleArray, settings: SmoothingSettings
) -> FloatArray:
    return _with_edges(whittaker(columns, positions, settings.smoothness), targets, settings)


def _linear(
    columns: FloatArray, positions: DoubleArray, targets: DoubleArray, settings: SmoothingSettings
) -> FloatArray:
    return interpolate(columns, positions, targets, extrapolate=settings.extrapolate)


def _linear_whittaker(
    columns: FloatArray, positions: DoubleArray, targets: DoubleArray, settings: SmoothingSettings
) -> FloatArray:
    smooth = interpolate_and_smooth(columns, positions, targets, settings.smoothness)
    return _with_edges(smooth, targets, settings)


def _savitzky_golay(
    columns: FloatArray, positions: DoubleArray, targets: DoubleArray, settings: SmoothingSettings
) -> FloatArray:
    filtered = savitzky_golay(interpolate(columns, positions, targets), settings.window_steps, settings.degree)
    return _with_edges(filtered, targets, settings)


def _harmonic(
    columns: FloatArray, positions: DoubleArray, targets: DoubleArray, settings: SmoothingSettings
) -> FloatArray:
    return harmonic(columns, positions, targets, settings.n_harmonics, extrapolate=settings.extrapolate)


def _with_edges(columns: FloatArray, targets: DoubleArray, settings: SmoothingSettings) -> FloatArray:
    """Repeat the first and last smooth value outside them when that is asked for."""
    return interpolate(columns, targets, targets, extrapolate=True) if settings.extrapolate else columns


ALIGNED = "7_day_linear_peak_alignment"
METHODS: dict[str, Method] = {
    "raw": Method(_raw, has_grid=False),
    "raw_whittaker": Method(_raw_whittaker, has_grid=False, uses=("smoothness",)),
    "coarse_linear": Method(_linear, has_grid=True, default_period_days=COARSE_PERIOD_DAYS),
    "7_day_linear": Method(_linear, has_grid=True),
    "7_day_linear_whittaker": Method(_linear_whittaker, has_grid=True, uses=("smoothness",)),
    ALIGNED: Method(_linear, has_grid=True, uses=("peak_band", "max_shift_days")),
    "savitzky_golay": Method(_savitzky_golay, has_grid=True, uses=("window_steps", "degree")),
    "harmonic": Method(_harmonic, has_grid=True, uses=("n_harmonics",)),
}
