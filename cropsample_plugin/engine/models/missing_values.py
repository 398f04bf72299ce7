"""The one rule for missing values, shared by training and mapping; it travels in the model package.

``linear``: each band is interpolated linearly in time, ends take the nearest valid value. A series is unusable
when a band has no valid value at all, when more than ``max_missing_share`` of its values are missing, or when a
static band is missing. Time steps that are missing in every series, such as a month of cloud, do not count
towards that share. ``refuse``: any missing value makes a series unusable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.gap_filling import fill_linear, missing_share, wholly_missing_timesteps
from cropsample_plugin.engine.timeseries.series import SeriesArray

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]
ReasonCodes = npt.NDArray[np.int8]

RULES = ("linear", "refuse")

# Series that are filled at a time where those kept are collected.
_CHUNK_VALUES = 1 << 22

USABLE, STATIC_MISSING, BAND_MISSING, TOO_MANY_MISSING, VALUE_MISSING = range(5)
REASON_TEXTS = {
    STATIC_MISSING: "a static band is missing",
    BAND_MISSING: "a band has no valid value at any date",
    TOO_MANY_MISSING: "more than the allowed share of values is missing",
    VALUE_MISSING: "a value is missing and the rule is 'refuse'",
}


@dataclass(frozen=True)
class MissingRule:
    """How missing values are treated.

    Attributes:
        name: ``linear`` or ``refuse``.
        max_missing_share: largest share of missing values that ``linear`` fills, in [0, 1].
    """

    name: str = "linear"
    max_missing_share: float = 0.7

    def __post_init__(self) -> None:
        if self.name not in RULES:
            raise InputError(
                f"There is no rule '{self.name}' for missing values.", f"Choose one of {', '.join(RULES)}."
            )
        if not 0.0 <= self.max_missing_share <= 1.0:
            raise InputError(f"The allowed share of missing values is {self.max_missing_share}; it must be in 0..1.")


def apply_missing_rule(
    values: FloatArray,
    static_values: FloatArray,
    positions_days: npt.NDArray[np.floating],
    rule: MissingRule,
    ignored_timesteps: BoolArray | None = None,
) -> tuple[FloatArray, ReasonCodes]:
    """Fill series and say which are unusable.

    Args:
        values: ``(n, n_timesteps, n_bands)`` in physical units, NaN where missing.
        static_values: ``(n, n_static)``, NaN where missing.
        positions_days: ``(n_timesteps,)`` increasing positions in days.
        rule: the rule.
        ignored_timesteps: ``(n_timesteps,)`` True where a missing time step does not count; None: those missing in
            all the series given.

    Returns:
        ``filled`` of the shape of ``values``, and ``(n,)`` reason codes: `USABLE` (0) or a key of `REASON_TEXTS`.
        Unusable series may still hold NaN.
    """
    valid = np.isfinite(values)
    reasons = np.zeros(len(values), dtype=np.int8)
    if rule.name == "refuse":
        reasons[~valid.all(axis=(1, 2))] = VALUE_MISSING
        filled = np.asarray(values, dtype=np.float32)
    else:
        ignored = wholly_missing_timesteps(valid) if ignored_timesteps is None else ignored_timesteps
        reasons[missing_share(valid, ignored) > np.float32(rule.max_missing_share)] = TOO_MANY_MISSING
        reasons[~np.all(np.any(valid, axis=1), axis=1)] = BAND_MISSING
        filled = fill_linear(values, positions_days)
    reasons[~np.isfinite(static_values).all(axis=1)] = STATIC_MISSING
    return filled, reasons


def fill_usable(series: SeriesArray, rows: npt.NDArray[np.int64], rule: MissingRule) -> tuple[FloatArray, ReasonCodes]:
    """Fill the series of some rows and keep the usable ones; memory is needed for those and little else.

    Args:
        series: series in physical units, NaN where missing.
        rows: ``(n,)`` the rows considered; time steps that are missing in all of them do not count.
        rule: the rule.

    Returns:
        ``(n_usable, n_timesteps, n_bands)`` filled series in the order of the rows, and ``(n,)`` reason codes as
        `apply_missing_rule` gives them.
    """
    n_timesteps, n_bands = series.values.shape[1:]
    chunk = max(1, _CHUNK_VALUES // max(1, n_timesteps * n_bands))
    pieces = [rows[start : start + chunk] for start in range(0, len(rows), chunk)]
    ignored = np.ones(n_timesteps, dtype=np.bool_)
    for piece in pieces:
        ignored &= wholly_missing_timesteps(np.isfinite(series.values[piece]))
    kept = np.empty((len(rows), n_timesteps, n_bands), dtype=np.float32)
    codes = np.empty(len(rows), dtype=np.int8)
    n_kept = n_seen = 0
    for piece in pieces:
        filled, reasons = apply_missing_rule(
            series.values[piece], series.static_values[piece], series.axis.positions_days(), rule, ignored
        )
        codes[n_seen : n_seen + len(piece)] = reasons
        usable = filled[reasons == USABLE]
        kept[n_kept : n_kept + len(usable)] = usable
        n_seen, n_kept = n_seen + len(piece), n_kept + len(usable)
    kept.resize((n_kept, n_timesteps, n_bands), refcheck=False)
    return kept, codes
