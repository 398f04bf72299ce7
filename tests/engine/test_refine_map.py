"""Refined maps: against plain implementations, the same for any strips, consistent, and bad input refused."""

from __future__ import annotations

import numpy as np
import pyogrio.raw
import pytest
import rasterio
import scipy.ndimage
import shapely
from mapping_cases import RecordingProgress
from rasterio.transform import from_origin

from cropsample_plugin.engine.errors import CropSampleError, InputError, OutputError, SamplesError
from cropsample_plugin.engine.mapping.refinement import refine, smallest_unit
from cropsample_plugin.engine.mapping.refinement.best_neighbours import smooth_best
from cropsample_plugin.engine.mapping.refinement.smoothing_kernels import log_odds_table, smooth_rows
from cropsample_plugin.jobs import refine_map
from cropsample_plugin.jobs.registry import JobContext

HEIGHT, WIDTH, N_CLASSES = 90, 70, 3
NAMES = ("grass", "maize", "wheat")
TRANSFORM = from_origin(600000, 5600000, 10, 10)
NODATA = 65535


def make_steps(seed=0, height=HEIGHT, width=WIDTH):
    """Noisy probabilities in steps around patches of classes, with a hole."""
    rng = np.random.default_rng(seed)
    truth = (np.arange(height)[:, None] // 17 + np.arange(width)[None] // 19) % N_CLASSES
    raw = rng.gamma(1.0, 1.0, (N_CLASSES, height, width))
    np.put_along_axis(raw, truth[None], np.take_along_axis(raw, truth[None], 0) + 1.2, 0)
    steps = np.floor(raw / raw.sum(axis=0) * 10_000).astype(int)
    steps[0] += 10_000 - steps.sum(axis=0)
    steps[:, 20:30, 5:9] = NODATA
    return steps.astype(np.uint16), truth


def write(path, values, names=(), *, nodata, scale=1.0, crs="EPSG:32631", transform=TRANSFORM):
    values = values if values.ndim == 3 else values[None]
    count, height, width = values.shape
    with rasterio.open(
        path, "w", driver="GTiff", width=width, height=height, count=count, dtype=values.dtype, nodata=nodata, crs=crs,
        transform=transform, tiled=True, blockxsize=16, blockysize=16, compress="deflate",
    ) as target:  # fmt: skip
        target.write(values)
        if names:
            target.descriptions = names
        target.scales = (scale,) * count
    return str(path)


class Case:
    def __init__(self, folder):
        self.folder = folder
        self.steps, self.truth = make_steps()
        self.mapped = np.where(self.steps[0] == NODATA, 255, self.steps.argmax(axis=0) + 1).astype(np.uint8)
        self.probabilities = write(folder / "p.tif", self.steps, NAMES, nodata=NODATA, scale=0.0001)
        self.classes = write(folder / "c.tif", self.mapped, nodata=255)
        names = "".join(f"<Category>{name}</Category>" for name in ("", *NAMES))
        (folder / "c.tif.aux.xml").write_text(
            f'<PAMDataset><PAMRasterBand band="1"><CategoryNames>{names}</CategoryNames></PAMRasterBand></PAMDataset>'
        )

    def run(self, threads=2, progress=None, **parameters):
        given = {
            "map_classes": self.classes,
            "map_probabilities": self.probabilities,
            "classes": str(self.folder / "out_c.tif"),
            "probabilities": str(self.folder / "out_p.tif"),
            **parameters,
        }
        context = JobContext(progress or RecordingProgress(), threads, 1500, "cpu")
        return refine_map.run(refine_map.Parameters(**given), context).outputs

    def read(self):
        with rasterio.open(self.folder / "out_c.tif") as classes, rasterio.open(self.folder / "out_p.tif") as shares:
            return classes.read(1), shares.read()


@pytest.fixture
def case(tmp_path):
    return Case(tmp_path)


def require_consistent(classes, steps):
    inside = classes != 255
    assert (steps[:, inside].sum(axis=0) == 10_000).all()
    assert (steps[:, inside].argmax(axis=0) + 1 == classes[inside]).all()
    assert (steps[:, ~inside] == NODATA).all()


def plain_smoothing(steps, window, noise, share):
    """The formula, pixel by pixel, in double precision."""
    n_classes, height, width = steps.shape
    p = np.clip(steps / 10_000.0, 0.00005, 0.99995)
    x = np.log(p / (1 - p))
    x[:, steps[0] == NODATA] = np.nan
    r = window // 2
    result = np.full(steps.shape, np.nan)
    for row in range(height):
        for column in range(width):
            if np.isnan(x[0, row, column]):
                continue
            around = x[:, max(0, row - r) : row + r + 1, max(0, column - r) : column + r + 1].reshape(n_classes, -1)
            for k in range(n_classes):
                near = np.sort(around[k][~np.isnan(around[k])])
                near = near[len(near) - max(1, int(np.ceil(share * len(near)))) :]
                z = x[k, row, column]
                if len(near) > 1:
                    variance = max(near.var(ddof=1), 1e-4)
                    z = (variance * z + noise * near.mean()) / (variance + noise)
                result[k, row, column] = 1 / (1 + np.exp(-z))
    return result / result.sum(axis=0)


@pytest.mark.parametrize("share", [1.0, 0.5])
@pytest.mark.parametrize("window", [3, 7])
def test_smoothing_is_the_formula(case, window, share):
    case.run(window=window, smoothness=15.0, neighbour_share=share)
    classes, steps = case.read()
    expected = plain_smoothing(case.steps, window, 15.0, share)
    inside = classes != 255
    assert np.abs(steps[:, inside] / 10_000 - expected[:, inside]).max() < 2e-4
    require_consistent(classes, steps)


def test_one_pixel_alone_stays_as_it_is():
    table, noise = log_odds_table(), np.full(2, 20.0)
    steps = np.array([[[7000]], [[3000]]], np.uint16)
    odds, valid = table[steps], np.ones((1, 1), bool)
    out = np.empty((2, 1, 1), np.uint16)
    smooth_rows(odds, valid, (0, 1, 3), noise, out)
    assert out.ravel().tolist() == [7000, 3000]
    sides = ((0, 0), (0, 0), (3, 3))
    padded = np.pad(steps, sides), np.pad(odds, sides), np.pad(valid, sides[1:])
    out[:] = 0
    smooth_best(padded, (0, 1, 3), noise, 0.5, table, out)
    assert out.ravel().tolist() == [7000, 3000]


def test_smoothing_finds_more_of_the_truth(case):
    outputs = case.run(window=7, neighbour_share=0.5)
    classes, _ = case.read()
    inside = classes != 255
    before = (case.mapped[inside] - 1 == case.truth[inside]).mean()
    after = (classes[inside] - 1 == case.truth[inside]).mean()
    assert after > before + 0.05
    assert outputs["share_changed"] == pytest.approx((classes[inside] != case.mapped[inside]).mean())


EVERYTHING = {"window": 5, "min_mapping_unit": 0.12, "rules": "rule > 0.8 -> maize", "connectivity": "8"}


@pytest.fixture
def objects(case):
    """Overlapping squares, some across strips, with a field."""
    squares = [shapely.box(600000 + x, 5600000 - y - 130, 600000 + x + 130, 5600000 - y) for x in (0, 250, 310) for y in (40, 230, 600)]  # fmt: skip  # noqa: E501
    path = case.folder / "objects.gpkg"
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(squares)), [np.arange(9)], ["id"], geometry_type="Polygon", crs="EPSG:32631"
    )
    return str(path)


