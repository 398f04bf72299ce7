"""Season detection: planted seasons, scipy's peaks, reasons, clusters."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import find_peaks

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.seasons.clustering import cluster_seasons
from cropsample_plugin.engine.timeseries.seasons.detection import detect_seasons
from cropsample_plugin.engine.timeseries.seasons.season_curves import CurveSettings, season_curve
from cropsample_plugin.engine.timeseries.seasons.season_data import Reason, SeasonSettings
from cropsample_plugin.engine.timeseries.seasons.season_table import SeasonTally, make_season_table

STEP_DAYS = 10
NOISE = 0.03
N_SERIES = 200


def day(text):
    return float(np.datetime64(text, "D").astype(int))


def planted(days, peaks, width=45.0, base=0.2, amplitude=0.5):
    """Return a curve of bells, and the days on which each crosses a fifth of its height."""
    curve = np.full(len(days), base)
    for peak in peaks:
        curve = curve + amplitude * np.exp(-(((days - peak) / width) ** 2))
    half = width * np.sqrt(np.log(5.0))
    return curve, [(peak - half, peak, peak + half) for peak in peaks]


CASES = {
    "single": ("2020-01-01", 365, ["2020-07-01"]),
    "double": ("2020-01-01", 365, ["2020-04-10", "2020-09-10"]),
    "across new year": ("2020-07-01", 365, ["2021-01-05"]),
    "southern, two seasons a year, two years": (
        "2019-08-01",
        730,
        ["2019-12-20", "2020-05-05", "2020-12-22", "2021-05-08"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_planted_seasons_are_recovered_within_a_step(name):
    start, length, peak_texts = CASES[name]
    days = day(start) + np.arange(0, length, STEP_DAYS, dtype=float)
    width = 35.0 if len(peak_texts) == 4 else 45.0
    curve, seasons = planted(days, [day(text) for text in peak_texts], width)
    noisy = curve[:, None] + NOISE * np.random.default_rng(3).standard_normal((len(days), N_SERIES))
    settings = SeasonSettings(max_seasons=4)
    smooth, grid = season_curve(noisy.astype(np.float32), days, CurveSettings(step_days=STEP_DAYS), smooth=True)
    found = detect_seasons(smooth, grid, settings)
    right = found.counts == len(seasons)
    assert right.mean() > 0.97
    for number, expected in enumerate(seasons):
        for values, moment in zip((found.starts, found.peaks, found.ends), expected):
            errors = np.abs(values[number, right] - moment)
            assert np.median(errors) <= 0.75 * STEP_DAYS
            assert np.mean(errors <= STEP_DAYS) > 0.85


def test_peaks_are_those_of_scipy():
    rng = np.random.default_rng(0)
    days = 18000 + np.arange(40) * 10.0
    phase = rng.random((1, 3000)) * 6
    waves = np.sin(phase + np.arange(40)[:, None] / 40 * 6.28 * rng.integers(1, 4, (1, 3000)))
    columns = (0.5 + 0.3 * waves + 0.05 * rng.standard_normal((40, 3000))).astype(np.float32)
    settings = SeasonSettings(min_length_days=0.0, max_length_days=1e9, max_seasons=20)
    found = detect_seasons(columns, days, settings)
    for series in range(columns.shape[1]):
        curve = columns[:, series].astype(float)
        least = max(0.1, 0.2 * np.ptp(curve))
        expected, _ = find_peaks(curve, distance=6, prominence=least)
        own = found.peaks[:, series]
        np.testing.assert_array_equal(own[np.isfinite(own)], days[expected])


def test_plateaus_are_peaks_in_their_middle_as_in_scipy():
    curve = np.array([0.1, 0.2, 0.5, 0.7, 0.7, 0.7, 0.4, 0.1, 0.1], dtype=np.float32)
    found = detect_seasons(curve[:, None], np.arange(9) * 20.0, SeasonSettings(min_length_days=10))
    assert found.peaks[0, 0] == find_peaks(curve)[0][0] * 20.0


@pytest.mark.parametrize(
    ("curve", "reason"),
    [
        (np.full(36, np.nan), Reason.NO_DATA),
        (np.full(36, 0.15), Reason.BARE),
        (0.8 + 0.02 * np.sin(np.arange(36)), Reason.PERENNIAL),
        (np.linspace(0.2, 0.9, 36), Reason.NO_PEAK),
        (0.2 + 0.6 * np.exp(-(((np.arange(36) - 18) / 0.9) ** 2)), Reason.LENGTH),
        (0.2 + 0.6 * np.sin(np.arange(36) / 35 * np.pi), Reason.LENGTH),
    ],
)
def test_land_without_a_season_says_why(curve, reason):
    days = 18000 + np.arange(36) * 11.0
    found = detect_seasons(curve[:, None].astype(np.float32), days, SeasonSettings())
    assert found.reasons[0] == reason
    assert found.counts[0] == 0
    assert np.isnan(found.starts).all()


def test_the_most_prominent_seasons_are_kept():
    days = 18000 + np.arange(0, 1100, 10.0)
    curve, _ = planted(days, [18150.0, 18500.0, 18850.0], base=0.1)
    curve += np.where(days < 18300, -0.2, 0.0) * (curve - 0.1)
    found = detect_seasons(curve[:, None].astype(np.float32), days, SeasonSettings(max_seasons=2))
    assert found.counts[0] == 3
    np.testing.assert_allclose(found.peaks[:, 0], [18500.0, 18850.0], atol=10)


def test_seasons_a_year_apart_are_different_and_new_year_divides_nothing():
    starts, ends, weights = [], [], []
    rng = np.random.default_rng(0)
    for year in (2019, 2020):
        for moment, length in ((f"{year}-04-01", 150), (f"{year}-12-30", 140)):
            for _ in range(30):
                start = day(moment) + rng.normal(0, 8)
                starts.append(start)
                ends.append(start + length + rng.normal(0, 8))
                weights.append(1.0)
    starts, ends = np.array(starts), np.array(ends)
    clusters = cluster_seasons(starts, ends, np.array(weights))
    assert len(clusters.starts) == 2
    kinds, years = clusters.assign(starts, ends)
    for group in range(4):
        own = slice(30 * group, 30 * group + 30)
        assert len(set(zip(kinds[own].tolist(), years[own].tolist()))) == 1
    tally = SeasonTally.of(starts, (starts + ends) / 2, ends, np.full(len(starts), 0.5))
    table = make_season_table(SeasonTally.from_rows(tally.rows()))
    assert [row["n"] for row in table.rows] == [30, 30, 30, 30]
    assert [row["season_id"] for row in table.rows] == [1, 2, 3, 4]
    assert len(np.unique(table.ids(starts, ends)[:30])) == 1
    assert table.ids(np.array([np.nan]), np.array([np.nan])).tolist() == [0]


def test_impossible_settings_are_refused():
    columns, days = np.zeros((6, 1), np.float32), np.arange(6.0)
    for settings in (
        SeasonSettings(amplitude_share=1.2),
        SeasonSettings(min_length_days=300, max_length_days=200),
        SeasonSettings(max_seasons=0),
    ):
        with pytest.raises(InputError):
            detect_seasons(columns, days, settings)
    with pytest.raises(InputError, match="order"):
        detect_seasons(columns, days[::-1], SeasonSettings())
