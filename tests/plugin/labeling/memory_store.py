"""A label store in memory, with a switch that makes it fail."""

from __future__ import annotations

import struct
from typing import Dict, List, Optional

from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample


def point_sample(number: int, **values) -> NewSample:
    x, y = 500000.0 + 100.0 * number, 4400000.0
    return NewSample(LabelingSample(f"s{number}", x, y, **values), struct.pack("<BIdd", 1, 1, x, y))


class MemoryStore:
    def __init__(self, samples: List[NewSample] = ()) -> None:
        self.samples: Dict[str, NewSample] = {new.sample.sample_id: new for new in samples}
        self.events: List[LabelEvent] = []
        self.is_broken = False
        self.is_closed = False

    def read_samples(self) -> List[LabelingSample]:
        return [new.sample for new in self.samples.values()]

    def geometry(self, sample_id: str) -> Optional[bytes]:
        return self.samples[sample_id].geometry if sample_id in self.samples else None

    def read_events(self, after: int = 0):
        return self.events[after:], len(self.events)

    def append(self, events, new_samples=()) -> None:
        if self.is_broken:
            raise LabelingError("The disk is full.", "Make room, then retry.")
        known = {event.event_id for event in self.events}
        self.events.extend(event for event in events if event.event_id not in known)
        self.samples.update((new.sample.sample_id, new) for new in new_samples)

    def assign(self, assigned) -> None:
        raise NotImplementedError

    def has_changed(self) -> bool:
        return True

    def close(self) -> None:
        self.is_closed = True
