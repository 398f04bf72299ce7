from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
import shapely
from accuracy_cases import LEFT, PIXEL, TOP, write_map, write_points
from pyproj import Geod, Transformer
from rasterio.transform import from_origin

from cropsample_plugin.engine.accuracy.class_counts import ClassMap
from cropsample_plugin.engine.accuracy.class_scheme import read_class_names
from cropsample_plugin.engine.accuracy.threshold_choice import choose_threshold
from cropsample_plugin.engine.errors import CropSampleError, InputError, OutputError, SamplesError, StackError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.sampling.map_frame import FrameRules
from cropsample_plugin.jobs import assess_accuracy, probability_samples
from cropsample_plugin.jobs.registry import JobContext

NAMES = {1: "maize", 2: "wheat", 3: "grass"}


class Hearing(SilentProgress):
    def __init__(self):
        self.heard = []

    def log(self, message, _level="info"):
        self.heard.append(message)


def context():
    return JobContext(Hearing(), 1, 500, "cpu")


def landscape(seed=0, shape=(60, 80)):
    """Return truth and a map of it, values 1 to 3, that is right in about 80 % of the pixels."""
    rng = np.random.default_rng(seed)
    truth = np.repeat(np.repeat(rng.integers(1, 4, (shape[0] // 5, shape[1] // 5)), 5, 0), 5, 1).astype(np.uint8)
    wrong = rng.random(shape) < 0.3
    return truth, np.where(wrong, rng.integers(1, 4, shape), truth).astype(np.uint8)


@pytest.fixture
def case(tmp_path):
    truth, mapped = landscape()
    return Case(tmp_path, truth, mapped)


class Case:
    def __init__(self, folder, truth, mapped):
        self.folder, self.truth, self.mapped = folder, truth, mapped
        self.map = write_map(folder / "map.tif", mapped, names=NAMES)

    def reference(self, n=150, seed=1, **fields):
        rng = np.random.default_rng(seed)
        rows, columns = np.divmod(rng.choice(self.truth.size, n, replace=False), self.truth.shape[1])
        labels = np.array([NAMES[value] for value in self.truth[rows, columns]], dtype=object)
        extra = {name: np.asarray(values)[:n] for name, values in fields.items()}
        return write_points(self.folder / "reference.gpkg", rows, columns, {"class": labels, **extra})

    def drawn(self, **options):
        """Return a sample of 'Probability samples' with the truth as its label."""
        path = str(self.folder / "drawn.gpkg")
        options = {"n_samples": 150, "minimum_per_stratum": 10, **options}
        probability_samples.run(probability_samples.Parameters(path, self.map, **options), context())
        return self.relabel(path)

    def relabel(self, path, change=None):
        frame = pyogrio.read_dataframe(path)
        frame["class"] = [NAMES[self.truth[row, column]] for row, column in zip(frame["row"], frame["col"])]
        if change:
            change(frame)
        target = self.folder / "labeled.gpkg"
        pyogrio.write_dataframe(frame, target)
        return str(target)

    def run(self, reference=None, **parameters):
        names = {"table": "t.gpkg", "matrix": "m.gpkg", "dropped": "d.gpkg", "report": "r.html", "publication": "p.csv"}
        values = {name: str(self.folder / file_name) for name, file_name in names.items()}
        values |= {"class_field": "class", "map": self.map, **parameters}
        job_context = context()
        job = assess_accuracy.Parameters(reference=reference or self.reference(), **values)
        outputs = assess_accuracy.run(job, job_context).outputs
        return outputs, job_context.progress.heard

    def table(self, name="t"):
        return pyogrio.read_dataframe(self.folder / f"{name}.gpkg")


@pytest.mark.parametrize("design", ["stratified", "simple_random", "systematic", "cluster", "balanced"])
def test_every_drawn_design_is_read_from_the_samples_and_finds_the_truth(case, design):
    outputs, _ = case.run(case.drawn(design=design, cluster_size=8), design="from_reference")
    assert outputs["is_probability_sample"]
    table = case.table()
    assert set(table["design"]) == {design}
    assert table["area_ha"][1:].sum() == pytest.approx(48.0)
    truth = np.bincount(case.truth.ravel(), minlength=4)[1:] * 0.01
    assert np.all(np.abs(table["area_ha"][1:] - truth) < 3.5 * table["area_se_ha"][1:])
    accuracy = (case.truth == case.mapped).mean()
    assert abs(outputs["overall_accuracy"] - accuracy) < 3.5 * outputs["overall_accuracy_se"]


def test_stratified_job_equals_the_formula_by_hand(case):
    outputs, _ = case.run(case.drawn())
    frame = pyogrio.read_dataframe(case.folder / "labeled.gpkg")
    sizes = np.bincount(case.mapped.ravel(), minlength=4)[1:]
    share, variance = 0.0, 0.0
    for value, size in zip((1, 2, 3), sizes):
        hits = (frame["class"][frame["stratum"] == value] == "maize").to_numpy(float)
        share += size / sizes.sum() * hits.mean()
        variance += (size / sizes.sum()) ** 2 * hits.var(ddof=1) / len(hits) * _unsampled(len(hits), size)
    row = case.table().set_index("class").loc["maize"]
    assert row["area_ha"] == pytest.approx(48 * share)
    assert row["area_se_ha"] == pytest.approx(48 * variance**0.5)
    assert outputs["n_samples"] == len(frame)


def _unsampled(n, size):
    return 1 - n / size if n / size >= 0.05 else 1.0


def test_outputs_say_rows_map_columns_reference(case):
    case.run(case.drawn())
    matrix = case.table("m")
    assert set(matrix["layout"]) == {"rows: map, columns: reference"}
    assert matrix["map_class"].tolist() == ["maize", "wheat", "grass", "total"]
    frame = pyogrio.read_dataframe(case.folder / "labeled.gpkg")
    expected = ((frame["stratum"] == 1) & (frame["class"] == "wheat")).sum()
    assert matrix["reference wheat"][0] == expected
    report = (case.folder / "r.html").read_text(encoding="utf-8")
    assert "rows map, columns reference" in report
    with (case.folder / "p.csv").open(encoding="utf-8-sig", newline="") as stream:
        printed = list(csv.reader(stream))
    assert printed[0][3] == "Estimated area [ha]"
    assert "Overall accuracy" in printed[4][6]
    row = case.table().set_index("class").loc["maize"]
    assert printed[1][10] == f"{100 * row['f1']:.1f} %"
    assert printed[1][11] == f"{100 * row['f1_low']:.1f} % to {100 * row['f1_high']:.1f} %"
    assert printed[1][12] == f"{row['n_map']:.0f} / {row['n_reference']:.0f}"
    assert {len(line) for line in printed[:5]} == {13}


def test_a_map_changed_after_the_draw_keeps_the_strata_of_the_draw(case):
    reference = case.drawn()
    changed = case.mapped.copy()
    changed[:, :40] = 1
    write_map(case.folder / "map.tif", changed, names=NAMES)
    _, heard = case.run(reference)
    assert any("not the classes of the map" in text for text in heard)
    table = case.table().set_index("class")
    truth = np.bincount(case.truth.ravel(), minlength=4)[1:] * 0.01
    assert np.all(
        np.abs(table.loc[["maize", "wheat", "grass"], "area_ha"] - truth) < 3.5 * table["area_se_ha"].iloc[1:]
    )


def test_strata_raster_other_than_classes(case):
    strata = np.tile(np.repeat([1, 2], 40), (60, 1)).astype(np.uint8)
    path = write_map(case.folder / "strata.tif", strata)
    rng = np.random.default_rng(3)
    rows, columns = (
        rng.integers(60, size=120),
        np.concatenate([rng.integers(40, size=90), rng.integers(40, 80, size=30)]),
    )
    labels = np.array([NAMES[value] for value in case.truth[rows, columns]], dtype=object)
    reference = write_points(case.folder / "reference.gpkg", rows, columns, {"class": labels})
    case.run(reference, design="stratified", strata=path)
    row = case.table().set_index("class").loc["wheat"]
    means = [(labels[part] == "wheat").mean() for part in (columns < 40, columns >= 40)]
    assert row["area_ha"] == pytest.approx(48 * np.mean(means), rel=0.02)


def test_strata_raster_on_another_grid_is_refused(case):
    path = write_map(
        case.folder / "strata.tif", np.ones((60, 80), np.uint8), transform=from_origin(LEFT + 5, TOP, 10, 10)
    )
    with pytest.raises(InputError, match="another grid"):
        case.run(design="stratified", strata=path)


def test_stratum_field_with_sizes_in_whatever_order(case):
    units = np.random.default_rng(3).permutation(2400)[:120]
    rows, columns = units // 40, units % 40 + np.where(np.arange(120) < 90, 0, 40)
    labels = np.array([NAMES[value] for value in case.truth[rows, columns]], dtype=object)
    west = columns < 40
    fields = {"class": labels, "zone": np.where(west, "west", "east"), "size": np.where(west, 1e6, 9e6)}
    found = []
    for order in (np.arange(120), np.arange(120)[::-1]):
        path = write_points(
            case.folder / "reference.gpkg", rows[order], columns[order], {k: v[order] for k, v in fields.items()}
        )
        case.run(path, design="stratified", stratum_field="zone", stratum_size_field="size")
        found.append(case.table().set_index("class").loc["wheat", ["area_ha", "area_se_ha"]].tolist())
    assert found[0] == pytest.approx(found[1])
    means = [(labels[part] == "wheat").mean() for part in (west, ~west)]
    assert found[0][0] == pytest.approx(1e7 * 0.01 * (0.1 * means[0] + 0.9 * means[1]))


def test_regions_have_their_own_areas(case):
    boxes = [shapely.box(LEFT, TOP - 600, LEFT + 400, TOP), shapely.box(LEFT + 400, TOP - 600, LEFT + 800, TOP)]
    path = case.folder / "regions.gpkg"
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(boxes)), [np.array(["west", "east"], object)], ["name"],
        geometry_type="Polygon", crs="EPSG:32631", driver="GPKG",
    )  # fmt: skip
    case.run(case.drawn(), regions=str(path), region_field="name")
    table = case.table()
    assert list(dict.fromkeys(table["region"])) == ["whole map", "west", "east"]
    for name, part in (("west", slice(0, 40)), ("east", slice(40, 80))):
        rows = table[(table["region"] == name) & (table["class"] != "all classes")]
        assert rows["area_ha"].sum() == pytest.approx(24.0)
        assert rows["mapped_ha"].tolist() == pytest.approx(
            (np.bincount(case.mapped[:, part].ravel())[1:] * 0.01).tolist()
        )
        truth = np.bincount(case.truth[:, part].ravel(), minlength=4)[1:] * 0.01
        assert np.all(np.abs(rows["area_ha"].to_numpy() - truth) < 3.5 * rows["area_se_ha"].to_numpy())


def test_a_region_without_samples_has_its_mapped_area_and_no_estimate(case):
    boxes = [shapely.box(LEFT, TOP - 600, LEFT + 700, TOP), shapely.box(LEFT + 700, TOP - 600, LEFT + 800, TOP)]
    path = case.folder / "regions.gpkg"
    to_degrees = Transformer.from_crs("EPSG:32631", "EPSG:4326", always_xy=True)
    moved = [shapely.transform(box, lambda xy: np.stack(to_degrees.transform(*xy.T), axis=1)) for box in boxes]
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array(moved)), [np.array(["west", "east"], object)], ["name"],
        geometry_type="Polygon", crs="EPSG:4326", driver="GPKG",
    )  # fmt: skip
    rows, columns = np.divmod(np.random.default_rng(5).choice(60 * 70, 100, replace=False), 70)
    labels = np.array([NAMES[value] for value in case.truth[rows, columns]], dtype=object)
    reference = write_points(case.folder / "r.gpkg", rows, columns, {"class": labels})
    case.run(reference, design="simple_random", regions=str(path), region_field="name")
    east = case.table()[case.table()["region"] == "east"]
    assert east["area_ha"][1:].isna().all()
    assert east["overall_accuracy"].isna().all()
    assert east["mapped_ha"].iloc[0] == pytest.approx(6.0)
    assert set(east["note"]) == {"0 samples: too few for any estimate"}