@pytest.fixture
def rule_layer(case):
    rng = np.random.default_rng(3)
    coarse = rng.random((30, 24)).astype(np.float32)
    coarse[0] = np.nan
    path = case.folder / "rule.tif"
    return write(path, coarse, nodata=None, transform=from_origin(600000, 5600000, 31, 31))


@pytest.mark.parametrize("strip_rows", [7, 16, 64])
def test_the_result_does_not_depend_on_strips_or_threads(case, objects, rule_layer, monkeypatch, strip_rows):
    more = {**EVERYTHING, "objects": objects, "rule_layers": (rule_layer,)}
    case.run(**more)
    whole = case.read()
    monkeypatch.setattr(refine, "STRIP_ROWS", strip_rows)
    monkeypatch.setattr(smallest_unit, "STRIP_ROWS", strip_rows + 3)
    case.run(threads=3, **more)
    for expected, found in zip(whole, case.read(), strict=True):
        np.testing.assert_array_equal(expected, found)
    require_consistent(*whole)


@pytest.mark.parametrize("connectivity", ["4", "8"])
@pytest.mark.parametrize("n_pixels", [2, 9, 40])
def test_no_patch_is_below_the_unit(case, connectivity, n_pixels):
    case.run(min_mapping_unit=n_pixels * 0.01, connectivity=connectivity)
    classes, steps = case.read()
    shape = np.ones((3, 3)) if connectivity == "8" else None
    for value in (1, 2, 3):
        patches, n = scipy.ndimage.label(classes == value, shape)
        if n:
            assert np.bincount(patches.ravel())[1:].min() >= n_pixels
    require_consistent(classes, steps)
    np.testing.assert_array_equal(classes == 255, case.mapped == 255)


