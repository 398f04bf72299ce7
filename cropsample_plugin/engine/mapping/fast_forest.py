"""Prediction with forests and boosted trees: the trees as flat arrays, equal to scikit-learn's ``predict_proba``.

scikit-learn adds up its trees in whatever order its threads finish, so that the last bits differ from run to run;
here trees are added in their order, and threads work on different pixels.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.mapping.forest_kernel import walk
from cropsample_plugin.engine.models.gradient_boosting import BoostedTrees, BoostingPredictor

FloatArray = npt.NDArray[np.float32]
_LANES = 8
_NO_CHILD = -1


@dataclass(frozen=True)
class FlatForest:
    """All trees of a forest, one after another, each level by level.

    Attributes:
        tested: ``(n_nodes,)`` feature compared at a node.
        threshold: ``(n_nodes,)`` float32; a pixel goes right when its feature is greater, infinite in leaves.
        left: ``(n_nodes,)`` left child; the right one follows it; leaves name themselves.
        shares: ``(n_nodes, n_classes)`` class shares of the training samples in a node.
        roots: ``(n_trees,)`` first node of each tree.
    """

    tested: npt.NDArray[np.int32]
    threshold: FloatArray
    left: npt.NDArray[np.int32]
    shares: npt.NDArray[np.float64]
    roots: npt.NDArray[np.int32]


def flatten_forest(trees: list[Any], n_classes: int, class_columns: npt.NDArray[np.int64]) -> FlatForest:
    """Lay out scikit-learn trees.

    Args:
        trees: the ``tree_`` of each estimator, in order.
        n_classes: number of classes of the model.
        class_columns: ``(n known,)`` the class index of each column of the trees, which may know fewer classes.
    """
    parts = []
    roots = []
    n_nodes = 0
    for tree in trees:
        tested, threshold, left, shares = _flatten_tree(tree, n_classes, class_columns)
        parts.append((tested, threshold, left + n_nodes, shares))
        roots.append(n_nodes)
        n_nodes += len(tested)
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return FlatForest(
        columns[0].astype(np.int32),
        columns[1].astype(np.float32),
        columns[2].astype(np.int32),
        columns[3],
        np.array(roots, dtype=np.int32),
    )


def _flatten_tree(
    tree: Any,  # noqa: ANN401 - a Cython object of scikit-learn
    n_classes: int,
    class_columns: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[Any], ...]:
    order, new_number = _level_order(tree.children_left, tree.children_right)
    children = tree.children_left[order]
    is_leaf = children == _NO_CHILD
    left = np.where(is_leaf, np.arange(len(order)), new_number[children])
    threshold = np.where(is_leaf, np.float32(np.inf), _float32_below(tree.threshold[order]))
    shares = np.zeros((len(order), n_classes))
    shares[:, class_columns] = tree.value[order, 0, :]
    return np.where(is_leaf, 0, tree.feature[order]), threshold, left, shares


def _level_order(left: npt.NDArray[Any], right: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the nodes level by level, brothers beside each other, and each node's place in that order."""
    order = [0]
    position = 0
    while position < len(order):
        node = order[position]
        if left[node] != _NO_CHILD:
            order += [int(left[node]), int(right[node])]
        position += 1
    new_number = np.empty(len(order), dtype=np.int64)
    new_number[order] = np.arange(len(order))
    return np.array(order), new_number


def _float32_below(thresholds: npt.NDArray[np.float64]) -> FloatArray:
    """Return the largest float32 not above each threshold: comparing float32 features with it decides alike."""
    rounded = thresholds.astype(np.float32)
    return np.where(rounded > thresholds, np.nextafter(rounded, np.float32(-np.inf)), rounded)


def flatten_boosting(trees: BoostedTrees) -> FlatForest:
    """Lay out boosted trees; ``shares`` holds what each leaf adds to each column of scores."""
    ends = [*trees.roots[1:].tolist(), len(trees.tested)]
    parts, roots, n_nodes = [], [], 0
    for start, end, column in zip(trees.roots.tolist(), ends, trees.tree_columns.tolist()):
        own = np.arange(end - start)
        is_leaf = trees.left[start:end] - start == own
        left, right = (np.where(is_leaf, _NO_CHILD, side[start:end] - start) for side in (trees.left, trees.right))
        order, new_number = _level_order(left, right)
        leaf = is_leaf[order]
        added = np.zeros((len(order), len(trees.baseline)))
        added[:, column] = trees.leaf_values[start:end][order]
        tested = np.where(leaf, 0, trees.tested[start:end][order])
        threshold = np.where(leaf, np.float32(np.inf), _float32_below(trees.thresholds[start:end][order]))
        children = np.where(leaf, np.arange(len(order)), new_number[left[order]]) + n_nodes
        parts.append((tested.astype(np.int32), threshold.astype(np.float32), children.astype(np.int32), added))
        roots.append(n_nodes)
        n_nodes += len(order)
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return FlatForest(columns[0], columns[1], columns[2], columns[3], np.array(roots, dtype=np.int32))


class CompiledTrees:
    """Trees for physical values, walked by compiled loops."""

    takes_stored = False
    is_parallel = True
    batch_sizes = (256, 1024, 4096)

    def __init__(self, forest: FlatForest) -> None:
        self._forest = forest
        self._local = threading.local()

    def sums(self, values: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        """Return ``(n, n_columns)`` sums over the leaves that ``(n_features, n)`` physical values reach."""
        forest = self._forest
        n_pixels = values.shape[1]
        features, sums = self._buffers(len(values), n_pixels)
        features[:n_pixels] = values.T
        walk(features, (forest.tested, forest.threshold, forest.left), forest.shares, forest.roots, sums)
        return sums[:n_pixels]

    def _buffers(self, n_features: int, n_pixels: int) -> tuple[FloatArray, npt.NDArray[np.float64]]:
        n_rows = -(-n_pixels // _LANES) * _LANES
        buffers: tuple[FloatArray, npt.NDArray[np.float64]] | None = getattr(self._local, "buffers", None)
        if buffers is None or len(buffers[0]) != n_rows:
            shares = self._forest.shares
            buffers = np.zeros((n_rows, n_features), np.float32), np.empty((n_rows, shares.shape[1]), np.float64)
            self._local.buffers = buffers
        return buffers


class CompiledForest(CompiledTrees):
    """A random forest: the mean of its trees' class shares."""

    name = "compiled forest"

    def predict(self, values: npt.NDArray[Any], *, is_stored: bool) -> FloatArray:  # noqa: ARG002 - one signature for all
        """Return ``(n_classes, n)`` probabilities of ``(n_features, n)`` physical values."""
        shares = self.sums(values)
        shares /= len(self._forest.roots)
        return np.ascontiguousarray(shares.T, dtype=np.float32)


class CompiledBoosting(CompiledTrees):
    """Boosted trees: the softmax of their summed scores."""

    name = "compiled boosted trees"

    def __init__(self, forest: FlatForest, predictor: BoostingPredictor) -> None:
        super().__init__(forest)
        self._predictor = predictor

    def predict(self, values: npt.NDArray[Any], *, is_stored: bool) -> FloatArray:  # noqa: ARG002 - one signature for all
        """Return ``(n_classes, n)`` probabilities of ``(n_features, n)`` physical values."""
        scores = self.sums(values) + self._predictor.trees.baseline
        return np.ascontiguousarray(self._predictor.probabilities(scores).T)
