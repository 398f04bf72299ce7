from __future__ import annotations

import numpy as np
import pytest

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.gap_filling import fill_linear, missing_share, wholly_missing_timesteps

POSITIONS = np.array([0.0, 5.0, 21.0, 22.0, 60.0, 61.0, 90.0, 128.0])


def gappy_series(n_samples=400, n_bands=3, share=0.4, seed=0):
    rng = np.random.default_rng(seed)
    values = rng.normal(0.3, 0.2, (n_samples, len(POSITIONS), n_bands)).astype(np.float32)
    values[rng.random(values.shape) < share] = np.nan
    values[0], values[1, :, 0] = np.nan, np.nan
    return values


def interpolate_one_by_one(values, positions):
    filled = np.full_like(values, np.nan)
    for sample in range(values.shape[0]):
        for band in range(values.shape[2]):
            series = values[sample, :, band].astype(np.float64)
            valid = np.isfinite(series)
            if valid.any():
                filled[sample, :, band] = np.interp(positions, positions[valid], series[valid])
    return filled


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.95])
def test_equals_numpy_interp_of_each_series(share):
    values = gappy_series(share=share)
    filled = fill_linear(values, POSITIONS)
    np.testing.assert_allclose(filled, interpolate_one_by_one(values, POSITIONS), atol=2e-6)


def test_equals_numpy_interp_over_many_blocks():
    values = gappy_series(n_samples=9000, n_bands=12)
    picked = np.random.default_rng(1).choice(9000, 100, replace=False)
    expected = interpolate_one_by_one(values[picked], POSITIONS)
    np.testing.assert_allclose(fill_linear(values, POSITIONS)[picked], expected, atol=2e-6)


def test_valid_values_and_input_are_unchanged():
    values = gappy_series()
    before = values.copy()
    filled = fill_linear(values, POSITIONS)
    np.testing.assert_array_equal(values, before)
    valid = np.isfinite(values)
    np.testing.assert_array_equal(filled[valid], values[valid])


def test_complete_series_are_returned_as_they_are():
    values = np.random.default_rng(3).random((50, len(POSITIONS), 2)).astype(np.float32)
    np.testing.assert_array_equal(fill_linear(values, POSITIONS), values)


def test_exact_on_lines_between_the_ends():
    line = (3.0 + 0.25 * POSITIONS).astype(np.float32)
    values = np.repeat(line[None, :, None], 200, axis=0)
    gaps = np.random.default_rng(4).random(values.shape) < 0.5
    gaps[:, [0, -1]] = False
    gappy = np.where(gaps, np.nan, values)
    np.testing.assert_allclose(fill_linear(gappy, POSITIONS), values, rtol=1e-6)


def test_ends_repeat_the_nearest_value():
    values = np.full((1, 8, 1), np.nan, dtype=np.float32)
    values[0, 2, 0], values[0, 5, 0] = 1.0, 2.0
    filled = fill_linear(values, POSITIONS)[0, :, 0]
    assert filled[:3].tolist() == [1.0, 1.0, 1.0]
    assert filled[5:].tolist() == [2.0, 2.0, 2.0]


def test_bands_without_any_value_stay_missing_and_infinite_counts_as_missing():
    values = np.full((1, 8, 2), np.nan, dtype=np.float32)
    values[0, 3, 1] = 5.0
    values[0, 4, 1] = np.inf
    filled = fill_linear(values, POSITIONS)
    assert np.isnan(filled[0, :, 0]).all()
    assert (filled[0, :, 1] == 5.0).all()


@pytest.mark.parametrize("shape", [(0, 8, 2), (5, 8, 0)])
def test_nothing_in_nothing_out(shape):
    assert fill_linear(np.zeros(shape, dtype=np.float32), POSITIONS).shape == shape


@pytest.mark.parametrize(
    ("values", "positions"),
    [
        (np.zeros((2, 3, 1)), np.arange(4)),
        (np.zeros((2, 3, 1)), np.array([0, 2, 1])),
        (np.zeros((2, 3, 1)), np.array([0, 1, 1])),
        (np.zeros((2, 3)), np.arange(3)),
    ],
)
def test_wrong_shapes_and_positions_are_refused(values, positions):
    with pytest.raises(InputError):
        fill_linear(values.astype(np.float32), positions)


def test_missing_dates_do_not_count():
    valid = np.ones((3, 4, 2), dtype=bool)
    valid[:, 1] = False
    valid[0, 0] = False
    ignored = wholly_missing_timesteps(valid)
    assert ignored.tolist() == [False, True, False, False]
    np.testing.assert_allclose(missing_share(valid, ignored), [1 / 3, 0, 0], atol=1e-6)
    np.testing.assert_allclose(missing_share(valid), [0.5, 0.25, 0.25])
    assert missing_share(np.zeros((2, 1, 1), dtype=bool), np.array([True])).tolist() == [1.0, 1.0]