def test_a_small_patch_joins_its_longest_border(tmp_path):
    mapped = np.ones((6, 8), np.uint8)
    mapped[:, 5:] = 2
    mapped[2:4, 3:5] = 3
    mapped[0, 0] = 3
    path = write(tmp_path / "c.tif", mapped, nodata=255)
    context = JobContext(RecordingProgress(), 1, 1500, "cpu")
    given = refine_map.Parameters(map_classes=path, classes=str(tmp_path / "o.tif"), min_mapping_unit=0.05)
    outputs = refine_map.run(given, context).outputs
    with rasterio.open(tmp_path / "o.tif") as dataset:
        found = dataset.read(1)
    expected = np.ones((6, 8), np.uint8)
    expected[:, 5:] = 2
    np.testing.assert_array_equal(found, expected)
    assert outputs["n_changed"] == 5


def test_patches_without_a_neighbour_stay(tmp_path):
    mapped = np.full((5, 5), 255, np.uint8)
    mapped[2, 2] = 7
    path = write(tmp_path / "c.tif", mapped, nodata=255)
    given = refine_map.Parameters(map_classes=path, classes=str(tmp_path / "o.tif"), min_mapping_unit=1.0)
    assert refine_map.run(given, JobContext(RecordingProgress(), 1, 1500, "cpu")).outputs["n_changed"] == 0


def test_on_a_map_in_degrees_the_unit_is_a_true_area(tmp_path):
    """A pixel of 0.001 degrees is 1.23 ha at the equator and 0.62 ha at 60 degrees."""
    for latitude, changes in ((0.1, 0), (60.0, 1)):
        mapped = np.ones((9, 9), np.uint8)
        mapped[4, 4] = 2
        transform = from_origin(10, latitude, 0.001, 0.001)
        path = write(tmp_path / "c.tif", mapped, nodata=255, crs="EPSG:4326", transform=transform)
        given = refine_map.Parameters(map_classes=path, classes=str(tmp_path / "o.tif"), min_mapping_unit=0.9)
        outputs = refine_map.run(given, JobContext(RecordingProgress(), 1, 1500, "cpu")).outputs
        assert outputs["n_changed"] == changes


@pytest.mark.parametrize("with_probabilities", [True, False])
def test_objects_get_one_class(case, objects, with_probabilities):
    if with_probabilities:
        case.run(objects=objects)
        require_consistent(*case.read())
    else:
        case.run(objects=objects, map_probabilities="", probabilities="")
    with rasterio.open(case.folder / "out_c.tif") as dataset:
        classes = dataset.read(1)
    block = (slice(4, 17), slice(0, 13))
    assert len(np.unique(classes[block][classes[block] != 255])) == 1
    if not with_probabilities:
        counts = np.bincount(case.mapped[block][case.mapped[block] != 255])
        assert classes[block][0, 0] == counts.argmax()
    outside = np.ones(classes.shape, bool)
    outside[:75] = False
    np.testing.assert_array_equal(classes[outside], case.mapped[outside])