def test_regions_elsewhere_are_refused(case):
    path = case.folder / "regions.gpkg"
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array([shapely.box(0, 0, 9, 9)])), [np.array(["sea"], object)], ["name"],
        geometry_type="Polygon", crs="EPSG:32631", driver="GPKG",
    )  # fmt: skip
    with pytest.raises(InputError, match="No region"):
        case.run(case.drawn(), regions=str(path), region_field="name")


def test_geographic_pixels_have_their_true_area(tmp_path):
    values = np.ones((300, 200), np.uint8)
    transform = from_origin(1.0, 61.0, 0.01, 0.01)
    path = write_map(tmp_path / "map.tif", values, crs="EPSG:4326", transform=transform)
    with ClassMap(path, FrameRules()) as class_map:
        tally = class_map.count(SilentProgress())
        band = class_map.areas.at(np.array([0, 299]), np.array([0, 0]))
    box = shapely.segmentize(shapely.box(1.0, 58.0, 3.0, 61.0), 0.001)
    truth = abs(Geod(ellps="WGS84").geometry_area_perimeter(box)[0])
    assert tally.areas_m2[1] == pytest.approx(truth, rel=1e-6)
    assert band[1] / band[0] == pytest.approx(np.cos(np.radians(58.005)) / np.cos(np.radians(60.995)), rel=1e-3)


