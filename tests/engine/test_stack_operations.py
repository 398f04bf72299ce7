"""Operations on whole stacks: block sizes, resume, cancel, bounded memory, bad input; and the same on series layers."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import rasterio
import shapely
from dated_stacks import ListeningProgress, dates_every, read_series, write_stack
from stack_cases import (
    HEIGHT,
    JOBS,
    WIDTH,
    content,
    context,
    run,
    series_layer,
    write_season_stack,
)

from cropsample_plugin.engine.block_plan import NativeGrid
from cropsample_plugin.engine.errors import CanceledError, InputError, OutputError, StackError
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.stacks import block_run, tile_plan
from cropsample_plugin.engine.timeseries.stacks.tile_plan import Budget, plan_tiles
from cropsample_plugin.jobs import composite_time_series, detect_seasons, preprocess_time_series, spectral_indices


@pytest.fixture
def stack(tmp_path):
    return write_season_stack(tmp_path / "in.tif")


def same(first, second):
    np.testing.assert_array_equal(first[0], second[0])
    assert first[1:3] == second[1:3]
    assert first[4] == second[4]


def small_tiles(monkeypatch, size):
    monkeypatch.setattr(tile_plan, "TILE_PX", size)


@pytest.mark.parametrize("name", JOBS)
def test_results_do_not_depend_on_blocks_or_threads(stack, tmp_path, monkeypatch, name):
    run(name, stack, tmp_path / "one.tif")
    small_tiles(monkeypatch, 16)
    run(name, stack, tmp_path / "many.tif", threads=1)
    run(name, stack, tmp_path / "little.tif", memory_mb=60)
    same(content(tmp_path / "one.tif"), content(tmp_path / "many.tif"))
    same(content(tmp_path / "one.tif"), content(tmp_path / "little.tif"))


@pytest.mark.parametrize("name", JOBS)
def test_a_canceled_run_continues_and_gives_the_same_bytes(stack, tmp_path, monkeypatch, name):
    small_tiles(monkeypatch, 32)
    run(name, stack, tmp_path / "whole.tif", threads=1)
    progress = ListeningProgress(cancel_after=3)
    with pytest.raises(CanceledError):
        run(name, stack, tmp_path / "part.tif", progress, threads=1)
    assert not (tmp_path / "part.tif").exists()
    again = ListeningProgress()
    run(name, stack, tmp_path / "part.tif", again, threads=1)
    assert any("are kept" in message for _, message in again.logged)
    assert (tmp_path / "part.tif").read_bytes() == (tmp_path / "whole.tif").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.tif", "part.tif", "whole.tif"]


@pytest.mark.parametrize("harm", ["cut data", "cut journal", "damaged data", "no journal", "other parameters"])
def test_what_a_kill_left_is_checked_before_it_is_used(stack, tmp_path, monkeypatch, harm):
    small_tiles(monkeypatch, 32)
    run("preprocess", stack, tmp_path / "whole.tif", threads=1)
    with pytest.raises(CanceledError):
        run("preprocess", stack, tmp_path / "part.tif", ListeningProgress(cancel_after=4), threads=1)
    data, journal = tmp_path / "part.tif.unfinished", tmp_path / "part.tif.journal"
    raw = data.read_bytes()
    more = {}
    if harm == "cut data":
        data.write_bytes(raw[:-1000])
    elif harm == "cut journal":
        journal.write_text(journal.read_text()[:-200])
    elif harm == "damaged data":
        data.write_bytes(raw[:-2000] + bytes(2000))
    elif harm == "no journal":
        journal.unlink()
    else:
        more = {"smoothness": 50.0}
    run("preprocess", stack, tmp_path / "part.tif", threads=1, **more)
    if more:
        run("preprocess", stack, tmp_path / "whole.tif", threads=1, **more)
    same(content(tmp_path / "part.tif"), content(tmp_path / "whole.tif"))


def test_a_full_disk_keeps_what_is_finished(stack, tmp_path, monkeypatch):
    small_tiles(monkeypatch, 32)
    whole = run("indices", stack, tmp_path / "whole.tif", threads=1)
    appended = block_run.TileStore.append
    calls = []

    def full(self, block, packed):
        calls.append(block.index)
        if len(calls) == 3:
            raise OutputError("The disk is full.")
        appended(self, block, packed)

    monkeypatch.setattr(block_run.TileStore, "append", full)
    with pytest.raises(OutputError, match="full"):
        run("indices", stack, tmp_path / "out.tif", threads=1)
    monkeypatch.setattr(block_run.TileStore, "append", appended)
    assert run("indices", stack, tmp_path / "out.tif", threads=1)["gap_share"] == whole["gap_share"]
    same(content(tmp_path / "out.tif"), content(tmp_path / "whole.tif"))


@pytest.mark.parametrize(
    ("grid", "need", "memory_mb"),
    [
        (NativeGrid(256, 256), 1000, 1500),
        (NativeGrid(1, 10980), 3000, 1500),
        (NativeGrid(512, 512), 20_000, 800),
        (NativeGrid(256, 256), 100_000, 600),
    ],
)
def test_blocks_fit_the_memory_and_consist_of_whole_tiles(grid, need, memory_mb):
    plan = plan_tiles(10980, 10980, grid, Budget(2, memory_mb, need))
    largest = max(plan.blocks.block(index).n_pixels for index in range(plan.blocks.n_blocks))
    available = max(memory_mb - 450, 0.3 * memory_mb) * 1024**2
    assert 3 * largest * need <= available
    assert all(edge % plan.tile_height == 0 for edge in plan.blocks.row_edges[:-1])
    assert all(edge % plan.tile_width == 0 for edge in plan.blocks.column_edges[:-1])
    with pytest.raises(InputError, match="too little"):
        plan_tiles(100, 100, grid, Budget(2, 100, 10**9))


def test_raw_acquisitions_become_composites_indices_and_seasons(stack, tmp_path):
    run("composite", stack, tmp_path / "c.tif", period_days=15)
    preprocess_time_series.run(
        preprocess_time_series.Parameters(
            stack=str(tmp_path / "c.tif"), output=str(tmp_path / "p.tif"), method="7_day_linear_whittaker"
        ),
        context(),
    )
    run("indices", str(tmp_path / "p.tif"), tmp_path / "i.tif")
    _, _, indices = read_series(tmp_path / "i.tif")
    history = indices.tags["CROPSAMPLE_PREPROCESSING"]
    assert history.startswith("composite_least_cloudy(period_days=15) > 7_day_linear_whittaker(")
    found = detect_seasons.run(
        detect_seasons.Parameters(
            stack=str(tmp_path / "i.tif"),
            output=str(tmp_path / "s.tif"),
            season_ids=str(tmp_path / "ids.tif"),
            season_table=str(tmp_path / "table.gpkg"),
            index="ndvi",
        ),
        context(),
    ).outputs
    seasons, names, *_ = content(tmp_path / "s.tif")
    assert names[:2] == ("season 1 start", "season 1 peak")
    assert names[-2:] == ("seasons", "reason")
    assert found["n_seasons"] == 1
    assert found["season_counts"]["1"] > 0.95 * HEIGHT * WIDTH
    rng = np.random.default_rng(0)
    peaks = 18266 + 100 + 60 * rng.random((HEIGHT, WIDTH))
    errors = np.abs(seasons[1] - peaks)[seasons[-2] == 1]
    assert np.median(errors) < 8
    ids, *_ = content(tmp_path / "ids.tif")
    np.testing.assert_array_equal(ids[0] > 0, np.isfinite(seasons[0]))
    assert seasons[-1, :5, :5].tolist() == [[1.0] * 5] * 5
    table = SampleTable.read(tmp_path / "table.gpkg")
    assert table.fields["n"].tolist() == [int((ids > 0).sum())]


@pytest.mark.parametrize("name", ["composite", "preprocess", "indices"])
def test_series_layers_get_the_values_that_rasters_get(stack, tmp_path, name):
    path, _ = series_layer(tmp_path / "samples.gpkg")
    module, parameters = JOBS[name]
    if name == "preprocess":
        parameters = parameters | {"encoding": "float32"}
    run_parameters = module.Parameters(stack=stack, output=str(tmp_path / "o.tif"), **parameters)
    module.run(run_parameters, context())
    module.run(module.Parameters(samples=path, output_series=str(tmp_path / "o.gpkg"), **parameters), context())
    raster, dates, _ = read_series(tmp_path / "o.tif")
    table = SampleTable.read(tmp_path / "o.gpkg")
    series = series_of(table)
    assert list(series.axis.labels) == dates
    np.testing.assert_allclose(series.values, raster[1000:1200], atol=2e-5)
    assert table.fields["crop"][0] == "maize"
    assert table.geometry[3] == shapely.to_wkb(shapely.Point(3, 0))


def test_seasons_of_series_layers_are_fields(tmp_path):
    path, _ = series_layer(tmp_path / "samples.gpkg")
    ndvi = str(tmp_path / "ndvi.gpkg")
    masked = str(tmp_path / "masked.gpkg")
    preprocess_time_series.run(
        preprocess_time_series.Parameters(samples=path, output_series=masked, mask_band="SCL", method="raw"), context()
    )
    spectral_indices.run(
        spectral_indices.Parameters(samples=masked, output_series=ndvi, indices="NDVI = (B08 - B04) / (B08 + B04)"),
        context(),
    )
    found = detect_seasons.run(
        detect_seasons.Parameters(
            samples=ndvi, output_series=str(tmp_path / "o.gpkg"), season_table=str(tmp_path / "t.gpkg")
        ),
        context(),
    ).outputs
    table = SampleTable.read(tmp_path / "o.gpkg")
    assert (table.fields["n_seasons"] == 1).mean() > 0.95
    assert set(table.fields["season_1_id"][table.fields["n_seasons"] == 1]) == {1.0}
    peaks = table.fields["season_1_peak"].astype("datetime64[D]")
    assert np.datetime64("2020-04-01") < np.nanmin(peaks) < np.nanmax(peaks) < np.datetime64("2020-07-10")
    assert found["n_seasons"] == 1


@pytest.mark.parametrize(
    ("name", "more", "error", "problem"),
    [
        ("composite", {"method": "mean"}, InputError, "Unknown compositing"),
        ("composite", {"start_date": "1999-01-01", "n_periods": 12}, InputError, "None of the"),
        ("composite", {"output": "in.tif"}, OutputError, "input"),
        ("composite", {"output": "out.vrt"}, OutputError, "tif"),
        ("preprocess", {"method": "spline"}, InputError, "Unknown method"),
        ("preprocess", {"period_days": 365}, InputError, "longer than the series"),
        ("preprocess", {"method": "7_day_linear_peak_alignment"}, InputError, "greenness"),
        ("preprocess", {"method": "savitzky_golay", "window_steps": 6}, InputError, "odd"),
        ("preprocess", {"encoding": "text"}, InputError, "store values"),
        ("preprocess", {"mask_kind": "none"}, InputError, "Unknown kind"),
        ("indices", {"indices": ""}, InputError, "No index"),
        ("indices", {"indices": "x = B11 / B04"}, InputError, "B11"),
        ("seasons", {"index": "a = B04, b = B08"}, InputError, "one index"),
        ("seasons", {"step_days": 600}, InputError, "longer than the series"),
        ("seasons", {"smoothing": "much"}, InputError, "Unknown smoothing"),
    ],
)
def test_bad_parameters_say_what_is_wrong_and_write_nothing(stack, tmp_path, name, more, error, problem):
    module, parameters = JOBS[name]
    output = str(tmp_path / more.get("output", "out.tif"))
    before = Path(stack).read_bytes()
    given = module.Parameters(**{"stack": stack, **parameters, **more, "output": output})
    with pytest.raises(error, match=problem):
        module.run(given, context())
    assert Path(stack).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["in.tif"]


def test_stack_and_series_layer_do_not_go_together(stack, tmp_path):
    path, _ = series_layer(tmp_path / "samples.gpkg", 5)
    for module, parameters in JOBS.values():
        for given in ({}, {"stack": stack, "samples": path, "output": "o.tif"}, {"stack": stack}, {"samples": path}):
            with pytest.raises(InputError):
                module.run(module.Parameters(**parameters, **given), context())
    with pytest.raises(InputError, match="goes with a stack"):
        composite_time_series.run(
            composite_time_series.Parameters(samples=path, output_series=str(tmp_path / "o.gpkg"), cloud_mask=stack),
            context(),
        )


def test_repeated_dates_and_truncated_files_are_named(stack, tmp_path):
    cube = np.ones((2, 1, 8, 8), np.uint16)
    twice = write_stack(tmp_path / "twice.tif", cube, ["2020-01-01", "2020-01-01"], ("B04",))
    with pytest.raises(StackError, match="twice"):
        run("indices", twice, tmp_path / "o.tif")
    unsorted = write_stack(tmp_path / "unsorted.tif", cube, ["2020-03-01", "2020-01-01"], ("B04",))
    preprocess_time_series.run(
        preprocess_time_series.Parameters(stack=unsorted, output=str(tmp_path / "o.tif")), context()
    )
    assert read_series(tmp_path / "o.tif")[1][0] == "2020-01-01"
    broken = tmp_path / "broken.tif"
    shutil.copy(stack, broken)
    with broken.open("r+b") as stream:
        stream.truncate(broken.stat().st_size // 2)
    with pytest.raises(StackError, match="cannot be read"):
        run("preprocess", str(broken), tmp_path / "p.tif")


def test_one_or_no_observation_is_said(tmp_path):
    cube = np.full((6, 1, 10, 10), 65535, np.uint16)
    cube[3, 0, 0, 0] = 5000
    path = write_stack(tmp_path / "in.tif", cube, dates_every(6, 7), ("ndvi",))
    found = run_preprocess(path, tmp_path / "o.tif", ListeningProgress())
    assert found["n_empty"] == 99
    values, _, _ = read_series(tmp_path / "o.tif")
    assert np.nanmax(values) <= 0.5
    cube[:] = 65535
    path = write_stack(tmp_path / "in.tif", cube, dates_every(6, 7), ("ndvi",))
    progress = ListeningProgress()
    run_preprocess(path, tmp_path / "o.tif", progress)
    assert "single clear observation" in progress.warnings
    seasons = detect_seasons.run(
        detect_seasons.Parameters(stack=path, output=str(tmp_path / "s.tif"), season_ids=str(tmp_path / "i.tif")),
        context(progress),
    ).outputs
    assert (seasons["n_seasons"], seasons["reasons"]) == (0, {"too few observations": 100})
    assert "No season was found" in progress.warnings


def test_seasons_of_unscaled_values_are_warned_about(tmp_path):
    days = np.arange(30) * 12.0
    cube = 1500 + 6000 * np.exp(-(((days - 170) / 45) ** 2))[:, None, None, None] * np.ones((1, 1, 8, 8))
    for scale, is_warned in ((None, True), (0.0001, False)):
        path = write_stack(
            tmp_path / "in.tif", cube.astype(np.uint16), dates_every(30, 12, "2020-01-05"), ("NDVI",), scale=scale
        )
        progress = ListeningProgress()
        given = detect_seasons.Parameters(stack=path, output=str(tmp_path / "s.tif"))
        found = detect_seasons.run(given, context(progress)).outputs
        assert found["n_seasons"] == 1
        assert ("up to 7,4" in progress.warnings and "scale forgotten" in progress.warnings) == is_warned


def test_more_seasons_than_are_kept_are_said(tmp_path):
    days = np.arange(72) * 10.0
    cube = 2000 + 5000 * np.maximum(0.0, np.sin(days / 365 * 4 * np.pi))[:, None, None, None] * np.ones((1, 1, 8, 8))
    path = write_stack(tmp_path / "in.tif", cube.astype(np.uint16), dates_every(72, 10), ("NDVI",))
    for most, n_kept in ((0, 6), (1, 1)):
        progress = ListeningProgress()
        given = detect_seasons.Parameters(stack=path, output=str(tmp_path / "s.tif"), max_seasons=most)
        found = detect_seasons.run(given, context(progress)).outputs
        assert found["season_counts"] == {"4": 64}
        assert ("64 of 64 series have more than 1 seasons" in progress.warnings) == (most == 1)
        with rasterio.open(tmp_path / "s.tif") as made:
            assert made.count == 5 * n_kept + 2
            assert np.isfinite(made.read(5 * n_kept)).all() == (n_kept == 1)


def run_preprocess(path, output, progress):
    given = preprocess_time_series.Parameters(stack=path, output=str(output))
    return preprocess_time_series.run(given, context(progress)).outputs


def test_series_layers_of_steps_cannot_be_placed_in_time(tmp_path):
    fields = {f"NDVI_t{step:02d}": np.random.default_rng(0).random(4) for step in range(1, 13)}
    points = np.array([shapely.to_wkb(shapely.Point(k, 0)) for k in range(4)], dtype=object)
    options = {"layer": "s", "driver": "GPKG", "geometry_type": "Point", "crs": "EPSG:4326"}
    pyogrio.raw.write(tmp_path / "t.gpkg", points, list(fields.values()), list(fields), **options)
    with pytest.raises(InputError, match="without dates"):
        preprocess_time_series.run(
            preprocess_time_series.Parameters(samples=str(tmp_path / "t.gpkg"), output_series=str(tmp_path / "o.gpkg")),
            context(),
        )


def test_bands_of_other_types_and_absent_bands_are_read(tmp_path):
    cube = np.full((3, 2, 8, 8), 100, np.int32)
    path = write_stack(tmp_path / "in.tif", cube, dates_every(3, 10), ("a", "b"), nodata=None)
    with rasterio.open(path, "r+") as dataset:
        dataset.set_band_description(6, "")
    run_preprocess(path, tmp_path / "o.tif", ListeningProgress())
    values, _, stack = read_series(tmp_path / "o.tif")
    assert stack.dtype == "float32"
    np.testing.assert_allclose(values[:, :2], 0.01, rtol=1e-6)
    assert np.isnan(values[:, 2, 1]).all()
