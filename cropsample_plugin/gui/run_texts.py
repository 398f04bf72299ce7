"""The words for runs: titles, one-line states and steps, translated."""

from __future__ import annotations

import time

from qgis.PyQt.QtCore import QCoreApplication, QDateTime, QLocale

from cropsample_plugin.gui.job_record import JobState, readable_duration
from cropsample_plugin.gui.run_record import RunRecord
from cropsample_plugin.gui.session_texts import job_text, state_text

_MARKS = {
    JobState.RUNNING: "\u25b6",
    JobState.DONE: "\u2713",
    JobState.FAILED: "\u2717",
    JobState.CANCELED: "\u2717",
    JobState.INTERRUPTED: "\u2717",
}
_WAITING = "\u25cb"


def run_title(run: RunRecord) -> str:
    """Return the run's name, or that of its job."""
    names = [job.name for job in run.jobs] or list(run.step_names)
    return run.title or (job_text(names[0]) if names else run.run_id)


def detail_text(run: RunRecord) -> str:
    """Say in one line what the run is doing or how it ended, when it started and how long it took."""
    parts = [state_text(run.state)]
    if run.is_running and run.jobs:
        parts = [job_text(run.jobs[-1].name)]
        if len(run.step_names) > 1:
            parts[0] += f" ({len(run.jobs)}/{len(run.step_names)})"
    elif run.started:
        parts.append(_moment(run.started))
    parts.append(readable_duration(run.seconds(time.time())))
    return " · ".join(parts)


def _moment(seconds: float) -> str:
    """Return the time of today, or the day and the time."""
    started = QDateTime.fromSecsSinceEpoch(int(seconds))
    clock = started.toString("HH:mm")
    if started.date() == QDateTime.currentDateTime().date():
        return clock
    return f"{QLocale().toString(started.date(), QLocale.FormatType.ShortFormat)} {clock}"


def steps_text(run: RunRecord) -> str:
    """Return the steps of a run in one line, each with a mark for where it stands."""
    parts = []
    for position, name in enumerate(run.step_names):
        job = run.jobs[position] if position < len(run.jobs) else None
        parts.append(f"{_MARKS[job.state] if job else _WAITING} {job_text(name)}")
    return "   ".join(parts)


def results_text(run: RunRecord) -> str:
    """Return the figures of a run in one line: scores, counts, speed; empty when it has none."""
    outputs = run.outputs
    figures = (
        ("overall_accuracy", tr("accuracy {}"), "{:.1%}"),
        ("macro_f1", tr("macro F1 {}"), "{:.3f}"),
        ("n_samples", tr("{} samples"), "{:,.0f}"),
        ("n_dropped", tr("{} dropped"), "{:,.0f}"),
        ("n_dates", tr("{} dates"), "{:,.0f}"),
        ("n_predicted", tr("{} pixels mapped"), "{:,.0f}"),
        ("pixels_per_second", tr("{} pixels per second"), "{:,.0f}"),
    )
    parts = [
        text.format(shape.format(outputs[name]))
        for name, text, shape in figures
        if isinstance(outputs.get(name), (int, float)) and outputs[name]
    ]
    return " · ".join(parts)


def tr(text: str) -> str:
    """Translate in this module's context."""
    return QCoreApplication.translate("RunTexts", text)
