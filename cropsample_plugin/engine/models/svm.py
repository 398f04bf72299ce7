"""Support vector machine with radial basis functions; its probabilities come from held-out decision values.

scikit-learn (libsvm) finds the support vectors. Probabilities follow Platt's idea (1999) for any number of
classes: a logistic regression on the pairwise decision values, fitted on samples that the machine giving them did
not see (k folds, groups kept together). What is kept are plain arrays; predicting needs numpy alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from cropsample_plugin.engine.errors import ModelPackageError
from cropsample_plugin.engine.models.cancelable import call_cancelable
from cropsample_plugin.engine.models.fitting import FitContext, FittedModel, ModelShape
from cropsample_plugin.engine.models.scaling import Scaling, fit_scaling
from cropsample_plugin.engine.models.settings import SvmSettings
from cropsample_plugin.engine.models.training_set import TrainingSet, flat_features
from cropsample_plugin.engine.models.validation import calibration_folds

FloatArray = npt.NDArray[np.float32]
ExactArray = npt.NDArray[np.float64]

_PREDICTION_BATCH = 1024
_SLOW_SAMPLES = 20_000
_KERNEL_CACHE_MB = 500


@dataclass(frozen=True)
class SvmPredictor:
    """A trained machine as plain arrays.

    ``logits = exp(-gamma * |x - support_vectors|^2) @ kernel_weights + intercepts``, then softmax, for scaled flat
    features ``x``.

    Attributes:
        support_vectors: ``(n_vectors, n_features)``.
        kernel_weights: ``(n_vectors, n known classes)``.
        intercepts: ``(n known classes,)``.
        gamma: width of the kernel.
        scaling: applied to values before the kernel.
        n_classes: number of classes of the model.
        class_columns: ``(n known classes,)`` class index of each logit.
    """

    support_vectors: ExactArray
    kernel_weights: ExactArray
    intercepts: ExactArray
    gamma: float
    scaling: Scaling
    n_classes: int
    class_columns: npt.NDArray[np.int64]

    def predict_probabilities(self, values: FloatArray, static_values: FloatArray) -> FloatArray:
        """Return ``(n, n_classes)`` float32 probabilities; see `Predictor`."""
        features = _features(values, static_values, self.scaling)
        probabilities = np.zeros((len(features), self.n_classes), dtype=np.float32)
        for start in range(0, len(features), _PREDICTION_BATCH):
            rows = slice(start, start + _PREDICTION_BATCH)
            logits = _kernel(features[rows], self.support_vectors, self.gamma) @ self.kernel_weights + self.intercepts
            odds = np.exp(logits - logits.max(axis=1, keepdims=True))
            probabilities[rows, self.class_columns] = odds / odds.sum(axis=1, keepdims=True)
        return probabilities


def fit(samples: TrainingSet, settings: SvmSettings, context: FitContext) -> FittedModel:
    """Find the support vectors and calibrate the probabilities.

    libsvm cannot be interrupted; on a cancel its thread is left behind and dies with the engine.

    Raises:
        CanceledError: the user cancelled.
    """
    if samples.n_samples > _SLOW_SAMPLES:
        context.progress.log(
            f"{samples.n_samples} samples are many for a support vector machine; it may take hours.", "warning"
        )
    scaling = fit_scaling(samples.values, samples.static_values, samples.step_weights)
    features = _features(samples.values, samples.static_values, scaling)
    context.progress.report(0.0, "finding support vectors")
    machine = _fit_machine(features, samples, settings, context)
    decisions = _held_out_decisions(machine, features, samples, settings, context)
    calibration = _fit_calibration(decisions, samples)
    arrays = {
        "support_vectors": np.ascontiguousarray(machine.support_vectors_, dtype=np.float64),
        "kernel_weights": _pair_weights(machine) @ calibration[0],
        "intercepts": machine.intercept_ @ calibration[0] + calibration[1],
        "gamma": np.array([machine._gamma], dtype=np.float64),  # noqa: SLF001 - not public, yet the value in use
        "class_columns": machine.classes_.astype(np.int64),
    }
    arrays = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    notes = [f"{len(machine.support_vectors_)} of {samples.n_samples} samples are support vectors."]
    return FittedModel(_predictor(arrays, scaling, samples.n_classes), scaling, lambda: save_tensors(arrays), [], notes)


def load(weights: bytes, shape: ModelShape, settings: SvmSettings, scaling: Scaling) -> SvmPredictor:  # noqa: ARG001
    """Make a predictor of the weights of a package.

    Raises:
        ModelPackageError: the bytes are no safetensors, or their shapes or values are not as expected.
    """
    try:
        arrays = load_tensors(weights)
        n_vectors, n_known = arrays["kernel_weights"].shape
        shapes = {
            "support_vectors": (n_vectors, shape.n_features),
            "kernel_weights": (n_vectors, n_known),
            "intercepts": (n_known,),
            "gamma": (1,),
            "class_columns": (n_known,),
        }
        columns = arrays["class_columns"]
        is_sound = (
            {name: array.shape for name, array in arrays.items()} == shapes
            and all(np.isfinite(array).all() for array in arrays.values())
            and columns.dtype == np.int64
            and len(np.unique(columns)) == n_known
            and 0 <= columns.min() <= columns.max() < shape.n_classes
            and arrays["gamma"][0] > 0
        )
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise ModelPackageError(f"The weights are not readable safetensors: {error}") from error
    if not is_sound:
        raise ModelPackageError("The weights do not have the shapes that model.json describes.")
    return _predictor(arrays, scaling, shape.n_classes)


def _predictor(arrays: dict[str, npt.NDArray[Any]], scaling: Scaling, n_classes: int) -> SvmPredictor:
    return SvmPredictor(
        support_vectors=arrays["support_vectors"],
        kernel_weights=arrays["kernel_weights"],
        intercepts=arrays["intercepts"],
        gamma=float(arrays["gamma"][0]),
        scaling=scaling,
        n_classes=n_classes,
        class_columns=arrays["class_columns"],
    )


def _features(values: FloatArray, static_values: FloatArray, scaling: Scaling) -> ExactArray:
    return flat_features(scaling.apply(values), scaling.apply_static(static_values)).astype(np.float64)


def _kernel(features: ExactArray, vectors: ExactArray, gamma: float) -> ExactArray:
    squares = (features**2).sum(axis=1)[:, None] + (vectors**2).sum(axis=1) - 2.0 * features @ vectors.T
    kernel: ExactArray = np.exp(-gamma * np.maximum(squares, 0.0))
    return kernel


def _fit_machine(features: ExactArray, samples: TrainingSet, settings: SvmSettings, context: FitContext) -> Any:  # noqa: ANN401 - scikit-learn has no types
    from sklearn.svm import SVC

    machine = SVC(C=settings.penalty, gamma=settings.gamma, cache_size=_KERNEL_CACHE_MB)
    return call_cancelable(
        lambda: machine.fit(features, samples.class_indices, sample_weight=samples.weights), context.progress
    )


def _pair_weights(machine: Any) -> ExactArray:  # noqa: ANN401 - as above
    """Return ``(n_vectors, n_pairs)`` weights of the pairwise decision values, pairs (0, 1), (0, 2), ... in order.

    libsvm keeps, for a vector of class i, its coefficient against class j in row j - 1 (j > i) or row j (j < i).
    """
    coefficients = machine.dual_coef_
    owner = np.repeat(np.arange(len(machine.classes_)), machine.n_support_)
    pairs = list(combinations(range(len(machine.classes_)), 2))
    weights = np.zeros((coefficients.shape[1], len(pairs)))
    for position, (first, second) in enumerate(pairs):
        weights[owner == first, position] = coefficients[second - 1, owner == first]
        weights[owner == second, position] = coefficients[first, owner == second]
    return weights


def _decisions(machine: Any, features: ExactArray) -> ExactArray:  # noqa: ANN401 - as above
    """Return ``(n, n_pairs)`` pairwise decision values."""
    kernel = _kernel(features, machine.support_vectors_, float(machine._gamma))  # noqa: SLF001 - as above
    decisions: ExactArray = kernel @ _pair_weights(machine) + machine.intercept_
    return decisions


def _held_out_decisions(
    machine: Any,  # noqa: ANN401 - as above
    features: ExactArray,
    samples: TrainingSet,
    settings: SvmSettings,
    context: FitContext,
) -> ExactArray:
    """Return decision values of machines that did not see the sample; its own where a class would be lost."""
    decisions = _decisions(machine, features)
    folds = calibration_folds(samples, settings.n_calibration_folds, context.seed)
    for position, fold in enumerate(folds):
        context.progress.report((position + 1) / (len(folds) + 1), f"calibrating, fold {position + 1}")
        training = samples.subset(fold.train_rows)
        if len(np.unique(training.class_indices)) < len(machine.classes_):
            continue
        other = _fit_machine(features[fold.train_rows], training, settings, context)
        decisions[fold.test_rows] = _decisions(other, features[fold.test_rows])
    return decisions


def _fit_calibration(decisions: ExactArray, samples: TrainingSet) -> tuple[ExactArray, ExactArray]:
    """Return ``(n_pairs, n_known)`` coefficients and ``(n_known,)`` intercepts of the logits."""
    from sklearn.linear_model import LogisticRegression

    regression = LogisticRegression(max_iter=1000)
    regression.fit(decisions, samples.class_indices, sample_weight=samples.weights)
    coefficients, intercepts = regression.coef_.T, regression.intercept_
    if len(regression.classes_) == 2:  # noqa: PLR2004 - the logit of the second class alone
        coefficients = np.concatenate([np.zeros_like(coefficients), coefficients], axis=1)
        intercepts = np.concatenate([np.zeros_like(intercepts), intercepts])
    return coefficients, intercepts
