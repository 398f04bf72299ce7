"""How a model predicts pixels: the fastest way that this engine has for it, or the model's own.

Each way gives the same classes; which one is used is written into the manifest of the parts, because the last
bits may differ.
"""

from __future__ import annotations

from typing import Any, Callable, Protocol

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import has_compiler
from cropsample_plugin.engine.mapping.input_bands import InputBands
from cropsample_plugin.engine.models.calibration import TemperedPredictor, tempered
from cropsample_plugin.engine.models.class_factors import FactoredPredictor, Factors, with_factors
from cropsample_plugin.engine.models.fitting import Predictor
from cropsample_plugin.engine.models.forest import ForestPredictor
from cropsample_plugin.engine.models.gradient_boosting import BoostingPredictor
from cropsample_plugin.engine.models.lstm_weights import LstmPredictor

FloatArray = npt.NDArray[np.float32]
CPU = "cpu"


class PixelPredictor(Protocol):
    """A model ready for one stack."""

    @property
    def name(self) -> str:
        """What it is called in the manifest and the log."""

    @property
    def takes_stored(self) -> bool:
        """True when values without gaps may be handed over as stored."""

    @property
    def is_parallel(self) -> bool:
        """True when several threads may predict at once."""

    @property
    def batch_sizes(self) -> tuple[int, ...]:
        """Numbers of pixels worth trying."""

    def predict(self, values: npt.NDArray[Any], *, is_stored: bool) -> FloatArray:
        """Return ``(n_classes, n)`` float32 probabilities.

        Args:
            values: ``(n_rows, n)`` as `InputBands` orders them, without missing values.
            is_stored: True for values as stored, False for physical values.
        """


class PlainPredictor:
    """Any model, by its own ``predict_probabilities``."""

    name = "the model itself"
    takes_stored = False

    def __init__(self, predictor: Predictor, bands: InputBands, *, is_parallel: bool) -> None:
        self.batch_sizes: tuple[int, ...] = (2048, 8192)
        self._predictor = predictor
        self._bands = bands
        self.is_parallel = is_parallel

    def predict(self, values: npt.NDArray[Any], *, is_stored: bool) -> FloatArray:  # noqa: ARG002 - one signature for all
        """Return ``(n_classes, n)`` probabilities of ``(n_rows, n)`` physical values."""
        return np.ascontiguousarray(self._predictor.predict_probabilities(*self._bands.split(values)).T)


class TemperedPixels:
    """Any way to predict, its probabilities brought to a temperature."""

    def __init__(self, inner: PixelPredictor, temperature: float) -> None:
        self._inner = inner
        self._temperature = temperature
        self.name = f"{inner.name}, temperature {temperature!r}"
        self.takes_stored = inner.takes_stored
        self.is_parallel = inner.is_parallel
        self.batch_sizes = inner.batch_sizes

    def predict(self, values: npt.NDArray[Any], *, is_stored: bool) -> FloatArray:
        """Return ``(n_classes, n)`` probabilities."""
        return tempered(self._inner.predict(values, is_stored=is_stored), self._temperature, axis=0)


class FactoredPixels:
    """Any way to predict, its probabilities multiplied by a factor a class."""

    def __init__(self, inner: PixelPredictor, factors: Factors) -> None:
        self._inner = inner
        self._factors = factors
        self.name = f"{inner.name}, class factors {factors!r}"
        self.takes_stored = inner.takes_stored
        self.is_parallel = inner.is_parallel
        self.batch_sizes = inner.batch_sizes

    def predict(self, values: npt.NDArray[Any], *, is_stored: bool) -> FloatArray:
        """Return ``(n_classes, n)`` probabilities."""
        return with_factors(self._inner.predict(values, is_stored=is_stored), self._factors, axis=0)


def pixel_predictor(predictor: Predictor, bands: InputBands, device: str) -> PixelPredictor:
    """Choose how to predict with a model on a stack.

    Args:
        predictor: the loaded model.
        bands: the inputs on the stack.
        device: ``cpu``, ``cuda`` or ``mps``, as `choose_device` gives it.
    """
    if isinstance(predictor, TemperedPredictor):
        return TemperedPixels(pixel_predictor(predictor.model, bands, device), predictor.temperature)
    if isinstance(predictor, FactoredPredictor):
        return FactoredPixels(pixel_predictor(predictor.model, bands, device), predictor.factors)
    build = FAST_PREDICTORS.get(type(predictor), _plain)
    return build(predictor, bands, device)


def choose_device(wanted: str, predictor: Predictor) -> str:
    """Return where to predict: only networks gain from a graphics processor, ``auto`` takes one when there is one."""
    if isinstance(predictor, (TemperedPredictor, FactoredPredictor)):
        return choose_device(wanted, predictor.model)
    if wanted == CPU or not (isinstance(predictor, LstmPredictor) or hasattr(predictor, "on_device")):
        return CPU
    import torch

    has_device = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if wanted == "auto":
        return "cuda" if has_device["cuda"] else CPU
    return wanted if has_device.get(wanted, False) else CPU


def _plain(predictor: Any, bands: InputBands, device: str) -> PixelPredictor:  # noqa: ANN401 - any model
    if not hasattr(predictor, "on_device"):
        return PlainPredictor(predictor, bands, is_parallel=True)
    plain = PlainPredictor(predictor.on_device(device), bands, is_parallel=device == CPU)
    # On a processor what a batch leaves between layers should stay in its cache: small where layers are wide.
    plain.batch_sizes = (64, 256, 1024, 2048) if device == CPU else (16384, 65536)
    return plain


def _lstm(predictor: LstmPredictor, bands: InputBands, device: str) -> PixelPredictor:
    from cropsample_plugin.engine.mapping.folded_lstm import fold

    stored = fold(predictor.weights, predictor.scaling, bands, is_stored=True)
    physical = fold(predictor.weights, predictor.scaling, bands, is_stored=False)
    if device == CPU and has_compiler():
        from cropsample_plugin.engine.mapping.fast_lstm import CompiledLstm

        return CompiledLstm(stored, physical)
    from cropsample_plugin.engine.mapping.torch_lstm import TorchLstm

    return TorchLstm(stored, physical, device)


def _forest(predictor: ForestPredictor, bands: InputBands, device: str) -> PixelPredictor:
    if not has_compiler():
        return _plain(predictor, bands, device)
    from cropsample_plugin.engine.mapping.fast_forest import CompiledForest, flatten_forest

    trees = [estimator.tree_ for estimator in predictor.estimator.estimators_]
    return CompiledForest(flatten_forest(trees, predictor.n_classes, predictor.class_columns))


def _boosting(predictor: BoostingPredictor, bands: InputBands, device: str) -> PixelPredictor:
    if not has_compiler():
        return _plain(predictor, bands, device)
    from cropsample_plugin.engine.mapping.fast_forest import CompiledBoosting, flatten_boosting

    return CompiledBoosting(flatten_boosting(predictor.trees), predictor)


FAST_PREDICTORS: dict[type, Callable[[Any, InputBands, str], PixelPredictor]] = {
    LstmPredictor: _lstm,
    ForestPredictor: _forest,
    BoostingPredictor: _boosting,
}
