"""Few labels of a class: source samples fill it up, and a forest of the target's labels alone has half the say.

Only classes that the target's labels hold are filled: a class that nobody saw there would be put on the map out of
nothing, which on real seasons costs far more than it gains. The two forests see different dates, those that both
domains observed and all, so that their average is also steadier than either.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.fitting import FitContext, FittedModel
from cropsample_plugin.engine.models.settings import ForestSettings
from cropsample_plugin.engine.models.training_set import NOT_A_CLASS, TrainingSet
from cropsample_plugin.engine.models.transfer.domains import DomainSamples, Source
from cropsample_plugin.engine.progress import StepProgress

ENOUGH = 6
"""Labels from which on a class needs no help; 4 and 6 were compared on Central Asia and Mato Grosso."""


def fill_in(
    source: Source,
    labeled: DomainSamples,
    moved: DomainSamples,
    timesteps: npt.NDArray[np.int64],
    context: FitContext,
) -> FittedModel:
    """Grow half of the trees from the target's labels, half from these and the source samples that fill them up.

    Args:
        source: whose package holds a random forest.
        labeled: target samples with labels, at all dates.
        moved: source samples brought to the target's moments, at some dates.
        timesteps: these dates.
        context: seed and progress.

    Raises:
        InputError: the package holds no random forest.
        CanceledError: the user cancelled.
    """
    settings = source.package.settings
    if not isinstance(settings, ForestSettings):
        raise InputError(
            f"'fill_in' averages two random forests, and the package holds: {source.package.spec.title}.",
            "Choose 'joint' or 'fine_tune', or train a random forest on the source.",
        )
    from cropsample_plugin.engine.models.forest import fit, merged

    filled = filled_up(moved.samples, labeled.samples, timesteps)
    sizes = (settings.n_trees - settings.n_trees // 2, max(1, settings.n_trees // 2))
    forests = []
    for number, (samples, n_trees) in enumerate(zip((labeled.samples, filled), sizes)):
        part = StepProgress(context.progress, number / 2, (number + 1) / 2)
        run = replace(context, progress=part, seed=context.seed + number)
        forests.append(fit(samples, replace(settings, n_trees=n_trees), run))
    return replace(merged(forests[0], forests[1]), notes=_notes(source, labeled.samples, len(timesteps)))


def _notes(source: Source, labeled: TrainingSet, n_timesteps: int) -> list[str]:
    n_labels = np.bincount(labeled.class_indices, minlength=source.n_known)[: source.n_known]
    helped = ", ".join(item.name for item, n in zip(source.classes, n_labels) if 0 < n < ENOUGH)
    unseen = ", ".join(item.name for item, n in zip(source.classes, n_labels) if n == 0)
    how = (
        f"Half of the trees learned from {labeled.n_samples} target samples, half from these and source samples at the "
        f"{n_timesteps} dates that both domains observed."
    )
    filled = f"Classes filled up to {ENOUGH} labels: {helped or 'none, each has enough of its own'}."
    absent = f"Classes of the source without a label in the target, which it does not map: {unseen}."
    return [how, filled, absent] if unseen else [how, filled]


def filled_up(source: TrainingSet, target: TrainingSet, timesteps: npt.NDArray[np.int64]) -> TrainingSet:
    """Return the target's samples and the source samples that fill up its classes, on the target's axis.

    Outside of the time steps all values are 0, so that no tree can split there.

    Args:
        source: samples at `timesteps`.
        target: samples at all dates.
        timesteps: the dates that both domains observed.
    """
    weights = filling_weights(source, target)
    chosen = np.flatnonzero(weights > 0)
    helpers, n_helpers = source.subset(chosen), len(chosen)
    values = np.zeros((target.n_samples + n_helpers, *target.values.shape[1:]), dtype=np.float32)
    values[: target.n_samples, timesteps] = target.values[:, timesteps]
    values[target.n_samples :, timesteps] = helpers.values
    return replace(
        target,
        values=values,
        static_values=np.concatenate([target.static_values, helpers.static_values]),
        class_indices=np.concatenate([target.class_indices, helpers.class_indices]),
        weights=np.concatenate([target.weights, weights[chosen]]),
        is_local=np.ones(len(values), dtype=np.bool_),
        global_class_indices=np.full(len(values), NOT_A_CLASS),
        groups=np.arange(len(values)),
        step_weights=None,
    )


def filling_weights(source: TrainingSet, target: TrainingSet) -> npt.NDArray[np.float64]:
    """Return ``(n_source,)`` weights: together what a class with one label or more lacks of `ENOUGH` labels."""
    n_labels = np.bincount(target.class_indices, minlength=target.n_classes)
    ours = np.bincount(source.class_indices, source.weights, target.n_classes)
    lacking = np.where(n_labels > 0, np.maximum(ENOUGH - n_labels, 0), 0) * float(target.weights.mean())
    weights: npt.NDArray[np.float64] = source.weights * (lacking / np.where(ours > 0, ours, 1.0))[source.class_indices]
    return weights
