"""Other classes for a session that has labels already: what becomes of the labels, and the changed session file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Dict, List, Sequence, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LABEL, LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.session_file import LabelClass, check_settings, write_session_file
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession


@dataclass(frozen=True)
class ClassUse:
    """Standing labels of a class: of the labeler, and of others."""

    n_own: int = 0
    n_others: int = 0

    @property
    def n_labels(self) -> int:
        """All of them."""
        return self.n_own + self.n_others


def lost_classes(session: LabelingSession, classes: Sequence[LabelClass]) -> Dict[str, ClassUse]:
    """Return the classes that labels use and that would no longer be there."""
    kept = {item.name for item in classes}
    own: Dict[str, int] = {}
    others: Dict[str, int] = {}
    for sample in session.samples:
        state = session.history.state(sample.sample_id)
        for event in (*state.labels.values(), *((state.settled,) if state.settled is not None else ())):
            if event.class_name in kept or state.is_removed:
                continue
            counts = own if event.labeler == session.labeler and event.kind == LABEL else others
            counts[event.class_name] = counts.get(event.class_name, 0) + 1
    return {name: ClassUse(own.get(name, 0), others.get(name, 0)) for name in sorted({*own, *others})}


def change_classes(
    session: LabelingSession, path: str, classes: Sequence[LabelClass], new_names: Dict[str, str]
) -> None:
    """Give a session other classes; the labeler's own labels of lost classes are given again as one step.

    Args:
        session: the open session.
        path: of its file.
        classes: the new ones.
        new_names: class by lost class.

    Raises:
        LabelingError: labels would be left without a class of the session, or something cannot be written. The
            classes are then what they were.
    """
    settings = replace(session.settings, classes=tuple(classes))
    check_settings(settings)
    listed = {item.name for item in classes}
    for name, use in lost_classes(session, classes).items():
        if use.n_others:
            raise LabelingError(
                _tr("{} labels by other labelers use the class '{}'.").format(use.n_others, name),
                _tr("Keep the class, or settle these samples first."),
            )
        if new_names.get(name) not in listed:
            raise LabelingError(
                _tr("{} of your labels use the class '{}'.").format(use.n_own, name),
                _tr("Keep the class, or choose the one that they get instead."),
            )
    # First the labels: were the file written first and the labels not saved, they would have a class nobody knows.
    events = _relabeled(session, new_names, listed)
    if events:
        session.do(events)
    write_session_file(path, settings)
    session.settings = settings


def renamed(before: Sequence[str], now: Sequence[LabelClass]) -> Dict[str, str]:
    """Return new by old name of the rows of a class table whose name was changed."""
    pairs: List[Tuple[str, str]] = [(old, item.name) for old, item in zip(before, now)]
    return {old: new for old, new in pairs if old and old != new}


def _relabeled(session: LabelingSession, new_names: Dict[str, str], listed: set[str]) -> List[LabelEvent]:
    events = []
    for sample in session.samples:
        own = session.history.state(sample.sample_id).labels.get(session.labeler)
        if own is not None and own.class_name not in listed and own.class_name in new_names:
            words = {"confidence": own.confidence, "comment": own.comment}
            looked = {"imagery": own.imagery, "imagery_date": own.imagery_date}
            name = new_names[own.class_name]
            events.append(session.event_for(sample.sample_id, LABEL, class_name=name, **words, **looked))
    return events


def _tr(text: str) -> str:
    return QCoreApplication.translate("SessionClasses", text)
