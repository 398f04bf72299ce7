"""The table of seasons found: one row per kind of season and year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.timeseries.seasons.clustering import (
    BIN_DAYS,
    YEAR_DAYS,
    SeasonClusters,
    cluster_seasons,
)

DoubleArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
_SUMS = ("n", "start", "peak", "end", "amplitude")


@dataclass(frozen=True)
class SeasonTally:
    """Seasons counted in bins of start and end.

    Attributes:
        bins: ``(n, 2)`` bins of start and end, `BIN_DAYS` wide.
        sums: ``(n, 5)`` number, and sums of start, peak, end and amplitude.
    """

    bins: IntArray
    sums: DoubleArray

    @classmethod
    def of(cls, starts: DoubleArray, peaks: DoubleArray, ends: DoubleArray, amplitudes: DoubleArray) -> SeasonTally:
        """Count seasons given as arrays of one shape, NaN where there is none."""
        known = np.isfinite(starts)
        parts = [np.ones(int(known.sum())), *(values[known] for values in (starts, peaks, ends, amplitudes))]
        bins = np.stack([season_bins(starts[known]), season_bins(ends[known])], axis=1)
        return cls(bins, np.stack(parts, axis=1)).merged()

    @classmethod
    def from_rows(cls, rows: Sequence[Sequence[float]]) -> SeasonTally:
        """Read what `rows` gave."""
        table = np.array(rows, dtype=np.float64).reshape(-1, 2 + len(_SUMS))
        return cls(table[:, :2].astype(np.int64), table[:, 2:]).merged()

    def rows(self) -> list[list[float]]:
        """Return plain numbers, to be kept between runs."""
        rows: list[list[float]] = np.concatenate([self.bins, np.round(self.sums, 4)], axis=1).tolist()
        return rows

    def merged(self) -> SeasonTally:
        """Join rows of equal bins."""
        bins, inverse = np.unique(self.bins, axis=0, return_inverse=True)
        sums = np.zeros((len(bins), len(_SUMS)))
        np.add.at(sums, inverse.ravel(), self.sums)
        return SeasonTally(bins, sums)


@dataclass(frozen=True)
class SeasonTable:
    """All seasons found.

    Attributes:
        rows: one per season: ``season_id``, ``kind``, ``year``, ``n``, mean ``start``, ``peak``, ``end`` as ISO
            dates, ``start_day`` and ``end_day`` of the year, ``length_days``, ``amplitude``.
        id_by_bin: bins of start and end to season id.
    """

    rows: list[dict[str, Any]]
    id_by_bin: dict[tuple[int, int], int]

    def ids(self, starts: DoubleArray, ends: DoubleArray) -> npt.NDArray[np.uint16]:
        """Return the season id of each season, 0 where there is none."""
        shape = starts.shape
        known = np.isfinite(starts)
        result = np.zeros(shape, dtype=np.uint16)
        if not known.any() or not self.id_by_bin:
            return result
        keys = np.array(list(self.id_by_bin), dtype=np.int64)
        low = keys.min(axis=0)
        lookup = np.zeros(tuple(keys.max(axis=0) - low + 1), dtype=np.uint16)
        lookup[tuple((keys - low).T)] = list(self.id_by_bin.values())
        pairs = np.stack([season_bins(starts[known]), season_bins(ends[known])], axis=1) - low
        result[known] = lookup[tuple(pairs.T)]
        return result


def season_bins(days: DoubleArray) -> IntArray:
    """Return the bin of each day."""
    bins: IntArray = np.floor(days / BIN_DAYS).astype(np.int64)
    return bins


def make_season_table(tally: SeasonTally) -> SeasonTable:
    """Cluster the seasons counted, and number them by their start."""
    if not len(tally.bins):
        return SeasonTable([], {})
    numbers = tally.sums[:, 0]
    starts, ends = tally.sums[:, 1] / numbers, tally.sums[:, 3] / numbers
    clusters = cluster_seasons(starts, ends, numbers)
    kinds, years = clusters.assign(starts, ends)
    keys, inverse = np.unique(np.stack([kinds, years], axis=1), axis=0, return_inverse=True)
    sums = np.zeros((len(keys), len(_SUMS)))
    np.add.at(sums, inverse.ravel(), tally.sums)
    means = sums[:, 1:] / sums[:, :1]
    order = np.argsort(means[:, 0], kind="stable")
    ids = np.empty(len(keys), dtype=np.int64)
    ids[order] = np.arange(1, len(keys) + 1)
    rows = [_row(int(ids[key]), keys[key], int(sums[key, 0]), means[key], clusters) for key in order]
    id_by_bin = {(int(a), int(b)): int(ids[key]) for (a, b), key in zip(tally.bins, inverse.ravel())}
    return SeasonTable(rows, id_by_bin)


def _row(season_id: int, key: IntArray, n: int, means: DoubleArray, clusters: SeasonClusters) -> dict[str, Any]:
    start, peak, end, amplitude = (float(mean) for mean in means)
    return {
        "season_id": season_id,
        "kind": int(key[0]) + 1,
        "year": int(key[1]),
        "n": n,
        "start": _date(start),
        "peak": _date(peak),
        "end": _date(end),
        "start_day": _day_of_year(float(clusters.starts[key[0]])),
        "end_day": _day_of_year(float(clusters.ends[key[0]])),
        "length_days": end - start,
        "amplitude": amplitude,
    }


def _date(days: float) -> str:
    return str(np.datetime64(round(days), "D"))


def _day_of_year(day: float) -> int:
    return int(day % YEAR_DAYS) + 1
