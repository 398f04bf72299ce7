"""One label out of several: what most labelers say, or what is likeliest given how each of them errs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.dawid_skene import DawidSkene, fit_dawid_skene
from cropsample_plugin.engine.labels.votes import NO_LABEL, Column, FloatArray, IntArray, LabelVotes, count_votes
from cropsample_plugin.engine.progress import Progress, SilentProgress

TIE_POLICIES = ("drop", "keep", "third_opinion")

CONSENSUS = "consensus"
THIRD_OPINION = "third opinion"
TIE = "tie"
TOO_DIVIDED = "too divided"
TOO_FEW_LABELS = "too few labels"
UNRESOLVED = (TIE, TOO_DIVIDED)
_TIE_TOLERANCE = 1e-9


@dataclass(frozen=True)
class ConsensusOptions:
    """How to decide.

    Attributes:
        method: ``majority`` or ``dawid_skene``.
        ties: ``drop`` leaves ties out, ``keep`` keeps them without a class, ``third_opinion`` asks the arbiter.
        arbiter: the labeler who decides ties, and only ties: not counted before.
        min_labels: labels that a sample needs at least.
        min_share: share of the votes, or probability, that the class needs at least.
    """

    method: str = "majority"
    ties: str = "drop"
    arbiter: str = ""
    min_labels: int = 2
    min_share: float = 0.0


@dataclass(frozen=True)
class Consensus:
    """What was decided.

    Attributes:
        codes: ``(n_samples,)`` position of the class, `NO_LABEL` where there is none.
        status: ``(n_samples,)`` one of the texts above.
        shares: ``(n_samples, n_classes)`` shares of the votes, or probabilities.
        confidence: ``(n_samples,)`` share of the class decided on, or the highest; in [0, 1].
        relabel_rank: ``(n_samples,)`` 1 for the sample most worth another look; 0 where the labels all agree.
        model: Dawid and Skene's model of the labelers.
        voters: the labelers of the model, in its order: all but the arbiter.
    """

    codes: IntArray
    status: Column
    shares: FloatArray
    confidence: FloatArray
    relabel_rank: IntArray
    model: DawidSkene
    voters: tuple[str, ...]

    def count(self, *states: str) -> int:
        """Return how many samples have one of the states."""
        counts = Counter(self.status.tolist())
        return sum(counts[state] for state in states)


def decide(votes: LabelVotes, options: ConsensusOptions, progress: Progress | None = None) -> Consensus:
    """Give every sample the class its labels speak for.

    Raises:
        InputError: an unknown method or policy, no arbiter, or an arbiter who labeled nothing.
    """
    _check(votes, options)
    progress = progress or SilentProgress()
    voting = votes.without(options.arbiter) if options.ties == "third_opinion" else votes
    model = fit_dawid_skene(voting, progress)
    shares = METHODS[options.method](voting, model)
    best = shares.argmax(axis=1)
    highest = shares[np.arange(len(shares)), best]
    is_tie = np.count_nonzero(shares >= highest[:, None] - _TIE_TOLERANCE, axis=1) > 1
    status = np.full(votes.n_samples, CONSENSUS, dtype=object)
    status[highest < options.min_share] = TOO_DIVIDED
    status[is_tie] = TIE
    status[voting.n_labels < options.min_labels] = TOO_FEW_LABELS
    codes = np.where(status == CONSENSUS, best, NO_LABEL)
    if options.ties == "third_opinion":
        opinions = votes.codes[:, votes.labelers.index(options.arbiter)]
        is_asked = np.isin(status, UNRESOLVED) & (opinions != NO_LABEL)
        codes[is_asked] = opinions[is_asked]
        status[is_asked] = THIRD_OPINION
    decided = np.where(codes == NO_LABEL, best, codes)
    confidence = shares[np.arange(len(shares)), decided]
    ranks = _relabel_rank(voting, status, model)
    return Consensus(codes, status, shares, confidence, ranks, model, voting.labelers)


def _check(votes: LabelVotes, options: ConsensusOptions) -> None:
    if options.method not in METHODS:
        raise InputError(f"There is no method '{options.method}'.", f"Choose one of {', '.join(METHODS)}.")
    if options.ties not in TIE_POLICIES:
        raise InputError(f"There is no tie policy '{options.ties}'.", f"Choose one of {', '.join(TIE_POLICIES)}.")
    if options.ties == "third_opinion" and options.arbiter not in votes.labelers:
        raise InputError(
            f"The third opinion is asked of '{options.arbiter}', who gave no label.",
            f"Name one of the labelers: {', '.join(votes.labelers)}.",
        )
    if len(votes.labelers) - (options.ties == "third_opinion") < 1:
        raise InputError("The arbiter is the only labeler.", "Give the labels of others as well.")


def _vote_shares(votes: LabelVotes, model: DawidSkene) -> FloatArray:  # noqa: ARG001 - same signature for all methods
    counts = count_votes(votes, weighted=True)
    totals = counts.sum(axis=1, keepdims=True)
    result: FloatArray = np.divide(counts, totals, out=np.zeros_like(counts), where=totals > 0)
    return result


def _probabilities(votes: LabelVotes, model: DawidSkene) -> FloatArray:  # noqa: ARG001 - same signature for all methods
    return model.probabilities


METHODS: dict[str, Callable[[LabelVotes, DawidSkene], FloatArray]] = {
    "majority": _vote_shares,
    "dawid_skene": _probabilities,
}


def _relabel_rank(votes: LabelVotes, status: Column, model: DawidSkene) -> IntArray:
    """Rank samples whose labels differ: undecided ones first, then by the entropy of their probable classes."""
    counts = count_votes(votes)
    differ = np.count_nonzero(counts, axis=1) > 1
    rows = np.flatnonzero(differ | np.isin(status, UNRESOLVED))
    entropy = normalised_entropy(model.probabilities)
    is_open = np.isin(status, UNRESOLVED)
    order = np.lexsort((rows, -np.round(entropy[rows], 9), ~is_open[rows]))
    ranks = np.zeros(votes.n_samples, dtype=np.int64)
    ranks[rows[order]] = np.arange(1, len(rows) + 1)
    return ranks


def normalised_entropy(probabilities: FloatArray) -> FloatArray:
    """Return ``(n_samples,)`` entropy of each row, 0 sure to 1 no idea."""
    logs = np.log(np.where(probabilities > 0, probabilities, 1.0))
    n_classes = max(probabilities.shape[1], 2)
    result: FloatArray = -(probabilities * logs).sum(axis=1) / np.log(n_classes)
    return result


def agreement_with_consensus(votes: LabelVotes, consensus: Consensus) -> tuple[IntArray, IntArray]:
    """Return ``(n_labelers, n_classes)`` decided samples each labeler labeled, by consensus class, and those agreed."""
    shape = (len(votes.labelers), len(votes.classes))
    n_common: npt.NDArray[np.int64] = np.zeros(shape, dtype=np.int64)
    n_agreed: npt.NDArray[np.int64] = np.zeros(shape, dtype=np.int64)
    for labeler in range(shape[0]):
        codes = votes.codes[:, labeler]
        both = (codes != NO_LABEL) & (consensus.codes != NO_LABEL)
        np.add.at(n_common[labeler], consensus.codes[both], 1)
        np.add.at(n_agreed[labeler], consensus.codes[both], (codes[both] == consensus.codes[both]).astype(np.int64))
    return n_common, n_agreed
