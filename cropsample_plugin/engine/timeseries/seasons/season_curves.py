"""The curve in which seasons are looked for: one index, gaps filled, smoothed unless it already is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.index_stack import IndexPlan, IndexSettings, plan_indices
from cropsample_plugin.engine.timeseries.smoothing.linear_grid import interpolate, regular_grid
from cropsample_plugin.engine.timeseries.smoothing.linear_whittaker import interpolate_and_smooth
from cropsample_plugin.engine.timeseries.spectral.band_roles import AUTO
from cropsample_plugin.engine.timeseries.spectral.formula import Formula
from cropsample_plugin.engine.timeseries.spectral.index_table import Index

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]

SMOOTHINGS = ("auto", "whittaker", "none")
# Above any index in use, leaf area included, and below whole numbers of 0 to 10,000.
_UNSCALED = 50.0
_SMOOTH_STEPS = ("whittaker", "savitzky_golay", "harmonic")


@dataclass(frozen=True)
class CurveSettings:
    """Which index, and how its curve is made.

    Attributes:
        index: a band, the name of an index, or a formula.
        sensor, roles: see `band_roles`.
        smoothing: one of `SMOOTHINGS`; ``auto`` smooths what is not smooth yet.
        step_days: step of the even grid on which the curve is smoothed, adapted so that it ends with the series.
        smoothness: of Whittaker; 10 would move starts and ends of short seasons by more than a step of 10 days.
    """

    index: str = "NDVI"
    sensor: str = AUTO
    roles: str = ""
    smoothing: str = "auto"
    step_days: int = 10
    smoothness: float = 1.0


def plan_curve(
    bands: Sequence[str], settings: CurveSettings, tags: Mapping[str, str], sample: Mapping[str, FloatArray]
) -> IndexPlan:
    """Return the one index to compute; a band stands for itself.

    Raises:
        InputError: unknown band, index or role, or several indices.
    """
    by_name = {band.casefold(): band for band in bands}
    band = by_name.get(settings.index.strip().casefold())
    if band is not None:
        own = Index(band, Formula("value"), {"value": band}, {}, {})
        return IndexPlan((own,), (), (), "", "")
    wanted = IndexSettings(settings.index, sensor=settings.sensor, roles=settings.roles)
    plan = plan_indices(bands, wanted, tags, sample)
    if len(plan.indices) != 1:
        raise InputError(f"Seasons are looked for in one index, not in '{settings.index}'.", "Name one, such as NDVI.")
    return plan


def unscaled_warning(plan: IndexPlan, sample: Mapping[str, FloatArray]) -> str:
    """Return a warning when the index looks as if the scale of its bands was forgotten, "" otherwise.

    Args:
        plan: of `plan_curve`.
        sample: ``(n_timesteps, n_pixels)`` values of every band.
    """
    values = plan.compute(np.stack([sample[band] for band in plan.read], axis=1))
    known = values[np.isfinite(values)]
    if not len(known) or float(np.percentile(known, 90)) <= _UNSCALED:
        return ""
    return (
        f"The index {plan.indices[0].name} has values up to {float(known.max()):,.0f} where 0 to 1 is expected: was "
        "the scale forgotten? What counts as bare, perennial or prominent is meant for scaled values. Build the stack "
        "again with a scale such as 0.0001."
    )


def is_smoothed(settings: CurveSettings, history: str | None) -> bool:
    """Return whether the curve is to be smoothed.

    Raises:
        InputError: unknown choice.
    """
    if settings.smoothing not in SMOOTHINGS:
        raise InputError(f"Unknown smoothing '{settings.smoothing}'.", f"Use one of: {', '.join(SMOOTHINGS)}.")
    if settings.smoothing == "auto":
        return not any(step in (history or "") for step in _SMOOTH_STEPS)
    return settings.smoothing == "whittaker"


def season_curve(
    index: FloatArray, positions_days: DoubleArray, settings: CurveSettings, *, smooth: bool
) -> tuple[FloatArray, DoubleArray]:
    """Return curves without gaps and their positions.

    Args:
        index: ``(n_timesteps, n_series)``, NaN where missing.
        positions_days: ``(n_timesteps,)``.
        settings: step and smoothness.
        smooth: put it on a regular grid and smooth it; otherwise only gaps are filled.
    """
    if not smooth:
        return interpolate(index, positions_days, positions_days), positions_days
    start, end = float(positions_days[0]), float(positions_days[-1])
    n_steps = len(regular_grid(start, end, settings.step_days))
    # Steps a little longer where need be, so that the last observation counts: a season may end with it.
    grid = np.linspace(start, end, max(n_steps, round((end - start) / settings.step_days) + 1))
    return interpolate_and_smooth(index, positions_days, grid, settings.smoothness), grid
