"""Hyperparameters of each model as Processing parameters: which there are, their bounds and their help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from qgis.core import (
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

MODELS = ("random_forest", "svm", "lstm", "multi_head_lstm")
_FOREST = ("random_forest",)
_SVM = ("svm",)
_LSTM = ("lstm", "multi_head_lstm")
_MULTI_HEAD = ("multi_head_lstm",)

Translate = Callable[[str], str]


@dataclass(frozen=True)
class Hyperparameter:
    """One hyperparameter.

    Attributes:
        name: parameter id; in lower case the engine's name.
        models: models that have it.
        default: None where the default depends on the model.
        low, high: bounds; without bounds it is text.
        is_integer: True for whole numbers.
    """

    name: str
    models: tuple[str, ...]
    default: Any
    low: float | None = None
    high: float | None = None
    is_integer: bool = False


HYPERPARAMETERS = (
    Hyperparameter("N_TREES", _FOREST, 500, 1, 10_000, is_integer=True),
    Hyperparameter("MAX_FEATURES", _FOREST, "sqrt"),
    Hyperparameter("MAX_DEPTH", _FOREST, 0, 0, 10_000, is_integer=True),
    Hyperparameter("MIN_SAMPLES_LEAF", _FOREST, 1, 1, 1_000_000, is_integer=True),
    Hyperparameter("PENALTY", _SVM, 1.0, 1e-6, 1e9),
    Hyperparameter("GAMMA", _SVM, "scale"),
    Hyperparameter("N_CALIBRATION_FOLDS", _SVM, 5, 2, 50, is_integer=True),
    Hyperparameter("HIDDEN_SIZE", _LSTM, 64, 1, 1024, is_integer=True),
    Hyperparameter("DROPOUT", _LSTM, None, 0.0, 0.95),
    Hyperparameter("N_HEAD_LAYERS", _LSTM, None, 1, 8, is_integer=True),
    Hyperparameter("ALPHA", _MULTI_HEAD, 10.0, 1e-6, 1e9),
    Hyperparameter("LEARNING_RATE", _LSTM, 0.001, 1e-9, 10.0),
    Hyperparameter("BATCH_SIZE", _LSTM, 64, 1, 1_000_000, is_integer=True),
    Hyperparameter("MAX_EPOCHS", _LSTM, 1000, 1, 1_000_000, is_integer=True),
    Hyperparameter("PATIENCE_EPOCHS", _LSTM, 10, 1, 1_000_000, is_integer=True),
    Hyperparameter("STOPPING_SHARE", _LSTM, 0.2, 0.01, 0.9),
)


def names_of_model(model: str) -> list[str]:
    """Return the ids of the hyperparameters that a model has."""
    return [item.name for item in HYPERPARAMETERS if model in item.models]


def make_parameter(item: Hyperparameter, description: str) -> QgsProcessingParameterDefinition:
    """Return the Processing parameter of a hyperparameter."""
    if item.low is None or item.high is None:
        return QgsProcessingParameterString(item.name, description, item.default)
    kinds = QgsProcessingParameterNumber.Type
    kind = kinds.Integer if item.is_integer else kinds.Double
    return QgsProcessingParameterNumber(
        item.name, description, kind, item.default, item.default is None, item.low, item.high
    )


def descriptions(tr: Translate) -> dict[str, str]:
    """Return the labels, by id."""
    return {
        "N_TREES": tr("Forest: number of trees"),
        "MAX_FEATURES": tr("Forest: features tried at a split"),
        "MAX_DEPTH": tr("Forest: largest depth of a tree"),
        "MIN_SAMPLES_LEAF": tr("Forest: fewest samples in a leaf"),
        "PENALTY": tr("SVM: penalty C"),
        "GAMMA": tr("SVM: gamma of the kernel"),
        "N_CALIBRATION_FOLDS": tr("SVM: folds for calibrating probabilities"),
        "HIDDEN_SIZE": tr("LSTM: length of the hidden vector"),
        "DROPOUT": tr("LSTM: dropout"),
        "N_HEAD_LAYERS": tr("LSTM: layers of a head"),
        "ALPHA": tr("Two-headed LSTM: alpha"),
        "LEARNING_RATE": tr("LSTM: learning rate"),
        "BATCH_SIZE": tr("LSTM: samples per step"),
        "MAX_EPOCHS": tr("LSTM: largest number of epochs"),
        "PATIENCE_EPOCHS": tr("LSTM: epochs without improvement before stopping"),
        "STOPPING_SHARE": tr("LSTM: share of the samples that decide when to stop"),
    }


def helps(tr: Translate) -> dict[str, str]:
    """Return the help sentences, by id."""
    return {
        "N_TREES": tr("More trees give steadier probabilities and take longer."),
        "MAX_FEATURES": tr("'sqrt', 'log2' or a number of features; 0 means all."),
        "MAX_DEPTH": tr("0: trees grow until their leaves are pure."),
        "MIN_SAMPLES_LEAF": tr("Larger values smooth the forest."),
        "PENALTY": tr("The larger, the closer the machine follows the training samples."),
        "GAMMA": tr("'scale', 'auto' or a positive number; the larger, the more local."),
        "N_CALIBRATION_FOLDS": tr("Probabilities are fitted on samples held out in this many folds."),
        "HIDDEN_SIZE": tr("How much the network can remember of a series."),
        "DROPOUT": tr("Share of the hidden vector dropped after every date. Empty: 0.2 with two heads, 0 with one."),
        "N_HEAD_LAYERS": tr("Linear layers between memory and answer. Empty: 2 with two heads, 1 with one."),
        "ALPHA": tr("Divides the weight that global samples have beside local ones."),
        "LEARNING_RATE": tr("Step of the Adam optimiser."),
        "BATCH_SIZE": tr("Number of samples that each step of training looks at."),
        "MAX_EPOCHS": tr("Training stops here at the latest."),
        "PATIENCE_EPOCHS": tr("Training stops after so many epochs and returns to the best weights."),
        "STOPPING_SHARE": tr("Share of the training samples, kept out of training, on which the loss is watched."),
    }
