"""Which samples are trained on, which are dropped and why."""

from __future__ import annotations

import hashlib
import json
import re

import numpy as np
import pytest
from training_factories import make_series, series_columns, write_samples

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.models import missing_values
from cropsample_plugin.engine.models import samples as samples_module
from cropsample_plugin.engine.models import scaling as scaling_module
from cropsample_plugin.engine.models.class_colors import class_colors
from cropsample_plugin.engine.models.classes import describe_classes, sorted_labels
from cropsample_plugin.engine.models.missing_values import USABLE, MissingRule, apply_missing_rule, fill_usable
from cropsample_plugin.engine.models.samples import SampleFields, prepare_samples
from cropsample_plugin.engine.models.scaling import fit_scaling, identity_scaling
from cropsample_plugin.engine.models.training_set import balanced_weights, flat_features
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.series import AxisKind, SeriesArray, TimeAxis

N = 24


def prepare(tmp_path, columns, *, rule=None, separates_domains=False, values=None, **fields):
    values = make_series(N, 3)[0] if values is None else values
    path = write_samples(tmp_path / "samples.gpkg", {**columns, **series_columns(values)})
    table = SampleTable.read(path)
    chosen = SampleFields("crop", **fields)
    return prepare_samples(table, series_of(table), chosen, rule or MissingRule(), separates_domains=separates_domains)


def crops(**changes):
    labels = np.array([f"crop {row % 3}" for row in range(N)], dtype=object)
    for row, label in changes.items():
        labels[int(row[1:])] = label
    return labels


def reason_of(prepared):
    return dict(zip(prepared.dropped_rows.tolist(), prepared.reasons))


def test_rows_without_class_weight_group_or_domain_are_dropped_with_the_reason(tmp_path):
    weights = np.ones(N)
    weights[[2, 3, 4]] = [np.nan, -1, 0]
    groups = np.array([f"g{row // 2}" for row in range(N)], dtype=object)
    groups[5] = " "
    domains = np.array(["Local ", "GLOBAL", "1", "0"] * 6, dtype=object)
    domains[6] = "elsewhere"
    prepared = prepare(
        tmp_path,
        {"crop": crops(r0=None, r1="  "), "w": weights, "g": groups, "d": domains},
        weight_field="w",
        group_field="g",
        domain_field="d",
    )
    assert reason_of(prepared) == {
        0: "it has no class",
        1: "it has no class",
        2: "its weight is missing",
        3: "its weight is negative",
        4: "its weight is zero",
        5: "its group is empty",
        6: "its domain is neither local nor global",
    }
    assert len(prepared.used_rows) + len(prepared.dropped_rows) == N
    assert prepared.training_set.is_local.tolist() == [row % 2 == 0 for row in range(7, N)]
    assert prepared.is_grouped
    assert prepared.dropped_by_reason["it has no class"] == 2


@pytest.mark.parametrize(
    "domains",
    [
        np.arange(N) % 2,
        (np.arange(N) % 2).astype(float),
        (np.arange(N) % 2).astype(bool),
        np.array(["0", "1"] * 12, object),
    ],
)
def test_domain_may_be_one_and_zero_in_any_type(tmp_path, domains):
    prepared = prepare(tmp_path, {"crop": crops(), "d": domains}, domain_field="d")
    assert prepared.training_set.is_local.tolist() == [row % 2 == 1 for row in range(N)]


def test_gaps_are_filled_and_hopeless_series_dropped(tmp_path):
    values = make_series(N, 3)[0]
    values[:, 4] = np.nan  # a month that no sample has does not count
    values[0, 1, 0] = np.nan
    values[1, :, 1] = np.inf  # infinite is missing: the band has no value
    values[2, : values.shape[1] - 2] = np.nan
    prepared = prepare(tmp_path, {"crop": crops()}, values=values)
    assert reason_of(prepared) == {
        1: "a band has no valid value at any date",
        2: "more than the allowed share of values is missing",
    }
    filled = prepared.training_set.values
    assert np.isfinite(filled).all()
    assert filled[0, 1, 0] == pytest.approx((values[0, 0, 0] + values[0, 2, 0]) / 2)
    assert filled[0, 4] == pytest.approx((values[0, 3] + values[0, 5]) / 2)
    assert np.isnan(prepared.series.values[0, 1, 0]), "the package measures ranges on what was measured"


