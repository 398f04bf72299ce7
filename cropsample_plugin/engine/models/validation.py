"""Which samples score a model that did not see them: holdout or k folds, by parcel when groups are given.

Splits are stratified by class. A class that lives in a single sample, or in a single group, cannot be both trained
and tested: it is trained, never tested, and the report says so. Where samples are marked local or global, only
local samples are tested, and global samples of a group under test are left out of that fold's training.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.models.training_set import TrainingSet

Rows = npt.NDArray[np.int64]
_MAX_FOLDS = 100


@dataclass(frozen=True)
class Protocol:
    """How a model is scored.

    Attributes:
        name: ``holdout``, ``k_fold`` or ``none``.
        n_folds: number of folds of ``k_fold``.
        validation_share: share of the samples that ``holdout`` holds out, in (0, 1).
        seed: decides the split.
    """

    name: str = "k_fold"
    n_folds: int = 5
    validation_share: float = 0.2
    seed: int = 42

    def __post_init__(self) -> None:
        if self.name not in PROTOCOLS:
            raise InputError(f"There is no validation '{self.name}'.", f"Choose one of: {', '.join(PROTOCOLS)}.")
        if self.name == "k_fold" and not 2 <= self.n_folds <= _MAX_FOLDS:  # noqa: PLR2004 - one fold is no split
            raise InputError(f"The number of folds is {self.n_folds}.", f"Choose 2 to {_MAX_FOLDS}.")
        if self.name == "holdout" and not 0.0 < self.validation_share < 1.0:
            raise InputError(f"The validation share is {self.validation_share}.", "It must lie between 0 and 1.")

    def describe(self, *, is_grouped: bool) -> str:
        """Return the protocol as a sentence part; `is_grouped` says whether samples of one group stay together."""
        together = ", samples of one group kept together" if is_grouped else ""
        if self.name == "k_fold":
            return f"{self.n_folds}-fold cross-validation, stratified by class{together}, seed {self.seed}"
        if self.name == "holdout":
            return f"{self.validation_share:.0%} held out, stratified by class{together}, seed {self.seed}"
        return "no validation: the model was not scored"


@dataclass(frozen=True)
class Fold:
    """Row numbers to train on and to test on; no row is in both."""

    train_rows: Rows
    test_rows: Rows


def split_folds(samples: TrainingSet, protocol: Protocol) -> list[Fold]:
    """Return the folds of a protocol.

    Raises:
        InputError: there are too few samples or groups for the folds asked for.
    """
    return PROTOCOLS[protocol.name](samples, protocol)


def holdout_split(samples: TrainingSet, share: float, seed: int) -> tuple[Rows, Rows]:
    """Split all samples, local and global, into rows to fit on and rows held out; the latter may be empty.

    A class keeps at least one sample, or group, to fit on; of a class with two or more, at least one is held out.
    """
    candidates = separable_rows(samples)
    held = _stratified_share(samples, candidates, share, seed) if len(candidates) else candidates
    return np.setdiff1d(np.arange(samples.n_samples), held), held


def calibration_folds(samples: TrainingSet, n_folds: int, seed: int) -> list[Fold]:
    """Return folds over all samples that may be held out; fewer than asked for, or none, when samples are few."""
    candidates = separable_rows(samples)
    if len(candidates) == 0:
        return []
    largest = int(np.unique(samples.strata()[candidates], return_counts=True)[1].max())
    n_possible = min(n_folds, len(np.unique(samples.groups[candidates])), largest)
    if n_possible < 2:  # noqa: PLR2004 - one fold is no split
        return []
    return [fold_without(samples, test) for test in stratified_folds(samples, candidates, n_possible, seed)]


def separable_rows(samples: TrainingSet) -> Rows:
    """Return the rows that may be held out: none whose group holds a class that lives in that group alone."""
    strata, groups = samples.strata(), samples.groups
    pairs = np.unique(np.stack([strata, groups], axis=1), axis=0)
    lone_strata, n_groups = np.unique(pairs[:, 0], return_counts=True)
    lone_groups = pairs[np.isin(pairs[:, 0], lone_strata[n_groups == 1]), 1]
    return np.flatnonzero(~np.isin(groups, lone_groups))


def _no_folds(samples: TrainingSet, protocol: Protocol) -> list[Fold]:  # noqa: ARG001 - every protocol has this form
    return []


def _holdout(samples: TrainingSet, protocol: Protocol) -> list[Fold]:
    candidates = _local_candidates(samples)
    return [fold_without(samples, _stratified_share(samples, candidates, protocol.validation_share, protocol.seed))]


def _k_fold(samples: TrainingSet, protocol: Protocol) -> list[Fold]:
    candidates = _local_candidates(samples)
    largest = int(np.unique(samples.strata()[candidates], return_counts=True)[1].max())
    n_groups = len(np.unique(samples.groups[candidates]))
    if protocol.n_folds > min(largest, n_groups):
        counted = f"{n_groups} groups" if n_groups < largest else f"{largest} samples in the largest class"
        raise InputError(
            f"{protocol.n_folds} folds are asked for, but there are only {counted}.", "Ask for fewer folds."
        )
    tests = stratified_folds(samples, candidates, protocol.n_folds, protocol.seed)
    return [fold_without(samples, test) for test in tests]


PROTOCOLS: dict[str, Callable[[TrainingSet, Protocol], list[Fold]]] = {
    "holdout": _holdout,
    "k_fold": _k_fold,
    "none": _no_folds,
}


def _local_candidates(samples: TrainingSet) -> Rows:
    candidates = separable_rows(samples)
    candidates = candidates[samples.is_local[candidates]]
    if len(np.unique(samples.groups[candidates])) < 2:  # noqa: PLR2004 - one group cannot be split
        raise SamplesError(
            "No samples can be held out: every class lives in a single sample or group.",
            "Label more samples, choose another group field, or train without validation.",
        )
    return candidates


def fold_without(samples: TrainingSet, test_rows: Rows) -> Fold:
    """Return the fold that tests some rows and trains on all whose groups are not among them."""
    shares_group = np.isin(samples.groups, samples.groups[test_rows])
    return Fold(np.flatnonzero(~shares_group), test_rows)


def _stratified_share(samples: TrainingSet, candidates: Rows, share: float, seed: int) -> Rows:
    strata = samples.strata()[candidates]
    groups = samples.groups[candidates]
    if len(np.unique(groups)) < len(groups):
        largest = int(np.unique(strata, return_counts=True)[1].max())
        n_folds = min(max(2, round(1.0 / share)), len(np.unique(groups)), largest)
        return stratified_folds(samples, candidates, n_folds, seed)[0] if n_folds > 1 else candidates[:0]
    rng = np.random.default_rng(seed)
    held = []
    for stratum in np.unique(strata):
        rows = rng.permutation(candidates[strata == stratum])
        n_held = min(max(1, round(share * len(rows))), len(rows) - 1)
        held.append(rows[:n_held])
    return np.sort(np.concatenate(held))


def stratified_folds(samples: TrainingSet, candidates: Rows, n_folds: int, seed: int) -> list[Rows]:
    """Share some rows out to folds, stratified by class, groups kept whole; return the rows of each."""
    from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold

    strata, groups = samples.strata()[candidates], samples.groups[candidates]
    is_grouped = len(np.unique(groups)) < len(groups)
    splitter = (StratifiedGroupKFold if is_grouped else StratifiedKFold)(n_folds, shuffle=True, random_state=seed)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The least populated class", UserWarning)
        return [candidates[test] for _, test in splitter.split(candidates, strata, groups if is_grouped else None)]
