"""The disputed samples of a session, what everyone said of them, and what votes would decide. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional, Tuple

from cropsample_plugin.bridge.labeling.agreement import (
    Agreement,
    LabelTable,
    majority,
    vote_weights,
    weighted_majority,
)
from cropsample_plugin.bridge.labeling.label_events import LabelEvent
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession


@dataclass(frozen=True)
class DisputedCase:
    """One sample on which labelers differ.

    Attributes:
        sample_id: which.
        labels: standing labels, by labeler's name.
        settled: the settling event, None while it is open.
        by_majority: the class with most votes, None for a tie.
        by_reliability: the class with the greatest weight of votes, None for a tie.
    """

    sample_id: str
    labels: Tuple[LabelEvent, ...]
    settled: Optional[LabelEvent]
    by_majority: Optional[str]
    by_reliability: Optional[str]


class DisputedCases:
    """Follows a session whose labeler may see all labels; what changed alone is computed again."""

    def __init__(self, session: LabelingSession) -> None:
        self._session = session
        self._table = LabelTable()
        self._is_settled: Dict[str, bool] = {}
        self._order: Dict[str, int] = {}
        self._agreement: Optional[Agreement] = None

    def refresh(self) -> bool:
        """Take in what has been done since; return whether there was anything."""
        history = self._session.history
        touched = self._table.follow(history)
        for sample_id in touched:
            state = history.state(sample_id)
            if len(state.classes) > 1 and not state.is_removed:
                self._is_settled[sample_id] = state.settled is not None
            else:
                self._is_settled.pop(sample_id, None)
        if touched:
            self._agreement = None
        return bool(touched)

    @property
    def agreement(self) -> Agreement:
        """How far labelers agree."""
        if self._agreement is None:
            self._agreement = self._table.agreement()
        return self._agreement

    @property
    def n_settled(self) -> int:
        """Disputes that were settled."""
        return sum(self._is_settled.values())

    def open_ids(self, *, with_settled: bool = False) -> List[str]:
        """Return the samples in dispute, in the order of the session's samples."""
        samples = self._session.samples
        if len(self._order) != len(samples):
            ranked = sorted(samples, key=lambda sample: sample.priority)
            self._order = {sample.sample_id: place for place, sample in enumerate(ranked)}
        wanted = [sample_id for sample_id, settled in self._is_settled.items() if with_settled or not settled]
        return sorted((sample_id for sample_id in wanted if sample_id in self._order), key=self._order.__getitem__)

    def beside(self, sample_id: str, by: int, *, with_settled: bool = False) -> Optional[str]:
        """Return the dispute after (1) or before (-1) a sample, disputed or not; None at the end."""
        listed = self.open_ids(with_settled=with_settled)
        place = self._order.get(sample_id, -1)
        if by > 0:
            return next((listed_id for listed_id in listed if self._order[listed_id] > place), None)
        return next((listed_id for listed_id in reversed(listed) if self._order[listed_id] < place), None)

    def case(self, sample_id: str) -> Optional[DisputedCase]:
        """Return what was said of a sample; None when it is in no dispute."""
        if sample_id not in self._is_settled:
            return None
        state = self._session.history.state(sample_id)
        labels = tuple(state.labels[name] for name in sorted(state.labels))
        weights = vote_weights(self.agreement, len(self._session.settings.classes))
        return DisputedCase(
            sample_id,
            labels,
            state.settled,
            majority(event.class_name for event in labels),
            weighted_majority((event.class_name, weights.get(event.labeler, 0.0)) for event in labels),
        )

    def reliability(self, labeler: str) -> float:
        """Return how often a labeler agrees with the others; NaN where that cannot be said."""
        return next(
            (item.share_agreed for item in self.agreement.reliabilities if item.labeler == labeler), float("nan")
        )
