"""TISQE on 10,000 samples x 36 dates x 9 indices with 10 maps; the limit we claim is 60 s, linear in samples."""

from __future__ import annotations

import argparse
import time

import numpy as np

from cropsample_plugin.engine.labels.quality import QualitySettings, judge_labels
from cropsample_plugin.engine.labels.quality_input import QualitySamples
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.series import SeriesArray, TimeAxis

BANDS = ("B02", "B03", "B04", "B05", "B06", "B07", "B08", "B11", "B12")
N_CLASSES = 5


def make_samples(n_samples: int) -> QualitySamples:
    """Return reflectance of crops that peak at different times."""
    rng = np.random.default_rng(0)
    days = np.arange(0, 360, 10)
    codes = rng.integers(0, N_CLASSES, n_samples)
    peaks = 100 + 35 * codes + rng.normal(0, 8, n_samples)
    green = np.exp(-((days - peaks[:, None]) ** 2) / (2 * 30.0**2))
    low, high = np.linspace(0.08, 0.3, len(BANDS)), np.array([0.02, 0.05, 0.03, 0.1, 0.3, 0.4, 0.45, 0.2, 0.1])
    values = low + (high - low) * green[:, :, None] + rng.normal(0, 0.01, (n_samples, len(days), len(BANDS)))
    dates = np.datetime64("2021-01-01") + days
    empty = np.empty((n_samples, 0), dtype=np.float32)
    series = SeriesArray(values.astype(np.float32), TimeAxis.of_dates(dates), BANDS, empty)
    nothing = np.full(n_samples, np.nan)
    origins = np.full(n_samples, float(dates[0].astype("datetime64[D]").astype(int)))
    problems = np.full(n_samples, "", dtype=object)
    names = tuple(f"crop {code}" for code in range(N_CLASSES))
    return QualitySamples(codes, names, series, days.astype(float), origins, nothing, nothing, problems, ())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--samples", type=int, nargs="+", default=[10_000])
    for n_samples in parser.parse_args().samples:
        samples = make_samples(n_samples)
        groups = np.zeros(n_samples, dtype=np.int64)
        started = time.perf_counter()
        judge_labels(samples, QualitySettings(), groups, SilentProgress())
        print(f"{n_samples} samples: {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
