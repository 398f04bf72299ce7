from __future__ import annotations

import itertools
import math

import numpy as np
import pyogrio.raw
import pytest
import shapely

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.labels.agreement import (
    cohen_kappa,
    cross_table,
    fleiss_kappa,
    krippendorff_alpha,
    pair_agreements,
)
from cropsample_plugin.engine.labels.consensus import CONSENSUS, THIRD_OPINION, TIE, ConsensusOptions, decide
from cropsample_plugin.engine.labels.dawid_skene import fit_dawid_skene
from cropsample_plugin.engine.labels.votes import NO_LABEL, LabelVotes
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.jobs import label_consensus
from cropsample_plugin.jobs.registry import JobContext

CONTEXT = JobContext(SilentProgress(), 1, 1000, "cpu")


def make_votes(codes, classes=None, confidences=None):
    codes = np.asarray(codes, dtype=np.int64)
    classes = classes or tuple(range(int(codes.max()) + 1))
    ids = np.array([str(row) for row in range(len(codes))], dtype=object)
    names = tuple(f"L{column}" for column in range(codes.shape[1]))
    weights = np.ones(codes.shape) if confidences is None else np.asarray(confidences, dtype=float)
    return LabelVotes(ids, names, tuple(classes), codes, weights)


def random_votes(seed, n_samples=60, n_labelers=4, n_classes=4, missing=0.2):
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, n_classes, n_samples)
    codes = np.where(
        rng.random((n_samples, n_labelers)) < 0.6, truth[:, None], rng.integers(0, n_classes, (n_samples, n_labelers))
    )
    codes[rng.random(codes.shape) < missing] = NO_LABEL
    return make_votes(codes, tuple(range(n_classes)))


