"""The network architectures against published parameter counts and shapes, and the training loop they share."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
import torch
from sklearn.ensemble import HistGradientBoostingClassifier
from training_factories import QUICK, Recorder, make_training_set, quick_fit

from cropsample_plugin.engine.errors import CanceledError, InputError, ModelPackageError
from cropsample_plugin.engine.mapping.fast_forest import CompiledBoosting, flatten_boosting
from cropsample_plugin.engine.models import gradient_boosting
from cropsample_plugin.engine.models.augmentation import augment, clouded, shifted
from cropsample_plugin.engine.models.fitting import FitContext, ModelShape
from cropsample_plugin.engine.models.network_settings import (
    Cnn1dSettings,
    LtaeSettings,
    NetworkSettings,
    TempCnnSettings,
    TransformerSettings,
)
from cropsample_plugin.engine.models.networks.model import build, fit, load
from cropsample_plugin.engine.models.networks.transformer import published_encoding, standard_encoding
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.settings import BoostingSettings
from cropsample_plugin.engine.models.training_set import flat_features
from cropsample_plugin.engine.progress import SilentProgress

STUDY = ModelShape(23, 6, 0, 3)
RECURRENT = ["rnn", "lstm_all_dates", "gru", "bi_rnn", "bi_lstm", "bi_gru"]
RECURRENT += ["attention_bi_rnn", "attention_bi_lstm", "attention_bi_gru"]
NETWORKS = [*RECURRENT, "transformer", "cnn_1d", "temp_cnn", "ltae"]
GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def n_parameters(network):
    return sum(parameter.numel() for parameter in network.parameters())


def settings_of(model, **changed):
    return dataclasses.replace(MODELS[model].settings_type(), **changed)


def small(model):
    sizes = {"hidden_size": 16, "n_heads": 2, "feed_forward_size": 8, "dense_size": 8, "n_filters": 4}
    kind = MODELS[model].settings_type
    known = {item.name for item in dataclasses.fields(kind)}
    return kind(**{name: value for name, value in sizes.items() if name in known}, max_epochs=3)


def test_the_transformer_has_the_published_number_of_parameters():
    assert n_parameters(build(STUDY, TransformerSettings())) == 2_637_315


@pytest.mark.parametrize(("size", "count", "length"), [(4, 701, 96), (8, 1809, 84), (16, 9497, 60), (32, 68265, 12)])
def test_the_convolutional_network_has_the_published_numbers_of_parameters(size, count, length):
    settings = Cnn1dSettings(n_filters=size, kernel_size=size, layout="interleaved")
    network = build(ModelShape(35, 3, 0, 9), settings)
    assert n_parameters(network) == count
    series = torch.zeros(2, 35, 3)
    assert network.convolutions(series.flatten(start_dim=1)[:, None]).shape == (2, 32, length)


@pytest.mark.parametrize("model", RECURRENT)
def test_recurrent_networks_have_the_shapes_of_the_study(model):
    settings = MODELS[model].settings_type()
    network = build(STUDY, settings)
    gates, hidden, dates = GATES[settings.cell], 256, STUDY.n_timesteps

    def layer(n_inputs):
        return gates * hidden * (n_inputs + hidden + 2)

    if model in ("rnn", "lstm_all_dates", "gru"):
        expected = 12 + layer(6) + hidden * dates * 3 + 3
    else:
        both = 12 + 2 * layer(6) + 2 * layer(2 * hidden)
        last = 2 * hidden * (1 if "attention" in model else dates) * 3 + 3
        expected = both + last + (2 * hidden + 1 if "attention" in model else 0)
    assert n_parameters(network) == expected


def test_forget_gates_start_open_at_three():
    for name, bias in build(STUDY, settings_of("bi_lstm")).cell.named_parameters():
        if name.startswith("bias"):
            assert (bias[256:512] == (3.0 if name.startswith("bias_ih") else 0.0)).all()


def test_attention_is_the_weighted_mean_of_the_hidden_vectors():
    torch.manual_seed(0)
    network = build(STUDY, settings_of("attention_bi_gru")).eval()
    series = torch.randn(5, 23, 6)
    hidden = network.cell(network.normalise(series))[0]
    scores = torch.relu(hidden @ network.attention.weight[0] + network.attention.bias)
    odds = scores.exp()
    expected = torch.einsum("nt,ntd->nd", odds / odds.sum(dim=1, keepdim=True), hidden)
    torch.testing.assert_close(network.encode(series, None), expected)


@pytest.mark.parametrize("model", RECURRENT)
def test_one_band_is_not_normalised_away(model):
    network = build(ModelShape(8, 1, 0, 3), settings_of(model, hidden_size=8)).eval()
    low, high = torch.zeros(1, 8, 1), torch.ones(1, 8, 1)
    assert not torch.equal(network.encode(low, None), network.encode(high, None))


def test_positional_encodings():
    standard, published = standard_encoding(23, 512), published_encoding(23, 512)
    for position, channel in [(1, 0), (3, 10), (22, 510)]:
        angle = position / 10_000 ** (channel / 512)
        assert standard[position, channel].item() == pytest.approx(math.sin(angle), abs=1e-5)
        assert standard[position, channel + 1].item() == pytest.approx(math.cos(angle), abs=1e-5)
        grows = -position * 10_000 ** (channel / 512)
        assert published[position, channel].item() == pytest.approx(math.sin(grows), abs=2e-2)
    assert not torch.allclose(standard, published)


def test_published_encoding_is_a_setting():
    plain = build(STUDY, TransformerSettings())
    other = build(STUDY, TransformerSettings(positional_encoding="published"))
    assert n_parameters(plain) == n_parameters(other)
    assert not torch.allclose(plain.positions, other.positions)


def test_light_attention_sees_the_order_of_dates():
    torch.manual_seed(0)
    network = build(ModelShape(12, 4, 0, 3), LtaeSettings()).eval()
    series = torch.randn(3, 12, 4)
    assert not torch.allclose(network.encode(series, None), network.encode(series.flip(1), None), atol=1e-3)


@pytest.mark.parametrize("model", NETWORKS)
def test_gradients_are_finite_and_reach_every_weight(model):
    torch.manual_seed(1)
    network = build(ModelShape(12, 3, 1, 3), small(model))
    logits = network.head(network.encode(torch.randn(16, 12, 4), None))
    torch.nn.functional.cross_entropy(logits, torch.arange(16) % 3).backward()
    for name, parameter in network.named_parameters():
        assert torch.isfinite(parameter.grad).all(), name
        # The published attention passes its scores through ReLU: where all are negative, nothing flows back.
        assert parameter.grad.abs().sum() > 0 or "bias" in name or name.startswith("attention"), name


@pytest.mark.parametrize("model", NETWORKS)
def test_a_package_predicts_what_the_trained_network_does(model):
    samples = make_training_set(n=60, n_timesteps=12, n_bands=3, n_static=1)
    settings = small(model)
    fitted = fit(samples, settings, FitContext(SilentProgress(), seed=5))
    read = load(fitted.dump(), ModelShape.of(samples), settings, fitted.scaling)
    expected = fitted.predictor.predict_probabilities(samples.values, samples.static_values)
    found = read.predict_probabilities(samples.values, samples.static_values)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_allclose(found.sum(axis=1), 1.0, atol=1e-6)
    assert fit(samples, settings, FitContext(SilentProgress(), seed=5)).dump() == fitted.dump()
    assert fit(samples, settings, FitContext(SilentProgress(), seed=6)).dump() != fitted.dump()


def test_filters_longer_than_the_series_say_which_would_do():
    with pytest.raises(InputError, match=r"need series of 22 steps; these have 6\. Choose a filter length of 2"):
        build(ModelShape(6, 3, 0, 3), Cnn1dSettings(kernel_size=8))


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (TransformerSettings, {"hidden_size": 100}),
        (TransformerSettings, {"positional_encoding": "none"}),
        (LtaeSettings, {"hidden_size": 24}),
        (Cnn1dSettings, {"layout": "rows"}),
        (TempCnnSettings, {"schedule": "cosine"}),
        (NetworkSettings, {"cloud_share": 1.5}),
    ],
)
def test_impossible_settings_are_refused(kind, values):
    with pytest.raises(InputError):
        kind(**values)


def test_a_last_batch_of_one_sample_is_no_problem_for_batch_normalisation():
    samples = make_training_set(n=82, n_classes=2, n_timesteps=12)
    fitted = fit(samples, TempCnnSettings(batch_size=64, max_epochs=2), FitContext(SilentProgress()))
    assert len(fitted.curve) == 2


def test_a_cycle_runs_all_its_epochs_and_a_plateau_shortens_the_steps():
    samples = make_training_set(n=60, noise=5.0)
    fitted, _ = quick_fit("cnn_1d", samples, max_epochs=30, patience_epochs=2)
    assert len(fitted.curve) == 30
    fitted, _ = quick_fit("transformer", samples, max_epochs=30, patience_epochs=2)
    assert len(fitted.curve) < 30


def test_a_loss_that_is_no_number_is_said(monkeypatch):
    from cropsample_plugin.engine.models import network_training

    calls = []

    def broken(*arguments):
        calls.append(arguments)
        return float("nan") if len(calls) == 4 else 1.0

    monkeypatch.setattr(network_training, "_train_epoch", broken)
    progress = Recorder()
    fitted, _ = quick_fit("transformer", make_training_set(n=60), progress=progress)
    assert len(fitted.curve) == 4
    assert "diverged in epoch 4" in fitted.notes[1]
    assert any("diverged in epoch 4" in text for level, text in progress.logs if level == "warning")


@pytest.mark.parametrize("model", ["multi_head_lstm", "transformer", "cnn_1d", "attention_bi_gru"])
def test_an_interrupted_training_ends_as_if_it_had_not_been(tmp_path, monkeypatch, model):
    monkeypatch.setattr("cropsample_plugin.engine.models.checkpoints._INTERVAL_S", -1.0)
    samples = make_training_set(n=70, noise=2.0)
    spec, settings = MODELS[model], MODELS[model].settings_type(**{**QUICK[model], "max_epochs": 12, "noise": 0.1})
    whole = spec.fit(samples, settings, FitContext(SilentProgress(), seed=3)).dump()

    def context(progress, seed=3):
        return FitContext(progress, seed=seed, checkpoints=tmp_path / "states")

    with pytest.raises(CanceledError):
        spec.fit(samples, settings, context(Recorder(cancel_after=7)))
    progress = Recorder()
    resumed = spec.fit(samples, settings, context(progress))
    assert any("goes on after epoch" in text for _, text in progress.logs)
    assert resumed.dump() == whole
    done = Recorder()
    assert spec.fit(samples, settings, context(done)).dump() == whole, "a finished training is not run again"
    assert not done.metrics
    for other in (context(Recorder(), seed=4), context(Recorder())):
        changed = samples if other.seed == 4 else samples.subset(np.arange(69))
        spec.fit(changed, settings, other)
        assert other.progress.metrics, "the state of something else is left alone"


def test_a_damaged_checkpoint_is_not_gone_on_from(tmp_path, monkeypatch):
    monkeypatch.setattr("cropsample_plugin.engine.models.checkpoints._INTERVAL_S", -1.0)
    samples = make_training_set(n=60)
    spec, settings = MODELS["transformer"], MODELS["transformer"].settings_type(**QUICK["transformer"])
    whole = spec.fit(samples, settings, FitContext(SilentProgress(), checkpoints=tmp_path)).dump()
    (state,) = tmp_path.iterdir()
    state.write_bytes(state.read_bytes()[:1000])
    progress = Recorder()
    assert spec.fit(samples, settings, FitContext(progress, checkpoints=tmp_path)).dump() == whole
    assert progress.metrics


def test_augmentation_moves_hides_and_blurs():
    generator = torch.Generator().manual_seed(0)
    series = torch.arange(12.0)[None, :, None].repeat(500, 1, 2)
    moved = shifted(series, 2, generator)
    differences = moved[:, 5, 0] - 5.0
    assert sorted(differences.unique().tolist()) == [-2.0, -1.0, 0.0, 1.0, 2.0]
    assert moved.min() == 0.0
    assert moved.max() == 11.0
    torch.testing.assert_close(clouded(series, 1.0, generator)[:, 1:-1], series[:, 1:-1], atol=3.0, rtol=0)
    wavy = torch.randn(500, 12, 2, generator=generator)
    changed = (clouded(wavy, 0.3, generator) != wavy).any(dim=2)
    share = changed.any(dim=1).float().mean().item()
    assert 0.2 < share < 0.4
    assert changed.sum(dim=1).max() <= 3, "no more than a quarter of the dates"
    plain = NetworkSettings()
    assert augment(wavy, plain, generator) is wavy
    noisy = augment(wavy, NetworkSettings(noise=0.5), generator)
    assert (noisy - wavy).std().item() == pytest.approx(0.5, rel=0.05)


def test_a_hidden_block_of_a_line_stays_a_line():
    generator = torch.Generator().manual_seed(3)
    line = torch.linspace(0, 1, 20)[None, :, None].repeat(200, 1, 1)
    hidden = clouded(line, 1.0, generator)
    inner = (hidden - line).abs()[:, 5:14]
    assert inner.max() < 1e-6


@pytest.mark.parametrize("n_classes", [2, 4])
def test_boosted_trees_equal_scikit_learn_also_when_compiled(n_classes):
    samples = make_training_set(n=240, n_classes=n_classes, n_static=2, noise=1.5)
    settings = BoostingSettings(n_rounds=20, min_samples_leaf=5)
    fitted = gradient_boosting.fit(samples, settings, FitContext(SilentProgress(), seed=4))
    features = flat_features(samples.values, samples.static_values)
    machine = HistGradientBoostingClassifier(max_iter=20, min_samples_leaf=5, early_stopping=False, random_state=4)
    expected = machine.fit(features, samples.class_indices).predict_proba(features)
    found = fitted.predictor.predict_probabilities(samples.values, samples.static_values)
    np.testing.assert_allclose(found, expected, atol=1e-6)
    read = gradient_boosting.load(fitted.dump(), ModelShape.of(samples), settings, fitted.scaling)
    np.testing.assert_array_equal(read.predict_probabilities(samples.values, samples.static_values), found)
    compiled = CompiledBoosting(flatten_boosting(read.trees), read).predict(features.T, is_stored=False)
    np.testing.assert_allclose(compiled.T, found, atol=1e-6)


@pytest.mark.parametrize("change", ["left", "tested", "tree_columns", "class_columns", "leaf_values", "roots"])
def test_boosted_trees_that_would_read_elsewhere_are_refused(change):
    from safetensors.numpy import load as load_tensors
    from safetensors.numpy import save as save_tensors

    samples = make_training_set(n=120)
    settings = BoostingSettings(n_rounds=3)
    fitted = gradient_boosting.fit(samples, settings, FitContext(SilentProgress()))
    arrays = load_tensors(fitted.dump())
    arrays[change] = arrays[change].copy()
    arrays[change][0] = np.nan if change == "leaf_values" else 10_000
    with pytest.raises(ModelPackageError):
        gradient_boosting.load(save_tensors(arrays), ModelShape.of(samples), settings, fitted.scaling)
