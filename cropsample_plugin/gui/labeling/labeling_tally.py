"""How many samples have which label: kept up to date sample by sample, so that it costs the same at any size."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Counter as CounterType
from typing import Dict, Tuple

from cropsample_plugin.bridge.labeling.label_events import SampleState


@dataclass(frozen=True)
class Standing:
    """What a tally has counted of one sample."""

    classes: Tuple[str, ...] = ()
    own_class: str = ""
    is_skipped: bool = False
    is_flagged: bool = False
    is_disputed: bool = False
    is_removed: bool = False


_NOTHING = Standing()


class LabelingTally:
    """Counts over the samples of a session, as far as one labeler may know.

    Attributes:
        by_class: samples with a class: the settled one, else each of the different ones given.
        own_by_class: samples by this labeler's class.
        n_labeled, n_skipped: by this labeler.
        n_flagged, n_disputed, n_removed: samples.
    """

    def __init__(self, labeler: str) -> None:
        self._labeler = labeler
        self._standing: Dict[str, Standing] = {}
        self.by_class: CounterType[str] = Counter()
        self.own_by_class: CounterType[str] = Counter()
        self.n_labeled = self.n_skipped = self.n_flagged = self.n_disputed = self.n_removed = 0

    def standing(self, sample_id: str) -> Standing:
        """Return what was counted of a sample."""
        return self._standing.get(sample_id, _NOTHING)

    def update(self, sample_id: str, state: SampleState) -> None:
        """Take in what now stands for a sample."""
        own = state.labels.get(self._labeler)
        now = Standing(
            (state.settled.class_name,) if state.settled is not None else state.classes,
            own.class_name if own is not None else "",
            self._labeler in state.skipped_by,
            bool(state.flagged_by),
            state.is_disputed,
            state.is_removed,
        )
        self._count(self.standing(sample_id), -1)
        self._count(now, 1)
        self._standing[sample_id] = now

    def _count(self, standing: Standing, by: int) -> None:
        self.n_removed += by * standing.is_removed
        if standing.is_removed:
            return
        for name in standing.classes:
            self.by_class[name] += by
        if standing.own_class:
            self.own_by_class[standing.own_class] += by
        self.n_labeled += by * bool(standing.own_class)
        self.n_skipped += by * standing.is_skipped
        self.n_flagged += by * standing.is_flagged
        self.n_disputed += by * standing.is_disputed
