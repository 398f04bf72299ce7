"""A labeling session: the samples, who is labeling, which one is looked at, what has been done. Plain Python."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Callable, Dict, List, Optional, Sequence, Tuple
from uuid import uuid4

from cropsample_plugin.bridge.labeling.label_events import (
    ADD,
    FLAG,
    LABEL,
    REMOVE,
    SETTLE,
    SHAPE,
    SKIP,
    UNDO,
    UNFLAG,
    LabelEvent,
    LabelHistory,
    LabelingError,
    SampleState,
)
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, LabelStore, NewSample
from cropsample_plugin.bridge.labeling.session_file import SessionSettings


@dataclass(frozen=True)
class QueueFilter:
    """Which samples to walk through; every condition given must hold.

    Attributes:
        is_unlabeled: without a label of this labeler.
        is_disputed: labelers differ and nobody has settled it; nothing passes for a labeler of a blind session.
        is_flagged: flagged by this labeler (by anyone in an open session).
        stratum: "" for all.
        class_name: labeled with it by this labeler, "" for all.
        sample_ids: only these, None for all.
    """

    is_unlabeled: bool = False
    is_disputed: bool = False
    is_flagged: bool = False
    stratum: str = ""
    class_name: str = ""
    sample_ids: Optional[frozenset[str]] = None


@dataclass
class Looking:
    """What the labeler looks at, written with each label: imagery in words and its ISO dates."""

    imagery: str = ""
    imagery_date: str = ""


@dataclass
class LabelingSession:
    """One labeler's session.

    Attributes:
        settings: of the session.
        store: where samples and events are kept.
        labeler: who.
        sees_all: whether labels of others may be shown; never True for a labeler of a blind session.
        looking: what is written as imagery with each label; the views keep it up to date.
        pending: events (and samples) that could not be saved; `retry` saves them.
    """

    settings: SessionSettings
    store: LabelStore
    labeler: str
    clock: Callable[[], float] = time.monotonic
    looking: Looking = field(default_factory=Looking)
    filter: QueueFilter = field(default_factory=QueueFilter)

    def __post_init__(self) -> None:
        if not self.labeler.strip():
            raise LabelingError("Labels need the name of their labeler.", "Type your name.")
        self.pending: List[Tuple[List[LabelEvent], List[NewSample]]] = []
        self.samples: List[LabelingSample] = []
        self._place: Dict[str, int] = {}
        self.history = LabelHistory()
        self._cursor = 0
        self._queue: List[str] = []
        self._place_in_queue: Dict[str, int] = {}
        self._current: Optional[str] = None
        self._shown_at = self.clock()
        self._own_groups: List[str] = []
        self._undone_groups: List[str] = []
        self.refresh()
        self.set_filter(self.filter)

    @property
    def sees_all(self) -> bool:
        """Whether labels of others may be shown to this labeler."""
        return not self.settings.is_blind

    @property
    def current(self) -> Optional[LabelingSample]:
        """The sample looked at."""
        return None if self._current is None else self.samples[self._place[self._current]]

    def state(self, sample_id: str) -> SampleState:
        """Return what this labeler may know of a sample."""
        state = self.history.state(sample_id)
        if self.sees_all:
            return state
        return replace(
            state,
            labels={name: event for name, event in state.labels.items() if name == self.labeler},
            settled=None,
            flagged_by=state.flagged_by & {self.labeler},
            skipped_by=state.skipped_by & {self.labeler},
        )

    def geometry(self, sample_id: str) -> Optional[bytes]:
        """Return a sample's present geometry as WKB in the session's coordinate system."""
        return self.history.state(sample_id).geometry or self.store.geometry(sample_id)

    def refresh(self) -> List[str]:
        """Take in what others have done; return the ids of samples that changed."""
        events, self._cursor = self.store.read_events(self._cursor)
        unknown = not self.samples or any(event.kind == ADD for event in events)
        if unknown:
            self.samples = self.store.read_samples()
            self._place = {sample.sample_id: place for place, sample in enumerate(self.samples)}
        return sorted(self.history.add(events))

    # The queue.

    @property
    def queue(self) -> Sequence[str]:
        """Ids of the samples that pass the filter, in order; a label given does not shorten it."""
        return self._queue

    @property
    def position(self) -> Optional[int]:
        """Place of the current sample in the queue, from 0."""
        return None if self._current is None else self._place_in_queue.get(self._current)

    def set_filter(self, wanted: QueueFilter) -> None:
        """List the samples that pass; the current one stays if it passes."""
        self.filter = wanted
        passing = [sample for sample in self.samples if self._passes(sample)]
        self._queue = [sample.sample_id for sample in sorted(passing, key=lambda sample: sample.priority)]
        self._place_in_queue = {sample_id: place for place, sample_id in enumerate(self._queue)}
        if self._current not in self._place_in_queue:
            self._show(self._queue[0] if self._queue else None)

    def step(self, by: int) -> bool:
        """Go that many samples on (negative: back); False at the ends."""
        wanted = (self.position or 0) + by
        if not 0 <= wanted < len(self._queue):
            return False
        self._show(self._queue[wanted])
        return True

    def go_to(self, sample_id: str) -> bool:
        """Go to a sample, listed or not; False when there is none of that id."""
        if sample_id not in self._place:
            return False
        self._show(sample_id)
        return True

    # What a labeler does. Each raises `LabelingError` and stays when it is not saved; `retry` saves it.

    def label(self, class_name: str, confidence: Optional[int] = None, comment: str = "") -> None:
        """Give the current sample a class and go on to the next one."""
        if class_name not in {item.name for item in self.settings.classes}:
            raise LabelingError(f"There is no class '{class_name}' in this session.")
        if self.settings.needs_confidence and confidence is None:
            raise LabelingError("This session asks for a confidence with each label.", "Choose how sure you are.")
        if self.settings.needs_comment and not comment.strip():
            raise LabelingError("This session asks for a comment with each label.", "Say what you saw.")
        event = self._event(LABEL, class_name=class_name, confidence=confidence, comment=comment)
        self.do([event])
        self.step(1)

    def skip(self, comment: str = "") -> None:
        """Pass the current sample over, and go on."""
        self.do([self._event(SKIP, comment=comment)])
        self.step(1)

    def toggle_flag(self, comment: str = "") -> None:
        """Flag the current sample, or take the flag away."""
        is_flagged = self.current is not None and self.labeler in self.state(self.current.sample_id).flagged_by
        self.do([self._event(UNFLAG if is_flagged else FLAG, comment=comment)])

    def settle(self, class_name: str, comment: str = "") -> None:
        """Settle a dispute about the current sample."""
        self.do([self._event(SETTLE, class_name=class_name, comment=comment)])

    def draw(self, geometry: bytes, center: Tuple[float, float], class_name: str = "") -> str:
        """Add a sample with this geometry (and label it); return its id."""
        new = NewSample(LabelingSample(f"drawn-{uuid4().hex[:12]}", *center), geometry)
        events = [self.event_for(new.sample.sample_id, ADD, geometry=geometry)]
        if class_name:
            events.append(self.event_for(new.sample.sample_id, LABEL, class_name=class_name))
        self.do(events, [new])
        self._show(new.sample.sample_id)
        return new.sample.sample_id

    def reshape(self, sample_id: str, geometry: bytes) -> None:
        """Change the geometry of a sample."""
        self.do([self.event_for(sample_id, SHAPE, geometry=geometry)])

    def remove(self, sample_id: str) -> None:
        """Take a sample out of the session; its history stays."""
        self.do([self.event_for(sample_id, REMOVE)])

    def do(self, events: Sequence[LabelEvent], new_samples: Sequence[NewSample] = ()) -> None:
        """Save events as one step that is undone as one."""
        group = uuid4().hex
        self._save([replace(event, group_id=group) for event in events], list(new_samples))
        self._own_groups.append(group)
        self._undone_groups.clear()

    def event_for(self, sample_id: str, kind: str, **values: object) -> LabelEvent:
        """Return an event of this labeler, now."""
        spent = round(self.clock() - self._shown_at, 3)
        looked = {"imagery": self.looking.imagery, "imagery_date": self.looking.imagery_date}
        return LabelEvent(sample_id, self.labeler, kind, seconds_spent=spent, **{**looked, **values})  # type: ignore[arg-type]

    def undo(self) -> Optional[str]:
        """Take back the latest step of this sitting and go to its sample; None when there is nothing to take back."""
        return self._take_back(self._own_groups, self._undone_groups)

    def redo(self) -> Optional[str]:
        """Do again what was undone last; None when there is nothing."""
        return self._take_back(self._undone_groups, self._own_groups)

    def retry(self) -> None:
        """Save what could not be saved; raises `LabelingError` when it still cannot."""
        while self.pending:
            self.store.append(*self.pending[0])
            events, new_samples = self.pending.pop(0)
            self._take_in(events, new_samples)

    def _take_back(self, groups: List[str], others: List[str]) -> Optional[str]:
        if not groups:
            return None
        group = groups[-1]
        events = [event for event in self.history.all_events() if event.group_id == group]
        undoing = uuid4().hex
        self._save(
            [replace(self.event_for(e.sample_id, UNDO, undoes=e.event_id), group_id=undoing) for e in events], []
        )
        groups.pop()
        others.append(undoing)
        self.go_to(events[0].sample_id)
        return events[0].sample_id

    def _event(self, kind: str, **values: object) -> LabelEvent:
        if self._current is None:
            raise LabelingError("There is no sample to label.", "Change the filter, add samples or draw one.")
        return self.event_for(self._current, kind, **values)

    def _save(self, events: List[LabelEvent], new_samples: List[NewSample]) -> None:
        self.retry()
        self.pending.append((events, new_samples))
        self.retry()

    def _take_in(self, events: Sequence[LabelEvent], new_samples: Sequence[NewSample]) -> None:
        for new in new_samples:
            if new.sample.sample_id not in self._place:
                self._place[new.sample.sample_id] = len(self.samples)
                self.samples.append(new.sample)
        self.history.add(events)

    def _show(self, sample_id: Optional[str]) -> None:
        self._current = sample_id
        self._shown_at = self.clock()

    def _passes(self, sample: LabelingSample) -> bool:
        wanted, state = self.filter, self.state(sample.sample_id)
        own = state.labels.get(self.labeler)
        return not (
            state.is_removed
            or (sample.assigned_to and self.labeler not in sample.assigned_to)
            or (wanted.is_unlabeled and own is not None)
            or (wanted.is_disputed and not state.is_disputed)
            or (wanted.is_flagged and not state.flagged_by)
            or (wanted.stratum and sample.stratum != wanted.stratum)
            or (wanted.class_name and (own is None or own.class_name != wanted.class_name))
            or (wanted.sample_ids is not None and sample.sample_id not in wanted.sample_ids)
        )