@pytest.mark.parametrize(("crs", "transform"), [("EPSG:3857", from_origin(0, 8_000_000, 100, 100)),
                                                ("EPSG:3034", from_origin(4e6, 2.5e6, 5000, 5000))])  # fmt: skip
def test_projections_that_stretch_areas_are_corrected(tmp_path, crs, transform):
    path = write_map(tmp_path / "map.tif", np.ones((300, 400), np.uint8), crs=crs, transform=transform)
    with ClassMap(path, FrameRules()) as class_map:
        tally = class_map.count(SilentProgress())
        assert "ellipsoid" in class_map.areas.how
    box = shapely.segmentize(shapely.box(*rasterio.transform.array_bounds(300, 400, transform)), 500)
    to_degrees = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    ring = np.stack(to_degrees.transform(*shapely.get_coordinates(box).T), axis=1)
    truth = abs(Geod(ellps="WGS84").geometry_area_perimeter(shapely.Polygon(ring))[0])
    assert tally.areas_m2[1] == pytest.approx(truth, rel=2e-3)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int32", "float32"])
def test_counting_equals_numpy_for_every_type(tmp_path, dtype):
    rng = np.random.default_rng(2)
    values = rng.integers(0, 40, (333, 271)).astype(dtype)
    if dtype != "uint8":
        values[values == 7] = -3
    path = write_map(tmp_path / "map.tif", values)
    with ClassMap(path, FrameRules()) as class_map:
        tally = class_map.count(SilentProgress())
    found, counts = np.unique(values, return_counts=True)
    assert tally.pixels == {int(value): count for value, count in zip(found, counts)}
    assert tally.areas_m2[5] == pytest.approx(100.0 * tally.pixels[5])


