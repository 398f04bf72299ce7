from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import rasterio
from accuracy_cases import LEFT, TOP, write_map, write_points
from rasterio.transform import from_origin

from cropsample_plugin.engine.accuracy.designs import DesignInput, make_design
from cropsample_plugin.engine.accuracy.estimates import IntervalRule, Labels, assess
from cropsample_plugin.engine.accuracy.intercomparison import own_strata_design, paired_difference, score_map
from cropsample_plugin.engine.accuracy.map_answers import majority
from cropsample_plugin.engine.errors import InputError, OutputError, SamplesError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import compare_maps
from cropsample_plugin.jobs.registry import JobContext

CLASSES = ("noncrop", "crop")


def published(shared_data):
    path = shared_data / "area_estimation" / "map_intercomparison_published.csv"
    with path.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def score_of(tn, fp, fn, tp):
    mapped = np.repeat([0, 1, 0, 1], [tn, fp, fn, tp])
    reference = np.repeat([0, 0, 1, 1], [tn, fp, fn, tp])
    labels = Labels(CLASSES, mapped, np.eye(2)[reference])
    return score_map(own_strata_design(mapped, 2), labels, "map", IntervalRule())


def agrees(value, printed):
    """Two decimals, whichever way a half was rounded."""
    return abs(value - float(printed)) <= 0.005 + 1e-9


def test_published_intercomparison_row_by_row(shared_data):
    rows = published(shared_data)
    assert len(rows) == 67
    assert {row["country"] for row in rows} == {"Togo", "Kenya", "Malawi", "Mali"}
    for row in rows:
        score = score_of(*(int(row[name]) for name in ("tn", "fp", "fn", "tp")))
        found = score.found
        compared = {
            "crop_f1": found.f1.values[1],
            "std_crop_f1": score.f1_bounds[1],
            "accuracy": found.overall.values[0],
            "std_acc": found.overall.errors[0],
            "crop_recall_pa": found.producers.values[1],
            "std_crop_pa": found.producers.errors[1],
            "noncrop_recall_pa": found.producers.values[0],
            "std_noncrop_pa": found.producers.errors[0],
            "crop_precision_ua": found.users.values[1],
            "std_crop_ua": found.users.errors[1],
            "noncrop_precision_ua": found.users.values[0],
            "std_noncrop_ua": found.users.errors[0],
        }
        wrong = {name: (value, row[name]) for name, value in compared.items() if not agrees(value, row[name])}
        assert not wrong, (row["country"], row["dataset"], wrong)


def draw(seed, n=4000):
    rng = np.random.default_rng(seed)
    reference = (rng.random(n) < 0.3).astype(int)
    first = np.where(rng.random(n) < 0.15, 1 - reference, reference)
    # The second map makes most of the first one's errors, and some more.
    second = np.where(rng.random(n) < 0.04, 1 - first, first)
    return reference, first, second


def test_paired_differences_are_narrower_than_unpaired_ones_and_cover():
    reference, first, second = draw(1, 20_000)
    truth = (first == reference).mean() - (second == reference).mean()
    rng, hits, narrower = np.random.default_rng(2), 0, []
    for _ in range(400):
        units = rng.choice(20_000, 500, replace=False)
        design = make_design(DesignInput("simple_random", 1.0, np.ones(500), 20_000))
        labels = [Labels(CLASSES, said[units], np.eye(2)[reference[units]]) for said in (first, second)]
        found = paired_difference(design, tuple(labels), ("a", "b"), 0.95, 1)
        hits += found.accuracy_low <= truth <= found.accuracy_high
        apart = np.hypot(*(assess(design, label, IntervalRule()).overall.errors[0] for label in labels))
        narrower.append(found.accuracy_error / apart)
    assert 0.92 < hits / 400 < 0.98
    assert max(narrower) < 0.7


def test_difference_equals_the_formula_for_paired_shares():
    reference, first, second = draw(3, 300)
    design = make_design(DesignInput("simple_random", 1.0, np.ones(300)))
    labels = tuple(Labels(CLASSES, said, np.eye(2)[reference]) for said in (first, second))
    found = paired_difference(design, labels, ("a", "b"), 0.95, 1)
    gained = (first == reference).astype(float) - (second == reference)
    assert found.accuracy == pytest.approx(gained.mean())
    assert found.accuracy_error == pytest.approx(np.sqrt(gained.var(ddof=1) / 300))
    assert found.only_first == (gained == 1).sum()
    assert found.only_second == (gained == -1).sum()
    swapped = paired_difference(design, labels[::-1], ("b", "a"), 0.95, 1)
    assert swapped.f1 == pytest.approx(-found.f1)
    assert swapped.f1_error == pytest.approx(found.f1_error)
    assert swapped.mcnemar_p == pytest.approx(found.mcnemar_p)


