"""Hyperparameters of the networks: how each is trained, and what its layers are like.

The defaults are those of the publications, except for the batch: 64 samples, where Luo et al. train on 320,000
with batches of 4,096, and Pandžić et al. with 1,024.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.hyperparameter_values import check_choice, check_range

SCHEDULES = ("constant", "plateau", "one_cycle")
LAYOUTS = ("channels", "interleaved")
POSITIONAL_ENCODINGS = ("standard", "published")


@dataclass(frozen=True)
class NetworkSettings:
    """How a network is trained.

    Attributes:
        learning_rate: step of Adam; the largest one of ``one_cycle``.
        weight_decay: L2 penalty on the weights.
        schedule: ``constant``; ``plateau``: a tenth after 10 epochs without a lower validation loss; ``one_cycle``:
            up and down once over all epochs, which are then all run.
        batch_size: samples a step.
        max_epochs: largest number of epochs.
        patience_epochs: epochs without a lower validation loss before training stops.
        stopping_share: share of the training samples held out to decide when to stop.
        shift_steps: training series are moved by up to so many time steps, at random.
        cloud_share: share of training series in which a block of dates is hidden and filled linearly.
        noise: standard deviation of what is added to training series, in standard deviations of the band.
    """

    learning_rate: float = 1.0e-3
    weight_decay: float = 0.0
    schedule: str = "constant"
    batch_size: int = 64
    max_epochs: int = 1000
    patience_epochs: int = 10
    stopping_share: float = 0.2
    shift_steps: int = 0
    cloud_share: float = 0.0
    noise: float = 0.0

    def __post_init__(self) -> None:
        check_range("learning_rate", self.learning_rate, 1.0e-9, 10.0)
        check_range("weight_decay", self.weight_decay, 0.0, 10.0)
        check_choice("schedule", self.schedule, SCHEDULES)
        check_range("batch_size", self.batch_size, 2, 10**6)
        check_range("max_epochs", self.max_epochs, 1, 10**6)
        check_range("patience_epochs", self.patience_epochs, 1, 10**6)
        check_range("stopping_share", self.stopping_share, 0.01, 0.9)
        check_range("shift_steps", self.shift_steps, 0, 1000)
        check_range("cloud_share", self.cloud_share, 0.0, 1.0)
        check_range("noise", self.noise, 0.0, 10.0)


@dataclass(frozen=True)
class LstmSettings(NetworkSettings):
    """LSTM of Kerner et al. 2020 (methods.md 6.2); these defaults are the multi-headed model's.

    Attributes:
        hidden_size: length of the hidden vector.
        dropout: share of the hidden vector dropped after every step, the last included.
        n_head_layers: linear layers of each head.
        alpha: divides the weight of the global loss.
    """

    hidden_size: int = 64
    dropout: float = 0.2
    n_head_layers: int = 2
    alpha: float = 10.0

    def __post_init__(self) -> None:
        super().__post_init__()
        check_range("hidden_size", self.hidden_size, 1, 1024)
        check_range("dropout", self.dropout, 0.0, 0.95)
        check_range("n_head_layers", self.n_head_layers, 1, 8)
        check_range("alpha", self.alpha, 1.0e-6, 1.0e9)


@dataclass(frozen=True)
class SingleHeadLstmSettings(LstmSettings):
    """The published single-headed run: one layer in the head, no dropout."""

    dropout: float = 0.0
    n_head_layers: int = 1


@dataclass(frozen=True)
class RecurrentSettings(NetworkSettings):
    """One-directional networks of Luo et al. 2025 (methods.md 5.2).

    Attributes:
        hidden_size: length of the hidden vector of each direction.
        dropout: share dropped between two layers; nothing with one layer.
    """

    cell: ClassVar[str] = "rnn"
    has_attention: ClassVar[bool] = False

    learning_rate: float = 5.0e-4
    weight_decay: float = 1.0e-3
    schedule: str = "plateau"
    max_epochs: int = 100
    patience_epochs: int = 25
    hidden_size: int = 256
    dropout: float = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        check_range("hidden_size", self.hidden_size, 1, 1024)
        check_range("dropout", self.dropout, 0.0, 0.95)


@dataclass(frozen=True)
class LstmAllDatesSettings(RecurrentSettings):
    """LSTM whose head sees the hidden vectors of all dates."""

    cell: ClassVar[str] = "lstm"


@dataclass(frozen=True)
class GruSettings(RecurrentSettings):
    """GRU whose head sees the hidden vectors of all dates."""

    cell: ClassVar[str] = "gru"


@dataclass(frozen=True)
class BidirectionalSettings(RecurrentSettings):
    """Two layers in both directions; RNN."""

    dropout: float = 0.2


@dataclass(frozen=True)
class BiLstmSettings(BidirectionalSettings):
    """Two layers in both directions; LSTM."""

    cell: ClassVar[str] = "lstm"


@dataclass(frozen=True)
class BiGruSettings(BidirectionalSettings):
    """Two layers in both directions; GRU."""

    cell: ClassVar[str] = "gru"


@dataclass(frozen=True)
class AttentionBiRnnSettings(BidirectionalSettings):
    """Two layers in both directions and attention over the dates; RNN."""

    has_attention: ClassVar[bool] = True


@dataclass(frozen=True)
class AttentionBiLstmSettings(BiLstmSettings):
    """Two layers in both directions and attention over the dates; LSTM."""

    has_attention: ClassVar[bool] = True


@dataclass(frozen=True)
class AttentionBiGruSettings(BiGruSettings):
    """Two layers in both directions and attention over the dates; GRU."""

    has_attention: ClassVar[bool] = True


@dataclass(frozen=True)
class TransformerSettings(NetworkSettings):
    """Transformer of Luo et al. 2025 (methods.md 5.2).

    Attributes:
        hidden_size: length of the vector of each date, a multiple of `n_heads`.
        n_heads: attention heads.
        n_layers: encoder layers.
        feed_forward_size: length of the hidden layer between two attentions.
        dropout: share dropped within the encoder.
        positional_encoding: ``standard``, or ``published``: the study's code, whose frequencies grow.
    """

    learning_rate: float = 5.0e-4
    schedule: str = "plateau"
    max_epochs: int = 100
    patience_epochs: int = 25
    hidden_size: int = 512
    n_heads: int = 8
    n_layers: int = 2
    feed_forward_size: int = 256
    dropout: float = 0.2
    positional_encoding: str = "standard"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_range("hidden_size", self.hidden_size, 2, 2048)
        check_range("n_heads", self.n_heads, 1, 64)
        check_range("n_layers", self.n_layers, 1, 24)
        check_range("feed_forward_size", self.feed_forward_size, 1, 8192)
        check_range("dropout", self.dropout, 0.0, 0.95)
        check_choice("positional_encoding", self.positional_encoding, POSITIONAL_ENCODINGS)
        check_multiple(self.hidden_size, self.n_heads)


@dataclass(frozen=True)
class Cnn1dSettings(NetworkSettings):
    """One-dimensional convolutional network of Pandžić et al. (methods.md 4.2).

    Attributes:
        n_filters: channels of each convolution.
        kernel_size: length of the filters, in steps.
        dropout: share dropped after each convolution.
        layout: ``channels``: one channel a band; ``interleaved``: all values in one channel, as published.
    """

    schedule: str = "one_cycle"
    max_epochs: int = 100
    n_filters: int = 32
    kernel_size: int = 4
    dropout: float = 0.25
    layout: str = "channels"

    def __post_init__(self) -> None:
        super().__post_init__()
        check_range("n_filters", self.n_filters, 1, 1024)
        check_range("kernel_size", self.kernel_size, 1, 256)
        check_range("dropout", self.dropout, 0.0, 0.95)
        check_choice("layout", self.layout, LAYOUTS)


@dataclass(frozen=True)
class TempCnnSettings(NetworkSettings):
    """TempCNN (Pelletier et al. 2019).

    Attributes:
        n_filters: channels of each convolution.
        kernel_size: length of the filters, in dates.
        dense_size: length of the dense layer.
        dropout: share dropped after each layer.
    """

    max_epochs: int = 200
    patience_epochs: int = 20
    n_filters: int = 64
    kernel_size: int = 5
    dense_size: int = 256
    dropout: float = 0.5

    def __post_init__(self) -> None:
        super().__post_init__()
        check_range("n_filters", self.n_filters, 1, 1024)
        check_range("kernel_size", self.kernel_size, 1, 256)
        check_range("dense_size", self.dense_size, 1, 8192)
        check_range("dropout", self.dropout, 0.0, 0.95)


@dataclass(frozen=True)
class LtaeSettings(NetworkSettings):
    """L-TAE (Garnot and Landrieu 2020).

    Attributes:
        hidden_size: length of the vector of each date, an even multiple of `n_heads`.
        n_heads: attention heads.
        dense_size: length of the dense layer.
        dropout: share dropped after the dense layer.
    """

    max_epochs: int = 200
    patience_epochs: int = 20
    hidden_size: int = 256
    n_heads: int = 16
    dense_size: int = 128
    dropout: float = 0.2

    def __post_init__(self) -> None:
        super().__post_init__()
        check_range("hidden_size", self.hidden_size, 2, 2048)
        check_range("n_heads", self.n_heads, 1, 64)
        check_range("dense_size", self.dense_size, 1, 8192)
        check_range("dropout", self.dropout, 0.0, 0.95)
        check_multiple(self.hidden_size, 2 * self.n_heads)


def check_multiple(hidden_size: int, factor: int) -> None:
    """Raise `InputError` unless a vector can be shared out evenly among the heads."""
    if hidden_size % factor:
        raise InputError(
            f"The hyperparameter hidden_size is {hidden_size}.", f"With these heads it must be a multiple of {factor}."
        )
