"""Smooth curves of the indices that may tell crops apart, on one regular grid of days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.gap_filling import fill_linear
from cropsample_plugin.engine.timeseries.series import SeriesArray
from cropsample_plugin.engine.timeseries.smoothing.whittaker import whittaker
from cropsample_plugin.engine.timeseries.spectral.band_roles import band_roles
from cropsample_plugin.engine.timeseries.spectral.formula import Formula, evaluate_float

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

# By the roles of Awesome Spectral Indices; the order breaks ties.
INDICES: dict[str, str] = {
    "EVI2": "2.5 * (N - R) / (N + 2.4 * R + 1)",
    "NDVI": "(N - R) / (N + R)",
    "GCVI": "N / G - 1",
    "NDRE": "(N - RE1) / (N + RE1)",
    "CIre": "RE3 / RE1 - 1",
    "LSWI": "(N - S1) / (N + S1)",
    "NDTI": "(S1 - S2) / (S1 + S2)",
    "PSRI": "(R - B) / RE2",
    "SAVI": "1.5 * (N - R) / (N + R + 0.5)",
}
_GREENNESS = ("evi2", "ndvi", "evi", "savi", "gcvi")
GRID_DAYS = 10.0
# Little for curves that are compared, more for the one that seasons are found in.
SMOOTHNESS = 1.0
SEASON_SMOOTHNESS = 10.0


@dataclass(frozen=True)
class IndexCurves:
    """Curves of every index of every sample.

    Attributes:
        names: names of the indices.
        grid: ``(n_steps,)`` days from the first step of the series, evenly spaced.
        curves: ``(n_samples, n_steps, n_indices)`` smoothed and without gaps; NaN for samples without any value.
        is_observed: ``(n_samples, n_timesteps)``, True where a clear observation was made.
        green: ``(n_steps, n_samples)`` the index that grows with greenness, smoothed more.
    """

    names: tuple[str, ...]
    grid: DoubleArray
    curves: FloatArray
    is_observed: npt.NDArray[np.bool_]
    green: FloatArray

    @property
    def step_days(self) -> float:
        """Days between two steps of the grid."""
        return float(self.grid[1] - self.grid[0])


def make_index_curves(
    series: SeriesArray, positions: DoubleArray, *, roles: str = "", greenness: str = ""
) -> IndexCurves:
    """Compute every index the bands allow, fill gaps linearly in time and smooth (Whittaker).

    Args:
        series: the series.
        positions: ``(n_timesteps,)`` days from the first step.
        roles: roles of bands whose names do not tell, such as ``N=nir_mean, R=red_mean``.
        greenness: index or band that seasons are found in; "" for the first of EVI2, NDVI, EVI, SAVI.

    Raises:
        InputError: too few steps, or no band that grows with greenness.
    """
    if len(positions) < 3:  # noqa: PLR2004 - a curve with a peak
        raise InputError(f"The series have {len(positions)} steps.", "A season takes at least three.")
    named = _index_values(series, band_roles(series.bands, given=roles))
    names = tuple(named)
    values = np.stack([named[name] for name in names], axis=2)
    n_samples, _, n_indices = values.shape
    step = min(max(GRID_DAYS, positions[-1] / 200.0), positions[-1] / 4.0)
    grid = np.arange(0.0, positions[-1] + step / 2, step)
    on_grid = _to_grid(fill_linear(values, positions), positions, grid)
    flat = on_grid.transpose(1, 0, 2).reshape(len(grid), -1)
    smooth = whittaker(np.ascontiguousarray(flat), grid, SMOOTHNESS)
    curves = smooth.reshape(len(grid), n_samples, n_indices).transpose(1, 0, 2)
    observed: npt.NDArray[np.bool_] = np.all(np.isfinite(values), axis=2)
    unsmoothed = np.ascontiguousarray(on_grid[:, :, _greenness(names, greenness)].T)
    green = whittaker(unsmoothed, grid, SEASON_SMOOTHNESS)
    return IndexCurves(names, grid, np.ascontiguousarray(curves), observed, green)


def _index_values(series: SeriesArray, roles: dict[str, str]) -> dict[str, FloatArray]:
    band_by_name = {band: series.values[:, :, position] for position, band in enumerate(series.bands)}
    known = {name.casefold() for name in INDICES} | set(_GREENNESS)
    found = {band: values for band, values in band_by_name.items() if band.casefold() in known}
    taken = {name.casefold() for name in found}
    for name, text in INDICES.items():
        formula = Formula(text)
        if formula.names <= set(roles) and name.casefold() not in taken:
            found[name] = evaluate_float(formula, {role: band_by_name[roles[role]] for role in formula.names})
    return found or band_by_name


def _greenness(names: tuple[str, ...], wanted: str) -> int:
    folded = [name.casefold() for name in names]
    for name in (wanted.casefold(),) if wanted else _GREENNESS:
        if name in folded:
            return folded.index(name)
    if wanted or len(names) > 1:
        raise InputError(
            f"No index of greenness can be made of {', '.join(names)}.",
            "Say which bands are red and near infrared in the band roles, as in 'R=b3, N=b4'.",
        )
    return 0


def _to_grid(values: FloatArray, positions: DoubleArray, grid: DoubleArray) -> FloatArray:
    after = np.clip(np.searchsorted(positions, grid, side="left"), 1, len(positions) - 1)
    places = (grid - positions[after - 1]) / (positions[after] - positions[after - 1])
    share = np.clip(places, 0.0, 1.0).astype(np.float32)[None, :, None]
    return np.asarray(values[:, after - 1] * (1 - share) + values[:, after] * share, dtype=np.float32)


def cut_windows(
    curves: FloatArray, grid: DoubleArray, starts: DoubleArray, ends: DoubleArray, n_steps: int
) -> FloatArray:
    """Return ``(n_samples, n_steps, n_indices)`` of each curve from its start to its end; ends take the nearest value.

    Args:
        curves: ``(n_samples, n_grid, n_indices)``.
        grid: ``(n_grid,)`` evenly spaced days.
        starts: ``(n_samples,)`` first day of each window, on the grid's scale.
        ends: ``(n_samples,)`` last day.
        n_steps: steps to cut each window into.
    """
    shares = np.linspace(0.0, 1.0, n_steps)
    days = starts[:, None] + (ends - starts)[:, None] * shares
    places = np.clip((days - grid[0]) / (grid[1] - grid[0]), 0.0, len(grid) - 1.0)
    low = np.minimum(places.astype(np.int64), len(grid) - 2)
    share = (places - low).astype(np.float32)[:, :, None]
    rows = np.arange(len(curves))[:, None]
    result: FloatArray = curves[rows, low] * (1 - share) + curves[rows, low + 1] * share
    return result
