"""Words of the Label review panel."""

from __future__ import annotations

import math
from html import escape
from typing import Dict, List, Sequence, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.category_styles import QUALITY_LOOKS
from cropsample_plugin.bridge.review_decisions import KEEP, REJECT, RELABEL, UNDO, Decision
from cropsample_plugin.gui.label_review_apply import AppliedReview
from cropsample_plugin.gui.label_review_session import ReviewProgress, ReviewSample

SELECTED = "selected"
_SHOWN_IDS = 5
_COLORS = {look.value: look.color for look in QUALITY_LOOKS}


def category_choices() -> List[Tuple[str, Tuple[str, ...]]]:
    """Return what can be walked through: text and categories; `SELECTED` stands for what is selected in QGIS."""
    return [
        (_tr("Remove and Suspect"), ("Remove", "Suspect")),
        (_tr("Remove"), ("Remove",)),
        (_tr("Suspect"), ("Suspect",)),
        (_tr("DataGap"), ("DataGap",)),
        (_tr("Keep"), ("Keep",)),
        (_tr("All categories"), ("Remove", "Suspect", "DataGap", "NA", "Keep")),
        (_tr("Selected in QGIS"), (SELECTED,)),
    ]


def title_text(sample: ReviewSample) -> str:
    """Return label, category and suggestion of a sample as rich text."""
    label = escape(sample.label) or _tr("no label")
    chip = f'<span style="background-color:{_COLORS.get(sample.quality, "#888888")}; color:{_ink(sample.quality)}">'
    parts = [f"<b>{label}</b>&nbsp; {chip}&nbsp;{escape(sample.quality)}&nbsp;</span>"]
    if sample.suggested:
        parts.append(_tr("suggested: {}").format(f"<b>{escape(sample.suggested)}</b>"))
    parts.append(_tr("sample {}").format(escape(sample.sample_id)))
    return " &nbsp; ".join(parts)


def reason_text(sample: ReviewSample) -> str:
    """Return the reason as a sentence."""
    reason = sample.reason or _tr("no reason was given")
    return reason[0].upper() + reason[1:] + ("" if reason.endswith(".") else ".")


def evidence_text(sample: ReviewSample) -> str:
    """Return the numbers behind a judgement, those there are."""
    numbers = [
        (_tr("prior {}"), sample.prior),
        (_tr("posterior {}"), sample.posterior),
        (_tr("margin {}"), sample.margin),
        (_tr("weight {}"), sample.weight),
    ]
    parts = [text.format(f"{value:.2f}") for text, value in numbers if not math.isnan(value)]
    if sample.season_dates[0]:
        parts.append(_tr("season {} to {}").format(sample.season_dates[0], sample.season_dates[2]))
    elif sample.season:
        parts.append(sample.season)
    if sample.indices:
        parts.append(_tr("compared by {}").format(sample.indices))
    return " · ".join(parts)


def decision_text(row: Decision) -> str:
    """Return a decision as words."""
    texts = {
        KEEP: _tr("kept"),
        RELABEL: _tr("relabelled {}").format(row.new_class),
        REJECT: _tr("rejected"),
        UNDO: _tr("taken back"),
    }
    who = f" ({row.reviewer})" if row.reviewer else ""
    comment = f": {row.comment}" if row.comment else ""
    when = row.decided_at[:16].replace("T", " ")
    return f"{when} {texts.get(row.decision, row.decision)}{who}{comment}"


def history_text(rows: Sequence[Decision]) -> str:
    """Return what was decided about a sample, the latest first."""
    return "\n".join(decision_text(row) for row in reversed(rows))


def progress_text(progress: ReviewProgress) -> str:
    """Return where the review stands."""
    counts = progress.counts
    line = _tr("{} of {} listed are decided. In all: {} kept, {} relabelled, {} rejected, each saved at once.").format(
        progress.n_decided, progress.n_listed, counts.get(KEEP, 0), counts.get(RELABEL, 0), counts.get(REJECT, 0)
    )
    return "\n".join((line, *left_out_texts(progress.unknown_ids, progress.changed_ids)))


def left_out_texts(unknown_ids: Sequence[str], changed_ids: Sequence[str]) -> List[str]:
    """Return which decisions do not count at present, and why."""
    lines = []
    if unknown_ids:
        lines.append(
            _tr("{} decisions are on samples that the layer no longer holds ({}); they stay in the file.").format(
                len(unknown_ids), _listed(unknown_ids)
            )
        )
    if changed_ids:
        lines.append(
            _tr("{} decisions were made on another label than the sample now has ({}); they do not count.").format(
                len(changed_ids), _listed(changed_ids)
            )
        )
    return lines


def applied_text(applied: AppliedReview) -> str:
    """Return what became of every sample."""
    total = applied.n_kept + applied.n_relabelled + applied.n_rejected + applied.n_undecided
    lines = [
        _tr("{} samples: {} kept, {} relabelled, {} rejected (weight 0), {} as computed.").format(
            total, applied.n_kept, applied.n_relabelled, applied.n_rejected, applied.n_undecided
        ),
        _tr("Train with class field '{}' and weight field '{}' of {}").format(
            applied.label_field, applied.weight_field, applied.path
        ),
        *left_out_texts(applied.unknown_ids, applied.changed_ids),
    ]
    return "\n".join(lines)


def keys_text(class_keys: Dict[str, str]) -> str:
    """Return every key and what it does."""
    commands = [
        ("K", _tr("keep")),
        ("S", _tr("label as suggested")),
        ("R", _tr("reject")),
        ("U", _tr("undo")),
        ("N →", _tr("next")),
        ("P ←", _tr("previous")),
        ("G", _tr("go to a number")),
        ("C", _tr("comment")),
        ("Z", _tr("show on the map again")),
        ("?", _tr("these keys")),
    ]
    named = [(key.upper(), name) for key, name in class_keys.items()]
    listed = " · ".join(f"{key} {text}" for key, text in (*commands, *named))
    return listed + "\n" + _tr("Keys work while this panel has the focus; click into it.")


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_SHOWN_IDS]) + ("…" if len(ids) > _SHOWN_IDS else "")


def _ink(quality: str) -> str:
    return "#ffffff" if quality in ("Remove", "DataGap", "Keep") else "#000000"


def _tr(text: str) -> str:
    return QCoreApplication.translate("LabelReview", text)
