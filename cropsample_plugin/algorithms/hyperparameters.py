"""Hyperparameters of each model as Processing parameters: which there are, their bounds and their help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

from qgis.core import (
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

_FOREST = ("random_forest",)
_SVM = ("svm",)
_LSTM = ("lstm", "multi_head_lstm")
_MULTI_HEAD = ("multi_head_lstm",)
_BOOSTING = ("gradient_boosting",)
_RECURRENT = (
    "rnn",
    "lstm_all_dates",
    "gru",
    "bi_rnn",
    "bi_lstm",
    "bi_gru",
    "attention_bi_rnn",
    "attention_bi_lstm",
    "attention_bi_gru",
)
_TRANSFORMER = ("transformer",)
_CNN_1D = ("cnn_1d",)
_TEMP_CNN = ("temp_cnn",)
_LTAE = ("ltae",)
_NETWORKS = (*_LSTM, *_RECURRENT, *_TRANSFORMER, *_CNN_1D, *_TEMP_CNN, *_LTAE)
MODELS = ("random_forest", "svm", *_LSTM, *_BOOSTING, *_RECURRENT, *_TRANSFORMER, *_CNN_1D, *_TEMP_CNN, *_LTAE)

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
    Hyperparameter("MIN_SAMPLES_LEAF", (*_FOREST, *_BOOSTING), None, 1, 1_000_000, is_integer=True),
    Hyperparameter("PENALTY", _SVM, 1.0, 1e-6, 1e9),
    Hyperparameter("GAMMA", _SVM, "scale"),
    Hyperparameter("N_CALIBRATION_FOLDS", _SVM, 5, 2, 50, is_integer=True),
    Hyperparameter("HIDDEN_SIZE", (*_LSTM, *_RECURRENT, *_TRANSFORMER, *_LTAE), None, 1, 2048, is_integer=True),
    Hyperparameter("DROPOUT", _NETWORKS, None, 0.0, 0.95),
    Hyperparameter("N_HEAD_LAYERS", _LSTM, None, 1, 8, is_integer=True),
    Hyperparameter("ALPHA", _MULTI_HEAD, 10.0, 1e-6, 1e9),
    Hyperparameter("LEARNING_RATE", (*_NETWORKS, *_BOOSTING), None, 1e-9, 10.0),
    Hyperparameter("BATCH_SIZE", _NETWORKS, 64, 2, 1_000_000, is_integer=True),
    Hyperparameter("MAX_EPOCHS", _NETWORKS, None, 1, 1_000_000, is_integer=True),
    Hyperparameter("PATIENCE_EPOCHS", _NETWORKS, None, 1, 1_000_000, is_integer=True),
    Hyperparameter("STOPPING_SHARE", _NETWORKS, 0.2, 0.01, 0.9),
    Hyperparameter("WEIGHT_DECAY", _NETWORKS, None, 0.0, 10.0),
    Hyperparameter("SCHEDULE", _NETWORKS, None),
    Hyperparameter("SHIFT_STEPS", _NETWORKS, 0, 0, 1000, is_integer=True),
    Hyperparameter("CLOUD_SHARE", _NETWORKS, 0.0, 0.0, 1.0),
    Hyperparameter("NOISE", _NETWORKS, 0.0, 0.0, 10.0),
    Hyperparameter("N_HEADS", (*_TRANSFORMER, *_LTAE), None, 1, 64, is_integer=True),
    Hyperparameter("N_LAYERS", _TRANSFORMER, 2, 1, 24, is_integer=True),
    Hyperparameter("FEED_FORWARD_SIZE", _TRANSFORMER, 256, 1, 8192, is_integer=True),
    Hyperparameter("POSITIONAL_ENCODING", _TRANSFORMER, "standard"),
    Hyperparameter("N_FILTERS", (*_CNN_1D, *_TEMP_CNN), None, 1, 1024, is_integer=True),
    Hyperparameter("KERNEL_SIZE", (*_CNN_1D, *_TEMP_CNN), None, 1, 256, is_integer=True),
    Hyperparameter("LAYOUT", _CNN_1D, "channels"),
    Hyperparameter("DENSE_SIZE", (*_TEMP_CNN, *_LTAE), None, 1, 8192, is_integer=True),
    Hyperparameter("N_ROUNDS", _BOOSTING, 100, 1, 10_000, is_integer=True),
    Hyperparameter("MAX_LEAVES", _BOOSTING, 31, 2, 10_000, is_integer=True),
    Hyperparameter("L2_PENALTY", _BOOSTING, 0.0, 0.0, 1e9),
)


def names_of_model(model: str) -> list[str]:
    """Return the ids of the hyperparameters that a model has."""
    return [item.name for item in HYPERPARAMETERS if model in item.models]


def make_parameter(item: Hyperparameter, description: str) -> QgsProcessingParameterDefinition:
    """Return the Processing parameter of a hyperparameter."""
    is_optional = item.default is None
    if item.low is None or item.high is None:
        return QgsProcessingParameterString(item.name, description, item.default, optional=is_optional)
    kinds = QgsProcessingParameterNumber.Type
    kind = kinds.Integer if item.is_integer else kinds.Double
    return QgsProcessingParameterNumber(item.name, description, kind, item.default, is_optional, item.low, item.high)


def descriptions(tr: Translate) -> dict[str, str]:
    """Return the labels, by id."""
    return {
        "N_TREES": tr("Forest: number of trees"),
        "MAX_FEATURES": tr("Forest: features tried at a split"),
        "MAX_DEPTH": tr("Forest: largest depth of a tree"),
        "MIN_SAMPLES_LEAF": tr("Forest, boosting: fewest samples in a leaf"),
        "PENALTY": tr("SVM: penalty C"),
        "GAMMA": tr("SVM: gamma of the kernel"),
        "N_CALIBRATION_FOLDS": tr("SVM: folds for calibrating probabilities"),
        "HIDDEN_SIZE": tr("Networks: length of the hidden vector"),
        "DROPOUT": tr("Networks: dropout"),
        "N_HEAD_LAYERS": tr("LSTM with one or two heads: layers of a head"),
        "ALPHA": tr("Two-headed LSTM: alpha"),
        "LEARNING_RATE": tr("Networks, boosting: learning rate"),
        "BATCH_SIZE": tr("Networks: samples per step"),
        "MAX_EPOCHS": tr("Networks: largest number of epochs"),
        "PATIENCE_EPOCHS": tr("Networks: epochs without improvement before stopping"),
        "STOPPING_SHARE": tr("Networks: share of the samples that decide when to stop"),
        "WEIGHT_DECAY": tr("Networks: weight decay"),
        "SCHEDULE": tr("Networks: schedule of the learning rate"),
        "SHIFT_STEPS": tr("Networks: training series moved by up to so many dates"),
        "CLOUD_SHARE": tr("Networks: share of training series with a simulated cloud"),
        "NOISE": tr("Networks: noise added to training series"),
        "N_HEADS": tr("Transformer, L-TAE: attention heads"),
        "N_LAYERS": tr("Transformer: encoder layers"),
        "FEED_FORWARD_SIZE": tr("Transformer: length of the hidden layer between attentions"),
        "POSITIONAL_ENCODING": tr("Transformer: positional encoding"),
        "N_FILTERS": tr("Convolutional networks: number of filters"),
        "KERNEL_SIZE": tr("Convolutional networks: length of the filters"),
        "LAYOUT": tr("CNN-1D: layout of the bands"),
        "DENSE_SIZE": tr("TempCNN, L-TAE: length of the dense layer"),
        "N_ROUNDS": tr("Boosting: number of rounds"),
        "MAX_LEAVES": tr("Boosting: most leaves of a tree"),
        "L2_PENALTY": tr("Boosting: penalty on the values of leaves"),
    }


def helps(tr: Translate) -> dict[str, str]:
    """Return the help sentences, by id."""
    return {
        "N_TREES": tr("More trees give steadier probabilities and take longer."),
        "MAX_FEATURES": tr("'sqrt', 'log2' or a number of features; 0 means all."),
        "MAX_DEPTH": tr("0: trees grow until their leaves are pure."),
        "MIN_SAMPLES_LEAF": tr("Larger values smooth. Empty: 1 in a forest, 20 in boosting."),
        "PENALTY": tr("The larger, the closer the machine follows the training samples."),
        "GAMMA": tr("'scale', 'auto' or a positive number; the larger, the more local."),
        "N_CALIBRATION_FOLDS": tr("Probabilities are fitted on samples held out in this many folds."),
        "HIDDEN_SIZE": tr("How much the network can remember of a series. Empty: as published, 64 to 512."),
        "DROPOUT": tr("Share of the hidden vector dropped in training. Empty: as published for each network."),
        "N_HEAD_LAYERS": tr("Linear layers between memory and answer. Empty: 2 with two heads, 1 with one."),
        "ALPHA": tr("Divides the weight that global samples have beside local ones."),
        "LEARNING_RATE": tr("Step of the Adam optimiser, or share of each boosted tree. Empty: as published."),
        "BATCH_SIZE": tr("Number of samples that each step of training looks at."),
        "MAX_EPOCHS": tr("Training stops here at the latest. Empty: 100 to 1000, depending on the network."),
        "PATIENCE_EPOCHS": tr("Training stops after so many epochs and returns to the best weights. Empty: 10 to 25."),
        "STOPPING_SHARE": tr("Share of the training samples, kept out of training, on which the loss is watched."),
        "WEIGHT_DECAY": tr("Penalty on large weights. Empty: as published, 0.001 or none."),
        "SCHEDULE": tr("'constant', 'plateau' or 'one_cycle'. Empty: as published for each network."),
        "SHIFT_STEPS": tr("Makes a network less sure of single dates, for seasons that come early or late."),
        "CLOUD_SHARE": tr("In this share a block of dates is hidden and filled, as clouds would have it."),
        "NOISE": tr("In standard deviations of each band."),
        "N_HEADS": tr("The hidden vector is shared out among them evenly. Empty: 8 and 16."),
        "N_LAYERS": tr("More layers learn more and need more samples."),
        "FEED_FORWARD_SIZE": tr("256 as published."),
        "POSITIONAL_ENCODING": tr("'standard', or 'published' as in the code of the study, for comparison."),
        "N_FILTERS": tr("How many patterns in time each layer looks for. Empty: 32 and 64."),
        "KERNEL_SIZE": tr("In dates. Empty: 4 in CNN-1D, 5 in TempCNN."),
        "LAYOUT": tr("'channels': one channel a band; 'interleaved': all values in one row, as published."),
        "DENSE_SIZE": tr("Layer between series and answer. Empty: 256 and 128."),
        "N_ROUNDS": tr("Each round grows one tree a class."),
        "MAX_LEAVES": tr("Larger trees follow the training samples more closely."),
        "L2_PENALTY": tr("Larger values smooth."),
    }