def test_a_raster_of_measurements_is_no_class_map(tmp_path):
    path = write_map(tmp_path / "map.tif", np.random.default_rng(0).random((60, 60)).astype(np.float32))
    with ClassMap(path, FrameRules()) as class_map, pytest.raises(InputError, match="no map of classes"):
        class_map.count(SilentProgress())


def test_class_zero_is_asked_for_and_both_answers_are_obeyed(case):
    case.mapped[:20] = 0
    case.map = write_map(case.folder / "map.tif", case.mapped, names={0: "water", **NAMES})
    with pytest.raises(InputError, match="value 0"):
        case.run(design="simple_random")
    outputs, _ = case.run(design="simple_random", zero="class")
    assert outputs["total_area_ha"] == pytest.approx(48.0)
    assert "water" in case.table()["class"].tolist()
    outputs, heard = case.run(design="simple_random", zero="outside")
    assert outputs["total_area_ha"] == pytest.approx(32.0)
    assert outputs["n_dropped"] > 20
    assert any("value 0" in text for text in heard)


def test_nodata_and_unclassified_are_left_out_and_accounted_for(case):
    case.mapped[:10] = 255
    case.mapped[10:20] = 9
    case.map = write_map(case.folder / "map.tif", case.mapped, names=NAMES, nodata=255)
    outputs, _ = case.run(design="simple_random", unclassified_values="9")
    assert outputs["total_area_ha"] == pytest.approx(32.0)
    dropped = case.table("d")
    assert outputs["n_samples"] + len(dropped) == 150
    assert set(dropped["reason"]) == {
        "the map has no data there",
        "the map is unclassified there, which was said to be outside",
    }


