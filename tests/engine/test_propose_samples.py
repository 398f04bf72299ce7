"""Proposals from file to file: maps, models, objects and samples that exist."""

from __future__ import annotations

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from mapping_cases import make_cube, physical_series, train_package, write_stack
from pyproj import Transformer
from rasterio.transform import from_origin

from cropsample_plugin.engine.accuracy.reference_origin import origin_of
from cropsample_plugin.engine.active.uncertainty import margin
from cropsample_plugin.engine.errors import InputError, OutputError, SamplesError
from cropsample_plugin.engine.mapping import candidate_pixels
from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.sampling.object_files import write_layer
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters

CRS = "EPSG:32631"
LEFT, TOP, PIXEL = 600_000, 5_600_000, 10
HEIGHT, WIDTH = 40, 50
LABELS = ("grass", "maize", "wheat")


def job(**values):
    module = job_module("proposesamples")
    return module.run(read_parameters(module, values), JobContext(SilentProgress(), 1, 1500, "cpu")).outputs


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("proposals")
    cube, truth = make_cube()
    write_stack(folder / "stack.tif", cube)
    train_package(folder / "model.zip", cube, truth)
    series = physical_series(cube)
    probabilities = load_package(folder / "model.zip").predictor().predict_probabilities(series, np.zeros((2000, 0)))
    write_probabilities(folder / "probabilities.tif", probabilities.T.reshape(3, HEIGHT, WIDTH))
    return folder, probabilities


def write_probabilities(path, bands, crs=CRS, nodata_pixels=()):
    stored = np.rint(np.asarray(bands) * 10_000).astype(np.uint16)
    for row, column in nodata_pixels:
        stored[:, row, column] = 65535
    profile = {"driver": "GTiff", "height": stored.shape[1], "width": stored.shape[2], "count": len(stored)}
    profile |= {"dtype": "uint16", "nodata": 65535, "transform": from_origin(LEFT, TOP, PIXEL, PIXEL)}
    with rasterio.open(path, "w", **profile, crs=crs) as target:
        target.write(stored)
        target.scales = (0.0001,) * len(stored)
        target.descriptions = LABELS[: len(stored)]
    return str(path)


def write_points(path, rows, columns, fields=None, crs=CRS):
    points = shapely.points(LEFT + (np.asarray(columns) + 0.5) * PIXEL, TOP - (np.asarray(rows) + 0.5) * PIXEL)
    write_layer(path, "points", fields or {"number": np.arange(len(points))}, points, crs)
    return str(path)


