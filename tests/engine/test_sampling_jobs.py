"""The sampling jobs from file to file: what is written, what is said, what is refused."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from pyproj import Transformer
from rasterio.transform import from_origin

from cropsample_plugin.engine.errors import InputError, SamplesError, StackError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.sampling.class_values import named_numbers, whole_numbers
from cropsample_plugin.engine.sampling.object_files import write_layer
from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters

CRS = "EPSG:32631"
N_FIELDS = 120


def job(name, **values):
    module = job_module(name)
    return module.run(read_parameters(module, values), JobContext(SilentProgress(), 1, 1500, "cpu")).outputs


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sampling")


@pytest.fixture(scope="module")
def objects(folder):
    """Fields in a row of 12 by 10, L-shaped so that their centroid is near an edge, with strata as text."""
    rng = np.random.default_rng(0)
    kinds = rng.choice(["maize", "rice, wet", "wheat"], N_FIELDS, p=[0.6, 0.1, 0.3])
    level = np.select([kinds == "maize", kinds == "wheat"], [0.7, 0.4], 0.1)
    shapes = []
    for number in range(N_FIELDS):
        x, y = 600_000 + 300.0 * (number % 12), 5_000_000 + 300.0 * (number // 12)
        shapes.append(
            shapely.difference(shapely.box(x, y, x + 200, y + 200), shapely.box(x + 60, y + 60, x + 200, y + 200))
        )
    columns = {
        "object_id": np.arange(1, N_FIELDS + 1),
        "stratum": kinds.astype(object),
        **{
            f"NDVI_2021{month:02d}01": level * np.sin(month / 3) + rng.normal(0, 0.05, N_FIELDS)
            for month in range(1, 9)
        },
    }
    path = folder / "objects.gpkg"
    write_layer(path, "objects", columns, np.array(shapes, dtype=object), CRS)
    return str(path)


def points_file(folder, name, xy):
    points = shapely.points(np.array(xy, dtype=float))
    write_layer(folder / name, "points", {"n": np.arange(len(points))}, points, CRS)
    return str(folder / name)


@pytest.fixture(scope="module")
def chosen(folder, objects):
    paths = {"gpx": str(folder / "s.gpx"), "report": str(folder / "s.html")}
    outputs = job("representativesamples", objects=objects, output=str(folder / "s.gpkg"), n_samples=20, **paths)
    return outputs, pyogrio.read_dataframe(folder / "s.gpkg")


def test_points_are_ready_for_the_field(chosen, objects, folder):
    outputs, points = chosen
    assert outputs["n_samples"] == len(points) == 20
    assert points.priority.tolist() == list(range(1, 21))
    assert set(points.stratum) == {"maize", "rice, wet", "wheat"}
    shapes = pyogrio.read_dataframe(objects).set_index("object_id").geometry
    for row in points.itertuples():
        assert shapes[row.object_id].contains(row.geometry)
        assert shapes[row.object_id].exterior.distance(row.geometry) > 25
        assert abs(row.longitude - 4.3) < 0.2
    waypoints = ET.parse(folder / "s.gpx").getroot()  # noqa: S314 - we wrote it
    assert len(waypoints) == 20
    assert float(waypoints[0].get("lat")) == pytest.approx(points.latitude[0], abs=1e-6)


def test_the_set_is_not_passed_off_as_a_probability_sample(chosen, folder):
    outputs, points = chosen
    assert outputs["probability_sample"] is False
    assert points.design.str.contains("not a probability sample").all()
    assert "inclusion_probability" not in points
    assert "must not be used to estimate areas" in (folder / "s.html").read_text(encoding="utf-8")
    said = pyogrio.read_info(folder / "s.gpkg")["layer_metadata"]
    assert said["CROPSAMPLE_DESIGN"] == outputs["design"] == "representative"
    assert said["CROPSAMPLE_PROBABILITY_SAMPLE"] == "no"
    assert said["DESCRIPTION"].startswith("This is not a probability sample")


def test_report_shows_distributions_curve_maps_and_components(chosen, folder):
    outputs, _ = chosen
    page = (folder / "s.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 4
    assert "rice, wet" in page
    for name in ("str", "ric", "dist", "cov", "typ", "spa"):
        assert f"<td>{name}</td>" in page
        assert 0 <= outputs[f"cri_{name}"] <= 1
    assert outputs["cri"] > outputs["cri_random"]


def test_existing_samples_are_completed_and_no_go_areas_left_out(folder, objects):
    existing = points_file(folder, "existing.gpkg", [(600_030, 5_000_030), (600_330, 5_000_030), (0, 0)])
    barred = folder / "barred.gpkg"
    write_layer(barred, "b", {"n": np.array([1])}, np.array([shapely.box(600_000, 5_001_400, 700_000, 6_000_000)]), CRS)
    paths = {"existing": existing, "no_go": str(barred), "output": str(folder / "e.gpkg")}
    outputs = job("representativesamples", objects=objects, n_samples=15, n_candidate_sets=50, **paths)
    found = pyogrio.read_dataframe(folder / "e.gpkg")
    assert found.object_id[found.exists == 1].tolist() == [1, 2]
    assert found.priority[found.exists == 1].tolist() == [1, 2]
    assert (found.geometry.y < 5_001_400).all()
    assert any("1 existing samples lie in no object" in note for note in outputs["notes"])


def test_roads_draw_samples_near_them(folder, objects):
    road = folder / "road.gpkg"
    line = shapely.LineString([(600_000, 4_999_990), (604_000, 4_999_990)])
    write_layer(road, "r", {"n": np.array([1])}, np.array([line], dtype=object), CRS)
    heights = {}
    for name, extra in (("near", {"roads": str(road), "cost_weight": 0.5}), ("free", {})):
        job("representativesamples", objects=objects, output=str(folder / f"{name}.gpkg"), n_samples=15, **extra)
        heights[name] = pyogrio.read_dataframe(folder / f"{name}.gpkg").geometry.y.mean()
    assert heights["near"] < heights["free"] - 300


def cost_raster(folder, name, values, west=600_000, north=5_003_000, crs=CRS):
    path = folder / name
    height, width = values.shape
    options = {"width": width, "height": height, "count": 1, "dtype": "float32", "nodata": -1.0, "crs": crs}
    transform = from_origin(west, north, 100, 100)
    with rasterio.open(path, "w", driver="GTiff", transform=transform, **options) as raster:
        raster.write(values.astype(np.float32), 1)
    return str(path)


def test_a_cost_raster_draws_samples_where_visits_are_cheap(folder, objects):
    """Travel time grows to the east; the easternmost columns have no value and count as the dearest."""
    minutes = np.tile(np.arange(1.0, 37.0), (30, 1))
    minutes[:, 30:] = -1.0
    cost, eastings = cost_raster(folder, "minutes.tif", minutes), {}
    for name, extra in (("cheap", {"cost": cost, "cost_weight": 0.5}), ("any", {})):
        job("representativesamples", objects=objects, output=str(folder / f"{name}.gpkg"), n_samples=15, **extra)
        eastings[name] = pyogrio.read_dataframe(folder / f"{name}.gpkg").geometry.x
    assert eastings["cheap"].mean() < eastings["any"].mean() - 300
    assert eastings["cheap"].max() < 603_000


def test_cost_rasters_that_say_nothing_are_errors(folder, objects):
    elsewhere = cost_raster(folder, "elsewhere.tif", np.ones((4, 4)), west=0, north=0)
    nowhere = cost_raster(folder, "nowhere.tif", np.ones((4, 4)), crs=None)
    arguments = {"objects": objects, "output": str(folder / "c.gpkg"), "n_samples": 5}
    with pytest.raises(SamplesError, match="no value at the objects"):
        job("representativesamples", cost=elsewhere, **arguments)
    with pytest.raises(StackError, match="cannot be used"):
        job("representativesamples", cost=nowhere, **arguments)
    assert not (folder / "c.gpkg").exists()


def test_minimum_distance_holds_between_points(folder, objects):
    path = str(folder / "d.gpkg")
    job("representativesamples", objects=objects, output=path, n_samples=12, min_distance=550.0, n_candidate_sets=30)
    points = pyogrio.read_dataframe(path).geometry.to_numpy()
    gaps = [points[i].distance(points[j]) for i in range(12) for j in range(i)]
    assert min(gaps) >= 549.0
    with pytest.raises(InputError, match=r"only \d+ fit"):
        job("representativesamples", objects=objects, output=path, n_samples=80, min_distance=900.0)


def test_too_many_samples_are_refused(folder, objects):
    with pytest.raises(InputError, match="only 120 of the 120 objects"):
        job("representativesamples", objects=objects, output=str(folder / "x.gpkg"), n_samples=121)


def test_same_seed_same_points(folder, objects):
    tables = []
    for name in ("one.gpkg", "two.gpkg"):
        job("representativesamples", objects=objects, output=str(folder / name), n_samples=10, n_candidate_sets=20)
        tables.append(pyogrio.read_dataframe(folder / name))
    assert tables[0].equals(tables[1])


def test_evaluation_names_what_is_missed_and_what_to_add(folder, objects):
    fields = pyogrio.read_dataframe(objects)
    wheat = fields[fields.stratum == "wheat"].head(8)
    samples = points_file(folder, "wheat.gpkg", [(p.x, p.y) for p in wheat.geometry.representative_point()])
    paths = {"underrepresented": str(folder / "u.gpkg"), "additional": str(folder / "a.gpkg")}
    outputs = job(
        "evaluaterepresentativeness",
        samples=samples,
        objects=objects,
        n_additional=6,
        report=str(folder / "u.html"),
        **paths,
    )
    status = {row["stratum"]: row["status"] for row in outputs["strata"]}
    assert status == {"maize": "missed", "rice, wet": "missed", "wheat": "over-represented"}
    table = pyogrio.read_dataframe(folder / "u.gpkg")
    assert len(table) == N_FIELDS
    assert table.underrepresented[table.stratum == "maize"].all()
    added = pyogrio.read_dataframe(folder / "a.gpkg")
    assert len(added) == 6
    assert {"maize", "rice, wet"} <= set(added.stratum)
    assert outputs["cri_with_additional"] > outputs["cri"] + 0.1


def test_samples_outside_all_objects_are_an_error(folder, objects):
    samples = points_file(folder, "far.gpkg", [(0, 0), (10, 10)])
    with pytest.raises(SamplesError, match="No sample lies in any object"):
        job("evaluaterepresentativeness", samples=samples, objects=objects, underrepresented=str(folder / "v.gpkg"))


def lonlat(x_m, y_m):
    longitude, latitude = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True).transform(x_m, y_m)
    return f"{longitude},{latitude}"


def test_staying_near_the_start_costs_representativeness(folder, objects):
    start = lonlat(600_000, 5_000_000)
    paths = {"output": str(folder / "dep.gpkg"), "report": str(folder / "dep.html")}
    outputs = job("departuresamples", objects=objects, start_point=start, radii="1.2, 2;9", n_samples=10, **paths)
    by_radius = {row["radius"]: row for row in outputs["radii"]}
    assert list(by_radius) == ["1.2 km", "2 km", "9 km", "everywhere"]
    assert by_radius["1.2 km"]["cost_in_cri"] > 0
    assert by_radius["9 km"]["cri"] == pytest.approx(by_radius["everywhere"]["cri"])
    points = pyogrio.read_dataframe(folder / "dep.gpkg")
    near = points[points.radius == "1.2 km"]
    assert len(near) == 10
    assert np.hypot(near.geometry.x - 600_000, near.geometry.y - 5_000_000).max() < 1_300


def test_start_far_away_and_impossible_radii_are_errors(folder, objects):
    far = lonlat(300_000, 5_000_000)
    with pytest.raises(InputError, match="km from the nearest object"):
        job("departuresamples", objects=objects, start_point=far, output=str(folder / "z.gpkg"), n_samples=10)
    with pytest.raises(InputError, match="no radii"):
        job("departuresamples", objects=objects, start_point=far, output=str(folder / "z.gpkg"), radii="near")
    with pytest.raises(InputError, match="no starting point"):
        job("departuresamples", objects=objects, start_point="Novi Sad", output=str(folder / "z.gpkg"))


@pytest.fixture(scope="module")
def class_map(folder):
    classes = np.ones((60, 80), dtype=np.uint8)
    classes[:, 50:] = 2
    classes[:2, :3] = 9
    path = folder / "map.tif"
    profile = {"driver": "GTiff", "width": 80, "height": 60, "count": 1, "dtype": "uint8", "crs": CRS}
    with rasterio.open(path, "w", **profile, transform=from_origin(600_000, 5_000_000, 10, 10)) as dataset:
        dataset.write(classes, 1)
    return str(path)


def test_probability_samples_carry_their_design(folder, class_map):
    outputs = job(
        "probabilitysamples", class_map=class_map, output=str(folder / "p.gpkg"), n_samples=100, minimum_per_stratum=5
    )
    points = pyogrio.read_dataframe(folder / "p.gpkg")
    assert outputs["n_samples"] == len(points) == 100
    assert (points.stratum == 9).sum() == 5
    assert points.design_weight.sum() == pytest.approx(60 * 80)
    assert np.allclose(points.inclusion_probability * points.design_weight, 1)
    assert outputs["pixel_area_m2"] == pytest.approx(100.0, rel=2e-3)
    with rasterio.open(class_map) as dataset:
        values = [value[0] for value in dataset.sample([(p.x, p.y) for p in points.geometry])]
    assert values == points.stratum.tolist()


def test_probability_samples_say_so_in_their_file(folder, class_map):
    path = folder / "said.gpkg"
    job("probabilitysamples", class_map=class_map, output=str(path), n_samples=40, zero="class", design="systematic")
    said = pyogrio.read_info(path)["layer_metadata"]
    assert (said["CROPSAMPLE_DESIGN"], said["CROPSAMPLE_PROBABILITY_SAMPLE"]) == ("systematic", "yes")
    assert "inclusion_probability" in said["DESCRIPTION"]


def test_probability_samples_of_an_area(folder):
    area = folder / "area.gpkg"
    circle = shapely.Point(5.0, 50.0).buffer(0.02)
    write_layer(area, "a", {"n": np.array([1])}, np.array([circle], dtype=object), "EPSG:4326")
    outputs = job(
        "probabilitysamples",
        area=str(area),
        output=str(folder / "c.gpkg"),
        design="balanced",
        n_samples=50,
        cell_size=50.0,
    )
    assert outputs["n_samples"] == 50
    points = pyogrio.read_dataframe(folder / "c.gpkg").to_crs(4326)
    assert points.within(circle.buffer(0.001)).all()
    with pytest.raises(InputError, match="either a class map or an area"):
        job("probabilitysamples", output=str(folder / "c.gpkg"))


def test_sample_size_table_and_report(folder, class_map, objects):
    paths = {"table": str(folder / "n.gpkg"), "report": str(folder / "n.html")}
    outputs = job("samplesize", class_map=class_map, objects=objects, expected_accuracies="1=0.95, 2=0.8", **paths)
    assert outputs["n_samples"] == outputs["n_olofsson"] > 50
    rows = pyogrio.read_dataframe(folder / "n.gpkg", read_geometry=False)
    assert rows["class"].tolist() == ["1", "2", "9"]
    assert rows.neyman.sum() == rows.proportional.sum() == outputs["n_olofsson"]
    assert "CRI against the number" in (folder / "n.html").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="class 77 is not on the map"):
        job("samplesize", class_map=class_map, expected_accuracies="77=0.5", table=str(folder / "n.gpkg"))


def test_numbers_written_as_text():
    assert whole_numbers(" 0, 255;7 ") == (0, 255, 7)
    assert named_numbers("rice=0.5; a=b=0.25") == {"rice": 0.5, "a=b": 0.25}
    for text in ("1.5", "a"):
        with pytest.raises(InputError):
            whole_numbers(text)
    with pytest.raises(InputError):
        named_numbers("rice")


def test_outputs_are_plain_json(chosen):
    assert json.loads(json.dumps(chosen[0]))["n_samples"] == 20
