"""How a weakly supervised network does: against the labels it has not seen, the products' vote, and a reference."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.fitting import Predictor
from cropsample_plugin.engine.models.metrics import class_scores, error_matrix, macro_f1, overall_accuracy
from cropsample_plugin.engine.models.weak_supervision.label_raster import majority_vote
from cropsample_plugin.engine.models.weak_supervision.patches import IntArray, PatchReader
from cropsample_plugin.engine.models.weak_supervision.settings import NO_LABEL
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Scores:
    """One error matrix (rows map, columns reference) and what follows from it."""

    matrix: npt.NDArray[np.int64]

    @property
    def overall_accuracy(self) -> float:
        """Share on the diagonal; NaN without any pixel."""
        return overall_accuracy(self.matrix)

    @property
    def macro_f1(self) -> float:
        """Mean F1 of the classes."""
        return macro_f1(self.matrix)

    @property
    def f1(self) -> npt.NDArray[np.float64]:
        """``(n_classes,)`` F1 of each class."""
        return class_scores(self.matrix).f1

    @property
    def n(self) -> int:
        """Number of pixels."""
        return int(self.matrix.sum())


@dataclass(frozen=True)
class HeldOut:
    """Patches that the model never saw.

    Attributes:
        labels: the model against the labels.
        n_disputed: usable pixels without a label that the products have voted on.
        disputed_vote_share: share of them where the model says what the majority of the products says; NaN without.
    """

    labels: Scores
    n_disputed: int
    disputed_vote_share: float


@dataclass(frozen=True)
class ReferencePixels:
    """Samples of known class that no product has had a say in.

    Attributes:
        values: ``(n, n_timesteps, n_bands)`` without gaps.
        static_values: ``(n, n_static)``.
        classes: ``(n,)`` class index.
        votes: ``(n,)`` share of the products for class 1; NaN where that is not known.
        n_dropped: samples left out.
        notes: why.
    """

    values: FloatArray
    static_values: FloatArray
    classes: IntArray
    votes: FloatArray
    n_dropped: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReferenceScores:
    """The model against a reference.

    Attributes:
        model: on all samples.
        model_where_voted: on the samples that the products have voted on; None without votes.
        vote: the majority vote on the same samples; None without votes.
    """

    model: Scores
    model_where_voted: Scores | None = None
    vote: Scores | None = None


def score_held_out(reader: PatchReader, patches: IntArray, predictor: Predictor, progress: Progress) -> HeldOut:
    """Score a model on patches."""
    n_classes = predictor.n_classes
    matrix = np.zeros((n_classes, n_classes), dtype=np.int64)
    n_disputed = n_same = 0
    for index in patches:
        raise_if_canceled(progress)
        patch = reader.read(int(index))
        rows = patch.is_usable.ravel()
        mapped = predictor.predict_probabilities(patch.values[rows], patch.static_values[rows]).argmax(axis=1)
        labels, voted = patch.labels[patch.is_usable], majority_vote(patch.votes[patch.is_usable])
        known = labels != NO_LABEL
        matrix += error_matrix(mapped[known], labels[known], n_classes)
        disputed = ~known & (voted != NO_LABEL)
        n_disputed += int(disputed.sum())
        n_same += int((mapped[disputed] == voted[disputed]).sum())
    return HeldOut(Scores(matrix), n_disputed, n_same / n_disputed if n_disputed else float("nan"))


def score_reference(reference: ReferencePixels, predictor: Predictor) -> ReferenceScores:
    """Score a model on a reference, and beside it the majority vote where the products have voted."""
    n_classes = predictor.n_classes
    mapped = predictor.predict_probabilities(reference.values, reference.static_values).argmax(axis=1)
    model = Scores(error_matrix(mapped, reference.classes, n_classes))
    voted = majority_vote(reference.votes)
    known = voted != NO_LABEL
    if not known.any():
        return ReferenceScores(model)
    return ReferenceScores(
        model,
        Scores(error_matrix(mapped[known], reference.classes[known], n_classes)),
        Scores(error_matrix(voted[known], reference.classes[known], n_classes)),
    )
