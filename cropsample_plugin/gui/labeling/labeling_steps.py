"""What a labeler did in this sitting, step by step: saved, waiting to be saved, to be undone, to be redone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Callable, List, Optional, Sequence
from uuid import uuid4

from cropsample_plugin.bridge.labeling.label_events import LabelEvent
from cropsample_plugin.bridge.labeling.label_store import LabelStore, NewSample


@dataclass
class Step:
    """Events that are saved, undone and redone as one.

    Attributes:
        events: what was done.
        new_samples: samples that they are about and that the store does not know yet.
        takes_back: the step that this one undoes, None for one that does something new.
        then: what the session does once it is saved, None for nothing.
    """

    events: List[LabelEvent]
    new_samples: List[NewSample] = field(default_factory=list)
    takes_back: Optional[Step] = None
    then: Optional[Callable[[], object]] = None

    def __post_init__(self) -> None:
        group = uuid4().hex
        self.events = [replace(event, group_id=group) for event in self.events]


class LabelingSteps:
    """Saves steps in order; one that cannot be saved waits, and nothing is saved before it.

    Args:
        store: where they are saved.
        take_in: told of each step that has been saved.

    Attributes:
        pending: steps that could not be saved.
    """

    def __init__(self, store: LabelStore, take_in: Callable[[Step], None]) -> None:
        self._store = store
        self._take_in = take_in
        self.pending: List[Step] = []
        self._done: List[Step] = []
        self._undone: List[Step] = []

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to undo."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to redo."""
        return bool(self._undone)

    def save(self, step: Step) -> None:
        """Save what waits, then this step; it waits too when that fails.

        Raises:
            LabelingError: something could not be saved. Where an earlier step still waits, this one is not kept.
        """
        self.retry()
        self.pending.append(step)
        self.retry()

    def retry(self) -> List[Step]:
        """Save what waits; return the steps that have been saved."""
        saved = []
        while self.pending:
            step = self.pending[0]
            self._store.append(step.events, step.new_samples)
            saved.append(self.pending.pop(0))
            self._remember(step)
            self._take_in(step)
        return saved

    def step_back(self, undo: Callable[[Sequence[LabelEvent]], List[LabelEvent]]) -> Optional[Step]:
        """Undo the latest step; None when there is none. ``undo`` makes the events that take others back."""
        return self._take_back(self._done, undo)

    def step_forth(self, undo: Callable[[Sequence[LabelEvent]], List[LabelEvent]]) -> Optional[Step]:
        """Redo what was undone last; None when there is nothing."""
        return self._take_back(self._undone, undo)

    def _take_back(self, steps: List[Step], undo: Callable[[Sequence[LabelEvent]], List[LabelEvent]]) -> Optional[Step]:
        self.retry()
        if not steps:
            return None
        step = Step(undo(steps[-1].events), takes_back=steps[-1])
        self.save(step)
        return step

    def _remember(self, step: Step) -> None:
        """Move a step that was taken back to the other side; something new leaves nothing to redo."""
        for steps, others in ((self._done, self._undone), (self._undone, self._done)):
            if step.takes_back is not None and steps and steps[-1] is step.takes_back:
                steps.pop()
                others.append(step)
                return
        self._done.append(step)
        self._undone.clear()
