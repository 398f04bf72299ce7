"""The queue of a labeling session: which samples are walked through, in which order. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, Iterable, List, Optional

from cropsample_plugin.bridge.labeling.label_store import LabelingSample
from cropsample_plugin.gui.labeling.labeling_tally import Standing


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

    @property
    def lists_labeled(self) -> bool:
        """Whether samples with a label are what is wanted, so that none of them is passed over."""
        return bool(self.class_name) or self.is_disputed or self.is_flagged

    def passes(self, sample: LabelingSample, standing: Standing) -> bool:
        """Return whether a sample is wanted."""
        return not (
            (self.is_unlabeled and standing.own_class)
            or (self.is_disputed and not standing.is_disputed)
            or (self.is_flagged and not standing.is_flagged)
            or (self.stratum and sample.stratum != self.stratum)
            or (self.class_name and standing.own_class != self.class_name)
            or (self.sample_ids is not None and sample.sample_id not in self.sample_ids)
        )


class LabelingQueue:
    """Ids of samples in order; places are found and steps taken at the same cost however long it is."""

    def __init__(self) -> None:
        self.ids: List[str] = []
        self._place: Dict[str, int] = {}

    def fill(self, samples: Iterable[LabelingSample]) -> None:
        """List these samples, by priority; ties keep their order."""
        self.ids = [sample.sample_id for sample in sorted(samples, key=lambda sample: sample.priority)]
        self._place = {sample_id: place for place, sample_id in enumerate(self.ids)}

    def add(self, samples: Iterable[LabelingSample]) -> None:
        """List samples behind the others, by priority among themselves; ones that are listed stay where they are."""
        for sample in sorted(samples, key=lambda sample: sample.priority):
            if sample.sample_id not in self._place:
                self._place[sample.sample_id] = len(self.ids)
                self.ids.append(sample.sample_id)

    def __contains__(self, sample_id: object) -> bool:
        return sample_id in self._place

    def place(self, sample_id: Optional[str]) -> Optional[int]:
        """Return the place of a sample, from 0; None when it is not listed."""
        return None if sample_id is None else self._place.get(sample_id)

    def step(self, sample_id: Optional[str], by: int, is_passed: Callable[[str], bool]) -> Optional[str]:
        """Return the sample so many further (negative: back), not counting those passed over; None past an end.

        From a sample that is not listed, forward leads to the first one and back to the last one.
        """
        direction = 1 if by > 0 else -1
        place = self.place(sample_id)
        if place is None:
            place = -1 if by > 0 else len(self.ids)
        for _ in range(abs(by)):
            place += direction
            while 0 <= place < len(self.ids) and is_passed(self.ids[place]):
                place += direction
        return self.ids[place] if 0 <= place < len(self.ids) else None

    def first(self, after: Optional[str], is_wanted: Callable[[str], bool], *, wraps: bool = True) -> Optional[str]:
        """Return the first wanted sample behind another one (None: of all), then, if it wraps, the first before it."""
        place = self.place(after)
        start = 0 if place is None else place + 1
        places = [range(start, len(self.ids))] + ([range(start)] if wraps else [])
        numbers = (number for several in places for number in several)
        return next((self.ids[number] for number in numbers if is_wanted(self.ids[number])), None)
