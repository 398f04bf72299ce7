"""Adversarial training (DANN): features that tell crops apart and do not tell the domains apart (methods.md 5.4).

Batches of 32 labeled source and 32 unlabeled target samples; loss = cross-entropy of the source classes + binary
cross-entropy of the domain behind a gradient reversal; SGD 0.01 with Nesterov momentum 0.9 and weight decay 1e-3;
10 epochs, the last one kept. The features are the architecture's own last vector, so that the package is one like
any other; the study puts one more layer between. Training starts from the source model. All labels of the target
stay hidden, and its test samples are never in the pool.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from torch import nn

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.models.fitting import CurveRow, FitContext, FittedModel
from cropsample_plugin.engine.models.network_loss import Batch, sample_losses
from cropsample_plugin.engine.models.network_training import repeatable_torch, to_batch
from cropsample_plugin.engine.models.scaling import fit_scaling
from cropsample_plugin.engine.models.transfer.domains import DomainSamples, Source
from cropsample_plugin.engine.models.transfer.fine_tuning import fitted_network, freeze, network_of
from cropsample_plugin.engine.models.transfer.gradient_reversal import (
    discriminator,
    reversal_strength,
    reverse_gradient,
)
from cropsample_plugin.engine.progress import raise_if_canceled

_FEWEST = 8


@dataclass(frozen=True)
class Adversarial:
    """How to train.

    Attributes:
        n_epochs: passes over the source samples.
        batch_size: samples of each domain a step.
        learning_rate, momentum, weight_decay: of SGD.
        scaling: ``target`` to scale the target by its own moments; ``source`` to scale both by the source's.
    """

    n_epochs: int = 10
    batch_size: int = 32
    learning_rate: float = 0.01
    momentum: float = 0.9
    weight_decay: float = 1.0e-3
    scaling: str = "target"


def train_adversarially(
    source: Source, labeled: DomainSamples, pool: DomainSamples, options: Adversarial, context: FitContext
) -> FittedModel:
    """Train the source's network on labeled source samples and unlabeled target samples.

    Raises:
        InputError: the model is no network.
        SamplesError: the pool holds fewer than 8 samples.
        CanceledError: the user cancelled.
    """
    if not source.package.spec.is_network:
        raise InputError(
            f"'dann' trains the layers of a network on, and the package holds: {source.package.spec.title}.",
            "Choose 'zero_label' or 'direct', or train a network on the source.",
        )
    if len(pool) < _FEWEST:
        raise SamplesError(
            f"There are {len(pool)} unlabeled target samples to learn from; 'dann' needs {_FEWEST} or more.",
            "Add samples without a class.",
        )
    scaling = source.package.expects.scaling
    pool_scaling = scaling
    if options.scaling == "target":
        pool_scaling = fit_scaling(pool.samples.values, pool.samples.static_values, scaling.step_weights)
    with repeatable_torch(context.device, context.seed):
        network = network_of(source, source.n_known, context)
        freeze(network, head_only=False)
        known = replace(labeled.samples, n_classes=source.n_known)
        batches = to_batch(known, scaling, context.device), to_batch(pool.samples, pool_scaling, context.device)
        curve, notes = _train(network, batches, options, context)
    samples = replace(pool.samples, n_classes=source.n_known)
    return fitted_network(source, network, (samples, pool_scaling), curve, notes)


def _train(
    network: Any,  # noqa: ANN401 - any network
    batches: tuple[Batch, Batch],
    options: Adversarial,
    context: FitContext,
) -> tuple[list[CurveRow], list[str]]:
    labeled, pool = batches
    with torch.no_grad():
        network.eval()
        n_features = network.encode(labeled.series[:2], None).shape[1]
    judge = discriminator(n_features).to(labeled.series.device)
    optimizer = torch.optim.SGD(
        [*network.parameters(), *judge.parameters()],
        lr=options.learning_rate,
        momentum=options.momentum,
        weight_decay=options.weight_decay,
        nesterov=True,
    )
    rng = np.random.default_rng(context.seed)
    generator = torch.Generator(device=labeled.series.device).manual_seed(context.seed)
    curve: list[CurveRow] = []
    kept = {name: value.clone() for name, value in network.state_dict().items()}
    step = 0
    for epoch in range(1, options.n_epochs + 1):
        network.train()
        sums = np.zeros(2)
        rows = _paired_rows(len(labeled), len(pool), options.batch_size, rng)
        for ours, theirs in rows:
            raise_if_canceled(context.progress)
            losses = adversarial_losses(
                (network, judge), labeled.rows(ours), pool.rows(theirs), reversal_strength(step), generator
            )
            optimizer.zero_grad(set_to_none=True)
            (losses[0] + losses[1]).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            sums += [float(loss.detach()) for loss in losses]
            step += 1
        means = sums / len(rows)
        curve.append({"epoch": epoch, "train_loss": float(means[0]), "domain_loss": float(means[1])})
        context.progress.report(epoch / options.n_epochs, f"epoch {epoch}, loss {means[0]:.4f}")
        if not np.isfinite(means).all():
            network.load_state_dict(kept)
            return curve, [_diverged(epoch)]
        kept = {name: value.clone() for name, value in network.state_dict().items()}
    return curve, [f"{len(labeled)} labeled source and {len(pool)} unlabeled target samples, {step} steps."]


def adversarial_losses(
    networks: tuple[Any, nn.Module],
    labeled: Batch,
    pool: Batch,
    strength: float,
    generator: torch.Generator | None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the loss of the source's classes, and that of the domains behind the reversal; source is 1."""
    network, judge = networks
    series = torch.cat([labeled.series, pool.series])
    features = network.encode(series, generator)
    losses = sample_losses(network.head(features[: len(labeled)]), labeled.classes)
    class_loss = (losses * labeled.weights).sum() / labeled.weights.sum()
    is_source = torch.zeros(len(series), 1, device=series.device)
    is_source[: len(labeled)] = 1.0
    domain_loss = nn.functional.binary_cross_entropy_with_logits(judge(reverse_gradient(features, strength)), is_source)
    return class_loss, domain_loss


def _paired_rows(
    n_labeled: int, n_pool: int, size: int, rng: np.random.Generator
) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Return the rows of both domains of each step: the source once, the pool again and again."""
    n_steps = max(1, n_labeled // size)
    ours = rng.permutation(n_labeled)[: n_steps * size]
    rounds = -(-n_steps * min(size, n_pool) // n_pool)
    theirs = np.concatenate([rng.permutation(n_pool) for _ in range(max(1, rounds))])
    width = min(size, n_pool)
    return [
        (torch.from_numpy(ours[start * size : (start + 1) * size]), torch.from_numpy(theirs[start * width :][:width]))
        for start in range(n_steps)
    ]


def _diverged(epoch: int) -> str:
    return (
        f"Training diverged in epoch {epoch}: the loss was no number any more. It was stopped there and the weights of "
        "the epoch before were kept. Try a lower learning rate."
    )
