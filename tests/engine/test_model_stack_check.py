"""What a model says of a stack that it was not trained for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin
from training_factories import make_package, make_training_set

from cropsample_plugin.engine.errors import MismatchError
from cropsample_plugin.engine.models.compatibility import check_stack
from cropsample_plugin.engine.models.expectations import expectations_from_json, expectations_to_json
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.series import AxisKind, TimeAxis

DATES = ["2019-01-15", "2019-03-15", "2019-05-15", "2019-07-15", "2019-09-15", "2019-11-15"]
DATE_AXIS = TimeAxis(AxisKind.DATE, tuple(DATES))


@pytest.fixture(scope="module")
def package():
    return make_package(axis=DATE_AXIS)


@pytest.fixture(scope="module")
def step_package():
    return make_package()


def write_stack(path, dates=DATES, bands=("B01", "B02"), static=(), scale=1.0, level=1.0):
    names = [f"{date} {band}" for date in dates for band in bands] + list(static)
    values = level * np.random.default_rng(0).uniform(0.0, 2.0, size=(len(names), 40, 50))
    with rasterio.open(
        path, "w", driver="GTiff", width=50, height=40, count=len(names), dtype="float32", nodata=-1.0,
        crs="EPSG:32631", transform=from_origin(0, 0, 10, 10),
    ) as dataset:  # fmt: skip
        dataset.write(values.astype(np.float32))
        dataset.descriptions = names
        dataset.scales = [scale] * len(names)
    return DatedStack.open(path)


def shifted(days, dates=DATES):
    return [str(np.datetime64(date) + days) for date in dates]


@pytest.mark.parametrize("days", [0, 10, -16, 365, 365 * 3 + 9])
def test_the_same_season_of_any_year_fits(tmp_path, package, days):
    selection = check_stack(package, write_stack(tmp_path / "stack.tif", shifted(days)))
    assert selection.timesteps.tolist() == [0, 1, 2, 3, 4, 5]


def test_bands_are_found_by_name_in_any_order(tmp_path):
    package = make_package(axis=DATE_AXIS, static_bands=())
    stack = write_stack(tmp_path / "stack.tif", bands=("extra", "B02", "B01"))
    selection = check_stack(package, stack)
    assert selection.bands.tolist() == [2, 1]
    values = np.arange(6 * 3, dtype=np.float32).reshape(1, 6, 3)
    taken, _ = selection.take(values, np.zeros((1, 0), np.float32))
    assert taken[0, 0].tolist() == [2.0, 1.0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"bands": ("B01", "b2")}, r"lacks bands that the model needs: B02\. It has: B01, b2"),
        ({"dates": DATES[:5]}, r"trained on 6 dates, the stack has 5: 2019-01-15 to 2019-09-15"),
        ({"dates": shifted(90)}, "about 90 days later in the season"),
        ({"dates": shifted(-90)}, "about 90 days earlier in the season"),
        ({"dates": [*DATES[:5], "2019-12-20"]}, "date 6 is 2019-12-20, 35 days from 2019-11-15"),
        ({"level": 10000.0}, "times larger.*scale forgotten"),
        ({"level": 0.0001}, "times smaller.*scale forgotten"),
    ],
)
def test_what_differs_is_said(tmp_path, package, options, words):
    with pytest.raises(MismatchError, match=words) as caught:
        check_stack(package, write_stack(tmp_path / "stack.tif", **options))
    assert caught.value.remedy


def test_a_scale_in_the_file_is_not_forgotten(tmp_path, package):
    check_stack(package, write_stack(tmp_path / "stack.tif", level=10000.0, scale=0.0001))


def test_an_empty_stack_cannot_be_judged_by_its_values(tmp_path, package):
    check_stack(package, write_stack(tmp_path / "stack.tif", level=np.nan))


def test_static_bands_are_needed_too(tmp_path):
    package = make_package(samples=make_training_set(n_static=1), axis=DATE_AXIS, static_bands=("elevation",))
    with pytest.raises(MismatchError, match=r"static bands that the model needs: elevation\. It has: none"):
        check_stack(package, write_stack(tmp_path / "stack.tif"))
    selection = check_stack(package, write_stack(tmp_path / "with.tif", static=("slope", "elevation")))
    assert selection.static_bands.tolist() == [1]


def test_steps_need_only_as_many_dates(tmp_path, step_package):
    check_stack(step_package, write_stack(tmp_path / "stack.tif", shifted(200)))
    with pytest.raises(MismatchError, match="trained on 6 dates"):
        check_stack(step_package, write_stack(tmp_path / "short.tif", DATES[:4]))


def test_a_season_is_taken_out_of_a_longer_stack(tmp_path, step_package):
    dates = [*DATES, *shifted(365), *shifted(730)]
    stack = write_stack(tmp_path / "stack.tif", dates)
    with pytest.raises(MismatchError, match="name the start of the season"):
        check_stack(step_package, stack)
    assert check_stack(step_package, stack, season_start="2020-01-01").timesteps.tolist() == list(range(6, 12))
    with pytest.raises(MismatchError, match="has 3 from 2021-07-01 on"):
        check_stack(step_package, stack, season_start="2021-07-01")


def test_days_of_the_year_fit_the_same_days_of_any_year(tmp_path):
    axis = TimeAxis(AxisKind.DAY_OF_YEAR, ("15", "74", "135", "196", "258", "319"))
    package = make_package(axis=axis)
    check_stack(package, write_stack(tmp_path / "stack.tif", shifted(365)))
    with pytest.raises(MismatchError, match="later in the season"):
        check_stack(package, write_stack(tmp_path / "late.tif", shifted(60)))


def test_the_tolerance_is_a_choice(tmp_path, package):
    stack = write_stack(tmp_path / "stack.tif", shifted(25))
    with pytest.raises(MismatchError, match="16 days are allowed"):
        check_stack(package, stack)
    check_stack(package, stack, tolerance_days=30)


@pytest.mark.parametrize(
    ("trained_on", "stack_is", "fits"),
    [
        ("raw", "", True),
        ("7_day_linear(period_days=7)", "7_day_linear(period_days=7)", True),
        (None, "7_day_linear(period_days=7)", True),
        ("raw", "7_day_linear(period_days=7)", False),
        ("7_day_linear(period_days=7)", "", False),
        ("7_day_linear(period_days=7)", "raw_whittaker(smoothness=10)", False),
    ],
)
def test_another_preprocessing_is_refused(tmp_path, package, trained_on, stack_is, fits):
    expects = replace(package.expects, preprocessing=trained_on)
    asked = replace(package, expects=expects)
    assert expectations_from_json(expectations_to_json(expects)).preprocessing == trained_on
    path = tmp_path / "stack.tif"
    write_stack(path)
    with rasterio.open(path, "r+") as dataset:
        dataset.update_tags(**({"CROPSAMPLE_PREPROCESSING": stack_is} if stack_is else {}))
    if fits:
        check_stack(asked, DatedStack.open(path))
        return
    with pytest.raises(MismatchError, match="preprocessed as") as caught:
        check_stack(asked, DatedStack.open(path))
    assert trained_on in caught.value.message
    assert (stack_is or "raw") in caught.value.message