def test_samples_outside_blank_and_repeated_are_listed(case):
    rows, columns = np.array([1, 2, 3, 3, 500, 5, 8, 9]), np.array([1, 2, 3, 3, 3, 5, 8, 9])
    labels = ["maize", "wheat", "grass", "grass", "maize", None, "maize", "wheat"]
    path = write_points(case.folder / "r.gpkg", rows, columns, {"class": np.array(labels, dtype=object)})
    outputs, _ = case.run(path, design="simple_random")
    assert outputs["n_samples"] == 5
    reasons = dict(zip(case.table("d")["row"], case.table("d")["reason"]))
    assert "repeats" in reasons[4]
    assert "outside the map" in reasons[5]
    assert "no label" in reasons[6]


def test_a_reference_wholly_outside_or_on_nodata_is_refused_with_the_reasons(case):
    labels = np.array(["maize", "wheat", "grass"], dtype=object)
    outside = write_points(case.folder / "o.gpkg", [500, 600, 700], [3, 3, 3], {"class": labels})
    with pytest.raises(SamplesError, match="3 because it lies outside the map"):
        case.run(outside, design="simple_random")
    case.mapped[:10] = 255
    case.map = write_map(case.folder / "map.tif", case.mapped, names=NAMES, nodata=255)
    on_nodata = write_points(case.folder / "n.gpkg", [1, 2, 3], [3, 3, 3], {"class": labels})
    with pytest.raises(SamplesError, match="No reference sample lies on a class of the map"):
        case.run(on_nodata, design="simple_random")


def test_one_place_with_two_labels_is_refused(case):
    path = write_points(case.folder / "r.gpkg", [3, 3], [3, 3], {"class": np.array(["maize", "wheat"], dtype=object)})
    with pytest.raises(SamplesError, match="another label"):
        case.run(path, design="simple_random")


def test_without_design_fields_the_design_must_be_given(case):
    with pytest.raises(SamplesError, match="does not say how it was drawn"):
        case.run()
    assert case.run(design="simple_random")[0]["n_samples"] == 150


def test_classes_the_map_lacks_keep_their_area(case):
    case.truth[:, :16] = 4
    NAMES[4] = "sugar cane"
    try:
        outputs, heard = case.run(design="simple_random")
    finally:
        del NAMES[4]
    row = case.table().set_index("class").loc["sugar cane"]
    assert abs(row["area_ha"] - 9.6) < 3.5 * row["area_se_ha"]
    assert row["producers_accuracy"] == 0
    assert np.isnan(row["users_accuracy"])
    assert any("classes that the map lacks: sugar cane" in text for text in heard)
    assert outputs["n_samples"] == 150


def test_a_map_without_names_takes_numbers_and_refuses_words(case):
    Path(f"{case.map}.aux.xml").unlink()
    with pytest.raises(SamplesError, match="No class of the reference"):
        case.run(design="simple_random")
    outputs, _ = case.run(design="simple_random", class_names="1=maize; 2 = wheat, 3=grass")
    assert outputs["overall_accuracy"] > 0.6
    names = case.folder / "names.csv"
    names.write_text("value,name\n1,maize\n2,wheat\n3,grass\n", encoding="utf-8")
    assert (
        case.run(design="simple_random", class_names=str(names))[0]["overall_accuracy"] == outputs["overall_accuracy"]
    )
    with pytest.raises(InputError, match="names no class"):
        case.run(design="simple_random", class_names="maize is 1")


