"""The labels that several labelers gave to the same samples, as one table of votes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

IntArray: TypeAlias = npt.NDArray[np.int64]
FloatArray: TypeAlias = npt.NDArray[np.float64]
Column: TypeAlias = npt.NDArray[Any]
Label: TypeAlias = "str | int"

NO_LABEL = -1


@dataclass(frozen=True)
class LabelVotes:
    """Who called which sample what.

    Attributes:
        sample_ids: ``(n_samples,)`` ids as text.
        labelers: names of the labelers.
        classes: the classes, in the order of the codes; from low to high where they are ordered.
        codes: ``(n_samples, n_labelers)`` position in `classes`, `NO_LABEL` where a labeler gave none.
        confidences: ``(n_samples, n_labelers)`` weight of each label, positive; 1 unless the labelers said otherwise.
    """

    sample_ids: Column
    labelers: tuple[str, ...]
    classes: tuple[Label, ...]
    codes: IntArray
    confidences: FloatArray

    @property
    def n_samples(self) -> int:
        """Number of samples."""
        return int(self.codes.shape[0])

    @property
    def is_given(self) -> npt.NDArray[np.bool_]:
        """``(n_samples, n_labelers)``, True where there is a label."""
        given: npt.NDArray[np.bool_] = self.codes != NO_LABEL
        return given

    @property
    def n_labels(self) -> IntArray:
        """``(n_samples,)`` labels of each sample."""
        counts: IntArray = self.is_given.sum(axis=1).astype(np.int64)
        return counts

    def without(self, labeler: str) -> LabelVotes:
        """Return the votes of all other labelers."""
        kept = [position for position, name in enumerate(self.labelers) if name != labeler]
        names = tuple(self.labelers[position] for position in kept)
        return LabelVotes(self.sample_ids, names, self.classes, self.codes[:, kept], self.confidences[:, kept])


def count_votes(votes: LabelVotes, *, weighted: bool = False) -> FloatArray:
    """Return ``(n_samples, n_classes)`` votes for each class, or the sum of their confidences."""
    counts = np.zeros((votes.n_samples, len(votes.classes)))
    samples, labelers = np.nonzero(votes.is_given)
    amounts = votes.confidences[samples, labelers] if weighted else 1.0
    np.add.at(counts, (samples, votes.codes[samples, labelers]), amounts)
    return counts


def is_unanimous(votes: LabelVotes) -> npt.NDArray[np.bool_]:
    """``(n_samples,)``, True for samples with two labels or more that are all the same."""
    counts = count_votes(votes)
    result: npt.NDArray[np.bool_] = (votes.n_labels > 1) & (counts.max(axis=1) == votes.n_labels)
    return result
