"""What stands of a session, sample by sample or label by label, for export and for training."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Callable, Dict, Iterable, List, Mapping, Optional, Sequence

from cropsample_plugin.bridge.labeling.label_events import LabelEvent, SampleState
from cropsample_plugin.bridge.labeling.label_store import LabelingSample

NAMES_HIDDEN, NAMES_AS_LETTERS, NAMES_SHOWN = "hidden", "letters", "shown"
NAMES = (NAMES_HIDDEN, NAMES_AS_LETTERS, NAMES_SHOWN)
_PERCENT = 100.0
_LETTERS = 26


@dataclass(frozen=True)
class SampleLabels:
    """A sample and what whoever exports may know of it.

    Attributes:
        sample: the sample.
        geometry: its present WKB in the session's coordinate system.
        state: its standing labels.
    """

    sample: LabelingSample
    geometry: bytes
    state: SampleState


@dataclass(frozen=True)
class StandingRow:
    """One row of an export.

    Attributes:
        sample_id, stratum, reason: of the sample.
        geometry: WKB.
        class_name: the settled class, else the one most labels have; "" where labels are equal or there are none; of a
            row per label, the label's.
        confidence: percent, the mean over the labels of the class; None where none was given.
        agreement: percent of the labels that have the class; None without labels.
        n_labels: standing labels of the sample.
        is_settled, is_disputed, is_flagged: of the sample.
        labeler: "" unless asked for.
        comment: of a row per label, "" unless asked for.
        imagery, imagery_date, labeled_at: of a row per label.
    """

    sample_id: str
    geometry: bytes
    class_name: str
    confidence: Optional[int]
    agreement: Optional[int]
    n_labels: int
    is_settled: bool
    is_disputed: bool
    is_flagged: bool
    stratum: str = ""
    reason: str = ""
    labeler: str = ""
    comment: str = ""
    imagery: str = ""
    imagery_date: str = ""
    labeled_at: str = ""


@dataclass(frozen=True)
class ExportOptions:
    """What is exported.

    Attributes:
        is_row_per_label: a row for each label instead of each sample.
        names: one of `NAMES`; letters tell labelers apart without naming them.
        has_comments: comments, in which people may be named, are written.
        has_unlabeled: samples without a label are written too, in a row per sample.
    """

    is_row_per_label: bool = False
    names: str = NAMES_HIDDEN
    has_comments: bool = False
    has_unlabeled: bool = False


def standing_rows(samples: Iterable[SampleLabels], options: ExportOptions, session_id: str) -> List[StandingRow]:
    """Return the rows of an export; samples taken out of the session are not in it.

    Args:
        samples: with the states that whoever exports may see.
        options: what is wanted.
        session_id: decides the letters, so that they follow no order of names.
    """
    kept = [item for item in samples if not item.state.is_removed]
    shown = shown_names({name for item in kept for name in item.state.labels}, options.names, session_id)
    if options.is_row_per_label:
        return [row for item in kept for row in _label_rows(item, options, shown)]
    rows = [_sample_row(item) for item in kept]
    return [row for row in rows if options.has_unlabeled or row.n_labels or row.is_settled]


def shown_names(names: Iterable[str], how: str, session_id: str) -> Dict[str, str]:
    """Return what stands for each labeler in an export."""
    if how == NAMES_HIDDEN:
        return dict.fromkeys(names, "")
    if how == NAMES_SHOWN:
        return {name: name for name in names}
    shuffled = sorted(names, key=lambda name: hashlib.sha256(f"{session_id}|{name}".encode()).digest())
    return {name: _letter(place) for place, name in enumerate(shuffled)}


def class_of(state: SampleState) -> str:
    """Return the class that stands for a sample: settled, else of most labels; "" where none has most."""
    if state.settled is not None:
        return state.settled.class_name
    counts = Counter(event.class_name for event in state.labels.values()).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return ""
    return counts[0][0]


def visible_samples(
    samples: Sequence[LabelingSample],
    state: Callable[[str], SampleState],
    geometry: Callable[[str], Optional[bytes]],
) -> List[SampleLabels]:
    """Return samples with what stands for them; ones without a geometry, which cannot be placed, are left out."""
    found = ((sample, geometry(sample.sample_id), state(sample.sample_id)) for sample in samples)
    return [SampleLabels(sample, wkb, known) for sample, wkb, known in found if wkb]


def _sample_row(item: SampleLabels) -> StandingRow:
    state = item.state
    name = class_of(state)
    having = [event for event in state.labels.values() if event.class_name == name]
    sure = [event.confidence for event in having if event.confidence is not None]
    settled = state.settled.confidence if state.settled is not None else None
    return StandingRow(
        class_name=name,
        confidence=settled if settled is not None else (round(sum(sure) / len(sure)) if sure else None),
        agreement=round(_PERCENT * _most(state, name) / len(state.labels)) if state.labels else None,
        **_common(item),
    )


def _label_rows(item: SampleLabels, options: ExportOptions, shown: Mapping[str, str]) -> List[StandingRow]:
    def row(event: LabelEvent) -> StandingRow:
        return StandingRow(
            class_name=event.class_name,
            confidence=event.confidence,
            agreement=round(_PERCENT * _most(item.state, event.class_name) / len(item.state.labels)),
            labeler=shown[event.labeler],
            comment=event.comment if options.has_comments else "",
            imagery=event.imagery,
            imagery_date=event.imagery_date,
            labeled_at=event.created_at,
            **_common(item),
        )

    events = sorted(item.state.labels.values(), key=lambda event: shown[event.labeler] or event.created_at)
    return [row(event) for event in events]


def _common(item: SampleLabels) -> Dict[str, object]:
    return {
        "sample_id": item.sample.sample_id,
        "geometry": item.geometry,
        "n_labels": len(item.state.labels),
        "is_settled": item.state.settled is not None,
        "is_disputed": item.state.is_disputed,
        "is_flagged": bool(item.state.flagged_by),
        "stratum": item.sample.stratum,
        "reason": item.sample.reason,
    }


def _most(state: SampleState, name: str) -> int:
    """Return how many labels have a class; where there is none, how many have the same at most."""
    counts = Counter(event.class_name for event in state.labels.values())
    return counts[name] if name else max(counts.values(), default=0)


def _letter(place: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    head, last = divmod(place, _LETTERS)
    return (_letter(head - 1) if head else "") + chr(ord("A") + last)
