"""Hyperparameters of each model: one frozen dataclass a model, units in the names, checked on construction."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any, Mapping, TypeVar

from cropsample_plugin.engine.errors import InputError


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
        _check_range("n_trees", self.n_trees, 1, 10000)
        _check_range("max_depth", self.max_depth, 0, 10000)
        _check_range("min_samples_leaf", self.min_samples_leaf, 1, 10**6)
        if isinstance(self.max_features, str):
            if self.max_features not in ("sqrt", "log2"):
                raise InputError(f"max_features is '{self.max_features}'.", "Use 'sqrt', 'log2' or a number.")
        else:
            _check_range("max_features", self.max_features, 0, 10**6)


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
        _check_range("penalty", self.penalty, 1.0e-6, 1.0e9)
        _check_range("n_calibration_folds", self.n_calibration_folds, 2, 50)
        if isinstance(self.gamma, str):
            if self.gamma not in ("scale", "auto"):
                raise InputError(f"gamma is '{self.gamma}'.", "Use 'scale', 'auto' or a positive number.")
        else:
            _check_range("gamma", self.gamma, 1.0e-12, 1.0e12)


@dataclass(frozen=True)
class LstmSettings:
    """LSTM of Kerner et al. 2020 (methods.md 6.2); these defaults are the multi-headed model's.

    Attributes:
        hidden_size: length of the hidden vector.
        dropout: share of the hidden vector dropped after every step, the last included.
        n_head_layers: linear layers of each head.
        alpha: divides the weight of the global loss.
        learning_rate: step of Adam.
        batch_size: samples a step.
        max_epochs: largest number of epochs.
        patience_epochs: epochs without a lower validation loss before training stops.
        stopping_share: share of the training samples held out to decide when to stop.
    """

    hidden_size: int = 64
    dropout: float = 0.2
    n_head_layers: int = 2
    alpha: float = 10.0
    learning_rate: float = 1.0e-3
    batch_size: int = 64
    max_epochs: int = 1000
    patience_epochs: int = 10
    stopping_share: float = 0.2

    def __post_init__(self) -> None:
        _check_range("hidden_size", self.hidden_size, 1, 1024)
        _check_range("dropout", self.dropout, 0.0, 0.95)
        _check_range("n_head_layers", self.n_head_layers, 1, 8)
        _check_range("alpha", self.alpha, 1.0e-6, 1.0e9)
        _check_range("learning_rate", self.learning_rate, 1.0e-9, 10.0)
        _check_range("batch_size", self.batch_size, 1, 10**6)
        _check_range("max_epochs", self.max_epochs, 1, 10**6)
        _check_range("patience_epochs", self.patience_epochs, 1, 10**6)
        _check_range("stopping_share", self.stopping_share, 0.01, 0.9)


@dataclass(frozen=True)
class SingleHeadLstmSettings(LstmSettings):
    """The published single-headed run: one layer in the head, no dropout."""

    dropout: float = 0.0
    n_head_layers: int = 1


Settings = ForestSettings | SvmSettings | LstmSettings
SettingsType = TypeVar("SettingsType", bound=Settings)


def read_settings(settings_type: type[SettingsType], values: Mapping[str, Any]) -> SettingsType:
    """Build the settings of a model from plain JSON values.

    Raises:
        InputError: an unknown name, a value of the wrong type or outside its range.
    """
    known = {item.name: item for item in dataclasses.fields(settings_type)}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise InputError(f"Unknown hyperparameters: {', '.join(unknown)}.", f"Known: {', '.join(known)}.")
    typed: dict[str, Any] = {name: _typed(name, value, str(known[name].type)) for name, value in values.items()}
    return settings_type(**typed)


def _typed(name: str, value: Any, expected: str) -> str | int | float:  # noqa: ANN401 - JSON value in
    """Turn a JSON value into the annotated type; numbers may come as text, as a QGIS table gives them."""
    kinds = [kind.strip() for kind in expected.split("|")]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise InputError(f"The hyperparameter {name} is {value!r}.", f"It must be: {expected}.")
    try:
        number = float(value)
    except ValueError:
        if "str" in kinds and isinstance(value, str):
            return value.strip()
        raise InputError(f"The hyperparameter {name} is '{value}'.", "It must be a number.") from None
    if "float" in kinds:
        return number
    if number != int(number):
        raise InputError(f"The hyperparameter {name} is {value}.", "It must be a whole number.")
    return int(number)


def _check_range(name: str, value: float | str, low: float, high: float) -> None:
    if isinstance(value, str) or not low <= value <= high:
        raise InputError(f"The hyperparameter {name} is {value}.", f"It must lie in {low:g}..{high:g}.")
