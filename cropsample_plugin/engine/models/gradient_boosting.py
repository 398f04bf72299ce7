"""Gradient boosting (scikit-learn's histogram version); the trees are kept as plain arrays, and summed in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

from cropsample_plugin.engine.errors import ModelPackageError
from cropsample_plugin.engine.models.cancelable import call_cancelable
from cropsample_plugin.engine.models.fitting import FitContext, FittedModel, ModelShape
from cropsample_plugin.engine.models.scaling import Scaling, identity_scaling
from cropsample_plugin.engine.models.settings import BoostingSettings
from cropsample_plugin.engine.models.training_set import TrainingSet, flat_features

FloatArray = npt.NDArray[np.float32]
_TWO = 2


@dataclass(frozen=True)
class BoostedTrees:
    """All trees, one after another.

    Attributes:
        tested: ``(n_nodes,)`` feature compared at a node; 0 in leaves.
        thresholds: ``(n_nodes,)`` float64; a sample goes right when its feature is greater; infinite in leaves.
        left, right: ``(n_nodes,)`` children; leaves name themselves.
        leaf_values: ``(n_nodes,)`` what a leaf adds to the score of its tree's class.
        roots: ``(n_trees,)`` first node of each tree.
        tree_columns: ``(n_trees,)`` column of scores that a tree adds to.
        baseline: ``(n_columns,)`` scores before the first tree; one column is the logit of the second of two classes.
        class_columns: ``(n known,)`` the class index of each known class.
    """

    tested: npt.NDArray[np.int32]
    thresholds: npt.NDArray[np.float64]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    leaf_values: npt.NDArray[np.float64]
    roots: npt.NDArray[np.int32]
    tree_columns: npt.NDArray[np.int32]
    baseline: npt.NDArray[np.float64]
    class_columns: npt.NDArray[np.int64]

    def scores(self, features: FloatArray) -> npt.NDArray[np.float64]:
        """Return ``(n, n_columns)`` summed scores of ``(n, n_features)``."""
        scores = np.tile(self.baseline, (len(features), 1))
        rows = np.arange(len(features))
        for root, column in zip(self.roots, self.tree_columns):
            nodes = np.full(len(features), root)
            while True:
                goes_right = features[rows, self.tested[nodes]] > self.thresholds[nodes]
                moved = np.where(goes_right, self.right[nodes], self.left[nodes])
                if np.array_equal(moved, nodes):
                    break
                nodes = moved
            scores[:, column] += self.leaf_values[nodes]
        return scores


@dataclass(frozen=True)
class BoostingPredictor:
    """Trained boosted trees; `n_classes` is the model's number of classes, of which the trees may know fewer."""

    trees: BoostedTrees
    n_classes: int

    def predict_probabilities(self, values: FloatArray, static_values: FloatArray) -> FloatArray:
        """Return ``(n, n_classes)`` float32 probabilities; see `Predictor`."""
        return self.probabilities(self.trees.scores(flat_features(values, static_values)))

    def probabilities(self, scores: npt.NDArray[np.float64]) -> FloatArray:
        """Return ``(n, n_classes)`` probabilities of ``(n, n_columns)`` scores."""
        if scores.shape[1] == 1:
            scores = np.concatenate([np.zeros_like(scores), scores], axis=1)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities = np.zeros((len(scores), self.n_classes), dtype=np.float32)
        probabilities[:, self.trees.class_columns] = odds / odds.sum(axis=1, keepdims=True)
        return probabilities


