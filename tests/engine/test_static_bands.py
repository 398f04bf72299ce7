"""What travels through operations on stacks beside the series: static bands, and what was done before."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from dated_stacks import ListeningProgress, read_series, write_stack
from stack_cases import BANDS, HEIGHT, JOBS, WIDTH, context, run, season_cube, series_layer, write_season_stack

from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.processing_history import history_of
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table
from cropsample_plugin.jobs import build_time_series

STATIC = {"elevation": np.int16, "slope": np.float32, "soil": np.uint16}


@pytest.fixture
def stack(tmp_path):
    return write_season_stack(tmp_path / "in.tif")


def with_static(path, target, names):
    """Build a stack of a stack and static bands; return it and their stored values."""
    rng = np.random.default_rng(1)
    values = {name: rng.integers(0, 900, (HEIGHT, WIDTH)).astype(STATIC[name]) for name in names}
    files = [path]
    for name, layer in values.items():
        file = target.with_name(f"{name}.tif")
        with rasterio.open(path) as given:
            profile = given.profile | {"count": 1, "dtype": layer.dtype, "nodata": 899}
        with rasterio.open(file, "w", **profile) as dataset:
            dataset.write(layer, 1)
            dataset.descriptions = [name]
            dataset.scales = [0.5]
        files.append(str(file))
    build_time_series.run(build_time_series.Parameters(inputs=tuple(files), output=str(target)), context())
    return str(target), values


@pytest.mark.parametrize("name", ["composite", "preprocess", "indices"])
@pytest.mark.parametrize("static", [("soil",), ("soil", "elevation"), ("slope", "soil")])
def test_static_bands_travel(stack, tmp_path, name, static):
    whole, values = with_static(stack, tmp_path / "whole.vrt", static)
    run(name, stack, tmp_path / "without.tif")
    run(name, whole, tmp_path / "with.tif")
    dated, _, without = read_series(tmp_path / "without.tif")
    same_dated, _, made = read_series(tmp_path / "with.tif")
    np.testing.assert_allclose(same_dated, dated, rtol=2e-4, atol=6e-5)
    assert without.static_bands == ()
    assert made.static_bands == static
    # Only what 16 bits without a sign can hold stays there.
    stays_stored = name != "indices" and static == ("soil",)
    assert (made.dtype == "uint16") == stays_stored
    with rasterio.open(tmp_path / "with.tif") as dataset:
        for band, number in zip(static, made.static_band_numbers):
            found = dataset.read(int(number), masked=True).astype(float) * dataset.scales[number - 1]
            missing = np.ma.getmaskarray(found) | np.isnan(found.data)
            np.testing.assert_array_equal(missing, values[band] == 899)
            np.testing.assert_allclose(found.data[~missing], 0.5 * values[band][~missing])


def test_static_bands_that_do_not_fit_the_type_asked_for_are_left_out_and_named(stack, tmp_path):
    whole, _ = with_static(stack, tmp_path / "whole.vrt", ("slope",))
    listening = ListeningProgress()
    run("preprocess", whole, tmp_path / "p.tif", listening, encoding="int16")
    assert DatedStack.open(tmp_path / "p.tif").static_bands == ()
    assert "slope are left out: int16 cannot hold their float32" in listening.warnings


def test_a_stack_built_of_composites_says_how_they_were_made(stack, tmp_path):
    run("composite", stack, tmp_path / "c.tif")
    with_static(str(tmp_path / "c.tif"), tmp_path / "built.vrt", ("soil",))
    assert history_of(DatedStack.open(tmp_path / "built.vrt").tags) == "composite_least_cloudy(period_days=30)"
    other = write_stack(tmp_path / "later.tif", season_cube()[:1, :2], ["2023-01-01"], BANDS[:2])
    parameters = build_time_series.Parameters(inputs=(str(tmp_path / "c.tif"), other), output=str(tmp_path / "b.vrt"))
    listening = ListeningProgress()
    build_time_series.run(parameters, context(listening))
    assert history_of(DatedStack.open(tmp_path / "b.vrt").tags) == "composite_least_cloudy(period_days=30) | raw"
    assert "preprocessed differently" in listening.warnings


@pytest.mark.parametrize("name", ["composite", "preprocess", "indices"])
def test_fields_of_static_bands_stay_in_series_layers(tmp_path, name):
    table, _ = series_layer(tmp_path / "series.gpkg")
    fields = {**SampleTable.read(table).fields, "static_slope": np.arange(200.0)}
    write_table(OutputTable(fields), tmp_path / "slope.gpkg", "samples")
    module, parameters = JOBS[name]
    out = str(tmp_path / "out.gpkg")
    given = module.Parameters(samples=str(tmp_path / "slope.gpkg"), output_series=out, **parameters)
    module.run(given, context())
    np.testing.assert_array_equal(SampleTable.read(out).fields["static_slope"], np.arange(200.0))
