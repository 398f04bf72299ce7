"""Compositing: against plain loops, masks by their definitions, periods."""

from __future__ import annotations

import numpy as np
import pytest
from dated_stacks import ListeningProgress, dates_every, read_series, write_stack

from cropsample_plugin.engine.errors import InputError, MismatchError, StackError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.composite_stack import CompositeRequest, CompositeSettings, composite_stack
from cropsample_plugin.engine.timeseries.compositing.composites import METHODS, composite
from cropsample_plugin.engine.timeseries.compositing.mask_rules import mask_rule
from cropsample_plugin.engine.timeseries.compositing.mask_source import MaskRequest
from cropsample_plugin.engine.timeseries.compositing.periods import make_periods
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions

N_DATES, N_BANDS, N_PIXELS = 20, 3, 60
DAYS = 18000 + np.arange(N_DATES) * 9.0


def example(dtype):
    rng = np.random.default_rng(0)
    values = rng.integers(0, 5000, (N_DATES, N_BANDS, N_PIXELS)).astype(dtype)
    return values, rng.random((N_DATES, N_PIXELS)) < 0.6, rng.random((N_DATES, N_PIXELS)).astype(np.float32)


def by_loop(values, usable, scores, method, n_periods, nodata, period_days=30):  # noqa: PLR0917 - one loop
    """Composite pixel by pixel, as the definitions read."""
    result = np.full((n_periods, N_BANDS, N_PIXELS), nodata, dtype=float)
    for period in range(n_periods):
        start = DAYS[0] + period * period_days
        middle = start + (period_days - 1) / 2
        for pixel in range(N_PIXELS):
            own = [t for t in range(N_DATES) if start <= DAYS[t] < start + period_days and usable[t, pixel]]
            if not own:
                continue
            if method == "median":
                result[period, :, pixel] = np.median(values[own, :, pixel], axis=0)
                continue
            own.sort(key=lambda t: abs(DAYS[t] - middle))
            if method == "medoid":
                points = values[own, :, pixel].astype(float)
                cost = np.sqrt(((points[:, None] - points[None]) ** 2).sum(-1)).sum(1)
            else:
                cost = [scores[t, pixel] for t in own]
            result[period, :, pixel] = values[own[int(np.argmin(cost))], :, pixel]
    return result


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("dtype", ["float32", "uint16"])
def test_composites_equal_a_plain_loop(method, dtype):
    values, usable, scores = example(dtype)
    periods = make_periods(DAYS, None, 30, 0, SilentProgress())
    found, counts = composite(values, usable, periods, method, scores, 65535)
    expected = by_loop(values, usable, scores, method, periods.n_periods, 65535)
    np.testing.assert_allclose(found, np.rint(expected) if dtype == "uint16" else expected)
    assert counts.sum() == usable.sum()


def test_equal_scores_take_the_date_nearest_to_the_middle():
    values = np.arange(4, dtype=np.float32)[:, None, None]
    periods = make_periods(np.array([0.0, 10, 16, 29]), None, 30, 1, SilentProgress())
    found, _ = composite(values, np.ones((4, 1), bool), periods, "least_cloudy", None, np.nan)
    assert found.item() == 2.0


@pytest.mark.parametrize(
    ("kind", "band", "clear", "cloudy"),
    [
        ("auto", "SCL", [4, 5, 6, 7], [0, 1, 3, 8, 9, 10, 11]),
        ("auto", "QA60", [0, 1, 512], [1024, 2048, 3072]),
        ("auto", "QA_PIXEL", [21824 & ~0b111111, 64], [1, 2, 4, 8, 16, 32, 22280]),
        ("auto", "cloud_probability", [0, 40], [41, 100]),
    ],
)
def test_masks_mean_what_their_sources_say(kind, band, clear, cloudy):
    rule = mask_rule(kind, band)
    assert rule.is_clear(np.array(clear, dtype=np.uint16)).all()
    assert not rule.is_clear(np.array(cloudy, dtype=np.uint16)).any()
    assert not rule.is_clear(np.array([np.nan], dtype=np.float32)).any()


def test_any_band_can_be_a_mask_with_a_rule():
    rule = mask_rule("rule", "fmask", "(value == 0) | (value == 1)")
    assert rule.is_clear(np.array([0, 1, 2, 4])).tolist() == [True, True, False, False]
    assert mask_rule("auto", "odd", "0 < value < 5").is_clear(np.array([0, 3, 5])).tolist() == [False, True, False]
    for kind, text, problem in (
        ("rule", "", "no rule"),
        ("rule", "other < 3", "value"),
        ("auto", "", "not known"),
        ("radar", "", "Unknown kind"),
        ("rule", "__import__('os')", "no arithmetic"),
    ):
        with pytest.raises(InputError, match=problem):
            mask_rule(kind, "odd", text)


def togo_like(tmp_path, n=24):
    """Return a stack of 15-day dates with a probability band, as the recipe of Togo takes it."""
    rng = np.random.default_rng(1)
    cube = rng.integers(100, 4000, (n, 3, 20, 30)).astype(np.uint16)
    cube[:, 2] = rng.integers(0, 101, (n, 20, 30))
    return cube, write_stack(
        tmp_path / "in.tif", cube, dates_every(n, 15, "2019-04-22"), ("B04", "B08", "probability"), scale=None
    )