def test_names_merge_values_into_one_class(case):
    _, _ = case.run(case.drawn(), design="simple_random", class_names="1=crop, 2=crop, 3=grass", class_field="stratum")
    assert case.table()["class"].tolist() == ["all classes", "crop", "grass"]


def test_names_from_attribute_table_and_style(tmp_path):
    path = write_map(tmp_path / "a.tif", np.ones((2, 2), np.uint8))
    Path(f"{path}.aux.xml").write_text(
        "<PAMDataset><PAMRasterBand band='1'><GDALRasterAttributeTable>"
        '<FieldDefn index="0"><Name>Value</Name><Type>0</Type><Usage>5</Usage></FieldDefn>'
        '<FieldDefn index="1"><Name>Class</Name><Type>2</Type><Usage>2</Usage></FieldDefn>'
        '<Row index="0"><F>1</F><F>Corn &amp; beans</F></Row></GDALRasterAttributeTable></PAMRasterBand></PAMDataset>',
        encoding="utf-8",
    )
    assert read_class_names(path, "").name_by_value == {1: "Corn & beans"}
    Path(f"{path}.aux.xml").unlink()
    (tmp_path / "a.qml").write_text('<paletteEntry value="1" color="#fff" label="Corn" alpha="255"/>', encoding="utf-8")
    assert read_class_names(path, "").name_by_value == {1: "Corn"}
    (tmp_path / "a.qml").unlink()
    assert read_class_names(path, "", ((1, "Maize"), (2, "2"))).name_by_value == {1: "Maize"}


def test_absent_class_and_class_with_one_sample_are_told(case):
    case.mapped[0, 0], case.mapped[0, 1] = 5, 6
    case.truth[0, 0] = 5
    case.map = write_map(case.folder / "map.tif", case.mapped, names={**NAMES, 5: "rice", 6: "tea"})
    rows, columns = np.divmod(np.arange(0, 4800, 37), 80)
    labels = np.array([{5: "rice", **NAMES}[value] for value in case.truth[rows, columns]], dtype=object)
    path = write_points(case.folder / "r.gpkg", rows, columns, {"class": labels})
    _, heard = case.run(path, design="simple_random")
    told = " ".join(heard)
    assert "No sample lies on the map classes tea" in told
    assert "A single sample lies on the map classes rice" in told
    with pytest.raises(SamplesError, match="No sample lies in the strata tea"):
        case.run(path, design="post_stratified")
    _, heard = case.run(path, design="post_stratified", unsampled_strata="leave_out")
    assert any("left out, as asked" in text for text in heard)


