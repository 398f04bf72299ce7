"""The whole prediction on small stacks, against the model's own probabilities pixel by pixel."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET

import numpy as np
import pytest
import rasterio
from mapping_cases import NODATA, RecordingProgress, World, make_cube, physical_series, read_map, write_stack

from cropsample_plugin.engine.errors import MismatchError, StackError
from cropsample_plugin.engine.models.missing_values import MissingRule, apply_missing_rule
from cropsample_plugin.engine.models.packages import save_package

MODELS = ["random_forest", "svm", "lstm", "multi_head_lstm", "gradient_boosting", "bi_gru", "ltae"]
NO_STATIC = np.zeros((2000, 0), np.float32)
POSITIONS = np.array([0.0, 31.0, 59.0, 90.0])


@pytest.fixture
def world(tmp_path):
    return World(tmp_path, *make_cube())


@pytest.mark.parametrize("model", MODELS)
def test_every_pixel_gets_what_the_model_says(world, model):
    package = world.train(model)
    summary = world.predict()
    expected = package.predictor().predict_probabilities(physical_series(world.cube), NO_STATIC)
    found = world.read("probabilities").reshape(3, -1).T * 0.0001
    assert np.abs(found - expected).max() <= 0.00011
    ids = world.read("classes").ravel()
    ranked = np.sort(expected, axis=1)
    sure = ranked[:, -1] - ranked[:, -2] > 1e-5
    assert (ids == expected.argmax(axis=1) + 1)[sure].all()
    safe = np.maximum(expected, 1e-30)
    entropy = -(safe * np.log(safe)).sum(axis=1) / np.log(3)
    assert np.abs(world.read("uncertainty").ravel() * 0.0001 - entropy).max() <= 0.0002
    assert (summary.n_pixels, summary.n_predicted) == (2000, 2000)
    assert not world.parts.exists()


@pytest.mark.parametrize("model", ["random_forest", "multi_head_lstm"])
def test_gaps_are_filled_by_the_rule_of_the_model(tmp_path, model):
    cube, truth = make_cube()
    gappy = cube.copy()
    gappy[2] = NODATA  # a date without any value does not count
    gappy[0, 1, :, 10:30] = NODATA
    gappy[:, :, 5, :] = NODATA  # no value at all
    gappy[0, :, 20:30, 20] = NODATA  # a third of what counts: more than allowed
    gappy[:, 0, 35, 40] = NODATA  # a band without any value
    world = World(tmp_path, cube, truth)
    rule = MissingRule(max_missing_share=0.3)
    package = world.train(model, missing_rule=rule)
    world.stack = write_stack(tmp_path / "gappy.tif", gappy)
    progress = RecordingProgress()
    summary = world.predict(progress)
    ignored = np.array([False, False, True, False])
    filled, reasons = apply_missing_rule(physical_series(gappy), NO_STATIC, POSITIONS, rule, ignored)
    usable = reasons == 0
    expected = package.predictor().predict_probabilities(filled[usable], NO_STATIC[usable])
    found = world.read("probabilities").reshape(3, -1)
    assert (world.read("classes").ravel() == 255).tolist() == (~usable).tolist()
    assert (found[:, ~usable] == 65535).all()
    assert (world.read("uncertainty").ravel() == 65535).tolist() == (~usable).tolist()
    assert np.abs(found[:, usable].T * 0.0001 - expected).max() <= 0.00011
    assert summary.n_predicted == usable.sum() == 2000 - 50 - 10 - 1
    assert any("number 3" in message for message in progress.logs)


def test_the_rule_refuse_leaves_gaps_as_nodata(tmp_path):
    cube, truth = make_cube()
    world = World(tmp_path, cube, truth)
    world.train(missing_rule=MissingRule("refuse"))
    gappy = cube.copy()
    gappy[1, 1, 3, 7:9] = NODATA
    world.stack = write_stack(tmp_path / "gappy.tif", gappy)
    assert world.predict().n_predicted == 1998
    assert np.argwhere(world.read("classes")[0] == 255).tolist() == [[3, 7], [3, 8]]


def test_share_of_missing_values_can_be_set(tmp_path):
    cube, truth = make_cube()
    world = World(tmp_path, cube, truth)
    world.train()
    gappy = cube.copy()
    gappy[:2, :, 3, 7] = NODATA
    world.stack = write_stack(tmp_path / "gappy.tif", gappy)
    assert world.predict().n_predicted == 2000
    assert world.predict(max_missing_share=0.3).n_predicted == 1999


@pytest.mark.parametrize("model", ["random_forest", "multi_head_lstm"])
def test_static_bands_and_mixed_types(tmp_path, model):
    cube, truth = make_cube()
    rng = np.random.default_rng(3)
    static = [("elevation", (truth * 200 + rng.integers(0, 50, truth.shape)).astype(float))]
    world = World(tmp_path, cube, truth, static=static)
    package = world.train(model)
    world.predict()
    values = static[0][1].reshape(-1, 1).astype(np.float32)
    expected = package.predictor().predict_probabilities(physical_series(cube), values)
    assert np.abs(world.read("probabilities").reshape(3, -1).T * 0.0001 - expected).max() <= 0.00011
    before = world.read("probabilities")
    world.stack = vrt_with_types(tmp_path, world.stack, elevation_type="Float32")
    world.predict()
    assert (world.read("probabilities") == before).all()


def vrt_with_types(folder, source, elevation_type):
    """Wrap a stack into a VRT whose last band has another type."""
    with rasterio.open(source) as dataset:
        transform, count = dataset.transform.to_gdal(), dataset.count
        names, scales, width, height = dataset.descriptions, dataset.scales, dataset.width, dataset.height
        wkt = dataset.crs.to_wkt().replace('"', "&quot;")
    bands = "".join(
        f'<VRTRasterBand dataType="{elevation_type if number == count else "UInt16"}" band="{number}">'
        f"<Description>{names[number - 1]}</Description><Scale>{scales[number - 1]}</Scale>"
        f"<NoDataValue>{NODATA}</NoDataValue><SimpleSource>"
        f'<SourceFilename relativeToVRT="1">{source.name}</SourceFilename><SourceBand>{number}</SourceBand>'
        "</SimpleSource></VRTRasterBand>"
        for number in range(1, count + 1)
    )
    path = folder / "typed.vrt"
    place = ", ".join(map(str, transform))
    path.write_text(
        f'<VRTDataset rasterXSize="{width}" rasterYSize="{height}"><SRS>{wkt}</SRS>'
        f"<GeoTransform>{place}</GeoTransform>{bands}</VRTDataset>"
    )
    return path


def test_bands_are_taken_by_name_and_not_by_position(tmp_path):
    cube, truth = make_cube()
    world = World(tmp_path, cube, truth)
    world.train()
    world.predict()
    before = world.read("probabilities")
    with rasterio.open(world.stack) as source:
        order = [*range(3, 13), 2, 1]
        profile, names = source.profile, [source.descriptions[number - 1] for number in order]
        with rasterio.open(tmp_path / "turned.tif", "w", **profile) as target:
            target.write(source.read(order))
            target.descriptions, target.scales = names, source.scales
    world.stack = tmp_path / "turned.tif"
    world.predict()
    assert (world.read("probabilities") == before).all()


@pytest.mark.parametrize(("height", "width"), [(13, 5), (1, 1), (1, 129), (65, 1), (64, 64), (257, 3)])
def test_every_pixel_is_predicted_whatever_the_size(tmp_path, height, width):
    # The published loop drops the last pixel when the number of pixels less one is a multiple of 64: 65, 129, 1.
    cube, truth = make_cube(height=30, width=30)
    world = World(tmp_path, cube, truth)
    world.train("lstm")
    small, _ = make_cube(height=height, width=width)
    world.stack = write_stack(tmp_path / "small.tif", small)
    summary = world.predict()
    assert summary.n_pixels == summary.n_predicted == height * width
    assert (world.read("classes") != 255).all()


def test_class_zero_is_a_class(world):
    world.train(labels=(0, 1, 7))
    world.predict()
    ids = world.read("classes")
    assert set(np.unique(ids)) == {0, 1, 7}
    with rasterio.open(world.request["classes"]) as dataset:
        assert dataset.nodata == 255
        assert dataset.read_masks(1).all()


def test_high_class_ids_take_two_bytes(world):
    world.train(labels=(3, 255, 4000))
    world.predict()
    with rasterio.open(world.request["classes"]) as dataset:
        assert (dataset.dtypes[0], dataset.nodata) == ("uint16", 65535)
        assert set(np.unique(dataset.read())) == {3, 255, 4000}
        assert dataset.colormap(1)[4000] != (0, 0, 0, 255)


def test_the_files_carry_names_colours_scale_and_overviews(tmp_path):
    cube, truth = make_cube(height=300, width=400)
    world = World(tmp_path, cube, truth, block=128)
    package = world.train(labels=("blé & orge", "maïs", "pré <vert>"))
    world.predict()
    with rasterio.open(world.request["classes"]) as dataset:
        assert dataset.profile["tiled"]
        assert dataset.block_shapes == [(256, 256)]
        assert dataset.compression.name == "deflate"
        assert dataset.overviews(1) == [2]
        color = package.classes[0].color
        assert dataset.colormap(1)[1] == (int(color[1:3], 16), int(color[3:5], 16), int(color[5:], 16), 255)
        assert dataset.transform == rasterio.open(world.stack).transform
    names = [item.text for item in ET.parse(world.request["classes"] + ".aux.xml").iter("Category")]  # noqa: S314
    assert names == [None, "blé & orge", "maïs", "pré <vert>"]
    with rasterio.open(world.request["probabilities"]) as dataset:
        assert dataset.descriptions == ("blé & orge", "maïs", "pré <vert>")
        assert set(dataset.scales) == {0.0001}
        assert dataset.nodata == 65535
        assert dataset.overviews(3) == [2]
    with rasterio.open(world.request["uncertainty"]) as dataset:
        assert (dataset.count, dataset.scales[0], dataset.nodata) == (1, 0.0001, 65535)


@pytest.mark.parametrize("wanted", ["classes", "probabilities", "uncertainty"])
def test_one_map_alone(world, wanted):
    world.train()
    nothing = {name: "" for name in world.request if name != wanted}
    world.predict(**nothing)
    assert [path.name for path in sorted(world.folder.glob("*.tif"))] == sorted([f"{wanted}.tif", "stack.tif"])


def test_the_layout_of_the_source_does_not_change_the_map(tmp_path):
    cube, truth = make_cube(height=130, width=150)
    world = World(tmp_path, cube, truth)
    world.train("multi_head_lstm")
    world.predict()
    before = world.read("probabilities")
    layouts = {"strips": {"strips": True, "block": 1}, "pixel": {"interleave": "pixel", "block": 64}}
    for name, options in layouts.items():
        world.stack = write_stack(tmp_path / f"{name}.tif", cube, **options)
        world.predict(memory_mb=1)
        assert np.abs(world.read("probabilities").astype(int) - before).max() <= 1


def test_progress_grows_and_tells_the_rate(world):
    world.train()
    progress = RecordingProgress()
    world.predict(progress, memory_mb=1)
    assert progress.fractions == sorted(progress.fractions)
    assert any("pixels per second" in message for message in progress.messages)


def test_another_band_name_is_refused(world):
    world.train()
    with rasterio.open(world.stack, "r+") as dataset:
        dataset.descriptions = [name.replace("B08", "B8") for name in dataset.descriptions]
    with pytest.raises(MismatchError, match="B08"):
        world.predict()


def test_other_dates_are_refused(world):
    world.train()
    with rasterio.open(world.stack, "r+") as dataset:
        dataset.descriptions = [name.replace("2019-04", "2019-08") for name in dataset.descriptions]
    with pytest.raises(MismatchError, match="2019-08"):
        world.predict()


def test_a_forgotten_scale_is_noticed(world):
    world.train()
    with rasterio.open(world.stack, "r+") as dataset:
        dataset.scales = (1.0,) * dataset.count
    with pytest.raises(MismatchError, match="scale"):
        world.predict()


def test_a_missing_stack_is_named(world):
    world.train()
    with pytest.raises(StackError, match=r"no\.tif"):
        world.predict(stack=str(world.folder / "no.tif"))


def test_maps_do_not_depend_on_threads(world):
    world.train("multi_head_lstm")
    world.predict(threads=1)
    one = read_map(world.request["probabilities"])
    world.predict(threads=3)
    assert (world.read("probabilities") == one).all()


@pytest.mark.parametrize("model", ["random_forest", "multi_head_lstm", "ltae"])
def test_class_factors_of_a_transferred_model_reach_the_map(world, model):
    package = dataclasses.replace(world.train(model), class_factors=(1.0, 0.05, 0.5), temperature=1.5)
    save_package(package, world.folder / "model.zip")
    world.predict()
    expected = package.predictor().predict_probabilities(physical_series(world.cube), NO_STATIC)
    plain = dataclasses.replace(package, class_factors=()).predictor()
    assert np.abs(plain.predict_probabilities(physical_series(world.cube), NO_STATIC) - expected).max() > 0.05
    found = world.read("probabilities").reshape(3, -1).T * 0.0001
    assert np.abs(found - expected).max() <= 0.00011