def test_the_recipe_of_togo_takes_the_least_cloudy_of_30_days_twelve_times(tmp_path):
    cube, path = togo_like(tmp_path)
    mask = MaskRequest(band="probability", max_probability=100.0)
    request = CompositeRequest(path, str(tmp_path / "out.tif"), str(tmp_path / "n.tif"), mask=mask)
    summary = composite_stack(request, RunOptions(), SilentProgress())
    values, dates, stack = read_series(tmp_path / "out.tif")
    assert stack.bands == ("B04", "B08")
    assert (len(dates), dates[0], dates[-1]) == (12, "2019-04-22", "2020-03-17")
    for period in range(12):
        pair = cube[2 * period : 2 * period + 2]
        least = pair[:, 2].argmin(axis=0)
        expected = np.take_along_axis(pair[:, 0], least[None], axis=0)[0]
        differ = pair[0, 2] != pair[1, 2]
        np.testing.assert_array_equal(values[:, period, 0].reshape(20, 30)[differ], expected[differ])
    assert summary.gap_shares == (0.0,) * 12
    counts, _, counted = read_series(tmp_path / "n.tif")
    assert counted.bands == ("observations", "gaps")
    assert (counts[..., 0] == 2).all()
    assert (counts[..., 1] == 0).all()
    assert stack.tags["CROPSAMPLE_PREPROCESSING"] == "composite_least_cloudy(period_days=30)"


def test_gaps_are_counted_and_stay_empty(tmp_path):
    _, path = togo_like(tmp_path)
    mask = MaskRequest(band="probability", max_probability=20.0)
    request = CompositeRequest(path, str(tmp_path / "out.tif"), str(tmp_path / "n.tif"), mask=mask)
    summary = composite_stack(request, RunOptions(), SilentProgress())
    values, _, _ = read_series(tmp_path / "out.tif")
    counts, _, _ = read_series(tmp_path / "n.tif")
    np.testing.assert_array_equal(np.isnan(values[:, :, 0]), counts[:, :, 0] == 0)
    np.testing.assert_array_equal(counts.sum(axis=2), 2)
    np.testing.assert_allclose(summary.gap_shares, (counts[:, :, 0] == 0).mean(axis=0))


def test_maximum_ndvi_uses_scaled_bands_and_known_roles(tmp_path):
    cube, path = togo_like(tmp_path)
    request = CompositeRequest(path, str(tmp_path / "out.tif"), settings=CompositeSettings("max_ndvi"))
    composite_stack(request, RunOptions(), SilentProgress())
    values, _, _ = read_series(tmp_path / "out.tif")
    red, near_infrared = cube[:2, 0].astype(float), cube[:2, 1].astype(float)
    best = ((near_infrared - red) / (near_infrared + red)).max(axis=0)
    own = values[:, 0].reshape(20, 30, 3)
    np.testing.assert_allclose((own[..., 1] - own[..., 0]) / (own[..., 1] + own[..., 0]), best, rtol=1e-5)
    unknown = write_stack(tmp_path / "unknown.tif", cube[:, :2], dates_every(24, 15), ("x", "y"))
    with pytest.raises(InputError, match="N=x"):
        composite_stack(
            CompositeRequest(unknown, str(tmp_path / "o.tif"), settings=CompositeSettings("max_ndvi")),
            RunOptions(),
            SilentProgress(),
        )


def test_masks_on_other_grids_sizes_or_dates_are_refused_with_what_differs(tmp_path):
    dates = dates_every(4, 10)
    cube = np.ones((4, 1, 20, 20), np.uint16)
    path = write_stack(tmp_path / "in.tif", cube, dates, ("B04",))

    def run(mask_path, **mask):
        request = CompositeRequest(path, str(tmp_path / "o.tif"), mask=MaskRequest(str(mask_path), **mask))
        composite_stack(request, RunOptions(), SilentProgress())

    smaller = write_stack(tmp_path / "small.tif", cube[..., :19], dates, ("SCL",), scale=None)
    moved = write_stack(tmp_path / "moved.tif", cube, dates, ("SCL",), scale=None, pixel_m=20.0)
    fewer = write_stack(tmp_path / "fewer.tif", cube[:3], dates[:3], ("SCL",), scale=None)
    two = write_stack(tmp_path / "two.tif", np.ones((4, 2, 20, 20), np.uint16), dates, ("SCL", "QA60"), scale=None)
    with pytest.raises(MismatchError, match="19 x 20 pixels"):
        run(smaller)
    with pytest.raises(MismatchError, match="another grid"):
        run(moved)
    with pytest.raises(MismatchError, match=dates[3]):
        run(fewer)
    with pytest.raises(StackError, match="2 bands"):
        run(two)
    with pytest.raises(StackError, match="no band"):
        run(two, band="CLP")
    assert not (tmp_path / "o.tif").exists()


def test_periods_that_do_not_fit_the_series():
    progress = ListeningProgress()
    make_periods(DAYS, None, 1000, 12, progress)
    assert "one period" in progress.warnings
    progress = ListeningProgress()
    make_periods(np.array([0.0, 100.0]), None, 30, 0, progress)
    assert "number 2, 3" in progress.warnings
    for arguments, problem in (((0.0, 30, 2), "None of the"), ((None, 0, 2), "impossible"), ((None, 1, 10**6), "more")):
        with pytest.raises(InputError, match=problem):
            make_periods(DAYS, *arguments, SilentProgress())


def test_without_a_clear_observation_the_user_is_told(tmp_path):
    cube = np.full((4, 2, 20, 20), 9, np.uint16)
    path = write_stack(tmp_path / "in.tif", cube, dates_every(4, 10), ("B04", "SCL"), scale=None)
    progress = ListeningProgress()
    request = CompositeRequest(path, str(tmp_path / "o.tif"), mask=MaskRequest(band="SCL"))
    summary = composite_stack(request, RunOptions(), progress)
    assert "No pixel has a single clear observation" in progress.warnings
    assert set(summary.gap_shares) == {1.0}
    assert np.isnan(read_series(tmp_path / "o.tif")[0]).all()
