"""Gap filling and smoothing: properties, and independent implementations."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import savgol_filter

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.smoothing.harmonic import harmonic
from cropsample_plugin.engine.timeseries.smoothing.linear_grid import interpolate, regular_grid
from cropsample_plugin.engine.timeseries.smoothing.linear_whittaker import interpolate_and_smooth
from cropsample_plugin.engine.timeseries.smoothing.methods import (
    METHODS,
    SmoothingSettings,
    preprocess,
    signature,
    target_days,
)
from cropsample_plugin.engine.timeseries.smoothing.peak_alignment import peak_shifts
from cropsample_plugin.engine.timeseries.smoothing.savitzky_golay import savitzky_golay
from cropsample_plugin.engine.timeseries.smoothing.whittaker import whittaker

IRREGULAR = np.array([0, 3, 10, 12, 30, 41, 55, 60, 61, 80, 99, 120, 150, 151, 170.0]) + 18000


def with_gaps(values, share=0.3, seed=0):
    rng = np.random.default_rng(seed)
    gappy = values.astype(np.float32).copy()
    gappy[rng.random(gappy.shape) < share] = np.nan
    return gappy


def dense_whittaker(series, days, weights, smoothness):
    """Solve the normal equations as they are written, with second divided differences."""
    steps = np.diff(days) / np.diff(days).mean()
    n = len(days)
    matrix = np.zeros((n - 2, n))
    for i in range(n - 2):
        middle = (steps[i] + steps[i + 1]) / 2
        matrix[i, i] = 1 / (middle * steps[i])
        matrix[i, i + 2] = 1 / (middle * steps[i + 1])
        matrix[i, i + 1] = -matrix[i, i] - matrix[i, i + 2]
    known = np.isfinite(series)
    diagonal = np.diag(np.where(known, weights, 0.0).astype(float))
    return np.linalg.solve(diagonal + smoothness * matrix.T @ matrix, diagonal @ np.where(known, series, 0.0))


@pytest.mark.parametrize("days", [np.arange(20) * 7.0, IRREGULAR])
@pytest.mark.parametrize("smoothness", [0.5, 10.0, 2000.0])
def test_whittaker_equals_a_dense_solve_for_random_weights(days, smoothness):
    rng = np.random.default_rng(1)
    columns = with_gaps(rng.random((len(days), 150)))
    weights = rng.random(columns.shape).astype(np.float32)
    smooth = whittaker(columns, days, smoothness, weights)
    for series in range(columns.shape[1]):
        known = np.flatnonzero(np.isfinite(columns[:, series]))
        inside = slice(known[0], known[-1] + 1)
        expected = dense_whittaker(columns[:, series], days, weights[:, series], smoothness)
        np.testing.assert_allclose(smooth[inside, series], expected[inside], atol=2e-5)
        assert np.isnan(smooth[: known[0], series]).all()
        assert np.isnan(smooth[known[-1] + 1 :, series]).all()


@pytest.mark.parametrize("n_steps", [2, 3, 4, 5, 60])
@pytest.mark.parametrize("smoothness", [0.1, 10.0, 5000.0])
def test_interpolating_and_smoothing_at_once_equals_both_after_each_other(n_steps, smoothness):
    rng = np.random.default_rng(n_steps)
    days = IRREGULAR if n_steps == 60 else 18000 + np.arange(n_steps) * 7.0
    grid = days[0] + np.arange(n_steps) * (3.0 if n_steps == 60 else 7.0)
    columns = with_gaps(rng.random((len(days), 1000)), 0.5)
    columns[:4, ::3] = np.nan
    columns[-3:, ::4] = np.nan
    columns[:, 7] = np.nan
    columns[:, 600:700] = rng.random((len(days), 100))
    expected = whittaker(interpolate(columns, days, grid), grid, smoothness)
    found = interpolate_and_smooth(columns, days, grid, smoothness)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(expected))
    np.testing.assert_allclose(found, expected, atol=2e-6)
    with pytest.raises(InputError, match="smoothness"):
        interpolate_and_smooth(columns, days, grid, 0.0)
    with pytest.raises(InputError, match="order"):
        interpolate_and_smooth(columns, days[::-1], grid, 1.0)


def test_whittaker_leaves_lines_and_hardly_known_series_alone():
    line = (0.1 + 0.002 * (IRREGULAR - IRREGULAR[0]))[:, None].astype(np.float32)
    np.testing.assert_allclose(whittaker(line, IRREGULAR, 100.0), line, atol=1e-5)
    sparse = np.full((15, 3), np.nan, dtype=np.float32)
    sparse[4, 0] = 0.5
    sparse[[2, 9], 1] = 0.1, 0.9
    np.testing.assert_array_equal(whittaker(sparse, IRREGULAR, 10.0), sparse)


def test_a_constant_series_stays_constant_whatever_the_method():
    cube = np.full((15, 1, 40), 0.42, dtype=np.float32)
    cube[np.random.default_rng(0).random(cube.shape) < 0.4] = np.nan
    for method in METHODS:
        smooth = preprocess(cube, IRREGULAR, SmoothingSettings(method, peak_band="a"), 0)
        assert np.isfinite(smooth).any()
        np.testing.assert_allclose(smooth[np.isfinite(smooth)], 0.42, atol=1e-5, err_msg=method)


def test_a_clear_complete_series_is_unchanged_by_gap_filling():
    days = np.arange(30) * 7.0 + 18000
    cube = np.random.default_rng(0).random((30, 2, 50)).astype(np.float32)
    for method in ("raw", "7_day_linear"):
        np.testing.assert_array_equal(preprocess(cube, days, SmoothingSettings(method), 0), cube)


def test_linear_is_exact_on_lines_and_equals_numpy():
    line = 0.1 + 0.003 * (IRREGULAR - IRREGULAR[0])
    columns = with_gaps(np.repeat(line[:, None], 60, axis=1))
    grid = regular_grid(IRREGULAR[0], IRREGULAR[-1], 7)
    filled = interpolate(columns, IRREGULAR, grid)
    expected = np.repeat((0.1 + 0.003 * (grid - IRREGULAR[0]))[:, None], 60, axis=1)
    np.testing.assert_allclose(filled[np.isfinite(filled)], expected[np.isfinite(filled)], atol=1e-6)
    rng = np.random.default_rng(2)
    columns = with_gaps(rng.random((15, 60)))
    everywhere = interpolate(columns, IRREGULAR, grid, extrapolate=True)
    for series in range(60):
        known = np.isfinite(columns[:, series])
        own = np.interp(grid, IRREGULAR[known], columns[known, series])
        np.testing.assert_allclose(everywhere[:, series], own, atol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_nothing_is_made_up_outside_the_clear_observations_unless_asked_for(method):
    cube = np.full((15, 1, 1), np.nan, dtype=np.float32)
    cube[3:11, 0, 0] = np.sin(np.arange(8))
    settings = SmoothingSettings(method, peak_band="a")
    targets = target_days(IRREGULAR, settings)
    outside = (targets < IRREGULAR[3]) | (targets > IRREGULAR[10])
    smooth = preprocess(cube, IRREGULAR, settings, 0)[:, 0, 0]
    if "peak" not in method:
        assert np.isnan(smooth[outside]).all()
        assert np.isfinite(smooth[~outside]).all()
    asked = SmoothingSettings(method, peak_band="a", extrapolate=True)
    assert np.isfinite(preprocess(cube, IRREGULAR, asked, 0)).all()
    assert "extrapolate=true" in signature(asked)
    assert "extrapolate=false" in signature(settings)


@pytest.mark.parametrize(("window", "degree"), [(5, 2), (7, 2), (9, 3)])
def test_savitzky_golay_equals_scipy(window, degree):
    columns = np.random.default_rng(0).random((30, 40)).astype(np.float32)
    expected = savgol_filter(columns.astype(float), window, degree, axis=0, mode="interp")
    np.testing.assert_allclose(savitzky_golay(columns, window, degree), expected, atol=1e-5)
    columns[:6, 0] = np.nan
    part = savgol_filter(columns[6:, 0].astype(float), window, degree, mode="interp")
    np.testing.assert_allclose(savitzky_golay(columns, window, degree)[6:, 0], part, atol=1e-5)


def test_savitzky_golay_narrows_its_window_for_short_stretches():
    columns = np.full((12, 2), np.nan, dtype=np.float32)
    columns[3:7, 0] = [0.1, 0.5, 0.2, 0.6]
    columns[5, 1] = 0.3
    filtered = savitzky_golay(columns, 9, 2)
    assert np.isfinite(filtered[3:7, 0]).all()
    assert filtered[5, 1] == np.float32(0.3)
    with pytest.raises(InputError, match="odd"):
        savitzky_golay(columns, 4, 2)


def test_harmonic_recovers_waves_across_gaps_and_equals_least_squares():
    days = np.arange(0, 730, 8.0) + 17000
    angle = 2 * np.pi * days / 365.25
    truth = 0.4 + 0.2 * np.cos(angle) + 0.1 * np.sin(2 * angle)
    columns = with_gaps(np.repeat(truth[:, None], 30, axis=1), 0.4)
    fitted = harmonic(columns, days, days, 2, extrapolate=True)
    np.testing.assert_allclose(fitted, np.repeat(truth[:, None], 30, axis=1), atol=2e-3)


def test_harmonic_uses_fewer_waves_where_few_values_are_known():
    columns = np.full((15, 2), np.nan, dtype=np.float32)
    columns[[2, 8], 0] = 0.2, 0.4
    fitted = harmonic(columns, IRREGULAR, IRREGULAR, 2, extrapolate=False)
    np.testing.assert_allclose(fitted[2:9, 0], 0.3, atol=1e-6)
    assert np.isnan(fitted[:, 1]).all()


def test_peak_alignment_brings_shifted_seasons_together():
    days = np.arange(0, 365, 7.0) + 18262
    shifts = np.array([-30.0, -10.0, 0.0, 12.0, 33.0])
    season = np.exp(-(((days[:, None] - 18262 - 180 - shifts) / 40.0) ** 2))
    cube = np.stack([season, 2 * season], axis=1).astype(np.float32)
    settings = SmoothingSettings("7_day_linear_peak_alignment", peak_band="ndvi")
    aligned = preprocess(cube, days, settings, 0)
    peaks = np.nanargmax(aligned[:, 0], axis=0)
    assert np.ptp(peaks) <= 1
    assert np.nanstd(aligned[:, 1], axis=1)[15:35].max() < 0.08
    found = peak_shifts(season.astype(np.float32), days, days, "", 90)
    np.testing.assert_allclose(found - found[2], shifts, atol=2.0)


def test_series_without_a_peak_inside_stay_where_they_are():
    days = np.arange(0, 200, 7.0)
    rising = np.linspace(0, 1, len(days), dtype=np.float32)[:, None]
    nothing = np.full_like(rising, np.nan)
    assert peak_shifts(np.hstack([rising, nothing]), days, days, "", 90).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        (SmoothingSettings("7_day_linear", period_days=400), "longer than the series"),
        (SmoothingSettings("nearest"), "Unknown method"),
        (SmoothingSettings("7_day_linear", start_date="2020-02-30"), "no date"),
        (SmoothingSettings("7_day_linear", start_date="2021-01-01", end_date="2020-01-01"), "not after"),
        (SmoothingSettings("7_day_linear_peak_alignment", peak_date="1990-01-01"), "outside the series"),
        (SmoothingSettings("raw_whittaker", smoothness=0.0), "above 0"),
    ],
)
def test_impossible_settings_are_refused(settings, problem):
    cube = np.zeros((15, 1, 1), dtype=np.float32)
    with pytest.raises(InputError, match=problem):
        preprocess(cube, IRREGULAR, settings, 0)


def test_unsorted_or_repeated_dates_are_refused():
    for days in (np.array([0.0, 7, 7, 14]), np.array([0.0, 14, 7, 21])):
        cube = np.zeros((4, 1, 1), dtype=np.float32)
        for method in ("raw_whittaker", "7_day_linear"):
            with pytest.raises(InputError, match="order"):
                preprocess(cube, days, SmoothingSettings(method), 0)


def test_one_or_no_observation():
    cube = np.full((15, 1, 2), np.nan, dtype=np.float32)
    cube[7, 0, 0] = 0.5
    for method in METHODS:
        smooth = preprocess(cube, IRREGULAR, SmoothingSettings(method, peak_band="a"), 0)
        assert np.isnan(smooth[:, 0, 1]).all(), method
        known = smooth[:, 0, 0][np.isfinite(smooth[:, 0, 0])]
        assert set(known.tolist()) <= {0.5}, method
