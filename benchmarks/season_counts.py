"""Detected seasons of Central Asia's fields against their label: summer, winter, double, permanent, fallow.

Prints a table of the number of seasons and of the day of the peak by label, and how often both agree.

    python benchmarks/season_counts.py [folder_of_data_sets]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.seasons.detection import detect_seasons
from cropsample_plugin.engine.timeseries.seasons.season_curves import CurveSettings, season_curve
from cropsample_plugin.engine.timeseries.seasons.season_data import REASON_TEXTS, SeasonSettings

LABELS = ("summer", "winter", "double", "permanent", "fallow")
EXPECTED = {"summer": 1, "winter": 1, "double": 2, "permanent": 0, "fallow": 0}
SUMMER_FROM_DAY = 160
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def is_cut(columns, settings):
    """Return the series whose observations do not rise to their maximum, or do not fall from it, by a prominence.

    No smoothing can find a peak there: the season goes on before the first or after the last observation.
    """
    known = np.isfinite(columns)
    low, high = np.where(known, columns, np.inf), np.where(known, columns, -np.inf)
    top = high.argmax(axis=0)
    steps = np.arange(len(columns))[:, None]
    before = np.where(steps <= top, low, np.inf).min(axis=0)
    after = np.where(steps >= top, low, np.inf).min(axis=0)
    highest = high.max(axis=0)
    least = np.maximum(settings.min_prominence, settings.min_prominence_share * (highest - low.min(axis=0)))
    return highest - np.maximum(before, after) < least


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED_DATA
    if not folder.is_dir():
        print("The real data sets are not beside this checkout; name their folder.")
        return 0
    table = SampleTable.read(next((folder / "central_asia_uz_south").glob("*.gpkg")))
    series = series_of(table)
    labels = table.fields["label_2"]
    days = series.axis.positions_days() + 1.0
    curve, grid = season_curve(series.values[:, :, 0].T.copy(), days, CurveSettings(), smooth=True)
    settings = SeasonSettings()
    seasons = detect_seasons(curve, grid, settings)
    cut = is_cut(series.values[:, :, 0].T, settings)
    years = table.fields["year"].astype(int)
    print("| label | year | fields | 0 | 1 | 2 | 3+ | as expected | median start | peak | end | none, cut | why none |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|---|")
    for label, year in ((label, year) for label in LABELS for year in np.unique(years)):
        own = (labels == label) & (years == year)
        if not own.any():
            continue
        counts = [int(np.sum(seasons.counts[own] == number)) for number in range(3)]
        counts.append(int(np.sum(seasons.counts[own] > 2)))
        right = np.mean(seasons.counts[own] == EXPECTED[label])
        moments = [np.nanmedian(part[0, own]) for part in (seasons.starts, seasons.peaks, seasons.ends)]
        codes, numbers = np.unique(seasons.reasons[own], return_counts=True)
        why = "; ".join(f"{REASON_TEXTS[code]} {n}" for code, n in zip(codes, numbers) if code)
        n_cut = int(np.sum(own & cut & (seasons.counts == 0)))
        cells = [label, year, int(own.sum()), *counts, f"{right:.2f}", *(f"{moment:.0f}" for moment in moments)]
        cells += [n_cut, why]
        print("| " + " | ".join(str(cell) for cell in cells) + " |")
    single = (seasons.counts == 1) & np.isin(labels, ["summer", "winter"])
    is_summer = seasons.peaks[0, single] >= SUMMER_FROM_DAY
    agree = np.mean(is_summer == (labels[single] == "summer"))
    print(f"fields with one season: peak before or after day {SUMMER_FROM_DAY} agrees with the label in {agree:.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