def alpha_by_pairs(codes, distance):
    """Krippendorff's alpha straight from its definition: all pairs of values, no coincidence matrix."""
    units = [[int(code) for code in row if code != NO_LABEL] for row in codes]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    within = sum(sum(distance(a, b) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    between = sum(distance(a, b) for a, b in itertools.permutations(values, 2)) / (len(values) - 1)
    return 1.0 - within / between


def ordinal_distance(codes):
    units = [[code for code in row if code != NO_LABEL] for row in codes]
    counts = np.bincount([value for unit in units if len(unit) > 1 for value in unit])

    def distance(a, b):
        low, high = min(a, b), max(a, b)
        return (counts[low : high + 1].sum() - (counts[low] + counts[high]) / 2) ** 2

    return distance


@pytest.mark.parametrize("seed", range(4))
def test_alpha_and_kappa_agree_with_independent_implementations(seed):
    from sklearn.metrics import cohen_kappa_score

    votes = random_votes(seed)
    nominal = alpha_by_pairs(votes.codes, lambda a, b: float(a != b))
    assert krippendorff_alpha(votes) == pytest.approx(nominal, abs=1e-12)
    ordinal = alpha_by_pairs(votes.codes, ordinal_distance(votes.codes))
    assert krippendorff_alpha(votes, is_ordered=True) == pytest.approx(ordinal, abs=1e-12)
    for pair in pair_agreements(votes, is_ordered=True):
        first, second = (votes.codes[:, votes.labelers.index(name)] for name in (pair.first, pair.second))
        both = (first >= 0) & (second >= 0)
        assert pair.kappa == pytest.approx(cohen_kappa_score(first[both], second[both]))
        weighted = cohen_kappa_score(first[both], second[both], weights="quadratic")
        assert pair.weighted_kappa == pytest.approx(weighted)


def test_textbook_values():
    """Krippendorff 2011, example C (nominal .743, ordinal .815); Fleiss 1971 as on its table of 14 raters (.210)."""
    observers = [
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ]
    codes = np.array([[NO_LABEL if v == "." else int(v) - 1 for v in row.split()] for row in observers]).T
    assert krippendorff_alpha(make_votes(codes)) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(make_votes(codes), is_ordered=True) == pytest.approx(0.815, abs=5e-4)
    table = [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]  # fmt: skip
    codes = np.array([np.repeat(np.arange(5), counts) for counts in table])
    assert fleiss_kappa(make_votes(codes)) == pytest.approx(0.210, abs=5e-4)


def test_the_majority_wins_where_a_published_script_loses_it():
    codes = [[2, 2, 1, NO_LABEL], [3, 1, 3, NO_LABEL], [1, 1, 2, NO_LABEL], [2, 2, 2, 2]]
    found = decide(make_votes(codes), ConsensusOptions())
    assert found.codes.tolist() == [2, 3, 1, 2]
    assert set(found.status) == {CONSENSUS}


def test_tie_policies_and_thresholds():
    votes = make_votes([[0, 0, 1], [0, 1, NO_LABEL], [1, 0, 1], [1, NO_LABEL, NO_LABEL]])
    kept = decide(votes, ConsensusOptions(ties="keep"))
    assert kept.status.tolist() == [CONSENSUS, TIE, CONSENSUS, "too few labels"]
    assert kept.codes.tolist() == [0, NO_LABEL, 1, NO_LABEL]
    asked = decide(votes, ConsensusOptions(ties="third_opinion", arbiter="L2", min_labels=1))
    assert asked.status.tolist() == [CONSENSUS, TIE, THIRD_OPINION, CONSENSUS]
    assert asked.codes.tolist() == [0, NO_LABEL, 1, 1]
    strict = decide(votes, ConsensusOptions(min_share=0.7, ties="keep"))
    assert strict.status.tolist()[:3] == ["too divided", TIE, "too divided"]
    assert kept.relabel_rank.tolist()[3] == 0
    assert kept.relabel_rank[1] == 1
    with pytest.raises(InputError, match="third opinion"):
        decide(votes, ConsensusOptions(ties="third_opinion", arbiter="nobody"))


def test_confidence_weighs_votes():
    votes = make_votes([[0, 1, 1]], confidences=[[5.0, 1.0, 1.0]])
    assert decide(votes, ConsensusOptions()).codes.tolist() == [0]


@pytest.mark.parametrize("seed", range(3))
def test_dawid_skene_finds_truth_and_habits_of_simulated_labelers(seed):
    rng = np.random.default_rng(seed)
    n_classes, accuracy = 3, (0.9, 0.85, 0.4, 0.35, 0.45)
    truth = rng.choice(n_classes, 1500, p=[0.6, 0.3, 0.1])
    codes = np.empty((len(truth), len(accuracy)), dtype=np.int64)
    for column, share in enumerate(accuracy):
        wrong = (truth + rng.integers(1, n_classes, len(truth))) % n_classes
        codes[:, column] = np.where(rng.random(len(truth)) < share, truth, wrong)
    codes[rng.random(codes.shape) < 0.1] = NO_LABEL
    votes = make_votes(codes)
    model = fit_dawid_skene(votes)
    assert model.has_converged
    assert np.all(np.diff(model.log_likelihoods) > -1e-6)
    modelled = np.mean(model.probabilities.argmax(axis=1) == truth)
    majority = decide(votes, ConsensusOptions(ties="keep", min_labels=1))
    assert modelled > np.mean(majority.codes == truth) + 0.05
    found = np.einsum("lkk,k->l", model.confusion, model.class_shares)
    np.testing.assert_allclose(found, accuracy, atol=0.06)


def test_statistics_that_are_not_defined_are_nan():
    alike = make_votes([[0, 0], [0, 0]], (0,))
    assert math.isnan(fleiss_kappa(alike))
    assert math.isnan(krippendorff_alpha(alike))
    assert math.isnan(cohen_kappa(cross_table(np.array([-1]), np.array([0]), 1)))


def run(folder, **parameters):
    values = {
        "output": str(folder / "out.gpkg"),
        "labelers": str(folder / "labelers.gpkg"),
        "pairs": str(folder / "pairs.gpkg"),
        "dropped": str(folder / "dropped.gpkg"),
        "report": str(folder / "report.html"),
    }
    return label_consensus.run(label_consensus.Parameters(**{**values, **parameters}), CONTEXT).outputs


def assert_togo(outputs, folder):
    assert (outputs["n_consensus"], outputs["n_ties"], outputs["n_unanimous"]) == (306, 45, 181)
    assert outputs["fleiss_kappa"] == pytest.approx(0.438, abs=5e-4)
    assert outputs["krippendorff_alpha"] == pytest.approx(0.4384, abs=5e-5)
    table = SampleTable.read(folder / "out.gpkg")
    labels = [str(label) for label in table.labels("consensus")]
    assert (labels.count("1"), labels.count("0")) == (106, 200)
    pairs = SampleTable.read(folder / "pairs.gpkg")
    assert pairs.fields["n_agreed"].tolist() == [229, 248, 249, 274, 273, 278]
    np.testing.assert_allclose(pairs.fields["kappa"], [0.3536, 0.4452, 0.4491, 0.4743, 0.4725, 0.5269], atol=5e-5)
    labelers = SampleTable.read(folder / "labelers.gpkg")
    overall = labelers.fields["class"] == "all"
    np.testing.assert_allclose(labelers.fields["agreement"][overall], [0.817, 0.8987, 0.9379, 0.9379], atol=5e-5)
    assert "306" in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["togo_test_4labelers.gpkg|layername=joined", "togo_test_4labelers.csv"])
def test_togo_from_columns(shared_data, tmp_path, name):
    fields = ("hrk", "cn", "bb", "bm")
    outputs = run(tmp_path, input=str(shared_data / "togo_labels" / name), label_fields=fields, sample_id_field="id")
    assert_togo(outputs, tmp_path)
    assert SampleTable.read(tmp_path / "dropped.gpkg").n_rows == 45
    assert SampleTable.read(tmp_path / "out.gpkg").geometry_type == "Point"


def test_togo_from_the_original_layers(shared_data, tmp_path):
    path = str(shared_data / "togo_labels" / "togo_test_4labelers.gpkg")
    layers = [f"{path}|layername=labeler_{name}_original" for name in ("hrk", "cn", "bb", "bm")]
    outputs = run(
        tmp_path,
        input=layers[0],
        more_sets=tuple(layers[1:]),
        set_names=("hrk", "cn", "bb", "bm"),
        sample_id_field="id",
        class_field="hrk-label",
        class_fields_of_sets=("cn_labels", "bb_label", "bm_labels"),
        samples=f"{path}|layername=joined",
    )
    assert_togo(outputs, tmp_path)
    reasons = SampleTable.read(tmp_path / "dropped.gpkg").fields["reason"].tolist()
    # 355 labels of hrk, four of them on ids that nobody else labeled; 645 blanks, on ids unknown to the samples.
    assert reasons.count("its id is not among the samples") == 649
    assert reasons.count("no consensus: tie") == 45


def test_sudan_exports_are_read_as_they_are(shared_data, tmp_path):
    folder = shared_data / "sudan_ceo"
    paths = [str(folder / f"ceo-Sudan-2022-Set-{number}.csv") for number in (1, 2)]
    outputs = run(tmp_path, input=paths[0], more_sets=(paths[1],))
    assert (outputs["n_samples"], outputs["n_consensus"]) == (1196, 1035)
    pair = SampleTable.read(tmp_path / "pairs.gpkg")
    assert pair.fields["kappa"][0] == pytest.approx(0.716, abs=1e-3)
    reasons = SampleTable.read(tmp_path / "dropped.gpkg").fields["reason"].tolist()
    assert reasons.count("it has no label") == 1
    assert sum("before" in reason for reason in reasons) == 12
    table = SampleTable.read(tmp_path / "out.gpkg")
    assert (table.crs, table.geometry_type) == ("EPSG:4326", "Point")
    people = run(tmp_path, input=paths[0], more_sets=(paths[1],), labeler_field="labeler", ties="keep")
    assert people["n_labelers"] > 2
    states = SampleTable.read(tmp_path / "out.gpkg").fields["status"].tolist()
    # Plots that one person labeled in both sets have one labeler.
    assert people["n_consensus"] + people["n_ties"] + states.count("too few labels") == 1196
    assert states.count("too few labels") == 56


def write_labels(path, rows, **more):
    columns = {
        name: np.array([row[position] for row in rows], dtype=object)
        for position, name in enumerate(("plot", "who", "crop"))
    }
    pyogrio.raw.write(path, None, [*columns.values(), *more.values()], [*columns, *more], layer="x", driver="GPKG")
    return str(path)


ROWS = [
    ("a", "ann", "Maize"), ("a", "bob", "maize "), ("b", "ann", None), ("b", "bob", " "), ("c", "ann", "Wheat"),
    ("c", "bob", "Wheat"), ("c", "bob", "Maize"), (None, "bob", "Wheat"), ("z", "eve", "Wheat"),
]  # fmt: skip


def test_bad_labels_are_listed_and_nothing_is_lost(tmp_path):
    path = write_labels(tmp_path / "labels.gpkg", ROWS)
    points = np.array([shapely.to_wkb(shapely.Point(1, 2))] * 3, dtype=object)
    pyogrio.raw.write(
        tmp_path / "samples.gpkg", points, [np.array(["a", "b", "c"], dtype=object)], ["id"],
        layer="s", driver="GPKG", geometry_type="Point", crs="EPSG:4326",
    )  # fmt: skip
    heard = []
    progress = SilentProgress()
    progress.log = lambda message, _level="info": heard.append(message)
    parameters = label_consensus.Parameters(
        path, str(tmp_path / "out.gpkg"), sample_id_field="plot", labeler_field="who", class_field="crop",
        samples=str(tmp_path / "samples.gpkg"), samples_id_field="id", dropped=str(tmp_path / "dropped.gpkg"),
        merge_names=True, ties="keep",
    )  # fmt: skip
    outputs = label_consensus.run(parameters, JobContext(progress, 1, 1000, "cpu")).outputs
    assert any("'Maize'" in note for note in heard)
    table = SampleTable.read(tmp_path / "out.gpkg")
    assert table.fields["sample_id"].tolist() == ["a", "b", "c"]
    assert table.fields["status"].tolist() == ["consensus", "too few labels", "consensus"]
    reasons = SampleTable.read(tmp_path / "dropped.gpkg").fields["reason"].tolist()
    assert sorted(reasons) == sorted(
        [
            "it has no label", "it has no label", "the labeler gave the sample another label before",
            "it has no sample id", "its id is not among the samples", "no consensus: too few labels",
        ]
    )  # fmt: skip
    assert outputs["n_lost"] + int(table.fields["n_labels"].sum()) == len(ROWS)


def test_a_labeler_with_one_label_one_class_and_wrong_names(tmp_path):
    path = write_labels(tmp_path / "labels.gpkg", [("a", "ann", "w"), ("a", "bob", "w"), ("b", "ann", "w")])
    outputs = run(tmp_path, input=path, sample_id_field="plot", labeler_field="who", class_field="crop")
    assert math.isnan(outputs["fleiss_kappa"])
    assert "gave a single label" in (tmp_path / "report.html").read_text(encoding="utf-8")
    with pytest.raises(SamplesError, match="no field 'nope'"):
        run(tmp_path, input=path, sample_id_field="nope", class_field="crop")
    with pytest.raises(SamplesError, match="sample id is not given"):
        run(tmp_path, input=path, class_field="crop")
    with pytest.raises(InputError, match="every class once"):
        run(tmp_path, input=path, sample_id_field="plot", class_field="crop", ordered_classes=("low", "high"))


def test_ordered_classes_and_confidences_from_a_layer(tmp_path):
    rows = [("a", "ann", "low"), ("a", "bob", "mid"), ("b", "ann", "high"), ("b", "bob", "high")]
    path = write_labels(tmp_path / "labels.gpkg", rows, sure=np.array([3.0, 1.0, 1.0, np.nan]))
    outputs = run(
        tmp_path, input=path, sample_id_field="plot", labeler_field="who", class_field="crop",
        confidence_field="sure", ordered_classes=("low", "mid", "high"), min_labels=1,
    )  # fmt: skip
    table = SampleTable.read(tmp_path / "out.gpkg")
    assert table.fields["consensus"].tolist() == ["low", "high"]
    assert table.fields["confidence"].tolist() == [0.75, 1.0]
    assert outputs["n_lost"] == 1