def pixels_of(frame):
    return ((TOP - frame.geometry.y) // PIXEL).astype(int), ((frame.geometry.x - LEFT) // PIXEL).astype(int)


def test_a_map_and_the_model_that_made_it_propose_the_same(world, tmp_path):
    folder, _ = world
    shared = {"stack": str(folder / "stack.tif"), "n_samples": 12}
    by_map, by_model = tmp_path / "a.gpkg", tmp_path / "b.gpkg"
    outputs = job(output=str(by_map), probabilities=str(folder / "probabilities.tif"), **shared)
    job(output=str(by_model), model_package=str(folder / "model.zip"), **shared)
    first, second = pyogrio.read_dataframe(by_map), pyogrio.read_dataframe(by_model)
    assert outputs["n_proposed"] == len(first) == 12
    assert outputs["n_candidates"] == HEIGHT * WIDTH
    assert first.drop(columns="geometry").equals(second.drop(columns="geometry"))
    assert first.geometry.geom_equals(second.geometry).all()


def test_fields_are_those_of_the_pixel(world, tmp_path):
    folder, probabilities = world
    job(output=str(tmp_path / "p.gpkg"), probabilities=str(folder / "probabilities.tif"), n_samples=20)
    frame = pyogrio.read_dataframe(tmp_path / "p.gpkg")
    rows, columns = pixels_of(frame)
    theirs = probabilities[rows * WIDTH + columns]
    assert frame["rank"].tolist() == list(range(1, 21))
    assert frame.score.is_monotonic_decreasing
    assert frame.uncertainty.to_numpy() == pytest.approx(margin(theirs), abs=3e-4)
    assert frame.predicted.tolist() == [LABELS[best] for best in theirs.argmax(axis=1)]
    assert frame.probability.to_numpy() == pytest.approx(theirs.max(axis=1), abs=2e-4)
    assert all(text.startswith("the model") for text in frame.reason)


def test_the_file_says_that_it_proves_nothing(world, tmp_path):
    folder, _ = world
    outputs = job(output=str(tmp_path / "p.gpkg"), probabilities=str(folder / "probabilities.tif"), n_samples=3)
    said = pyogrio.read_info(tmp_path / "p.gpkg")["layer_metadata"]
    assert (said["CROPSAMPLE_DESIGN"], said["CROPSAMPLE_PROBABILITY_SAMPLE"]) == ("proposed", "no")
    assert outputs["probability_sample"] is False
    assert set(pyogrio.read_dataframe(tmp_path / "p.gpkg").design) == {
        "proposed where a map is uncertain, not a probability sample"
    }


def test_existing_samples_are_kept_away_from_and_count_by_class(world, tmp_path):
    folder, _ = world
    rows, columns = np.arange(0, 40, 2), np.arange(10, 50, 2)
    labels = np.array(["grass"] * 18 + ["wheat", "swamp"], dtype=object)
    existing = write_points(tmp_path / "known.gpkg", rows, columns, {"crop": labels})
    outputs = job(
        output=str(tmp_path / "p.gpkg"),
        probabilities=str(folder / "probabilities.tif"),
        existing=existing,
        class_field="crop",
        n_samples=15,
        min_distance=45,
    )
    frame = pyogrio.read_dataframe(tmp_path / "p.gpkg")
    found_rows, found_columns = pixels_of(frame)
    apart = np.hypot(found_rows.to_numpy()[:, None] - rows, found_columns.to_numpy()[:, None] - columns) * PIXEL
    assert apart.min() >= 44.9
    assert frame.distance_m.min() >= 44.9
    assert any("swamp" in note for note in outputs["notes"])
    assert any("maize, which has 0 of 19 labels" in text for text in frame.reason)


def test_a_distance_that_leaves_no_room_is_said(world, tmp_path):
    folder, _ = world
    outputs = job(
        output=str(tmp_path / "p.gpkg"),
        probabilities=str(folder / "probabilities.tif"),
        n_samples=50,
        min_distance=300,
    )
    assert 2 <= outputs["n_proposed"] < 10
    assert any(f"Only {outputs['n_proposed']} of 50" in note for note in outputs["notes"])


@pytest.fixture(scope="module")
def fields(tmp_path_factory):
    """Twenty parcels of ten by ten pixels, with strata, one of them off the map."""
    folder = tmp_path_factory.mktemp("parcels")
    corners = [(row, column) for row in range(0, 40, 10) for column in range(0, 50, 10)]
    shapes = [
        shapely.box(LEFT + c * PIXEL, TOP - (r + 10) * PIXEL, LEFT + (c + 10) * PIXEL, TOP - r * PIXEL)
        for r, c in corners
    ]
    shapes.append(shapely.box(LEFT - 900, TOP, LEFT - 800, TOP + 100))
    strata = np.array(["west" if column < 20 else "east" for _, column in corners] + ["west"], dtype=object)
    write_layer(folder / "fields.gpkg", "fields", {"stratum": strata}, np.array(shapes, dtype=object), CRS)
    return str(folder / "fields.gpkg")


def test_objects_have_the_mean_of_their_pixels_and_their_stratum(world, fields, tmp_path):
    folder, probabilities = world
    existing = write_points(tmp_path / "known.gpkg", [5], [5])
    outputs = job(
        output=str(tmp_path / "p.gpkg"),
        probabilities=str(folder / "probabilities.tif"),
        objects=fields,
        existing=existing,
        n_samples=19,
    )
    frame = pyogrio.read_dataframe(tmp_path / "p.gpkg")
    assert outputs["n_candidates"] == 19
    assert any("1 objects" in note for note in outputs["notes"])
    rows, columns = pixels_of(frame)
    corners = set(zip(rows // 10, columns // 10))
    assert len(corners) == 19
    assert (0, 0) not in corners, "it holds a sample already"
    cube = probabilities.reshape(HEIGHT, WIDTH, 3)
    for row, column, probability, stratum in zip(rows // 10, columns // 10, frame.probability, frame.stratum):
        mean = cube[row * 10 : row * 10 + 10, column * 10 : column * 10 + 10].reshape(-1, 3).mean(axis=0)
        assert probability == pytest.approx(mean.max(), abs=2e-4)
        assert stratum == ("west" if column < 2 else "east")


def test_a_model_predicts_unlabeled_series(world, tmp_path):
    folder, probabilities = world
    cube, _ = make_cube()
    rows, columns = np.divmod(np.arange(0, 2000, 7), WIDTH)
    values = {
        f"{band}_2019{month + 1:02d}15": cube[month, number, rows, columns] * 0.0001
        for month in range(4)
        for number, band in enumerate(("B04", "B08", "B11"))
    }
    series = write_points(tmp_path / "series.gpkg", rows, columns, values)
    job(output=str(tmp_path / "p.gpkg"), model_package=str(folder / "model.zip"), objects=series, n_samples=10)
    frame = pyogrio.read_dataframe(tmp_path / "p.gpkg")
    found_rows, found_columns = pixels_of(frame)
    theirs = probabilities[found_rows * WIDTH + found_columns]
    assert frame.uncertainty.to_numpy() == pytest.approx(margin(theirs), abs=1e-4)
    assert frame.object_fid.is_unique


def test_roads_make_near_samples_come_first(world, tmp_path):
    folder, _ = world
    road = np.array([shapely.LineString([(LEFT, TOP), (LEFT, TOP - HEIGHT * PIXEL)])], dtype=object)
    write_layer(tmp_path / "roads.gpkg", "roads", {"n": np.array([1])}, road, CRS)
    shared = {"probabilities": str(folder / "probabilities.tif"), "n_samples": 15}
    job(output=str(tmp_path / "a.gpkg"), **shared)
    job(output=str(tmp_path / "b.gpkg"), **shared, roads=str(tmp_path / "roads.gpkg"), cost_weight=3.0)
    anywhere, near = (pyogrio.read_dataframe(tmp_path / name) for name in ("a.gpkg", "b.gpkg"))
    assert near.geometry.x.mean() < anywhere.geometry.x.mean() - 30
    assert near.relative_cost.notna().all()


def test_nodata_is_no_candidate(world, tmp_path):
    _, probabilities = world
    hidden = [(row, column) for row in range(HEIGHT) for column in range(WIDTH) if column >= 10]
    path = write_probabilities(tmp_path / "map.tif", probabilities.T.reshape(3, HEIGHT, WIDTH), nodata_pixels=hidden)
    outputs = job(output=str(tmp_path / "p.gpkg"), probabilities=path, n_samples=30)
    assert outputs["n_candidates"] == HEIGHT * 10
    assert pixels_of(pyogrio.read_dataframe(tmp_path / "p.gpkg"))[1].max() < 10


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"probabilities": ""}, InputError, "either probabilities or a model"),
        ({"probabilities": "stack.tif"}, InputError, "no probabilities"),
        ({"probabilities": "one.tif"}, InputError, "one band"),
        ({"probabilities": "no_crs.tif"}, InputError, "no coordinate reference system"),
        ({"probabilities": "nowhere.tif"}, InputError, "nowhere.tif cannot be read"),
        ({"probabilities": "empty.tif"}, InputError, "no candidate"),
        ({"n_samples": 5000}, InputError, "5000 samples were asked for, there are 2000"),
        ({"existing": "no_crs.gpkg"}, SamplesError, "no reference system"),
        ({"existing": "known.gpkg", "class_field": "number"}, SamplesError, "No class of the field 'number'"),
        ({"existing": "known.gpkg", "class_field": "crop"}, SamplesError, "no field 'crop'"),
        ({"class_field": "crop"}, InputError, "no existing samples"),
        ({"output": "proposed.shp"}, OutputError, "must end in"),
        ({"probabilities": "", "model_package": "model.zip"}, InputError, "nothing to predict"),
    ],
)
def test_bad_input_is_named(world, tmp_path, changes, error, message):
    folder, probabilities = world
    bands = probabilities.T.reshape(3, HEIGHT, WIDTH)
    write_probabilities(tmp_path / "one.tif", bands[:1])
    write_probabilities(tmp_path / "no_crs.tif", bands, crs=None)
    everywhere = [(row, column) for row in range(HEIGHT) for column in range(WIDTH)]
    write_probabilities(tmp_path / "empty.tif", bands, nodata_pixels=everywhere)
    write_points(tmp_path / "known.gpkg", [1, 2], [1, 2])
    write_points(tmp_path / "no_crs.gpkg", [1, 2], [1, 2], crs=None)
    values = {"output": "proposed.gpkg", "probabilities": "probabilities.tif", "n_samples": 5, **changes}
    for name in ("output", "probabilities", "existing", "model_package"):
        if values.get(name):
            own = folder / values[name]
            values[name] = str(own if own.exists() else tmp_path / values[name])
    with pytest.raises(error, match=message):
        job(**values)
    assert not (tmp_path / "proposed.gpkg").exists()


