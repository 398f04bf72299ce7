"""What a model is fitted on: series without gaps, encoded classes, weights, domains and groups."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
NOT_A_CLASS = -1


@dataclass(frozen=True)
class TrainingSet:
    """Samples ready to fit on.

    Attributes:
        values: ``(n_samples, n_timesteps, n_bands)`` float32 in physical units, no missing values.
        static_values: ``(n_samples, n_static)`` float32, no missing values.
        class_indices: ``(n_samples,)`` index among the model's classes; -1 for a global sample whose class the
            local head does not know.
        weights: ``(n_samples,)`` positive.
        is_local: ``(n_samples,)`` True for samples of the place to map.
        global_class_indices: ``(n_samples,)`` index among the classes of the global samples; -1 for local samples.
        n_classes: number of classes of the model.
        n_global_classes: number of classes of the global samples, 0 without any.
        groups: ``(n_samples,)`` parcel or other group of each sample; samples of one group are never split.
        step_weights: ``(n_timesteps,)`` how much each step counts, see `Scaling`; None where all count the same.
    """

    values: FloatArray
    static_values: FloatArray
    class_indices: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float64]
    is_local: npt.NDArray[np.bool_]
    global_class_indices: npt.NDArray[np.int64]
    n_classes: int
    n_global_classes: int
    groups: npt.NDArray[np.int64]
    step_weights: npt.NDArray[np.float64] | None = None

    @property
    def n_samples(self) -> int:
        """Number of samples."""
        return len(self.values)

    def subset(self, rows: npt.NDArray[Any]) -> TrainingSet:
        """Return the samples that an index or boolean array picks."""
        return replace(
            self,
            values=self.values[rows],
            static_values=self.static_values[rows],
            class_indices=self.class_indices[rows],
            weights=self.weights[rows],
            is_local=self.is_local[rows],
            global_class_indices=self.global_class_indices[rows],
            groups=self.groups[rows],
        )

    def strata(self) -> npt.NDArray[np.int64]:
        """Return ``(n_samples,)`` one number per class and domain, to stratify splits by."""
        return np.where(self.is_local, self.class_indices, self.n_classes + self.global_class_indices)


def flat_features(values: FloatArray, static_values: FloatArray) -> FloatArray:
    """Return ``(n, n_timesteps * n_bands + n_static)`` features: bands of step 1, of step 2, ..., statics."""
    return np.concatenate([values.reshape(len(values), -1), static_values], axis=1, dtype=np.float32)


def balanced_weights(weights: npt.NDArray[np.float64], classes: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Multiply sample weights so that every class present has the same total weight, the mean weight unchanged.

    With equal sample weights this is ``n / (k * n_c)``. Samples of class -1 keep their weight.
    """
    balanced = weights.copy()
    known = classes != NOT_A_CLASS
    present = np.unique(classes[known])
    total = weights[known].sum()
    for class_index in present:
        rows = classes == class_index
        balanced[rows] *= total / (len(present) * weights[rows].sum())
    return balanced
