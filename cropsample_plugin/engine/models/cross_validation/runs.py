"""Run models through designs: the honest one that was asked for, and the leaky random one beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cropsample_plugin.engine.models.calibration import Calibration, fit_calibration
from cropsample_plugin.engine.models.cross_validation.comparison import PairedDifference, compare_pair
from cropsample_plugin.engine.models.cross_validation.designs import (
    Design,
    NamedFold,
    Places,
    design_folds,
    usable_folds,
)
from cropsample_plugin.engine.models.cross_validation.learning_curve import (
    LearningCurve,
    curve_sizes,
    find_plateau,
    smaller_fold,
)
from cropsample_plugin.engine.models.evaluation import Evaluation, evaluate_folds
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.settings import Settings
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.progress import StepProgress

RANDOM = "k_fold"


@dataclass(frozen=True)
class ComparisonOptions:
    """What to compare, and how.

    Attributes:
        settings: hyperparameters by name of model, in the order of the report.
        design: how samples are held out.
        class_weights: ``none`` or ``balanced``.
        with_curve: also score with fewer training samples.
    """

    settings: dict[str, Settings]
    design: Design
    class_weights: str = "none"
    with_curve: bool = True


@dataclass(frozen=True)
class ModelResult:
    """One model.

    Attributes:
        model: its name.
        honest, leaky: scores by the design, and by random folds that tear parcels and places apart.
        calibration: of the honest predictions.
        curve: None where there are too few samples for one, or none was asked for.
    """

    model: str
    honest: Evaluation
    leaky: Evaluation
    calibration: Calibration
    curve: LearningCurve | None


@dataclass(frozen=True)
class Comparison:
    """All models, best macro F1 first.

    Attributes:
        results: one a model.
        fold_names: what each fold of the design holds out.
        unseen: fold name to the indices of classes that it tests and its training samples lack.
        pairs: the best model against each other one.
        skipped: names of folds that lack two classes to train on or samples to test.
    """

    results: tuple[ModelResult, ...]
    fold_names: tuple[str, ...]
    unseen: dict[str, tuple[int, ...]]
    pairs: tuple[PairedDifference, ...]
    skipped: tuple[str, ...] = ()


def compare_models(samples: TrainingSet, places: Places, options: ComparisonOptions, context: FitContext) -> Comparison:
    """Score every model by the design and by random folds.

    Raises:
        InputError, SamplesError: the design does not suit the samples; see `design_folds`.
        CanceledError: the user cancelled.
    """
    folds, skipped = usable_folds(samples, places, options.design)
    leaky_folds = folds
    if options.design.name != RANDOM:
        leaky_folds = design_folds(samples, Places(), Design(RANDOM, options.design.n_folds, seed=options.design.seed))
    results = []
    n_models = len(options.settings)
    for position, model in enumerate(options.settings):
        part = StepProgress(context.progress, position / n_models, (position + 1) / n_models)
        run = _Run(samples, options, replace(context, progress=part), model)
        results.append(run.result(folds, leaky_folds))
    results.sort(key=lambda item: -item.honest.macro_f1)
    best = results[0]
    pairs = [
        compare_pair((best.model, other.model), (best.honest, other.honest), samples.class_indices)
        for other in results[1:]
    ]
    names = tuple(item.name for item in folds)
    return Comparison(tuple(results), names, _unseen_classes(samples, folds), tuple(pairs), skipped)


class _Run:
    """One model's share of the work."""

    def __init__(self, samples: TrainingSet, options: ComparisonOptions, context: FitContext, model: str) -> None:
        self._samples = samples
        self._options = options
        self._context = context
        self._model = model

    def result(self, folds: list[NamedFold], leaky_folds: list[NamedFold]) -> ModelResult:
        curve_end = 1.0 if self._options.with_curve else 0.0
        thirds = (0.0, 0.35, 0.6, 1.0) if curve_end else (0.0, 0.5, 1.0, 1.0)
        honest = self._evaluate(folds, thirds[0], thirds[1], "")
        leaky = honest if leaky_folds is folds else self._evaluate(leaky_folds, thirds[1], thirds[2], "random ")
        curve = self._curve(folds, honest, thirds[2]) if self._options.with_curve else None
        calibration = fit_calibration(honest.probabilities, self._samples.class_indices[honest.test_rows])
        return ModelResult(self._model, honest, leaky, calibration, curve)

    def _evaluate(self, folds: list[NamedFold], start: float, end: float, word: str) -> Evaluation:
        context = replace(
            self._context,
            progress=StepProgress(self._context.progress, start, end),
            metric_prefix=f"{self._model} {word}",
        )
        model = (MODELS[self._model], self._options.settings[self._model])
        plain = [item.fold for item in folds]
        return evaluate_folds(self._samples, plain, model, self._options.class_weights, context)

    def _curve(self, folds: list[NamedFold], honest: Evaluation, start: float) -> LearningCurve | None:
        n_train = min(len(item.fold.train_rows) for item in folds)
        sizes = curve_sizes(n_train, self._samples.n_classes)
        if not sizes:
            return None
        scores = []
        step = (1.0 - start) / len(sizes)
        for position, size in enumerate(sizes):
            small = [smaller_fold(self._samples, item, size, self._options.design.seed) for item in folds]
            at = start + position * step
            evaluation = self._evaluate(small, at, at + step, f"with {size} samples ")
            scores.append([fold.macro_f1 for fold in evaluation.folds])
        scores.append([fold.macro_f1 for fold in honest.folds])
        everything = round(float(np.mean([len(item.fold.train_rows) for item in folds])))
        return find_plateau([*sizes, everything], np.array(scores))


def _unseen_classes(samples: TrainingSet, folds: list[NamedFold]) -> dict[str, tuple[int, ...]]:
    found = {}
    for item in folds:
        tested = set(samples.class_indices[item.fold.test_rows].tolist())
        unseen = tested - set(samples.class_indices[item.fold.train_rows].tolist())
        if unseen:
            found[item.name] = tuple(sorted(unseen))
    return found