def test_equal_maps_do_not_differ():
    reference, first, _ = draw(4, 200)
    design = make_design(DesignInput("simple_random", 1.0, np.ones(200)))
    labels = Labels(CLASSES, first, np.eye(2)[reference])
    found = paired_difference(design, (labels, labels), ("a", "b"), 0.95, 1)
    assert found.accuracy == 0.0
    assert found.accuracy_error == 0.0
    assert found.mcnemar_p == 1.0


def test_majority_is_at_least_half_for_crop_and_the_most_frequent_class_otherwise():
    assert majority(np.array([[1, 0], [1, 1], [0, 0], [255, 1], [255, 255]], np.uint8), 2).tolist() == [1, 1, 0, 1, 255]
    assert majority(np.array([[2, 2, 0], [0, 1, 1]], np.uint8), 3).tolist() == [2, 1]
    # Of classes with equal votes the one of the earlier map wins.
    assert majority(np.array([[1, 2, 0], [255, 2, 1], [0, 1, 2], [2, 0, 0]], np.uint8), 3).tolist() == [1, 2, 0, 0]


class Case:
    """A truth, and three maps of it with legends and grids of their own."""

    def __init__(self, folder):
        self.folder = folder
        rng = np.random.default_rng(5)
        self.truth = np.repeat(np.repeat(rng.random((15, 20)) < 0.4, 4, 0), 4, 1)
        flips = [rng.random(self.truth.shape) < share for share in (0.08, 0.15, 0.25)]
        self.crops = [np.where(flip, ~self.truth, self.truth) for flip in flips]
        self.maps = [
            write_map(folder / "world.tif", np.where(self.crops[0], 40, 10).astype(np.uint8), nodata=0),
            write_map(folder / "dynamic.tif", np.where(self.crops[1], 4, 0).astype(np.uint8)),
            write_map(folder / "share.tif", np.where(self.crops[2], 0.8, 0.2).astype(np.float32)),
        ]
        self.crop_values = ("esa_worldcover", "dynamic_world", ">= 0.5")

    def reference(self, n=200, **fields):
        rng = np.random.default_rng(6)
        rows, columns = np.divmod(rng.choice(self.truth.size, n, replace=False), self.truth.shape[1])
        labels = np.where(self.truth[rows, columns], "maize", "forest").astype(object)
        self.rows, self.columns = rows, columns
        return write_points(self.folder / "reference.gpkg", rows, columns, {"class": labels, **fields})

    def run(self, **parameters):
        values = {name: str(self.folder / f"{name}.gpkg") for name in ("table", "pairs", "changes")}
        values |= {name: str(self.folder / f"{name}.tif") for name in ("agreement", "ensemble", "difference")}
        values |= {
            "report": str(self.folder / "report.html"),
            "maps": tuple(self.maps),
            "crop_values": self.crop_values,
        }
        if "reference" not in parameters:
            values |= {"reference": self.reference(), "class_field": "class", "crop_labels": ("maize", "rice")}
            values["design"] = "simple_random"
        heard = []
        progress = SilentProgress()
        progress.log = lambda message, _level="info": heard.append(message)
        job = compare_maps.Parameters(**(values | parameters))
        return compare_maps.run(job, JobContext(progress, 1, 500, "cpu")).outputs, heard

    def table(self, name):
        return pyogrio.read_dataframe(self.folder / f"{name}.gpkg")


@pytest.fixture
def case(tmp_path):
    return Case(tmp_path)


def read(path, band=1):
    with rasterio.open(path) as raster:
        return raster.read(band)


def test_scores_of_every_map_and_of_the_vote(case):
    outputs, _ = case.run()
    table = case.table("table").set_index("map")
    assert table.index.tolist() == ["world", "dynamic", "share", "ensemble (majority)"]
    there = case.truth[case.rows, case.columns]
    for name, crop in zip(("world", "dynamic", "share"), case.crops):
        said = crop[case.rows, case.columns]
        row = table.loc[name]
        assert (row["tp"], row["fp"]) == ((said & there).sum(), (said & ~there).sum())
        assert (row["fn"], row["tn"]) == ((~said & there).sum(), (~said & ~there).sum())
        assert row["accuracy"] == pytest.approx((said == there).mean())
        assert row["crop_ua"] == pytest.approx((said & there).sum() / said.sum())
        assert row["crop_pa"] == pytest.approx((said & there).sum() / there.sum())
        assert row["accuracy_low"] < row["accuracy"] < row["accuracy_high"]
    assert outputs["best_map"] == "world"
    assert outputs["n_samples"] == 200