def fit(samples: TrainingSet, settings: BoostingSettings, context: FitContext) -> FittedModel:
    """Grow the trees, all rounds; the result does not depend on the number of threads.

    Raises:
        CanceledError: the user cancelled.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier

    features = flat_features(samples.values, samples.static_values)
    machine = HistGradientBoostingClassifier(
        learning_rate=settings.learning_rate,
        max_iter=settings.n_rounds,
        max_leaf_nodes=settings.max_leaves,
        min_samples_leaf=settings.min_samples_leaf,
        l2_regularization=settings.l2_penalty,
        early_stopping=False,
        random_state=context.seed,
    )
    context.progress.report(0.0, "growing trees")
    weights = samples.weights if np.ptp(samples.weights) > 0 else None
    call_cancelable(lambda: machine.fit(features, samples.class_indices, sample_weight=weights), context.progress)
    trees = _flatten(machine)
    scaling = identity_scaling(samples.values.shape[2], samples.static_values.shape[1])
    notes = [f"{len(trees.roots)} trees in {settings.n_rounds} rounds."]
    return FittedModel(
        BoostingPredictor(trees, samples.n_classes), scaling, lambda: save_tensors(vars(trees).copy()), [], notes
    )


def load(weights: bytes, shape: ModelShape, settings: BoostingSettings, scaling: Scaling) -> BoostingPredictor:  # noqa: ARG001
    """Make a predictor of the weights of a package.

    Raises:
        ModelPackageError: the bytes hold anything but sound trees of the package's shape.
    """
    try:
        trees = BoostedTrees(**load_tensors(weights))
        is_sound = _is_sound(trees, shape)
    except (SafetensorError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ModelPackageError(f"The weights are not readable safetensors: {error}") from error
    if not is_sound:
        raise ModelPackageError("The weights do not hold the trees that model.json describes.")
    return BoostingPredictor(trees, shape.n_classes)


def _flatten(machine: Any) -> BoostedTrees:  # noqa: ANN401 - scikit-learn has no types
    parts: list[tuple[npt.NDArray[Any], ...]] = []
    roots, columns, n_nodes = [], [], 0
    for round_trees in machine._predictors:  # noqa: SLF001 - not public, yet what is predicted with
        for column, tree in enumerate(round_trees):
            nodes = tree.nodes
            is_leaf = nodes["is_leaf"].astype(bool)
            own = np.arange(len(nodes))
            parts.append(
                (
                    np.where(is_leaf, 0, nodes["feature_idx"]),
                    np.where(is_leaf, np.inf, nodes["num_threshold"]),
                    np.where(is_leaf, own, nodes["left"]) + n_nodes,
                    np.where(is_leaf, own, nodes["right"]) + n_nodes,
                    np.where(is_leaf, nodes["value"], 0.0),
                )
            )
            roots.append(n_nodes)
            columns.append(column)
            n_nodes += len(nodes)
    tested, thresholds, left, right, values = (np.concatenate(column) for column in zip(*parts, strict=True))
    return BoostedTrees(
        tested.astype(np.int32),
        thresholds.astype(np.float64),
        left.astype(np.int32),
        right.astype(np.int32),
        values.astype(np.float64),
        np.array(roots, dtype=np.int32),
        np.array(columns, dtype=np.int32),
        np.ravel(machine._baseline_prediction).astype(np.float64),  # noqa: SLF001 - as above
        machine.classes_.astype(np.int64),
    )


def _is_sound(trees: BoostedTrees, shape: ModelShape) -> bool:
    """Return False for trees that would read outside their arrays or walk in a circle."""
    n_nodes, own = len(trees.tested), np.arange(len(trees.tested))
    n_known, columns = len(trees.class_columns), trees.class_columns
    same_length = all(len(array) == n_nodes for array in (trees.thresholds, trees.left, trees.right, trees.leaf_values))
    same_length = same_length and len(trees.roots) == len(trees.tree_columns) > 0
    if not same_length or any(array.ndim != 1 for array in vars(trees).values()):
        return False
    integers = (trees.tested, trees.left, trees.right, trees.roots, trees.tree_columns, columns)
    if any(array.dtype.kind != "i" for array in integers):
        return False
    is_leaf = (trees.left == own) & (trees.right == own)
    goes_on = (trees.left > own) & (trees.right > own) & (trees.left < n_nodes) & (trees.right < n_nodes)
    n_columns = 1 if n_known == _TWO else n_known
    return bool(
        np.all(is_leaf | goes_on)
        and np.all((trees.tested >= 0) & (trees.tested < shape.n_features))
        and np.all((trees.roots >= 0) & (trees.roots < n_nodes))
        and np.all((trees.tree_columns >= 0) & (trees.tree_columns < n_columns))
        and len(trees.baseline) == n_columns
        and not np.isnan(trees.thresholds).any()
        and np.isfinite(trees.leaf_values).all()
        and np.isfinite(trees.baseline).all()
        and len(np.unique(columns)) == n_known
        and 0 <= columns.min() <= columns.max() < shape.n_classes
    )
