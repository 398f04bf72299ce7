"""What can be labeled next, and what is labeled already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

NO_STRATUM = -1
_SUM_TOLERANCE = 0.02
_ROWS_CHECKED = 100_000


@dataclass(frozen=True)
class Candidates:
    """Places that could be labeled, with what the model says of them.

    Attributes:
        xy_m: ``(n, 2)`` places in metres.
        probabilities: ``(n, n_classes)`` in [0, 1], rows summing to 1.
        class_names: ``(n_classes,)`` in the order of the probabilities.
        features_of: rows to ``(rows, n_features)``; only asked for the few candidates that are compared.
        strata: ``(n,)`` position of each candidate's stratum, -1 for none.
        stratum_names: name of each stratum.
        costs_of: rows to ``(rows,)`` costs of a visit in units of the median; None where nothing costs.
    """

    xy_m: FloatArray
    probabilities: SingleArray
    class_names: tuple[Any, ...]
    features_of: Callable[[IntArray], SingleArray]
    strata: IntArray | None = None
    stratum_names: tuple[Any, ...] = ()
    costs_of: Callable[[IntArray], FloatArray] | None = None

    @property
    def n_candidates(self) -> int:
        """Number of candidates."""
        return len(self.xy_m)


@dataclass(frozen=True)
class KnownSamples:
    """Samples that are labeled already, or need not be labeled.

    Attributes:
        xy_m: ``(m, 2)`` places in metres.
        features: ``(m, n_features)`` like those of the candidates, NaN rows where unknown; None for no sample.
        class_counts: ``(n_classes,)`` labels of each class; None when classes are not known.
        strata: ``(m,)`` position of each sample's stratum, -1 for none.
    """

    xy_m: FloatArray = field(default_factory=lambda: np.empty((0, 2)))
    features: SingleArray | None = None
    class_counts: IntArray | None = None
    strata: IntArray = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @property
    def n_samples(self) -> int:
        """Number of samples."""
        return len(self.xy_m)


def check_probabilities(probabilities: SingleArray, source: str) -> None:
    """Check that numbers are class probabilities.

    Raises:
        InputError: one class alone, values outside [0, 1], or rows that do not sum to 1.
    """
    if probabilities.ndim != 2 or probabilities.shape[1] < 2:  # noqa: PLR2004 - a choice needs two classes
        raise InputError(
            f"{source} has the probability of one class alone; between one class there is nothing to be unsure of.",
            "Choose the probabilities of a map with two classes or more, one band each.",
        )
    if len(probabilities) == 0:
        raise InputError(f"{source} holds no candidate with probabilities.", "Check its extent and nodata.")
    shown = probabilities[:: max(1, len(probabilities) // _ROWS_CHECKED)]
    sums = shown.sum(axis=1)
    if not np.isfinite(shown).all():
        raise InputError(f"{source} holds no probabilities for some candidates.", "Check its nodata value.")
    if shown.min() < 0 or shown.max() > 1 + _SUM_TOLERANCE:
        raise InputError(
            f"{source} holds no probabilities: its values are {shown.min():.4g} to {shown.max():.4g}.",
            "Choose the output 'Probabilities' of 'Predict map': a band per class, 0 to 1.",
        )
    if abs(float(np.median(sums)) - 1) > _SUM_TOLERANCE:
        raise InputError(
            f"{source} holds no probabilities of classes that exclude each other: they sum to {np.median(sums):.3g}, "
            "not to 1.",
            "Choose the output 'Probabilities' of 'Predict map' with all of its bands.",
        )
