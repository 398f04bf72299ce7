"""What every model offers and is given: fit, predict, save and load behind one interface."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Protocol

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.scaling import Scaling
from cropsample_plugin.engine.models.settings import Settings
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.progress import Progress

FloatArray = npt.NDArray[np.float32]
CurveRow = dict[str, float]


class Predictor(Protocol):
    """A trained model in memory."""

    @property
    def n_classes(self) -> int:
        """Number of classes, the width of what `predict_probabilities` returns."""

    def predict_probabilities(self, values: FloatArray, static_values: FloatArray) -> FloatArray:
        """Return ``(n, n_classes)`` float32 probabilities, each row summing to 1.

        Args:
            values: ``(n, n_timesteps, n_bands)`` in physical units, without missing values.
            static_values: ``(n, n_static)``, without missing values; ``(n, 0)`` when the model has none.
        """


@dataclass(frozen=True)
class FitContext:
    """What a fit is given beside its samples.

    Attributes:
        progress: where to report, and whom to ask about cancelling.
        seed: the same seed gives the same model, bit for bit, on the same machine and versions.
        threads: processor threads to use; the result does not depend on it.
        device: ``cpu``, ``cuda`` or ``mps``; only networks look at it.
        metric_prefix: put before the names of metrics, such as ``fold 2: ``.
        monitor: samples to score along the way, never to learn from; None for none.
        checkpoints: folder with the states of unfinished trainings, from which they go on; None for none. Only
            networks look at it.
    """

    progress: Progress
    seed: int = 42
    threads: int = 1
    device: str = "cpu"
    metric_prefix: str = ""
    monitor: TrainingSet | None = None
    checkpoints: Path | None = None


@dataclass(frozen=True)
class FittedModel:
    """What a fit hands back.

    Attributes:
        predictor: the trained model.
        scaling: the scaling that the predictor applies, fitted on the training samples only.
        dump: gives the weights as bytes, as `ModelSpec.load` reads them; not needed to score a fold.
        curve: one row per epoch or chunk of trees: column name to value; the first column counts.
        notes: sentences for the report, such as the epoch that was kept.
    """

    predictor: Predictor
    scaling: Scaling
    dump: Callable[[], bytes]
    curve: list[CurveRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ModelShape:
    """The sizes that decide the shape of a model's weights."""

    n_timesteps: int
    n_bands: int
    n_static: int
    n_classes: int
    n_global_classes: int = 0

    @property
    def n_features(self) -> int:
        """Length of a flattened series with its static bands."""
        return self.n_timesteps * self.n_bands + self.n_static

    @classmethod
    def of(cls, samples: TrainingSet) -> ModelShape:
        """Return the shape of a model for some samples."""
        _, n_timesteps, n_bands = samples.values.shape
        n_static = samples.static_values.shape[1]
        return cls(n_timesteps, n_bands, n_static, samples.n_classes, samples.n_global_classes)


FitFunction = Callable[[TrainingSet, Any, FitContext], FittedModel]
LoadFunction = Callable[[bytes, ModelShape, Settings, Scaling], Predictor]
