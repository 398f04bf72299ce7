"""Series layers: bad values, fields and settings with what the user is told, blocks of rows, cancel."""

from __future__ import annotations

import numpy as np
import pyogrio.raw
import pytest
import shapely
from dated_stacks import ListeningProgress, dates_every
from stack_cases import context

from cropsample_plugin.engine.errors import CanceledError, InputError, SamplesError
from cropsample_plugin.engine.timeseries import series_layer
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.jobs.registry import job_module, read_parameters

DATES = [date.replace("-", "") for date in dates_every(23, 16, "2020-01-05")]
SEASON = 0.3 + 0.4 * np.exp(-(((np.arange(23) - 11) / 4.0) ** 2))[:, None] * np.ones((1, 4))
OPERATIONS = {
    "compositetimeseries": {"period_days": 32, "n_periods": 0},
    "preprocesstimeseries": {"method": "7_day_linear_whittaker"},
    "spectralindices": {"indices": "double = NDVI * 2"},
    "detectseasons": {},
}


def series_fields(values, band="NDVI", dates=DATES):
    return {f"{band}_{date}": values[step] for step, date in enumerate(dates)}


def write_layer(path, fields):
    n_rows = len(next(iter(fields.values())))
    points = np.array([shapely.to_wkb(shapely.Point(k, 0)) for k in range(n_rows)], dtype=object)
    options = {"layer": "s", "driver": "GPKG", "geometry_type": "Point", "crs": "EPSG:4326"}
    pyogrio.raw.write(path, points, list(fields.values()), list(fields), **options)
    return str(path)


def operate(name, fields, folder, **more):
    """Run an operation on a layer of these fields; return its outputs, the series written, and what was warned of."""
    progress = ListeningProgress()
    module = job_module(name)
    output = str(folder / f"{name}.gpkg")
    given = OPERATIONS[name] | {"samples": write_layer(folder / "in.gpkg", fields), "output_series": output} | more
    outputs = module.run(read_parameters(module, given), context(progress)).outputs
    return outputs, SampleTable.read(output), progress.warnings


@pytest.mark.parametrize("name", OPERATIONS)
def test_rows_without_a_valid_observation_are_kept_and_told(tmp_path, name):
    _, table, warnings = operate(name, series_fields(np.full((23, 4), np.nan)), tmp_path)
    assert table.n_rows == 4
    said = {
        "compositetimeseries": "No row has a single clear observation",
        "preprocesstimeseries": "4 of 4 rows have fewer than two values",
        "detectseasons": "too few observations: 4",
    }
    assert said.get(name, "") in warnings
    if name == "detectseasons":
        assert set(table.fields["season_reason"]) == {"too few observations"}
    else:
        assert np.isnan(series_of(table).values).all()


def test_one_observation_stays_one_observation(tmp_path):
    fields = series_fields(np.where(np.arange(23)[:, None] == 5, SEASON, np.nan))
    _, table, _ = operate("compositetimeseries", fields, tmp_path)
    assert np.isfinite(series_of(table).values).sum() == 4
    assert sum(table.fields[f"n_clear_{number:03d}"].sum() for number in range(1, 13)) == 4
    assert sum(table.fields[f"n_gaps_{number:03d}"].sum() for number in range(1, 13)) == 4 * 22
    _, table, warnings = operate("preprocesstimeseries", fields, tmp_path)
    assert "4 of 4 rows" in warnings
    assert np.isfinite(series_of(table).values).sum() <= 4
    outputs, _, _ = operate("detectseasons", fields, tmp_path)
    assert outputs["reasons"] == {"too few observations": 4}


def test_a_single_date_is_no_series(tmp_path):
    fields = series_fields(SEASON[:1], dates=DATES[:1])
    with pytest.raises(InputError, match="single date"):
        operate("preprocesstimeseries", fields, tmp_path)
    with pytest.raises(InputError, match="longer than the series"):
        operate("detectseasons", fields, tmp_path)


@pytest.mark.parametrize("name", OPERATIONS)
def test_unsorted_fields_give_what_sorted_ones_give(tmp_path, name):
    fields = series_fields(SEASON)
    _, expected, _ = operate(name, fields, tmp_path)
    _, found, _ = operate(name, dict(reversed(fields.items())), tmp_path)
    np.testing.assert_array_equal(series_of(found).values, series_of(expected).values)


@pytest.mark.parametrize("name", OPERATIONS)
def test_repeated_dates_are_named_and_nothing_is_written(tmp_path, name):
    fields = series_fields(SEASON) | {"NDVI_2020-01-21": SEASON[0]}
    with pytest.raises(SamplesError, match="NDVI_20200121 and NDVI_2020-01-21"):
        operate(name, fields, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["in.gpkg"]


def test_periods_that_do_not_go_with_the_dates(tmp_path):
    _, _, warnings = operate("compositetimeseries", series_fields(SEASON), tmp_path, period_days=1000)
    assert "one period" in warnings
    with pytest.raises(InputError, match="longer than the series"):
        operate("preprocesstimeseries", series_fields(SEASON), tmp_path, period_days=900)
    with pytest.raises(InputError, match="longer than the series"):
        operate("detectseasons", series_fields(SEASON), tmp_path, step_days=900)


def test_a_forgotten_scale_is_warned_about(tmp_path):
    _, _, warnings = operate("detectseasons", series_fields(SEASON * 10000), tmp_path)
    assert "scale forgotten" in warnings
    bands = series_fields(SEASON * 10000, "B08") | series_fields(SEASON * 5000, "B04")
    _, _, warnings = operate("spectralindices", bands, tmp_path, indices="EVI2")
    assert "scale" in warnings


def test_unknown_roles_and_absent_bands_are_named(tmp_path):
    unknown = series_fields(SEASON, "x") | series_fields(SEASON, "y")
    for name in ("spectralindices", "detectseasons"):
        more = {"indices": "NDVI"} if name == "spectralindices" else {}
        with pytest.raises(InputError, match="N=x"):
            operate(name, unknown, tmp_path, **more)
    with pytest.raises(InputError, match="B11"):
        operate("spectralindices", series_fields(SEASON), tmp_path, indices="moist = B11 / NDVI")


def test_assumptions_are_told(tmp_path):
    _, _, warnings = operate("compositetimeseries", series_fields(SEASON), tmp_path)
    assert "No cloud mask is given" in warnings
    _, _, warnings = operate("preprocesstimeseries", series_fields(SEASON), tmp_path, extrapolate=True)
    assert "repeat the nearest one" in warnings


@pytest.mark.parametrize("name", OPERATIONS)
def test_rows_are_done_in_blocks_that_do_not_show_and_can_be_cancelled(tmp_path, monkeypatch, name):
    fields = series_fields(SEASON * np.array([1.0, 0.9, 1.1, 0.5]))
    _, expected, _ = operate(name, fields, tmp_path)
    monkeypatch.setattr(series_layer, "_ROWS_PER_BLOCK", 3)
    _, found, _ = operate(name, fields, tmp_path)
    np.testing.assert_array_equal(series_of(found).values, series_of(expected).values)
    assert list(found.fields) == list(expected.fields)
    module, progress = job_module(name), ListeningProgress(cancel_after=1)
    output = tmp_path / "cancelled.gpkg"
    given = OPERATIONS[name] | {"samples": str(tmp_path / "in.gpkg"), "output_series": str(output)}
    with pytest.raises(CanceledError):
        module.run(read_parameters(module, given), context(progress))
    assert not output.exists()
