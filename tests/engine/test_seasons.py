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
N_SERIES = 400


def day(text):
    return float(np.datetime64(text, "D").astype(int))


def planted(days, peaks, width=45.0, base=0.2, amplitude=0.5):
    """Return bells on a base."""
    curve = np.full(len(days), base)
    for peak in peaks:
        curve = curve + amplitude * np.exp(-(((days - peak) / width) ** 2))
    return curve


def planted_logistic(days, peaks, slopes):
    """Return one canopy per peak that closes in ``slopes[0]`` days and dies in ``slopes[1]``, 100 days between both."""
    curve = np.full(len(days), 0.2)
    for peak in peaks:
        rise, fall = (1.0 / (1.0 + np.exp(-(days - peak + sign * 50) / slope)) for sign, slope in zip((1, -1), slopes))
        curve = curve + 0.5 * (rise - fall)
    return curve


def true_seasons(curve_of, peaks):
    """Return start, peak and end of each season of a curve without noise, looked up on a grid of tenths of a day."""
    days = np.arange(peaks[0] - 250, peaks[-1] + 250, 0.1)
    curve = curve_of(days)
    near = [int(np.abs(days - peak).argmin()) for peak in peaks]
    tops = [place - 300 + int(curve[place - 300 : place + 300].argmax()) for place in near]
    seasons = []
    for number, top in enumerate(tops):
        left = curve[tops[number - 1] if number else 0 : top + 1][::-1]
        right = curve[top : tops[number + 1] + 1 if number < len(tops) - 1 else len(days)]
        crossings = [np.argmax(side <= side.min() + 0.2 * (curve[top] - side.min())) for side in (left, right)]
        seasons.append((days[top - crossings[0]], days[top], days[top + crossings[1]]))
    return seasons


TWO_YEARS = ["2019-12-20", "2020-05-05", "2020-12-22", "2021-05-08"]
# First day, days, peaks, curve, and the least share of seasons whose start, peak and end are right within a step. The
# top of a canopy that stays closed for two months and is mown at once is flat: noise decides where it is highest.
CASES = {
    "100 days": ("2020-01-01", 365, ["2020-07-01"], (planted, 40.0), (0.98, 0.99, 0.98)),
    "short, 76 days": ("2020-01-01", 365, ["2020-07-01"], (planted, 30.0), (0.98, 0.99, 0.98)),
    "long, 178 days": ("2020-01-01", 365, ["2020-07-01"], (planted, 70.0), (0.9, 0.98, 0.88)),
    "slow autumn": ("2020-01-01", 365, ["2020-07-01"], (planted_logistic, (8.0, 14.0)), (0.98, 0.9, 0.98)),
    "sudden harvest": ("2020-01-01", 365, ["2020-07-01"], (planted_logistic, (12.0, 4.0)), (0.98, 0.0, 0.98)),
    "double": ("2020-01-01", 365, ["2020-04-10", "2020-09-10"], (planted, 45.0), (0.98, 0.99, 0.97)),
    "double, short": ("2020-01-01", 365, ["2020-04-10", "2020-09-10"], (planted, 30.0), (0.98, 0.99, 0.98)),
    "across new year": ("2020-07-01", 365, ["2021-01-05"], (planted, 45.0), (0.98, 0.99, 0.98)),
    "southern, two seasons a year, two years": ("2019-08-01", 730, TWO_YEARS, (planted, 35.0), (0.98, 0.99, 0.98)),
}


def detect_planted(name, noise=NOISE, gap_share=0.0):
    """Return what is found in 400 noisy copies of a planted curve, and what was planted."""
    start, length, peak_texts, (shape, setting), _ = CASES[name]
    days = day(start) + np.arange(0, length, STEP_DAYS, dtype=float)
    peaks = [day(text) for text in peak_texts]
    rng = np.random.default_rng(3)
    columns = shape(days, peaks, setting)[:, None] + noise * rng.standard_normal((len(days), N_SERIES))
    columns[rng.random(columns.shape) < gap_share] = np.nan
    smooth, grid = season_curve(columns.astype(np.float32), days, CurveSettings(step_days=STEP_DAYS), smooth=True)
    found = detect_seasons(smooth, grid, SeasonSettings(max_seasons=4))
    return found, true_seasons(lambda fine: shape(fine, peaks, setting), peaks)