def test_refuse_drops_every_gap(tmp_path):
    values = make_series(N, 3)[0]
    values[3, 2, 0] = np.nan
    prepared = prepare(tmp_path, {"crop": crops()}, values=values, rule=MissingRule("refuse"))
    assert reason_of(prepared) == {3: "a value is missing and the rule is 'refuse'"}


def test_missing_static_band_drops_under_both_rules():
    values, static = make_series(4, 2)[0], np.array([[1.0], [np.nan], [2.0], [np.inf]], dtype=np.float32)
    for rule in (MissingRule(), MissingRule("refuse")):
        _, reasons = apply_missing_rule(values, static, np.arange(6.0), rule)
        assert (reasons != 0).tolist() == [False, True, False, True]


def test_wrong_rules_are_refused():
    with pytest.raises(InputError, match="guess"):
        MissingRule("guess")
    with pytest.raises(InputError, match=r"1\.5"):
        MissingRule(max_missing_share=1.5)


def test_integer_classes_keep_their_value_and_zero_is_a_class(tmp_path):
    prepared = prepare(tmp_path, {"crop": np.arange(N) % 3 * 7})
    assert [(item.class_id, item.label, item.name) for item in prepared.classes] == [
        (0, 0, "0"),
        (7, 7, "7"),
        (14, 14, "14"),
    ]


def test_class_ids():
    assert [item.class_id for item in describe_classes(["wheat", "maize", "wheat"])] == [1, 2]
    assert [item.label for item in describe_classes(["wheat", "maize"])] == ["maize", "wheat"]
    assert [item.class_id for item in describe_classes([3, 0, 65534])] == [0, 3, 65534]
    assert [item.class_id for item in describe_classes([-5, 70000])] == [1, 2]
    assert sorted_labels([10, 9, 10]) == [9, 10]


def test_class_colors():
    names = ["water", "forest", "winter wheat", "wheat", "non-crop", "Crop", *(f"class {n}" for n in range(60))]
    colors = class_colors(names)
    assert len(set(colors)) == len(names)
    assert colors == class_colors(names)
    assert colors[:2] == class_colors(["water", "forest"])
    assert colors[2] == class_colors(["wheat"])[0]
    assert all(re.fullmatch(r"#[0-9a-f]{6}", color) for color in colors)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (np.full(N, "wheat", dtype=object), "one class, 'wheat'"),
        (np.full(N, None, dtype=object), "No sample can be used"),
        (np.arange(N) + 0.5, "decimal numbers"),
    ],
)
def test_what_cannot_be_trained_on_is_a_clear_error(tmp_path, labels, words):
    with pytest.raises(SamplesError, match=words):
        prepare(tmp_path, {"crop": labels})


def test_an_error_says_why_samples_were_dropped(tmp_path):
    with pytest.raises(SamplesError, match="24 because its weight is zero"):
        prepare(tmp_path, {"crop": crops(), "w": np.zeros(N)}, weight_field="w")
    with pytest.raises(SamplesError, match="not numeric"):
        prepare(tmp_path, {"crop": crops(), "w": crops()}, weight_field="w")
    with pytest.raises(SamplesError, match="no field 'missing'"):
        prepare(tmp_path, {"crop": crops()}, weight_field="missing")


