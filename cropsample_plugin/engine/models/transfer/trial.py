"""Naive, transfer and from scratch side by side on untouched target parcels, again and again.

Each repeat splits the labeled parcels anew: one part adapts, the other tests all three. Unlabeled samples and the
part that adapts make up the pool of strategies without labels; what tests is never in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from cropsample_plugin.engine.models.cross_validation.comparison import corrected_interval
from cropsample_plugin.engine.models.evaluation import Evaluation, FoldScores
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.metrics import Matrix, error_matrix, kappa, macro_f1, overall_accuracy
from cropsample_plugin.engine.models.transfer.domains import DomainSamples, Source, Target, check_pool
from cropsample_plugin.engine.models.transfer.strategies import (
    AdaptedModel,
    TransferOptions,
    adapt,
    from_scratch,
    naive,
)
from cropsample_plugin.engine.models.validation import Protocol, split_folds
from cropsample_plugin.engine.progress import StepProgress

NAIVE, TRANSFER, SCRATCH = "naive", "transfer", "scratch"
CANDIDATES = (NAIVE, TRANSFER, SCRATCH)


@dataclass(frozen=True)
class TrialOptions:
    """How to compare.

    Attributes:
        n_repeats: splits of the labeled parcels.
        test_share: of the parcels that test.
        seed: decides the splits.
    """

    n_repeats: int = 5
    test_share: float = 0.5
    seed: int = 42


@dataclass(frozen=True)
class CandidateScores:
    """One candidate.

    Attributes:
        name: ``naive``, ``transfer`` or ``scratch``.
        matrix: error matrix of all repeats together, rows = map, columns = reference.
        repeats: scores of each repeat.
    """

    name: str
    matrix: Matrix
    repeats: tuple[FoldScores, ...]

    def mean(self, score: str) -> float:
        """Return the mean of a score over the repeats."""
        return float(np.nanmean([getattr(item, score) for item in self.repeats]))

    def spread(self, score: str) -> float:
        """Return its standard deviation over the repeats; NaN with one."""
        values = [getattr(item, score) for item in self.repeats]
        return float(np.nanstd(values, ddof=1)) if len(values) > 1 else float("nan")


@dataclass(frozen=True)
class Difference:
    """Mean over the repeats of macro F1 of the first minus that of the second, and its 95 % interval.

    The interval accounts for repeats sharing samples (Nadeau and Bengio 2003); NaN with one repeat.
    """

    first: str
    second: str
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class Trial:
    """The three candidates on the same test parcels.

    Attributes:
        candidates: by name; ``scratch`` is missing where there is nothing to learn from.
        differences: transfer against the others, and scratch against naive.
        n_adapt: mean number of samples that adapt.
        n_test: mean number of samples that test.
    """

    candidates: dict[str, CandidateScores]
    differences: tuple[Difference, ...]
    n_adapt: int
    n_test: int


def run_trial(
    source: Source, target: Target, options: TransferOptions, trial: TrialOptions, context: FitContext
) -> Trial:
    """Score the candidates on labeled target samples.

    Raises:
        SamplesError: the labeled samples cannot be split.
        CanceledError: the user cancelled.
    """
    splits = []
    rows: dict[str, list[Matrix]] = {}
    scores: dict[str, list[FoldScores]] = {}
    for repeat in range(trial.n_repeats):
        seed = trial.seed + repeat
        protocol = Protocol("holdout", validation_share=trial.test_share, seed=seed)
        fold = split_folds(target.labeled.samples, protocol)[0]
        fitting, test = target.labeled.subset(fold.train_rows), target.labeled.subset(fold.test_rows)
        splits.append((len(fitting), len(test)))
        part = StepProgress(context.progress, repeat / trial.n_repeats, (repeat + 1) / trial.n_repeats)
        run = replace(context, progress=part, seed=seed, metric_prefix=f"repeat {repeat + 1}: ")
        models = candidates(source, Target(fitting, target.pool), test, options, run)
        for name, model in models.items():
            matrix = score(model, test)
            rows.setdefault(name, []).append(matrix)
            scores.setdefault(name, []).append(
                FoldScores(len(fitting), len(test), overall_accuracy(matrix), macro_f1(matrix), kappa(matrix))
            )
    found = {name: CandidateScores(name, sum_of(rows[name]), tuple(scores[name])) for name in rows}
    n_adapt, n_test = np.rint(np.mean(splits, axis=0)).astype(int)
    return Trial(found, _differences(found), int(n_adapt), int(n_test))


def candidates(
    source: Source, target: Target, test: DomainSamples, options: TransferOptions, context: FitContext
) -> dict[str, AdaptedModel]:
    """Return the models to compare, none of which saw the test samples.

    Raises:
        SamplesError: unlabeled samples belong to parcels that test, or what adapts has one class alone.
    """
    check_pool(target.pool, test)
    halves = [StepProgress(context.progress, start, start + 0.5) for start in (0.0, 0.5)]
    models = {NAIVE: naive(source)}
    models[TRANSFER] = adapt(source, target, options, replace(context, progress=halves[0]))
    if len(np.unique(target.labeled.samples.class_indices)) > 1:
        models[SCRATCH] = from_scratch(source, target.labeled, replace(context, progress=halves[1]))
    return models


def score(model: AdaptedModel, test: DomainSamples) -> Matrix:
    """Return the error matrix of a model on test samples, over the classes of both domains."""
    mapped = model.predict(test.samples).argmax(axis=1)
    return error_matrix(mapped, test.samples.class_indices, test.samples.n_classes)


def sum_of(matrices: list[Matrix]) -> Matrix:
    """Return the sum of error matrices."""
    total: Matrix = np.sum(matrices, axis=0, dtype=np.int64)
    return total


def mean_scores(trial: Trial | None) -> dict[str, dict[str, float]] | None:
    """Return mean accuracy and macro F1 by candidate; None without a trial."""
    if trial is None:
        return None
    return {
        name: {score: item.mean(score) for score in ("overall_accuracy", "macro_f1")}
        for name, item in trial.candidates.items()
    }


def _differences(found: dict[str, CandidateScores]) -> tuple[Difference, ...]:
    pairs = [(TRANSFER, NAIVE), (TRANSFER, SCRATCH), (SCRATCH, NAIVE)]
    return tuple(_difference(found[first], found[second]) for first, second in pairs if {first, second} <= set(found))


def _difference(first: CandidateScores, second: CandidateScores) -> Difference:
    values = np.array([a.macro_f1 - b.macro_f1 for a, b in zip(first.repeats, second.repeats)])
    low, high, _ = corrected_interval(values, Evaluation(first.matrix, float("nan"), first.repeats))
    return Difference(first.name, second.name, float(np.nanmean(values)), low, high)
