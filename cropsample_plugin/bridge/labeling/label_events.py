"""What labelers do, as events that are only ever added; what stands of them is computed, never stored."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from itertools import islice
from operator import attrgetter
from threading import Lock
from typing import Dict, Iterable, Iterator, List, Optional, Set, Tuple
from uuid import uuid4

from cropsample_plugin.bridge.remedied_error import RemediedError

ADD = "add"
LABEL = "label"
SKIP = "skip"
FLAG = "flag"
UNFLAG = "unflag"
SHAPE = "shape"
REMOVE = "remove"
SETTLE = "settle"
UNDO = "undo"
KINDS = (ADD, LABEL, SKIP, FLAG, UNFLAG, SHAPE, REMOVE, SETTLE, UNDO)


class LabelingError(RemediedError):
    """Something keeps a session from going on: what is wrong, and what to do."""


class _RisingClock:
    """Gives times that always rise: clocks are set back, and some tick only every few milliseconds."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._latest = datetime.min.replace(tzinfo=timezone.utc)

    def now(self) -> datetime:
        """Return the present, at least a microsecond after what was returned before."""
        with self._lock:
            self._latest = max(datetime.now(timezone.utc), self._latest + timedelta(microseconds=1))
            return self._latest


_clock = _RisingClock()


def now_text() -> str:
    """Return the present, UTC, as ISO 8601 with microseconds; later than all that it returned before."""
    return _clock.now().isoformat(timespec="microseconds").replace("+00:00", "Z")


