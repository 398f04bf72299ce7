"""The training loop over patches: labels where there are any, the regulariser everywhere, lambda ramped up."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from cropsample_plugin.engine.models.augmentation import augment
from cropsample_plugin.engine.models.checkpoints import Checkpoint, TrainingState
from cropsample_plugin.engine.models.fitting import CurveRow, FitContext, ModelShape, Predictor
from cropsample_plugin.engine.models.metrics import error_matrix, macro_f1, overall_accuracy
from cropsample_plugin.engine.models.network_fitting import Architecture, Arrays, on_device
from cropsample_plugin.engine.models.network_settings import NetworkSettings
from cropsample_plugin.engine.models.network_training import Steps, judge, repeatable_torch
from cropsample_plugin.engine.models.weak_supervision.objective import (
    PatchBatch,
    network_logits,
    objective_parts,
)
from cropsample_plugin.engine.models.weak_supervision.patches import IntArray, PatchReader
from cropsample_plugin.engine.models.weak_supervision.settings import NO_LABEL, RegulariserSettings
from cropsample_plugin.engine.models.weak_supervision.survey import Survey, component_grid, usable_inputs
from cropsample_plugin.engine.progress import raise_if_canceled

_FEWEST_PIXELS = 2
"""Batch normalisation needs two."""


@dataclass(frozen=True)
class Course:
    """How one network is trained.

    Attributes:
        architecture, shape, settings: the network; its batch size counts patches.
        regulariser: the term beside the labels.
    """

    architecture: Architecture
    shape: ModelShape
    settings: NetworkSettings
    regulariser: RegulariserSettings


@dataclass(frozen=True)
class FittedNetwork:
    """A trained network.

    Attributes:
        predictor: of the weights kept.
        arrays: the weights by name.
        curve: one row an epoch.
        notes: sentences for the report.
    """

    predictor: Predictor
    arrays: Arrays
    curve: list[CurveRow]
    notes: tuple[str, ...]


class PatchFeeder:
    """Makes batches of patches on the device."""

    def __init__(self, reader: PatchReader, survey: Survey, device: str) -> None:
        self._reader = reader
        self._survey = survey
        self._device = device

    def batch(self, patches: IntArray) -> PatchBatch:
        """Read patches and return them scaled, with their components, labels and weights."""
        survey = self._survey
        series, grids, valid, labels, weights = [], [], [], [], []
        for index in patches:
            patch = self._reader.read(int(index))
            inputs = usable_inputs(patch, survey.scaling)
            found = patch.labels[patch.is_usable]
            by_class = np.where(found == NO_LABEL, 0.0, survey.class_weights[found.clip(0)])
            series.append(inputs)
            grids.append(component_grid(patch, inputs, survey.components))
            valid.append(patch.is_usable)
            labels.append(found)
            weights.append((patch.weights[patch.is_usable] * by_class).astype(np.float32))
        return PatchBatch(
            torch.from_numpy(np.concatenate(series)).to(self._device),
            torch.from_numpy(np.stack(valid)).to(self._device),
            torch.from_numpy(np.stack(grids)).to(self._device),
            torch.from_numpy(np.concatenate(labels)).to(self._device),
            torch.from_numpy(np.concatenate(weights)).to(self._device),
        )


def fit_patches(reader: PatchReader, survey: Survey, course: Course, context: FitContext) -> FittedNetwork:
    """Train until the objective on the stopping patches has not fallen for some epochs; keep the best weights.

    The objective that decides has the full lambda from the first epoch on, so that epochs of the ramp compare. A loss
    that is no number ends the training, and the best weights so far are kept.

    Raises:
        CanceledError: the user cancelled; asked before every step.
    """
    feeder = PatchFeeder(reader, survey, context.device)
    with repeatable_torch(context.device, context.seed):
        network: Any = on_device(course.architecture.build(course.shape, course.settings), context.device)
        generator = torch.Generator(device=context.device).manual_seed(context.seed)
        if course.architecture.initialise is not None:
            course.architecture.initialise(network, generator)
        state = _run_epochs(network, feeder, (course, survey, generator, context))
        network.load_state_dict(state.best_weights)
        arrays = {name: tensor.cpu().numpy() for name, tensor in network.state_dict().items()}
    predictor = course.architecture.predictor(arrays, survey.scaling, course.shape, course.settings)
    return FittedNetwork(predictor, arrays, state.curve, _notes(state, survey, context))


Run = tuple[Course, Survey, torch.Generator, FitContext]


def _run_epochs(network: Any, feeder: PatchFeeder, run: Run) -> TrainingState:  # noqa: ANN401 - any network
    """Train to the end, from the last epoch of an interrupted training where there is one."""
    course, survey, generator, context = run
    settings, fit = course.settings, survey.split.fit
    order = np.random.default_rng(context.seed)
    steps = Steps(network, settings, len(_steps_of(fit, settings.batch_size)))
    state = TrainingState({name: value.clone() for name, value in network.state_dict().items()})
    parts = {"network": network, "optimizer": steps.optimizer, "schedule": steps.schedule, "random": generator}
    checkpoint = Checkpoint(_state_path(context.checkpoints, survey, course, context.seed), parts)
    if checkpoint.load(state) and not state.is_finished:
        context.progress.log(f"The training goes on after epoch {len(state.curve)}.", "info")
    for _ in state.curve:
        order.permutation(fit)
    for epoch in range(len(state.curve) + 1, settings.max_epochs + 1):
        if state.is_finished:
            break
        groups = _steps_of(order.permutation(fit), settings.batch_size)
        row: CurveRow = {"epoch": epoch, "train_loss": _train_epoch(network, steps, feeder, groups, epoch, run)}
        row |= _evaluate(network, feeder, course, survey)
        _tell(row, settings, context)
        state.curve.append(row)
        steps.end_epoch(row["validation_loss"])
        judge(state, row["validation_loss"], epoch, settings, network)
        checkpoint.save(state)
    return state


def _steps_of(patches: IntArray, n_together: int) -> list[IntArray]:
    return [patches[start : start + n_together] for start in range(0, len(patches), n_together)]


def _train_epoch(
    network: Any,  # noqa: ANN401 - any network
    steps: Steps,
    feeder: PatchFeeder,
    groups: list[IntArray],
    epoch: int,
    run: Run,
) -> float:
    """Run one epoch and return the mean objective of its steps, weighted by their pixels."""
    course, survey, generator, context = run
    strength = course.regulariser.strength_in(epoch)
    network.train()
    total, n_pixels = 0.0, 0
    for group in groups:
        raise_if_canceled(context.progress)
        batch = feeder.batch(group)
        if len(batch.series) < _FEWEST_PIXELS:
            continue
        series = augment(batch.series, course.settings, generator)
        with torch.autocast("cuda", torch.bfloat16, enabled=series.is_cuda):
            logits = network_logits(network, series, generator)
            parts = objective_parts(logits, batch, course.regulariser, survey.typical_distance)
            loss = parts.total(strength)
        steps.optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        steps.step()
        total += float(loss.detach()) * len(series)
        n_pixels += len(series)
    return total / max(1, n_pixels)


def _evaluate(network: Any, feeder: PatchFeeder, course: Course, survey: Survey) -> CurveRow:  # noqa: ANN401 - any network
    """Return the objective with the full lambda on the stopping patches, and how far they agree with the labels."""
    network.eval()
    summed = []
    n_classes = course.shape.n_classes
    matrix = np.zeros((n_classes, n_classes), dtype=np.int64)
    with torch.no_grad():
        for index in survey.split.stopping:
            batch = feeder.batch(np.array([index]))
            logits = network_logits(network, batch.series, None)
            summed.append(objective_parts(logits, batch, course.regulariser, survey.typical_distance))
            mapped = (logits[:, 0] > 0).long() if logits.shape[1] == 1 else logits.argmax(dim=1)
            known = batch.labels != NO_LABEL
            matrix += error_matrix(mapped[known].cpu().numpy(), batch.labels[known].cpu().numpy(), n_classes)
    return {
        "validation_loss": float(sum(summed[1:], summed[0]).total(course.regulariser.strength)),
        "validation_accuracy": overall_accuracy(matrix),
        "validation_macro_f1": macro_f1(matrix),
    }


def _tell(row: CurveRow, settings: NetworkSettings, context: FitContext) -> None:
    epoch = int(row["epoch"])
    for name, value in row.items():
        if name != "epoch":
            context.progress.metric(context.metric_prefix + name, epoch, value)
    context.progress.report(
        epoch / settings.max_epochs, f"{context.metric_prefix}epoch {epoch}, loss {row['validation_loss']:.4f}"
    )


def _state_path(folder: Path | None, survey: Survey, course: Course, seed: int) -> Path | None:
    """Return the file for the state of this training, named by a hash of all that decides its outcome."""
    if folder is None:
        return None
    split = [patches.tolist() for patches in (survey.split.fit, survey.split.stopping)]
    settings = (type(course.settings).__name__, course.settings, asdict(course.regulariser), course.shape)
    told = (settings, seed, survey.sha256, split, survey.class_weights.tolist(), torch.__version__)
    return folder / f"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}.safetensors"


def _notes(state: TrainingState, survey: Survey, context: FitContext) -> tuple[str, ...]:
    split = survey.split
    kept = (
        f"{len(split.fit)} patches were learned from, {len(split.stopping)} decided when to stop; the weights of "
        f"epoch {state.best_epoch} of {len(state.curve)} were kept."
    )
    notes = [kept]
    if state.diverged_epoch:
        notes.append(
            f"Training diverged in epoch {state.diverged_epoch}: the loss was no number any more. It was stopped "
            "there and the best weights so far were kept. Try a lower learning rate."
        )
        context.progress.log(notes[-1], "warning")
    return tuple(notes)
