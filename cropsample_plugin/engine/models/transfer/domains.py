"""What is known of the two domains: model and samples of the source, labeled and unlabeled samples of the target."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.training_set import NOT_A_CLASS, TrainingSet

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class DomainSamples:
    """Samples of one domain on the model's axis.

    Attributes:
        samples: without gaps; class -1 where there is no label.
        observed: ``(n, n_timesteps, n_bands)`` the same before gaps were filled, NaN where missing.
    """

    samples: TrainingSet
    observed: FloatArray

    def __len__(self) -> int:
        """Return the number of samples."""
        return self.samples.n_samples

    def subset(self, rows: npt.NDArray[Any]) -> DomainSamples:
        """Return the samples that an index or boolean array picks."""
        return DomainSamples(self.samples.subset(rows), self.observed[rows])

    def unlabeled(self) -> DomainSamples:
        """Return the same samples with their labels forgotten."""
        hidden = replace(self.samples, class_indices=np.full(len(self), NOT_A_CLASS))
        return DomainSamples(hidden, self.observed)

    def at_timesteps(self, timesteps: npt.NDArray[np.int64]) -> DomainSamples:
        """Return the same samples with some of their time steps."""
        fewer = replace(self.samples, values=self.samples.values[:, timesteps], step_weights=None)
        return DomainSamples(fewer, self.observed[:, timesteps])

    def joined(self, other: DomainSamples) -> DomainSamples:
        """Return both, one after the other; groups of the two stay apart."""
        ours, theirs = self.samples, other.samples
        names = ("values", "static_values", "class_indices", "weights", "is_local", "global_class_indices")
        both: dict[str, Any] = {name: np.concatenate([getattr(ours, name), getattr(theirs, name)]) for name in names}
        offset = int(ours.groups.max(initial=-1)) + 1
        groups = np.concatenate([ours.groups, theirs.groups + offset])
        return DomainSamples(replace(ours, groups=groups, **both), np.concatenate([self.observed, other.observed]))


@dataclass(frozen=True)
class Source:
    """The model that travels.

    Attributes:
        package: the model; its first classes are `classes`' first.
        classes: those of the package, then those that the target alone has.
        samples: that it was trained on, or others of its place and year; None where they are not at hand.
    """

    package: ModelPackage
    classes: tuple[ClassInfo, ...]
    samples: DomainSamples | None = None

    @property
    def n_known(self) -> int:
        """Number of classes that the package knows."""
        return len(self.package.classes)

    def needed_samples(self, strategy: str) -> DomainSamples:
        """Return the source samples.

        Raises:
            InputError: there are none.
        """
        if self.samples is None:
            raise InputError(
                f"'{strategy}' learns from the samples of the source, and none are given.",
                "Give the source samples, or choose 'direct' or 'fine_tune'.",
            )
        return self.samples


@dataclass(frozen=True)
class Target:
    """What adaptation may see of the target.

    Attributes:
        labeled: samples with labels, maybe none.
        pool: samples whose labels are not known or not looked at.
    """

    labeled: DomainSamples
    pool: DomainSamples

    def everything(self) -> DomainSamples:
        """Return labeled samples and pool with all labels forgotten."""
        return self.labeled.unlabeled().joined(self.pool) if len(self.pool) else self.labeled.unlabeled()

    def needed_labels(self, strategy: str) -> DomainSamples:
        """Return the labeled samples.

        Raises:
            SamplesError: they are fewer than two, or of one class.
        """
        distinct = np.unique(self.labeled.samples.class_indices)
        if len(distinct) < 2:  # noqa: PLR2004 - a model tells classes apart
            raise SamplesError(
                f"'{strategy}' learns from labels of the target, and there are {len(self.labeled)} usable ones of "
                f"{len(distinct)} class(es).",
                "Label samples of two classes or more, or choose a strategy without labels.",
            )
        return self.labeled


def check_pool(pool: DomainSamples, test: DomainSamples) -> None:
    """Raise `SamplesError` when unlabeled samples belong to parcels that test: the score would flatter."""
    shared = np.isin(pool.samples.groups, test.samples.groups)
    if shared.any():
        raise SamplesError(
            f"{int(shared.sum())} unlabeled samples belong to parcels that test the model.",
            "Take them out of the unlabeled samples.",
        )


def padded(probabilities: FloatArray, n_classes: int) -> FloatArray:
    """Return ``(n, n_classes)`` with columns of 0 for the classes that a model does not know."""
    missing = n_classes - probabilities.shape[1]
    return np.pad(probabilities, ((0, 0), (0, missing))) if missing else probabilities
