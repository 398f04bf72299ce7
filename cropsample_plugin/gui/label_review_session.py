"""A review of judged labels: which samples, where one is, what was decided. Plain Python; the panel only shows it."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Collection, Dict, List, Optional, Sequence, Tuple

from cropsample_plugin.bridge.review_decisions import (
    KEEP,
    REJECT,
    RELABEL,
    UNDO,
    Decision,
    DecisionFile,
    ReviewError,
    standing_decisions,
)

CATEGORIES = ("Remove", "Suspect", "DataGap", "NA", "Keep")
TO_REVIEW = ("Remove", "Suspect")
# One key per class; the other letters are commands of the panel.
CLASS_KEYS = "1234567890" + "abdefhijlmoqtvwxy"


@dataclass(frozen=True)
class ReviewSample:
    """One judged sample.

    Attributes:
        feature_id: id of the feature in the layer.
        sample_id: what decisions name it by, unique in the layer.
        label: the label that was judged, as text; "" for none.
        quality: one of `CATEGORIES`.
        suggested: the class the evidence speaks for, "" for none.
        prior, posterior, margin, weight: the evidence, NaN where there is none.
        reason: why, in words.
        season: name of its season, "" for none.
        season_dates: ISO dates of start, peak and end, "" where unknown.
        indices: what its class was told from the others by.
    """

    feature_id: int
    sample_id: str
    label: str
    quality: str
    suggested: str = ""
    prior: float = math.nan
    posterior: float = math.nan
    margin: float = math.nan
    weight: float = math.nan
    reason: str = ""
    season: str = ""
    season_dates: Tuple[str, str, str] = ("", "", "")
    indices: str = ""


@dataclass(frozen=True)
class ReviewFilter:
    """Which samples to walk through.

    Attributes:
        categories: computed categories.
        label: given label, "" for all.
        is_undecided: only samples without a standing decision.
        sample_ids: only these; None for all.
    """

    categories: Tuple[str, ...] = TO_REVIEW
    label: str = ""
    is_undecided: bool = False
    sample_ids: Optional[Collection[str]] = None


@dataclass(frozen=True)
class ReviewProgress:
    """Where the review stands.

    Attributes:
        n_listed: samples that pass the filter.
        n_decided: those of them with a standing decision.
        counts: standing decisions by kind, over all samples.
        unknown_ids: ids with a standing decision that the layer no longer holds.
        changed_ids: ids whose label is no longer the one that was decided on.
    """

    n_listed: int
    n_decided: int
    counts: Dict[str, int]
    unknown_ids: Tuple[str, ...] = ()
    changed_ids: Tuple[str, ...] = ()


@dataclass(frozen=True)
class FinalLabel:
    """What a sample is to be trained with.

    Attributes:
        label: as text, "" for a rejected sample or one without a label.
        weight: 0 leaves it out.
        decision: the standing decision's kind, "" for none.
        comment, reviewer, decided_at: of that decision.
    """

    label: str
    weight: float
    decision: str = ""
    comment: str = ""
    reviewer: str = ""
    decided_at: str = ""


@dataclass
class LabelReviewSession:
    """The samples of one layer, the decisions on them, and which one is looked at.

    Attributes:
        samples: all samples of the layer.
        decisions: where decisions are kept.
        reviewer: name written with each decision.
        filter: which samples are walked through.
    """

    samples: Sequence[ReviewSample]
    decisions: DecisionFile
    reviewer: str = ""
    filter: ReviewFilter = field(default_factory=ReviewFilter)

    def __post_init__(self) -> None:
        ids = Counter(sample.sample_id for sample in self.samples)
        twice = [sample_id for sample_id, count in ids.items() if count > 1]
        if twice:
            raise ReviewError(
                f"{len(twice)} sample ids occur more than once, such as '{twice[0]}'.",
                "Choose a field that is different for every sample, or none to use the feature's own id.",
            )
        self._place_by_id = {sample.sample_id: place for place, sample in enumerate(self.samples)}
        self._rows: List[Decision] = []
        self._standing: Dict[str, Decision] = {}
        self._own: List[str] = []
        self._queue: List[int] = []
        self._current: Optional[int] = None
        self.read_decisions()
        self.set_filter(self.filter)

    @property
    def current(self) -> Optional[ReviewSample]:
        """The sample looked at, None when none passes the filter."""
        return None if self._current is None else self.samples[self._current]

    @property
    def position(self) -> Optional[int]:
        """Place of the current sample among those listed, from 0; None when it is not listed."""
        return self._queue.index(self._current) if self._current in self._queue else None

    @property
    def classes(self) -> Tuple[str, ...]:
        """Every class: those of the labels, the suggestions and the decisions, in order."""
        named = {sample.label for sample in self.samples} | {sample.suggested for sample in self.samples}
        named |= {row.new_class for row in self._standing.values()}
        return tuple(sorted(named - {""}, key=_natural))

    @property
    def class_keys(self) -> Dict[str, str]:
        """The key of each class; with more classes than keys, the most frequent have one."""
        classes = list(self.classes)
        if len(classes) > len(CLASS_KEYS):
            counts = Counter(sample.label for sample in self.samples)
            common = sorted(classes, key=lambda name: -counts[name])[: len(CLASS_KEYS)]
            classes = [name for name in classes if name in common]
        return dict(zip(CLASS_KEYS, classes))

    def standing(self, sample_id: str) -> Optional[Decision]:
        """Return the decision that stands for a sample, None for none."""
        return self._standing.get(sample_id)

    def history(self, sample_id: str) -> List[Decision]:
        """Return every row about a sample, oldest first."""
        return [row for row in self._rows if row.sample_id == sample_id]

    def set_filter(self, wanted: ReviewFilter) -> None:
        """List the samples that pass, the most contradicted first; the current one stays if it passes."""
        self.filter = wanted
        passing = [place for place, sample in enumerate(self.samples) if self._passes(sample)]
        self._queue = sorted(passing, key=lambda place: _urgency(self.samples[place]))
        if self._current not in self._queue:
            self._current = self._queue[0] if self._queue else None

    def next(self) -> bool:
        """Go to the next sample listed; False at the end."""
        return self._step(1)

    def previous(self) -> bool:
        """Go to the previous sample listed; False at the start."""
        return self._step(-1)

    def go_to(self, position: int) -> None:
        """Go to a place among the samples listed, from 0; beyond the ends to the nearest."""
        if self._queue:
            self._current = self._queue[min(max(position, 0), len(self._queue) - 1)]

    def go_to_id(self, sample_id: str) -> bool:
        """Go to a sample, listed or not; False when there is none of that id."""
        place = self._place_by_id.get(sample_id)
        if place is None:
            return False
        self._current = place
        return True

    def keep(self, comment: str = "") -> None:
        """Confirm the label of the current sample and go on; raises `ReviewError` and stays when it is not saved."""
        self._decide(KEEP, "", comment)

    def reject(self, comment: str = "") -> None:
        """Leave the current sample out of training and go on; raises `ReviewError` and stays when it is not saved."""
        self._decide(REJECT, "", comment)

    def relabel(self, new_class: str, comment: str = "") -> None:
        """Give the current sample another label and go on; its own label again is a keep."""
        if not new_class:
            raise ReviewError("No class is suggested for this sample.", "Choose one from the list of classes.")
        sample = self.current
        is_same = sample is not None and sample.label == new_class
        self._decide(KEEP if is_same else RELABEL, "" if is_same else new_class, comment)

    def undo(self) -> Optional[str]:
        """Take back the latest decision of this review, or else the current sample's; go to its sample.

        Returns:
            The sample's id, None when there was nothing to take back.
        """
        while self._own and self._own[-1] not in self._standing:
            self._own.pop()
        current = self.current
        sample_id = self._own[-1] if self._own else (current.sample_id if current else "")
        taken = self._standing.get(sample_id)
        if taken is None:
            return None
        self._add(Decision(sample_id, UNDO, taken.given_label, reviewer=self.reviewer, quality=taken.quality))
        if self._own:
            self._own.pop()
        self.go_to_id(sample_id)
        return sample_id

    def read_decisions(self) -> None:
        """Read all decisions again; others may have added some."""
        self._rows = self.decisions.rows()
        self._standing = standing_decisions(self._rows)

    def progress(self) -> ReviewProgress:
        """Return where the review stands."""
        decided = sum(self.samples[place].sample_id in self._standing for place in self._queue)
        known = {key: row for key, row in self._standing.items() if key in self._place_by_id}
        counts = Counter(row.decision for row in known.values())
        unknown = tuple(sorted(set(self._standing) - set(known), key=_natural))
        changed = tuple(sorted((key for key in known if self._has_changed(key)), key=_natural))
        return ReviewProgress(len(self._queue), decided, dict(counts), unknown, changed)

    def final_labels(self) -> Dict[int, FinalLabel]:
        """Return what each sample is to be trained with, by feature id; decisions on another label do not count.

        A label that a person kept or gave weighs as much as the labels of its class that the series supports.
        """
        usual = self._usual_weights()
        result = {}
        for sample in self.samples:
            row = self._standing.get(sample.sample_id)
            if row is None or self._has_changed(sample.sample_id):
                weight = 0.0 if math.isnan(sample.weight) else sample.weight
                result[sample.feature_id] = FinalLabel(sample.label, weight)
                continue
            label = {KEEP: sample.label, RELABEL: row.new_class, REJECT: ""}[row.decision]
            weight = usual.get(label, 1.0) if label else 0.0
            result[sample.feature_id] = FinalLabel(
                label, weight, row.decision, row.comment, row.reviewer, row.decided_at
            )
        return result

    def _usual_weights(self) -> Dict[str, float]:
        supported: Dict[str, List[float]] = {}
        for sample in self.samples:
            if sample.quality == "Keep" and not math.isnan(sample.weight):
                supported.setdefault(sample.label, []).append(sample.weight)
        return {label: sorted(weights)[len(weights) // 2] for label, weights in supported.items()}

    def _has_changed(self, sample_id: str) -> bool:
        return self._standing[sample_id].given_label != self.samples[self._place_by_id[sample_id]].label

    def _decide(self, decision: str, new_class: str, comment: str) -> None:
        sample = self.current
        if sample is None:
            raise ReviewError("There is no sample to decide on.", "Choose another filter.")
        self._add(
            Decision(
                sample.sample_id, decision, sample.label, new_class, comment.strip(), self.reviewer, sample.quality
            )
        )
        self._own.append(sample.sample_id)
        self._go_on()

    def _add(self, decision: Decision) -> None:
        self._rows.append(self.decisions.add(decision))
        self._standing = standing_decisions(self._rows)

    def _go_on(self) -> None:
        """Go to the next sample, past those decided on while only undecided ones are wanted."""
        while self.next():
            if not self.filter.is_undecided or self.samples[self._current or 0].sample_id not in self._standing:
                return

    def _step(self, by: int) -> bool:
        position = self.position
        if position is None:
            moved = bool(self._queue)
            self._current = self._queue[0] if self._queue else self._current
            return moved
        if not 0 <= position + by < len(self._queue):
            return False
        self._current = self._queue[position + by]
        return True

    def _passes(self, sample: ReviewSample) -> bool:
        wanted = self.filter
        return (
            sample.quality in wanted.categories
            and wanted.label in ("", sample.label)
            and not (wanted.is_undecided and sample.sample_id in self._standing)
            and (wanted.sample_ids is None or sample.sample_id in wanted.sample_ids)
        )


def _urgency(sample: ReviewSample) -> Tuple[Any, ...]:
    order = CATEGORIES.index(sample.quality) if sample.quality in CATEGORIES else len(CATEGORIES)
    return (order, 1.0 if math.isnan(sample.margin) else sample.margin)


def _natural(text: str) -> Tuple[int, float, str]:
    """Sort whole numbers as numbers, before other texts."""
    return (0, float(text), "") if text.lstrip("-").isdigit() else (1, 0.0, text.casefold())
