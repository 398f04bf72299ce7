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
    collection_paused,
)
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, LabelStore, NewSample
from cropsample_plugin.bridge.labeling.session_file import ASSIGN_CLAIM, SessionSettings
from cropsample_plugin.gui.labeling.labeling_queue import LabelingQueue, QueueFilter
from cropsample_plugin.gui.labeling.labeling_steps import LabelingSteps, Step
from cropsample_plugin.gui.labeling.labeling_tally import LabelingTally


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
        looking: what is written as imagery with each label; the views keep it up to date.
        filter: which samples are listed.
        samples: every sample.
        history: everybody's events; widgets show `state` instead, unless `sees_all`.
        tally: counts over the samples, as far as this labeler may know.
        is_just_drawn: the current sample was drawn a moment ago, where the labeler looks, so that no map need move.
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
        self.samples: List[LabelingSample] = []
        self.history = LabelHistory()
        self.tally = LabelingTally(self.labeler)
        self.steps = LabelingSteps(self.store, self._take_in)
        self._place: Dict[str, int] = {}
        self._cursor = 0
        self._queue = LabelingQueue()
        self._claimed: set[str] = set()
        self._current: Optional[str] = None
        self._shown_at = self.clock()
        self.is_just_drawn = False
        self.refresh()
        self.set_filter(self.filter)

    @property
    def sees_all(self) -> bool:
        """Whether labels of others may be shown: in an open session, and to an adjudicator."""
        return not self.settings.is_blind or self.labeler in self.settings.adjudicators

    @property
    def may_adjudicate(self) -> bool:
        """Whether this labeler may settle disputes; in an open session without adjudicators everyone may."""
        return self.labeler in self.settings.adjudicators or not (self.settings.is_blind or self.settings.adjudicators)

    @property
    def is_claiming(self) -> bool:
        """Whether the store hands out the samples one by one."""
        return self.settings.assignment.mode == ASSIGN_CLAIM

    @property
    def pending(self) -> List[Step]:
        """What could not be saved; `retry` saves it."""
        return self.steps.pending

    @property
    def current(self) -> Optional[LabelingSample]:
        """The sample looked at."""
        return None if self._current is None else self.samples[self._place[self._current]]

    def sample(self, sample_id: str) -> Optional[LabelingSample]:
        """Return a sample, None when there is none of that id."""
        place = self._place.get(sample_id)
        return None if place is None else self.samples[place]

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

    @collection_paused()
    def refresh(self) -> List[str]:
        """Take in what others have done; return the ids of samples that changed."""
        events, self._cursor = self.store.read_events(self._cursor)
        if not self.samples or any(event.kind == ADD and event.sample_id not in self._place for event in events):
            self._add_samples(self.store.read_samples())
        return sorted(self._add_events(events))

    # The queue.

    @property
    def queue(self) -> Sequence[str]:
        """Ids of the samples that pass the filter, in order; a label given does not shorten it."""
        return self._queue.ids

    @property
    def position(self) -> Optional[int]:
        """Place of the current sample in the queue, from 0."""
        return self._queue.place(self._current)

    def set_filter(self, wanted: QueueFilter) -> None:
        """List the samples that pass; the current one stays if it passes, else the first unlabeled one is shown."""
        self.filter = wanted
        self._queue.fill(sample for sample in self.samples if self._passes(sample))
        if self._current in self._queue:
            return
        unlabeled = self._unlabeled_after(None)
        self._show(unlabeled or self._queue.step(None, 1, self._is_passed))
        if unlabeled is None and self.is_claiming and not wanted.lists_labeled:
            self._claim()

    def step(self, by: int) -> bool:
        """Go that many samples on (negative: back); False at the ends, where a store that hands out is asked."""
        wanted = self._queue.step(self._current, by, self._is_passed)
        if wanted is None:
            return by > 0 and self.is_claiming and self._claim()
        self._show(wanted)
        return True

    def go_to(self, sample_id: str) -> bool:
        """Go to a sample, listed or not; False when there is none of that id."""
        if sample_id not in self._place:
            return False
        self._show(sample_id)
        return True

    def next_unlabeled(self) -> bool:
        """Go to the next sample without a label of this labeler, from the start after the end; False for none."""
        wanted = self._unlabeled_after(self._current)
        if wanted is None:
            return self.is_claiming and self._claim()
        self._show(wanted)
        return True

    # What a labeler does. Each raises `LabelingError` and stays when it is not saved; `retry` saves it.

    def label(self, class_name: str, confidence: Optional[int] = None, comment: str = "") -> None:
        """Give the current sample a class and go on, after its first label to the next unlabeled one."""
        if class_name not in {item.name for item in self.settings.classes}:
            raise LabelingError(f"There is no class '{class_name}' in this session.")
        if self.settings.needs_confidence and confidence is None:
            raise LabelingError("This session asks for a confidence with each label.", "Choose how sure you are.")
        if self.settings.needs_comment and not comment.strip():
            raise LabelingError("This session asks for a comment with each label.", "Say what you saw.")
        event = self._event(LABEL, class_name=class_name, confidence=confidence, comment=comment)
        is_first = not self.tally.standing(event.sample_id).own_class
        self._save_and(Step([event], then=lambda: self._go_on(is_first=is_first)))

    def skip(self, comment: str = "") -> None:
        """Pass the current sample over, and go on."""
        self._save_and(Step([self._event(SKIP, comment=comment)], then=lambda: self._go_on(is_first=True)))

    def toggle_flag(self, comment: str = "") -> None:
        """Flag the current sample, or take the flag away."""
        is_flagged = self.current is not None and self.labeler in self.state(self.current.sample_id).flagged_by
        self.do([self._event(UNFLAG if is_flagged else FLAG, comment=comment)])

    def settle(self, class_name: str, comment: str = "") -> None:
        """Settle a dispute about the current sample."""
        if not self.may_adjudicate:
            raise LabelingError("Disputes of this session are settled by its adjudicators.")
        self.do([self._event(SETTLE, class_name=class_name, comment=comment)])

    def draw(self, geometry: bytes, center: Tuple[float, float], class_name: str = "") -> str:
        """Add a sample with this geometry (and label it); return its id."""
        new = NewSample(LabelingSample(f"drawn-{uuid4().hex[:12]}", *center), geometry)
        events = [self.event_for(new.sample.sample_id, ADD, geometry=geometry)]
        if class_name:
            events.append(self.event_for(new.sample.sample_id, LABEL, class_name=class_name))
        self._save_and(Step(events, [new], then=lambda: self._show(new.sample.sample_id, is_just_drawn=True)))
        return new.sample.sample_id

    def reshape(self, sample_id: str, geometry: bytes) -> None:
        """Change the geometry of a sample."""
        self.do([self.event_for(sample_id, SHAPE, geometry=geometry)])

    def remove(self, sample_id: str) -> None:
        """Take a sample out of the session; its history stays."""
        self.do([self.event_for(sample_id, REMOVE)])

    def do(self, events: Sequence[LabelEvent], new_samples: Sequence[NewSample] = ()) -> None:
        """Save events as one step that is undone as one."""
        self._save_and(Step(list(events), list(new_samples)))

    def event_for(self, sample_id: str, kind: str, **values: object) -> LabelEvent:
        """Return an event of this labeler, now."""
        spent = round(self.clock() - self._shown_at, 3)
        looked = {"imagery": self.looking.imagery, "imagery_date": self.looking.imagery_date}
        return LabelEvent(sample_id, self.labeler, kind, seconds_spent=spent, **{**looked, **values})  # type: ignore[arg-type]

    def undo(self) -> Optional[str]:
        """Take back the latest step of this sitting and go to its sample; None when there is nothing to take back."""
        return self._show_step(self.steps.step_back(self._undoing))

    def redo(self) -> Optional[str]:
        """Do again what was undone last; None when there is nothing."""
        return self._show_step(self.steps.step_forth(self._undoing))

    def retry(self) -> None:
        """Save what could not be saved and go on as if it had been; raises `LabelingError` when it still cannot."""
        for step in self.steps.retry():
            if step.then and (step.new_samples or step.events[0].sample_id == self._current):
                step.then()

    def close(self) -> None:
        """Give back what is held of the store, and let go of it."""
        release = getattr(self.store, "release", None)
        try:
            if self.is_claiming and release is not None:
                release(self.labeler)
        except LabelingError:
            pass  # It is free again after the time-out.
        finally:
            self.store.close()

    def _save_and(self, step: Step) -> None:
        self.steps.save(step)
        if step.then is not None:
            step.then()

    def _undoing(self, events: Sequence[LabelEvent]) -> List[LabelEvent]:
        return [self.event_for(event.sample_id, UNDO, undoes=event.event_id) for event in events]

    def _show_step(self, step: Optional[Step]) -> Optional[str]:
        if step is None:
            return None
        sample_id = step.events[0].sample_id
        if not self._is_passed(sample_id):
            self.go_to(sample_id)
        elif self._current == sample_id and not self.step(-1):
            self._show(self._queue.step(sample_id, 1, self._is_passed))
        return sample_id

    def _event(self, kind: str, **values: object) -> LabelEvent:
        if self._current is None:
            raise LabelingError("There is no sample to label.", "Change the filter, add samples or draw one.")
        return self.event_for(self._current, kind, **values)

    def _take_in(self, step: Step) -> None:
        self._add_samples([new.sample for new in step.new_samples])
        self._add_events(step.events)

    def _add_samples(self, samples: Sequence[LabelingSample]) -> None:
        fresh = [sample for sample in samples if sample.sample_id not in self._place]
        for sample in fresh:
            self._place[sample.sample_id] = len(self.samples)
            self.samples.append(sample)
        self._queue.add(sample for sample in fresh if self._passes(sample))

    def _add_events(self, events: Sequence[LabelEvent]) -> set[str]:
        touched = self.history.add(events)
        for sample_id in touched:
            self.tally.update(sample_id, self.state(sample_id))
        return touched

    def _go_on(self, *, is_first: bool) -> None:
        """Go on; from a first label past the samples that are labeled already, unless these are what is listed."""
        is_work_left = self.tally.n_labeled < len(self.samples) - self.tally.n_removed
        passes_over = is_first and is_work_left and not self.filter.lists_labeled
        ahead = self._queue.first(self._current, self._is_untouched, wraps=False) if passes_over else None
        if ahead is None:
            self.step(1)
        else:
            self._show(ahead)

    def _claim(self) -> bool:
        claim = getattr(self.store, "claim_next", None)
        if claim is None:
            raise LabelingError("This session hands out samples, and its store cannot.", "Use a PostGIS database.")
        how = self.settings.assignment
        claimed = claim(self.labeler, how.overlap, how.claim_timeout_s)
        if claimed is None or claimed == self._current:
            return False
        self._claimed.add(claimed)
        if claimed not in self._place:
            self._add_samples(self.store.read_samples())
        self._queue.add([self.samples[self._place[claimed]]])
        self._show(claimed)
        return True

    def _show(self, sample_id: Optional[str], *, is_just_drawn: bool = False) -> None:
        self._current, self.is_just_drawn, self._shown_at = sample_id, is_just_drawn, self.clock()

    def _unlabeled_after(self, sample_id: Optional[str]) -> Optional[str]:
        """Return the next unlabeled sample; one that was skipped only when there is no other."""
        return self._queue.first(sample_id, self._is_untouched) or self._queue.first(sample_id, self._is_unlabeled)

    def _is_unlabeled(self, sample_id: str) -> bool:
        standing = self.tally.standing(sample_id)
        return not (standing.own_class or standing.is_removed)

    def _is_untouched(self, sample_id: str) -> bool:
        return self._is_unlabeled(sample_id) and not self.tally.standing(sample_id).is_skipped

    def _is_passed(self, sample_id: str) -> bool:
        return self.tally.standing(sample_id).is_removed

    def _passes(self, sample: LabelingSample) -> bool:
        standing = self.tally.standing(sample.sample_id)
        is_own = standing.own_class or standing.is_skipped or sample.sample_id in self._claimed
        is_for_others = sample.assigned_to and self.labeler not in sample.assigned_to
        is_held_back = self.is_claiming and not is_own
        return not (standing.is_removed or is_for_others or is_held_back) and self.filter.passes(sample, standing)
