"""Score a model on samples it did not see, fold by fold, and pool the predictions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.fitting import CurveRow, FitContext, Predictor
from cropsample_plugin.engine.models.metrics import Matrix, error_matrix, kappa, macro_f1, overall_accuracy, roc_auc
from cropsample_plugin.engine.models.registry import ModelSpec
from cropsample_plugin.engine.models.settings import Settings
from cropsample_plugin.engine.models.training_set import TrainingSet, balanced_weights
from cropsample_plugin.engine.models.validation import Fold
from cropsample_plugin.engine.progress import StepProgress

FloatArray = npt.NDArray[np.float32]
CLASS_WEIGHTS = ("none", "balanced")
_TWO_CLASSES = 2


@dataclass(frozen=True)
class FoldScores:
    """Scores of one fold; shares in [0, 1]."""

    n_train: int
    n_test: int
    overall_accuracy: float
    macro_f1: float
    kappa: float


@dataclass(frozen=True)
class Evaluation:
    """Scores of a model on samples it did not see.

    Attributes:
        matrix: error matrix of all folds together, rows = map, columns = reference.
        auc: area under the ROC curve of the second of two classes, NaN for more classes.
        folds: scores of each fold.
        curves: learning curve of each fold.
        test_rows: ``(n tested,)`` row of each tested sample in the training set.
        probabilities: ``(n tested, n_classes)``.
        predictor: the model of the last fold, which has not seen `predictor_rows`.
        predictor_rows: rows of the training set that the last fold tested.
    """

    matrix: Matrix
    auc: float
    folds: tuple[FoldScores, ...]
    curves: tuple[list[CurveRow], ...] = ()
    test_rows: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    probabilities: FloatArray = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    predictor: Predictor | None = None
    predictor_rows: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    @property
    def overall_accuracy(self) -> float:
        """Share of tested samples mapped as their class."""
        return overall_accuracy(self.matrix)

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the classes tested."""
        return macro_f1(self.matrix)

    @property
    def kappa(self) -> float:
        """Cohen's kappa."""
        return kappa(self.matrix)


def weighted_for_training(samples: TrainingSet, class_weights: str, *, separates_domains: bool) -> TrainingSet:
    """Return the samples with class weights multiplied onto their weights.

    Args:
        samples: the samples that a model is fitted on.
        class_weights: ``none`` or ``balanced``.
        separates_domains: True to balance local and global samples each among themselves.
    """
    if class_weights == "none":
        return samples
    if not separates_domains:
        return replace(samples, weights=balanced_weights(samples.weights, samples.class_indices))
    weights = samples.weights.copy()
    local, distant = samples.is_local, ~samples.is_local
    weights[local] = balanced_weights(weights[local], samples.class_indices[local])
    weights[distant] = balanced_weights(weights[distant], samples.global_class_indices[distant])
    return replace(samples, weights=weights)


def evaluate_folds(
    samples: TrainingSet,
    folds: list[Fold],
    model: tuple[ModelSpec, Settings],
    class_weights: str,
    context: FitContext,
) -> Evaluation:
    """Fit on each fold's training rows, predict its test rows, pool what was predicted.

    Raises:
        CanceledError: the user cancelled.
    """
    spec, settings = model
    scores, curves, probabilities = [], [], []
    for position, fold in enumerate(folds):
        test = samples.subset(fold.test_rows)
        prefix = context.metric_prefix + (f"fold {position + 1}: " if len(folds) > 1 else "holdout: ")
        fold_context = FitContext(
            progress=StepProgress(context.progress, position / len(folds), (position + 1) / len(folds)),
            seed=context.seed,
            threads=context.threads,
            device=context.device,
            metric_prefix=prefix,
            monitor=test,
            checkpoints=context.checkpoints,
        )
        training = weighted_for_training(
            samples.subset(fold.train_rows), class_weights, separates_domains=spec.separates_domains
        )
        fitted = spec.fit(training, settings, fold_context)
        predicted = fitted.predictor.predict_probabilities(test.values, test.static_values)
        matrix = error_matrix(predicted.argmax(axis=1), test.class_indices, samples.n_classes)
        scores.append(
            FoldScores(
                len(fold.train_rows), len(fold.test_rows), overall_accuracy(matrix), macro_f1(matrix), kappa(matrix)
            )
        )
        curves.append(fitted.curve)
        probabilities.append(predicted)
    rows = np.concatenate([fold.test_rows for fold in folds])
    pooled = _pool(samples, rows, np.concatenate(probabilities), tuple(scores), tuple(curves))
    return replace(pooled, predictor=fitted.predictor, predictor_rows=folds[-1].test_rows)


def _pool(
    samples: TrainingSet,
    rows: npt.NDArray[np.int64],
    probabilities: FloatArray,
    scores: tuple[FoldScores, ...],
    curves: tuple[list[CurveRow], ...],
) -> Evaluation:
    reference = samples.class_indices[rows]
    matrix = error_matrix(probabilities.argmax(axis=1), reference, samples.n_classes)
    auc = roc_auc(probabilities[:, 1], reference == 1) if samples.n_classes == _TWO_CLASSES else float("nan")
    return Evaluation(matrix, auc, scores, curves, rows, probabilities)