def test_rasters_and_areas_equal_numpy(case):
    outputs, _ = case.run()
    crops = np.stack(case.crops)
    votes = crops.sum(axis=0)
    np.testing.assert_array_equal(read(case.folder / "agreement.tif"), np.maximum(votes, 3 - votes))
    np.testing.assert_array_equal(read(case.folder / "agreement.tif", 2), 3)
    np.testing.assert_array_equal(read(case.folder / "ensemble.tif"), votes >= 2)
    np.testing.assert_array_equal(read(case.folder / "difference.tif"), 2 * crops[0] + crops[1])
    assert outputs["share_agreed"] == pytest.approx(((votes == 0) | (votes == 3)).mean())
    assert outputs["changed_area_ha"] == pytest.approx((crops[0] != crops[1]).sum() * 0.01)
    changes = case.table("changes")
    lost = changes[(changes["from_class"] == "crop") & (changes["to_class"] == "noncrop")].iloc[0]
    assert lost["mapped_ha"] == pytest.approx((crops[0] & ~crops[1]).sum() * 0.01)
    pair = case.table("pairs").iloc[0]
    assert pair["agreement"] == pytest.approx((crops[0] == crops[1]).mean())
    names = Path(f"{case.folder / 'difference.tif'}.aux.xml").read_text(encoding="utf-8")
    assert "noncrop → crop" in names


