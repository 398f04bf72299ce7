"""The models there are: name to what it is called and which module fits and loads it."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.fitting import FitFunction, LoadFunction
from cropsample_plugin.engine.models.network_settings import (
    AttentionBiGruSettings,
    AttentionBiLstmSettings,
    AttentionBiRnnSettings,
    BidirectionalSettings,
    BiGruSettings,
    BiLstmSettings,
    Cnn1dSettings,
    GruSettings,
    LstmAllDatesSettings,
    LstmSettings,
    LtaeSettings,
    NetworkSettings,
    RecurrentSettings,
    SingleHeadLstmSettings,
    TempCnnSettings,
    TransformerSettings,
)
from cropsample_plugin.engine.models.settings import BoostingSettings, ForestSettings, Settings, SvmSettings

if TYPE_CHECKING:
    from cropsample_plugin.engine.models.network_fitting import Architecture

SAFETENSORS = "safetensors"
SKOPS = "skops"


@dataclass(frozen=True)
class ModelSpec:
    """One model.

    Attributes:
        name: name in jobs and packages.
        title: name to show.
        module: module with ``fit`` and ``load``; imported only when used, so that a forest needs no torch.
        settings_type: its hyperparameters.
        weights_format: ``safetensors`` or ``skops``.
        separates_domains: True when local and global samples have heads of their own.
        scales_inputs: True when the size of an input matters, so that weights of time steps do.
    """

    name: str
    title: str
    module: str
    settings_type: type[Settings]
    weights_format: str
    separates_domains: bool = False
    scales_inputs: bool = True

    @property
    def fit(self) -> FitFunction:
        """The function that trains the model."""
        function: FitFunction = importlib.import_module(self.module).fit
        return function

    @property
    def load(self) -> LoadFunction:
        """The function that makes a predictor of weights."""
        function: LoadFunction = importlib.import_module(self.module).load
        return function

    @property
    def is_network(self) -> bool:
        """True for a model with layers, of which some can be trained on while others stay."""
        return issubclass(self.settings_type, NetworkSettings)

    @property
    def architecture(self) -> Architecture:
        """How the network is built and used; only networks have it."""
        found: Architecture = importlib.import_module(self.module).ARCHITECTURE
        return found


_PACKAGE = "cropsample_plugin.engine.models"
_NETWORK = f"{_PACKAGE}.networks.model"
_SPECS = (
    ModelSpec("random_forest", "Random forest", f"{_PACKAGE}.forest", ForestSettings, SKOPS, scales_inputs=False),
    ModelSpec("svm", "Support vector machine (RBF)", f"{_PACKAGE}.svm", SvmSettings, SAFETENSORS),
    ModelSpec("lstm", "LSTM, one head", f"{_PACKAGE}.lstm_single", SingleHeadLstmSettings, SAFETENSORS),
    ModelSpec(
        "multi_head_lstm",
        "LSTM, global and local head",
        f"{_PACKAGE}.lstm_multi",
        LstmSettings,
        SAFETENSORS,
        separates_domains=True,
    ),
    ModelSpec(
        "gradient_boosting",
        "Gradient boosting",
        f"{_PACKAGE}.gradient_boosting",
        BoostingSettings,
        SAFETENSORS,
        scales_inputs=False,
    ),
    ModelSpec("rnn", "RNN, all dates", _NETWORK, RecurrentSettings, SAFETENSORS),
    ModelSpec("lstm_all_dates", "LSTM, all dates", _NETWORK, LstmAllDatesSettings, SAFETENSORS),
    ModelSpec("gru", "GRU, all dates", _NETWORK, GruSettings, SAFETENSORS),
    ModelSpec("bi_rnn", "Bidirectional RNN", _NETWORK, BidirectionalSettings, SAFETENSORS),
    ModelSpec("bi_lstm", "Bidirectional LSTM", _NETWORK, BiLstmSettings, SAFETENSORS),
    ModelSpec("bi_gru", "Bidirectional GRU", _NETWORK, BiGruSettings, SAFETENSORS),
    ModelSpec("attention_bi_rnn", "Bidirectional RNN with attention", _NETWORK, AttentionBiRnnSettings, SAFETENSORS),
    ModelSpec("attention_bi_lstm", "Bidirectional LSTM with attention", _NETWORK, AttentionBiLstmSettings, SAFETENSORS),
    ModelSpec("attention_bi_gru", "Bidirectional GRU with attention", _NETWORK, AttentionBiGruSettings, SAFETENSORS),
    ModelSpec("transformer", "Transformer", _NETWORK, TransformerSettings, SAFETENSORS),
    ModelSpec("cnn_1d", "Convolutional network (CNN-1D)", _NETWORK, Cnn1dSettings, SAFETENSORS),
    ModelSpec("temp_cnn", "Convolutional network (TempCNN)", _NETWORK, TempCnnSettings, SAFETENSORS),
    ModelSpec("ltae", "Lightweight temporal attention (L-TAE)", _NETWORK, LtaeSettings, SAFETENSORS),
)
MODELS: dict[str, ModelSpec] = {spec.name: spec for spec in _SPECS}


def model_spec(name: str) -> ModelSpec:
    """Return a model by name; `InputError` names the models there are."""
    if name not in MODELS:
        raise InputError(f"There is no model '{name}'.", f"Choose one of: {', '.join(MODELS)}.")
    return MODELS[name]
