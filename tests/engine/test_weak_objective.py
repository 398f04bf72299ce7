"""The objective of weak supervision against its closed forms, and a slow computation of it pair by pair."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.fitting import ModelShape
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.weak_supervision.objective import (
    PatchBatch,
    network_logits,
    objective_parts,
)
from cropsample_plugin.engine.models.weak_supervision.options import architecture_of, weak_hyperparameters
from cropsample_plugin.engine.models.weak_supervision.pair_kernel import disagreement, half_window, pair_weights
from cropsample_plugin.engine.models.weak_supervision.settings import NO_LABEL, PatchSettings, RegulariserSettings

SETTINGS = RegulariserSettings(strength=0.1, radius_px=2, spatial_sigma_px=1.5, visual_sigma=0.8)


def scene(n=2, height=6, width=7, seed=0, *, all_valid=False):
    generator = torch.Generator().manual_seed(seed)
    features = torch.randn(n, height, width, 3, generator=generator, dtype=torch.float64)
    is_valid = torch.ones(n, height, width, dtype=torch.bool)
    if not all_valid:
        is_valid = torch.rand(n, height, width, generator=generator) > 0.2
    return features, is_valid


def kernel_by_hand(features, is_valid, chosen):
    """Return ``(n, pixels, pixels)`` k_ij by its definition, pair by pair."""
    n, height, width, _ = features.shape
    places = [(row, column) for row in range(height) for column in range(width)]
    kernel = np.zeros((n, len(places), len(places)))
    for patch in range(n):
        for first, (row, column) in enumerate(places):
            for second, (other_row, other_column) in enumerate(places):
                near = max(abs(row - other_row), abs(column - other_column)) <= chosen.radius_px
                both = is_valid[patch, row, column] and is_valid[patch, other_row, other_column]
                if first == second or not near or not both:
                    continue
                apart = (row - other_row) ** 2 + (column - other_column) ** 2
                unlike = float(((features[patch, row, column] - features[patch, other_row, other_column]) ** 2).sum())
                spatial = np.exp(-apart / (2 * chosen.spatial_sigma_px**2))
                visual = np.exp(-unlike / (2 * chosen.visual_sigma**2)) * spatial
                kernel[patch, first, second] = chosen.similarity * visual + chosen.aggregation * spatial
    return kernel


def of_scene(probabilities, features, is_valid, chosen=SETTINGS):
    weights = pair_weights(features, is_valid, chosen, 1.0)
    return float(disagreement(probabilities, weights, chosen.radius_px)) / int(is_valid.sum())


def two_classes(crop):
    return torch.stack([1.0 - crop, crop], dim=-1)


def test_the_window_is_half_of_a_square():
    offsets = half_window(3)
    assert len(offsets) == (7 * 7 - 1) // 2
    assert len({*offsets, *((-row, -column) for row, column in offsets)}) == 48


@pytest.mark.parametrize("n_classes", [2, 4])
def test_as_computed_pair_by_pair(n_classes):
    features, is_valid = scene()
    generator = torch.Generator().manual_seed(5)
    given_ = torch.softmax(torch.randn(2, 6, 7, n_classes, generator=generator, dtype=torch.float64), dim=-1)
    kernel = kernel_by_hand(features, is_valid, SETTINGS)
    flat = given_.reshape(2, -1, n_classes).numpy()
    expected = sum((kernel[patch] * (1.0 - flat[patch] @ flat[patch].T)).sum() for patch in range(2))
    assert of_scene(given_, features, is_valid) == pytest.approx(expected / int(is_valid.sum()), rel=1e-12)


@pytest.mark.parametrize("share", [0.0, 0.2, 0.5, 1.0])
def test_closed_form_of_a_constant_probability(share):
    features, is_valid = scene()
    kernel = kernel_by_hand(features, is_valid, SETTINGS)
    mean_weight = kernel.sum() / int(is_valid.sum())
    crop = torch.full(is_valid.shape, share, dtype=torch.float64)
    assert of_scene(two_classes(crop), features, is_valid) == pytest.approx(2 * share * (1 - share) * mean_weight)


def test_of_pieces_that_are_certain_only_the_pairs_across_the_boundary_count():
    features, is_valid = scene(n=1, all_valid=True)
    crop = torch.zeros(1, 6, 7, dtype=torch.float64)
    crop[:, :, 4:] = 1.0
    kernel = kernel_by_hand(features, is_valid, SETTINGS)[0]
    side = crop[0].reshape(-1).numpy()
    across = kernel[side == 0][:, side == 1].sum()
    assert of_scene(two_classes(crop), features, is_valid) == pytest.approx(2 * across / 42)


def test_similar_neighbours_weigh_more_than_others():
    features = torch.zeros(1, 1, 3, 1, dtype=torch.float64)
    features[0, 0, 2] = 10.0
    weights = pair_weights(features, torch.ones(1, 1, 3, dtype=torch.bool), SETTINGS, 1.0)
    to_right = weights[half_window(2).index((0, 1)), 0, 0]
    step = np.exp(-1 / (2 * 1.5**2))
    assert to_right.tolist() == pytest.approx([(0.9 + 0.1) * step, 0.1 * step, 0.0])


def test_each_term_can_be_switched_off():
    features, is_valid = scene()
    visual = RegulariserSettings(similarity=0.9, aggregation=0.0, radius_px=2, visual_sigma=0.8)
    spatial = RegulariserSettings(similarity=0.0, aggregation=0.1, radius_px=2, visual_sigma=0.8)
    both = RegulariserSettings(similarity=0.9, aggregation=0.1, radius_px=2, visual_sigma=0.8)
    parts = [pair_weights(features, is_valid, chosen, 1.0) for chosen in (visual, spatial, both)]
    torch.testing.assert_close(parts[0] + parts[1], parts[2])
    other = torch.randn_like(features)
    torch.testing.assert_close(parts[1], pair_weights(other, is_valid, spatial, 1.0))
    assert set(both.ablations()) == {
        "without visual similarity",
        "without spatial aggregation",
        "labels alone (lambda 0)",
    }
    assert set(visual.ablations()) == {"labels alone (lambda 0)"}
    assert RegulariserSettings(strength=0.0).ablations() == {}


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_never_below_zero_and_the_same_for_a_mirrored_scene(seed):
    features, is_valid = scene(seed=seed)
    crop = torch.rand(2, 6, 7, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    value = of_scene(two_classes(crop), features, is_valid)
    assert value >= 0.0
    mirrored = of_scene(two_classes(crop.flip(2)), features.flip(2), is_valid.flip(2))
    assert mirrored == pytest.approx(value)


def batch_of(network_shape, *, has_labels=True, seed=0):
    rng = np.random.default_rng(seed)
    features, is_valid = scene(seed=seed)
    n = int(is_valid.sum())
    series = torch.from_numpy(rng.normal(size=(n, *network_shape)).astype(np.float32))
    labels = torch.from_numpy(rng.integers(-1, 2, n)) if has_labels else torch.full((n,), NO_LABEL)
    weights = torch.ones(n) * (labels != NO_LABEL)
    return PatchBatch(series, is_valid, features.float(), labels, weights)


def network_of(model):
    spec = MODELS[model]
    small = {"temp_cnn": {"n_filters": 4, "dense_size": 4}, "lstm": {"hidden_size": 4}}.get(model, {})
    chosen = spec.settings_type(**weak_hyperparameters(model, small))
    torch.manual_seed(0)
    return architecture_of(model).build(ModelShape(6, 2, 0, 2), chosen)


@pytest.mark.parametrize("model", ["temp_cnn", "lstm", "ltae"])
@pytest.mark.parametrize("has_labels", [True, False])
@pytest.mark.parametrize("strength", [0.0, 0.1])
def test_gradients_are_finite_with_labels_and_without(model, has_labels, strength):
    network = network_of(model)
    batch = batch_of((6, 2), has_labels=has_labels)
    chosen = RegulariserSettings(strength=strength)
    parts = objective_parts(network_logits(network, batch.series, None), batch, chosen, 1.0)
    loss = parts.total(strength)
    loss.backward()
    gradients = [parameter.grad for parameter in network.parameters()]
    assert all(gradient is not None and torch.isfinite(gradient).all() for gradient in gradients)
    if not has_labels:
        assert parts.supervised().item() == 0.0
        if strength == 0.0:
            assert all(float(gradient.abs().sum()) == 0.0 for gradient in gradients)


def test_masked_loss_is_the_weighted_mean_over_the_labels_alone():
    batch = batch_of((6, 2))
    logits = torch.randn(len(batch.series), 1, generator=torch.Generator().manual_seed(3))
    parts = objective_parts(logits, batch, RegulariserSettings(strength=0.0), 1.0)
    known = (batch.labels != NO_LABEL).numpy()
    crop = torch.sigmoid(logits[:, 0]).numpy()[known]
    label = batch.labels.numpy()[known]
    expected = -(label * np.log(crop) + (1 - label) * np.log(1 - crop)).mean()
    assert float(parts.supervised()) == pytest.approx(expected, rel=1e-5)
    moved = logits.clone()
    moved[~torch.from_numpy(known)] += 7.0
    again = objective_parts(moved, batch, RegulariserSettings(strength=0.0), 1.0)
    assert float(again.supervised()) == float(parts.supervised())


def test_lambda_is_ramped():
    chosen = RegulariserSettings(strength=0.1, ramp_epochs=5)
    assert [chosen.strength_in(epoch) for epoch in (1, 2, 6, 40)] == pytest.approx([0.0, 0.02, 0.1, 0.1])
    assert RegulariserSettings(strength=0.1, ramp_epochs=0).strength_in(1) == 0.1


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"similarity": 0.0, "aggregation": 0.0}, "weights of the regulariser are 0"),
        ({"strength": -0.1}, "Lambda"),
        ({"radius_px": 0}, "radius"),
        ({"spatial_sigma_px": 0.0}, "spatial sigma"),
    ],
)
def test_impossible_settings_are_refused(values, word):
    with pytest.raises(InputError, match=word):
        RegulariserSettings(**values)


def test_without_a_regulariser_its_weights_may_be_zero():
    assert RegulariserSettings(strength=0.0, similarity=0.0, aggregation=0.0).ablations() == {}


def test_a_step_may_not_need_more_memory_than_there_is():
    with pytest.raises(InputError, match="256 x 256"):
        PatchSettings(size_px=256).check_step(2)


@pytest.mark.parametrize("model", ["random_forest", "svm", "multi_head_lstm"])
def test_models_that_cannot_learn_this_way_are_named(model):
    with pytest.raises(InputError, match="temp_cnn"):
        architecture_of(model)
