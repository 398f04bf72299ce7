"""The choices of weak supervision: which network, how it is trained, and its defaults here."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.network_settings import NetworkSettings
from cropsample_plugin.engine.models.registry import MODELS, model_spec
from cropsample_plugin.engine.models.weak_supervision.label_raster import LabelClass
from cropsample_plugin.engine.models.weak_supervision.scoring import ReferencePixels
from cropsample_plugin.engine.models.weak_supervision.settings import PatchSettings, RegulariserSettings

if TYPE_CHECKING:
    from cropsample_plugin.engine.models.network_fitting import Architecture

# TempCNN with the dropout that methods.md 3.2 gives it here; any other network keeps its own.
_DEFAULTS: dict[str, Any] = {"learning_rate": 1.0e-3, "batch_size": 8, "max_epochs": 50, "patience_epochs": 10}
_DEFAULTS_OF_MODEL: dict[str, dict[str, Any]] = {"temp_cnn": {"dropout": 0.2}}


@dataclass(frozen=True)
class WeakSources:
    """What is learned from.

    Attributes:
        stack: path of the dated stack.
        consensus: path of the raster of labels, on any grid.
        agreement: path of the raster of votes, "" for none.
        classes: what the values of the consensus mean.
        reference: samples of known class; None for none.
    """

    stack: str
    consensus: str
    agreement: str
    classes: tuple[LabelClass, ...]
    reference: ReferencePixels | None = None


@dataclass(frozen=True)
class WeakOptions:
    """How to learn.

    Attributes:
        model: a network of the registry with one head.
        settings: its hyperparameters; the batch size counts patches.
        regulariser, patches: see there.
        missing_rule: the rule for missing values, packed with the model.
        with_ablation: also train without each term.
        memory_mb: memory that the process should stay below, in MiB; patches take a quarter of it at most.
        licence: of the model, as the user states it.
    """

    model: str
    settings: NetworkSettings
    regulariser: RegulariserSettings
    patches: PatchSettings
    missing_rule: MissingRule
    with_ablation: bool = False
    memory_mb: int = 4096
    licence: str = ""

    def __post_init__(self) -> None:
        architecture_of(self.model)
        self.patches.check_step(self.settings.batch_size)


def weak_hyperparameters(model: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the hyperparameters given over the defaults of weak supervision."""
    return {**_DEFAULTS, **_DEFAULTS_OF_MODEL.get(model, {}), **given}


def architecture_of(model: str) -> Architecture:
    """Return how a network is built.

    Raises:
        InputError: the model is no network, or has a head each for local and global samples.
    """
    spec = model_spec(model)
    if not issubclass(spec.settings_type, NetworkSettings) or spec.separates_domains:
        suitable = [
            name
            for name, item in MODELS.items()
            if issubclass(item.settings_type, NetworkSettings) and not item.separates_domains
        ]
        raise InputError(
            f"'{model}' cannot learn from neighbours without a label.", f"Choose one of: {', '.join(suitable)}."
        )
    architecture: Architecture = importlib.import_module(spec.module).ARCHITECTURE
    return architecture
