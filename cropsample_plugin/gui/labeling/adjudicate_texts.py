"""What the Adjudicate panel says of a label."""

from __future__ import annotations

import math
from html import escape
from typing import Sequence

from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LabelEvent
from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.labeling.labeling_view import UNKNOWN_COLOR


def label_text(event: LabelEvent, classes: Sequence[LabelClass], reliability: float) -> str:
    """Return one labeler's label as a paragraph of rich text: class, how sure, how long, comment, imagery, when.

    Args:
        event: the label.
        classes: of the session, for the colour.
        reliability: share of agreement with most of the others, NaN where it is not known.
    """
    color = next((item.color for item in classes if item.name == event.class_name), UNKNOWN_COLOR)
    facts = [f"<b>{escape(event.class_name)}</b>"]
    if event.confidence is not None:
        facts.append(_tr("{} % sure").format(event.confidence))
    facts.append(_tr("{:.0f} s").format(event.seconds_spent))
    who = escape(event.labeler)
    if not math.isnan(reliability):
        who += " " + _tr("(agrees with most in {:.0f} %)").format(100 * reliability)
    lines = [f"<span style='color:{escape(color)}'>■</span> {who}: {' · '.join(facts)}"]
    if event.comment:
        lines.append(f"<i>{escape(event.comment)}</i>")
    looked = " ".join(text for text in (event.imagery, event.imagery_date) if text)
    when = event.created_at[:16].replace("T", " ")
    lines.append(f"<small>{escape(' · '.join(text for text in (looked, when) if text))}</small>")
    return f"<p style='margin-top:2px; margin-bottom:4px'>{'<br>'.join(lines)}</p>"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Adjudicate", text)