def test_maps_on_other_grids_are_judged_by_their_own_pixels(case):
    coarse = case.crops[1][::4, ::4]
    case.maps[1] = write_map(
        case.folder / "coarse.tif", np.where(coarse, 4, 0).astype(np.uint8), transform=from_origin(LEFT, TOP, 40, 40)
    )
    case.run()
    said = coarse[case.rows // 4, case.columns // 4]
    row = case.table("table").set_index("map").loc["coarse"]
    assert row["accuracy"] == pytest.approx((said == case.truth[case.rows, case.columns]).mean())


def test_samples_without_data_on_one_map_are_left_out_of_all(case):
    holes = np.where(case.crops[0], 40, 10).astype(np.uint8)
    holes[:20] = 0
    case.maps[0] = write_map(case.folder / "world.tif", holes, nodata=0)
    outputs, heard = case.run()
    assert outputs["n_samples"] == (case.rows >= 20).sum()
    assert outputs["n_samples"] + outputs["n_dropped"] == 200
    assert any("the map 'world' has no data there" in text for text in heard)


def test_classes_by_name_when_no_crop_values_are_given(case):
    names = ({1: "maize", 2: "forest"}, {7: "Forest", 8: "MAIZE"})
    maps = [
        write_map(case.folder / "a.tif", np.where(case.crops[0], 1, 2).astype(np.uint8), names=names[0]),
        write_map(case.folder / "b.tif", np.where(case.crops[1], 8, 7).astype(np.uint8), names=names[1]),
    ]
    case.run(maps=tuple(maps), crop_values=(), reference=case.reference(), class_field="class", design="simple_random")
    row = case.table("table").set_index("map").loc["b"]
    said = case.crops[1][case.rows, case.columns]
    there = case.truth[case.rows, case.columns]
    assert row["maize_ua"] == pytest.approx((said & there).sum() / said.sum())
    report = (case.folder / "report.html").read_text(encoding="utf-8")
    assert f'<td>maize</td><td>b</td><td class="n">{row["maize_f1"]:.3f} ±' in report


def test_change_with_interval_from_a_reference_of_both_times(case):
    later = np.where(np.random.default_rng(9).random(case.truth.shape) < 0.2, ~case.truth, case.truth)
    rng = np.random.default_rng(6)
    rows, columns = np.divmod(rng.choice(case.truth.size, 400, replace=False), 80)
    fields = {
        "before": np.where(case.truth[rows, columns], "maize", "forest").astype(object),
        "after": np.where(later[rows, columns], "maize", "forest").astype(object),
    }
    reference = write_points(case.folder / "r.gpkg", rows, columns, fields)
    case.run(
        reference=reference,
        class_field="after",
        earlier_class_field="before",
        crop_labels=("maize",),
        design="simple_random",
    )
    changes = case.table("changes")
    assert changes["area_ha"].sum() == pytest.approx(48.0)
    gained = changes[(changes["from_class"] == "noncrop") & (changes["to_class"] == "crop")].iloc[0]
    truth = (~case.truth & later).sum() * 0.01
    assert abs(gained["area_ha"] - truth) < 3.5 * gained["area_se_ha"]
    share = ((fields["before"] == "forest") & (fields["after"] == "maize")).mean()
    assert gained["area_se_ha"] == pytest.approx(48 * np.sqrt(share * (1 - share) / 399 * (1 - 400 / 4800)), rel=0.05)


def test_without_a_reference_maps_are_compared_with_one_another(case):
    outputs, _ = case.run(reference="")
    assert outputs["n_samples"] == 0
    assert case.table("table")["first"].tolist() == ["world", "world", "dynamic"]
    assert "McNemar" not in (case.folder / "report.html").read_text(encoding="utf-8")


def test_published_errors_on_request(case):
    case.run(reference=case.reference(), class_field="class", crop_labels=("maize",), design="as_published")
    row = case.table("table").set_index("map").loc["share"]
    score = score_of(*(int(row[name]) for name in ("tn", "fp", "fn", "tp")))
    assert row["crop_pa_se"] == pytest.approx(score.found.producers.errors[1])
    assert row["crop_f1_bound"] == pytest.approx(score.f1_bounds[1])


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"maps": ("/nowhere/a.tif", "/nowhere/b.tif"), "crop_values": ("40", "40")}, InputError, "cannot be read"),
        ({"crop_values": ("40",)}, InputError, "crop values of 1"),
        ({"crop_values": ("wheat", "40", "40")}, InputError, "wheat"),
        ({"crop_values": ()}, InputError, "no names of classes"),
        ({"confidence": 2.0}, InputError, "0.5 and 1"),
        ({"ensemble": "/nowhere/e.tif"}, OutputError, "does not exist"),
        ({"report": "report.doc"}, OutputError, "html"),
    ],
)
def test_bad_input_is_refused_in_words(case, change, error, said):
    with pytest.raises(error, match=said):
        case.run(reference="", **change)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"crop_labels": ("sorghum",)}, "No sample has one of the crop labels"),
        ({"crop_labels": ()}, "no class of the maps: forest, maize"),
        ({"class_field": ""}, "No field"),
        ({"class_field": "nothing"}, "nothing"),
        ({"design": "from_reference"}, "does not say how it was drawn"),
        ({"design": "unequal"}, "weights"),
    ],
)
def test_bad_references_are_refused_in_words(case, change, said):
    values = {"class_field": "class", "crop_labels": ("maize",), "design": "simple_random", **change}
    with pytest.raises(SamplesError, match=said):
        case.run(reference=case.reference(), **values)


def test_one_map_is_no_comparison(case):
    with pytest.raises(InputError, match="two or more"):
        case.run(reference="", maps=(case.maps[0],), crop_values=("40",))


def test_sets_that_prove_nothing_are_refused_or_marked(case):
    fields = {"design": np.full(200, "representative (CRI), not a probability sample", dtype=object)}
    values = {"reference": case.reference(**fields), "class_field": "class", "crop_labels": ("maize",)}
    with pytest.raises(SamplesError, match="proves nothing"):
        case.run(design="simple_random", **values)
    case.run(design="simple_random", accept_non_probability=True, **values)
    assert all(text.startswith("NOT A PROBABILITY SAMPLE") for text in case.table("table")["warning"])
    assert "NOT A PROBABILITY SAMPLE" in (case.folder / "report.html").read_text(encoding="utf-8")


def test_training_samples_of_one_of_the_maps_are_refused(case):
    reference = case.reference()
    records = {
        case.maps[1]: {"job": {"name": "predictmap", "parameters": {"model_package": str(case.folder / "model.zip")}}},
        str(case.folder / "model.zip"): {"job": {"name": "trainclassifier", "parameters": {"samples": reference}}},
    }
    for path, record in records.items():
        Path(f"{path}.cropsample.json").write_text(json.dumps(record), encoding="utf-8")
    values = {"reference": reference, "class_field": "class", "crop_labels": ("maize",), "design": "simple_random"}
    with pytest.raises(SamplesError, match="200 of its 200 samples are training samples of the map 'dynamic'"):
        case.run(**values)
    outputs, _ = case.run(accept_non_probability=True, **values)
    assert "training samples of the map 'dynamic'" in outputs["warnings"][0]