@contextmanager
def collection_paused() -> Iterator[None]:
    """Keep Python from looking for garbage while many objects that all stay are made: a third of that time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@dataclass(frozen=True)
class LabelEvent:
    """One thing that one labeler did to one sample.

    Attributes:
        sample_id: the sample, as text.
        labeler: who.
        kind: one of `KINDS`. ADD: the sample was drawn or appended. SHAPE: its geometry was changed. SETTLE: a dispute
            about it was settled. UNDO: another event, an UNDO too (that is a redo), was taken back.
        class_name: of LABEL and SETTLE, else "".
        confidence: percent, None where none was given.
        comment: in the labeler's words.
        imagery: what was looked at, such as the titles of the views.
        imagery_date: ISO dates of that imagery, "" where unknown.
        seconds_spent: between the sample being shown and this event.
        geometry: WKB in the session's coordinate system, of ADD and SHAPE, else None.
        undoes: id of the event taken back, of UNDO, else "".
        group_id: the same for all events of one step of the user; undone together.
        event_id: unique over all files and machines, so that merging doubles nothing.
        created_at: UTC, ISO 8601 with microseconds.
    """

    sample_id: str
    labeler: str
    kind: str
    class_name: str = ""
    confidence: Optional[int] = None
    comment: str = ""
    imagery: str = ""
    imagery_date: str = ""
    seconds_spent: float = 0.0
    geometry: Optional[bytes] = None
    undoes: str = ""
    group_id: str = field(default_factory=lambda: uuid4().hex)
    event_id: str = field(default_factory=lambda: uuid4().hex)
    created_at: str = field(default_factory=now_text)


@dataclass
class SampleState:
    """What stands for one sample.

    Attributes:
        labels: standing LABEL by labeler.
        settled: the latest standing SETTLE.
        flagged_by, skipped_by: labelers; a label takes back the skip of its labeler.
        geometry: WKB of the latest standing SHAPE or ADD, None for the one that the sample came with.
        is_removed: taken out of the session, or drawn and then undone.
    """

    labels: Dict[str, LabelEvent] = field(default_factory=dict)
    settled: Optional[LabelEvent] = None
    flagged_by: Set[str] = field(default_factory=set)
    skipped_by: Set[str] = field(default_factory=set)
    geometry: Optional[bytes] = None
    is_removed: bool = False

    @property
    def classes(self) -> Tuple[str, ...]:
        """The different classes given to it, in order of name."""
        return tuple(sorted({event.class_name for event in self.labels.values()}))

    @property
    def is_disputed(self) -> bool:
        """Whether its labelers differ and nobody has settled it."""
        if self.settled is not None or len(self.labels) < 2:  # noqa: PLR2004 - one labeler differs from nobody
            return False
        return len({event.class_name for event in self.labels.values()}) > 1


_NOTHING = SampleState()
# Events of one labeler keep their order where times are equal; merged files agree whichever was taken in first.
_IN_ORDER = attrgetter("created_at", "labeler")


class LabelHistory:
    """Every event of a session and what stands of them; adding one costs as much as its sample has events."""

    def __init__(self, events: Iterable[LabelEvent] = ()) -> None:
        self._by_id: Dict[str, LabelEvent] = {}
        self._by_sample: Dict[str, List[LabelEvent]] = {}
        self._undone_by: Dict[str, List[str]] = {}
        self._states: Dict[str, SampleState] = {}
        self.add(events)

    def add(self, events: Iterable[LabelEvent]) -> Set[str]:
        """Take in events; ones that are known already change nothing.

        Returns:
            Ids of the samples whose state may have changed.
        """
        touched: Set[str] = set()
        with collection_paused():
            self._take_in(events, touched)
            for sample_id in touched:
                self._states[sample_id] = self._compute(sample_id)
        return touched

    def _take_in(self, events: Iterable[LabelEvent], touched: Set[str]) -> None:
        by_id, by_sample = self._by_id, self._by_sample
        for event in events:
            if event.event_id in by_id:
                continue
            by_id[event.event_id] = event
            others = by_sample.get(event.sample_id)
            if others is None:
                by_sample[event.sample_id] = [event]
            else:
                others.append(event)
                if event.created_at <= others[-2].created_at:
                    others.sort(key=_IN_ORDER)
            if event.undoes:
                self._undone_by.setdefault(event.undoes, []).append(event.event_id)
            touched.add(event.sample_id)

    def __contains__(self, event_id: object) -> bool:
        return event_id in self._by_id

    def state(self, sample_id: str) -> SampleState:
        """Return what stands for a sample."""
        return self._states.get(sample_id, _NOTHING)

    def events(self, sample_id: str) -> List[LabelEvent]:
        """Return every event of a sample, oldest first."""
        return list(self._by_sample.get(sample_id, ()))

    def all_events(self) -> List[LabelEvent]:
        """Return every event in the order it was taken in."""
        return list(self._by_id.values())

    @property
    def n_events(self) -> int:
        """How many events were taken in."""
        return len(self._by_id)

    def added_after(self, count: int) -> List[LabelEvent]:
        """Return the events taken in after so many others, the latest first; costs as much as there are of them."""
        return list(islice(reversed(self._by_id.values()), max(0, len(self._by_id) - count)))

    def is_standing(self, event_id: str) -> bool:
        """Return whether an event has not been taken back; taking back what takes it back restores it."""
        if event_id not in self._undone_by:
            return True
        chain = dict.fromkeys((event_id,))
        waiting = [event_id]
        while waiting:
            found = [undo for undo in self._undone_by.get(waiting.pop(), ()) if undo not in chain]
            chain.update(dict.fromkeys(found))
            waiting += found
        standing: Set[str] = set()
        for link in reversed(chain):
            if standing.isdisjoint(self._undone_by.get(link, ())):
                standing.add(link)
        return event_id in standing

    def _compute(self, sample_id: str) -> SampleState:
        state = SampleState()
        undone_by = self._undone_by
        was_added = is_added = False
        for event in self._by_sample[sample_id]:
            kind = event.kind
            if kind == UNDO:
                continue
            is_standing = event.event_id not in undone_by or self.is_standing(event.event_id)
            if kind == LABEL and is_standing:
                state.labels[event.labeler] = event
                state.skipped_by.discard(event.labeler)
                continue
            if kind == ADD:
                was_added, is_added = True, is_added or is_standing
            if is_standing:
                _apply(event, state)
        if was_added and not is_added:
            state.is_removed = True
        return state


def _apply(event: LabelEvent, state: SampleState) -> None:
    if event.kind == SETTLE:
        state.settled = event
    elif event.kind == SKIP:
        state.skipped_by.add(event.labeler)
    elif event.kind == FLAG:
        state.flagged_by.add(event.labeler)
    elif event.kind == UNFLAG:
        state.flagged_by.discard(event.labeler)
    elif event.kind in (ADD, SHAPE):
        state.geometry = event.geometry
    elif event.kind == REMOVE:
        state.is_removed = True