def test_sets_that_prove_nothing_are_refused_or_marked_everywhere(case):
    texts = np.full(150, "representative (CRI), not a probability sample", dtype=object)
    reference = case.reference(design=texts)
    with pytest.raises(SamplesError, match="proves nothing"):
        case.run(reference, design="simple_random")
    outputs, heard = case.run(reference, design="simple_random", accept_non_probability=True)
    assert not outputs["is_probability_sample"]
    assert heard[0].startswith("NOT A PROBABILITY SAMPLE")
    warnings = [*case.table()["warning"], *case.table("m")["warning"]]
    assert all(text.startswith("NOT A PROBABILITY SAMPLE") for text in warnings)
    for name in ("r.html", "p.csv"):
        assert "NOT A PROBABILITY SAMPLE" in (case.folder / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("keyword", ["cropsample:design=representative", "not a probability sample"])
def test_keywords_of_the_layer_count(case, keyword):
    with pytest.raises(SamplesError, match="metadata say"):
        case.run(design="simple_random", reference_keywords=(keyword,))


def test_keyword_of_a_design_is_taken(case):
    outputs, _ = case.run(reference_keywords=("cropsample:design=simple_random",))
    assert set(case.table()["design"]) == {"simple_random"}
    assert outputs["is_probability_sample"]


@pytest.mark.parametrize("job", ["representativesamples", "proposesamples", "trustedsamples", "productconsensus"])
def test_record_beside_the_reference_counts(case, job):
    reference = case.reference()
    Path(f"{reference}.cropsample.json").write_text(json.dumps({"job": {"name": job}}), encoding="utf-8")
    with pytest.raises(SamplesError, match=job):
        case.run(reference, design="simple_random")


def test_training_samples_of_the_map_are_refused(case):
    reference = case.reference()
    records = {
        case.map: {"job": {"name": "predictmap", "parameters": {"model_package": str(case.folder / "model.zip")}}},
        str(case.folder / "model.zip"): {"processing_command": f"processing.run('x', {{'SAMPLES':'{reference}'}})"},
    }
    for path, record in records.items():
        Path(f"{path}.cropsample.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(SamplesError, match="150 of its 150 samples are training samples of the map"):
        case.run(reference, design="simple_random")
    # Nor does a refined map hide what the one it was made of was trained with.
    refined = str(case.folder / "refined.tif")
    Path(refined).write_bytes(Path(case.map).read_bytes())
    Path(f"{refined}.aux.xml").write_bytes(Path(f"{case.map}.aux.xml").read_bytes())
    record = {"job": {"name": "refinemap", "parameters": {"map_classes": case.map, "classes": refined}}}
    Path(f"{refined}.cropsample.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(SamplesError, match="150 of its 150 samples are training samples of the map"):
        case.run(reference, map=refined, design="simple_random")
    # A sample that meets a few of them by chance is none.
    rows, columns = np.divmod(np.arange(0, 4800, 29), 80)
    labels = np.array([NAMES[value] for value in case.truth[rows, columns]], dtype=object)
    other = write_points(case.folder / "other.gpkg", rows, columns, {"class": labels})
    _, heard = case.run(other, design="simple_random")
    assert any("lie at training samples of the map" in text for text in heard)


def test_several_designs_in_one_layer_are_refused(case):
    with pytest.raises(SamplesError, match="several designs"):
        case.run(case.reference(design=np.array(["stratified"] * 75 + ["cluster"] * 75, dtype=object)))


@pytest.mark.parametrize(("weights", "said"), [(-1.0, "negative"), (0.0, "zero")])
def test_negative_and_zero_weights_are_refused(case, weights, said):
    values = np.full(150, 32.0)
    values[3] = weights
    with pytest.raises(SamplesError, match=said):
        case.run(case.reference(weight=values), design="unequal", weight_field="weight")


def test_unequal_weights_find_the_truth(case):
    rng = np.random.default_rng(6)
    chances = 1.0 + 3.0 * (case.truth == 1)
    chances /= chances.sum()
    units = rng.choice(case.truth.size, 300, p=chances.ravel())
    units = np.unique(units)
    rows, columns = np.divmod(units, 80)
    labels = np.array([NAMES[value] for value in case.truth[rows, columns]], dtype=object)
    path = write_points(
        case.folder / "r.gpkg", rows, columns, {"class": labels, "w": 1.0 / (300 * chances[rows, columns])}
    )
    case.run(path, design="unequal", weight_field="w")
    row = case.table().set_index("class").loc["maize"]
    assert abs(row["area_ha"] - (case.truth == 1).sum() * 0.01) < 3.5 * row["area_se_ha"]


def test_several_labelers_widen_the_interval_and_the_report_says_by_how_much(case):
    rng = np.random.default_rng(2)
    reference = case.reference()
    frame = pyogrio.read_dataframe(reference)
    frame["second"] = np.where(rng.random(150) < 0.4, "grass", frame["class"])
    pyogrio.write_dataframe(frame, reference)
    case.run(reference, design="simple_random", class_field="", label_fields=("class", "second"))
    table = case.table().set_index("class")
    assert table.loc["grass", "area_se_ha"] > 1.05 * table.loc["grass", "area_se_sampling_ha"]
    assert "disagreement adds" in (case.folder / "r.html").read_text(encoding="utf-8")


def test_threshold_given_or_chosen_and_said(case):
    rng = np.random.default_rng(7)
    crop = (case.truth == 1).astype(float)
    probability = np.clip(0.3 * crop + 0.2 + 0.15 * rng.normal(size=crop.shape), 0, 1).astype(np.float32)
    case.map = write_map(case.folder / "probability.tif", probability)
    reference = case.reference()
    frame = pyogrio.read_dataframe(reference)
    frame["class"] = np.where(frame["class"] == "maize", "maize", "other")
    pyogrio.write_dataframe(frame, reference)
    options = {"design": "simple_random", "class_names": "0=other, 1=maize", "zero": "class"}
    given, heard = case.run(reference, threshold="0.5", **options)
    assert given["threshold_used"] == 0.5
    assert not any("optimistic" in text for text in heard)
    chosen, heard = case.run(reference, threshold="choose", **options)
    assert 0.25 < chosen["threshold_used"] < 0.45
    assert chosen["macro_f1"] > given["macro_f1"]
    assert any("optimistic" in text for text in heard)
    with pytest.raises(InputError, match="no threshold"):
        case.run(reference, threshold="high", **options)


def test_chosen_threshold_has_the_largest_f1():
    rng = np.random.default_rng(0)
    values, is_class, weights = rng.random(80).round(2), rng.random(80) < 0.4, rng.uniform(1, 3, 80)

    def f1(threshold):
        found = values >= threshold
        return 2 * weights[found & is_class].sum() / (weights[found].sum() + weights[is_class].sum())

    best = choose_threshold(values, is_class, weights)
    tried = np.unique(values)
    assert f1(best) == pytest.approx(max(f1(value) for value in tried[1:]))


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"map": "/nowhere/map.tif"}, StackError, "cannot be read"),
        ({"reference": "/nowhere/r.gpkg"}, SamplesError, "does not exist"),
        ({"class_field": "no such"}, SamplesError, "no such"),
        ({"design": "guess"}, InputError, "no design"),
        ({"confidence": 95.0}, InputError, "0.5 and 1"),
        ({"interval": "wide"}, InputError, "wide"),
        ({"table": "/nowhere/t.gpkg"}, OutputError, "does not exist"),
        ({"design": "cluster"}, SamplesError, "primary unit"),
        ({"design": "unequal"}, SamplesError, "weights"),
        ({"design": "unequal", "weight_field": "class"}, SamplesError, "no numbers"),
        ({"design": "stratified", "stratum_field": "class"}, SamplesError, "size of the strata"),
        ({"class_field": "", "label_fields": ()}, InputError, "class field"),
    ],
)
def test_bad_input_is_refused_in_words(case, change, error, said):
    values = {"design": "simple_random", **change}
    with pytest.raises(error, match=said) as caught:
        case.run(values.pop("reference", None), **values)
    assert isinstance(caught.value, CropSampleError)


