"""Transfer of models: golden numbers of treatments and DANN, alignment, moments, class shares, trial, verdict."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from training_factories import Recorder, make_package, make_training_set

from cropsample_plugin.engine.errors import InputError, MismatchError, ModelPackageError, SamplesError
from cropsample_plugin.engine.models.class_factors import with_factors
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.lstm_network import n_outputs
from cropsample_plugin.engine.models.network_training import to_batch
from cropsample_plugin.engine.models.packages import load_package, save_package
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.models.transfer.adversarial_training import adversarial_losses
from cropsample_plugin.engine.models.transfer.class_shares import estimate_shares, share_factors
from cropsample_plugin.engine.models.transfer.departure import NEAR, SPREAD, Departure, run_departure
from cropsample_plugin.engine.models.transfer.domain_moments import Moments, brought_to
from cropsample_plugin.engine.models.transfer.domains import DomainSamples, Source, Target, check_pool
from cropsample_plugin.engine.models.transfer.filling_in import ENOUGH, filled_up, filling_weights
from cropsample_plugin.engine.models.transfer.fine_tuning import FineTuning, fine_tune, freeze, network_of
from cropsample_plugin.engine.models.transfer.gradient_reversal import (
    discriminator,
    reversal_strength,
    reverse_gradient,
)
from cropsample_plugin.engine.models.transfer.head_extension import extend_head
from cropsample_plugin.engine.models.transfer.preparation import union_of_classes
from cropsample_plugin.engine.models.transfer.season_alignment import align_series, common_timesteps
from cropsample_plugin.engine.models.transfer.strategies import (
    STRATEGIES,
    TransferOptions,
    adapt,
    from_scratch,
    joint_weights,
    naive,
)
from cropsample_plugin.engine.models.transfer.treatments import (
    TREATMENTS,
    balanced_rows,
    class_weights,
    drawer,
    treatment_stages,
)
from cropsample_plugin.engine.models.transfer.trial import CandidateScores, Difference, Trial, TrialOptions, run_trial
from cropsample_plugin.engine.models.transfer.verdict import judge
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.series import AxisKind, SeriesArray, TimeAxis

QUIET = FitContext(SilentProgress(), seed=3)
NETWORKS = ("lstm", "multi_head_lstm", "attention_bi_gru", "transformer", "cnn_1d")


def domain(n=60, shift=0.0, scale=1.0, **options) -> DomainSamples:
    samples = make_training_set(n=n, **options)
    samples = replace(samples, values=(samples.values * scale + shift).astype(np.float32))
    return DomainSamples(samples, samples.values)


def source_of(model="cnn_1d", n_classes=3, known=None) -> Source:
    ours = domain(n=90, n_classes=known or n_classes)
    package = make_package(model, ours.samples)
    names = [*package.classes]
    extra = union_of_classes(package, np.array([f"crop {i}" for i in range(n_classes)], dtype=object))
    assert list(extra[: len(names)]) == names
    widened = DomainSamples(replace(ours.samples, n_classes=n_classes), ours.observed)
    return Source(package, extra, widened)


def target_of(n=60, n_classes=3, seed=5, **options) -> Target:
    everything = domain(n=n, n_classes=n_classes, seed=seed, **options)
    half = np.arange(n) < n // 2
    return Target(everything.subset(half), everything.subset(~half).unlabeled())


# --- treatments ---------------------------------------------------------------------------------------------------


def test_weights_of_the_loss_are_the_published_ones():
    counts = np.array([2, 1, 7])
    np.testing.assert_allclose(class_weights(counts, "inverse"), [0.913, 1.826, 0.261], atol=5e-4)
    root = 1.0 / np.sqrt(counts)
    np.testing.assert_allclose(class_weights(counts, "inverse_root"), root / root.mean())
    assert class_weights(counts, "inverse_root").mean() == pytest.approx(1.0)
    np.testing.assert_array_equal(class_weights(counts, "none"), [1, 1, 1])


def test_a_class_without_samples_weighs_nothing():
    weights = class_weights(np.array([4, 0, 4]), "inverse")
    np.testing.assert_allclose(weights, [1.0, 0.0, 1.0])


def test_treatments_are_those_of_the_study():
    table = {name: [vars(stage) for stage in stages] for name, stages in TREATMENTS.items()}
    assert [stage["n_epochs"] for stage in table["R1"]] == [40]
    assert table["R1"][0] == {"head_only": False, "n_epochs": 40, "drawing": "all", "loss_weights": "none"}
    assert table["R2"][0] == {"head_only": False, "n_epochs": 40, "drawing": "weighted", "loss_weights": "inverse"}
    assert table["R3"][0] == {"head_only": True, "n_epochs": 40, "drawing": "balanced", "loss_weights": "none"}
    assert table["R4"] == [
        {"head_only": True, "n_epochs": 20, "drawing": "balanced", "loss_weights": "none"},
        {"head_only": True, "n_epochs": 20, "drawing": "weighted", "loss_weights": "inverse_root"},
    ]
    with pytest.raises(InputError, match="R1, R2, R3, R4"):
        treatment_stages("R5")


def test_drawing_follows_the_classes():
    classes = np.repeat([0, 1, 2], [200, 20, 780])
    rng = np.random.default_rng(0)
    assert sorted(drawer(classes, "all", 0)(rng)) == list(range(1000))
    balanced = drawer(classes, "balanced", 0)
    first, second = balanced(rng), balanced(rng)
    np.testing.assert_array_equal(np.bincount(classes[first]), [20, 20, 20])
    assert set(first) == set(second)
    assert not np.array_equal(first, second)
    weighted = np.concatenate([drawer(classes, "weighted", 0)(rng) for _ in range(20)])
    np.testing.assert_allclose(np.bincount(classes[weighted]) / len(weighted), 1 / 3, atol=0.01)
    assert not np.array_equal(balanced_rows(classes, 1), balanced_rows(classes, 2))


@pytest.mark.parametrize("model", NETWORKS)
@pytest.mark.parametrize("treatment", ["R1", "R3", "R4"])
def test_frozen_layers_stay_and_the_others_move(model, treatment):
    source, target = source_of(model), target_of()
    before = {name: value.clone() for name, value in network_of(source, 3, QUIET).state_dict().items()}
    fitted = fine_tune(source, target.labeled.samples, FineTuning(treatment, 1e-2), QUIET)
    from safetensors.numpy import load

    after = load(fitted.dump())
    moved = {name for name, value in before.items() if not np.array_equal(value.numpy(), after[name])}
    heads = {name for name in before if name.startswith("head.")}
    if treatment == "R1":
        assert moved - heads
    else:
        assert moved <= heads
    assert moved & heads
    assert all(np.isfinite(value).all() for value in after.values())
    assert len(fitted.curve) == 40
    assert [row["epoch"] for row in fitted.curve] == list(range(1, 41))


def test_the_learning_rate_is_the_one_asked_for():
    """The first step of Adam moves every weight by the learning rate, whatever the source was trained with."""
    source = source_of("cnn_1d")
    source = replace(source, package=replace(source.package, settings=replace(source.package.settings, max_epochs=1)))
    labeled = target_of(n=40).labeled.samples
    before = network_of(source, 3, QUIET).state_dict()
    for rate in (1e-5, 1e-3):
        stages = {"one": TREATMENTS["R1"][0]}
        patched = {**TREATMENTS, "R1": (replace(stages["one"], n_epochs=1),)}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("cropsample_plugin.engine.models.transfer.treatments.TREATMENTS", patched)
            fitted = fine_tune(source, labeled, FineTuning("R1", rate, "source"), QUIET)
        network = fitted.predictor.network
        change = (network.head.weight.detach() - before["head.weight"]).abs().max().item()
        assert change == pytest.approx(rate, rel=0.02)


def test_training_that_diverges_is_stopped_and_keeps_the_source_weights():
    source, target = source_of("cnn_1d"), target_of()
    progress = Recorder()
    fitted = fine_tune(source, target.labeled.samples, FineTuning("R1", 10.0), FitContext(progress, seed=1))
    huge = replace(target.labeled.samples, values=np.full_like(target.labeled.samples.values, 3e38))
    diverged = fine_tune(source, huge, FineTuning("R1", 10.0, "source"), FitContext(progress, seed=1))
    assert any("diverged in epoch" in note and "lower learning rate" in note for note in diverged.notes)
    weights = diverged.predictor.network.state_dict()
    expected = network_of(source, 3, QUIET).state_dict()
    assert all(torch.equal(weights[name], expected[name]) for name in weights if "running" not in name)
    assert all(torch.isfinite(value).all() for value in fitted.predictor.network.state_dict().values())


@pytest.mark.parametrize(("known", "wanted"), [(2, 2), (2, 3), (3, 5)])
def test_a_wider_head_says_the_same_of_the_classes_it_knew(known, wanted):
    rng = np.random.default_rng(0)
    arrays = {"head.weight": rng.normal(size=(n_outputs(known), 4)), "head.bias": rng.normal(size=n_outputs(known))}
    wide = extend_head(arrays, known, wanted, seed=1)
    features = rng.normal(size=(20, 4))

    def logits(of):
        found = features @ of["head.weight"].T + of["head.bias"]
        return np.concatenate([np.zeros_like(found), found], axis=1) if found.shape[1] == 1 else found

    old, new = logits(arrays), logits(wide)
    assert new.shape[1] == max(wanted, 2)
    np.testing.assert_allclose(np.diff(new[:, :known], axis=1), np.diff(old[:, :known], axis=1), atol=1e-12)


def test_fine_tuning_learns_a_class_that_the_source_lacks():
    source = source_of("cnn_1d", n_classes=3, known=2)
    target = target_of(n=120, n_classes=3)
    model = adapt(source, target, TransferOptions("fine_tune", "R1", learning_rate=1e-2), QUIET)
    assert model.predict(target.labeled.samples).argmax(axis=1).max() == 2
    assert [item.name for item in model.package().classes] == ["crop 0", "crop 1", "crop 2"]
    assert naive(source).predict(target.labeled.samples)[:, 2].max() == 0


def test_trees_cannot_be_fine_tuned():
    with pytest.raises(InputError, match="layers of a network"):
        adapt(source_of("random_forest"), target_of(), TransferOptions("fine_tune"), QUIET)


# --- DANN ---------------------------------------------------------------------------------------------------------


def test_the_reversal_follows_its_schedule():
    assert reversal_strength(0) == 0.0
    assert reversal_strength(1000) == pytest.approx(0.4621, abs=5e-5)
    assert reversal_strength(20000) == pytest.approx(1.0, abs=1e-6)
    steps = [reversal_strength(step) for step in range(0, 5000, 100)]
    assert all(a < b for a, b in zip(steps, steps[1:]))


def test_the_reversal_changes_the_sign_of_the_gradient_alone():
    features = torch.randn(5, 3, requires_grad=True)
    reversed_features = reverse_gradient(features, 0.25)
    assert torch.equal(reversed_features, features)
    reversed_features.sum().backward()
    assert torch.equal(features.grad, torch.full((5, 3), -0.25))


def test_the_judge_has_the_layers_of_the_study():
    shapes = [tuple(layer.weight.shape) for layer in discriminator(512) if isinstance(layer, torch.nn.Linear)]
    assert shapes == [(1024, 512), (1024, 1024), (1, 1024)]


@pytest.mark.parametrize("model", NETWORKS)
def test_all_gradients_of_the_adversarial_loss_are_finite(model):
    source, target = source_of(model), target_of()
    scaling = source.package.expects.scaling
    network = network_of(source, 3, QUIET)
    labeled = to_batch(source.samples.samples, scaling, "cpu").rows(slice(0, 32))
    pool = to_batch(target.pool.samples, scaling, "cpu")
    judge_network = discriminator(network.encode(labeled.series, None).shape[1])
    losses = adversarial_losses((network, judge_network), labeled, pool, 0.5, torch.Generator().manual_seed(1))
    sum(losses).backward()
    assert all(torch.isfinite(loss) for loss in losses)
    learned = [p for name, p in network.named_parameters() if "global_head" not in name]
    for parameter in [*learned, *judge_network.parameters()]:
        assert parameter.grad is not None
        assert torch.isfinite(parameter.grad).all()


def test_without_reversal_the_features_do_not_hear_of_the_domains():
    source, target = source_of("cnn_1d"), target_of()
    network = network_of(source, 3, QUIET)
    labeled = to_batch(source.samples.samples, source.package.expects.scaling, "cpu")
    pool = to_batch(target.pool.samples, source.package.expects.scaling, "cpu")
    judge_network = discriminator(network.encode(labeled.series, None).shape[1])
    _, domain_loss = adversarial_losses((network, judge_network), labeled, pool, 0.0, None)
    domain_loss.backward()
    assert all(float(p.grad.abs().max()) == 0.0 for p in network.parameters() if p.grad is not None)


def test_dann_that_diverges_is_stopped_and_keeps_the_weights_of_the_epoch_before():
    source, target = source_of("cnn_1d"), target_of()
    huge = replace(target.pool.samples, values=np.full_like(target.pool.samples.values, 3e38))
    spoilt = Target(target.labeled, DomainSamples(huge, huge.values))
    adapted = adapt(source, spoilt, TransferOptions("dann", scaling="source"), QUIET)
    assert any("diverged in epoch 1" in note and "lower learning rate" in note for note in adapted.notes)
    assert len(adapted.curve) == 1
    before = network_of(source, 3, QUIET).state_dict()
    after = adapted.predictor.network.state_dict()
    assert all(torch.equal(after[name], before[name]) for name in before)


def test_dann_adapts_without_labels_and_needs_a_pool():
    source, target = source_of("cnn_1d"), target_of(n=100, shift=0.5)
    hidden = Target(target.labeled.subset(np.zeros(0, dtype=int)), target.labeled.unlabeled())
    with_labels = Target(target.labeled, target.pool.subset(np.zeros(0, dtype=int)))
    options = TransferOptions("dann")
    first, second = adapt(source, hidden, options, QUIET), adapt(source, with_labels, options, QUIET)
    np.testing.assert_array_equal(first.predict(target.pool.samples), second.predict(target.pool.samples))
    assert len(first.curve) == 10
    tiny = Target(hidden.labeled, hidden.pool.subset(np.arange(3)))
    with pytest.raises(SamplesError, match="8 or more"):
        adapt(source, tiny, options, QUIET)
    with pytest.raises(InputError, match="samples of the source"):
        adapt(replace(source, samples=None), target, options, QUIET)


# --- alignment ----------------------------------------------------------------------------------------------------


def dated(first, n=12, step=16):
    days = np.datetime64(first) + step * np.arange(n)
    return TimeAxis.of_dates(days)


def series_on(axis, bands=("red", "nir"), n=3):
    values = np.arange(len(axis), dtype=np.float32)[None, :, None] + np.zeros((n, 1, len(bands)), np.float32)
    return SeriesArray(values, axis, bands, np.zeros((n, 0), np.float32))


def test_the_year_does_not_matter():
    axis = dated("2016-04-01")
    found = align_series(series_on(dated("2019-04-03")), axis, ("nir", "red"), ())
    assert not found.is_interpolated
    assert found.overlap == 1.0
    assert found.series.axis.labels[0] == "2019-04-03"
    assert found.series.bands == ("nir", "red")


def test_a_season_of_the_other_hemisphere_is_moved_by_half_a_year():
    axis, south = dated("2019-04-01"), series_on(dated("2019-10-01"))
    with pytest.raises(MismatchError, match=r"(?s)seasons do not overlap.*182 days"):
        align_series(south, axis, ("red", "nir"), ())
    found = align_series(south, axis, ("red", "nir"), (), shift_days=183)
    np.testing.assert_array_equal(found.series.values, south.values)
    assert found.series.axis.labels[0] == "2019-10-01"


def test_other_dates_are_interpolated_between_observations_and_not_made_up_beyond():
    axis = dated("2019-04-01", n=12, step=16)
    target = series_on(dated("2020-04-01", n=6, step=32))
    target.values[0, 2] = np.nan
    found = align_series(target, axis, ("red", "nir"), ())
    assert found.is_interpolated
    np.testing.assert_allclose(found.series.values[0, :10, 0], np.arange(10) / 2, atol=0.05)
    assert found.series.axis.labels[1].startswith("2020-04")
    late = align_series(series_on(dated("2020-06-01", n=9, step=16)), axis, ("red", "nir"), ())
    assert np.isnan(late.series.values[:, :3]).all()
    assert np.isfinite(late.series.values[:, 4:]).all()


def test_days_of_the_year_and_dates_can_be_compared():
    days = TimeAxis(AxisKind.DAY_OF_YEAR, tuple(str(day) for day in range(97, 289, 16)))
    found = align_series(series_on(dated("2017-04-07")), days, ("red", "nir"), ())
    assert found.overlap == 1.0
    assert not found.is_interpolated
    back = align_series(series_on(days), dated("2016-04-06"), ("red", "nir"), ())
    assert back.series.axis.kind is AxisKind.DAY_OF_YEAR
    assert not back.is_interpolated


def test_missing_bands_and_other_axes_are_said():
    with pytest.raises(MismatchError, match="swir"):
        align_series(series_on(dated("2019-04-01")), dated("2019-04-01"), ("red", "swir"), ())
    steps = TimeAxis(AxisKind.STEP, tuple(str(step) for step in range(1, 13)))
    with pytest.raises(MismatchError, match="step"):
        align_series(series_on(dated("2019-04-01")), steps, ("red",), ())


def test_common_dates_are_those_that_both_observed():
    first, second = np.ones((4, 6, 1)), np.ones((5, 6, 1))
    first[:, 0], second[:4, 5] = np.nan, np.nan
    assert common_timesteps(first, second).tolist() == [1, 2, 3, 4]
    first[:, :4] = np.nan
    with pytest.raises(MismatchError, match="1 dates of the season only"):
        common_timesteps(first, second)


# --- moments and class shares -------------------------------------------------------------------------------------


def test_source_samples_take_the_moments_of_the_target():
    rng = np.random.default_rng(0)
    ours = rng.normal([1.0, 50.0], [1.0, 9.0], size=(200, 5, 2)).astype(np.float32)
    theirs = rng.normal([3.0, 20.0], [0.5, 4.0], size=(150, 5, 2)).astype(np.float32)
    none = np.zeros((200, 0), np.float32), np.zeros((150, 0), np.float32)
    theirs[::3, 0] = np.nan
    moved, _ = brought_to(ours, none[0], Moments.of(ours, none[0]), Moments.of(theirs, none[1]))
    np.testing.assert_allclose(moved.mean(axis=(0, 1)), np.nanmean(theirs, axis=(0, 1)), rtol=1e-3)
    np.testing.assert_allclose(moved.std(axis=(0, 1)), np.nanstd(theirs, axis=(0, 1)), rtol=1e-2)


def test_class_shares_are_found_without_labels():
    """Two normal classes with known posteriors: the estimate is the share that was drawn with."""
    rng = np.random.default_rng(4)
    is_second = rng.random(40_000) < 0.85
    x = rng.normal(np.where(is_second, 1.0, -1.0))
    second = 1.0 / (1.0 + np.exp(-2.0 * x))
    probabilities = np.stack([1 - second, second], axis=1)
    shares = estimate_shares(probabilities, np.array([0.5, 0.5]))
    np.testing.assert_allclose(shares, [0.15, 0.85], atol=0.01)
    corrected = with_factors(probabilities, share_factors(shares, np.array([0.5, 0.5])))
    before, after = (((p[:, 1] > 0.5) == is_second).mean() for p in (probabilities, corrected))
    assert after > before + 0.03
    np.testing.assert_allclose(corrected.sum(axis=1), 1.0, rtol=1e-6)


def test_equal_shares_change_nothing_and_a_class_never_trained_stays_away():
    probabilities = np.random.default_rng(0).dirichlet([1, 1, 1], 50)
    same = with_factors(probabilities, (1.0, 1.0, 1.0))
    np.testing.assert_allclose(same, probabilities, rtol=1e-6)
    shares = estimate_shares(probabilities, np.array([0.5, 0.5, 0.0]))
    assert shares[2] == 0.0
    assert share_factors(shares, np.array([0.5, 0.5, 0.0]))[2] == 0.0
    certain = np.array([[0.0, 0.0, 1.0]])
    np.testing.assert_array_equal(with_factors(certain, (1.0, 1.0, 0.0)), certain)
    np.testing.assert_array_equal(
        with_factors(probabilities.T, (1.0, 0.5, 0.2), axis=0), with_factors(probabilities, (1.0, 0.5, 0.2)).T
    )


def test_source_samples_of_the_joint_strategy_weigh_little_and_have_the_targets_shares():
    source = make_training_set(n=90, n_classes=3)
    target = make_training_set(n=40, n_classes=3)
    target = replace(target, class_indices=np.repeat([0, 1], [30, 10]).astype(np.int64))
    weights = joint_weights(source, target)
    assert weights[:90].sum() == pytest.approx(10.0)
    np.testing.assert_array_equal(weights[90:], 1.0)
    by_class = np.bincount(source.class_indices, weights[:90])
    np.testing.assert_allclose(by_class / by_class.sum(), np.array([30.5, 10.5, 0.5]) / 41.5)


def test_source_samples_fill_up_the_classes_that_have_few_labels():
    source = make_training_set(n=90, n_classes=4)
    target = make_training_set(n=12, n_classes=4)
    target.class_indices[:] = [0] * 7 + [1] * 4 + [2]
    weights = filling_weights(source, target)
    by_class = np.bincount(source.class_indices, weights, 4)
    np.testing.assert_allclose(by_class, [0, ENOUGH - 4, ENOUGH - 1, 0])
    assert ENOUGH == 6


def test_filling_up_hides_the_dates_that_one_domain_lacks():
    source, target = make_training_set(n=60, n_classes=3), make_training_set(n=10, n_classes=3, seed=4)
    timesteps = np.arange(1, 5)
    shorter = DomainSamples(source, source.values).at_timesteps(timesteps).samples
    both = filled_up(shorter, target, timesteps)
    assert not both.values[:, [0, 5]].any()
    np.testing.assert_array_equal(both.values[:10, 1:5], target.values[:, 1:5])
    helpers = np.isin(source.class_indices, np.flatnonzero(np.bincount(target.class_indices) < ENOUGH))
    np.testing.assert_array_equal(both.values[10:, 1:5], source.values[helpers][:, 1:5])
    assert both.weights[10:].sum() == pytest.approx(3 * ENOUGH - 10)


def test_filled_forests_know_a_rare_class_better_than_the_few_labels_do():
    source = source_of("random_forest")
    everything = domain(n=300, n_classes=3, seed=9, shift=0.5, scale=1.5, noise=0.9)
    classes = everything.samples.class_indices
    shown = np.concatenate([np.flatnonzero(classes == index)[:n] for index, n in enumerate((20, 20, 1))])
    hidden = np.setdiff1d(np.arange(300), shown)
    target = Target(everything.subset(shown), everything.subset(hidden).unlabeled())
    filled = adapt(source, target, TransferOptions("fill_in"), QUIET)
    alone = from_scratch(source, target.labeled, QUIET)
    test = everything.subset(hidden)
    rare = test.samples.class_indices == 2
    found = [(model.predict(test.samples).argmax(axis=1) == 2)[rare].mean() for model in (filled, alone)]
    assert found[0] > found[1] + 0.1
    assert "Classes filled up to 6 labels: crop 2." in filled.notes[1]
    assert filled.package().settings == source.package.settings


def test_a_class_that_no_target_label_has_is_not_made_up_and_told():
    source, target = source_of("random_forest"), target_of(n=80)
    seen = Target(target.labeled.subset(target.labeled.samples.class_indices < 2), target.pool)
    adapted = adapt(source, seen, TransferOptions("fill_in"), QUIET)
    assert adapted.predict(target.pool.samples)[:, 2].max() == 0.0
    assert "without a label in the target, which it does not map: crop 2" in adapted.notes[2]


def test_only_forests_are_filled_in():
    with pytest.raises(InputError, match="averages two random forests"):
        adapt(source_of("cnn_1d"), target_of(), TransferOptions("fill_in"), QUIET)


# --- strategies, packages, trial, verdict ------------------------------------------------------------------------


@pytest.mark.parametrize("strategy", sorted(STRATEGIES))
@pytest.mark.parametrize("model", ["cnn_1d", "random_forest", "svm", "gradient_boosting", "lstm"])
def test_a_package_predicts_what_was_scored(tmp_path, strategy, model):
    source, target = source_of(model), target_of(n=80, shift=0.3, scale=1.2)
    if strategy in ("fine_tune", "dann") and not source.package.spec.is_network:
        pytest.skip("trees have no layers")
    if strategy == "fill_in" and model != "random_forest":
        pytest.skip("it is made of forests")
    adapted = adapt(source, target, TransferOptions(strategy), QUIET)
    save_package(adapted.package(), tmp_path / "model.zip")
    loaded = load_package(tmp_path / "model.zip")
    test = target.pool.samples
    predicted = loaded.predictor().predict_probabilities(test.values, test.static_values)
    np.testing.assert_allclose(predicted, adapted.predict(test), atol=1e-6)
    assert len(loaded.classes) == predicted.shape[1]


def test_a_package_with_class_factors_is_of_a_format_that_older_versions_refuse(tmp_path):
    source, target = source_of("random_forest"), target_of()
    package = adapt(source, target, TransferOptions("zero_label"), QUIET).package()
    save_package(package, tmp_path / "model.zip")
    assert load_package(tmp_path / "model.zip").class_factors == package.class_factors
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cropsample_plugin.engine.models.packages.FORMAT_VERSION", 2)
        with pytest.raises(ModelPackageError, match="Update CropSample"):
            load_package(tmp_path / "model.zip")
    for wrong in ((1.0, -1.0, 1.0), (0.0, 0.0, 0.0), (1.0, 1.0)):
        save_package(replace(package, class_factors=wrong), tmp_path / "wrong.zip")
        with pytest.raises(ModelPackageError, match=r"class.factors"):
            load_package(tmp_path / "wrong.zip")


@pytest.mark.parametrize("model", ["random_forest", "cnn_1d"])
def test_target_scaling_and_shares_carry_a_model_into_a_greener_year(model):
    """The same crops, brighter and stretched, in other shares: the source model fails, zero labels bring it back."""
    source = source_of(model)
    greener = domain(n=300, n_classes=3, seed=9, shift=1.5, scale=2.0)
    many = np.flatnonzero((greener.samples.class_indices == 0) | (np.arange(300) % 5 == 0))
    test = greener.subset(many)
    target = Target(test.subset(np.zeros(0, dtype=int)), test.unlabeled())
    model_there = adapt(source, target, TransferOptions("zero_label"), QUIET)
    truth = test.samples.class_indices
    accuracy = [(item.predict(test.samples).argmax(axis=1) == truth).mean() for item in (naive(source), model_there)]
    assert accuracy[1] > accuracy[0] + 0.1
    assert accuracy[1] > 0.85


def test_the_pool_must_not_overlap_the_test():
    target = target_of()
    with pytest.raises(SamplesError, match="parcels that test"):
        check_pool(target.labeled.unlabeled(), target.labeled)
    overlapping = Target(target.labeled, target.labeled.unlabeled())
    with pytest.raises(SamplesError, match="parcels that test"):
        run_trial(source_of(), overlapping, TransferOptions("direct"), TrialOptions(2), QUIET)


def test_labels_are_needed_where_they_are_learned_from():
    target = target_of()
    one = Target(target.labeled.subset(target.labeled.samples.class_indices == 1), target.pool)
    for strategy in ("fine_tune", "joint", "fill_in"):
        with pytest.raises(SamplesError, match="two classes or more"):
            adapt(source_of(), one, TransferOptions(strategy), QUIET)
    with pytest.raises(InputError, match="direct, zero_label"):
        TransferOptions("magic")


def test_parcels_are_never_split_and_all_candidates_meet_the_same_test():
    groups = np.repeat(np.arange(20), 3)
    labeled = domain(n=60, n_classes=3, groups=groups)
    target = Target(labeled, labeled.subset(np.zeros(0, dtype=int)))
    seen = []

    class Spy(SilentProgress):
        pass

    with pytest.MonkeyPatch.context() as patch:
        from cropsample_plugin.engine.models.transfer import trial as module

        original = module.candidates

        def watch(source, part, test, options, context):
            seen.append((set(part.labeled.samples.groups), set(test.samples.groups)))
            return original(source, part, test, options, context)

        patch.setattr(module, "candidates", watch)
        found = run_trial(source_of("random_forest"), target, TransferOptions("direct"), TrialOptions(3), QUIET)
    assert len(seen) == 3
    assert all(not (ours & theirs) for ours, theirs in seen)
    counts = {name: item.matrix.sum() for name, item in found.candidates.items()}
    assert set(counts) == {"naive", "transfer", "scratch"}
    assert len(set(counts.values())) == 1


def scores(name, values):
    from cropsample_plugin.engine.models.evaluation import FoldScores

    folds = tuple(FoldScores(50, 50, value, value, value) for value in values)
    return CandidateScores(name, np.eye(2, dtype=np.int64), folds)


def trial_of(**means):
    found = {name: scores(name, [mean, mean + 0.01]) for name, mean in means.items()}
    pair = Difference("transfer", "naive", means["transfer"] - means["naive"], -0.1, 0.1)
    return Trial(found, (pair,), 50, 50)


@pytest.mark.parametrize(
    ("means", "use"),
    [
        ({"naive": 0.78, "transfer": 0.74, "scratch": 0.69}, "naive"),
        ({"naive": 0.78, "transfer": 0.79, "scratch": 0.73}, "transfer"),
        ({"naive": 0.78, "transfer": 0.83, "scratch": 0.78}, "transfer"),
        ({"naive": 0.60, "transfer": 0.70, "scratch": 0.80}, "scratch"),
        ({"naive": 0.70, "transfer": 0.70, "scratch": 0.70}, "naive"),
        ({"naive": 0.70, "transfer": 0.60}, "naive"),
    ],
)
def test_a_transfer_is_recommended_only_where_it_beats_the_source_model(means, use):
    """The first three are the published figures for 20, 25 and 30 km: rejected, accepted, accepted."""
    verdict = judge(trial_of(**means), "fine_tune")
    assert verdict.use == use
    assert verdict.is_proven
    if means["transfer"] <= means["naive"]:
        assert "does not beat" in " ".join(verdict.sentences)


def test_a_verdict_without_labels_is_not_proven():
    verdict = judge(None, "zero_label")
    assert not verdict.is_proven
    assert "Not proven" in verdict.sentences[0]


def test_a_difference_that_may_be_chance_is_said():
    assert "may be chance" in " ".join(judge(trial_of(naive=0.5, transfer=0.6), "dann").sentences)


def test_the_departure_experiment_keeps_its_test_parcels_and_counts_alike():
    labeled = domain(n=120, n_classes=3)
    target = Target(labeled, labeled.subset(np.zeros(0, dtype=int)))
    distances = np.linspace(0, 60_000, 120)
    departure = Departure(distances, (20_000.0, 30_000.0), n_repeats=2, seed=1)
    rows = run_departure(source_of("random_forest"), target, TransferOptions("direct"), departure, QUIET)
    assert len(rows) == 2 * 2 * 2 * 3
    assert len({row.n_test for row in rows}) == 1
    for radius in (20.0, 30.0):
        sizes = {row.placement: row.n_parcels for row in rows if row.radius_km == radius}
        assert sizes[NEAR] == sizes[SPREAD]
    assert len({row.macro_f1 for row in rows if row.candidate == "naive"}) == 1
    too_near = replace(departure, radii_m=(100.0,), distances_m=distances + 1000)
    with pytest.raises(InputError, match=r"within 0\.1 km"):
        run_departure(source_of("random_forest"), target, TransferOptions("direct"), too_near, QUIET)
    with pytest.raises(InputError, match="beyond 90 km"):
        run_departure(
            source_of("random_forest"), target, TransferOptions(), replace(departure, radii_m=(90_000.0,)), QUIET
        )


def test_scratch_knows_nothing_of_the_source():
    source, target = source_of("random_forest"), target_of()
    first = from_scratch(source, target.labeled, QUIET).predict(target.pool.samples)
    other = replace(source, samples=None)
    np.testing.assert_array_equal(first, from_scratch(other, target.labeled, QUIET).predict(target.pool.samples))


def test_freezing_leaves_the_head():
    network = network_of(source_of("lstm"), 3, QUIET)
    freeze(network, head_only=True)
    assert {name for name, p in network.named_parameters() if p.requires_grad} == {"head.0.weight", "head.0.bias"}
    freeze(network, head_only=False)
    assert all(p.requires_grad for p in network.parameters())


def test_new_classes_get_ids_and_colours_of_their_own():
    package = make_package("random_forest")
    classes = union_of_classes(package, np.array(["zea", None, "crop 1", "fallow"], dtype=object))
    assert [item.label for item in classes[3:]] == ["fallow", "zea"]
    assert len({item.class_id for item in classes}) == 5
    assert isinstance(make_training_set(), TrainingSet)
