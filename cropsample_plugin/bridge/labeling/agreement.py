"""How far labelers agree, kept up to date while they label: by pair, all together, each with the others; and votes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Dict, Iterable, List, Mapping, Optional, Set, Tuple

import numpy as np

from cropsample_plugin.bridge.labeling.label_events import LabelHistory

NO_LABEL = -1
_FIRST_ROWS = 64


@dataclass(frozen=True)
class PairAgreement:
    """Two labelers on the samples that both labeled; kappa (Cohen 1960) is NaN where chance explains everything."""

    first: str
    second: str
    n_common: int
    n_agreed: int
    kappa: float

    @property
    def share_agreed(self) -> float:
        """Share of the common samples that got one class from both; NaN without common samples."""
        return self.n_agreed / self.n_common if self.n_common else math.nan


@dataclass(frozen=True)
class Reliability:
    """How often a labeler gives the class that most of the others give.

    Attributes:
        labeler: who.
        n_labels: standing labels.
        n_judged: those on samples where the others' labels have one class in front.
        n_agreed: those that are of this class.
    """

    labeler: str
    n_labels: int
    n_judged: int
    n_agreed: int

    @property
    def share_agreed(self) -> float:
        """NaN where no label could be judged."""
        return self.n_agreed / self.n_judged if self.n_judged else math.nan


@dataclass(frozen=True)
class Agreement:
    """Everything at once.

    Attributes:
        n_labeled: samples with a label; n_several: with two or more; n_unanimous: of these, with one class only.
        fleiss_kappa: of the samples with two labels or more, NaN where it is not defined.
        pairs: every two labelers who share a sample.
        reliabilities: of every labeler, by name.
    """

    n_labeled: int
    n_several: int
    n_unanimous: int
    fleiss_kappa: float
    pairs: Tuple[PairAgreement, ...]
    reliabilities: Tuple[Reliability, ...]


class LabelTable:
    """The standing label of every labeler for every sample, as codes, brought up to date sample by sample.

    Attributes:
        labelers, classes: in the order in which they came up.
    """

    def __init__(self) -> None:
        self.labelers: List[str] = []
        self.classes: List[str] = []
        self._row: Dict[str, int] = {}
        self._codes = np.full((_FIRST_ROWS, 4), NO_LABEL, dtype=np.int16)
        self._n_events = 0

    @property
    def codes(self) -> np.ndarray:
        """``(n_samples, n_labelers)`` places in `classes`, -1 where there is no label."""
        return self._codes[: len(self._row), : len(self.labelers)]

    def set(self, sample_id: str, class_by_labeler: Mapping[str, str]) -> None:
        """Put in a sample's labels in place of those it had."""
        columns = [_place(self.labelers, labeler) for labeler in class_by_labeler]
        codes = [_place(self.classes, name) for name in class_by_labeler.values()]
        row = self._row.setdefault(sample_id, len(self._row))
        self._make_room()
        self._codes[row] = NO_LABEL
        self._codes[row, columns] = codes

    def follow(self, history: LabelHistory) -> Set[str]:
        """Take in what a history has more than last time; return the ids of the samples that it is about."""
        events = history.all_events()
        fresh = {event.sample_id for event in events[self._n_events :]}
        self._n_events = len(events)
        for sample_id in fresh:
            state = history.state(sample_id)
            labels = {} if state.is_removed else state.labels
            self.set(sample_id, {labeler: event.class_name for labeler, event in labels.items()})
        return fresh

    def agreement(self) -> Agreement:
        """Return how far labelers agree now."""
        codes = self.codes
        counts = count_votes(codes, len(self.classes))
        n_labels = counts.sum(axis=1)
        several = counts[n_labels > 1]
        return Agreement(
            int((n_labels > 0).sum()),
            len(several),
            int((several.max(axis=1) == several.sum(axis=1)).sum()) if len(several) else 0,
            fleiss_kappa(several),
            tuple(_pairs(codes, self.labelers, len(self.classes))),
            tuple(_reliabilities(codes, counts, self.labelers)),
        )

    def _make_room(self) -> None:
        n_rows, n_columns = self._codes.shape
        if len(self._row) > n_rows or len(self.labelers) > n_columns:
            room = (max(n_rows, 2 * len(self._row)), max(n_columns, 2 * len(self.labelers)))
            larger = np.full(room, NO_LABEL, dtype=np.int16)
            larger[:n_rows, :n_columns] = self._codes
            self._codes = larger