def test_domains_that_cannot_be_trained_on(tmp_path):
    with pytest.raises(SamplesError, match="marked as local"):
        prepare(tmp_path, {"crop": crops(), "d": np.full(N, "global", object)}, domain_field="d")
    domains = np.array(["global" if row % 3 == 0 else "local" for row in range(N)], dtype=object)
    with pytest.raises(SamplesError, match="Every usable global sample is of one class, 'crop 0'"):
        prepare(tmp_path, {"crop": crops(), "d": domains}, domain_field="d", separates_domains=True)


def test_global_samples_may_have_other_classes(tmp_path):
    labels = crops()
    domains = np.array(["global" if row >= 12 else "local" for row in range(N)], dtype=object)
    labels[12:] = ["farmland" if row % 2 else "other" for row in range(12, N)]
    columns = {"crop": labels, "d": domains}
    apart = prepare(tmp_path, columns, domain_field="d", separates_domains=True)
    assert [item.label for item in apart.classes] == ["crop 0", "crop 1", "crop 2"]
    assert apart.training_set.n_global_classes == 2
    assert np.all(apart.training_set.class_indices[12:] == -1)
    assert np.all(apart.training_set.global_class_indices[:12] == -1)
    together = prepare(tmp_path, columns, domain_field="d")
    assert [item.label for item in together.classes] == ["crop 0", "crop 1", "crop 2", "farmland", "other"]
    assert any("farmland, other" in note for note in together.notes)