def test_rules_decide_and_hold_against_the_smallest_unit(case, rule_layer):
    rules = "rule > 0.9 -> wheat\nmaize, grass: rule < 0.05 -> 1"
    case.run(rules=rules, rule_layers=(rule_layer,), min_mapping_unit=0.2)
    classes, steps = case.read()
    with rasterio.open(rule_layer) as dataset:
        coarse = dataset.read(1)
    rows = ((np.arange(HEIGHT) + 0.5) * 10 // 31).astype(int)
    columns = ((np.arange(WIDTH) + 0.5) * 10 // 31).astype(int)
    values = coarse[rows][:, columns]
    ruled = (values > 0.9) & (case.mapped != 255)
    assert ruled.sum() > 50
    assert (classes[ruled] == 3).all()
    assert (steps[2][ruled] == 10_000).all()
    require_consistent(classes, steps)


def test_unclassified_and_zero_stay_what_they_are(tmp_path):
    mapped = np.ones((8, 8), np.uint8)
    mapped[2, 2], mapped[5, 5], mapped[0] = 0, 99, 255
    path = write(tmp_path / "c.tif", mapped, nodata=255)
    more = {"map_classes": path, "classes": str(tmp_path / "o.tif"), "min_mapping_unit": 0.05}
    context = JobContext(RecordingProgress(), 1, 1500, "cpu")
    with pytest.raises(InputError, match=r"1 pixels of value 0.*Say whether"):
        refine_map.run(refine_map.Parameters(**more), context)
    outputs = refine_map.run(refine_map.Parameters(**more, zero="outside", unclassified_values="99"), context).outputs
    assert outputs["n_pixels"] == 54
    with rasterio.open(tmp_path / "o.tif") as dataset:
        np.testing.assert_array_equal(dataset.read(1), mapped)
    outputs = refine_map.run(refine_map.Parameters(**more, zero="class", unclassified_values="99"), context).outputs
    assert outputs["n_changed"] == 1


def test_the_effect_on_accuracy_is_told(case):
    rng = np.random.default_rng(5)
    rows, columns = rng.integers(0, HEIGHT, 200), rng.integers(0, WIDTH, 200)
    points = shapely.points(600000 + 10 * columns + 5.0, 5600000 - 10 * rows - 5.0)
    labels = np.array([NAMES[k] for k in case.truth[rows, columns]], dtype=object)
    labels[:3] = "rice"
    path = case.folder / "r.gpkg"
    pyogrio.raw.write(path, shapely.to_wkb(points), [labels], ["label"], geometry_type="Point", crs="EPSG:32631")
    outputs = case.run(window=7, reference=str(path), class_field="label")
    classes, _ = case.read()
    used = (case.mapped[rows, columns] != 255) & (np.arange(200) >= 3)
    right = [NAMES.index(label) + 1 if label != "rice" else -1 for label in labels]
    for name, mapped in (("before", case.mapped), ("after", classes)):
        expected = (mapped[rows, columns] == right)[used].mean()
        assert outputs[f"accuracy_{name}"] == pytest.approx(expected)
    assert outputs["accuracy"]["n_left_out"] == 200 - used.sum()


BAD = [
    ({"map_classes": "", "map_probabilities": "", "probabilities": ""}, "No map"),
    ({"map_probabilities": "", "window": 5, "probabilities": ""}, "needs the probabilities"),
    ({"window": 4}, "not odd"),
    ({"rules": "slope steep"}, "is no rule"),
    ({"rules": "slope > 3 -> grass"}, "names the layer 'slope'"),
    ({"connectivity": "6"}, "4 or 8"),
    ({"min_mapping_unit": -1.0}, "negative"),
    ({"smoothness": 0.0}, "Smoothness"),
    ({"zero": "perhaps"}, "no treatment"),
    ({"unclassified_values": "a"}, "no list of values"),
    ({"classes": "", "probabilities": ""}, "No output"),
    ({"map_classes": "nowhere.tif"}, "cannot be read"),
    ({"reference": "nowhere.gpkg", "class_field": "x"}, "cannot be read"),
    ({"reference": "nowhere.gpkg"}, "field of the reference"),
    ({"objects": "nowhere.gpkg"}, "cannot be read"),
]


@pytest.mark.parametrize(("changes", "word"), BAD)
def test_bad_input_is_refused(case, changes, word):
    with pytest.raises(CropSampleError, match=word):
        case.run(**changes)
    assert not (case.folder / "out_c.tif").exists()
    assert not list(case.folder.glob(".refine*"))


def test_rules_name_classes_of_the_map(case, rule_layer):
    with pytest.raises(InputError, match=r"names the class 'rice'.*grass, maize, wheat"):
        case.run(rules="rule > 1 -> rice", rule_layers=(rule_layer,))
    with pytest.raises(InputError, match="wants band 2"):
        case.run(rules="rule[2] > 1 -> grass", rule_layers=(rule_layer,))


def test_maps_that_do_not_belong_together(case):
    write(case.folder / "p2.tif", case.steps[:, :-1], NAMES, nodata=NODATA, scale=0.0001)
    with pytest.raises(InputError, match="different grids"):
        case.run(map_probabilities=str(case.folder / "p2.tif"))
    write(case.folder / "p3.tif", case.steps, ("a", "b", "c"), nodata=NODATA, scale=0.0001)
    with pytest.raises(InputError, match="differ"):
        case.run(map_probabilities=str(case.folder / "p3.tif"))


def test_an_output_is_no_input(case):
    with pytest.raises(OutputError, match="also an input"):
        case.run(classes=case.classes)


def test_a_reference_elsewhere(case):
    path = case.folder / "r.gpkg"
    point = shapely.to_wkb(np.array([shapely.Point(0, 0)]))
    pyogrio.raw.write(path, point, [np.array(["grass"], object)], ["k"], geometry_type="Point", crs="EPSG:32631")
    with pytest.raises(SamplesError, match="No reference point"):
        case.run(reference=str(path), class_field="k")
    with pytest.raises(SamplesError, match="no field 'class'"):
        case.run(reference=str(path), class_field="class")