def count_votes(codes: np.ndarray, n_classes: int) -> np.ndarray:
    """Return ``(n_samples, n_classes)`` how many labelers gave each class.

    Args:
        codes: ``(n_samples, n_labelers)`` classes, -1 for none.
        n_classes: number of classes.
    """
    counts = np.zeros((len(codes), n_classes), dtype=np.int32)
    for column in codes.T:
        rows = np.flatnonzero(column != NO_LABEL)
        counts[rows, column[rows]] += 1
    return counts


def fleiss_kappa(counts: np.ndarray) -> float:
    """Return Fleiss' kappa of ``(n_samples, n_classes)`` counts; NaN where it is not defined.

    Samples with fewer than two labels are passed over; others may have different numbers of labels and weigh the same
    (Fleiss 1971, Psychological Bulletin 76:378, in the extension of Gwet, Handbook of Inter-Rater Reliability).
    """
    totals = counts.sum(axis=1)
    kept, totals = counts[totals > 1].astype(float), totals[totals > 1]
    if not len(kept):
        return math.nan
    observed = float(np.mean((kept * (kept - 1)).sum(axis=1) / (totals * (totals - 1))))
    expected = float(np.square((kept / totals[:, None]).mean(axis=0)).sum())
    return (observed - expected) / (1 - expected) if expected < 1 else math.nan


def cohen_kappa(table: np.ndarray) -> float:
    """Return Cohen's kappa of a ``(n_classes, n_classes)`` cross table; NaN where it is not defined."""
    total = float(table.sum())
    if not total:
        return math.nan
    expected = float(table.sum(axis=1) @ table.sum(axis=0)) / total**2
    return (float(np.trace(table)) / total - expected) / (1 - expected) if expected < 1 else math.nan


def majority(classes: Iterable[str]) -> Optional[str]:
    """Return the class with more votes than any other; None when there is none."""
    return weighted_majority((name, 1.0) for name in classes)


def weighted_majority(votes: Iterable[Tuple[str, float]]) -> Optional[str]:
    """Return the class with the greatest sum of weights; None when there is no such one."""
    sums: Dict[str, float] = {}
    for name, weight in votes:
        sums[name] = sums.get(name, 0.0) + weight
    ranked = sorted(sums.values(), reverse=True)
    if not ranked or ranked[0] <= 0 or (len(ranked) > 1 and math.isclose(ranked[0], ranked[1], abs_tol=1e-9)):
        return None
    return max(sums, key=sums.__getitem__)


def vote_weights(agreement: Agreement, n_classes: int) -> Dict[str, float]:
    """Return how much each labeler's vote weighs, from agreement with the others; 0 for no better than guessing.

    The logarithm of the odds of being right, as is best for votes that err independently (Nitzan and Paroush 1982,
    International Economic Review 23:289; for several classes as likely to be mistaken for each other), with one label
    right and one wrong added, so that few labels do not decide.
    """
    weights = {}
    for item in agreement.reliabilities:
        share = (item.n_agreed + 1) / (item.n_judged + 2)
        weights[item.labeler] = max(0.0, math.log(share * max(n_classes - 1, 1) / (1 - share)))
    return weights


def _pairs(codes: np.ndarray, labelers: List[str], n_classes: int) -> List[PairAgreement]:
    found = []
    for first, second in combinations(sorted(range(len(labelers)), key=labelers.__getitem__), 2):
        both = (codes[:, first] != NO_LABEL) & (codes[:, second] != NO_LABEL)
        if both.any():
            cells = codes[both, first].astype(np.int64) * n_classes + codes[both, second]
            table = np.bincount(cells, minlength=n_classes**2).reshape(n_classes, n_classes)
            n_common, n_agreed = int(table.sum()), int(np.trace(table))
            found.append(PairAgreement(labelers[first], labelers[second], n_common, n_agreed, cohen_kappa(table)))
    return found


def _reliabilities(codes: np.ndarray, counts: np.ndarray, labelers: List[str]) -> List[Reliability]:
    found = []
    for column in sorted(range(len(labelers)), key=labelers.__getitem__):
        rows = np.flatnonzero(codes[:, column] != NO_LABEL)
        own = codes[rows, column]
        others = counts[rows].copy()
        others[np.arange(len(rows)), own] -= 1
        highest = others.max(axis=1, initial=0)
        is_judged = (highest > 0) & ((others == highest[:, None]).sum(axis=1) == 1)
        is_agreed = is_judged & (others[np.arange(len(rows)), own] == highest)
        found.append(Reliability(labelers[column], len(rows), int(is_judged.sum()), int(is_agreed.sum())))
    return found


def _place(names: List[str], name: str) -> int:
    if name not in names:
        names.append(name)
    return names.index(name)
