"""Seasons that *Sample quality* finds in published samples: Mato Grosso (2000 to 2015) and Central Asia.

Prints, for each kind of season, when it starts, peaks and ends, and how many samples of each year have it.

    python benchmarks/label_seasons.py [folder_of_data_sets]
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.jobs import sample_quality
from cropsample_plugin.jobs.registry import JobContext

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = {
    "Mato Grosso": (
        "mato_grosso_sits/samples_modis_ndvi.gpkg",
        "label",
        {"start_field": "start_date", "end_field": "end_date"},
    ),
    "Central Asia": ("central_asia_uz_south/central_asia_uz_south.gpkg", "label_1", {"date_field": "date"}),
}


def judge(path: Path, class_field: str, fields: dict, folder: Path):
    """Return the judged samples and the table of seasons."""
    names = {"output": str(folder / "judged.gpkg"), "seasons": str(folder / "seasons.gpkg")}
    parameters = sample_quality.Parameters(str(path), class_field, n_seeds=1, **names, **fields)
    sample_quality.run(parameters, JobContext(SilentProgress(), 2, 1500, "cpu"))
    return SampleTable.read(names["output"]), SampleTable.read(names["seasons"])


def print_seasons(name: str, judged: SampleTable, seasons: dict) -> None:
    """Print the kinds of season, and how many samples have one."""
    print(f"\n| {name}: season | years | samples | starts | ends | classes |")
    print("|---|---|---|---|---|---|")
    has_season = np.isfinite(seasons["kind"])
    for kind in np.unique(seasons["kind"][has_season]):
        rows = np.flatnonzero(seasons["kind"] == kind)
        numbers = seasons["n_samples"][rows]
        classes = Counter()
        for text in seasons["classes"][rows]:
            for entry in text.split(", "):
                label, count = entry.rsplit(" ", 1)
                classes[label] += int(count)
        shown = ", ".join(f"{label} {count}" for label, count in classes.most_common(3))
        years = seasons["year"][rows].astype(int)
        moments = [mean_day(seasons[key][rows], numbers) for key in ("mean_start", "mean_end")]
        told = (int(kind), f"{years.min()}-{years.max()}: {len(years)}", numbers.sum(), *moments, shown)
        print("| " + " | ".join(map(str, told)) + " |")
    total = int(seasons["n_samples"][has_season].sum())
    print(f"{total} of {judged.n_rows} samples have a season, of {len(set(seasons['year'][has_season]))} years")


def mean_day(dates, numbers) -> str:
    """Return the mean day of dates that lie around one time of the year, as month and day."""
    days = np.array(dates, dtype="datetime64[D]")
    angles = 2.0 * np.pi * (days - days.astype("datetime64[Y]")).astype(float) / 365.25
    mean = np.angle(np.sum(numbers * np.exp(1j * angles))) % (2.0 * np.pi) * 365.25 / (2.0 * np.pi)
    return str(np.datetime64("2001-01-01") + int(mean))[5:]


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if not folder.is_dir():
        print("The real data sets are not beside this checkout; name their folder.")
        return 0
    for name, (file_name, class_field, fields) in SETS.items():
        with tempfile.TemporaryDirectory() as made:
            judged, seasons = judge(folder / file_name, class_field, fields, Path(made))
        print_seasons(name, judged, seasons.fields)
    return 0


if __name__ == "__main__":
    sys.exit(main())
