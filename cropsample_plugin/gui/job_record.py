"""What the Jobs panel knows of a job: plain data fed by the events of the engine, live or read back later."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Deque, Dict, List, Optional, Tuple

from cropsample_plugin.jobs.protocol import (
    ErrorEvent,
    Event,
    LogEvent,
    MetricEvent,
    ProgressEvent,
    ResultEvent,
    RowEvent,
)

MAXIMUM_LOG_LINES = 2000


class JobState(Enum):
    """Where a job stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"
    INTERRUPTED = "interrupted"


@dataclass
class JobRecord:
    """One job of the engine.

    Attributes:
        folder: path of its job folder, which identifies it.
        name: the job's name, equal to the algorithm id.
        parameters: what it was asked to do.
        started: when, in seconds since 1970; ``ended`` is None while it runs.
        fraction: share done, in [0, 1].
        metrics: curve name to its points ``(step, value)``.
        rows: table name to its rows.
        log: lines ``(level, message)``, the latest `MAXIMUM_LOG_LINES`.
    """

    folder: str
    name: str
    parameters: Dict[str, Any]
    started: float
    ended: Optional[float] = None
    state: JobState = JobState.RUNNING
    fraction: float = 0.0
    message: str = ""
    metrics: Dict[str, List[Tuple[int, float]]] = field(default_factory=dict)
    rows: Dict[str, List[Dict[str, Any]]] = field(default_factory=dict)
    log: Deque[Tuple[str, str]] = field(default_factory=lambda: deque(maxlen=MAXIMUM_LOG_LINES))
    outputs: Dict[str, Any] = field(default_factory=dict)
    error: Optional[ErrorEvent] = None

    def apply(self, event: Event) -> None:
        """Take in one event."""
        if isinstance(event, ProgressEvent):
            self.fraction = event.fraction
            self.message = event.message or self.message
        elif isinstance(event, LogEvent):
            self.log.append((event.level, event.message))
        elif isinstance(event, MetricEvent):
            self.metrics.setdefault(event.name, []).append((event.step, event.value))
        elif isinstance(event, RowEvent):
            self.rows.setdefault(event.table, []).append(event.values)
        elif isinstance(event, ResultEvent):
            self.outputs = event.outputs
            self.fraction = 1.0
            self.state = JobState.DONE
        else:
            self.fail(event)

    def fail(self, error: ErrorEvent) -> None:
        """Take in the error that ended the job."""
        self.error = error
        self.state = JobState.CANCELED if error.kind == "canceled" else JobState.FAILED
        self.log.append(("error", " ".join(part for part in (error.message, error.remedy) if part)))

    @property
    def is_running(self) -> bool:
        """True until the job ended one way or another."""
        return self.state is JobState.RUNNING

    @property
    def report(self) -> str:
        """Path of the report the job wrote, or an empty text."""
        return str(self.outputs.get("report") or "")

    def seconds(self, now: float) -> float:
        """Return how long the job has run or ran."""
        return max(0.0, (self.ended if self.ended is not None else now) - self.started)


def readable_duration(seconds: float) -> str:
    """Return ``m:ss`` or ``h:mm:ss``."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
