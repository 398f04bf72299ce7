"""Settings of several sessions brought together: all their classes, and the stricter of two rules."""

from __future__ import annotations

from dataclasses import replace
from string import ascii_lowercase, digits
from typing import Iterable, List, Sequence, Set, Tuple
from uuid import uuid4

from cropsample_plugin.bridge.labeling.label_events import LabelingError, now_text
from cropsample_plugin.bridge.labeling.session_file import LabelClass, SessionSettings


def merge_settings(sessions: Sequence[SessionSettings]) -> Tuple[SessionSettings, List[str]]:
    """Return settings for the labels of all sessions, and in words what differed and how it was resolved.

    Classes of all sessions are kept; one that several have keeps the colour, key and description of the first. A key
    that another class has is replaced. The merged session is blind, or asks for confidence or comments, where any of
    them does; all else is of the first session.

    Raises:
        LabelingError: no session.
    """
    if not sessions:
        raise LabelingError("There are no sessions to merge.", "Choose two or more.")
    first, notes = sessions[0], []
    classes: List[LabelClass] = list(first.classes)
    for session in sessions[1:]:
        classes, found = _union(classes, session)
        notes += found
    for rule, words in (
        ("is_blind", "blind"),
        ("needs_confidence", "asking for confidence"),
        ("needs_comment", "asking for comments"),
    ):
        if len({getattr(session, rule) for session in sessions}) > 1:
            notes.append(f"Not all sessions are {words}; the merged one is.")
    merged = replace(
        first,
        classes=tuple(classes),
        is_blind=any(session.is_blind for session in sessions),
        needs_confidence=any(session.needs_confidence for session in sessions),
        needs_comment=any(session.needs_comment for session in sessions),
        adjudicators=_names(session.adjudicators for session in sessions),
        assignment=replace(first.assignment, labelers=_names(session.assignment.labelers for session in sessions)),
        session_id=uuid4().hex,
        created_at=now_text(),
    )
    return merged, notes


def _union(classes: List[LabelClass], session: SessionSettings) -> Tuple[List[LabelClass], List[str]]:
    merged, notes = list(classes), []
    by_name = {item.name: item for item in classes}
    for item in session.classes:
        known = by_name.get(item.name)
        if known is None:
            key = _free_key(item, {other.key.casefold() for other in merged})
            if key != item.key:
                notes.append(
                    f"The key '{item.key}' of class '{item.name}' ({session.name}) is taken; it is "
                    + (f"'{key}' now." if key else "without one now.")
                )
            merged.append(replace(item, key=key))
            notes.append(f"Class '{item.name}' was added from {session.name}.")
        elif replace(known, target=item.target) != item:
            notes.append(f"Class '{item.name}' looks different in {session.name}; it was kept as in the first.")
    return merged, notes


def _free_key(item: LabelClass, taken: Set[str]) -> str:
    """Return the class's key, else a letter of its name, else any digit or letter that is free; "" for none."""
    if not item.key:
        return ""
    wanted = (item.key, *(letter for letter in item.name.casefold() if letter.isalnum()), *digits, *ascii_lowercase)
    return next((key for key in wanted if key.casefold() not in taken), "")


def _names(groups: Iterable[Iterable[str]]) -> Tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))
