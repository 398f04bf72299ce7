"""Series at samples: the array every model trains on, and the table columns it travels in.

A series layer holds one row per sample or pixel and one field per time step and band. Four spellings are read:

=====================  =======================================  ===================
field name             meaning                                  axis kind
=====================  =======================================  ===================
``B04_20190315``       band B04 on that date                    ``date``
``B04_2019_03_15``     the same (``-`` instead of ``_`` too)    ``date``
``ndvi_d065``          the day of the year                      ``day_of_year``
``NDVI_t01``           the first step of the sample's season    ``step``
=====================  =======================================  ===================

We write ``B04_20190315`` and, for samples with a season of their own, ``B04_t01``. Static bands are written
``static_elevation``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Callable, Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import SamplesError

FloatArray = npt.NDArray[np.float32]
BoolArray = npt.NDArray[np.bool_]

STATIC_PREFIX = "static_"
_LAST_DAY_OF_YEAR = 366
_DATE = re.compile(r"^(?P<band>.+?)[_ -](?P<y>\d{4})[-_]?(?P<m>\d{2})[-_]?(?P<d>\d{2})$")
_DAY = re.compile(r"^(?P<band>.+?)_d(?P<day>\d{1,3})$", re.IGNORECASE)
_STEP = re.compile(r"^(?P<band>.+?)_t(?P<step>\d{1,4})$", re.IGNORECASE)


class AxisKind(Enum):
    """What the positions of a time axis mean."""

    DATE = "date"
    DAY_OF_YEAR = "day_of_year"
    STEP = "step"


@dataclass(frozen=True)
class TimeAxis:
    """The time axis of a series.

    Attributes:
        kind: what a position means.
        labels: ISO date, day of the year or step number of each position, as text, in order.
    """

    kind: AxisKind
    labels: tuple[str, ...]

    def __len__(self) -> int:
        """Return the number of time steps."""
        return len(self.labels)

    def positions_days(self) -> npt.NDArray[np.float64]:
        """Return ``(n_timesteps,)`` positions in days from the first; steps count as 1."""
        if self.kind is AxisKind.DATE:
            positions = np.array(self.labels, dtype="datetime64[D]").astype(np.float64)
        else:
            positions = np.array([float(label) for label in self.labels])
        positions -= positions[0]
        return positions

    @classmethod
    def of_dates(cls, dates: npt.NDArray[np.datetime64]) -> TimeAxis:
        """Return the axis of a dated stack."""
        return cls(AxisKind.DATE, tuple(str(date) for date in dates.astype("datetime64[D]")))


@dataclass(frozen=True)
class SeriesArray:
    """Series of many samples on one time axis.

    Attributes:
        values: ``(n_samples, n_timesteps, n_bands)`` float32 in physical units, NaN where missing.
        axis: the time axis.
        bands: names of the bands.
        static_values: ``(n_samples, n_static)`` float32, NaN where missing.
        static_bands: names of the static bands.
    """

    values: FloatArray
    axis: TimeAxis
    bands: tuple[str, ...]
    static_values: FloatArray
    static_bands: tuple[str, ...] = ()

    @property
    def n_samples(self) -> int:
        """Number of samples."""
        return int(self.values.shape[0])

    @property
    def valid_mask(self) -> BoolArray:
        """``(n_samples, n_timesteps, n_bands)``, True = usable."""
        return np.isfinite(self.values)

    def subset(self, rows: npt.NDArray[np.generic]) -> SeriesArray:
        """Return the samples that an index or boolean array picks."""
        return SeriesArray(self.values[rows], self.axis, self.bands, self.static_values[rows], self.static_bands)


@dataclass(frozen=True)
class SeriesColumns:
    """Which table column holds which time step and band.

    Attributes:
        axis: the time axis found in the column names.
        bands: band names in order of first appearance.
        names: ``(n_timesteps, n_bands)`` column names, None where the table lacks one.
        static_names: columns of the static bands.
    """

    axis: TimeAxis
    bands: tuple[str, ...]
    names: tuple[tuple[str | None, ...], ...]
    static_names: tuple[str, ...]

    @property
    def all_names(self) -> tuple[str, ...]:
        """Every column that holds a value."""
        return (*(name for row in self.names for name in row if name is not None), *self.static_names)


def find_series_columns(names: Sequence[str]) -> SeriesColumns:
    """Find the series columns among a layer's field names.

    The spelling that most columns follow wins; columns of other spellings are left alone.

    Raises:
        SamplesError: no column follows any of the spellings, or two columns hold the same band and date.
    """
    found: dict[AxisKind, dict[tuple[str, str], str]] = {kind: {} for kind in AxisKind}
    repeated: dict[AxisKind, list[str]] = {kind: [] for kind in AxisKind}
    for name in names:
        parsed = _parse_column(name)
        if parsed is not None:
            kind, band, label = parsed
            if found[kind].setdefault((band, label), name) != name:
                repeated[kind].append(f"{found[kind][band, label]} and {name}")
    kind = max(found, key=lambda candidate: len(found[candidate]))
    if not found[kind]:
        raise SamplesError(
            "The layer has no series fields: none is named like 'B04_20190315', 'ndvi_d065' or 'NDVI_t01'.",
            "Run 'Extract time series' on it first, or give the stack to sample.",
        )
    if repeated[kind]:
        raise SamplesError(
            f"The layer has two fields for the same band and date: {'; '.join(repeated[kind][:3])}.",
            "Remove one of each, so that it is clear which counts.",
        )
    bands = tuple(dict.fromkeys(band for band, _ in found[kind]))
    labels = tuple(sorted({label for _, label in found[kind]}, key=_label_order(kind)))
    grid = tuple(tuple(found[kind].get((band, label)) for band in bands) for label in labels)
    static = tuple(name for name in names if name.startswith(STATIC_PREFIX))
    return SeriesColumns(TimeAxis(kind, labels), bands, grid, static)


def column_name(band: str, label: str, kind: AxisKind) -> str:
    """Return the field name we write for a band at a position of the axis."""
    if kind is AxisKind.DATE:
        return f"{band}_{label.replace('-', '')}"
    if kind is AxisKind.DAY_OF_YEAR:
        return f"{band}_d{int(label):03d}"
    return f"{band}_t{int(label):02d}"


def _parse_column(name: str) -> tuple[AxisKind, str, str] | None:
    if name.startswith(STATIC_PREFIX):
        return None
    if match := _DATE.match(name):
        text = f"{match['y']}-{match['m']}-{match['d']}"
        return (AxisKind.DATE, match["band"], text) if _is_date(text) else None
    if (match := _DAY.match(name)) and 1 <= int(match["day"]) <= _LAST_DAY_OF_YEAR:
        return AxisKind.DAY_OF_YEAR, match["band"], str(int(match["day"]))
    if match := _STEP.match(name):
        return AxisKind.STEP, match["band"], str(int(match["step"]))
    return None


def _is_date(text: str) -> bool:
    try:
        np.datetime64(text, "D")
    except ValueError:
        return False
    return True


def _label_order(kind: AxisKind) -> Callable[[str], str | int]:
    return str if kind is AxisKind.DATE else int
