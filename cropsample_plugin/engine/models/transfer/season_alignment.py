"""Series of another season or hemisphere on the time axis of a model: the same day of the season, not of the calendar.

Whole years never count. A shift in days says how much later the season of the target is, half a year between
hemispheres. Dates that lie within half a month of the model's are taken as they are; others are interpolated
linearly between the observations of each sample, and nothing is made up beyond them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import MismatchError
from cropsample_plugin.engine.models.compatibility import DATE_TOLERANCE_DAYS
from cropsample_plugin.engine.timeseries.series import AxisKind, SeriesArray, TimeAxis

FloatArray = npt.NDArray[np.float32]
Days = npt.NDArray[np.float64]
_DAYS_PER_YEAR = 365.25
_LEAST_OVERLAP = 0.5
_LAST_DAY = 366


@dataclass(frozen=True)
class AlignedSeries:
    """Series on a model's axis.

    Attributes:
        series: of the target, ``(n_samples, n_timesteps of the model, n_bands of the model)``, NaN where missing.
        overlap: share of the model's dates that the target's season reaches.
        is_interpolated: False where the dates were taken as they are.
    """

    series: SeriesArray
    overlap: float
    is_interpolated: bool


def align_series(
    series: SeriesArray, axis: TimeAxis, bands: tuple[str, ...], static_bands: tuple[str, ...], shift_days: float = 0.0
) -> AlignedSeries:
    """Bring series to the bands and the day-of-season axis of a model.

    Args:
        series: of the target.
        axis: of the model.
        bands: of the model, in its order.
        static_bands: of the model, in its order.
        shift_days: days by which the season of the target is later than that of the model.

    Raises:
        MismatchError: bands are missing, the axes are of kinds that cannot be compared, or the seasons share less
            than half of the model's dates.
    """
    found = SeriesArray(
        series.values[:, :, _positions("bands", bands, series.bands)],
        series.axis,
        bands,
        series.static_values[:, _positions("static bands", static_bands, series.static_bands)],
        static_bands,
    )
    if axis.kind is AxisKind.STEP or series.axis.kind is AxisKind.STEP:
        return _steps(found, axis)
    wanted, years = _season_days(axis, series.axis, shift_days)
    observed = _days(series.axis)
    overlap = _overlap(wanted, observed)
    if overlap < _LEAST_OVERLAP:
        raise MismatchError(
            f"The seasons do not overlap: of the model's {len(axis)} dates, {axis.labels[0]} to {axis.labels[-1]}, the "
            f"target's season, {series.axis.labels[0]} to {series.axis.labels[-1]}, reaches {overlap:.0%} with a shift "
            f"of {shift_days:g} days.",
            "Give the season shift: 182 days for the other hemisphere, or series of the same season.",
        )
    if len(wanted) == len(observed) and np.abs(wanted - observed).max() <= DATE_TOLERANCE_DAYS:
        return AlignedSeries(found, overlap, is_interpolated=False)
    values = interpolated(found.values, observed, wanted)
    moved = TimeAxis(*_labels(axis, series.axis, wanted, years))
    return AlignedSeries(
        SeriesArray(values, moved, bands, found.static_values, static_bands), overlap, is_interpolated=True
    )


def interpolated(values: FloatArray, observed: Days, wanted: Days) -> FloatArray:
    """Interpolate ``(n, n_observed, n_bands)`` linearly at the days wanted; NaN further than half a month outside.

    Missing values are skipped: each series is interpolated between its own observations.
    """
    result = np.full((len(values), len(wanted), values.shape[2]), np.nan, dtype=np.float32)
    for band in range(values.shape[2]):
        for row, series in enumerate(values[:, :, band]):
            known = np.isfinite(series)
            if not known.any():
                continue
            days = observed[known]
            inside = (wanted >= days[0] - DATE_TOLERANCE_DAYS) & (wanted <= days[-1] + DATE_TOLERANCE_DAYS)
            result[row, inside, band] = np.interp(wanted[inside], days, series[known])
    return result


def common_timesteps(first: FloatArray, second: FloatArray, least_share: float = 0.5) -> npt.NDArray[np.int64]:
    """Return the time steps from the first to the last at which at least a share of both domains' samples is observed.

    Steps between them stay, filled as the model's rule says: a stack to map has them too.

    Args:
        first: ``(n, n_timesteps, n_bands)`` of the source, NaN where missing.
        second: the same of the target.
        least_share: in [0, 1].

    Raises:
        MismatchError: there are fewer than three.
    """
    shares = [np.isfinite(values).any(axis=2).mean(axis=0) for values in (first, second)]
    common = np.flatnonzero((shares[0] >= least_share) & (shares[1] >= least_share))
    if len(common) < 3:  # noqa: PLR2004 - a shorter series has no course
        raise MismatchError(
            f"Source and target were both observed at {len(common)} dates of the season only.",
            "Use series of the same season, fill gaps first, or give the season shift.",
        )
    return np.arange(common[0], common[-1] + 1)


def _positions(kind: str, wanted: tuple[str, ...], found: tuple[str, ...]) -> list[int]:
    missing = [name for name in wanted if name not in found]
    if missing:
        raise MismatchError(
            f"The target samples lack {kind} that the model needs: {', '.join(missing)}. They have: "
            f"{', '.join(found) or 'none'}.",
            "Extract the series with these bands, under these names.",
        )
    return [found.index(name) for name in wanted]


def _steps(found: SeriesArray, axis: TimeAxis) -> AlignedSeries:
    """Steps of a season have no dates: their number alone can be compared."""
    if axis.kind is not found.axis.kind or len(axis) != len(found.axis):
        raise MismatchError(
            f"The model was trained on {len(axis)} positions of the kind '{axis.kind.value}', the target has "
            f"{len(found.axis)} of the kind '{found.axis.kind.value}'.",
            "Extract the target's series on the same axis.",
        )
    return AlignedSeries(found, 1.0, is_interpolated=False)


def _days(axis: TimeAxis) -> Days:
    """Return days since 1970 of dates, or days of the year."""
    if axis.kind is AxisKind.DATE:
        return np.array(axis.labels, dtype="datetime64[D]").astype(np.float64)
    return np.array([float(label) for label in axis.labels])


def _season_days(axis: TimeAxis, target: TimeAxis, shift_days: float) -> tuple[Days, float]:
    """Return the model's dates as days of the target's axis, and the whole years between them."""
    wanted, observed = _days(axis), _days(target)
    if axis.kind is not target.kind:
        dated = axis if axis.kind is AxisKind.DATE else target
        first_january = np.datetime64(dated.labels[0][:4], "Y").astype("datetime64[D]").astype(np.float64)
        change = first_january - 1.0
        wanted = wanted - change if dated is axis else wanted + change
    wanted = wanted + shift_days
    years = float(np.rint((np.median(observed) - np.median(wanted)) / _DAYS_PER_YEAR))
    return wanted + np.rint(years * _DAYS_PER_YEAR), years


def _overlap(wanted: Days, observed: Days) -> float:
    first, last = observed[0] - DATE_TOLERANCE_DAYS, observed[-1] + DATE_TOLERANCE_DAYS
    return float(((wanted >= first) & (wanted <= last)).mean())


def _labels(axis: TimeAxis, target: TimeAxis, wanted: Days, years: float) -> tuple[AxisKind, tuple[str, ...]]:
    if target.kind is AxisKind.DATE:
        dates = np.rint(wanted).astype("int64").astype("datetime64[D]")
        return AxisKind.DATE, tuple(str(date) for date in dates)
    if wanted[0] < 1.0 or wanted[-1] > _LAST_DAY:
        raise MismatchError(
            f"Moved by {years:g} years and the season shift, the model's dates {axis.labels[0]} to {axis.labels[-1]} "
            "leave the year, which days of the year cannot say.",
            "Extract the target's series with dates.",
        )
    return AxisKind.DAY_OF_YEAR, tuple(str(int(day)) for day in np.rint(wanted))
