"""Random forest (scikit-learn): bands and dates as flat features, no scaling, trees summed in a fixed order."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import ModelPackageError
from cropsample_plugin.engine.models.cancelable import call_cancelable
from cropsample_plugin.engine.models.fitting import CurveRow, FitContext, FittedModel, ModelShape
from cropsample_plugin.engine.models.metrics import error_matrix, macro_f1, overall_accuracy
from cropsample_plugin.engine.models.scaling import Scaling, identity_scaling
from cropsample_plugin.engine.models.settings import ForestSettings
from cropsample_plugin.engine.models.skops_weights import dump_skops, load_skops
from cropsample_plugin.engine.models.training_set import TrainingSet, flat_features

FloatArray = npt.NDArray[np.float32]

TRUSTED_TYPES = (
    "builtins.dict",
    "builtins.list",
    "builtins.str",
    "builtins.tuple",
    "numpy.float64",
    "numpy.int64",
    "numpy.ndarray",
    "sklearn.ensemble._forest.RandomForestClassifier",
    "sklearn.tree._classes.DecisionTreeClassifier",
    "sklearn.tree._tree.Tree",
)
_N_CHUNKS = 20
_NO_CHILD = -1


@dataclass(frozen=True)
class ForestPredictor:
    """A trained forest.

    Attributes:
        estimator: the ``RandomForestClassifier``, with ``n_jobs`` 1: trees are summed in their order, so the same
            input gives the same bytes whatever runs beside it.
        n_classes: number of classes of the model; the estimator may know fewer.
        class_columns: ``(n known,)`` the class index of each column of the estimator.
    """

    estimator: Any
    n_classes: int
    class_columns: npt.NDArray[np.int64]

    def predict_probabilities(self, values: FloatArray, static_values: FloatArray) -> FloatArray:
        """Return ``(n, n_classes)`` float32 probabilities; see `Predictor`."""
        return self.predict_features(flat_features(values, static_values))

    def predict_features(self, features: FloatArray) -> FloatArray:
        """Return ``(n, n_classes)`` float32 probabilities of ``(n, n_features)``; see `flat_features` for the order."""
        probabilities = np.zeros((len(features), self.n_classes), dtype=np.float32)
        if len(features):
            probabilities[:, self.class_columns] = self.estimator.predict_proba(features)
        return probabilities


def fit(samples: TrainingSet, settings: ForestSettings, context: FitContext) -> FittedModel:
    """Grow the forest in chunks of trees; the result equals one grown at once.

    Raises:
        CanceledError: the user cancelled.
    """
    from sklearn.ensemble import RandomForestClassifier

    features = flat_features(samples.values, samples.static_values)
    max_features = settings.max_features or None
    if isinstance(max_features, int):
        max_features = min(max_features, features.shape[1])
    forest = RandomForestClassifier(
        settings.n_trees,
        max_features=max_features,
        max_depth=settings.max_depth or None,
        min_samples_leaf=settings.min_samples_leaf,
        random_state=context.seed,
        n_jobs=context.threads,
        warm_start=True,
    )
    curve = _grow(forest, features, samples, settings.n_trees, context)
    forest.set_params(warm_start=False, n_jobs=1)
    forest._sample_weight = None  # noqa: SLF001 - scikit-learn 1.9 keeps it for out-of-bag scores; not for others to see
    predictor = ForestPredictor(forest, samples.n_classes, forest.classes_.astype(np.int64))
    scaling = identity_scaling(samples.values.shape[2], samples.static_values.shape[1])
    return FittedModel(predictor, scaling, lambda: dump_skops({"forest": forest}), curve)


def merged(first: FittedModel, second: FittedModel) -> FittedModel:
    """Return one forest of the trees of two that were fitted on the same features and classes.

    Raises:
        ValueError: they were not.
    """
    forests = [model.predictor.estimator for model in (first, second) if isinstance(model.predictor, ForestPredictor)]
    if len(forests) != 2 or not np.array_equal(forests[0].classes_, forests[1].classes_):  # noqa: PLR2004 - two of two
        raise ValueError("the two models are no forests of the same classes")
    both = copy.copy(forests[0])
    both.estimators_ = [*forests[0].estimators_, *forests[1].estimators_]
    both.set_params(n_estimators=len(both.estimators_))
    predictor = ForestPredictor(both, first.predictor.n_classes, both.classes_.astype(np.int64))
    return FittedModel(predictor, first.scaling, lambda: dump_skops({"forest": both}))


def load(weights: bytes, shape: ModelShape, settings: ForestSettings, scaling: Scaling) -> ForestPredictor:  # noqa: ARG001
    """Make a predictor of the weights of a package.

    Raises:
        ModelPackageError: the bytes hold anything but a sound forest of the package's shape.
    """
    from sklearn.ensemble import RandomForestClassifier

    forest = load_skops(weights, TRUSTED_TYPES).get("forest")
    if not isinstance(forest, RandomForestClassifier):
        raise ModelPackageError("The weights do not hold a random forest.")
    try:
        _check_forest(forest, shape)
    except (AttributeError, TypeError, ValueError, IndexError) as error:
        raise ModelPackageError(f"The random forest in the package is damaged: {error}") from error
    forest.set_params(n_jobs=1)
    return ForestPredictor(forest, shape.n_classes, np.asarray(forest.classes_, dtype=np.int64))


def _grow(
    forest: Any,  # noqa: ANN401 - scikit-learn has no types
    features: FloatArray,
    samples: TrainingSet,
    n_trees: int,
    context: FitContext,
) -> list[CurveRow]:
    weights = samples.weights if np.ptp(samples.weights) > 0 else None
    curve: list[CurveRow] = []
    votes: npt.NDArray[np.float64] | None = None
    grown = 0
    for target in np.unique(np.linspace(0, n_trees, _N_CHUNKS + 1).astype(int)[1:]):
        if target == 0:
            continue
        forest.set_params(n_estimators=int(target))
        call_cancelable(lambda: forest.fit(features, samples.class_indices, sample_weight=weights), context.progress)
        if context.monitor is not None:
            new_votes = _votes(forest, grown, context.monitor)
            votes = new_votes if votes is None else votes + new_votes
            curve.append(_score(votes, forest.classes_, context.monitor, int(target)))
            _report_metrics(curve[-1], context)
        grown = int(target)
        context.progress.report(target / n_trees, f"{target} of {n_trees} trees")
    return curve


def _votes(forest: Any, first_tree: int, monitor: TrainingSet) -> npt.NDArray[np.float64]:  # noqa: ANN401 - as above
    features = flat_features(monitor.values, monitor.static_values)
    votes = np.zeros((len(features), len(forest.classes_)))
    for tree in forest.estimators_[first_tree:]:
        votes += tree.predict_proba(features)
    return votes


def _score(
    votes: npt.NDArray[np.float64], classes: npt.NDArray[np.int64], monitor: TrainingSet, n_trees: int
) -> CurveRow:
    matrix = error_matrix(classes[votes.argmax(axis=1)], monitor.class_indices, monitor.n_classes)
    return {
        "trees": n_trees,
        "validation_accuracy": overall_accuracy(matrix),
        "validation_macro_f1": macro_f1(matrix),
    }


def _report_metrics(row: CurveRow, context: FitContext) -> None:
    for name, value in row.items():
        if name != "trees":
            context.progress.metric(context.metric_prefix + name, int(row["trees"]), value)


def _check_forest(forest: Any, shape: ModelShape) -> None:  # noqa: ANN401 - as above
    """Refuse trees that would make scikit-learn read outside its arrays or walk in a circle."""
    classes = np.asarray(forest.classes_)
    if classes.dtype.kind not in "iu" or len(np.unique(classes)) != len(classes):
        raise ValueError("its classes are not distinct integers")
    if classes.min() < 0 or classes.max() >= shape.n_classes or forest.n_classes_ != len(classes):
        raise ValueError("its classes are not those of model.json")
    if forest.n_outputs_ != 1 or forest.n_features_in_ != shape.n_features or not forest.estimators_:
        raise ValueError(f"it does not take {shape.n_features} features")
    for tree in forest.estimators_:
        _check_tree(tree, shape.n_features, len(classes))


def _check_tree(estimator: Any, n_features: int, n_classes: int) -> None:  # noqa: ANN401 - as above
    from sklearn.tree import DecisionTreeClassifier
    from sklearn.tree._tree import Tree

    if not isinstance(estimator, DecisionTreeClassifier) or not isinstance(estimator.tree_, Tree):
        raise TypeError("a tree is not a decision tree")
    tree = estimator.tree_
    left, right, feature = tree.children_left, tree.children_right, tree.feature
    is_leaf = left == _NO_CHILD
    own = np.arange(tree.node_count)
    inner_sound = (left > own) & (right > own) & (left < tree.node_count) & (right < tree.node_count)
    inner_sound &= (feature >= 0) & (feature < n_features)
    if tree.node_count < 1 or not np.all(is_leaf | inner_sound):
        raise ValueError("a node of a tree points outside the tree")
    if (tree.n_features, tree.n_outputs, estimator.n_outputs_) != (n_features, 1, 1):
        raise ValueError("a tree does not fit the forest")
    if tree.value.shape != (tree.node_count, 1, n_classes) or estimator.n_classes_ != n_classes:
        raise ValueError("a tree does not fit the classes")
    if not np.isfinite(tree.value).all():
        raise ValueError("a tree holds values that are not finite")