def test_polygons_and_layers_without_a_reference_system_are_refused(case):
    path = case.folder / "p.gpkg"
    box = shapely.to_wkb(np.array([shapely.box(LEFT, TOP - 50, LEFT + 50, TOP)]))
    pyogrio.raw.write(
        path, box, [np.array(["maize"], object)], ["class"], geometry_type="Polygon", crs="EPSG:32631", driver="GPKG"
    )
    with pytest.raises(SamplesError, match="holds no points"):
        case.run(str(path), design="simple_random")
    point = shapely.to_wkb(np.array([shapely.Point(LEFT + PIXEL, TOP - PIXEL)]))
    pyogrio.raw.write(path, point, [np.array(["maize"], object)], ["class"], geometry_type="Point", driver="GPKG")
    with pytest.raises(SamplesError, match="no reference system"):
        case.run(str(path), design="simple_random")


def test_same_input_same_bytes(case):
    reference = case.drawn()
    tables = []
    for _ in range(2):
        case.run(reference, bootstrap_repeats=200)
        tables.append((case.folder / "r.html").read_bytes() + (case.folder / "p.csv").read_bytes())
    assert tables[0] == tables[1]


def test_kansas_intervals_hold_the_truth(shared_data):
    """A small version of benchmarks/accuracy_designs.py: 200 draws, 95 % intervals of accuracies and areas."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
    from accuracy_designs import simulate, truth_and_map

    data = truth_and_map(shared_data)
    for kind in ("stratified", "unequal"):
        for bias, _, wilson, _ in simulate(kind, data, 200, 400).values():
            assert abs(bias) < 4.5
            assert 0.90 < wilson.mean() <= 1.0
