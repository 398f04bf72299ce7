"""The LSTM models against the published numbers, an independent cell in numpy, and torch's own LSTM."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch
from training_factories import Recorder, make_training_set, quick_fit

from cropsample_plugin.engine.errors import CanceledError
from cropsample_plugin.engine.models import lstm_multi, lstm_single
from cropsample_plugin.engine.models.fitting import FitContext, ModelShape
from cropsample_plugin.engine.models.lstm import initialise
from cropsample_plugin.engine.models.lstm_weights import LstmWeights
from cropsample_plugin.engine.models.network_loss import Batch, LossParts, loss_parts, sample_losses
from cropsample_plugin.engine.models.network_settings import LstmSettings, SingleHeadLstmSettings
from cropsample_plugin.engine.models.network_training import Start, evaluate, to_batch, train_network
from cropsample_plugin.engine.models.scaling import fit_scaling
from cropsample_plugin.engine.progress import SilentProgress

BINARY = ModelShape(12, 12, 0, 2, 2)
LSTMS = ["lstm", "multi_head_lstm"]


def sigmoid(x):
    return 1.0 / (1.0 + np.exp(-x))


def published_cell(weights: LstmWeights, series, mask=None):
    """The published cell, gate by gate, one sample at a time, in double precision."""
    size = weights.hidden_size
    gate = {name: slice(position * size, (position + 1) * size) for position, name in enumerate("ifog")}
    w = np.concatenate([weights.input_weights, weights.hidden_weights], axis=1).astype(np.float64)
    b = weights.biases.astype(np.float64)
    result = []
    for sample in series.astype(np.float64):
        h, c = np.zeros(size), np.zeros(size)
        for step, x in enumerate(sample):
            joined = np.concatenate([x, h])
            i, f, o = (sigmoid(w[gate[name]] @ joined + b[gate[name]]) for name in "ifo")
            g = np.tanh(w[gate["g"]] @ joined + b[gate["g"]])
            c = f * c + i * g
            h = o * np.tanh(c)
            if mask is not None:
                h = h * mask[step]
        result.append(h)
    return np.array(result)


def random_network(module, settings, shape=BINARY, seed=0):
    network = module.build(shape, settings)
    initialise(network, torch.Generator().manual_seed(seed))
    return network


def count(network):
    return sum(parameter.numel() for parameter in network.parameters())


def arrays_of(network):
    return {name: tensor.numpy() for name, tensor in network.state_dict().items()}


def test_parameter_counts_are_the_published_ones():
    multi = random_network(lstm_multi, LstmSettings())
    assert count(multi) == 28162
    assert count(multi.cell) == 19712
    assert count(multi.head) == count(multi.global_head) == 4225
    assert count(random_network(lstm_single, SingleHeadLstmSettings())) == 20033


def test_weights_start_uniform_within_one_eighth():
    network = random_network(lstm_multi, LstmSettings())
    values = torch.cat([parameter.detach().ravel() for parameter in network.parameters()])
    assert float(values.abs().max()) <= 0.125
    assert float(values.std()) == pytest.approx(0.125 / np.sqrt(3), rel=0.02)
    assert abs(float(values.mean())) < 0.002


@pytest.mark.parametrize(
    ("module", "settings"), [(lstm_multi, LstmSettings()), (lstm_single, SingleHeadLstmSettings())]
)
def test_hidden_vector_equals_the_cell_written_gate_by_gate(module, settings):
    network = random_network(module, settings)
    series = np.random.default_rng(0).normal(size=(5, 12, 12)).astype(np.float32)
    hidden = network.encode(torch.from_numpy(series), None).detach().numpy()
    assert hidden == pytest.approx(published_cell(module.read_weights(arrays_of(network)), series), abs=1e-6)


def test_unrolled_cell_without_dropout_equals_torch_lstm():
    multi = random_network(lstm_multi, LstmSettings())
    weights = lstm_multi.read_weights(arrays_of(multi))
    lstm = torch.nn.LSTM(12, 64, batch_first=True)
    order = np.arange(256).reshape(4, 64)[[0, 1, 3, 2]].ravel()
    with torch.no_grad():
        lstm.weight_ih_l0.copy_(torch.from_numpy(weights.input_weights[order]))
        lstm.weight_hh_l0.copy_(torch.from_numpy(weights.hidden_weights[order]))
        lstm.bias_ih_l0.copy_(torch.from_numpy(weights.biases[order]))
        lstm.bias_hh_l0.zero_()
    series = torch.randn(7, 12, 12, generator=torch.Generator().manual_seed(1))
    torch.testing.assert_close(multi.encode(series, None), lstm(series)[0][:, -1])


def test_dropout_acts_after_every_step_the_last_included():
    network = random_network(lstm_multi, LstmSettings())
    series = torch.randn(1, 12, 12, generator=torch.Generator().manual_seed(1))
    hidden = network.encode(series, torch.Generator().manual_seed(2)).detach().numpy()
    masks = network.cell._masks(series, torch.Generator().manual_seed(2)).numpy()
    assert set(np.unique(masks)) == {0.0, np.float32(1 / 0.8)}
    assert not np.array_equal(masks[0], masks[1]), "the mask is new for every step"
    expected = published_cell(lstm_multi.read_weights(arrays_of(network)), series.numpy(), masks[:, 0])
    assert hidden == pytest.approx(expected, abs=1e-6)
    assert np.all(hidden[0, masks[-1, 0] == 0.0] == 0.0), "the head sees a dropped-out vector"


def binary_batch(n_local, n_global, weights=None, seed=0):
    n = n_local + n_global
    generator = torch.Generator().manual_seed(seed)
    classes = torch.arange(n) % 2
    is_local = torch.arange(n) < n_local
    return Batch(
        torch.randn(n, 12, 12, generator=generator),
        classes,
        torch.where(is_local, -1, classes),
        torch.ones(n) if weights is None else torch.tensor(weights),
        is_local,
    )


def bce(logits, classes):
    p = sigmoid(np.asarray(logits.detach(), dtype=np.float64)[:, 0])
    y = classes.numpy()
    return float(np.mean(-(y * np.log(p) + (1 - y) * np.log(1 - p))))


@pytest.mark.parametrize(("n_local", "n_global"), [(6, 10), (1, 15), (16, 0), (0, 16)])
def test_loss_is_the_published_formula(n_local, n_global):
    network, alpha = random_network(lstm_multi, LstmSettings()), 10.0
    batch = binary_batch(n_local, n_global)
    hidden = network.encode(batch.series, None)
    loss = float(loss_parts(network, batch, None)[0].total(alpha).detach())
    local = bce(network.head(hidden[:n_local]), batch.classes[:n_local]) if n_local else 0.0
    distant = bce(network.global_head(hidden[n_local:]), batch.classes[n_local:]) if n_global else 0.0
    expected = distant if n_local == 0 else (n_global / n_local) / alpha * distant + local
    assert loss == pytest.approx(expected, rel=1e-5)


def test_loss_golden_number():
    parts = LossParts(*(torch.tensor(value) for value in (3 * 0.5, 3.0, 9 * 0.7, 9.0)))
    assert float(parts.total(10.0)) == pytest.approx((9 / 3) / 10 * 0.7 + 0.5)


def test_without_local_samples_the_local_head_gets_no_gradient():
    network = random_network(lstm_multi, LstmSettings())
    loss_parts(network, binary_batch(0, 8), None)[0].total(10.0).backward()
    assert all(parameter.grad is None for parameter in network.head.parameters())
    gradients = [parameter.grad for parameter in network.global_head.parameters()]
    assert all(bool(torch.isfinite(gradient).all()) for gradient in gradients)
    assert any(float(gradient.abs().sum()) > 0 for gradient in gradients)


@pytest.mark.parametrize("n_classes", [2, 5])
def test_a_sample_of_weight_two_is_a_sample_given_twice(n_classes):
    network = random_network(lstm_multi, LstmSettings(), ModelShape(12, 12, 0, n_classes, n_classes))
    weights = [1.0 + (row % 2) for row in range(16)]
    weighted = binary_batch(6, 10, weights)
    rows = torch.repeat_interleave(torch.arange(16), torch.tensor(weights).long())
    repeated = binary_batch(6, 10).rows(rows)
    for alpha in (1.0, 10.0):
        once = loss_parts(network, weighted, None)[0].total(alpha)
        twice = loss_parts(network, repeated, None)[0].total(alpha)
        torch.testing.assert_close(once, twice)


def test_losses_are_bce_for_one_logit_and_cross_entropy_for_more():
    logits = torch.randn(9, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    classes = torch.arange(9) % 4
    expected = -np.log(np.take_along_axis(torch.softmax(logits, 1).numpy(), classes.numpy()[:, None], 1)[:, 0])
    assert sample_losses(logits, classes).numpy() == pytest.approx(expected)
    # two logits (0, z) say the same as one logit z
    one, binary = logits[:, :1], classes % 2
    two = torch.cat([torch.zeros_like(one), one], dim=1)
    torch.testing.assert_close(sample_losses(one, binary), sample_losses(two, binary))


@pytest.mark.parametrize("model", LSTMS)
def test_gradients_are_finite_for_extreme_input(model):
    module, settings = (
        (lstm_multi, LstmSettings()) if model == "multi_head_lstm" else (lstm_single, SingleHeadLstmSettings())
    )
    network = random_network(module, settings)
    batch = binary_batch(4, 4)
    extreme = Batch(batch.series * 1e6, batch.classes, batch.global_classes, batch.weights, batch.is_local)
    loss_parts(network, extreme, torch.Generator().manual_seed(0))[0].total(10.0).backward()
    assert all(
        bool(torch.isfinite(parameter.grad).all()) for parameter in network.parameters() if parameter.grad is not None
    )


@pytest.mark.parametrize("model", LSTMS)
def test_early_stopping_restores_the_best_weights(model):
    module = lstm_multi if model == "multi_head_lstm" else lstm_single
    samples = make_training_set(n=60, n_classes=3, share_local=0.7, noise=2.0)
    settings = LstmSettings(hidden_size=8, learning_rate=0.05, max_epochs=200, patience_epochs=4)
    scaling = fit_scaling(samples.values, samples.static_values)
    training, stopping = (
        to_batch(samples.subset(slice(0, 40)), scaling, "cpu"),
        to_batch(samples.subset(slice(40, 60)), scaling, "cpu"),
    )
    network = module.build(ModelShape.of(samples), settings)
    trained = train_network(
        network, training, stopping, settings, FitContext(SilentProgress(), seed=0), Start(initialise)
    )
    losses = [row["validation_loss"] for row in trained.curve]
    assert trained.best_epoch == int(np.argmin(losses)) + 1
    assert len(losses) == trained.best_epoch + settings.patience_epochs, "it stops when patience is at an end"
    assert evaluate(network, stopping, settings.alpha)["validation_loss"] == pytest.approx(min(losses), rel=1e-6)
    assert losses[-1] > min(losses), "the last weights would have been worse"


@pytest.mark.parametrize("model", LSTMS)
@pytest.mark.parametrize("n_classes", [2, 4])
def test_predictor_equals_the_trained_network_and_folding_changes_nothing(model, n_classes):
    samples = make_training_set(n=80, n_classes=n_classes, n_static=3, share_local=0.6)
    fitted, settings = quick_fit(model, samples)
    module = lstm_multi if model == "multi_head_lstm" else lstm_single
    predictor = module.load(fitted.dump(), ModelShape.of(samples), settings, fitted.scaling)
    probabilities = predictor.predict_probabilities(samples.values, samples.static_values)
    assert probabilities.dtype == np.float32
    assert probabilities.shape == (80, n_classes)
    assert probabilities.sum(axis=1) == pytest.approx(1.0, abs=1e-6)
    static = np.repeat(samples.static_values[:, None, :], samples.values.shape[1], axis=1)
    raw = np.concatenate([samples.values, static], axis=2)
    folded = predictor.weights.with_folded_scaling(fitted.scaling)
    hidden = published_cell(folded, raw)
    for position, (weight, bias) in enumerate(folded.head):
        hidden = (hidden if position == 0 else np.maximum(hidden, 0.0)) @ weight.T + bias
    expected = sigmoid(hidden[:, 0]) if n_classes == 2 else np.exp(hidden[:, 1]) / np.exp(hidden).sum(axis=1)
    assert probabilities[:, 1] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("model", LSTMS)
def test_learns_what_can_be_learned(model):
    samples = make_training_set(n=240, n_classes=3, share_local=0.6, noise=0.2)
    fitted, _ = quick_fit(model, samples, max_epochs=100, learning_rate=0.01)
    unseen = make_training_set(n=90, n_classes=3, seed=9, noise=0.2)
    predicted = fitted.predictor.predict_probabilities(unseen.values, unseen.static_values).argmax(axis=1)
    assert np.mean(predicted == unseen.class_indices) > 0.95


@pytest.mark.parametrize("model", LSTMS)
def test_every_epoch_is_reported_and_cancel_is_asked_before_every_batch(model):
    samples = make_training_set(n=100, share_local=0.5)
    progress = Recorder()
    fitted, _ = quick_fit(model, samples, progress=progress, batch_size=16)
    names = {name for name, _, _ in progress.metrics}
    assert names == {"train_loss", "validation_loss", "validation_accuracy", "validation_macro_f1"}
    assert [step for name, step, _ in progress.metrics if name == "train_loss"] == list(range(1, len(fitted.curve) + 1))
    assert progress.questions >= len(fitted.curve) * (80 // 16)
    with pytest.raises(CanceledError):
        quick_fit(model, samples, progress=Recorder(cancel_after=7), batch_size=16)


def test_global_samples_may_have_classes_of_their_own():
    samples = make_training_set(n=90, n_classes=3, share_local=0.5)
    is_crop = (samples.class_indices > 0).astype(np.int64)
    mixed = dataclasses.replace(
        samples,
        class_indices=np.where(samples.is_local, samples.class_indices, -1),
        global_class_indices=np.where(samples.is_local, -1, is_crop),
        n_global_classes=2,
    )
    fitted, settings = quick_fit("multi_head_lstm", mixed)
    assert fitted.predictor.n_classes == 3
    predictor = lstm_multi.load(fitted.dump(), ModelShape.of(mixed), settings, fitted.scaling)
    assert predictor.predict_probabilities(mixed.values, mixed.static_values).shape == (90, 3)