def test_accuracy_assessment_doubts_proposed_samples(world, tmp_path):
    folder, _ = world
    job(output=str(tmp_path / "p.gpkg"), probabilities=str(folder / "probabilities.tif"), n_samples=3)
    doubts = origin_of(SampleTable.read(tmp_path / "p.gpkg"), "", ()).doubts
    assert any("not a probability sample" in doubt for doubt in doubts)


def test_samples_in_degrees_meet_a_map_in_metres(world, tmp_path):
    folder, _ = world
    rows, columns = np.arange(0, 40, 3), np.arange(0, 42, 3)
    to_degrees = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
    x, y = to_degrees.transform(LEFT + (columns + 0.5) * PIXEL, TOP - (rows + 0.5) * PIXEL)
    write_layer(tmp_path / "known.gpkg", "k", {"n": np.arange(len(x))}, shapely.points(x, y), "EPSG:4326")
    job(
        output=str(tmp_path / "p.gpkg"),
        probabilities=str(folder / "probabilities.tif"),
        existing=str(tmp_path / "known.gpkg"),
        n_samples=10,
        min_distance=50,
    )
    found_rows, found_columns = pixels_of(pyogrio.read_dataframe(tmp_path / "p.gpkg"))
    apart = np.hypot(found_rows.to_numpy()[:, None] - rows, found_columns.to_numpy()[:, None] - columns) * PIXEL
    assert apart.min() >= 49.9


def test_of_a_large_map_a_random_part_is_the_candidates(world, tmp_path, monkeypatch):
    folder, probabilities = world
    monkeypatch.setattr(candidate_pixels, "MOST_CANDIDATES", 500)
    read = candidate_pixels.read_candidate_pixels(str(folder / "probabilities.tif"), 1, SilentProgress())
    assert read.is_part
    assert 400 < len(read.xy) < 600
    assert read.n_pixels == pytest.approx(HEIGHT * WIDTH, rel=0.15)
    rows, columns = ((TOP - read.xy[:, 1]) // PIXEL).astype(int), ((read.xy[:, 0] - LEFT) // PIXEL).astype(int)
    assert read.probabilities == pytest.approx(probabilities[rows * WIDTH + columns], abs=1e-4)
    assert read.pixel_m == pytest.approx(PIXEL, rel=1e-2)
    outputs = job(output=str(tmp_path / "p.gpkg"), probabilities=str(folder / "probabilities.tif"), n_samples=3)
    assert any("random" in note for note in outputs["notes"])
