"""Hyperparameters of each model: one frozen dataclass a model, units in the names, checked on construction."""

from __future__ import annotations

from dataclasses import dataclass

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.hyperparameter_values import check_range
from cropsample_plugin.engine.models.network_settings import NetworkSettings


@dataclass(frozen=True)
class ForestSettings:
    """Random forest (500 trees as in Luo et al. 2025, arXiv 2507.12590; the rest as in scikit-learn).

    Attributes:
        n_trees: number of trees.
        max_features: features tried at a split: ``sqrt``, ``log2``, or a number of features; 0 means all.
        max_depth: largest depth of a tree; 0 means no limit.
        min_samples_leaf: smallest number of samples in a leaf.
    """

    n_trees: int = 500
    max_features: str | int = "sqrt"
    max_depth: int = 0
    min_samples_leaf: int = 1

    def __post_init__(self) -> None:
        check_range("n_trees", self.n_trees, 1, 10000)
        check_range("max_depth", self.max_depth, 0, 10000)
        check_range("min_samples_leaf", self.min_samples_leaf, 1, 10**6)
        if isinstance(self.max_features, str):
            if self.max_features not in ("sqrt", "log2"):
                raise InputError(f"max_features is '{self.max_features}'.", "Use 'sqrt', 'log2' or a number.")
        else:
            check_range("max_features", self.max_features, 0, 10**6)


@dataclass(frozen=True)
class SvmSettings:
    """Support vector machine with radial basis functions and calibrated probabilities.

    Attributes:
        penalty: the penalty C of a misclassified sample.
        gamma: width of the kernel: ``scale``, ``auto`` or a positive number.
        n_calibration_folds: folds whose held-out decision values the probabilities are calibrated on.
    """

    penalty: float = 1.0
    gamma: str | float = "scale"
    n_calibration_folds: int = 5

    def __post_init__(self) -> None:
        check_range("penalty", self.penalty, 1.0e-6, 1.0e9)
        check_range("n_calibration_folds", self.n_calibration_folds, 2, 50)
        if isinstance(self.gamma, str):
            if self.gamma not in ("scale", "auto"):
                raise InputError(f"gamma is '{self.gamma}'.", "Use 'scale', 'auto' or a positive number.")
        else:
            check_range("gamma", self.gamma, 1.0e-12, 1.0e12)


@dataclass(frozen=True)
class BoostingSettings:
    """Gradient boosting of trees over binned features (scikit-learn's histogram version and its defaults).

    Attributes:
        n_rounds: largest number of rounds; each grows one tree a class.
        learning_rate: share of each tree that counts.
        max_leaves: largest number of leaves of a tree.
        min_samples_leaf: smallest number of samples in a leaf.
        l2_penalty: penalty on the values of leaves.
    """

    n_rounds: int = 100
    learning_rate: float = 0.1
    max_leaves: int = 31
    min_samples_leaf: int = 20
    l2_penalty: float = 0.0

    def __post_init__(self) -> None:
        check_range("n_rounds", self.n_rounds, 1, 10_000)
        check_range("learning_rate", self.learning_rate, 1.0e-6, 10.0)
        check_range("max_leaves", self.max_leaves, 2, 10_000)
        check_range("min_samples_leaf", self.min_samples_leaf, 1, 10**6)
        check_range("l2_penalty", self.l2_penalty, 0.0, 1.0e9)


Settings = ForestSettings | SvmSettings | BoostingSettings | NetworkSettings
