"""What is tried for each model: around the published values, and the published grid where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.registry import MODELS


@dataclass(frozen=True)
class Choices:
    """One of several values."""

    values: tuple[Any, ...]


@dataclass(frozen=True)
class Range:
    """A number between two others; `is_log`: every factor is as likely as any other."""

    low: float
    high: float
    is_log: bool = False
    is_integer: bool = False


Space = dict[str, Choices | Range]

_TRAINING: Space = {
    "learning_rate": Range(1.0e-4, 1.0e-2, is_log=True),
    "weight_decay": Choices((0.0, 1.0e-4, 1.0e-3)),
    "batch_size": Choices((32, 64, 128)),
}
_RECURRENT: Space = {
    **_TRAINING,
    "hidden_size": Choices((32, 64, 128, 256)),
    "dropout": Range(0.0, 0.5),
}
# The published ones, and shorter ones for series of few dates.
_CNN_KERNELS = (2, 3, 4, 8, 16, 32)
_N_CNN_LAYERS = 3
_BY_MODEL: dict[str, Space] = {
    "random_forest": {
        "n_trees": Choices((100, 200, 500, 1000)),
        "max_features": Choices(("sqrt", "log2", 0)),
        "max_depth": Choices((0, 5, 10, 20, 40)),
        "min_samples_leaf": Range(1, 20, is_log=True, is_integer=True),
    },
    "svm": {
        "penalty": Range(0.1, 1000.0, is_log=True),
        "gamma": Range(1.0e-5, 1.0, is_log=True),
    },
    "gradient_boosting": {
        "n_rounds": Choices((50, 100, 200, 400)),
        "learning_rate": Range(0.02, 0.3, is_log=True),
        "max_leaves": Choices((7, 15, 31, 63)),
        "min_samples_leaf": Range(2, 50, is_log=True, is_integer=True),
        "l2_penalty": Choices((0.0, 0.1, 1.0, 10.0)),
    },
    "lstm": {**_RECURRENT, "n_head_layers": Choices((1, 2))},
    "multi_head_lstm": {**_RECURRENT, "n_head_layers": Choices((1, 2)), "alpha": Range(1.0, 100.0, is_log=True)},
    "transformer": {
        **_TRAINING,
        "hidden_size": Choices((64, 128, 256, 512)),
        "n_heads": Choices((2, 4, 8)),
        "n_layers": Choices((1, 2, 3)),
        "feed_forward_size": Choices((64, 128, 256)),
        "dropout": Range(0.0, 0.5),
    },
    # Grid of Pandžić et al..
    "cnn_1d": {
        "n_filters": Choices((4, 8, 16, 32)),
        "kernel_size": Choices(_CNN_KERNELS),
        "dropout": Choices((0.25, 0.5, 0.75)),
    },
    "temp_cnn": {
        **_TRAINING,
        "n_filters": Choices((16, 32, 64, 128)),
        "kernel_size": Choices((3, 5, 7, 9)),
        "dense_size": Choices((64, 128, 256)),
        "dropout": Range(0.1, 0.6),
    },
    "ltae": {
        **_TRAINING,
        "hidden_size": Choices((64, 128, 256)),
        "n_heads": Choices((4, 8, 16)),
        "dense_size": Choices((32, 64, 128)),
        "dropout": Range(0.0, 0.5),
    },
}
_ALL_DATES = (
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
SPACES: dict[str, Space] = {**_BY_MODEL, **dict.fromkeys(_ALL_DATES, _RECURRENT)}


def search_space(model: str, n_timesteps: int) -> Space:
    """Return what is tried for a model on series of a length; `InputError` names the models there are."""
    if model not in SPACES:
        raise InputError(f"There is no model '{model}'.", f"Choose one of: {', '.join(MODELS)}.")
    space = dict(SPACES[model])
    if model == "cnn_1d":
        # Three filters one after the other shorten a series by 3 (k - 1).
        fitting = tuple(size for size in _CNN_KERNELS if _N_CNN_LAYERS * (size - 1) < n_timesteps)
        space["kernel_size"] = Choices(fitting or _CNN_KERNELS[:1])
    return space