@pytest.mark.parametrize("name", CASES)
def test_planted_seasons_are_recovered_within_a_step(name):
    found, seasons = detect_planted(name)
    right = found.counts == len(seasons)
    assert right.mean() > 0.99
    for number, expected in enumerate(seasons):
        for values, moment, least in zip((found.starts, found.peaks, found.ends), expected, CASES[name][4]):
            errors = np.abs(values[number, right] - moment)
            assert np.median(errors) <= 0.6 * STEP_DAYS or least == 0.0
            assert np.mean(errors <= STEP_DAYS) >= least


def test_seasons_with_gaps_or_more_noise_are_still_found():
    for noise, gap_share, least in ((NOISE, 0.3, 0.9), (0.05, 0.0, 0.85)):
        within = []
        for name in CASES:
            found, seasons = detect_planted(name, noise, gap_share)
            right = found.counts == len(seasons)
            assert right.mean() > 0.98
            for number, expected in enumerate(seasons):
                within.extend(
                    np.mean(np.abs(values[number, right] - moment) <= STEP_DAYS)
                    for values, moment in zip((found.starts, found.peaks, found.ends), expected)
                )
        assert np.mean(within) > least


def test_the_last_observation_counts_though_it_lies_between_steps():
    days = day("2020-01-01") + np.arange(0, 305, 16.0)
    columns = planted(days, [days[-1] - 40.0], 40.0)[:, None].astype(np.float32)
    smooth, grid = season_curve(columns, days, CurveSettings(), smooth=True)
    assert grid[0] == days[0]
    assert grid[-1] == days[-1]
    assert smooth[-1, 0] == pytest.approx(columns[-1, 0], abs=0.02)


def test_a_parabola_finds_the_peak_between_steps():
    days = np.arange(0.0, 365.0, 16.0)
    for peak in (176.0, 179.0, 184.0, 190.0):
        found = detect_seasons(planted(days, [peak], 50.0)[:, None].astype(np.float32), days, SeasonSettings())
        assert found.peaks[0, 0] == pytest.approx(peak, abs=1.0)
        assert found.highest[0, 0] == days[np.abs(days - peak).argmin()]
        assert found.amplitudes[0, 0] == pytest.approx(0.5, abs=0.02)


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
        own = found.highest[:, series]
        np.testing.assert_array_equal(own[np.isfinite(own)], days[expected])


def test_plateaus_are_peaks_in_their_middle_as_in_scipy():
    curve = np.array([0.1, 0.2, 0.5, 0.7, 0.7, 0.7, 0.4, 0.1, 0.1], dtype=np.float32)
    found = detect_seasons(curve[:, None], np.arange(9) * 20.0, SeasonSettings(min_length_days=10))
    assert found.highest[0, 0] == find_peaks(curve)[0][0] * 20.0
    assert found.peaks[0, 0] == pytest.approx(find_peaks(curve)[0][0] * 20.0, abs=5)


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
    curve = planted(days, [18150.0, 18500.0, 18850.0], base=0.1)
    curve += np.where(days < 18300, -0.2, 0.0) * (curve - 0.1)
    found = detect_seasons(curve[:, None].astype(np.float32), days, SeasonSettings(max_seasons=2))
    assert found.counts[0] == 3
    np.testing.assert_allclose(found.peaks[:, 0], [18500.0, 18850.0], atol=10)


def test_all_seasons_of_long_series_are_kept_unless_fewer_are_asked_for():
    days = 18000 + np.arange(0, 9 * 365, 10.0)
    peaks = [18120.0 + 365 * year + 170 * half for year in range(9) for half in range(2)]
    curve = planted(days, peaks, width=35.0)
    found = detect_seasons(curve[:, None].astype(np.float32), days, SeasonSettings())
    assert (len(found.starts), found.counts[0]) == (27, 18)
    np.testing.assert_allclose(found.peaks[:18, 0], peaks, atol=5)
    assert len(detect_seasons(curve[:37, None].astype(np.float32), days[:37], SeasonSettings()).starts) == 3


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
        SeasonSettings(max_seasons=-1),
    ):
        with pytest.raises(InputError):
            detect_seasons(columns, days, settings)
    with pytest.raises(InputError, match="order"):
        detect_seasons(columns, days[::-1], SeasonSettings())