def test_pixels_of_one_sample_are_a_group_by_themselves(tmp_path):
    prepared = prepare(tmp_path, {"crop": crops(), "sample_id": np.arange(N) // 4, "pixel": np.arange(N) % 4 + 1})
    assert prepared.n_groups == 6
    assert not prepare(tmp_path, {"crop": crops(), "sample_id": np.arange(N)}).is_grouped


def test_the_hash_follows_the_samples(tmp_path):
    first = prepare(tmp_path, {"crop": crops()})
    assert first.sha256 == prepare(tmp_path, {"crop": crops()}).sha256
    assert first.sha256 != prepare(tmp_path, {"crop": crops(r5="crop 0")}).sha256
    values = make_series(N, 3)[0]
    values[0, 0, 0] += 1e-3
    assert first.sha256 != prepare(tmp_path, {"crop": crops()}, values=values).sha256


def test_class_names_with_accents_and_spaces(tmp_path):
    labels = np.array(["maïs d'été", "blé <b>"] * 12, dtype=object)
    assert [item.label for item in prepare(tmp_path, {"crop": labels}).classes] == ["blé <b>", "maïs d'été"]


def test_scaling_is_per_band_over_samples_and_time_with_n_minus_1():
    values = make_series(30, 3)[0]
    static = np.random.default_rng(0).normal(size=(30, 2)).astype(np.float32)
    scaling = fit_scaling(values, static)
    for band in range(2):
        column = values[..., band].astype(np.float64).ravel()
        assert scaling.means[band] == pytest.approx(column.sum() / 180)
        assert scaling.deviations[band] == pytest.approx(np.sqrt(((column - column.mean()) ** 2).sum() / 179))
    assert scaling.apply(values).reshape(-1, 2).std(axis=0, ddof=1) == pytest.approx(1.0, abs=1e-5)
    assert scaling.apply_static(static).mean(axis=0) == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("n_bands", [1, 2, 3, 6, 16, 33])
def test_scaling_in_chunks_has_the_bits_of_the_plain_formula(monkeypatch, n_bands):
    monkeypatch.setattr(scaling_module, "_CHUNK_ROWS", 1000)
    values = np.random.default_rng(n_bands).normal(100, 3, (1777, 7, n_bands)).astype(np.float32)
    weights = np.linspace(0.5, 2.0, 7)
    scaling = fit_scaling(values, values[:, 0], weights)
    for columns, means, deviations in (
        (values.reshape(-1, n_bands), scaling.means, scaling.deviations),
        (values[:, 0], scaling.static_means, scaling.static_deviations),
    ):
        exact = columns.astype(np.float64)
        assert np.array_equal(means, exact.mean(axis=0))
        assert np.array_equal(deviations, exact.std(axis=0, ddof=1))
    plain = (values - scaling.means) / scaling.deviations * weights[:, None]
    assert np.array_equal(scaling.apply(values), plain.astype(np.float32))
    assert np.array_equal(scaling.apply(values[:0]), values[:0])


@pytest.mark.parametrize("rule", [MissingRule(), MissingRule("linear", 0.4), MissingRule("refuse")])
def test_usable_series_in_chunks_are_those_of_the_rule_at_once(monkeypatch, rule):
    monkeypatch.setattr(missing_values, "_CHUNK_VALUES", 100)
    rng = np.random.default_rng(3)
    values, static = rng.normal(size=(90, 6, 2)).astype(np.float32), rng.normal(size=(90, 1)).astype(np.float32)
    if rule.name == "linear":
        values[:, 2] = np.nan
    values[rng.random(values.shape) < 0.2 * (np.arange(90) % 4 > 0)[:, None, None]] = np.nan
    values[5], static[8] = np.nan, np.nan
    axis = TimeAxis(AxisKind.STEP, tuple("123456"))
    series, rows = SeriesArray(values, axis, ("a", "b"), static, ("s",)), np.flatnonzero(np.arange(90) % 5 > 0)
    filled, codes = fill_usable(series, rows, rule)
    expected, reasons = apply_missing_rule(values[rows], static[rows], axis.positions_days(), rule)
    assert np.array_equal(codes, reasons)
    assert 0 < len(filled) < len(rows)
    assert np.array_equal(filled, expected[reasons == USABLE])
    assert len(fill_usable(series, rows[:0], rule)[0]) == 0


def test_the_hash_of_samples_stays_what_earlier_packages_hold(monkeypatch, tmp_path):
    weights = np.linspace(0.5, 2.0, N)
    columns = {"crop": np.array(["maïs d'été", 'blé "x"'] * 12, dtype=object), "w": weights}
    monkeypatch.setattr(samples_module, "_HASHED_ITEMS", 7)
    prepared = prepare(tmp_path, columns, weight_field="w")
    samples, series = prepared.training_set, prepared.series
    described = [
        list(prepared.labels),
        samples.weights.tolist(),
        samples.groups.tolist(),
        samples.is_local.tolist(),
        [series.axis.kind.value, *series.axis.labels],
        list(series.bands),
        list(series.static_bands),
    ]
    text = json.dumps(described, ensure_ascii=True).encode()
    expected = hashlib.sha256(text + series.values.tobytes() + series.static_values.tobytes())
    assert prepared.sha256 == expected.hexdigest()


def test_a_constant_band_is_not_divided_by_zero():
    values = np.full((5, 3, 2), 0.1, dtype=np.float32)
    scaled = fit_scaling(values, np.zeros((5, 0), np.float32)).apply(values)
    assert np.isfinite(scaled).all()
    assert np.abs(scaled).max() < 1e-6
    assert np.array_equal(identity_scaling(2, 0).apply(values), values)


def test_balanced_weights_equal_scikit_learn_and_keep_the_total():
    from sklearn.utils.class_weight import compute_sample_weight

    classes = np.array([0] * 20 + [1] * 5 + [2] * 1)
    weights = balanced_weights(np.ones(26), classes)
    assert weights == pytest.approx(compute_sample_weight("balanced", classes))
    assert weights.sum() == pytest.approx(26)
    assert balanced_weights(np.array([1.0, 3.0]), np.array([-1, 0])).tolist() == [1.0, 3.0]


def test_flat_features_stand_step_by_step_statics_last():
    values = np.arange(12, dtype=np.float32).reshape(1, 3, 4)
    assert flat_features(values, np.array([[99.0]], np.float32)).tolist() == [[*range(12), 99.0]]
