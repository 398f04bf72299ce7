"""Words of the Labeling panel."""

from __future__ import annotations

from html import escape
from typing import List, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LabelEvent, SampleState
from cropsample_plugin.bridge.labeling.label_store import LabelingSample
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

ALL, UNLABELED, DISPUTED, FLAGGED = "all", "unlabeled", "disputed", "flagged"


def filter_choices(*, sees_all: bool) -> List[Tuple[str, str]]:
    """Return which samples can be walked through: text and what it stands for."""
    choices = [(_tr("All samples"), ALL), (_tr("Unlabeled"), UNLABELED), (_tr("Flagged"), FLAGGED)]
    return [*choices, (_tr("Disputed"), DISPUTED)] if sees_all else choices


def confidence_name(percent: int) -> str:
    """Return a confidence in words."""
    names = {100: _tr("Sure"), 75: _tr("Rather sure"), 50: _tr("Unsure"), 25: _tr("A guess")}
    return names.get(percent, f"{percent} %")


def title_text(session: LabelingSession) -> str:
    """Return what is labeled by whom as rich text."""
    kind = _tr("blind") if session.settings.is_blind else ""
    who = " · ".join(part for part in (escape(session.labeler), kind) if part)
    return f"<b>{escape(session.settings.name)}</b><br>{who}"


def sample_text(sample: LabelingSample, state: SampleState, session: LabelingSession) -> str:
    """Return what is known of a sample as rich text: id, stratum, reason, labels."""
    first = [f"<b>{escape(sample.sample_id)}</b>"]
    if sample.stratum:
        first.append(escape(_tr("stratum {}").format(sample.stratum)))
    if state.is_removed:
        first.append(escape(_tr("taken out")))
    lines = [" · ".join(first)]
    if sample.reason:
        lines.append(escape(sample.reason))
    if sample.given_label and not session.settings.is_blind:
        lines.append(escape(_tr("Came as: {}").format(sample.given_label)))
    own = state.labels.get(session.labeler)
    if own is not None:
        lines.append(escape(_tr("Your label: {}").format(label_words(own))))
    elif session.labeler in state.skipped_by:
        lines.append(escape(_tr("You skipped it.")))
    lines += [
        escape(_tr("{}: {}").format(name, label_words(event)))
        for name, event in sorted(state.labels.items())
        if name != session.labeler
    ]
    if state.settled is not None:
        lines.append(escape(_tr("Settled: {}").format(label_words(state.settled))))
    return "<br>".join(lines)


def label_words(event: LabelEvent) -> str:
    """Return a label with its confidence and comment."""
    parts = [event.class_name]
    if event.confidence is not None:
        parts.append(f"{event.confidence} %")
    if event.comment:
        parts.append(f"“{event.comment}”")
    return ", ".join(parts)


def progress_text(session: LabelingSession) -> str:
    """Return where the session stands for this labeler."""
    tally = session.tally
    n_samples = len(session.samples) - tally.n_removed
    parts = [_tr("{} of {} labeled by you").format(tally.n_labeled, n_samples)]
    for count, text in (
        (tally.n_skipped, _tr("{} skipped")),
        (tally.n_flagged, _tr("{} flagged")),
        (tally.n_disputed, _tr("{} disputed")),
    ):
        if count:
            parts.append(text.format(count))
    return ", ".join(parts)


def pending_text(n_pending: int, problem: str) -> str:
    """Return that something is not saved yet, and why."""
    kept = _tr("NOT SAVED YET: your last step is kept in memory only.") if n_pending else ""
    return " ".join(part for part in (kept, problem) if part)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LabelingPanel", text)
